package build_test

import (
	"bytes"
	"testing"

	"stele/build"
	"stele/build/search"
	"stele/build/site"
)

// TestSearchKept: an index of parts that were written down and read again is, byte
// for byte, that of the texts.
func TestSearchKept(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]build.Inputs{"twelve": {Content: twelve(t)}, "versions": {Content: amended()}} {
		e, diags, err := build.New(content).Load(t.Context())
		if err != nil || diags.HasErrors() {
			t.Fatal(name, err, diags)
		}
		reader := search.NewReader(e.Site.Langs)
		var parts, former []*search.Part
		for _, text := range e.Site.Texts {
			parts = append(parts, reader.Part(text))
			if h := e.Site.History(text.ID); h != nil {
				for _, r := range h.Revisions {
					former = append(former, reader.PartOf(r.Text, r.Former()))
				}
			}
		}
		sameIndex(t, e.Site, search.New(e.Site, parts), search.New(e.Site, kept(t, e.Site, parts)))
		sameIndex(t, e.Site, search.NewFormer(e.Site, former), search.NewFormer(e.Site, kept(t, e.Site, former)))
	}
}

func kept(t *testing.T, s *site.Site, parts []*search.Part) []*search.Part {
	t.Helper()
	out := make([]*search.Part, len(parts))
	for i, p := range parts {
		var ok bool
		if out[i], ok = search.ReadPart(p.Append(nil, s), len(s.Langs)); !ok {
			t.Fatalf("part %d is not read", i)
		}
	}
	return out
}

func sameIndex(t *testing.T, s *site.Site, a, b *search.Index) {
	t.Helper()
	files := map[string][]byte{}
	for f := range a.Artifacts() {
		data, err := f.Make()
		if err != nil {
			t.Fatal(err)
		}
		files[f.Path] = data
	}
	n := 0
	for f := range b.Artifacts() {
		data, err := f.Make()
		if err != nil || !bytes.Equal(data, files[f.Path]) {
			t.Errorf("%s: %v\n got %.200s\nwant %.200s", f.Path, err, data, files[f.Path])
		}
		n++
	}
	if n != len(files) {
		t.Errorf("%d files, want %d", n, len(files))
	}
}
