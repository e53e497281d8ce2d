package render

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jba/templatecheck"

	"stele/themes"
)

// pages are the values that the layouts get, by layout: the contract of a theme.
var pages = []struct {
	layout string
	value  any
}{
	{"choice", ChoicePage{}},
	{"notfound", NotFoundPage{}},
	{"moved", MovedPage{}},
	{"home", HomePage{}},
	{"contents", ContentsPage{}},
	{"text", TextPage{}},
	{"folder", FolderPage{}},
	{"glossary", GlossaryPage{}},
	{"concept", ConceptPage{}},
	{"timeline", TimelinePage{}},
	{"search", SearchPage{}},
	{"downloads", DownloadsPage{}},
	{"versions", VersionsPage{}},
	{"changes", ChangesPage{}},
}

// TestLayoutsFitTheirValues checks the types of everything that the built-in
// layouts ask of the values they get.
func TestLayoutsFitTheirValues(t *testing.T) {
	t.Parallel()
	theme, err := Parse(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{"editors": true} // the desk is no part of a theme's contract
	for _, p := range pages {
		checked[p.layout] = true
		if err := templatecheck.CheckHTML(theme.pages[p.layout].Lookup("page"), p.value); err != nil {
			t.Errorf("layouts/%s.html does not fit %T: %v", p.layout, p.value, err)
		}
	}
	for _, layout := range layouts {
		if !checked[layout] {
			t.Errorf("layouts/%s.html: its value is not among those of the contract", layout)
		}
	}
}

// TestNoAddressInLayouts: where a page stands is for package site to say; a
// layout gets its links.
func TestNoAddressInLayouts(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(themes.Default(), "layouts/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(themes.Default(), file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			for _, attr := range []string{`href="`, `src="`, `action="`} {
				for _, part := range strings.Split(line, attr)[1:] {
					if !strings.HasPrefix(part, "{{") && !strings.HasPrefix(part, "#") {
						t.Errorf("%s:%d: an address is written into the layout: %s%.40s", file, i+1, attr, part)
					}
				}
			}
		}
	}
}

// TestPartsAreCalled: every part of the shared layouts is called by its name, so that a
// theme that writes it otherwise is heeded.
func TestPartsAreCalled(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(themes.Default(), "layouts/*.html")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		data, err := fs.ReadFile(themes.Default(), file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	for _, m := range regexp.MustCompile(`{{define "([^"]+)"}}`).FindAllStringSubmatch(all.String(), -1) {
		name := m[1]
		if name == "page" { // by the program
			continue
		}
		if !strings.Contains(all.String(), `{{template "`+name+`"`) && !strings.Contains(all.String(), `{{block "`+name+`"`) {
			t.Errorf("the part %q is called by no layout", name)
		}
	}
}

// TestOwnPart: a theme's own _folders.html says what stands beside a text, though the
// built-in one leaves it to the program.
func TestOwnPart(t *testing.T) {
	t.Parallel()
	const builtIn, name = `{{define "beside"}}{{.Beside}}{{end}}`, "layouts/_folders.html"
	own := fstest.MapFS{"assets/site.css": {}}
	files, err := fs.Glob(themes.Default(), "layouts/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(themes.Default(), file)
		if err != nil {
			t.Fatal(err)
		}
		own[file] = &fstest.MapFile{Data: data}
	}
	changed := strings.Replace(string(own[name].Data), builtIn, `{{define "beside"}}<p class="own">{{with .After}}{{.Text}}{{end}}</p>{{end}}`, 1)
	if changed == string(own[name].Data) {
		t.Fatalf("%s has no %s", name, builtIn)
	}
	own[name].Data = []byte(changed)
	theme, err := Parse(own)
	if err != nil {
		t.Fatal(err)
	}
	after := Words{Text: "The next text"}
	frame := Frame{After: &Link{Words: after}, ui: oddUI("odd")}
	for layout, value := range map[string]any{
		"text": TextPage{Frame: frame}, "contents": ContentsPage{Frame: frame},
	} {
		var b strings.Builder
		if err := theme.pages[layout].ExecuteTemplate(&b, "page", value); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, `<p class="own">The next text</p>`) || strings.Contains(got, `class="turn"`) {
			t.Errorf("layouts/%s.html does not heed the theme's own part:\n%s", layout, got)
		}
	}
}

