package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
)

// Merge is what comes of a file that came back.
type Merge struct {
	// File is the new language version, nil where nothing changes.
	File *source.File
	// Record is the text's record as it is then; nil where the text has none and
	// none was to be begun, or nothing was put in.
	Record *record.Record
	// Changed and Inserted are the numbers of the passages, in reading order.
	Changed, Inserted []string
	Refused           []Refusal
	// ChangedUnits and InsertedUnits are how many units that is.
	ChangedUnits, InsertedUnits int
	Untouched                   int // units that came back as they were sent
	Empty                       int // units that were not translated
	// Tracked are the passages that were put in with changes that were tracked in a
	// table, without a comment; Comments are those beside it.
	Tracked, Comments []Remark
}

// Remark is something about a passage in a table.
type Remark struct {
	Passage string
	Line    int // the row
	Comment
}

// Refusal says why a unit was not put back.
type Refusal struct {
	Unit      string
	Passage   string // its number; empty if it is not known
	Why       diag.Phrase
	Line, Col int // in the file that came back
}

// edit is a unit that is to be put back.
type edit struct {
	unit *Unit
	from *ReturnedUnit
	text Coded
}

// Merge puts what came back into the translation. The text is as it is now.
func (j *Job) Merge(r *Returned) (*Merge, error) {
	units, _ := j.Units()
	byID := make(map[string]*Unit, len(units))
	m := &merger{Job: j, out: &Merge{}, needed: map[*site.Passage]int{}, record: r.Record}
	for _, u := range units {
		byID[u.ID] = u
		if u.Missing {
			m.needed[u.Passage]++
		}
	}
	seen := map[string]bool{}
	for i := range r.Units {
		ru := &r.Units[i]
		if ru.ID == "" {
			m.refuse(ru, nil, ru.Fault)
			continue
		}
		if seen[ru.ID] {
			m.refuse(ru, nil, diag.Say("return.twice"))
			continue
		}
		seen[ru.ID] = true
		for _, c := range ru.Comments {
			m.out.Comments = append(m.out.Comments, Remark{passageOf(ru, byID[ru.ID]), ru.Line, c})
		}
		if e := m.judge(ru, byID[ru.ID], r.Prints); e != nil {
			m.edits = append(m.edits, e)
		}
	}
	if err := m.write(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(m.out.Refused, func(a, b Refusal) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col)) })
	return m.out, nil
}

type merger struct {
	*Job
	edits  []*edit
	needed map[*site.Passage]int // units of a passage that is missing
	out    *Merge
	record bool // is begun if there is none

	trial     *trial
	unwritten map[*edit]bool // in the draft being made
}

func (m *merger) refuse(ru *ReturnedUnit, u *Unit, why diag.Phrase) {
	m.out.Refused = append(m.out.Refused, Refusal{Unit: ru.ID, Passage: passageOf(ru, u), Why: why, Line: ru.Line, Col: ru.Col})
}

// passageOf is the number of the passage that a unit is of, or was.
func passageOf(ru *ReturnedUnit, u *Unit) string {
	if u != nil {
		return u.Passage.Number
	}
	n, _, _ := strings.Cut(strings.TrimPrefix(ru.ID, "p"), "-")
	return n
}

// judge tells whether a unit is to be put back, and refuses it or counts it.
func (m *merger) judge(ru *ReturnedUnit, u *Unit, prints map[string]Prints) *edit {
	sent, known := prints[ru.ID]
	switch {
	case !known:
		m.refuse(ru, u, diag.Say("return.unknown"))
		return nil
	case ru.None:
		m.out.Empty++
		return nil
	case ru.Fault.ID == "" && fingerprint(ru.form()) == sent.Sent:
		if sent.Target == "-" { // the source in its place
			m.out.Empty++
			return nil
		}
		m.out.Untouched++
		return nil
	case u == nil:
		m.refuse(ru, nil, diag.Say("return.gone"))
		return nil
	}
	now := u.Prints()
	switch {
	case now.Source != sent.Source:
		m.refuse(ru, u, diag.Say("return.source-changed"))
	case now.Target != sent.Target && ru.Fault.ID == "" && ru.form() == ru.formOf(u):
		m.out.Untouched++ // it is there already
	case now.Target != sent.Target:
		m.refuse(ru, u, diag.Say("return.target-changed"))
	case ru.Fault.ID != "":
		m.refuse(ru, u, ru.Fault)
	default:
		pieces, why := ru.Pieces, diag.Phrase{}
		if ru.table != nil {
			pieces, why = u.codes(ru.table.text, ru.table.carrier, m.Job)
		}
		var text Coded
		if why.ID == "" {
			text, why = u.resolve(pieces, m.Job)
		}
		switch {
		case why.ID != "":
			m.refuse(ru, u, why)
		case !u.Missing && normal(text).String() == normal(u.Target).String():
			m.out.Untouched++ // looks or spaces that mean nothing
		default:
			return &edit{unit: u, from: ru, text: text}
		}
	}
	return nil
}

