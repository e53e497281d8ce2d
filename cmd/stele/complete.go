package main

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/align"
	"stele/build/check"
	"stele/build/diag"
	"stele/build/exchange"
	"stele/build/leftover"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/source"
	"stele/i18n"
)

//go:embed completion
var completions embed.FS

// shells are those that words are completed in, and the scripts for them.
var shells = []struct{ name, script string }{
	{"bash", "stele.bash"}, {"zsh", "stele.zsh"}, {"fish", "stele.fish"}, {"powershell", "stele.ps1"},
}

func shellNames() []string {
	var names []string
	for _, s := range shells {
		names = append(names, s.name)
	}
	return names
}

func completionCommand() command {
	return command{
		name: "completion",
		setup: func(*pflag.FlagSet) func(*invocation) int {
			return func(v *invocation) int {
				if len(v.args) != 1 {
					return v.usage("usage.completion", "Shells", diag.Names(shellNames()))
				}
				for _, s := range shells {
					if s.name == v.args[0] {
						script, err := completions.ReadFile("completion/" + s.script)
						if err != nil {
							return v.fail(err)
						}
						if _, err := v.stdout.Write(script); err != nil {
							return v.fail(err)
						}
						return exitFine
					}
				}
				return v.usage("usage.completion", "Shells", diag.Names(shellNames()))
			}
		},
	}
}

// completeCommand is what the scripts call, with the words before the cursor; the
// last is the one to be completed. It prints what can stand there, a line for
// each, with a tab before what is said of it. Nothing printed means files.
const completeCommand = "__complete"

// candidate is a word that can stand at the cursor.
type candidate struct{ word, about string }

// completer offers words. It reads no more of the site than the word needs: a
// shell does not wait.
type completer struct {
	*invocation
	content string
	flags   *pflag.FlagSet
}

// told are the words that a candidate is told about in. They are read when the
// first is needed: numbers of passages need none, and reading takes a third of the
// answer's time.
func (c *completer) told() *i18n.UI {
	if c.words == nil {
		if err := c.speak(c.lang); err != nil {
			panic(err) // the words are embedded
		}
	}
	return c.words
}

func (v *invocation) complete(words []string) int {
	if len(words) == 0 {
		words = []string{""}
	}
	last := len(words) - 1
	if words[last] == "+" { // a shell that hands on no empty word
		words[last] = ""
	}
	c := &completer{invocation: v, content: "content"}
	cur := words[last]
	for _, k := range c.offer(joinValues(words[:last]), cur) {
		if strings.HasPrefix(k.word, cur) && k.word != "" {
			line := k.word
			if about := strings.Join(strings.Fields(k.about), " "); about != "" {
				line += "\t" + about
			}
			fmt.Fprintln(v.stdout, line)
		}
	}
	return exitFine
}

// joinValues puts together what bash takes apart at “=”.
func joinValues(words []string) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		if words[i] == "=" && len(out) > 0 {
			out[len(out)-1] += "="
			if i+1 < len(words) {
				i++
				out[len(out)-1] += words[i]
			}
			continue
		}
		out = append(out, words[i])
	}
	return out
}

// offer lists what can follow the words.
func (c *completer) offer(before []string, cur string) []candidate {
	for len(before) > 0 && strings.HasPrefix(before[0], "-") {
		if before[0] == "--"+speechFlag {
			if len(before) == 1 {
				return plain(languagesOfMessages)
			}
			before = before[1:]
		}
		before = before[1:]
	}
	if len(before) == 0 {
		if strings.HasPrefix(cur, "-") {
			return []candidate{{"--" + speechFlag, text(c.told(), "flag.lang")}, {"--help", ""}, {"--version", ""}}
		}
		return c.commandNames()
	}
	cmd, known := find(before[0])
	if !known {
		return nil
	}
	c.flags, _ = cmd.flagSet(new(speech))
	args, pending := c.split(before[1:])
	switch {
	case pending != nil:
		return c.values(cmd.name, pending, cur, "")
	case strings.HasPrefix(cur, "--") && strings.Contains(cur, "="):
		name, value, _ := strings.Cut(cur, "=")
		if f := c.flags.Lookup(strings.TrimPrefix(name, "--")); f != nil {
			return c.values(cmd.name, f, value, name+"=")
		}
		return nil
	case strings.HasPrefix(cur, "-"):
		var out []candidate
		for _, d := range describe(c.flags, c.told()) {
			out = append(out, candidate{d.name[strings.LastIndex(d.name, "--"):], d.about})
		}
		return append(out, candidate{"--help", ""})
	}
	return c.arguments(cmd.name, args, cur)
}

