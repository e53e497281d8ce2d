// Command texts writes a content folder of synthetic texts in Russian, Chinese
// and English, to measure builds with:
//
//	go run ./bench/texts -n 1000 /tmp/big/content
//
// The same flags give the same bytes. Each text fills one page per language.
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// vocabulary gives each idea a word in every language, so that the versions
// say the same.
var vocabulary = [][3]string{
	{"государства", "各国", "states"},
	{"развивают", "发展", "develop"},
	{"сотрудничество", "合作", "cooperation"},
	{"торговлю", "贸易", "trade"},
	{"укрепляют", "加强", "strengthen"},
	{"доверие", "信任", "trust"},
	{"границы", "边界", "borders"},
	{"поддерживают", "支持", "support"},
	{"энергетику", "能源", "energy"},
	{"транспорт", "交通", "transport"},
	{"культуру", "文化", "culture"},
	{"образование", "教育", "education"},
	{"науку", "科学", "science"},
	{"здоровье", "卫生", "health"},
	{"защищают", "保护", "protect"},
	{"природу", "环境", "nature"},
	{"проводят", "举行", "hold"},
	{"встречи", "会晤", "meetings"},
	{"обмениваются", "交换", "exchange"},
	{"сведениями", "信息", "information"},
	{"создают", "建立", "create"},
	{"условия", "条件", "conditions"},
	{"развития", "进步", "progress"},
	{"мира", "和平", "peace"},
	{"совместно", "共同", "together"},
	{"готовят", "制定", "prepare"},
	{"планы", "计划", "plans"},
	{"работы", "工作", "work"},
}

func main() {
	n := flag.Int("n", 1000, "how many texts")
	paragraphs := flag.Int("paragraphs", 12, "paragraphs in each text")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("texts: name the folder to write, which must not exist")
	}
	dir := flag.Arg(0)
	if _, err := os.Stat(dir); err == nil {
		log.Fatalf("texts: %s exists", dir)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	langs := []string{"ru", "zh", "en"}
	for t := range *n {
		var out [3]strings.Builder
		for l := range langs {
			fmt.Fprintf(&out[l], "---\ntitle: %s %d\nstatus: working-translation\nlayout: page\n---\n# %[1]s %[2]d {#t}\n", []string{"Текст", "文本", "Text"}[l], t)
		}
		for p := range *paragraphs {
			var words [][3]string
			for range 20 + rng.IntN(40) {
				words = append(words, vocabulary[rng.IntN(len(vocabulary))])
			}
			year := 1990 + rng.IntN(40)
			for l := range langs {
				sep, end := " ", "."
				if l == 1 {
					sep, end = "", "。"
				}
				out[l].WriteString("\n")
				if p%6 == 0 {
					fmt.Fprintf(&out[l], "## %s %d {#s%[2]d}\n\n", []string{"Раздел", "章节", "Section"}[l], p/6+1)
				}
				for i, w := range words {
					if i > 0 {
						out[l].WriteString(sep)
					}
					out[l].WriteString(w[l])
				}
				fmt.Fprintf(&out[l], "%s%d%s\n", sep, year, end)
			}
		}
		for l, lang := range langs {
			name := filepath.Join(dir, fmt.Sprintf("text-%05d", t), lang+".md")
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				log.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(out[l].String()), 0o644); err != nil {
				log.Fatal(err)
			}
		}
	}
}