// resolve finds the codes of what came back, or says what is wrong with them.
// They are those of the translation as it was sent or, all of them, those of the
// source.
func (u *Unit) resolve(pieces []Raw, j *Job) (Coded, diag.Phrase) {
	byID := map[int]*Code{}
	for _, c := range u.Source.Codes {
		k := *c
		k.open, k.close, k.key = j.rewritten(k.open), j.rewritten(k.close), j.rewritten(k.key)
		byID[c.ID] = &k
	}
	for _, c := range u.Target.Codes {
		byID[c.ID] = c
	}
	var out Coded
	var stack []*Code
	count := map[int]int{}
	for _, p := range pieces {
		if p.ID == 0 {
			if _, found := source.Clean("", []byte(p.Text)); len(found) > 0 {
				return out, diag.Say("return.character")
			}
			out.Pieces = append(out.Pieces, Piece{Text: p.Text})
			continue
		}
		c := byID[p.ID]
		switch {
		case c == nil:
			return out, diag.Say("return.code-unknown", "Code", fmt.Sprint(p.ID))
		case c.Pair == (p.Mark == Alone):
			return out, diag.Say("return.code-torn", "Code", c.describe())
		case p.Mark == End:
			if len(stack) == 0 || stack[len(stack)-1] != c {
				return out, diag.Say("return.code-order", "Code", c.describe())
			}
			stack = stack[:len(stack)-1]
		default:
			if count[c.ID]++; count[c.ID] > 1 {
				return out, diag.Say("return.code-doubled", "Code", c.describe())
			}
			if p.Mark == Begin {
				stack = append(stack, c)
			}
			out.Codes = append(out.Codes, c)
		}
		out.Pieces = append(out.Pieces, Piece{Code: c, Mark: p.Mark})
	}
	if len(stack) > 0 {
		return out, diag.Say("return.code-torn", "Code", stack[0].describe())
	}
	lost := func(codes []*Code) (first *Code, extra bool) {
		in := map[int]bool{}
		for _, c := range codes {
			in[c.ID] = true
			if first == nil && count[c.ID] == 0 {
				first = c
			}
		}
		for id := range count {
			extra = extra || !in[id]
		}
		return first, extra
	}
	own := u.Target.Codes
	if u.Missing {
		own = u.Source.Codes
	}
	missing, extra := lost(own)
	if missing == nil && !extra {
		return out, u.ordered(out)
	}
	// The translator may have followed the source instead.
	if other, more := lost(u.Source.Codes); !u.Missing && other == nil && !more {
		for _, c := range out.Codes {
			if c.Type == Paragraph || c.Type == Note && !slices.Contains(own, c) {
				return out, diag.Say("return.code-added", "Code", c.describe())
			}
		}
		return out, u.ordered(out)
	}
	if missing != nil {
		return out, diag.Say("return.code-lost", "Code", missing.describe())
	}
	for _, c := range out.Codes {
		if !slices.ContainsFunc(own, func(o *Code) bool { return o.ID == c.ID }) {
			return out, diag.Say("return.code-added", "Code", c.describe())
		}
	}
	return out, diag.Phrase{}
}

// ordered refuses codes between joined blocks out of their order, and such as
// stand within others.
func (u *Unit) ordered(c Coded) diag.Phrase {
	last, depth := 0, 0
	for _, p := range c.Pieces {
		switch {
		case p.Code == nil:
		case p.Mark == Begin:
			depth++
		case p.Mark == End:
			depth--
		case p.Code.Type == Paragraph:
			if depth > 0 || p.Code.ID < last {
				return diag.Say("return.code-order", "Code", p.Code.describe())
			}
			last = p.Code.ID
		}
	}
	return diag.Phrase{}
}

// describe names a code to an editor.
func (c *Code) describe() string {
	if c.Shown != "" {
		return fmt.Sprintf("%d (%s %s)", c.ID, c.Type, diag.Clip(c.Shown, 40))
	}
	return fmt.Sprintf("%d (%s)", c.ID, c.Type)
}

// rounds is how often what was not read back as it came is taken out and the
// rest tried again. One is enough as a rule: each text was tried by itself before.
const rounds = 4

