package record

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"stele/build/align"
	"stele/build/markdown"
)

// The property of the record: over long sequences of the edits an editor makes,
// a passage that survives keeps its number, and no number is given twice. The
// edition's own texts are edited, as they are what real texts are like.

// part is a block of one language and the passage it truly belongs to.
type part struct {
	id   int
	line string // in the one-block-a-line form
}

type manuscript struct {
	rng   *rand.Rand
	langs []string
	parts [][]part // by language
	next  int
	pool  [][]string // sentences to insert and retype with, by language
}

var headingID = regexp.MustCompile(`\s*\{#[^}]*\}$`)

func readManuscript(t *testing.T, seed uint64) *manuscript {
	t.Helper()
	m := &manuscript{rng: rand.New(rand.NewPCG(seed, 7)), langs: []string{"ru", "zh", "en"}}
	for _, l := range m.langs {
		data, err := os.ReadFile("../../content/strategy/" + l + ".md")
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(data[4:]), "\n---\n")
		var parts []part
		for line := range strings.SplitSeq(body, "\n") {
			line = headingID.ReplaceAllString(strings.TrimSpace(line), "")
			if line == "* * *" {
				line = "## " + strings.Repeat(l, 3)
			}
			if line != "" {
				parts = append(parts, part{len(parts), line})
			}
		}
		m.next = len(parts)
		m.parts = append(m.parts, parts)
	}
	about := make([][]string, len(m.langs))
	for i, l := range m.langs {
		data, err := os.ReadFile("../../content/about/" + l + ".md")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(data), "\n") {
			if line = strings.TrimSpace(line); utf8.RuneCountInString(line) > 25 && !strings.ContainsAny(line[:1], "|#-:") && !strings.Contains(line, ": ") {
				about[i] = append(about[i], line)
			}
		}
	}
	m.pool = about
	return m
}

func (m *manuscript) inputs() []align.Input {
	var in []align.Input
	for i, l := range m.langs {
		var b strings.Builder
		for _, p := range m.parts[i] {
			b.WriteString(p.line + "\n")
		}
		in = append(in, align.Input{Doc: markdown.ParseLines("t/"+l+".txt", l, b.String())})
	}
	return in
}

// find returns where the passage begins in the language and how many blocks it has.
func (m *manuscript) find(l, id int) (at, n int) {
	at = slices.IndexFunc(m.parts[l], func(p part) bool { return p.id == id })
	if at < 0 {
		return -1, 0
	}
	for at+n < len(m.parts[l]) && m.parts[l][at+n].id == id {
		n++
	}
	return at, n
}

func (m *manuscript) someLanguages() []int {
	all := []int{0, 1, 2}
	m.rng.Shuffle(3, func(i, j int) { all[i], all[j] = all[j], all[i] })
	k := []int{1, 2, 3, 3, 3}[m.rng.IntN(5)]
	return all[:k]
}

// passage is a random passage that is no heading.
func (m *manuscript) passage() int {
	for {
		p := m.parts[m.rng.IntN(3)]
		x := p[m.rng.IntN(len(p))]
		if !strings.HasPrefix(x.line, "#") {
			return x.id
		}
	}
}

// retype replaces the last third of a block.
func (m *manuscript) retype(l int, line string) string {
	r := []rune(line)
	keep := len(r) * 2 / 3
	if l != 1 {
		for keep < len(r) && r[keep] != ' ' {
			keep++
		}
	}
	s := []rune(m.sentence(l))
	return string(r[:keep]) + " " + string(s[:min(len(s), len(r)-keep+5)])
}

func (m *manuscript) sentence(l int) string { return m.pool[l][m.rng.IntN(len(m.pool[l]))] }

// paraphrase keeps about half of a block's words, as another translator might.
func (m *manuscript) paraphrase(l int, line string) string {
	mark, rest := "", line
	if i := strings.Index(line, "# "); i >= 0 && strings.HasPrefix(line, "#") {
		mark, rest = line[:i+2], line[i+2:]
	} else if strings.HasPrefix(line, "- ") {
		mark, rest = "- ", line[2:]
	}
	words := strings.Fields(rest)
	if l == 1 {
		words = strings.Split(rest, "")
	}
	var out []string
	for len(words) > 0 {
		n := min(len(words), 2+m.rng.IntN(5))
		if m.rng.IntN(10) < 6 || len(out) == 0 {
			out = append(out, words[:n]...)
		}
		words = words[n:]
	}
	sep := " "
	if l == 1 {
		sep = ""
	}
	return mark + strings.Join(out, sep)
}

