package markdown

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"stele/build/diag"
	"stele/build/diagtest"
	"stele/build/doc"
	"stele/build/hidden"
	"stele/build/source"
)

var update = flag.Bool("update", false, "rewrite the expected results in testdata")

func file(lang, data string) source.File {
	tag := lang
	if lang == "zh" {
		tag = "zh-Hans"
	}
	return source.File{Path: "t/" + lang + ".md", Text: "t", Lang: lang, Tag: tag, Data: data}
}

// show writes a document, and what was found in it, as text.
func show(d *doc.Document, diags diag.List) string {
	var b strings.Builder
	b.WriteString(doc.Dump(d))
	for _, x := range diags.Sorted() {
		b.WriteString(strings.Replace(x.Text(diagtest.English()), d.Path+":", "", 1) + "\n")
	}
	return b.String()
}

// TestGolden parses the cases in testdata/*.txt. A case is a line "=== name",
// with the language in brackets if it is not Russian, the Markdown, a line
// "---- ", and what is expected.
func TestGolden(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		cases := strings.Split("\n"+string(raw), "\n=== ")
		for _, c := range cases[1:] {
			head, rest, _ := strings.Cut(c, "\n")
			in, want, _ := strings.Cut(rest+"\n", "\n----\n")
			lang := "ru"
			if i := strings.IndexByte(head, '['); i >= 0 {
				lang = strings.Trim(head[i:], "[]")
			}
			d, diags := Parse(file(lang, in+"\n"))
			got := show(d, diags)
			check(t, file(lang, in+"\n"), d)
			fmt.Fprintf(&out, "=== %s\n%s\n----\n%s\n", head, in, got)
			if !*update && strings.TrimSpace(got) != strings.TrimSpace(want) {
				t.Errorf("%s: %s:\n%s\n got\n%s\nwant\n%s", path, head, in, got, want)
			}
		}
		if *update {
			if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// check tests what Parse promises of every document.
func check(t *testing.T, f source.File, d *doc.Document) {
	t.Helper()
	var blocks func(bs []doc.Block)
	blocks = func(bs []doc.Block) {
		for i := range bs {
			b := &bs[i]
			if b.Start < 0 || b.End < b.Start || b.End > len(f.Data) {
				t.Errorf("%q: block %d is at [%d,%d) of %d bytes", f.Data, i, b.Start, b.End, len(f.Data))
				continue
			}
			text := ""
			elements(t, f, b, b.Inlines, &text, "")
			for _, r := range b.Rows {
				for _, c := range r.Cells {
					cell := ""
					if text != "" && len(text) < len(b.Text) && b.Text[len(text)] == ' ' && hasText(c.Inlines) {
						text += " "
					}
					before := len(text)
					elements(t, f, b, c.Inlines, &text, "")
					cell = text[before:]
					if cell != strings.Trim(cell, " ") {
						t.Errorf("%q: block %d: white space around the cell %q", f.Data, i, cell)
					}
				}
			}
			if text != b.Text {
				t.Errorf("%q: block %d: runs say %q, text is %q", f.Data, i, text, b.Text)
			}
			if (b.Rows != nil) != (b.Kind == doc.Table) || b.Rows != nil && b.Inlines != nil || b.Syntax != "" && b.Kind != doc.Code {
				t.Errorf("%q: block %d: a block of kind %d with %d rows, %d elements and the syntax %q", f.Data, i, b.Kind, len(b.Rows), len(b.Inlines), b.Syntax)
			}
			if b.Kind != doc.Code && (b.Text != strings.Trim(b.Text, " ") || strings.Contains(b.Text, "\n")) {
				t.Errorf("%q: block %d: white space is not folded in %q", f.Data, i, b.Text)
			}
			for _, n := range b.Notes {
				blocks(n.Blocks)
			}
		}
	}
	blocks(d.Blocks)
	seen := map[string]bool{}
	for _, b := range d.Blocks {
		if b.Kind == doc.Heading {
			if b.ID == "" || seen[b.ID] {
				t.Errorf("%q: the id %q of a heading is empty or not the only one", f.Data, b.ID)
			}
			seen[b.ID] = true
		}
	}
}

// elements tests what Parse promises of a block's elements, and adds their text.
// In names the element around them.
func elements(t *testing.T, f source.File, b *doc.Block, inlines []doc.Inline, text *string, in string) {
	t.Helper()
	for _, n := range inlines {
		if at := n.Offset(); at < 0 || at > len(f.Data) {
			t.Errorf("%q: %T is at %d of %d bytes", f.Data, n, at, len(f.Data))
			continue
		}
		within := in
		switch n := n.(type) {
		case *doc.Text:
			if n.Off != len(*text) {
				t.Errorf("%q: the run %q is at %d of the text, said to be at %d", f.Data, n.S, len(*text), n.Off)
			}
			if n.S == "" {
				t.Errorf("%q: an empty run", f.Data)
			}
			if src := f.Data[n.Src:min(n.Src+len(n.S), len(f.Data))]; src != n.S && strings.Trim(n.S, " ") != "" && !strings.ContainsAny(src, "&\\\n\t") {
				t.Errorf("%q: the run %q is said to be at %q", f.Data, n.S, src)
			}
			*text += n.S
		case *doc.Link, *doc.ConceptLink:
			if in == "link" {
				t.Errorf("%q: a link in a link", f.Data)
			}
			within = "link"
		case *doc.CodeSpan:
			within = "code"
		}
		if _, ok := n.(*doc.Text); !ok && in == "code" {
			t.Errorf("%q: %T in code", f.Data, n)
		}
		elements(t, f, b, n.Children(), text, within)
	}
}

func hasText(inlines []doc.Inline) bool {
	for range doc.Runs(inlines) {
		return true
	}
	return false
}

// letters are the letters and digits of all blocks and notes, in any order.
func letters(d *doc.Document) map[rune]int {
	out := map[rune]int{}
	var blocks func(bs []doc.Block)
	blocks = func(bs []doc.Block) {
		for _, b := range bs {
			count(out, b.Text)
			for n := range b.Walk() {
				if image, ok := n.(*doc.Image); ok {
					count(out, image.Alt)
				}
			}
			for _, n := range b.Notes {
				blocks(n.Blocks)
			}
		}
	}
	blocks(d.Blocks)
	return out
}

func count(m map[rune]int, s string) {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			m[r]++
		}
	}
}

