package build_test

import (
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
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
	rng := rand.New(rand.NewPCG(3, 5))
	old := build.New(build.Inputs{Content: content})
	history := map[string]*fstest.MapFile{} // deleted files, which may come back
	for step := range steps {
		what := edit(rng, content, history)
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

// edit changes one file of the content and says how.
func edit(rng *rand.Rand, content fstest.MapFS, history map[string]*fstest.MapFile) string {
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
			return "delete " + name
		}
	case 1:
		for _, back := range slices.Sorted(maps.Keys(history)) {
			content[back] = history[back]
			delete(history, back)
			return "restore " + back
		}
	case 2:
		lines = slices.Delete(lines, at, at+1)
		set()
		return "cut a line of " + name
	case 3:
		lines = slices.Insert(lines, at, "", "SCO, ШОС, 上合组织 2015.", "")
		set()
		return "insert into " + name
	case 4:
		other := names[rng.IntN(len(names))]
		content[name], content[other] = content[other], content[name]
		return "exchange " + name + " and " + other
	}
	lines[at] += " x"
	set()
	return "append to a line of " + name
}
