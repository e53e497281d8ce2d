package exchange

import (
	"fmt"
	"slices"
	"strings"

	"stele/build/compare"
	"stele/build/doc"
	"stele/build/site"
)

// Version of XLIFF.
type Version string

const (
	V12 Version = "1.2"
	V20 Version = "2.0"
)

// Choice says which units are sent, and what with them.
type Choice struct {
	Version Version
	Only    []Due // none: all units
	Also    []int // further languages that are shown beside the source
	Gaps    Gaps
}

// Gaps says what stands in place of a translation that is missing.
type Gaps uint8

const (
	EmptyGaps  Gaps = iota
	SourceGaps      // the source, for programs that offer only what has a translation
)

// Sent says what a file has.
type Sent struct {
	Units int
	Apart []string // numbers of passages that cannot be laid side by side
}

// chosen are the units that are to be sent.
func (j *Job) chosen(c Choice) ([]*Unit, []string) {
	units, apart := j.Units()
	if len(c.Only) > 0 {
		units = slices.DeleteFunc(units, func(u *Unit) bool { return !slices.Contains(c.Only, j.Due(u)) })
	}
	return units, apart
}

// XLIFF writes the units as XLIFF. The same text gives the same bytes.
func (j *Job) XLIFF(c Choice) ([]byte, Sent) {
	units, apart := j.chosen(c)
	w := &xliffWriter{Job: j, Choice: c}
	if c.Version == V20 {
		w.v20(units)
	} else {
		w.v12(units)
	}
	return []byte(w.String()), Sent{len(units), apart}
}

type xliffWriter struct {
	*Job
	Choice
	strings.Builder
}

func (w *xliffWriter) f(format string, args ...any) { fmt.Fprintf(w, format, args...) }

