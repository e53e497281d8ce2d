package exchange_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

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
				if x.Hidden {
					continue
				}
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

// TestTableDamage: every kind of damage is refused with the passage's number, and
// what else came back is put in.
func TestTableDamage(t *testing.T) {
	t.Parallel()
	e := load(t, rich())
	sent, _ := table(t, e, "odd", "en", "ru", exchange.Choice{})
	clean := document(t, sent)
	const bold = "<w:b/><w:bCs/>"
	in := func(id, old, now string) func(doc string) string {
		return func(doc string) string {
			return recell(t, doc, id, func(cell string) string {
				if !strings.Contains(cell, old) {
					t.Fatalf("no %s in\n%s", old, cell)
				}
				return strings.Replace(cell, old, now, 1)
			})
		}
	}
	row := func(id string, change func(row string) string) func(doc string) string {
		return func(doc string) string {
			return rowsOf.ReplaceAllStringFunc(doc, func(r string) string {
				if strings.Contains(r, "|"+id+"|") {
					return change(r)
				}
				return r
			})
		}
	}
	added := func(id, runs string) func(doc string) string { return in(id, "</w:p>", runs+"</w:p>") }
	for name, c := range map[string]struct {
		damage        func(doc string) string
		passage, want string
	}{
		"bold lost":       {in("p1.2", bold, ""), "1.2", "(bold) is gone"},
		"a link lost":     {in("p0.1", ` w:anchor="stele-1"`, ""), "0.1", "(link ru.md#2) is gone"},
		"a note lost":     {in("p0.1", "{5}", ""), "0.1", "is gone"},
		"a note doubled":  {in("p0.1", "{5}", "{5}{5}"), "0.1", "twice"},
		"unknown":         {in("p0.1", "{5}", "{5}{99}"), "0.1", "there is no code 99"},
		"end lost":        {in("p1.10", "{/3}", ""), "1.10", "lost its beginning or its end"},
		"beginning lost":  {in("p1.10", "{3}", ""), "1.10", "out of order"},
		"order":           {in("p1.10", "{3}другое{/3}", "{/3}другое{3}"), "1.10", "out of order"},
		"code rewritten":  {in("p0.1", ">code<", ">kode<"), "0.1", "the code code kode does not belong"},
		"bold added":      {added("p1.1", run(bold, " жирно")), "1.1", "the code bold does not belong"},
		"italics doubled": {added("p0.1", run("<w:i/>", " ещё")), "0.1", "the code italic does not belong"},
		"a line added":    {added("p1.1", "<w:r><w:br/><w:t>ниже</w:t></w:r>"), "1.1", "the code break does not belong"},
		"a link added":    {added("p1.1", `<w:hyperlink w:anchor="x">`+run("", "ссылка")+`</w:hyperlink>`), "1.1", "the code link #x does not belong"},
		"a footnote":      {added("p1.1", `<w:r><w:footnoteReference w:id="1"/></w:r>`), "1.1", "a footnote of its own"},
		"a picture":       {added("p1.1", `<w:r><w:drawing/></w:r>`), "1.1", "a picture"},
		"a bidi override": {in("p1.1", "первое", "пер\u202eвое"), "1.1", "cannot stand in a text"},
		"a row twice":     {row("p1.1", func(r string) string { return r + r }), "1.1", "stands in the file twice"},
		"no number":       {row("p1.1", func(r string) string { return marked.ReplaceAllString(r, "<") }), "", "has lost the hidden text"},
		"the number changed": {row("p1.1", func(r string) string {
			return strings.Replace(strings.Replace(r, "|p1.1|", "|p77.1|", 1), "первое", "другое", 1)
		}), "77.1", "no longer as it was sent"},
		"a column lost": {func(doc string) string {
			return rowsOf.ReplaceAllStringFunc(doc, func(r string) string {
				switch cells := cellsOf.FindAllString(r, -1); {
				case strings.Contains(r, "<w:tblHeader/>"):
					return ""
				case strings.Contains(r, "|p1.1|"):
					return strings.Replace(r, cells[3], "", 1)
				}
				return r
			})
		}, "1.1", "other columns"},
	} {
		doc := in("p1.3", "вглубь", "в глубину")(clean)
		m, files := backTable(t, e, withDocument(t, sent, c.damage(doc)))
		if len(m.Refused) != 1 || m.Refused[0].Passage != c.passage || !strings.Contains(refusals(m), c.want) || m.Refused[0].Line < 2 {
			t.Errorf("%s: refused %q, want %s %q", name, refusals(m), c.passage, c.want)
		}
		if !strings.Contains(files["odd/ru.md"], "   - в глубину\n") {
			t.Errorf("%s: what else came back is not in %q", name, files["odd/ru.md"])
		}
	}
}

