// Command scale makes a site of many parallel texts twice, once for stele and
// once for Hugo, builds both in turn and prints what each costs.
//
//	go install github.com/gohugoio/hugo@v0.165.0
//	go build -o /tmp/stele ./cmd/stele
//	go run ./bench/scale -from DIR -n 1000 -stele /tmp/stele -hugo "$(go env GOPATH)/bin/hugo" /tmp/scale
//
// DIR holds folders of real parallel paragraphs: ru.txt, zh.txt and en.txt, a
// paragraph a line, of which those with the same number say the same; or, with a
// gold.tsv beside them, those that one of its rows names. Texts are drawn from them
// anew, the same for the same flags: a title, two paragraphs, and five sections of
// two to seven paragraphs, half of them with a list. Hugo's pages have the three
// languages side by side too, without alignment, terms, search and downloads.
//
// CPU is user and system time of the process, as the system accounts it. What is
// quoted is the ratio of pairs that ran one after the other: machines are noisy.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"stele/bench/peak"
)

var langs = []string{"ru", "zh", "en"}

// row is what says the same in each language.
type row [3]string

func main() {
	log.SetFlags(0)
	from := flag.String("from", "", "the `folder` of parallel texts")
	n := flag.Int("n", 1000, "how many texts")
	runs := flag.Int("runs", 3, "how many pairs of each kind")
	stele := flag.String("stele", "stele", "the program")
	hugo := flag.String("hugo", "hugo", "the other program")
	flag.Parse()
	if flag.NArg() != 1 || *from == "" {
		log.Fatal("scale: name a folder to work in, which must not exist, and -from")
	}
	dir := flag.Arg(0)
	if _, err := os.Stat(dir); err == nil {
		log.Fatalf("scale: %s exists", dir)
	}
	heads, paras := pool(*from)
	if len(heads) == 0 || len(paras) == 0 {
		log.Fatalf("scale: there are %d headings and %d paragraphs in %s", len(heads), len(paras), *from)
	}
	write(dir, *n, heads, paras)
	content, out, cache := filepath.Join(dir, "stele", "content"), filepath.Join(dir, "public"), filepath.Join(dir, "cache")
	build := func(cache string) *exec.Cmd {
		return exec.Command(*stele, "build", "--content", content, "--out", out, "--cache", cache)
	}
	other := func() *exec.Cmd {
		return exec.Command(*hugo, "--quiet", "--source", filepath.Join(dir, "hugo"), "--destination", filepath.Join(dir, "hugo-public"))
	}
	gone := func(names ...string) func(int) {
		return func(int) {
			for _, name := range names {
				if err := os.RemoveAll(name); err != nil {
					log.Fatal(err)
				}
			}
		}
	}
	edit := func(i int) {
		file := filepath.Join(content, "s00", "d00000", "en.md")
		data, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(file, fmt.Appendf(data, "\nAn edit, number %d.\n", i), 0o644)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	fmt.Printf("%d texts in 3 languages, %d pairs, %s/%s, %d processors\n\n", *n, *runs, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	fmt.Println("| stele | CPU s | wall s | peak MiB | Hugo CPU s | wall s | peak MiB | CPU | peak |\n|---|---|---|---|---|---|---|---|---|")
	for _, k := range []struct {
		name   string
		cache  string
		before func(i int)
	}{
		{"cold, nothing remembered", "off", gone(out)},
		{"filled store, no output", cache, gone(out)},
		{"nothing changed", cache, func(int) {}},
		{"one file changed", cache, edit},
	} {
		k.before(0)
		run(build(k.cache)) // for warmth, and to fill the store
		run(other())
		var a, b []cost
		for i := range *runs {
			k.before(i + 1)
			a = append(a, run(build(k.cache)))
			gone(filepath.Join(dir, "hugo-public"))(0)
			b = append(b, run(other()))
		}
		m := func(list []cost, of func(cost) float64) float64 {
			return median(list, func(i int) float64 { return of(list[i]) })
		}
		cpu, wall, peak := func(c cost) float64 { return c.cpu }, func(c cost) float64 { return c.wall }, func(c cost) float64 { return c.peak }
		fmt.Printf("| %s | %.2f | %.2f | %.0f | %.2f | %.2f | %.0f | %.2f | %.2f |\n", k.name, m(a, cpu), m(a, wall), m(a, peak), m(b, cpu), m(b, wall), m(b, peak),
			median(a, func(i int) float64 { return a[i].cpu / b[i].cpu }), median(a, func(i int) float64 { return a[i].peak / b[i].peak }))
	}
}

// cost is what a run took.
type cost struct{ cpu, wall, peak float64 }

func run(c *exec.Cmd) cost {
	var said bytes.Buffer
	c.Stderr = &said
	start := time.Now()
	if err := c.Run(); err != nil {
		log.Fatalf("scale: %v: %v\n%s", c.Args, err, said.String())
	}
	out := cost{cpu: (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), wall: time.Since(start).Seconds()}
	out.peak = peak.Of(c.ProcessState)
	return out
}

func median(list []cost, of func(i int) float64) float64 {
	values := make([]float64, len(list))
	for i := range list {
		values[i] = of(i)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

var blockMark = regexp.MustCompile(`^(#{1,6} |[-*] |\d+\. |> |\| |  - )`)

// pool reads the parallel paragraphs, and of them the short ones as headings.
func pool(from string) (heads, paras []row) {
	files, err := filepath.Glob(filepath.Join(from, "*", "en.txt"))
	if err != nil {
		log.Fatal(err)
	}
	slices.Sort(files)
	for _, f := range files {
		dir := filepath.Dir(f)
		var all [3][]string
		for l, lang := range langs {
			all[l] = lines(filepath.Join(dir, lang+".txt"))
		}
		for _, at := range ties(dir, all) {
			var r row
			marked := false
			fit := true
			for l := range langs {
				s := all[l][at[l]]
				marked = marked || strings.HasPrefix(s, "#")
				fit = fit && s != "" && !strings.ContainsAny(s, "|[<\u200b\u200e\u200f\ufeff")
				r[l] = strings.TrimSpace(blockMark.ReplaceAllString(s, ""))
			}
			switch {
			case !fit || slices.Contains(r[:], ""):
			case marked && len(r[2]) < 90:
				heads = append(heads, r)
			case !marked && len(r[2]) > 60:
				paras = append(paras, r)
			case !marked && len(r[2]) < 60:
				heads = append(heads, r)
			}
		}
	}
	return heads, paras
}

func lines(name string) []string {
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	var out []string
	s := bufio.NewScanner(f)
	s.Buffer(nil, 16<<20)
	for s.Scan() {
		out = append(out, s.Text())
	}
	return out
}

// ties are the lines that say the same.
func ties(dir string, all [3][]string) (out [][3]int) {
	gold := lines(filepath.Join(dir, "gold.tsv"))
	if gold == nil {
		for i := range min(len(all[0]), len(all[1]), len(all[2])) {
			out = append(out, [3]int{i, i, i})
		}
		return out
	}
	column := [3]int{-1, -1, -1}
	for i, name := range strings.Split(gold[0], "\t") {
		if l := slices.Index(langs, strings.Trim(name, "#")); l >= 0 {
			column[l] = i
		}
	}
	for _, line := range gold[1:] {
		cells := strings.Split(line, "\t")
		var at [3]int
		ok := true
		for l, c := range column {
			n, err := -1, error(nil)
			if c >= 0 && c < len(cells) {
				n, err = strconv.Atoi(cells[c])
			}
			ok = ok && err == nil && n >= 0 && n < len(all[l])
			at[l] = n
		}
		if ok {
			out = append(out, at)
		}
	}
	return out
}

// write writes both sites.
func write(dir string, n int, heads, paras []row) {
	put := func(data string, name ...string) {
		file := filepath.Join(append([]string{dir}, name...)...)
		err := os.MkdirAll(filepath.Dir(file), 0o755)
		if err == nil {
			err = os.WriteFile(file, []byte(data), 0o644)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		title := heads[r.IntN(len(heads))]
		var blocks [3][]string
		add := func(x row, before, after string) {
			for l := range langs {
				blocks[l] = append(blocks[l], before+x[l]+after)
			}
		}
		add(paras[r.IntN(len(paras))], "", "")
		add(paras[r.IntN(len(paras))], "", "")
		for k := range 5 {
			add(heads[r.IntN(len(heads))], "## ", fmt.Sprintf(" {#art-%d}", k+1))
			for j := range 2 + r.IntN(6) {
				add(paras[r.IntN(len(paras))], "", "")
				if j != 1 || r.IntN(2) == 0 {
					continue
				}
				var list [3][]string
				for range 3 + r.IntN(4) {
					x := heads[r.IntN(len(heads))]
					for l := range langs {
						list[l] = append(list[l], "- "+x[l]+";")
					}
				}
				for l := range langs {
					blocks[l] = append(blocks[l], strings.Join(list[l], "\n"))
				}
			}
		}
		to := max(0, min(n-1, i+r.IntN(81)-40))
		section, name := fmt.Sprintf("s%02d", i/50), fmt.Sprintf("d%05d", i)
		for l, lang := range langs {
			head := fmt.Sprintf("---\ntitle: %q\n", fmt.Sprintf("%s %d", strings.ReplaceAll(title[l], `"`, ""), i))
			body := strings.Join(blocks[l], "\n\n")
			link := func(target string) string { return fmt.Sprintf(" [%d](%s)\n", to, target) }
			put(head+"layout: page\n---\n\n"+body+link(fmt.Sprintf("../../s%02d/d%05d/%s.md", to/50, to, lang)), "stele", "content", section, name, lang+".md")
			put(head+"---\n\n"+body+link(fmt.Sprintf("/%s/s%02d/d%05d/", lang, to/50, to)), "hugo", "content", lang, section, name+".md")
		}
	}
	for _, lang := range langs {
		put("---\ntitle: Home\n---\n", "hugo", "content", lang, "_index.md")
	}
	for name, data := range hugoFiles {
		put(data, "hugo", name)
	}
}

// hugoFiles are a theme as plain as can be whose pages show what stele's show.
var hugoFiles = map[string]string{
	"hugo.toml": `baseURL = "https://example.org/"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
disableKinds = ["RSS", "taxonomy", "term"]
enableGitInfo = false
[languages.ru]
label = "Русский"
weight = 1
contentDir = "content/ru"
[languages.zh]
label = "中文"
weight = 2
contentDir = "content/zh"
hasCJKLanguage = true
[languages.en]
label = "English"
weight = 3
contentDir = "content/en"
`,
	"layouts/_default/baseof.html": `<!doctype html><html lang="{{ .Site.Language.Lang }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ .Title }} | {{ .Site.Title }}</title><link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}<meta property="og:title" content="{{ .Title }}"><link rel="stylesheet" href="{{ "style.css" | relURL }}"></head>
<body><header><a href="{{ .Site.Home.RelPermalink }}">Home</a><nav>{{ range .Translations }}<a href="{{ .RelPermalink }}" hreflang="{{ .Language.Lang }}" lang="{{ .Language.Lang }}">{{ .Language.Label }}</a> {{ end }}</nav></header><main>{{ block "main" . }}{{ end }}</main></body></html>
`,
	"layouts/_default/single.html": `{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ range .Ancestors.Reverse }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> / {{ end }}</p><aside>{{ .TableOfContents }}</aside>
<div class="parallel">{{ range .AllTranslations }}<section lang="{{ .Language.Lang }}"><h2>{{ .Title }}</h2>{{ .Content }}</section>{{ end }}</div>
<nav>{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }} {{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav></article>{{ end }}
`,
	"layouts/_default/list.html": `{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
`,
	"layouts/index.html": `{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
`,
	"static/style.css": "body{font:1rem/1.6 serif}\n",
}
