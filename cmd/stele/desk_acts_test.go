package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stele/build/serve"
	"stele/build/watch"
)

// actSite is a text of two languages with a record in which all is confirmed but
// what a later edit of the English changed, and a glossary.
func actSite(t *testing.T) (content, address string) {
	t.Helper()
	content = actContent(t)
	return content, previewOf(t, content)
}

func actContent(t *testing.T) string {
	t.Helper()
	content := filepath.Join(t.TempDir(), "content")
	put(t, filepath.Join(content, "law", "ru.md"), "# Закон {#law}\n\n## Раз {#one}\n\nРеки и озера [[water|страны]].\n\nДороги и мосты. Порты.\n\nШколы.\n\nВузы.\n")
	put(t, filepath.Join(content, "law", "en.md"), "# The Law {#law}\n\n## One {#one}\n\nThe rivers and lakes of the country.\n\nRoads and bridges. Ports.\n\nSchools.\n\nUniversities.\n")
	put(t, filepath.Join(content, "glossary", "bodies", "water.yaml"), "class: body\nnames:\n  ru:\n    - text: Вода\n  en:\n    - text: Water\ndefinition:\n  ru: Вода.\n  en: Water.\n")
	if code := run(t.Context(), []string{"align", "law", "--save", "--content", content}, io.Discard, io.Discard); code != exitFine {
		t.Fatalf("align ended with %d", code)
	}
	if code := run(t.Context(), []string{"confirm", "law", "0", "1", "1.1", "1.2", "1.3", "1.4", "--content", content}, io.Discard, io.Discard); code != exitFine {
		t.Fatalf("confirm ended with %d", code)
	}
	put(t, filepath.Join(content, "law", "en.md"), "# The Law {#law}\n\n## One {#one}\n\nThe 3 rivers and lakes of the country.\n\nRoads and 4 bridges. Ports.\n\nSchools, new.\n\nUniversities, new.\n")
	return content
}

func fileOf(t *testing.T, content, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(content, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// says waits until a file of the content says something.
func says(t *testing.T, content, name, want string) {
	t.Helper()
	var got string
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if data, err := os.ReadFile(filepath.Join(content, filepath.FromSlash(name))); err == nil {
			if got = string(data); strings.Contains(got, want) {
				return
			}
		}
	}
	t.Fatalf("%s never says %q; it says\n%s", name, want, got)
}

func press1(t *testing.T, ctx context.Context, keys string, mods ...chromedp.KeyOption) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.KeyEvent(keys, mods...)); err != nil {
		t.Fatal(err)
	}
}

// letter presses a letter's key. The browser's own protocol tells of the key and
// of the letter one after the other, between which a field may have opened.
func letter(t *testing.T, ctx context.Context, code string) {
	t.Helper()
	do(t, ctx, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { code: "`+code+`", key: "x", bubbles: true, cancelable: true }))`)
}

// do evaluates statements.
func do(t *testing.T, ctx context.Context, statements string) {
	t.Helper()
	eval[bool](t, ctx, `(() => { `+statements+`; return true })()`)
}

const caret = `((selector, at) => { const p = document.querySelector(selector); p.closest(".work").focus(); const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let n, left = at; while ((n = walk.nextNode())) { if (n.parentElement.closest("del, .at")) continue; if (left <= n.data.length) { getSelection().collapse(n, left); return; } left -= n.data.length; } })`

// idle is true when every press has been answered and the page is as it left it.
const idle = `!document.querySelector("[aria-busy]") && !document.body.dataset.busy`

// place puts the cursor before a letter of some words, and sees that the desk knows
// it: the page may be about to be renewed, which takes the cursor away.
func place(t *testing.T, ctx context.Context, selector string, letters int) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		put := fmt.Sprintf(`(() => { const p = document.querySelector(%s); if (!p) return false; %[2]s(%[1]s, %[3]d); return true })()`, selector, caret, letters)
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](put)); err != nil || !ok {
			continue
		}
		time.Sleep(50 * time.Millisecond)
		known := fmt.Sprintf(`!!document.querySelector(%s)?.classList.contains("cursor") && document.activeElement === document.querySelector(%[1]s).closest(".work")`, selector)
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](known)); err == nil && ok {
			return
		}
	}
	t.Fatalf("no cursor in %s", selector)
}

// TestBrowserPressesAreNotLost presses one thing after another while every answer
// takes its time: each is done, in turn, and the focus stays where the last was.
func TestBrowserPressesAreNotLost(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	content, address := actSite(t)
	open(t, ctx, address+"editors.html?lang=en&queue=ru")
	until(t, ctx, `document.querySelectorAll(".work").length === 4 && !document.querySelector("main button:disabled")`)
	do(t, ctx, `const real = fetch; window.fetch = async (u, o) => { const a = await real(u, o); await new Promise(r => setTimeout(r, 300)); return a; }`)
	click := func(selector string) {
		t.Helper()
		do(t, ctx, `document.querySelector("`+selector+`").click()`)
	}

	// Undo, and a pin before it is answered.
	click(`#t1w1\\.4 .part[data-in=ru] [data-act=edit]`)
	until(t, ctx, `document.querySelector("#t1w1\\.4 textarea")`)
	do(t, ctx, `document.querySelector("#t1w1\\.4 textarea").value = "Новые вузы."`)
	press1(t, ctx, kb.Enter, chromedp.KeyModifiers(2))
	says(t, content, "law/ru.md", "Новые вузы.\n")
	until(t, ctx, idle)
	press1(t, ctx, "z", chromedp.KeyModifiers(2))
	says(t, content, "law/ru.md", "\nВузы.\n")
	click(`#t1w1\\.1 [data-act=pin]`)
	click(`#t1w1\\.2 [data-act=pin]`)
	click(`#t1w1\\.2 [data-act=pin]`) // twice is once
	click(`#t1w1\\.3 [data-act=pin]`)
	until(t, ctx, `document.activeElement.matches("#t1w1\\.3 [data-act=unpin]") && document.querySelectorAll("[data-act=unpin]").length === 3 && `+idle)
	if got := fileOf(t, content, "law/alignment.tsv"); strings.Count(got, "\tpin\t") != 3 {
		t.Errorf("pinned are\n%s", got)
	}

	// Two acts on one card, of which the first changes it: the second finds it again.
	click(`#t1w1\\.2 [data-act=unpin]`)
	click(`#t1w1\\.2 [data-act=read][data-lang=ru]`)
	says(t, content, "law/alignment.tsv", "\n=1.2\tru\tДороги и мосты. Порты.\t"+time.Now().Format(time.DateOnly))
	until(t, ctx, idle+` && document.querySelector(".desk-said span")?.textContent.startsWith("Confirmed: 1.2")`)
	until(t, ctx, `document.activeElement.closest(".work")`)

	// What another program wrote meanwhile is not confirmed unseen.
	click(`#t1w1\\.1 [data-act=unpin]`)
	put(t, filepath.Join(content, "law", "en.md"), strings.Replace(fileOf(t, content, "law/en.md"), "Schools, new.", "Schools, other.", 1))
	click(`#t1w1\\.3 [data-act=read][data-lang=ru]`)
	until(t, ctx, idle+` && document.querySelector(".desk-said.failed")?.textContent.startsWith("The text has changed since")`)
	if got := fileOf(t, content, "law/alignment.tsv"); strings.Contains(got, "Schools, other.\t") {
		t.Errorf("it was confirmed:\n%s", got)
	}

	// What a press was about may be gone: then that is said.
	until(t, ctx, `document.querySelector("#t1w1\\.3 .part[data-in=en]").textContent.includes("other") && `+idle)
	click(`#t1w1\\.4 [data-act=join]`)
	click(`#t1w1\\.4 [data-act=pin]`)
	until(t, ctx, idle+` && document.querySelector(".desk-said.failed")?.textContent.startsWith("What this button was about")`)
	says(t, content, "law/alignment.tsv", "1.4\tgone 1.3")
	until(t, ctx, `document.activeElement.closest(".work")`)
}

