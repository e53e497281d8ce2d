package record

import (
	"cmp"
	"slices"

	"stele/build/doc"
)

// New returns the record of the table, whose columns are docs: its numbers and
// what its rows hold now. Texts confirmed in old, which may be nil, stay confirmed, and its columns
// keep their order, so that a difference shows what changed; a version taken
// away keeps its texts.
func New(t *Table, docs []*doc.Document, old *Record) *Record {
	s := newSaver(t, docs, old)
	for i := range t.Rows {
		s.rec.Entries = append(s.rec.Entries, s.entry(i))
	}
	s.remember()
	return s.rec
}

// Amend returns old with what the passages of the numbers hold now. All other
// rows stay as they were recorded, but for those that gave text to the passages
// or took some of theirs: the record would contradict itself without them.
// Without an old record it is New, for a passage alone has no number.
func Amend(t *Table, docs []*doc.Document, old *Record, numbers []string) *Record {
	if old == nil || len(old.Entries) == 0 {
		return New(t, docs, old)
	}
	s := newSaver(t, docs, old)
	touched := s.touched(numbers)
	for i := range old.Entries {
		e := old.Entries[i]
		if touched[e.Number] {
			e = s.entry(s.row[e.Number])
		} else {
			e.Cells = slices.Clone(e.Cells)
			for len(e.Cells) < len(s.rec.Langs) {
				e.Cells = append(e.Cells, Cell{})
			}
		}
		s.rec.Entries = append(s.rec.Entries, e)
	}
	at := map[string]int{} // number -> place in the record
	for i := range s.rec.Entries {
		at[s.rec.Entries[i].Number] = i
	}
	after := -1
	for i := range t.Rows {
		n := t.Rows[i].Number
		if k, ok := at[n]; ok {
			after = k
			continue
		}
		if !touched[n] {
			continue
		}
		after++
		s.rec.Entries = slices.Insert(s.rec.Entries, after, s.entry(i))
		for m, k := range at {
			if k >= after {
				at[m] = k + 1
			}
		}
	}
	s.remember()
	return s.rec
}

// saver makes a record of a table.
type saver struct {
	table *Table
	docs  []*doc.Document
	old   *Record // nil for none
	rec   *Record
	row   map[string]int    // number -> row of the table
	was   map[string]*Entry // number -> entry of the old record
	put   map[string]*Entry // number -> entry of the record as it was laid over the versions
	// taken are the passages of the old record that each passage took in.
	taken map[string][]string
}

func newSaver(t *Table, docs []*doc.Document, old *Record) *saver {
	s := &saver{table: t, docs: docs, old: old, rec: &Record{}, row: map[string]int{}, was: map[string]*Entry{}}
	if old != nil {
		s.rec.Path, s.rec.Langs, s.rec.Addresses = old.Path, slices.Clone(old.Langs), old.Addresses
		for i := range old.Entries {
			s.was[old.Entries[i].Number] = &old.Entries[i]
		}
	}
	for i := range t.Rows {
		s.row[t.Rows[i].Number] = i
	}
	if t.recalled != nil {
		s.put = map[string]*Entry{}
		for i := range t.recalled.Entries {
			s.put[t.recalled.Entries[i].Number] = &t.recalled.Entries[i]
		}
	}
	s.taken = map[string][]string{}
	for i := range t.Rows {
		if r := &t.Rows[i]; r.joined != "" && s.was[r.Number] != nil && !s.was[r.Number].Gone {
			s.taken[r.joined] = append(s.taken[r.joined], r.Number)
		}
	}
	for _, l := range t.Langs {
		if !slices.Contains(s.rec.Langs, l) {
			s.rec.Langs = append(s.rec.Langs, l)
		}
	}
	for _, l := range s.rec.Langs {
		s.rec.away = append(s.rec.away, !slices.Contains(t.Langs, l))
	}
	return s
}

// entry is a row of the table as the record keeps it.
func (s *saver) entry(i int) Entry {
	r := &s.table.Rows[i]
	e := Entry{Number: r.Number, Pinned: r.Pinned, Gone: r.Removed, Parts: slices.Clone(r.Parts), Cells: make([]Cell, len(s.rec.Langs))}
	old := s.was[r.Number]
	for k, lang := range s.rec.Langs {
		c := &e.Cells[k]
		l := slices.Index(s.table.Langs, lang)
		if old != nil && k < len(old.Cells) {
			o := old.Cells[k]
			if e := s.put[r.Number]; e != nil && k < len(e.Cells) {
				o.Confirmed = e.Cells[k].Confirmed
			}
			if l < 0 {
				*c = o
			} else {
				for _, from := range s.taken[r.Number] {
					if k < len(s.was[from].Cells) {
						o = o.with(s.was[from].Cells[k])
					}
				}
				c.Confirmed, c.IsConfirmed, c.By, c.Seen = o.Confirmed, o.IsConfirmed, o.By, o.Seen
			}
		}
		if l >= 0 && r.Blocks != nil {
			for _, b := range r.Blocks[l] {
				c.Fingerprints = append(c.Fingerprints, Fingerprint(&s.docs[l].Blocks[b]))
			}
			c.Saved = cellText(s.docs[l], r.Blocks[l])
		}
	}
	return e
}

