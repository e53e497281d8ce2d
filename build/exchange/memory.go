package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/language"

	"stele/build/compare"
	"stele/build/diag"
	"stele/build/lang"
)

// Memory is a translation memory: segments in several languages, each as often
// as it was translated.
type Memory struct{ units []memoryUnit }

// memoryUnit is a unit of a memory: its texts by tag, as the file has them.
type memoryUnit struct {
	line int
	tags []string
	text []string
}

// MemoryError says why a file is no translation memory.
type MemoryError struct{ Why diag.Phrase }

func (e *MemoryError) Error() string { return e.Why.String() }

// ReadTMX reads a translation memory. Codes of the program that made it are left
// out of its segments.
func ReadTMX(data []byte) (*Memory, error) {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil {
			return nil, &MemoryError{diag.Say("memory.damaged", "Line", 1)}
		}
		data = out
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(charset), "utf-16") { // which it is no more
			return in, nil
		}
		return nil, &MemoryError{diag.Say("memory.encoding", "Name", charset)}
	}
	m := &Memory{}
	root := false
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) && root {
			return m, nil
		}
		if err == nil {
			e, ok := t.(xml.StartElement)
			switch {
			case !ok:
			case !root && e.Name.Local != "tmx":
				return nil, &MemoryError{diag.Say("memory.foreign")}
			case e.Name.Local == "tu":
				if len(m.units) >= maxUnits {
					return nil, &MemoryError{diag.Say("memory.large", "Max", maxUnits)}
				}
				line, _ := d.InputPos()
				u := memoryUnit{line: line}
				err = readUnit(d, &u)
				m.units = append(m.units, u)
			}
			root = root || ok
		}
		if told := (*MemoryError)(nil); errors.As(err, &told) {
			return nil, told
		}
		if err != nil {
			line, _ := d.InputPos()
			return nil, &MemoryError{diag.Say("memory.damaged", "Line", line)}
		}
	}
}

// readUnit reads a unit to its end.
func readUnit(d *xml.Decoder, u *memoryUnit) error {
	tag := ""
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			switch t.Name.Local {
			case "tuv":
				tag = ""
				for _, a := range t.Attr {
					if a.Name.Local == "lang" {
						tag = a.Value
					}
				}
				depth++
			case "seg":
				text, err := segment(d)
				if err != nil {
					return err
				}
				if text != "" {
					u.tags, u.text = append(u.tags, tag), append(u.text, text)
				}
			default:
				depth++
			}
		}
		if depth > maxDepth {
			return errDeep
		}
	}
	return nil
}

// segment is the text of a segment, to its end.
func segment(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if t.Name.Local != "hi" { // what is in others is of another program
				if err := d.Skip(); err != nil {
					return "", err
				}
				continue
			}
			if depth++; depth > maxDepth {
				return "", errDeep
			}
		}
	}
	return folded(b.String()), nil
}

// in is the unit's text in a language, which may be tagged as another country's.
func (u *memoryUnit) in(want string) string {
	var near string
	for i, tag := range u.tags {
		tag = strings.ReplaceAll(tag, "_", "-")
		if strings.EqualFold(tag, want) {
			return u.text[i]
		}
		if near == "" && sameLanguage(tag, want) {
			near = u.text[i]
		}
	}
	return near
}

// sameLanguage reports whether two tags are of one language in one script.
func sameLanguage(a, b string) bool {
	x, err := language.Parse(a)
	y, err2 := language.Parse(b)
	if err != nil || err2 != nil {
		return false
	}
	xb, xs, _ := x.Raw()
	yb, ys, _ := y.Raw()
	script := func(t language.Tag, s language.Script) language.Script {
		if s.String() == "Zzzz" {
			s, _ = t.Script()
		}
		return s
	}
	return xb == yb && script(x, xs) == script(y, ys)
}

// Way is how a proposal was found.
type Way string

// The ways, the surest first.
const (
	Same      Way = "same"      // the memory has the text as it is
	Typeset   Way = "typeset"   // but for quotation marks, spaces and hyphens of another kind
	Sentences Way = "sentences" // each of its sentences
)

// Proposal is a translation that a memory has for a unit.
type Proposal struct {
	Unit    *Unit
	Way     Way
	Line    int // of the memory, where the text or its first sentence stands
	text    string
	wrapped bool // all of it stands in the unit's one code
}

// Proposals are what a memory has for what is missing.
type Proposals struct {
	Made []Proposal
	// Several are passages for which the memory has more than one translation,
	// Coded those that have codes, for which a memory has no place.
	Several, Coded []string
	// Unknown is how many passages it does not have.
	Unknown int
}

// Returned are the proposals as a translation that came back.
func (p *Proposals) Returned(j *Job) *Returned {
	r := &Returned{Text: j.Text.ID, From: j.Site.Langs[j.From].Code, To: j.Site.Langs[j.To].Code, Prints: map[string]Prints{}, Record: true}
	for _, made := range p.Made {
		pieces := []Raw{{Text: made.text}}
		if made.wrapped {
			c := made.Unit.Source.Codes[0]
			pieces = []Raw{{ID: c.ID, Mark: Begin}, {Text: made.text}, {ID: c.ID, Mark: End}}
		}
		r.Prints[made.Unit.ID] = made.Unit.Prints()
		r.Units = append(r.Units, ReturnedUnit{ID: made.Unit.ID, Pieces: pieces, Line: made.Line, Col: 1})
	}
	return r
}

