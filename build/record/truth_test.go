package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stele/build/align"
)

// Paragraphs of a small law in two languages.
var (
	lawEn = []string{"# The law", "## Court", "The court consists of seven judges from all regions.", "The court sits in public at least once every month.", "Its decisions are printed and sent to every town hall.", "## Council", "The council advises the government on all money matters.", "Members of the council serve for six years and no longer."}
	lawRu = []string{"# Закон", "## Суд", "Суд состоит из семи судей, избранных во всех областях.", "Суд заседает открыто не реже одного раза в месяц.", "Его решения печатают и рассылают во все управы.", "## Совет", "Совет советует правительству по всем денежным делам.", "Члены совета служат шесть лет и ни годом более."}
)

func law(en, ru []string) []align.Input { return []align.Input{text("en", en...), text("ru", ru...)} }

func swap(s []string, i int, lines ...string) []string {
	return slices.Concat(s[:i], lines, s[i+1:])
}

// joined has paragraph i and the one after it as one.
func joined(s []string, i int) []string {
	return slices.Concat(s[:i], []string{s[i] + " " + s[i+1]}, s[i+2:])
}

// halved has paragraph i as two.
func halved(s []string, i int) []string {
	words := strings.Fields(s[i])
	n := len(words) / 2
	return slices.Concat(s[:i], []string{strings.Join(words[:n], " "), strings.Join(words[n:], " ")}, s[i+1:])
}

func without(s []string, i, n int) []string { return slices.Concat(s[:i], s[i+n:]) }

func moved(s []string, from, to int) []string {
	return slices.Insert(without(s, from, 1), to, s[from])
}

// through writes the record and reads it again, as it is in use.
func through(t *testing.T, rec *Record) *Record {
	t.Helper()
	var b strings.Builder
	if _, err := rec.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	back, diags := Parse("t/alignment.tsv", b.String())
	if len(diags) > 0 {
		t.Fatalf("%v\n%s", diags, b.String())
	}
	return back
}

func begun(t *testing.T, confirm bool) *Record {
	in := law(lawEn, lawRu)
	rec := New(Reconcile(in, nil), docs(in), nil)
	if confirm {
		for _, e := range rec.Entries {
			rec.Confirm(e.Number)
		}
	}
	return through(t, rec)
}

// fates are the removed rows that somebody may know, with where their text is,
// and the living ones that something was parted from.
func fates(tab *Table) string {
	var out []string
	for _, r := range tab.Rows {
		switch {
		case r.Removed && r.Published:
			out = append(out, r.Number+">"+strings.Join(r.Parts, "+"))
		case !r.Removed && r.Published && len(r.Parts) > 0:
			out = append(out, r.Number+":"+strings.Join(r.Parts, "+"))
		}
	}
	return strings.Join(out, " ")
}

// TestFates: a number that readers may know tells where its text is, before the
// record is saved and after; one that nobody confirmed leaves nothing.
func TestFates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		en, ru []string
		want   string
	}{
		{"nothing", lawEn, lawRu, ""},
		{"joined in one language", lawEn, joined(lawRu, 2), "1.2>1.1"},
		{"joined in both", joined(lawEn, 2), joined(lawRu, 2), "1.2>1.1"},
		{"joined backwards", lawEn, swap(without(lawRu, 3, 1), 2, lawRu[3]+" "+lawRu[2]), "1.2>1.1"},
		{"three joined", joined(joined(lawEn, 2), 2), joined(joined(lawRu, 2), 2), "1.2>1.1 1.3>1.1"},
		{"joined far away", swap(without(lawEn, 2, 1), 6, lawEn[7]+" "+lawEn[2]), swap(without(lawRu, 2, 1), 6, lawRu[7]+" "+lawRu[2]), "1.1>2.2"},
		{"removed", without(lawEn, 3, 1), without(lawRu, 3, 1), "1.2>"},
		{"divided", halved(lawEn, 3), halved(lawRu, 3), "1.2:1.2a"},
		{"divided in one language", lawEn, halved(lawRu, 3), ""},
		{"section removed", without(lawEn, 1, 4), without(lawRu, 1, 4), "1> 1.1> 1.2> 1.3>"},
		{"heading removed", without(lawEn, 5, 1), without(lawRu, 5, 1), "2>"},
	} {
		in := law(c.en, c.ru)
		for _, published := range []bool{true, false} {
			rec := begun(t, published)
			want := c.want
			if !published {
				want = ""
			}
			tab := Reconcile(in, rec)
			if got := fates(tab); got != want {
				t.Errorf("%s, confirmed %t: got %q, want %q; %s", c.name, published, got, want, shape(tab))
			}
			saved := through(t, New(tab, docs(in), rec))
			if got := fates(Reconcile(in, saved)); got != want {
				t.Errorf("%s, confirmed %t, saved: got %q, want %q", c.name, published, got, want)
			}
		}
	}
}