// edit makes one random edit and says what it was. Passages that do not live on
// as themselves are put into gone.
func (m *manuscript) edit(gone map[int]bool) string {
	langs := m.someLanguages()
	id := m.passage()
	switch kind := m.rng.IntN(20); {
	case kind < 6:
		for _, l := range langs {
			if at, n := m.find(l, id); n > 0 {
				m.parts[l][at].line = m.retype(l, m.parts[l][at].line)
			}
		}
		return fmt.Sprint("retype ", id, langs)
	case kind < 9:
		k := m.rng.IntN(len(m.pool[0]))
		for _, l := range langs {
			if at, n := m.find(l, id); n > 0 {
				line := fmt.Sprintf("%s %d", m.pool[l][k%len(m.pool[l])], m.next)
				m.parts[l] = slices.Insert(m.parts[l], at+n, part{m.next, line})
			}
		}
		m.next++
		return fmt.Sprint("insert after ", id, langs)
	case kind < 11:
		for _, l := range langs {
			if at, n := m.find(l, id); n > 0 {
				m.parts[l] = slices.Delete(m.parts[l], at, at+n)
			}
		}
		return fmt.Sprint("delete ", id, langs)
	case kind < 13: // split
		for _, l := range langs {
			at, n := m.find(l, id)
			if n != 1 {
				continue
			}
			r := []rune(m.parts[l][at].line)
			cut := len(r) / 2
			for cut < len(r) && l != 1 && r[cut] != ' ' {
				cut++
			}
			if cut < 20 || len(r)-cut < 20 {
				continue
			}
			second := part{id, strings.TrimSpace(string(r[cut:]))}
			m.parts[l][at].line = string(r[:cut])
			m.parts[l] = slices.Insert(m.parts[l], at+1, second)
		}
		return fmt.Sprint("split ", id, langs)
	case kind < 15: // merge with the next
		at, n := m.find(langs[0], id)
		if n == 0 || at+n >= len(m.parts[langs[0]]) || strings.HasPrefix(m.parts[langs[0]][at+n].line, "#") {
			return "nothing"
		}
		second := m.parts[langs[0]][at+n].id
		for _, l := range langs {
			a, na := m.find(l, id)
			b, nb := m.find(l, second)
			if na == 0 || nb == 0 || b != a+na {
				continue
			}
			joined := m.parts[l][b-1].line + " " + strings.TrimPrefix(m.parts[l][b].line, "- ")
			m.parts[l][b-1].line = joined
			m.parts[l] = slices.Delete(m.parts[l], b, b+1)
		}
		for l := range m.parts { // what is left of the second belongs to the first now
			for i := range m.parts[l] {
				if m.parts[l][i].id == second {
					m.parts[l][i].id = id
				}
			}
		}
		gone[second] = true
		return fmt.Sprint("merge ", id, second, langs)
	case kind < 18: // move
		to := m.passage()
		if to == id {
			return "nothing"
		}
		for l := range m.parts {
			at, n := m.find(l, id)
			if n == 0 {
				continue
			}
			moved := slices.Clone(m.parts[l][at : at+n])
			m.parts[l] = slices.Delete(m.parts[l], at, at+n)
			if at, k := m.find(l, to); k > 0 {
				m.parts[l] = slices.Insert(m.parts[l], at+k, moved...)
			} else {
				m.parts[l] = append(m.parts[l], moved...)
			}
		}
		return fmt.Sprint("move ", id, " after ", to)
	case kind < 19: // a whole new translation
		l := langs[0]
		for i := range m.parts[l] {
			m.parts[l][i].line = m.paraphrase(l, m.parts[l][i].line)
		}
		return fmt.Sprint("new translation ", m.langs[l])
	default: // move a section
		l0 := m.parts[0]
		var heads []int
		for i, p := range l0 {
			if strings.HasPrefix(p.line, "## ") {
				heads = append(heads, i)
			}
		}
		k := 1 + m.rng.IntN(len(heads)-3)
		first, second := l0[heads[k]].id, l0[heads[k+1]].id
		for l := range m.parts {
			a, na := m.find(l, first)
			b, nb := m.find(l, second)
			if na == 0 || nb == 0 || b < a {
				continue
			}
			end := b + nb
			for end < len(m.parts[l]) && !strings.HasPrefix(m.parts[l][end].line, "## ") {
				end++
			}
			m.parts[l] = slices.Concat(m.parts[l][:a], m.parts[l][b:end], m.parts[l][a:b], m.parts[l][end:])
		}
		return fmt.Sprint("exchange sections ", first, second)
	}
}

