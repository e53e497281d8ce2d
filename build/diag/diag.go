// Package diag is the channel for trouble in the editor's content: values with
// a place, a severity, a stable code and one sentence. It knows nothing of what
// is being checked. An operation that could not be done is an error, not a
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
	return fmt.Sprintf("%s:%d:%d", p.Path, max(p.Line, 1), max(p.Col, 1))
}

// Compare orders places by path, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.Path, q.Path), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Related is a second place that a Diagnostic speaks of, with what is there.
type Related struct {
	Pos     Pos    `json:"pos"`
	Message string `json:"message,omitempty"`
}

// Diagnostic is one finding about the content.
type Diagnostic struct {
	Pos      Pos
	Severity Severity
	// Code is the stable name of the rule, in lower case with hyphens
	// ("dead-link"); docs/checks.md has a section for each.
	Code string
	// Message is one line in the editor's terms: what is wrong and, where it
	// is known, what to do. Lower case, no period at the end.
	Message string
	Related []Related
}

// String formats the diagnostic as "path:line:col: severity code: message".
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s %s: %s", d.Pos, d.Severity, d.Code, oneLine(d.Message))
}

// oneLine keeps a message that quotes the content from forging further lines
// or terminal escapes.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) {
			return ' '
		}
		return r
	}, s)
}

// List collects diagnostics. The zero value is ready to use.
type List []Diagnostic

// Add appends one finding.
func (l *List) Add(sev Severity, pos Pos, code, format string, args ...any) {
	*l = append(*l, Diagnostic{Pos: pos, Severity: sev, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Errorf appends a finding of severity Error.
func (l *List) Errorf(pos Pos, code, format string, args ...any) {
	l.Add(Error, pos, code, format, args...)
}

// Warnf appends a finding of severity Warning.
func (l *List) Warnf(pos Pos, code, format string, args ...any) {
	l.Add(Warning, pos, code, format, args...)
}

// Sorted returns the findings ordered by place, severity, code and message,
// each once. The receiver is not changed.
func (l List) Sorted() List {
	s := slices.Clone(l)
	order := func(a, b Diagnostic) int {
		return cmp.Or(a.Pos.Compare(b.Pos), cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	}
	slices.SortStableFunc(s, order)
	return slices.CompactFunc(s, func(a, b Diagnostic) bool { return order(a, b) == 0 })
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
