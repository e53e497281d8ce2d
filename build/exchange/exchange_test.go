package exchange_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build"
	"stele/build/diag"
	"stele/build/diagtest"
	"stele/build/exchange"
	"stele/build/record"
	"stele/build/site"
)

// edition is a copy of the edition's content, which a test may change.
func edition(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	root := os.DirFS("../../content")
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, p)
		out[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rich is a text with everything that Markdown has, in two languages.
func rich() fstest.MapFS {
	return fstest.MapFS{
		"site.yaml":                  {Data: []byte("languages: [{lang: en}, {lang: ru}]\n")},
		"odd/en.md":                  {Data: []byte("---\ntitle: Odd\n---\n# A *title*\n\nA [link](en.md#2) and **bold *both* words**, `code` here[^a].\nA second line.\n\n## One {#one}\n\n1. first\n2. second **item**\n   - deep\n\n     another paragraph\n\n> Quoted _text_\n> on two lines[^b]\n\n| A | B |\n|---|---|\n| c | d \\| **e** |\n\n```\nif a < b { }\n```\n\nTerm\n: Explained ~~not~~\n\nA line\\\nbroken, [[x]] and [[x|another]], <https://example.org/> and https://example.com/a ![Seal](seal.png).\n\nTwo\n-----\n\nLast & least: 5 \\* 6.\n\n[^a]: A note with **bold**.\n[^b]: Another.\n")},
		"odd/ru.md":                  {Data: []byte("---\ntitle: Чудное\n---\n# *Заголовок*\n\n[Ссылка](ru.md#2) и **жирные *оба* слова**, `code` тут[^a].\nВторая строка.\n\n## Раз {#one}\n\n1. первое\n2. второе **дело**\n   - вглубь\n\n     ещё абзац\n\n> Слова _цитаты_\n> на двух строках[^b]\n\n| А | Б |\n|---|---|\n| в | г \\| **д** |\n\n```\nif a < b { }\n```\n\nСлово\n: Объяснение ~~не~~\n\nСтрока\\\nс разрывом, [[x]] и [[x|другое]], <https://example.org/> и https://example.com/a ![Печать](seal.png).\n\nДва\n-----\n\nПоследнее & наименьшее: 5 \\* 6.\n\n[^a]: Нота с **жирным**.\n[^b]: Другая.\n")},
		"odd/seal.png":               {Data: []byte("\x89PNG\r\n\x1a\n")},
		"glossary/principles/x.yaml": {Data: []byte("class: notion\nnames:\n  en: [{text: Exing}]\n  ru: [{text: Иксование}]\ndefinition: {en: x, ru: икс}\n")},
	}
}

func load(t testing.TB, content fs.FS) *build.Edition {
	t.Helper()
	e, found, err := build.New(build.Inputs{Content: content}).Load(t.Context())
	if err != nil || found.HasErrors() {
		t.Fatalf("%v %s", err, diagtest.Text(found))
	}
	return e
}

func lang(e *build.Edition, code string) int {
	return slices.IndexFunc(e.Site.Langs, func(l site.Lang) bool { return l.Code == code })
}

func job(e *build.Edition, text, from, to string) *exchange.Job {
	return e.Translation(e.Site.Text(text), lang(e, from), lang(e, to))
}

var versions = []exchange.Version{exchange.V12, exchange.V20}

// back reads a file and puts it into the text.
func back(t *testing.T, e *build.Edition, data []byte) (*exchange.Merge, map[string]string) {
	t.Helper()
	r, err := exchange.ReadXLIFF(data)
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	m, files, err := e.Return(r)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		out[f.Path] = f.Data
	}
	return m, out
}

// apply is the content with what was written.
func apply(content fstest.MapFS, files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for p, f := range content {
		out[p] = f
	}
	for p, s := range files {
		out[p] = &fstest.MapFile{Data: []byte(s)}
	}
	return out
}

