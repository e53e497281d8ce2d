package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"stele/build"
	"stele/build/doc"
	"stele/build/export"
	"stele/build/site"
	"stele/build/word"
)

// odd is a small site with everything Markdown has, and languages that are not
// the edition's.
var odd = fstest.MapFS{
	"site.yaml":                 {Data: []byte("title: {de: Seltsam, zh: 奇, ar: غريب}\nlanguages: [{lang: de}, {lang: zh}, {lang: ar}]\nlicence: CC0\n")},
	"odd/de.md":                 {Data: []byte("---\ntitle: 'Ein <Text> & mehr'\nstatus: working-translation\ndate: 2015-07-10\n---\n=1+1 ist *keine* Formel.\n\n## Eins {#one}\n\n1. erst\n2. dann\n   - tief\n\n     noch ein Absatz\n\n> Zitat *schräg*[^n]\n\n| A | B |\n|---|---|\n| c | d & <e> |\n\n```\nif a < b { }\n```\n\nTerm\n: Erklärung ~~alt~~\n\nZeile  \nBruch, [[rats]] und [[rats|anders]], [hier](#1.2), `x < y` ![Bild](picture.png).\n\n* * *\n\nSchluss.\n\n[^n]: Eine Fußnote mit **fett**.\n")},
	"odd/zh.md":                 {Data: []byte("---\ntitle: 一篇\n---\n前言。\n\n## 一 {#one}\n\n1. 先\n2. 后\n   - 深\n\n     又一段\n\n> 引文**重**[^n]\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n* * *\n\n结尾。\n\n[^n]: 脚注。\n")},
	"odd/ar.md":                 {Data: []byte("---\ntitle: نص\n---\nمقدمة.\n\n## واحد {#one}\n\nشيء آخر.\n\n* * *\n\nنهاية.\n")},
	"deep/down/de.md":           {Data: []byte("Tief unten.\n")},
	"odd/picture.png":           {Data: []byte("\x89PNG\r\n\x1a\n")},
	"glossary/bodies/rats.yaml": {Data: []byte("class: body\nnames:\n  de:\n    - text: Regionale Struktur\n    - {text: RATS, kind: abbreviation, status: admitted}\n  zh:\n    - text: 地区机构\ndefinition: {de: 'Ein <Organ>.', zh: 机构。}\n")},
}

// painted is a picture of one colour.
func painted(width, height int, encode func(io.Writer, image.Image) error) []byte {
	m := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.RGBA{0x99, 0x22, 0x33, 0xff}})
	var b bytes.Buffer
	if err := encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// illustrated is a text with pictures of all kinds and in all places.
var illustrated = fstest.MapFS{
	"site.yaml": {Data: []byte("languages: [ar, de]\n")},
	"p/ar.md":   {Data: []byte("---\ntitle: صور\n---\nقبل.\n\n![مربع أحمر](red.png)\n\nجدول.\n\nحاشية.\n")},
	"p/de.md": {Data: []byte("---\ntitle: Bilder\n---\nVorher.\n\n![Ein Kasten & rot](red.png \"Der \\\"Titel\\\"\")\n\n" +
		"| Bild | Wort |\n|---|---|\n| ![Ein breiter Kasten](wide.jpg) | Noch einmal ![klein](red.png) |\n\n" +
		"Mit Fußnote[^1]. ![hoch](high.png) ![bewegt](moving.gif) ![kaputt](broken.png) ![neu](new.webp) ![fern](https://example.org/x.png)\n\n" +
		"[^1]: Auch hier ![ein Kasten](red.png).\n")},
	"glossary/stones/stele.yaml": {Data: []byte("class: body\nnames: {de: [{text: Stele}], ar: [{text: مسلة}]}\ndefinition: {de: Ein Stein., ar: حجر.}\n")},
	"p/red.png":                  {Data: painted(40, 20, png.Encode)},
	"p/wide.jpg":                 {Data: painted(3000, 100, func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) })},
	"p/high.png":                 {Data: painted(10, 4000, png.Encode)},
	"p/moving.gif":               {Data: painted(4, 4, func(w io.Writer, m image.Image) error { return gif.Encode(w, m, nil) })},
	"p/broken.png":               {Data: []byte("\x89PNG\r\n\x1a\n")},
	"p/new.webp":                 {Data: []byte("RIFF\x00\x00\x00\x00WEBP")},
}

