package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// deskSite writes a small site of one text of 60 paragraphs in two languages
// and returns its content folder.
func deskSite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "content")
	put(t, filepath.Join(dir, "law", "en.md"), lawText("The Law", "Paragraph", ""))
	put(t, filepath.Join(dir, "law", "ru.md"), lawText("Закон", "Абзац", ""))
	return dir
}

// lawText is the text in one language, with something added to paragraph 40.
func lawText(title, word, more string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\nlayout: page\n---\n# %s {#law}\n\n## %s {#one}\n\n", title, title, title)
	for i := 1; i <= 60; i++ {
		fmt.Fprintf(&b, "%s %d, %d.", word, i, i*i+1000)
		if i == 40 {
			b.WriteString(more)
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

func put(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

// previewOf runs "stele serve" until the test ends and returns its address.
func previewOf(t *testing.T, content string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	said, stderr := io.Pipe()
	ended := make(chan int)
	go func() {
		ended <- run(ctx, []string{"serve", "--port", "0", "--content", content}, io.Discard, stderr)
		stderr.Close()
	}()
	lines := bufio.NewScanner(said)
	address := ""
	for address == "" && lines.Scan() {
		_, address, _ = strings.Cut(lines.Text(), "preview at ")
	}
	var desk string
	for desk == "" && lines.Scan() {
		_, desk, _ = strings.Cut(lines.Text(), "editors' desk at ")
	}
	if desk != address+"editors.html" {
		t.Errorf("the desk is said to be at %q, the preview at %q", desk, address)
	}
	go io.Copy(io.Discard, said) // the preview's talk is of no interest
	t.Cleanup(func() {
		cancel()
		if code := <-ended; code != exitFine {
			t.Errorf("serve ended with %d", code)
		}
	})
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		answer, err := http.Get(address)
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return address
			}
		}
		if time.Now().After(end) {
			t.Fatalf("the preview has no site: %v", err)
		}
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestDeskActions asks the preview as the desk's buttons do.
func TestDeskActions(t *testing.T) {
	t.Parallel()
	content := deskSite(t)
	address := previewOf(t, content)
	page := get(t, address+"editors.html?lang=ru")
	if !strings.Contains(page, `<html lang="ru">`) || !strings.Contains(page, "Стол редактора") {
		t.Error("the desk is not in the language asked for")
	}
	_, rest, _ := strings.Cut(page, `data-version="`)
	version, _, _ := strings.Cut(rest, `"`)
	var token struct{ Token string }
	if err := json.Unmarshal([]byte(get(t, address+"-/token")), &token); err != nil {
		t.Fatal(err)
	}
	post := func(path, token, body string) (int, string) {
		t.Helper()
		ask, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		ask.Header.Set("Content-Type", "application/json")
		ask.Header.Set("X-Stele-Token", token)
		answer, err := http.DefaultClient.Do(ask)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		reply, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(reply)
	}
	record := filepath.Join(content, "law", "alignment.tsv")
	seen := fmt.Sprintf(`"text": "law", "version": %q, "lang": "en"`, version)
	for _, c := range []struct {
		path, token, body string
		code              int
		reply             string
	}{
		{"-/confirm", "guess", `{` + seen + `, "passages": ["1.1"]}`, http.StatusForbidden, "reload it"},
		{"-/confirm", token.Token, `{` + seen + `, "passages": ["7.7"]}`, http.StatusConflict, "There is no passage 7.7"},
		{"-/confirm", token.Token, `{"text": "law", "version": "0", "lang": "en", "passages": ["1.1"]}`, http.StatusConflict, "has changed since"},
		{"-/confirm", token.Token, `{` + seen + `, "path": "/etc/passwd"}`, http.StatusBadRequest, "path"},
		{"-/pin", token.Token, `{` + seen + `, "passage": "1.1"}`, http.StatusConflict, "not complete"},
	} {
		code, reply := post(c.path, c.token, c.body)
		if code != c.code || !strings.Contains(reply, c.reply) {
			t.Errorf("%s %s: got %d %s; want %d with %q", c.path, c.body, code, reply, c.code, c.reply)
		}
	}
	if _, err := os.Stat(record); err == nil {
		t.Fatal("what was refused was written")
	}
	// Many at once: none undoes what another wrote.
	done := make(chan string)
	for i := 1; i <= 8; i++ {
		go func() {
			_, reply := post("-/confirm", token.Token, fmt.Sprintf(`{%s, "passages": ["1.%d"]}`, seen, i))
			done <- reply
		}()
	}
	for range 8 {
		if reply := <-done; !strings.Contains(reply, "Confirmed: 1.") {
			t.Errorf("confirm: %s", reply)
		}
	}
	_, rest, _ = strings.Cut(get(t, address+"editors.html?lang=en"), `data-number="1.9" data-print="`)
	print, _, _ := strings.Cut(rest, `"`)
	if code, reply := post("-/pin", token.Token, `{"text": "law", "lang": "en", "passage": "1.9", "print": "`+print+`", "pinned": true}`); code != http.StatusOK || !strings.Contains(reply, "Pinned: 1.9") {
		t.Errorf("pin: %d %s", code, reply)
	}
	data, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i <= 8; i++ {
		if !strings.Contains(string(data), fmt.Sprintf("\n=1.%d\ten\tParagraph %d,", i, i)) {
			t.Errorf("1.%d is not confirmed in the record", i)
		}
	}
	if !strings.Contains(string(data), "\n1.9\tpin\t") {
		t.Error("1.9 is not pinned in the record")
	}
	entries, err := os.ReadDir(filepath.Dir(record))
	if err != nil || len(entries) != 4 {
		t.Errorf("the text's folder holds %v, %v; want two languages, the record and the one before", entries, err)
	}
}

// browser opens Chromium. A machine without it cannot run the test; where
// STELE_REQUIRE_BROWSER is set, that is a failure.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("STELE_REQUIRE_BROWSER") == "1" {
			t.Fatal("chromium is not installed")
		}
		t.Skip("chromium is not installed")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	ctx, stop := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)...)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		chromedp.Cancel(ctx)
		end()
		stop()
		cancel()
	})
	return ctx
}

