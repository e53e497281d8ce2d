package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"stele/build/lang"
	"stele/build/output"
	"stele/i18n"
)

// manualDate is the date of the manual's text; a clock would give other bytes
// each day.
const manualDate = "2026-11-28"

func manCommand() command {
	return command{
		name: "man",
		setup: func(*pflag.FlagSet) func(*invocation) int {
			return func(v *invocation) int {
				if len(v.args) > 1 {
					return v.usage("usage.man", "Argument", v.args[1])
				}
				pages := manual(v.words)
				if len(v.args) == 0 {
					if _, err := v.stdout.Write([]byte(pages["stele.1"])); err != nil {
						return v.fail(err)
					}
					return exitFine
				}
				dir := v.args[0]
				if err := os.MkdirAll(dir, 0o755); err != nil {
					return v.fail(err)
				}
				for name, page := range pages {
					if err := output.WriteFile(filepath.Join(dir, name), []byte(page)); err != nil {
						return v.fail(err)
					}
				}
				v.tell("said.man", "Count", len(pages), "Folder", dir)
				return exitFine
			}
		},
	}
}

// manual is the pages by their names.
func manual(words *i18n.UI) map[string]string {
	out := map[string]string{"stele.1": manOverview(words)}
	for _, c := range commands() {
		out["stele-"+c.name+".1"] = c.man(words)
	}
	return out
}

// page is a page of the manual in the macros of man(7).
type page struct {
	strings.Builder
	words *i18n.UI
}

func newPage(words *i18n.UI, name, short string) *page {
	p := &page{words: words}
	p.WriteString(".TH " + roff(strings.ToUpper(name)) + " 1 " + manualDate + " stele\n")
	p.section("man.name")
	p.WriteString(lines(roff(name)+` \- `+roff(short)) + "\n")
	return p
}

func (p *page) section(id string) {
	p.WriteString(".SH \"" + roff(text(p.words, id)) + "\"\n")
}

// prose writes paragraphs; lines that are indented stay as they are.
func (p *page) prose(s string) {
	for i, part := range strings.Split(strings.TrimSpace(s), "\n\n") {
		if i > 0 {
			p.WriteString(".PP\n")
		}
		if strings.HasPrefix(part, "  ") {
			p.WriteString(".nf\n" + lines(roff(part)) + "\n.fi\n")
		} else {
			p.WriteString(lines(roff(joined(part))) + "\n")
		}
	}
}

// joined puts the lines of a paragraph together: with a space, but not between
// characters of full width.
func joined(part string) string {
	all := strings.Split(part, "\n")
	out := all[0]
	for _, l := range all[1:] {
		before, _ := utf8.DecodeLastRuneInString(out)
		after, _ := utf8.DecodeRuneInString(l)
		if !lang.Wide(before) || !lang.Wide(after) {
			out += " "
		}
		out += l
	}
	return out
}

// item writes a term with what is said of it.
func (p *page) item(term, about string) {
	p.WriteString(".TP\n" + lines(term) + "\n" + lines(roff(about)) + "\n")
}

// roff is a text of one or more lines that cannot be taken for requests of the
// formatter.
func roff(s string) string { return strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s) }

// lineLength is how long the lines of a page may be, where a character that is
// not ASCII counts as the escape that formatters make of it.
const lineLength = 78

// lines folds what roff has made into lines that no formatter thinks too long: at
// spaces, and where there are none, with the escape that joins lines.
func lines(s string) string {
	var out strings.Builder
	for i, l := range strings.Split(s, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		rest := []rune(l)
		for len(rest) > 0 {
			n, space, cost := 0, 0, 0
			for n < len(rest) {
				size := 1
				switch {
				case rest[n] == '\\' && n+1 < len(rest) && rest[n+1] == 'f':
					size = 3 // a change of fonts is one piece
				case rest[n] == '\\' && n+1 < len(rest):
					size = 2
				case rest[n] > 0xffff:
					cost += 8
				case rest[n] > 0x7f:
					cost += 7
				}
				if cost += size; cost > lineLength && n > 0 {
					break
				}
				if rest[n] == ' ' && n > 0 {
					space = n
				}
				n += size
			}
			line, end := string(rest[:n]), ""
			switch {
			case n >= len(rest):
				rest = nil
			case space > 0 && strings.TrimSpace(string(rest[:space])) != "":
				line, rest, end = string(rest[:space]), rest[space+1:], "\n"
			default:
				rest, end = rest[n:], "\\c\n"
			}
			if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") || strings.HasPrefix(line, " ") && end != "" && i == 0 {
				line = `\&` + line
			}
			out.WriteString(line + end)
		}
	}
	return out.String()
}

func manOverview(words *i18n.UI) string {
	what, usage, _ := strings.Cut(text(words, "help.overview"), "\n\n")
	what = strings.ReplaceAll(what, "\n", " ")
	p := newPage(words, "stele", strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(what, "stele")), text(words, "help.stop")))
	p.section("man.synopsis")
	_, call, _ := strings.Cut(usage, "stele")
	p.WriteString(lines(`\fBstele\fR`+roff(call)) + "\n")
	p.section("man.commands")
	for _, c := range commands() {
		p.item(`\fBstele\-`+roff(c.name)+`\fR(1)`, text(words, "help."+c.name))
	}
	p.section("man.description")
	p.prose(aboutLanguage(words))
	p.section("man.codes")
	p.prose(text(words, "help.codes"))
	return p.String()
}

// man is the page of a command: the same as its help.
func (c command) man(words *i18n.UI) string {
	flags, _ := c.flagSet(new(speech))
	p := newPage(words, "stele-"+c.name, text(words, "help."+c.name))
	p.section("man.synopsis")
	_, call, _ := strings.Cut(c.usageLine(flags, words), "stele "+c.name)
	p.WriteString(lines(`\fBstele `+roff(c.name)+`\fR`+roff(call)) + "\n")
	p.section("man.description")
	p.prose(capital(text(words, "help."+c.name)) + text(words, "help.stop") + "\n\n" + c.more(words))
	if list := describe(flags, words); len(list) > 0 {
		p.section("man.options")
		for _, d := range list {
			term := `\fB` + strings.ReplaceAll(roff(d.name), ", ", `\fR, \fB`) + `\fR`
			if d.value != "" {
				term += ` \fI` + roff(d.value) + `\fR`
			}
			p.item(term, d.about)
		}
	}
	p.section("man.codes")
	p.prose(text(words, "help.codes"))
	p.section("man.see")
	var others []string
	for _, o := range commands() {
		if o.name != c.name {
			others = append(others, `\fBstele\-`+roff(o.name)+`\fR(1)`)
		}
	}
	slices.Sort(others)
	p.WriteString(lines(`\fBstele\fR(1), `+strings.Join(others, ", ")) + "\n")
	return p.String()
}