// write writes the new file, parses it, and refuses what does not read as it
// came.
func (m *merger) write() error {
	f := m.file(m.To)
	before := m.Text.Versions[m.To].Doc
	begun := false
	if before == nil {
		f, before, begun = m.begin()
	}
	m.trial = &trial{file: f, refs: strings.Join(definition.FindAllString(f.Data, -1), "\n")}
	for range rounds {
		m.partial()
		draft := m.draft(f.Data, before)
		if len(m.edits) == 0 && !begun {
			return nil
		}
		if len(m.unwritten) > 0 { // a passage of which a part cannot be written is left out as a whole
			m.drop(m.unwritten)
			continue
		}
		next := f
		next.Data = draft.data
		after, _ := markdown.Parse(next)
		failed := draft.verify(before, after, next.Data, m.file(m.From).Data)
		if len(failed) == 0 {
			m.finish(next, before, after, draft)
			return nil
		}
		m.drop(failed)
	}
	all := map[*edit]bool{}
	for _, e := range m.edits {
		all[e] = true
	}
	m.drop(all)
	return nil
}

// drop refuses edits that cannot be written.
func (m *merger) drop(edits map[*edit]bool) {
	kept := m.edits[:0:0]
	for _, e := range m.edits {
		if edits[e] {
			m.refuse(e.from, e.unit, diag.Say("return.markdown"))
			continue
		}
		kept = append(kept, e)
	}
	m.edits = kept
}

// draft is a new file and what each of its blocks must hold.
type draft struct {
	data  string
	texts map[*doc.Block]map[int]wanted // of the blocks that change, by where their parts begin
	new   map[int][]newBlock            // by the ordinal of the old block that they follow; -1 for the first
}

type wanted struct {
	text Coded
	edit *edit
}

// newBlock is a block of a passage that was missing.
type newBlock struct {
	like  *site.Block
	texts map[int]Coded // of its parts, by where they stand in the source
	edit  *edit         // the first of the passage
	row   *site.Passage
}

// change replaces a stretch of the old file.
type change struct {
	from, to int
	text     string
}

// draft writes the edits that are left into the file.
func (m *merger) draft(data string, before *doc.Document) *draft {
	d := &draft{texts: map[*doc.Block]map[int]wanted{}, new: map[int][]newBlock{}}
	m.unwritten = map[*edit]bool{}
	var changes []change
	missing := map[*site.Passage][]*edit{}
	for _, e := range m.edits {
		if e.unit.Missing {
			missing[e.unit.Passage] = append(missing[e.unit.Passage], e)
			continue
		}
		for i, text := range e.text.split() {
			if i >= len(e.unit.target) {
				break
			}
			p := &e.unit.target[i]
			text = normal(text)
			if d.texts[p.block.Block] == nil {
				d.texts[p.block.Block] = map[int]wanted{}
			}
			d.texts[p.block.Block][p.from] = wanted{text, e}
			if text.String() == p.coded.String() {
				continue
			}
			written, ok := m.trial.write(p, text, data)
			if !ok {
				m.unwritten[e] = true
			}
			changes = append(changes, change{p.from, p.to, written})
		}
	}
	insertions, appendix := m.insertions(data, before, missing, d)
	changes = append(changes, insertions...)
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	at := 0
	for _, c := range changes {
		b.WriteString(data[at:c.from] + c.text)
		at = c.to
	}
	b.WriteString(data[at:])
	if appendix != "" {
		if !strings.HasSuffix(b.String(), "\n") {
			b.WriteByte('\n')
		}
		b.WriteString(appendix)
	}
	d.data = b.String()
	return d
}

// verify compares the new document with what it must be, and returns the edits
// that are not read as they came. If the blocks themselves are others, the first
// edit at or before the place is at fault.
func (d *draft) verify(before, after *doc.Document, data, src string) map[*edit]bool {
	failed := map[*edit]bool{}
	var last *edit // that was met
	k := 0
	fail := func(e *edit) {
		if e == nil {
			for _, parts := range d.texts {
				for _, w := range parts {
					failed[w.edit] = true
				}
			}
			for _, list := range d.new {
				for _, n := range list {
					failed[n.edit] = true
				}
			}
			return
		}
		failed[e] = true
	}
	inserted := func(ordinal int) bool {
		for _, n := range d.new[ordinal] {
			last = n.edit
			if k >= len(after.Blocks) || !d.sameNew(n, &after.Blocks[k], data, src) {
				fail(n.edit)
				return false
			}
			k++
		}
		return true
	}
	if !inserted(-1) {
		return failed
	}
	for i := range before.Blocks {
		b := &before.Blocks[i]
		if k >= len(after.Blocks) {
			fail(last)
			return failed
		}
		a := &after.Blocks[k]
		k++
		e, ok := d.same(b, a, data)
		if e != nil {
			last = e
		}
		if !ok {
			fail(cmp.Or(e, last))
			if b.Kind != a.Kind || len(b.Within) != len(a.Within) {
				return failed // nothing after it can be trusted
			}
		}
		if !inserted(i) {
			return failed
		}
	}
	if k != len(after.Blocks) || len(before.Waivers) != len(after.Waivers) {
		fail(last)
	}
	return failed
}

