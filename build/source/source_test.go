package source

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"stele/build/diag"
	"stele/build/diagtest"
	"stele/build/hidden"
	"stele/build/yaml"
)

// tree makes a content folder: two good texts and the files given.
func tree(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for p, s := range files {
		mode := fs.FileMode(0o644)
		if strings.HasSuffix(p, "/") {
			mode, p = fs.ModeDir|0o755, strings.TrimSuffix(p, "/")
		}
		m[p] = &fstest.MapFile{Data: []byte(s), Mode: mode}
	}
	return m
}

func text(l diag.List) string {
	var lines []string
	for _, d := range l.Sorted() {
		lines = append(lines, d.Text(diagtest.English()))
	}
	return strings.Join(lines, "\n")
}

func describe(t *Tree) string {
	var b strings.Builder
	for _, l := range t.Config.Languages {
		fmt.Fprintf(&b, "%s=%s=%s ", l.Lang, l.Tag, l.Name)
	}
	for _, x := range t.Texts {
		fmt.Fprintf(&b, "\n%s %s:", x.Name, x.Slug)
		for _, f := range x.Files {
			fmt.Fprintf(&b, " %s(%s)%q", f.Lang, f.Path, f.Data)
		}
		if x.Record != nil {
			fmt.Fprintf(&b, " record %q", x.Record.Data)
		}
	}
	for _, c := range t.Concepts {
		fmt.Fprintf(&b, "\nconcept %s", c.Path)
	}
	if len(t.Others) > 0 {
		fmt.Fprintf(&b, "\nothers %v", t.Others)
	}
	return b.String()
}

