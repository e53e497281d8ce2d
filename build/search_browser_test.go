package build_test

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stele/build"
)

// seek opens the search page with a query and waits for the answer.
func (r *reader) seek(page, query string) {
	r.t.Helper()
	r.visit(page + "?q=" + url.QueryEscape(query))
	r.answered()
}

// answered waits until the page says what was found.
func (r *reader) answered() {
	r.t.Helper()
	r.await(`document.querySelector('.told').textContent !== '' && !/Идет поиск|Searching|正在检索/.test(document.querySelector('.told').textContent)`)
}

func (r *reader) told() string {
	r.t.Helper()
	return ask[string](r, `document.querySelector('.told').textContent`)
}

// numbers are the passages on the page.
func (r *reader) numbers() string {
	r.t.Helper()
	return ask[string](r, `[...document.querySelectorAll('.results a.number')].map(a => a.textContent).join(' ')`)
}

// faults collects the exceptions of the page, and what its policy refuses.
func (r *reader) faults() func() []string {
	r.t.Helper()
	var mu sync.Mutex
	var all []string
	err := chromedp.Listen(r.ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			all = append(all, fmt.Sprint(e.ExceptionDetails))
		case *runtime.EventConsoleAPICalled:
			if e.Type == "error" {
				all = append(all, fmt.Sprint(e.Args))
			}
		}
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return all
	}
}

// TestBrowserSearchByKeyboard: from any page by the key /, through the hits by
// arrows, to the passage, where the words are marked, and nothing but keys.
func TestBrowserSearchByKeyboard(t *testing.T) {
	r := open(t, 1280, 900)
	faults := r.faults()
	r.visit(browserPage)
	r.do(chromedp.KeyEvent("/"))
	r.await(`document.activeElement.matches('.find input[type=search]')`)
	// a key pressed by hand types nothing once it was taken, the test's own does
	r.do(chromedp.Evaluate[chromedp.Void](`document.activeElement.value = ''`))
	r.do(chromedp.KeyEvent("киберугрозы"), chromedp.KeyEvent(kb.Enter), chromedp.WaitReady[string](".page-search"))
	r.answered()
	if got := r.numbers(); got != "5.15" {
		t.Errorf("found %q", got)
	}
	if got := ask[string](r, `document.querySelector('#q').value`); got != "киберугрозы" {
		t.Errorf("the box of the search page has %q", got)
	}
	r.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#q').focus()`))
	r.do(chromedp.KeyEvent(kb.ArrowDown))
	r.await(`document.activeElement.matches('.results a.number')`)
	r.do(chromedp.KeyEvent(kb.Escape))
	r.await(`document.activeElement.id === 'q'`)
	r.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter), chromedp.WaitReady[string](".page-text"))
	r.await(`document.querySelector('[id="p5.15"] .cell mark') !== null`)
	if got := ask[string](r, `[...document.querySelectorAll('.cell mark')].map(m => m.textContent).join()`); got != "киберугрозам" {
		t.Errorf("marked: %q", got)
	}
	if got := ask[string](r, `document.querySelector('.row:target').id`); got != "p5.15" {
		t.Errorf("the target is %q", got)
	}
	if f := faults(); len(f) > 0 {
		t.Errorf("the scripts failed: %v", f)
	}
}

