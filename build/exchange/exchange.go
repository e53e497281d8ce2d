// Package exchange sends a text to translators and takes it back: as XLIFF for
// their programs, or as a table for a word processor. What goes out are units, a
// stretch of running text in the language translated from beside its translation;
// what comes back is compared with the text as it is at that moment and put into
// the Markdown of the translation, in which nothing else changes.
//
// A unit travels with fingerprints of its source and its translation, so that
// whatever changed meanwhile is seen and refused. States that programs set are
// not believed: texts are compared. Elements within running text travel as
// numbered codes.
//
// Markdown is written by trial: the new file is parsed, and each block must hold
// exactly what came back and all others what they held. What fails that is
// refused, never written.
//
// The package reads the site, and files as strings; it touches no file.
package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"stele/build/doc"
	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
)

// Job says what is to be translated.
type Job struct {
	Site *site.Site // required
	Text *site.Text // required
	// From and To are languages of the site; the text has a version in From.
	From, To int
	// Files are the language versions as they were read.
	Files []source.File
	// Confirmed is the text's record as it was read; nil without one.
	Confirmed *record.Record
	// Words are those of the language translated into, in which the translator is
	// told what there is to know. // required by Table and XLIFF
	Words Words
}

// Words speaks a language of the site.
type Words interface {
	T(id string, pairs ...any) string
	Date(iso string) string
}

// file is the version's file; the zero File where there is none.
func (j *Job) file(l int) source.File {
	for _, f := range j.Files {
		if f.Lang == j.Site.Langs[l].Code {
			return f
		}
	}
	return source.File{}
}

// Unit is a stretch of running text beside its translation.
type Unit struct {
	// ID is unique in the text and the same as long as the passage is what it
	// is: "p5.3", "p5.3-2" for a second block, with "-n1.1" for a note and "-r2.3"
	// for a table's cell.
	ID      string
	Passage *site.Passage
	Source  Coded
	Target  Coded // empty where the translation is missing
	Missing bool

	source, target []part // more than one where blocks are joined
}

// part is a stretch of running text in a file.
type part struct {
	coded    Coded
	from, to int
	block    *site.Block // whose Ordinal is that of the block around a note
	ordinal  int
	inTable  bool
}

// Due is a reason for which a unit is to be translated.
type Due string

const (
	Missing     Due = "missing"     // there is no translation
	Stale       Due = "stale"       // the source changed since it was confirmed, the translation did not follow
	Unconfirmed Due = "unconfirmed" // no editor confirmed that the two agree as they stand, whatever others do
)

// Dues lists them.
var Dues = []Due{Missing, Stale, Unconfirmed}

// Due says why the unit is to be translated; empty if it is not.
func (j *Job) Due(u *Unit) Due {
	from, to := u.Passage.Cells[j.From].State, u.Passage.Cells[j.To].State
	switch {
	case u.Missing:
		return Missing
	case to == record.Stale && (from == record.Changed || from == record.Added):
		return Stale
	case !u.Passage.Agree(j.From, j.To):
		return Unconfirmed
	}
	return ""
}

// Units lists what the text has to translate, in reading order, first the front
// matter if there is no version to translate into yet, and the numbers
// of the passages of which nothing can be laid side by side: a table beside
// none, or beside one of another form.
func (j *Job) Units() (units []*Unit, apart []string) {
	src, dst := j.file(j.From).Data, j.file(j.To).Data
	units = j.front()
	for _, s := range j.Text.Sections {
		for _, p := range s.Passages {
			from, to := p.Cells[j.From].Blocks, p.Cells[j.To].Blocks
			if len(from) == 0 || len(to) == 0 && p.Cells[j.To].State == record.Absent {
				continue
			}
			of, ok := j.pair(p, cut(from, src), cut(to, dst))
			if !ok {
				apart = append(apart, p.Number)
				continue
			}
			units = append(units, of...)
		}
	}
	return units, apart
}

// cell is a block cut into parts: its own, by the names they have in ids.
type cell struct {
	block *site.Block
	names []string
	parts []part
	shape string // of a table
}

