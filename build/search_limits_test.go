package build_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
)

// TestSearchOfMarks: a long text without a word has no keys, and is not a crash.
func TestSearchOfMarks(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"… ", "?\n\n", "🙂"} {
		body := strings.Repeat(s, 140_000/len(s))
		if strings.Contains(s, "\n") {
			body = strings.Repeat(strings.Repeat("?", 20)+"\n\n", 7_000)
		}
		e, diags, err := build.New(build.Inputs{Content: fstest.MapFS{"a/en.md": {Data: []byte(body)}}}).Load(t.Context())
		if err != nil || diags.HasErrors() {
			t.Fatal(s, err, diags)
		}
		for _, path := range e.Paths() {
			if !strings.HasPrefix(path, "search/") {
				continue
			}
			if _, err := e.File(path); err != nil {
				t.Errorf("%q: %s: %v", s, path, err)
			}
		}
		if got := e.Search("word", 0).Passages; len(got) > 0 {
			t.Errorf("%q: found %v", s, got)
		}
	}
}

// TestSearchOfNumbers: where a number stands is not counted from the beginning of
// its passage for each. A passage of 60,000 dates took a minute.
func TestSearchOfNumbers(t *testing.T) {
	t.Parallel()
	const n = 20_000
	body := strings.Repeat("𝒳 1 May 2014, ", n)
	e, _, err := build.New(build.Inputs{Content: fstest.MapFS{"a/en.md": {Data: []byte(body)}}}).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(e.Paths(), func(path string) bool { return strings.HasPrefix(path, "search/en/t") })
	shard, err := e.File(e.Paths()[i])
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, n / 2, n - 1} { // “𝒳” is two units
		if want := fmt.Sprintf("[0,%d,%d,", i*15+3, i*15+13); !strings.Contains(string(shard), want) {
			t.Errorf("no span %s", want)
		}
	}
}