// TestBrowserActs does every act of a card by keyboard or mouse, sees its result
// on the page and in the files, and takes some back.
func TestBrowserActs(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	content, address := actSite(t)
	open(t, ctx, address+"editors.html?lang=en&queue=ru")
	until(t, ctx, `document.querySelectorAll(".work").length === 4 && !document.querySelector("main button:disabled")`)

	// What changed, by words, and the queue's choice.
	if got := eval[string](t, ctx, `[...document.querySelectorAll(".work ins")].map(i => i.textContent.trim()).filter(Boolean).join()`); got != "3,4,, new,, new" && got != "3,4,, new,, new." && !strings.HasPrefix(got, "3,4,") {
		t.Errorf("what is new: %q", got)
	}

	// Edit in place: Ctrl+Enter saves, the findings follow, the focus stays.
	do(t, ctx, `document.querySelector("#t1w1\\.2").focus()`)
	letter(t, ctx, "KeyE")
	until(t, ctx, `document.activeElement.matches("#t1w1\\.2 .part[data-in=ru] textarea") && document.activeElement.value === "Дороги и мосты. Порты."`)
	do(t, ctx, `document.activeElement.value = "Дороги и 4 моста. Порты."`)
	begun := time.Now()
	press1(t, ctx, kb.Enter, chromedp.KeyModifiers(2))
	until(t, ctx, `document.querySelector(".desk-said span")?.textContent === "Saved: 1.2, Русский"`)
	t.Logf("an edit was answered after %v", time.Since(begun))
	until(t, ctx, `document.activeElement.matches("#t1w1\\.2 .part[data-in=ru] [data-act=edit]") && [...document.querySelectorAll("#t1w1\\.2 .part[data-in=ru] ins")].map(i => i.textContent).join("").includes("4 моста")`)
	says(t, content, "law/ru.md", "Дороги и 4 моста. Порты.\n")
	until(t, ctx, idle)

	// Ctrl+Z takes it back, with Shift does it again.
	press1(t, ctx, "z", chromedp.KeyModifiers(2))
	until(t, ctx, idle+` && document.querySelector(".desk-said span")?.textContent === "Undone: “Saved: 1.2, Русский”"`)
	says(t, content, "law/ru.md", "Дороги и мосты. Порты.\n")
	press1(t, ctx, "Z", chromedp.KeyModifiers(2|8))
	until(t, ctx, `document.querySelector(".desk-said span")?.textContent.startsWith("Done again")`)
	says(t, content, "law/ru.md", "Дороги и 4 моста. Порты.\n")

	// Sign the language of the queue: the passage is done for it, the focus goes on.
	until(t, ctx, `document.activeElement.closest(".work")?.id === "t1w1.2" && document.querySelector("#t1w1\\.2 .part[data-in=ru]").textContent.includes("4 моста")`)
	do(t, ctx, `document.querySelector("#desk-name").value = "Анна"; document.querySelector("#t1w1\\.2").focus()`)
	letter(t, ctx, "KeyC")
	until(t, ctx, `!document.querySelector("#t1w1\\.2 [data-act=read][data-lang=ru]")`)
	says(t, content, "law/alignment.tsv", "=1.2\tru\tДороги и 4 моста. Порты.\t"+time.Now().Format(time.DateOnly)+" Анна")
	until(t, ctx, `document.activeElement.closest(".work") !== null && `+idle)

	// Divide at the cursor, within a block.
	place(t, ctx, `"#t1w1\\.1 .part[data-in=ru] .words"`, 7)
	letter(t, ctx, "KeyS")
	says(t, content, "law/ru.md", "Реки и\n\nозера [[water|страны]].\n")
	until(t, ctx, `document.querySelectorAll("#t1w1\\.1 .part[data-in=ru] .words").length === 2 && `+idle)
	// And join the two blocks again: the cursor is in the second.
	place(t, ctx, `"#t1w1\\.1 .part[data-in=ru] .words:nth-of-type(3)"`, 1)
	letter(t, ctx, "KeyJ")
	says(t, content, "law/ru.md", "Реки и\nозера [[water|страны]].\n")
	until(t, ctx, `document.querySelectorAll("#t1w1\\.1 .part[data-in=ru] .words").length === 1 && `+idle)

	// Join with the previous passage, divide at the block again.
	do(t, ctx, `getSelection().removeAllRanges(); document.querySelector("#t1w1\\.4 [data-act=join]").click()`)
	until(t, ctx, `!document.querySelector("#t1w1\\.4") && document.querySelectorAll("#t1w1\\.3 .part[data-in=en] .words").length === 2 && `+idle)
	says(t, content, "law/alignment.tsv", "1.4\tgone 1.3")
	place(t, ctx, `"#t1w1\\.3 .part[data-in=en] .words:nth-of-type(3)"`, 0)
	letter(t, ctx, "KeyS")
	until(t, ctx, `document.querySelector("#t1w1\\.3a") && `+idle)

	// Give a block to the neighbour, and back.
	place(t, ctx, `"#t1w1\\.3 .part[data-in=en] .words"`, 1)
	press1(t, ctx, kb.ArrowDown, chromedp.KeyModifiers(1))
	until(t, ctx, `document.querySelectorAll("#t1w1\\.3a .part[data-in=en] .words[data-block]").length === 2 && `+idle)
	place(t, ctx, `"#t1w1\\.3a .part[data-in=en] .words"`, 1)
	press1(t, ctx, kb.ArrowUp, chromedp.KeyModifiers(1))
	until(t, ctx, `document.querySelectorAll("#t1w1\\.3a .part[data-in=en] .words[data-block]").length === 1 && `+idle)

	// Move in the file.
	place(t, ctx, `"#t1w1\\.3a .part[data-in=ru] .words"`, 1)
	press1(t, ctx, kb.ArrowUp, chromedp.KeyModifiers(1|8))
	says(t, content, "law/ru.md", "Вузы.\n\nШколы.\n")
	until(t, ctx, idle+` && document.querySelector(".desk-said span")?.textContent.includes("the block has changed places")`)
	press1(t, ctx, "z", chromedp.KeyModifiers(2))
	says(t, content, "law/ru.md", "Школы.\n\nВузы.\n")
	until(t, ctx, idle+` && document.querySelector(".desk-said span")?.textContent.startsWith("Undone")`)

	// Pin, by the button.
	do(t, ctx, `document.querySelector("#t1w1\\.1 [data-act=pin]").click()`)
	until(t, ctx, `document.activeElement.dataset.act === "unpin" && `+idle)
	says(t, content, "law/alignment.tsv", "\n1.1\tpin\t")

	// It is right so, with a reason.
	until(t, ctx, `document.querySelector("#t1w1\\.1 .part[data-in=en] [data-act=waive]")`)
	do(t, ctx, `document.querySelector("#t1w1\\.1 [data-act=waive][data-code^=number]").click()`)
	until(t, ctx, `document.querySelector("dialog[open] textarea")`)
	do(t, ctx, `document.querySelector("dialog textarea").value = "the rivers are counted here"`)
	press1(t, ctx, kb.Enter, chromedp.KeyModifiers(2))
	says(t, content, "law/en.md", "<!-- stele: ignore number-differs the rivers are counted here -->\nThe 3 rivers")
	until(t, ctx, `!document.querySelector("#t1w1\\.1 [data-code^=number]") && `+idle)

	// Selected words become a name of a concept.
	do(t, ctx, `const p = document.querySelector("#t1w1\\.1 .part[data-in=ru] .words"); p.closest(".work").focus(); const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let n; while ((n = walk.nextNode())) if (n.data.includes("Реки")) { getSelection().setBaseAndExtent(n, n.data.indexOf("Реки"), n, n.data.indexOf("Реки") + 4); break; }`)
	letter(t, ctx, "KeyG")
	until(t, ctx, `document.querySelector("dialog[open] input")?.value === "Реки"`)
	do(t, ctx, `document.querySelectorAll("dialog input")[1].value = "water"; document.querySelector("dialog [type=submit]").click()`)
	says(t, content, "glossary/bodies/water.yaml", "    - text: Реки\n      kind: variant\n")
	until(t, ctx, idle)

	// The history has them all, and takes one of the first back.
	do(t, ctx, `document.querySelector("#t1w1\\.1 details.history").open = true`)
	until(t, ctx, `document.querySelectorAll("#t1w1\\.1 .history li").length >= 4`)
	until(t, ctx, `document.querySelectorAll("#acts-done li").length >= 10 && document.querySelector("#acts-done").textContent.includes("Анна")`)

	// A concept is renamed wherever it is named.
	open(t, ctx, address+"editors.html?lang=en")
	until(t, ctx, `document.querySelector("[data-concept=water]")?.disabled === false`)
	do(t, ctx, `const b = document.querySelector("[data-concept=water]"); b.closest("details").open = true; b.closest("li").querySelector("input").value = "waters"; b.click()`)
	says(t, content, "law/ru.md", "[[waters|страны]]")
	says(t, content, "glossary/bodies/waters.yaml", "aliases: [water]\n")
	old := filepath.Join(content, "glossary/bodies/water.yaml")
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) { // it goes last
		if _, err := os.Stat(old); errors.Is(err, fs.ErrNotExist) {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the old file is still there")
		}
	}
}

