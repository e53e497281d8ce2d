package build_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"stele/build"
	"stele/build/check"
	"stele/build/diag"
	"stele/build/export"
	"stele/build/record"
)

// amended is a site with a text of three versions, the first two of which are
// frozen, and one of a single version.
func amended() fstest.MapFS {
	head := func(date string) string {
		return "---\ntitle: Закон\nstatus: authentic\ndate: " + date + "\n---\n"
	}
	enHead := func(date string) string { return strings.Replace(head(date), "Закон", "Law", 1) }
	ru := func(s ...string) string { return strings.Join(s, "\n\n") + "\n" }
	const (
		ruA, enA = "Совет собирается в первый понедельник марта.", "The council meets on the first Monday of March."
		ruB, enB = "Заседания ведет председатель, которого избирают на год.", "A chairman who is elected for a year presides over the meetings."
		ruC, enC = "Протокол подписывают все государства-участники договора.", "The minutes are signed by all states that are parties to the treaty."
		ruD, enD = "Решения Совета публикуются на трех языках за счет бюджета.", "Decisions of the council are published in three languages out of the budget."
	)
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"site.yaml":                            file("base-url: https://example.org/\nlanguages: [{lang: ru}, {lang: en}]\n"),
		"law/versions/2001-05-01/ru.md":        file(head("2001-05-01") + ru("# Закон", "## Совет {#council}", ruA, ruB, "## Протокол {#minutes}", ruC, "Фото: ![печать](seal.png), [о сайте](../about/ru.md), [пункт](#1.2).")),
		"law/versions/2001-05-01/en.md":        file(enHead("2001-05-01") + ru("# Law", "## Council {#council}", enA, enB, "## Minutes {#minutes}", enC, "Picture: ![seal](seal.png), [about](../about/en.md), [passage](#1.2).")),
		"law/versions/2001-05-01/version.yaml": file("title: {ru: первая, en: the first}\n"),
		"law/versions/2010-01-01/ru.md":        file(head("2010-01-01") + ru("# Закон", "## Совет {#council}", ruA, ruB, ruD, "## Протокол {#minutes}", ruC, "Фото: ![печать](seal.png), [о сайте](../about/ru.md), [пункт](#1.2).")),
		"law/versions/2010-01-01/en.md":        file(enHead("2010-01-01") + ru("# Law", "## Council {#council}", enA, enB, enD, "## Minutes {#minutes}", enC, "Picture: ![seal](seal.png), [about](../about/en.md), [passage](#1.2).")),
		"law/versions/2010-01-01/seal.png":     file("\x89PNG of then"),
		"law/ru.md":                            file(head("2020-02-03") + ru("# Закон", "## Совет {#council}", strings.Replace(ruA, "марта", "апреля", 1), ruD, "## Протокол {#minutes}", ruC, "Фото: ![печать](seal.png), [о сайте](../about/ru.md), [пункт](#1.1).")),
		"law/en.md":                            file(enHead("2020-02-03") + ru("# Law", "## Council {#council}", enA, enD, "## Minutes {#minutes}", enC, "Picture: ![seal](seal.png), [about](../about/en.md), [passage](#1.1).")),
		"law/seal.png":                         file("\x89PNG of now"),
		"about/ru.md":                          file(ru("# О сайте", "См. [закон 2001 года](../law/versions/2001-05-01/ru.md#1.2).")),
		"about/en.md":                          file(ru("# About", "See [the law of 2001](../law/versions/2001-05-01/en.md#1.2).")),
	}
}

// has fails unless the file has all the strings.
func has(t *testing.T, out map[string][]byte, path string, want ...string) {
	t.Helper()
	body, ok := out[path]
	if !ok {
		t.Errorf("there is no %s", path)
		return
	}
	for _, s := range want {
		without := strings.HasPrefix(s, "!")
		if s = strings.TrimPrefix(s, "!"); bytes.Contains(body, []byte(s)) == without {
			t.Errorf("%s: has %q: %v", path, s, without)
		}
	}
}

