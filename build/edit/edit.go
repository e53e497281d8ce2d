// Package edit changes single blocks of a language version: it replaces,
// inserts, joins, divides and moves them, and writes remarks that accept
// findings. Only the bytes of the blocks concerned change.
//
// Everything is done by trial: the new file is parsed, and all other blocks must
// be as they were. A paragraph that would run into the next one, a fence that
// swallows the rest of the file or a link cut in two is refused, never written.
//
// The package knows neither record nor site: files come in and go out as
// strings. What is there to keep of a file's bytes beyond its text, such as line
// ends, others know.
package edit

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/lang"
	"stele/build/markdown"
	"stele/build/source"
)

// File is a language version as it was read, with what it parses as.
type File struct {
	source.File
	Doc *doc.Document // of File; required
}

// Result is a file after an edit.
type Result struct {
	Data string
	Doc  *doc.Document
	// Now tells, for each block of the file before, which one it is now; -1 for
	// those that were replaced.
	Now []int
	// Fresh are the blocks that the edit wrote.
	Fresh []int
}

// Why an edit is refused, for those that need not tell more.
var (
	ErrSpreads = errors.New("the edit would change other passages too")
	ErrApart   = errors.New("blocks of these kinds cannot be joined")
	ErrWhole   = errors.New("the block cannot be divided here")
	ErrNowhere = errors.New("the block cannot be moved there")
	ErrReason  = errors.New("a finding is accepted with a reason")
	ErrWaiver  = errors.New("no remark can stand there")
)

// FaultError says that the new text has an error that was not there before.
type FaultError struct{ Fault diag.Diagnostic }

func (e *FaultError) Error() string { return "the new text has an error: " + string(e.Fault.Code) }

// Extent is where the lines of the blocks from first to last begin and end, without
// the last line end.
func (f File) Extent(first, last int) (from, to int) {
	from = f.line(f.Doc.Blocks[first].Start)
	return from, max(from, f.end(last))
}

// Text is the Markdown of the blocks from first to last.
func (f File) Text(first, last int) string {
	from, to := f.Extent(first, last)
	return f.Data[from:to]
}

// line is the beginning of the line that the offset is in.
func (f File) line(at int) int { return strings.LastIndexByte(f.Data[:at], '\n') + 1 }

// end is the end of the last line of a block.
func (f File) end(i int) int {
	b := &f.Doc.Blocks[i]
	end := max(b.Start, b.End)
	if end > b.Start && f.Data[end-1] == '\n' {
		end--
	}
	end = f.lineEnd(end)
	if b.Kind == doc.Heading && b.Start < len(f.Data) && f.Data[b.Start] != '#' && end < len(f.Data) { // the line below it is its mark
		end = f.lineEnd(end + 1)
	}
	return end
}