func load(t *testing.T, in build.Inputs) *build.Edition {
	t.Helper()
	e, found, err := build.New(in).Load(t.Context())
	if err != nil || found.HasErrors() {
		t.Fatal(err, found)
	}
	return e
}

// sites are those that all downloads are made of.
func sites(t *testing.T) map[string]*build.Edition {
	return map[string]*build.Edition{
		"edition": load(t, build.Inputs{Content: os.DirFS("../../content"), BaseURL: "https://example.org/"}),
		"odd":     load(t, build.Inputs{Content: odd}),
		"shown":   load(t, build.Inputs{Content: illustrated}),
	}
}

// downloads makes every file of the formats.
func downloads(t *testing.T, e *build.Edition, formats ...site.Format) map[*site.Download][]byte {
	t.Helper()
	out := map[*site.Download][]byte{}
	for _, d := range e.Site.Downloads() {
		for _, f := range formats {
			if d.Format != f {
				continue
			}
			data, err := e.File(d.Path)
			if err != nil {
				t.Fatalf("%s: %v", d.Path, err)
			}
			again, err := e.Download(d, nil)
			if err != nil || !bytes.Equal(data, again) {
				t.Errorf("%s: other bytes the second time (%v)", d.Path, err)
			}
			out[d] = data
		}
	}
	if len(out) == 0 {
		t.Errorf("no download in %v", formats)
	}
	return out
}

// TestJSON: everything that is published as JSON is as the schema says.
func TestJSON(t *testing.T) {
	t.Parallel()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(export.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for name, e := range sites(t) {
		for _, path := range e.Paths() {
			if !strings.HasPrefix(path, "data/") || !strings.HasSuffix(path, ".json") || path == export.SchemaPath {
				continue
			}
			data, err := e.File(path)
			if err != nil {
				t.Fatal(err)
			}
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
			if err == nil {
				err = s.Validate(v)
			}
			if err != nil {
				t.Errorf("%s: %s: %v", name, path, err)
			}
			n++
		}
	}
	if n < 4 {
		t.Errorf("%d files only", n)
	}
	if s.Validate(map[string]any{"kind": "text"}) == nil {
		t.Error("the schema accepts anything")
	}
}

// TestRows: every passage has an address of its own in the file of its text, the
// one that the pages give, and the sections name all of them in order.
func TestRows(t *testing.T) {
	t.Parallel()
	e := load(t, build.Inputs{Content: os.DirFS("../../content")})
	text := e.Site.Text("strategy")
	file, pointer, _ := strings.Cut(e.Site.RowsAddress(text), "#")
	if pointer != "/rows/" {
		t.Fatalf("the address is %q", e.Site.RowsAddress(text))
	}
	data, err := e.File(file)
	if err != nil {
		t.Fatal(err)
	}
	var whole struct {
		Sections []struct{ Rows []string }
		Rows     map[string]struct{ Number string }
	}
	if err := json.Unmarshal(data, &whole); err != nil {
		t.Fatal(err)
	}
	var named, all []string
	for _, s := range whole.Sections {
		named = append(named, s.Rows...)
	}
	for _, s := range text.Sections {
		for _, p := range s.Passages {
			all = append(all, p.Anchor())
			if whole.Rows[p.Anchor()].Number != p.Number {
				t.Errorf("%s is not there", p.Anchor())
			}
			if !bytes.Contains(data, []byte("\n"+strconv.Quote(p.Anchor())+":{")) {
				t.Errorf("%s is not on a line of its own", p.Anchor())
			}
		}
	}
	if !slices.Equal(named, all) || len(all) != len(whole.Rows) || len(all) < 100 {
		t.Errorf("%d rows, %d passages; the sections name %v", len(whole.Rows), len(all), named)
	}
	page, err := e.File("en/strategy/full.html")
	if err != nil || !bytes.Contains(page, []byte(`data-rows="../../data/strategy/strategy.json#/rows/"`)) {
		t.Errorf("the page does not lead to them (%v)", err)
	}
}

// TestTXT: every letter of a version is in its plain text, in order, and the
// numbered form has the numbers.
func TestTXT(t *testing.T) {
	t.Parallel()
	for name, e := range sites(t) {
		for d, data := range downloads(t, e, site.TXT) {
			at, text := 0, letters(string(data))
			for _, s := range d.Text.Sections {
				for _, p := range s.Passages {
					if d.Shape == site.Numbered && len(p.Cells[d.Langs[0]].Blocks) > 0 && !strings.Contains(string(data), p.Number+"  ") {
						t.Errorf("%s: %s has no %s", name, d.Path, p.Number)
					}
					for _, b := range p.Cells[d.Langs[0]].Blocks {
						i := strings.Index(text[at:], letters(b.Text))
						if i < 0 && !strings.Contains(string(data), "[") { // names of concepts and notes stand between
							t.Errorf("%s: %s does not go on with %q", name, d.Path, b.Text)
						} else if i >= 0 {
							at += i + len(letters(b.Text))
						}
					}
				}
			}
		}
	}
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n\t", r) {
			return -1
		}
		return r
	}, s)
}