func esc(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;", "\r", "&#13;")

// skeleton is what the way back needs beside the translations: which text it is
// and, by unit, the fingerprints.
func (w *xliffWriter) skeleton(units []*Unit) string {
	var b strings.Builder
	fmt.Fprintf(&b, "stele 1\ntext %s\nfrom %s\nto %s\n", w.Text.ID, w.Site.Langs[w.From].Code, w.Site.Langs[w.To].Code)
	for _, u := range units {
		p := u.Prints()
		p.Sent = w.target(u).sent()
		fmt.Fprintf(&b, "%s %s %s %s\n", u.ID, p.Source, p.Target, p.Sent)
	}
	return b.String()
}

// target is the translation as it is sent.
func (w *xliffWriter) target(u *Unit) Coded {
	if u.Missing && w.Gaps == SourceGaps {
		return u.Source
	}
	return u.Target
}

// facts are what the file says of the versions, in the translator's language.
func (j *Job) facts() []string {
	var out []string
	for _, l := range []int{j.From, j.To} {
		v, lang := j.Text.Versions[l], j.Site.Langs[l]
		if v.Doc == nil {
			out = append(out, j.Words.T("translate-no-version", "Language", lang.Name))
			continue
		}
		facts := []string{lang.Name + j.Words.T("colon") + v.Title}
		if id := v.Doc.Meta.Status.Word(); id != "" {
			facts = append(facts, j.Words.T(id))
		}
		if d := v.Doc.Meta.Date; d != "" {
			facts = append(facts, j.Words.T("document-of", "Date", j.Words.Date(d)))
		}
		for _, fact := range []string{v.Doc.Meta.Source, j.Site.Licence[l]} {
			if fact != "" {
				facts = append(facts, fact)
			}
		}
		out = append(out, strings.Join(facts, j.Words.T("translate-joint")))
	}
	return out
}

func (w *xliffWriter) v12(units []*Unit) {
	from, to := w.Site.Langs[w.From], w.Site.Langs[w.To]
	w.f("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n")
	w.f(" <file original=\"%s\" source-language=\"%s\" target-language=\"%s\" datatype=\"x-markdown\"", esc(w.Text.ID+"/"+from.Code+".md"), esc(from.Tag), esc(to.Tag))
	if d := w.Text.Date(); d != "" {
		w.f(" date=\"%sT00:00:00Z\"", d)
	}
	w.f(">\n  <header>\n   <skl><internal-file form=\"text/plain\">%s</internal-file></skl>\n", escText(w.skeleton(units)))
	for _, fact := range w.facts() {
		w.f("   <note>%s</note>\n", escText(fact))
	}
	w.f("  </header>\n  <body>\n")
	for _, u := range units {
		due, restype := w.Due(u), ""
		if len(u.source) > 0 && u.source[0].block.Kind == doc.Heading {
			restype = ` restype="heading"`
		} else if u.source[0].inTable {
			restype = ` restype="cell"`
		}
		approved := ""
		state := map[Due]string{Missing: "new", Stale: "needs-adaptation", Unconfirmed: "translated", "": "final"}[due]
		if due == Missing && w.Gaps == SourceGaps {
			state = "needs-translation"
		}
		if due == "" && w.Text.Recorded {
			approved = ` approved="yes"`
		}
		w.f("   <trans-unit id=\"%s\" resname=\"%s\"%s%s xml:space=\"preserve\">\n", esc(u.ID), esc(u.Passage.Number), restype, approved)
		w.f("    <source>%s</source>\n", v12Text(u.Source))
		w.f("    <target xml:lang=\"%s\" state=\"%s\">%s</target>\n", esc(to.Tag), state, v12Text(w.target(u)))
		if due == Stale {
			w.previous(u)
		}
		w.also(u, func(l int, text string) {
			w.f("    <alt-trans alttranstype=\"reference\"><target xml:lang=\"%s\">%s</target></alt-trans>\n", esc(w.Site.Langs[l].Tag), escText(text))
		})
		for _, n := range w.notes(u, due) {
			w.f("    <note from=\"%s\">%s</note>\n", n.from, escText(n.text))
		}
		w.f("   </trans-unit>\n")
	}
	w.f("  </body>\n </file>\n</xliff>\n")
}

// previous writes what source and translation were when they were confirmed.
func (w *xliffWriter) previous(u *Unit) {
	from, to := w.confirmed(u.Passage, w.From), w.confirmed(u.Passage, w.To)
	if from == "" || to == "" {
		return
	}
	w.f("    <alt-trans alttranstype=\"previous-version\"><source>%s</source><target xml:lang=\"%s\">%s</target></alt-trans>\n",
		escText(from), esc(w.Site.Langs[w.To].Tag), escText(to))
}

// confirmed is the passage's text in a language as last confirmed.
func (j *Job) confirmed(p *site.Passage, l int) string {
	if j.Confirmed == nil {
		return ""
	}
	text, _ := j.Confirmed.ConfirmedText(p.Number, j.Site.Langs[l].Code)
	return text
}

// also gives the passage's text in the further languages.
func (w *xliffWriter) also(u *Unit, write func(l int, text string)) {
	for _, l := range w.Also {
		if text := plain(u.Passage, l); text != "" {
			write(l, text)
		}
	}
}

// plain is a passage's text in a language, its blocks parted by a sign.
func plain(p *site.Passage, l int) string {
	var parts []string
	for _, b := range p.Cells[l].Blocks {
		if b.Text != "" {
			parts = append(parts, b.Text)
		}
	}
	return strings.Join(parts, " ¶ ")
}

// remark is a note to the translator.
type remark struct{ from, text string }

// notes are the terms of the unit with their names in the other language, and
// for a stale unit what changed in the source.
func (j *Job) notes(u *Unit, due Due) []remark {
	var out []remark
	if due == Stale {
		if before := j.confirmed(u.Passage, j.From); before != "" {
			out = append(out, remark{"changed", j.Words.T("translate-changed", "Text", compare.Marked(before, plain(u.Passage, j.From)))})
		}
	}
	seen := map[string]bool{}
	for _, b := range u.source {
		for _, t := range b.block.Terms {
			if seen[t.Concept] {
				continue
			}
			seen[t.Concept] = true
			name, ok := j.Site.Concept(t.Concept).Preferred(j.Site.Langs[j.To].Code)
			if !ok {
				continue
			}
			used := b.block.Text[t.Start:t.End]
			if used == "" {
				used = t.Concept
			}
			out = append(out, remark{"glossary", used + " = " + name.Text})
		}
	}
	return out
}

// v12Text writes coded text with the inline elements of XLIFF 1.2.
func v12Text(c Coded) string {
	return elements(c, "</g>", func(k *Code) string { return fmt.Sprintf(`<g id="%d" ctype="%s">`, k.ID, v12Types[k.Type]) }, func(k *Code) string {
		kind := v12Types[k.Type]
		if k.Type == Link { // which is a type of pairs only
			kind = "x-link"
		}
		return fmt.Sprintf(`<x id="%d" ctype="%s" equiv-text="%s"/>`, k.ID, kind, esc(k.Shown))
	})
}

// elements writes coded text with an element for each code: for one with an end,
// begin and end, for another alone.
func elements(c Coded, end string, begin, alone func(*Code) string) string {
	var b strings.Builder
	for _, p := range c.Pieces {
		switch {
		case p.Code == nil:
			b.WriteString(escText(p.Text))
		case p.Mark == End:
			b.WriteString(end)
		case p.Code.Pair:
			b.WriteString(begin(p.Code))
		default:
			b.WriteString(alone(p.Code))
		}
	}
	return b.String()
}

var v12Types = map[string]string{
	Italic: "italic", Bold: "bold", Strike: "x-strike", Sub: "x-sub", Sup: "x-sup", Key: "x-key", Under: "underlined", Marked: "x-marked", Verbal: "x-code", Link: "link", Concept: "x-concept", Image: "image", Note: "x-note", Break: "lb", Paragraph: "x-paragraph",
}

// escText escapes text in an element; quotation marks may stand there.
func escText(s string) string { return textEscaper.Replace(s) }

var textEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")

func (w *xliffWriter) v20(units []*Unit) {
	from, to := w.Site.Langs[w.From], w.Site.Langs[w.To]
	w.f("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"2.0\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" srcLang=\"%s\" trgLang=\"%s\">\n", esc(from.Tag), esc(to.Tag))
	w.f(" <file id=\"f1\" original=\"%s\">\n", esc(w.Text.ID+"/"+from.Code+".md"))
	w.f("  <skeleton>%s</skeleton>\n  <notes>\n", escText(w.skeleton(units)))
	for i, fact := range w.facts() {
		w.f("   <note id=\"n%d\" category=\"about\">%s</note>\n", i+1, escText(fact))
	}
	w.f("  </notes>\n")
	for _, u := range units {
		due := w.Due(u)
		w.f("  <unit id=\"%s\" name=\"%s\" xml:space=\"preserve\">\n", esc(u.ID), esc(u.Passage.Number))
		var notes []remark
		if due == Stale {
			if before := w.confirmed(u.Passage, w.From); before != "" {
				notes = append(notes, remark{"previous-source", before})
			}
		}
		w.also(u, func(l int, text string) { notes = append(notes, remark{"reference-" + w.Site.Langs[l].Tag, text}) })
		notes = append(notes, w.notes(u, due)...)
		if len(notes) > 0 {
			w.f("   <notes>\n")
			for i, n := range notes {
				w.f("    <note id=\"n%d\" category=\"%s\">%s</note>\n", i+1, esc(n.from), escText(n.text))
			}
			w.f("   </notes>\n")
		}
		state := map[Due]string{Missing: "initial", Stale: "translated", Unconfirmed: "translated", "": "final"}[due]
		sub := ""
		if due == Stale {
			sub = ` subState="stele:stale"`
		}
		w.f("   <segment state=\"%s\"%s>\n    <source>%s</source>\n", state, sub, v20Text(u.Source))
		if target := w.target(u); len(target.Pieces) > 0 {
			w.f("    <target>%s</target>\n", v20Text(target))
		}
		w.f("   </segment>\n  </unit>\n")
	}
	w.f(" </file>\n</xliff>\n")
}

// v20Text writes coded text with the inline elements of XLIFF 2.0.
func v20Text(c Coded) string {
	return elements(c, "</pc>", func(k *Code) string { return fmt.Sprintf(`<pc id="%d"%s>`, k.ID, v20Types[k.Type]) }, func(k *Code) string {
		return fmt.Sprintf(`<ph id="%d"%s equiv="%s"/>`, k.ID, v20Types[k.Type], esc(k.Shown))
	})
}

var v20Types = map[string]string{
	Italic: ` type="fmt" subType="xlf:i"`, Bold: ` type="fmt" subType="xlf:b"`, Strike: ` type="fmt"`, Sub: ` type="fmt"`, Sup: ` type="fmt"`, Key: ` type="fmt"`, Under: ` type="fmt" subType="xlf:u"`, Marked: ` type="other"`, Verbal: ` type="other"`,
	Link: ` type="link"`, Concept: ` type="link"`, Image: ` type="image"`, Note: ` type="other"`, Break: ` type="fmt" subType="xlf:lb"`, Paragraph: ` type="other"`,
}
