package glossary

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/yaml"
)

// Scheme is what a site's settings say of its glossary: which groups come first
// and what groups and classes are called. The zero Scheme is that of a site
// without settings.
type Scheme struct {
	Groups  []Heading
	Classes []Heading
	// Pos is where more would be written; without a path, there are no settings.
	Pos diag.Pos
}

// Heading is how readers see a group or a class.
type Heading struct {
	Name  string // the group's folder below glossary/, or the class
	Title Local
	Intro Local // of a group; may be empty
	Pos   diag.Pos
}

// MaxGroups is how many groups a glossary may have: the page of each lists all.
const MaxGroups = 200

// Groups are those that have a title without being named in the settings, in
// the order in which they are shown.
var Groups = []string{"bodies", "treaties", "principles"}

// classesOf are the classes, of those built in, that belong into the groups
// built in.
var classesOf = map[string][]Class{
	"bodies": {Body, Standing}, "treaties": {Treaty, Document}, "principles": {Principle, Notion},
}

// Equal reports whether the schemes say the same at the same places.
func (s Scheme) Equal(o Scheme) bool {
	same := func(a, b Heading) bool {
		return a.Name == b.Name && a.Pos == b.Pos && maps.Equal(a.Title, b.Title) && maps.Equal(a.Intro, b.Intro)
	}
	return s.Pos == o.Pos && slices.EqualFunc(s.Groups, o.Groups, same) && slices.EqualFunc(s.Classes, o.Classes, same)
}

// Group returns what the settings say of the group.
func (s Scheme) Group(name string) Heading { return find(s.Groups, name) }

// Class returns what the settings say of the class.
func (s Scheme) Class(c Class) Heading { return find(s.Classes, string(c)) }

func find(list []Heading, name string) Heading {
	if i := slices.IndexFunc(list, func(h Heading) bool { return h.Name == name }); i >= 0 {
		return list[i]
	}
	return Heading{Name: name}
}

// Order sorts groups as they are shown: those of the settings first, then those
// built in, then the others by name.
func (s Scheme) Order(groups []string) []string {
	rank := func(g string) int {
		if i := slices.IndexFunc(s.Groups, func(h Heading) bool { return h.Name == g }); i >= 0 {
			return i
		}
		if i := slices.Index(Groups, g); i >= 0 {
			return len(s.Groups) + i
		}
		return len(s.Groups) + len(Groups)
	}
	return slices.SortedFunc(slices.Values(groups), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
	})
}

// check finds what is wrong between the settings and the concepts.
func (s Scheme) check(all []*Concept, damaged, langs []string, diags *diag.List) {
	var classes []string
	for _, k := range Classes {
		classes = append(classes, string(k))
	}
	for _, h := range s.Classes {
		classes = append(classes, h.Name)
	}
	found := map[string]string{} // of each group, its first file
	for _, c := range all {
		if first, ok := found[c.Group]; !ok || c.Path < first {
			found[c.Group] = c.Path
		}
		checkClass(c, classes, diags)
	}
	delete(found, "") // files directly in glossary/
	folders := slices.Sorted(maps.Keys(found))
	if len(folders) > MaxGroups {
		diags.Error(diag.Pos{Path: found[folders[MaxGroups]]}, TooManyFiles.As("groups"), "Count", len(folders), "Max", MaxGroups)
	}
	hints := 100 // for each all folders are looked at
	if s.Pos.Path == "" {
		return
	}
	for _, h := range s.Groups {
		if _, ok := found[h.Name]; !ok && !slices.Contains(Groups, h.Name) && !slices.ContainsFunc(damaged, func(file string) bool { return groupOf(file) == h.Name }) {
			var hint diag.Phrase
			if hints--; hints >= 0 {
				hint = yaml.Meant(h.Name, folders)
			}
			diags.Warn(h.Pos, UnknownGroup, "Folder", path.Join("glossary", h.Name), "Hint", hint)
		}
	}
	for _, name := range folders {
		s.untitled(s.Group(name), "group", slices.Contains(Groups, name), langs, diags)
	}
	for _, h := range s.Classes {
		s.untitled(h, "class", slices.Contains(Classes, Class(h.Name)), langs, diags)
	}
}

// untitled reports, once, the languages in which readers would see the bare name
// of a group or class, and those in which a group has no introduction though it
// has one in another.
func (s Scheme) untitled(h Heading, what string, builtin bool, langs []string, diags *diag.List) {
	missing := func(l Local) diag.Names {
		return slices.DeleteFunc(slices.Clone(langs), func(lang string) bool { return l.In(lang) != "" })
	}
	pos := h.Pos
	if pos.Path == "" {
		pos = s.Pos
	}
	if in := missing(h.Title); len(in) > 0 && !builtin {
		diags.Warn(pos, MissingLanguage.As(what+"-title"), "Name", h.Name, "Languages", in)
	}
	if in := missing(h.Intro); len(in) > 0 && len(h.Intro) > 0 {
		diags.Warn(pos, MissingLanguage.As("intro"), "Name", h.Name, "Languages", in)
	}
}

// checkClass reports a class that is neither built in nor named in the settings,
// and one that is built in and stands in the folder of others.
func checkClass(c *Concept, known []string, diags *diag.List) {
	switch want, usual := classesOf[c.Group]; {
	case c.Class == "": // and said so
	case !slices.Contains(known, string(c.Class)):
		diags.Error(c.ClassPos, UnknownClass, "Class", string(c.Class), "Known", diag.Names(known), "Hint", yaml.Meant(string(c.Class), known))
	case slices.Contains(Classes, c.Class) && usual && !slices.Contains(want, c.Class):
		diags.Warn(c.At["class"], ClassFolder, "Class", string(c.Class), "Folder", c.Group)
	}
}