// TestChangesOfOneLanguage: those that only one language has are among those counted,
// which Chinese says by a comma of its own, and not as one more thing in a list.
func TestChangesOfOneLanguage(t *testing.T) {
	t.Parallel()
	file := func(s ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.Join(s, "\n\n") + "\n")}
	}
	_, out := made(t, build.Inputs{Content: fstest.MapFS{
		"site.yaml":                     file("base-url: https://example.org/\nlanguages: [zh, en]"),
		"law/versions/2001-05-01/zh.md": file("---\ndate: 2001-05-01\n---", "# 法律", "理事会于三月的第一个星期一开会。"),
		"law/versions/2001-05-01/en.md": file("---\ndate: 2001-05-01\n---", "# Law", "The council meets on the first Monday of March."),
		"law/zh.md":                     file("---\ndate: 2020-02-03\n---", "# 法律", "理事会于四月的第一个星期一开会。"),
		"law/en.md":                     file("---\ndate: 2020-02-03\n---", "# Law", "The council meets on the first Monday of March."),
	}})
	has(t, out, "zh/law/changes-2001-05-01.html", "修改1段，其中1段仅一种语言有变")
	has(t, out, "en/law/changes-2001-05-01.html", "1 passage changed, 1 ")
	docx := out["data/law/changes-2001-05-01.docx"]
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := fs.ReadFile(z, "word/document.xml")
	if err != nil || !bytes.Contains(body, []byte("修改，仅一种语言")) {
		t.Errorf("the Word file does not say “修改，仅一种语言”: %v", err)
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	e, out := made(t, build.Inputs{Content: amended()})
	h := e.Site.History("law")
	if h == nil || len(h.Revisions) != 3 || len(h.Comparisons) != 3 || e.Site.History("about") != nil || len(e.Site.Texts) != 2 {
		t.Fatalf("history %v of %d texts", h, len(e.Site.Texts))
	}

	// Every version under its date, as it was, with a line, led to the present one.
	has(t, out, "en/law/2001-05-01/council.html",
		`<link rel="canonical" href="https://example.org/en/law/council.html">`,
		`<link rel="alternate" hreflang="ru" href="https://example.org/ru/law/2001-05-01/council.html">`,
		`<link rel="latest-version" href="../council.html">`, `<link rel="successor-version" href="../2010-01-01/council.html">`, "!predecessor-version",
		"Version of 1\u00a0May 2001 (the first), in effect until 1\u00a0January 2010", "first Monday of March",
		`href="../changes-2001-05-01.html#p1.1"`, `>Current version</a>`,
		// the Russian was changed later, the next passage is gone
		`Changed since. Now: <a href="../council.html#p1.1">1.1</a> (<a href="../changes-2001-05-01.html#p1.1">what changed</a>).`,
		`No longer in the text (<a href="../changes-2001-05-01.html#p1.2">what changed</a>).`,
		"version of 1\u00a0May 2001). https://example.org/en/law/2001-05-01/council.html",
	)
	has(t, out, "ru/law/2001-05-01/council.html", "Редакция от 1\u00a0мая 2001", "(первая), действовала до 1\u00a0января 2010", `lang="ru"`)
	has(t, out, "ru/law/2001-05-01/full.html", `<link rel="canonical" href="https://example.org/ru/law/full.html">`)
	has(t, out, "ru/law/2010-01-01/index.html", `<link rel="canonical" href="https://example.org/ru/law/index.html">`, `<link rel="predecessor-version" href="../2001-05-01/index.html">`)
	has(t, out, "en/law/council.html", `<link rel="canonical" href="https://example.org/en/law/council.html">`, "!latest-version", `<link rel="predecessor-version" href="2010-01-01/council.html">`,
		"Current version, in effect since 3\u00a0February 2020", `href="changes-2010-01-01.html#p1.1"`, "version of 3\u00a0February 2020)", "has been removed")
	has(t, out, "en/about.html", "!version-line", "!history.css", `href="law/2001-05-01/council.html#p1.2"`)

	// Links of a frozen version: within it, to other texts, to what it showed then.
	has(t, out, "en/law/2001-05-01/minutes.html", `href="council.html#p1.2"`, `href="../../about.html"`, `src="../../../files/law/seal.png"`)
	has(t, out, "en/law/2010-01-01/minutes.html", `src="../../../files/law/versions/2010-01-01/seal.png"`)

	// One numbering: what came in 2010 stands after 1.2 and keeps its number when that is gone.
	has(t, out, "en/law/2010-01-01/council.html", `id="p1.3"`)
	has(t, out, "en/law/council.html", `id="p1.3"`, `id="p1.2"`)

	// The list, the changes.
	has(t, out, "en/law/versions.html", `href="index.html"`, `href="2001-05-01/index.html"`, "the first", `href="changes-2001-05-01-2010-01-01.html"`, `href="changes-2001-05-01.html"`, `href="changes-2010-01-01.html"`, "In effect from 1\u00a0May 2001 until 1\u00a0January 2010")
	has(t, out, "en/law/changes-2010-01-01.html", "<del>марта</del><ins>апреля</ins>", `id="p1.1"`, "in one language only", "Changed in one language only: <span lang=\"ru\">Русский</span>.",
		"<del>A chairman who is elected for a year presides over the meetings.</del>", `<details class="unchanged"><summary>`, `href="2010-01-01/council.html#p1.2"`,
		`../../data/law/changes-2010-01-01.docx`, `<link rel="canonical" href="https://example.org/en/law/changes-2010-01-01.html">`)
	has(t, out, "ru/law/changes-2001-05-01-2010-01-01.html", "<ins>Решения Совета", "включен")

	// Old addresses of the present one, crawlers, the feed.
	has(t, out, "en/law/2020-02-03/council.html", `url=../council.html`, "noindex")
	has(t, out, "sitemap.xml", "<loc>https://example.org/en/law/council.html</loc>", "/en/law/versions.html", "/en/law/changes-2010-01-01.html", "!/2001-05-01/", "!/2020-02-03/")
	has(t, out, "en/feed.xml", "<id>https://example.org/en/law/2020-02-03/index.html</id>", "<id>https://example.org/en/law/2010-01-01/index.html</id>", "<updated>2010-01-01T00:00:00Z</updated>", `href="https://example.org/en/law/changes-2001-05-01-2010-01-01.html"`)

	// Search and downloads are about the present version.
	for path, body := range out {
		if strings.HasPrefix(path, "search/") && !strings.HasPrefix(path, "search/earlier/") && bytes.Contains(body, []byte("chairman")) {
			t.Errorf("%s has a word that only earlier versions have", path)
		}
	}
	has(t, out, "en/downloads.html", "!2001-05-01", "!changes-")
}