// TestTableRobust: what people and programs do to a table without meaning it is
// no damage.
func TestTableRobust(t *testing.T) {
	t.Parallel()
	e := load(t, rich())
	sent, _ := table(t, e, "odd", "en", "ru", exchange.Choice{})
	clean := document(t, sent)
	for name, c := range map[string]struct {
		id        string
		old, now  string
		want      string
		untouched bool
	}{
		"space in bold":          {"p1.2", "второе </w:t>", "второе</w:t>" + `</w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> </w:t>`, "", true},
		"runs in pieces":         {"p1.1", "первое", `пер</w:t></w:r><w:r><w:rPr><w:lang w:val="ru-RU"/></w:rPr><w:t>вое`, "", true},
		"an empty paragraph":     {"p1.1", "</w:p>", "</w:p><w:p/>", "", true},
		"bold as a field's link": {"p1.2", "второе", "вот второе", "2. вот второе **дело**\n", false},
		"enter for a line":       {"p1.10", "<w:br/>", `<w:t>,</w:t></w:r></w:p><w:p><w:r>`, "Строка,\\\nс разрывом", false},
		"paragraphs":             {"p1.1", "первое", `первое</w:t></w:r></w:p><w:p><w:r><w:t>и второе`, "1. первое и второе\n", false},
		"an address typed":       {"p1.1", "первое", `первое </w:t></w:r><w:hyperlink w:anchor=""><w:r><w:t>x</w:t></w:r></w:hyperlink><w:r><w:t>`, "1. первое x\n", false},
		"bold over a code":       {"p1.10", "{3}другое{/3}", `</w:t></w:r><w:r><w:rPr></w:rPr><w:t>{3}другое слово{/3}</w:t></w:r><w:r><w:t>`, "[[x|другое слово]]", false},
		"a code moved":           {"p0.1", "тут{5}", "тут", "", false},
	} {
		doc := recell(t, clean, c.id, func(cell string) string {
			if !strings.Contains(cell, c.old) {
				t.Fatalf("%s: no %s in\n%s", name, c.old, cell)
			}
			cell = strings.Replace(cell, c.old, c.now, 1)
			if name == "a code moved" {
				cell = strings.Replace(cell, "{5}", "", 1)
				cell = strings.Replace(cell, "Ссылка", "{5}Ссылка", 1)
				c.want = "[[^a]Ссылка](ru.md#2) и **жирные *оба* слова**, `code` тут."
			}
			return cell
		})
		m, files := backTable(t, e, withDocument(t, sent, doc))
		if len(m.Refused) > 0 || c.untouched != (len(files) == 0) || !strings.Contains(files["odd/ru.md"], c.want) {
			t.Errorf("%s: refused %q, want %q in\n%s", name, refusals(m), c.want, files["odd/ru.md"])
		}
	}
}

// TestTableHead: the numbers stand below a head in the language of the table.
func TestTableHead(t *testing.T) {
	t.Parallel()
	sent, _ := table(t, load(t, rich()), "odd", "ru", "en", exchange.Choice{})
	if doc := document(t, sent); !strings.Contains(doc, ">No.<") || strings.Contains(doc, "№") {
		t.Error("an English table has no English head above the numbers")
	}
}

// TestTableHidden: where a program shows what was hidden, or a comment stands
// beside a row, nothing is lost.
func TestTableHidden(t *testing.T) {
	t.Parallel()
	e := load(t, rich())
	sent, _ := table(t, e, "odd", "en", "ru", exchange.Choice{})
	doc := strings.ReplaceAll(document(t, sent), "<w:vanish/>", "")
	doc = recell(t, doc, "p1.1", func(cell string) string { return strings.Replace(cell, "первое", "наше первое", 1) })
	m, files := backTable(t, e, withDocument(t, sent, doc))
	if len(m.Refused) > 0 || len(m.Changed) != 1 || !strings.Contains(files["odd/ru.md"], "1. наше первое\n") {
		t.Errorf("%+v, %s", m, files["odd/ru.md"])
	}
}

