package search

import (
	"encoding/binary"
	"hash/crc32"
	"reflect"
	"strings"
	"testing"

	"stele/build/site"
)

var keptLangs = []site.Lang{{Code: "ru", Tag: "ru"}, {Code: "zh", Tag: "zh-Hans"}}

// partOf is a part as Append takes it, without a text behind it.
func partOf(passages ...[2]string) *Part {
	p := &Part{version: &version{}, slug: "law", titles: []string{"Закон", "法律"}, langs: make([]words, 2)}
	for i, texts := range passages {
		p.numbers, p.kinds = append(p.numbers, strings.Repeat("1", i+1)), append(p.kinds, plain)
		for l, s := range texts {
			p.langs[l].texts = append(p.langs[l].texts, s)
		}
	}
	p.sections = []section{{pages: []string{"ru/law.html", ""}, titles: []string{"Первый", ""}, number: "1", role: site.Closing, end: len(passages)}}
	r := NewReader(keptLangs)
	for l := range p.langs {
		r.words(&p.langs[l], l)
	}
	if len(passages) > 0 {
		p.concepts, p.uses = []string{"rats"}, []use{{0, 0, 1}}
	}
	return p
}

var keptParts = []*Part{
	partOf(),
	partOf([2]string{"Принято 10 июля 2015 года, двенадцать стран, RATS", "2015年7月10日，十二个国家"}, [2]string{"", "务实合作"}, [2]string{"страны", "务实"}),
}

// keysOf are the keys of a part's language with their passages.
func listed(w *words) map[string][]uint32 {
	out := map[string][]uint32{}
	for id, list := range w.lists {
		out[w.known.script(id)+" "+w.known.key(id)] = append([]uint32(nil), list...)
	}
	return out
}

func TestKept(t *testing.T) {
	t.Parallel()
	for _, want := range keptParts {
		data := want.Append([]byte("before"), nil)[len("before"):]
		got, ok := ReadPart(data, 2)
		if !ok {
			t.Fatalf("%d passages: not read", len(want.kinds))
		}
		for l := range want.langs {
			a, b := &want.langs[l], &got.langs[l]
			if !reflect.DeepEqual(listed(a), listed(b)) {
				t.Errorf("keys %v, want %v", listed(b), listed(a))
			}
			if !reflect.DeepEqual(append([]string{}, a.texts...), b.texts) || len(a.spans) != len(b.spans) || len(a.spans) > 0 && !reflect.DeepEqual(a.spans, b.spans) || a.size != b.size || !reflect.DeepEqual(a.scripts, b.scripts) || !reflect.DeepEqual(a.numbers, b.numbers) {
				t.Errorf("got %+v, want %+v", b, a)
			}
		}
		if again := got.Append(nil, nil); string(again) != string(data) {
			t.Errorf("written again it is another")
		}
		if _, ok := ReadPart(data, 3); ok && len(want.kinds) > 0 {
			t.Error("it is read for another number of languages")
		}
		for i := range data { // one bit wrong anywhere
			damaged := append([]byte{}, data...)
			damaged[i] ^= 4
			if _, ok := ReadPart(damaged, 2); ok {
				t.Errorf("damage at byte %d of %d is not seen", i, len(data))
			}
			if _, ok := ReadPart(data[:i], 2); ok {
				t.Errorf("%d bytes of %d are read", i, len(data))
			}
		}
	}
}

// FuzzReadPart: whatever is in a store, a part is read that an index can be made
// of, or none.
func FuzzReadPart(f *testing.F) {
	for _, p := range keptParts {
		data := p.Append(nil, nil)
		f.Add(data[len(keptAs) : len(data)-4])
	}
	s := &site.Site{Langs: keptLangs, Concepts: []*site.Concept{}}
	f.Fuzz(func(t *testing.T, data []byte) {
		data = append([]byte(keptAs), data...)
		p, ok := ReadPart(binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli)), 2)
		if !ok {
			return
		}
		x := New(s, []*Part{p, p})
		for a := range x.Artifacts() {
			if _, err := a.Make(); err != nil {
				t.Fatal(err)
			}
		}
		for l := range x.langs { // as if they were long
			g := &x.langs[l]
			g.lists = x.lists(l, x.collect(l))
			if len(g.keys) == 0 {
				continue
			}
			for _, g.inline = range []bool{true, false} {
				g.blocks, g.chunks = nil, nil
				g.cut()
				for i := range g.chunks {
					g.chunk("p", i)
				}
				for i := range g.blocks {
					g.block("k", i)
				}
			}
		}
	})
}
