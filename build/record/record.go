package record

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/align"
	"stele/build/diag"
	"stele/build/doc"
)

// Record is a text's alignment.tsv: the numbers its passages have for good,
// what each holds in every language, and the texts as last confirmed.
//
// The file is made to be read in a diff and mended by hand. A header names the
// columns; then comes a line per passage, and last the texts:
//
//	#passage	mark	ru	zh	en
//	5.3	pin	1f0c… Приоритетами ШОС…	77d1… 上合组织…	0b1c… The SCO…
//	5.4	gone	-	-	-
//	=5.3	en	The SCO priorities in …
//
// A cell lists the fingerprints of its blocks, joined by " + ", each with the
// block's first words for the reader's eye, or "-" for none. The mark "pin"
// keeps a row as it is, "gone" keeps the number of a passage that is no more.
// A line "=5.3" is the text as an editor last confirmed it, "~5.3" the text as
// it was last saved, where that is another; blocks are parted by " ¶ ".
type Record struct {
	Path  string
	Langs []string
	Rows  []Entry

	away []bool // by language, whether there is no version now; nil for a record as read
}

// Entry is one passage of a Record.
type Entry struct {
	Number string
	Pinned bool
	Gone   bool
	Cells  []Cell // by language, as Record.Langs
	Line   int    // in the file, 0 for a row not read from one
}

// Cell is one language's part of a recorded passage.
type Cell struct {
	Prints []string // fingerprints of the blocks
	// Saved is the text when the record was last saved, Confirmed the text an
	// editor confirmed; blocks are parted by the pilcrow.
	Saved       string
	Confirmed   string
	IsConfirmed bool // an empty text can be confirmed too
}

const (
	pilcrow    = " ¶ "
	printBytes = 5 // 40 bits: two of 10,000 blocks agree by chance once in 20,000 texts
	hintWidth  = 24
)

var (
	numberForm = regexp.MustCompile(`^(0|[1-9]\d{0,17})[a-z]*(\.(0|[1-9]\d{0,17})[a-z]*)?$`)
	langForm   = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
	printForm  = regexp.MustCompile(fmt.Sprintf(`^[0-9a-f]{%d}$`, 2*printBytes))
)

// Fingerprint identifies a block by its kind and text.
func Fingerprint(b *doc.Block) string {
	buf := make([]byte, 0, len(b.Text)+4)
	buf = append(strconv.AppendUint(buf, uint64(b.Kind), 10), 0)
	h := sha256.Sum256(append(buf, b.Text...))
	return hex.EncodeToString(h[:printBytes])
}

// Parse reads an alignment.tsv. A faulty line is reported with its place,
// once however many lines hang on it, and what it says is left out; a number
// that can be read in it counts as gone, so that it is known and not given again.
func Parse(path, text string) (*Record, diag.List) {
	p := recordParser{
		rec: &Record{Path: path}, at: map[string]int{}, lines: diag.NewLines(path, text),
		seen: map[textKey]bool{}, strange: map[string]bool{},
	}
	offset := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		p.line(offset, strings.TrimRight(line, "\r\n"))
		offset += len(line)
	}
	if p.rec.Langs == nil && len(p.diags) == 0 {
		p.diags.Errorf(diag.Pos{Path: path, Line: 1, Col: 1}, "record-damaged", "there is no header line; it begins with “#passage”, “mark” and the languages, parted by tabs")
	}
	return p.rec, p.diags
}

type recordParser struct {
	rec     *Record
	at      map[string]int // number -> index in rec.Rows
	lines   *diag.Lines
	diags   diag.List
	seen    map[textKey]bool
	strange map[string]bool // languages of texts that the header has not, reported
	torn    bool            // between the marks of a merge, where lines stand twice
}

// textKey names a text line: its first field, as in “=5.3”, and its language.
type textKey struct{ head, lang string }

func (p *recordParser) fault(offset int, format string, args ...any) {
	p.diags.Errorf(p.lines.Pos(offset), "record-damaged", format, args...)
}

