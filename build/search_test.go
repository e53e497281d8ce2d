package build_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf16"

	"github.com/chromedp/chromedp"

	"stele/build"
	"stele/build/lang"
	"stele/build/search"
	"stele/build/site"
)

// found are the numbers of a text's passages that a query finds.
func found(e *build.Edition, query, page, text string) []string {
	var out []string
	for _, p := range e.Search(query, langOf(e.Site, page)).Passages {
		if p.Section.Text.ID == text {
			out = append(out, p.Number)
		}
	}
	return out
}

func langOf(s *site.Site, code string) int {
	return slices.IndexFunc(s.Langs, func(l site.Lang) bool { return l.Code == code })
}

// names are all names of a concept in a language, and the forms of them that
// stand in the texts.
func names(s *site.Site, c *site.Concept, lang string) []string {
	var out []string
	for _, n := range c.Names[lang] {
		out = append(append(out, n.Text), n.Forms...)
	}
	l := langOf(s, lang)
	for _, o := range s.Occurrences(c) {
		for _, b := range o.Passage.Cells[l].Blocks {
			for _, t := range b.Terms {
				if t.Concept == c.ID {
					out = append(out, b.Text[t.Start:t.End])
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestSearchFindsConcepts: every name of every concept, in every form that the
// texts have, finds every passage that a reader says names it in any language.
func TestSearchFindsConcepts(t *testing.T) {
	t.Parallel()
	e, found0, err := build.New(build.Inputs{Content: os.DirFS("../content")}).Load(t.Context())
	if err != nil || found0.HasErrors() {
		t.Fatal(err, found0)
	}
	s := e.Site
	text := s.Text(concordanceText)
	want := map[string]map[string]bool{}
	for n := range readConcordance(t, s, text) {
		if want[n.concept] == nil {
			want[n.concept] = map[string]bool{}
		}
		want[n.concept][n.passage] = true
	}
	queries := 0
	for _, c := range s.Concepts {
		for _, l := range s.Langs {
			for _, name := range names(s, c, l.Code) {
				queries++
				got := found(e, name, l.Code, concordanceText)
				for _, p := range slices.Sorted(maps.Keys(want[c.ID])) {
					if !slices.Contains(got, p) {
						t.Errorf("%s, %s: %q does not find %s", c.ID, l.Code, name, p)
					}
				}
			}
		}
	}
	t.Logf("%d concepts, %d names and forms", len(s.Concepts), queries)
}

// TestSearchScript holds the script of the theme to the Go code: the same words
// of the edition and of others, the same stems, the same hits.
func TestSearchScript(t *testing.T) {
	r := open(t, 1280, 900)
	r.visit("ru/search.html")
	r.await(`globalThis.steleSearch !== undefined`)
	for family := range strings.SplitSeq(search.Irregular, "|") {
		words := strings.Fields(family)
		want := make([]string, len(words))
		for i, w := range words {
			want[i] = lang.Of("en").Stem(w)
		}
		slices.Sort(want)
		want = slices.Compact(want)
		for _, w := range words {
			if got := ask[[]string](r, fmt.Sprintf("steleFind.keys('en', %q).sort()", w)); !slices.Equal(got, want) {
				t.Errorf("the script looks %q up by %q, want %q", w, got, want)
			}
		}
	}
	for number, want := range map[string]string{"1,000": "1000", "1.000": "1000", "1,500": "1500 1.5", "1,000,000": "1000000", "1.5": "1.5"} { // as search.TestQueryValues has them
		if got := ask[string](r, fmt.Sprintf("steleFind.values(steleFind.tokens(%q), %q, {})[0][2].join(' ')", number, number)); got != want {
			t.Errorf("the script reads %s as %q, want %q", number, got, want)
		}
	}
	for _, tag := range []string{"ru", "en"} {
		words, edition := wordsOf(t, tag)
		list, err := json.Marshal(words)
		if err != nil {
			t.Fatal(err)
		}
		got := ask[[]string](r, fmt.Sprintf("%s.map(w => steleFind.stems.%s(w))", list, tag))
		bad := 0
		for i, w := range words {
			if stem := lang.Of(tag).Stem(w); got[i] != stem && bad < 20 {
				bad++
				t.Errorf("%s: %q: the script's stem is %q, want %q", tag, w, got[i], stem)
			}
		}
		t.Logf("%s: %d words of the edition and %d others", tag, edition, len(words)-edition)
		if len(words)-edition < 10_000 {
			t.Errorf("%s: looked at %d words only", tag, len(words))
		}
	}
}

// TestSearchScriptCuts: the script cuts texts into the same words as Go, whatever
// they are made of.
func TestSearchScriptCuts(t *testing.T) {
	r := open(t, 1280, 900)
	r.visit("ru/search.html")
	r.await(`globalThis.steleSearch !== undefined`)
	var texts []string
	var b strings.Builder
	for c := rune(1); c < 0x30000; c++ {
		if c >= 0xD800 && c < 0xE000 || !assigned(c) || c%97 > 0 && unicode.In(c, unicode.Han, unicode.Hangul, unicode.Yi) {
			continue
		}
		fmt.Fprintf(&b, "a%cb %c\u0301 %c%c", c, c, c, c)
		if b.Len() > 8000 {
			texts = append(texts, b.String())
			b.Reset()
		}
	}
	texts = append(texts, b.String(), "Ёлка ёлки за́мок наи\u0306лучший СОВЕТ", "ＡＳＥＡＮ２０１５年 “上海精神”、务实·合作", "don’t l'eau O‘zbek İstanbul ΣΊΣΥΦΟΣ", "государств\u00ADчленов государств‑членов мир — труд", "٣ ४ ๙ 三", "می\u200cخواهم كتــاب", "<script>__proto__ constructor</script>")
	for _, text := range texts {
		data, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		got := ask[[]string](r, fmt.Sprintf(`steleFind.tokens(%s).map(t => [t.f, +t.c, t.g, t.s, t.e].join(' '))`, data))
		var want []string
		for _, w := range search.Words(text) {
			char := 0
			if w.Char {
				char = 1
			}
			want = append(want, fmt.Sprintf("%s %d %d %d %d", w.Form, char, w.Gap, len(utf16.Encode([]rune(text[:w.Start]))), len(utf16.Encode([]rune(text[:w.End])))))
		}
		if i := firstDifference(got, want); i >= 0 {
			t.Errorf("word %d of %.60q…\n got %v\nwant %v", i, text, got[i:min(i+3, len(got))], want[i:min(i+3, len(want))])
		}
	}
}

// assigned leaves out what versions of Unicode differ in.
func assigned(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z)
}

// twelve is a site whose texts are too long to be read through: the Strategy a
// dozen times, each time without some of its paragraphs.
func twelve(t *testing.T) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	for _, name := range glob(t, "../content/glossary/*/*.yaml") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimPrefix(filepath.ToSlash(name), "../content/")] = &fstest.MapFile{Data: data}
	}
	for _, lang := range []string{"ru", "zh", "en"} {
		data, err := os.ReadFile("../content/strategy/" + lang + ".md")
		if err != nil {
			t.Fatal(err)
		}
		blocks := strings.Split(string(data), "\n\n")
		for i := range 12 {
			var b strings.Builder
			for n, block := range blocks {
				if n < 2 || strings.HasPrefix(block, "#") || (n*7+i)%3 != 0 {
					b.WriteString(block + "\n\n")
				}
			}
			out[fmt.Sprintf("s%02d/%s.md", i, lang)] = &fstest.MapFile{Data: []byte(b.String())}
		}
	}
	return out
}

// TestSearchIndex: on a site with an index of its texts, the script finds what
// Go finds by reading them through.
func TestSearchIndex(t *testing.T) {
	chromium := chromiumOf(t)
	e, out := made(t, build.Inputs{Content: twelve(t)})
	for _, lang := range []string{"ru", "zh", "en"} {
		if filesOf(out, "search/"+lang+"/p") < 2 {
			t.Fatalf("%s has no index", lang)
		}
	}
	r := openOn(t, chromium, out, 1280, 900)
	r.visit("ru/search.html")
	r.await(`globalThis.steleSearch !== undefined`)
	queries := append(readQueries(t, "search.tsv"), readQueries(t, "search-second.tsv")...)
	for _, q := range []string{"РАТС Секретариат", "ШОС", "о", "法", "的", "RATS", "“地区反恐怖机构”", "безопаснос", "государства члены ООН", "мир, труд", "__proto__", "constructor", "<script>", "((((", "", "12"} {
		queries = append(queries, asked{lang: "ru", query: q})
	}
	for i, got := range r.answers(queries) {
		var want []string
		for _, p := range e.Search(queries[i].query, langOf(e.Site, queries[i].lang)).Passages {
			want = append(want, p.Section.Text.Slug+" "+p.Number)
		}
		if !slices.Equal(got.Hits, want) {
			t.Errorf("%s %q: the script finds %d passages, Go %d\n got %.300v\nwant %.300v", queries[i].lang, queries[i].query, len(got.Hits), len(want), got.Hits, want)
		}
		best := slices.Clone(got.Best)
		slices.Sort(best)
		sorted := slices.Clone(got.Hits)
		slices.Sort(sorted)
		if !slices.Equal(best, sorted) {
			t.Errorf("%q: by weight there are %d passages, in reading order %d", queries[i].query, len(best), len(sorted))
		}
	}
}

// filesOf is how many files there are whose paths begin so.
func filesOf(out map[string][]byte, begin string) int {
	n := 0
	for path := range out {
		if strings.HasPrefix(path, begin) {
			n++
		}
	}
	return n
}

// wordsOf are the words of the edition and of the aligner's lexicon in the
// script of a language, and what comes of them with the language's endings.
func wordsOf(t *testing.T, tag string) (words []string, edition int) {
	t.Helper()
	letters, endings := regexp.MustCompile(`[а-яё]+`), strings.Fields("ость остью ейший ейшего нный нная ивший вшись ывшись ющий ющаяся уется ается ить ешь ила ого ями ией ьями ее ою ь и нн ейш")
	if tag == "en" {
		letters, endings = regexp.MustCompile(`[a-z]+`), strings.Fields("s es ies ied ed eed edly ing ingly ly li ment ement ness fulness ousness ation ational ization izer ator alism aliti iviti biliti ogi y yed able ible ance ence e l ll tt")
	}
	seen := map[string]bool{}
	take := func(pattern string) {
		for _, name := range glob(t, pattern) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range letters.FindAllString(strings.ToLower(string(data)), -1) {
				seen[strings.ReplaceAll(w, "ё", "е")] = true
			}
		}
	}
	take("../content/*/*.md")
	take("../content/glossary/*/*.yaml")
	edition = len(seen)
	take("align/lexicon/*.txt")
	words = slices.Sorted(maps.Keys(seen))
	for i, w := range words[:len(words):len(words)] {
		for k := range 3 {
			words = append(words, w+endings[(i+k*7)%len(endings)])
		}
	}
	return words, edition
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.FromSlash(pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v, %v", pattern, names, err)
	}
	return names
}

