package main

import (
	"fmt"
	"strings"
)

// files are what stands in a site's folder, by path.
type files map[string]string

// input is a kind of content and how so many bytes of it are made.
type input struct {
	name string
	make func(n int) files
}

// args are those of the command that reads it.
func (in input) args() []string {
	switch first, _, _ := strings.Cut(in.name, " "); first {
	case "import":
		return append([]string{"import"}, importArgs[in.name]...)
	case "check":
		return []string{"check"}
	}
	return []string{"build", "--cache", "off"}
}

// rep is the unit again and again, n bytes of it at most.
func rep(unit string, n int) string { return strings.Repeat(unit, max(1, n/len(unit))) }

// count is what the function makes of 0, 1, 2 …, n bytes of it.
func count(n int, unit func(i int) string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(unit(i))
	}
	return b.String()
}

// text is a site of one text in the languages, the same in all, n bytes together.
func text(langs string, body func(n int) string) func(n int) files {
	return func(n int) files {
		out := files{}
		all := strings.Fields(langs)
		s := body(n / len(all))
		for _, l := range all {
			out["content/a/"+l+".md"] = s
		}
		return out
	}
}

func units(unit string) func(n int) string { return func(n int) string { return rep(unit, n) } }

func counted(unit string) func(n int) string {
	return func(n int) string {
		return count(n, func(i int) string { return strings.ReplaceAll(unit, "#i", fmt.Sprint(i)) })
	}
}

