package record

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stele/build/compare"
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
//	5.4	gone 5.3	-	-	-
//	=5.3	en	The SCO priorities in …	2026-11-28 Anna
//
// A cell lists the fingerprints of its blocks, joined by " + ", each with the
// block's first words for the reader's eye, or "-" for none. Of the marks, "pin"
// keeps a row as it is; "gone" keeps the number of a passage that is no more,
// with the passages that its text is part of now, if any; "divided" names those
// that were parted from a passage.
//
// A line "=5.3" is the text as an editor last confirmed it, "~5.3" the text as
// it was last saved, where that is another; blocks are parted by " ¶ ". The
// first may say when and by whom it was confirmed, and in a fifth column, where
// they are not the other languages as confirmed, which texts of the others were
// seen then: "ru:1f0c22aa". Lines that begin with "<" are rows as they were
// before a save joined or divided them: should their texts come back, they do.
type Record struct {
	Path    string
	Langs   []string
	Entries []Entry
	// Addresses of the text, then of its sections.
	Addresses []Address
	Earlier   []Earlier

	given   map[string]bool // numbers that other versions of the text have
	away    []bool          // by language, whether there is no version now; nil for a record as read
	damaged []int           // entries of which no more could be read than the number
}

// Entry is one passage of a Record.
type Entry struct {
	Number string
	Pinned bool
	Gone   bool
	// Parts are, for a passage that is gone, the passages that its text is part
	// of; for another, those that were parted from it.
	Parts []string
	Cells []Cell // by language, as Record.Langs
	Line  int    // in the file, 0 for a row not read from one
}

// Published reports whether somebody confirmed the passage, in any language:
// its number may be known to readers.
func (e *Entry) Published() bool {
	return slices.ContainsFunc(e.Cells, func(c Cell) bool { return c.IsConfirmed })
}

// Cell is one language's part of a recorded passage.
type Cell struct {
	Fingerprints []string // fingerprints of the blocks
	// Saved is the text when the record was last saved, Confirmed the text an
	// editor confirmed; blocks are parted by the pilcrow.
	Saved       string
	Confirmed   string
	IsConfirmed bool // an empty text can be confirmed too
	// By says when and by whom it was confirmed, as "2026-11-28 Anna"; empty if
	// nobody told.
	By string
	// Seen are the texts of other languages, in the short form of textPrint, that
	// were seen by who confirmed this one; a language that is not in it was seen as
	// it is confirmed itself.
	Seen map[string]string
}

// Earlier is a row as it was before a save changed what stands together in it.
type Earlier struct {
	Number string
	Group  int        // rows of one group were changed together, and come back together
	Prints [][]string // the fingerprints by language, as Record.Langs
}

// Pilcrow parts the blocks of a cell's text.
const Pilcrow = " ¶ "

// fingerprintBytes is 40 bits: two of 10,000 blocks agree by chance once in 20,000 texts.
const fingerprintBytes = 5

// Fingerprint identifies a block by its kind and text.
func Fingerprint(b *doc.Block) string {
	buf := make([]byte, 0, len(b.Text)+4)
	buf = append(strconv.AppendUint(buf, uint64(b.Kind), 10), 0)
	h := sha256.Sum256(append(buf, b.Text...))
	return hex.EncodeToString(h[:fingerprintBytes])
}

// textPrint is the short form of a cell's text that Seen holds.
func textPrint(text string) string {
	h := sha256.Sum256([]byte(compare.Fold(text)))
	return hex.EncodeToString(h[:textPrintBytes])
}

const textPrintBytes = 4

// ConfirmedText returns the text of a passage in a language as it was last
// confirmed, and whether it was.
func (r *Record) ConfirmedText(number, lang string) (string, bool) {
	c := r.cell(number, lang)
	return c.Confirmed, c.IsConfirmed
}

// ConfirmedBy returns who confirmed a passage in a language, and when, as far as
// they told.
func (r *Record) ConfirmedBy(number, lang string) string { return r.cell(number, lang).By }

func (r *Record) cell(number, lang string) Cell {
	l := slices.Index(r.Langs, lang)
	if l < 0 {
		return Cell{}
	}
	for i := range r.Entries {
		if r.Entries[i].Number == number {
			return r.Entries[i].Cells[l]
		}
	}
	return Cell{}
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
	return strings.Join(parts, Pilcrow)
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
		s = strings.ReplaceAll(s, Pilcrow, " ")
	}
	return s
}
