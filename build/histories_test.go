package build_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
	"stele/build/check"
	"stele/build/compare"
	"stele/build/record"
	"stele/build/site"
)

// Histories of a text as editors make them: versions that are frozen, and between
// them passages and sections that are retyped, inserted, deleted, moved, joined
// and divided, in one language or in all. The text is a part of the edition's own.

// law is a text whose paragraphs are known by who they truly are.
type law struct {
	rng     *rand.Rand
	langs   []string
	parts   [][]lawPart // by language
	pool    [][]string  // by language, paragraphs to put in; the n-th of all say the same
	next    int         // the first identity not given yet
	used    int         // of the pool
	content fstest.MapFS
	builder *build.Builder // of the content
	done    []string       // what was done, for the report of a failure
}

type lawPart struct {
	ids  []int // one, or more where paragraphs were joined
	text string
}

func (p lawPart) heading() bool { return strings.HasPrefix(p.text, "#") }

func newLaw(t *testing.T, seed uint64) *law {
	t.Helper()
	w := &law{rng: rand.New(rand.NewPCG(seed, 17)), langs: []string{"ru", "zh", "en"}, content: fstest.MapFS{}, next: 1000}
	w.builder = build.New(build.Inputs{Content: w.content})
	for _, l := range w.langs {
		data, err := os.ReadFile("../content/strategy/" + l + ".md")
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(data[4:]), "\n---\n")
		all := strings.Split(strings.TrimSpace(body), "\n\n")
		var parts []lawPart
		for i, p := range append([]string{all[0]}, all[29:64]...) {
			parts = append(parts, lawPart{[]int{i}, p})
		}
		w.parts, w.pool = append(w.parts, parts), append(w.pool, slices.DeleteFunc(slices.Clone(all[65:119]), func(s string) bool { return strings.HasPrefix(s, "#") }))
	}
	return w
}

// write puts the text into the content folder as it stands.
func (w *law) write(date string) {
	for l, lang := range w.langs {
		var b strings.Builder
		b.WriteString("---\ndate: " + date + "\n---\n")
		for _, p := range w.parts[l] {
			b.WriteString("\n" + p.text + "\n")
		}
		w.content["law/"+lang+".md"] = &fstest.MapFile{Data: []byte(b.String())}
	}
}

func (w *law) load(t *testing.T) *build.Edition {
	t.Helper()
	e, found, err := w.builder.Load(t.Context())
	if err != nil || found.HasErrors() {
		t.Fatal(err, found)
	}
	return e
}

// save writes the record, as “stele align law --save” does.
func (w *law) save(t *testing.T) *build.Edition {
	t.Helper()
	rev, err := w.load(t).Revise("law", nil, func(*record.Record) (string, error) { return "", nil })
	if err != nil {
		t.Fatal(err)
	}
	w.content[rev.Path] = &fstest.MapFile{Data: []byte(rev.Content)}
	return w.load(t)
}

