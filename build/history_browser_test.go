package build_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stele/build"
)

// TestBrowserVersions: the pages of versions fit a small screen in every
// language, read without a script, and lead to the passage that is being read.
func TestBrowserVersions(t *testing.T) {
	chromium := chromiumOf(t)
	_, out := made(t, build.Inputs{Content: os.DirFS("../docs/amended/content")})
	r := openOn(t, chromium, out, 320, 640)
	for _, l := range []string{"ru", "zh", "en"} {
		for _, p := range []string{"versions.html", "changes-2009-03-01.html", "2001-06-15/meetings.html", "2001-06-15/index.html", "meetings.html"} {
			r.visit(l + "/statute/" + p)
			if over := ask[int](r, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%s/statute/%s scrolls sideways by %d pixels at 320", l, p, over)
			}
		}
	}
	r.visit("en/statute/2001-06-15/full.html#p3.1")
	lead := `(() => { const a = document.querySelector('.version-line .now'); a.dispatchEvent(new FocusEvent('focusin', {bubbles: true})); return a.href; })()`
	if got := ask[string](r, lead); !strings.HasSuffix(got, "/en/statute/full.html#p3.1") {
		t.Errorf("the current version is led to at %s, want at passage 3.1", got)
	}
	r.noScript()
	r.visit("en/statute/changes-2009-03-01.html")
	if open := ask[bool](r, `[...document.querySelectorAll('.unchanged')].some(d => d.open)`); open {
		t.Error("what did not change lies open")
	}
	r.do(chromedp.Click[string](".unchanged summary"))
	if got := ask[string](r, `document.querySelector('.unchanged[open] .row .cell').innerText`); !strings.Contains(got, "Statute") {
		t.Errorf("opened, the first says %q", got)
	}
	r.visit("en/statute/2001-06-15/meetings.html")
	if got := ask[string](r, `document.querySelector('.version-line.old').innerText`); !strings.Contains(got, "Version of 15") || !strings.Contains(got, "Current version") {
		t.Errorf("the line says %q", got)
	}
}