// TestNothingLost: whatever Markdown makes of marks, lists and quotations, the
// letters between them all stand in some block, each as often as in the file.
func TestNothingLost(t *testing.T) {
	t.Parallel()
	parts := []string{
		"слово", "词语", "word", " ", " ", "\n", "\n\n", "**", "*", "_", "~~", "~", "`", "[", "]", "(", ")", "!", "- ", "> ", "# ", "## ", "    ", "\t",
		"|", "|-|-|\n", "\n---\n", "\n===\n", ": ", "<", ">", "<b>", "\\", "«", "»", "：", "。", "[^", "]: ", "$", "{", "}", "+ ", "\n```\n",
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		var b strings.Builder
		for range rng.IntN(30) {
			b.WriteString(parts[rng.IntN(len(parts))])
		}
		// Numbers of lists, languages of code, definitions of references and
		// addresses are markup, as is a comment.
		in := b.String()
		if strings.Contains(in, "](") || strings.Contains(in, "]:") || strings.Contains(in, "```") || strings.Contains(in, "~~~") || strings.Contains(in, "[^") || strings.Contains(in, "[[") {
			continue
		}
		f := file("zh", in)
		d, _ := Parse(f)
		check(t, f, d)
		want := map[rune]int{}
		count(want, in)
		got := letters(d)
		for r, n := range want {
			if got[r] != n {
				t.Fatalf("%q: %q stands there %d times, in the blocks %d times\n%s", in, r, n, got[r], show(d, nil))
			}
		}
	}
}

