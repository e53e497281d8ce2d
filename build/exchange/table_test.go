package exchange_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
	"stele/build/exchange"
	"stele/build/intake/word"
	"stele/build/pack"
)

// table makes a table of a text.
func table(t *testing.T, e *build.Edition, text, from, to string, c exchange.Choice) ([]byte, exchange.Sent) {
	t.Helper()
	data, sent, err := e.TranslationTable(e.Site.Text(text), lang(e, from), lang(e, to), c)
	if err != nil {
		t.Fatal(err)
	}
	return data, sent
}

// backTable reads a table and puts it into the text.
func backTable(t *testing.T, e *build.Edition, data []byte) (*exchange.Merge, map[string]string) {
	t.Helper()
	r, err := exchange.ReadTable(data)
	if err != nil {
		t.Fatal(err)
	}
	m, files, err := e.Return(r)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		out[f.Path] = f.Data
	}
	return m, out
}

// document is the main part of a Word file.
func document(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// withDocument is the Word file with another main part.
func withDocument(t *testing.T, data []byte, document string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var files []pack.File
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "word/document.xml" {
			all = []byte(document)
		}
		files = append(files, pack.File{Name: f.Name, Data: all})
	}
	out, err := pack.Zip(files)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTableUntouched: a table that comes back as it was sent changes no byte, of
// any text, in any pair of languages.
func TestTableUntouched(t *testing.T) {
	t.Parallel()
	for name, content := range editions(t) {
		e := load(t, content)
		for _, text := range e.Site.Texts {
			for _, from := range e.Site.Langs {
				for _, to := range e.Site.Langs {
					if from == to {
						continue
					}
					data, sent := table(t, e, text.ID, from.Code, to.Code, exchange.Choice{})
					if again, _ := table(t, e, text.ID, from.Code, to.Code, exchange.Choice{}); !bytes.Equal(data, again) {
						t.Errorf("%s: other bytes the second time", name)
					}
					m, files := backTable(t, e, data)
					if len(files) > 0 || len(m.Refused) > 0 || m.Untouched != sent.Units {
						t.Errorf("%s %s %s-%s: %+v, files %v", name, text.ID, from.Code, to.Code, m, files)
					}
					if n := strings.Count(document(t, data), "1n|"); name == "edition" && n > 0 {
						t.Errorf("%s %s-%s: the looks do not carry the codes of %d units", text.ID, from.Code, to.Code, n)
					}
				}
			}
		}
	}
}

var (
	rowsOf  = regexp.MustCompile(`(?s)<w:tr>.*?</w:tr>`)
	cellsOf = regexp.MustCompile(`(?s)(<w:tc><w:tcPr>.*?</w:tcPr>)(.*?)(</w:tc>)`)
	runsOf  = regexp.MustCompile(`(?s)<w:hyperlink .*?</w:hyperlink>|<w:r>.*?</w:r>`)
	textOf  = regexp.MustCompile(`(?s)(<w:t xml:space="preserve">)(.*?)(</w:t>)`)
	marked  = regexp.MustCompile(`stele-row\|[^|]*\|[^|]*\|[^|]*\|([^|]*)\|.*?\|([0-9]+)\|([0-9]+)\|<`)
)

// recell gives a unit's translation in a table another content.
func recell(t *testing.T, doc, id string, change func(old string) string) string {
	t.Helper()
	found := false
	doc = rowsOf.ReplaceAllStringFunc(doc, func(row string) string {
		m := marked.FindStringSubmatch(row)
		if m == nil || m[1] != id {
			return row
		}
		found = true
		column, _ := strconv.Atoi(m[2])
		n := 0
		return cellsOf.ReplaceAllStringFunc(row, func(cell string) string {
			if n++; n != column {
				return cell
			}
			m := cellsOf.FindStringSubmatch(cell)
			return m[1] + change(m[2]) + m[3]
		})
	})
	if !found {
		t.Fatalf("there is no row for %s", id)
	}
	return doc
}

func run(look, text string) string {
	return `<w:r><w:rPr>` + look + `</w:rPr><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r>`
}

// translations are the translations in a table by unit: each character with its
// look, white space folded, changes accepted, paragraphs joined.
func translations(t *testing.T, data []byte) map[string]string {
	t.Helper()
	rows, refused := word.Rows(data)
	if refused != nil {
		t.Fatal(refused)
	}
	out := map[string]string{}
	for _, r := range rows {
		id, column := "", 0
		for _, c := range r.Cells {
			for _, p := range c {
				for _, x := range p {
					if m := marked.FindStringSubmatch(x.Text + "<"); m != nil {
						id = m[1]
						column, _ = strconv.Atoi(m[2])
					}
				}
			}
		}
		if id == "" {
			continue
		}
		var b strings.Builder
		space := false
		for i, p := range r.Cells[column-1] {
			space = space || i > 0
			for _, x := range p {
				if x.Break {
					b.WriteString("↵")
					space = false
				}
				for _, c := range x.Text {
					if c == ' ' {
						space = true
						continue
					}
					if space && b.Len() > 0 && !strings.HasSuffix(b.String(), "↵") {
						b.WriteByte(' ')
					}
					space = false
					fmt.Fprintf(&b, "%c%d%.1t%s", c, x.Style, x.Mono, x.Link)
				}
			}
		}
		out[id] = b.String()
	}
	return out
}

// TestTableEdits: edits by a script arrive exactly, and nothing else changes:
// words, new sentences, codes moved, tracked changes, cells split in paragraphs,
// rows in another order or taken out.
func TestTableEdits(t *testing.T) {
	t.Parallel()
	kinds, rounds := map[string]int{}, 40
	if testing.Short() {
		rounds = 8
	}
	contents := []fstest.MapFS{edition(t), confirmedAlone(t, rich())}
	before := []*build.Edition{load(t, contents[0]), load(t, contents[1])}
	for round := range rounds {
		rng := rand.New(rand.NewPCG(uint64(round), 7))
		content, e, text, pairs := contents[0], before[0], []string{"strategy", "about"}[round%2], []string{"en ru", "ru zh", "zh en", "en zh"}
		if round%4 > 1 {
			content, e, text, pairs = contents[1], before[1], "odd", []string{"en ru", "ru en"}
		}
		from, to, _ := strings.Cut(pairs[rng.IntN(len(pairs))], " ")
		units, _ := job(e, text, from, to).Units()
		sent, _ := table(t, e, text, from, to, exchange.Choice{})
		doc := document(t, sent)
		changed := map[string]string{}
		for i := range 60 {
			u := units[rng.IntN(len(units))]
			if changed[u.ID] != "" || len(changed) == 6 {
				continue
			}
			kind := (round + len(changed)) % 6
			doc = recell(t, doc, u.ID, func(old string) string {
				at := runsOf.FindStringIndex(old)
				last := strings.LastIndex(old, "</w:p>")
				var runs []string
				if at != nil {
					runs = runsOf.FindAllString(old[at[0]:last], -1)
				}
				plain := func(r string) bool {
					return !regexp.MustCompile(`<w:(b|i|strike|em|hyperlink)\b|Courier|\{`).MatchString(r) && strings.Contains(r, "<w:t ")
				}
				some := slices.IndexFunc(runs, plain)
				joined := strings.Contains(old, "</w:p><w:p>")
				switch {
				case kind == 0 && some >= 0: // a word is another
					now := textOf.ReplaceAllString(runs[some], "${1}слово* $2$3")
					changed[u.ID] = "word"
					return strings.Replace(old, runs[some], now, 1)
				case kind == 1:
					changed[u.ID] = "sentence"
					return old[:last] + run("", ` Новое предложение_с [знаками] <b> &amp; 1. * # | "x" {x} `+"`x`.") + old[last:]
				case kind == 2 && at != nil:
					changed[u.ID] = "beginning"
					return old[:at[0]] + run("", "1. Сначала: ") + old[at[0]:]
				case kind == 3 && len(runs) > 1 && !joined: // what has a look moves to the end
					var first, rest string
					special := false
					for _, r := range runs {
						switch {
						case plain(r) && special:
							rest += run("", " и ")
							special = false
							first += r
						case plain(r):
							first += r
						default:
							rest += r
							special = true
						}
					}
					changed[u.ID] = "moved"
					return old[:at[0]] + first + run("", " — ") + rest + old[last:]
				case kind == 4 && some >= 0: // tracked
					changed[u.ID] = "tracked"
					gone := textOf.ReplaceAllString(run("", "этого нет"), `<w:delText xml:space="preserve">$2</w:delText>`)
					return strings.Replace(old, runs[some], `<w:ins w:id="1" w:author="x">`+runs[some]+run("", " вставка")+`</w:ins><w:del w:id="2" w:author="x">`+gone+`</w:del>`, 1)
				case kind == 5 && some >= 0 && !joined && to != "zh" && strings.Contains(textOf.FindStringSubmatch(runs[some])[2], " "):
					changed[u.ID] = "split"
					m := textOf.FindStringSubmatch(runs[some])
					return strings.Replace(old, runs[some], strings.Replace(runs[some], m[2], strings.Replace(m[2], " ", " новое</w:t></w:r></w:p><w:p></w:p><w:p><w:r><w:t xml:space=\"preserve\">", 1), 1), 1)
				}
				if i < 50 {
					return old
				}
				changed[u.ID] = "end"
				return old[:last] + run("", " конец") + old[last:]
			})
			if changed[u.ID] == "" {
				delete(changed, u.ID)
				continue
			}
			kinds[changed[u.ID]]++
		}
		// A row that was not touched is taken out, the others stand upside down.
		rows := rowsOf.FindAllString(doc, -1)
		out := ""
		for i, r := range rows {
			if m := marked.FindStringSubmatch(r); m != nil && changed[m[1]] == "" && out == "" && i > 3 {
				out = m[1]
				continue
			}
		}
		body := rows[0]
		for _, r := range slices.Backward(rows[1:]) {
			if out == "" || !strings.Contains(r, "|"+out+"|") {
				body += r
			}
		}
		doc = doc[:strings.Index(doc, rows[0])] + body + doc[strings.LastIndex(doc, "</w:tr>")+len("</w:tr>"):]
		data := withDocument(t, sent, doc)
		m, files := backTable(t, e, data)
		if len(m.Refused) > 0 {
			t.Fatalf("round %d, %s-%s: refused %v of %v", round, from, to, refusals(m), changed)
		}
		if m.Untouched != len(units)-len(changed)-1 {
			t.Errorf("round %d: %d untouched of %d, %v changed", round, m.Untouched, len(units), changed)
		}
		if slices.Contains(slices.Collect(maps.Values(changed)), "tracked") != (len(m.Tracked) > 0) {
			t.Errorf("round %d: tracked in %v, %v", round, m.Tracked, changed)
		}
		after := load(t, apply(content, files))
		again, _ := table(t, after, text, from, to, exchange.Choice{})
		got, want, was := translations(t, again), translations(t, data), translations(t, sent)
		for _, u := range units {
			w := was[u.ID]
			if changed[u.ID] != "" {
				w = want[u.ID]
			}
			if got[u.ID] != w {
				t.Errorf("round %d, %s-%s, %s (%s): got\n%q\nwant\n%q", round, from, to, u.ID, changed[u.ID], got[u.ID], w)
			}
		}
		for p := range content {
			if data, ok := files[p]; ok && path.Ext(p) == ".md" && p != text+"/"+to+".md" {
				t.Errorf("%s was written too: %s", p, data)
			}
		}
	}
	for _, kind := range []string{"word", "sentence", "beginning", "moved", "tracked", "split"} {
		if kinds[kind] < rounds/2 {
			t.Errorf("too few edits of a kind: %v", kinds)
		}
	}
}
