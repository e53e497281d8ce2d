package intake_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"stele/build/intake"
)

// TestSeed: the English text as it was received becomes the edition's, but for
// the front matter and the ids of headings, which an editor chose.
func TestSeed(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/seed.md")
	if err != nil {
		t.Fatal(err)
	}
	edition, err := os.ReadFile("../../content/strategy/en.md")
	if err != nil {
		t.Fatal(err)
	}
	body := func(s string) string {
		_, s, _ = strings.Cut(s, "\n---\n")
		return strings.TrimSpace(regexp.MustCompile(`(?m) \{#[a-z]+\}$`).ReplaceAllString(s, ""))
	}
	res, _ := read(t, intake.File{Name: "strategy-en.md", Data: data, Langs: []string{"en"}})
	if len(res.Versions) != 1 {
		t.Fatal("no version")
	}
	got, want := strings.Split(body(res.Versions[0].Markdown), "\n"), strings.Split(body(string(edition)), "\n")
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("line %d: got\n%q\nwant\n%q", i, at(got, i), at(want, i))
		}
	}
}

func at(s []string, i int) string {
	if i < len(s) {
		return s[i]
	}
	return "(nothing)"
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ lang, text string }{
		"pdf-torn": {"ru", `Устав камней — 1 мая 2015 года

Устав камней, утверждённый
государствами-членами
Государства-члены ставят камни с общедоступными надписями, чтобы хранить мир и
сотрудничество на всём пространстве. Камни стоят по решению государств-членов в
научно-технических центрах и по-прежнему доступны всем, кто желает их читать.

Цели и задачи
Подтверждая свою приверженность целям и задачам настоящего Устава, государствачлены ставят камни:
•

с надписями на трёх языках;

•

с именами тех, кто поставил камни;

1)

камень хранят;

2)

камень показывают.

1

` + "\f" + `Устав камней — 1 мая 2015 года

Хранение
Каждое государство назначает хранителя из числа своих граждан, а научнотехнические центры принимают его и дают ему всё нужное для работы с камнями и
для чтения надписей, в том числе и старых.

2

` + "\f" + `Устав камней — 1 мая 2015 года

Хранитель отвечает за камень перед всеми государствами и пишет о нём каждый год
в столицы. Прежнему хранителю он не подчинён.

3
`},
		"pdf-english": {"en", `CHARTER OF STONES

                                 PART I
                         GENERAL PROVISIONS

Article 1. Purpose
The member states set up stones with public texts in order to main-
tain peace and coop-
eration in the well-
known region. To maintain a stone
is a duty of all.

Stones bear:
  •  the text in three languages;
  •  the names of those
     who set them up;
  •  the date.
                                       - 1 -
` + "\fCharter of Stones\n" + `
The member states consider the setting up of stones to be a matter of the
                                       - 2 -
` + "\fCharter of Stones\n" + `
greatest importance, and will provide for the upkeep of the
Great Stone of the North.
1. Each state appoints a keeper.
2. The keeper:
(a) cleans the stone;
(b) reports in 2015-2016 on what the member states' keepers call "wear".
3. The keeper is paid.
                                       - 3 -
` + "\fCharter of Stones\n" + `
Article 2. Languages
* * *
All languages are equal - in law and in fact.
                                       - 4 -
`},
		"pdf-chinese": {"zh", `石碑公约

第一章 总则

第一条 成员国应当在边境地区设立石碑，并在石碑上以三种语言刻写公
开文本，以维护和平。

成员国应当在必要时
` + "\f" + `
采取措施保护石碑。
（一）清洁石碑；
（二）保护铭文。
`},
		"typed-russian": {"ru", `ДОГОВОР О КАМНЯХ

1. Предмет договора

Стороны ставят камни - "большие" и малые.

2. Обязанности сторон

2.1. Стороны обязуются:
а) чистить камни;
б) беречь надписи в 2015-2020 годах.
2.2. Срок не ограничен.

1986. Год не номер.
`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, name, intake.File{Name: name + ".txt", Data: []byte(c.text), Langs: []string{c.lang}})
		})
	}
}