func TestRead(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("я", 120)
	tests := []struct {
		name        string
		files       map[string]string
		want, diags string
	}{
		{
			"languages and texts",
			map[string]string{
				"b/ru.md": "Б", "b/zh.md": "乙", "b/fr.md": "B", "a/sub/ru.md": "А", "a/sub/zh.md": "甲", "a/sub/fr.md": "A",
				"b/alignment.tsv": "1\t1", "b/map.png": "x", "glossary/bodies/x.yaml": "class: body",
			},
			"ru=ru=Русский zh=zh-Hans=中文 fr=fr=Français \n" +
				`a/sub a/sub: ru(a/sub/ru.md)"А" zh(a/sub/zh.md)"甲" fr(a/sub/fr.md)"A"` + "\n" +
				`b b: ru(b/ru.md)"Б" zh(b/zh.md)"乙" fr(b/fr.md)"B" record "1\t1"` + "\nconcept glossary/bodies/x.yaml\nothers [b/map.png]", "",
		},
		{
			"settings",
			map[string]string{"site.yaml": "languages: [en, {lang: zh, tag: zh-Hant, name: 正體}]\ntexts: [b]\n", "a/en.md": "A", "a/zh.md": "甲", "b/en.md": "B", "b/ru.md": "Б"},
			"en=en=English zh=zh-Hant=正體 \nb b: en(b/en.md)\"B\"\na a: en(a/en.md)\"A\" zh(a/zh.md)\"甲\"",
			`b:1:1: warning missing-language: the text has no version in zh
b/ru.md:1:1: warning unknown-language: this file is not published: site.yaml does not list the language "ru"`,
		},
		{
			"settings name a text that is not there, and a tag that is none",
			map[string]string{"site.yaml": "languages: [{lang: ru, tag: not a tag}]\ntexts: [c, b]\n", "b/ru.md": "Б"},
			"ru=ru=Русский \nb b: ru(b/ru.md)\"Б\"",
			`site.yaml:1:29: error bad-language: "tag" must be a language tag (ru, zh-Hans, pt-BR), not "not a tag"
site.yaml:2:9: error unknown-text: there is no text "c": no folder of this name has a file of a language in it (such as en.md)`,
		},
		{
			"settings name a text with a slip",
			map[string]string{"site.yaml": "languages: [ru]\ntexts: [strategi]\n", "strategy/ru.md": "Б"},
			"ru=ru=Русский \nstrategy strategy: ru(strategy/ru.md)\"Б\"",
			`site.yaml:2:9: error unknown-text: there is no text "strategi": no folder of this name has a file of a language in it (such as en.md); is "strategy" meant?`,
		},
		{
			"a folder and one whose name only begins like it",
			map[string]string{"a/ru.md": "А", "a/x.png": "", "a-b/x.png": "", "a.png": ""},
			"ru=ru=Русский \na a: ru(a/ru.md)\"А\"\nothers [a-b/x.png a.png a/x.png]", "",
		},
		{
			"what editors leave",
			map[string]string{"a/ru.md": "А", ".x.md.swp": "", "x.md~": "", "#x.md#": "", ".#x/ru.md": "", "4913": "", "x.md.tmp": "", ".DS_Store": "", ".git/config": "", ".env": "", "a/ru.md___jb_tmp___": ""},
			"ru=ru=Русский \na a: ru(a/ru.md)\"А\"", "",
		},
		{
			"file names",
			map[string]string{"a/ru.md": "А", "a/notes.md": "", "a/RU.md2": "", "a/ru.intro.md": "", "a/about.zh-cn.md": "", "ru.md": "", "site.yml": ""},
			"ru=ru=Русский \na a: ru(a/ru.md)\"А\"\nothers [a/RU.md2]",
			`a/about.zh-cn.md:1:1: warning file-name: this file is not published: a text is a folder, and its files are named after their languages; name it "about/zh-CN.md"
a/notes.md:1:1: warning file-name: this file is not published: a text's files are named after their language, such as "ru.md", "zh.md", "pt-BR.md"
a/ru.intro.md:1:1: warning file-name: this file is not published: a text's files are named after their language, such as "ru.md", "zh.md", "pt-BR.md"
ru.md:1:1: warning file-name: this file is not published: a text is a folder with one file for each language, such as "about/ru.md"
site.yml:1:1: warning file-name: this file is not read: name it "site.yaml"`,
		},
		{
			"languages as people write them",
			map[string]string{"a/EN.md": "A", "a/pt-br.md": "A", "a/pt.markdown": "A", "a/index.zh_cn.md": "A", "b/README.zh-TW.md": "A", "b/fa-ir.md": "A", "c/sr_latn_rs.MD": "A"},
			"en=en=English fa-IR=fa-IR=فارسی pt=pt=Português pt-BR=pt-BR=Português (Brasil) sr-Latn-RS=sr-Latn-RS=Srpski zh-CN=zh-CN=简体中文 zh-TW=zh-TW=繁體中文 \na a: en(a/EN.md)\"A\" pt(a/pt.markdown)\"A\" pt-BR(a/pt-br.md)\"A\" zh-CN(a/index.zh_cn.md)\"A\"\nb b: fa-IR(b/fa-ir.md)\"A\" zh-TW(b/README.zh-TW.md)\"A\"\nc c: sr-Latn-RS(c/sr_latn_rs.MD)\"A\"",
			`a:1:1: warning missing-language: the text has no version in fa-IR, sr-Latn-RS, zh-TW
b:1:1: warning missing-language: the text has no version in en, pt, pt-BR, sr-Latn-RS, zh-CN
c:1:1: warning missing-language: the text has no version in en, fa-IR, pt, pt-BR, zh-CN, zh-TW`,
		},
		{
			"one language twice",
			map[string]string{"a/zh-cn.md": "A", "a/zh_CN.md": "A"},
			"zh-CN=zh-CN=简体中文 \na a: zh-CN(a/zh-cn.md)\"A\"",
			`a/zh_CN.md:1:1: error name-collision: this file and "zh-cn.md" are both the version in "zh-CN"; remove one of the two`,
		},
		{
			"empty",
			map[string]string{"a/ru.md": "А", "b/ru.md": "", "c/ru.md": "\n \n\t\n"},
			"ru=ru=Русский \na a: ru(a/ru.md)\"А\"",
			"b/ru.md:1:1: warning empty-file: the file is empty and is left out\nc/ru.md:1:1: warning empty-file: the file is empty and is left out",
		},
		{"nothing", nil, "", `:1:1: error no-texts: there is no text: make a folder with one file for each language, such as "about/ru.md"`},
		{
			"names",
			map[string]string{"con/ru.md": "А", "a\nb/ru.md": "А", "a\u202Egpj/ru.md": "А", "b /ru.md": "А", "c/index/ru.md": "А", "d.html/ru.md": "А", "ok/ru.md": "А"},
			"ru=ru=Русский \nc/index c/index-text: ru(c/index/ru.md)\"А\"\nok ok: ru(ok/ru.md)\"А\"",
			`a\u000ab:1:1: error bad-name: the name "a b" contains an invisible control character; rename it
a\u202egpj:1:1: error bad-name: the name "a\u202egpj" contains an invisible control character; rename it
b :1:1: error bad-name: the name "b " ends in a dot or a space, which Windows removes; rename it
con:1:1: error bad-name: the name "con" is the name of a device on Windows; rename it
d.html:1:1: error bad-name: the name "d.html" ends like the address of a page; rename it`,
		},
		{
			"addresses",
			map[string]string{"a b<i>&\"'#?%20/ru.md": "А", long + "/ru.md": "А"},
			"ru=ru=Русский \na b<i>&\"'#?%20 a-b-i-20: ru(a b<i>&\"'#?%20/ru.md)\"А\"\n" + long + " " + strings.Repeat("я", 90) + "-015e3281: ru(" + long + "/ru.md)\"А\"",
			`a b<i>&"'#?%20:1:1: warning address: the name "a b<i>&"'#?%20" cannot stand in an address as it is and becomes "a-b-i-20"; rename the folder or give the text a slug
` + long + `:1:1: warning address: the name "` + long + `" cannot stand in an address as it is and becomes "` + strings.Repeat("я", 90) + `-015e3281"; rename the folder or give the text a slug`,
		},
		{
			"collisions",
			map[string]string{"Page/ru.md": "А", "page/ru.md": "Б", "й/ru.md": "А", "и\u0306/ru.md": "Б"},
			"ru=ru=Русский \nPage Page: ru(Page/ru.md)\"А\"\nи\u0306 й: ru(и\u0306/ru.md)\"Б\"",
			`page:1:1: error name-collision: "page" and "Page" are the same name on some computers; rename one of the two
й:1:1: error name-collision: "й" and "и` + "\u0306" + `" are the same name on some computers; rename one of the two`,
		},
		{
			"a folder named like a file",
			map[string]string{"a/ru.md": "А", "d/ru.md/": ""},
			"ru=ru=Русский \na a: ru(a/ru.md)\"А\"", `d/ru.md:1:1: warning folder-named-md: this is a folder with the name of a file; it is left out`,
		},
		{
			"deep",
			map[string]string{"a/ru.md": "А", strings.Repeat("d/", 120) + "x/ru.md": "А"},
			"ru=ru=Русский \na a: ru(a/ru.md)\"А\"", strings.Repeat("d/", 16) + `d:1:1: warning too-deep: folders more than 16 deep are left out`,
		},
		{
			"a bad file does not look like a missing language",
			map[string]string{"a/ru.md": "А", "a/en.md": "a\x00b"},
			"ru=ru=Русский en=en=English \na a: ru(a/ru.md)\"А\"", `a/en.md:1:2: error bad-character: a control character (U+0000); remove it`,
		},
		{
			"missing language",
			map[string]string{"a/ru.md": "А", "a/en.md": "A", "b/ru.md": "Б"},
			"ru=ru=Русский en=en=English \na a: ru(a/ru.md)\"А\" en(a/en.md)\"A\"\nb b: ru(b/ru.md)\"Б\"", `b:1:1: warning missing-language: the text has no version in en`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, diags, err := Read(tree(tt.files))
			if err != nil {
				t.Fatal(err)
			}
			if s := describe(got); s != tt.want {
				t.Errorf("%v:\n got %s\nwant %s", slices.Sorted(maps.Keys(tt.files)), s, tt.want)
			}
			if s := text(diags); s != tt.diags {
				t.Errorf("%v:\n got %s\nwant %s", slices.Sorted(maps.Keys(tt.files)), s, tt.diags)
			}
		})
	}
}