// TestVersionFiles: what is told of versions to programs is valid, and what
// changed makes of the earlier texts the later ones.
func TestVersionFiles(t *testing.T) {
	t.Parallel()
	_, out := made(t, build.Inputs{Content: amended()})
	for path, of := range map[string][]byte{
		"data/law/versions.json": export.HistorySchema, "data/law/changes-2010-01-01.json": export.HistorySchema,
		"data/law/changes-2001-05-01-2010-01-01.json": export.HistorySchema, "data/law/2001-05-01/law.json": export.Schema,
	} {
		body, ok := out[path]
		if !ok {
			t.Errorf("there is no %s", path)
			continue
		}
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(of))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("schema.json", schema); err != nil {
			t.Fatal(err)
		}
		compiled, err := c.Compile("schema.json")
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err != nil {
			t.Fatal(path, err)
		}
		if err := compiled.Validate(value); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	var changes struct {
		Changes []struct {
			Kind          string
			Before, After []string
			Alone         bool
			Languages     []string
			Runs          map[string][]struct{ Op, Text string }
		}
	}
	if err := json.Unmarshal(out["data/law/changes-2010-01-01.json"], &changes); err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, c := range changes.Changes {
		kinds = append(kinds, c.Kind+" "+strings.Join(c.Before, " ")+">"+strings.Join(c.After, " ")+" "+strings.Join(c.Languages, " "))
	}
	if want := []string{"changed 1.1>1.1 ru", "removed 1.2> ru en"}; len(kinds) < 2 || !slices.Equal(kinds[:2], want) {
		t.Errorf("changes %q, want first %q", kinds, want)
	}
	z, err := zip.NewReader(bytes.NewReader(out["data/law/changes-2010-01-01.docx"]), int64(len(out["data/law/changes-2010-01-01.docx"])))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(bytes.NewReader(body)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"<w:strike/><w:color w:val=\"9C1C1C\"/>", "<w:u w:val=\"single\"/>", ">марта<", ">апреля<"} {
		if !bytes.Contains(body, []byte(want)) {
			t.Errorf("the Word document has no %s", want)
		}
	}
}

