package build

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/site"
)

// maxLost is how many lost addresses are told one by one.
const maxLost = 20

// further is the name of the second page of a folder, and of those after it.
var further = regexp.MustCompile(`^index-[0-9]+$`)

// Lost tells of pages that were published before and whose addresses lead
// nowhere now, with the line that makes them lead on: paths are files that a
// publishing took away. A page is told once for all languages, a text not also
// by its sections, and a language that the site has no more not at all.
func (e *Edition) Lost(paths []string) diag.List {
	var names []string
	gone := map[string]bool{}
	for _, p := range paths {
		lang, name, ok := strings.Cut(p, "/")
		if name, isPage := strings.CutSuffix(name, ".html"); ok && isPage && !gone[name] &&
			slices.ContainsFunc(e.Site.Langs, func(l site.Lang) bool { return l.Code == lang }) {
			gone[name] = true
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var diags diag.List
	for _, name := range names {
		folder, base := path.Split(name)
		folder = strings.TrimSuffix(folder, "/")
		// A text in sections has a page of the whole beside its contents; a folder of
		// texts has none.
		text := gone[folder+"/full"]
		variant, alias := "text", e.aliasOf(name, ".html")
		switch {
		case base == "full" && gone[folder+"/index"], base != "index" && text:
			continue // goes with its contents
		case folder == "glossary":
			variant, alias = "concept", base
		case base == "index" && !text && gone[path.Dir(folder)+"/full"], base == "index" && gone[path.Dir(folder)]:
			continue // an earlier version of a text that is gone
		case base == "index" && text:
			alias = e.aliasOf(folder, "/")
		case base == "index":
			variant, alias = "folder", folder+"/"
		case e.inSections(folder):
			variant, alias = "section", base
		case further.MatchString(base):
			continue // of a list that is shorter now
		}
		if len(diags) == maxLost {
			diags.Note(diag.Pos{}, AddressLost.As("many"), "Count", len(names)-maxLost)
			break
		}
		diags.Note(diag.Pos{}, AddressLost.As(variant), "Path", name+".html", "Alias", alias)
	}
	return diags
}

// aliasOf is the alias for a text's old name: without an ending, unless a page lives at
// its other address, which the alias would then claim as well.
func (e *Edition) aliasOf(name, ending string) string {
	for _, l := range e.Site.Langs {
		if e.Site.At(l.Code+"/"+name+".html") != nil || e.Site.At(l.Code+"/"+name+"/index.html") != nil {
			return name + ending
		}
	}
	return name
}

// inSections reports whether a folder of the site is a text's, whose sections are in
// it, and not one of texts.
func (e *Edition) inSections(folder string) bool {
	return slices.ContainsFunc(e.Site.Langs, func(l site.Lang) bool {
		p := e.Site.At(l.Code + "/" + folder + "/index.html")
		return p != nil && p.Kind == site.TextContents
	})
}