// TestLinear: twice the input takes about twice the time, whatever is in it.
// The bound is wide, for a busy machine; quadratic input exceeds it many times.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	rep := strings.Repeat
	tests := map[string]func(n int) string{
		"prose": func(n int) string {
			return rep("Слово *курсив* и [ссылка](a.md), `код`.\n\n", n/60)
		},
		"quotes":    func(n int) string { return rep("> ", n/2) + "a" },
		"lists":     func(n int) string { return rep("- ", n/2) + "a" },
		"brackets":  func(n int) string { return rep("[", n/2) + rep("]", n/2) },
		"bracketed": func(n int) string { return rep("[a\n", n/6) + rep("]\n", n/4) },
		"emphasis":  func(n int) string { return "a**b" + rep("c* ", n/3) },
		"mismatch":  func(n int) string { return rep("*a_ ", n/4) },
		"links":     func(n int) string { return rep("[a](b", n/5) },
		"references": func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				fmt.Fprintf(&b, "[r%d]: u\n", i)
			}
			return b.String()
		},
		"comments":   func(n int) string { return rep("a <!--a\n", n/8) },
		"comments 2": func(n int) string { return rep("<!-- a\n", n/8) + "--> a" },
		"headings":   func(n int) string { return rep("# Глава\n\n", n/14) },
		"one line":   func(n int) string { return rep("слово", n/10) },
		"table":      func(n int) string { return "|a|b|\n|-|-|\n" + rep("|x\n", min(n/3, 20000)) },
		"code":       func(n int) string { return rep("`a``b", n/6) },
		"notes": func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				fmt.Fprintf(&b, "а[^%d]\n\n[^%d]: б\n\n", i, i)
			}
			return b.String()
		},
		"entities":    func(n int) string { return rep("&amp", n/4) },
		"addresses":   func(n int) string { return "https://a.b/" + rep(")", n) },
		"angle":       func(n int) string { return rep("<a", n/2) },
		"definitions": func(n int) string { return rep("а\n: б\n\n", n/9) },
		"setext":      func(n int) string { return rep("а\n", n/3) + "===" },
	}
	for name, gen := range tests {
		t.Run(name, func(t *testing.T) {
			took := func(n int) time.Duration {
				f := file("en", gen(n))
				best := time.Hour
				for range 3 {
					start := time.Now()
					Parse(f)
					best = min(best, time.Since(start))
				}
				return best
			}
			const n = 1 << 16
			small, large := took(n), took(4*n)
			if large > 12*small && large > 500*time.Millisecond {
				t.Errorf("%d KB take %v, %d KB %v: more than 12 times as long", n>>10, small, 4*n>>10, large)
			}
			if large > 10*time.Second {
				t.Errorf("%d KB take %v", 4*n>>10, large)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	seeds := []string{
		"---\ntitle: х\n---\n# Г {#a}\n\nа **б** [в](г.md \"д\") `е` ~~ж~~ [[з]] [[и|к]] ![л](м.png)[^1]\n\n[^1]: нота\n\n    ещё\n",
		"- а\n\n  б\n  1. в\n> г\n> - д\n\n: е\n", "т\n: о\n\n|а|б|\n|-|:-:|\n|`в\\|г`|[[д\\|е]]|\n", "<!-- stele: ignore x y -->\n```go\nк\n```\n",
		"&#x202e; &amp; \\* <b>х</b> <https://пример.рф> https://пример.рф/путь.\n", "词\n**语：**词\n[词][r]\n\n[r]: javascript:x\n", "а  \nб\\\nв\n===\n",
	}
	for _, s := range seeds {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, zh bool) {
		for _, r := range s {
			if hidden.Is(r) {
				t.Skip("such characters do not get here")
			}
		}
		lang := "ru"
		if zh {
			lang = "zh"
		}
		in := file(lang, s)
		d, diags := Parse(in)
		check(t, in, d)
		lines := strings.Count(s, "\n") + 1
		for _, x := range diags {
			if x.Pos.Line < 1 || x.Pos.Line > lines {
				t.Errorf("%q: %v is outside of the file", s, x)
			}
		}
	})
}

// TestLimits: what stands on many pages, or is looked at for every finding, has
// a limit.
func TestLimits(t *testing.T) {
	t.Parallel()
	rep := strings.Repeat
	for _, tt := range []struct{ in, want string }{
		{"# " + rep("я", MaxHeading), ""},
		{"# " + rep("я", MaxHeading+1), "too-long"},
		{"## а\n\n" + rep("я", MaxHeading+1) + "\n===", "too-long"},
		{"[а](" + rep("b", MaxAddress) + ")", ""},
		{"[а](" + rep("b", MaxAddress+1) + ")", "too-long"},
		{"![а](" + rep("b", MaxAddress+1) + ")", "too-long"},
		{"[а](b '" + rep("b", MaxAddress+1) + "')", "too-long"},
		{"[а]: " + rep("b", MaxAddress+1) + "\n\n[а]", "too-long"},
		{"<http://a." + rep("b", MaxAddress+1) + ">", "too-long"},
		{"http://a.bb/" + rep("b", MaxAddress+1), "too-long"},
		{"---\ntitle: " + rep("я", MaxHeading) + "\n---\nа", ""},
		{"---\ntitle: " + rep("я", MaxHeading+1) + "\n---\nа", "too-long"},
		{"---\nshort: " + rep("я", MaxHeading+1) + "\n---\nа", "too-long"},
		{rep("## а\n\n", MaxHeadings), ""},
		{rep("## а\n\n", MaxHeadings+9), "too-many-blocks"},
		{rep("<!-- stele: ignore a,b why -->\n\nа\n\n", MaxWaivers/2), ""},
		{rep("<!-- stele: ignore a,b why -->\n\nа\n\n", MaxWaivers/2+9), "too-many-waivers"},
	} {
		_, diags := Parse(file("ru", tt.in+"\n"))
		got := ""
		for _, d := range diags {
			got += string(d.Code)
		}
		if got != tt.want {
			t.Errorf("%.60q…: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestManyTables: tables that are each small enough filled the memory together.
func TestManyTables(t *testing.T) {
	t.Parallel()
	row := "|" + strings.Repeat("a|", 100) + "\n"
	table := row + "|" + strings.Repeat("-|", 100) + "\n" + strings.Repeat("|a|\n", 200) + "\n"
	_, diags := Parse(file("en", strings.Repeat(table, 100)))
	if n := diags.Count(diag.Error); n < 50 || n > 80 {
		t.Errorf("%d of 100 tables were refused, want those beyond %d cells", n, MaxFileCells)
	}
	if _, diags = Parse(file("en", strings.Repeat(table, 20))); diags.HasErrors() {
		t.Errorf("20 tables: %v", diags)
	}
}
