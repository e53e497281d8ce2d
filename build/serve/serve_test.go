package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"stele/build/serve"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const port = 4321

func files() serve.Files {
	return serve.Files{
		"index.html":             []byte("<!doctype html><html><body><p>home</p></body></html>"),
		"404.html":               []byte("<body>no such page</body>"),
		"ru/index.html":          []byte("<body>ru</body>"),
		"ru/страница.html":       []byte("стр"),
		"assets/a.css":           []byte("a{}"),
		"data/strategy.tmx":      []byte("<tmx/>"),
		".nojekyll":              []byte("mark"),
		".well-known/x.txt":      []byte("known"),
		".well-known/.hidden":    []byte("no"),
		".well-known-not/x":      []byte("no"),
		"ru/.git/config":         []byte("no"),
		"assets/unknown.suffix1": []byte("?"),
	}
}

type request struct {
	method, path, host string
	header             http.Header
	body               string
}

func (r request) do(s *serve.Server) *http.Response {
	if r.method == "" {
		r.method = "GET"
	}
	if r.host == "" {
		r.host = fmt.Sprint("localhost:", port)
	}
	q := httptest.NewRequest(r.method, "http://"+r.host+"/", strings.NewReader(r.body))
	q.Host = r.host
	if path, query, found := strings.Cut(r.path, "?"); true {
		q.URL.Path = path
		if found {
			q.URL.RawQuery = query
		}
	}
	for k, v := range r.header {
		q.Header[k] = v
	}
	w := httptest.NewRecorder()
	s.Handler(port).ServeHTTP(w, q)
	return w.Result()
}

func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

func body(r *http.Response) string {
	b, _ := io.ReadAll(r.Body)
	return string(b)
}

func server() *serve.Server {
	s := serve.New()
	s.Update(files())
	return s
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := server()
	for _, c := range []struct {
		path, want, kind string
		code             int
	}{
		{"/", "<!doctype html><html><body><p>home</p>" + serve.ReloadTag + "</body></html>", "text/html; charset=utf-8", 200},
		{"/index.html", "<!doctype html><html><body><p>home</p>" + serve.ReloadTag + "</body></html>", "text/html; charset=utf-8", 200},
		{"/ru/", "<body>ru" + serve.ReloadTag + "</body>", "text/html; charset=utf-8", 200},
		{"/ru/страница.html", "стр" + serve.ReloadTag, "text/html; charset=utf-8", 200},
		{"/ru/%страница.html", "", "", 404},
		{"/assets/a.css", "a{}", "text/css; charset=utf-8", 200},
		{"/data/strategy.tmx", "<tmx/>", "application/xml", 200},
		{"/assets/unknown.suffix1", "?", "application/octet-stream", 200},
		{"/.well-known/x.txt", "known", "text/plain; charset=utf-8", 200},
		{"/.well-known/.hidden", "", "", 404},
		{"/.well-known-not/x", "", "", 404},
		{"/.nojekyll", "", "", 404},
		{"/ru/.git/config", "", "", 404},
		{"/assets/", "", "", 404},
		{"/index.html/", "", "", 404},
		{"/no", "", "", 404},
		{"/-/no", "", "", 404},
		{"//ru/", "", "", 400},
		{"/ru//", "", "", 400},
		{"/../index.html", "", "", 400},
		{"/ru/../index.html", "", "", 400},
		{"/./index.html", "", "", 400},
		{"/index.html\x00", "", "", 400},
		{`/ru\index.html`, "", "", 400},
		{"/\xff", "", "", 400},
		{"*", "", "", 400},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			r := request{path: c.path, method: method}.do(s)
			got := body(r)
			want := c.want
			if c.code == 404 {
				want, c.kind = "<body>no such page"+serve.ReloadTag+"</body>", "text/html; charset=utf-8"
			}
			if r.StatusCode != c.code {
				t.Errorf("%s %q: %d, want %d", method, c.path, r.StatusCode, c.code)
			}
			if c.code == 400 {
				continue
			}
			if r.Header.Get("Content-Length") != fmt.Sprint(len(want)) || r.Header.Get("Content-Type") != c.kind {
				t.Errorf("%s %q: headers %v, want %d bytes of %s", method, c.path, r.Header, len(want), c.kind)
			}
			if method == "HEAD" {
				want = ""
			}
			if got != want {
				t.Errorf("%s %q: %q, want %q", method, c.path, got, want)
			}
		}
	}
}