func (w *law) freeze(t *testing.T, date string) {
	t.Helper()
	frozen, err := w.load(t).Freeze("law", date, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range frozen {
		w.content[f.Path] = &fstest.MapFile{Data: f.Data}
	}
}

// some are the languages of an edit: all, or one.
func (w *law) some() []int {
	if w.rng.IntN(3) == 0 {
		return []int{w.rng.IntN(len(w.langs))}
	}
	return []int{0, 1, 2}
}

// any is the identity of a paragraph that is no heading and in all languages.
func (w *law) any() int {
	for {
		p := w.parts[0][w.rng.IntN(len(w.parts[0]))]
		if p.heading() || len(p.ids) > 1 {
			continue
		}
		if w.at(1, p.ids[0]) >= 0 && w.at(2, p.ids[0]) >= 0 {
			return p.ids[0]
		}
	}
}

// at is where a language has the paragraph; -1 for nowhere.
func (w *law) at(l, id int) int {
	return slices.IndexFunc(w.parts[l], func(p lawPart) bool { return slices.Contains(p.ids, id) })
}

// edit makes one of the changes and says which.
func (w *law) edit() {
	id, langs := w.any(), w.some()
	var what string
	switch w.rng.IntN(9) {
	case 0, 1:
		what = "retype"
		for _, l := range langs {
			p := &w.parts[l][w.at(l, id)]
			p.text = w.retype(p.text, w.langs[l] == "zh")
		}
	case 2:
		what = "insert"
		w.insert(id, langs, w.next)
		w.next++
	case 3:
		what = "delete"
		for _, l := range langs {
			w.parts[l] = slices.Delete(w.parts[l], w.at(l, id), w.at(l, id)+1)
		}
	case 4:
		what, langs = "move", []int{0, 1, 2}
		w.move(id, w.any())
	case 5:
		what = "join"
		for _, l := range langs {
			w.join(l, id)
		}
	case 6:
		what = "divide"
		for _, l := range langs {
			w.divide(l, id)
		}
	case 7:
		what, langs = "move section", []int{0, 1, 2}
		w.moveSection()
	case 8:
		what, langs = "insert section", []int{0, 1, 2}
		n := w.next
		for l := range w.langs {
			i := w.at(l, id) + 1
			w.parts[l] = slices.Insert(w.parts[l], i, lawPart{[]int{n}, fmt.Sprintf("## %s %d {#new-%d}", []string{"Новый раздел", "新的一章", "A new chapter"}[l], n, n)})
		}
		w.insert(n, []int{0, 1, 2}, n+1)
		w.insert(n+1, []int{0, 1, 2}, n+2)
		w.next += 3
	}
	w.done = append(w.done, fmt.Sprintf("%s %d in %v", what, id, langs))
}

func (w *law) insert(after int, langs []int, id int) {
	for _, l := range langs {
		w.parts[l] = slices.Insert(w.parts[l], w.at(l, after)+1, lawPart{[]int{id}, w.pool[l][w.used%len(w.pool[l])]})
	}
	w.used++
}

func (w *law) move(id, after int) {
	if id == after {
		return
	}
	for l := range w.langs {
		p := w.parts[l][w.at(l, id)]
		w.parts[l] = slices.Delete(w.parts[l], w.at(l, id), w.at(l, id)+1)
		w.parts[l] = slices.Insert(w.parts[l], w.at(l, after)+1, p)
	}
}

// join draws a paragraph and the next together.
func (w *law) join(l, id int) {
	i := w.at(l, id)
	if i+1 >= len(w.parts[l]) || w.parts[l][i+1].heading() {
		return
	}
	space := " "
	if w.langs[l] == "zh" {
		space = ""
	}
	a, b := w.parts[l][i], w.parts[l][i+1]
	w.parts[l] = slices.Replace(w.parts[l], i, i+2, lawPart{append(slices.Clone(a.ids), b.ids...), a.text + space + b.text})
}

// divide parts a paragraph after its first sentence.
func (w *law) divide(l, id int) {
	i := w.at(l, id)
	p := w.parts[l][i]
	end := ". "
	if w.langs[l] == "zh" {
		end = "。"
	}
	first, rest, ok := strings.Cut(p.text, end)
	if !ok || len(rest) < 40 {
		return
	}
	w.parts[l] = slices.Replace(w.parts[l], i, i+1, lawPart{p.ids, first + strings.TrimSpace(end)}, lawPart{p.ids, rest})
}

// moveSection puts the last section where the first begins.
func (w *law) moveSection() {
	for l := range w.langs {
		first, last := -1, -1
		for i, p := range w.parts[l] {
			if strings.HasPrefix(p.text, "## ") {
				if first < 0 {
					first = i
				}
				last = i
			}
		}
		tail := slices.Clone(w.parts[l][last:])
		w.parts[l] = slices.Insert(w.parts[l][:last:last], first, tail...)
	}
}

func (w *law) retype(s string, chinese bool) string {
	var tokens []string
	sep := " "
	if chinese {
		tokens, sep = strings.Split(s, ""), ""
	} else {
		tokens = strings.Split(s, " ")
	}
	for n := len(tokens)/10 + 1; n > 0; n-- {
		i := w.rng.IntN(len(tokens))
		switch w.rng.IntN(3) {
		case 0:
			tokens[i] = tokens[w.rng.IntN(len(tokens))]
		case 1:
			tokens = slices.Delete(tokens, i, i+1)
		default:
			tokens = slices.Insert(tokens, i, tokens[w.rng.IntN(len(tokens))])
		}
		if len(tokens) < 3 {
			break
		}
	}
	out := strings.TrimSpace(strings.Join(tokens, sep))
	return strings.TrimLeft(out, "#-*0123456789. ")
}

// numbers are the numbers under which a version has each paragraph.
func (w *law) numbers(t *testing.T, text *site.Text) map[int]map[string]bool {
	t.Helper()
	out := map[int]map[string]bool{}
	docs := text.Docs()
	for _, row := range text.Table.Rows {
		for c, blocks := range row.Blocks {
			l := slices.Index(w.langs, text.Table.Langs[c])
			if n := len(docs[c].Blocks); n != len(w.parts[l]) {
				t.Fatalf("%s has %d blocks, want %d; after %q", w.langs[l], n, len(w.parts[l]), w.done)
			}
			for _, b := range blocks {
				for _, id := range w.parts[l][b].ids {
					if out[id] == nil {
						out[id] = map[string]bool{}
					}
					out[id][row.Number] = true
				}
			}
		}
	}
	return out
}

// partners are the paragraphs that stand in a block together with each.
func (w *law) partners() map[int][]int {
	out := map[int][]int{}
	for l := range w.langs {
		for _, p := range w.parts[l] {
			for _, id := range p.ids {
				out[id] = append(out[id], p.ids...)
			}
		}
	}
	return out
}

// whole fails unless the earlier version and what changed make the later one, to
// the byte, and the other way round.
func whole(t *testing.T, x *site.Comparison) {
	t.Helper()
	texts := func(v *site.Text, lang int) map[string]int {
		out := map[string]int{}
		for _, s := range v.Sections {
			for _, p := range s.Passages {
				if !p.Empty() {
					out[p.Number+" "+p.Cells[lang].Plain()]++
				}
			}
		}
		return out
	}
	for _, l := range x.Langs {
		before, after := texts(x.From.Text, l), texts(x.To.Text, l)
		take := func(from map[string]int, passages []*site.Passage) string {
			var lines []string
			for _, p := range passages {
				s := p.Cells[l].Plain()
				from[p.Number+" "+s]--
				if s != "" {
					lines = append(lines, s)
				}
			}
			return strings.Join(lines, "\n")
		}
		for i := range x.Changes {
			ch := &x.Changes[i]
			a, b := x.Texts(ch, l)
			var old, now strings.Builder
			for _, r := range compare.Texts(a, b) {
				old.WriteString(r.Before)
				now.WriteString(r.After)
			}
			if was, is := take(before, x.Before(ch)), take(after, x.After(ch)); was != old.String() || is != now.String() {
				t.Fatalf("%s: %q and %q are made of %q and %q", x.Name, old.String(), now.String(), was, is)
			}
		}
		for _, left := range []map[string]int{before, after} {
			for s, n := range left {
				if n != 0 && !strings.HasSuffix(s, " ") {
					t.Fatalf("%s: %q is in the changes %d times too few", x.Name, s, n)
				}
			}
		}
	}
}

// TestHistories: over fifty histories of three versions and a present one, a
// passage that survives keeps its number, nothing is lost in the comparisons, and
// no number is given to two passages.
func TestHistories(t *testing.T) {
	t.Parallel()
	histories := 50
	if testing.Short() {
		histories = 6
	}
	kept, all := 0, 0
	for seed := range histories {
		w := newLaw(t, uint64(seed))
		w.write("2001-01-01")
		e := w.save(t)
		now := w.numbers(t, e.Site.Text("law"))
		for v := range 3 {
			w.freeze(t, fmt.Sprintf("%d-01-01", 2001+v))
			before := now
			for range 3 + w.rng.IntN(5) {
				w.edit()
			}
			w.write(fmt.Sprintf("%d-01-01", 2002+v))
			e = w.save(t)
			now = w.numbers(t, e.Site.Text("law"))
			partners := w.partners()
			for id, numbers := range now {
				known, found := false, false
				for _, p := range partners[id] {
					for n := range before[p] {
						known = true
						found = found || numbers[n]
					}
				}
				if known {
					all++
					if found {
						kept++
					} else {
						t.Logf("history %d: paragraph %d had %v, has %v; %q", seed, id, before[id], numbers, w.done)
					}
				}
			}
		}
		h := e.Site.History("law")
		for _, x := range h.Comparisons {
			whole(t, x)
		}
		for _, d := range e.Check() {
			if d.Code == check.NumberTwice {
				t.Errorf("history %d: %v; %q", seed, d, w.done)
			}
		}
	}
	share := float64(kept) / float64(all)
	t.Logf("%d of %d numbers kept: %.2f %%", kept, all, share*100)
	if share < 0.995 {
		t.Errorf("%d of %d numbers kept, %.2f %%; want 99.5", kept, all, share*100)
	}
}

// TestMovesAreMoves: of a paragraph that was moved, and of nothing else, it is
// said that it was; and it keeps its number and its text.
func TestMovesAreMoves(t *testing.T) {
	t.Parallel()
	moves := 10
	if testing.Short() {
		moves = 4
	}
	for seed := range moves {
		w := newLaw(t, uint64(100+seed))
		w.write("2001-01-01")
		e := w.save(t)
		before := w.numbers(t, e.Site.Text("law"))
		w.freeze(t, "2001-01-01")
		id, after := w.any(), w.any()
		for d := w.at(0, after) - w.at(0, id); d > -4 && d < 4; d = w.at(0, after) - w.at(0, id) {
			after = w.any()
		}
		w.move(id, after)
		w.write("2002-01-01")
		e = w.save(t)
		x := e.Site.History("law").Comparisons[0]
		for i := range x.Changes {
			ch := &x.Changes[i]
			if ch.Same() {
				continue
			}
			if p := x.After(ch); ch.Kind != compare.Kept || !ch.Moved || len(p) != 1 || !before[id][p[0].Number] {
				t.Errorf("moved %v after %v; said of it: %s %v %v", before[id], before[after], ch.Kind, x.Before(ch), p)
			}
		}
		if n := slices.IndexFunc(x.Changes, func(c compare.Change) bool { return c.Moved }); n < 0 {
			t.Errorf("nothing is said of the move of %v after %v", before[id], before[after])
		}
	}
}