// TestBrowserReceives drops a new version, sees what it would do, takes a part
// of it, and leaves another without a trace.
func TestBrowserReceives(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	content, address := actSite(t)
	open(t, ctx, address+"editors.html?lang=ru")
	until(t, ctx, `document.querySelector("#drop-look")?.disabled === false`)
	before := fileOf(t, content, "law/en.md")
	drop := func(name, data string) {
		t.Helper()
		encoded := base64.StdEncoding.EncodeToString([]byte(data))
		do(t, ctx, `const f = new File([Uint8Array.from(atob("`+encoded+`"), c => c.charCodeAt(0))], "`+name+`"); const d = new DataTransfer(); d.items.add(f); document.querySelector("main").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: d }))`)
	}
	drop("en.md", strings.Replace(before, "Schools, new.\n\n", "Schools, quite new.\n\nA paragraph of its own.\n\n", 1))
	until(t, ctx, `document.querySelector("#receipt .sum")?.textContent.startsWith("5 блоков без изменений")`)
	if got := eval[string](t, ctx, `document.querySelector("#receipt .sum").textContent`); got != "5 блоков без изменений, изложено иначе: 1, новых: 1" {
		t.Errorf("the sum: %q", got)
	}
	if got := eval[string](t, ctx, `document.querySelector("#receipt ins").textContent`); strings.TrimSpace(got) != "quite" {
		t.Errorf("what is new: %q", got)
	}
	if fileOf(t, content, "law/en.md") != before {
		t.Fatal("it was written before it was accepted")
	}
	do(t, ctx, `[...document.querySelectorAll("#receipt .acts button")][1].click()`)
	until(t, ctx, `document.querySelector("#receipt").textContent === ""`)
	if fileOf(t, content, "law/en.md") != before {
		t.Fatal("it left a trace")
	}
	drop("en.md", strings.Replace(before, "Schools, new.\n\n", "Schools, quite new.\n\nA paragraph of its own.\n\n", 1))
	until(t, ctx, `document.querySelector("#receipt [data-group=new]")`)
	do(t, ctx, `document.querySelector("#receipt [data-group=new]").click(); document.querySelector("#drop-take").click()`)
	says(t, content, "law/en.md", "Schools, quite new.\n\nUniversities, new.\n")

	// The table for the translator, there and back.
	table := get(t, address+"editors/law.en-ru.xlf?text=law&from=en&to=ru")
	drop("law.xlf", strings.Replace(table, ">Вузы.<", ">Университеты.<", 1))
	until(t, ctx, `document.querySelector("#receipt ins")?.textContent.includes("Университеты")`)
	do(t, ctx, `document.querySelector("#drop-take").click()`)
	says(t, content, "law/ru.md", "\nУниверситеты.\n")
	if word := get(t, address+"editors/law.en-ru.docx?text=law&from=en&to=ru"); !strings.HasPrefix(word, "PK") {
		t.Error("no table for a word processor")
	}
	// What a good file would do is no longer shown beside the name of a bad one.
	drop("en.md", strings.Replace(fileOf(t, content, "law/en.md"), "quite new", "rather new", 1))
	until(t, ctx, `document.querySelector("#receipt ins")?.textContent.includes("rather")`)
	drop("law.xlf", "<not xml")
	until(t, ctx, `document.querySelector(".desk-said.failed")?.textContent.startsWith("Файл поврежден")`)
	if got := eval[string](t, ctx, `document.querySelector("#receipt").textContent`); got != "" {
		t.Errorf("beside a file that is refused stands what another would do: %q", got)
	}
	drop("law.docx", "not a document")
	until(t, ctx, `document.querySelector(".desk-said.failed")?.textContent.startsWith("Файл принять нельзя: ")`)
}