func (p *recordParser) line(offset int, s string) {
	fields := strings.Split(s, "\t")
	switch {
	case strings.TrimSpace(s) == "":
	case isMergeMark(s):
		if !p.torn {
			p.fault(offset, "two versions of the record meet here; choose one and remove the marks of the merge")
		}
		p.torn = s[0] != '>'
	case strings.TrimSpace(fields[0]) == "#passage":
		p.header(offset, fields)
	case strings.HasPrefix(s, "#"):
	case p.rec.Langs == nil:
		p.fault(offset, "a line before the header “#passage …”")
		p.rec.Langs = []string{}
	case len(p.rec.Langs) == 0: // without a header no line can be read
	case strings.HasPrefix(s, "="), strings.HasPrefix(s, "~"):
		p.text(offset, fields)
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
		p.fault(offset, "a second header line; remove it")
		return
	}
	p.rec.Langs = []string{}
	if len(fields) < 3 || strings.TrimSpace(fields[1]) != "mark" {
		p.fault(offset, "the header must be “#passage”, “mark” and the languages, parted by tabs")
		return
	}
	at := offset + len(fields[0]) + len(fields[1]) + 2
	var langs []string
	for _, f := range fields[2:] {
		lang := strings.TrimSpace(f)
		switch {
		case !langForm.MatchString(lang):
			p.fault(at, "“%s” is not a language such as ru or zh-Hans; the header gives one for each column", clip(lang, 20))
			return
		case slices.Contains(langs, lang):
			p.fault(at, "the language %s has a column already", lang)
			return
		}
		langs = append(langs, lang)
		at += len(f) + 1
	}
	p.rec.Langs = langs
}

func (p *recordParser) row(offset int, fields []string) {
	row := Entry{Number: strings.TrimSpace(fields[0]), Cells: make([]Cell, len(p.rec.Langs)), Line: p.lines.Line(offset)}
	if !numberForm.MatchString(row.Number) {
		// Perhaps the tabs became spaces: then the number can still be known.
		first, _, _ := strings.Cut(row.Number, " ")
		if len(fields) == 1 && first != row.Number && numberForm.MatchString(first) {
			p.fault(offset, "the columns of this line are not parted by tabs")
			p.keep(first, offset)
			return
		}
		p.fault(offset, "“%s” is not a passage number such as 5.3 or 5.3a", clip(row.Number, 20))
		return
	}
	if first, dup := p.at[row.Number]; dup {
		if !p.torn {
			p.fault(offset, "the number %s stands in line %d already; a number is given once", row.Number, p.rec.Rows[first].Line)
		}
		return
	}
	if at, why := p.cells(&row, fields); why != "" {
		p.fault(offset+at, "%s", why)
		p.keep(row.Number, offset)
		return
	}
	p.add(row)
}

// cells reads what stands after a row's number. If it cannot, it says why and
// how far from the beginning of the line.
func (p *recordParser) cells(row *Entry, fields []string) (at int, why string) {
	if want := len(p.rec.Langs) + 2; len(fields) != want {
		return 0, fmt.Sprintf("this line has %d columns, the header has %d; columns are parted by tabs", len(fields), want)
	}
	at = len(fields[0]) + 1
	for mark := range strings.FieldsSeq(fields[1]) {
		switch mark {
		case "pin":
			row.Pinned = true
		case "gone":
			row.Gone = true
		case "-":
		default:
			return at, fmt.Sprintf("the mark “%s” is not known; it is “pin”, “gone” or “-”", clip(mark, 20))
		}
	}
	at += len(fields[1]) + 1
	for l, cell := range fields[2:] {
		if c := strings.TrimSpace(cell); c != "-" && c != "" {
			for part := range strings.SplitSeq(cell, " + ") {
				print, _, _ := strings.Cut(strings.TrimSpace(part), " ")
				if print == "" {
					return at, "a fingerprint is missing; a cell is “-” or fingerprints joined by “ + ”"
				}
				if !printForm.MatchString(print) {
					return at, fmt.Sprintf("“%s” is not a fingerprint; a cell is “-” or fingerprints joined by “ + ”", clip(print, 20))
				}
				row.Cells[l].Prints = append(row.Cells[l].Prints, print)
			}
		}
		at += len(cell) + 1
	}
	return 0, ""
}

func (p *recordParser) add(row Entry) {
	p.at[row.Number] = len(p.rec.Rows)
	p.rec.Rows = append(p.rec.Rows, row)
}

// keep holds the number of a row that cannot be read. What points to it, in the
// record and in the texts, is then not reported too.
func (p *recordParser) keep(number string, offset int) {
	if _, ok := p.at[number]; !ok {
		p.add(Entry{Number: number, Gone: true, Cells: make([]Cell, len(p.rec.Langs)), Line: p.lines.Line(offset)})
	}
}