// TestThemesDocument: docs/themes.md tells of every value and field, in the words
// of the source; -update writes it.
func TestThemesDocument(t *testing.T) {
	t.Parallel()
	const file, begin = "../../docs/themes.md", "<!-- What follows is made from the source: go test ./build/render -update -->\n"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, got, ok := strings.Cut(string(data), begin)
	if !ok {
		t.Fatalf("%s has no line %q", file, begin)
	}
	want := "\n" + contract(t)
	if *update {
		if err := os.WriteFile(file, []byte(head+begin+want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != want {
		t.Errorf("%s is not what the source says; go test ./build/render -update writes it", file)
	}
}

// contract describes the values of the layouts and all that they hold.
func contract(t *testing.T) string {
	t.Helper()
	structs := structsOf(t)
	var b strings.Builder
	var queue []reflect.Type
	var seen []reflect.Type
	want := func(x reflect.Type) {
		for x.Kind() == reflect.Pointer || x.Kind() == reflect.Slice {
			x = x.Elem()
		}
		if x.Kind() == reflect.Struct && x.PkgPath() == reflect.TypeFor[Frame]().PkgPath() && ast.IsExported(x.Name()) && !slices.Contains(seen, x) {
			seen, queue = append(seen, x), append(queue, x)
		}
	}
	layout := map[string]string{}
	for _, p := range pages {
		x := reflect.TypeOf(p.value)
		layout[x.Name()] = p.layout
		want(x)
	}
	for len(queue) > 0 {
		x := queue[0]
		queue = queue[1:]
		d, ok := structs[x.Name()]
		if !ok {
			t.Errorf("there is no declaration of %s", x.Name())
			continue
		}
		fmt.Fprintf(&b, "### %s\n\n", x.Name())
		if l := layout[x.Name()]; l != "" {
			fmt.Fprintf(&b, "The value of `layouts/%s.html`. ", l)
		}
		fmt.Fprintf(&b, "%s\n\n", strings.TrimSuffix(strings.ReplaceAll(d.doc, "\n", " "), "."))
		b.WriteString("| field | type | what it is |\n|---|---|---|\n")
		for i := range x.NumField() {
			f := x.Field(i)
			if !f.IsExported() {
				continue
			}
			said := d.fields[f.Name]
			if f.Anonymous {
				said = strings.TrimSpace("all fields of " + f.Name + "; " + said)
				said = strings.TrimSuffix(said, ";")
			}
			if said == "" {
				t.Errorf("%s.%s says nothing of itself", x.Name(), f.Name)
			}
			name := strings.ReplaceAll(f.Type.String(), "render.", "")
			fmt.Fprintf(&b, "| `.%s` | `%s` | %s |\n", f.Name, strings.ReplaceAll(name, "interface {}", "any"), strings.ReplaceAll(said, "|", "\\|"))
			want(f.Type)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// declaration is what a struct says of itself and of its fields.
type declaration struct {
	doc    string
	fields map[string]string
}

func structsOf(t *testing.T) map[string]declaration {
	t.Helper()
	out := map[string]declaration{}
	files, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, spec := range g.Specs {
				ts := spec.(*ast.TypeSpec)
				s, ok := ts.Type.(*ast.StructType)
				if !ok {
					continue
				}
				out[ts.Name.Name] = declaration{strings.TrimSpace(g.Doc.Text()), fieldsOf(s)}
			}
		}
	}
	return out
}

func fieldsOf(s *ast.StructType) map[string]string {
	out := map[string]string{}
	said := ""
	for _, f := range s.Fields.List {
		// A comment on several lines tells of the field after it.
		if text := strings.TrimSpace(f.Doc.Text() + f.Comment.Text()); text != "" {
			said = strings.ReplaceAll(text, "\n", " ")
		} else {
			said = ""
		}
		for _, n := range f.Names {
			out[n.Name] = said
		}
		if len(f.Names) == 0 {
			if id, ok := f.Type.(*ast.Ident); ok {
				out[id.Name] = said
			}
		}
	}
	return out
}
