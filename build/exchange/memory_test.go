package exchange_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"stele/build/check"
	"stele/build/diag"
	"stele/build/exchange"
	"stele/build/site"
)

// memory is a translation memory with units of English and Russian.
func memory(units ...string) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="en-US"/><body>` + "\n")
	for _, u := range units {
		en, ru, _ := strings.Cut(u, " = ")
		fmt.Fprintf(&b, `<tu><note>x</note><tuv xml:lang="en-US"><prop type="y">z</prop><seg>%s</seg></tuv><tuv lang="RU"><seg>%s</seg></tuv></tu>`+"\n", en, ru)
	}
	return []byte(b.String() + "</body></tmx>")
}

// TestPropose: what is missing is filled with what the memory has for exactly
// the same text, and stands as unconfirmed; nothing is overwritten.
func TestPropose(t *testing.T) {
	t.Parallel()
	content := rich()
	content["odd/en.md"].Data = []byte("---\ntitle: Odd\n---\n## One {#one}\n\nThe court sits.\n\nThe “court” is free.\n\nFirst, a sentence. Then another one.\n\n**All of it bold.**\n\nA note[^a].\n\nTwo ways.\n\nNobody knows.\n\n## Two {#two}\n\nIt is here.\n\n[^a]: Here.\n")
	content["odd/ru.md"].Data = []byte("---\ntitle: Чудное\n---\n## Раз {#one}\n\n## Два {#two}\n\nЭто есть.\n")
	data := memory(
		"The  court sits. = Суд &lt;заседает&gt;<bpt i='1'>{</bpt>.", "The \"court\" is free. = Суд свободен.", "First, a sentence. = Сначала <hi>фраза</hi>.", "Then another one. = Потом другая.",
		"All of it bold. = Всё жирно.", "A note. = Нота.", "Here. = Тут.", "Two ways. = Двояко.", "Two ways. = Два пути.", "Nobody knows it. = Никто не знает.", "One = Один", "It is here. = Это здесь.",
	)
	for _, recorded := range []bool{true, false} {
		content := content
		if recorded {
			content = confirmedAlone(t, content)
		}
		e := load(t, content)
		mem, err := exchange.ReadTMX(data)
		if err != nil {
			t.Fatal(err)
		}
		p, m, files, err := e.Propose(mem, e.Site.Text("odd"), lang(e, "en"), lang(e, "ru"))
		if err != nil || len(m.Refused) > 0 {
			t.Fatal(err, refusals(m))
		}
		want := "---\ntitle: Чудное\n---\n## Раз {#one}\n\nСуд <заседает>.\n\nСуд свободен.\n\nСначала фраза. Потом другая.\n\n**Всё жирно.**\n\n## Два {#two}\n\nЭто есть.\n"
		if files[0].Data != want {
			t.Errorf("got\n%s\nwant\n%s", files[0].Data, want)
		}
		var ways []exchange.Way
		for _, made := range p.Made {
			ways = append(ways, made.Way)
		}
		if !slices.Equal(ways, []exchange.Way{exchange.Same, exchange.Typeset, exchange.Sentences, exchange.Same}) || p.Made[0].Line != 2 {
			t.Errorf("proposed %v at %+v", ways, p.Made)
		}
		if !slices.Equal(p.Coded, []string{"1.5"}) || !slices.Equal(p.Several, []string{"1.6"}) || p.Unknown != 1 {
			t.Errorf("coded %v, several %v, unknown %d", p.Coded, p.Several, p.Unknown)
		}
		if len(files) != 2 || files[1].Path != "odd/alignment.tsv" {
			t.Fatalf("no record among %v", files)
		}
		written := map[string]string{files[0].Path: files[0].Data, files[1].Path: files[1].Data}
		after := load(t, apply(content, written))
		if ru := lang(after, "ru"); after.Site.Text("odd").Passage("1.1").Cells[ru].State.Agrees() {
			t.Error("a proposal is confirmed")
		}
		found := after.Check()
		if !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code == check.Unconfirmed }) {
			t.Errorf("check says nothing of it")
		}
		// A second time there is nothing to do.
		if _, m, files, err := after.Propose(mem, after.Site.Text("odd"), lang(after, "en"), lang(after, "ru")); err != nil || len(files) > 0 || len(m.Inserted) > 0 {
			t.Errorf("the second time: %v %v", err, files)
		}
	}
}

// TestProposeRuns: a memory has several sentences in one unit where the translation
// says them in one; they are found in a text of more.
func TestProposeRuns(t *testing.T) {
	t.Parallel()
	content := rich()
	content["odd/en.md"].Data = []byte("---\ntitle: Odd\n---\n## One {#one}\n\nHe came. He met the president. They spoke. It rained.\n\nIt rained. He went.\n")
	content["odd/ru.md"].Data = []byte("---\ntitle: Чудное\n---\n## Раз {#one}\n")
	e := load(t, content)
	mem, err := exchange.ReadTMX(memory("He came. He met the president. = Он приехал и был принят.", "He came. = Он пришёл.", "They spoke. = Они говорили.", "It rained. = Шёл дождь."))
	if err != nil {
		t.Fatal(err)
	}
	_, m, files, err := e.Propose(mem, e.Site.Text("odd"), lang(e, "en"), lang(e, "ru"))
	if err != nil || len(m.Refused) > 0 {
		t.Fatal(err, refusals(m))
	}
	if want := "---\ntitle: Чудное\n---\n## Раз {#one}\n\nОн приехал и был принят. Они говорили. Шёл дождь.\n"; files[0].Data != want {
		t.Errorf("got\n%s\nwant\n%s", files[0].Data, want)
	}
}

// TestOwnMemory: the memory that a text is exported as proposes what the text had.
func TestOwnMemory(t *testing.T) {
	t.Parallel()
	content := edition(t)
	e := load(t, content)
	text := e.Site.Text("strategy")
	d := e.Site.Download(text, site.TMX, site.Pair, []int{lang(e, "en"), lang(e, "ru")})
	data, err := e.Download(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	delete(content, "strategy/ru.md")
	delete(content, "strategy/alignment.tsv")
	e = load(t, content)
	mem, err := exchange.ReadTMX(data)
	if err != nil {
		t.Fatal(err)
	}
	p, m, files, err := e.Propose(mem, e.Site.Text("strategy"), lang(e, "en"), lang(e, "ru"))
	if err != nil || len(m.Refused) > 0 {
		t.Fatal(err, refusals(m))
	}
	blocks := strings.Split(string(edition(t)["strategy/ru.md"].Data), "\n\n")
	n := 0
	for _, b := range blocks {
		if strings.Contains(files[0].Data, "\n"+b+"\n") {
			n++
		}
	}
	if n*100 < len(blocks)*85 {
		t.Errorf("%d of %d blocks came back; %d proposed, %d unknown, several %v, coded %v", n, len(blocks), len(p.Made), p.Unknown, p.Several, p.Coded)
	}
}

// TestReadTMX: what is no memory is told, in a sentence, and none is endured.
func TestReadTMX(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "memory.damaged", "x": "memory.damaged", "<a/>": "memory.foreign", "<tmx><body><tu>": "memory.damaged", `<?xml version="1.0" encoding="windows-1251"?><tmx/>`: "memory.encoding",
		"<tmx><tu><tuv xml:lang='en'><seg>" + strings.Repeat("<hi>", 100_000): "memory.damaged", "<tmx><tu>" + strings.Repeat("<x>", 100_000): "memory.damaged",
		`<!DOCTYPE tmx [<!ENTITY a "b">]><tmx><body><tu><tuv xml:lang="en"><seg>&a;</seg></tuv></tu></body></tmx>`: "memory.damaged",
	} {
		_, err := exchange.ReadTMX([]byte(in))
		if told := (*exchange.MemoryError)(nil); !errors.As(err, &told) || told.Why.ID != want {
			t.Errorf("%.40q: %v, want %s", in, err, want)
		}
	}
	wide := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(strings.Replace(string(memory("A = А")), "UTF-8", "UTF-16", 1))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	if m, err := exchange.ReadTMX(wide); err != nil || !m.Has("ru") || !m.Has("en-GB") || m.Has("zh") {
		t.Errorf("UTF-16: %v", err)
	}
}

func FuzzReadTMX(f *testing.F) {
	f.Add(memory("A <hi>b</hi> = Б", "C = Д"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := exchange.ReadTMX(data); err == nil && m == nil {
			t.Error("neither a memory nor an error")
		}
	})
}