func TestReadSpecialFiles(t *testing.T) {
	t.Parallel()
	fsys := tree(map[string]string{"a/ru.md": "А"})
	fsys["p/ru.md"] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("../a/ru.md")}
	fsys["etc"] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("a")}
	fsys["f/ru.md"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	_, diags, err := Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	want := `etc:1:1: error not-a-file: this is a link to another place; put the file itself here
f/ru.md:1:1: error not-a-file: this is not an ordinary file; remove it
p/ru.md:1:1: error not-a-file: this is a link to another place; put the file itself here`
	if got := text(diags); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReadLimits(t *testing.T) {
	t.Parallel()
	fsys := tree(map[string]string{"a/ru.md": "А", "a/fits.png": strings.Repeat("x", MaxOther)})
	fsys["a/map.png"] = &fstest.MapFile{Data: make([]byte, MaxOther+1)}
	for i := range MaxLanguages {
		fsys[fmt.Sprintf("a/q%c%c.md", 'a'+i/20, 'a'+i%20)] = &fstest.MapFile{Data: []byte("x")}
	}
	tree, diags, err := Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if len(tree.Config.Languages) != MaxLanguages || !slices.Equal(tree.Others, []string{"a/fits.png"}) {
		t.Errorf("%d languages, other files %q", len(tree.Config.Languages), tree.Others)
	}
	got := text(diags.Sorted())
	for _, want := range []string{
		"a/map.png:1:1: warning large-file: this file is larger than 64 MiB and is left out; make it smaller or link to it elsewhere",
		":1:1: error too-many-languages: 41 languages; 40 are the most",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %s\nbut\n%s", want, got)
		}
	}
}

