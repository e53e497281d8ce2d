package record

import (
	"slices"
	"strings"
	"unicode/utf8"

	"stele/i18n"
)

// Address is what the text or one of its sections is called in addresses. The
// record keeps it so that a name that is given up goes on to lead to its place:
//
//	@	strategy/	strategiya/
//	@5	security	safety
//
// Names begin with the one that held when the record was last saved; the others
// were before it. Those of the text are folders (“strategy/”) or pages
// (“about.html”) below a language's folder, those of a section are without “.html”.
type Address struct {
	// Number is that of the passage that opens the section; empty for the text.
	Number string
	Names  []string
	Line   int // in the file, 0 for one not read from one
}

// MaxNames is how many names an Address keeps, the newest first.
const MaxNames = 20

// addresses writes the lines of all addresses.
func (r *Record) addresses(b *strings.Builder) {
	if len(r.Addresses) == 0 {
		return
	}
	b.WriteString(i18n.Comment("record-addresses", r.Langs...))
	for _, a := range r.Addresses {
		b.WriteString("@" + a.Number + "\t" + strings.Join(a.Names, "\t") + "\n")
	}
}

// address reads a line of an address. Where two versions of the file met, the
// names of both count.
func (p *recordParser) address(offset int, fields []string) {
	a := Address{Number: strings.TrimSpace(fields[0])[1:], Line: p.lines.Line(offset)}
	if a.Number != "" && !numberForm.MatchString(a.Number) {
		p.fault(offset, "number", "Number", a.Number)
		return
	}
	for _, f := range fields[1:] {
		name := strings.TrimSpace(f)
		if name == "" {
			continue
		}
		if !utf8.ValidString(name) || strings.ContainsAny(name, `\?#%`) || slices.ContainsFunc(strings.Split(strings.TrimSuffix(name, "/"), "/"), func(part string) bool { return part == "" || part == "." || part == ".." }) {
			p.fault(offset, "address", "Address", name)
			return
		}
		a.Names = append(a.Names, name)
	}
	if len(a.Names) == 0 {
		return
	}
	if i := slices.IndexFunc(p.rec.Addresses, func(o Address) bool { return o.Number == a.Number }); i >= 0 {
		p.rec.Addresses[i].Names = Names(p.rec.Addresses[i].Names, a.Names)
		return
	}
	p.rec.Addresses = append(p.rec.Addresses, a)
}

// Names are the names of now, then those of before that are others, each once
// and no more than MaxNames.
func Names(now, before []string) []string {
	out := make([]string, 0, len(now)+len(before))
	for _, name := range slices.Concat(now, before) {
		if !slices.Contains(out, name) && len(out) < MaxNames {
			out = append(out, name)
		}
	}
	return out
}