// same reports whether a block of the new file is the old one with what was
// changed in it, and the edit that did so.
func (d *draft) same(b, a *doc.Block, data string) (by *edit, ok bool) {
	parts := d.texts[b]
	for _, w := range parts {
		if by == nil || w.edit.from.Line < by.from.Line {
			by = w.edit
		}
	}
	if !alike(b, a) {
		return by, false
	}
	ok = true
	compare := func(old, new []doc.Inline, inTable bool, from int) {
		if w, changed := parts[from]; changed {
			if fold(new, data, inTable).String() != w.text.String() {
				by, ok = w.edit, false
			}
			return
		}
		ok = ok && sameInlines(old, new)
	}
	if b.Kind == doc.Table {
		for i := range b.Rows {
			for k := range b.Rows[i].Cells {
				old, new := b.Rows[i].Cells[k].Inlines, a.Rows[i].Cells[k].Inlines
				from := -1
				if len(old) > 0 {
					for _, at := range []int{old[0].Offset(), old[0].Offset() - 1} {
						if _, changed := parts[at]; changed {
							from = at
						}
					}
				}
				compare(old, new, true, from)
			}
		}
	} else {
		from := -1
		for at := range parts { // it has one part
			from = at
		}
		compare(b.Inlines, a.Inlines, false, from)
	}
	if len(b.Notes) != len(a.Notes) {
		return by, false
	}
	for i := range b.Notes {
		old, new := b.Notes[i].Blocks, a.Notes[i].Blocks
		if len(old) != len(new) {
			return by, false
		}
		for k := range old {
			e, same := d.same(&old[k], &new[k], data)
			if e != nil && (by == nil || !same) {
				by = e
			}
			ok = ok && same
		}
	}
	return by, ok
}

// alike reports whether two blocks are of one form, whatever they say.
func alike(b, a *doc.Block) bool {
	if b.Kind != a.Kind || b.Level != a.Level || !b.AutoID && b.ID != a.ID || b.AutoID != a.AutoID || b.Syntax != a.Syntax || len(b.Within) != len(a.Within) || len(b.Rows) != len(a.Rows) {
		return false
	}
	for i := range b.Within {
		if b.Within[i].Kind != a.Within[i].Kind { // numbers may move on
			return false
		}
	}
	for i := range b.Rows {
		if len(b.Rows[i].Cells) != len(a.Rows[i].Cells) || b.Rows[i].Head != a.Rows[i].Head {
			return false
		}
	}
	return b.Kind != doc.Code && b.Kind != doc.Break || b.Text == a.Text
}

// sameInlines reports whether two trees are one, wherever they stand. Notes may
// have other numbers.
func sameInlines(b, a []doc.Inline) bool {
	if len(b) != len(a) {
		return false
	}
	for i := range b {
		switch x := b[i].(type) {
		case *doc.Text:
			if y, ok := a[i].(*doc.Text); !ok || x.S != y.S {
				return false
			}
		case *doc.Styled:
			if y, ok := a[i].(*doc.Styled); !ok || x.Style != y.Style || x.Lang != y.Lang || x.Dir != y.Dir {
				return false
			}
		case *doc.Link:
			if y, ok := a[i].(*doc.Link); !ok || x.Dest != y.Dest || x.Title != y.Title {
				return false
			}
		case *doc.ConceptLink:
			if y, ok := a[i].(*doc.ConceptLink); !ok || x.ID != y.ID {
				return false
			}
		case *doc.Image:
			if y, ok := a[i].(*doc.Image); !ok || x.Dest != y.Dest || x.Alt != y.Alt || x.Title != y.Title {
				return false
			}
		default:
			if fmt.Sprintf("%T", b[i]) != fmt.Sprintf("%T", a[i]) {
				return false
			}
		}
		if !sameInlines(b[i].Children(), a[i].Children()) {
			return false
		}
	}
	return true
}