// TestBegin: a version that there is none of yet is made of what came back, with
// the structure of the one translated from and its own front matter.
func TestBegin(t *testing.T) {
	t.Parallel()
	for name, recorded := range map[string]bool{"with a record": true, "without": false} {
		content := rich()
		delete(content, "odd/ru.md")
		if recorded {
			content = confirmed(t, content, "odd")
		}
		e := load(t, content)
		j := job(e, "odd", "en", "ru")
		units, apart := j.Units()
		if len(apart) > 0 {
			t.Errorf("apart: %v", apart)
		}
		data, sent := j.XLIFF(exchange.Choice{})
		if again := regexp.MustCompile(`<target[^>]*>[^<]`).FindAllString(string(data), -1); len(again) > 0 || sent.Units != len(units) {
			t.Errorf("targets are not empty: %q", again)
		}
		if m, files := back(t, e, data); len(files) > 0 || m.Empty != len(units) {
			t.Errorf("as it was sent: %+v, %v", m, files)
		}
		form, sentTable := table(t, e, "odd", "en", "ru", exchange.Choice{})
		if m, files := backTable(t, e, form); len(files) > 0 || m.Empty != len(units) || sentTable.Units != len(units) {
			t.Errorf("as it was sent: %+v, %v", m, files)
		}
		doc := document(t, form)
		for _, u := range units {
			source := regexp.MustCompile(`(?s)<trans-unit id="` + regexp.QuoteMeta(u.ID) + `".*?<source>(.*?)</source>`).FindSubmatch(data)
			data = retarget(t, data, u.ID, "Щ "+string(source[1]))
			doc = rowsOf.ReplaceAllStringFunc(doc, func(row string) string {
				m := marked.FindStringSubmatch(row)
				if m == nil || m[1] != u.ID {
					return row
				}
				cells := cellsOf.FindAllStringSubmatch(row, -1)
				from := regexp.MustCompile(`(<w:r>|<w:hyperlink)`).FindStringIndex(cells[1][2])
				return strings.Replace(row, cells[2][0], cells[2][1]+cells[1][2][:from[0]]+run("", "Щ ")+cells[1][2][from[0]:]+cells[2][3], 1)
			})
		}
		m, files := back(t, e, data)
		m2, files2 := backTable(t, e, withDocument(t, form, doc))
		if len(m.Refused)+len(m2.Refused) > 0 || !maps.Equal(files, files2) {
			t.Fatalf("%s: refused %s %s\n%s\nand\n%s", name, refusals(m), refusals(m2), files["odd/ru.md"], files2["odd/ru.md"])
		}
		if !strings.HasPrefix(files["odd/ru.md"], "---\ntitle: Щ Odd\nstatus: working-translation\n---\n\n# Щ A *title*\n") {
			t.Errorf("%s: it begins\n%.200s", name, files["odd/ru.md"])
		}
		if _, has := files["odd/alignment.tsv"]; has != recorded {
			t.Errorf("%s: files %v", name, slices.Collect(maps.Keys(files)))
		}
		after := load(t, apply(content, files))
		text := after.Site.Text("odd")
		ru, en := text.Versions[lang(after, "ru")].Doc, text.Versions[lang(after, "en")].Doc
		if len(ru.Blocks) != len(en.Blocks) {
			t.Fatalf("%s: %d blocks, want %d in\n%s", name, len(ru.Blocks), len(en.Blocks), files["odd/ru.md"])
		}
		for i := range en.Blocks {
			a, b := ru.Blocks[i], en.Blocks[i]
			if a.Kind != b.Kind || a.Level != b.Level || !slices.Equal(a.Within, b.Within) || len(a.Rows) != len(b.Rows) || len(a.Notes) != len(b.Notes) || !b.AutoID && a.ID != b.ID {
				t.Errorf("%s: block %d is %v %v, want %v %v", name, i, a.Kind, a.Within, b.Kind, b.Within)
			}
		}
		if tight := strings.Contains(files["odd/ru.md"], "1. Щ first\n2. Щ second **item**\n   - Щ deep\n\n     Щ another paragraph\n\n> Щ Quoted"); !tight {
			t.Errorf("%s: lists are otherwise in\n%s", name, files["odd/ru.md"])
		}
		for _, s := range text.Sections {
			for _, p := range s.Passages {
				if len(p.Cells[0].Blocks) != len(p.Cells[1].Blocks) || recorded && p.Cells[lang(after, "ru")].State.Agrees() {
					t.Errorf("%s: passage %s has %d and %d blocks, the state is %v", name, p.Number, len(p.Cells[0].Blocks), len(p.Cells[1].Blocks), p.Cells[lang(after, "ru")].State)
				}
			}
		}
	}
}

