package build_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

const (
	seedPath    = "testdata/seed/strategy-en.md"
	editionPath = "../content/strategy/en.md"
)

// The size of the text as received, kept here so that a seed and an edition
// shortened together do not pass.
var seedSize = textSize{headings: 11, paragraphs: 108, items: 16, breaks: 1, words: 5967}

// pageBreaks are the seed lines at which the conversion from PDF cut a
// paragraph in two, each with what stands between the halves. The second cut
// went through the word "non-proliferation".
var pageBreaks = map[int]string{23: " ", 94: "", 114: " "}

// TestEnglishIsTheSeed keeps the English text of the edition to the text as
// received, word for word, language errors included. The only differences it
// grants are those the conversion from PDF made necessary (paragraphs cut by
// page breaks, one list cut in two, levels and bold type of headings, the
// escaped section break) and typography: curly quotes and apostrophes, spaced
// en dashes, en dashes between years.
func TestEnglishIsTheSeed(t *testing.T) {
	t.Parallel()

	want := readSeed(t)
	got := readEdition(t)

	if size := sizeOf(want); size != seedSize {
		t.Errorf("%s: size of the seed:\n got %v\nwant %v", seedPath, size, seedSize)
	}
	if size := sizeOf(got); size != seedSize {
		t.Errorf("%s: size of the edition:\n got %v\nwant %v", editionPath, size, seedSize)
	}

	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Fatalf("%s: ends before %v, seed line %d\nwant %s", editionPath, want[i], want[i].line, excerpt(want[i].words, 0))
		case i >= len(want):
			t.Fatalf("%s:%d: %v is not in the seed\n got %s", editionPath, got[i].line, got[i], excerpt(got[i].words, 0))
		}
		g, w := got[i], want[i]
		if g.kind != w.kind || g.level != w.level || g.number != w.number {
			t.Fatalf("%s:%d: other structure than the seed, line %d\n got %v: %s\nwant %v: %s",
				editionPath, g.line, w.line, g, excerpt(g.words, 0), w, excerpt(w.words, 0))
		}
		if n := firstDifference(g.words, w.words); n >= 0 {
			report := t.Errorf
			if len(got) != len(want) {
				report = t.Fatalf // a block too many or too few: all later ones are shifted
			}
			report("%s:%d: %v, word %d, differs from the seed, line %d\n got %s\nwant %s",
				editionPath, g.line, g, n+1, w.line, excerpt(g.words, n), excerpt(w.words, n))
		}
	}
}

type textBlock struct {
	kind   string // heading, paragraph, item, break
	level  int    // of a heading
	number string // of a passage: section and place in it
	line   int
	words  []string
}

func (b textBlock) String() string {
	switch b.kind {
	case "heading":
		return fmt.Sprintf("heading of level %d", b.level)
	case "break":
		return "section break"
	}
	return b.kind + " " + b.number
}

type textSize struct {
	headings, paragraphs, items, breaks int
	words                               int // of paragraphs and items, dashes not counted
}

func (s textSize) String() string {
	return fmt.Sprintf("%d headings, %d paragraphs, %d list items, %d section breaks, %d words",
		s.headings, s.paragraphs, s.items, s.breaks, s.words)
}

func sizeOf(blocks []textBlock) textSize {
	var s textSize
	for _, b := range blocks {
		switch b.kind {
		case "heading":
			s.headings++
			continue
		case "break":
			s.breaks++
			continue
		case "paragraph":
			s.paragraphs++
		case "item":
			s.items++
		}
		for _, w := range b.words {
			if strings.ContainsFunc(w, isLetterOrDigit) {
				s.words++
			}
		}
	}
	return s
}

var seedHeading = regexp.MustCompile(`^###? \*\*(.+)\*\*$`)

