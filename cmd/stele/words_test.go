package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"stele/build"
	"stele/build/diag"
	"stele/build/site"
)

// call is a call of the command and the code that it must end with.
type call struct {
	code int
	args string // parted by spaces
}

// calls are help, a success, a failure and wrong usage of every command, each in
// a site made by the first ones.
var calls = []call{
	{exitUsage, ""},
	{exitUsage, "publish"},
	{exitUsage, "bild"},
	{exitFine, "help"},
	{exitUsage, "help publish"},
	{exitFine, "version"},

	{exitUsage, "new"},
	{exitUsage, "new thing"},
	{exitUsage, "new text a.md"},
	{exitUsage, "new text glossary"},
	{exitUsage, "new theme ../x"},
	{exitUsage, "new language язык"},
	{exitUsage, "new concept nowhere/x"},
	{exitUsage, "new text x --lang ru,ru"},
	{exitUsage, "new text x --lang="},
	{exitUsage, "new text x --lang русский"},
	{exitFine, "new site --lang ru,zh,en ."},
	{exitFault, "new site --lang ru,zh,en ."},
	{exitFine, "new text plan"},
	{exitFine, "new theme plain"},

	{exitFine, "build"},
	{exitUsage, "build here"},
	{exitUsage, "build --colour"},
	{exitUsage, "build --contnt"},
	{exitUsage, "build --out"},
	{exitUsage, "build -x"},
	{exitUsage, "build --strict=maybe"},
	{exitUsage, "build ---"},
	{exitUsage, "build --base-url example.org"},
	{exitUsage, "build --out content"},
	{exitUsage, "build --out content/x"},
	{exitUsage, "build --out ."},
	{exitUsage, "build --out themes/plain"},
	{exitUsage, "build --out foreign"},
	{exitUsage, "build --out notes.txt"},
	{exitFault, "build --strict --content doubtful --out other"},
	{exitFault, "build --content nowhere"},
	{exitUsage, "build --content notes.txt --out notes.txt"},

	{exitUsage, "serve here"},
	{exitUsage, "serve --port 70000"},
	{exitUsage, "serve --port many"},
	{exitFault, "serve --content nowhere"},

	{exitFine, "check"},
	{exitFine, "check --rules"},
	{exitFault, "check --strict"},
	{exitUsage, "check here"},
	{exitUsage, "check --format xml"},
	{exitUsage, "check --only stael"},
	{exitUsage, "check --only xyzzy"},

	{exitFine, "check --for ru"},
	{exitUsage, "check --for fr"},
	{exitFine, "explain"},
	{exitUsage, "completion"},
	{exitUsage, "completion csh"},
	{exitFine, "man pages"},
	{exitUsage, "man a b"},
	{exitFault, "man notes.txt"},
	{exitFine, "explain number-differs stale"},
	{exitUsage, "explain stael"},

	{exitUsage, "align"},
	{exitUsage, "align nothing"},
	{exitUsage, "align a.txt"},
	{exitUsage, "align a.txt b.txt"},
	{exitUsage, "align --lang ru a.txt b.txt"},
	{exitUsage, "align --lang ru declaration"},
	{exitUsage, "align --lang русский,en ru.txt en.txt"},
	{exitUsage, "align --format xml declaration"},
	{exitUsage, "align --save --undo declaration"},
	{exitUsage, "align --save ru.txt en.txt"},
	{exitFault, "align nowhere.ru.txt nowhere.en.txt"},
	{exitFine, "align declaration"},
	{exitFine, "align --sentences declaration"},
	{exitUsage, "align --sentences --save declaration"},
	{exitFine, "align declaration --save --dry-run"},
	{exitFault, "align declaration --undo"},
	{exitFine, "align declaration --save"},
	{exitFine, "align declaration --save"},
	{exitFine, "align declaration --save --dry-run"},
	{exitFine, "align declaration --undo"},

	{exitUsage, "confirm declaration"},
	{exitUsage, "confirm nothing 1"},
	{exitUsage, "confirm declaration 9.9"},
	{exitUsage, "confirm declaration 0 --for fr"},
	{exitFine, "confirm declaration 0 --for ru,zh --by Anna"},
	{exitFine, "confirm declaration --all"},
	{exitFine, "confirm declaration 0"},
	{exitFine, "confirm declaration 0-1 --for zh"},
	{exitUsage, "confirm declaration 1.2-1.1"},
	{exitUsage, "confirm declaration 1-9"},
	{exitUsage, "confirm nothing --all"},

	{exitUsage, "new version"},
	{exitUsage, "new version declaration yesterday"},
	{exitUsage, "new version nothing 2015-07-10"},
	{exitUsage, "new text plan --title x"},
	{exitFault, "new text plan"},
	{exitFine, "new language kk"},
	{exitFault, "new language kk"},
	{exitFine, "new version declaration 2015-07-10"},
	{exitUsage, "new version declaration 2015-07-10"},
	{exitUsage, "new version declaration 2014-07-10"},

	{exitFine, "serve --port 0"},
	{exitFine, "build --compress"},
	{exitFault, "build --cache content"},
	{exitFault, "build --content faulty/content --out other"},
	{exitFault, "check --content faulty/content"},
	{exitFault, "check --content themed/content"},
	{exitFault, "build --content themed/content --out other"},
	{exitFault, "build --content unfilled/content --out other"},
	{exitFault, "export json -o content"},

	{exitUsage, "export"},
	{exitUsage, "export word"},
	{exitUsage, "export json nothing"},
	{exitUsage, "export json --lang fr"},
	{exitUsage, "export json --lang ru,ru"},
	{exitUsage, "export txt"},
	{exitUsage, "export tmx glossary"},
	{exitUsage, "export tbx declaration"},
	{exitUsage, "export tbx --version 9"},
	{exitUsage, "export csv --from ru --to zh"},
	{exitUsage, "export xliff"},
	{exitUsage, "export xliff --from ru"},
	{exitUsage, "export xliff --from ru --to ru"},
	{exitUsage, "export xliff --from ru --to zh --only old"},
	{exitFine, "export xliff --from ru --to zh -o out.xlf"},
	{exitFine, "export json -o out.json"},
	{exitFault, "export json -o nowhere/out.json"},
	{exitFault, "export json --content nowhere"},

	{exitUsage, "import"},
	{exitUsage, "import ru.txt"},
	{exitUsage, "import --text a.md ru.txt"},
	{exitUsage, "import --text x a.txt b.txt"},
	{exitUsage, "import --text x --lang english ru.txt"},
	{exitUsage, "import --text x --lang ru,ru ru.txt"},
	{exitUsage, "import --text x --lang ru ru.txt en.txt"},
	{exitUsage, "import --text x ru.txt other.ru.txt"},
	{exitFault, "import --text x nowhere.ru.txt"},
	{exitFault, "import --text x --lang ru notes.png"},
	{exitFault, "import --text x --lang ru notes"},
	{exitFault, "import nowhere.xlf"},
	{exitFault, "import damaged.xlf"},
	{exitFault, "import koi.xlf"},
	{exitFault, "import torn.docx"},
	{exitFault, "import --text y --lang ru torn.docx"},
	{exitFault, "import --text y --lang ru cut.docx"},
	{exitFault, "import --text y --lang ru old.doc"},
	{exitFault, "import --text y --lang ru book.pdf"},
	{exitFault, "import --text y --lang ru empty.txt"},
	{exitFault, "import --text y --lang ru koi.txt"},
	{exitFault, "import --text y --lang ru koi.html"},
	{exitFault, "import --text y --lang ru deep.html"},
	{exitUsage, "import damaged.tmx"},
	{exitFault, "import damaged.tmx --text declaration --to ru"},
	{exitFault, "import foreign.tmx --text declaration --to ru"},
	{exitFine, "import --text y --lang ru --dry-run page.html"},
	{exitFault, "import deep.xlf"},
	{exitFine, "import out.xlf"},
	{exitFine, "import out.xlf --dry-run"},
	{exitFine, "import --text x --dry-run ru.txt"},
	{exitFine, "import --text x ru.txt"},
	{exitFault, "import --text x other.ru.txt"},
	{exitFine, "import --text x --force other.ru.txt"},
}