// TestTableMissing: passages that were missing are put in at their places, as
// they are from XLIFF; a passage that changed meanwhile is refused, the others are
// put in.
func TestTableMissing(t *testing.T) {
	t.Parallel()
	content := rich()
	content["odd/ru.md"].Data = []byte("---\ntitle: Чудное\n---\n# *Заголовок*\n\n1. первое\n2. второе **дело**\n\nПоследнее & наименьшее: 5 \\* 6.\n")
	content = confirmedAlone(t, content)
	e := load(t, content)
	due := exchange.Choice{Only: []exchange.Due{exchange.Missing}, Also: []int{lang(e, "en")}}
	data, _ := job(e, "odd", "en", "ru").XLIFF(due)
	form, sent := table(t, e, "odd", "en", "ru", due)
	doc := document(t, form)
	units, _ := job(e, "odd", "en", "ru").Units()
	n := 0
	for _, u := range units {
		if !u.Missing {
			continue
		}
		n++
		if strings.HasPrefix(u.ID, "p0.1") { // of which the source changes meanwhile
			data = retarget(t, data, u.ID, "x")
			doc = recell(t, doc, u.ID, func(string) string { return "<w:p>" + run("", "x") + "</w:p>" })
			continue
		}
		if len(u.Source.Codes) > 0 {
			continue
		}
		data = retarget(t, data, u.ID, "Щ")
		doc = recell(t, doc, u.ID, func(string) string { return "<w:p>" + run("", "Щ") + "</w:p>" })
	}
	if n != sent.Units || n < 8 {
		t.Errorf("%d units are missing, %d were sent", n, sent.Units)
	}
	content = apply(content, map[string]string{"odd/en.md": strings.Replace(string(content["odd/en.md"].Data), "A second line", "A third line", 1)})
	e = load(t, content)
	m, files := back(t, e, data)
	m2, files2 := backTable(t, e, withDocument(t, form, doc))
	if !maps.Equal(files, files2) || !slices.Equal(m.Inserted, m2.Inserted) || len(m.Inserted) < 3 || len(m.Refused) != len(m2.Refused) {
		t.Errorf("XLIFF: %+v\n%s\ntable: %+v\n%s", m, files["odd/ru.md"], m2, files2["odd/ru.md"])
	}
	if got := refusals(m2); !strings.Contains(got, "p0.1 (0.1): the text translated from has changed") {
		t.Errorf("refused %s", got)
	}
}

// TestTableLibreOffice: a table that LibreOffice has saved anew is untouched, and
// an edit in it arrives. The file is the table of rich() from English into
// Russian, saved so: soffice --headless --convert-to docx --outdir … TABLE.docx.
func TestTableLibreOffice(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/libreoffice.docx")
	if err != nil {
		t.Fatal(err)
	}
	e := load(t, rich())
	m, files := backTable(t, e, data)
	if len(files) > 0 || len(m.Refused) > 0 || m.Untouched != 19 {
		t.Errorf("%+v %s, files %v", m, refusals(m), files)
	}
	doc := document(t, data)
	for old, now := range map[string]string{"Вторая строка.": "Иная строка.", "жирным": "полужирным", "с разрывом, {2}": "с переносом, {2}"} {
		if strings.Count(doc, old) != 1 {
			t.Fatalf("%q stands there %d times", old, strings.Count(doc, old))
		}
		doc = strings.Replace(doc, old, now, 1)
	}
	m, files = backTable(t, e, withDocument(t, data, doc))
	want := strings.NewReplacer("Вторая строка.", "Иная строка.", "жирным", "полужирным", "с разрывом, [[x]]", "с переносом, [[x]]").Replace(string(rich()["odd/ru.md"].Data))
	if len(m.Refused) > 0 || files["odd/ru.md"] != want {
		t.Errorf("refused %s, got\n%s\nwant\n%s", refusals(m), files["odd/ru.md"], want)
	}
	// Edited in LibreOffice: a tracked change, a cell parted by Enter, a row taken out.
	if data, err = os.ReadFile("testdata/libreoffice-edited.docx"); err != nil {
		t.Fatal(err)
	}
	m, files = backTable(t, e, data)
	want = strings.NewReplacer("вглубь", "в глубину", "ещё абзац", "ещё абзац и еще один").Replace(string(rich()["odd/ru.md"].Data))
	if len(m.Refused) > 0 || m.Untouched != 16 || len(m.Tracked) != 1 || m.Tracked[0] != (exchange.Remark{Passage: "1.3", Line: 7}) || files["odd/ru.md"] != want {
		t.Errorf("%+v, got\n%s\nwant\n%s", m, files["odd/ru.md"], want)
	}
}

