package i18n

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Fault is something wrong in a site owner's file of words.
type Fault struct {
	File      string // "de.yaml"
	Line, Col int    // 1-based; 0 for the file as a whole
	Message   string // in which it is; empty where it is in none
	// ID names the sentence for it in editors/, after "bad-messages.", and Args are
	// names and values for its places.
	ID   string
	Args []any
}

// What is what is wrong in English; Load's caller says it in any language.
func (f Fault) What() string {
	m, err := Editors()
	if err != nil {
		return f.ID
	}
	u := m.UI(Fallback)
	said := u.T("bad-messages."+f.ID, f.Args...)
	if f.Message != "" {
		said = u.T("bad-messages.of", "Message", f.Message, "Why", said)
	}
	return said
}

// String says the fault with its place.
func (f Fault) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("i18n/%s: %s", f.File, f.What())
	}
	return fmt.Sprintf("i18n/%s:%d:%d: %s", f.File, f.Line, f.Col, f.What())
}

// Faults is the error of Load for files that were read but cannot be used as
// they are. The messages that are returned with it are without what is wrong.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].String()
	}
	return strings.Join(lines, "\n")
}

// place is where a node stands in a file.
type place struct {
	file      string
	line, col int
}

func placeOf(file string, n *yaml.Node) place { return place{file, n.Line, n.Column} }

// fault is something wrong at the place.
func (p place) fault(id string, args ...any) Fault {
	return Fault{File: p.file, Line: p.line, Col: p.col, ID: id, Args: args}
}

// wrong is what is wrong in a message.
type wrong struct {
	id   string
	args []any
}

func (w *wrong) Error() string { return fmt.Sprint(w.id, w.args) }

// amiss is an error with a sentence of its own.
func amiss(id string, args ...any) error { return &wrong{id, args} }

// in is the error at the place of the message with the id.
func (p place) in(message string, err error) Fault {
	var w *wrong
	if !errors.As(err, &w) {
		w = &wrong{"said", []any{"Said", err.Error()}}
	}
	f := p.fault(w.id, w.args...)
	f.Message = message
	return f
}