// editions are the texts that all must hold for.
func editions(t *testing.T) map[string]fstest.MapFS {
	return map[string]fstest.MapFS{"edition": edition(t), "rich": rich()}
}

// TestUntouched: what comes back as it was sent changes no byte, of any text, in
// any pair of languages.
func TestUntouched(t *testing.T) {
	t.Parallel()
	for name, content := range editions(t) {
		e := load(t, content)
		for _, text := range e.Site.Texts {
			for _, from := range e.Site.Langs {
				for _, to := range e.Site.Langs {
					if from == to {
						continue
					}
					for _, v := range versions {
						j := job(e, text.ID, from.Code, to.Code)
						data, sent := j.XLIFF(exchange.Choice{Version: v})
						again, _ := j.XLIFF(exchange.Choice{Version: v})
						if !bytes.Equal(data, again) {
							t.Errorf("%s: other bytes the second time", name)
						}
						if sent.Units < 10 || len(sent.Apart) > 0 {
							t.Errorf("%s %s %s-%s: %d units sent, %v not", name, text.ID, from.Code, to.Code, sent.Units, sent.Apart)
						}
						if v == exchange.V12 {
							lone := map[string]bool{"image": true, "lb": true} // types of elements without an end, by the schema
							for _, c := range regexp.MustCompile(`<x [^>]*ctype="([^"]*)"`).FindAllSubmatch(data, -1) {
								if kind := string(c[1]); !lone[kind] && !strings.HasPrefix(kind, "x-") {
									t.Errorf("%s: <x> of the type %s", name, kind)
								}
							}
						}
						m, files := back(t, e, data)
						if len(files) > 0 || len(m.Refused) > 0 || m.Untouched != sent.Units {
							t.Errorf("%s %s %s-%s %s: %+v, files %v", name, text.ID, from.Code, to.Code, v, m, files)
						}
					}
				}
			}
		}
	}
}

// target is a unit's target in a file of XLIFF 1.2.
func target(t *testing.T, data []byte, id string) string {
	t.Helper()
	m := targetOf(id).FindSubmatch(data)
	if m == nil {
		t.Fatalf("there is no unit %s in\n%s", id, data)
	}
	return string(m[2])
}

func targetOf(id string) *regexp.Regexp {
	return regexp.MustCompile(`(?s)(<trans-unit id="` + regexp.QuoteMeta(id) + `".*?<target[^>]*>)(.*?)(</target>)`)
}

// retarget gives a unit another target.
func retarget(t *testing.T, data []byte, id, to string) []byte {
	t.Helper()
	target(t, data, id)
	return targetOf(id).ReplaceAllFunc(data, func(all []byte) []byte {
		m := targetOf(id).FindSubmatch(all)
		return slices.Concat(m[1], []byte(to), m[3])
	})
}