// shape is what a table holds: numbers with blocks.
// TestWrittenAnew: of a text that was written anew it is not said that the old
// paragraphs are in the new ones because these have words of theirs, nor does a
// long paragraph take the number of a heading of which it has the words.
func TestWrittenAnew(t *testing.T) {
	t.Parallel()
	old := []string{
		"# Rules of the library",
		"## Who may borrow books?",
		"Every inhabitant of the town and of the villages around it may enter the reading rooms on any day but Sunday and read there what the shelves hold.",
		"## Why not keep the books at home?",
		"Because the readers of the town lose what they borrow: a book that was lost is a book that nobody reads, and the keeper has to buy it again from the money for the lamps.",
		"The same holds for the maps, of which there is one of each, and which nobody can draw again, however many readers promise to return them in time.",
	}
	now := []string{
		"# Rules of the library",
		"## Lost books and maps",
		"Whoever damages a volume pays its price, without exception, within a month.",
		"## Readers of the town",
		"A card costs nothing. Apply with any paper that has your address: the clerk at the desk writes it out at once, and may also, who knows, have a word of advice about which shelves a visitor who wants to borrow " +
			"novels, travel books, poems or old newspapers should look at first, when to come, and how long people have to wait for what everybody wants.",
	}
	before := []align.Input{text("en", old...)}
	rec := New(Reconcile(before, nil), docs(before), nil)
	for _, e := range rec.Entries {
		rec.Confirm(e.Number)
	}
	tab := Reconcile([]align.Input{text("en", now...)}, through(t, rec))
	if got := fates(tab); strings.ContainsAny(got, ":+") || strings.Contains(got+" ", ">1") || strings.Contains(got+" ", ">2") {
		t.Errorf("of what was removed it is said to be elsewhere: %s; %s", got, shape(tab))
	}
	for _, r := range tab.Rows {
		if r.Number == "1" && len(r.Blocks) > 0 && slices.Contains(r.Blocks[0], 4) {
			t.Errorf("the number of a heading went to a long paragraph: %s", shape(tab))
		}
	}
}

func shape(tab *Table) string {
	var out []string
	for _, r := range tab.Rows {
		if !r.Removed {
			out = append(out, fmt.Sprint(r.Number, r.Blocks))
		}
	}
	return strings.Join(out, " ")
}