// readSeed returns the blocks the edition should have.
func readSeed(t *testing.T) []textBlock {
	t.Helper()
	lines := readLines(t, seedPath)
	var blocks []textBlock
	joined := 0 // halves of cut paragraphs already taken up
	for i := 0; i < len(lines); i++ {
		n, s := i+1, lines[i]
		if s == "" {
			continue
		}
		if between, cut := pageBreaks[n]; cut {
			joined++
			i += 2 // over the blank line to the second half
			s += between + lines[i]
		}
		b := textBlock{kind: "paragraph", line: n}
		switch m := seedHeading.FindStringSubmatch(s); {
		case m != nil:
			b.kind, b.level, s = "heading", 2, m[1]
			if len(blocks) == 0 {
				b.level = 1
			}
		case s == `\* \* \*`:
			b.kind, s = "break", ""
		case strings.HasPrefix(s, "- "):
			b.kind, s = "item", s[len("- "):]
		}
		b.words = strings.Fields(typeset(s))
		blocks = append(blocks, b)
	}
	if joined != len(pageBreaks) {
		t.Fatalf("%s: joined %d cut paragraphs, want %d", seedPath, joined, len(pageBreaks))
	}
	number(blocks)
	return blocks
}

const frontMatterFence = "---"

var editionHeading = regexp.MustCompile(`^(#{1,6}) (.+) \{#[a-z]+\}$`)

// readEdition returns the blocks of the edition as they stand.
func readEdition(t *testing.T) []textBlock {
	t.Helper()
	lines := readLines(t, editionPath)
	if lines[0] != frontMatterFence {
		t.Fatalf("%s:1: no front matter\n got %q\nwant %q", editionPath, lines[0], frontMatterFence)
	}
	start := 1
	for start < len(lines) && lines[start] != frontMatterFence {
		start++
	}
	if start == len(lines) {
		t.Fatalf("%s: front matter is not closed", editionPath)
	}
	start++
	var blocks []textBlock
	for i := start; i < len(lines); i++ {
		n, s := i+1, lines[i]
		if s == "" {
			continue
		}
		b := textBlock{kind: "paragraph", line: n}
		switch m := editionHeading.FindStringSubmatch(s); {
		case m != nil:
			b.kind, b.level, s = "heading", len(m[1]), m[2]
		case s == "* * *":
			b.kind, s = "break", ""
		case strings.HasPrefix(s, "- "):
			b.kind, s = "item", s[len("- "):]
		}
		b.words = strings.Fields(s)

		// One paragraph is one line, and a list is not cut by blank lines:
		// else the lines counted here were not what Markdown makes of them.
		if n := len(blocks); n > 0 {
			bothItems := b.kind == "item" && blocks[n-1].kind == "item"
			if adjacent := blocks[n-1].line == b.line-1; adjacent != bothItems {
				t.Errorf("%s:%d: %s after %s\n got a blank line between: %t\nwant %t",
					editionPath, b.line, b.kind, blocks[n-1].kind, !adjacent, !bothItems)
			}
		}
		blocks = append(blocks, b)
	}
	number(blocks)
	return blocks
}

// number gives the passages their numbers: the preamble is section 0, each
// heading after the title and the section break begin the next section.
func number(blocks []textBlock) {
	section, passage := 0, 0
	for i := range blocks {
		switch b := &blocks[i]; {
		case b.kind == "break" || b.kind == "heading" && i > 0:
			section, passage = section+1, 0
		case b.kind != "heading":
			passage++
			b.number = fmt.Sprintf("%d.%d", section, passage)
		}
	}
}

var years = regexp.MustCompile(`\b(\d{4})-(\d{4})\b`)

// typeset returns a line of the seed with the typography of the edition. In
// the seed every straight single quote is an apostrophe, straight double
// quotes come in pairs within a paragraph, and a spaced hyphen is a dash.
func typeset(s string) string {
	s = years.ReplaceAllString(s, "$1–$2")
	s = strings.ReplaceAll(s, " - ", " – ")
	s = strings.ReplaceAll(s, "'", "’")
	for strings.Contains(s, `"`) {
		s = strings.Replace(s, `"`, "“", 1)
		s = strings.Replace(s, `"`, "”", 1)
	}
	return s
}

func readLines(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
}

// firstDifference returns the index of the first word in which a and b differ,
// or -1.
func firstDifference(a, b []string) int {
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return -1
}

// excerpt returns word n with its neighbours, word n in brackets.
func excerpt(words []string, n int) string {
	if n >= len(words) {
		return fmt.Sprintf("%q [nothing more]", strings.Join(words[max(0, len(words)-4):], " "))
	}
	before := strings.Join(words[max(0, n-4):n], " ")
	after := strings.Join(words[n+1:min(len(words), n+5)], " ")
	return fmt.Sprintf("%q", strings.TrimSpace(before+" ["+words[n]+"] "+after))
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
