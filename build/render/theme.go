package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"iter"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"stele/build/artifact"
)

// Theme is a parsed theme, bound to no site. It is immutable.
type Theme struct {
	pages  map[string]*template.Template // by layout
	loops  map[string][]place            // by layout
	assets map[string]asset              // by name below assets/

	general *Theme   // as it was for any languages; nil where it is still
	tags    []string // of the languages that its style sheets are written out for
}

type asset struct {
	path string // in the site, with fingerprint
	data []byte
}

// Parse reads a theme: layouts/base.html, which defines the template "page",
// a file for each kind of page, and assets/. Layouts without a file are left
// out; files whose names begin with "_" are shared by all. Where some cannot be
// read, the error is Faults.
func Parse(theme fs.FS) (*Theme, error) {
	t := &Theme{pages: map[string]*template.Template{}, loops: map[string][]place{}}
	base, err := parseLayouts(template.New("base").Funcs(functions), theme, "layouts/base.html")
	if err != nil {
		return nil, layoutFault(err)
	}
	var faults Faults
	if shared, _ := fs.Glob(theme, "layouts/_*.html"); len(shared) > 0 {
		if base, err = parseLayouts(base, theme, shared...); err != nil {
			return nil, layoutFault(err)
		}
	}
	for _, name := range slices.Compact(slices.Sorted(maps.Values(layouts))) { // several kinds may share one
		file := "layouts/" + name + ".html"
		if _, err := fs.Stat(theme, file); err != nil {
			continue
		}
		page, err := base.Clone()
		if err == nil {
			page, err = parseLayouts(page, theme, file)
		}
		var found Faults
		if err := layoutFault(err); errors.As(err, &found) {
			faults = append(faults, found...)
			continue
		} else if err != nil {
			return nil, err
		}
		t.loops[name] = roundsTold(page)
		t.pages[name] = page
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t.assets, err = readAssets(theme)
	return t, err
}

// parseLayouts adds layouts to a set of templates, each under its file's name. Of
// what is no text a browser would make what it likes.
func parseLayouts(set *template.Template, theme fs.FS, names ...string) (*template.Template, error) {
	for _, name := range names {
		data, err := fs.ReadFile(theme, name)
		if err != nil {
			return nil, err
		}
		at := bytes.IndexByte(data, 0)
		if i := notUTF8(data); i >= 0 && (at < 0 || i < at) {
			at = i
		}
		if at >= 0 {
			line := data[bytes.LastIndexByte(data[:at], '\n')+1 : at]
			return nil, Faults{{File: name, Line: 1 + bytes.Count(data[:at], []byte("\n")), Col: 1 + utf8.RuneCount(line), ID: "byte", Args: []any{"Byte", fmt.Sprintf("%02X", data[at])}}}
		}
		if _, err := set.New(path.Base(name)).Parse(string(data)); err != nil {
			return nil, err
		}
		if fault := tooManyParts(set, name, data); fault != nil {
			return nil, fault
		}
	}
	return set, nil
}

// MaxParts is how many parts the layouts of a page may have together. What calls what
// is gone through in depth, to know what has to be escaped how.
const MaxParts = 1_000

// tooManyParts is the fault of a file that has more, at the first beyond.
func tooManyParts(set *template.Template, name string, data []byte) error {
	all := set.Templates()
	if len(all) <= MaxParts {
		return nil
	}
	var here []int // where the parts of the file begin
	for _, t := range all {
		if t.Tree != nil && t.Tree.ParseName == path.Base(name) {
			here = append(here, min(int(t.Tree.Root.Pos), len(data)))
		}
	}
	slices.Sort(here)
	at := 0
	if n := len(here) - (len(all) - MaxParts); n >= 0 && n < len(here) {
		at = here[n]
	}
	line := data[bytes.LastIndexByte(data[:at], '\n')+1 : at]
	return Faults{{File: name, Line: 1 + bytes.Count(data[:at], []byte("\n")), Col: 1 + utf8.RuneCount(line), ID: "parts", Args: []any{"Max", MaxParts}}}
}

// notUTF8 is the offset of the first byte that is not UTF-8, or -1.
func notUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, n := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return -1
}

// functions are what templates know besides the page's own fields and methods.
var functions = template.FuncMap{
	// pair passes a part of a page to a template together with the page.
	"pair": func(page, item any) any { return struct{ Page, Item any }{page, item} },
}

// Assets yields the assets, sorted by path; those of the editors' desk, which
// no site that is built has, are not among them. A path has a fingerprint of the
// content in the name.
func (t *Theme) Assets() iter.Seq[artifact.Artifact] {
	return func(yield func(artifact.Artifact) bool) {
		for _, name := range slices.Sorted(maps.Keys(t.assets)) {
			if a := t.assets[name]; !slices.Contains(deskAssets, name) && !yield(artifact.Of(a.path, a.data)) {
				return
			}
		}
	}
}

// historyAssets are for sites with texts that have several versions.
var historyAssets = []string{"history.css", "history.js"}

// without is the theme with fewer assets.
func (t *Theme) without(assets []string) *Theme {
	out := &Theme{pages: t.pages, loops: t.loops, assets: maps.Clone(t.assets)}
	for _, name := range assets {
		delete(out.assets, name)
	}
	return out
}

// asset returns the path in the site of the asset, or "" if the theme has none.
func (t *Theme) asset(name string) string { return t.assets[name].path }

var cssURL = regexp.MustCompile(`url\(\s*["']?([^"')]+)["']?\s*\)`)

// readAssets gives every asset a name with the fingerprint of its content.
// Style sheets come last: their url(…) are rewritten to the new names first,
// so that their own fingerprint tells of a change there too.
func readAssets(theme fs.FS) (map[string]asset, error) {
	assets := map[string]asset{}
	var sheets []string
	err := fs.WalkDir(theme, "assets", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if path.Ext(p) == ".css" {
			sheets = append(sheets, p)
			return nil
		}
		data, err := fs.ReadFile(theme, p)
		if err == nil {
			assets[strings.TrimPrefix(p, "assets/")] = asset{fingerprinted(p, data), data}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read theme assets: %w", err)
	}
	for _, p := range sheets {
		data, err := fs.ReadFile(theme, p)
		if err != nil {
			return nil, fmt.Errorf("read theme assets: %w", err)
		}
		data = cssURL.ReplaceAllFunc(data, func(m []byte) []byte {
			ref := string(cssURL.FindSubmatch(m)[1])
			a, ok := assets[strings.TrimPrefix(path.Join(path.Dir(p), ref), "assets/")]
			if !ok {
				return m
			}
			up := strings.Repeat("../", strings.Count(p, "/"))
			return []byte(`url("` + up + a.path + `")`)
		})
		assets[strings.TrimPrefix(p, "assets/")] = asset{fingerprinted(p, data), data}
	}
	return assets, nil
}

// fingerprinted puts the content's fingerprint before the extension.
func fingerprinted(p string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(p)
	return strings.TrimSuffix(p, ext) + "." + hex.EncodeToString(sum[:5]) + ext
}
