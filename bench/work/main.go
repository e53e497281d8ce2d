// Command work sees that twice as much of anything makes at most 2.3 times the work of
// each stage that reads. Work is counted in blocks of statements run, as coverage counts
// them: that hangs neither on the clock nor on the machine, and finds time that grows
// with the square of the input where nothing is allocated meanwhile. What the standard
// library does is not counted. It needs a program that counts:
//
//	GOCOVERDIR=$(mktemp -d) go run -covermode=atomic -coverpkg=stele/bench/work,stele/build/...,github.com/yuin/goldmark/...,go.yaml.in/yaml/v4/... ./bench/work
package main

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"runtime/coverage"
	"strings"

	"stele/build/align"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/lang"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/sentence"
	"stele/build/source"
	"stele/build/yaml"
)

// units are what is repeated: each construct, begun, ended, or neither.
var units = []string{
	"a\n\n", "word ", "один два. ", "句子。", "… ", "![", "*a_ ", "**a ", "[a](b) ", "[a]: b\n", "a[^1]\n\n", "[^1]: b\n\n", "# a\n\n", "## a {#b}\n\n",
	"- a\n", "- ", "1. a\n", "> ", "> a\n\n", "|a|b|\n|-|-|\n|c|d|\n\n", "|", "`a` ", "`", "```\n", "    a\n", "\\*", "&amp;", "<b>", "<!-- ", "<sub>a",
	":::tip\n", "!!! note\n    a\n\n", "{{", "$a ", "http://a.bb ", "a@b.cc ", "[[a]] ", "2014-09-12 ", "1 January 2014, ", "XIV ", "一百二十三", "5 kg, ", "«a» ", "\"", "a-", "***\na\n\n",
	"a\n: b\n\n", "the the ", "a\u0301", "- [x] a\n", "<details>\n", "[a][a]\n\n[a]: b\n\n",
	".)", "!)", "。）", ".\"", ". (", "(", "«", "1. 2. ", "A. ", "т. е. ", "?!", "\u200b", "1.1\t-\ta\tb\n", "=1.1\ten\ta\n", "~1.1\ten\ta\n", "@1\ta b c\n", "\t", "1.1\tgone 1.2\n",
	"k: v\n", "- {a: b}\n", "[", "{", "? ", "&a ", "*a ", "'", "|\n", "en: [a]\n", "  - text: a\n", "#", "# \n", "- - ", "a: [b, c]\n",
}

// stages are given a text, and do with it what a build does.
var stages = []struct {
	name string
	most int // how long the longest text is
	do   func(text string)
}{
	{"markdown", 32 << 10, func(s string) {
		markdown.Parse(source.File{Path: "a/en.md", Text: "a", Lang: "en", Tag: "en", Data: s})
	}},
	{"yaml", 32 << 10, func(s string) { yaml.Open("a.yaml", 0, s) }},
	{"record", 64 << 10, func(s string) { record.Parse("a/alignment.tsv", "#passage\tmark\ten\tru\n"+s) }},
	{"glossary", 32 << 10, func(s string) { glossary.Parse("glossary/g/a.yaml", "class: body\nnames:\n  en:\n"+s) }},
	{"sentences", 64 << 10, func(s string) {
		for _, tag := range []string{"en", "ru", "zh"} {
			lang.Of(tag).Sentences(s)
		}
	}},
	{"ties", 8 << 10, func(s string) {
		p := sentence.Part{Blocks: []sentence.Block{{Text: s}}}
		sentence.Tie([]*lang.Language{lang.Of("en"), lang.Of("ru")}, [][]sentence.Part{{p, p}})
	}},
	{"align", 8 << 10, func(s string) {
		var in []align.Input
		for _, tag := range []string{"en", "ru"} {
			in = append(in, align.Input{Doc: lines(tag, s)})
		}
		align.Align(in)
	}},
}

func lines(tag, s string) *doc.Document { return markdown.ParseLines(tag+".txt", tag, s) }

// noise is how many steps more may come at once: what begins at some length.
const noise = 100_000

func main() {
	stage := flag.String("stage", "", "look at this `stage` only")
	unit := flag.String("unit", "", "only count the work for so much, and more, of this `text`")
	flag.Parse()
	code := 0
	for _, s := range stages {
		if *stage != "" && *stage != s.name {
			continue
		}
		if *unit != "" {
			for size := 1 << 10; size <= 4*s.most; size *= 2 {
				fmt.Printf("%s: %d kB are %d steps\n", s.name, size>>10, work(s.do, *unit, size))
			}
			continue
		}
		var most int64
		for _, unit := range units {
			few, many := work(s.do, unit, s.most/2), work(s.do, unit, s.most)
			most = max(most, many)
			// Where a limit is reached, more is to be done from there on: that grows no more.
			if many > few*23/10+noise && work(s.do, unit, 2*s.most) > many*23/10+noise {
				fmt.Printf("%s: %q: %d kB are %d steps, %d kB are %d\n", s.name, unit, s.most>>11, few, s.most>>10, many)
				code = 1
			}
		}
		fmt.Printf("%s: at most %d steps for %d kB\n", s.name, most, s.most>>10)
	}
	os.Exit(code)
}

// work is how many steps a stage takes for so much of a unit, at the end of the text
// and with something after it.
func work(do func(string), unit string, size int) int64 {
	text := strings.Repeat(unit, size/len(unit))
	before := steps()
	do(text)
	do(text + " x")
	return steps() - before
}

// steps are the blocks of statements run so far.
func steps() int64 {
	var b bytes.Buffer
	err := coverage.WriteCounters(&b)
	if err == nil {
		var n int64
		if n, err = sum(b.Bytes()); err == nil {
			return n
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
	return 0
}

// sum adds the counters of a file of them, whose form internal/coverage defines.
func sum(b []byte) (total int64, err error) {
	const header = 32
	if len(b) < header+16 || string(b[:4]) != "\x00cwm" {
		return 0, fmt.Errorf("no file of counters: % x", b[:min(len(b), 8)])
	}
	raw := b[24] == 1
	at := header
	functions := binary.LittleEndian.Uint64(b[at:])
	at += 16 + int(binary.LittleEndian.Uint32(b[at+8:])) + int(binary.LittleEndian.Uint32(b[at+12:]))
	at += (4 - at%4) % 4
	next := func() int64 {
		if raw {
			at += 4
			return int64(binary.LittleEndian.Uint32(b[at-4:]))
		}
		v, n := binary.Uvarint(b[at:])
		at += n
		return int64(v)
	}
	for range functions {
		n := next()
		next() // package
		next() // function
		for range n {
			total += next()
		}
	}
	return total, nil
}