func (p *recordParser) text(offset int, fields []string) {
	head := strings.TrimSpace(fields[0])
	number := head[1:]
	if !numberForm.MatchString(number) || len(fields) < 2 || len(fields) > 3 {
		p.fault(offset, "the line “%s” must give a passage's number, a language and the text, parted by tabs", clip(strings.Join(fields, " "), 40))
		return
	}
	lang, words := strings.TrimSpace(fields[1]), "" // an editor may have cut the tab before an empty text
	if len(fields) == 3 {
		words = strings.TrimRight(fields[2], " ")
	}
	i, ok := p.at[number]
	if !ok {
		p.fault(offset, "there is no row for passage %s above; put it back, or mark it “gone” if its text went into another", number)
		p.keep(number, offset)
		i = p.at[number]
	}
	l := slices.Index(p.rec.Langs, lang)
	if l < 0 {
		if !p.strange[lang] {
			p.strange[lang] = true
			p.fault(offset+len(fields[0])+1, "“%s” is not among the languages of the header, which are %s", clip(lang, 20), strings.Join(p.rec.Langs, ", "))
		}
		return
	}
	if key := (textKey{head, lang}); !p.seen[key] {
		p.seen[key] = true
	} else if !p.torn {
		p.fault(offset, "the text %s in %s stands above already", head, lang)
		return
	}
	c := &p.rec.Rows[i].Cells[l]
	if head[0] == '=' {
		c.Confirmed, c.IsConfirmed = words, true
		if c.Saved == "" {
			c.Saved = words
		}
	} else {
		c.Saved = words
	}
}

