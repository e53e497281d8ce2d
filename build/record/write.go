package record

import (
	"fmt"
	"io"
	"strings"

	"stele/build/lang"
)

// previewWidth is how wide the first words of a block are that follow its fingerprint.
const previewWidth = 24

// WriteTo writes the record in its file form.
func (r *Record) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	b.WriteString("# The passages of this text and what they hold. Written by “stele align --save”; may be mended by hand.\n")
	b.WriteString("#passage\tmark\t" + strings.Join(r.Langs, "\t") + "\n")
	for _, row := range r.Entries {
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
	r.addresses(&b)
	b.WriteString("# The texts: “=” as confirmed, “~” as saved where that is another.\n")
	for _, row := range r.Entries {
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
	if len(c.Fingerprints) == 0 {
		return "-"
	}
	texts := strings.Split(c.Saved, pilcrow)
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