// TestBrowserTwo: two browsers work at once, and a file is changed under the
// hands of one. Nothing that either wrote is lost.
func TestBrowserTwo(t *testing.T) {
	t.Parallel()
	one := browser(t)
	two := browser(t)
	content, address := actSite(t)
	for _, ctx := range []context.Context{one, two} {
		open(t, ctx, address+"editors.html?lang=en&queue=ru")
		until(t, ctx, `document.querySelectorAll(".work").length === 4 && !document.querySelector("main button:disabled")`)
	}
	begin := func(ctx context.Context, card, text string) {
		t.Helper()
		do(t, ctx, `document.querySelector("#`+card+` .part[data-in=ru] [data-act=edit]").click()`)
		until(t, ctx, `document.querySelector("#`+card+` .part[data-in=ru] textarea")`)
		do(t, ctx, `document.querySelector("#`+card+` .part[data-in=ru] textarea").value = "`+text+`"`)
	}
	save := func(ctx context.Context, card string) {
		t.Helper()
		do(t, ctx, `document.querySelector("#`+card+` [data-act=write]").click()`)
	}
	// Both write in different passages: both are kept, and what one is writing
	// survives the other's saving.
	begin(one, `t1w1\\.3`, "Школы первого.")
	begin(two, `t1w1\\.4`, "Вузы второго.")
	save(one, `t1w1\\.3`)
	until(t, two, `[...document.querySelectorAll("#t1w1\\.3 .part[data-in=ru] .words")].map(p => p.textContent).join("").includes("первого")`)
	if got := eval[string](t, two, `document.querySelector("#t1w1\\.4 textarea").value`); got != "Вузы второго." {
		t.Fatalf("what was being written became %q", got)
	}
	save(two, `t1w1\\.4`)
	says(t, content, "law/ru.md", "Школы первого.\n\nВузы второго.\n")

	// Both write in one passage: the second is shown the first's text and keeps
	// its own; saved again, it replaces it.
	until(t, one, `[...document.querySelectorAll("#t1w1\\.4 .part[data-in=ru] .words")].map(p => p.textContent).join("").includes("второго")`)
	begin(one, `t1w1\\.2`, "Первый.")
	begin(two, `t1w1\\.2`, "Второй.")
	save(one, `t1w1\\.2`)
	says(t, content, "law/ru.md", "\nПервый.\n")
	save(two, `t1w1\\.2`)
	until(t, two, `document.querySelector("#t1w1\\.2 .meanwhile pre")?.textContent === "Первый." && document.querySelector("#t1w1\\.2 textarea").value === "Второй."`)
	if got := fileOf(t, content, "law/ru.md"); strings.Contains(got, "Второй") {
		t.Fatalf("what the editor had not seen was replaced:\n%s", got)
	}
	save(two, `t1w1\\.2`)
	says(t, content, "law/ru.md", "\nВторой.\n")

	// A file is changed under the hands, by another program.
	begin(one, `t1w1\\.1`, "Из редактора.")
	put(t, filepath.Join(content, "law", "ru.md"), strings.Replace(fileOf(t, content, "law/ru.md"), "Реки и озера [[water|страны]].", "Из другой программы.", 1))
	save(one, `t1w1\\.1`)
	until(t, one, `document.querySelector("#t1w1\\.1 .meanwhile pre")?.textContent === "Из другой программы."`)
	says(t, content, "law/ru.md", "Из другой программы.")

	// Each takes back its own.
	press1(t, two, "z", chromedp.KeyModifiers(2))
	says(t, content, "law/ru.md", "\nПервый.\n")
	says(t, content, "law/ru.md", "Из другой программы.")
}