// TestTableLong: time grows with the length of a cell, however it is cut.
func TestTableLong(t *testing.T) {
	t.Parallel()
	e := load(t, rich())
	sent, _ := table(t, e, "odd", "en", "ru", exchange.Choice{})
	for name, unit := range map[string]string{"words": run("", "слово "), "looks": run("<w:b/>", "слово") + run("<w:i/>", "{5}"), "codes": run("", "{3}x"), "lines": "<w:r><w:br/></w:r>" + run("", "x"), "paragraphs": "</w:p><w:p>" + run("", "x")} {
		doc := recell(t, document(t, sent), "p1.10", func(string) string { return "<w:p>" + strings.Repeat(unit, 20_000) + "</w:p>" })
		start := time.Now()
		m, _ := backTable(t, e, withDocument(t, sent, doc))
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if len(m.Refused) != 1 {
			t.Errorf("%s: refused %s", name, refusals(m))
		}
	}
}

// TestTableAnyCell: whatever stands in a cell, it is refused or arrives exactly.
func TestTableAnyCell(t *testing.T) {
	t.Parallel()
	content := rich()
	e := load(t, content)
	sent, _ := table(t, e, "odd", "en", "ru", exchange.Choice{})
	link := func(to string) string { return `<w:hyperlink ` + to + `>` + run("", "ссылка") + `</w:hyperlink>` }
	pieces := []string{
		run("", "слово "), run("", " ещё слово"), run("", " "), run("<w:b/>", "жирно"), run("<w:b/><w:i/>", "оба"), run("<w:b/>", " "), run("<w:i/>", "курсив"), run(`<w:rFonts w:ascii="Courier New"/>`, "code"),
		run("<w:b/>", "{5}"), run("", "{5}"), run("", "{6}"), run("", "*{"), run("", "_[x](y)"), link(`w:anchor="stele-1"`), link(`w:anchor="stele-2"`), "</w:p><w:p>", "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>",
		`<w:ins w:id="1">` + run("<w:b/>", "вставка") + `</w:ins>`, `<w:del w:id="2"><w:r><w:delText>нет</w:delText></w:r></w:del>`, "<w:r><w:noBreakHyphen/></w:r>", run("<w:vanish/>", "скрыто"),
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK \l "stele-1" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("", "поле") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
	}
	whole := []string{link(`w:anchor="stele-1"`), run("<w:b/>", "жирно "), run("<w:b/><w:i/>", "оба"), run(`<w:rFonts w:ascii="Courier New"/>`, "code"), run("", "{5}")}
	rounds, accepted := 300, 0
	if testing.Short() {
		rounds = 60
	}
	for round := range rounds {
		rng := rand.New(rand.NewPCG(uint64(round), 11))
		var cell []string
		if round%2 == 0 { // with all codes, so that many are accepted
			cell = slices.Clone(whole)
			if round%4 == 0 {
				rng.Shuffle(len(cell), func(i, k int) { cell[i], cell[k] = cell[k], cell[i] })
			}
		}
		for range rng.IntN(6) {
			p := pieces[rng.IntN(len(pieces))]
			if round%2 == 0 {
				p = pieces[[]int{0, 1, 2, 11, 12, 15, 17, 19, 20, 21}[rng.IntN(10)]]
			}
			cell = slices.Insert(cell, rng.IntN(len(cell)+1), p)
		}
		doc := recell(t, document(t, sent), "p0.1", func(string) string { return "<w:p>" + strings.Join(cell, "") + "</w:p>" })
		data := withDocument(t, sent, doc)
		m, files := backTable(t, e, data)
		if len(m.Refused) > 1 || len(files) > 1 {
			t.Errorf("round %d: %s, %v", round, refusals(m), files)
		}
		if len(files) == 0 {
			continue
		}
		accepted++
		again, _ := table(t, load(t, apply(content, files)), "odd", "en", "ru", exchange.Choice{})
		if got, want := translations(t, again)["p0.1"], translations(t, data)["p0.1"]; got != want {
			t.Errorf("round %d: got\n%s\nwant\n%s\nof %q", round, got, want, cell)
		}
	}
	if accepted < rounds/5 || accepted > rounds*4/5 {
		t.Errorf("%d of %d were accepted", accepted, rounds)
	}
}