// crowdedFS has a folder of more files than are looked at.
type crowdedFS struct{ fstest.MapFS }

func (f crowdedFS) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.MapFS.ReadDir(name)
	if name == "b" {
		one := entries[0]
		for i := range MaxFiles {
			entries = append(entries, called{one, fmt.Sprintf("%d.png", i)})
		}
	}
	return entries, err
}

// called is an entry under another name.
type called struct {
	fs.DirEntry
	name string
}

func (c called) Name() string { return c.name }

func TestReadTooMany(t *testing.T) {
	t.Parallel()
	_, diags, err := Read(crowdedFS{tree(map[string]string{"a/ru.md": "А", "b/x.png": "x", "c/ru.md": "Ц"})})
	if err != nil {
		t.Fatal(err)
	}
	want := "b:1:1: error too-many-files: more than 100000 files and folders; this folder and those after it were not looked at"
	if got := text(diags); !strings.Contains(got, want) {
		t.Errorf("got\n%.500s\nwant\n%s", got, want)
	}
}

// hugeFS has one file that says it is larger than it may be and must not be read.
type hugeFS struct{ fstest.MapFS }

type hugeFile struct{ fs.File }

type hugeInfo struct{ fs.FileInfo }

func (f hugeFile) Read([]byte) (int, error) { panic("a file too large was read") }

func (f hugeFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return hugeInfo{info}, err
}

func (hugeInfo) Size() int64 { return 1 << 30 }

func (f hugeFS) Open(name string) (fs.File, error) {
	file, err := f.MapFS.Open(name)
	if name == "big/ru.md" {
		return hugeFile{file}, err
	}
	if name == "u/ru.md" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return file, err
}

func TestReadUnreadable(t *testing.T) {
	t.Parallel()
	_, diags, err := Read(hugeFS{tree(map[string]string{"a/ru.md": "А", "big/ru.md": "x", "u/ru.md": "x"})})
	if err != nil {
		t.Fatal(err)
	}
	want := `big/ru.md:1:1: error too-large: the file is larger than 8 MiB; divide it
u/ru.md:1:1: error unreadable: the file cannot be read: permission is denied`
	if got := text(diags); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, _, err := Read(fstest.MapFS{"x": &fstest.MapFile{Mode: 0o644}}); err != nil {
		t.Errorf("a folder without texts: %v, want a diagnostic only", err)
	}
	if _, _, err := Read(noFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: got %v, want an error", err)
	}
}

type noFS struct{}