// number is what a spreadsheet program reads as a number with a fraction, or a date.
var number = regexp.MustCompile(`^[0-9]+[.,/-][0-9]+$`)

// TestGlossaryHeads: a column of one language is headed in it, one of all languages
// in all of them.
func TestGlossaryHeads(t *testing.T) {
	t.Parallel()
	for name, e := range sites(t) {
		var codes []string
		for _, l := range e.Site.Langs {
			codes = append(codes, l.Code)
		}
		if strings.Join(codes, " ") != "ru zh en" {
			continue
		}
		data, err := e.File("data/glossary/glossary.csv")
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(strings.TrimPrefix(string(data), "\ufeff"), "\r\n")
		want := "обозначение / 标识 / id,раздел / 分类 / group,класс / 类别 / class,название ru,名称 zh-Hans,name en,"
		if !strings.HasPrefix(head, want) || !strings.Contains(head, ",даты / 日期 / dates,источник ru,来源 zh-Hans,source en") {
			t.Errorf("%s: the heads are %q, want such as %q", name, head, want)
		}
		return
	}
	t.Error("there is no site in Russian, Chinese and English")
}

// TestCSV: a spreadsheet program reads the table back, and takes no text for a
// formula.
func TestCSV(t *testing.T) {
	t.Parallel()
	for name, e := range sites(t) {
		for d, data := range downloads(t, e, site.CSV) {
			body, ok := bytes.CutPrefix(data, []byte("\ufeff"))
			if !ok {
				t.Errorf("%s: %s does not begin with the mark of UTF-8", name, d.Path)
			}
			rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
			if err != nil {
				t.Fatalf("%s: %s: %v", name, d.Path, err)
			}
			for _, row := range rows {
				for _, cell := range row {
					if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
						t.Errorf("%s: %s: %q is a formula", name, d.Path, cell)
					}
					if number.MatchString(cell) {
						t.Errorf("%s: %s: %q is a number or a date, and would be written otherwise", name, d.Path, cell)
					}
				}
			}
		}
	}
	e := load(t, build.Inputs{Content: odd})
	data, err := e.File("data/odd/odd.csv")
	if err != nil || !strings.Contains(string(data), "'=1+1 ist keine Formel.") {
		t.Errorf("the formula is not guarded in %s (%v)", data, err)
	}
}

