package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/edit"
	"stele/build/exchange"
	langs "stele/build/lang"
	"stele/build/record"
	"stele/build/site"
)

// Act is something done at the desk: which files of the content it changes, from
// what to what. It writes nothing; whoever writes makes sure that the files are
// still as they were.
type Act struct {
	// Done says what was done, as a message of the interface.
	Done     Said
	Text     string   // that it is about; empty for the glossary
	Passages []string // likewise
	Files    []FileChange
	// TakesBack tells that a record goes back to what is kept beside it.
	TakesBack bool
}

// Said is a message of the interface and what its places are filled with: it is
// put into the language of whoever reads it.
type Said struct {
	ID    string
	Pairs []any
}

func said(id string, pairs ...any) Said { return Said{id, pairs} }

// FileChange is a file of the content folder as it was and as it is to be; nil
// where there is none.
type FileChange struct {
	Path          string
	Before, After []byte
}

// At is the passage that an act is about, as the editor has it in view.
type At struct {
	Text, Passage string
	// Print stands for the Markdown of the passage, in all languages; the desk
	// gives it with each passage.
	Print string
	// Lang is that of the page; refusals are in it.
	Lang string
}

// Print stands for a passage's Markdown in all languages, and for which blocks
// stand together in it.
func (d *Desk) Print(p *site.Passage) string {
	h := sha256.New()
	fmt.Fprintln(h, p.Number, p.Row.Pinned)
	for l, c := range p.Cells {
		for _, b := range c.Blocks {
			f, ok := d.versionFile(p.Section.Text, l)
			if !ok {
				continue
			}
			fmt.Fprintf(h, "%d %q\n", l, f.Text(b.Ordinal, b.Ordinal))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// versionFile is a language version as it was read.
func (d *Desk) versionFile(t *site.Text, l int) (edit.File, bool) {
	v := t.Versions[l].Doc
	if v == nil {
		return edit.File{}, false
	}
	for i := range d.edition.Tree.Texts {
		x := &d.edition.Tree.Texts[i]
		if x.Name != t.ID {
			continue
		}
		for _, f := range x.Files {
			if f.Path == v.Path {
				return edit.File{File: f, Doc: v}, true
			}
		}
	}
	return edit.File{}, false
}

// spot is a passage that an act is about, found again.
type spot struct {
	*Desk
	page string // the page's language
	say  func(id string, pairs ...any) string
	t    *site.Text
	p    *site.Passage
}

// spot finds the passage, if it is as the editor has it in view.
func (d *Desk) spot(at At) (*spot, error) {
	s := &spot{Desk: d, page: at.Lang, say: d.say(at.Lang)}
	switch s.t = d.edition.Site.Text(at.Text); {
	case at.Text == "" || at.Passage == "" || at.Print == "":
		return nil, refuse(s.say("desk-refused-request"))
	case s.t == nil:
		return nil, refuse(s.say("desk-refused-text", "Text", at.Text))
	}
	if s.p = s.t.Passage(at.Passage); s.p == nil || s.p.Row.Removed {
		return nil, refuse(s.say("desk-refused-passage", "Number", at.Passage))
	}
	if d.Print(s.p) != at.Print {
		return nil, &RefusedError{Sentence: s.say("desk-refused-changed"), Changed: true}
	}
	return s, nil
}

// lang is the index of a language of the site.
func (s *spot) lang(code string) (int, error) {
	l := slices.IndexFunc(s.edition.Site.Langs, func(l site.Lang) bool { return l.Code == code })
	if l < 0 {
		return 0, refuse(s.say("desk-refused-request"))
	}
	return l, nil
}

// version is the file of a language with its bytes.
func (s *spot) version(code string) (l int, f edit.File, raw []byte, err error) {
	if l, err = s.lang(code); err != nil {
		return
	}
	f, ok := s.versionFile(s.t, l)
	if !ok {
		return l, f, nil, refuse(s.say("desk-refused-version", "Path", s.t.ID+"/"+code+".md"))
	}
	raw, err = fs.ReadFile(s.edition.content, f.Path)
	return l, f, raw, err
}

// block is the ordinal of the passage's k-th block in a language.
func (s *spot) block(l, k int) (int, error) {
	if k < 0 || k >= len(s.p.Cells[l].Blocks) {
		return 0, refuse(s.say("desk-refused-request"))
	}
	return s.p.Cells[l].Blocks[k].Ordinal, nil
}

// done is the act of an edit of a language's file.
func (s *spot) done(l int, f edit.File, raw []byte, r *edit.Result, done Said) (*Act, error) {
	if r.Data == f.Data {
		return nil, refuse(s.say("desk-refused-same"))
	}
	a := &Act{Done: done, Text: s.t.ID, Passages: []string{s.p.Number}}
	a.Files = append(a.Files, FileChange{f.Path, raw, []byte(exchange.Restore(raw, f.Data, r.Data))})
	if len(r.Fresh) == 0 {
		return a, nil
	}
	rec, err := s.follow(l, r)
	if rec != nil {
		a.Files = append(a.Files, *rec)
	}
	return a, err
}

// follow is the text's record after an edit of the passage: the blocks that the
// edit wrote belong to it, whatever they say now. Without a record there is
// nothing to follow.
func (s *spot) follow(l int, r *edit.Result) (*FileChange, error) {
	old := s.edition.Record(s.t.ID)
	if old == nil || s.edition.faulty() {
		return nil, nil
	}
	column := slices.Index(s.t.Table.Langs, s.edition.Site.Langs[l].Code)
	if column < 0 {
		return nil, nil
	}
	next := *s.t.Table
	next.Rows = slices.Clone(next.Rows)
	for i := range next.Rows {
		row := &next.Rows[i]
		if row.Blocks == nil {
			continue
		}
		row.Blocks = slices.Clone(row.Blocks)
		var blocks []int
		for _, b := range row.Blocks[column] {
			if r.Now[b] >= 0 {
				blocks = append(blocks, r.Now[b])
			}
		}
		if row.Number == s.p.Number {
			blocks = append(blocks, r.Fresh...)
			slices.Sort(blocks)
		}
		row.Blocks[column] = blocks
	}
	docs := s.t.Docs()
	docs[column] = r.Doc
	var b strings.Builder
	if _, err := record.Amend(&next, docs, old, []string{s.p.Number}).WriteTo(&b); err != nil {
		return nil, err
	}
	return s.recordChange(old.Path, b.String())
}

func (d *Desk) recordChange(path, after string) (*FileChange, error) {
	before, err := fs.ReadFile(d.edition.content, path)
	if errors.Is(err, fs.ErrNotExist) {
		before, err = nil, nil
	}
	if err != nil || string(before) == after {
		return nil, err
	}
	return &FileChange{path, before, []byte(after)}, nil
}

// Piece is Markdown of a passage in a language that is edited as one: blocks that
// follow each other in the file, by their places among those of the passage.
type Piece struct {
	First    int    `json:"first"`
	Last     int    `json:"last"`
	Markdown string `json:"markdown"`
}

// open is the spot, and the file of a language with its bytes.
func (d *Desk) open(at At, lang string) (s *spot, l int, f edit.File, raw []byte, err error) {
	if s, err = d.spot(at); err == nil {
		l, f, raw, err = s.version(lang)
	}
	return
}

// Look returns a passage's Markdown in a language, and its print now.
func (d *Desk) Look(at At, lang string) ([]Piece, string, error) {
	t := d.edition.Site.Text(at.Text)
	if t != nil && t.Passage(at.Passage) != nil {
		at.Print = d.Print(t.Passage(at.Passage))
	}
	s, l, f, _, err := d.open(at, lang)
	if err != nil {
		return nil, "", err
	}
	blocks := s.p.Cells[l].Blocks
	var out []Piece
	for k := 0; k < len(blocks); {
		last := k
		for last+1 < len(blocks) && blocks[last+1].Ordinal == blocks[last].Ordinal+1 {
			last++
		}
		out = append(out, Piece{k, last, f.Text(blocks[k].Ordinal, blocks[last].Ordinal)})
		k = last + 1
	}
	if len(out) == 0 {
		out = []Piece{{First: -1, Last: -1}}
	}
	return out, at.Print, nil
}

// Edit puts Markdown in place of a piece of a passage. A piece of a language that
// has nothing, from -1 to -1, is put where the passage belongs.
func (d *Desk) Edit(at At, lang string, piece Piece) (*Act, error) {
	s, l, f, raw, err := d.open(at, lang)
	if err != nil {
		return nil, err
	}
	var r *edit.Result
	if piece.First < 0 && len(s.p.Cells[l].Blocks) == 0 {
		r, err = f.Insert(s.before(l), piece.Markdown)
	} else {
		var first, last int
		if first, err = s.block(l, piece.First); err == nil {
			last, err = s.block(l, piece.Last)
		}
		if err == nil && (piece.Last < piece.First || last-first != piece.Last-piece.First) {
			err = refuse(s.say("desk-refused-request"))
		}
		if err == nil {
			r, err = f.Replace(first, last, piece.Markdown)
		}
	}
	if err != nil {
		return nil, s.refused(err)
	}
	done := "desk-done-edited"
	if strings.TrimSpace(piece.Markdown) == "" {
		done = "desk-done-emptied"
		if piece.First > 0 || piece.Last < len(s.p.Cells[l].Blocks)-1 {
			done = "desk-done-emptied-part"
		}
	}
	return s.done(l, f, raw, r, said(done, "Number", s.p.Number, "Language", s.edition.Site.Langs[l].Name))
}

// before is the ordinal of the last block of what comes before the passage in a
// language; -1 for none.
func (s *spot) before(l int) int {
	at := -1
	for _, sec := range s.t.Sections {
		for _, p := range sec.Passages {
			if p == s.p {
				return at
			}
			if blocks := p.Cells[l].Blocks; len(blocks) > 0 {
				at = blocks[len(blocks)-1].Ordinal
			}
		}
	}
	return at
}

// refused puts into words why an edit was not done.
func (s *spot) refused(err error) error { return s.refusedIn(err, s.page) }

func (d *Desk) refusedIn(err error, lang string) error {
	say := d.say(lang)
	for cause, id := range map[error]string{
		edit.ErrSpreads: "desk-refused-spreads", edit.ErrApart: "desk-refused-apart", edit.ErrWhole: "desk-refused-whole", edit.ErrNowhere: "desk-refused-nowhere",
		edit.ErrReason: "desk-refused-reason", edit.ErrWaiver: "desk-refused-waiver", edit.ErrName: "desk-refused-name", edit.ErrConcept: "desk-refused-concept", edit.ErrID: "desk-refused-id",
	} {
		if errors.Is(err, cause) {
			return refuse(say(id))
		}
	}
	if fault := (*edit.FaultError)(nil); errors.As(err, &fault) {
		return refuse(say("desk-refused-fault", "Why", fault.Fault.Sentence(d.words(lang))))
	}
	return err
}

// words are what findings are told in on a page of the language.
func (d *Desk) words(lang string) diag.Words {
	i := slices.IndexFunc(d.edition.Site.Langs, func(l site.Lang) bool { return l.Code == lang })
	return d.edition.editors().UI(d.edition.Site.Langs[max(0, i)].Code)
}

// JoinBlocks makes one block of a passage's k-th block in a language and the one
// before it.
func (d *Desk) JoinBlocks(at At, lang string, k int) (*Act, error) {
	return d.change(at, lang, k, "desk-done-joined-blocks", func(f edit.File, i int) (*edit.Result, error) {
		if k == 0 {
			return nil, edit.ErrApart
		}
		return f.Join(i)
	})
}

// MoveBlock lets a passage's k-th block in a language change places with its
// neighbour in the file.
func (d *Desk) MoveBlock(at At, lang string, k int, to edit.Direction) (*Act, error) {
	done := "desk-done-moved-down"
	if to == edit.Up {
		done = "desk-done-moved-up"
	}
	return d.change(at, lang, k, done, func(f edit.File, i int) (*edit.Result, error) { return f.Move(i, to) })
}

// Waive accepts the findings of a rule about a passage's k-th block in a
// language, with a reason.
func (d *Desk) Waive(at At, lang string, k int, code diag.Code, reason string) (*Act, error) {
	if r, ok := Rules.Of(code); !ok || r.Severity == diag.Error {
		return nil, refuse(d.say(at.Lang)("desk-refused-waiver"))
	}
	return d.change(at, lang, k, "desk-done-waived", func(f edit.File, i int) (*edit.Result, error) { return f.Waive(i, code, reason) })
}

// change is an edit of a passage's k-th block in a language.
func (d *Desk) change(at At, lang string, k int, done string, do func(f edit.File, i int) (*edit.Result, error)) (*Act, error) {
	s, l, f, raw, err := d.open(at, lang)
	if err != nil {
		return nil, err
	}
	i, err := s.block(l, k)
	if err != nil {
		return nil, err
	}
	r, err := do(f, i)
	if err != nil {
		return nil, s.refused(err)
	}
	return s.done(l, f, raw, r, said(done, "Number", s.p.Number, "Language", s.edition.Site.Langs[l].Name))
}

// Divide divides at the cursor: letters counted in the text of a passage's k-th
// block in a language. Within a block it becomes two; before a block that is not
// the first, the passage does, in all languages that have as many blocks.
func (d *Desk) Divide(at At, lang string, k, letters int) (*Act, error) {
	s, err := d.spot(at)
	if err != nil {
		return nil, err
	}
	l, err := s.lang(lang)
	if err != nil {
		return nil, err
	}
	i, err := s.block(l, k)
	if err != nil {
		return nil, err
	}
	text := s.p.Cells[l].Blocks[k].Text
	if n := utf8.RuneCountInString(text); letters < 0 || letters > n {
		return nil, refuse(s.say("desk-refused-request"))
	} else if letters == n && k+1 < len(s.p.Cells[l].Blocks) { // at the end is before the next
		k, letters = k+1, 0
	}
	if letters > 0 {
		return s.divideBlock(at, lang, k, i, letters)
	}
	if k == 0 {
		return nil, refuse(s.say("desk-refused-whole"))
	}
	n := len(s.p.Cells[l].Blocks)
	cut := map[string]int{}
	for o, c := range s.p.Cells {
		if o == l || len(c.Blocks) == n {
			cut[s.edition.Site.Langs[o].Code] = k
		}
	}
	fresh := ""
	return s.mend([]string{s.p.Number}, func(rec *record.Record) (Said, error) {
		if fresh = rec.DivideAt(s.p.Number, cut); fresh == "" {
			return Said{}, refuse(s.say("desk-refused-whole"))
		}
		return said("desk-done-divided", "Number", s.p.Number, "New", fresh), nil
	})
}

// divideBlock divides within a block, never within a word, and says between which
// words.
func (s *spot) divideBlock(at At, lang string, k, i, letters int) (*Act, error) {
	l, _ := s.lang(lang)
	text := []rune(s.p.Cells[l].Blocks[k].Text)
	cut := wordEdge(text, letters)
	if cut == 0 {
		return nil, refuse(s.say("desk-refused-whole"))
	}
	a, err := s.change(at, lang, k, "desk-done-divided-block", func(f edit.File, _ int) (*edit.Result, error) {
		place := f.Place(i, len(string(text[:cut])))
		if place < 0 {
			return nil, edit.ErrWhole
		}
		return f.Divide(i, place)
	})
	if err != nil {
		return nil, err
	}
	const shown = 16 // letters on each side
	a.Done.Pairs = append(a.Done.Pairs, "Before", ending(string(text[:cut]), shown), "After", langs.Clip(strings.TrimSpace(string(text[cut:])), shown))
	if cut != letters {
		a.Done.ID = "desk-done-divided-word"
	}
	return a, nil
}

// ending is the last letters of a text.
func ending(s string, n int) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) <= n {
		return string(r)
	}
	r = r[len(r)-n:]
	if i := slices.IndexFunc(r, unicode.IsSpace); i >= 0 && i < len(r)-1 { // from a whole word on
		r = r[i+1:]
	}
	return "…" + string(r)
}

// wordEdge is the nearest place to a place in a text that is not within a word or
// a number; 0 if there is none but its ends.
func wordEdge(text []rune, at int) int {
	inner := func(i int) bool { return 0 < i && i < len(text) && within(text, i) }
	for d := 0; d < len(text); d++ {
		for _, i := range []int{at + d, at - d} {
			if 0 < i && i < len(text) && !inner(i) {
				return i
			}
		}
	}
	return 0
}

// within reports whether a place is between two letters of a word, where words are
// parted by spaces, between two digits of a number, or between a word and its mark.
func within(text []rune, i int) bool {
	letter := func(k int) bool {
		return k >= 0 && k < len(text) && (unicode.IsLetter(text[k]) || unicode.IsNumber(text[k]) || unicode.IsMark(text[k])) && !langs.Unspaced(text[k])
	}
	joint := func(k int) bool { return strings.ContainsRune("-‐‑'’.,:/·", text[k]) }
	switch {
	case letter(i-1) && letter(i), unicode.IsMark(text[i]):
		return true
	case !unicode.IsSpace(text[i-1]) && unicode.In(text[i], unicode.Pe, unicode.Pf, unicode.Po), unicode.In(text[i-1], unicode.Ps, unicode.Pi):
		return true // a mark stays with its word
	case letter(i-1) && joint(i):
		return letter(i + 1)
	case joint(i-1) && letter(i):
		return letter(i - 2)
	}
	return false
}

// Join makes a passage part of the one before it.
func (d *Desk) Join(at At) (*Act, error) {
	s, err := d.spot(at)
	if err != nil {
		return nil, err
	}
	prev := s.neighbour(edit.Up)
	if prev == nil || s.p.Row.Opens != record.OpensNothing || prev.Row.Opens != record.OpensNothing {
		return nil, refuse(s.say("desk-refused-join"))
	}
	return s.mend([]string{prev.Number, s.p.Number}, func(rec *record.Record) (Said, error) {
		if !rec.JoinWith(s.p.Number, prev.Number) {
			return Said{}, refuse(s.say("desk-refused-passage", "Number", s.p.Number))
		}
		return said("desk-done-joined", "Number", s.p.Number, "Into", prev.Number), nil
	})
}

// Shift gives the first or last block of a passage in a language to the passage
// before or after it.
func (d *Desk) Shift(at At, lang string, to edit.Direction) (*Act, error) {
	s, err := d.spot(at)
	if err != nil {
		return nil, err
	}
	l, err := s.lang(lang)
	if err != nil {
		return nil, err
	}
	other := s.neighbour(to)
	if other == nil || len(s.p.Cells[l].Blocks) == 0 {
		return nil, refuse(s.say("desk-refused-nowhere"))
	}
	return s.mend([]string{s.p.Number, other.Number}, func(rec *record.Record) (Said, error) {
		if !rec.Shift(s.p.Number, other.Number, lang) {
			return Said{}, refuse(s.say("desk-refused-nowhere"))
		}
		return said("desk-done-shifted", "Number", s.p.Number, "Into", other.Number, "Language", s.edition.Site.Langs[l].Name), nil
	})
}

// neighbour is the passage before or after, of those that there are.
func (s *spot) neighbour(to edit.Direction) *site.Passage {
	var list []*site.Passage
	at := -1
	for _, sec := range s.t.Sections {
		for _, p := range sec.Passages {
			if p.Row.Removed || p.Empty() {
				continue
			}
			if p == s.p {
				at = len(list)
			}
			list = append(list, p)
		}
	}
	if i := at + int(to); at >= 0 && i >= 0 && i < len(list) {
		return list[i]
	}
	return nil
}

// mend changes the rows of the passages in the record.
func (s *spot) mend(passages []string, change func(*record.Record) (Said, error)) (*Act, error) {
	a := &Act{Text: s.t.ID, Passages: passages}
	if s.edition.faulty() {
		return nil, refuse(s.say("desk-refused-content"))
	}
	rev, err := s.edition.Revise(s.t.ID, passages, func(rec *record.Record) (_ string, err error) {
		a.Done, err = change(rec)
		return "", err
	})
	if err != nil {
		return nil, err
	}
	return s.acted(a, rev)
}

// acted adds to an act the record's file, and those of earlier versions that are
// written with it.
func (d *Desk) acted(a *Act, rev *Revision) (*Act, error) {
	for _, f := range append([]Changed{{Path: rev.Path, Data: rev.Content}}, rev.Also...) {
		c, err := d.recordChange(f.Path, f.Data)
		if err != nil {
			return nil, err
		}
		if c != nil {
			a.Files = append(a.Files, *c)
		}
	}
	return a, nil
}

// Sign notes the word of an editor that languages of passages agree as they
// stand; of no language, all. Prints gives the print of each passage as the editor
// has it in view: if one is another, nothing is confirmed.
func (d *Desk) Sign(text, lang string, prints map[string]string, by record.Confirmation) (*Act, error) {
	say := d.say(lang)
	var passages []string
	for n := range prints {
		if _, err := d.spot(At{text, n, prints[n], lang}); err != nil {
			return nil, err
		}
		passages = append(passages, n)
	}
	if t := d.edition.Site.Text(text); t == nil || len(passages) == 0 {
		return nil, refuse(say("desk-refused-request"))
	}
	slices.Sort(passages)
	return d.signed(text, lang, passages, by)
}

func (d *Desk) signed(text, lang string, passages []string, by record.Confirmation) (*Act, error) {
	say := d.say(lang)
	if d.edition.faulty() {
		return nil, refuse(say("desk-refused-content"))
	}
	for _, l := range by.Langs {
		if !slices.ContainsFunc(d.edition.Site.Langs, func(x site.Lang) bool { return x.Code == l }) {
			return nil, refuse(say("desk-refused-request"))
		}
	}
	a := &Act{Text: text, Passages: passages}
	rev, err := d.edition.Revise(text, passages, func(rec *record.Record) (string, error) {
		if unknown := rec.ConfirmAs(by, passages...); len(unknown) > 0 {
			return "", refuse(say("desk-refused-passage", "Number", strings.Join(unknown, say("list-comma"))))
		}
		return "", nil
	})
	if err != nil {
		return nil, err
	}
	names := d.names(by.Langs, say("list-comma"))
	if a.Done = said("desk-done-confirmed", "Number", passages[0], "Languages", names); len(passages) > 1 {
		a.Done = said("desk-done-confirmed-all", "Count", len(passages), "Languages", names)
	}
	return d.acted(a, rev)
}

// Pin fixes a passage's row, or frees it.
func (d *Desk) Pin(at At, pinned bool) (*Act, error) {
	s, err := d.spot(at)
	if err != nil {
		return nil, err
	}
	return s.mend([]string{s.p.Number}, func(rec *record.Record) (Said, error) {
		if !rec.Pin(s.p.Number, pinned) {
			return Said{}, refuse(s.say("desk-refused-passage", "Number", s.p.Number))
		}
		if pinned {
			return said("desk-done-pinned", "Number", s.p.Number), nil
		}
		return said("desk-done-unpinned", "Number", s.p.Number), nil
	})
}

// SignSeen is Sign for passages of a text that stands as the editor has seen it.
func (d *Desk) SignSeen(seen Seen, passages []string, by record.Confirmation) (*Act, error) {
	if len(passages) == 0 || slices.Contains(passages, "") {
		return nil, refuse(d.say(seen.Lang)("desk-refused-request"))
	}
	if err := d.refusal(seen); err != nil {
		return nil, err
	}
	return d.signed(seen.Text, seen.Lang, slices.Clone(passages), by)
}

// Acted is a new state of a text's record as an act.
func (d *Desk) Acted(rev *Revision, text, done string) (*Act, error) {
	return d.acted(&Act{Done: said(done), Text: text}, rev)
}