func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for a JavaScript expression to become true.
func until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	var last error
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if last = err; ok && err == nil {
			return
		}
	}
	shown, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector(".desk-said")?.innerText + " | " + document.activeElement.outerHTML.slice(0, 300) + " | " + document.body.innerText.slice(0, 2000)`))
	t.Fatalf("never true: %s (%v); the page shows\n%s", expression, last, shown)
}

// open goes to an address. The page before may be loading itself anew at this
// moment, which ends the going; then it goes again.
func open(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	for range 5 {
		if _, err := chromedp.Run(ctx, chromedp.Navigate(address)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
		if at, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href`)); err == nil && at == address {
			return
		}
	}
	t.Fatalf("%s could not be opened", address)
}

// TestPreviewThatBeginsWithAnError: there is no last good state, so what there is
// is shown, with the desk; the panel does not speak of another.
func TestPreviewThatBeginsWithAnError(t *testing.T) {
	t.Parallel()
	content := deskSite(t)
	put(t, filepath.Join(content, "law", "alignment.tsv"), "#passage\tmark\tru\ten\n1.1\tpinned\t-\t-\n")
	address := previewOf(t, content)
	get := func(path string) string {
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			answer, err := http.Get(address + path)
			if err != nil {
				continue
			}
			body, err := io.ReadAll(answer.Body)
			if answer.Body.Close(); err == nil && strings.Contains(string(body), "</main>") {
				return string(body)
			}
		}
		t.Fatalf("%s is not shown", path)
		return ""
	}
	if page := get("en/law.html"); !strings.Contains(page, "Paragraph 40") {
		t.Error("the page does not show what can be shown")
	}
	if desk := get("editors.html?lang=en"); !strings.Contains(desk, "record-damaged") || !strings.Contains(desk, "alignment.tsv:2:5") {
		t.Error("the desk does not tell what is wrong")
	}
	events, err := http.Get(address + "-/events")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	line := make([]byte, 2000)
	n, err := io.ReadAtLeast(events.Body, line, 100)
	if err != nil {
		t.Fatal(err)
	}
	if said := string(line[:n]); strings.Contains(said, "last good") || !strings.Contains(said, "Shown is what can be shown") {
		t.Errorf("the panel says %s", said)
	}
}