// TestFreeze: a version that is frozen has the bytes and the numbers of the text,
// and what comes later does not move them.
func TestFreeze(t *testing.T) {
	t.Parallel()
	content := amended()
	maps.DeleteFunc(content, func(path string, _ *fstest.MapFile) bool {
		return strings.Contains(path, "/versions/") || strings.HasPrefix(path, "about/")
	})
	for _, l := range []string{"ru", "en"} {
		content["law/"+l+".md"].Data = []byte(strings.NewReplacer("[о сайте](../about/ru.md)", "", "[about](../about/en.md)", "").Replace(string(content["law/"+l+".md"].Data)))
	}
	was := maps.Clone(content)
	e, _ := made(t, build.Inputs{Content: content})
	frozen, err := e.Freeze("law", "2020-02-03", map[string]string{"en": "it's: one", "ru": "первая"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range frozen {
		content[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	for _, name := range []string{"ru.md", "en.md", "seal.png"} {
		if got := content["law/versions/2020-02-03/"+name]; got == nil || !bytes.Equal(got.Data, was["law/"+name].Data) {
			t.Errorf("%s is not kept as it was", name)
		}
	}
	if content["law/alignment.tsv"] == nil || !bytes.Equal(content["law/alignment.tsv"].Data, content["law/versions/2020-02-03/alignment.tsv"].Data) {
		t.Error("the record is not kept with the version and the text")
	}
	e, out := made(t, build.Inputs{Content: content})
	if r := e.Site.History("law").Revisions[0]; r.Title[0] != "первая" || r.Title[1] != "it's: one" {
		t.Errorf("titles %q", r.Title)
	}
	has(t, out, "en/law/changes-2020-02-03.html", "Nothing changed.")
	for _, c := range []struct{ text, date, want string }{
		{"law", "2020-02-03", "2020-02-03"}, {"law", "2019-01-01", "2020-02-03"}, {"law", "2021", "YYYY-MM-DD"}, {"law", "2021-02-30", "YYYY-MM-DD"}, {"lav", "2021-01-01", "lav"},
	} {
		if _, err := e.Freeze(c.text, c.date, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("freeze %s %s: %v, want %q", c.text, c.date, err, c.want)
		}
	}
}

// TestVersionsWithoutRecord: versions that were put there by hand have one
// numbering with the text, and the numbers of a record do not move for them.
func TestVersionsWithoutRecord(t *testing.T) {
	t.Parallel()
	content := amended()
	e, _ := made(t, build.Inputs{Content: content})
	rows := func(e *build.Edition, i int) []string {
		var out []string
		r := e.Site.History("law").Revisions[i]
		for _, row := range r.Text.Table.Rows {
			if !row.Removed {
				out = append(out, row.Number)
			}
		}
		return out
	}
	for i, want := range [][]string{{"0", "1", "1.1", "1.2", "2", "2.1", "2.2"}, {"0", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"}, {"0", "1", "1.1", "1.3", "2", "2.1", "2.2"}} {
		if got := rows(e, i); !slices.Equal(got, want) {
			t.Errorf("version %d has %v, want %v", i, got, want)
		}
	}
	// Saved, they are written down with the versions.
	rev, err := e.Revise("law", nil, func(*record.Record) (string, error) { return "", nil })
	if err != nil || len(rev.Also) != 2 || rev.Also[0].Path != "law/versions/2001-05-01/alignment.tsv" || !strings.Contains(rev.Also[0].Data, "\n1.2\t") {
		t.Errorf("saved with %v, %v", rev.Also, err)
	}
	// The present text has a record of its own, made when there was no other version.
	alone := fstest.MapFS{}
	for path, f := range content {
		if !strings.Contains(path, "/versions/") && !strings.HasPrefix(path, "about/") {
			alone[path] = &fstest.MapFile{Data: []byte(strings.NewReplacer("[о сайте](../about/ru.md)", "", "[about](../about/en.md)", "").Replace(string(f.Data)))}
		}
	}
	one, _ := made(t, build.Inputs{Content: alone})
	rev, err = one.Revise("law", nil, func(*record.Record) (string, error) { return "", nil })
	if err != nil {
		t.Fatal(err)
	}
	content["law/alignment.tsv"] = &fstest.MapFile{Data: []byte(rev.Content)}
	for _, l := range []string{"ru", "en"} { // without the link to a passage by its number
		content["about/"+l+".md"] = &fstest.MapFile{Data: []byte("# О сайте\n")}
	}
	e, _ = made(t, build.Inputs{Content: content})
	if got, want := rows(e, 2), []string{"0", "1", "1.1", "1.2", "2", "2.1", "2.2"}; !slices.Equal(got, want) {
		t.Errorf("the present version has %v, want %v", got, want)
	}
	got := rows(e, 0)
	if !slices.Contains(got, "1.1a") || slices.Contains(got, "1.2") {
		t.Errorf("the first version has %v; what is gone is between 1.1 and 1.2, which is another", got)
	}
	// A passage that is new now gets none of the numbers of the earlier ones.
	data := strings.Replace(string(content["law/ru.md"].Data), "\n\nРешения", "\n\nСовершенно новый пункт о порядке голосования и о кворуме.\n\nРешения", 1)
	content["law/ru.md"] = &fstest.MapFile{Data: []byte(data)}
	data = strings.Replace(string(content["law/en.md"].Data), "\n\nDecisions", "\n\nA wholly new passage on the order of voting and on the quorum.\n\nDecisions", 1)
	content["law/en.md"] = &fstest.MapFile{Data: []byte(data)}
	e, _ = made(t, build.Inputs{Content: content})
	if got := rows(e, 2); !slices.Contains(got, "1.1b") {
		t.Errorf("the present version has %v, want 1.1b for what is new", got)
	}
	if got := rows(e, 0); !slices.Contains(got, "1.1a") {
		t.Errorf("the first version has %v now", got)
	}
}

// TestVersionRules: the rules about versions find what is wrong and nothing else.
func TestVersionRules(t *testing.T) {
	t.Parallel()
	found := func(content fs.FS) []string {
		e, _, err := build.New(build.Inputs{Content: content}).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, d := range e.Check() {
			switch d.Code {
			case check.VersionDate, check.VersionAlone, check.NumberTwice:
				out = append(out, d.Severity.String()+" "+d.Phrase.ID+" "+d.Pos.String())
			}
		}
		return out
	}
	content := amended()
	if got, want := found(content), []string{"note version-alone law/ru.md:10:1"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	for _, l := range []string{"ru", "en"} {
		content["law/"+l+".md"].Data = bytes.Replace(content["law/"+l+".md"].Data, []byte("2020-02-03"), []byte("2010-01-01"), 1)
	}
	if got := found(content); !slices.Contains(got, "error version-date law/ru.md:4:1") {
		t.Errorf("found %q, want an error of the date", got)
	}
	for _, l := range []string{"ru", "en"} {
		content["law/"+l+".md"].Data = bytes.Replace(content["law/"+l+".md"].Data, []byte("date: 2010-01-01\n"), nil, 1)
	}
	if got := found(content); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "warning version-date.none") }) {
		t.Errorf("found %q, want a warning that there is no date", got)
	}

	// Records that were made apart number different passages the same.
	content = amended()
	for _, dir := range []string{"law/versions/2010-01-01/", "law/"} {
		one := fstest.MapFS{"site.yaml": content["site.yaml"]}
		for _, l := range []string{"ru.md", "en.md"} {
			one["law/"+l] = &fstest.MapFile{Data: []byte(strings.NewReplacer("![печать](seal.png), [о сайте](../about/ru.md)", "", "![seal](seal.png), [about](../about/en.md)", "").Replace(string(content[dir+l].Data)))}
		}
		e, _ := made(t, build.Inputs{Content: one})
		rev, err := e.Revise("law", nil, func(*record.Record) (string, error) { return "", nil })
		if err != nil {
			t.Fatal(err)
		}
		content[dir+"alignment.tsv"] = &fstest.MapFile{Data: []byte(rev.Content)}
	}
	if got := found(content); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "error number-twice ") }) {
		t.Errorf("found %q, want a number given twice", got)
	}
}

