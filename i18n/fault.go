package i18n

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Fault is something wrong in a site owner's file of words.
type Fault struct {
	File      string // "de.yaml"
	Line, Col int    // 1-based; 0 for the file as a whole
	What      string // what is wrong and, where it is known, what to do
}

// String says the fault with its place.
func (f Fault) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("i18n/%s: %s", f.File, f.What)
	}
	return fmt.Sprintf("i18n/%s:%d:%d: %s", f.File, f.Line, f.Col, f.What)
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
func (p place) fault(format string, args ...any) Fault {
	return Fault{p.file, p.line, p.col, fmt.Sprintf(format, args...)}
}