func (noFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// TestComposed holds the fast way to the slow one: a character that it lets pass
// stays as it is, and is composed with none before it.
func TestComposed(t *testing.T) {
	t.Parallel()
	passed := 0
	for r := range rune(utf8.MaxRune + 1) {
		s := string(r)
		if !utf8.ValidRune(r) || !composed(s) {
			continue
		}
		passed++
		if !norm.NFC.IsNormalString(s) || !norm.NFC.PropertiesString(s).BoundaryBefore() {
			t.Errorf("%U may change in NFC", r)
		}
	}
	if passed < 20000 {
		t.Errorf("%d characters pass, too few to be of use", passed)
	}
	for _, s := range []string{"и\u0306", "e\u0301", "\u212b", "가\u11a8", "か\u3099"} {
		if composed(s) {
			t.Errorf("composed(%q), which NFC changes", s)
		}
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want, diags string }{
		{"plain", "# Глава\n", "# Глава\n", ""},
		{"byte order mark", "\uFEFF# Глава\n", "# Глава\n", ""},
		{"CRLF", "а\r\nб\r\n", "а\nб\n", ""},
		{"CR", "а\rб\r", "а\nб\n", ""},
		{"NFD", "и\u0306\n", "й\n", ""},
		{"zero-width joiners are writing", "می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष", ""},
		{"invalid", "# Г\n\nаб \xff\xfe", "", "x.md:3:4: error encoding: the file is not UTF-8 from here on (byte 0xFF); open it in its own encoding, perhaps Windows-1251 or GB 18030, and save it as UTF-8"},
		{"surrogate", "\xed\xa0\x80", "", "x.md:1:1: error encoding: the file is not UTF-8 from here on (byte 0xED); open it in its own encoding, perhaps Windows-1251 or GB 18030, and save it as UTF-8"},
		{"UTF-16", "\xff\xfe#\x00 \x00", "", "x.md:1:1: error encoding: the file is UTF-16; save it as UTF-8"},
		{"UTF-16 without a mark", "#\x00 \x00a\x00", "", "x.md:1:1: error encoding: the file is UTF-16; save it as UTF-8"},
		{"control", "a\r\nб\x07", "a\nб", "x.md:2:2: error bad-character: a control character (U+0007); remove it"},
		{"bidi", "\u202Eabc\u2069", "abc", "x.md:1:1: error bad-character: an invisible character that turns the direction of writing (U+202E); remove it\nx.md:1:5: error bad-character: an invisible character that turns the direction of writing (U+2069); remove it"},
		{"noncharacter", "\uFDD0\uFFFF", "", "x.md:1:1: error bad-character: a code that is no character (U+FDD0); remove it\nx.md:1:2: error bad-character: a code that is no character (U+FFFF); remove it"},
		{"tag character", "а\U000E0041", "а", "x.md:1:2: error bad-character: an invisible tag character (U+E0041); remove it"},
		{"lost character", "а\uFFFD", "а", "x.md:1:2: error bad-character: the sign for a character that was lost (U+FFFD); remove it"},
		{"mark in the middle", "а\uFEFFб", "аб", "x.md:1:2: warning bad-character: a byte order mark in the middle of the text (U+FEFF); it is left out"},
		{"zero-width space", "сло\u200Bво", "слово", "x.md:1:4: warning bad-character: an invisible character of no width (U+200B); it is left out"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, diags := decode("x.md", []byte(tt.in))
			if got != tt.want || text(diags) != tt.diags {
				t.Errorf("%q:\n got %q %s\nwant %q %s", tt.in, got, text(diags), tt.want, tt.diags)
			}
		})
	}
}