// TestWithoutVersions: nothing of versions is in a site that has none.
func TestWithoutVersions(t *testing.T) {
	t.Parallel()
	content := amended()
	maps.DeleteFunc(content, func(path string, _ *fstest.MapFile) bool {
		return strings.Contains(path, "/versions/") || strings.HasPrefix(path, "about/")
	})
	for _, l := range []string{"ru", "en"} {
		content["law/"+l+".md"].Data = []byte(strings.NewReplacer("[о сайте](../about/ru.md)", "", "[about](../about/en.md)", "").Replace(string(content["law/"+l+".md"].Data)))
	}
	_, out := made(t, build.Inputs{Content: content})
	for path, body := range out {
		if strings.Contains(path, "history") || strings.Contains(path, "changes") || strings.HasSuffix(path, ".html") && bytes.Contains(body, []byte("history.")) {
			t.Errorf("%s is of versions", path)
		}
	}
}

// TestDatedNames: a name is found in texts of the time when it was in use.
func TestDatedNames(t *testing.T) {
	t.Parallel()
	content := amended()
	content["glossary/bodies/head.yaml"] = &fstest.MapFile{Data: []byte("class: body\nnames:\n  ru:\n    - {text: председатель, until: 2005}\n    - {text: бюджет, since: 2015-06}\n  en:\n    - Chair\n")}
	e, out := made(t, build.Inputs{Content: content})
	has(t, out, "ru/law/2001-05-01/council.html", "head.html")
	has(t, out, "ru/law/2010-01-01/council.html", "!head.html")
	has(t, out, "ru/law/council.html", "head.html")
	has(t, out, "ru/glossary/head.html", "время употребления: … – 2005", "время употребления: июнь")
	has(t, out, "en/search.html", `href="law/versions.html"`)
	if n := len(e.Site.Occurrences(e.Site.Concept("head"))); n != 1 {
		t.Errorf("named in %d passages, want the one of the present version", n)
	}
	content["glossary/bodies/head.yaml"] = &fstest.MapFile{Data: []byte("class: body\nnames:\n  ru:\n    - {text: председатель, since: 2006, until: 2005-12-01}\n  en:\n    - Chair\n")}
	_, found, err := build.New(build.Inputs{Content: content}).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Phrase.ID == "bad-date.until" }) {
		t.Errorf("found %v, want a date at fault", found)
	}
}