// TestBrowserSearchShows: rows in all languages, the concept above with all its
// names, marked in every language, and a language that avoids it says so.
func TestBrowserSearchShows(t *testing.T) {
	r := open(t, 1280, 1600)
	r.seek("zh/search.html", "地区反恐怖机构")
	r.await(`document.querySelectorAll('.concepts-found li.named .name').length === 3`)
	if got := ask[string](r, `document.querySelector('.concepts-found li.named').textContent`); !strings.Contains(got, "РАТС") || !strings.Contains(got, "RATS") || !strings.Contains(got, "地区反恐机构") {
		t.Errorf("the concept is shown as %q", got)
	}
	if got := r.numbers(); !strings.HasPrefix(got, "2.9 5.9") {
		t.Errorf("found %q", got)
	}
	r.await(`[...document.querySelectorAll('.results .row')].slice(0, 2).every(row => [...row.querySelectorAll('.cell')].every(c => c.querySelector('mark')))`)
	if got := ask[string](r, `[...document.querySelectorAll('.results .row')[0].querySelectorAll('.cell')].map(c => c.lang).join(' ')`); got != "zh-Hans ru en" {
		t.Errorf("columns: %s", got)
	}
	if got := ask[string](r, `document.querySelector('.results a.number').getAttribute('href')`); got != "strategy/goals.html?q=%E5%9C%B0%E5%8C%BA%E5%8F%8D%E6%81%90%E6%80%96%E6%9C%BA%E6%9E%84#p2.9" {
		t.Errorf("the first hit leads to %s", got)
	}
	if !strings.Contains(ask[string](r, `document.title`), "地区反恐怖机构") {
		t.Error("the page's title does not name the query")
	}
	// the words of another language: the other pages keep the query
	if got := ask[string](r, `document.querySelector('.languages a[hreflang=en]').href`); !strings.Contains(got, "/en/search.html?q=") {
		t.Errorf("the page in English loses the query: %s", got)
	}
	r.seek("ru/search.html", "экономическое сотрудничество")
	r.await(`document.querySelectorAll('.results .row').length > 1`)
	first := r.numbers()
	r.click(`.order input[value=text]`)
	r.await(fmt.Sprintf(`[...document.querySelectorAll('.results a.number')].map(a => a.textContent).join(' ') !== %q`, first))
	r.await(`location.search.includes('order=text')`)
	r.visit("ru/search.html?q=" + url.QueryEscape("безопасность") + "&in=about")
	r.answered()
	if got := ask[string](r, `[...document.querySelectorAll('.results a.number')].map(a => a.pathname.split('/').pop()).filter((p, i, all) => all.indexOf(p) === i).join()`); got != "about.html" && got != "" {
		t.Errorf("in one text: hits lead to %s", got)
	}
	r.await(`!document.querySelector('.only').hidden`)
	r.click(`.only button`)
	r.await(`document.querySelectorAll('.hits-text').length > 0 && document.querySelector('.only').hidden`)
}

// TestBrowserSearchAdvises: a slip is forgiven and said; where nothing is found
// the page says what was looked for and what one letter would find.
func TestBrowserSearchAdvises(t *testing.T) {
	r := open(t, 1280, 900)
	r.seek("en/search.html", "exhibtion")
	r.await(`!document.querySelector('.advice').hidden`)
	if got := ask[string](r, `document.querySelector('.advice').textContent`); !strings.Contains(got, "“exhibition") {
		t.Errorf("a slip: %q", got)
	}
	if r.numbers() == "" {
		t.Error("the slip is not forgiven")
	}
	r.seek("zh/search.html", "务时合作")
	r.await(`document.querySelector('.advice a') !== null`)
	if got := ask[string](r, `document.querySelector('.advice').textContent`); !strings.Contains(got, "务时合作") || !strings.Contains(got, "务实合作 (5)") || !strings.Contains(got, "中文") {
		t.Errorf("nothing found: %q", got)
	}
	r.do(chromedp.Click[string](`.advice a`))
	r.await(`document.querySelectorAll('.results .row').length === 5`)
	r.seek("en/search.html", "volatility folklore")
	r.await(`document.querySelectorAll('.advice a').length === 2`)
	// an unfinished word, as it is typed
	r.visit("en/search.html")
	r.do(chromedp.Click[string](`#q`), chromedp.KeyEvent("bacteriolog"))
	r.await(`document.querySelectorAll('.results .row').length === 1`)
	r.await(`location.search === '?q=bacteriolog'`)
}