// others are the files that the calls speak of.
var others = map[string]string{
	"doubtful/t/ru.md": "# Слово\n\nТекст с <b>HTML</b>.\n",
	"notes.txt":        "x", "notes.png": "x", "foreign/x": "x", "a.txt": "А", "b.txt": "Б",
	"ru.txt": "# Слово\nТекст о мире.\n", "en.txt": "# Word\nA text about peace.\n", "other.ru.txt": "# Слово\nДругой текст.\n",
	"damaged.xlf": "<xliff><file", "koi.xlf": `<?xml version="1.0" encoding="KOI8-R"?><xliff/>`,
	"deep.xlf":  "<xliff><trans-unit>" + strings.Repeat("<source>", 100),
	"torn.docx": "PK\x03\x04 и больше ничего", "cut.docx": "PK\x05\x06" + strings.Repeat("\x00", 18), "old.doc": "\xD0\xCF\x11\xE0", "book.pdf": "%PDF-1.7",
	"empty.txt": "", "koi.txt": "\xf0\xf2\xe9", "koi.html": "<p>\xf0\xf2\xe9", "deep.html": strings.Repeat("<div>", 600) + "Слово",
	"damaged.tmx": "<tmx><body><tu", "foreign.tmx": "<html/>", "page.html": "<main><h1>Слово</h1><p>О мире.</p></main>",

	// what one does wrong in files of each kind
	"faulty/content/site.yaml":                    "title: {ru: а, zh: б}\nlanguages:\n  - lang: ru\n  - lang: zh\ntexts: [нет]\nsevrity: {}\nbase-url: там\ntheme: нет\n",
	"faulty/content/а/ru.md":                      "---\ntitle: а: б\n---\n\n# Слово {#x}\n\n[ссылка](нет.md) [[нет]] [5](#5) ![](нет.png) <b>а</b>\n\n# Слово {#x}\n",
	"faulty/content/а/zh.md":                      "---\nstatuss: x\ndate: вчера\n---\n\n# 词 {#y}\n\n2014年9月31日。\n",
	"faulty/content/б/ru.md":                      "# Слово\n\n\xff\n",
	"faulty/content/glossary/bodies/один.yaml":    "class: нет\nnames: [а\n",
	"faulty/content/glossary/bodies/два.yaml":     "class: body\nnames:\n  ru:\n    - text: \"а\n",
	"faulty/content/glossary/bodies/три.yaml":     "\tclass: body\n",
	"faulty/content/glossary/bodies/четыре.yaml":  "class: &x body\nnames: *y\n",
	"faulty/content/б/alignment.tsv":              "не запись\n",
	"faulty/i18n/ru.yaml":                         "skip: [а]\nпропуск: {{.Нет}}\n",
	"faulty/static/ru/index.html":                 "x",
	"themed/content/a/ru.md":                      "# Слово\n\nО мире.\n",
	"notes":                                       "А",
	"themed/themes/default/layouts/home.html":     "{{нет 1}}",
	"themed/themes/default/layouts/text.html":     "{{if}}",
	"themed/themes/default/layouts/contents.html": "{{$а}}",
	"themed/themes/default/layouts/search.html":   "{{end}}",
	"themed/themes/default/layouts/notfound.html": "{{",
	"themed/themes/default/layouts/concept.html":  "{{\"а}}",
	"themed/themes/default/layouts/choice.html":   "{{if .Title}}",
	"themed/themes/default/layouts/group.html":    "{{}}",
	"unfilled/content/a/ru.md":                    "# Слово\n\nО мире.\n",
	"unfilled/themes/default/layouts/home.html":   "{{define \"main\"}}{{.Нет}}{{end}}",
}