// TestGoingBack: whatever a text became, and however it was saved or confirmed,
// with the earlier text the earlier rows come back.
func TestGoingBack(t *testing.T) {
	t.Parallel()
	back := law(lawEn, lawRu)
	for _, confirmed := range []bool{true, false} {
		first := begun(t, confirmed)
		want := shape(Reconcile(back, first))
		for name, edit := range map[string][]align.Input{
			"joined in one":      law(lawEn, joined(lawRu, 2)),
			"joined in both":     law(joined(lawEn, 3), joined(lawRu, 3)),
			"three joined":       law(joined(joined(lawEn, 2), 2), joined(joined(lawRu, 2), 2)),
			"divided in both":    law(halved(lawEn, 4), halved(lawRu, 4)),
			"divided in one":     law(halved(lawEn, 4), lawRu),
			"removed":            law(without(lawEn, 3, 2), without(lawRu, 3, 2)),
			"removed in one":     law(without(lawEn, 3, 1), lawRu),
			"section removed":    law(without(lawEn, 1, 4), without(lawRu, 1, 4)),
			"moved in both":      law(moved(lawEn, 2, 6), moved(lawRu, 2, 6)),
			"moved in one":       law(lawEn, moved(lawRu, 2, 6)),
			"a new one":          law(swap(lawEn, 3, lawEn[3], "Nobody pays for a seat in the great hall."), swap(lawRu, 3, lawRu[3], "За место в большом зале никто не платит.")),
			"joined and removed": law(without(joined(lawEn, 2), 5, 2), without(joined(lawRu, 2), 5, 2)),
		} {
			tab := Reconcile(edit, first)
			all := New(tab, docs(edit), first)
			var numbers []string
			for _, r := range tab.Rows {
				if !r.Removed {
					numbers = append(numbers, r.Number)
				}
			}
			states := map[string]*Record{"not saved": first, "saved": all, "saved and confirmed": New(tab, docs(edit), first)}
			states["saved and confirmed"].Confirm(numbers...)
			for _, n := range numbers {
				one := Amend(tab, docs(edit), first, []string{n})
				one.Confirm(n)
				states["confirmed "+n] = one
			}
			for how, rec := range states {
				if got := shape(Reconcile(back, through(t, rec))); got != want {
					t.Errorf("%s, %s (confirmed before: %t):\n got %s\nwant %s", name, how, confirmed, got, want)
				}
			}
			// There and back again, and again.
			rec := through(t, all)
			for range 3 {
				tab := Reconcile(back, rec)
				rec = through(t, New(tab, docs(back), rec))
				tab = Reconcile(edit, rec)
				rec = through(t, New(tab, docs(edit), rec))
			}
			if got := shape(Reconcile(back, rec)); got != want {
				t.Errorf("%s, after many turns:\n got %s\nwant %s", name, got, want)
			}
		}
	}
}

// TestAmendTouchesWhatItNames: of a text edited in many places, confirming one
// passage writes that one.
func TestAmendTouchesWhatItNames(t *testing.T) {
	t.Parallel()
	first := begun(t, true)
	en := swap(swap(lawEn, 7, lawEn[7]+" That is final."), 4, "Its decisions are read out and sent to every town hall.")
	ru := swap(joined(lawRu, 2), 5, lawRu[6]+" Это все.")
	in := law(en, ru)
	tab := Reconcile(in, first)
	for n, want := range map[string]string{
		"2.2": "2.2", "1.3": "1.3", "2.1": "2.1", "1": "1",
		"1.1": "1.1 1.2", // which became part of it
	} {
		rec := Amend(tab, docs(in), first, []string{n})
		rec.Confirm(n)
		var touched []string
		for i, e := range rec.Entries {
			if fmt.Sprintf("%+v", e) != fmt.Sprintf("%+v", func() Entry { o := first.Entries[i]; o.Line = e.Line; return o }()) {
				touched = append(touched, e.Number)
			}
		}
		got := strings.Join(touched, " ")
		if n == "1" { // nothing changed there
			want = ""
		}
		if got != want {
			t.Errorf("confirming %s touched %q, want %q", n, got, want)
		}
	}
}