func TestFolderWithoutSlash(t *testing.T) {
	t.Parallel()
	s := serve.New()
	s.Update(serve.Files{"ru/a b/index.html": nil})
	r := request{path: "/ru/a b?show=ru,zh"}.do(s)
	if got, want := r.Header.Get("Location"), "/ru/a%20b/?show=ru,zh"; r.StatusCode != 301 || got != want {
		t.Errorf("%d to %q, want 301 to %q", r.StatusCode, got, want)
	}
}

func TestGuard(t *testing.T) {
	t.Parallel()
	s := server()
	own := fmt.Sprint("http://localhost:", port)
	for _, c := range []struct {
		name string
		r    request
		want int
	}{
		{"ip", request{host: "127.0.0.1:4321"}, 200},
		{"ip6", request{host: "[::1]:4321"}, 200},
		{"upper case", request{host: "LocalHost:4321"}, 200},
		{"no port", request{host: "localhost"}, 421},
		{"other port", request{host: "localhost:80"}, 421},
		{"stranger", request{host: "evil.example:4321"}, 421},
		{"sub-domain", request{host: "localhost.evil.example:4321"}, 421},
		{"final dot", request{host: "localhost.:4321"}, 421},
		{"own origin", request{header: header("Origin", own)}, 200},
		{"own origin by another name", request{header: header("Origin", "http://127.0.0.1:4321")}, 403},
		{"other origin", request{header: header("Origin", "http://evil.example")}, 403},
		{"no origin", request{header: header("Origin", "null")}, 403},
		{"other scheme", request{header: header("Origin", "https://localhost:4321")}, 403},
		{"two origins", request{header: http.Header{"Origin": {own, "http://evil.example"}}}, 403},
		{"same origin", request{header: header("Sec-Fetch-Site", "same-origin")}, 200},
		{"typed", request{header: header("Sec-Fetch-Site", "none")}, 200},
		{"other port of this machine", request{header: header("Sec-Fetch-Site", "same-site")}, 403},
		{"picture in a stranger's page", request{header: header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image")}, 403},
		{"frame in a stranger's page", request{header: header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe")}, 403},
		{"link from a stranger's page", request{header: header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document")}, 200},
		{"link to our own", request{path: "/-/token", header: header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document")}, 403},
		{"form in a stranger's page", request{method: "POST", header: header("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document")}, 403},
		{"POST", request{method: "POST"}, 405},
		{"PUT", request{method: "PUT"}, 405},
		{"OPTIONS", request{method: "OPTIONS"}, 405},
		{"CONNECT", request{method: "CONNECT"}, 405},
	} {
		if c.r.path == "" {
			c.r.path = "/"
		}
		r := c.r.do(s)
		if r.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", c.name, r.StatusCode, c.want)
		}
		if c.want == 405 && r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: Allow %q", c.name, r.Header.Get("Allow"))
		}
		for k, want := range map[string]string{
			"Content-Security-Policy":      serve.Policy,
			"Cross-Origin-Resource-Policy": "same-origin",
			"X-Content-Type-Options":       "nosniff",
			"Cache-Control":                "no-store",
			"Access-Control-Allow-Origin":  "",
		} {
			if got := r.Header.Get(k); got != want {
				t.Errorf("%s: %s is %q, want %q", c.name, k, got, want)
			}
		}
	}
}

func TestActions(t *testing.T) {
	t.Parallel()
	s := server()
	s.Handle("POST", "/-/confirm", func(_ context.Context, body json.RawMessage) (any, error) {
		var in struct{ Passage string }
		if err := json.Unmarshal(body, &in); err != nil {
			return nil, err
		}
		switch in.Passage {
		case "none":
			return nil, &serve.RefusedError{Code: 409, Why: "no such passage"}
		case "disk":
			return nil, errors.New("no space left")
		}
		return map[string]string{"confirmed": in.Passage}, nil
	})
	s.Handle("GET", "/-/desk", func(_ context.Context, body json.RawMessage) (any, error) {
		return body == nil, nil
	})
	good := func() http.Header {
		return header("Origin", "http://localhost:4321", "Sec-Fetch-Site", "same-origin", "Content-Type", "application/json; charset=utf-8", serve.TokenHeader, s.Token())
	}
	with := func(k, v string) http.Header {
		h := good()
		if h.Set(k, v); v == "" {
			h.Del(k)
		}
		return h
	}
	post := func(h http.Header, body string) request {
		return request{method: "POST", path: "/-/confirm", header: h, body: body}
	}
	for _, c := range []struct {
		name string
		r    request
		code int
		want string
	}{
		{"good", post(good(), `{"passage":"5.3"}`), 200, `{"confirmed":"5.3"}`},
		{"refused", post(good(), `{"passage":"none"}`), 409, `{"error":"no such passage"}`},
		{"broken", post(good(), `{"passage":"disk"}`), 500, `{"error":"no space left"}`},
		{"no browser", post(header("Content-Type", "application/json", serve.TokenHeader, s.Token()), `{}`), 200, ""},
		{"no token", post(with(serve.TokenHeader, ""), `{}`), 403, ""},
		{"wrong token", post(with(serve.TokenHeader, strings.Repeat("0", 32)), `{}`), 403, ""},
		{"other origin", post(with("Origin", "http://evil.example"), `{}`), 403, ""},
		{"other site", post(with("Sec-Fetch-Site", "cross-site"), `{}`), 403, ""},
		{"typed by nobody", post(with("Sec-Fetch-Site", "none"), `{}`), 403, ""},
		{"form", post(with("Content-Type", "application/x-www-form-urlencoded"), `{}`), 415, ""},
		{"text", post(with("Content-Type", "text/plain"), `{}`), 415, ""},
		{"no type", post(with("Content-Type", ""), `{}`), 415, ""},
		{"not JSON", post(good(), `{"passage"`), 400, ""},
		{"empty", post(good(), ``), 400, ""},
		{"long", post(good(), `"`+strings.Repeat("x", 1<<20)+`"`), 413, ""},
		{"GET of it", request{path: "/-/confirm"}, 405, ""},
		{"desk", request{path: "/-/desk"}, 200, `true`},
		{"POST of the desk", request{method: "POST", path: "/-/desk", header: good()}, 405, ""},
		{"token", request{path: "/-/token"}, 200, `{"token":"` + s.Token() + `"}`},
		{"script", request{path: "/-/reload.js"}, 200, ""},
		{"POST of the script", request{method: "POST", path: "/-/reload.js", header: good()}, 405, ""},
	} {
		r := c.r.do(s)
		if got := body(r); r.StatusCode != c.code || c.want != "" && got != c.want {
			t.Errorf("%s: %d %.80q, want %d %q", c.name, r.StatusCode, got, c.code, c.want)
		}
	}
	if s.Token() == serve.New().Token() {
		t.Error("two runs have the same token")
	}
	for _, c := range [][2]string{{"PUT", "/-/x"}, {"GET", "/x"}, {"GET", "/-/events"}, {"GET", "/-/../x"}, {"GET", "/-/desk"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Handle(%q, %q) was taken", c[0], c[1])
				}
			}()
			s.Handle(c[0], c[1], nil)
		}()
	}
}

func TestWithoutASite(t *testing.T) {
	t.Parallel()
	s := serve.New()
	if r := (request{path: "/ru/"}).do(s); r.StatusCode != 503 || !strings.Contains(body(r), serve.ReloadTag) {
		t.Errorf("no site: %d", r.StatusCode)
	}
	s.Fail(serve.Panel{Title: "1 <error>", Items: []serve.Item{{Place: "ru.md:1:2", Text: "<script>alert(1)</script>"}}})
	r := request{path: "/ru/"}.do(s)
	got := body(r)
	if !strings.Contains(got, "ru.md:1:2") || !strings.Contains(got, "&lt;script&gt;alert") || strings.Contains(got, "<script>alert") || !strings.Contains(got, "1 &lt;error&gt;") {
		t.Errorf("page of trouble: %s", got)
	}
	// A site that turns out to have nothing to show is none, and tells of what it
	// was told meanwhile.
	s.Update(none(func() {
		s.Fail(serve.Panel{Title: "no descriptors"})
	}))
	if r := (request{path: "/ru/"}).do(s); r.StatusCode != 503 {
		t.Errorf("a site with nothing to show: %d", r.StatusCode)
	} else if got := body(r); !strings.Contains(got, "no descriptors") || !strings.Contains(got, serve.ReloadTag) {
		t.Errorf("a site with nothing to show: %s", got)
	}
}

// none is a site that has nothing to show, as is seen once it was asked.
type none func()

func (n none) Lookup(string) ([]byte, error) {
	n()
	return nil, serve.ErrNone
}

// running is a server on a real port.
func running(t *testing.T, s *serve.Server) (url string, stop func()) {
	t.Helper()
	ln, err := serve.Listen("", 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln, serve.Access{}) }()
	stop = func() {
		t.Helper()
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("Serve: %v", err)
			}
			ended <- nil
		case <-time.After(5 * time.Second):
			t.Error("Serve does not end")
		}
	}
	t.Cleanup(stop)
	return fmt.Sprint("http://127.0.0.1:", serve.Port(ln)), stop
}

type event struct {
	Version string
	Panel   *serve.Panel
}

// listen returns a function that gives the next event.
func listen(t *testing.T, url string) func() event {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{}}
	r, err := client.Get(url + "/-/events")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Body.Close(); client.CloseIdleConnections() })
	if got := r.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("events are %q", got)
	}
	lines := bufio.NewScanner(r.Body)
	return func() event {
		t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var e event
				if err := json.Unmarshal([]byte(data), &e); err != nil {
					t.Fatal(err)
				}
				return e
			}
		}
		t.Fatalf("no more events: %v", lines.Err())
		return event{}
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	s := server()
	url, stop := running(t, s)
	next := listen(t, url)
	first := next()
	r, err := http.Get(url + "/")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if got, want := r.Header.Get("Server-Timing"), `version;desc="`+first.Version+`"`; got != want {
		t.Errorf("page says %q, want %q", got, want)
	}
	s.Fail(serve.Panel{Title: "1 error", Items: []serve.Item{{Place: "a.md:1:1", Text: "wrong\n\ndata: {}"}}})
	if e := next(); e.Version != first.Version || e.Panel == nil || e.Panel.Items[0].Text != "wrong\n\ndata: {}" {
		t.Errorf("after Fail: %+v", e)
	}
	if late := listen(t, url)(); late.Panel == nil {
		t.Error("a page opened later is not told of the trouble")
	}
	s.Update(files())
	if e := next(); e.Version == first.Version || e.Panel != nil {
		t.Errorf("after Update: %+v, was %+v", e, first)
	}
	http.DefaultClient.CloseIdleConnections()
	stop() // with a listener connected
}