func (f File) lineEnd(at int) int {
	if i := strings.IndexByte(f.Data[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(f.Data)
}

// Replace puts text in place of the Markdown of the blocks from first to last.
// Without any text they are taken away, with the remarks that accept findings
// about them, which would count for the next block.
func (f File) Replace(first, last int, text string) (*Result, error) {
	from, to := f.Extent(first, last)
	text = trim(text)
	if strings.TrimSpace(text) != "" {
		return f.try(from, to, text, first, last+1, nil)
	}
	for to < len(f.Data) && f.Data[to] == '\n' {
		to++
	}
	lead := f.lead(first)
	rest := f.unwaived(first, lead)
	if strings.TrimSpace(rest) == "" {
		rest = ""
	}
	r, err := f.try(lead, to, rest, first, last+1, nil)
	if err == nil && len(r.Doc.Waivers) > len(f.Doc.Waivers)-waivers(f.Doc, first, last) {
		return nil, ErrSpreads
	}
	return r, err
}

// unwaived is what stands before the lines of a block, from a place on, without
// the remarks that accept findings about the block.
func (f File) unwaived(i, from int) string {
	to := f.line(f.Doc.Blocks[i].Start)
	var w strings.Builder
	for _, v := range f.Doc.Waivers {
		at := start(f.Data, v.Pos.Line)
		if v.Block != i || at < from || at >= to {
			continue
		}
		open := strings.Index(f.Data[at:to], "<!--")
		if open < 0 {
			continue
		}
		length := strings.Index(f.Data[at+open:to], "-->")
		if length < 0 {
			continue
		}
		w.WriteString(f.Data[from : at+open])
		from = at + open + length + len("-->")
	}
	w.WriteString(f.Data[min(from, to):to])
	return w.String()
}

// Insert puts text after a block, or before the first for -1.
func (f File) Insert(after int, text string) (*Result, error) {
	text = trim(text)
	if text == "" {
		return nil, ErrSpreads
	}
	if after >= 0 {
		at := f.end(after)
		return f.try(at, at, "\n\n"+text, after+1, after+1, nil)
	}
	at := len(f.Data)
	if len(f.Doc.Blocks) > 0 {
		at = f.lead(0)
	} else if at > 0 && f.Data[at-1] != '\n' {
		text = "\n" + text
	}
	return f.try(at, at, text+"\n\n", 0, 0, nil)
}

// Join makes one block of a block and the one before it.
func (f File) Join(i int) (*Result, error) {
	if i < 1 || i >= len(f.Doc.Blocks) {
		return nil, ErrApart
	}
	a, b := &f.Doc.Blocks[i-1], &f.Doc.Blocks[i]
	if !running(a) || a.Kind != b.Kind && (a.Kind != doc.Item || b.Kind != doc.Paragraph) || len(a.Within) != len(b.Within) {
		return nil, ErrApart
	}
	if strings.Contains(f.Data[a.End:b.Start], "<!--") { // a remark would stand in the middle of the text
		return nil, ErrApart
	}
	from, to := len(strings.TrimRight(f.Data[:f.end(i-1)], " \t\n")), b.Start
	between := "\n"
	if len(a.Within) > 0 || a.Kind != doc.Paragraph {
		between = " "
		if before, _ := utf8.DecodeLastRuneInString(f.Data[:from]); glued(before) {
			if after, _ := utf8.DecodeRuneInString(f.Data[to:]); glued(after) {
				between = ""
			}
		}
	}
	want := letters(a.Text + b.Text)
	return f.try(from, to, between, i-1, i+1, func(fresh []doc.Block) error {
		if len(fresh) != 1 || letters(fresh[0].Text) != want {
			return ErrApart
		}
		return nil
	})
}

// Divide makes two blocks of one, at a place in its Markdown, an offset in the
// file.
func (f File) Divide(i, at int) (*Result, error) {
	b := &f.Doc.Blocks[i]
	if !running(b) || at <= b.Start || at >= min(b.End, len(f.Data)) || !utf8.RuneStart(f.Data[at]) {
		return nil, ErrWhole
	}
	from, to := len(strings.TrimRight(f.Data[:at], " \t\n")), at
	for to < len(f.Data) && strings.IndexByte(" \t\n", f.Data[to]) >= 0 {
		to++
	}
	if from <= b.Start || to >= b.End {
		return nil, ErrWhole
	}
	before := f.Data[f.line(b.Start):b.Start] // what makes it an item, or part of a quotation
	gap := "\n" + strings.TrimRight(before, " \t") + "\n" + before
	if b.Kind == doc.Item || b.Kind == doc.Definition {
		gap = "\n" + before
	}
	want := letters(b.Text)
	return f.try(from, to, gap, i, i+1, func(fresh []doc.Block) error {
		if len(fresh) != 2 || fresh[0].Kind != b.Kind || fresh[1].Kind != b.Kind || letters(fresh[0].Text+fresh[1].Text) != want {
			return ErrWhole
		}
		return nil
	})
}

// Place is the offset in the file of a place in the block's plain text, given in
// bytes; -1 where there is none.
func (f File) Place(i, at int) int {
	b := &f.Doc.Blocks[i]
	place := -1
	for t := range b.Walk() {
		if t, ok := t.(*doc.Text); ok && t.Off <= at && at <= t.End() {
			if place = t.Src + at - t.Off; at < t.End() {
				break
			}
		}
	}
	return place
}

// Direction is where a block is moved.
type Direction int

const (
	Up   Direction = -1
	Down Direction = 1
)

// Move lets a block change places with its neighbour in the file.
func (f File) Move(i int, to Direction) (*Result, error) {
	first := i
	if to == Up {
		first--
	}
	if first < 0 || first+1 >= len(f.Doc.Blocks) {
		return nil, ErrNowhere
	}
	a, b := &f.Doc.Blocks[first], &f.Doc.Blocks[first+1]
	if len(a.Within) != len(b.Within) || a.Kind == doc.Term || b.Kind == doc.Term || a.Kind == doc.Definition || b.Kind == doc.Definition ||
		a.Kind == doc.Heading && a.Level < 3 || b.Kind == doc.Heading && b.Level < 3 {
		return nil, ErrNowhere
	}
	if next := first + 2; b.Kind == doc.Item && next < len(f.Doc.Blocks) && f.Doc.Blocks[next].Kind != doc.Item && inside(&f.Doc.Blocks[next], b) {
		return nil, ErrNowhere // what goes on in the item would go on in the other
	}
	from, gap, next, end := f.lead(first), f.end(first), f.lead(first+1), f.end(first+1)
	if next < gap {
		return nil, ErrNowhere
	}
	text := f.Data[next:end] + f.Data[gap:next] + f.Data[from:gap]
	r, err := f.try(from, end, text, first, first+2, func(fresh []doc.Block) error {
		if len(fresh) != 2 || !same(&fresh[0], b) || !same(&fresh[1], a) {
			return ErrNowhere
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.Now[first], r.Now[first+1], r.Fresh = first+1, first, nil
	return r, nil
}

// lead is where what belongs to a block begins: its lines, and the remarks on
// lines of their own before them.
func (f File) lead(i int) int {
	from := f.line(f.Doc.Blocks[i].Start)
	low := -1
	if i > 0 {
		low = f.end(i - 1)
	}
	for _, w := range f.Doc.Waivers {
		if w.Block != i {
			continue
		}
		if at := start(f.Data, w.Pos.Line); at > low {
			from = min(from, at)
		}
	}
	return from
}

// start is where a line of the data begins; lines are counted from 1.
func start(data string, line int) int {
	at := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(data[at:], '\n')
		if i < 0 {
			return at
		}
		at += i + 1
	}
	return at
}

// Waive writes the remark that accepts findings of a code about a block.
func (f File) Waive(i int, code diag.Code, reason string) (*Result, error) {
	reason = strings.Join(strings.Fields(reason), " ")
	if !strings.ContainsFunc(reason, unicode.IsLetter) {
		return nil, ErrReason
	}
	// What would end a comment, or is forbidden in one, is no loss in a reason.
	reason = strings.NewReplacer("--", "–", ">", "›", "<", "‹").Replace(reason)
	remark := "<!-- stele: ignore " + string(code) + " " + reason + " -->"
	b := &f.Doc.Blocks[i]
	type place struct {
		at   int
		text string
	}
	places := []place{{f.line(b.Start), remark + "\n"}, {f.end(i), " " + remark}}
	if len(b.Within) > 0 || b.Kind == doc.Definition || b.Kind == doc.Term {
		places[0], places[1] = places[1], places[0]
	}
	for _, p := range places {
		r, err := f.try(p.at, p.at, p.text, i, i+1, func(fresh []doc.Block) error {
			if len(fresh) != 1 || !same(&fresh[0], b) {
				return ErrWaiver
			}
			return nil
		})
		if err != nil || len(r.Doc.Waivers) != len(f.Doc.Waivers)+1 {
			continue
		}
		if slices.ContainsFunc(r.Doc.Waivers, func(w doc.Waiver) bool {
			return w.Block == i && w.Reason == reason && slices.Equal(w.Codes, []string{string(code)})
		}) {
			r.Now[i], r.Fresh = i, nil
			return r, nil
		}
	}
	return nil, ErrWaiver
}

// try replaces a stretch of the file, which holds the blocks from first up to
// last, and returns the file if all other blocks are as they were and what the
// stretch holds now is as wanted.
func (f File) try(from, to int, text string, first, last int, want func(fresh []doc.Block) error) (*Result, error) {
	next := f.File
	next.Data = f.Data[:from] + text + f.Data[to:]
	if next.Data != "" && !strings.HasSuffix(next.Data, "\n") && strings.HasSuffix(f.Data, "\n") {
		next.Data += "\n"
	}
	if _, found := source.Clean("", []byte(next.Data)); len(found) > 0 {
		return nil, &FaultError{found[0]}
	}
	after, found := markdown.Parse(next)
	if found.HasErrors() {
		_, before := markdown.Parse(f.File)
		if found.Count(diag.Error) > before.Count(diag.Error) {
			return nil, &FaultError{found[slices.IndexFunc(found, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })]}
		}
	}
	old := f.Doc.Blocks
	n := len(after.Blocks) - (len(old) - (last - first)) // blocks in the stretch
	if n < 0 {
		return nil, ErrSpreads
	}
	r := &Result{Data: next.Data, Doc: after, Now: make([]int, len(old))}
	for i := range old {
		k := i
		switch {
		case i >= last:
			k = i - (last - first) + n
		case i >= first:
			r.Now[i] = -1
			continue
		}
		if !same(&old[i], &after.Blocks[k]) {
			return nil, ErrSpreads
		}
		r.Now[i] = k
	}
	if !keepsWaivers(f.Doc, r, first, last) {
		return nil, ErrSpreads
	}
	for k := first; k < first+n; k++ {
		r.Fresh = append(r.Fresh, k)
	}
	if want != nil {
		if err := want(after.Blocks[first : first+n]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// keepsWaivers reports whether the remarks about all other blocks are about the
// same ones after an edit.
func keepsWaivers(before *doc.Document, r *Result, first, last int) bool {
	k := 0
	for _, w := range before.Waivers {
		if first <= w.Block && w.Block < last {
			continue
		}
		now := len(r.Doc.Blocks)
		if w.Block < len(r.Now) {
			now = r.Now[w.Block]
		}
		for k < len(r.Doc.Waivers) && (r.Doc.Waivers[k].Block != now || r.Doc.Waivers[k].Reason != w.Reason || !slices.Equal(r.Doc.Waivers[k].Codes, w.Codes)) {
			k++
		}
		if k == len(r.Doc.Waivers) {
			return false
		}
		k++
	}
	return true
}

// waivers counts the remarks about the blocks from first to last.
func waivers(d *doc.Document, first, last int) int {
	n := 0
	for _, w := range d.Waivers {
		if first <= w.Block && w.Block <= last {
			n++
		}
	}
	return n
}

// same reports whether a block is as it was, but for the numbers of lists.
func same(b, a *doc.Block) bool {
	if b.Kind != a.Kind || b.Level != a.Level || b.AutoID != a.AutoID || !b.AutoID && b.ID != a.ID || b.Syntax != a.Syntax || b.Text != a.Text || len(b.Within) != len(a.Within) {
		return false
	}
	for i := range b.Within {
		if b.Within[i].Kind != a.Within[i].Kind {
			return false
		}
	}
	return true
}

// glued reports whether no space stands beside the letter or mark where two lines
// are joined.
func glued(r rune) bool {
	return lang.Unspaced(r) || r >= '\u3000' && r <= '\u303f' || r >= '\uff00' && r <= '\uff60'
}

// inside reports whether a block stands in all that another stands in.
func inside(b, other *doc.Block) bool {
	return len(b.Within) >= len(other.Within) && slices.EqualFunc(b.Within[:len(other.Within)], other.Within, func(x, y doc.Container) bool { return x.Kind == y.Kind })
}

// running reports whether a block is running text alone.
func running(b *doc.Block) bool {
	return b.Kind == doc.Paragraph || b.Kind == doc.Item || b.Kind == doc.Definition
}

// letters is a text without white space.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// trim takes away empty lines before and after a text, and line ends of other
// systems.
func trim(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	for {
		line, rest, ok := strings.Cut(s, "\n")
		if !ok || strings.TrimSpace(line) != "" {
			break
		}
		s = rest
	}
	return strings.TrimRight(s, " \t\n")
}
