package check

import (
	"fmt"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/site"
	"stele/build/yaml"
)

// Select returns the findings whose code is in only, if it is not empty, and
// not in ignore. A code that no rule has is an UnknownRule.
func Select(l diag.List, only, ignore []diag.Code) (diag.List, error) {
	for _, code := range slices.Concat(only, ignore) {
		if _, ok := RuleOf(code); !ok {
			return nil, UnknownRule(code)
		}
	}
	var out diag.List
	for _, d := range l {
		if len(only) > 0 && !slices.Contains(only, d.Code) || slices.Contains(ignore, d.Code) {
			continue
		}
		out = append(out, d)
	}
	return out, nil
}

// UnknownRule is a code that no rule has.
type UnknownRule diag.Code

// Phrase says so, with the nearest code there is.
func (u UnknownRule) Phrase() diag.Phrase {
	return diag.Say("unknown-rule", "Words", string(u), "Hint", hint(diag.Code(u)))
}

func (u UnknownRule) Error() string { return fmt.Sprintf("there is no rule %q", string(u)) }

// hint names the rule that is likely meant, or where all are described.
func hint(code diag.Code) diag.Phrase {
	var codes []string
	for _, r := range Rules {
		codes = append(codes, string(r.Code))
	}
	if h := yaml.Meant(string(code), codes); h.ID != "" {
		return h
	}
	return diag.Say("hint.page", "Page", DocsPath)
}

// Accept returns the findings that no waiver in the texts accepts. A waiver
// accepts warnings and notes with one of its codes about the block it stands
// in or before, and says why. A finding that concerns several languages may be
// waived in any of them; one about a file as a whole, after its last block.
// Errors cannot be waived: they would stop the site.
func Accept(l diag.List, s *site.Site) diag.List {
	out, _ := accept(l, s)
	return out
}

// Waive is Accept for the findings of all stages together: it also reports
// waivers that give no reason, name no rule or accept nothing.
func Waive(l diag.List, s *site.Site) diag.List {
	out, faults := accept(l, s)
	return append(out, faults...).Sorted()
}

// waiver is one code of a doc.Waiver with the lines it is about.
type waiver struct {
	doc.Waiver
	code     diag.Code
	path     string
	lines    [][2]int // from, to; none for the file as a whole
	reasoned bool
	used     bool
}

func accept(l diag.List, s *site.Site) (left, faults diag.List) {
	byPath := map[string][]*waiver{}
	var all []*waiver
	for _, t := range s.Texts {
		for _, v := range t.Versions {
			if v.Doc == nil {
				continue
			}
			for _, w := range v.Doc.Waivers {
				if strings.TrimSpace(w.Reason) == "" {
					faults.Warn(w.Pos, WaiverWithoutReason)
				}
				for _, name := range w.Codes {
					code := diag.Code(name)
					r, ok := RuleOf(code)
					switch {
					case !ok:
						faults.Warn(w.Pos, WaiverUnknown, "Words", clip(name), "Hint", hint(code))
						continue
					case r.Severity == diag.Error:
						faults.Warn(w.Pos, WaiverUnknown.As("error"), "Code", name)
						continue
					}
					x := &waiver{Waiver: w, code: code, path: v.Doc.Path, lines: lines(v.Doc, w.Block), reasoned: strings.TrimSpace(w.Reason) != ""}
					byPath[x.path] = append(byPath[x.path], x)
					all = append(all, x)
				}
			}
		}
	}
	for _, d := range l {
		if d.Severity == diag.Error {
			left = append(left, d)
			continue
		}
		waived := false
		places := []diag.Pos{d.Pos}
		for _, r := range d.Related {
			places = append(places, r.Pos)
		}
		for _, p := range places {
			for _, w := range byPath[p.Path] {
				if w.code == d.Code && w.covers(p) {
					w.used = true
					waived = waived || w.reasoned
				}
			}
		}
		if !waived {
			left = append(left, d)
		}
	}
	for _, w := range all {
		if !w.used {
			faults.Warn(w.Pos, WaiverUnused, "Code", string(w.code))
		}
	}
	return left, faults
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
