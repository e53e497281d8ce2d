package markdown

import (
	"bytes"
	"testing"

	"github.com/yuin/goldmark/text"
)

// TestLineReader: what stands between two places is what goldmark finds there.
func TestLineReader(t *testing.T) {
	t.Parallel()
	src := []byte("[a\nb]  c\n\td [é\n\nлог]\nx")
	lines := text.NewSegments()
	for at := 0; at < len(src); {
		end := at + bytes.IndexByte(append(src[at:len(src):len(src)], '\n'), '\n') + 1
		s := text.NewSegment(at, min(end, len(src)))
		if src[at] == '\t' {
			s = text.NewSegmentPadding(at+1, min(end, len(src)), 2)
		}
		lines.Append(s)
		at = end
	}
	reader := text.NewBlockReader(src, lines)
	for from := range src {
		if src[from] == '\t' {
			continue // the padding stands for it
		}
		for to := from; to <= len(src); to++ {
			s := text.NewSegment(from, to)
			if got, want := (lineReader{reader, lines}).Value(s), reader.Value(s); !bytes.Equal(got, want) {
				t.Errorf("%d to %d: %q, want %q", from, to, got, want)
			}
		}
	}
}