// TestConfirmedByLanguage: who read one language vouches for one.
func TestConfirmedByLanguage(t *testing.T) {
	t.Parallel()
	a, b := "The court sits in public at least once every month.", "The court sits in public at least twice every month."
	before, after := law(lawEn, lawRu), law(swap(lawEn, 3, b), lawRu)
	rec := begun(t, false)
	state := func(in []align.Input) string {
		for _, r := range Reconcile(in, rec).Rows {
			if r.Number == "1.2" {
				return fmt.Sprint(r.State)
			}
		}
		return ""
	}
	confirm := func(in []align.Input, langs ...string) {
		rec = Amend(Reconcile(in, rec), docs(in), rec, []string{"1.2"})
		rec.ConfirmAs(Confirmation{By: "2026-11-28 Анна", Langs: langs}, "1.2")
		rec = through(t, rec)
	}
	step := func(what string, in []align.Input, want ...State) {
		t.Helper()
		if got := state(in); got != fmt.Sprint(want) {
			t.Errorf("%s (%s): got %s, want %v", what, a, got, want)
		}
	}
	step("begun", before, Unconfirmed, Unconfirmed)
	confirm(before, "en")
	step("English read", before, Confirmed, Unconfirmed)
	step("English read, then changed", after, Changed, Unconfirmed)
	confirm(before, "ru")
	step("both read", before, Confirmed, Confirmed)
	step("English changed", after, Changed, Stale)
	confirm(after, "en")
	step("English read again", after, Confirmed, Stale)
	step("the change taken back", before, Changed, Confirmed)
	confirm(after, "ru")
	step("Russian has followed", after, Confirmed, Confirmed)
	if by := rec.ConfirmedBy("1.2", "ru"); by != "2026-11-28 Анна" {
		t.Errorf("confirmed by %q", by)
	}
	// The Russian reader was first: they saw the new English before its own reader did.
	rec = begun(t, true)
	confirm(after, "ru")
	step("Russian first", after, Changed, Confirmed)
	confirm(after, "en")
	step("and then English", after, Confirmed, Confirmed)
}

// TestWhiteSpaceIsNoChange: what a word processor does to spaces and quotation
// marks makes no passage stale, and what an editor does to words does.
func TestWhiteSpaceIsNoChange(t *testing.T) {
	t.Parallel()
	const as = `In 2025 the "Shanghai spirit" and it's well-known aims.`
	for _, c := range []struct {
		now  string
		want State
	}{
		{as, Confirmed},
		{"In\u00a02025 the \"Shanghai spirit\" and it's well-known aims.", Confirmed},
		{"In 2025\u202fthe  \"Shanghai\u2009spirit\" and it's well-known aims. ", Confirmed},
		{"In 2025 the “Shanghai spirit” and it’s well-known aims.", Confirmed},
		{"In 2025 the «Shanghai spirit» and it‘s well\u2011known aims.", Confirmed},
		{"In 2025 the „Shang\u00adhai spirit“ and it's well-\u200bknown aims.\ufeff", Confirmed},
		{"In 2025 the Shanghai spirit and it's well-known aims.", Changed},
		{"In 2025 the \"Shanghaispirit\" and it's well-known aims.", Changed},
		{"In 2026 the \"Shanghai spirit\" and it's well-known aims.", Changed},
		{"In 2025 the \"Shanghai spirit\" and its well-known aims.", Changed},
	} {
		cells := []Cell{{Confirmed: as, IsConfirmed: true}, {Confirmed: "В 2025", IsConfirmed: true}}
		got, _ := statesOf([]string{"en", "ru"}, cells, []string{c.now, "В 2025"}, []bool{true, true})
		other := map[State]State{Confirmed: Confirmed, Changed: Stale}[c.want]
		if got[0] != c.want || got[1] != other {
			t.Errorf("%q: %v, want %v %v", c.now, got, c.want, other)
		}
	}
}

