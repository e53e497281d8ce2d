package build

import (
	"path"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/site"
)

// maxLost is how many lost addresses are told one by one.
const maxLost = 20

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
		variant, alias := "section", base
		switch {
		case base == "full", base != "index" && gone[folder+"/index"]:
			continue // goes with its contents
		case folder == "glossary":
			variant = "concept"
		case base == "index":
			variant, alias = "text", folder+"/"
		case e.Site.At(e.Site.Langs[0].Code+"/"+folder+"/index.html") == nil:
			variant, alias = "text", name+".html"
		}
		if len(diags) == maxLost {
			diags.Note(diag.Pos{}, AddressLost.As("many"), "Count", len(names)-maxLost)
			break
		}
		diags.Note(diag.Pos{}, AddressLost.As(variant), "Path", name+".html", "Alias", alias)
	}
	return diags
}
