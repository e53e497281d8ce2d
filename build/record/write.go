package record

import (
	"fmt"
	"io"
	"strings"

	"stele/build/lang"
	"stele/i18n"
)

// previewWidth is how wide the first words of a block are that follow its fingerprint.
const previewWidth = 24

// WriteTo writes the record in its file form.
func (r *Record) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	b.WriteString(i18n.Comment("record", r.Langs...))
	b.WriteString("#passage\tmark\t" + strings.Join(r.Langs, "\t") + "\n")
	for _, row := range r.Entries {
		b.WriteString(row.Number + "\t" + row.mark())
		for _, c := range row.Cells {
			b.WriteString("\t" + c.line())
		}
		b.WriteString("\n")
	}
	r.addresses(&b)
	b.WriteString(i18n.Comment("record-texts", r.Langs...))
	for _, row := range r.Entries {
		for l, c := range row.Cells {
			if c.IsConfirmed {
				fmt.Fprintf(&b, "=%s\t%s\t%s%s\n", row.Number, r.Langs[l], c.Confirmed, r.vouched(c))
			}
			if c.Saved != "" && (!c.IsConfirmed || c.Saved != c.Confirmed) {
				fmt.Fprintf(&b, "~%s\t%s\t%s\n", row.Number, r.Langs[l], c.Saved)
			}
		}
	}
	if len(r.Earlier) > 0 {
		b.WriteString(i18n.Comment("record-earlier", r.Langs...))
	}
	for _, x := range r.Earlier {
		fmt.Fprintf(&b, "<%s\t%d", x.Number, x.Group)
		for _, prints := range x.Prints {
			b.WriteString("\t" + Cell{Fingerprints: prints}.line())
		}
		b.WriteString("\n")
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// mark is the second column of a row.
func (e *Entry) mark() string {
	var marks []string
	switch {
	case e.Gone:
		marks = append(append(marks, "gone"), e.Parts...)
	case e.Pinned:
		marks = append(marks, "pin")
	}
	if !e.Gone && len(e.Parts) > 0 {
		marks = append(append(marks, "divided"), e.Parts...)
	}
	if marks == nil {
		return "-"
	}
	return strings.Join(marks, " ")
}

// vouched is what follows a confirmed text: by whom, and beside what.
func (r *Record) vouched(c Cell) string {
	if c.By == "" && len(c.Seen) == 0 {
		return ""
	}
	s := "\t" + plainPart(c.By)
	if len(c.Seen) == 0 {
		return s
	}
	var seen []string
	for _, l := range r.Langs {
		if print, ok := c.Seen[l]; ok {
			seen = append(seen, l+":"+print)
		}
	}
	return s + "\t" + strings.Join(seen, " ")
}

func (c Cell) line() string {
	if len(c.Fingerprints) == 0 {
		return "-"
	}
	texts := strings.Split(c.Saved, Pilcrow)
	parts := make([]string, len(c.Fingerprints))
	for i, p := range c.Fingerprints {
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
	h := " " + lang.Clip(text, previewWidth) + " "
	for strings.Contains(h, " + ") {
		h = strings.ReplaceAll(h, " + ", " ")
	}
	return strings.TrimSuffix(h, " ")
}