// TestEditorsLoop follows an editor: a paragraph is edited in its file and
// changes on the open page, at its place; the desk says what has not followed,
// and to confirm it there changes the record.
func TestBrowserEditorsLoop(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	content := deskSite(t)
	address := previewOf(t, content)
	en, record := filepath.Join(content, "law", "en.md"), filepath.Join(content, "law", "alignment.tsv")

	// Confirm the whole text from the desk.
	open(t, ctx, address+"editors.html?lang=en")
	until(t, ctx, `document.querySelector("#t1all")?.disabled === false`)
	eval[bool](t, ctx, `(() => { document.querySelector("#t1all").click(); return true })()`)
	until(t, ctx, `!document.querySelector("#t1all") && document.querySelectorAll("a.tile.is-confirmed").length === 62`)
	until(t, ctx, `document.querySelector(".desk-said span")?.textContent === "62 passages confirmed"`)

	// Edit a paragraph while its page is read.
	open(t, ctx, address+"en/law.html")
	until(t, ctx, `document.readyState === "complete" && document.querySelector("#p1\\.40")?.innerText.includes("Paragraph 40, 2600.")`)
	eval[bool](t, ctx, `(() => { scrollBy({ top: document.querySelector("#p1\\.40").getBoundingClientRect().top - 200, behavior: "instant" }); return true })()`)
	top := `document.querySelector("#p1\\.40").getBoundingClientRect().top`
	before := eval[float64](t, ctx, top)
	put(t, en, lawText("The Law", "Paragraph", " It has 7 rivers."))
	until(t, ctx, `document.querySelector("#p1\\.40")?.innerText.includes("Paragraph 40, 2600. It has 7 rivers.")`)
	until(t, ctx, `document.readyState === "complete" && history.scrollRestoration === "auto"`)
	if after := eval[float64](t, ctx, top); math.Abs(after-before) > 2 {
		t.Errorf("the passage was %v from the top and is %v", before, after)
	}

	// The desk says which language has not followed, and what changed.
	open(t, ctx, address+"editors.html?lang=en")
	until(t, ctx, `document.querySelectorAll(".work").length === 1`)
	if got := eval[string](t, ctx, `[...document.querySelectorAll(".work ins")].map(i => i.textContent).join("").trim()`); got != "It has 7 rivers." {
		t.Errorf("what is new: got %q", got)
	}
	if got := eval[string](t, ctx, `[...document.querySelectorAll(".work .whose .mark")].map(m => m.textContent.trim()).join()`); got != "! has not followed,≠ changed" && got != "≠ changed,! has not followed" {
		t.Errorf("how the languages stand: got %q", got)
	}

	// A page made before another edit confirms nothing.
	data, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "=1.40\ten\tParagraph 40, 2600. It has") {
		t.Fatal("the edit is confirmed already")
	}
	eval[bool](t, ctx, `(() => { document.querySelector(".work").dataset.print = "older"; document.querySelector(".work [data-act=confirm]").click(); return true })()`)
	until(t, ctx, `document.querySelector(".desk-said.failed")?.textContent.startsWith("The text has changed since this page was made")`)
	if again, err := os.ReadFile(record); err != nil || string(again) != string(data) {
		t.Error("a page made before another edit wrote into the record")
	}

	// Confirmed by keyboard, the record has the new text. The passage is still to be
	// looked at, for the others have no 7: what is found stands beside the buttons.
	// The focus is not lost.
	open(t, ctx, address+"editors.html?lang=en")
	until(t, ctx, `document.querySelector(".work [data-act=confirm]")?.disabled === false`)
	eval[bool](t, ctx, `(() => { document.querySelector(".work [data-act=confirm]").focus(); return true })()`)
	if _, err := chromedp.Run(ctx, chromedp.KeyEvent("\r")); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, `document.querySelectorAll(".work").length === 1 && !document.querySelector(".work [data-act=confirm]") && document.querySelector(".work .open .rule[title^=number-differs]") && document.querySelectorAll("a.tile.is-confirmed").length === 62`)
	until(t, ctx, `document.activeElement.closest(".work") && document.querySelector(".desk-said span")?.textContent === "Confirmed: 1.40"`)
	if data, err = os.ReadFile(record); err != nil || !strings.Contains(string(data), "=1.40\ten\tParagraph 40, 2600. It has 7 rivers.") {
		t.Errorf("the record does not have the confirmed text: %v", err)
	}

	// A tile leads to its line in the table, which opens; a pin is kept.
	until(t, ctx, `document.readyState === "complete" && history.scrollRestoration === "auto"`)
	eval[bool](t, ctx, `(() => { document.querySelector('a.tile[href="#t1r1.7"]').click(); return true })()`)
	until(t, ctx, `document.querySelector("#t1lines").open && document.querySelector("#t1r1\\.7").getBoundingClientRect().top < innerHeight`)
	eval[bool](t, ctx, `(() => { document.querySelector("#t1r1\\.7 [data-act=pin]").click(); return true })()`)
	until(t, ctx, `document.querySelector("#t1lines").open && document.activeElement.dataset.act === "unpin" && document.activeElement.closest("tr").id === "t1r1.7"`)
	if data, err = os.ReadFile(record); err != nil || !strings.Contains(string(data), "\n1.7\tpin\t") {
		t.Errorf("the record does not have the pin: %v", err)
	}
}

