package serve_test

import (
	"context"
	"fmt"
	"math"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"stele/build/serve"
)

// browser opens Chromium; a machine without it cannot run the test.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
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

// until waits for a JavaScript expression to become true.
func until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	var last error
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		if last = err; ok && err == nil {
			return
		}
	}
	t.Fatalf("never true: %s (%v)", expression, last)
}

func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// long is a page of 200 passages, with some more before the 100th.
func long(more int, text string) serve.Files {
	var b strings.Builder
	b.WriteString("<!doctype html><html lang=en><title>t</title><body><main>")
	for i := range 200 {
		if i == 100 {
			for range more {
				b.WriteString("<p>new</p>")
			}
		}
		fmt.Fprintf(&b, "<p id=p%d>%d %s</p>", i, i, text)
	}
	b.WriteString("</main></body></html>")
	return serve.Files{"ru/a.html": []byte(b.String())}
}

func TestBrowserFollowsTheSite(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	s := serve.New()
	url, _ := running(t, s)

	// Before there is a site, its trouble is shown; then the site.
	s.Fail(serve.Panel{Title: "1 ошибка", Close: "Закрыть", Items: []serve.Item{{Place: "content/a/ru.md:3:5", Text: "<b>нет</b> & нет"}}})
	if _, err := chromedp.Run(ctx, chromedp.Navigate(url+"/ru/a.html#p150")); err != nil {
		t.Fatal(err)
	}
	const panel = `document.querySelector("stele-trouble")?.shadowRoot`
	until(t, ctx, panel+`?.querySelector("li")?.textContent === "content/a/ru.md:3:5<b>нет</b> & нет"`)
	s.Update(long(0, "first"))
	until(t, ctx, `document.querySelector("#p0")?.textContent === "0 first" && !document.querySelector("stele-trouble")`)

	// A new version is loaded by itself, and the passage stays where it was.
	// The page may still be going to #p150 by itself, so the scrolling is tried until it holds.
	until(t, ctx, `(() => { const to = document.querySelector("#p120"); if (Math.abs(to.getBoundingClientRect().top) <= 10) return true; scrollBy(0, to.getBoundingClientRect().top + 3); return false })()`)
	top := `document.querySelector("#p120").getBoundingClientRect().top`
	before := eval[float64](t, ctx, top)
	if math.Abs(before) > 10 {
		t.Fatalf("p120 is %v from the top before the change", before)
	}
	s.Update(long(40, "second"))
	until(t, ctx, `document.querySelector("#p120")?.textContent === "120 second" && document.readyState === "complete" && history.scrollRestoration === "auto"`)
	if after := eval[float64](t, ctx, top); math.Abs(after-before) > 1 {
		t.Errorf("p120 was %v from the top and is %v", before, after)
	}

	// Trouble is shown over the last good page, which is not loaded anew.
	eval[bool](t, ctx, `window.kept = true`)
	s.Fail(serve.Panel{Title: "2 errors", Note: "the last good site is shown", Close: "Close", Items: []serve.Item{
		{Place: "content/a/ru.md:3:5", Text: "<img src=x onerror=alert(1)>"}, {Text: "and one without a place"},
	}})
	until(t, ctx, panel+`?.querySelectorAll("li").length === 2`)
	if !eval[bool](t, ctx, `window.kept && !`+panel+`.querySelector("img") && getComputedStyle(document.querySelector("stele-trouble")).position === "fixed"`) {
		t.Error("the panel is markup, is not fixed, or the page was loaded anew")
	}
	s.Fail(serve.Panel{Title: "again", Close: "Close"})
	until(t, ctx, panel+`?.querySelectorAll("li").length === 0 && `+panel+`.querySelector("button")?.textContent === "Close"`)
	eval[bool](t, ctx, `(() => { `+panel+`.querySelector("button").click(); return true })()`)
	until(t, ctx, `!document.querySelector("stele-trouble")`)

	// A panel closed by hand does not keep the next version out.
	s.Update(long(0, "third"))
	until(t, ctx, `document.querySelector("#p120")?.textContent === "120 third"`)
}
