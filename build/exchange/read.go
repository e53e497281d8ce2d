package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"stele/build/diag"
)

// Returned is what came back from a translator.
type Returned struct {
	Text     string // its id
	From, To string // languages, as in file names
	Prints   map[string]Prints
	Units    []ReturnedUnit
	// Record tells that the text gets a record if it has none, so that it is seen
	// that nobody has confirmed what comes in.
	Record bool
}

// ReturnedUnit is a unit as it came back.
type ReturnedUnit struct {
	ID     string
	Pieces []Raw
	// None tells that the file has no translation here.
	None bool
	// Fault is what is wrong with the unit by itself; the zero Phrase for nothing.
	Fault     diag.Phrase
	Line, Col int // of a table, the row
	// Tracked tells that changes were tracked in the row of a table; they count as
	// accepted. Comments are those beside it.
	Tracked  bool
	Comments []Comment

	table *tableCell // instead of Pieces
}

// Comment is a remark of whoever worked on a table.
type Comment struct{ Author, Text string }

// tableCell is what stands in the cell of a table.
type tableCell struct {
	text    []stretch // settled
	carrier carrier
}

// form is what came back, as it is compared with what was sent.
func (ru *ReturnedUnit) form() string {
	if ru.table != nil {
		return formOf(ru.table.text)
	}
	return numbered(ru.Pieces)
}

// formOf is a unit's translation as it would be sent now.
func (ru *ReturnedUnit) formOf(u *Unit) string {
	if ru.table != nil {
		return formOf(settled(u.laid(u.Target, ru.table.carrier)))
	}
	return u.Target.numbered()
}

// Raw is a piece of coded text whose codes are known by their numbers alone.
type Raw struct {
	Text string
	ID   int // of a code; 0 for text
	Mark Mark
}

// numbered is the form in which texts are compared with what was sent.
func numbered(pieces []Raw) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.ID == 0 {
			b.WriteString(p.Text)
			continue
		}
		b.WriteRune(codeOpen)
		b.WriteRune([]rune(marks)[p.Mark])
		b.WriteString(strconv.Itoa(p.ID))
		b.WriteRune(codeEnd)
	}
	return folded(b.String())
}

// ErrForeign says that a file is not one that stele sent.
var ErrForeign = errors.New("this file is not one that “stele export” made, or a program has left out its skeleton; without that nothing can be put back safely")

// errDeep says that no program writes a file like this one.
var errDeep = &diag.ReasonError{Phrase: diag.Say("reason.deep")}

// limits of what is read
const (
	maxUnits = 200_000
	maxDepth = 64
)

// ReadXLIFF reads a file of XLIFF 1.2 or 2.0. What is wrong with single units is
// in them; the error is for a file that is none.
func ReadXLIFF(data []byte) (*Returned, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, &diag.ReasonError{Phrase: diag.Say("reason.charset", "Charset", charset)}
	}
	r := &xliffReader{d: d, out: &Returned{}}
	if err := r.read(); err != nil {
		line, col := d.InputPos()
		return nil, fmt.Errorf("line %d, column %d: %w", line, col, err)
	}
	if r.out.Text == "" {
		return nil, ErrForeign
	}
	return r.out, nil
}

type xliffReader struct {
	d   *xml.Decoder
	out *Returned
}