// TestNoEnglish: whoever reads Russian or Chinese meets no English word but names
// of commands, flags, formats and files.
func TestNoEnglish(t *testing.T) {
	if testing.Short() {
		t.Skip("about a hundred calls in each of two languages")
	}
	for _, lang := range []string{"ru", "zh"} {
		t.Run(lang, func(t *testing.T) {
			t.Chdir(t.TempDir())
			t.Setenv("STELE_LANG", "en") // which --lang goes before
			t.Setenv("GIT_AUTHOR_NAME", "Анна")
			for name, body := range others {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			all := slices.Clone(calls)
			for _, c := range commands() {
				if !c.hidden {
					all = append(all, call{exitFine, "help " + c.name}, call{exitFine, c.name + " --help"})
				}
			}
			for _, c := range all {
				args := append([]string{"--lang", lang}, strings.Fields(c.args)...)
				var stdout, stderr bytes.Buffer
				ctx := t.Context()
				if strings.HasPrefix(c.args, "serve --port 0") { // which ends when it is told to
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, time.Second)
					defer cancel()
				}
				if code := run(ctx, args, &stdout, &stderr); code != c.code {
					t.Errorf("stele %s: exit code %d, want %d\n%s%s", c.args, code, c.code, &stdout, &stderr)
				}
				said := stderr.String()
				if strings.HasPrefix(c.args, "explain n") {
					continue // with examples in all languages
				}
				// What these print is the texts themselves.
				texts := strings.HasPrefix(c.args, "export") || strings.HasPrefix(c.args, "align --sentences ") || strings.Contains(c.args, "--dry-run ru.txt")
				if !texts || strings.Contains(c.args, "--help") {
					said += stdout.String()
				}
				if (c.code != exitFine || strings.Contains(c.args, "help")) && strings.TrimSpace(said) == "" {
					t.Errorf("stele %s: says nothing", c.args)
				}
				for line := range strings.Lines(said) {
					if words := english(line, args); len(words) > 0 {
						t.Errorf("stele --lang %s %s: English %q in\n%s", lang, c.args, words, line)
					}
					if strings.ContainsAny(line, "‹`") && !strings.Contains(c.args, "--rules") && c.args != "explain" || strings.Contains(line, "<no value>") {
						t.Errorf("stele --lang %s %s: not filled in: %s", lang, c.args, line)
					}
				}
			}
		})
	}
}