// bodies are kinds of Markdown; each is tried in one language and in three.
var bodies = []struct {
	name string
	make func(n int) string
}{
	{"prose", units("Выравнивание сопоставляет *сегменты* трёх языков, см. [глоссарий](#1.1).\n\n对齐把三种语言的**句段**对应起来，见`术语`。\n\nAlignment pairs the segments of three languages: see [the glossary](#1.1).\n\n")},
	{"paragraphs of one letter", units("a\n\n")},
	{"paragraphs of one number", counted("#i\n\n")},
	{"paragraphs all alike", units("The quick brown fox jumps over the lazy dog.\n\n")},
	{"paragraphs of two kinds", units("Alpha beta gamma.\n\nDelta epsilon zeta.\n\n")},
	{"paragraphs of counted words", counted("word#i other#i\n\n")},
	{"one long line of words", units("word ")},
	{"one long word", units("x")},
	{"one long word of Han", units("汉")},
	{"one long number", units("7")},
	{"many numbers", counted("#i ")},
	{"many Han numbers", units("一")},
	{"many dates", counted("1 January 20#i, ")},
	{"many Han dates", units("2014年9月12日")},
	{"many Roman numbers", units("XIV ")},
	{"numbers in words", units("one hundred twenty-three thousand four hundred ")},
	{"lines", units("a b\n")},
	{"blank lines", units("\n")},
	{"spaces", units(" ")},
	{"tabs", units("\t")},
	{"dotted line", units("… ")},
	{"bangs", units("![")},
	{"questions", units("? ")},
	{"stops", units(". ")},
	{"abbreviations", units("т. е. ")},
	{"one-letter sentences", units("A. ")},
	{"Han stops", units("。")},
	{"stops closed", func(n int) string { return rep(".)", n) + " x" }},
	{"bangs closed", func(n int) string { return rep("!)", n) + " x" }},
	{"Han stops closed", func(n int) string { return rep("。）", n) + "，x" }},
	{"openers and initials", func(n int) string { return rep("• ", n/2) + rep("N. ", n/2) }},
	{"Han quotes", units("“中”")},
	{"quotation marks", units("\"a\" ")},
	{"open quotation marks", units("«")},
	{"open parentheses", units("(a ")},
	{"apostrophes", units("'")},
	{"dashes", units("a - ")},
	{"hyphens", units("a-")},
	{"slashes", units("a/")},
	{"marks of all kinds", units("!?.,;:-–—()[]{}<>/|~`'\"*_#+=&%$@^")},
	{"stars", units("*a_ ")},
	{"stars alone", units("*")},
	{"stars open", units("**a ")},
	{"stars nested", func(n int) string { return strings.Repeat("*a ", n/6) + strings.Repeat("b*", n/6) }},
	{"tildes", units("~~a~~ ")},
	{"tildes open", units("~~a ")},
	{"brackets nested", func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("]", n/2) }},
	{"brackets open", units("[a")},
	{"links", units("[a](b) ")},
	{"links in paragraphs", units("[a](b)\n\n")},
	{"links to passages", units("[a](#1.1)\n\n")},
	{"links to many", counted("[a](https://example.org/#i)\n\n")},
	{"links open", units("[a](")},
	{"links of long address", func(n int) string { return "[a](" + rep("b", n) + ")" }},
	{"bare addresses", units("http://a.b ")},
	{"bare addresses in paragraphs", units("http://a.b/c\n\n")},
	{"mail addresses", units("a@b.cc ")},
	{"at signs", units("a@")},
	{"www", units("www.")},
	{"angle addresses", units("<http://a.b> ")},
	{"images", units("![a](b.png)\n\n")},
	{"code spans", units("`a` ")},
	{"code spans in paragraphs", units("`a`\n\n")},
	{"code spans of many ticks", func(n int) string {
		return count(n, func(i int) string { return "`" + strings.Repeat("`", i%1000) + "a " })
	}},
	{"ticks", units("`")},
	{"backslashes", units("\\")},
	{"backslashes of marks", units("\\*")},
	{"backslashes in paragraphs", units("\\*\\_\\[\\]\\(\\)\n\n")},
	{"entities", units("&amp;")},
	{"entities of numbers", units("&#65;")},
	{"entities open", units("&a")},
	{"definitions used", counted("[#i]: b\n[a][#i]\n\n")},
	{"definitions of one, used", func(n int) string { return "[a]: b\n\n" + rep("[a]\n\n", n) }},
	{"definitions unused", counted("[#i]: b\n")},
	{"definitions twice", units("[a]: b\n")},
	{"definitions open", units("[a]: <b\n")},
	{"definitions of long address", func(n int) string { return "[a]: " + rep("b", n/2) + "\n\n" + rep("[a]\n\n", n/2) }},
	{"definitions of long title", func(n int) string { return "[a]: b '" + rep("b", n/2) + "'\n\n" + rep("[a]\n\n", n/2) }},
	{"concept links", units("[[a]]\n\n")},
	{"concept links in a line", units("[[a]] ")},
	{"concept links open", units("[[a|")},
	{"footnotes", counted("a[^#i]\n\n[^#i]: b\n\n")},
	{"footnotes of one", func(n int) string { return rep("a[^1]\n\n", n) + "[^1]: b\n" }},
	{"footnotes of one long", func(n int) string { return rep("a[^1]\n\n", n/2) + "[^1]: " + rep("b ", n/2) + "\n" }},
	{"footnotes in a line", func(n int) string { return rep("[^1]", n) + "\n\n[^1]: b\n" }},
	{"footnotes in footnotes", func(n int) string {
		return "a[^0]\n\n" + count(n, func(i int) string { return fmt.Sprintf("[^%d]: b[^%d]\n\n", i, i+1) })
	}},
	{"footnotes of many in footnotes", func(n int) string {
		return rep("a[^0]\n\n", n/2) + count(n/2, func(i int) string { return fmt.Sprintf("[^%d]: b[^%d] [^%d]\n\n", i, i+1, i+2) })
	}},
	{"footnotes unused", counted("[^#i]: b\n\n")},
	{"footnotes missing", counted("a[^#i]\n\n")},
	{"headings", units("# Глава 章 chapter\n\nтекст\n\n")},
	{"headings of sections", counted("## S #i\n\n")},
	{"headings of sections alike", units("## S\n\na\n\n")},
	{"headings with ids", counted("## S {#s#i}\n\na\n\n")},
	{"headings with one id", units("## S {#s}\n\na\n\n")},
	{"headings with old ids", counted("## S {#s#i #t#i #u#i}\n\na\n\n")},
	{"headings long", func(n int) string { return "# " + rep("a ", n) }},
	{"headings of level six", units("###### a\n")},
	{"headings underlined", units("a\n===\n")},
	{"attributes open", units("# a {#b\n\n")},
	{"breaks", units("* * *\n\n")},
	{"breaks and letters", units("***\na\n\n")},
	{"list", units("- пункт\n")},
	{"list of numbers", units("1. a\n")},
	{"list of tasks", units("- [x] a\n")},
	{"list of one-item lists", units("- a\n\n<!-- -->\n\n")},
	{"list marks in a line", units("- ")},
	{"list of empty items", units("-\n")},
	{"list of two levels", units("- a\n  - b\n")},
	{"list nested", func(n int) string {
		return count(n, func(i int) string { return strings.Repeat("  ", i%200) + "- a\n" })
	}},
	{"list nested without end", func(n int) string {
		return count(n, func(i int) string { return strings.Repeat("  ", i) + "- a\n" })
	}},
	{"list loose", units("- a\n\n  b\n\n")},
	{"list of definitions", units("a\n: b\n\n")},
	{"list of definitions, one term", func(n int) string { return "a\n" + rep(": b\n", n) }},
	{"quotations", units("> a\n\n")},
	{"quotations lazy", func(n int) string { return "> a\n" + rep("b\n", n) }},
	{"quotations nested", units(strings.Repeat("> ", 50) + "a\n")},
	{"quotations of twenty", units(strings.Repeat("> ", 20) + "a\n\n")},
	{"quotations in a line", units("> ")},
	{"remarks", units("> [!NOTE]\n> a\n\n")},
	{"remarks of colons", units(":::tip\na\n:::\n\n")},
	{"remarks of colons open", units(":::tip\n")},
	{"remarks of bangs", units("!!! note\n    a\n\n")},
	{"remarks of bangs nested", func(n int) string {
		return count(n, func(i int) string { return strings.Repeat("    ", i%100) + "!!! note\n" })
	}},
	{"remarks of slashes", units("/// note\na\n///\n\n")},
	{"remarks of details", units("<details>\n<summary>a</summary>\n\nb\n\n</details>\n\n")},
	{"remarks of details open", units("<details>\n")},
	{"marks of tabs", units("=== \"a\"\n\n    b\n\n")},
	{"marks of templates", units("{{ a }} ")},
	{"marks of templates open", units("{{ ")},
	{"marks of shortcodes", units("{{< a >}}")},
	{"marks of shortcodes open", units("{{<")},
	{"marks of formulas", units("$a$ ")},
	{"marks of formulas open", units("$a ")},
	{"marks of directives", units("{a}`b` ")},
	{"tags", units("<b>a</b> ")},
	{"tags obeyed", units("<sub>a</sub> ")},
	{"tags obeyed, open", units("<sub>a")},
	{"tags obeyed, with a language", units("<u lang=\"ru\">a</u> ")},
	{"tags of breaks", units("a<br>")},
	{"tags open", units("<a ")},
	{"tags open in a quote", units("<a b=\"")},
	{"tags in lines", units("<div>\n\n")},
	{"comments", units("<!-- a -->")},
	{"comments in lines", units("<!-- a -->\n\n")},
	{"comments open", units("<!-- ")},
	{"waivers", units("<!-- stele: ignore dead-link a -->\n\nb\n\n")},
	{"waivers of many codes", counted("<!-- stele: ignore a#i b -->\n\n")},
	{"table", func(n int) string { return "|a|б|中|\n|-|-|-|\n" + rep("|x|y|z|\n", n) }},
	{"tables", units("|a|b|\n|-|-|\n|x|y|\n\n")},
	{"tables of short rows", func(n int) string {
		return rep(strings.Repeat("|a", 200)+"|\n"+strings.Repeat("|-", 200)+"|\n"+strings.Repeat("|\n", 240)+"\n", n)
	}},
	{"table of one wide row", func(n int) string { return rep("|a", n/3) + "|\n" + rep("|-", n/3) + "|\n" + rep("|x", n/3) + "|\n" }},
	{"table of head alone", func(n int) string { return rep("|a", n) + "|\n" }},
	{"table of links", func(n int) string { return "|a|b|\n|-|-|\n" + rep("|[a](b)|*c*|\n", n) }},
	{"table of numbers", func(n int) string {
		return "|a|b|\n|-|-|\n" + count(n, func(i int) string { return fmt.Sprintf("|%d|%d|\n", i, i*7) })
	}},
	{"pipes", units("|")},
	{"fences", units("```\na\n```\n\n")},
	{"fences of Go", units("```go\nfunc a() { return \"b\" }\n```\n\n")},
	{"fence of Go", func(n int) string { return "```go\n" + rep("func a() { return \"b\" } // c\n", n) + "```\n" }},
	{"fence of one line", func(n int) string { return "```go\n" + rep("a(", n) + "\n```\n" }},
	{"fence of quotes", func(n int) string { return "```go\n" + rep("\"a", n) + "\n```\n" }},
	{"fences open", units("```\n")},
	{"fences of all lengths", func(n int) string {
		return count(n, func(i int) string { return strings.Repeat("`", 3+i%500) + "\n" })
	}},
	{"code indented", units("    a\n")},
	{"code indented, in parts", units("    a\n\nb\n\n")},
	{"capitals", units("ABC ")},
	{"names", counted("Alexander Ivanov#i met John Smith#i. ")},
	{"letters of all scripts", units("a б 中 あ ก ا अ ")},
	{"marks above", units("\u0301")},
	{"letters with many marks", units("a\u0301\u0302\u0303\u0304\u0305\u0306\u0307")},
	{"joiners", units("a\u200d")},
	{"soft hyphens", units("a\u00ad")},
	{"no-break spaces", units("a\u00a0")},
	{"emoji", units("👩‍👩‍👧")},
	{"right-to-left", units("שלום hello ")},
	{"Thai", units("ภาษาไทย")},
	{"Russian e", units("ежик еще ")},
	{"doubled words", units("the the ")},
	{"doubled Han", units("的的")},
	{"ё and е", units("ёлка елка ")},
	{"units", units("5 kg, 7 %, $8 m, № 9, ")},
	{"repeated sentence", units("He said that it is so. ")},
	{"merge marks", units("<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n")},
	{"placeholders", units("TODO XXX Lorem ipsum ")},
	{"hundred letters in order", func(n int) string {
		return count(n, func(i int) string { return string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + "\n\n" })
	}},
	{"mixed", func(n int) string {
		return count(n, func(i int) string {
			return fmt.Sprintf("## S%d {#s%d}\n\n- a *b* [c](#%d.1)[^%d]\n  > d `e`\n\n|a|b|\n|-|-|\n|%d|x|\n\n[^%d]: f\n\n", i, i, i, i, i, i)
		})
	}},
}

var inputs = func() (out []input) {
	for _, b := range bodies {
		out = append(out, input{"one " + b.name, text("en", b.make)}, input{"three " + b.name, text("ru zh en", b.make)})
	}
	return append(out, others...)
}()
