package site_test

import (
	"flag"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/diagtest"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// TestAssemble compares what is made of the files of each archive in testdata
// with its part "want".
func TestAssemble(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("testdata/*.txtar")
	if len(files) < 3 {
		t.Fatalf("%d goldens only", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
			got := dump(site.Assemble(input(t, a)))
			if *update {
				a.Files[i].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(a.Files[i].Data), got); diff != "" {
				t.Errorf("the site differs (-want +got):\n%s", diff)
			}
		})
	}
}

// input parses the archive's files as a content folder.
func input(t testing.TB, a *txtar.Archive) site.Input {
	t.Helper()
	in := site.Input{Langs: []site.Lang{{Code: "ru", Tag: "ru", Name: "Русский"}, {Code: "en", Tag: "en", Name: "English"}}}
	docs := map[string]map[string]*doc.Document{}
	for _, f := range a.Files {
		dir, base := path.Split(f.Name)
		dir = strings.TrimSuffix(dir, "/")
		switch {
		case f.Name == "want":
		case strings.HasPrefix(f.Name, "glossary/"):
			c, d := glossary.Parse(f.Name, string(f.Data))
			if c == nil || d.HasErrors() {
				t.Fatalf("%s: %v", f.Name, d)
			}
			in.Concepts = append(in.Concepts, c)
		case path.Ext(base) == ".md":
			lang := strings.TrimSuffix(base, ".md")
			d, list := markdown.Parse(source.File{Path: f.Name, Text: dir, Lang: lang, Tag: lang, Data: string(f.Data)})
			if list.HasErrors() {
				t.Fatalf("%s: %v", f.Name, list)
			}
			if docs[dir] == nil {
				docs[dir] = map[string]*doc.Document{}
			}
			docs[dir][lang] = d
		default:
			in.Files = append(in.Files, f.Name)
		}
	}
	for dir, versions := range docs {
		text := site.TextInput{ID: dir}
		var inputs []align.Input
		for _, l := range in.Langs {
			d := versions[l.Code]
			if d == nil {
				continue
			}
			m := glossary.MatcherOf(in.Concepts, l.Code)
			var found [][]glossary.Match
			for i := range d.Blocks {
				found = append(found, m.Find(d.Blocks[i].Text))
			}
			text.Docs, text.Matches = append(text.Docs, d), append(text.Matches, found)
			inputs = append(inputs, align.Input{Doc: d})
		}
		text.Table = record.Reconcile(inputs, nil)
		in.Texts = append(in.Texts, text)
	}
	return in
}

// dump writes a site for people to read.
func dump(s *site.Site, diags diag.List) string {
	var b strings.Builder
	for _, t := range s.Texts {
		fmt.Fprintf(&b, "text %s at %s, layout %s\n", t.ID, t.Slug, t.Layout)
		for _, sec := range t.Sections {
			units := make([]int, len(s.Langs))
			for l := range units {
				units[l] = sec.Units(l)
			}
			fmt.Fprintf(&b, " section %s %s %v at %s, units %v\n", sec.Number, []string{"headed", "preamble", "closing", "part"}[sec.Role], sec.Titles, sec.Slug, units)
			for _, p := range sec.Passages {
				fmt.Fprintf(&b, "  %s", p.Number)
				if p.Opens {
					b.WriteString(" opens")
				}
				b.WriteString("\n")
				for l, c := range p.Cells {
					for _, block := range c.Blocks {
						fmt.Fprintf(&b, "   %s %q", s.Langs[l].Code, block.Text)
						for _, term := range block.Terms {
							fmt.Fprintf(&b, " [%s %q", term.Concept, block.Text[term.Start:term.End])
							if term.Linked {
								b.WriteString(" linked")
							}
							b.WriteString("]")
						}
						for _, to := range s.Links(block) {
							fmt.Fprintf(&b, " -> %s", where(s, to))
						}
						b.WriteString("\n")
					}
				}
			}
		}
	}
	for _, c := range s.Concepts {
		fmt.Fprintf(&b, "concept %s:", c.ID)
		for _, o := range s.Occurrences(c) {
			fmt.Fprintf(&b, " %s/%s %v", o.Passage.Section.Text.ID, o.Passage.Number, o.Uses)
		}
		b.WriteString("\n")
	}
	for _, p := range s.Pages {
		fmt.Fprintf(&b, "page %s\n", p.Path)
	}
	for _, f := range s.Files {
		fmt.Fprintf(&b, "file %s from %s\n", f.Path, f.From)
	}
	b.WriteString(diagtest.Text(diags.Sorted()))
	return b.String()
}

func where(s *site.Site, to site.Target) string {
	switch {
	case to.URL != "":
		return to.URL
	case to.File != "":
		return to.File
	}
	if p := s.Page(to.Page, 0); p != nil && p.Kind != site.Choice {
		return p.Path + "#" + to.Fragment
	}
	return "nowhere"
}