// TestVersionLinks: every link of a site with several versions leads somewhere,
// from passages that were moved, joined and divided too.
func TestVersionLinks(t *testing.T) {
	t.Parallel()
	content := amended()
	delete(content, "site.yaml") // without a base URL all links are relative
	_, out := made(t, build.Inputs{Content: content})
	if followLinks(t, out) == 0 {
		t.Error("no links")
	}
	w := newLaw(t, 7)
	w.write("2001-01-01")
	w.save(t)
	for v := range 2 {
		w.freeze(t, fmt.Sprintf("%d-01-01", 2001+v))
		for range 8 {
			w.edit()
		}
		w.write(fmt.Sprintf("%d-01-01", 2002+v))
		w.save(t)
	}
	_, out = made(t, build.Inputs{Content: w.content})
	if links := followLinks(t, out); links < 1000 {
		t.Errorf("looked at %d links only", links)
	}
}

// TestAmendedExample: the example of docs/amended has one of everything that can
// become of a passage, and reads without a fault.
func TestAmendedExample(t *testing.T) {
	t.Parallel()
	e, out := made(t, build.Inputs{Content: os.DirFS("../docs/amended/content")})
	var got []string
	for _, x := range e.Site.History("statute").Comparisons {
		for i := range x.Changes {
			ch := &x.Changes[i]
			if ch.Same() {
				continue
			}
			s := x.Name + " " + string(ch.Kind)
			for _, p := range x.Before(ch) {
				s += " " + p.Number
			}
			s += " >"
			for _, p := range x.After(ch) {
				s += " " + p.Number
			}
			if ch.Moved {
				s += " moved"
			}
			if x.Alone(ch) {
				s += " alone"
			}
			got = append(got, s)
		}
	}
	want := []string{
		"2001-06-15-2009-03-01 changed 1.1 > 1.1", "2001-06-15-2009-03-01 inserted > 1.4",
		"2009-03-01 changed 1.2 > 1.2", "2009-03-01 removed 1.4 >", "2009-03-01 joined 2.2 2.3 > 2.2", "2009-03-01 inserted > 2.3a", "2009-03-01 changed 2.5 > 2.5 moved alone",
		"2001-06-15 changed 1.1 > 1.1", "2001-06-15 changed 1.2 > 1.2", "2001-06-15 joined 2.2 2.3 > 2.2", "2001-06-15 inserted > 2.3a", "2001-06-15 changed 2.5 > 2.5 moved alone",
	}
	if !slices.Equal(got, want) {
		t.Errorf("changes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	followLinks(t, out)
	has(t, out, "en/statute/changes-2009-03-01.html", `<p class="left"><a id="was-p2.5" href="#p2.5">2.5</a> moved from here; now after 2.3a.</p>`, `<a href="#was-p2.5">changed, moved here; it stood after 2.4</a>`)
	has(t, out, "en/statute/changes-2001-06-15-2009-03-01.html", "!class=\"left\"")
}

// TestVersionsAgain: a builder that has built other states of the versions before
// makes the same bytes as a new one.
func TestVersionsAgain(t *testing.T) {
	t.Parallel()
	content := amended()
	b := build.New(build.Inputs{Content: content})
	edit := func(path, from, to string) {
		f, ok := content[path]
		if !ok || !bytes.Contains(f.Data, []byte(from)) {
			t.Fatalf("%s has no %q", path, from)
		}
		content[path] = &fstest.MapFile{Data: bytes.Replace(f.Data, []byte(from), []byte(to), 1)}
	}
	for _, step := range []struct {
		what string
		do   func()
	}{
		{"nothing", func() {}},
		{"the present text", func() { edit("law/ru.md", "апреля", "июня") }},
		{"an earlier text", func() { edit("law/versions/2010-01-01/en.md", "three languages", "four languages") }},
		{"what an earlier one is called", func() { edit("law/versions/2001-05-01/version.yaml", "the first", "number one") }},
		{"a name of a time", func() {
			content["glossary/bodies/head.yaml"] = &fstest.MapFile{Data: []byte("class: body\nnames:\n  ru:\n    - {text: председатель, until: 2005}\n  en:\n    - Chair\n")}
		}},
		{"another time", func() { edit("glossary/bodies/head.yaml", "2005", "2012") }},
		{"the address", func() { edit("law/ru.md", "title: Закон", "title: Закон\nslug: act") }},
		{"a record", func() {
			e, _, err := build.New(build.Inputs{Content: content}).Load(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			rev, err := e.Revise("law", nil, func(*record.Record) (string, error) { return "", nil })
			if err != nil {
				t.Fatal(err)
			}
			content[rev.Path] = &fstest.MapFile{Data: []byte(rev.Content)}
			for _, f := range rev.Also {
				content[f.Path] = &fstest.MapFile{Data: []byte(f.Data)}
			}
		}},
		{"the date", func() { edit("law/ru.md", "2020-02-03", "2020-03-04") }},
		{"a version less", func() {
			for _, name := range []string{"ru.md", "en.md", "alignment.tsv", "seal.png"} {
				delete(content, "law/versions/2010-01-01/"+name)
			}
		}},
		{"a version more", func() {
			for _, l := range []string{"ru.md", "en.md"} {
				content["law/versions/2015-05-05/"+l] = &fstest.MapFile{Data: content["law/versions/2001-05-01/"+l].Data}
			}
		}},
		{"none", func() {
			maps.DeleteFunc(content, func(path string, _ *fstest.MapFile) bool { return strings.Contains(path, "/versions/") })
			for _, l := range []string{"ru", "en"} {
				content["about/"+l+".md"] = &fstest.MapFile{Data: []byte("# About\n")}
			}
		}},
	} {
		step.do()
		e, found, err := b.Load(t.Context())
		if err != nil || found.HasErrors() {
			t.Fatal(step.what, err, found)
		}
		fresh, again, err := build.New(build.Inputs{Content: content}).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(found), fmt.Sprint(again); got != want {
			t.Errorf("%s: found %s, want %s", step.what, got, want)
		}
		t.Log(step.what)
		same(t, files(t, e), files(t, fresh))
	}
}
