package align

import (
	"strings"
	"testing"
)

func TestLongGapInLongText(t *testing.T) {
	t.Parallel()
	in := invented(t, 1200, 31)
	lines := strings.Split(textOf(in[1]), "\n")
	in[1] = linesInput("ru", strings.Join(append(lines[:400:400], lines[800:]...), "\n"))
	rows := Align(in[:2])
	checkRows(t, rows, in[:2])
	both, alone := 0, 0
	for _, r := range rows {
		switch {
		case len(r.Blocks[0]) > 0 && len(r.Blocks[1]) > 0:
			both++
		case len(r.Blocks[1]) > 0:
			alone++
		}
	}
	// Every block of the shorter text has its partner in the longer one.
	if alone > both/50 || both < (len(lines)-400)*8/10 {
		t.Errorf("%d rows with both languages, %d of the shorter alone; want some %d and nearly none", both, alone, len(lines)-400)
	}
}
