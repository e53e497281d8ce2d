package build_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
)

// FuzzGrowth: twice as much of anything makes at most 2.3 times the work, from the
// files to the pages. Work is counted in bytes allocated, which hang neither on the
// clock nor on what else the machine does.
func FuzzGrowth(f *testing.F) {
	for _, unit := range []string{
		"a\n\n", "word ", "один два. ", "句子。", "… ", "![", "*a_ ", "**a ", "[a](b) ", "[a]: b\n", "a[^1]\n\n", "[^1]: b\n\n", "# a\n\n", "## a {#b}\n\n",
		"- a\n", "- ", "1. a\n", "> ", "> a\n\n", "|a|b|\n|-|-|\n|c|d|\n\n", "|", "`a` ", "`", "```\n", "    a\n", "\\*", "&amp;", "<b>", "<!-- ", "<sub>a",
		":::tip\n", "!!! note\n    a\n\n", "{{", "$a ", "http://a.bb ", "a@b.cc ", "[[a]] ", "2014-09-12 ", "1 January 2014, ", "XIV ", "一百二十三", "5 kg, ", "«a» ", "\"", "a-", "***\na\n\n",
		"a\n: b\n\n", "the the ", "a\u0301", "- [x] a\n", "<details>\n", "term and other terms ", "[a][a]\n\n[a]: b\n\n",
	} {
		f.Add(unit)
	}
	w := newWorker()
	f.Fuzz(func(t *testing.T, unit string) {
		if unit == "" || len(unit) > 64 {
			t.Skip()
		}
		const size = 1 << 10
		w.warm(t)
		none, once, twice := w.worth(t, ""), w.worth(t, strings.Repeat(unit, size/len(unit))), w.worth(t, strings.Repeat(unit, 2*size/len(unit)))
		// What is below is noise: the growth of a map or a buffer, what is asked for once
		// a threshold is reached, and that blocks of short texts are compared all with all.
		const noise = 3 << 20
		if few, many := max(once-none, 0), max(twice-none, 0); many > few*23/10+noise {
			t.Errorf("%q: %d kB are %d kB of work, %d kB are %d", unit, size>>10, few>>10, 2*size>>10, many>>10)
		}
	})
}

// worker loads one site after another, so that words and layouts are read once.
type worker struct {
	builder *build.Builder
	content fstest.MapFS
	begun   bool
}

// warm does once what is done once in a process, such as reading a dictionary.
func (w *worker) warm(t *testing.T) {
	if !w.begun {
		w.begun = true
		w.worth(t, "Some words, 5 of them, of 1 January 2014.\n")
	}
}

func newWorker() *worker {
	w := &worker{content: fstest.MapFS{"glossary/g/term.yaml": {Data: []byte("class: notion\nnames: {en: [term, a], ru: [термин]}\n")}}}
	w.builder = build.New(build.Inputs{Content: w.content})
	return w
}

// worth is how many bytes are allocated for a site of the text in two languages.
func (w *worker) worth(t *testing.T, text string) int64 {
	for _, lang := range []string{"en", "ru"} {
		w.content["a/"+lang+".md"] = &fstest.MapFile{Data: []byte("# A\n\n" + text)}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	e, _, err := w.builder.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e.Check()
	for _, path := range e.Paths() {
		if !strings.HasPrefix(path, "en/a") && !strings.HasPrefix(path, "search/") {
			continue
		}
		if _, err := e.File(path); err != nil {
			t.Fatal(fmt.Errorf("%s: %w", path, err))
		}
	}
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}
