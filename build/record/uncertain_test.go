package record

import (
	"testing"

	"stele/build/align"
)

func TestUncertainRowsHavePlaces(t *testing.T) {
	t.Parallel()
	in := []align.Input{lines("en", "One.\nTwo.\n"), lines("ru", "Раз.\nДва.\n")}
	table := &Table{Langs: []string{"en", "ru"}, Rows: []Row{
		{Row: align.Row{Blocks: [][]int{{0}, {0}}, Confidence: 0.9}},
		{Row: align.Row{Blocks: [][]int{{1}, {1}}, Confidence: 0.3}},
	}}
	got := Uncertain(table, docs(in))
	if len(got) != 1 || got[0].Pos.String() != "en.txt:2:1" || len(got[0].Related) != 1 || got[0].Related[0].Pos.String() != "ru.txt:2:1" {
		t.Errorf("got %v, want one finding at en.txt:2:1 related to ru.txt:2:1", got)
	}
	table.Rows[1].Pinned = true
	if got := Uncertain(table, docs(in)); len(got) != 0 {
		t.Errorf("pinned row reported: %v", got)
	}
}