// split parts the words into arguments and flags, notes the content folder, and
// returns the flag that still waits for its value.
func (c *completer) split(words []string) (args []string, pending *pflag.Flag) {
	for _, w := range words {
		switch {
		case pending != nil:
			c.note(pending, w)
			pending = nil
		case strings.HasPrefix(w, "--"):
			name, value, joined := strings.Cut(strings.TrimPrefix(w, "--"), "=")
			f := c.flags.Lookup(name)
			switch {
			case f == nil:
			case joined:
				c.note(f, value)
				if value == "" {
					pending = f
				}
			case f.Value.Type() != "bool":
				pending = f
			}
		case len(w) > 1 && w[0] == '-':
			if f := c.flags.ShorthandLookup(w[1:2]); f != nil && f.Value.Type() != "bool" && len(w) == 2 {
				pending = f
			}
		default:
			args = append(args, w)
		}
	}
	return args, pending
}

func (c *completer) note(f *pflag.Flag, value string) {
	if f.Name == "content" {
		c.content = value
	}
}

// values lists what a flag's value can be; before is what stands before it in the
// same word.
func (c *completer) values(command string, f *pflag.Flag, cur, before string) []candidate {
	var out []candidate
	list := f.Value.Type() == "stringSlice"
	switch {
	case f.Annotations[choicesOf] != nil:
		out = plain(f.Annotations[choicesOf])
	case f.Value.Type() == "language":
		out = plain(languagesOfMessages)
	case command == "check" && (f.Name == "only" || f.Name == "ignore"):
		out = c.ruleCodes()
	case command == "export" && f.Name == "only":
		for _, d := range exchange.Dues {
			out = append(out, candidate{word: string(d)})
		}
	case slices.Contains([]string{"lang", "for", "from", "to", "also"}, f.Name):
		out = c.siteLanguages()
	case f.Name == "text":
		out = c.texts(cur)
	}
	if list { // what stands before the last comma is chosen already
		if i := strings.LastIndexByte(cur, ','); i >= 0 {
			before += cur[:i+1]
		}
	}
	for i := range out {
		out[i].word = before + out[i].word
	}
	return out
}

// arguments lists what the next argument can be.
func (c *completer) arguments(command string, args []string, cur string) []candidate {
	switch {
	case command == "help" && len(args) == 0:
		return c.commandNames()
	case command == "completion" && len(args) == 0:
		return plain(shellNames())
	case command == "explain":
		return c.ruleCodes()
	case command == "align" && len(args) == 0:
		return c.texts(cur)
	case command == "confirm" && len(args) == 0:
		return c.texts(cur)
	case command == "confirm":
		return c.passages(args[0], cur)
	case command == "export" && len(args) == 0:
		return plain(append(formatsMade(), changesMade))
	case command == "export" && len(args) == 1:
		return append(c.texts(cur), candidate{word: "glossary"})
	case command == "new" && len(args) == 0:
		return plain([]string{"site", "text", "version", "concept", "language", "theme"})
	case command == "new" && args[0] == "version" && len(args) == 1:
		return c.texts(cur)
	case command == "new" && args[0] == "concept" && len(args) == 1:
		var out []candidate
		for _, g := range c.groups() {
			out = append(out, candidate{word: g + "/"})
		}
		return out
	}
	return nil
}

func plain(words []string) []candidate {
	var out []candidate
	for _, w := range words {
		out = append(out, candidate{word: w})
	}
	return out
}

func (c *completer) commandNames() []candidate {
	var out []candidate
	for _, k := range commands() {
		out = append(out, candidate{k.name, text(c.told(), "help."+k.name)})
	}
	return out
}

func (c *completer) ruleCodes() []candidate {
	var out []candidate
	for _, r := range build.Rules {
		out = append(out, candidate{string(r.Code), check.Title(r.Code).In(c.told())})
	}
	return out
}

// siteLanguages are those of site.yaml, or of the files found.
func (c *completer) siteLanguages() []candidate {
	glimpse := chosenFiles{folder{dir: c.content}, func(p string) bool { return p == "site.yaml" }}
	var out []candidate
	if tree, _, err := source.Read(glimpse); err == nil {
		for _, l := range tree.Config.Languages {
			out = append(out, candidate{l.Lang, l.Name})
		}
	}
	if len(out) > 0 {
		return out
	}
	var langs []string
	for _, t := range c.found("") {
		for _, l := range t.langs {
			if !slices.Contains(langs, l) {
				langs = append(langs, l)
			}
		}
	}
	return plain(langs)
}