// cut cuts a passage's blocks into parts.
func cut(blocks []*site.Block, data string) []cell {
	var out []cell
	for _, b := range blocks {
		c := cell{block: b}
		add := func(name string, p part) {
			p.ordinal = b.Ordinal
			c.names, c.parts = append(c.names, name), append(c.parts, p)
		}
		cutBlock(b, "", data, &c.shape, add)
		for i, n := range b.Notes {
			for k, nb := range n.Blocks {
				if nb.Kind != doc.Table {
					cutBlock(nb, "n"+strconv.Itoa(i+1)+"."+strconv.Itoa(k+1), data, new(string), add)
				}
			}
		}
		if len(c.parts) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// cutBlock cuts a block without its notes.
func cutBlock(b *site.Block, name, data string, shape *string, add func(string, part)) {
	switch b.Kind {
	case doc.Break, doc.Code:
		return
	case doc.Table:
		for i, r := range b.Rows {
			*shape += strconv.Itoa(len(r.Cells)) + " "
			for k, c := range r.Cells {
				if len(c.Inlines) == 0 {
					continue
				}
				from, to := cellSpan(c.Inlines, data)
				add("r"+strconv.Itoa(i+1)+"."+strconv.Itoa(k+1), part{coded: fold(c.Inlines, data, true), from: from, to: to, block: b, inTable: true})
			}
		}
		return
	}
	if len(b.Inlines) > 0 {
		from, to := span(b.Block, data)
		add(name, part{coded: fold(b.Inlines, data, false), from: from, to: to, block: b})
	}
}

// pair lays a passage's source and translation side by side.
func (j *Job) pair(p *site.Passage, from, to []cell) (units []*Unit, ok bool) {
	if len(from) == 0 {
		return nil, true
	}
	id := func(i int, name string) string {
		s := "p" + p.Number
		if i > 0 {
			s += "-" + strconv.Itoa(i+1)
		}
		if name != "" {
			s += "-" + name
		}
		return s
	}
	switch {
	case len(to) == 0:
		if len(p.Cells[j.To].Blocks) > 0 {
			return nil, true // code alone, or a picture
		}
		for i, c := range from {
			for k := range c.parts {
				u := &Unit{ID: id(i, c.names[k]), Passage: p, Missing: true, source: c.parts[k : k+1]}
				units = append(units, u.number(j))
			}
		}
		return units, true
	case len(from) == len(to):
		for i := range from {
			if from[i].shape != to[i].shape {
				return nil, false
			}
		}
		for i := range from {
			for k, name := range from[i].names {
				at := slices.Index(to[i].names, name)
				if at < 0 {
					continue // a note or a cell that the translation does not have
				}
				u := &Unit{ID: id(i, name), Passage: p, source: from[i].parts[k : k+1], target: to[i].parts[at : at+1]}
				units = append(units, u.number(j))
			}
		}
		return units, true
	}
	u := &Unit{ID: id(0, ""), Passage: p}
	for side, cells := range [][]cell{from, to} {
		for _, c := range cells {
			if c.shape != "" || len(c.names) == 0 || c.names[0] != "" {
				return nil, false
			}
			if side == 0 {
				u.source = append(u.source, c.parts[0])
			} else {
				u.target = append(u.target, c.parts[0])
			}
		}
	}
	return []*Unit{u.number(j)}, true
}

// number joins the unit's parts and gives equal codes on both sides equal
// numbers.
func (u *Unit) number(j *Job) *Unit {
	u.Source, u.Target = join(u.source), join(u.target)
	ids := map[string][]int{} // of the source's codes that the target has not met, by what they are
	for i, c := range u.Source.Codes {
		c.ID = i + 1
		key := j.rewritten(c.key)
		ids[key] = append(ids[key], c.ID)
	}
	next := len(u.Source.Codes)
	for _, c := range u.Target.Codes {
		if list := ids[c.key]; len(list) > 0 {
			c.ID, ids[c.key] = list[0], list[1:]
			continue
		}
		next++
		c.ID = next
	}
	return u
}

// rewritten has links to a version in the language translated from lead to the
// one in the other: en.md to ru.md.
func (j *Job) rewritten(s string) string {
	from, to := j.Site.Langs[j.From].Code+".md", j.Site.Langs[j.To].Code+".md"
	if !strings.Contains(s, from) { // as nearly always
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, from)
		if i < 0 {
			return b.String() + s
		}
		b.WriteString(s[:i])
		before, after := i == 0 || strings.ContainsRune("/ (<", rune(s[i-1])), s[i+len(from):]
		if before && (after == "" || strings.ContainsRune("# )>", rune(after[0]))) {
			b.WriteString(to)
		} else {
			b.WriteString(from)
		}
		s = after
	}
}

// Prints are the fingerprints that a unit travels with.
type Prints struct {
	Source string // of the text translated from
	Target string // of the translation as it stands in the file; "-" for none
	Sent   string // of the translation as it was sent, codes by number
}

// Prints are the unit's fingerprints now.
func (u *Unit) Prints() Prints {
	p := Prints{Source: fingerprint(u.Source.String()), Target: "-", Sent: u.Target.sent()}
	if !u.Missing {
		p.Target = fingerprint(u.Target.String())
	}
	return p
}

// sent is the fingerprint of coded text in which codes are known by their
// numbers alone, as programs know them.
func (c Coded) sent() string {
	if len(c.Pieces) == 0 {
		return "-"
	}
	return fingerprint(c.numbered())
}

func fingerprint(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:4])
}
