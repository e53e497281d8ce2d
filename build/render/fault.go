package render

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"stele/build/diag"
)

// Fault is something wrong in a layout.
type Fault struct {
	File      string // from the theme's folder: "layouts/home.html"
	Line, Col int    // 1-based; Col is 0 where it is not known
	// ID names the sentence for it in i18n/editors, after "bad-layout."; empty where
	// there is none but "bad-layout". Args are names and values for its places.
	ID   string
	Args []any
}

// Phrase is what is wrong.
func (f Fault) Phrase() diag.Phrase {
	if f.ID == "" {
		return diag.Say("bad-layout", f.Args...)
	}
	return diag.Say("bad-layout."+f.ID, f.Args...)
}

// Faults are the faults of layouts, of each its first. They are the error of Parse
// for layouts that cannot be read, and of a page whose layout cannot be followed.
type Faults []Fault

// Error is for whoever debugs.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, x := range f {
		lines[i] = fmt.Sprintf("%s:%d: %s", x.File, x.Line, x.Phrase())
	}
	return strings.Join(lines, "\n")
}

// templateError is how html/template words a fault of a template file; it has no
// type for one.
var templateError = regexp.MustCompile(`^(?:html/)?template: ?([^:]+):(\d+)(?::(\d+))?: (.*)$`)

// sayings are what html/template says most often, and our sentences for it. What
// the first group catches fills the place that is named.
var sayings = []struct {
	said      *regexp.Regexp
	id, place string
}{
	{regexp.MustCompile(`^function "(.*)" not defined`), "function", "Name"},
	{regexp.MustCompile(`^undefined variable "(.*)"`), "variable", "Name"},
	{regexp.MustCompile(`no such template "(.*)"`), "template", "Name"},
	{regexp.MustCompile(`template "(.*)" (?:is )?(?:not defined|undefined)`), "template", "Name"},
	{regexp.MustCompile(`can't evaluate field (\S+) in type`), "field", "Name"},
	{regexp.MustCompile(`^(?:unexpected EOF|unclosed comment|unclosed left paren)`), "open", ""},
	{regexp.MustCompile(`^unexpected (\{\{.*\}\})`), "end", "Word"},
	{regexp.MustCompile(`^unclosed action`), "action", ""},
	{regexp.MustCompile(`^unexpected (?:bad character )?(.+?) in (?:command|operand|define clause|template clause|input)`), "sign", "Word"},
	{regexp.MustCompile(`^unterminated .*(?:string|constant)`), "quote", ""},
	{regexp.MustCompile(`^missing value for command`), "nothing", ""},
	{regexp.MustCompile(`^missing value for (\S+)`), "empty", "Word"},
	{regexp.MustCompile(`(ends in a non-text context.*|branches end in different contexts.*|in unquoted attr.*|ambiguous context.*)`), "context", "Said"},
}

// layoutFault makes Faults of an error that speaks of a layout.
func layoutFault(err error) error {
	if err == nil {
		return nil
	}
	var already Faults
	if errors.As(err, &already) {
		return already
	}
	m := templateError.FindStringSubmatch(err.Error())
	if m == nil {
		return err
	}
	f := Fault{File: "layouts/" + m[1], Args: []any{"Said", m[4]}}
	for _, s := range sayings {
		if got := s.said.FindStringSubmatch(m[4]); got != nil {
			if f.ID, f.Args = s.id, nil; s.place != "" {
				f.Args = []any{s.place, got[1]}
			}
			break
		}
	}
	f.Line, _ = strconv.Atoi(m[2])
	f.Col, _ = strconv.Atoi(m[3])
	return Faults{f}
}
