// Command word measures what is made of Word files, beside what two other
// programs make of them: pandoc, for headings, lists, notes and tables, and
// LibreOffice, which prints the numbers of lists into plain text.
//
//	soffice --headless --convert-to 'txt:Text (encoded):UTF8' --outdir TEXTS FOLDER/*.docx
//	go run ./bench/word [-texts TEXTS] [-without WORDS] [-v] FOLDER
//
// FOLDER holds the .docx files. With -v each difference is printed. What pandoc
// or LibreOffice have is no truth: the differences tell where to look.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"stele/build/intake"
	"stele/build/intake/draft"
	"stele/build/intake/word"
	"stele/build/markdown"
	"stele/build/source"
)

func main() {
	log.SetFlags(0)
	texts := flag.String("texts", "", "a folder with LibreOffice's text of each file")
	flag.BoolVar(&verbose, "v", false, "print each difference")
	noPandoc := flag.Bool("no-pandoc", false, "do not run pandoc")
	without := flag.String("without", "", "leave out files with this in their names")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("word: name a folder of .docx files")
	}
	files, err := filepath.Glob(filepath.Join(flag.Arg(0), "*.docx"))
	if err != nil || len(files) == 0 {
		log.Fatal("word: no .docx files there")
	}
	all := totals{refused: map[string]int{}}
	for _, f := range files {
		if *without != "" && strings.Contains(filepath.Base(f), *without) {
			continue
		}
		all.file(f, *texts, !*noPandoc)
	}
	all.print()
}

var verbose bool

func say(format string, args ...any) {
	if verbose {
		fmt.Printf(format+"\n", args...)
	}
}

// totals are sums over all files.
type totals struct {
	files, read, lost, panics, pandocFails int
	characters                             int
	refused                                map[string]int
	slowest                                time.Duration
	slowestFile                            string

	headings, items, notes, tables share
	numbers, numbersPandoc         share
}

// share is how many of the other program's things are in ours.
type share struct{ other, same, ours int }

func (s share) String() string {
	if s.other == 0 {
		return "none"
	}
	return fmt.Sprintf("%d of %d (%.2f %%)", s.same, s.other, 100*float64(s.same)/float64(s.other))
}

func (t *totals) print() {
	fmt.Printf("files %d, read %d, panics %d, characters lost in %d; characters %d; slowest %v (%s)\n", t.files, t.read, t.panics, t.lost, t.characters, t.slowest.Round(time.Millisecond), t.slowestFile)
	for _, k := range slices.Sorted(maps.Keys(t.refused)) {
		fmt.Printf("refused: %d %s\n", t.refused[k], k)
	}
	fmt.Printf("of pandoc's, in ours (pandoc could not read %d):\n headings %v; ours %d\n items    %v; ours %d\n notes    %v; ours %d\n tables   %v; ours %d\n",
		t.pandocFails, t.headings, t.headings.ours, t.items, t.items.ours, t.notes, t.notes.ours, t.tables, t.tables.ours)
	fmt.Printf("numbers as LibreOffice prints them:\n ours   %v\n pandoc %v\n", t.numbers, t.numbersPandoc)
}

// file reads one file and compares.
func (t *totals) file(name, texts string, pandoc bool) {
	t.files++
	data, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	doc, ok := t.ours(name, data)
	if !ok {
		return
	}
	t.read++
	ours := known(doc)
	var other *things
	if pandoc {
		if other = readPandoc(name); other == nil {
			t.pandocFails++
		} else {
			base := filepath.Base(name)
			t.headings.add(base, "heading", other.headings, ours.headings)
			t.items.add(base, "item", other.items, ours.items)
			t.notes.add(base, "note", other.notes, ours.notes)
			t.tables.add(base, "table", other.tables, ours.tables)
		}
	}
	if texts != "" {
		t.printed(name, texts, ours, other)
	}
}

// ours reads a file as the command does.
func (t *totals) ours(name string, data []byte) (doc *draft.Document, ok bool) {
	defer func() {
		if p := recover(); p != nil {
			t.panics++
			fmt.Printf("%s: panic: %v\n%s\n", name, p, debug.Stack())
		}
	}()
	start := time.Now()
	result, found := intake.Read(intake.File{Name: filepath.Base(name), Data: data, Langs: []string{"en"}, Path: func(string) string { return "en.md" }})
	for _, v := range result.Versions {
		d, list := markdown.Parse(source.File{Path: "en.md", Lang: "en", Tag: "en", Data: v.Markdown})
		if list.HasErrors() { // too large, as the command says then
			t.refused["its Markdown: "+list[0].String()]++
			return nil, false
		}
		if !intake.Same(intake.Shown(d), v.Words) {
			t.lost++
			fmt.Printf("%s: the Markdown does not show the text\n", name)
		}
		t.characters += len([]rune(v.Words))
	}
	if d := time.Since(start); d > t.slowest {
		t.slowest, t.slowestFile = d, filepath.Base(name)
	}
	for _, f := range found {
		if f.Severity.String() != "error" {
			continue
		}
		if f.Code == draft.Lost {
			t.lost++
		}
		key := fmt.Sprint(f.Code, " ", f.Phrase)
		t.refused[key]++
		say("%s: refused: %s", filepath.Base(name), key)
		return nil, false
	}
	doc, refused := word.Read(data)
	return doc, refused == nil
}