// TestSameCharacters: what a file may not contain, YAML may not escape.
func TestSameCharacters(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if r > 0x3000 && r < 0xF900 || r > 0x10010 && r < 0x1FFF0 || r > 0x20010 && r < 0xDFFF0 || r > 0xE0100 && r < 0x10FFF0 {
			continue // nothing but letters and the like, and surrogates
		}
		d := yaml.Open("x", 0, fmt.Sprintf("a: \"\\U%08X\"", r))
		d.Root.Text("a")
		refused := hidden.Is(r)
		if got := d.Diags.HasErrors(); got != refused {
			t.Errorf("U+%04X: refused in YAML %t, in a file %t", r, got, refused)
		}
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want, diags string }{
		{
			"all", "title: {ru: Стратегия, zh: 战略}\nlanguages:\n  - {lang: ru}\n  - {lang: zh, name: 汉语}\nbase-url: https://example.org/a\ntexts: [strategy]\npublisher: SCO\nlicence: {ru: х}\ntheme: {stale-marks: false, sentences: false, default-columns: 2}\n",
			"[{ru ru Русский} {zh zh-Hans 汉语}] map[ru:Стратегия zh:战略] map[:SCO] map[ru:х] https://example.org/a/ [strategy] false 2", "",
		},
		{"empty", "", "[] map[] map[] map[]  [] false 0", ""},
		{"slips", "titel: x\nbase-url: example.org\nlanguages: [ru, ru, Russian, {tag: x}]\ntheme: {columns: 3}\n", "[{ru ru Русский}] map[] map[] map[]  [] false 0", `site.yaml:1:1: error unknown-key: there is no key "titel"; is "title" meant?
site.yaml:2:11: error bad-value: "base-url" must be the address that the site is published at, such as https://example.org/strategy/
site.yaml:3:17: error duplicate-entry: an entry of "languages" stands there twice: "ru"
site.yaml:3:21: error bad-language: an entry of "languages" must be a language as files are named after it (ru, zh, pt-BR), not "Russian"
site.yaml:3:30: error missing-key: an entry of "languages" needs a "lang" that says which files are meant: lang: ru
site.yaml:4:9: error unknown-key: there is no key "columns"; the keys here are default-columns, name, sentences, stale-marks`},
		{"a title in another language", "languages: [ru]\ntitle: {ru: а, fr: b}\n", "[{ru ru Русский}] map[fr:b ru:а] map[] map[]  [] false 0", `site.yaml:2:20: error unknown-language: "fr" is not among the "languages" of the site`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, diags := ParseConfig(File{Path: "site.yaml", Data: tt.in})
			got := fmt.Sprintf("%v %v %v %v %s %v %t %d", c.Languages, c.Title, c.Publisher, c.Licence, c.BaseURL, c.Texts, c.StaleMarks, c.Columns)
			if got != tt.want {
				t.Errorf("%q:\n got %s\nwant %s", tt.in, got, tt.want)
			}
			if s := text(diags); s != tt.diags {
				t.Errorf("%q:\n got %s\nwant %s", tt.in, s, tt.diags)
			}
		})
	}
}

// TestNamesSayWhichKind: a language that is written in more than one way says
// which it is, also where no other is beside it.
func TestNamesSayWhichKind(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string]string{
		"pt": "Português", "pt-BR": "Português (Brasil)", "fr": "Français", "fr-FR": "Français", "de-DE": "Deutsch",
		"zh": "中文", "zh-Hant": "繁體中文", "zh-TW": "繁體中文", "zh-Hans": "简体中文", "zh-CN": "简体中文",
		"fa-IR": "فارسی", "sr-Latn": "Srpski", "ru": "Русский", "it-CH": "Italiano (Svizzera)",
	} {
		if got := languageOf(lang).Name; got != want {
			t.Errorf("%s is named %q, want %q", lang, got, want)
		}
	}
	for _, lang := range []string{"pt-PT", "fr-CA", "de-AT", "es-MX", "en-GB", "pt-AO"} {
		b, _, _ := strings.Cut(lang, "-")
		if got := languageOf(lang).Name; got == languageOf(b).Name {
			t.Errorf("%s is named %q, as %s is", lang, got, b)
		} else {
			t.Log(lang, got)
		}
	}
}

