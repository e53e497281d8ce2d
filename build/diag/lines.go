package diag

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Lines turns byte offsets of one file into places. It keeps the text to count
// code points, so a Lines is as large as its file.
type Lines struct {
	path   string
	text   string
	starts []int // byte offset of each line's first byte
}

// NewLines indexes the lines of text, which ends its lines with "\n".
func NewLines(path, text string) *Lines {
	starts := []int{0}
	for i := 0; ; {
		j := strings.IndexByte(text[i:], '\n')
		if j < 0 {
			break
		}
		i += j + 1
		starts = append(starts, i)
	}
	return &Lines{path: path, text: text, starts: starts}
}

// Pos returns the place of the byte offset; an offset out of range is clamped.
func (l *Lines) Pos(offset int) Pos {
	offset = min(max(offset, 0), len(l.text))
	i := sort.SearchInts(l.starts, offset+1) - 1
	return Pos{Path: l.path, Line: i + 1, Col: utf8.RuneCountInString(l.text[l.starts[i]:offset]) + 1}
}

// Line returns the 1-based line of the byte offset.
func (l *Lines) Line(offset int) int {
	return sort.SearchInts(l.starts, min(max(offset, 0), len(l.text))+1)
}

// Path returns the path that the places carry.
func (l *Lines) Path() string { return l.path }