func TestRel(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, want string }{
		{"index.html", "ru/index.html", "ru/index.html"},
		{"ru/index.html", "index.html", "../index.html"},
		{"ru/a/b.html", "ru/a/c.html", "c.html"},
		{"ru/a/b.html", "zh/a/b.html", "../../zh/a/b.html"},
		{"ru/a.html", "ru/a.html", "a.html"},
		{"ru/a.html", "ru/б ?#%.html", "%D0%B1%20%3F%23%25.html"},
		{"ru/a.html", "ru/a:b.html", "./a:b.html"},
	} {
		if got := site.Rel(c.from, c.to); got != c.want {
			t.Errorf("Rel(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// TestRelLeads: the reference leads from the one to the other, also for browsers.
func TestRelLeads(t *testing.T) {
	t.Parallel()
	path := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.StringOfN(rapid.SampledFrom([]rune("ab:б ?#%.~")), 1, 3, -1), 1, 4).Draw(t, "segments"), "/")
	}).Filter(func(p string) bool { return fs.ValidPath(p) && p != "." })
	rapid.Check(t, func(t *rapid.T) {
		from, to := path.Draw(t, "from"), path.Draw(t, "to")
		rel := site.Rel(from, to)
		at, err := (&url.URL{Scheme: "https", Host: "h", Path: "/" + from}).Parse(rel)
		if err != nil || at.Host != "h" || at.Path != "/"+to || at.RawQuery != "" || at.Fragment != "" {
			t.Fatalf("Rel(%q, %q) = %q, which leads to %v, %v", from, to, rel, at, err)
		}
	})
}

func TestAlphabet(t *testing.T) {
	t.Parallel()
	var concepts []*glossary.Concept
	for i, names := range [][2]string{{"重庆", "Щит"}, {"上海", "ёлка"}, {"安全", "Ель"}, {"长期", "Азия"}, {"“一带”", "«Якорь»"}, {"2025年", "2025"}} {
		c := &glossary.Concept{ID: fmt.Sprint(i), Names: map[string][]glossary.Name{
			"zh": {{Text: names[0], Status: glossary.Preferred}}, "ru": {{Text: names[1], Status: glossary.Preferred}},
		}}
		if i == 0 {
			c.Sort = map[string]string{"zh": "chongqing"}
		}
		if i == 3 {
			c.Sort = map[string]string{"zh": "changqi"}
		}
		concepts = append(concepts, c)
	}
	s, _ := site.Assemble(site.Input{Langs: []site.Lang{{Code: "zh", Tag: "zh-Hans"}, {Code: "ru", Tag: "ru"}}, Concepts: concepts})
	for lang, want := range []string{"# 2025年; A 安全; C 长期 重庆; S 上海; Y “一带”", "# 2025; А Азия; Е ёлка Ель; Щ Щит; Я «Якорь»"} {
		var groups []string
		for _, g := range s.Alphabet(s.Concepts, lang) {
			line := g.Letter
			for _, c := range g.Concepts {
				line += " " + s.Name(c, lang)
			}
			groups = append(groups, line)
		}
		if got := strings.Join(groups, "; "); got != want {
			t.Errorf("language %d: %q, want %q", lang, got, want)
		}
	}
}

// TestManyDeadLinks: a proposal is looked for among all files, so not for every
// link; a text of 30,000 dead links beside 3,000 files took a minute.
func TestManyDeadLinks(t *testing.T) {
	t.Parallel()
	var md strings.Builder
	const n = 20_000
	for i := range n {
		fmt.Fprintf(&md, "- [a](map%d.pn)\n", i)
	}
	in := input(t, &txtar.Archive{Files: []txtar.File{{Name: "a/ru.md", Data: []byte(md.String())}}})
	for i := range 20_000 {
		in.Files = append(in.Files, fmt.Sprintf("a/map%d.png", i))
	}
	slices.Sort(in.Files)
	start := time.Now()
	_, diags := site.Assemble(in)
	if got := diags.Count(diag.Error); got != n {
		t.Errorf("%d errors, want %d", got, n)
	}
	if !strings.Contains(diagtest.Text(diags[:1]), `is "a/map0.png" meant?`) {
		t.Errorf("no proposal in %v", diags[0])
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("%d links took %v", n, took)
	}
}

// TestFollowed: a language of the site that a text does not have is not waited
// for.
func TestFollowed(t *testing.T) {
	t.Parallel()
	d := &doc.Document{Path: "a/ru.md", Lang: "ru", Blocks: []doc.Block{{Kind: doc.Heading, Level: 2, Text: "Раз"}, {Text: "Слова."}}}
	versions := []align.Input{{Doc: d}}
	fresh := record.Reconcile(versions, nil)
	rec := record.New(fresh, []*doc.Document{d}, nil)
	followed := func() float64 {
		table := record.Reconcile(versions, rec)
		text, _ := site.Cut([]site.Lang{{Code: "ru", Tag: "ru"}, {Code: "en", Tag: "en"}}, nil, site.TextInput{ID: "a", Docs: []*doc.Document{d}, Table: table})
		return text.Sections[0].Followed
	}
	rec.Confirm("1")
	if got := followed(); got != 0.5 {
		t.Errorf("one of two passages confirmed: followed %v, want 0.5", got)
	}
	rec.Confirm("1.1")
	if got := followed(); got != 1 {
		t.Errorf("all confirmed: followed %v, want 1", got)
	}
}
