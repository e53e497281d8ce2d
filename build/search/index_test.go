package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stele/build/site"
)

// many are parts of texts of random words, some words much commoner than others.
func many(texts int) [][][2]string {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() int { return int(r.ExpFloat64() * 400) }
	out := make([][][2]string, texts)
	for i := range out {
		for range 10 + r.IntN(20) {
			var ru, zh strings.Builder
			for range 30 {
				fmt.Fprintf(&ru, "слово%c%c ", 'а'+rune(word()%32), 'а'+rune(word()/32%32))
				zh.WriteRune(0x4E00 + rune(word()))
			}
			out[i] = append(out[i], [2]string{ru.String(), zh.String()})
		}
	}
	return out
}

func filesOf(t *testing.T, parts []*Part) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for a := range New(&site.Site{Langs: keptLangs}, parts).Artifacts() {
		data, err := a.Make()
		if err != nil {
			t.Fatal(err)
		}
		if out[a.Path] != nil {
			t.Errorf("%s is written twice", a.Path)
		}
		out[a.Path] = data
	}
	return out
}

// TestEdited: a paragraph more in a text changes few files of the index.
func TestEdited(t *testing.T) {
	t.Parallel()
	texts := many(120)
	parts := make([]*Part, len(texts))
	part := func(i int, passages [][2]string) *Part {
		p := partOf(passages...)
		p.slug = fmt.Sprintf("law/n%03d", i)
		p.sum = p.digest()
		return p
	}
	for i := range texts {
		parts[i] = part(i, texts[i])
	}
	before := filesOf(t, parts)
	if len(before) < 120 {
		t.Fatalf("only %d files", len(before))
	}
	for _, i := range []int{0, 60, 119} {
		edited := slices.Clone(parts)
		edited[i] = part(i, append(slices.Clone(texts[i]), [2]string{"Новый пункт о сотрудничестве", "关于合作的新段落"}))
		changed := map[string]int{}
		for path, data := range filesOf(t, edited) {
			if !bytes.Equal(before[path], data) {
				changed[path[strings.LastIndexByte(path, '/')+1:][:1]]++
			}
		}
		if changed["s"] != 1 || changed["w"] != 2 || changed["t"] > 8 || changed["k"] > 2 || changed["p"] > 16 {
			t.Errorf("a paragraph more in text %d changes, of %d files: %v", i, len(before), changed)
		}
	}
}