// TestEdits: edits by a script (words, new sentences, codes moved) arrive exactly,
// and nothing else changes.
func TestEdits(t *testing.T) {
	t.Parallel()
	inline := regexp.MustCompile(`<(?:g|x)[^>]*>|</g>`)
	n, moved, rounds := 0, 0, 40
	if testing.Short() {
		rounds = 8
	}
	for round := range rounds {
		rng := rand.New(rand.NewPCG(uint64(round), 3))
		content, text, pairs := edition(t), []string{"strategy", "about"}[round%2], []string{"en ru", "ru zh", "zh en", "en zh"}
		if round%4 == 3 {
			content, text, pairs = confirmedAlone(t, rich()), "odd", []string{"en ru", "ru en"}
		}
		from, to, _ := strings.Cut(pairs[rng.IntN(len(pairs))], " ")
		e := load(t, content)
		j := job(e, text, from, to)
		units, _ := j.Units()
		data, _ := j.XLIFF(exchange.Choice{})
		want := map[string]string{}
		for range 6 {
			u := units[rng.IntN(len(units))]
			if _, twice := want[u.ID]; twice {
				continue
			}
			old := target(t, data, u.ID)
			s := old
			switch rng.IntN(4) {
			case 0: // a word is another
				parts := strings.SplitAfter(old, " ")
				i := rng.IntN(len(parts))
				if strings.ContainsAny(parts[i], "<>&;\"=") || inline.MatchString(old) {
					s = old + " слово"
				} else {
					parts[i] = "слово* "
					s = strings.TrimSpace(strings.Join(parts, ""))
				}
			case 1:
				s = old + " Новое предложение_с [знаками] &lt;b&gt; &amp;amp; 1. * # | `x`."
			case 2:
				s = "1. Сначала: " + old
			case 3: // all of its codes move to the beginning or the end
				codes := inline.FindAllString(old, -1)
				plain := inline.ReplaceAllString(old, "")
				if len(codes) == 0 || strings.Contains(strings.Join(codes, ""), "x-paragraph") {
					s = old + " хвост"
					break
				}
				s = plain + " "
				for _, c := range codes {
					if c == "</g>" {
						s += "внутри"
					}
					s += c
				}
				s += " конец"
				moved++
			}
			data = retarget(t, data, u.ID, s)
			want[u.ID] = s
			n++
		}
		m, files := back(t, e, data)
		if len(m.Refused) > 0 {
			t.Fatalf("round %d, %s-%s: refused %v, wanted %q", round, from, to, refusals(m), want)
		}
		if m.Untouched != len(units)-len(want) {
			t.Errorf("round %d: %d untouched of %d, %d changed", round, m.Untouched, len(units), len(want))
		}
		after := load(t, apply(content, files))
		sent, _ := job(after, text, from, to).XLIFF(exchange.Choice{})
		before, _ := j.XLIFF(exchange.Choice{})
		for _, u := range units {
			got, was := target(t, sent, u.ID), target(t, before, u.ID)
			if w, changed := want[u.ID]; changed {
				was = w
			}
			if tidy(got) != tidy(was) {
				t.Errorf("round %d, %s: got\n%q\nwant\n%q", round, u.ID, got, was)
			}
		}
		for p := range content {
			if data, ok := files[p]; ok && path.Ext(p) == ".md" && p != text+"/"+to+".md" {
				t.Errorf("%s was written too: %s", p, data)
			}
		}
	}
	if n < 5*rounds || moved < rounds/5 {
		t.Errorf("%d edits only, %d with moved codes", n, moved)
	}
}

// tidy leaves out what does not count: where white space stands at a code, and
// how it is numbered.
func tidy(s string) string {
	s = regexp.MustCompile(` id="\d+"`).ReplaceAllString(s, "")
	s = regexp.MustCompile(`\s*(<[^>]*>)\s*`).ReplaceAllString(s, "$1")
	return strings.Join(strings.Fields(s), " ")
}

func refusals(m *exchange.Merge) string {
	var b strings.Builder
	w := diagtest.English()
	for _, r := range m.Refused {
		fmt.Fprintf(&b, "%s (%s): %s\n", r.Unit, r.Passage, r.Why.In(w))
	}
	return b.String()
}

