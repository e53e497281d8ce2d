package align

import (
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"

	"stele/build/align/sound"
)

// sounded is a word that may be a name.
type sounded struct {
	word   int32
	sounds string
	key    string
	name   bool // written with a capital more often than not
}

// names returns the words of a version that may be names or of one origin
// with words of another language.
func (v *version) names() []sounded {
	if v.sounded != nil {
		return v.sounded
	}
	v.sounded = make([]sounded, 0, len(v.words))
	// The sounds and keys of all are cut from one string.
	buf := make([]byte, 0, 12*len(v.words))
	ends := make([][2]int, 0, len(v.words))
	for i := range v.words {
		w := &v.words[i]
		if w.class != classWord || w.script != latin && w.script != cyrillic {
			continue
		}
		n := utf8.RuneCountInString(w.text)
		name := w.capital*2 > w.count && n >= 3
		if !name && n < 6 || n > 24 {
			continue
		}
		from := len(buf)
		buf = sound.Append(buf, w.text)
		mid := len(buf)
		buf = sound.AppendKey(buf, buf[from:], false)
		v.sounded = append(v.sounded, sounded{word: int32(i), name: name})
		ends = append(ends, [2]int{mid, len(buf)})
	}
	all, from := string(buf), 0
	for i, end := range ends {
		v.sounded[i].sounds, v.sounded[i].key = all[from:end[0]], all[end[0]:end[1]]
		from = end[1]
	}
	return v.sounded
}

// names links words that sound alike across scripts.
func (p *pairing) names(par *Parameters) {
	switch e, f := p.e.main(), p.f.main(); {
	case e == han && f != han:
		p.hanNames(p.f, p.e, true, par)
	case f == han && e != han:
		p.hanNames(p.e, p.f, false, par)
	case e != han && f != han:
		p.letterNames(par)
	}
}

// main is the script the version is written in.
func (v *version) main() script {
	switch {
	case 2*v.han > max(v.latin, v.cyr) || v.kana > 0 && v.kana+v.han > v.latin+v.cyr:
		return han
	case v.cyr > v.latin:
		return cyrillic
	case v.latin > 0:
		return latin
	}
	return other
}

// letterNames compares the names of two versions in letters.
func (p *pairing) letterNames(par *Parameters) {
	prefix := func(x sounded) string { return x.key[:min(3, len(x.key))] }
	index := map[string][]int32{}
	fs := p.f.names()
	var near []near
	for i, x := range fs {
		q := prefix(x)
		if len(q) > 1 {
			index[q] = append(index[q], int32(i))
		}
	}
	for _, x := range p.e.names() {
		u := &p.e.words[x.word]
		near = near[:0]
		for _, i := range index[prefix(x)] {
			y := fs[i]
			v := &p.f.words[y.word]
			if u.script == v.script && u.text == v.text || !sound.Akin(x.key, y.key) || x.name != y.name && len(x.key) < 4 {
				continue
			}
			tail := 0
			a, b := x.sounds, y.sounds
			if v.script == cyrillic {
				tail = 3
			} else if u.script == cyrillic {
				a, b, tail = b, a, 3
			}
			s := sound.Alike(a, b, tail, par.NameLikeness)
			if !x.name || !y.name {
				s -= 0.1
			}
			if len(x.key) < 3 {
				s -= 0.1
			}
			near = append(near, nearWord(y.word, s))
		}
		p.nearest(x.word, near, false, par)
	}
}

// near is a candidate with how alike it is.
type near struct {
	word  int32
	alike float64
}

func nearWord(w int32, s float64) near { return near{w, s} }

// nearest links u with the most alike of its candidates.
func (p *pairing) nearest(u int32, list []near, swap bool, par *Parameters) {
	list = slices.DeleteFunc(list, func(n near) bool { return n.alike < par.NameLikeness })
	slices.SortFunc(list, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.word, b.word))
	})
	for i, n := range list {
		if i == 6 || n.alike < list[0].alike-0.15 {
			break
		}
		c := candidate{u: u, v: n.word, chance: par.SameName * min(1, 0.4+(n.alike-par.NameLikeness)/(1-par.NameLikeness)), kind: byName}
		if swap {
			c.u, c.v = c.v, c.u
		}
		p.list = append(p.list, c)
	}
}

