package main

import (
	"fmt"
	"strings"
)

// page is a text of three languages for the glossary to find its names in.
const page = "# A\n\n## B {#b}\n\na concept0 and concept1, x1 word1 name.\n\nc\n"

// concept is a file of the glossary.
func concept(name, more string) string {
	return "class: notion\nnames:\n  en: [" + name + "]\n  ru: [" + name + "]\n  zh: [" + name + "]\n" + more
}

func yamlTop(more string) string { return "class: notion\nnames:\n  en: [one]\n" + more }

// with adds files to a small site in three languages.
func with(add func(n int) files) func(n int) files {
	return func(n int) files {
		out := files{"content/a/en.md": page, "content/a/ru.md": page, "content/a/zh.md": page}
		for name, data := range add(n) {
			out[name] = data
		}
		return out
	}
}

func single(name string, data func(n int) string) func(n int) files {
	return with(func(n int) files { return files{name: data(n)} })
}

// named are texts beside which the glossary has one concept, a.
func named(texts func(n int) files, a string) func(n int) files {
	return func(n int) files {
		out := texts(n)
		out["content/glossary/g/a.yaml"] = a
		return out
	}
}

// concepts are small files of one kind, n bytes together.
func concepts(unit func(i int) string) func(n int) files {
	return with(func(n int) files {
		out := files{}
		for i := 0; n > 0; i++ {
			s := unit(i)
			n -= max(len(s), 300) // a file and its pages have a price of their own
			out[fmt.Sprintf("content/glossary/g/c%d.yaml", i)] = s
		}
		return out
	})
}

const recordHead = "#passage\tmark\ten\tru\tzh\n"