// asked is a query with what a reader expects of it.
type asked struct {
	line              int
	lang, kind, query string
	want              []string
}

func readQueries(t *testing.T, name string) []asked {
	t.Helper()
	var out []asked
	for _, r := range readTable(t, "testdata/"+name, "language", "kind", "query", "passages") {
		out = append(out, asked{r.line, r.cells[0], r.cells[1], r.cells[2], strings.Fields(strings.TrimPrefix(r.cells[3], "-"))})
	}
	return out
}

// answered is what the script finds: passages of all texts, in reading order
// and the best first.
type answered struct {
	Hits, Best []string
	Changed    int
}

// askAll asks the script all queries, each on a page in its language. The
// passages are named by text and number.
const askAll = `(async (queries) => {
	const load = name => new Promise((done, fail) => {
		const before = globalThis.steleIndex, script = document.createElement('script');
		globalThis.steleIndex = (n, payload) => { done(payload); };
		script.onerror = fail;
		script.onload = () => script.remove();
		script.src = '../search/%s' + name + '.js';
		document.head.append(script);
	});
	let chain = Promise.resolve(); // one file after another, as there is one function
	const x = await steleSearch.open(name => (chain = chain.then(() => load(name))));
	const out = [];
	for (const [lang, query] of queries) {
		const r = await x.search(query, { page: lang });
		const name = async p => { const l = x.langs.find(l => l.code === lang); await x.bring(l, p); const at = x.place(l, p); return x.texts[at.text].slug + ' ' + at.passage; };
		const list = async all => { const names = []; for (const p of all) if (await x.confirm(r, p)) names.push(await name(p)); return names; };
		out.push({ Hits: await list(r.hits), Best: await list(await x.weighed(r)), Changed: r.changed.length });
	}
	return out;
})(%s)`