// touched are the numbers, and those of the rows that must change with them: a
// passage that became part of one, one that was parted from it, and a row whose
// recorded block stands in one now.
func (s *saver) touched(numbers []string) map[string]bool {
	out := map[string]bool{}
	todo := slices.Clone(numbers)
	into := map[string][]string{} // passage -> those that it took
	for _, r := range s.table.Rows {
		if r.Removed {
			for _, p := range r.Parts {
				into[p] = append(into[p], r.Number)
			}
		}
	}
	holder := s.holders(s.old)
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		i, ok := s.row[n]
		if !ok || out[n] {
			continue
		}
		out[n] = true
		todo = append(append(todo, into[n]...), s.table.Rows[i].Parts...)
		for l, c := range s.entry(i).Cells {
			for _, print := range c.Fingerprints {
				if h := holder[cellPrint{l, print}]; len(h) == 1 && h[0] != n {
					todo = append(todo, h[0])
				}
			}
		}
	}
	return out
}

// cellPrint is a fingerprint of a language.
type cellPrint struct {
	lang  int // as Record.Langs
	print string
}

// holders maps the fingerprints of a record to the passages that hold them.
func (s *saver) holders(rec *Record) map[cellPrint][]string {
	out := map[cellPrint][]string{}
	for _, e := range rec.Entries {
		for l, c := range e.Cells {
			for _, print := range c.Fingerprints {
				out[cellPrint{l, print}] = append(out[cellPrint{l, print}], e.Number)
			}
		}
	}
	return out
}

// earlierKept is how many earlier states of a passage the record keeps.
const earlierKept = 3

// remember adds the old rows that the new record joined, divided, ended or
// changed among each other, so that their texts find them should they come back.
func (s *saver) remember() {
	if s.old == nil {
		return
	}
	group := map[string]string{} // number -> one that stands for all changed with it
	var find func(n string) string
	find = func(n string) string {
		if g, ok := group[n]; ok && g != n {
			group[n] = find(g)
			return group[n]
		}
		return n
	}
	join := func(a, b string) {
		for _, n := range []string{a, b} {
			if _, ok := group[n]; !ok {
				group[n] = n
			}
		}
		group[find(b)] = find(a)
	}
	holder := s.holders(s.old)
	for i := range s.rec.Entries {
		e := &s.rec.Entries[i]
		old := s.was[e.Number]
		if old == nil || old.Gone {
			continue
		}
		if e.Gone {
			join(e.Number, e.Number)
			for _, p := range e.Parts {
				join(e.Number, p)
			}
		}
		for l, c := range e.Cells {
			if l < len(old.Cells) && len(c.Fingerprints) != len(old.Cells[l].Fingerprints) && !s.rec.away[l] {
				join(e.Number, e.Number)
			}
			for _, print := range c.Fingerprints {
				if h := holder[cellPrint{l, print}]; len(h) == 1 && h[0] != e.Number {
					join(e.Number, h[0])
				}
			}
		}
	}
	s.keepEarlier(group, find)
}

// keepEarlier writes down the old rows of the groups, and as many of those
// written down before as are kept.
func (s *saver) keepEarlier(group map[string]string, find func(string) string) {
	var fresh []Earlier
	ids := map[string]int{}
	for _, e := range s.old.Entries {
		if _, ok := group[e.Number]; !ok || e.Gone {
			continue
		}
		root := find(e.Number)
		if ids[root] == 0 {
			ids[root] = len(ids) + 1
		}
		x := Earlier{Number: e.Number, Group: ids[root], Prints: make([][]string, len(s.rec.Langs))}
		for l, c := range e.Cells {
			x.Prints[l] = c.Fingerprints
		}
		fresh = append(fresh, x)
	}
	kept := map[string]int{}
	for _, x := range fresh {
		kept[x.Number]++
	}
	seen := map[int]bool{} // groups of before that are kept
	for _, x := range s.old.Earlier {
		if kept[x.Number] < earlierKept {
			kept[x.Number]++
			seen[x.Group] = true
		}
	}
	s.rec.Earlier = fresh
	renumbered := map[int]int{}
	for _, x := range s.old.Earlier {
		if !seen[x.Group] {
			continue
		}
		if renumbered[x.Group] == 0 {
			renumbered[x.Group] = len(ids) + len(renumbered) + 1
		}
		x.Group = renumbered[x.Group]
		x.Prints = slices.Clone(x.Prints)
		for len(x.Prints) < len(s.rec.Langs) {
			x.Prints = append(x.Prints, nil)
		}
		s.rec.Earlier = append(s.rec.Earlier, x)
	}
	slices.SortStableFunc(s.rec.Earlier, func(a, b Earlier) int { return cmp.Compare(a.Group, b.Group) })
}
