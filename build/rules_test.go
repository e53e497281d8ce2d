package build_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"stele/build"
	"stele/build/check"
	"stele/build/diag"
	"stele/build/intake"
	"stele/docs"
	"stele/i18n"
)

var (
	codeForm   = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	phraseForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$`)
	section    = regexp.MustCompile(`(?m)^### (\S+)\n\n\*(.+)\* · (\S+)\n`)
)

// severities are what the handbook calls them, in each language.
var severities = map[string]map[diag.Severity]string{
	"en": {diag.Error: "error", diag.Warning: "warning", diag.Note: "note"},
	"ru": {diag.Error: "ошибка", diag.Warning: "предупреждение", diag.Note: "примечание"},
	"zh": {diag.Error: "错误", diag.Warning: "警告", diag.Note: "提示"},
}

// examples are the words before what is wrong, what is right, and what to do.
var examples = map[string][]string{
	"en": {"\n- Wrong: ", "\n- Right: ", "\n- What to do: "},
	"ru": {"\n- Неправильно: ", "\n- Правильно: ", "\n- Что сделать: "},
	"zh": {"\n- 误：", "\n- 正：", "\n- 处理："},
}

// TestRulesAreDescribed: the handbook's page on the checks has, in each language,
// a section for each rule, with its title and severity, and for nothing else; for
// what check finds itself, also an example. Two stages that find the same agree on
// how grave it is.
func TestRulesAreDescribed(t *testing.T) {
	t.Parallel()
	messages, err := i18n.Editors()
	if err != nil {
		t.Fatal(err)
	}
	for lang, called := range severities {
		page, err := os.ReadFile("../docs/handbook/checks/" + lang + ".md")
		if err != nil {
			t.Fatal(err)
		}
		described := map[string]int{}
		for _, m := range section.FindAllStringSubmatch(string(page), -1) {
			described[m[1]]++
			r, ok := build.Rules.Of(diag.Code(m[1]))
			if title := check.Title(r.Code).In(messages.UI(lang)); ok && (m[3] != called[r.Severity] || m[2] != title) {
				t.Errorf("checks/%s.md, %s: *%s* · %s, but the rule is *%s* · %s", lang, m[1], m[2], m[3], title, called[r.Severity])
			}
			if !ok {
				t.Errorf("checks/%s.md, %s: there is no such rule", lang, m[1])
			}
		}
		for _, stage := range build.Stages() {
			for _, r := range stage.Rules {
				if n := described[string(r.Code)]; n != 1 {
					t.Errorf("checks/%s.md: %d sections of %s, want one with *Title* · severity", lang, n, r.Code)
				}
				if text := docs.Rule(lang, string(r.Code)); strings.Contains(text, "#") && strings.Contains(text, "\n#") || text == "" {
					t.Errorf("checks/%s.md, %s: the section cannot be cut out: %q", lang, r.Code, text)
				}
			}
		}
		for _, r := range check.Own() {
			for _, words := range examples[lang] {
				if !strings.Contains(docs.Rule(lang, string(r.Code)), words) {
					t.Errorf("checks/%s.md, %s: no %q", lang, r.Code, words)
				}
			}
		}
	}
	for _, stage := range build.Stages() {
		for _, r := range stage.Rules {
			if same, _ := build.Rules.Of(r.Code); same != r || !codeForm.MatchString(string(r.Code)) {
				t.Errorf("%s: the rule %v of %s is %v in another stage", stage.Name, r, stage.Name, same)
			}
		}
	}
}

// sources are what the program can say of findings, as its sources tell.
type sources struct {
	codes    map[string]string // constants of type diag.Code: value -> place
	phrases  map[string]string // what diag.Say and Code.As of a constant name
	variants map[string]string // what Code.As of anything else names
	literals map[string]bool   // all strings
}