// TestTMX: the segments of each language in a passage hold its text, but for what
// stands in one language alone.
func TestTMX(t *testing.T) {
	t.Parallel()
	for name, e := range sites(t) {
		for d, data := range downloads(t, e, site.TMX) {
			wellFormed(t, name+": "+d.Path, data)
			var memory struct {
				Units []struct {
					ID       string `xml:"tuid,attr"`
					Passage  string `xml:"prop"`
					Versions []struct {
						Lang string `xml:"lang,attr"`
						Seg  string `xml:"seg"`
					} `xml:"tuv"`
				} `xml:"body>tu"`
			}
			if err := xml.Unmarshal(data, &memory); err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, u := range memory.Units {
				if len(u.Versions) < 2 {
					t.Errorf("%s: %s: unit %s has one language", name, d.Path, u.ID)
				}
				for _, v := range u.Versions {
					got[v.Lang+" "+u.Passage] += letters(v.Seg)
				}
			}
			for _, s := range d.Text.Sections {
				for _, p := range s.Passages {
					for _, l := range d.Langs {
						want := inMemory(p, l, d.Langs)
						if key := e.Site.Langs[l].Tag + " " + p.Number; sorted(got[key]) != sorted(letters(want)) {
							t.Errorf("%s: %s: the %s segments are not its text:\n%s\n%s", name, d.Path, key, got[key], letters(want))
						}
					}
				}
			}
		}
	}
}

// TestTMXUnits: what is tied is a unit, of several sentences where one language says
// in one what another says in several, in whatever order; what stands alone is none.
func TestTMXUnits(t *testing.T) {
	t.Parallel()
	e := load(t, build.Inputs{Content: fstest.MapFS{
		"site.yaml": {Data: []byte("languages: [ru, zh, en]\n")},
		"t/ru.md":   {Data: []byte("# Т {#t}\n\nМинистр прибыл в понедельник и сразу встретился с президентом. Они обсудили торговлю.\n\nБанк находится в Лондоне. Суд заседает в Париже.\n\nСтарый мост закрыли в марте 2019 года. С тех пор построен новый, за 40 миллионов евро. Движение по нему открыто круглые сутки, и пошлина с водителей больше не взимается.\n")},
		"t/zh.md":   {Data: []byte("# 文 {#t}\n\n部长星期一抵达，随即会见总统。双方讨论了贸易。\n\n法院设在巴黎。银行总部设在伦敦。\n\n旧桥于2019年3月关闭。此后耗资4000万欧元建成新桥。\n")},
		"t/en.md":   {Data: []byte("# T {#t}\n\nThe minister arrived on Monday. He met the president at once. They discussed trade.\n\nThe court sits in Paris. The bank has its seat in London.\n\nThe old bridge was closed in March 2019. A new one has been built since, at a cost of 40 million euros.\n")},
	}})
	want := map[string]string{
		"data/t/t.tmx": `0.1 ru Министр прибыл в понедельник и сразу встретился с президентом. / zh-Hans 部长星期一抵达，随即会见总统。 / en The minister arrived on Monday. He met the president at once.
0.1-2 ru Они обсудили торговлю. / zh-Hans 双方讨论了贸易。 / en They discussed trade.
0.2 ru Банк находится в Лондоне. / zh-Hans 银行总部设在伦敦。 / en The bank has its seat in London.
0.2-2 ru Суд заседает в Париже. / zh-Hans 法院设在巴黎。 / en The court sits in Paris.
0.3 ru Старый мост закрыли в марте 2019 года. / zh-Hans 旧桥于2019年3月关闭。 / en The old bridge was closed in March 2019.
0.3-2 ru С тех пор построен новый, за 40 миллионов евро. / zh-Hans 此后耗资4000万欧元建成新桥。 / en A new one has been built since, at a cost of 40 million euros.
`,
		"data/t/t.ru-zh.tmx": `0.1 ru Министр прибыл в понедельник и сразу встретился с президентом. / zh-Hans 部长星期一抵达，随即会见总统。
0.1-2 ru Они обсудили торговлю. / zh-Hans 双方讨论了贸易。
0.2 ru Банк находится в Лондоне. / zh-Hans 银行总部设在伦敦。
0.2-2 ru Суд заседает в Париже. / zh-Hans 法院设在巴黎。
0.3 ru Старый мост закрыли в марте 2019 года. / zh-Hans 旧桥于2019年3月关闭。
0.3-2 ru С тех пор построен новый, за 40 миллионов евро. / zh-Hans 此后耗资4000万欧元建成新桥。
`,
	}
	for d, data := range downloads(t, e, site.TMX) {
		var memory struct {
			Units []struct {
				ID       string `xml:"tuid,attr"`
				Versions []struct {
					Lang string `xml:"lang,attr"`
					Seg  string `xml:"seg"`
				} `xml:"tuv"`
			} `xml:"body>tu"`
		}
		if err := xml.Unmarshal(data, &memory); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, u := range memory.Units {
			b.WriteString(u.ID)
			for i, v := range u.Versions {
				if i > 0 {
					b.WriteString(" /")
				}
				b.WriteString(" " + v.Lang + " " + v.Seg)
			}
			b.WriteString("\n")
		}
		if w, ok := want[d.Path]; ok && !strings.HasSuffix(b.String(), w) {
			t.Errorf("%s: got\n%s\nwant\n%s", d.Path, b.String(), w)
		} else if ok {
			delete(want, d.Path)
		}
	}
	if len(want) > 0 {
		t.Errorf("not there: %v", want)
	}
}