func TestNumbersSurviveEdits(t *testing.T) {
	t.Parallel()
	sequences, steps := 6, 25
	if testing.Short() {
		sequences = 2
	}
	kept, lost := 0, 0
	for seed := range sequences {
		m := readManuscript(t, uint64(seed))
		owner := map[string]int{}  // number -> passage it was given to
		number := map[int]string{} // passage -> its number
		in := m.inputs()
		tab := Reconcile(in, nil)
		rec := New(tab, docs(in), nil)
		assignOwners(t, m, tab, owner, number, nil, &kept, &lost, "start")
		for range steps {
			gone := map[int]bool{}
			what := m.edit(gone)
			in = m.inputs()
			// the record goes through its file, as it does in use
			var file bytes.Buffer
			if _, err := rec.WriteTo(&file); err != nil {
				t.Fatal(err)
			}
			back, diags := Parse("t/alignment.tsv", file.String())
			if len(diags) > 0 {
				t.Fatalf("after %s: %v", what, diags)
			}
			tab = Reconcile(in, back)
			once(t, tab, in)
			assignOwners(t, m, tab, owner, number, gone, &kept, &lost, fmt.Sprintf("sequence %d, %s", seed, what))
			rec = New(tab, docs(in), back)
		}
	}
	share := float64(kept) / float64(kept+lost)
	t.Logf("%d of %d surviving passages kept their number: %.4f", kept, kept+lost, share)
	if share < 0.995 {
		t.Errorf("%.4f of the surviving passages kept their number, want 0.995", share)
	}
}

// once fails unless every block is in exactly one row.
func once(t *testing.T, tab *Table, in []align.Input) {
	t.Helper()
	for l := range in {
		var all []int
		for _, r := range tab.Rows {
			all = append(all, r.Blocks[l]...)
		}
		slices.Sort(all)
		for i := range in[l].Doc.Blocks {
			if i >= len(all) || all[i] != i {
				t.Fatalf("%s: block %d is not in exactly one row", in[l].Doc.Lang, i)
			}
		}
	}
}

// assignOwners compares the numbers with the truth: a passage's row is the one
// that holds most of its blocks.
func assignOwners(t *testing.T, m *manuscript, tab *Table, owner map[string]int, number map[int]string, gone map[int]bool, kept, lost *int, what string) {
	t.Helper()
	seen := map[string]bool{}
	votes := map[int]map[string]int{}
	in := map[string]map[int]int{}
	for _, r := range tab.Rows {
		if seen[r.Number] {
			t.Fatalf("%s: number %s given twice", what, r.Number)
		}
		seen[r.Number] = true
		if r.Removed {
			continue
		}
		in[r.Number] = map[int]int{}
		for l, blocks := range r.Blocks {
			for _, b := range blocks {
				id := m.parts[l][b].id
				if votes[id] == nil {
					votes[id] = map[string]int{}
				}
				votes[id][r.Number]++
				in[r.Number][id]++
			}
		}
	}
	for id := range gone {
		delete(number, id)
	}
	for id := range m.next {
		v := votes[id]
		if v == nil {
			delete(number, id)
			continue
		}
		best := ""
		for n, k := range v {
			if best == "" || k > v[best] || k == v[best] && (n == number[id] || best != number[id] && n < best) {
				best = n
			}
		}
		old, had := number[id]
		switch {
		case !had:
			if o, taken := owner[best]; !taken {
				owner[best], number[id] = id, best
			} else if o != id {
				continue // it shares another passage's row; it has no number of its own
			}
		case old == best:
			*kept++
		default:
			*lost++
			t.Logf("%s: passage %d was %s and is %s", what, id, old, best)
			delete(number, id)
		}
	}
}