// TestBrowserSearchHostile: whatever is typed is text.
func TestBrowserSearchHostile(t *testing.T) {
	r := open(t, 1280, 900)
	faults := r.faults()
	r.visit("en/search.html")
	for _, q := range []string{
		`<script>pwned=1</script>`, `<img src=x onerror=pwned=1>`, `"><svg onload=pwned=1>`, `javascript:pwned=1`, `{{pwned}}`, `__proto__`, `constructor`, `toString hasOwnProperty`, `(((`, `.*+?^$|[]\`, `“`, `""`,
		strings.Repeat("security ", 1200), strings.Repeat("安", 10000), strings.Repeat("a", 10000), "\u202eabc", "\x00", "%00%ff", "' OR 1=1 --", "../../etc/passwd",
	} {
		started := time.Now()
		r.visit("en/search.html?in=" + url.QueryEscape(q) + "&order=" + url.QueryEscape(q) + "&show=" + url.QueryEscape(q) + "&q=" + url.QueryEscape(q))
		r.await(`document.querySelector('.told').textContent !== 'Searching'`)
		r.do(chromedp.Sleep(150 * time.Millisecond))
		if ask[bool](r, `'pwned' in globalThis || document.querySelector('main script:not([type]), main img, main svg') !== null`) {
			t.Errorf("%.40q came to life", q)
		}
		if over := ask[int](r, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
			t.Errorf("%.40q makes the page scroll sideways by %d", q, over)
		}
		if took := time.Since(started); took > 5*time.Second {
			t.Errorf("%.40q took %v", q, took)
		}
	}
	r.visit(browserPage + "?q=" + url.QueryEscape(`<img src=x onerror=pwned=1> (((`))
	r.do(chromedp.Sleep(200 * time.Millisecond))
	if ask[bool](r, `'pwned' in globalThis`) {
		t.Error("the page of a hit runs the query")
	}
	r.seek("en/search.html", "folklore")
	if got := r.numbers(); got != "7.4" {
		t.Errorf("after all that, folklore is found in %q", got)
	}
	if f := faults(); len(f) > 0 {
		t.Errorf("the scripts failed: %v", f)
	}
}

// TestBrowserSearchWithoutScript: the page says so and leads to the names; other
// pages have a link instead of the box.
func TestBrowserSearchWithoutScript(t *testing.T) {
	r := open(t, 1280, 900)
	r.noScript()
	r.visit(browserPage)
	if !ask[bool](r, `document.querySelector('.find').getBoundingClientRect().height === 0 && document.querySelector('.find-link a').getBoundingClientRect().height > 0`) {
		t.Error("without scripts there is a box that does nothing, or no link")
	}
	r.do(chromedp.Click[string](`.find-link a`), chromedp.WaitReady[string](".page-search"))
	if got := ask[string](r, `document.querySelector('noscript').innerText`); !strings.Contains(got, "скрипты") {
		t.Errorf("the page says %q", got)
	}
	if !ask[bool](r, `['#seek', '#hint'].every(s => document.querySelector(s).getBoundingClientRect().height === 0)`) {
		t.Error("without scripts there is a form that does nothing")
	}
	r.do(chromedp.Click[string](`noscript a`), chromedp.WaitReady[string](".page-glossary"))
}

// TestBrowserSearchSmall: nothing scrolls sideways at 320, in light and dark,
// and the other languages are behind a disclosure.
func TestBrowserSearchSmall(t *testing.T) {
	r := open(t, 320, 640)
	axe := os.Getenv("STELE_AXE") // axe.min.js of npm's axe-core
	for _, scheme := range []string{"light", "dark"} {
		params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, params); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{320, 1280} {
			r.do(chromedp.EmulateViewport(width, 900))
			for page, q := range map[string]string{"ru/search.html": "безопасность", "zh/search.html": "务时合作", "en/search.html": "RATS security", "en/about.html": ""} {
				if q == "" {
					r.visit(page)
				} else {
					r.seek(page, q)
				}
				if over := ask[int](r, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
					t.Errorf("%s scrolls sideways by %d pixels at %d", page, over, width)
				}
				if axe == "" {
					continue
				}
				code, err := os.ReadFile(axe)
				if err != nil {
					t.Fatal(err)
				}
				r.do(chromedp.Evaluate[chromedp.Void](string(code) + "; undefined"))
				found, err := chromedp.Run(r.ctx, chromedp.Evaluate[[]string](`axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } }).then(r => r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html).join(' ').slice(0, 300)))`, chromedp.EvalAwaitPromise))
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range found {
					t.Errorf("%s, %s, %d: %s", page, scheme, width, f)
				}
			}
		}
	}
	r.do(chromedp.EmulateViewport(320, 900))
	r.seek("ru/search.html", "фольклор")
	if got := ask[string](r, `[...document.querySelectorAll('.results .cell')].filter(c => c.getBoundingClientRect().height > 0).map(c => c.lang).join(' ')`); got != "ru" {
		t.Errorf("at first, languages %q", got)
	}
	r.do(chromedp.Click[string](`.results .more summary`))
	r.await(`[...document.querySelectorAll('.results .cell')].every(c => c.getBoundingClientRect().height > 0 && c.textContent.length > 20)`)
}

// TestBrowserSearchPrints: on paper stand the hits in all languages shown, those
// below the view too, and none of the controls.
func TestBrowserSearchPrints(t *testing.T) {
	r := open(t, 1280, 600)
	r.seek("en/search.html", "cooperation")
	r.await(`document.querySelectorAll('.results .row').length > 5`)
	const empty = `[...document.querySelectorAll('.results .cell')].filter(c => c.textContent === '…').length`
	if ask[int](r, empty) == 0 {
		t.Fatal("all cells are in view")
	}
	r.do(chromedp.Evaluate[chromedp.Void](`dispatchEvent(new Event('beforeprint')); undefined`))
	r.await(empty + ` === 0`)
	params := emulation.SetEmulatedMediaParams{Media: "print"}
	if _, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, params); err != nil {
		t.Fatal(err)
	}
	if got := ask[string](r, `['.seek', '.hint', '.more-hits'].filter(s => [...document.querySelectorAll(s)].some(e => e.getBoundingClientRect().height > 0)).join(' ')`); got != "" {
		t.Errorf("on paper there are %s", got)
	}
	pdf, err := chromedp.Run(r.ctx, chromedp.PrintToPDF())
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Fatalf("no PDF: %v", err)
	}
}

// TestBrowserSearchFromFiles: the same from a disk.
func TestBrowserSearchFromFiles(t *testing.T) {
	r := open(t, 1280, 900)
	out, err := published()
	if err != nil {
		t.Fatal(err)
	}
	faults := r.faults()
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
	r.visit("file://" + filepath.ToSlash(filepath.Join(dir, "ru", "strategy", "security.html")))
	r.do(chromedp.KeyEvent("/"), chromedp.KeyEvent(" музей"), chromedp.KeyEvent(kb.Enter), chromedp.WaitReady[string](".page-search"))
	r.answered()
	if got := r.numbers(); got != "7.4" {
		t.Errorf("from files, found %q (%s)", got, r.told())
	}
	r.await(`document.querySelectorAll('.results .cell mark').length > 0`)
	r.do(chromedp.KeyEvent(kb.ArrowDown))
	r.do(chromedp.Click[string](`.results a.number`), chromedp.WaitReady[string](".page-text"))
	r.await(`document.querySelectorAll('.cell mark').length > 0`)
	if f := faults(); len(f) > 0 {
		t.Errorf("the scripts failed: %v", f)
	}
}

// TestBrowserSearchScrolls: where the first hits stand in many shards, some are
// shown at once, those that a reader sees next come with the first scroll, and
// the rest by the button.
func TestBrowserSearchScrolls(t *testing.T) {
	chromium := chromiumOf(t)
	_, out := made(t, build.Inputs{Content: twelve(t)})
	r := openOn(t, chromium, out, 1280, 400)
	count := func() int { return ask[int](r, `document.querySelectorAll('.results a.number').length`) }
	// a word that stands in few passages of each text
	r.seek("en/search.html", "narcotic")
	first := count()
	if first == 0 || first >= 10 {
		t.Fatalf("%d hits are shown at once; the test wants a query whose first hits stand in many shards", first)
	}
	told := r.told()
	r.do(chromedp.Evaluate[chromedp.Void](`scrollTo(0, document.body.scrollHeight)`))
	r.await(`document.querySelectorAll('.results a.number').length === 10`)
	r.do(chromedp.Evaluate[chromedp.Void](`scrollTo(0, 0)`), chromedp.Evaluate[chromedp.Void](`scrollTo(0, document.body.scrollHeight)`))
	r.do(chromedp.Sleep(200 * time.Millisecond))
	if got := count(); got != 10 {
		t.Errorf("after more scrolling %d hits are shown, want 10", got)
	}
	if got := r.told(); got != told {
		t.Errorf("scrolling changed what was found from %q to %q", told, got)
	}
	r.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('.more-hits').click()`))
	r.await(`document.querySelectorAll('.results a.number').length > 10`)
}