// TestMovedIsWhatMoved: of a paragraph and those that it passed, the one is
// marked, in the language that moved it, whichever way it went.
func TestMovedIsWhatMoved(t *testing.T) {
	t.Parallel()
	zh := []string{"# 法律", "## 法院", "法院由七名法官组成，来自各地区。", "法院每月至少公开开庭一次。", "其判决印发各市政厅。", "## 委员会", "委员会就财政事务向政府提供咨询。", "委员会成员任期六年，不得延长。"}
	all := []align.Input{text("en", lawEn...), text("ru", lawRu...), text("zh", zh...)}
	rec := New(Reconcile(all, nil), docs(all), nil)
	const same = "0 1 1.1 1.2 1.3 2 2.1 2.2"
	for _, c := range []struct {
		name       string
		en, ru, zh []string
		order      string
		moved      string
	}{
		{"none", lawEn, lawRu, zh, same, ""},
		{"Russian, forwards", lawEn, moved(lawRu, 2, 7), zh, same, "1.1[false true false]"},
		{"Russian, backwards", lawEn, moved(lawRu, 7, 2), zh, same, "2.2[false true false]"},
		{"English", moved(lawEn, 2, 6), lawRu, zh, same, "1.1[true false false]"},
		{"two move one each", moved(lawEn, 2, 6), moved(lawRu, 7, 3), zh, same, "1.1[true false false] 2.2[false true false]"},
		{"most move it", moved(lawEn, 2, 6), moved(lawRu, 2, 6), zh, "0 1 1.2 1.3 2 2.1 1.1 2.2", "1.1[false false true]"},
		{"all move it", moved(lawEn, 2, 6), moved(lawRu, 2, 6), moved(zh, 2, 6), "0 1 1.2 1.3 2 2.1 1.1 2.2", ""},
		{"a section", lawEn, slices.Concat(lawRu[:1], lawRu[5:], lawRu[1:5]), zh, same, "2[false true false] 2.1[false true false] 2.2[false true false]"},
	} {
		in := []align.Input{text("en", c.en...), text("ru", c.ru...), text("zh", c.zh...)}
		tab := Reconcile(in, rec)
		var order, marked []string
		for _, r := range tab.Rows {
			order = append(order, r.Number)
			if r.Moved != (r.MovedIn != nil) {
				t.Errorf("%s: %s is moved %t in %v", c.name, r.Number, r.Moved, r.MovedIn)
			}
			if r.Moved {
				marked = append(marked, r.Number+fmt.Sprint(r.MovedIn))
			}
		}
		if got := strings.Join(order, " "); got != c.order {
			t.Errorf("%s: order\n got %s\nwant %s", c.name, got, c.order)
		}
		if got := strings.Join(marked, " "); got != c.moved {
			t.Errorf("%s: moved %q, want %q", c.name, got, c.moved)
		}
	}
	// Two languages: the record says which of them moved something.
	two := all[:2]
	rec = New(Reconcile(two, nil), docs(two), nil)
	tab := Reconcile(law(moved(lawEn, 2, 7), lawRu), rec)
	for _, r := range tab.Rows {
		if want := r.Number == "1.1"; r.Moved != want || want && !r.MovedIn[0] {
			t.Errorf("two languages: %s is moved %t %v", r.Number, r.Moved, r.MovedIn)
		}
	}
}

// TestOneBadLine: a line that cannot be read takes nothing else away, and the
// passage keeps its number where its texts are known.
func TestOneBadLine(t *testing.T) {
	t.Parallel()
	in := law(lawEn, lawRu)
	rec := begun(t, true)
	want := shape(Reconcile(in, rec))
	var b strings.Builder
	if _, err := rec.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	spoil := map[string]func(string) string{
		"a tab too many":    func(s string) string { return s + "\tx\ty" },
		"spaces for tabs":   func(s string) string { return strings.ReplaceAll(s, "\t", "  ") },
		"cut in the middle": func(s string) string { return s[:strings.Index(s, "\t")+3] },
		"left out":          func(string) string { return "" },
	}
	for i, l := range lines {
		if strings.HasPrefix(l, "#") {
			continue
		}
		for how, f := range spoil {
			spoilt := slices.Clone(lines)
			spoilt[i] = f(l)
			back, _ := Parse("t/alignment.tsv", strings.Join(spoilt, "\n")+"\n")
			if got := shape(Reconcile(in, back)); got != want {
				t.Errorf("line %d %q, %s:\n got %s\nwant %s", i+1, l, how, got, want)
			}
		}
	}
}