func readSources(t *testing.T) sources {
	t.Helper()
	s := sources{map[string]string{}, map[string]string{}, map[string]string{}, map[string]bool{}}
	root := os.DirFS("..")
	set := token.NewFileSet()
	var files []*ast.File
	constants := map[string]string{} // name -> code; a name means one thing everywhere
	for _, dir := range []string{"build", "cmd", "i18n"} {
		err := fs.WalkDir(root, dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
				return err
			}
			src, err := fs.ReadFile(root, p)
			if err != nil {
				return err
			}
			f, err := parser.ParseFile(set, p, src, parser.SkipObjectResolution)
			files = append(files, f)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				s.literals[text] = true
			}
			v, ok := n.(*ast.ValueSpec)
			if ok && len(v.Names) == 1 && len(v.Values) == 1 && isCode(v.Type) {
				code := text(v.Values[0])
				constants[v.Names[0].Name] = code
				s.codes[code] = set.Position(v.Pos()).String()
			}
			return true
		})
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 || text(call.Args[0]) == "" {
				return true
			}
			fun, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			at, said := set.Position(call.Pos()).String(), text(call.Args[0])
			switch x, _ := fun.X.(*ast.Ident); {
			case fun.Sel.Name == "Say" && x != nil && x.Name == "diag":
				s.phrases[said] = at
			case fun.Sel.Name != "As":
			case x != nil && constants[x.Name] != "":
				s.phrases[constants[x.Name]+"."+said] = at
			default:
				s.variants[said] = at
			}
			return true
		})
	}
	return s
}

func isCode(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name == "Code"
	case *ast.Ident:
		return e.Name == "Code"
	}
	return false
}

// text is the string that the expression is, if it is one.
func text(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value)
	return s
}

// TestPhrases: every code is a rule of some stage and has a sentence, everything
// that is said is in the catalogue, and what is in the catalogue is said.
func TestPhrases(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(os.DirFS("../i18n/editors"), "*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no catalogues", err)
	}
	src := readSources(t)
	rules := slices.Concat(build.Rules, intake.Rules)
	for code, at := range src.codes {
		if !slices.ContainsFunc(rules, func(r diag.Rule) bool { return string(r.Code) == code }) {
			t.Errorf("%s: the code %q is no rule of its stage", at, code)
		}
	}
	for _, r := range rules {
		if _, ok := src.codes[string(r.Code)]; !ok {
			t.Errorf("the rule %q has no constant", r.Code)
		}
	}
	for _, file := range files {
		data, err := os.ReadFile("../i18n/editors/" + file)
		if err != nil {
			t.Fatal(err)
		}
		command, err := os.ReadFile("../i18n/command/" + file)
		if err != nil {
			t.Fatal(err)
		}
		catalogue := map[string]any{}
		for _, part := range [][]byte{data, command} {
			if err := yaml.Unmarshal(part, &catalogue); err != nil {
				t.Fatal(err)
			}
		}
		for _, fault := range src.compare(slices.Sorted(maps.Keys(catalogue))) {
			t.Errorf("i18n/editors/%s: %s", file, fault)
		}
	}
}

// writes reports whether the string stands in the sources, whole or in two parts
// that are joined.
func (s *sources) writes(id string) bool {
	if s.literals[id] {
		return true
	}
	for i := range id {
		if s.literals[id[:i]] && s.literals[id[i:]] {
			return true
		}
	}
	return false
}

// compare tells what the catalogue lacks and what nothing says.
func (s *sources) compare(catalogue []string) []string {
	var faults []string
	has := func(f func(id string) bool) bool { return slices.ContainsFunc(catalogue, f) }
	for code, at := range s.codes {
		if !has(func(id string) bool { return id == code || strings.HasPrefix(id, code+".") }) {
			faults = append(faults, fmt.Sprintf("no sentence for %q (%s)", code, at))
		}
	}
	for id, at := range s.phrases {
		if !slices.Contains(catalogue, id) {
			faults = append(faults, fmt.Sprintf("no sentence %q (%s)", id, at))
		}
	}
	for variant, at := range s.variants {
		if !has(func(id string) bool { return strings.HasSuffix(id, "."+variant) }) {
			faults = append(faults, fmt.Sprintf("no sentence for the variant %q (%s)", variant, at))
		}
	}
	for _, id := range catalogue {
		first, variant, _ := strings.Cut(id, ".")
		_, isCode := s.codes[first]
		switch {
		case s.writes(id), isCode && s.writes(variant), first == "rule" && s.codes[variant] != "":
		case first == "help": // the tests of the command tell which are needed
		case strings.HasPrefix(id, "import-"): // some were written before what will say them
		case !phraseForm.MatchString(id):
			faults = append(faults, fmt.Sprintf("%q is no name of a phrase", id))
		default:
			faults = append(faults, fmt.Sprintf("nothing says %q", id))
		}
	}
	slices.Sort(faults)
	return faults
}
