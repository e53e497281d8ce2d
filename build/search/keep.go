package search

import (
	"encoding/binary"
	"hash/crc32"
	"maps"
	"slices"
	"unicode/utf8"

	"stele/build/site"
)

// keptAs opens a part that was written down. It changes with what parts hold and
// with how it is written.
const keptAs = "stele search part 2\n"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Append adds the part to what is to be kept, with the addresses that the site
// gives its pages.
func (p *Part) Append(to []byte, s *site.Site) []byte {
	begin := len(to)
	w := writer{append(to, keptAs...)}
	w.out = append(w.out, p.sum[:]...)
	w.string(p.slug)
	v := p.versionIn(s)
	w.string(v.of)
	w.string(v.since)
	w.strings(p.titles)
	w.number(len(p.kinds))
	w.number(len(p.sections))
	begins := 0
	for i := range p.sections {
		c := &p.sections[i]
		w.strings(c.titles)
		w.string(c.number)
		w.number(int(c.role))
		w.number(c.end - begins)
		begins = c.end
		for l := range p.langs {
			w.string(c.pageIn(s, l))
		}
	}
	for i, number := range p.numbers {
		w.out = append(w.out, byte(p.kinds[i]))
		w.string(number)
	}
	for l := range p.langs {
		w.words(&p.langs[l])
	}
	w.strings(p.concepts)
	w.number(len(p.uses))
	for _, u := range p.uses {
		w.number(int(u.concept))
		w.number(int(u.passage))
		w.number(int(u.lang))
	}
	return binary.LittleEndian.AppendUint32(w.out, crc32.Checksum(w.out[begin:], castagnoli))
}

// writer writes values one after another.
type writer struct{ out []byte }

func (w *writer) number(n int) { w.out = binary.AppendUvarint(w.out, uint64(n)) }

func (w *writer) string(s string) {
	w.number(len(s))
	w.out = append(w.out, s...)
}

func (w *writer) strings(list []string) {
	w.number(len(list))
	for _, s := range list {
		w.string(s)
	}
}

// words writes a language's part. Keys come with their lists, so that they need
// no numbers; their letters stand together.
func (w *writer) words(from *words) {
	for i, s := range from.texts {
		w.string(s)
		w.number(int(from.tokens[i]))
	}
	w.number(len(from.spans))
	last := 0
	for _, in := range from.spans {
		w.number(in.passage - last)
		last = in.passage
		w.number(len(in.spans))
		at := 0
		for _, s := range in.spans {
			w.number(s.start - at)
			w.number(s.end - s.start)
			at = s.end
			w.number(len(s.values))
			for _, v := range s.values {
				w.string(v.number)
				if v.number == "" {
					w.number(v.year)
					w.number(v.month)
					w.number(v.day)
				}
			}
		}
	}
	w.number(len(from.numbers))
	for _, k := range slices.Sorted(maps.Keys(from.numbers)) {
		w.string(k)
		w.string(from.numbers[k])
	}
	w.number(len(from.scripts))
	for _, k := range slices.Sorted(maps.Keys(from.scripts)) {
		w.string(k)
		w.number(from.scripts[k])
	}
	w.number(from.two)
	w.number(from.other)
	w.number(len(from.letters))
	for _, c := range from.letters {
		w.number(int(c.letter) - 1<<7)
		w.number(int(c.count))
	}
	var keys, scripts []byte
	var lengths, lists writer
	n := 0
	for id, list := range from.lists {
		n++
		key := from.known.key(id)
		keys = append(keys, key...)
		scripts = append(scripts, scriptNumber(from.known.script(id)))
		lengths.number(len(key))
		lists.number(len(list))
		last := uint32(0)
		for _, p := range list {
			lists.number(int(p - last))
			last = p
		}
	}
	w.number(n)
	w.string(string(keys))
	w.string(string(scripts))
	w.string(string(lengths.out))
	w.string(string(lists.out))
}

// ReadPart reads a part that was written down for a site with so many languages;
// false if it is damaged or was written by another program.
func ReadPart(kept []byte, langs int) (*Part, bool) {
	const sum = 4
	end := len(kept) - sum
	if end < len(keptAs) || string(kept[:len(keptAs)]) != keptAs || crc32.Checksum(kept[:end], castagnoli) != binary.LittleEndian.Uint32(kept[end:]) {
		return nil, false
	}
	r := reading{rest: string(kept[len(keptAs):end])} // of which all strings of the part are pieces
	p := r.part(langs)
	if r.damaged || r.rest != "" {
		return nil, false
	}
	return p, true
}

// reading takes values one after another. Once something is wrong, all that
// follows is empty.
type reading struct {
	rest    string
	damaged bool
}

// fail leaves nothing to read.
func (r *reading) fail() { r.rest, r.damaged = "", true }

