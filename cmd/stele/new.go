package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/diag"
	"stele/build/glossary"
	"stele/build/output"
	"stele/build/site"
	"stele/build/source"
	"stele/i18n"
	"stele/themes"
)

func newCommand() command {
	var from siteFlags
	var langs, titles []string
	return command{
		name: "new", ownLang: true,
		setup: func(flags *pflag.FlagSet) func(*invocation) int {
			flags.StringVarP(&from.content, "content", "c", "content", "flag.content-only")
			flags.StringSliceVarP(&langs, "lang", "l", []string{"ru", "zh", "en"}, "flag.new.lang")
			flags.StringArrayVar(&titles, "title", nil, "flag.new.title")
			return func(v *invocation) int {
				if len(v.args) > 0 && v.args[0] == "version" {
					return newVersion(v, &from, titles)
				}
				if len(titles) > 0 {
					return v.usage("usage.new-title")
				}
				if len(v.args) > 0 && v.args[0] != "site" && !flags.Changed("lang") {
					langs = languagesIn(from.content, langs)
				}
				for i, l := range langs {
					if !source.IsLanguage(l) {
						return v.usage("usage.new-language", "Value", l)
					}
					if slices.Contains(langs[:i], l) {
						return v.usage("usage.lang-twice", "Value", l)
					}
				}
				if len(langs) == 0 {
					return v.usage("usage.lang-none")
				}
				files, base, err := beginning(v.args, from.content, langs, v.lang.String())
				if err != nil {
					return v.reject(err)
				}
				return writeNew(v, base, from.content, files)
			}
		},
	}
}

// languagesIn are the languages of the site in the content folder, or the usual
// ones where it has none.
func languagesIn(content string, usual []string) []string {
	tree, _, err := source.Read(folder{dir: content}) // what is wrong in it, build and check tell
	if err != nil || len(tree.Config.Languages) == 0 {
		return usual
	}
	var langs []string
	for _, l := range tree.Config.Languages {
		langs = append(langs, l.Lang)
	}
	return langs
}

// newFile is a file to be written, below some folder.
type newFile struct{ path, content string }

// beginning lists the files that the arguments ask for and where they go. Who
// speaks which language is told in it what to write.
func beginning(args []string, content string, langs []string, speaker string) ([]newFile, string, error) {
	if len(args) == 0 {
		return nil, "", misused("usage.new")
	}
	switch what, rest := args[0], args[1:]; {
	case what == "site" && len(rest) <= 1:
		dir := "."
		if len(rest) == 1 {
			dir = rest[0]
		}
		return newSite(langs), dir, nil
	case what == "text" && len(rest) == 1:
		if err := textName(rest[0]); err != nil {
			return nil, "", err
		}
		return textFiles(rest[0], "text", langs), content, nil
	case what == "language" && len(rest) == 1:
		if !source.IsLanguage(rest[0]) {
			return nil, "", misused("usage.new-language", "Value", rest[0])
		}
		return []newFile{{"i18n/" + rest[0] + ".yaml", i18n.Begin(rest[0], speaker)}}, filepath.Dir(filepath.Clean(content)), nil
	case what == "theme" && len(rest) == 1:
		if name := rest[0]; source.NameFault(name).ID != "" || source.Slug(name) != name || strings.ContainsAny(name, "/.") {
			return nil, "", misused("usage.new-theme", "Value", name)
		}
		files, err := themeFiles(rest[0])
		return files, filepath.Dir(filepath.Clean(content)), err
	case what == "concept" && len(rest) == 1:
		group, id := path.Split(rest[0])
		group = strings.TrimSuffix(group, "/")
		groups := groupsIn(content)
		if !slices.Contains(groups, group) || source.AddressFault(id).ID != "" || !glossary.ValidID(id) {
			return nil, "", misused("usage.new-concept", "Value", rest[0], "Groups", diag.Names(groups))
		}
		return []newFile{{"glossary/" + group + "/" + id + ".yaml", conceptFile(group, id, langs)}}, content, nil
	}
	return nil, "", misused("usage.new-other", "Value", strings.Join(args, " "))
}

// textName says why a text cannot have the name.
func textName(name string) error {
	if fault := source.AddressFault(name); fault.ID != "" || source.Slug(name) != name || strings.Contains(name, ".") || strings.HasPrefix(name, "glossary/") {
		return misused("usage.new-text", "Value", name)
	}
	if site.Reserved(name) {
		return misused("usage.new-reserved", "Value", name)
	}
	return nil
}