func TestListenTakesAnotherPort(t *testing.T) {
	t.Parallel()
	one, err := serve.Listen("", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	two, err := serve.Listen("", serve.Port(one))
	if err != nil {
		t.Fatal(err)
	}
	defer two.Close()
	if serve.Port(one) == serve.Port(two) {
		t.Error("two listeners on one port")
	}
	for _, bad := range []int{-1, 65536} {
		if ln, err := serve.Listen("", bad); err == nil {
			ln.Close()
			t.Errorf("port %d was taken", bad)
		}
	}
}

func TestLoopbackOnly(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Skip(err)
	}
	if err := serve.New().Serve(t.Context(), ln, serve.Access{}); err == nil || !strings.Contains(err.Error(), "loopback") {
		t.Errorf("Serve on every address: %v", err)
	}
}

// Clients that never finish their requests do not keep others waiting, and
// too long a header is refused.
func TestHostileClients(t *testing.T) {
	t.Parallel()
	s := server()
	url, _ := running(t, s)
	addr := strings.TrimPrefix(url, "http://")
	for range 200 {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX-a: ")
	}
	for _, c := range []struct{ request, want string }{
		{"GET / HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", "HTTP/1.1 200"},
		{"GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 421"},
		{"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
		{"GET http://evil.example/ HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", "HTTP/1.1 421"},
		{"OPTIONS * HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", "HTTP/1.1 400"},
		{"GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: " + addr + "\r\nConnection: close\r\n\r\n", "HTTP/1.1 400"},
		{"GET / HTTP/1.1\r\nHost: " + addr + "\r\nX: " + strings.Repeat("a", 80<<10) + "\r\n\r\n", "HTTP/1.1 431"},
	} {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		conn.SetDeadline(time.Now().Add(4 * time.Second))
		io.WriteString(conn, c.request)
		got := make([]byte, len(c.want))
		if _, err := io.ReadFull(conn, got); err != nil || string(got) != c.want {
			t.Errorf("%.60q: %q (%v), want %q", c.request, got, err, c.want)
		}
		conn.Close()
	}
}

// TestKey: with a key in the address nobody is answered without it, whatever
// address they ask for, and all that the pages load is below it.
func TestKey(t *testing.T) {
	t.Parallel()
	ln, err := serve.Listen("0.0.0.0", 0)
	if err != nil {
		t.Skip(err)
	}
	s := server()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	key := serve.NewKey()
	go func() {
		ended <- s.Serve(ctx, ln, serve.Access{Key: key, Refusal: func(accept string, key bool) string { return fmt.Sprint("no: ", accept, key) }})
	}()
	defer func() { cancel(); <-ended }()
	url := fmt.Sprint("http://127.0.0.1:", serve.Port(ln))
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	for _, c := range []struct {
		path, host, origin string
		code               int
		want               string
	}{
		{"/", "", "", 403, "no: zh-CNtrue"},
		{"/ru/", "", "", 403, ""},
		{"/-/token", "", "", 403, ""},
		{"/-/events", "", "", 403, ""},
		{"/" + strings.Repeat("0", 32) + "/", "", "", 403, ""},
		{"/" + key + "/", "", "", 200, `src="/` + key + `/-/reload.js"`},
		{"/" + key + "/ru/", "office.example:8080", "http://office.example:8080", 200, "ru"},
		{"/" + key + "/ru/", "office.example:8080", "http://evil.example:8080", 403, ""},
		{"/" + key + "/-/token", "", "", 200, s.Token()},
		{"/" + key + "/../ru/", "", "", 400, ""},
		{"/" + key + "/ru", "", "", 301, ""},
	} {
		q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		q.Host = c.host
		q.Header.Set("Accept-Language", "zh-CN")
		if c.origin != "" {
			q.Header.Set("Origin", c.origin)
		}
		r, err := client.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		got := body(r)
		r.Body.Close()
		if r.StatusCode != c.code || !strings.Contains(got, c.want) {
			t.Errorf("%s at %q from %q: %d %.80q, want %d with %q", c.path, c.host, c.origin, r.StatusCode, got, c.code, c.want)
		}
		if to := r.Header.Get("Location"); c.code == 301 && to != "/"+key+"/ru/" {
			t.Errorf("%s leads to %q", c.path, to)
		}
	}
}

// TestMine: who is somebody else is not answered without the key.
func TestMine(t *testing.T) {
	t.Parallel()
	ln, err := serve.Listen("", 0)
	if err != nil {
		t.Fatal(err)
	}
	s := server()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	var mine atomic.Bool
	go func() {
		ended <- s.Serve(ctx, ln, serve.Access{Mine: func(from, to net.Addr) bool {
			return mine.Load() && from.(*net.TCPAddr).Port != serve.Port(ln) && to.(*net.TCPAddr).Port == serve.Port(ln)
		}})
	}()
	defer func() { cancel(); <-ended }()
	for _, c := range []struct {
		mine bool
		want int
	}{{false, 403}, {true, 200}} {
		mine.Store(c.mine)
		client := &http.Client{Transport: &http.Transport{}}
		r, err := client.Get(fmt.Sprint("http://127.0.0.1:", serve.Port(ln), "/-/token"))
		if err != nil {
			t.Fatal(err)
		}
		said, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		client.CloseIdleConnections()
		if r.StatusCode != c.want {
			t.Errorf("mine %v: %d, want %d", c.mine, r.StatusCode, c.want)
		}
		if strings.Contains(string(said), "printed") {
			t.Errorf("mine %v: told to open an address that has no key: %s", c.mine, said)
		}
	}
}

// TestStreamsAreCapped: who opens many event streams keeps nobody from the pages.
func TestStreamsAreCapped(t *testing.T) {
	t.Parallel()
	s := server()
	url, _ := running(t, s)
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	refused := 0
	for range 80 {
		r, err := client.Get(url + "/-/events")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		if r.StatusCode == http.StatusServiceUnavailable {
			refused++
		}
	}
	if refused < 20 {
		t.Errorf("%d of 80 streams were refused, want at least 20", refused)
	}
	if r, err := client.Get(url + "/"); err != nil || r.StatusCode != http.StatusOK {
		t.Errorf("a page: %v, %v", r, err)
	} else {
		r.Body.Close()
	}
}

// failing is a site whose pages cannot be made.
type failing struct{}

func (failing) Lookup(string) ([]byte, error) {
	return nil, errors.New("the <b>theme</b> has no layout")
}

// TestPageThatCannotBeMade is told as what it is, in plain text.
func TestPageThatCannotBeMade(t *testing.T) {
	t.Parallel()
	s := serve.New()
	s.Update(failing{})
	w := httptest.NewRecorder()
	s.Handler(4321).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost:4321/ru/index.html", nil))
	if w.Code != http.StatusInternalServerError || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") || !strings.Contains(w.Body.String(), "the <b>theme</b>") {
		t.Errorf("%d %s %s", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
}