// inMemory is what a passage says in a language that others say too.
func inMemory(p *site.Passage, l int, langs []int) string {
	others := func(has func(k int) bool) bool {
		return slices.ContainsFunc(langs, func(k int) bool { return k != l && has(k) })
	}
	out := ""
	if p.Ties != nil && p.Ties.Sure() {
		for _, g := range p.Ties.Groups {
			for _, i := range g.Of[l] {
				if s := p.Ties.Sentences[l][i]; others(func(k int) bool { return len(g.Of[k]) > 0 }) {
					out += p.Cells[l].Blocks[s.Block].Text[s.Start:s.End]
				}
			}
		}
		return out
	}
	for _, b := range p.Cells[l].Blocks {
		if others(func(k int) bool { return len(p.Cells[k].Blocks) > 0 }) && b.Kind != doc.Code {
			out += b.Text
		}
	}
	return out
}

// sorted are the letters of a text in the order of their numbers: sentences may
// stand in another order.
func sorted(s string) string {
	r := []rune(s)
	slices.Sort(r)
	return string(r)
}

func wellFormed(t *testing.T, name string, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// unzip returns the files of an archive, and fails on times and extra fields.
func unzip(t *testing.T, name string, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		if len(f.Extra) > 0 || f.Modified.Year() != 1980 {
			t.Errorf("%s: %s has a time or an extra field", name, f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(body)
		if ext := path.Ext(f.Name); ext == ".xml" || ext == ".rels" || ext == ".xhtml" || ext == ".opf" {
			wellFormed(t, name+": "+f.Name, body)
		}
	}
	return out
}

// shown is the text of XML, without its tags.
func shown(s string) string {
	s = regexp.MustCompile(`(?s)<w:instrText.*?</w:instrText>|<head>.*?</head>`).ReplaceAllString(s, "")
	return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, ""))
}

