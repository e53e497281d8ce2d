package record

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stele/build/align"
)

// TestLikeTexts: compared all at once, texts are as like as one by one.
func TestLikeTexts(t *testing.T) {
	t.Parallel()
	texts := []string{"", "Реки и озера страны.", "Озера и реки.", "各成员国将加强合作。", "成员国合作", "aaa aaa aaa", "The rivers", "Реки и озера страны. Дороги."}
	var lost []lostBlock
	for _, s := range texts {
		lost = append(lost, lostBlock{text: gramsOf(s)})
	}
	all := likeTextsOf(lost)
	for _, s := range texts {
		g := gramsOf(s)
		common := all.compare(g)
		for k := range lost {
			dice, in := g.with(lost[k].text, common[k])
			if d, i := likeness(g, lost[k].text); d != dice || i != in {
				t.Errorf("%q, %q: %v %v, one by one %v %v", s, texts[k], dice, in, d, i)
			}
		}
	}
}

// TestManyEdited: a thousand paragraphs that were all edited are found again in less
// time than an editor at the desk notices, which would otherwise be spent at each
// act: in a small part of what it takes to compare each with each one by one.
func TestManyEdited(t *testing.T) {
	t.Parallel()
	rc, rec := manyEdited(1000)
	begun := time.Now()
	rc.assignEdited(0)
	took := time.Since(begun)
	for b, row := range rc.entryOf[0] {
		if row != b {
			t.Fatalf("paragraph %d is found in row %d", b, row)
		}
	}
	var saved []grams
	for _, e := range rec.Entries {
		saved = append(saved, gramsOf(e.Cells[0].Saved))
	}
	begun = time.Now() // one by one for a twentieth of the pairs
	for b := 0; b < len(saved); b += 20 {
		g := gramsOf(rc.in[0].Doc.Blocks[b].Text)
		for _, s := range saved {
			likeness(g, s)
		}
	}
	if single := time.Since(begun) * 20; took > single/4 {
		t.Errorf("it took %v; one by one it is %v", took, single)
	}
}

// manyEdited is a text of n paragraphs that were all edited, with its record.
func manyEdited(n int) (*reconciler, *Record) {
	words := func(i int) string {
		var b strings.Builder
		for k := range 40 {
			fmt.Fprintf(&b, "%x%d ", (i*40+k)*2654435761%4294967291, k)
		}
		return b.String()
	}
	var lines []string
	rec := &Record{Langs: []string{"en"}}
	for i := range n {
		lines = append(lines, words(i)+"new")
		rec.Entries = append(rec.Entries, Entry{Number: fmt.Sprintf("0.%d", i+1), Cells: []Cell{{Saved: words(i), Fingerprints: []string{fmt.Sprintf("%010x", i)}}}})
	}
	return newReconciler([]align.Input{text("en", lines...)}, rec), rec
}