// hanNames compares the names of a version in letters with the runs of
// letters in a Chinese one that may spell names.
func (p *pairing) hanNames(v, h *version, swap bool, par *Parameters) {
	list, byKey := v.namesByKey()
	if len(byKey) == 0 {
		return
	}
	for i, m := range hanRuns(h, list, byKey, par) {
		all := slices.SortedFunc(maps.Values(m), func(a, b *hanRun) int {
			return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(len(b.units), len(a.units)), cmp.Compare(a.text, b.text))
		})
		var best []near
		for _, x := range all[:min(len(all), 4)] {
			best = append(best, near{h.addWord(x.text, x.units), x.alike - par.NameLikenessHan + par.NameLikeness})
		}
		p.nearest(list[i].word, best, swap, par)
	}
}

// namesByKey returns the names of a version in letters, without their Russian
// endings, and which of them have each key.
func (v *version) namesByKey() (list []sounded, byKey map[string][]int32) {
	byKey = map[string][]int32{}
	for _, x := range v.names() {
		if x.name {
			list = append(list, x)
		}
	}
	for i, x := range list {
		if len(x.sounds) > 24 {
			continue
		}
		s := x.sounds
		if v.words[x.word].script == cyrillic {
			s = sound.TrimEnding(s)
			list[i].sounds = s
		}
		for _, key := range []string{sound.Key(s, false), sound.Key(s, true)} {
			if len(key) > 1 && !slices.Contains(byKey[key], int32(i)) {
				byKey[key] = append(byKey[key], int32(i))
			}
		}
	}
	return list, byKey
}

// hanRun is a run of Han letters that sounds like a name, and the units that
// hold it.
type hanRun struct {
	text  string
	alike float64
	units []int32
}

// hanRuns returns, for each name of the list, the runs that sound like it.
func hanRuns(h *version, list []sounded, byKey map[string][]int32, par *Parameters) []map[string]*hanRun {
	found := make([]map[string]*hanRun, len(list))
	known := map[string][]int32{} // run to the names it was found to sound like
	for n := range h.units {
		for text := range sound.HanRuns(h.units[n].text) {
			who, seen := known[text]
			if !seen {
				s := sound.Of(text)
				for _, key := range []string{sound.Key(s, false), sound.Key(s, true)} {
					for _, i := range byKey[key] {
						if slices.Contains(who, i) {
							continue
						}
						a := sound.Alike(list[i].sounds, s, 0, par.NameLikenessHan)
						if len(key) < 3 {
							a -= 0.12
						}
						if a < par.NameLikenessHan {
							continue
						}
						who = append(who, i)
						if found[i] == nil {
							found[i] = map[string]*hanRun{}
						}
						found[i][text] = &hanRun{text: text, alike: a}
					}
				}
				known[text] = who
			}
			for _, i := range who {
				x := found[i][text]
				if len(x.units) == 0 || x.units[len(x.units)-1] != int32(n) {
					x.units = append(x.units, int32(n))
				}
			}
		}
	}
	return found
}

// addWord adds a word found in the units given, and returns its number.
func (v *version) addWord(text string, at []int32) int32 {
	if id, ok := v.index[text]; ok && v.words[id].class == classHan && int(v.words[id].count) == len(at) {
		return id
	}
	name := "\x07" + text
	if id, ok := v.index[name]; ok {
		return id
	}
	id := int32(len(v.words))
	v.index[name] = id
	v.words = append(v.words, word{text: name, class: classHan, script: han, count: int32(len(at))})
	v.at = append(append(v.at, at...), beyond)
	v.from = append(v.from, int32(len(v.at)))
	for _, i := range at {
		v.units[i].words = append(v.units[i].words, id)
	}
	return id
}
