package record

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stele/build/diag"
	"stele/build/lang"
)

var (
	numberForm      = regexp.MustCompile(`^(0|[1-9]\d{0,17})[a-z]*(\.(0|[1-9]\d{0,17})[a-z]*)?$`)
	langForm        = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
	fingerprintForm = regexp.MustCompile(fmt.Sprintf(`^[0-9a-f]{%d}$`, 2*fingerprintBytes))
	seenForm        = regexp.MustCompile(fmt.Sprintf(`^([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*):([0-9a-f]{%d})$`, 2*textPrintBytes))
	byForm          = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}( .*)?$`)
)

// Limits of a record; beyond them it is refused.
const (
	MaxLangs = 100     // those that texts had once among them
	MaxRows  = 200_000 // more than a file of the greatest size has, if it says anything
)

// maxLostCells is how many cells are kept for rows that cannot be read. They
// have no letter in the file each, so that its size does not limit them.
const maxLostCells = 1 << 20

// lostRow is how many cells the finding that tells of such a row is worth.
const lostRow = 64

// Parse reads an alignment.tsv. A faulty line is reported with its place,
// once however many lines hang on it, and what it says is left out; a number
// that can be read in it is known, and its passage found again by its texts.
func Parse(path, text string) (*Record, diag.List) {
	p := recordParser{
		rec: &Record{Path: path}, at: map[string]int{}, lines: diag.NewLines(path, text),
		seen: map[textKey]bool{}, strange: map[string]bool{},
	}
	offset := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		p.line(offset, strings.TrimRight(line, "\r\n"))
		if p.full {
			break
		}
		offset += len(line)
	}
	if p.rec.Langs == nil && len(p.diags) == 0 {
		p.diags.Error(diag.Pos{Path: path, Line: 1, Col: 1}, RecordDamaged.As("no-header"))
	}
	return p.rec, p.told()
}

type recordParser struct {
	rec     *Record
	at      map[string]int // number -> index in rec.Entries
	lines   *diag.Lines
	diags   diag.List
	seen    map[textKey]bool
	strange map[string]bool // languages of texts that the header has not, reported
	torn    bool            // between the marks of a merge, where lines stand twice
	full    bool            // a limit is reached, and reported: nothing more is read
	sheet   sheet
}

// textKey names a text line: its first field, as in “=5.3”, and its language.
type textKey struct{ head, lang string }

// fault reports what is wrong with a line: a variant of RecordDamaged.
func (p *recordParser) fault(offset int, variant string, pairs ...any) {
	p.diags.Error(p.lines.Pos(offset), RecordDamaged.As(variant), pairs...)
}

func (p *recordParser) line(offset int, s string) {
	fields := strings.Split(s, "\t")
	for len(p.rec.Langs) > 0 && len(fields) > len(p.rec.Langs)+2 && strings.TrimSpace(fields[len(fields)-1]) == "" {
		fields = fields[:len(fields)-1] // a spreadsheet makes all lines equally wide
	}
	switch {
	case strings.TrimSpace(s) == "":
	case strings.HasPrefix(s, "#passage;"), strings.HasPrefix(s, "#passage,"), strings.HasPrefix(s, `"#passage"`):
		if p.rec.Langs == nil {
			p.rec.Langs = []string{}
			p.sheet.trace(offset, "#passage\u2003mark", s)
		}
	case len(p.rec.Langs) > 0 && p.formula(offset, fields):
	case isMergeMark(s):
		if !p.torn {
			p.fault(offset, "merge")
		}
		p.torn = s[0] != '>'
	case strings.TrimSpace(fields[0]) == "#passage":
		p.header(offset, fields)
	case strings.HasPrefix(s, "#"):
	case p.rec.Langs == nil:
		p.fault(offset, "before-header")
		p.rec.Langs = []string{}
	case strings.HasPrefix(s, "@"):
		p.address(offset, fields)
	case len(p.rec.Langs) == 0: // without a header no line can be read
	case strings.HasPrefix(s, "="), strings.HasPrefix(s, "~"):
		number := strings.TrimSpace(fields[0])[1:]
		if was := p.sheet.restored(number, true); was != number && p.sheet.before != "" {
			fields = append([]string{s[:1] + was}, fields[1:]...)
			number = was
		}
		p.sheet.prev = number
		p.text(offset, fields)
	case strings.HasPrefix(s, "<"):
		p.earlier(offset, fields)
	default:
		p.row(offset, fields)
	}
}

// isMergeMark knows the lines that version control leaves where two changes met.
func isMergeMark(s string) bool {
	return slices.ContainsFunc([]string{"<<<<<<<", "|||||||", "=======", ">>>>>>>"}, func(mark string) bool { return strings.HasPrefix(s, mark) })
}

func (p *recordParser) header(offset int, fields []string) {
	if len(p.rec.Langs) > 0 {
		p.fault(offset, "second-header")
		return
	}
	p.rec.Langs = []string{}
	if len(fields) < 3 || strings.TrimSpace(fields[1]) != "mark" {
		p.fault(offset, "header")
		return
	}
	at := offset + len(fields[0]) + len(fields[1]) + 2
	var langs []string
	for n := len(fields); n > 4 && strings.TrimSpace(fields[n-1]) == "" && strings.TrimSpace(fields[n-2]) == ""; n = len(fields) {
		fields = fields[:n-2] // a spreadsheet makes all lines equally wide
	}
	if n := len(fields) - 2; n > MaxLangs {
		p.fault(at, "languages", "Count", n, "Max", MaxLangs)
		return
	}
	for _, f := range fields[2:] {
		tag := strings.TrimSpace(f)
		switch {
		case !langForm.MatchString(tag):
			p.fault(at, "language", "Language", lang.Clip(tag, 20))
			return
		case slices.Contains(langs, tag):
			p.fault(at, "column", "Language", tag)
			return
		}
		langs = append(langs, tag)
		at += len(f) + 1
	}
	p.rec.Langs = langs
}

func (p *recordParser) row(offset int, fields []string) {
	row := Entry{Number: strings.TrimSpace(fields[0]), Line: p.lines.Line(offset)}
	if !numberForm.MatchString(row.Number) {
		// Perhaps the tabs became spaces: then the number can still be known.
		first, _, _ := strings.Cut(row.Number, " ")
		if len(fields) == 1 && first != row.Number && numberForm.MatchString(first) {
			p.fault(offset, "tabs")
			p.keep(first, offset)
			return
		}
		p.fault(offset, "number", "Number", lang.Clip(row.Number, 20))
		return
	}
	if was := p.sheet.restored(row.Number, false); was != row.Number && p.known(row.Number) && !p.known(was) {
		p.sheet.trace(offset, was, row.Number)
		row.Number = was
	}
	p.sheet.prev = row.Number
	if first, dup := p.at[row.Number]; dup {
		if !p.torn {
			p.fault(offset, "twice", "Number", row.Number, "Line", p.rec.Entries[first].Line)
		}
		return
	}
	if at, why := p.cells(&row, fields); why.ID != "" {
		p.diags = append(p.diags, diag.Diagnostic{Pos: p.lines.Pos(offset + at), Severity: diag.Error, Code: RecordDamaged, Phrase: why})
		p.keep(row.Number, offset)
		return
	}
	p.add(row, offset)
}

// cells reads what stands after a row's number. If it cannot, it says why and
// how far from the beginning of the line.
func (p *recordParser) cells(row *Entry, fields []string) (at int, why diag.Phrase) {
	misread := func(variant string, pairs ...any) diag.Phrase {
		return diag.Say(string(RecordDamaged.As(variant)), pairs...)
	}
	if want := len(p.rec.Langs) + 2; len(fields) != want {
		return 0, misread("columns", "Columns", len(fields), "Want", want)
	}
	at = len(fields[0]) + 1
	names := false // whether numbers of other passages may follow
	for mark := range strings.FieldsSeq(fields[1]) {
		switch {
		case mark == "pin":
			row.Pinned = true
		case mark == "gone":
			row.Gone, names = true, true
		case mark == "divided":
			names = true
		case mark == "-":
		case names && numberForm.MatchString(mark):
			row.Parts = append(row.Parts, mark)
		default:
			return at, misread("mark", "Mark", lang.Clip(mark, 20))
		}
	}
	at += len(fields[1]) + 1
	row.Cells = make([]Cell, len(p.rec.Langs))
	for l, cell := range fields[2:] {
		prints, why := fingerprintsOf(cell)
		if why.ID != "" {
			return at, why
		}
		row.Cells[l].Fingerprints = prints
		at += len(cell) + 1
	}
	return 0, diag.Phrase{}
}

// fingerprintsOf reads a cell. If it cannot, it says why.
func fingerprintsOf(cell string) (prints []string, why diag.Phrase) {
	if c := strings.TrimSpace(cell); c == "-" || c == "" {
		return nil, why
	}
	for part := range strings.SplitSeq(cell, " + ") {
		print, _, _ := strings.Cut(strings.TrimSpace(part), " ")
		if print == "" {
			return nil, diag.Say(string(RecordDamaged.As("fingerprint-missing")))
		}
		if !fingerprintForm.MatchString(print) {
			return nil, diag.Say(string(RecordDamaged.As("fingerprint")), "Words", lang.Clip(print, 20))
		}
		prints = append(prints, print)
	}
	return prints, why
}

// earlier reads a row as it was before a save.
func (p *recordParser) earlier(offset int, fields []string) {
	x := Earlier{Number: strings.TrimSpace(fields[0][1:])}
	if want := len(p.rec.Langs) + 2; len(fields) != want {
		p.fault(offset, "columns", "Columns", len(fields), "Want", want)
		return
	}
	group, err := strconv.ParseUint(strings.TrimSpace(fields[1]), 10, 31)
	if err != nil || !numberForm.MatchString(x.Number) {
		p.fault(offset, "earlier")
		return
	}
	x.Group, x.Prints = int(group), make([][]string, len(p.rec.Langs))
	at := offset + len(fields[0]) + len(fields[1]) + 2
	for l, cell := range fields[2:] {
		prints, why := fingerprintsOf(cell)
		if why.ID != "" {
			p.diags = append(p.diags, diag.Diagnostic{Pos: p.lines.Pos(at), Severity: diag.Error, Code: RecordDamaged, Phrase: why})
			return
		}
		x.Prints[l] = prints
		at += len(cell) + 1
	}
	p.rec.Earlier = append(p.rec.Earlier, x)
}

func (p *recordParser) known(number string) bool {
	_, ok := p.at[number]
	return ok
}

func (p *recordParser) add(row Entry, offset int) {
	if len(p.rec.Entries) == MaxRows {
		p.fault(offset, "rows", "Max", MaxRows)
		p.full = true
		return
	}
	p.at[row.Number] = len(p.rec.Entries)
	p.rec.Entries = append(p.rec.Entries, row)
}

// keep holds the number of a row that cannot be read. What points to it, in the
// record and in the texts, is then not reported too.
func (p *recordParser) keep(number string, offset int) {
	if _, ok := p.at[number]; !ok {
		if (len(p.rec.damaged)+1)*(len(p.rec.Langs)+lostRow) > maxLostCells {
			p.fault(offset, "lost")
			p.full = true
			return
		}
		p.rec.damaged = append(p.rec.damaged, len(p.rec.Entries))
		p.add(Entry{Number: number, Cells: make([]Cell, len(p.rec.Langs)), Line: p.lines.Line(offset)}, offset)
	}
}

func (p *recordParser) text(offset int, fields []string) {
	head := strings.TrimSpace(fields[0])
	number := head[1:]
	by, seen, ok := vouchedFor(fields, head[0] == '=')
	if !numberForm.MatchString(number) || len(fields) < 2 || !ok {
		p.fault(offset, "text-line", "Words", lang.Clip(strings.Join(fields, " "), 40))
		return
	}
	tag, words := strings.TrimSpace(fields[1]), "" // an editor may have cut the tab before an empty text
	if len(fields) > 2 {
		words = strings.TrimRight(fields[2], " ")
	}
	i, ok := p.at[number]
	if !ok {
		p.fault(offset, "no-row", "Number", number)
		if p.keep(number, offset); p.full {
			return
		}
		i = p.at[number]
	}
	l := slices.Index(p.rec.Langs, tag)
	if l < 0 {
		if !p.strange[tag] {
			p.strange[tag] = true
			p.fault(offset+len(fields[0])+1, "unknown-language", "Language", lang.Clip(tag, 20), "Languages", diag.Names(p.rec.Langs))
		}
		return
	}
	if key := (textKey{head, tag}); !p.seen[key] {
		p.seen[key] = true
	} else if !p.torn {
		p.fault(offset, "text-twice", "Text", head, "Language", tag)
		return
	}
	c := &p.rec.Entries[i].Cells[l]
	if head[0] == '=' {
		c.Confirmed, c.IsConfirmed, c.By, c.Seen = words, true, by, seen
		if c.Saved == "" {
			c.Saved = words
		}
	} else {
		c.Saved = words
	}
}

// vouchedFor reads what may follow a confirmed text: who confirmed it, and which
// texts of other languages were seen. It reports whether nothing else follows.
func vouchedFor(fields []string, confirmed bool) (by string, seen map[string]string, ok bool) {
	rest := fields[min(3, len(fields)):]
	for len(rest) > 0 && strings.TrimSpace(rest[len(rest)-1]) == "" {
		rest = rest[:len(rest)-1] // a spreadsheet makes all lines equally wide
	}
	if len(rest) == 0 {
		return "", nil, true
	}
	if by = strings.TrimSpace(rest[0]); !confirmed || len(rest) > 2 || by == "" && len(rest) == 1 || by != "" && !byForm.MatchString(by) {
		return "", nil, false
	}
	if len(rest) == 2 {
		seen = map[string]string{}
		for s := range strings.FieldsSeq(rest[1]) {
			m := seenForm.FindStringSubmatch(s)
			if m == nil {
				return "", nil, false
			}
			seen[m[1]] = m[2]
		}
	}
	return by, seen, true
}