var others = []input{
	// glossary
	{"glossary chain of parents", concepts(func(i int) string {
		if i == 0 {
			return concept("x0", "")
		}
		return concept(fmt.Sprint("x", i), fmt.Sprintf("parent: c%d\n", i-1))
	})},
	{"glossary alone", concepts(func(i int) string { return concept(fmt.Sprint("x", i), "") })},
	{"glossary circle of parents", concepts(func(i int) string { return concept(fmt.Sprint("x", i), fmt.Sprintf("parent: c%d\n", (i+1)%500)) })},
	{"glossary of one parent", concepts(func(i int) string {
		if i == 0 {
			return concept("x0", "")
		}
		return concept(fmt.Sprint("x", i), "parent: c0\n")
	})},
	{"glossary of one group of names", concepts(func(i int) string { return concept(fmt.Sprint("same word ", i), "") })},
	{"glossary of one name", concepts(func(i int) string { return concept("same", "") })},
	{"glossary all related", with(func(n int) files {
		out, k := files{}, 0
		for k*k*5+k*80 < n {
			k++
		}
		for i := range k {
			var ids []string
			for j := range k {
				if j != i {
					ids = append(ids, fmt.Sprint("c", j))
				}
			}
			out[fmt.Sprintf("content/glossary/g/c%d.yaml", i)] = concept(fmt.Sprint("x", i), "related: ["+strings.Join(ids, ", ")+"]\n")
		}
		return out
	})},
	{"glossary of related to one", concepts(func(i int) string {
		if i == 0 {
			return concept("x0", "")
		}
		return concept(fmt.Sprint("x", i), "related: [c0]\n")
	})},
	{"glossary of capitals", func(n int) files {
		out := text("en", units("same Same. "))(n / 2)
		for i := range n / 2 / 300 {
			out[fmt.Sprintf("content/glossary/g/c%d.yaml", i)] = "class: notion\nnames:\n  en: [{text: SAME, kind: abbreviation}, {text: one" + fmt.Sprint(i) + ", kind: full}]\n"
		}
		return out
	}},
	{"glossary of related that is not", single("content/glossary/g/a.yaml", func(n int) string {
		return concept("a", "related:\n"+count(n, func(i int) string { return fmt.Sprintf("- y%d\n", i) }))
	})},
	{"glossary of groups", with(func(n int) files {
		out := files{}
		for i := 0; n > 0; i++ {
			s := concept(fmt.Sprint("x", i), "")
			n -= 1000
			out[fmt.Sprintf("content/glossary/g%d/c%d.yaml", i, i)] = s
		}
		return out
	})},
	{"glossary of dates", concepts(func(i int) string {
		return concept(fmt.Sprint("x", i), fmt.Sprintf("facts: {founded: %d-01-01}\n", 1000+i%1000))
	})},
	{"glossary of treaties of one day", concepts(func(i int) string {
		return strings.Replace(concept(fmt.Sprint("x", i), "facts: {signed: 2001-01-01}\n"), "notion", "treaty", 1)
	})},
	{"glossary of names", single("content/glossary/g/a.yaml", func(n int) string {
		return "class: notion\nnames:\n  en:\n" + count(n, func(i int) string { return fmt.Sprintf("  - word%d\n", i) })
	})},
	{"glossary of names of many words", single("content/glossary/g/a.yaml", func(n int) string {
		return "class: notion\nnames:\n  en:\n" + count(n, func(i int) string { return "  - " + strings.Repeat("a ", 140) + fmt.Sprint(i) + "\n" })
	})},
	{"glossary of names in a text of them", func(n int) files {
		out := text("en", units("a a a "))(n / 2)
		for i := range 40 {
			out[fmt.Sprintf("content/glossary/g/c%d.yaml", i)] = "class: notion\nnames:\n  en:\n" + count(n/80, func(j int) string { return "  - " + strings.Repeat("a ", j%100) + fmt.Sprint("b", i) + "\n" })
		}
		return out
	}},
	{"glossary of languages", single("content/glossary/g/a.yaml", func(n int) string {
		return "class: notion\nnames:\n" + count(n, func(i int) string { return fmt.Sprintf("  l%d: [x]\n", i) })
	})},
	{"glossary of aliases", single("content/glossary/g/a.yaml", func(n int) string {
		return concept("x", "aliases:\n"+count(n, func(i int) string { return fmt.Sprintf("- y%d\n", i) }))
	})},
	{"glossary of notes", single("content/glossary/g/a.yaml", func(n int) string {
		return concept("x", "notes:\n"+count(n, func(i int) string { return "- {date: 2001, text: {en: a}}\n" }))
	})},
	{"glossary of one long definition", single("content/glossary/g/a.yaml", func(n int) string { return concept("x", "definition: {en: '"+rep("a b ", n)+"'}\n") })},
	{"glossary of definitions that name all", concepts(func(i int) string {
		return concept(fmt.Sprint("x", i), fmt.Sprintf("definition: {en: '[[c%d]] x1 x2 x3 x4'}\n", i/2))
	})},
	{"glossary concept a", named(text("en", units("a a a ")), "class: notion\nnames: {en: [a]}\n")},
	{"glossary concept a in three", named(text("ru zh en", units("a a a\n\n")), concept("a", ""))},
	{"glossary concept a in paragraphs", named(text("en", units("a a a\n\n")), "class: notion\nnames: {en: [a]}\n")},
	{"glossary concept linked", named(text("ru zh en", units("[[a]]\n\n")), concept("a", ""))},
	{"glossary concepts, all in all", func(n int) files {
		out := text("en", counted("name#i name#i x.\n\n"))(n / 2)
		for i := range n / 2 / 60 {
			out[fmt.Sprintf("content/glossary/g/c%d.yaml", i)] = concept(fmt.Sprint("name", i), "")
		}
		return out
	}},
	{"glossary concepts in one paragraph", func(n int) files {
		out := text("en", counted("name#i "))(n / 2)
		for i := range n / 2 / 60 {
			out[fmt.Sprintf("content/glossary/g/c%d.yaml", i)] = concept(fmt.Sprint("name", i), "")
		}
		return out
	}},

	// YAML, in each kind of file
	{"front matter of many keys", single("content/b/en.md", func(n int) string {
		return "---\n" + count(n, func(i int) string { return fmt.Sprintf("k%d: a\n", i) }) + "---\n\na\n"
	})},
	{"front matter without end", single("content/b/en.md", func(n int) string { return "---\n" + rep("a: b\n", n) })},
	{"front matter of a long title", single("content/b/en.md", func(n int) string { return "---\ntitle: " + rep("a ", n) + "\n---\n\na\n" })},
	{"front matter of small files", with(func(n int) files {
		out := files{}
		for i := 0; n > 0; i++ {
			s := fmt.Sprintf("---\ntitle: T%d\naliases: [o%d]\n---\n\na\n", i, i)
			n -= len(s) * 8 // a text has a price of its own
			out[fmt.Sprintf("content/t%d/en.md", i)] = s
		}
		return out
	})},
	{"front matter in TOML", single("content/b/en.md", func(n int) string {
		return "+++\n" + count(n, func(i int) string { return fmt.Sprintf("k%d = [[\"a\"], 1]\n", i) }) + "+++\n\na\n"
	})},
	{"front matter in JSON", single("content/b/en.md", func(n int) string { return "{\"a\":" + rep("[", n/2) + rep("]", n/2) + "}\n\na\n" })},
	{"yaml nested flow", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop("related: " + rep("[", n/2) + rep("]", n/2) + "\n") })},
	{"yaml nested maps", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop("facts: " + rep("{a: ", n/2) + rep("}", n/2) + "\n") })},
	{"yaml nested blocks", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop("related:\n" + rep("- ", n) + "a\n") })},
	{"yaml nested indents", single("content/glossary/g/a.yaml", func(n int) string {
		return yamlTop(count(n, func(i int) string { return strings.Repeat(" ", i) + "a:\n" }))
	})},
	{"yaml open flow", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop("related: " + rep("[", n)) })},
	{"yaml open quote", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop("related: \"" + rep("a\n", n)) })},
	{"yaml keys twice", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop(rep("related: [a]\n", n)) })},
	{"yaml keys unknown", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop(count(n, func(i int) string { return fmt.Sprintf("k%d: a\n", i) })) })},
	{"yaml long key", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop(rep("k", n) + ": a\n") })},
	{"yaml anchors", single("content/glossary/g/a.yaml", func(n int) string {
		return yamlTop("related:\n" + count(n, func(i int) string { return fmt.Sprintf("- &a%d x\n- *a%d\n", i, i) }))
	})},
	{"yaml anchors of anchors", single("content/glossary/g/a.yaml", func(n int) string {
		return yamlTop("a0: &a0 [x, x]\n" + count(n, func(i int) string { return fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i) }))
	})},
	{"yaml merge keys", single("content/glossary/g/a.yaml", func(n int) string {
		return yamlTop("a: &a {b: c}\n" + count(n, func(i int) string { return fmt.Sprintf("k%d:\n  <<: *a\n", i) }))
	})},
	{"yaml documents", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop(rep("---\na: b\n", n)) })},
	{"yaml comments", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop(rep("# a\n", n)) })},
	{"yaml directives", single("content/glossary/g/a.yaml", func(n int) string { return rep("%TAG ! a\n", n) + "---\n" + yamlTop("") })},
	{"yaml tags", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop("related: [" + rep("!!str a, ", n) + "]\n") })},
	{"yaml question marks", single("content/glossary/g/a.yaml", func(n int) string { return rep("? ", n) + "\n" })},
	{"yaml blocks of text", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop("definition: |\n" + rep("  a\n", n)) })},
	{"yaml folded text", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop("definition: >\n" + rep("  a\n\n", n)) })},
	{"yaml escapes", single("content/glossary/g/a.yaml", func(n int) string { return yamlTop("definition: \"" + rep(`\u0041`, n) + "\"\n") })},
	{"yaml colons", single("content/glossary/g/a.yaml", func(n int) string { return rep("a: ", n) })},

	// settings
	{"settings of texts", single("content/site.yaml", func(n int) string {
		return "texts:\n" + count(n, func(i int) string { return fmt.Sprintf("- t%d\n", i) })
	})},
	{"settings of one text", single("content/site.yaml", func(n int) string { return "texts:\n" + rep("- a\n", n) })},
	{"settings of languages", single("content/site.yaml", func(n int) string {
		return "languages:\n" + count(n, func(i int) string { return fmt.Sprintf("- {lang: %c%c%c}\n", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26) })
	})},
	{"settings of aliases", single("content/site.yaml", func(n int) string {
		return "languages:\n- lang: en\n  aliases:\n" + count(n, func(i int) string { return fmt.Sprintf("  - o%d\n", i) }) + "- lang: ru\n- lang: zh\n"
	})},
	{"settings of folders", single("content/site.yaml", func(n int) string {
		return "folders:\n" + count(n, func(i int) string { return fmt.Sprintf("- f%d\n", i) })
	})},
	{"settings of groups", single("content/site.yaml", func(n int) string {
		return "glossary:\n  groups:\n" + count(n, func(i int) string { return fmt.Sprintf("  - {folder: g%d, title: {en: a}, aliases: [o%d]}\n", i, i) })
	})},
	{"settings of classes", single("content/site.yaml", func(n int) string {
		return "glossary:\n  classes:\n" + count(n, func(i int) string { return fmt.Sprintf("  - {class: k%d, title: {en: a}}\n", i) })
	})},
	{"settings of severities", single("content/site.yaml", func(n int) string {
		return "severity:\n" + count(n, func(i int) string { return fmt.Sprintf("  c%d: note\n", i) })
	})},
	{"settings of ignored keys", func(n int) files {
		return files{
			"content/site.yaml": "ignore-front-matter:\n" + count(n/2, func(i int) string { return fmt.Sprintf("- k%d\n", i) }),
			"content/a/en.md":   "---\n" + count(min(n/2, 60_000), func(i int) string { return fmt.Sprintf("k%d: a\n", i) }) + "---\n\na\n",
		}
	}},
	{"settings of downloads", single("content/site.yaml", func(n int) string { return "downloads:\n" + rep("- csv\n", n) })},
	{"settings of a long title", single("content/site.yaml", func(n int) string { return "title: " + rep("a ", n) + "\n" })},
	{"settings of a long licence", single("content/site.yaml", func(n int) string { return "licence: " + rep("a ", n) + "\n" })},
	{"settings of a long address", single("content/site.yaml", func(n int) string { return "base-url: https://a.b/" + rep("a/", n) + "\n" })},

	// the record
	{"record of numbers alone", single("content/a/alignment.tsv", func(n int) string { return recordHead + count(n, func(i int) string { return fmt.Sprintf("%d\n", i) }) })},
	{"record of rows", single("content/a/alignment.tsv", func(n int) string {
		return recordHead + count(n, func(i int) string { return fmt.Sprintf("%d.%d\t-\t%010x a\t%010x a\t-\n", i/100+1, i%100+1, i, i+1) })
	})},
	{"record of gone rows", single("content/a/alignment.tsv", func(n int) string {
		return recordHead + count(n, func(i int) string { return fmt.Sprintf("%d.%d\tgone\t-\t-\t-\n", i/100+1, i%100+1) })
	})},
	{"record of gone rows into one another", single("content/a/alignment.tsv", func(n int) string {
		return recordHead + count(n, func(i int) string { return fmt.Sprintf("1.%d\tgone 1.%d\t-\t-\t-\n", i+1, i+2) })
	})},
	{"record of pins of nothing", single("content/a/alignment.tsv", func(n int) string {
		return recordHead + count(n, func(i int) string { return fmt.Sprintf("%d.%d\tpin\t%010x a\t%010x a\t-\n", i/100+1, i%100+1, i, i+1) })
	})},
	{"record of one row of many blocks", single("content/a/alignment.tsv", func(n int) string {
		return recordHead + "1.1\t-\t" + count(n, func(i int) string { return fmt.Sprintf("%010x + ", i) }) + "0000000000\t-\t-\n"
	})},
	{"record of one number", single("content/a/alignment.tsv", func(n int) string { return recordHead + rep("1.1\t-\t-\t-\t-\n", n) })},
	{"record of languages", single("content/a/alignment.tsv", func(n int) string {
		return "#passage\tmark" + count(n, func(i int) string { return fmt.Sprintf("\t%c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26) }) + "\n1\t-\n"
	})},
	{"record of a hundred languages", single("content/a/alignment.tsv", func(n int) string {
		head := "#passage\tmark"
		for i := range 100 {
			head += fmt.Sprintf("\t%c%c", 'a'+i%26, 'a'+i/26)
		}
		return head + "\n" + count(n, func(i int) string { return fmt.Sprintf("1.%d\t-", i+1) + strings.Repeat("\t-", 100) + "\n" })
	})},
	{"record of texts", single("content/a/alignment.tsv", func(n int) string { return recordHead + "1.1\t-\t-\t-\t-\n" + rep("=1.1\ten\ta\n", n) })},
	{"record of texts of nothing", single("content/a/alignment.tsv", func(n int) string {
		return recordHead + count(n, func(i int) string { return fmt.Sprintf("=%d.1\ten\tabc\n", i+1) })
	})},
	{"record of earlier rows", single("content/a/alignment.tsv", func(n int) string {
		return recordHead + "1.1\t-\t-\t-\t-\n" + count(n, func(i int) string { return fmt.Sprintf("<1.1\t-\t%010x\t-\t-\n", i) })
	})},
	{"record of addresses", single("content/a/alignment.tsv", func(n int) string {
		return recordHead + "1.1\t-\t-\t-\t-\n" + count(n, func(i int) string { return fmt.Sprintf("@\ta%d\n", i) })
	})},
	{"record of one long line", single("content/a/alignment.tsv", func(n int) string { return recordHead + "1.1\t-\t" + rep("a", n) + "\n" })},
	{"record of tabs", single("content/a/alignment.tsv", func(n int) string { return recordHead + rep("\t", n) + "\n" })},
	{"record of comments", single("content/a/alignment.tsv", func(n int) string { return recordHead + rep("# a\n", n) })},
	{"record of merges", single("content/a/alignment.tsv", func(n int) string { return recordHead + rep("<<<<<<< a\n=======\n>>>>>>> b\n", n) })},
	{"record of rows for other texts", func(n int) files {
		return files{
			"content/a/en.md": count(n/3, func(i int) string { return fmt.Sprintf("en word%d a%d\n\n", i, i*7) }),
			"content/a/ru.md": count(n/3, func(i int) string { return fmt.Sprintf("ru слово%d\n\n", i) }),
			"content/a/alignment.tsv": "#passage\tmark\ten\tru\n" + count(n/3, func(i int) string {
				return fmt.Sprintf("0.%d\t-\t%010x a\t%010x a\n=0.%d\ten\ten word%d a\n", i+1, i, i+1, i+1, i)
			}),
		}
	}},
	{"record of rows of one text", func(n int) files {
		return files{
			"content/a/en.md":         rep("a b c d e f\n\n", n/3),
			"content/a/ru.md":         rep("а б в г д е\n\n", n/3),
			"content/a/alignment.tsv": "#passage\tmark\ten\tru\n" + count(n/3, func(i int) string { return fmt.Sprintf("0.%d\t-\t0123456789 a\t0123456789 b\n", i+1) }),
		}
	}},

	// words of the interface, themes, pictures
	{"words unknown", single("i18n/en.yaml", func(n int) string { return count(n, func(i int) string { return fmt.Sprintf("k%d: a\n", i) }) })},
	{"words of one long message", single("i18n/en.yaml", func(n int) string { return "skip: " + rep("a ", n) + "\n" })},
	{"words of many places", single("i18n/en.yaml", func(n int) string { return "section-of: '" + rep("{{.Number}}", n) + "'\n" })},
	{"words of a loop", single("i18n/en.yaml", func(n int) string { return "section-of: '{{range 1000000000}}{{range 1000000000}}{{end}}{{end}}'\n" })},
	{"words of a loop that writes", single("i18n/en.yaml", func(n int) string { return "section-of: '{{range 1000000000}}aaaaaaaaaaaaaaaaaaaa{{end}}'\n" })},
	{"words of a width", single("i18n/en.yaml", func(n int) string { return "section-of: '{{printf \"%0999999999d\" 1}}'\n" })},
	{"words that call themselves", single("i18n/en.yaml", func(n int) string {
		return "section-of: '{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}'\n"
	})},
	{"words nested", single("i18n/en.yaml", func(n int) string { return "section-of: '" + rep("{{if 1}}", n/2) + "a" + rep("{{end}}", n/2) + "'\n" })},
	{"words of plural forms", single("i18n/en.yaml", func(n int) string {
		return "words:\n" + count(n, func(i int) string { return fmt.Sprintf("  f%d: a\n", i) })
	})},
	{"words of months", single("i18n/en.yaml", func(n int) string { return "months: [" + rep("a, ", n) + "a]\n" })},
	{"words of languages", with(func(n int) files {
		out := files{}
		for i := range min(n/20, 5000) {
			out[fmt.Sprintf("i18n/%c%c%c.yaml", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)] = "skip: abcdefghij\n"
		}
		return out
	})},
	{"layout long", single("themes/default/layouts/home.html", func(n int) string { return "{{define \"main\"}}" + rep("<p>a</p>\n", n) + "{{end}}" })},
	{"layout of actions", single("themes/default/layouts/home.html", func(n int) string { return "{{define \"main\"}}" + rep("{{.Title}}\n", n) + "{{end}}" })},
	{"layout nested", single("themes/default/layouts/home.html", func(n int) string {
		return "{{define \"main\"}}" + rep("{{if 1}}", n/2) + rep("{{end}}", n/2) + "{{end}}"
	})},
	{"layout of parentheses", single("themes/default/layouts/home.html", func(n int) string { return "{{define \"main\"}}{{" + rep("(", n/2) + "1" + rep(")", n/2) + "}}{{end}}" })},
	{"layout of templates", single("themes/default/layouts/home.html", func(n int) string {
		return "{{define \"main\"}}a{{end}}" + count(n, func(i int) string { return fmt.Sprintf("{{define \"t%d\"}}a{{end}}\n", i) })
	})},
	{"layout of templates in each other", single("themes/default/layouts/home.html", func(n int) string {
		return "{{define \"main\"}}{{template \"t0\"}}{{end}}" + count(n, func(i int) string {
			return fmt.Sprintf("{{define \"t%d\"}}{{template \"t%d\"}}{{template \"t%d\"}}{{end}}\n", i, i+1, i+1)
		}) + "{{define \"t" + fmt.Sprint(strings.Count(count(n, func(i int) string {
			return fmt.Sprintf("{{define \"t%d\"}}{{template \"t%d\"}}{{template \"t%d\"}}{{end}}\n", i, i+1, i+1)
		}), "define")) + "\"}}{{end}}"
	})},
	{"layout that calls itself", single("themes/default/layouts/home.html", func(n int) string { return "{{define \"main\"}}{{template \"main\" .}}{{end}}" })},
	{"layout of a width", single("themes/default/layouts/home.html", func(n int) string { return "{{define \"main\"}}{{printf \"%0999999999d\" 1}}{{end}}" })},
	{"layout of a loop", single("themes/default/layouts/home.html", func(n int) string {
		return "{{define \"main\"}}{{range 1000000000}}{{range 1000000000}}{{end}}{{end}}{{end}}"
	})},
	{"layout of script", single("themes/default/layouts/home.html", func(n int) string {
		return "{{define \"main\"}}<script>" + rep("if(a){{.Title}};", n) + "</script>{{end}}"
	})},
	{"layout open tag", single("themes/default/layouts/home.html", func(n int) string { return "{{define \"main\"}}" + rep("<a b=", n) + "{{end}}" })},
	{"style of scripts", single("themes/default/assets/site.css", func(n int) string { return rep(":script(cyrl) a{b:c}\n", n) })},
	{"style of columns", single("themes/default/assets/site.css", func(n int) string { return rep(":column a{b:c}\n", n) })},
	{"style open", single("themes/default/assets/site.css", func(n int) string { return rep("a{", n) })},
	{"style of open comments", single("themes/default/assets/site.css", func(n int) string { return rep("/* ", n) })},
	{"script long", single("themes/default/assets/site.js", func(n int) string { return rep("a();\n", n) })},
	{"picture of paths", picture(func(n int) string { return rep("<path d=\"M0 0\"/>", n) })},
	{"picture of one path", picture(func(n int) string { return "<path d=\"" + rep("M0 0 ", n) + "\"/>" })},
	{"picture nested", picture(func(n int) string { return rep("<g>", n*3/7) + rep("</g>", n*4/7) })},
	{"picture of styles", picture(func(n int) string { return "<style>" + rep("a{fill:red}", n) + "</style>" })},
	{"picture of style attributes", picture(func(n int) string { return rep("<g style=\"fill:red;a:b\"/>", n) })},
	{"picture of attributes", picture(func(n int) string {
		return "<g " + count(n, func(i int) string { return fmt.Sprintf("a%d=\"\" ", i) }) + "/>"
	})},
	{"picture of entities", picture(func(n int) string { return "<text>" + rep("&amp;", n) + "</text>" })},
	{"picture of uses", picture(func(n int) string {
		return "<g id=\"a\"/>" + count(n, func(i int) string { return fmt.Sprintf("<g id=\"a%d\"><use href=\"#a\"/></g>", i) })
	})},
	{"picture of bombs", picture(func(n int) string {
		return "<g id=\"a0\"/>" + count(n, func(i int) string {
			return fmt.Sprintf("<g id=\"a%d\"><use href=\"#a%d\"/><use href=\"#a%d\"/></g>", i+1, i, i)
		})
	})},
	{"picture of scripts", picture(func(n int) string { return rep("<script>a</script>", n) })},
	{"picture open", picture(func(n int) string { return rep("<g", n) })},
	{"static files", with(func(n int) files {
		out := files{}
		for i := range n / 500 {
			out[fmt.Sprintf("static/f%d.txt", i)] = "a"
		}
		return out
	})},
	{"static redirects", single("static/_redirects", func(n int) string { return rep("/a /b\n", n) })},

	// many files
	{"folders nested", with(func(n int) files {
		out := files{}
		for i := range n / 4000 {
			out["content/"+strings.Repeat("d/", i%15)+fmt.Sprintf("t%d/en.md", i)] = "# A\n\na\n"
		}
		return out
	})},
	{"folders deep", single("content/"+strings.Repeat("d/", 300)+"en.md", func(int) string { return "a\n" })},
	{"texts", with(func(n int) files {
		out := files{}
		for i := range n / 4000 {
			out[fmt.Sprintf("content/t%d/en.md", i)] = "# A\n\na\n"
		}
		return out
	})},
	{"texts in two languages with one slug", with(func(n int) files {
		out := files{}
		for i := range n / 4000 {
			out[fmt.Sprintf("content/t%d/en.md", i)] = "---\nslug: s\n---\n\n# A\n\na\n"
		}
		return out
	})},
	{"languages of many", func(n int) files {
		out := files{}
		for i := range 40 {
			out[fmt.Sprintf("content/a/%s.md", tags[i])] = count(n/40, func(j int) string { return fmt.Sprintf("%s%d a%d b.\n\n", tags[i], j, j%17) })
		}
		return out
	}},
	{"languages of many, alike", func(n int) files {
		out := files{}
		for i := range 40 {
			out[fmt.Sprintf("content/a/%s.md", tags[i])] = rep("word word word.\n\n", n/40)
		}
		return out
	}},
	{"languages too many", func(n int) files {
		out := files{}
		for i := range min(2000, n/20) {
			out[fmt.Sprintf("content/a/%c%c%c.md", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)] = "aaaaaaaaaa\n\nb\n"
		}
		return out
	}},
	{"versions", func(n int) files {
		out := files{"content/a/en.md": "# A\n\na\n", "content/a/ru.md": "# A\n\na\n"}
		for i := range min(400, n/2500) {
			dir := fmt.Sprintf("content/a/versions/%d-01-01/", 1500+i)
			out[dir+"en.md"], out[dir+"ru.md"] = fmt.Sprintf("# A\n\na%d\n", i), "# A\n\na\n"
		}
		return out
	}},
	{"versions of one long text", func(n int) files {
		out := files{}
		for i := range 4 {
			body := count(n/8, func(j int) string { return fmt.Sprintf("word%d a%d\n\n", j, j*(i+1)%97) })
			dir := fmt.Sprintf("content/a/versions/%d-01-01/", 1990+i)
			if i == 3 {
				dir = "content/a/"
			}
			out[dir+"en.md"], out[dir+"ru.md"] = body, body
		}
		return out
	}},
	{"passages of a hundred sentences", func(n int) files {
		// What is as long in all languages would not be read.
		out := files{}
		for l, tag := range tags[:12] {
			out["content/a/"+tag+".md"] = rep(rep("Is it “5” (or 17): 1789, 1812? ", (100-l%2)*35)+"\n\n", n/12)
		}
		return out
	}},
	{"versions of one long paragraph", func(n int) files {
		out := files{}
		for i := range 2 {
			body := count(n/2, func(j int) string { return fmt.Sprintf("w%d ", (j*(i+7))%1009) })
			dir := "content/a/"
			if i == 0 {
				dir += "versions/1990-01-01/"
			}
			out[dir+"en.md"] = body
		}
		return out
	}},
	{"versions all turned about", func(n int) files {
		var a, b string
		for j := range n / 2 / 14 {
			a += fmt.Sprintf("word%05d a.\n\n", j)
		}
		parts := strings.Split(strings.TrimSpace(a), "\n\n")
		for i := range parts {
			b += parts[len(parts)-1-i] + "\n\n"
		}
		return files{"content/a/versions/1990-01-01/en.md": a, "content/a/en.md": b}
	}},
}

var tags = strings.Fields("ru zh en de fr es it pt nl pl cs sk sl hr sr bg uk be ro hu fi et lv lt el tr ar he fa hi ja ko th vi id ms kk uz ky tg")

func picture(body func(n int) string) func(n int) files {
	return with(func(n int) files {
		return files{"content/b/en.md": "![a](a.svg)\n", "content/b/a.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">" + body(n) + "</svg>\n"}
	})
}

// importArgs are what follows “import” for each input of that command.
var importArgs = map[string][]string{}

// dear are inputs that took minutes or gigabytes once.
var dear = func() map[string]bool {
	out := map[string]bool{}
	for _, name := range []string{
		"three bangs", "three dotted line", "three one-letter sentences", "three paragraphs of one letter", "three many dates", "three many Roman numbers",
		"three backslashes", "three code spans", "three links in paragraphs", "three brackets nested", "three stars", "three list marks in a line", "three comments open",
		"three definitions used", "one definitions of long address", "one definitions of long title", "three footnotes of one", "one footnotes in footnotes", "three tables of short rows",
		"three table of one wide row", "one remarks of bangs nested", "one list nested without end", "one waivers of many codes", "one headings with one id", "three mixed",
		"glossary chain of parents", "glossary of one parent", "glossary all related", "glossary of capitals", "glossary concept a in three", "glossary of groups",
		"yaml anchors of anchors", "yaml nested flow", "yaml keys unknown", "settings of aliases", "settings of languages",
		"record of numbers alone", "record of languages", "record of gone rows into one another", "record of rows of one text",
		"words of a loop", "words of a width", "layout of a loop", "layout that calls itself", "picture of bombs", "languages of many", "languages too many", "versions all turned about",
		"one Han stops closed", "one openers and initials",
	} {
		out[name] = true
	}
	return out
}()
