package build_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestSearchFigures prints what a query costs on the site in the folder that
// STELE_SEARCH_SITE names: bytes as a host sends them (gzip) and milliseconds
// from the first key to the first answer, in a browser that has seen nothing yet
// but the page; and the same for a further query.
func TestSearchFigures(t *testing.T) {
	dir := os.Getenv("STELE_SEARCH_SITE")
	if dir == "" {
		t.Skip("STELE_SEARCH_SITE names no site")
	}
	chromium := chromiumOf(t)
	host := &host{dir: dir, packed: map[string][]byte{}}
	host.packAll(t) // as a host does before anybody asks
	server := httptest.NewServer(host)
	defer server.Close()
	queries := [][3]string{
		{"ru", "безопасность", "экономика"},
		{"ru", "организация", "права человека"},
		{"ru", "«Объединённых Наций»", "комитетов"},
		{"ru", "сотрудничестов", "2014"},
		{"zh", "安全", "经济"},
		{"zh", "联合国", "合作"},
		{"zh", "人民", "法律"},
		{"en", "security", "economy"},
		{"en", "\"human rights\"", "government"},
		{"en", "the", "organization"},
	}
	if q := os.Getenv("STELE_SEARCH_QUERIES"); q != "" { // "ru:first:second;…"
		queries = nil
		for part := range strings.SplitSeq(q, ";") {
			f := strings.SplitN(part, ":", 3)
			queries = append(queries, [3]string{f[0], f[1], f[2]})
		}
	}
	var first, further, ms, ms2 []float64
	for _, q := range queries {
		r := &reader{t: t, url: server.URL + "/"}
		ctx, cancel := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(chromedp.ExecPath(chromium), chromedp.NoSandbox))
		r.ctx = ctx
		r.do(chromedp.EmulateViewport(1280, 900))
		host.reset()
		r.visit(q[0] + "/search.html")
		r.await(`document.readyState === 'complete' && globalThis.steleSearch !== undefined`)
		r.do(chromedp.Sleep(500 * time.Millisecond)) // what the page prepares
		page := host.reset()
		measure := func(query string) (float64, float64) {
			r.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
				const box = document.querySelector('#q'), told = document.querySelector('.told');
				globalThis.answeredAfter = 0;
				told.textContent = '';
				performance.clearResourceTimings();
				performance.setResourceTimingBufferSize(5000);
				const begin = globalThis.begin = performance.now();
				new MutationObserver((_, o) => { if (told.textContent && !/Идёт|Searching|正在/.test(told.textContent)) { globalThis.answeredAfter = performance.now() - begin; o.disconnect(); } }).observe(told, { childList: true, characterData: true, subtree: true });
				box.value = %q;
				box.dispatchEvent(new Event('input'));
			})()`, query)))
			r.await(`globalThis.answeredAfter > 0`)
			took := ask[float64](r, `globalThis.answeredAfter`)
			atAnswer := ask[int](r, `performance.getEntriesByType('resource').filter(e => e.responseEnd <= begin + answeredAfter).reduce((n, e) => n + e.encodedBodySize, 0)`)
			r.do(chromedp.Sleep(700 * time.Millisecond)) // the other languages that are in view
			t.Logf("%-3s %-24s %7.0f ms, %6.1f kB at the answer, %6.1f kB with all in view; %s", q[0], query, took, kB(atAnswer), kB(host.peek()), r.told())
			host.reset()
			return took, kB(atAnswer)
		}
		m, b := measure(q[1])
		ms, first = append(ms, m), append(first, b)
		r.do(chromedp.Sleep(500 * time.Millisecond))
		m, b = measure(q[2])
		ms2, further = append(ms2, m), append(further, b)
		t.Logf("    the page itself: %.1f kB", kB(page))
		cancel()
	}
	t.Logf("first answer: at most %.1f kB and %.0f ms; further: at most %.1f kB and %.0f ms", slices.Max(first), slices.Max(ms), slices.Max(further), slices.Max(ms2))
	var texts, index int
	err := filepath.WalkDir(filepath.Join(dir, "search"), func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if strings.HasPrefix(d.Name(), "t") {
			texts += len(pack(data))
		} else {
			index += len(pack(data))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("index %.1f kB, texts %.1f kB as shards: %.3f", kB(index), kB(texts), float64(index)/float64(texts))
}

func kB(n int) float64 { return float64(n) / 1000 }

func pack(data []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

// host serves a folder compressed and counts what it sends.
type host struct {
	dir    string
	mu     sync.Mutex
	sent   int
	packed map[string][]byte
}

// packAll compresses all that the pages and the search load.
func (h *host) packAll(t *testing.T) {
	err := filepath.WalkDir(h.dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".js" && path.Ext(name) != ".css" && path.Ext(name) != ".svg" {
			return err
		}
		data, err := os.ReadFile(name)
		h.packed[name] = pack(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *host) peek() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sent
}

func (h *host) reset() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := h.sent
	h.sent = 0
	return n
}

func (h *host) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	name := filepath.Join(h.dir, filepath.FromSlash(path.Clean("/"+q.URL.Path)))
	h.mu.Lock()
	body, ok := h.packed[name]
	h.mu.Unlock()
	if !ok {
		data, err := os.ReadFile(name)
		if err != nil {
			http.NotFound(w, q)
			return
		}
		body = pack(data)
	}
	h.mu.Lock()
	h.packed[name] = body
	h.sent += len(body)
	h.mu.Unlock()
	kind := map[string]string{".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}[path.Ext(name)]
	if kind == "" {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Encoding", "gzip")
	_, _ = w.Write(body)
}