// TestBrowserSaidStandsAboveTrouble: an edit that brings an error is answered, and can
// be taken back, above the panel that tells of the error, at all widths.
func TestBrowserSaidStandsAboveTrouble(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	content := deskSite(t)
	open(t, ctx, previewOf(t, content)+"editors.html?lang=en&queue=en&text=law")
	until(t, ctx, `document.querySelector("[data-act=edit]")?.disabled === false`)
	eval[bool](t, ctx, `(() => { document.querySelector('[data-in=en] [data-act=edit]').click(); return true })()`)
	until(t, ctx, `document.querySelector(".writing textarea")?.value`)
	eval[bool](t, ctx, `(() => {
		const area = document.querySelector(".writing textarea");
		area.value += " [nothing](nowhere.md)".repeat(30);
		area.dispatchEvent(new Event("input", { bubbles: true }));
		area.closest(".writing").querySelector("button").click();
		return true })()`)
	until(t, ctx, `document.querySelector("stele-trouble")?.getBoundingClientRect().height > 50 && document.querySelector(".desk-said [data-act=back]")`)
	for _, width := range []int64{1280, 700, 320} {
		if _, err := chromedp.Run(ctx, chromedp.EmulateViewport(width, 700)); err != nil {
			t.Fatal(err)
		}
		until(t, ctx, fmt.Sprintf(`innerWidth === %d && [".desk-said", ".desk-said [data-act=back]"].every(s => {
			const el = document.querySelector(s), box = el.getBoundingClientRect();
			return [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2].every(y => el.contains(document.elementFromPoint((box.left + box.right) / 2, y)));
		})`, width))
	}
	// The panel gone, what was done stands at the edge again.
	eval[bool](t, ctx, `(() => { document.querySelector("stele-trouble").shadowRoot.querySelector("button").click(); return true })()`)
	until(t, ctx, `innerHeight - document.querySelector(".desk-said").getBoundingClientRect().bottom < 20`)
}

// TestDeskAddressFollowsLanguage: whoever chose a language for the preview finds the
// desk in it.
func TestDeskAddressFollowsLanguage(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string]string{"": "editors.html", "zh": "editors.html?lang=zh", "ru": "editors.html?lang=ru"} {
		if got := deskPath(&invocation{lang: speech(lang), chosen: lang != ""}); got != want {
			t.Errorf("--lang %s: the desk is said to be at %s, want %s", lang, got, want)
		}
	}
}