// WriteTo writes the record in its file form.
func (r *Record) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	b.WriteString("# The passages of this text and what they hold. Written by “stele align --save”; may be mended by hand.\n")
	b.WriteString("#passage\tmark\t" + strings.Join(r.Langs, "\t") + "\n")
	for _, row := range r.Rows {
		mark := "-"
		switch {
		case row.Gone:
			mark = "gone"
		case row.Pinned:
			mark = "pin"
		}
		b.WriteString(row.Number + "\t" + mark)
		for _, c := range row.Cells {
			b.WriteString("\t" + c.line())
		}
		b.WriteString("\n")
	}
	b.WriteString("# The texts: “=” as confirmed, “~” as saved where that is another.\n")
	for _, row := range r.Rows {
		for l, c := range row.Cells {
			if c.IsConfirmed {
				fmt.Fprintf(&b, "=%s\t%s\t%s\n", row.Number, r.Langs[l], c.Confirmed)
			}
			if c.Saved != "" && (!c.IsConfirmed || c.Saved != c.Confirmed) {
				fmt.Fprintf(&b, "~%s\t%s\t%s\n", row.Number, r.Langs[l], c.Saved)
			}
		}
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

func (c Cell) line() string {
	if len(c.Prints) == 0 {
		return "-"
	}
	texts := strings.Split(c.Saved, pilcrow)
	parts := make([]string, len(c.Prints))
	for i, p := range c.Prints {
		parts[i] = p
		if i < len(texts) && texts[i] != "" {
			parts[i] += firstWords(texts[i])
		}
	}
	return strings.Join(parts, " + ")
}

// firstWords is a space and the text's first words without a plus sign by itself,
// which parts the blocks of a cell.
func firstWords(text string) string {
	h := " " + clip(text, hintWidth) + " "
	for strings.Contains(h, " + ") {
		h = strings.ReplaceAll(h, " + ", " ")
	}
	return strings.TrimSuffix(h, " ")
}

// clip shortens s to a width of about n letters; a Han character is two wide.
func clip(s string, n int) string {
	width := 0
	for i, r := range s {
		width++
		if unicode.Is(unicode.Han, r) {
			width++
		}
		if width > n {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}

// cellText is the text of the blocks of one cell as the record keeps it.
func cellText(d *doc.Document, blocks []int) string {
	if len(blocks) == 1 { // as nearly always
		return plainPart(d.Blocks[blocks[0]].Text)
	}
	parts := make([]string, len(blocks))
	for i, b := range blocks {
		parts[i] = plainPart(d.Blocks[b].Text)
	}
	return strings.Join(parts, pilcrow)
}

// plainPart keeps a block's text on one line of the file, within its column and
// apart from the next block's.
func plainPart(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	for _, white := range []string{"\t", "\n", "\r"} {
		s = strings.ReplaceAll(s, white, " ") // which looks for one byte, and finds none, at no cost
	}
	if strings.Contains(s, "¶") { // rare, unlike the blanks of the pilcrow
		s = strings.ReplaceAll(s, pilcrow, " ")
	}
	return s
}

// New returns the record of the table: its numbers and what its rows hold
// now. Texts confirmed in old, which may be nil, stay confirmed, and its columns
// keep their order, so that a difference shows what changed; a version taken
// away keeps its texts.
func New(t *Table, in []align.Input, old *Record) *Record {
	rec := &Record{}
	was := map[string]*Entry{}
	if old != nil {
		rec.Path, rec.Langs = old.Path, slices.Clone(old.Langs)
		for i := range old.Rows {
			was[old.Rows[i].Number] = &old.Rows[i]
		}
	}
	kept := len(rec.Langs) // columns of old
	for _, l := range t.Langs {
		if !slices.Contains(rec.Langs, l) {
			rec.Langs = append(rec.Langs, l)
		}
	}
	for _, l := range rec.Langs {
		rec.away = append(rec.away, !slices.Contains(t.Langs, l))
	}
	for _, r := range t.Rows {
		row := Entry{Number: r.Number, Pinned: r.Pinned, Gone: r.Removed, Cells: make([]Cell, len(rec.Langs))}
		for k, lang := range rec.Langs {
			c := &row.Cells[k]
			l := slices.Index(t.Langs, lang)
			if o := was[r.Number]; o != nil && k < kept {
				c.Confirmed, c.IsConfirmed = o.Cells[k].Confirmed, o.Cells[k].IsConfirmed
				if l < 0 {
					*c = o.Cells[k]
				}
			}
			if l >= 0 && r.Blocks != nil {
				for _, b := range r.Blocks[l] {
					c.Prints = append(c.Prints, Fingerprint(&in[l].Doc.Blocks[b]))
				}
				c.Saved = cellText(in[l].Doc, r.Blocks[l])
			}
		}
		rec.Rows = append(rec.Rows, row)
	}
	return rec
}

// Confirm notes that the languages of the passages agree as they stand in the
// record, and returns the numbers that the record does not have. A language
// whose version is away is not confirmed with the others: it stays as it was
// if they did, and else is to be looked at when it comes back.
func (r *Record) Confirm(numbers ...string) (unknown []string) {
	at := map[string]int{}
	for i, row := range r.Rows {
		if !row.Gone {
			at[row.Number] = i
		}
	}
	for _, n := range numbers {
		i, ok := at[n]
		if !ok {
			unknown = append(unknown, n)
			continue
		}
		r.confirm(r.Rows[i].Cells)
	}
	return unknown
}

func (r *Record) confirm(cells []Cell) {
	away := func(l int) bool { return r.away != nil && r.away[l] }
	changed := false
	for l := range cells {
		if c := &cells[l]; !away(l) {
			changed = changed || !c.IsConfirmed || c.Confirmed != c.Saved
			c.Confirmed, c.IsConfirmed = c.Saved, true
		}
	}
	for l := range cells {
		if c := &cells[l]; away(l) && changed {
			c.Confirmed, c.IsConfirmed = "", false
		}
	}
}

// Pin fixes a passage's row, or frees it, and reports whether it exists.
func (r *Record) Pin(number string, pinned bool) bool {
	i := slices.IndexFunc(r.Rows, func(row Entry) bool { return row.Number == number && !row.Gone })
	if i < 0 {
		return false
	}
	r.Rows[i].Pinned = pinned
	return true
}

// ConfirmedText returns the text of a passage in a language as it was last
// confirmed, and whether it was.
func (r *Record) ConfirmedText(number, lang string) (string, bool) {
	l := slices.Index(r.Langs, lang)
	if l < 0 {
		return "", false
	}
	for i := range r.Rows {
		if r.Rows[i].Number == number {
			return r.Rows[i].Cells[l].Confirmed, r.Rows[i].Cells[l].IsConfirmed
		}
	}
	return "", false
}

// standing tells how each language's text stands to what was confirmed. cells
// holds the recorded cells, now the present texts, and here whether there is a
// block, which may be without words; all by language.
func standing(cells []Cell, now []string, here []bool) []State {
	out := make([]State, len(now))
	changed := false
	confirmed := false
	for l, c := range cells {
		confirmed = confirmed || c.IsConfirmed
		changed = changed || c.IsConfirmed && c.Confirmed != now[l]
	}
	if !confirmed {
		return out
	}
	for l, c := range cells {
		switch {
		case !here[l] && !c.IsConfirmed: // a language that is new
		case !here[l] && c.Confirmed == "":
			out[l] = Absent
		case !c.IsConfirmed, c.Confirmed == "" && now[l] != "":
			out[l] = Added
		case c.Confirmed != "" && now[l] == "":
			out[l] = Missing
		case c.Confirmed != now[l]:
			out[l] = Changed
		case changed:
			out[l] = Stale
		default:
			out[l] = Confirmed
		}
	}
	return out
}