// things are what is counted, as letters and figures alone.
type things struct {
	headings, items, notes, tables []string
	// lines are paragraphs with the numbers before them, without white space.
	lines []numbered
}

type numbered struct{ label, text string }

func known(d *draft.Document) *things {
	out := &things{}
	d.Each(func(b *draft.Block) {
		text := bare(b.Text())
		switch {
		case b.Kind == draft.Table:
			var s strings.Builder
			allIn(b, &s)
			out.tables = append(out.tables, bare(s.String()))
			return
		case b.Kind == draft.Heading:
			out.headings = append(out.headings, text)
		}
		if b.Label != "" || b.Kind == draft.Item {
			out.items = append(out.items, text)
		}
		out.lines = append(out.lines, numbered{b.Label, b.Text()})
	})
	for _, n := range d.Notes {
		var s strings.Builder
		for i := range n.Blocks {
			allIn(&n.Blocks[i], &s)
		}
		out.notes = append(out.notes, bare(s.String()))
	}
	return out
}

// allIn is the text of a block with all in it, without numbers of lists.
func allIn(b *draft.Block, s *strings.Builder) {
	s.WriteString(b.Text())
	for _, row := range b.Rows {
		for _, c := range row {
			for i := range c.Blocks {
				allIn(&c.Blocks[i], s)
			}
		}
	}
}

// bare leaves the letters and figures of a text.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}

// add counts which of the other program's things are among ours.
func (s *share) add(file, what string, other, ours []string) {
	have := map[string]int{}
	for _, o := range ours {
		have[o]++
	}
	s.ours += len(ours)
	for _, o := range other {
		if o == "" {
			continue
		}
		s.other++
		if have[o] > 0 {
			have[o]--
			s.same++
			continue
		}
		say("%s: pandoc alone has the %s %.100q", file, what, o)
	}
}

// printed compares the numbers before paragraphs with those in LibreOffice's text.
func (t *totals) printed(name, texts string, ours, pandoc *things) {
	data, err := os.ReadFile(filepath.Join(texts, strings.TrimSuffix(filepath.Base(name), ".docx")+".txt"))
	if err != nil {
		return
	}
	lines := map[string]int{}
	tight := func(s string) string { return strings.Join(strings.Fields(s), "") }
	var list []string
	for l := range strings.SplitSeq(strings.TrimPrefix(string(data), "\ufeff"), "\n") {
		if l = tight(l); l != "" {
			lines[l]++
			list = append(list, l)
		}
	}
	if len(list) > 20_000 {
		return
	}
	compare := func(th *things, s *share, who string) {
		left := maps.Clone(lines)
		take := func(l string) bool {
			if left[l] == 0 {
				return false
			}
			left[l]--
			return true
		}
		// What is equal goes first, so that a text that stands twice finds its own.
		var rest []numbered
		for _, b := range th.lines {
			text := tight(b.text)
			switch {
			case len([]rune(text)) < 3:
			case !take(tight(b.label) + text):
				rest = append(rest, b)
			case b.label != "":
				s.other++
				s.same++
			}
		}
		for _, b := range rest {
			text := tight(b.text)
			for _, l := range list {
				prefix, ok := strings.CutSuffix(l, text)
				if !ok || left[l] == 0 {
					continue
				}
				if !strings.ContainsFunc(prefix, isSaid) { // a bullet
					take(l)
					break
				}
				if number(prefix) {
					take(l)
					s.other++
					say("%s: LibreOffice has %q, %s %q before %.60q", filepath.Base(name), prefix, who, b.label, b.text)
					break
				}
			}
		}
	}
	compare(ours, &t.numbers, "ours")
	if pandoc != nil {
		compare(pandoc, &t.numbersPandoc, "pandoc")
	}
}

// number reports whether what stands before a text may be the number of a list,
// and not words or the first letter of a chapter.
func number(s string) bool {
	return len([]rune(s)) <= 16 && (strings.ContainsFunc(s, unicode.IsNumber) || strings.ContainsAny(s[len(s)-1:], ".):]"))
}

func isSaid(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// readPandoc reads a file with pandoc; nil if it cannot.
func readPandoc(name string) *things {
	out, err := exec.Command("timeout", "20", "pandoc", "-f", "docx", "-t", "json", name).Output()
	if err != nil {
		return nil
	}
	var doc struct{ Blocks []node }
	if json.Unmarshal(out, &doc) != nil {
		return nil
	}
	th := &things{}
	th.blocks(doc.Blocks, "")
	return th
}
