package record

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
	Path    string
	Langs   []string
	Entries []Entry
	// Addresses of the text, then of its sections.
	Addresses []Address

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
	Fingerprints []string // fingerprints of the blocks
	// Saved is the text when the record was last saved, Confirmed the text an
	// editor confirmed; blocks are parted by the pilcrow.
	Saved       string
	Confirmed   string
	IsConfirmed bool // an empty text can be confirmed too
}

// pilcrow parts the blocks of a cell's text.
const pilcrow = " ¶ "

// fingerprintBytes is 40 bits: two of 10,000 blocks agree by chance once in 20,000 texts.
const fingerprintBytes = 5

// Fingerprint identifies a block by its kind and text.
func Fingerprint(b *doc.Block) string {
	buf := make([]byte, 0, len(b.Text)+4)
	buf = append(strconv.AppendUint(buf, uint64(b.Kind), 10), 0)
	h := sha256.Sum256(append(buf, b.Text...))
	return hex.EncodeToString(h[:fingerprintBytes])
}

// New returns the record of the table, whose columns are docs: its numbers and
// what its rows hold now. Texts confirmed in old, which may be nil, stay confirmed, and its columns
// keep their order, so that a difference shows what changed; a version taken
// away keeps its texts.
func New(t *Table, docs []*doc.Document, old *Record) *Record {
	rec := &Record{}
	was := map[string]*Entry{}
	if old != nil {
		rec.Path, rec.Langs, rec.Addresses = old.Path, slices.Clone(old.Langs), old.Addresses
		for i := range old.Entries {
			was[old.Entries[i].Number] = &old.Entries[i]
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
					c.Fingerprints = append(c.Fingerprints, Fingerprint(&docs[l].Blocks[b]))
				}
				c.Saved = cellText(docs[l], r.Blocks[l])
			}
		}
		rec.Entries = append(rec.Entries, row)
	}
	return rec
}

// Confirm notes that the languages of the passages agree as they stand in the
// record, and returns the numbers that the record does not have. A language
// whose version is away is not confirmed with the others: it stays as it was
// if they did, and else is to be looked at when it comes back.
func (r *Record) Confirm(numbers ...string) (unknown []string) {
	at := map[string]int{}
	for i, row := range r.Entries {
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
		r.confirm(r.Entries[i].Cells)
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
	i := slices.IndexFunc(r.Entries, func(row Entry) bool { return row.Number == number && !row.Gone })
	if i < 0 {
		return false
	}
	r.Entries[i].Pinned = pinned
	return true
}

// ConfirmedText returns the text of a passage in a language as it was last
// confirmed, and whether it was.
func (r *Record) ConfirmedText(number, lang string) (string, bool) {
	l := slices.Index(r.Langs, lang)
	if l < 0 {
		return "", false
	}
	for i := range r.Entries {
		if r.Entries[i].Number == number {
			return r.Entries[i].Cells[l].Confirmed, r.Entries[i].Cells[l].IsConfirmed
		}
	}
	return "", false
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