func TestWeb(t *testing.T) {
	t.Parallel()
	golden(t, "page", intake.File{Name: "page.html", Langs: []string{"en"}, Data: []byte(`<!DOCTYPE html><html><head><title>A window</title><style>p{}</style></head><body>
<nav><a href="/">Home</a> | <a href="/x">Other</a></nav>
<h1>Charter &amp; <b>rules</b></h1>
<p>Text with <em>emphasis</em>, <b>bold</b><i>both</i>, a <a href="https://example.org/a(b)">link</a>, 5&nbsp;m<sup>2</sup>, H<sub>2</sub>O
and a note<sup><a href="#n1" id="r1">1</a></sup>.</p>
<h2 id="two">Lists</h2>
<ol start="3"><li>three<li value="7">seven<ol type="a"><li>a</li><li>b<p>more of b</p></li></ol></li></ol>
<ul><li>one<ul><li>inner</ul><li>two</ul>
<ol type="I"><li>Roman</li></ol>
<blockquote><p>Quoted.</p><ul><li>item</li></ul></blockquote>
<table><caption>A caption</caption><tr><th>A<th colspan=2>B|C<tr><td rowspan=2>1<td>2<td><p>3</p><p>4</p><tr><td>5<td>6</table>
<pre>a
  b</pre>
<p>See <a href="#two">above</a> and <a href="page2.html">elsewhere</a>, <a href="javascript:alert(1)">never</a>. *Not* emphasis, _nor_ this; 1 &lt; 2, [x](y).</p>
<p>1. Not a list.</p><p># no heading</p>
<img src="a.png" alt="A map">
<div><ol><li id="n1">The note. <a href="#r1">↩</a></li></ol></div>
<footer>Copyright</footer><script>alert(1)</script>
</body></html>`)})
}

// TestWebColumns: a table of three columns makes three versions, also where the
// page is in an encoding of its own.
func TestWebColumns(t *testing.T) {
	t.Parallel()
	golden(t, "columns", intake.File{Name: "columns.html", Data: []byte(`<p>Comparison</p><table>
<tr><th>№</th><th>Русский</th><th>中文</th><th>English</th></tr>
<tr><td>1<td><h1>Устав</h1><td><h1>宪章</h1><td><h1>Charter</h1>
<tr><td>2<td><h2>Цели</h2><p>Первая.</p><td><h2>宗旨</h2><p>第一。</p><td><h2>Goals</h2><p>First.</p>
<tr><td>3<td>Вторая часть<td>第二部分<td>Second part<p>divided.</p>
<tr><td>4<td>Третья<td><td>Third
</table>`)})
	res, _ := read(t, intake.File{Name: "old.html", Langs: []string{"ru"}, Data: append([]byte(`<meta charset="windows-1251"><h1>`), 0xD3, 0xF1, 0xF2, 0xE0, 0xE2)})
	if len(res.Versions) != 1 || !strings.Contains(res.Versions[0].Markdown, "# Устав") {
		t.Errorf("a page in Windows-1251: %+v", res.Versions)
	}
}

// TestChineseSpaces: what stands between a number and its text, and spaces of the
// width of a character, stay as they were.
func TestChineseSpaces(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ data, want string }{
		"a.txt": {
			"上海合作组织　宪章\n\n第一章　总则\n\n第二章　　目标\n\n（一）加强互信。\n\n（二）　维护安全。\n\n（三） 鼓励合作。\n\n一、宗旨\n",
			"title: 上海合作组织　宪章\n|# 上海合作组织　宪章|## 第一章　总则|## 第二章　　目标|（一）加强互信。|（二）　维护安全。|（三） 鼓励合作。|一、宗旨",
		},
		"b.html": {
			"<html lang=zh><meta charset=utf-8><body><h1>上海合作组织　宪章</h1><h2> 第一章　总则 </h2><p>（一）加强互信。</p><p>　　全文如下。</p>",
			"title: 上海合作组织　宪章\n|# 上海合作组织　宪章|## 第一章　总则|（一）加强互信。|全文如下。",
		},
	} {
		res, _ := read(t, intake.File{Name: name, Data: []byte(c.data), Langs: []string{"zh"}})
		for line := range strings.SplitSeq(c.want, "|") {
			if !strings.Contains(res.Versions[0].Markdown, "\n"+strings.TrimSuffix(line, "\n")+"\n") {
				t.Errorf("%s: %q is not a line of\n%s", name, line, res.Versions[0].Markdown)
			}
		}
	}
}
