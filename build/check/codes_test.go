package check_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"stele/build/check"
	"stele/build/diag"
)

var codeForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// codesIn finds the codes that a package passes to diag: the constants of type
// diag.Code that it uses, and also the string that stands before the format in a
// call of one of its reporting functions, the field Code of a Diagnostic, and
// whatever is assigned to something called code.
func codesIn(t *testing.T, root fs.FS, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	reports := false // a package that does not know diag reports nothing
	constants, used := map[string]string{}, map[string]string{}
	files, err := fs.Glob(root, path.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := fs.ReadFile(root, file)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, file, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			reports = reports || i.Path.Value == `"stele/build/diag"`
		}
		take := func(e ast.Expr) bool {
			lit, ok := e.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return false
			}
			s, err := strconv.Unquote(lit.Value)
			if err == nil && codeForm.MatchString(s) {
				out[s] = set.Position(lit.Pos()).String()
			}
			return true
		}
		declares := path.Base(file) == "codes.go"
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				if declares && len(n.Names) == 1 && len(n.Values) == 1 {
					if lit, ok := n.Values[0].(*ast.BasicLit); ok {
						constants[n.Names[0].Name], _ = strconv.Unquote(lit.Value)
					}
				}
			case *ast.Ident:
				if !declares {
					used[n.Name] = set.Position(n.Pos()).String()
				}
			case *ast.CallExpr:
				name := ""
				switch fun := n.Fun.(type) {
				case *ast.Ident:
					name = fun.Name
				case *ast.SelectorExpr:
					name = fun.Sel.Name
					if x, ok := fun.X.(*ast.Ident); ok && x.Name == "fmt" {
						name = ""
					}
				}
				if regexp.MustCompile(`(?i)^(add|errorf|warnf|notef|warn|report|complain|wrong|error|once)$`).MatchString(name) {
					for _, a := range n.Args[:min(len(n.Args), 4)] {
						if take(a) {
							break
						}
					}
				}
			case *ast.CompositeLit:
				if id, ok := n.Type.(*ast.Ident); ok && id.Name == "fault" && len(n.Elts) > 0 {
					take(n.Elts[0])
				}
				for _, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok {
						if id, ok := kv.Key.(*ast.Ident); ok && strings.EqualFold(id.Name, "code") {
							take(kv.Value)
						}
					}
				}
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					if id, ok := l.(*ast.Ident); ok && id.Name == "code" && i < len(n.Rhs) {
						take(n.Rhs[i])
					}
				}
			}
			return true
		})
	}
	if !reports {
		return nil
	}
	for name, code := range constants {
		if at, ok := used[name]; ok {
			out[code] = at
		}
	}
	return out
}

// TestEveryCodeIsListed reads the sources of all stages: each code that is
// passed to diag must be a rule with a section in docs/checks.md, and each rule
// must be reported by the stage it names.
func TestEveryCodeIsListed(t *testing.T) {
	t.Parallel()
	root := os.DirFS("../..")
	docs, err := fs.ReadFile(root, "docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	stages := map[string]map[string]string{}
	err = fs.WalkDir(root, "build", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if d.Name() == "testdata" || d.Name() == "render" { // which shows findings and makes none
			return fs.SkipDir
		}
		if p == "build/intake" { // speaks of files that are not in the content yet
			return fs.SkipDir
		}
		stages[path.Base(p)] = codesIn(t, root, p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, stage := range slices.Sorted(mapKeys(stages)) {
		for _, code := range slices.Sorted(mapKeys(stages[stage])) {
			r, ok := check.RuleOf(diag.Code(code))
			if !ok {
				t.Errorf("%s: the code %q is not in check.Rules", stages[stage][code], code)
				continue
			}
			if !slices.Contains(r.Stages, stage) {
				t.Errorf("%s: the rule %q does not name the stage %q, only %v", stages[stage][code], code, stage, r.Stages)
			}
		}
	}
	for _, r := range check.Rules {
		for _, stage := range r.Stages {
			if _, ok := stages[stage][string(r.Code)]; !ok {
				t.Errorf("rule %q: the stage %q does not report it", r.Code, stage)
			}
		}
		section := "\n### " + string(r.Code) + "\n"
		if n := strings.Count(string(docs), section); n != 1 {
			t.Errorf("docs/checks.md has %d sections %q, want 1", n, strings.TrimSpace(section))
		}
		_, body, _ := strings.Cut(string(docs), section)
		body, _, _ = strings.Cut(body, "\n### ")
		if !strings.Contains(body, r.Severity.String()) {
			t.Errorf("docs/checks.md, %s: does not say that it is a %s\n%s", r.Code, r.Severity, body)
		}
		if slices.Contains(r.Stages, "check") && (!strings.Contains(body, "Wrong:") || !strings.Contains(body, "Right:")) {
			t.Errorf("docs/checks.md, %s: no example, wrong and right", r.Code)
		}
		if r.Title == "" || strings.HasSuffix(r.Title, ".") || !codeForm.MatchString(string(r.Code)) || r.Severity > diag.Note {
			t.Errorf("rule %+v: wants a code, a title without a period", r)
		}
	}
}
