package build_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors are the packages from the ground up. A package imports only packages
// of lower floors; those of one floor do not know each other. A package inside
// another's folder stands on a floor of its own, like any other.
var floors = [][]string{
	{
		"build/artifact", "build/compress", "build/diag", "build/drawing", "build/hidden", "build/lang", "build/leftover", "build/syntax", "build/order", "build/output", "build/pack", "build/store", "build/watch", "build/serve",
		"build/align/lexicon", "build/align/sound", "build/intake/label", "build/order/ordertest", "i18n", "themes", "static", "skeleton", "docs",
	},
	{"build/compare", "build/diagtest", "build/doc", "build/numeral", "build/word", "build/yaml", "build/intake/draft"},
	{"build/source", "build/intake/word", "build/intake/web", "build/intake/plain"},
	{"build/markdown", "build/intake", "build/align", "build/sentence", "build/glossary"},
	{"build/record", "build/edit"},
	{"build/site"},
	{"build/check", "build/render", "build/search", "build/export", "build/exchange"},
	{"build"},
	{"cmd/stele"},
}

// walls say which packages alone may import something, and why.
var walls = []struct {
	imports string // a package, or with a final "/" all packages below
	only    []string
	why     string
}{
	{"github.com/yuin/goldmark", []string{"build/markdown"}, "a document depends on its own file alone; no later stage parses Markdown"},
	{"github.com/yuin/goldmark/", []string{"build/markdown"}, "as above"},
	{"html/template", []string{"build/render"}, "only the renderer writes HTML"},
	{"github.com/andybalholm/brotli", []string{"build/compress"}, "what is compressed is given as a function"},
	{"github.com/klauspost/compress/", []string{"build/compress"}, "as above"},
	{"github.com/fsnotify/fsnotify", []string{"build/watch"}, "an event means no more than: look again"},
	{"github.com/nicksnyder/go-i18n/", []string{"i18n"}, "words come through an interface"},
	{"github.com/spf13/pflag", []string{"cmd/stele"}, "stages get values, not flags"},
	{"github.com/blevesearch/", []string{"build/lang"}, "how a word is looked up has one home"},
	{"golang.org/x/text/collate", []string{"build/lang"}, "and so has how names are sorted"},
	{"net/http", []string{"build/serve", "cmd/stele"}, "nothing else speaks to a network"},
	{"os", []string{"build/output", "build/store", "build/watch", "cmd/stele"}, "stages read fs.FS and return values"},
	{"os/exec", []string{"cmd/stele"}, "“serve --open” opens the browser; nothing else runs other programs"},
	{"sync", []string{"build", "build/serve", "build/store", "build/watch", "build/output"}, "stages are pure; the conductor spreads and remembers them"},
	{"golang.org/x/sync/", []string{"build"}, "as above"},
	{"unsafe", nil, "nothing needs it"},
}

// goroutines are the packages that start some: the conductor, those that have loops
// of their own, and the command for what goes on beside the work.
var goroutines = []string{"build", "build/serve", "build/store", "build/watch", "build/output", "cmd/stele"}

// TestWalls keeps the architecture: a new import that fails here asks for
// another design, not for another line in these lists.
func TestWalls(t *testing.T) {
	t.Parallel()
	floorOf := map[string]int{}
	for i, f := range floors {
		for _, p := range f {
			floorOf[p] = i
		}
	}
	root := os.DirFS("..")
	seen := 0
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "testdata" || file == "bench" || file == "public" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		src, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		if strings.HasPrefix(string(src), "//go:build ignore\n") {
			return nil // run by hand, part of no program
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, src, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		seen++
		pkg := path.Dir(file)
		if _, known := floorOf[pkg]; !known {
			t.Errorf("%s: the package %s stands on no floor", file, pkg)
			return nil
		}
		if !slices.Contains(goroutines, pkg) {
			ast.Inspect(f, func(n ast.Node) bool {
				if g, ok := n.(*ast.GoStmt); ok {
					t.Errorf("%s: starts a goroutine, which is for %v alone", fset.Position(g.Pos()), goroutines)
				}
				return true
			})
		}
		for _, spec := range f.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value)
			if rest, ours := strings.CutPrefix(imp, "stele/"); ours {
				if floor, known := floorOf[rest]; !known {
					t.Errorf("%s: imports %s, which stands on no floor", file, rest)
				} else if floor >= floorOf[pkg] {
					t.Errorf("%s: %s (floor %d) imports %s (floor %d); only lower floors may be imported", file, pkg, floorOf[pkg], rest, floor)
				}
			}
			for _, w := range walls {
				if (imp == w.imports || strings.HasSuffix(w.imports, "/") && strings.HasPrefix(imp, w.imports)) && !slices.Contains(w.only, pkg) {
					t.Errorf("%s: imports %s, which is for %v alone: %s", file, imp, w.only, w.why)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 20 {
		t.Fatalf("looked at %d files only", seen)
	}
}

// TestFloorsAreDrawn: the table of docs/architecture.md has the packages of each
// floor, in a row of it or in the rows without a number that follow, and every
// package is there.
func TestFloorsAreDrawn(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	drawn, floor := map[int][]string{}, ""
	_, table, _ := strings.Cut(string(text), "\n## Floors\n")
	table, _, _ = strings.Cut(table, "\n## ")
	for _, row := range strings.Split(table, "\n") {
		cells := strings.Split(row, "|")
		if len(cells) < 4 {
			continue
		}
		if n := strings.TrimSpace(cells[1]); n != "" {
			floor = n
		}
		n, err := strconv.Atoi(floor)
		if err != nil {
			continue // the head
		}
		for i, name := range strings.Split(cells[2], "`") {
			if i%2 == 1 {
				drawn[n] = append(drawn[n], name)
			}
		}
	}
	for i, want := range floors {
		names := make([]string, len(want))
		for j, p := range want {
			names[j] = strings.TrimPrefix(p, "build/")
			if _, err := os.Stat("../" + p); err != nil {
				t.Errorf("there is no package %s: take it from the floors", p)
			}
		}
		slices.Sort(names)
		slices.Sort(drawn[i])
		if !slices.Equal(names, drawn[i]) {
			t.Errorf("docs/architecture.md, floor %d: %q, want %q", i, drawn[i], names)
		}
	}
}

// TestClock keeps the clock out of everything but the command and the loops of
// the preview: the same input gives the same bytes at any time.
func TestClock(t *testing.T) {
	t.Parallel()
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || file == "bench" || file == "cmd" || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "build/watch/") || strings.HasPrefix(file, "build/serve/") || strings.HasPrefix(file, "build/output/") || strings.HasPrefix(file, "build/store/") {
			return nil
		}
		src, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		for _, clock := range []string{"time." + "Now(", "time." + "Since(", "rand." + "N(", "rand." + "Int"} {
			if strings.Contains(string(src), clock) {
				t.Errorf("%s: %s…) makes the output depend on more than the input", file, clock)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