// read goes through the file and stops at what matters.
func (r *xliffReader) read() error {
	root := false
	for {
		t, err := r.d.Token()
		if errors.Is(err, io.EOF) {
			if !root {
				return ErrForeign
			}
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if !root {
			root = true
			if e.Name.Local != "xliff" {
				return ErrForeign
			}
		}
		switch e.Name.Local {
		case "internal-file", "skeleton":
			text, err := r.text()
			if err != nil {
				return err
			}
			parseSkeleton(text, r.out)
		case "trans-unit", "unit":
			if len(r.out.Units) >= maxUnits {
				return &diag.ReasonError{Phrase: diag.Say("reason.units", "Max", maxUnits)}
			}
			line, col := r.d.InputPos()
			u := ReturnedUnit{ID: attr(e, "id"), Line: line, Col: col, None: true}
			if err := r.unit(&u); err != nil {
				return err
			}
			r.out.Units = append(r.out.Units, u)
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// text is the text of the element that began, to its end.
func (r *xliffReader) text() (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		t, err := r.d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(t)
		}
	}
	return b.String(), nil
}

// unit reads a unit to its end: of its own targets, all segments of XLIFF 2.0 in
// turn. Between segments may stand what is not translated.
func (r *xliffReader) unit(u *ReturnedUnit) error {
	lacking := false          // a segment has no target
	var between, target []Raw // of the current segment or ignorable
	segment, has := "", false
	for depth := 1; depth > 0; {
		t, err := r.d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			depth--
			switch t.Name.Local {
			case "segment", "ignorable":
				switch {
				case has:
					u.Pieces = append(u.Pieces, target...)
					u.None = false
				case segment == "ignorable":
					u.Pieces = append(u.Pieces, between...)
				default:
					lacking = true
				}
			}
		case xml.StartElement:
			switch t.Name.Local {
			case "segment", "ignorable":
				segment, has, between, target = t.Name.Local, false, nil, nil
				depth++
			case "alt-trans", "matches", "notes", "note", "originalData", "seg-source", "context-group", "count-group":
				if err := r.d.Skip(); err != nil {
					return err
				}
			case "source":
				if between, err = r.content(new(diag.Phrase)); err != nil {
					return err
				}
			case "target":
				got, err := r.content(&u.Fault)
				if err != nil {
					return err
				}
				if segment != "" {
					target, has = got, true
				} else {
					u.Pieces, u.None = append(u.Pieces, got...), false
				}
			default:
				depth++
			}
		}
		if depth > maxDepth {
			return errDeep
		}
	}
	if lacking {
		u.None = true
	}
	if numbered(u.Pieces) == "" {
		u.None = true
	}
	return nil
}

// content reads inline content to the end of the element that began.
func (r *xliffReader) content(fault *diag.Phrase) ([]Raw, error) {
	type opened struct {
		id   int
		mark bool // it is transparent
	}
	var out []Raw
	var stack []opened
	code := func(e xml.StartElement, mark Mark, names ...string) int {
		for _, name := range names {
			if v := attr(e, name); v != "" {
				id, err := strconv.Atoi(v)
				if err != nil || id < 1 {
					*fault = diag.Say("return.code-unknown", "Code", v)
					return 0
				}
				out = append(out, Raw{ID: id, Mark: mark})
				return id
			}
		}
		*fault = diag.Say("return.code-unknown", "Code", e.Name.Local)
		return 0
	}
	for {
		t, err := r.d.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.CharData:
			out = append(out, Raw{Text: string(t)})
		case xml.EndElement:
			if len(stack) == 0 {
				return out, nil
			}
			last := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if !last.mark && last.id > 0 {
				out = append(out, Raw{ID: last.id, Mark: End})
			}
		case xml.StartElement:
			if len(stack) >= maxDepth {
				return nil, errDeep
			}
			skip := true
			switch t.Name.Local {
			case "g", "pc":
				stack = append(stack, opened{id: code(t, Begin, "id")})
				skip = false
			case "x", "ph":
				code(t, Alone, "id")
			case "bx", "bpt":
				code(t, Begin, "rid", "id")
			case "sc":
				code(t, Begin, "id")
			case "ex", "ept":
				code(t, End, "rid", "id")
			case "ec":
				code(t, End, "startRef", "id")
			case "mrk":
				stack = append(stack, opened{mark: true})
				skip = false
			case "sm", "em":
			case "cp": // a character that XML cannot hold; no text has it
				*fault = diag.Say("return.character")
			default:
				*fault = diag.Say("return.code-unknown", "Code", t.Name.Local)
			}
			if skip {
				if err := r.d.Skip(); err != nil {
					return nil, err
				}
			}
		}
	}
}

// parseSkeleton reads what skeleton wrote; anything else leaves out as it is.
func parseSkeleton(s string, out *Returned) {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	if len(lines) < 4 || strings.TrimSpace(lines[0]) != "stele 1" {
		return
	}
	prints := map[string]Prints{}
	for i, line := range lines[1:] {
		line = strings.TrimSpace(line)
		key, rest, _ := strings.Cut(line, " ")
		switch {
		case i == 0 && key == "text":
			out.Text = rest
		case i == 1 && key == "from":
			out.From = rest
		case i == 2 && key == "to":
			out.To = rest
		default:
			f := strings.Fields(rest)
			if len(f) == 3 {
				prints[key] = Prints{f[0], f[1], f[2]}
			}
		}
	}
	out.Prints = prints
}