// TestDOCX: every letter of each version is in the document once, in order, notes
// in the part of the footnotes; the parts name each other.
func TestDOCX(t *testing.T) {
	t.Parallel()
	for name, e := range sites(t) {
		for d, data := range downloads(t, e, site.DOCX) {
			parts := unzip(t, d.Path, data)
			body, notes := parts["word/document.xml"], letters(shown(parts["word/footnotes.xml"]))
			for _, l := range d.Langs {
				missing(t, name+": "+d.Path, d.Text, l, letters(shown(body)), notes)
			}
			for _, part := range []string{"document", "footnotes"} {
				for id := range used(parts["word/"+part+".xml"], `r:(?:id|embed)="([^"]*)"`) {
					if !strings.Contains(parts["word/_rels/"+part+".xml.rels"], `Id="`+id+`"`) {
						t.Errorf("%s: nothing is %s in %s", d.Path, id, part)
					}
				}
				for target := range used(parts["word/_rels/"+part+".xml.rels"], `Target="(media/[^"]*)"`) {
					if parts["word/"+target] == "" {
						t.Errorf("%s: there is no %s", d.Path, target)
					}
				}
			}
			for id := range used(body, `<w:footnoteReference w:id="([^"]*)"`) {
				if !strings.Contains(parts["word/footnotes.xml"], `<w:footnote w:id="`+id+`"`) {
					t.Errorf("%s: there is no note %s", d.Path, id)
				}
			}
			for style := range used(body, `<w:pStyle w:val="([^"]*)"`) {
				if !strings.Contains(parts["word/styles.xml"], `w:styleId="`+style+`"`) {
					t.Errorf("%s: there is no style %s", d.Path, style)
				}
			}
			if heads := strings.Count(body, "<w:tblHeader/>"); (len(d.Langs) > 1) != (heads == 1) {
				t.Errorf("%s: %d repeated rows", d.Path, heads)
			}
		}
	}
}

func used(s, pattern string) map[string]bool {
	out := map[string]bool{}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(s, -1) {
		out[m[1]] = true
	}
	return out
}

// missing reports blocks of a version that are not in a text, in order; those of
// notes are in another. Both have no white space.
func missing(t *testing.T, name string, text *site.Text, l int, body, notes string) {
	t.Helper()
	at := 0
	for _, s := range text.Sections {
		for _, p := range s.Passages {
			for _, b := range p.Cells[l].Blocks {
				for r := range b.Runs() {
					want := letters(r.S)
					i := strings.Index(body[at:], want)
					if i < 0 {
						t.Errorf("%s: %s is not there or not in order: %q", name, p.Number, r.S)
						continue
					}
					at += i + len(want)
				}
				for _, n := range b.Notes {
					for _, nb := range n.Blocks {
						for r := range nb.Runs() {
							if !strings.Contains(notes, letters(r.S)) {
								t.Errorf("%s: a note of %s is not there: %q", name, p.Number, r.S)
							}
						}
					}
				}
			}
		}
	}
}

// TestEPUB: the book has every letter of each version in order, and every link in
// it leads to a place.
func TestEPUB(t *testing.T) {
	t.Parallel()
	for name, e := range sites(t) {
		for d, data := range downloads(t, e, site.EPUB) {
			if string(data[30:58]) != "mimetypeapplication/epub+zip" {
				t.Errorf("%s does not begin with its type", d.Path)
			}
			parts := unzip(t, d.Path, data)
			body := ""
			ids := map[string]bool{}
			for i := range d.Text.Sections {
				body += parts[fmt.Sprintf("book/section-%d.xhtml", i+1)]
			}
			for p, s := range parts {
				for id := range used(s, ` id="([^"]*)"`) {
					if ids[p+"#"+id] {
						t.Errorf("%s: %s twice in %s", d.Path, id, p)
					}
					ids[p+"#"+id] = true
				}
			}
			for _, l := range d.Langs {
				text := letters(shown(body))
				missing(t, name+": "+d.Path, d.Text, l, text, text)
			}
			for p, s := range parts {
				if !strings.HasSuffix(p, ".xhtml") {
					continue
				}
				for href := range used(s, ` href="([^"]*)"`) {
					if strings.Contains(href, "://") || strings.HasPrefix(href, "mailto:") {
						continue
					}
					file, id, _ := strings.Cut(href, "#")
					file = "book/" + file
					if file == "book/" {
						file = p
					}
					if parts[file] == "" || id != "" && !ids[file+"#"+id] {
						t.Errorf("%s: the link %s in %s leads nowhere", d.Path, href, p)
					}
				}
			}
		}
	}
}

