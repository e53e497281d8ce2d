// Package diag is the channel for trouble in the editor's content: values with
// a place, a severity, a stable code and what is to be said of it. It knows
// nothing of what is being checked, and no language: a Phrase becomes a sentence
// where it is shown. An operation that could not be done is an error, not a
// Diagnostic.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says what a Diagnostic means for the run.
type Severity uint8

const (
	// Error stops publishing; the published site stays as it was.
	Error Severity = iota
	// Warning is shown; publishing goes on unless the run is strict.
	Warning
	// Note is for information only.
	Note
)

// String returns the lower-case English word used in printed diagnostics.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "note"
}

// Pos is a place in a content file. Line and Col are 1-based; Col counts code
// points. A zero Line means the whole file; an empty Path the whole content.
type Pos struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

// String formats the place as path:line:col; a place without a line is 1:1, so
// that every editor can jump to it.
func (p Pos) String() string {
	return fmt.Sprintf("%s:%d:%d", Visible(p.Path), max(p.Line, 1), max(p.Col, 1))
}

// Compare orders places by path, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.Path, q.Path), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Related is a second place that a Diagnostic speaks of, with what is there.
type Related struct {
	Pos    Pos
	Phrase Phrase
}

// Text is what is there in the words of a language.
func (r Related) Text(w Words) string { return r.Phrase.In(w) }

// mostRelated is how many places are shown with a finding: of 35 languages a few
// tell what the others are.
const mostRelated = 4

// Shown are the places to show with the finding: all, or if they are many the
// first few and, at the place of the next, how many more there are.
func (d Diagnostic) Shown() []Related {
	if len(d.Related) <= mostRelated+1 {
		return d.Related
	}
	next := d.Related[mostRelated]
	return append(slices.Clone(d.Related[:mostRelated]), Related{next.Pos, Say("related.more", "Count", len(d.Related)-mostRelated)})
}

// Code is the stable name of a rule, in lower case with hyphens ("dead-link").
// Each is a constant of the stage that finds it, and has a section in
// docs/handbook/checks/en.md.
type Code string

// As is the code with one of the several phrases that a rule may have:
// BadName.As("folder") is said with the phrase "bad-name.folder".
func (c Code) As(variant string) Code { return c + "." + Code(variant) }

// Rule is the code without a variant.
func (c Code) Rule() Code {
	rule, _, _ := strings.Cut(string(c), ".")
	return Code(rule)
}

// Rule is what can be found: its code and how grave it usually is. A stage
// lists the rules that it reports.
type Rule struct {
	Code     Code
	Severity Severity
}

// Diagnostic is one finding about the content.
type Diagnostic struct {
	Pos      Pos
	Severity Severity
	Code     Code
	// Phrase says what is wrong and, where it is known, what to do.
	Phrase  Phrase
	Related []Related
}

// String formats the diagnostic for whoever tests or debugs:
// "path:line:col: severity code: phrase". What editors read is made with Text.
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s %s: %s", d.Pos, d.Severity, d.Code, d.Phrase)
}

// Text formats the diagnostic in the words of a language, as
// "path:line:col: severity code: sentence". The severity stays English: programs
// look for it.
func (d Diagnostic) Text(w Words) string {
	return fmt.Sprintf("%s: %s %s: %s", d.Pos, d.Severity, d.Code, d.Sentence(w))
}

// Sentence is what is wrong in the words of a language.
func (d Diagnostic) Sentence(w Words) string { return d.Phrase.In(w) }

// List collects diagnostics. The zero value is ready to use.
type List []Diagnostic

// Add appends one finding. The phrase is the code's own, or that of the code's
// variant (see Code.As); pairs are names and values for its places, as for Say.
func (l *List) Add(sev Severity, pos Pos, code Code, pairs ...any) {
	*l = append(*l, Of(sev, pos, code, pairs...))
}

// Of makes the finding that Add appends.
func Of(sev Severity, pos Pos, code Code, pairs ...any) Diagnostic {
	return Diagnostic{Pos: pos, Severity: sev, Code: code.Rule(), Phrase: Say(string(code), pairs...)}
}

// Error appends a finding of severity Error.
func (l *List) Error(pos Pos, code Code, pairs ...any) { l.Add(Error, pos, code, pairs...) }

// Warn appends a finding of severity Warning.
func (l *List) Warn(pos Pos, code Code, pairs ...any) { l.Add(Warning, pos, code, pairs...) }

// Note appends a finding of severity Note.
func (l *List) Note(pos Pos, code Code, pairs ...any) { l.Add(Note, pos, code, pairs...) }

// Sorted returns the findings ordered by place, severity, code and phrase,
// each once. The receiver is not changed.
func (l List) Sorted() List {
	// What a phrase reads like is made once, and only where nothing else parts two.
	type finding struct {
		Diagnostic
		said *string
	}
	all := make([]finding, len(l))
	for i, d := range l {
		all[i] = finding{d, new(string)}
	}
	said := func(f finding) string {
		if *f.said == "" {
			*f.said = f.Phrase.String()
		}
		return *f.said
	}
	order := func(a, b finding) int {
		if c := cmp.Or(a.Pos.Compare(b.Pos), cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Code, b.Code)); c != 0 {
			return c
		}
		return cmp.Compare(said(a), said(b))
	}
	slices.SortStableFunc(all, order)
	all = slices.CompactFunc(all, func(a, b finding) bool { return order(a, b) == 0 })
	out := make(List, len(all))
	for i, f := range all {
		out[i] = f.Diagnostic
	}
	return out
}

// Capped returns the findings with at most so many of one code and severity in
// one file; the last of them, at the place of the first that is left out, says
// how many more there are. The receiver is not changed.
func (l List) Capped(most int) List {
	type kind struct {
		path string
		code Code
		sev  Severity
	}
	count := map[kind]int{}
	for _, d := range l {
		count[kind{d.Pos.Path, d.Code, d.Severity}]++
	}
	seen := map[kind]int{}
	var out List
	for _, d := range l {
		k := kind{d.Pos.Path, d.Code, d.Severity}
		switch seen[k]++; {
		case seen[k] < most, count[k] <= most:
			out = append(out, d)
		case seen[k] == most:
			out = append(out, Diagnostic{Pos: d.Pos, Severity: d.Severity, Code: d.Code, Phrase: Say("more", "Count", count[k]-most+1)})
		}
	}
	return out
}

// Count returns how many findings have the severity.
func (l List) Count(sev Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == sev {
			n++
		}
	}
	return n
}

// HasErrors reports whether any finding is an Error.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }
