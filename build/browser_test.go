package build_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stele/build"
)

// browserPage is the section that the browser tests read.
const browserPage = "ru/strategy/security.html"

// The edition is built, and served, once for all browser tests.
var published = sync.OnceValues(func() (map[string][]byte, error) {
	e, found, err := build.New(build.Inputs{Content: os.DirFS("../content")}).Load(context.Background())
	if err != nil {
		return nil, err
	}
	if found.HasErrors() {
		return nil, fmt.Errorf("the content has errors: %v", found)
	}
	out := map[string][]byte{}
	err = e.Write(context.Background(), func(path string, body []byte) error {
		out[path] = body
		return nil
	})
	return out, err
})

// reader is a browser tab with the edition before it.
type reader struct {
	t   *testing.T
	ctx context.Context
	url string // of the site's root
}

// open starts a browser. Without one the test is skipped, or fails where
// STELE_REQUIRE_BROWSER=1 says that there must be one.
func open(t *testing.T, width, height int64) *reader {
	t.Helper()
	chromium := chromiumOf(t)
	out, err := published()
	if err != nil {
		t.Fatal(err)
	}
	return openOn(t, chromium, out, width, height)
}

// chromiumOf finds the browser.
func chromiumOf(t *testing.T) string {
	t.Helper()
	chromium := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			chromium = p
			break
		}
	}
	if chromium == "" {
		if os.Getenv("STELE_REQUIRE_BROWSER") == "1" {
			t.Fatal("no chromium on this machine, and STELE_REQUIRE_BROWSER=1")
		}
		t.Skip("no chromium on this machine: the pages were not tried in a browser")
	}
	return chromium
}

// openOn starts a browser before the files of a site.
func openOn(t *testing.T, chromium string, out map[string][]byte, width, height int64) *reader {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		b, ok := out[strings.TrimPrefix(q.URL.Path, "/")]
		if !ok {
			http.NotFound(w, q)
			return
		}
		http.ServeContent(w, q, path.Base(q.URL.Path), time.Time{}, bytes.NewReader(b))
	}))
	t.Cleanup(server.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithAllocatorOptions(chromedp.ExecPath(chromium), chromedp.NoSandbox))
	t.Cleanup(cancel)
	r := &reader{t: t, ctx: ctx, url: server.URL + "/"}
	r.do(chromedp.EmulateViewport(width, height))
	return r
}

func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	for _, step := range steps {
		err := chromedp.Do(r.ctx, step)
		for range 50 {
			if err == nil || !leftPage(err) {
				break
			}
			time.Sleep(20 * time.Millisecond)
			err = chromedp.Do(r.ctx, step)
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

// leftPage reports an error that only says that the browser went on to another
// page between finding an element and looking at it.
func leftPage(err error) bool {
	for _, words := range []string{"Could not find node", "No node with given id", "Cannot find context"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

func (r *reader) visit(address string) {
	r.t.Helper()
	if !strings.Contains(address, "://") {
		address = r.url + address
	}
	r.do(chromedp.Navigate(address))
}

// noScript turns scripts off, as some readers do.
func (r *reader) noScript() {
	r.t.Helper()
	params := emulation.SetScriptExecutionDisabledParams{Value: true}
	if _, err := chromedp.Call(r.ctx, emulation.SetScriptExecutionDisabled, params); err != nil {
		r.t.Fatal(err)
	}
}

// ask evaluates an expression in the page.
func ask[T any](r *reader, expression string) T {
	r.t.Helper()
	v, err := chromedp.Run(r.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		r.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// await waits until the expression is true.
func (r *reader) await(expression string) {
	r.t.Helper()
	for range 100 {
		// While a page is left for another there is nothing to ask: an error then
		// is no failure, unless it lasts.
		if is, err := chromedp.Run(r.ctx, chromedp.Evaluate[bool](expression)); err == nil && is {
			return
		}
		r.do(chromedp.Sleep(30 * time.Millisecond))
	}
	r.t.Fatalf("still not true after three seconds: %s", expression)
}

// click presses the mouse on an element that is in view.
func (r *reader) click(selector string) {
	r.t.Helper()
	at := ask[[]float64](r, fmt.Sprintf(`(() => { const b = document.querySelector(%q).getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2] })()`, selector))
	r.do(chromedp.MouseClickXY(at[0], at[1]))
}

// columns are the languages of the cells that a passage shows, as they stand
// from left to right, those of one column from the top.
func (r *reader) columns(passage string) string {
	r.t.Helper()
	return ask[string](r, fmt.Sprintf(`[...document.getElementById(%q).querySelectorAll('.cell')]
		.map(c => [c.lang, c.getBoundingClientRect()]).filter(([, b]) => b.width > 0)
		.sort(([, a], [, b]) => a.left - b.left || a.top - b.top).map(([lang]) => lang).join(' ')`, passage))
}

func (r *reader) wantColumns(what, want string) {
	r.t.Helper()
	if got := r.columns("p5.2"); got != want {
		r.t.Errorf("%s: columns\n got %s\nwant %s", what, got, want)
	}
}

func (r *reader) top(id string) float64 {
	r.t.Helper()
	return ask[float64](r, fmt.Sprintf(`document.getElementById(%q).getBoundingClientRect().top`, id))
}

func TestBrowserColumnsWithoutScript(t *testing.T) {
	r := open(t, 1280, 900)
	r.noScript()
	r.visit(browserPage)
	r.wantColumns("at first", "ru zh-Hans en")
	r.click(".columns summary")
	r.click("#with2")
	r.wantColumns("Chinese put away", "ru en")
	r.click("#lead3")
	r.wantColumns("English first", "en ru")
	r.click("#with2")
	r.click("#with1")
	r.wantColumns("English and Chinese", "en zh-Hans")
	if got := ask[bool](r, `getComputedStyle(document.querySelector('.w3')).display === 'none'`); !got {
		t.Error("the language that stands first can be put away")
	}
	r.do(chromedp.EmulateViewport(900, 900))
	r.wantColumns("on a middling screen", "en zh-Hans")
	r.do(chromedp.EmulateViewport(360, 740))
	r.wantColumns("on a small screen", "en")
	r.do(chromedp.Click[string](`[id="p5.2"] .more summary`))
	r.wantColumns("with the others disclosed", "en zh-Hans")
}

func TestBrowserColumnsWithScript(t *testing.T) {
	r := open(t, 1280, 900)
	r.visit(browserPage)
	r.click(".columns summary")
	r.click("#with2")
	r.click("#with2")
	r.wantColumns("Chinese put away and taken out again: it comes last", "ru en zh-Hans")
	if got := ask[string](r, "location.search"); got != "?show=ru,en,zh" {
		t.Errorf("the address: got %q", got)
	}
	r.visit("ru/strategy/economy.html")
	if got := r.columns("p6.1"); got != "ru en zh-Hans" {
		t.Errorf("the choice is forgotten on the next page: columns %s", got)
	}
	r.visit(browserPage + "?show=zh,ru")
	r.wantColumns("as the address asks", "zh-Hans ru")
	if got := ask[string](r, `document.querySelector('.languages a[hreflang=en]').href`); !strings.HasSuffix(got, "en/strategy/security.html?show=zh,ru") {
		t.Errorf("the page in English does not get the columns: %s", got)
	}
	r.visit(browserPage + "?show=xx,")
	if got := r.columns("p5.2"); got == "" {
		t.Error("an address that asks for unknown languages shows none")
	}
}

func TestBrowserKeepsThePassage(t *testing.T) {
	r := open(t, 1280, 900)
	r.visit(browserPage + "#p5.12")
	before := r.top("p5.12")
	if bar := ask[float64](r, `document.querySelector('.heads').getBoundingClientRect().bottom`); before < bar || before > bar+60 {
		t.Errorf("a link to 5.12 lands with its top at %v, want just below the heads at %v", before, bar)
	}
	if got := ask[string](r, `document.querySelector('.row:target').id`); got != "p5.12" {
		t.Errorf("the target: got %q", got)
	}
	r.do(chromedp.Evaluate[chromedp.Void](`scrollBy({ top: 20, behavior: 'instant' })`)) // 5.12 now is the first passage in sight
	before = r.top("p5.12")
	r.click(".columns summary")
	for _, control := range []string{"#with2", "#with3", "#lead2", "#with1"} {
		r.click(control)
		if after := r.top("p5.12"); math.Abs(after-before) > 2 {
			t.Errorf("after %s: 5.12 moved from %v to %v", control, before, after)
		}
	}
}

func TestBrowserCardByKeyboard(t *testing.T) {
	r := open(t, 1280, 900)
	r.visit(browserPage)
	open := `document.querySelectorAll('.card:popover-open').length`
	for range 40 {
		r.do(chromedp.KeyEvent(kb.Tab))
		if ask[bool](r, `document.activeElement.matches('a.term')`) {
			break
		}
	}
	r.await(open + " === 1")
	if !ask[bool](r, `document.getElementById(document.activeElement.getAttribute('aria-describedby')).matches(':popover-open')`) {
		t.Error("the link is not described by its card")
	}
	if names := ask[int](r, `document.querySelectorAll('.card:popover-open .name').length`); names != 3 {
		t.Errorf("the card has %d names, want one in each language", names)
	}
	r.do(chromedp.KeyEvent(kb.Escape))
	r.await(open + " === 0")
	if !ask[bool](r, `document.activeElement.matches('a.term')`) {
		t.Error("Escape took the focus away")
	}
	href := ask[string](r, "document.activeElement.href")
	r.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitReady[string](".concept-head"))
	if got := ask[string](r, "location.href"); got != href {
		t.Errorf("Enter leads to %s, want %s", got, href)
	}
}

func TestBrowserCardByMouse(t *testing.T) {
	r := open(t, 1280, 900)
	r.visit(browserPage)
	at := ask[[]float64](r, `(() => { const b = document.querySelector('.cell a.term').getClientRects()[0]; return [b.left + 5, b.top + b.height / 2, b.bottom] })()`)
	r.do(chromedp.MouseEvent("mouseMoved", at[0], at[1]))
	r.await(`document.querySelectorAll('.card:popover-open').length === 1`)
	card := ask[[]float64](r, `(() => { const b = document.querySelector('.card:popover-open').getBoundingClientRect(); return [b.left + 20, b.top + 20, b.left, b.right, b.top, b.bottom] })()`)
	r.do(chromedp.MouseEvent("mouseMoved", card[0], card[1]), chromedp.Sleep(600*time.Millisecond))
	if got := ask[int](r, `document.querySelectorAll('.card:popover-open').length`); got != 1 {
		t.Error("the card does not stay while the pointer is on it")
	}
	if card[2] < 0 || card[3] > 1280 || card[4] < at[2] || card[5] > 900 {
		t.Errorf("the card stands at %v, beside the screen or over its link", card[2:])
	}
	r.do(chromedp.MouseEvent("mouseMoved", 640, 20))
	r.await(`document.querySelectorAll('.card:popover-open').length === 0`)
}

func TestBrowserKeys(t *testing.T) {
	r := open(t, 1280, 900)
	r.visit(browserPage + "#p5.4")
	focused := func() string { return ask[string](r, "document.activeElement.getAttribute('href')") }
	r.do(chromedp.KeyEvent(kb.ArrowDown, chromedp.KeyModifiers(chromedp.ModifierAlt)))
	r.await(`document.activeElement.matches('a.number')`)
	first := focused()
	r.do(chromedp.Sleep(700*time.Millisecond), chromedp.KeyEvent(kb.ArrowDown, chromedp.KeyModifiers(chromedp.ModifierAlt)), chromedp.Sleep(700*time.Millisecond))
	second := focused()
	if !slices.Contains([]string{"#p5.4 #p5.5", "#p5.5 #p5.6", "#p5.3 #p5.4"}, first+" "+second) {
		t.Errorf("Alt+Down twice leads to %s and %s", first, second)
	}
	r.do(chromedp.KeyEvent(kb.PageDown, chromedp.KeyModifiers(chromedp.ModifierAlt)))
	r.await(`location.pathname.endsWith('/economy.html')`)
}

func TestBrowserReflow(t *testing.T) {
	r := open(t, 320, 640)
	out, err := published()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"index.html", "404.html", "ru/index.html", "en/about.html", "ru/strategy/index.html", browserPage, "zh/strategy/preamble.html", "ru/glossary/index.html", "ru/glossary/rats.html", "zh/glossary/timeline.html"} {
		if out[p] == nil {
			t.Errorf("there is no page %s", p)
			continue
		}
		r.visit(p)
		if over := ask[int](r, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
			t.Errorf("%s scrolls sideways by %d pixels at 320", p, over)
		}
	}
}

func TestBrowserPrint(t *testing.T) {
	r := open(t, 794, 1123)
	r.visit(browserPage + "?show=zh,ru")
	params := emulation.SetEmulatedMediaParams{Media: "print"}
	if _, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, params); err != nil {
		t.Fatal(err)
	}
	r.wantColumns("in print, what is shown", "zh-Hans ru")
	for what, expression := range map[string]string{
		"the number of a passage": `document.querySelector('[id="p5.2"] .number')`,
		"how to cite the text":    `document.querySelector('.cites li.c2')`,
		"the status of a version": `document.querySelector('.heads .c2 .status')`,
	} {
		if !ask[bool](r, expression+".getBoundingClientRect().height > 0") {
			t.Errorf("print does not show %s", what)
		}
	}
	for _, selector := range []string{".nav", ".languages", ".turn", ".more"} {
		if ask[bool](r, fmt.Sprintf("document.querySelector(%q).getBoundingClientRect().height > 0", selector)) {
			t.Errorf("print shows %s", selector)
		}
	}
	if pdf, err := chromedp.Run(r.ctx, chromedp.PrintToPDF()); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("printing: %d bytes, %v", len(pdf), err)
	}
}

func TestBrowserFromFiles(t *testing.T) {
	r := open(t, 1280, 900)
	out, err := published()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for p, b := range out {
		name := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var mu sync.Mutex
	var faults []string
	err = chromedp.Listen(r.ctx, func(event any) {
		if e, ok := event.(*runtime.EventExceptionThrown); ok {
			mu.Lock()
			defer mu.Unlock()
			faults = append(faults, fmt.Sprint(e.ExceptionDetails))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	r.visit("file://" + filepath.ToSlash(filepath.Join(dir, "index.html")))
	r.do(chromedp.Click[string](`a[hreflang=ru]`), chromedp.WaitReady[string](".page-home"))
	r.do(chromedp.Click[string](`.door`), chromedp.WaitReady[string](".page-contents"))
	r.do(chromedp.Click[string](`a[href="security.html"]`), chromedp.WaitReady[string](".reader"))
	r.wantColumns("from files", "ru zh-Hans en")
	if !ask[bool](r, `getComputedStyle(document.querySelector('.row')).display === 'grid'`) {
		t.Error("the style sheet is not applied")
	}
	r.click(".columns summary")
	r.click("#with2")
	r.wantColumns("from files, Chinese put away", "ru en")
	mu.Lock()
	defer mu.Unlock()
	if len(faults) > 0 {
		t.Errorf("the script failed: %v", faults)
	}
}

// TestSentencesAreMarked: the sentences of the other languages that say the same as
// the one that is pointed at, clicked or focused are marked, by style alone.
func TestSentencesAreMarked(t *testing.T) {
	t.Parallel()
	r := open(t, 1400, 900)
	r.noScript()
	r.visit("en/strategy/trends.html#p1.4")
	marked := func() string {
		return ask[string](r, `[...document.querySelectorAll('.cell span[tabindex]')].filter(s => getComputedStyle(s).backgroundColor !== 'rgba(0, 0, 0, 0)')
			.map(s => s.closest('.row').id + ' ' + s.closest('.cell').lang + ' ' + s.className).join(', ')`)
	}
	line := func(selector string) (x, y float64) { // of a sentence, its first
		at := ask[[]float64](r, fmt.Sprintf(`(() => { const b = document.querySelector(%q).getClientRects()[0]; return [b.left + 9, b.top + b.height / 2] })()`, selector))
		return at[0], at[1]
	}
	point := func(selector string) {
		x, y := line(selector)
		r.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y))
	}
	want := func(what, want string) {
		t.Helper()
		if got := marked(); got != want {
			t.Errorf("%s: marked are\n got %s\nwant %s", what, got, want)
		}
	}
	want("nothing is pointed at", "")
	point("#p1\\.4 .c2 .s2")
	want("the second Russian sentence", "p1.4 en s2, p1.4 ru s2, p1.4 zh-Hans s2")
	point("#p1\\.4 .number")
	want("the pointer left", "")
	r.do(chromedp.MouseClickXY(line("#p1\\.4 .c1 .s1")))
	point("#p1\\.4 .number")
	want("clicked or touched", "p1.4 en s1, p1.4 ru s1, p1.4 zh-Hans s1")
	r.do(chromedp.Focus("#p1\\.4 .c1 .s3 a.term"))
	want("a link within has the focus", "p1.4 en s3, p1.4 ru s3, p1.4 zh-Hans s3")
	// Where the reader's own colours hold, a line marks what says the same: a ground
	// would hide text and links, whatever their colours are.
	media := func(p emulation.SetEmulatedMediaParams) {
		t.Helper()
		if _, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, p); err != nil {
			t.Fatal(err)
		}
	}
	ground := `getComputedStyle(document.querySelector('#p1\\.4 .c1 .s3')).backgroundColor`
	if got := ask[string](r, ground); got != "rgb(227, 205, 155)" { // on the ground of the passage that was gone to
		t.Errorf("the ground is %s", got)
	}
	media(emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}})
	point("#p1\\.4 .c2 .s2")
	lines := ask[string](r, `[...document.querySelectorAll('.cell span[tabindex]')].filter(s => getComputedStyle(s).textDecorationLine === 'underline')
		.map(s => s.closest('.row').id + ' ' + s.closest('.cell').lang + ' ' + s.className + ' ' + getComputedStyle(s).backgroundColor.replace(/.*, 0.$/, 'clear')).join(', ')`)
	if want := "p1.4 en s2 clear, p1.4 en s3 clear, p1.4 ru s2 clear, p1.4 ru s3 clear, p1.4 zh-Hans s2 clear, p1.4 zh-Hans s3 clear"; lines != want {
		t.Errorf("in the reader's own colours a line marks\n got %s\nwant %s", lines, want)
	}
	media(emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "none"}}})
	r.click(".columns > summary")
	r.click("#sentences")
	point("#p1\\.4 .c2 .s2")
	want("switched off", "")
	media(emulation.SetEmulatedMediaParams{Media: "print"})
	want("on paper", "")
}

// TestSentencesAreTouched: on a narrow screen a tap marks the sentences that say the
// same, in languages of both directions and without scripts, and another tap takes
// the mark along.
func TestSentencesAreTouched(t *testing.T) {
	t.Parallel()
	chromium := chromiumOf(t)
	e, found, err := build.New(build.Inputs{Content: fstest.MapFS{
		"t/en.md": {Data: []byte("# Text {#t}\n\nThe Committee meets twice a year. Its decisions are binding on all States that are parties to this Treaty.\n")},
		"t/ar.md": {Data: []byte("# نص {#t}\n\nتجتمع اللجنة مرتين في السنة. وتكون قراراتها ملزمة لجميع الدول الأطراف في هذه المعاهدة.\n")},
	}}).Load(t.Context())
	if err != nil || e == nil {
		t.Fatal(err, found)
	}
	out := map[string][]byte{}
	if err := e.Write(t.Context(), func(path string, body []byte) error {
		out[path] = body
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	r := openOn(t, chromium, out, 320, 640)
	if _, err := chromedp.Call(r.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	r.noScript()
	r.visit("ar/t.html")
	r.click("#p0\\.1 .more > summary")
	for _, s := range []string{".c1 .s2", ".c2 .s1"} {
		at := ask[[]float64](r, fmt.Sprintf(`(() => { const b = document.querySelector(%q).getClientRects()[0]; return [b.left + b.width / 2, b.top + b.height / 2] })()`, "#p0\\.1 "+s))
		for _, step := range []input.DispatchTouchEventParams{
			{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: at[0], Y: at[1]}}},
			{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}},
		} {
			if _, err := chromedp.Call(r.ctx, input.DispatchTouchEvent, step); err != nil {
				t.Fatal(err)
			}
		}
		class := s[len(s)-2:]
		want := "ar " + class + ", en " + class
		r.await(`[...document.querySelectorAll('.cell span[tabindex]')].filter(s => getComputedStyle(s).backgroundColor !== 'rgba(0, 0, 0, 0)')
			.map(s => s.closest('.cell').lang + ' ' + s.className).join(', ') === '` + want + `'`)
	}
	if r.await(`document.documentElement.scrollWidth <= 320`); ask[string](r, `getComputedStyle(document.querySelector('.cell[lang=ar]')).direction`) != "rtl" {
		t.Error("Arabic does not go from right to left")
	}
}

// TestKeysMoveBySentence: Alt and Shift with an arrow go from sentence to sentence,
// and what a reader switched off stays so.
func TestKeysMoveBySentence(t *testing.T) {
	t.Parallel()
	r := open(t, 1400, 900)
	r.visit("en/strategy/trends.html")
	r.await(`!document.querySelector('.keys').hidden`)
	at := `(() => { const s = document.activeElement; return s.closest('.cell') ? s.closest('.row').id + ' ' + s.className : '' })()`
	for _, c := range []struct{ key, want string }{{kb.ArrowDown, "p1.2 s1"}, {kb.ArrowDown, "p1.2 s2"}, {kb.ArrowUp, "p1.2 s1"}} {
		r.do(chromedp.KeyEvent(c.key, chromedp.KeyModifiers(chromedp.ModifierAlt, chromedp.ModifierShift)))
		r.await(at + ` === '` + c.want + `'`)
	}
	r.click(".columns > summary")
	r.click("#sentences")
	r.await(`localStorage.getItem('stele.sentences') === '0'`)
	r.visit("en/strategy/goals.html")
	r.await(`document.querySelector('#sentences').checked === false`)
}