// number is one below a limit.
func (r *reading) number(limit int) int {
	v, n := uvarint(r.rest)
	if n == 0 || v >= uint64(limit) {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}

// uvarint is binary.Uvarint of a string; 0 bytes long where there is none.
func uvarint(s string) (v uint64, n int) {
	if len(s) > 0 && s[0] < 0x80 { // as most are
		return uint64(s[0]), 1
	}
	for i := 0; i < len(s) && i < 9; i++ {
		v |= uint64(s[i]&0x7F) << (7 * i)
		if s[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}

// count is how many of what follows there are, each of so many bytes at least.
func (r *reading) count(bytes int) int {
	n := r.number(len(r.rest) + 1)
	if n > len(r.rest)/bytes {
		r.fail()
		return 0
	}
	return n
}

func (r *reading) string() string {
	n := r.count(1)
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// strings are as many as are wanted.
func (r *reading) strings(want int) []string {
	if r.count(1) != want {
		r.fail()
		return make([]string, want)
	}
	out := make([]string, want)
	for i := range out {
		out[i] = r.string()
	}
	return out
}

func (r *reading) part(langs int) *Part {
	p := &Part{version: &version{}, langs: make([]words, langs)}
	if len(r.rest) < len(p.sum) {
		r.fail()
		return p
	}
	r.rest = r.rest[copy(p.sum[:], r.rest):]
	p.slug = r.string()
	p.version.of, p.version.since = r.string(), r.string()
	p.titles = r.strings(langs)
	passages := r.count(2 + 2*langs)
	p.sections = make([]section, r.count(3+2*langs))
	end := 0
	for i := range p.sections {
		s := &p.sections[i]
		s.titles = r.strings(langs)
		s.number = r.string()
		s.role = site.Role(r.number(int(site.Gone) + 1))
		end += r.number(passages - end + 1)
		s.end = end
		s.pages = make([]string, langs)
		for l := range s.pages {
			s.pages[l] = r.string()
		}
	}
	if end != passages {
		r.fail()
		passages = 0
	}
	p.numbers, p.kinds = make([]string, passages), make([]kind, passages)
	for i := range p.numbers {
		p.kinds[i] = kind(r.number(utf8.RuneSelf))
		p.numbers[i] = r.string()
	}
	for l := range p.langs {
		r.words(&p.langs[l], passages)
	}
	p.concepts = make([]string, r.count(1))
	for i := range p.concepts {
		p.concepts[i] = r.string()
	}
	p.uses = make([]use, r.count(3))
	for i := range p.uses {
		p.uses[i] = use{uint32(r.number(len(p.concepts))), uint32(r.number(passages)), uint32(r.number(langs))}
	}
	return p
}

func (r *reading) words(w *words, passages int) {
	w.texts, w.tokens = make([]string, passages), make([]uint16, passages)
	for i := range w.texts {
		w.texts[i] = r.string()
		w.tokens[i] = uint16(r.number(1 << 16))
		w.size += len(w.texts[i])
	}
	w.spans = make([]spansOf, r.count(2))
	last := 0
	for i := range w.spans {
		in := &w.spans[i]
		last += r.number(passages - last)
		in.passage = last
		in.spans = make([]span, r.count(3))
		at := 0
		for k := range in.spans {
			s := &in.spans[k]
			size := 0
			if last < passages {
				size = len(w.texts[last])
			}
			s.start = at + r.number(size-at+1)
			s.end = s.start + r.number(size-s.start+1)
			at = s.end
			s.values = make([]value, r.count(1))
			for n := range s.values {
				v := &s.values[n]
				if v.number = r.string(); v.number == "" {
					v.year, v.month, v.day = r.number(1<<20), r.number(13), r.number(32)
				}
			}
		}
	}
	w.numbers = map[string]string{}
	for range r.count(2) {
		k := r.string()
		w.numbers[k] = r.string()
	}
	w.scripts = map[string]int{}
	for range r.count(2) {
		k := r.string()
		w.scripts[k] = r.number(1 << 30)
	}
	w.two, w.other = r.number(1<<40), r.number(1<<40)
	w.letters = make([]letterCount, r.count(2))
	for i := range w.letters {
		w.letters[i] = letterCount{uint16(r.number(1<<11-1<<7) + 1<<7), uint32(r.number(1 << 32))}
	}
	r.keys(w, passages)
}

// keys reads the keys of a language and looks over their lists.
func (r *reading) keys(w *words, passages int) {
	n := r.count(3)
	k := &known{letters: r.string(), ofScript: r.string()}
	lengths, lists := reading{rest: r.string()}, reading{rest: r.string()}
	w.known, w.coded = k, lists.rest
	if len(k.ofScript) != n {
		r.fail()
		return
	}
	k.ends = make([]uint32, n)
	end := 0
	for i := range k.ends {
		length := lengths.number(len(k.letters) - end + 1)
		end += length
		k.ends[i] = uint32(end)
		if int(k.ofScript[i]) > len(scriptNames)+1 {
			r.fail()
		}
		size := lists.number(passages + 1)
		at := 0
		for p := range size {
			step := lists.number(passages - at)
			if p > 0 && step == 0 {
				lists.fail()
			}
			at += step
		}
		if length == 0 || size == 0 || lists.damaged {
			lists.fail()
			break
		}
	}
	if end != len(k.letters) || lengths.damaged || lists.damaged || lengths.rest != "" || lists.rest != "" {
		r.fail()
	}
}