// Has reports whether the memory has anything in a language.
func (m *Memory) Has(tag string) bool {
	return slices.ContainsFunc(m.units, func(u memoryUnit) bool { return u.in(tag) != "" })
}

// Propose looks for what is missing. A text that stands in the memory as it is, or
// typeset otherwise, or of which each sentence does, is proposed; nothing is
// that is only like it.
func (j *Job) Propose(m *Memory) *Proposals {
	from, to := j.Site.Langs[j.From].Tag, j.Site.Langs[j.To].Tag
	k := known{same: map[string]*found{}, typeset: map[string]*found{}, from: lang.Of(from), to: lang.Of(to)}
	for i := range m.units {
		if a, b := m.units[i].in(from), m.units[i].in(to); a != "" && b != "" {
			k.add(a, b, m.units[i].line)
		}
	}
	units, _ := j.Units()
	out := &Proposals{}
	for len(units) > 0 { // a passage as a whole
		n := 1
		for n < len(units) && units[n].Passage == units[0].Passage {
			n++
		}
		k.passage(out, units[:n])
		units = units[n:]
	}
	if !slices.ContainsFunc(out.Made, func(p Proposal) bool { return p.Unit.Passage.Section != nil }) {
		out.Made = nil // front matter alone is no version
	}
	return out
}

// found is what the memory has for a text.
type found struct {
	text    string
	line    int
	several bool
}

// known is a memory of one pair of languages.
type known struct {
	same, typeset map[string]*found
	from, to      *lang.Language
}

func (k *known) add(source, target string, line int) {
	put := func(in map[string]*found, key string) {
		if f := in[key]; f == nil {
			in[key] = &found{text: target, line: line}
		} else if f.text != target {
			f.several = true
		}
	}
	put(k.same, source)
	put(k.typeset, compare.Fold(source))
}

// find looks for a text as a whole.
func (k *known) find(text string) (*found, Way) {
	if f := k.same[text]; f != nil {
		return f, Same
	}
	if f := k.typeset[compare.Fold(text)]; f != nil {
		return f, Typeset
	}
	return nil, ""
}

// passage adds proposals for a passage if there is one for each of its units.
func (k *known) passage(out *Proposals, units []*Unit) {
	var made []Proposal
	for _, u := range units {
		if !u.Missing {
			return
		}
		p := Proposal{Unit: u}
		text := u.Source.Plain()
		p.wrapped = u.wrapped()
		var f *found
		if f, p.Way = k.find(text); f == nil {
			f, p.Way = k.bySentence(text)
		}
		switch {
		case f == nil:
			out.Unknown++
			return
		case len(u.Source.Codes) > 0 && !p.wrapped:
			out.Coded = append(out.Coded, u.Passage.Number)
			return
		case f.several:
			out.Several = append(out.Several, u.Passage.Number)
			return
		}
		p.text, p.Line = f.text, f.line
		made = append(made, p)
	}
	out.Made = append(out.Made, made...)
}

// wrapped reports whether all of the unit's source stands in one code.
func (u *Unit) wrapped() bool {
	p := u.Source.Pieces
	return len(u.Source.Codes) == 1 && u.Source.Codes[0].Pair && p[0].Code != nil && p[len(p)-1].Code != nil
}

// most is how many sentences of a text are looked for together at most: a memory
// has them so where the translation says in one what the original says in several.
const most = 6

// bySentence puts a text together from its sentences, or runs of them, if the memory
// has them all: from as few as there are.
func (k *known) bySentence(text string) (*found, Way) {
	sentences := k.from.Sentences(text)
	type step struct {
		pieces, from int // how few reach here, and where the last begins
		last         *found
	}
	steps := make([]step, len(sentences)+1) // by how many sentences stand before
	for to := 1; to < len(steps); to++ {
		for from := max(0, to-most); from < to; from++ {
			if from > 0 && steps[from].last == nil {
				continue
			}
			if n := steps[from].pieces + 1; steps[to].last == nil || n < steps[to].pieces {
				if f, _ := k.find(text[sentences[from].Start:sentences[to-1].End]); f != nil {
					steps[to] = step{n, from, f}
				}
			}
		}
	}
	if steps[len(sentences)].last == nil {
		return nil, ""
	}
	var way []*found
	for at := len(sentences); at > 0; at = steps[at].from {
		way = append(way, steps[at].last)
	}
	slices.Reverse(way)
	out := *way[0]
	for _, f := range way[1:] {
		a, _ := utf8.DecodeLastRuneInString(out.text)
		b, _ := utf8.DecodeRuneInString(f.text)
		if !k.to.Joins(a, b) {
			out.text += " "
		}
		out.text += f.text
		out.several = out.several || f.several
	}
	return &out, Sentences
}