// TestLanguageAnywhere: --lang stands before the command or, where it does not
// mean the languages of texts, after it; it goes for wrong usage too.
func TestLanguageAnywhere(t *testing.T) {
	t.Setenv("STELE_LANG", "en")
	for args, want := range map[string]string{
		"--lang zh":                       "用法",
		"--lang=zh help":                  "用法",
		"help --lang zh":                  "用法",
		"help build --lang zh":            "用法",
		"--lang zh help import":           "用法",
		"build --help --lang zh":          "用法",
		"build --lang zh here":            "build 不接受参数",
		"build here --lang=zh":            "build 不接受参数",
		"build --colour --lang zh":        "没有选项 --colour",
		"--lang ru build --lang zh here":  "build 不接受参数",
		"--lang zh import":                "import 需要文件",
		"--lang zh publish":               "没有命令",
		"import --lang zh":                "import needs a file",
		"import --help --lang zh":         "用法", // of help the languages of texts are no matter
		"align --help --lang=zh":          "用法",
		"new site --lang zh --help":       "用法",
		"export -h --lang zh":             "用法",
		"import --lang ru,zh --help":      "Usage",
		"--lang cn publish":               "没有命令",
		"--lang 中文 publish":               "没有命令",
		"--lang xx":                       "--lang is one of en, ru, zh, not",
		"--lang":                          "--lang needs a value",
		"build --lang xx":                 "--lang is one of en, ru, zh, not",
		"--lang ru-RU build --port":       "ключа --port нет",
		"build -- --lang zh":              "build takes no arguments",
		"check --format --lang zh --list": "没有选项 --list", // of what cannot be read, --lang is found anyway
	} {
		var out bytes.Buffer
		run(t.Context(), strings.Fields(args), &out, &out)
		if !strings.Contains(out.String(), want) {
			t.Errorf("stele %s: %q is not in\n%s", args, want, &out)
		}
	}
}

// TestUnspokenLanguage: whoever sets STELE_LANG to what is no language of messages
// is told which there are; a locale of another language is no mistake.
func TestUnspokenLanguage(t *testing.T) {
	for _, c := range []struct{ stele, lang, want string }{
		{"cn", "", "没有命令“publish”"},
		{"русский", "", "команды «publish» нет"},
		{"fr", "zh_CN.UTF-8", "STELE_LANG=fr：没有这种语言的消息，可用的有 en、ru、zh；现用 zh\n"},
		{"fr", "", "STELE_LANG=fr: messages are in en, ru, zh; this one is none of them, so they are in en\n"},
		{"C.UTF-8", "", "stele: there is no command"},
		{"", "kk_KZ.UTF-8", "stele: there is no command"},
	} {
		t.Setenv("STELE_LANG", c.stele)
		t.Setenv("LC_ALL", c.lang)
		var out bytes.Buffer
		run(t.Context(), []string{"publish"}, &out, &out)
		if !strings.Contains(out.String(), c.want) || !strings.HasPrefix(c.want, "STELE") && strings.Contains(out.String(), "STELE_LANG") {
			t.Errorf("STELE_LANG=%s LC_ALL=%s: %q is not in\n%s", c.stele, c.lang, c.want, &out)
		}
	}
}