// TestListMarks: what stands after the number of an item is in every form.
func TestListMarks(t *testing.T) {
	t.Parallel()
	e := load(t, build.Inputs{Content: fstest.MapFS{"n/de.md": {Data: []byte("---\ntitle: Zahlen\n---\nVorher.\n\n4) vier\n5) fünf\n\nDann.\n\n6. sechs\n")}}})
	has := func(format site.Format, part string, wants ...string) {
		for d, data := range downloads(t, e, format) {
			text := string(data)
			switch {
			case part != "":
				text = unzip(t, d.Path, data)[part]
			}
			for _, w := range wants {
				if d.Shape != site.Numbered && !strings.Contains(text, w) {
					t.Errorf("%s does not have %s", d.Path, w)
				}
			}
		}
	}
	has(site.TXT, "", "4) vier\n5) fünf", "6. sechs")
	has(site.JSON, "", `"number":5,"mark":")"`, `"number":6,"mark":"."`)
	has(site.DOCX, "word/document.xml", ">4)<", ">6.<")
	has(site.EPUB, "book/section-1.xhtml", `<ol class="paren" start="5">`, `<ol start="6">`)
}

// TestPictures: documents and books hold the pictures of a text once, as large as
// there is room, with the words that describe them; what they cannot hold is shown
// by its words.
func TestPictures(t *testing.T) {
	t.Parallel()
	e := load(t, build.Inputs{Content: illustrated})
	for d, data := range downloads(t, e, site.DOCX) {
		parts := unzip(t, d.Path, data)
		want := 4
		if len(d.Langs) == 1 && d.Langs[0] == 0 {
			want = 1
		}
		media := slices.DeleteFunc(slices.Sorted(maps.Keys(parts)), func(n string) bool { return !strings.HasPrefix(n, "word/media/") })
		if len(media) != want {
			t.Errorf("%s has the pictures %q", d.Path, media)
		}
		body := parts["word/document.xml"]
		ids := regexp.MustCompile(`<wp:docPr id="(\d+)"`).FindAllStringSubmatch(body+parts["word/footnotes.xml"], -1)
		seen := map[string]bool{}
		for _, m := range ids {
			if seen[m[1]] {
				t.Errorf("%s: two drawings have the id %s", d.Path, m[1])
			}
			seen[m[1]] = true
		}
		room := word.PageWidth(false)
		if len(d.Langs) > 1 {
			room = word.PageWidth(true) / 2
		}
		for _, m := range regexp.MustCompile(`<wp:extent cx="(\d+)" cy="(\d+)"/>`).FindAllStringSubmatch(body, -1) {
			cx, _ := strconv.Atoi(m[1])
			cy, _ := strconv.Atoi(m[2])
			if cx < 1 || cx > room*635 || cy < 1 || cy > word.PageHeight(len(d.Langs) > 1)*635 {
				t.Errorf("%s: a picture of %s by %s", d.Path, m[1], m[2])
			}
		}
		if want == 1 {
			continue
		}
		for _, s := range []string{`descr="Ein Kasten &amp; rot" title="Der &quot;Titel&quot;"`, `<wp:extent cx="381000" cy="190500"/>`, "[kaputt]", "[neu]", "fern"} {
			if !strings.Contains(body, s) {
				t.Errorf("%s does not have %s", d.Path, s)
			}
		}
		if !strings.Contains(parts["word/footnotes.xml"], `descr="ein Kasten"`) {
			t.Errorf("%s: the note has no picture", d.Path)
		}
	}
	for d, data := range downloads(t, e, site.EPUB) {
		parts := unzip(t, d.Path, data)
		shown, listed := map[string]bool{}, used(parts["book/package.opf"], `href="(pictures/[^"]*)"`)
		for name, body := range parts {
			if strings.HasSuffix(name, ".xhtml") {
				maps.Copy(shown, used(body, `<img src="([^"]*)"`))
			}
		}
		if len(shown) != 4 || !maps.Equal(shown, listed) {
			t.Errorf("%s shows %v and lists %v", d.Path, shown, listed)
		}
		for src := range shown {
			if parts["book/"+src] == "" {
				t.Errorf("%s: there is no %s", d.Path, src)
			}
		}
		all := parts["book/section-1.xhtml"]
		for _, s := range []string{`<p class="caption">Ein Kasten &amp; rot</p>`, `alt="مربع أحمر"`, `alt="klein"`, "[kaputt]", "[neu]", "fern"} {
			if !strings.Contains(all, s) {
				t.Errorf("%s does not have %s in %s", d.Path, s, all)
			}
		}
		for _, s := range []string{">visual<", ">alternativeText<"} {
			if !strings.Contains(parts["book/package.opf"], s) {
				t.Errorf("%s does not say %s", d.Path, s)
			}
		}
	}
}

