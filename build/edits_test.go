package build_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
	"stele/build/diag"
)

// TestEditsEqualFreshBuild: after any sequence of edits, a builder that lived
// through them has the same findings and makes the same bytes as a new one.
func TestEditsEqualFreshBuild(t *testing.T) {
	t.Parallel()
	steps := 25
	if testing.Short() {
		steps = 8
	}
	content := fstest.MapFS{}
	for _, f := range []string{"site.yaml", "about/ru.md", "about/zh.md", "about/en.md", "strategy/ru.md", "strategy/zh.md", "strategy/en.md"} {
		add(t, content, "../content", f)
	}
	for _, g := range []string{"bodies/rats", "bodies/sco", "bodies/member-states", "treaties/charter", "principles/terrorism"} {
		add(t, content, "../content", "glossary/"+g+".yaml")
	}
	for f, d := range content { // a short strategy keeps the test quick
		if strings.HasPrefix(f, "strategy/") && strings.HasSuffix(f, ".md") {
			if i := strings.Index(string(d.Data), "{#principles}"); i > 0 {
				d.Data = d.Data[:strings.LastIndex(string(d.Data[:i]), "\n")]
			}
		}
	}
	liveThrough(t, content, rand.New(rand.NewPCG(3, 5)), steps)
}

// TestVersionEditsEqualFreshBuild: so it is of a text with earlier versions.
func TestVersionEditsEqualFreshBuild(t *testing.T) {
	t.Parallel()
	steps := 25
	if testing.Short() {
		steps = 8
	}
	content := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS("../docs/amended/content"), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			add(t, content, "../docs/amended/content", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	liveThrough(t, content, rand.New(rand.NewPCG(7, 2)), steps)
}

// liveThrough makes edits at the content and fails if a builder that lived through
// them makes anything but what a new one does.
func liveThrough(t *testing.T, content fstest.MapFS, rng *rand.Rand, steps int) {
	t.Helper()
	snapshot := build.NewSnapshot(content) // as the preview has it
	old := build.New(build.Inputs{Content: snapshot})
	history := map[string]*fstest.MapFile{} // deleted files, which may come back
	for step := range steps {
		before := folders(content)
		what, changed := edit(rng, content, history)
		if maps.Equal(before, folders(content)) {
			for _, name := range changed {
				snapshot.Forget(name)
			}
		} else {
			snapshot.ForgetAll()
		}
		got, gotFound, err := old.Load(t.Context())
		if err != nil {
			t.Fatalf("step %d, %s: %v", step, what, err)
		}
		want, wantFound, err := build.New(build.Inputs{Content: content}).Load(t.Context())
		if err != nil {
			t.Fatalf("step %d, %s: %v", step, what, err)
		}
		if !slices.EqualFunc(gotFound, wantFound, func(a, b diag.Diagnostic) bool { return a.String() == b.String() }) {
			t.Errorf("step %d, %s: found %v, a new builder %v", step, what, gotFound, wantFound)
		}
		if got == nil || want == nil {
			if (got == nil) != (want == nil) {
				t.Errorf("step %d, %s: one builder has an edition, the other none", step, what)
			}
			continue
		}
		same(t, files(t, got), files(t, want))
		if t.Failed() {
			t.Fatalf("step %d, %s", step, what)
		}
	}
}

// TestGlossaryEditsEqualFreshBuild: names, forms, dates, former ids and definitions of
// concepts come, change and go, and what texts name follows.
func TestGlossaryEditsEqualFreshBuild(t *testing.T) {
	t.Parallel()
	steps := 30
	if testing.Short() {
		steps = 20
	}
	rng := rand.New(rand.NewPCG(11, 4))
	words := map[string][]string{
		"ru": strings.Fields("Совет министров принял решение о едином рынке и совет стран принял Единый Рынок"),
		"en": strings.Fields("The Council of ministers decided on a common market and councils of States adopt Common Markets"),
		"zh": strings.Split("部长理事会决定建立共同市场并由各国理事会通过", ""),
	}
	some := func(lang string, n int) string {
		from := rng.IntN(len(words[lang]) - n)
		sep := " "
		if lang == "zh" {
			sep = ""
		}
		return strings.Join(words[lang][from:from+n], sep)
	}
	langs := []string{"en", "ru", "zh"}
	content := fstest.MapFS{"site.yaml": {Data: []byte("downloads: [json]\n")}}
	for i := range 4 {
		for _, lang := range langs {
			var b strings.Builder
			if i == 3 {
				b.WriteString("---\ndate: 2001-06-15\n---\n\n")
			}
			for range 6 {
				b.WriteString(some(lang, 3) + " " + some(lang, 7) + ".\n\n")
			}
			if i == 2 {
				b.WriteString("[[c1]] [[old-c2]] [[c3]]\n")
			}
			content[fmt.Sprintf("t%d/%s.md", i, lang)] = &fstest.MapFile{Data: []byte(b.String())}
		}
	}
	snapshot := build.NewSnapshot(content)
	old := build.New(build.Inputs{Content: snapshot})
	for step := range steps {
		id := fmt.Sprintf("c%d", rng.IntN(6))
		name := "glossary/notions/" + id + ".yaml"
		if content[name] != nil && rng.IntN(4) == 0 {
			delete(content, name)
		} else {
			var b strings.Builder
			b.WriteString("class: notion\n")
			if rng.IntN(3) == 0 {
				b.WriteString("aliases: [old-" + id + "]\n")
			}
			b.WriteString("names:\n")
			for _, lang := range langs {
				text := some(lang, 1+rng.IntN(3))
				fmt.Fprintf(&b, "  %s:\n    - {text: %q, reliability: confirmed, source: s", lang, text)
				if rng.IntN(3) == 0 {
					fmt.Fprintf(&b, ", forms: [%q]", some(lang, 1+rng.IntN(2)))
				}
				if rng.IntN(4) == 0 {
					fmt.Fprintf(&b, ", since: %d", 1999+rng.IntN(4))
				}
				b.WriteString("}\n")
				if more := some(lang, 1+rng.IntN(2)); rng.IntN(2) == 0 && more != text {
					fmt.Fprintf(&b, "    - {text: %q, status: admitted, kind: variant, reliability: confirmed, source: s}\n", more)
				}
			}
			fmt.Fprintf(&b, "definition: {ru: %[1]q, en: %[1]q, zh: %[1]q}\n", some("en", 4))
			content[name] = &fstest.MapFile{Data: []byte(b.String())}
		}
		snapshot.ForgetAll()
		got, gotFound, err := old.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want, wantFound, err := build.New(build.Inputs{Content: content}).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.EqualFunc(gotFound, wantFound, func(a, b diag.Diagnostic) bool { return a.String() == b.String() }) {
			t.Errorf("step %d, %s: found %v, a new builder %v", step, name, gotFound, wantFound)
		}
		if !slices.EqualFunc(got.Findings(), want.Findings(), func(a, b diag.Diagnostic) bool { return a.String() == b.String() }) {
			t.Errorf("step %d, %s: a check finds other things than that of a new builder", step, name)
		}
		same(t, files(t, got), files(t, want))
		if t.Failed() {
			t.Fatalf("step %d, %s:\n%s", step, name, content[name].Data)
		}
		for _, d := range wantFound {
			if d.Severity == diag.Error && strings.HasPrefix(d.Pos.Path, "glossary/") {
				t.Fatalf("the glossary of step %d is no good: %v", step, d)
			}
		}
	}
}

// TestKindsOfBlocks: the same words are searched for names in a paragraph and
// not in a heading, whatever they were before.
func TestKindsOfBlocks(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{}
	add(t, content, "../content", "glossary/bodies/sco.yaml")
	old := build.New(build.Inputs{Content: content})
	for step, data := range []string{"## ШОС\n\nШОС\n", "ШОС\n\n## ШОС\n", "## ШОС\n", "ШОС\n", "- ШОС\n"} {
		content["a/ru.md"] = &fstest.MapFile{Data: []byte(data)}
		got, _, err := old.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want, _, err := build.New(build.Inputs{Content: content}).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		same(t, files(t, got), files(t, want))
		if t.Failed() {
			t.Fatalf("step %d: %q", step, data)
		}
	}
}

// TestEmptyRecordIsNotNone: an alignment.tsv that is empty is a fault, and one
// that comes or goes is seen, though no text of it changes.
func TestEmptyRecordIsNotNone(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{"a/ru.md": {Data: []byte("Раз.\n")}, "a/en.md": {Data: []byte("One.\n")}}
	b := build.New(build.Inputs{Content: content})
	for step, want := range []bool{false, true, false, true} {
		delete(content, "a/alignment.tsv")
		if want {
			content["a/alignment.tsv"] = &fstest.MapFile{}
		}
		_, found, err := b.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if found.HasErrors() != want {
			t.Errorf("step %d: found %v, want an error: %t", step, found, want)
		}
	}
}

func add(t *testing.T, content fstest.MapFS, dir, file string) {
	t.Helper()
	data, err := fs.ReadFile(os.DirFS(dir), file)
	if err != nil {
		t.Fatal(err)
	}
	content[file] = &fstest.MapFile{Data: data}
}

// folders are the folders that the files stand in.
func folders(content fstest.MapFS) map[string]bool {
	out := map[string]bool{}
	for name := range content {
		out[path.Dir(name)] = true
	}
	return out
}

// edit changes one file of the content, or two, and says how and which.
func edit(rng *rand.Rand, content fstest.MapFS, history map[string]*fstest.MapFile) (what string, changed []string) {
	names := slices.Sorted(maps.Keys(content))
	name := names[rng.IntN(len(names))]
	lines := strings.Split(string(content[name].Data), "\n")
	at := rng.IntN(len(lines))
	set := func() { content[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))} }
	switch rng.IntN(8) {
	case 0:
		if len(names) > 4 {
			history[name] = content[name]
			delete(content, name)
			return "delete " + name, []string{name}
		}
	case 1:
		for _, back := range slices.Sorted(maps.Keys(history)) {
			content[back] = history[back]
			delete(history, back)
			return "restore " + back, []string{back}
		}
	case 2:
		lines = slices.Delete(lines, at, at+1)
		set()
		return "cut a line of " + name, []string{name}
	case 3:
		lines = slices.Insert(lines, at, "", "SCO, ШОС, 上合组织 2015.", "")
		set()
		return "insert into " + name, []string{name}
	case 4:
		other := names[rng.IntN(len(names))]
		content[name], content[other] = content[other], content[name]
		return "exchange " + name + " and " + other, []string{name, other}
	}
	lines[at] += " x"
	set()
	return "append to a line of " + name, []string{name}
}