// groups are the folders of the glossary.
func (c *completer) groups() []string {
	out := []string{"bodies", "treaties", "principles"}
	entries, err := folder{dir: c.content}.ReadDir("glossary")
	if err != nil {
		return out
	}
	for _, e := range entries {
		if e.IsDir() && !leftover.Is(e.Name()) && !slices.Contains(out, e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out
}

// foundText is a text as its folder tells.
type foundText struct {
	name  string
	langs []string
}

// maxFolders is how many folders are looked into for texts.
const maxFolders = 2000

// found looks for texts whose names may begin so, which are folders with a file in
// a language. The folder is opened once: of a thousand texts that is half the time.
func (c *completer) found(begin string) []foundText {
	var out []foundText
	seen := 0
	root, err := os.OpenRoot(c.content)
	if err != nil {
		return nil
	}
	defer root.Close()
	_ = fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return fs.SkipDir
		}
		if d.IsDir() {
			if seen++; seen > maxFolders {
				return fs.SkipAll
			}
			if p != "." && leftover.Is(d.Name()) || p == "glossary" || strings.HasSuffix(p, "/versions") {
				return fs.SkipDir
			}
			if p != "." && !strings.HasPrefix(p, begin) && !strings.HasPrefix(begin, p+"/") {
				return fs.SkipDir
			}
			return nil
		}
		lang, ok := strings.CutSuffix(d.Name(), ".md")
		if dir := path.Dir(p); ok && dir != "." && source.IsLanguage(lang) {
			if len(out) == 0 || out[len(out)-1].name != dir {
				out = append(out, foundText{name: dir})
			}
			out[len(out)-1].langs = append(out[len(out)-1].langs, lang)
		}
		return nil
	})
	return out
}

func (c *completer) texts(cur string) []candidate {
	var out []candidate
	for _, t := range c.found(cur) {
		out = append(out, candidate{t.name, strings.Join(t.langs, " ")})
	}
	return out
}

// chosenFiles are those files of a folder that keep lets through.
type chosenFiles struct {
	fs.ReadDirFS
	keep func(path string) bool
}

// ReadDir implements fs.ReadDirFS.
func (f chosenFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.ReadDirFS.ReadDir(name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !f.keep(path.Join(name, e.Name())) }), err
}

// maxOffered is how many passages are offered at once.
const maxOffered = 200

// passages offers those of a text that are to be confirmed, with their first
// words; if none of them begins as typed, any. Without a record none has a number
// of its own yet.
func (c *completer) passages(name, cur string) []candidate {
	name = strings.Trim(path.Clean(filepath.ToSlash(name)), "/")
	name = strings.TrimPrefix(name, path.Clean(filepath.ToSlash(c.content))+"/")
	tree, _, err := source.Read(chosenFiles{folder{dir: c.content}, func(p string) bool {
		return p == "site.yaml" || p == name || strings.HasPrefix(name, p+"/") || path.Dir(p) == name && (path.Ext(p) == ".md" || path.Ext(p) == ".tsv")
	}})
	if err != nil {
		return nil
	}
	i := slices.IndexFunc(tree.Texts, func(t source.Text) bool { return t.Name == name })
	if i < 0 || tree.Texts[i].Record == nil {
		return nil
	}
	rec, _ := record.Parse(tree.Texts[i].Record.Path, tree.Texts[i].Record.Data)
	var in []align.Input
	for _, f := range tree.Texts[i].Files {
		d, _ := markdown.Parse(f)
		in = append(in, align.Input{Doc: d})
	}
	table := record.Reconcile(in, rec)
	prefix, _, ranged := strings.Cut(cur, "-")
	before := ""
	if ranged {
		before = prefix + "-"
	}
	var due, rest []candidate
	for _, r := range table.Rows {
		if r.Removed || !strings.HasPrefix(before+r.Number, cur) {
			continue
		}
		k := candidate{before + r.Number, c.firstWords(r, in)}
		if slices.ContainsFunc(r.State, func(s record.State) bool { return !s.Agrees() }) {
			due = append(due, k)
		} else {
			rest = append(rest, k)
		}
	}
	if len(due) == 0 {
		due = rest
	}
	return due[:min(len(due), maxOffered)]
}

// firstWords are those of a passage, in the language of whoever types if it has
// one in it.
func (c *completer) firstWords(r record.Row, in []align.Input) string {
	said := ""
	for l, blocks := range r.Blocks {
		if len(blocks) == 0 {
			continue
		}
		words := diag.Clip(in[l].Doc.Blocks[blocks[0]].Text, 40)
		if in[l].Doc.Lang == string(c.lang) {
			return words
		}
		said = cmp.Or(said, words)
	}
	return said
}
