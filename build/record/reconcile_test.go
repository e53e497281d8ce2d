package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stele/build/align"
	"stele/build/doc"
	"stele/build/markdown"
)

// text makes a document of lines: "## " opens a section, "* * *" a closing
// part, everything else is a paragraph.
func text(lang string, lines ...string) align.Input {
	d := &doc.Document{Text: "t", Lang: lang, Path: "t/" + lang + ".md"}
	for _, l := range lines {
		b := doc.Block{Text: l}
		switch {
		case l == "* * *":
			b = doc.Block{Kind: doc.Break}
		case strings.HasPrefix(l, "# "):
			b = doc.Block{Kind: doc.Heading, Level: 1, Text: l[2:]}
		case strings.HasPrefix(l, "## "):
			b = doc.Block{Kind: doc.Heading, Level: 2, Text: l[3:]}
		}
		d.Blocks = append(d.Blocks, b)
	}
	return align.Input{Doc: d}
}

// numbers maps each block's text to the number of its row.
func numbers(t *testing.T, tab *Table, in []align.Input) map[string]string {
	t.Helper()
	out := map[string]string{}
	seen := map[string]bool{}
	for _, r := range tab.Rows {
		if r.Number == "" || seen[r.Number] {
			t.Fatalf("number %q given twice or empty", r.Number)
		}
		seen[r.Number] = true
		for l, blocks := range r.Blocks {
			for _, b := range blocks {
				out[in[l].Doc.Lang+":"+in[l].Doc.Blocks[b].Text] = r.Number
			}
		}
	}
	return out
}