// FuzzDesk sends what nobody would to every address of the desk: nothing panics,
// nothing outside of the content is written, and what is there stays readable.
func FuzzDesk(f *testing.F) {
	f.Add("edit", `{"text":"law","passage":"1.1","print":"x","in":"ru","markdown":"x"}`)
	f.Add("name", `{"concept":"../../x","group":"..","in":"ru","name":"x"}`)
	f.Add("accept", `{"file":"../x.md","data":"eA==","text":"..","in":"ru","items":[-1]}`)
	f.Add("back", `{"act":-5,"session":""}`)
	f.Add("divide", `{"text":"law","passage":"1.1","block":-1,"letters":-9}`)
	dir := f.TempDir()
	content := filepath.Join(dir, "content")
	_ = os.MkdirAll(filepath.Join(content, "law"), 0o777)
	for l, s := range map[string]string{"ru": "# Закон\n\nРаз.\n\nДва.\n", "en": "# Law\n\nOne.\n\nTwo.\n"} {
		_ = os.WriteFile(filepath.Join(content, "law", l+".md"), []byte(s), 0o666)
	}
	server, handler := deskFor(f, content)
	f.Fuzz(func(t *testing.T, path, body string) {
		if len(body) > 2000 {
			return
		}
		if _, known := acts[path]; !known && path != "back" && path != "look" && path != "receive" && path != "acts" {
			return
		}
		// A right print now and then, so that more than the first check is met.
		var p map[string]any
		if json.Unmarshal([]byte(body), &p) == nil && p["print"] == "x" {
			p["print"] = printOf(t, handler, server, p)
			b, _ := json.Marshal(p)
			body = string(b)
		}
		code, reply := ask(handler, server, path, body)
		if code != http.StatusOK && (code < 400 || code > 499) {
			t.Errorf("%s %s: %d %s", path, body, code, reply)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 1 {
			t.Fatalf("%s %s wrote outside: %v %v", path, body, entries, err)
		}
	})
}

// TestDeskRefusesNonsense sends each act incomplete and wrong.
func TestDeskRefusesNonsense(t *testing.T) {
	t.Parallel()
	content := filepath.Join(t.TempDir(), "content")
	put(t, filepath.Join(content, "law", "ru.md"), "# Закон\n\nРаз.\n")
	put(t, filepath.Join(content, "law", "en.md"), "# Law\n\nOne.\n")
	server, handler := deskFor(t, content)
	for name := range acts {
		for _, body := range []string{`{}`, `null`, `{"text":"law"}`, `{"text":"law","passage":"0.1","print":"0","in":"ru","lang":"zh"}`, `{"x":1}`, `[]`, `{"data":"!"}`} {
			if code, reply := ask(handler, server, name, body); code < 400 || code > 499 {
				t.Errorf("%s %s: %d %s", name, body, code, reply)
			}
		}
	}
	entries, err := os.ReadDir(filepath.Join(content, "law"))
	if err != nil || len(entries) != 2 {
		t.Errorf("something was written: %v %v", entries, err)
	}
}

// deskFor is a preview of the content, without a port.
func deskFor(t testing.TB, content string) (*serve.Server, http.Handler) {
	t.Helper()
	return deskOf(t, &invocation{Context: t.Context(), stdout: io.Discard, stderr: io.Discard}, content)
}

func deskOf(t testing.TB, v *invocation, content string) (*serve.Server, http.Handler) {
	t.Helper()
	site := &siteFlags{content: content}
	in, err := site.inputs()
	if err != nil {
		t.Fatal(err)
	}
	if err := v.speak("en"); err != nil {
		t.Fatal(err)
	}
	kept := keep(&in, site)
	server := serve.New()
	l := newLoader(v, in, site, kept, server)
	handleDesk(server, l)
	l.follow(t.Context(), watch.Change{All: true})
	return server, server.Handler(4321)
}

// ask sends a request to the desk.
func ask(h http.Handler, s *serve.Server, path, body string) (int, string) {
	q := httptest.NewRequest(http.MethodPost, "http://localhost:4321/-/"+path, strings.NewReader(body))
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set(serve.TokenHeader, s.Token())
	w := httptest.NewRecorder()
	h.ServeHTTP(w, q)
	return w.Code, w.Body.String()
}

// printOf is the print of the passage that a request is about.
func printOf(t *testing.T, h http.Handler, s *serve.Server, p map[string]any) string {
	t.Helper()
	body, _ := json.Marshal(map[string]any{"text": p["text"], "passage": p["passage"], "in": "ru"})
	var reply struct{ Print string }
	if _, said := ask(h, s, "look", string(body)); json.Unmarshal([]byte(said), &reply) != nil {
		return ""
	}
	return reply.Print
}

// TestBrowserConfirmsARange: in the queue a range is confirmed at once, in the
// language alone, and what is searched for stays in the queue.
func TestBrowserConfirmsARange(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	content := deskSite(t)
	address := previewOf(t, content)
	open(t, ctx, address+"editors.html?lang=en&queue=ru")
	until(t, ctx, `document.querySelector("[data-act=range]")?.disabled === false && document.querySelectorAll(".work").length === 20`)
	do(t, ctx, `const r = document.querySelector(".range"); r.querySelectorAll("input")[0].value = "1.5"; r.querySelectorAll("input")[1].value = "9.9"; r.querySelector("button").click()`)
	until(t, ctx, `document.querySelector(".desk-said.failed")?.textContent.startsWith("This is no range") && document.activeElement === document.querySelectorAll(".range input")[1]`)
	do(t, ctx, `const r = document.querySelector(".range"); r.querySelectorAll("input")[0].value = "1.5"; r.querySelectorAll("input")[1].value = "1.9"; r.querySelector("button").click()`)
	until(t, ctx, `document.querySelector(".desk-said span")?.textContent === "5 passages confirmed (Русский)" || document.querySelector(".desk-said span")?.textContent.startsWith("5 passages")`)
	says(t, content, "law/alignment.tsv", "\n=1.9\tru\t")
	if got := fileOf(t, content, "law/alignment.tsv"); strings.Contains(got, "\n=1.9\ten\t") || strings.Contains(got, "\n=1.10\tru\t") {
		t.Error("more was confirmed than was chosen")
	}
	until(t, ctx, `!document.querySelector("#t1w1\\.9") && document.querySelector("#t1w1\\.10")`)
	do(t, ctx, `document.querySelector(".desk-seek input[type=search]").value = "Абзац 33"; document.querySelector(".desk-seek button").click()`)
	until(t, ctx, `document.querySelector("#queue") && document.querySelectorAll(".work").length === 1 && document.querySelector("#t1w1\\.33")`)
	if got := eval[string](t, ctx, `[...document.querySelectorAll(".desk-pages a")].length + " " + document.querySelector("#queue-h .count").textContent`); got != "0 1" {
		t.Errorf("the search finds %s", got)
	}
}

// TestBrowserConfirmsWhatIsShown: what changes in a language while another is
// being written is not confirmed before it is shown, nor written over; what is
// typed in one field stays when another is saved or left.
func TestBrowserConfirmsWhatIsShown(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	content, address := actSite(t)
	open(t, ctx, address+"editors.html?lang=en&queue=ru")
	until(t, ctx, `document.querySelectorAll(".work").length === 4 && !document.querySelector("main button:disabled")`)
	const card = `document.querySelector("#t1w1\\.3")`
	part := func(lang string) string { return card + `.querySelector(".part[data-in=` + lang + `]")` }
	begin := func(lang, text string) {
		t.Helper()
		do(t, ctx, part(lang)+`.querySelector("[data-act=edit]").click()`)
		until(t, ctx, part(lang)+`.querySelector("textarea")`)
		do(t, ctx, part(lang)+`.querySelector("textarea").value = "`+text+`"`)
	}

	// While the Russian is written, the English becomes another.
	begin("ru", "Школы и вузы.")
	put(t, filepath.Join(content, "law", "en.md"), strings.Replace(fileOf(t, content, "law/en.md"), "Schools, new.", "Schools, other.", 1))
	until(t, ctx, card+`.dataset.next && `+card+`.dataset.next !== `+card+`.dataset.print`)
	until(t, ctx, `[...`+card+`.querySelectorAll("[data-act=confirm], [data-act=read]")].every(b => b.disabled)`)

	// A box that is opened then has the new words, and when it is left, the older
	// one still knows which it began with.
	begin("en", "Nothing.")
	do(t, ctx, part("en")+`.querySelector("[data-act=leave]").click()`)
	until(t, ctx, `!`+part("en")+`.querySelector(".writing")`)
	do(t, ctx, part("ru")+`.querySelector("[data-act=write]").click()`)
	until(t, ctx, part("ru")+`.querySelector(".meanwhile")`)
	do(t, ctx, part("ru")+`.querySelector("[data-act=write]").click()`)
	says(t, content, "law/ru.md", "Школы и вузы.\n")
	until(t, ctx, `!`+card+`.querySelector(".writing") && `+part("en")+`.textContent.includes("other") && [...`+card+`.querySelectorAll("[data-act=confirm], [data-act=read]")].every(b => !b.disabled)`)

	// Two boxes of a card are saved one after the other, without a question.
	begin("ru", "Школы первые.")
	begin("en", "Schools first.")
	do(t, ctx, part("ru")+`.querySelector("[data-act=write]").click()`)
	says(t, content, "law/ru.md", "Школы первые.\n")
	until(t, ctx, `!`+part("ru")+`.querySelector(".writing")`)
	do(t, ctx, part("en")+`.querySelector("[data-act=write]").click()`)
	says(t, content, "law/en.md", "Schools first.\n")
	until(t, ctx, `!`+card+`.querySelector(".writing")`)

	// A passage whose paragraphs stand apart is written in several fields.
	do(t, ctx, `const real = fetch; window.fetch = async (u, o) => { const a = await real(u, o); if (!String(u).endsWith("/look")) return a; const r = await a.json(); r.pieces.push({ first: 7, last: 7, markdown: "Apart." }); return new Response(JSON.stringify(r)); }`)
	begin("en", "Schools again.")
	do(t, ctx, part("en")+`.querySelectorAll("textarea")[1].value = "Apart, changed."`)
	do(t, ctx, part("en")+`.querySelector("[data-act=write]").click()`)
	says(t, content, "law/en.md", "Schools again.\n")
	until(t, ctx, part("en")+`.querySelectorAll("textarea").length === 1 && `+part("en")+`.querySelector("textarea").value === "Apart, changed."`)
	do(t, ctx, part("en")+`.querySelector("[data-act=leave]").click()`)
	until(t, ctx, `!`+card+`.querySelector(".writing")`)
}

// TestDeskTellsFaultsInItsLanguage: what cannot be done is told in the language
// of the page.
func TestDeskTellsFaultsInItsLanguage(t *testing.T) {
	t.Parallel()
	content := deskSite(t)
	s, h := deskFor(t, content)
	if err := os.RemoveAll(filepath.Join(content, "law")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"confirm", "look", "back"} {
		if code, said := ask(h, s, path, `{"text": "law", "passage": "1.1", "in": "ru", "lang": "ru"}`); code != http.StatusConflict || !strings.Contains(said, "В содержании есть ошибки") {
			t.Errorf("%s: %d %s", path, code, said)
		}
	}
}

// TestBrowserDialogues: what is wrong in a dialogue or a field is told where it
// stands, and nothing that was typed is lost by it.
func TestBrowserDialogues(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	content, address := actSite(t)
	open(t, ctx, address+"editors.html?lang=ru&queue=ru")
	until(t, ctx, `document.querySelectorAll(".work").length === 4 && !document.querySelector("main button:disabled")`)
	const said = `document.querySelector(".desk-said span")?.textContent`

	// A concept is named by what the reader calls it; a name that no concept has
	// leaves the dialogue open.
	do(t, ctx, `const p = document.querySelector("#t1w1\\.1 .part[data-in=ru] .words"); p.closest(".work").focus(); const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let n; while ((n = walk.nextNode())) if (n.data.includes("озера")) { getSelection().setBaseAndExtent(n, n.data.indexOf("озера"), n, n.data.indexOf("озера") + 5); break; }`)
	letter(t, ctx, "KeyG")
	until(t, ctx, `document.querySelector("dialog[open] input")?.value === "озера"`)
	if got := eval[string](t, ctx, `[...document.querySelectorAll("dialog option")].map(o => o.textContent).join()`); got != "Органы и организации,Принципы и понятия,Договоры и документы" {
		t.Errorf("the groups are %s", got)
	}
	do(t, ctx, `document.querySelectorAll("dialog input")[1].value = "Моря"; document.querySelector("dialog [type=submit]").click()`)
	until(t, ctx, `document.querySelector("dialog[open] .wrong").textContent.includes("Моря") && document.querySelectorAll("dialog input")[1].value === "Моря"`)
	do(t, ctx, `document.querySelectorAll("dialog input")[1].value = "Вода"; document.querySelector("dialog [type=submit]").click()`)
	says(t, content, "glossary/bodies/water.yaml", "    - text: озера\n      kind: variant\n")
	until(t, ctx, idle+` && !document.querySelector("dialog") && document.activeElement.closest(".work")`)

	// Esc does not throw words away at once, and says what it would do.
	do(t, ctx, `document.querySelector("#t1w1\\.2 .part[data-in=ru] [data-act=edit]").click()`)
	until(t, ctx, idle+` && document.activeElement.matches("#t1w1\\.2 textarea")`)
	do(t, ctx, `document.activeElement.value = "Новое."`)
	press1(t, ctx, kb.Escape)
	until(t, ctx, said+`.includes("не сохранено") && document.activeElement.value === "Новое."`)
	press1(t, ctx, kb.Escape)
	until(t, ctx, `!document.querySelector("#t1w1\\.2 textarea") && document.activeElement.closest(".work")?.id === "t1w1.2"`)

	// A block that is moved by the keys leaves the focus on its card.
	place(t, ctx, `"#t1w1\\.3 .part[data-in=ru] .words"`, 1)
	press1(t, ctx, kb.ArrowDown, chromedp.KeyModifiers(1|8))
	says(t, content, "law/ru.md", "Вузы.\n\nШколы.\n")
	until(t, ctx, idle+` && document.activeElement.closest(".work")`)

	// A search that finds nothing does not say that nothing is due.
	open(t, ctx, address+"editors.html?lang=ru&queue=ru&q="+url.QueryEscape("Верблюд"))
	until(t, ctx, `document.querySelector("#queue .said-so a")`)
	if got := eval[string](t, ctx, `document.querySelector("#queue .said-so").textContent`); !strings.Contains(got, "не найдено") {
		t.Errorf("a search that finds nothing says %s", got)
	}

	// Enter renames a concept.
	open(t, ctx, address+"editors.html?lang=ru")
	until(t, ctx, `document.querySelector("[data-concept=water]")?.disabled === false`)
	do(t, ctx, `const b = document.querySelector("[data-concept=water]"); b.closest("details").open = true; const i = b.closest("li").querySelector("input"); i.value = "waters"; i.focus()`)
	press1(t, ctx, kb.Enter)
	says(t, content, "glossary/bodies/waters.yaml", "aliases: [water]\n")
	until(t, ctx, idle)

	// What was received can be undone by the key at once: the field for files holds
	// the focus then, and has nothing of its own to undo.
	encoded := base64.StdEncoding.EncodeToString([]byte(strings.Replace(fileOf(t, content, "law/en.md"), "Schools, new.", "Schools, quite new.", 1)))
	do(t, ctx, `const f = new File([Uint8Array.from(atob("`+encoded+`"), c => c.charCodeAt(0))], "en.md"); const d = new DataTransfer(); d.items.add(f); document.querySelector("main").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: d }))`)
	until(t, ctx, idle+` && document.querySelector("#drop-take")`)
	if got := eval[string](t, ctx, `document.querySelector("#receipt .items .quiet").textContent`); got != "изложено иначе" {
		t.Errorf("the thing is called %q", got)
	}
	do(t, ctx, `document.querySelector("#drop-take").click()`)
	says(t, content, "law/en.md", "Schools, quite new.")
	until(t, ctx, idle+` && document.activeElement.id === "drop-file"`)
	press1(t, ctx, "z", chromedp.KeyModifiers(2))
	says(t, content, "law/en.md", "Schools, new.")
	until(t, ctx, idle)
}

// TestUndoneConfirmationStaysUndone: the record is not taken back to what was undone.
func TestUndoneConfirmationStaysUndone(t *testing.T) {
	t.Parallel()
	content := filepath.Join(t.TempDir(), "content")
	put(t, filepath.Join(content, "law", "ru.md"), "# Закон {#law}\n\nРаз.\n\nДва.\n\nТри.\n")
	put(t, filepath.Join(content, "law", "en.md"), "# Law {#law}\n\nOne.\n\nTwo.\n\nThree.\n")
	server, handler := deskFor(t, content)
	post := func(path, body string, want int) {
		t.Helper()
		if code, reply := ask(handler, server, path, body); code != want {
			t.Fatalf("%s %s: %d %s", path, body, code, reply)
		}
	}
	sign := func(number string) {
		t.Helper()
		print := printOf(t, handler, server, map[string]any{"text": "law", "passage": number})
		post("confirm", `{"text":"law","lang":"en","session":"s","prints":{"`+number+`":"`+print+`"}}`, http.StatusOK)
	}
	confirmed := func() string {
		got := ""
		for l := range strings.Lines(fileOf(t, content, "law/alignment.tsv")) {
			if n, _, ok := strings.Cut(strings.TrimPrefix(l, "="), "\tru\t"); ok && strings.HasPrefix(l, "=") {
				got += n + " "
			}
		}
		return strings.TrimSpace(got)
	}
	want := func(step, list string) {
		t.Helper()
		if got := confirmed(); got != list {
			t.Fatalf("%s: confirmed are %q, want %q", step, got, list)
		}
	}
	const undo, again, back = `{"session":"s","lang":"en"}`, `{"session":"s","lang":"en","again":true}`, `{"text":"law","version":"x","session":"s","lang":"en"}`
	sign("0.1")
	sign("0.2")
	sign("0.3")
	want("three are signed", "0.1 0.2 0.3")
	post("back", undo, http.StatusOK)
	want("the last is undone", "0.1 0.2")
	// The last change of the record is the second signature now.
	post("undo", back, http.StatusOK)
	want("the change before it is taken back", "0.1")
	post("undo", back, http.StatusConflict) // and there is no other to go back to
	post("back", undo, http.StatusOK)
	want("the taking back is undone", "0.1 0.2")
	post("back", undo, http.StatusOK)
	want("the second is undone", "0.1")
	post("back", again, http.StatusOK)
	want("and done again", "0.1 0.2")
	post("undo", back, http.StatusOK)
	want("and taken back", "0.1")
}

// strange lists the words in Latin letters that the desk shows or names in a language
// with another script, but for what is in a language of its own, codes, names of
// files and what an editor has typed.
const strange = `(() => {
  const out = new Set(), skip = "code, .place, datalist, input, textarea, .whose .quiet, .acts-done .quiet";
  const look = (text, el) => { for (const w of (text || "").replace(/«[^»]*»|“[^”]*”|\S*\.(md|docx|html|txt|xlf|tsv|yaml)|\b(law|waters?|English)\b|Ctrl|Enter|Esc|Alt|Shift|Markdown|XLIFF|Word|stele|git/g, " ").match(/[A-Za-z]{2,}/g) || []) out.add(w + " in " + (el.id || el.className || el.tagName)); };
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const el = n.parentElement, own = el.closest("[lang]");
    if (el.closest(skip) || own !== document.documentElement && !own.lang.startsWith(document.documentElement.lang.split("-")[0])) continue;
    look(n.data, el);
  }
  for (const el of document.querySelectorAll("main [aria-label], main [title]:not(.rule), main [placeholder], dialog [aria-label]"))
    for (const a of ["aria-label", "title", "placeholder"]) if (!el.closest("code, [data-copy]") && !el.dataset.copy) look(el.getAttribute(a), el);
  return [...out].join("; ");
})()`

// TestBrowserDeskSpeaksItsLanguage: a walk over the desk meets no English word in
// Russian and in Chinese.
func TestBrowserDeskSpeaksItsLanguage(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	content, address := actSite(t)
	put(t, filepath.Join(content, "law", "zh.md"), "# 法律 {#law}\n\n## 一 {#one}\n\n本国的河流和湖泊。\n\n道路和桥梁。港口。\n\n学校。\n\n大学。\n")
	for end := time.Now().Add(20 * time.Second); !strings.Contains(get(t, address+"editors.html?lang=zh"), "编辑台"); {
		if time.Now().After(end) {
			t.Fatal("there is no desk in Chinese")
		}
		time.Sleep(50 * time.Millisecond)
	}
	look := func(step string) {
		t.Helper()
		if got := eval[string](t, ctx, strange); got != "" {
			t.Errorf("%s: %s", step, got)
		}
	}
	for _, lang := range []string{"ru", "zh"} {
		open(t, ctx, address+"editors.html?lang="+lang)
		until(t, ctx, `!document.querySelector("main button:disabled")`)
		do(t, ctx, `for (const d of document.querySelectorAll("details")) d.open = true`)
		until(t, ctx, idle)
		look(lang + ": the desk")
		open(t, ctx, address+"editors.html?lang="+lang+"&queue="+lang)
		until(t, ctx, `document.querySelector(".work") && !document.querySelector("main button:disabled")`)
		do(t, ctx, `for (const d of document.querySelectorAll("details")) d.open = true`)
		look(lang + ": the queue")
		do(t, ctx, `document.querySelector("#t1w1\\.2 .part[data-in=`+lang+`] [data-act=edit]").click()`)
		until(t, ctx, idle+` && document.querySelector(".writing textarea")`)
		look(lang + ": writing")
		press1(t, ctx, kb.Escape)
		do(t, ctx, `document.querySelector("#t1w1\\.2 [data-act=pin]").click()`)
		until(t, ctx, idle+` && document.querySelector("#t1w1\\.2 [data-act=unpin]")`)
		look(lang + ": pinned")
		do(t, ctx, `document.querySelector("#t1w1\\.2 [data-act=unpin]").click()`)
		until(t, ctx, idle+` && document.querySelector("#t1w1\\.2 [data-act=pin]")`)
		do(t, ctx, `document.querySelector("#t1w1\\.1 [data-act=waive]")?.click()`)
		do(t, ctx, `document.querySelector("dialog button[type=button]")?.click()`)
		open(t, ctx, address+"editors.html?lang="+lang+"&queue="+lang+"&q=zzzz")
		until(t, ctx, `document.querySelector("#queue .said-so")`)
		look(lang + ": nothing found")
	}
}
