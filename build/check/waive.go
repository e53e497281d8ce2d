package check

import (
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/site"
)

// waiverRules are what is found of the waivers themselves.
var waiverRules = finds(warning(WaiverWithoutReason), warning(WaiverUnknown), warning(WaiverUnused))

// Accept returns the findings that no waiver in the texts accepts. A waiver
// accepts warnings and notes with one of its codes about the block it stands
// in or before, and says why. A finding that concerns several languages may be
// waived in any of them; one about a file as a whole, after its last block.
// Errors cannot be waived, as they would stop the site, but for those that are of
// a link or a picture only.
func (r Rules) Accept(l diag.List, s *site.Site) diag.List {
	w := waivers{rules: r, byPath: map[string][]*waiver{}}
	w.read(s)
	return w.accept(l)
}

// Waive is Accept for the findings of all stages together: it also reports
// waivers that give no reason, name no rule or accept nothing.
func (r Rules) Waive(l diag.List, s *site.Site) diag.List {
	w := waivers{rules: r, byPath: map[string][]*waiver{}}
	w.read(s)
	left := w.accept(l)
	w.unused()
	return append(left, w.faults...).Sorted()
}

// waivers are those of all texts, and what is wrong with them.
type waivers struct {
	rules  Rules
	all    []*waiver
	byPath map[string][]*waiver
	faults diag.List
}

// waiver is one code of a doc.Waiver with the lines it is about.
type waiver struct {
	doc.Waiver
	code     diag.Code
	lines    [][2]int // from, to; none for the file as a whole
	reasoned bool
	used     bool
}

// read finds the waivers of the texts.
func (w *waivers) read(s *site.Site) {
	for _, t := range s.Texts {
		for _, v := range t.Versions {
			if v.Doc == nil {
				continue
			}
			for _, x := range v.Doc.Waivers {
				w.add(v.Doc, x)
			}
		}
	}
}

func (w *waivers) add(d *doc.Document, x doc.Waiver) {
	reasoned := strings.TrimSpace(x.Reason) != ""
	if !reasoned {
		w.faults.Warn(x.Pos, WaiverWithoutReason)
	}
	for _, name := range x.Codes {
		code := diag.Code(name)
		switch r, ok := w.rules.Of(code); {
		case !ok:
			w.faults.Warn(x.Pos, WaiverUnknown, "Words", clip(name), "Hint", w.rules.Hint(code))
		case r.Severity == diag.Error && !OfLink(code):
			w.faults.Warn(x.Pos, WaiverUnknown.As("error"), "Code", name)
		default:
			one := &waiver{Waiver: x, code: code, lines: lines(d, x.Block), reasoned: reasoned}
			w.all = append(w.all, one)
			w.byPath[d.Path] = append(w.byPath[d.Path], one)
		}
	}
}

// OfLink reports whether a rule is about a link or a picture: without it, the text
// stands as it is.
func OfLink(code diag.Code) bool {
	switch code {
	case site.DeadLink, site.DeadFragment, site.DeadImage, site.FileKind, site.UnknownConcept:
		return true
	}
	return false
}

// accept returns the findings that no waiver accepts.
func (w *waivers) accept(l diag.List) diag.List {
	var left diag.List
	for _, d := range l {
		if d.Severity == diag.Error && !OfLink(d.Code) || !w.accepts(d) {
			left = append(left, d)
		}
	}
	return left
}

// accepts reports whether a waiver accepts the finding, in any of the languages
// that it concerns.
func (w *waivers) accepts(d diag.Diagnostic) bool {
	places := []diag.Pos{d.Pos}
	for _, r := range d.Related {
		places = append(places, r.Pos)
	}
	accepted := false
	for _, p := range places {
		for _, x := range w.byPath[p.Path] {
			if x.code == d.Code && x.covers(p) {
				x.used = true
				accepted = accepted || x.reasoned
			}
		}
	}
	return accepted
}

// unused reports the waivers that accepted nothing.
func (w *waivers) unused() {
	for _, x := range w.all {
		if !x.used {
			w.faults.Warn(x.Pos, WaiverUnused, "Code", string(x.code))
		}
	}
}

// covers reports whether the waiver is about the place.
func (w *waiver) covers(p diag.Pos) bool {
	if w.lines == nil {
		return p.Line <= 1
	}
	return slices.ContainsFunc(w.lines, func(l [2]int) bool { return p.Line >= l[0] && p.Line <= l[1] })
}

// lines are the lines of a block and of its notes; nil after the last block.
func lines(d *doc.Document, block int) [][2]int {
	if block < 0 || block >= len(d.Blocks) || d.Lines == nil {
		return nil
	}
	b := &d.Blocks[block]
	of := func(b *doc.Block) [2]int {
		return [2]int{d.Lines.Line(b.Start), d.Lines.Line(max(b.End-1, b.Start))}
	}
	out := [][2]int{of(b)}
	for _, n := range b.Notes {
		for i := range n.Blocks {
			out = append(out, of(&n.Blocks[i]))
		}
	}
	return out
}