var (
	latin = regexp.MustCompile(`[A-Za-z][A-Za-z'’]*`)
	// paths, addresses, places, flags, keys with their values, other commands
	notWords = regexp.MustCompile(`\S*[/\\]\S*|https?:\S+|[\w~-]*\.[\w~]+|base-url|user\.name|--?[a-z-]+(=\S+)?|U\+[0-9A-F]+|\{[^}]*\}|<!--.*?-->|[a-z]+:`)
	// what has no name in another language
	names = strings.Fields(`stele Markdown Word HTML XLIFF XML TSV JSON MiB KiB kB s SCO UTF git GitHub STELE LANG LC MESSAGES ALL PATH
		ru zh en pt BR CN Hans docx txt xlf glossary groups bodies treaties principles public content site text concept language theme declaration about plan
		off missing stale unconfirmed slug lang title aliases layout YAML id ignore tsv user name find URL mtime Excel bash zsh fish powershell man strategy Tab KOI R Out String iex PROFILE
		error warning note skip zero one two few many other notion severity sevrity status statuss received Windows GB xFF b if PDF pdftotext soffice W declaration council charter data file plain foreign other notes nothing nowhere thing x`)
)

// english are the words of a line that are of the English language, and not names
// that the reader has typed or will type.
func english(line string, args []string) []string {
	typed := strings.Join(args, " ")
	rest := notWords.ReplaceAllString(line, " ")
	var out []string
	for _, w := range latin.FindAllString(rest, -1) {
		if !known[w] && !slices.Contains(names, w) && !strings.Contains(typed, w) {
			out = append(out, w)
		}
	}
	return out
}

// known are the names of commands, formats and rules, and their parts.
var known = func() map[string]bool {
	out := map[string]bool{}
	add := func(name string) {
		for _, p := range strings.Split(name, "-") {
			out[p] = true
		}
	}
	for _, c := range commands() {
		add(c.name)
	}
	add("devel")
	add(changesMade)
	for _, r := range build.Rules {
		add(string(r.Code))
	}
	for _, f := range site.Formats {
		add(string(f))
	}
	for _, f := range formatNames {
		add(f)
	}
	return out
}()

// TestFindingsOnTerminal: the places that a finding speaks of stand under it, so
// that it reads as one; programs get a line for each.
func TestFindingsOnTerminal(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	v := &invocation{words: spoken(t)["ru"]}
	d := diag.Of(diag.Warning, diag.Pos{Path: "a/ru.md", Line: 3, Col: 1}, "failed", "Reason", "нет")
	d.Related = []diag.Related{{Pos: diag.Pos{Path: "a/en.md", Line: 4, Col: 2}, Phrase: diag.Say("related.first")}}
	for _, c := range []struct {
		print      func(io.Writer, diag.List, string)
		lang, want string
	}{
		{v.printTerminal, "ru", "content/a/ru.md:3:1: \x1b[33mпредупреждение\x1b[0m failed: нет\n    content/a/en.md:4:2: первое\n"},
		{v.printTerminal, "zh", "content/a/ru.md:3:1: \x1b[33m警告\x1b[0m failed: нет\n    content/a/en.md:4:2: 第一处\n"},
		{v.print, "ru", "content/a/ru.md:3:1: warning failed: нет\ncontent/a/en.md:4:2: note: первое\n"},
	} {
		var b bytes.Buffer
		v.words = spoken(t)[c.lang]
		if c.print(&b, diag.List{d}, "content"); b.String() != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.lang, &b, c.want)
		}
	}
	t.Setenv("NO_COLOR", "1")
	var b bytes.Buffer
	if v.printTerminal(&b, diag.List{d}, "content"); strings.Contains(b.String(), "\x1b") || !strings.Contains(b.String(), "предупреждение failed") {
		t.Errorf("without colours: %q", &b)
	}
}

// TestHelpIsNarrow: what help says of a command fits a terminal.
func TestHelpIsNarrow(t *testing.T) {
	t.Parallel()
	for lang, words := range spoken(t) {
		for _, c := range commands() {
			for line := range strings.SplitSeq(c.more(words), "\n") {
				wide := 0
				for _, r := range line {
					wide++
					if r >= 0x2E80 {
						wide++
					}
				}
				if wide > 88 {
					t.Errorf("%s, %s: %d columns, want at most 88: %s", lang, c.name, wide, line)
				}
			}
		}
	}
}
