package record

import (
	"slices"
	"strconv"
	"strings"

	"stele/build/align"
	"stele/build/doc"
)

// number gives the rows of t the numbers of a text without a record: "0" for
// the title, "1", "2" … for the rows that open a section (a heading of the
// second level or a thematic break), and "section.position" for all others.
func number(rows []Row) {
	section, pos := 0, 0
	for i := range rows {
		r := &rows[i]
		switch r.Opens {
		case OpensText:
			r.Number = "0"
			if i > 0 {
				pos++
				r.Number = "0." + strconv.Itoa(pos)
			}
		case OpensSection, OpensPart:
			section++
			pos = 0
			r.Number = strconv.Itoa(section)
		default:
			pos++
			r.Number = strconv.Itoa(section) + "." + strconv.Itoa(pos)
		}
	}
}

// markOpenings sets what the rows open.
func markOpenings(rows []Row, in []align.Input) {
	for i := range rows {
		rows[i].Opens = opening(&rows[i], in)
	}
	for i := range rows {
		if rows[i].Opens == OpensPart && !partsText(rows, i, in) {
			rows[i].Opens = OpensNothing
		}
	}
}

// opening is what most languages of the row open with it, and of what equally many
// do, what the first of them does.
func opening(r *Row, in []align.Input) Opening {
	var count [OpensPart + 1]int
	var said []Opening // by the languages that have the row
	for l, blocks := range r.Blocks {
		if len(blocks) == 0 {
			continue
		}
		o := OpensNothing
		switch b := &in[l].Doc.Blocks[blocks[0]]; {
		case b.Kind == doc.Heading && b.Level == 1:
			o = OpensText
		case b.Kind == doc.Heading && b.Level == 2:
			o = OpensSection
		case b.Kind == doc.Break:
			o = OpensPart
		}
		count[o]++
		said = append(said, o)
	}
	most := slices.Max(count[:])
	for _, o := range said {
		if count[o] == most {
			return o
		}
	}
	return OpensNothing
}

// partsText reports whether the break of the i-th row parts the text: whether at least
// half of the languages have it that have what follows. A line that one language
// of many has between a heading and its text takes nothing away from the heading.
func partsText(rows []Row, i int, in []align.Input) bool {
	broken := 0
	follows := make([]bool, len(in))
	for _, blocks := range rows[i].Blocks {
		if len(blocks) > 0 {
			broken++
		}
	}
	for _, r := range rows[i+1:] {
		if r.opensSection() || r.Opens == OpensText {
			break
		}
		for l, blocks := range r.Blocks {
			follows[l] = follows[l] || len(blocks) > 0
		}
	}
	following := 0
	for _, f := range follows {
		if f {
			following++
		}
	}
	return 2*broken >= following
}

// numberNew gives numbers to the rows that have none, which stand among rows
// recorded before: 5.3a, 5.3b … between 5.3 and 5.4, the next whole number at
// the end of a section; likewise for whole sections. A number that any passage
// ever had is not given.
func (rc *reconciler) numberNew(rows []Row) {
	used := map[string]bool{}
	for n := range rc.rec.given {
		used[n] = true
	}
	for _, r := range rc.rec.Entries {
		used[r.Number] = true
	}
	for _, r := range rows {
		used[r.Number] = true
	}
	top := highest{} // section and point -> the greatest whole number used there
	for n := range used {
		top.note(n)
	}
	later, follows := laterSections(rows), followers(rows)
	section, last := "0", ""
	for i := range rows {
		r := &rows[i]
		if r.Removed {
			if sec, pos, ok := strings.Cut(r.Number, "."); ok && sec == section {
				last = pos
			}
			continue
		}
		if r.Number == "" {
			switch {
			case r.Opens == OpensText && i == 0 && !used["0"]:
				r.Number = "0"
			case r.opensSection() && later[i]:
				r.Number = between("", section, used)
			case r.opensSection():
				r.Number = strconv.Itoa(top[""] + 1)
			case last == "" && follows(i, section):
				r.Number = between(section+".", "0", used)
			case follows(i, section):
				r.Number = between(section+".", last, used)
			default:
				r.Number = section + "." + strconv.Itoa(top[section+"."]+1)
			}
			used[r.Number] = true
			top.note(r.Number)
		}
		if r.opensSection() {
			section, last = r.Number, ""
		} else if sec, pos, ok := strings.Cut(r.Number, "."); ok && sec == section {
			last = pos
		}
	}
}

// laterSections tells for each row whether a numbered section begins after it.
func laterSections(rows []Row) []bool {
	out := make([]bool, len(rows))
	found := false
	for i := len(rows) - 1; i >= 0; i-- {
		out[i] = found
		found = found || rows[i].Number != "" && rows[i].opensSection()
	}
	return out
}

// followers returns a function that reports whether, after the i-th row, a
// passage follows that has a number of the section, before the next section
// begins.
func followers(rows []Row) func(i int, section string) bool {
	type place struct {
		run     int // of rows from one opening of a section to the next
		section string
	}
	run := make([]int, len(rows))
	last := map[place]int{}
	n := 0
	for i := range rows {
		if rows[i].opensSection() {
			n++
		}
		run[i] = n
		if sec, _, ok := strings.Cut(rows[i].Number, "."); ok {
			last[place{n, sec}] = i
		}
	}
	return func(i int, section string) bool { return last[place{run[i], section}] > i }
}

// between returns the first free number after prefix+pos: 3 → 3a, 3a → 3b, and
// 3a → 3aa where 3b is taken.
func between(prefix, pos string, used map[string]bool) string {
	whole := strings.TrimRight(pos, "abcdefghijklmnopqrstuvwxyz")
	letters := pos[len(whole):]
	next := func(s string) string {
		if s == "" {
			return "a"
		}
		if s[len(s)-1] == 'z' {
			return s + "a"
		}
		return s[:len(s)-1] + string(s[len(s)-1]+1)
	}
	n := next(letters)
	if used[prefix+whole+n] && letters != "" {
		n = letters + "a"
	}
	for used[prefix+whole+n] {
		n = next(n)
	}
	return prefix + whole + n
}

// highest holds the greatest whole number given in each section, by what stands
// before it ("5."), and of the sections themselves under "".
type highest map[string]int

// note takes account of a number that is given.
func (h highest) note(number string) {
	i := strings.IndexByte(number, '.') + 1
	whole := strings.TrimRight(number[i:], "abcdefghijklmnopqrstuvwxyz")
	if v, err := strconv.Atoi(whole); err == nil {
		h[number[:i]] = max(h[number[:i]], v)
	}
}