func (r *reader) answers(queries []asked) []answered {
	r.t.Helper()
	return r.answersOf("", queries)
}

// answersOf are the answers of the index in a folder of the site's.
func (r *reader) answersOf(folder string, queries []asked) []answered {
	r.t.Helper()
	list := make([][2]string, len(queries))
	for i, q := range queries {
		list[i] = [2]string{q.lang, q.query}
	}
	data, err := json.Marshal(list)
	if err != nil {
		r.t.Fatal(err)
	}
	v, err := chromedp.Run(r.ctx, chromedp.Evaluate[[]answered](fmt.Sprintf(askAll, folder, data), chromedp.EvalAwaitPromise))
	if err != nil {
		r.t.Fatal(err)
	}
	return v
}

// TestSearchQueries judges the search, as the script does it, by queries written
// from the texts: those that it was made with, and those that were written after.
func TestSearchQueries(t *testing.T) {
	for _, name := range []string{"search.tsv", "search-second.tsv", "search-blind.tsv"} {
		t.Run(name, func(t *testing.T) { judge(t, name) })
	}
}

func judge(t *testing.T, name string) {
	queries := readQueries(t, name)
	r := open(t, 1280, 900)
	r.visit("ru/search.html")
	r.await(`globalThis.steleSearch !== undefined`)
	got := r.answers(queries)
	type figures struct {
		n, relevant, found, hits int
		ranks                    float64
	}
	sums := map[string]*figures{}
	for i, q := range queries {
		var hits, best []string
		for _, h := range got[i].Hits {
			if n, ok := strings.CutPrefix(h, concordanceText+" "); ok {
				hits = append(hits, n)
			}
		}
		for _, h := range got[i].Best {
			if n, ok := strings.CutPrefix(h, concordanceText+" "); ok {
				best = append(best, n)
			}
		}
		both := 0
		for _, p := range q.want {
			if slices.Contains(hits, p) {
				both++
			}
		}
		rank := 0.0
		if first := slices.IndexFunc(best, func(p string) bool { return slices.Contains(q.want, p) }); first >= 0 {
			rank = 1 / float64(1+first)
		} else if len(q.want) == 0 && len(hits) == 0 {
			rank = 1
		}
		if !slices.Equal(hits, q.want) {
			t.Logf("%s:%d: %s %q\n got %v\nwant %v", name, q.line, q.lang, q.query, hits, q.want)
		}
		for _, key := range []string{q.lang, q.kind} {
			f := sums[key]
			if f == nil {
				f = &figures{}
				sums[key] = f
			}
			f.n++
			f.relevant += len(q.want)
			f.found += both
			f.hits += len(hits)
			f.ranks += rank
		}
	}
	for _, key := range slices.Sorted(maps.Keys(sums)) {
		f := sums[key]
		recall, precision := 1.0, 1.0
		if f.relevant > 0 {
			recall = float64(f.found) / float64(f.relevant)
		}
		if f.hits > 0 {
			precision = float64(f.found) / float64(f.hits)
		}
		mrr := f.ranks / float64(f.n)
		t.Logf("%-6s %3d queries: recall %.4f, precision %.4f, MRR %.4f", key, f.n, recall, precision, mrr)
		lang := len(key) == 2
		if lang && (recall < .99 || mrr < .9) || (key == "zh" || key == "phrase" || key == "part") && precision < .99 {
			t.Errorf("%s: recall %.4f, precision %.4f, MRR %.4f: want .99, of Chinese and phrases .99, and .9", key, recall, precision, mrr)
		}
	}
}