func TestNumbersStay(t *testing.T) {
	t.Parallel()
	en := []string{"# The Strategy", "Opening words of the strategy.", "## First part", "Trade between members grows every year.", "Customs bodies exchange data on goods.", "Energy projects are carried out jointly.", "## Second part", "Culture and sport bring people closer.", "Health services share their experience."}
	ru := []string{"# Стратегия", "Вступительные слова стратегии.", "## Первая часть", "Торговля между членами растет каждый год.", "Таможенные органы обмениваются данными о товарах.", "Энергетические проекты выполняются совместно.", "## Вторая часть", "Культура и спорт сближают людей.", "Службы здравоохранения делятся опытом."}
	del := func(s []string, i int) []string { return slices.Delete(slices.Clone(s), i, i+1) }
	ins := func(s []string, i int, l ...string) []string { return slices.Insert(slices.Clone(s), i, l...) }
	set := func(s []string, i int, l string) []string { s = slices.Clone(s); s[i] = l; return s }
	for _, c := range []struct {
		name   string
		en, ru []string
		want   []string // the rows' numbers in order; "!" marks a removed one
	}{
		{"unchanged", en, ru, []string{"0", "0.1", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"}},
		{"insert in all", ins(en, 5, "A wholly new paragraph about ports."), ins(ru, 5, "Совсем новый абзац о портах и причалах."), []string{"0", "0.1", "1", "1.1", "1.2", "1.2a", "1.3", "2", "2.1", "2.2"}},
		{"insert two", ins(en, 5, "A wholly new paragraph about ports.", "Another new one on river shipping."), ins(ru, 5, "Совсем новый абзац о портах и причалах.", "Еще один новый, о речных перевозках."), []string{"0", "0.1", "1", "1.1", "1.2", "1.2a", "1.2b", "1.3", "2", "2.1", "2.2"}},
		{"insert first", ins(en, 3, "A wholly new paragraph about ports."), ins(ru, 3, "Совсем новый абзац о портах и причалах."), []string{"0", "0.1", "1", "1.0a", "1.1", "1.2", "1.3", "2", "2.1", "2.2"}},
		{"append", append(slices.Clone(en), "A last new paragraph on tourism."), append(slices.Clone(ru), "Последний новый абзац о туризме."), []string{"0", "0.1", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.2", "2.3"}},
		{"delete in all", del(en, 4), del(ru, 4), []string{"0", "0.1", "1", "1.1", "1.2!", "1.3", "2", "2.1", "2.2"}},
		{"delete in one", del(en, 4), ru, []string{"0", "0.1", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"}},
		{"retype a word in both", set(en, 4, "Customs bodies exchange some data on goods."), set(ru, 4, "Таможенные органы обмениваются всеми данными о товарах."), []string{"0", "0.1", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"}},
		{"rewrite in one", set(en, 4, "Officers at the frontier tell each other what passes."), ru, []string{"0", "0.1", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"}},
		{"a placeholder in one", set(en, 4, "…"), ru, []string{"0", "0.1", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"}},
		{"a placeholder for the last", set(en, 8, "…"), ru, []string{"0", "0.1", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"}},
		{"replaced in all", set(en, 4, "Museums lend each other old paintings."), set(ru, 4, "Музеи одалживают друг другу старые картины."), []string{"0", "0.1", "1", "1.1", "1.2!", "1.2a", "1.3", "2", "2.1", "2.2"}},
		{"a heading for a paragraph", set(en, 4, "## …"), ru, []string{"0", "0.1", "1", "1.1", "1.2", "1a", "1.3", "2", "2.1", "2.2"}},
		{"move in all", ins(del(en, 3), 7, en[3]), ins(del(ru, 3), 7, ru[3]), []string{"0", "0.1", "1", "1.2", "1.3", "2", "2.1", "1.1", "2.2"}},
		{"new section", ins(en, 6, "## Ports part", "On ports there is much to say."), ins(ru, 6, "## Часть о портах", "О портах можно сказать многое."), []string{"0", "0.1", "1", "1.1", "1.2", "1.3", "1a", "1a.1", "2", "2.1", "2.2"}},
		{"split in both", set(ins(en, 5, "on goods and on people who cross."), 4, "Customs bodies exchange data"), set(ins(ru, 5, "о товарах и о людях на границе."), 4, "Таможенные органы обмениваются данными"), []string{"0", "0.1", "1", "1.1", "1.2", "1.2a", "1.3", "2", "2.1", "2.2"}},
		{"split, the second part the longer", set(ins(en, 8, "bring people closer."), 7, "Culture and sport"), set(ins(ru, 8, "сближают людей."), 7, "Культура и спорт"), []string{"0", "0.1", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.1a", "2.2"}},
		{"another like it", ins(en, 4, "Trade between members grows every month."), ins(ru, 4, "Торговля между членами растет каждый месяц."), []string{"0", "0.1", "1", "1.1", "1.1a", "1.2", "1.3", "2", "2.1", "2.2"}},
		{"edited, and another like it", set(ins(en, 4, "Trade between members grows in every month."), 3, "Trade between members grows in every year."), set(ins(ru, 4, "Торговля между членами растет и в каждый месяц."), 3, "Торговля между членами растет и в каждый год."), []string{"0", "0.1", "1", "1.1", "1.1a", "1.2", "1.3", "2", "2.1", "2.2"}},
		{"merge in one", del(set(en, 4, en[4]+" "+en[5]), 5), ru, []string{"0", "0.1", "1", "1.1", "1.2", "1.3!", "2", "2.1", "2.2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			before := []align.Input{text("en", en...), text("ru", ru...)}
			tab := Reconcile(before, nil)
			rec := New(tab, docs(before), nil)
			after := []align.Input{text("en", c.en...), text("ru", c.ru...)}
			tab = Reconcile(after, rec)
			numbers(t, tab, after)
			var got []string
			for _, r := range tab.Rows {
				n := r.Number
				if r.Removed {
					n += "!"
				}
				got = append(got, n)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("numbers\n got %v\nwant %v\nrows %+v", got, c.want, tab.Rows)
			}
		})
	}
}

// TestNewVersionJoinsRecordedRows: a language that is added to a recorded text,
// or translated anew from end to end, is aligned with what is recorded.
func TestNewVersionJoinsRecordedRows(t *testing.T) {
	t.Parallel()
	var en, ru, anew []string
	for i := range 30 {
		en = append(en, fmt.Sprintf("In the year %d the members met and spoke of trade.", 1000+37*i))
		ru = append(ru, fmt.Sprintf("В %d году члены встретились и говорили о торговле.", 1000+37*i))
		anew = append(anew, fmt.Sprintf("%d: eine Zusammenkunft zum Handel fand statt, wie vorher.", 1000+37*i))
	}
	before := []align.Input{text("en", en...), text("ru", ru...)}
	tab := Reconcile(before, nil)
	rec := New(tab, docs(before), nil)
	for name, after := range map[string][]align.Input{
		"added":      {before[0], before[1], text("de", anew...)},
		"rewritten":  {before[0], text("ru", anew...)},
		"middle":     {before[0], text("ru", slices.Concat(ru[:3], anew[3:27], ru[27:])...)},
		"first half": {before[0], text("ru", slices.Concat(anew[:15], ru[15:])...)},
		"last half":  {before[0], text("ru", slices.Concat(ru[:15], anew[15:])...)},
	} {
		tab := Reconcile(after, rec)
		if len(tab.Rows) != len(en) {
			t.Errorf("%s: %d rows, want %d", name, len(tab.Rows), len(en))
		}
		for i, r := range tab.Rows {
			for l, blocks := range r.Blocks {
				if !slices.Equal(blocks, []int{i}) {
					t.Errorf("%s: row %s has blocks %v of %s, want [%d]", name, r.Number, blocks, tab.Langs[l], i)
				}
			}
		}
	}
}

// TestWrittenAnewInPlace: whatever stands in a paragraph's place is that
// paragraph, however unlike it is, as long as another language still has it.
func TestWrittenAnewInPlace(t *testing.T) {
	t.Parallel()
	en := []string{"Our common goals are these:", "strengthening mutual trust and good-neighbourliness;", "strengthening the organization as an efficient one;", "ensuring regional security and countering threats;", "expanding trade, economic and investment cooperation;"}
	ru := []string{"Наши общие цели таковы:", "укрепление взаимного доверия и добрососедства;", "укрепление организации как эффективной;", "обеспечение региональной безопасности и противодействие угрозам;", "расширение торгово-экономического и инвестиционного сотрудничества;"}
	before := []align.Input{text("en", en...), text("ru", ru...)}
	tab := Reconcile(before, nil)
	rec := New(tab, docs(before), nil)
	for i := range en {
		for _, words := range []string{"…", "TODO", "成员国将在互利基础上发展文化领域及相关领域的合作，并举办各种活动。成员国将在互利基础上发展文化领域及相关领域的合作。"} {
			anew := slices.Clone(ru)
			anew[i] = words
			rec.Pin(fmt.Sprintf("0.%d", i+1), words == "TODO")
			tab := Reconcile([]align.Input{before[0], text("ru", anew...)}, rec)
			for k, r := range tab.Rows {
				if len(tab.Rows) != len(en) || !slices.Equal(r.Blocks[0], []int{k}) || !slices.Equal(r.Blocks[1], []int{k}) {
					t.Errorf("%q for passage 0.%d: row %s has %v", words, i+1, r.Number, r.Blocks)
				}
			}
		}
	}
}

// TestMergedAnew: a new translation draws two passages together in words of its
// own. The passage keeps the first number, in all languages; a passage that is
// merely left out stays where it is in the others.
func TestMergedAnew(t *testing.T) {
	t.Parallel()
	var en, ru, anew []string
	for i := range 12 {
		en = append(en, fmt.Sprintf("In the year %d the members met in the city and spoke of trade.", 1000+37*i))
		ru = append(ru, fmt.Sprintf("В %d году члены встретились в городе и говорили о торговле.", 1000+37*i))
		anew = append(anew, fmt.Sprintf("В %d году участники встретились там и обсудили торговлю.", 1000+37*i))
	}
	before := []align.Input{text("en", en...), text("ru", ru...)}
	tab := Reconcile(before, nil)
	rec := New(tab, docs(before), nil)
	rec.Entries[5].Gone, rec.Entries[5].Cells = true, make([]Cell, 2) // a passage removed long ago between the two
	before[0].Doc.Blocks = slices.Delete(before[0].Doc.Blocks, 5, 6)
	anew = slices.Delete(anew, 5, 6)

	merged := slices.Concat(anew[:4], []string{strings.TrimSuffix(anew[4], ".") + "; а " + strings.ToLower(anew[5])}, anew[6:])
	tab = Reconcile([]align.Input{before[0], text("ru", merged...)}, rec)
	if r := tab.Rows[4]; r.Number != "0.5" || !slices.Equal(r.Blocks[0], []int{4, 5}) || !slices.Equal(r.Blocks[1], []int{4}) {
		t.Errorf("merged: row %+v, want 0.5 with two blocks and one", r)
	}
	out := slices.Concat(anew[:5], anew[6:])
	tab = Reconcile([]align.Input{before[0], text("ru", out...)}, rec)
	for _, r := range tab.Rows {
		if r.Number == "0.7" && (!slices.Equal(r.Blocks[0], []int{5}) || len(r.Blocks[1]) > 0) {
			t.Errorf("left out: row %+v, want 0.7 with one block and none", r)
		}
	}
}

// TestRecordMendedByHand: what an editor writes into the record is what stands,
// though the aligner would have it otherwise.
func TestRecordMendedByHand(t *testing.T) {
	t.Parallel()
	en := []string{"Trade between members grows every year.", "Customs bodies exchange data on goods.", "Energy projects are carried out jointly."}
	ru := []string{"Торговля между членами растет каждый год.", "Таможенные органы обмениваются данными о товарах.", "Энергетические проекты выполняются совместно."}
	in := []align.Input{text("en", en...), text("ru", ru...)}
	for _, c := range []struct {
		name string
		mend func(rows []Entry) []Entry
		want string
	}{
		{"a cell's block to the row before", func(rows []Entry) []Entry {
			rows[0].Cells[1].Fingerprints = append(rows[0].Cells[1].Fingerprints, rows[1].Cells[1].Fingerprints...)
			rows[1].Cells[1].Fingerprints = nil
			return rows
		}, "0.1[[0] [0 1]] 0.2[[1] []] 0.3[[2] [2]]"},
		{"two rows joined", func(rows []Entry) []Entry {
			for l := range rows[0].Cells {
				rows[0].Cells[l].Fingerprints = append(rows[0].Cells[l].Fingerprints, rows[1].Cells[l].Fingerprints...)
				rows[1].Cells[l].Fingerprints = nil
			}
			rows[1].Gone = true
			return rows
		}, "0.1[[0 1] [0 1]] 0.2[[] []] 0.3[[2] [2]]"},
		{"a row divided", func(rows []Entry) []Entry {
			half := Entry{Number: "0.1a", Cells: make([]Cell, 2)}
			half.Cells[1].Fingerprints, rows[0].Cells[1].Fingerprints = rows[0].Cells[1].Fingerprints, nil
			return slices.Insert(rows, 1, half)
		}, "0.1[[0] []] 0.1a[[] [0]] 0.2[[1] [1]] 0.3[[2] [2]]"},
		{"pinned crosswise", func(rows []Entry) []Entry {
			rows[1].Cells[1], rows[2].Cells[1] = rows[2].Cells[1], rows[1].Cells[1]
			rows[1].Pinned, rows[2].Pinned = true, true
			return rows
		}, "0.1[[0] [0]] 0.2[[1] [2]] 0.3[[2] [1]]"},
	} {
		tab := Reconcile(in, nil)
		rec := New(tab, docs(in), nil)
		rec.Confirm("0.1", "0.2", "0.3")
		rec.Entries = c.mend(rec.Entries)
		tab = Reconcile(in, rec)
		var got []string
		for _, r := range tab.Rows {
			got = append(got, r.Number+fmt.Sprint(r.Blocks))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, s, c.want)
		}
	}
}

// lines makes an input of text with one block a line.
func lines(lang, text string) align.Input {
	return align.Input{Doc: markdown.ParseLines(lang+".txt", lang, text)}
}

// docs are the documents of the inputs.
func docs(in []align.Input) []*doc.Document {
	var out []*doc.Document
	for _, v := range in {
		out = append(out, v.Doc)
	}
	return out
}