// TestUnchangedBytes: the bytes of all lines but the changed one stay, whatever
// the file's line ends and mark; within a block only the changed words do.
func TestUnchangedBytes(t *testing.T) {
	t.Parallel()
	content := rich()
	raw := "\ufeff" + strings.ReplaceAll(string(content["odd/ru.md"].Data), "\n", "\r\n")
	content["odd/ru.md"].Data = []byte(raw)
	e := load(t, content)
	data, _ := job(e, "odd", "en", "ru").XLIFF(exchange.Choice{})
	const was, now = "[Ссылка](ru.md#2) и **жирные *оба* слова**, `code` тут[^a].\r\nВторая строка.", "[Ссылка](ru.md#2) или **жирные *эти оба* слова**, `code` там[^a].\r\nИная строка."
	for _, edit := range [][2]string{{"Ссылка</g> и <", "Ссылка</g> или <"}, {">оба<", ">эти оба<"}, {" тут<", " там<"}, {"Вторая строка", "Иная строка"}} {
		if bytes.Count(data, []byte(edit[0])) != 1 {
			t.Fatalf("%q does not stand there once", edit[0])
		}
		data = bytes.Replace(data, []byte(edit[0]), []byte(edit[1]), 1)
	}
	m, files := back(t, e, data)
	if len(m.Refused) > 0 || len(m.Changed) != 1 {
		t.Fatalf("%+v", m)
	}
	if got, want := files["odd/ru.md"], strings.Replace(raw, was, now, 1); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// TestDamage: every kind of damage to codes is refused with the passage's number,
// and what else came back is put in.
func TestDamage(t *testing.T) {
	t.Parallel()
	e := load(t, rich())
	clean, _ := job(e, "odd", "en", "ru").XLIFF(exchange.Choice{})
	const id = "p0.1"
	was := target(t, clean, id)
	open := regexp.MustCompile(`<g [^>]*>`).FindAllString(was, -1)
	alone := regexp.MustCompile(`<x [^>]*/>`).FindAllString(was, -1)
	if len(open) < 3 || len(alone) < 2 {
		t.Fatalf("too few codes in %s", was)
	}
	for name, c := range map[string]struct{ to, want string }{
		"pair lost":     {strings.Replace(strings.Replace(was, open[0], "", 1), "</g>", "", 1), "is gone"},
		"all lost":      {regexp.MustCompile(`<[^>]*>`).ReplaceAllString(was, ""), "is gone"},
		"lone lost":     {strings.Replace(was, alone[1], "", 1), "is gone"},
		"lone doubled":  {strings.Replace(was, alone[1], alone[1]+alone[1], 1), "twice"},
		"pair doubled":  {open[0] + "ещё</g>" + was, "twice"},
		"unknown":       {was + `<x id="99"/>`, "there is no code 99"},
		"not a number":  {was + `<x id="abc"/>`, "there is no code abc"},
		"no number":     {was + `<x/>`, "there is no code x"},
		"other element": {was + `<b>bold</b>`, "there is no code b"},
		"end lost":      {strings.Replace(strings.Replace(was, open[0], strings.Replace(strings.Replace(open[0], "<g", "<bx", 1), ">", "/>", 1), 1), "</g>", "", 1), "lost its beginning or its end"},
		"order": {
			strings.Replace(regexp.MustCompile(`<g (id="[23]")[^>]*>`).ReplaceAllString(was, `<bx $1/>`), "оба</g> слова</g>", `оба<ex id="2"/> слова<ex id="3"/>`, 1),
			"out of order",
		},
		"pair as lone":    {strings.Replace(strings.Replace(was, open[0], `<x id="1"/>`, 1), "</g>", "", 1), "lost its beginning or its end"},
		"a bidi override": {strings.Replace(was, "строка", "стр\u202eока", 1), "cannot stand in a text"},
	} {
		data := retarget(t, clean, id, c.to)
		data = retarget(t, data, "p1.1", "другое первое")
		m, files := back(t, e, data)
		if len(m.Refused) != 1 || m.Refused[0].Passage != "0.1" || !strings.Contains(refusals(m), c.want) || m.Refused[0].Line < 1 {
			t.Errorf("%s: refused %q, want %q\n%s", name, refusals(m), c.want, c.to)
		}
		if !strings.Contains(files["odd/ru.md"], "1. другое первое\n") {
			t.Errorf("%s: what else came back is not in %q", name, files["odd/ru.md"])
		}
	}
}

// TestChangedMeanwhile: a unit whose source or translation changed since the file
// was made is refused, the others are put in.
func TestChangedMeanwhile(t *testing.T) {
	t.Parallel()
	content := rich()
	data, _ := job(load(t, content), "odd", "en", "ru").XLIFF(exchange.Choice{})
	for _, id := range []string{"p1.1", "p1.2", "p0.1-n1.1"} {
		data = retarget(t, data, id, strings.Replace(target(t, data, id), target(t, data, id)[:2], "Щ", 1))
	}
	data = retarget(t, data, "p1.3", "в глубину")
	edit := func(p, from, to string) {
		content[p] = &fstest.MapFile{Data: []byte(strings.Replace(string(content[p].Data), from, to, 1))}
	}
	edit("odd/en.md", "1. first", "1. the very first")
	edit("odd/ru.md", "2. второе **дело**", "2. второе **важное дело**")
	m, files := back(t, load(t, content), data)
	got := refusals(m)
	if len(m.Refused) != 2 || !strings.Contains(got, "p1.1 (1.1): the text translated from has changed") || !strings.Contains(got, "p1.2 (1.2): the translation was changed here") {
		t.Errorf("refused %s", got)
	}
	if !strings.Contains(files["odd/ru.md"], "   - в глубину\n") || !strings.Contains(files["odd/ru.md"], "важное") || !strings.Contains(files["odd/ru.md"], "1. первое\n") || !strings.Contains(files["odd/ru.md"], "Щ") {
		t.Errorf("got %s", files["odd/ru.md"])
	}
	// The same file a second time finds all in place.
	again, more := back(t, load(t, apply(content, files)), data)
	if len(more) > 0 || len(again.Refused) != 2 {
		t.Errorf("the second time: %+v %v", again, more)
	}
}

// confirmed has the text's record saved and all confirmed.
func confirmed(t *testing.T, content fstest.MapFS, text string) fstest.MapFS {
	t.Helper()
	rev, err := load(t, content).Revise(text, nil, func(rec *record.Record) (string, error) {
		for i := range rec.Entries {
			rec.Confirm(rec.Entries[i].Number)
		}
		return "", nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return apply(content, map[string]string{rev.Path: rev.Content})
}

// TestMissing: passages that were missing are put in at their places, with their
// marks, notes and ids; the record has them in their rows, not confirmed.
func TestMissing(t *testing.T) {
	t.Parallel()
	for _, kept := range []string{
		"# *Заголовок*\n\n## Раз {#one}\n\n1. первое\n",                                        // most is missing at the end
		"Два\n-----\n\nПоследнее & наименьшее: 5 \\* 6[^a].\n\n[^a]: Своя нота.\n",             // and at the beginning
		"# *Заголовок*\n\n1. первое\n2. второе **дело**\n\nПоследнее & наименьшее: 5 \\* 6.\n", // and between
	} {
		full := rich()
		content := rich()
		content["odd/ru.md"].Data = []byte("---\ntitle: Чудное\n---\n" + kept)
		content = confirmedAlone(t, content)
		e := load(t, content)
		j := job(e, "odd", "en", "ru")
		data, sent := j.XLIFF(exchange.Choice{Only: []exchange.Due{exchange.Missing}})
		if sent.Units < 8 {
			t.Fatalf("%d units only, %v apart", sent.Units, sent.Apart)
		}
		// The translator translates everything as the full version has it, or by a
		// mark where that is not known.
		units, _ := j.Units()
		for _, u := range units {
			if u.Missing {
				source := regexp.MustCompile(`(?s)<trans-unit id="` + regexp.QuoteMeta(u.ID) + `".*?<source>(.*?)</source>`).FindSubmatch(data)
				data = retarget(t, data, u.ID, "Щ "+string(source[1]))
			}
		}
		m, files := back(t, e, data)
		if len(m.Refused) > 0 {
			t.Errorf("%q: refused %s", kept, refusals(m))
			continue
		}
		after := load(t, apply(content, files))
		text := after.Site.Text("odd")
		ru, en := lang(after, "ru"), lang(after, "en")
		for _, s := range text.Sections {
			for _, p := range s.Passages {
				if len(p.Cells[en].Blocks) == 0 {
					continue
				}
				if len(p.Cells[ru].Blocks) != len(p.Cells[en].Blocks) {
					t.Errorf("%q: %s has %d blocks, %d in English\n%s", kept, p.Number, len(p.Cells[ru].Blocks), len(p.Cells[en].Blocks), files["odd/ru.md"])
					continue
				}
				for i, b := range p.Cells[ru].Blocks {
					if o := p.Cells[en].Blocks[i]; b.Kind != o.Kind || len(b.Notes) < len(o.Notes) || len(b.Within) != len(o.Within) {
						t.Errorf("%q: %s is a %v with %d notes, want %v with %d", kept, p.Number, b.Kind, len(b.Notes), o.Kind, len(o.Notes))
					}
				}
				if slices.Contains(m.Inserted, p.Number) && p.Cells[ru].State.Agrees() {
					t.Errorf("%q: %s is confirmed", kept, p.Number)
				}
			}
		}
		if !strings.Contains(files["odd/ru.md"], kept[:strings.IndexByte(kept, '\n')]) {
			t.Errorf("the old text is gone from %s", files["odd/ru.md"])
		}
		if strings.Contains(files["odd/ru.md"], "en.md") {
			t.Errorf("a link leads to the other language in %s", files["odd/ru.md"])
		}
		_ = full
	}
}

func confirmedAlone(t *testing.T, content fstest.MapFS) fstest.MapFS {
	t.Helper()
	rev, err := load(t, content).Revise("odd", nil, func(*record.Record) (string, error) { return "", nil })
	if err != nil {
		t.Fatal(err)
	}
	return apply(content, map[string]string{rev.Path: rev.Content})
}

// TestFacts: what a file says of the versions is in the language translated into,
// in both forms of XLIFF and in the table for Word.
func TestFacts(t *testing.T) {
	t.Parallel()
	e := load(t, fstest.MapFS{
		"site.yaml": {Data: []byte("languages: [{lang: en}, {lang: ru}, {lang: zh, tag: zh-Hans}]\ntitle: {en: A, ru: А, zh: 甲}\n")},
		"odd/en.md": {Data: []byte("---\ntitle: Law\nstatus: received\ndate: 2015-07-10\n---\n\n# Law\n\nOne.\n")},
		"odd/ru.md": {Data: []byte("---\ntitle: Закон\nstatus: working-translation\n---\n\n# Закон\n\nРаз.\n")},
	})
	for to, want := range map[string][]string{
		"ru": {"English: Law; текст в том виде, в каком он получен; документ от 10\u00a0июля 2015\u00a0года", "Русский: Закон; неофициальный рабочий перевод"},
		"zh": {"English：Law；", "文件日期：2015年7月10日", "中文：尚无文本"},
	} {
		j := job(e, "odd", "en", to)
		files := map[string]string{}
		for _, v := range versions {
			data, _ := j.XLIFF(exchange.Choice{Version: v})
			files["xliff "+string(v)] = string(data)
		}
		table, _, err := j.Table(exchange.Choice{})
		if err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(table), int64(len(table)))
		if err != nil {
			t.Fatal(err)
		}
		body, err := fs.ReadFile(z, "word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		files["docx"] = string(body)
		for name, file := range files {
			for _, w := range want {
				if !strings.Contains(file, w) {
					t.Errorf("%s to %s: no %q in\n%.3000s", name, to, w, file)
				}
			}
			if strings.Contains(file, "working-translation") || strings.Contains(file, "no version yet") {
				t.Errorf("%s to %s: English words", name, to)
			}
		}
	}
}

// TestStale: a passage whose source changed since it was confirmed is sent with
// what it was then; when it comes back it waits to be confirmed.
func TestStale(t *testing.T) {
	t.Parallel()
	content := confirmed(t, rich(), "odd")
	content = apply(content, map[string]string{"odd/en.md": strings.Replace(string(content["odd/en.md"].Data), "1. first", "1. the very first", 1)})
	e := load(t, content)
	j := job(e, "odd", "en", "ru")
	data, sent := j.XLIFF(exchange.Choice{Only: []exchange.Due{exchange.Stale}})
	if sent.Units != 1 {
		t.Fatalf("%d units sent\n%s", sent.Units, data)
	}
	for _, want := range []string{
		`state="needs-adaptation">первое</target>`, `<alt-trans alttranstype="previous-version"><source>first</source>`, `что изменилось в исходном тексте: `, `{+the very +}first`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s in\n%s", want, data)
		}
	}
	if all, _ := j.XLIFF(exchange.Choice{}); !strings.Contains(string(all), `<note from="glossary">Exing`) && strings.Contains(string(all), "Exing") {
		t.Errorf("no term in the notes of\n%s", all)
	}
	m, files := back(t, e, retarget(t, data, "p1.1", "самое первое"))
	if len(m.Refused) > 0 || len(m.Changed) != 1 || len(files) != 2 {
		t.Fatalf("%+v, files %v", m, files)
	}
	after := load(t, apply(content, files))
	p := after.Site.Text("odd").Passage("1.1")
	if p.Cells[lang(after, "ru")].State != record.Changed || p.Cells[lang(after, "en")].State != record.Changed {
		t.Errorf("the states are %v, %v", p.Cells[0].State, p.Cells[1].State)
	}
}

// TestDueByThird: what only a third language changed is nothing to translate between
// two that have not changed since they were confirmed.
func TestDueByThird(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{
		"site.yaml": {Data: []byte("languages: [{lang: en}, {lang: ru}, {lang: zh, tag: zh-Hans}]\ntitle: {en: A, ru: А, zh: 甲}\n")},
		"odd/en.md": {Data: []byte("# Law\n\nOne thing.\n")},
		"odd/ru.md": {Data: []byte("# Закон\n\nОдно дело.\n")},
		"odd/zh.md": {Data: []byte("# 法\n\n一件事。\n")},
	}
	content = confirmed(t, content, "odd")
	e := load(t, apply(content, map[string]string{"odd/en.md": "# Law\n\nOne more thing.\n"}))
	if s := e.Site.Text("odd").Passage("0.1").Cells; s[lang(e, "ru")].State != record.Stale || s[lang(e, "zh")].State != record.Stale {
		t.Fatalf("the states are %v", s)
	}
	for pair, want := range map[[2]string]int{{"zh", "ru"}: 0, {"ru", "zh"}: 0, {"en", "ru"}: 1, {"ru", "en"}: 1, {"zh", "en"}: 1} {
		if _, sent := job(e, "odd", pair[0], pair[1]).XLIFF(exchange.Choice{Only: exchange.Dues}); sent.Units != want {
			t.Errorf("%s: %d units are due, want %d", pair, sent.Units, want)
		}
	}
}

// TestForeign: what is not from here is refused as a whole, and no file, however
// damaged, is endured or panics.
func TestForeign(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "x", "<a/>", `<xliff version="1.2"><file/></xliff>`, `<?xml version="1.0" encoding="windows-1251"?><xliff/>`,
		`<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>`, strings.Repeat("<g>", 100_000), `<xliff><trans-unit id="a"><target>` + strings.Repeat("<g id='1'>", 100_000),
	} {
		if r, err := exchange.ReadXLIFF([]byte(s)); err == nil {
			t.Errorf("%.50q is read as %+v", s, r)
		}
	}
}

func FuzzReadXLIFF(f *testing.F) {
	f.Add([]byte(`<xliff version="1.2"><file><header><skl><internal-file>stele 1` + "\ntext a\nfrom ru\nto en\np1 a b c\n" + `</internal-file></skl></header><body><trans-unit id="p1"><source>x</source><target>y<g id="1">z</g></target></trans-unit></body></file></xliff>`))
	f.Add([]byte(`<xliff version="2.0"><file><skeleton>stele 1</skeleton><unit id="p1"><segment><source>x</source><target>y<pc id="1">z</pc><ph id="2"/></target></segment></unit></file></xliff>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, err := exchange.ReadXLIFF(data); err == nil && r == nil {
			t.Error("neither a file nor an error")
		}
	})
}

var _ = diag.Error