// TestHeadings: groups and classes of the glossary, as words or with titles.
func TestHeadings(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want, diags string }{
		{
			"all", "languages: [ru, en]\nglossary:\n  groups:\n    - bodies\n    - {folder: places/far away, title: {ru: Места, en: Places}, intro: Far}\n  classes:\n    - city\n    - class: river\n      title: {ru: река}\n",
			`[{bodies map[] map[] site.yaml:4:7} {places/far away map[en:Places ru:Места] map[:Far] site.yaml:5:16}] [{city map[] map[] site.yaml:7:7} {river map[ru:река] map[] site.yaml:8:14}]`, "",
		},
		{"one word", "glossary: {groups: places, classes: city}\n", `[{places map[] map[] site.yaml:1:20}] [{city map[] map[] site.yaml:1:37}]`, ""},
		{"slips", "languages: [ru]\nglossary:\n  group: []\n  groups: [a, a, {title: x}, {folder: b, titel: x}, [c], {folder: [d]}]\n  classes: [two words, {class: e, intro: x}, {class: f, title: {fr: x}}]\n", `[{a map[] map[] site.yaml:4:12} {b map[] map[] site.yaml:4:39}] [{e map[] map[] site.yaml:5:32} {f map[fr:x] map[] site.yaml:5:54}]`, `site.yaml:3:3: error unknown-key: there is no key "group"; is "groups" meant?
site.yaml:4:15: error duplicate-entry: an entry of "groups" stands there twice: "a"
site.yaml:4:18: error missing-key: an entry of "groups" needs a "folder" that says which is meant: {folder: places, title: {en: Places}}
site.yaml:4:42: error unknown-key: there is no key "titel"; is "title" meant?
site.yaml:4:53: error wrong-type: an entry of "groups" must have keys of its own below it, each on a line "key: value"
site.yaml:4:67: error wrong-type: "folder" must be one text
site.yaml:5:13: error bad-value: an entry of "classes" must be one word, without spaces: "two words"
site.yaml:5:35: error unknown-key: there is no key "intro"; the keys here are class, title
site.yaml:5:69: error unknown-language: "fr" is not among the "languages" of the site`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, diags := ParseConfig(File{Path: "site.yaml", Data: tt.in})
			if got := fmt.Sprintf("%v %v", c.Groups, c.Classes); got != tt.want {
				t.Errorf("%q:\n got %s\nwant %s", tt.in, got, tt.want)
			}
			if s := text(diags); s != tt.diags {
				t.Errorf("%q:\n got %s\nwant %s", tt.in, s, tt.diags)
			}
		})
	}
}

func TestLangFault(t *testing.T) {
	t.Parallel()
	for _, l := range []string{"ru", "zh", "en", "pt-BR", "zh-Hant", "sr-Latn", "kk", "tg", "uz-Cyrl", "prs", "iw"} {
		if why := langFault(l); why.ID != "" {
			t.Errorf("langFault(%q) = %v, want none", l, why)
		}
	}
	for _, l := range []string{"", "index", "README", "notes", "r", "RU", "pt-br", "ru_RU", "русский", "ru.draft", "x-foo"} {
		if langFault(l).ID == "" {
			t.Errorf("langFault(%q) = none, want a reason", l)
		}
	}
}

func TestOneTitleForAllLanguages(t *testing.T) {
	t.Parallel()
	got, _, err := Read(tree(map[string]string{"site.yaml": "title: T\n", "a/ru.md": "А", "a/en.md": "A"}))
	if want := map[string]string{"ru": "T", "en": "T"}; err != nil || !maps.Equal(got.Config.Title, want) {
		t.Errorf("got %v, %v, want %v", got.Config.Title, err, want)
	}
}

// FuzzDecode: what comes out is valid, normal text without anything invisible,
// or there is an error in range.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{"а\r\nб", "\xff\xfea\x00", "\uFEFFа\uFEFF", "и\u0306", "\u202e", "\xed\xa0\x80", "\u200bဋ", "e\u200b\u0301"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, diags := decode("x", raw)
		if diags.HasErrors() {
			return
		}
		if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) || strings.ContainsAny(got, "\r\uFEFF") {
			t.Errorf("%q: got %q without an error", raw, got)
		}
		for i := range hidden.In(got) { // what marks breaks in a script without spaces stays
			t.Errorf("%q: got %q without an error, with something hidden at %d", raw, got, i)
		}
	})
}