// TestTBX: both forms have every name of every concept.
func TestTBX(t *testing.T) {
	t.Parallel()
	for name, e := range sites(t) {
		for d, data := range downloads(t, e, site.TBX) {
			wellFormed(t, name+": "+d.Path, data)
			for _, c := range e.Site.Concepts {
				for _, l := range d.Langs {
					for _, n := range c.Names[e.Site.Langs[l].Code] {
						if !strings.Contains(string(data), "<term>"+strings.ReplaceAll(n.Text, "&", "&amp;")+"</term>") && !strings.ContainsAny(n.Text, `"<>`) {
							t.Errorf("%s: %s lacks %q", name, d.Path, n.Text)
						}
					}
				}
			}
		}
	}
}

// TestValidators asks the programs that know the formats best, where they are
// installed, about every download, with the schemas in the folder STELE_SCHEMAS.
func TestValidators(t *testing.T) {
	t.Parallel()
	schemas := os.Getenv("STELE_SCHEMAS")
	if schemas == "" {
		t.Skip("STELE_SCHEMAS is not set")
	}
	check := func(name string, command ...string) {
		if _, err := exec.LookPath(command[0]); err != nil {
			t.Logf("%s is not installed", command[0])
			return
		}
		if out, err := exec.CommandContext(t.Context(), command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", name, err, out)
		}
	}
	for name, e := range sites(t) {
		dir := t.TempDir()
		for _, d := range e.Site.Downloads() {
			data, err := e.File(d.Path)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, path.Base(d.Path))
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			name := name + ": " + d.Path
			if d.Format == site.EPUB {
				if _, err := os.Stat("/usr/share/java/epubcheck.jar"); err == nil {
					check(name, "java", "-jar", "/usr/share/java/epubcheck.jar", "--failonwarnings", file)
				}
			}
			switch d.Format {
			case site.TMX:
				check(name, "xmllint", "--noout", "--dtdvalid", filepath.Join(schemas, "tmx14.dtd"), file)
			case site.XLIFF:
				check(name, "xmllint", "--noout", "--schema", filepath.Join(schemas, "xliff/xliff-core-1.2-strict.xsd"), file)
			case site.TBX:
				if d.Shape == site.Whole {
					check(name, "jing", filepath.Join(schemas, "tbx/TBXcoreStructV03_TBX-Basic_integrated.rng"), file)
				}
			case site.DOCX:
				for part, body := range unzip(t, name, data) {
					if !strings.HasPrefix(part, "word/") || path.Ext(part) != ".xml" {
						continue
					}
					file := filepath.Join(dir, path.Base(part))
					if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
						t.Fatal(err)
					}
					check(name+": "+part, "xmllint", "--noout", "--schema", filepath.Join(schemas, "wml/wml.xsd"), file)
				}
			}
		}
	}
}
