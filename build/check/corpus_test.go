package check_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build/diag"
	"stele/build/diagtest"
)

// sentence is an entry of the corpus: a passage in several languages and what is
// right to find in it.
type sentence struct {
	place string // file:line
	langs []string
	texts map[string]string
	right []claim
}

// claim is a finding: the rule, the language and the words at its place.
type claim struct{ code, lang, words string }

// atStart stands for the beginning of the passage.
const atStart = "^"

func (c claim) String() string { return fmt.Sprintf("%s %s@%s", c.code, c.lang, c.words) }

// corpus reads the entries of a file.
func corpus(t testing.TB, file string) []*sentence {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []*sentence
	var base *sentence // the entry that "but" varies
	last := ""         // the language of the last line
	open := false
	for i, line := range strings.Split(string(data), "\n") {
		place := fmt.Sprintf("%s:%d", filepath.Base(file), i+1)
		lang, text, _ := strings.Cut(line, ": ")
		switch {
		case line == "":
			open = false
		case line[0] == '#':
		case strings.HasPrefix(line, "    ") && open:
			base.texts[last] += "\n" + line[4:]
		case strings.HasPrefix(line, "=> ") && open:
			var c claim
			c.code, text, _ = strings.Cut(line[len("=> "):], " ")
			c.lang, c.words, _ = strings.Cut(text, "@")
			base.right = append(base.right, c)
		case strings.HasPrefix(line, "but ") && base != nil:
			out = append(out, variant(t, place, base, strings.TrimPrefix(lang, "but "), text))
		case len(lang) == 2:
			if !open {
				base = &sentence{place: place, texts: map[string]string{}}
				out = append(out, base)
				open = true
			}
			base.langs, base.texts[lang], last = append(base.langs, lang), text, lang
		default:
			t.Fatalf("%s: not a line of the corpus: %s", place, line)
		}
	}
	return out
}

// variant is the entry with words of a language replaced, as "old -> new => rule @words" says.
func variant(t testing.TB, place string, base *sentence, lang, change string) *sentence {
	t.Helper()
	words, finding, found := strings.Cut(change, " => ")
	old, with, ok := strings.Cut(words, " -> ")
	if !ok || !strings.Contains(base.texts[lang], old) {
		t.Fatalf("%s: %s has no %q", place, lang, old)
	}
	s := &sentence{place: place, langs: base.langs, texts: maps.Clone(base.texts)}
	s.texts[lang] = strings.Replace(s.texts[lang], old, with, 1)
	if found {
		code, where, elsewhere := strings.Cut(finding, " @")
		if !elsewhere {
			where = s.texts[lang][strings.Index(base.texts[lang], old):]
		}
		s.right = []claim{{code, lang, where}}
	}
	return s
}

// content is the entry as a content folder.
func (s *sentence) content() fstest.MapFS {
	site := "title: Text\nlanguages:\n"
	fs := fstest.MapFS{}
	for i, l := range s.langs {
		site += "  - lang: " + l + "\n"
		status := "working-translation"
		if i == 0 {
			status = "authentic"
		}
		text := s.texts[l] + "\n"
		if strings.Contains(text, "[^1]") && !strings.Contains(text, "[^1]:") {
			text += "\n[^1]: " + map[string]string{"ru": "Примечание.", "zh": "注释。", "en": "The note."}[l] + "\n"
		}
		fs["t/"+l+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: T\nstatus: " + status + "\n---\n" + text)}
	}
	fs["t/map.png"] = &fstest.MapFile{Data: []byte("\x89PNG")}
	fs["site.yaml"] = &fstest.MapFile{Data: []byte(site)}
	return fs
}

// says reports whether the finding is the one claimed.
func (s *sentence) says(d diag.Diagnostic, c claim) bool {
	if string(d.Code) != c.code || d.Pos.Path != "t/"+c.lang+".md" {
		return false
	}
	line, rest := s.at(d)
	if c.words == atStart {
		return line == 1 && rest == strings.Split(s.texts[c.lang], "\n")[0]
	}
	return strings.HasPrefix(rest, strings.Split(c.words, "\n")[0])
}

// at is the line of the entry that the finding stands in, and its words from there.
func (s *sentence) at(d diag.Diagnostic) (line int, rest string) {
	const before = 4 // lines of front matter
	lang := strings.TrimSuffix(strings.TrimPrefix(d.Pos.Path, "t/"), ".md")
	lines := strings.Split(s.texts[lang], "\n")
	line = d.Pos.Line - before
	if line < 1 || line > len(lines) {
		return line, ""
	}
	r := []rune(lines[line-1])
	return line, string(r[min(max(d.Pos.Col-1, 0), len(r)):])
}

// repeatedWord is held to the corpus where it is a note, too.
const repeatedWord = "repeated-word"

// tally counts what a rule found.
type tally struct{ right, wrong, missed int }

func (c tally) precision() float64 { return ratio(c.right, c.right+c.wrong) }
func (c tally) recall() float64    { return ratio(c.right, c.right+c.missed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// unsaid are findings that an entry without a record, a glossary or a second text
// cannot avoid.
var unsaid = []diag.Code{"not-recorded", "unconfirmed", "missing-version", "abbreviation-unexplained", "unknown-language", "missing-language", "length-ratio"}

// TestCorpus holds each rule to precision and recall on sentences of diplomatic
// and legal prose, right ones and such with a true difference.
func TestCorpus(t *testing.T) {
	t.Parallel()
	const least = .98
	files, err := filepath.Glob("testdata/corpus/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	rules := map[string]*tally{}
	of := func(code string) *tally {
		if rules[code] == nil {
			rules[code] = &tally{}
		}
		return rules[code]
	}
	entries, clean := 0, 0
	for _, file := range files {
		for _, s := range corpus(t, file) {
			entries++
			if len(s.right) == 0 {
				clean++
			}
			found := findings(t, s.content())
			claimed := slices.Clone(s.right)
			for _, d := range found {
				if slices.Contains(unsaid, d.Code) || d.Severity == diag.Note && d.Code != repeatedWord {
					continue
				}
				i := slices.IndexFunc(claimed, func(c claim) bool { return s.says(d, c) })
				if i >= 0 {
					of(claimed[i].code).right++
					claimed = slices.Delete(claimed, i, i+1)
					continue
				}
				of(string(d.Code)).wrong++
				_, rest := s.at(d)
				t.Logf("%s: false: %s at %q: %s", s.place, d.Pos, rest, d.Text(diagtest.English()))
			}
			for _, c := range claimed {
				of(c.code).missed++
				t.Logf("%s: missed: %s", s.place, c)
			}
		}
	}
	t.Logf("%d entries, %d of them right", entries, clean)
	for _, code := range slices.Sorted(maps.Keys(rules)) {
		c := rules[code]
		t.Logf("%-24s %3d right %3d false %3d missed: precision %.3f, recall %.3f", code, c.right, c.wrong, c.missed, c.precision(), c.recall())
		if c.precision() < least || c.recall() < least {
			t.Errorf("%s: precision %.3f, recall %.3f, want %.2f", code, c.precision(), c.recall(), least)
		}
	}
}