// FuzzSlug: a slug is safe, stable and of a length that fits.
func FuzzSlug(f *testing.F) {
	for _, s := range []string{"strategy", "a b", "../..", "con", "я" + strings.Repeat("ю", 200), "%2e%2e", "a/b", ".x", "index", "x.html"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if !utf8.ValidString(name) {
			t.Skip()
		}
		s := Slug(name)
		if again := Slug(s); again != s {
			t.Errorf("%q: slug %q becomes %q when slugged again", name, s, again)
		}
		for _, p := range strings.Split(s, "/") {
			if p == "" || len(p) > MaxName || AddressFault(p).ID != "" || strings.HasPrefix(p, ".") || strings.ContainsAny(p, ` \%?#"<>'&:*|`) || !norm.NFC.IsNormalString(p) {
				t.Errorf("%q: slug %q is not safe", name, s)
			}
		}
	})
}

// TestOneLanguageTwice: an old code of a language and the new one are one language.
func TestOneLanguageTwice(t *testing.T) {
	t.Parallel()
	file := &fstest.MapFile{Data: []byte("# A\n\nText.\n")}
	for _, c := range []struct {
		files       []string
		want, diags string
	}{
		{[]string{"a/iw.md", "a/he.md"}, "he", "a/iw.md:1:1: error name-collision: this file and \"he.md\" are both the version in \"he\"; remove one of the two"},
		{[]string{"a/in.md", "a/id.md"}, "id", "a/in.md:1:1: error name-collision: this file and \"id.md\" are both the version in \"id\"; remove one of the two"},
		{[]string{"a/tl.md", "a/fil.md"}, "fil", "a/tl.md:1:1: error name-collision: this file and \"fil.md\" are both the version in \"fil\"; remove one of the two"},
		{[]string{"a/sh.md", "a/sr-Latn.md"}, "sr-Latn", "a/sh.md:1:1: error name-collision: this file and \"sr-Latn.md\" are both the version in \"sr-Latn\"; remove one of the two"},
		{[]string{"a/he.md", "b/iw.md"}, "he", ""},
		{[]string{"a/iw.md", "b/iw.md"}, "iw", ""},
		{[]string{"a/sr.md", "a/sr-Latn.md", "a/nb.md", "a/nn.md", "a/pt.md", "a/pt-BR.md", "a/zh-Hans.md", "a/zh-Hant.md"}, "nb nn pt pt-BR sr sr-Latn zh-Hans zh-Hant", ""},
	} {
		fsys := fstest.MapFS{}
		for _, name := range c.files {
			fsys[name] = file
		}
		tree, found, err := Read(fsys)
		if err != nil {
			t.Fatal(err)
		}
		var langs []string
		for _, l := range tree.Config.Languages {
			langs = append(langs, l.Lang)
		}
		if got := strings.Join(langs, " "); got != c.want {
			t.Errorf("%q: languages %s, want %s", c.files, got, c.want)
		}
		if got := text(found); c.diags != "" && got != c.diags {
			t.Errorf("%q: %s\nwant %s", c.files, got, c.diags)
		} else if c.files[len(c.files)-1] == "b/iw.md" && c.want == "he" && !strings.Contains(got, "b/iw.md:1:1: error file-name") {
			t.Errorf("%q: %s", c.files, got)
		}
	}
}

func TestBaseURLIsAnAddress(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"https://a.org":            "https://a.org/",
		"https://a.org:8080/a%20b": "https://a.org:8080/a%20b/",
		"http://локальный/путь":    "http://xn--80asbdcmd2ih/%D0%BF%D1%83%D1%82%D1%8C/",
		"https://a.org/v1.2/..x":   "https://a.org/v1.2/..x/",
		"https://a.org/?":          "", "https://a.org/#": "", "https://a.org/a b": "", "https://a.org/../x": "", "https://a.org/a/%2e%2E/b": "",
		"https://a.org/./x": "", "https://a.org:99999": "", "https://a.org:0": "", "https://a.org:x": "", "https://a b.org": "",
	} {
		got, err := BaseURL(s)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("BaseURL(%q) = %q, %v, want %q", s, got, err, want)
		}
	}
}
