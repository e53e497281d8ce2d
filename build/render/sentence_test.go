package render

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/sentence"
	"stele/build/site"
)

// TestSentenceMarkup: a case in testdata/sentences.txtar is a text in two
// languages, whose blocks correspond one to one, and the rows that are written of it.
func TestSentenceMarkup(t *testing.T) {
	t.Parallel()
	const path = "testdata/sentences.txtar"
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: a.Comment}
	for _, f := range a.Files {
		name, ok := strings.CutSuffix(f.Name, ".ru.md")
		if !ok {
			continue
		}
		en := files[name+".en.md"]
		got := rowsHTML(t, true, string(f.Data), en)
		out.Files = append(out.Files, f, txtar.File{Name: name + ".en.md", Data: []byte(en)}, txtar.File{Name: name + ".html", Data: []byte(got)})
		if diff := cmp.Diff(files[name+".html"], got); diff != "" && !*update {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if plain := rowsHTML(t, false, string(f.Data), en); textOf(t, plain) != textOf(t, got) {
			t.Errorf("%s: the text is another with sentences marked:\n%s\n%s", name, plain, got)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// textOf is the text of a page. Elements must nest.
func textOf(t *testing.T, page string) string {
	t.Helper()
	var b strings.Builder
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("not shut: %v", open)
			}
			return strings.NewReplacer("\u00a0", " ", " whole", "").Replace(b.String())
		case html.TextToken:
			b.WriteString(string(z.Text()))
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) != "br" && string(name) != "img" && string(name) != "hr" {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Errorf("</%s> ends %v in %s", name, open, page)
				return ""
			}
			open = open[:len(open)-1]
		}
	}
}

// rowsHTML writes the rows of a text in Russian and English, as the English page
// has them.
func rowsHTML(t *testing.T, marked bool, ru, en string) string {
	t.Helper()
	docs := []*doc.Document{parse("t", "ru", ru), parse("t", "en", en)}
	var matches [][][]glossary.Match
	for _, d := range docs {
		matches = append(matches, fixtureMatches(d))
	}
	s, _ := site.Assemble(site.Input{
		Langs: []site.Lang{languages[0], languages[2]}, Concepts: fixtureConcepts(), Files: []string{"t/seal.png"}, Options: site.Options{Sentences: marked},
		Texts: []site.TextInput{{ID: "t", Docs: docs, Table: table(docs), Matches: matches}},
	})
	r := renderer(t, s)
	text := s.Text("t")
	c := context{r, s.Page(site.ContentsKey(text), 1), r.uis[1], nil}
	if full := s.Page(site.Key{Kind: site.TextFull, Text: "t"}, 1); full != nil {
		c.page = full
	}
	w := &writer{context: c, refs: map[string]bool{}, cards: &cards{}}
	cols := c.columnsOf(text)
	var b bytes.Buffer
	for _, sec := range text.Sections {
		for _, p := range sec.Passages {
			row := c.row(p, cols, w)
			b.WriteString(strings.TrimSpace("row "+row.Number+" "+row.Class) + "\n")
			for _, cell := range row.Cells {
				b.WriteString("  " + string(cell.HTML) + "\n")
			}
		}
	}
	return b.String()
}

// TestManySentences: a passage with more groups than the style sheet has rules is
// marked as a whole, as is one whose ties are doubtful.
func TestManySentences(t *testing.T) {
	t.Parallel()
	many := func(n int) *site.Passage {
		p := &site.Passage{Cells: make([]site.Cell, 2), Ties: &sentence.Ties{}}
		for l := range p.Cells {
			p.Cells[l].Blocks = []*site.Block{{}}
		}
		for range n {
			p.Ties.Groups = append(p.Ties.Groups, sentence.Group{Confidence: 1})
		}
		return p
	}
	on := context{Renderer: &Renderer{site: &site.Site{Options: site.Options{Sentences: true}}}}
	off := context{Renderer: &Renderer{site: &site.Site{}}}
	doubtful, alone := many(2), many(2)
	doubtful.Ties.Groups[1].Confidence = 0.3
	alone.Cells[1].Blocks = nil
	for _, c := range []struct {
		what string
		c    context
		p    *site.Passage
		want marking
	}{
		{"two", on, many(2), sentences},
		{"as many as there are rules for", on, many(mostTies), sentences},
		{"more", on, many(mostTies + 1), passage},
		{"one", on, many(1), passage},
		{"doubtful", on, doubtful, passage},
		{"in one language", on, alone, unmarked},
		{"without ties", on, &site.Passage{}, unmarked},
		{"switched off", off, many(2), unmarked},
	} {
		if got := c.c.markingOf(c.p); got != c.want {
			t.Errorf("%s: marking %d, want %d", c.what, got, c.want)
		}
	}
}