// groupsIn are the groups that a concept can be in: those built in, those that
// site.yaml names, and those of the concepts there are.
func groupsIn(content string) []string {
	all := slices.Clone(glossary.Groups)
	tree, _, err := source.Read(folder{dir: content}) // what is wrong in it, build and check tell
	if err != nil {
		return all
	}
	for _, g := range tree.Config.Groups {
		all = append(all, g.Name)
	}
	for _, f := range tree.Concepts {
		if group, ok := strings.CutPrefix(path.Dir(f.Path), "glossary/"); ok {
			all = append(all, group)
		}
	}
	slices.Sort(all[len(glossary.Groups):])
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(g string) bool {
		twice := seen[g]
		seen[g] = true
		return twice
	})
}

// themeFiles are those of the built-in theme, to be changed.
func themeFiles(name string) ([]newFile, error) {
	var files []newFile
	theme := themes.Default()
	err := fs.WalkDir(theme, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(theme, p)
		files = append(files, newFile{"themes/" + name + "/" + p, string(data)})
		return err
	})
	return files, err
}

func newSite(langs []string) []newFile {
	config := i18n.Comment("site", langs...) + "title:\n"
	for _, l := range langs {
		config += "  " + l + ": " + build.SampleWords(l)["site"] + "\n"
	}
	config += "languages:\n"
	for _, l := range langs {
		config += "  - lang: " + l + "\n"
	}
	config += "texts: [declaration, about]\n"
	files := []newFile{{"content/site.yaml", config}}
	for _, t := range []string{"declaration", "about"} {
		for _, f := range textFiles(t, t, langs) {
			files = append(files, newFile{"content/" + f.path, f.content})
		}
	}
	for _, c := range []string{"bodies/council", "treaties/charter"} {
		group, id, _ := strings.Cut(c, "/")
		files = append(files, newFile{"content/glossary/" + c + ".yaml", conceptFile(group, id, langs)})
	}
	return append(files, newFile{".gitignore", "/public/\n*~\n" + output.Ignored})
}

// withinLanguage is in the samples' links, which stay within the language.
var withinLanguage = regexp.MustCompile(`/[a-z]+\.md#`)

// textFiles are the language versions of a text after a model in skeleton/;
// languages without one of their own get the English words.
func textFiles(name, model string, langs []string) []newFile {
	var files []newFile
	for _, l := range langs {
		content := withinLanguage.ReplaceAllString(build.SampleText(model, l), "/"+l+".md#")
		files = append(files, newFile{name + "/" + l + ".md", content})
	}
	return files
}

// conceptFile is a concept's file with every language's places to fill in.
func conceptFile(group, id string, langs []string) string {
	class := cmp.Or(map[string]string{"bodies": "body", "treaties": "treaty", "principles": "principle"}[group], string(glossary.Notion))
	var b strings.Builder
	b.WriteString("class: " + class + "\nnames:\n")
	for _, l := range langs {
		b.WriteString("  " + l + ":\n    - text: " + sampleName(id, l) + "\n      reliability: from-knowledge\n")
	}
	b.WriteString("definition:\n")
	for _, l := range langs {
		b.WriteString("  " + l + ": " + build.SampleWords(l)["definition"] + "\n")
	}
	return b.String()
}

// sampleName is what a new concept is called in the language.
func sampleName(id, lang string) string {
	if n, ok := build.SampleWords(lang)["name-"+id]; ok {
		return n
	}
	return strconv.Quote(id) // an id such as 2025 or null is a word too
}

// writeNew writes the files, none of which may exist.
func writeNew(v *invocation, base, content string, files []newFile) int {
	if err := v.mend(v.newIn(base, content)); err != nil {
		return v.fail(err)
	}
	if err := v.create(v.newIn(base, content), files); err != nil {
		return v.fail(err)
	}
	for _, f := range files {
		fmt.Fprintln(v.stdout, filepath.Join(base, filepath.FromSlash(f.path)))
	}
	return exitFine
}

// create writes files that are not there yet, all or none.
func (v *invocation) create(in output.Folder, files []newFile) error {
	all := make([]output.Change, len(files))
	for i, f := range files {
		if err := unused(filepath.Join(in.Dir, filepath.FromSlash(f.path))); err != nil {
			return err
		}
		all[i] = output.Change{Path: f.path, Body: []byte(f.content), New: true}
	}
	return in.Change(v, all)
}

// unused returns an error if there is a file of the name.
func unused(name string) error {
	_, err := os.Lstat(name)
	if err == nil {
		return faulty(nil, "fault.exists", "File", name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
