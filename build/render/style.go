package render

import (
	"bytes"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stele/build/lang"
)

// A style sheet of a theme is written for any languages. For those of a site two
// things in it are written out:
//
//   - :script(cyrl, grek) becomes the languages that are written in one of these
//     scripts, by their codes of ISO 15924: :lang(ru), or what no element is;
//   - what stands between the comments "each column" and "each column: end" is
//     written for the first column, and is repeated for every one;
//   - what stands between "each sentence" and "each sentence: end" is repeated for
//     every group of sentences that a passage can have.
//
// So no page needs to say again what its lang attributes say, and there are as
// many columns as languages.

// Speaking is the theme with its style sheets written out for languages with
// these tags. For does it by itself; a preview does it once.
func (t *Theme) Speaking(tags []string) *Theme {
	if t.general != nil {
		if slices.Equal(t.tags, tags) {
			return t
		}
		return t.general.Speaking(tags)
	}
	out := &Theme{pages: t.pages, loops: t.loops, assets: maps.Clone(t.assets), general: t, tags: tags}
	for name, a := range t.assets {
		if path.Ext(name) == ".css" {
			data := scripts(columnRules(repeated(a.data, eachSentence, firstSentence, mostTies), max(1, len(tags))), tags)
			out.assets[name] = asset{fingerprinted("assets/"+name, data), data}
		}
	}
	return out
}

var scriptPseudo = regexp.MustCompile(`:script\(([^()]*)\)`)

func scripts(css []byte, tags []string) []byte {
	return scriptPseudo.ReplaceAllFunc(css, func(m []byte) []byte {
		wanted := map[string]bool{}
		for s := range strings.SplitSeq(string(scriptPseudo.FindSubmatch(m)[1]), ",") {
			wanted[strings.ToLower(strings.TrimSpace(s))] = true
		}
		written := func(tag string) bool { return wanted[strings.ToLower(lang.Of(tag).Script)] }
		var any []string
		for _, tag := range tags {
			if written(tag) {
				any = append(any, speaks(tag, tags, written))
			}
		}
		switch len(any) {
		case 0:
			return []byte(":not(*)")
		case 1:
			return []byte(any[0])
		}
		return []byte(":is(" + strings.Join(any, ", ") + ")")
	})
}

// speaks is the selector of elements in the language. It would take in those in
// its variants too: sr those in sr-Latn, which are left out where they are not
// written so.
func speaks(tag string, tags []string, written func(string) bool) string {
	s := ":lang(" + tag + ")"
	for _, other := range tags {
		if strings.HasPrefix(strings.ToLower(other), strings.ToLower(tag)+"-") && !written(other) {
			s += ":not(:where(:lang(" + other + ")))"
		}
	}
	return s
}

var (
	eachSentence  = regexp.MustCompile(`(?s)[ \t]*/\* each sentence \*/\n?(.*?)[ \t]*/\* each sentence: end \*/\n?`)
	firstSentence = regexp.MustCompile(`(\.s)1\b`)
	eachColumn    = regexp.MustCompile(`(?s)[ \t]*/\* each column \*/\n?(.*?)[ \t]*/\* each column: end \*/\n?`)
	firstColumn   = regexp.MustCompile(`(#lead|#with|\.c|\.w|--o)1\b`)
)

func columnRules(css []byte, n int) []byte { return repeated(css, eachColumn, firstColumn, n) }

// repeated writes out the rules that each finds n times; first finds what has the
// number of the first in them.
func repeated(css []byte, each, first *regexp.Regexp, n int) []byte {
	return each.ReplaceAllFunc(css, func(m []byte) []byte {
		rules := each.FindSubmatch(m)[1]
		var out bytes.Buffer
		for i := range n {
			out.Write(first.ReplaceAll(rules, []byte("${1}"+strconv.Itoa(i+1))))
		}
		return out.Bytes()
	})
}