// TestSpreadsheet: what a spreadsheet makes of a record is said in one sentence,
// and its numbers are read as they were.
func TestSpreadsheet(t *testing.T) {
	t.Parallel()
	var en, ru []string
	for i := range 31 {
		en = append(en, fmt.Sprintf("In the year %d the members met and spoke of trade.", 1000+37*i))
		ru = append(ru, fmt.Sprintf("В %d году члены встретились и говорили о торговле.", 1000+37*i))
	}
	in := law(en, ru)
	rec := New(Reconcile(in, nil), docs(in), nil)
	for _, e := range rec.Entries {
		rec.Confirm(e.Number)
	}
	var b strings.Builder
	if _, err := rec.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	want := shape(Reconcile(in, rec))
	zeros := func(s string) string {
		return strings.NewReplacer("0.10\t", "0.1\t", "0.20\t", "0.2\t", "0.30\t", "0.3\t").Replace(s)
	}
	formulas := func(s string) string { return strings.ReplaceAll(s, "\n=0", "\n0") }
	wide := func(s string) string { return strings.ReplaceAll(s, "\n", "\t\t\n") } // as wide as a line with a name
	for name, f := range map[string]func(string) string{
		"zeros":    zeros,
		"formulas": formulas,
		"both":     func(s string) string { return zeros(formulas(s)) },
		"all":      func(s string) string { return wide(zeros(formulas(s))) },
		"names":    func(s string) string { return strings.ReplaceAll(s, "\n=0.7\t", "\n#ИМЯ?\t") },
	} {
		got, diags := Parse("t/alignment.tsv", f(b.String()))
		if len(diags) != 1 || diags[0].Code != RecordDamaged.As("spreadsheet") && diags[0].Code != RecordDamaged {
			t.Errorf("%s: %d findings %v, want one", name, len(diags), diags)
		}
		if s := shape(Reconcile(in, got)); s != want {
			t.Errorf("%s:\n got %s\nwant %s", name, s, want)
		}
	}
	if _, diags := Parse("t/alignment.tsv", wide(b.String())); len(diags) > 0 {
		t.Errorf("lines made equally wide: %v", diags)
	}
	for _, sep := range []string{";", ","} {
		if _, diags := Parse("t/alignment.tsv", strings.ReplaceAll(b.String(), "\t", sep)); len(diags) != 1 {
			t.Errorf("parted by %q: %v, want one finding", sep, diags)
		}
	}
}

// TestJoinedIsNoChangeElsewhere: when one language draws two passages together,
// the others have not changed; they have still to follow, and when the language
// goes back, all stands as it was confirmed.
func TestJoinedIsNoChangeElsewhere(t *testing.T) {
	t.Parallel()
	in, back := law(lawEn, joined(lawRu, 2)), law(lawEn, lawRu)
	states := func(in []align.Input, rec *Record) string {
		var out []string
		for _, r := range Reconcile(in, rec).Rows {
			if r.Number == "1.1" || r.Number == "1.2" && !r.Removed {
				out = append(out, r.Number+fmt.Sprint(r.State))
			}
		}
		return strings.Join(out, " ")
	}
	stale := "1.1" + fmt.Sprint([]State{Stale, Changed})
	as := fmt.Sprint([]State{Confirmed, Confirmed})
	rec := begun(t, true)
	if got := states(in, rec); got != stale {
		t.Errorf("joined: %s, want %s", got, stale)
	}
	saved := through(t, New(Reconcile(in, rec), docs(in), rec))
	if got := states(in, saved); got != stale {
		t.Errorf("joined and saved: %s, want %s", got, stale)
	}
	if got, want := states(back, saved), "1.1"+as+" 1.2"+as; got != want {
		t.Errorf("back: %s, want %s", got, want)
	}
	again := through(t, New(Reconcile(back, saved), docs(back), saved))
	if got, want := states(back, again), "1.1"+as+" 1.2"+as; got != want {
		t.Errorf("back and saved: %s, want %s", got, want)
	}
}
