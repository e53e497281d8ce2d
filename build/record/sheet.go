package record

import (
	"slices"
	"strconv"
	"strings"

	"stele/build/diag"
	"stele/build/lang"
)

// A spreadsheet that opens the record and saves it makes numbers of what looks
// like one: 5.20 becomes 5.2, the line “=0.5” a formula and its result 0.5. Both
// are known by where they stand, since numbers follow one another, and are read
// as they were; but the file is to be put back, for more may have been lost that
// cannot be known, as a number that was taken for a date.

// sheet is what tells that a spreadsheet saved the record.
type sheet struct {
	prev   string // the number of the line before, as it was
	at     int    // offset of the first trace, if example is not empty
	before string // what stood there, and
	after  string // what stands there now
}

// trace notes that a spreadsheet was here.
func (s *sheet) trace(offset int, before, after string) {
	if s.before == "" {
		s.at, s.before, s.after = offset, before, after
	}
}

// restored is the number as it was before a spreadsheet dropped the zeros at
// its end, if what stood before shows that it did: 5.2 after 5.19, or once more
// after 5.20, where 5.2 was before.
func (s *sheet) restored(number string, again bool) string {
	section, last, ok := strings.Cut(s.prev, ".")
	sec, pos, ok2 := strings.Cut(number, ".")
	if !ok || !ok2 || sec != section {
		return number
	}
	was, err := strconv.Atoi(strings.TrimRight(last, "abcdefghijklmnopqrstuvwxyz"))
	is, err2 := strconv.Atoi(pos)
	if err != nil || err2 != nil || is == 0 {
		return number
	}
	for n := is * 10; n <= was+1; n *= 10 {
		if n == was+1 || again && n == was {
			return section + "." + strconv.Itoa(n)
		}
	}
	return number
}

// formula reads a line of a text whose sign a spreadsheet took for that of a
// formula: a number alone, or the name of an error, before a language.
func (p *recordParser) formula(offset int, fields []string) bool {
	if len(fields) < 2 || !slices.Contains(p.rec.Langs, strings.TrimSpace(fields[1])) {
		return false
	}
	first := strings.TrimSpace(fields[0])
	if strings.HasPrefix(first, "#") && strings.HasSuffix(first, "?") { // #NAME?, #ИМЯ?, #名称?
		p.sheet.trace(offset, "=5.3a", first)
		return true
	}
	if !numberForm.MatchString(first) {
		return false
	}
	number := p.sheet.restored(first, true)
	p.sheet.trace(offset, "="+number, first)
	p.sheet.prev = number
	p.text(offset, append([]string{"=" + number}, fields[1:]...))
	return true
}

// told leaves of the faults those that a spreadsheet did not make, and says
// once that one did.
func (p *recordParser) told() diag.List {
	if p.sheet.before == "" {
		return p.diags
	}
	var out diag.List
	out.Error(p.lines.Pos(p.sheet.at), RecordDamaged.As("spreadsheet"), "Before", p.sheet.before, "After", lang.Clip(p.sheet.after, 20))
	return out
}
