package build

import (
	"strings"
	"testing"
	"testing/fstest"

	"stele/build/record"
)

// TestFrozenStaysKnown: an edit of the present version, and of its record, leaves
// the numbers of the earlier versions and what they are compared by as they are.
func TestFrozenStaysKnown(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{}
	write := func(name, data string) { content[name] = &fstest.MapFile{Data: []byte(data)} }
	const en, ru = "# The law\n\nThe court consists of seven judges.\n\nIt sits every month.\n", "# Закон\n\nСуд состоит из семи судей.\n\nОн заседает ежемесячно.\n"
	write("law/en.md", en)
	write("law/ru.md", ru)
	b := New(Inputs{Content: content})
	load := func() *Edition {
		e, found, err := b.Load(t.Context())
		if err != nil || found.HasErrors() {
			t.Fatal(err, found)
		}
		return e
	}
	for _, date := range []string{"2001-01-01", "2002-02-02", "2003-03-03"} {
		frozen, err := load().Freeze("law", date, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range frozen {
			write(f.Path, string(f.Data))
		}
	}
	before := load()
	tables := b.cache.texts["law"].history.tables
	for _, edit := range []func(){
		func() { write("law/en.md", strings.Replace(en, "month", "week", 1)) },
		func() {
			rev, err := before.Revise("law", []string{"1"}, func(r *record.Record) (string, error) { return "", nil })
			if err != nil {
				t.Fatal(err)
			}
			write(rev.Path, rev.Content+"# a remark\n")
		},
	} {
		edit()
		e := load()
		for i, table := range b.cache.texts["law"].history.tables {
			if table != tables[i] {
				t.Errorf("version %d is numbered again", i)
			}
		}
		was, is := before.Site.History("law").Comparisons, e.Site.History("law").Comparisons
		for i := range 2 {
			if &was[i].Changes[0] != &is[i].Changes[0] {
				t.Errorf("%s is compared again", is[i].Name)
			}
			if is[i].From.History != e.Site.History("law") {
				t.Errorf("%s is of another site", is[i].Name)
			}
		}
	}
}
