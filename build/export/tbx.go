package export

import (
	"cmp"
	"slices"
	"strings"

	"stele/build/glossary"
	"stele/build/site"
)

// tbx is the glossary for translators' programs: TBX-Basic of ISO 30042:2019 in
// the style DCA or, in its older form, the martif of 2008, which more programs
// read.
func (m *Maker) tbx(d *site.Download) []byte {
	w := newXML()
	f := tbxForms[d.Shape == site.Older]
	if d.Shape == site.Older {
		w.open("martif", "type", "TBX", "xml:lang", m.tag(d.Langs[0]))
		w.open("martifHeader")
	} else {
		w.open("tbx", "style", "dca", "type", "TBX-Basic", "xml:lang", m.tag(d.Langs[0]), "xmlns", "urn:iso:std:iso:30042:ed-2")
		w.open("tbxHeader")
	}
	w.open("fileDesc")
	w.open("titleStmt")
	w.leaf("title", m.Site.Title[d.Langs[0]])
	w.close("titleStmt")
	w.open("sourceDesc")
	for _, l := range d.Langs {
		for _, s := range []string{m.Site.Title[l], m.Site.Publisher[l], m.Site.Licence[l]} {
			if s != "" {
				w.leaf("p", s, "xml:lang", m.tag(l))
			}
		}
	}
	if date := m.date(); date != "" {
		w.leaf("p", date)
	}
	w.close("sourceDesc")
	w.close("fileDesc")
	if d.Shape == site.Older {
		w.open("encodingDesc")
		w.leaf("p", "TBXBasicXCSV02.xcs", "type", "XCSURI")
		w.close("encodingDesc")
		w.close("martifHeader")
	} else {
		w.close("tbxHeader")
	}
	w.open("text")
	w.open("body")
	for _, c := range m.Site.Concepts {
		m.entry(w, f, d, c)
	}
	w.close("body")
	w.close("text")
	w.close(map[bool]string{true: "martif", false: "tbx"}[d.Shape == site.Older])
	return w.bytes()
}

// tbxForm are the names of elements in one form.
type tbxForm struct{ entry, lang, term, typeOf string }

var tbxForms = map[bool]tbxForm{
	false: {"conceptEntry", "langSec", "termSec", "termType"},
	true:  {"termEntry", "langSet", "tig", "termType"},
}

// date is the latest date of the site's texts.
func (m *Maker) date() string {
	latest := ""
	for _, t := range m.Site.Texts {
		latest = max(latest, t.Date())
	}
	return latest
}

func (m *Maker) entry(w *xmlWriter, f tbxForm, d *site.Download, c *site.Concept) {
	if !slices.ContainsFunc(d.Langs, func(l int) bool { return len(c.Names[m.Site.Langs[l].Code]) > 0 }) {
		return
	}
	w.open(f.entry, "id", "c-"+c.ID)
	w.leaf("descrip", cmp.Or(string(c.Class), c.Group, "concept"), "type", "subjectField")
	for _, l := range d.Langs {
		code := m.Site.Langs[l].Code
		names := c.Names[code]
		if len(names) == 0 {
			continue
		}
		w.open(f.lang, "xml:lang", m.tag(l))
		if s := strings.TrimSpace(c.Definition.In(code)); s != "" {
			w.open("descripGrp")
			w.leaf("descrip", s, "type", "definition")
			if s := strings.TrimSpace(c.Source.In(code)); s != "" {
				w.leaf("admin", s, "type", "source")
			}
			w.close("descripGrp")
		}
		for _, n := range names {
			w.open(f.term)
			w.leaf("term", n.Text)
			w.leaf("termNote", termTypes[n.Kind], "type", f.typeOf)
			w.leaf("termNote", termStatuses[n.Status], "type", "administrativeStatus")
			if n.Source != "" {
				w.leaf("admin", n.Source, "type", "source")
			}
			w.close(f.term)
		}
		w.close(f.lang)
	}
	w.close(f.entry)
}

var (
	termTypes = map[glossary.NameKind]string{
		"": "fullForm", glossary.Full: "fullForm", glossary.Short: "shortForm", glossary.Abbreviation: "abbreviation", glossary.Variant: "variant",
	}
	termStatuses = map[glossary.NameStatus]string{
		"": "admittedTerm-admn-sts", glossary.Preferred: "preferredTerm-admn-sts", glossary.Admitted: "admittedTerm-admn-sts",
		glossary.Deprecated: "deprecatedTerm-admn-sts", glossary.Superseded: "supersededTerm-admn-sts",
	}
)
