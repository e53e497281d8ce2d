// Package serve is the preview's web server, for one person on their own
// machine. It serves a site from memory, tells open pages to reload when the
// site is replaced, and shows on them what stands in the way when it could not
// be. It knows paths and bytes; what a site is, where it comes from and what
// trouble means is its caller's.
//
// Other programs on the machine and web pages open in the same browser are
// taken for hostile. The server listens on the loopback address alone. It
// answers only requests that name it by a loopback name and its port, so a
// stranger's domain that is made to point here is refused, and only those that
// the browser does not say to come from another site. Pages get the strict
// policy that the site is published with. What changes something needs, besides,
// a token that only this server's own pages can read. Who else uses the machine
// is told by their user, where the system says whose a connection is, or else
// has to know the address, which then has a key as its first part: see Access.
//
// Paths below /-/ are the server's own:
//
//	/-/events     versions and trouble, as server-sent events
//	/-/reload.js  what listens to them in a page
//	/-/token      the token for POST
//	/-/…          what Handle adds
package serve

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Site is what is served. A site does not change; a new one takes its place.
type Site interface {
	// Lookup returns the bytes of the file with this path, as in
	// "ru/index.html", fs.ErrNotExist, or ErrNone where it turns out that there is
	// no site at all; another error is told to whoever asks.
	// It may be called concurrently; the bytes are not changed by either side.
	Lookup(path string) ([]byte, error)
}

// ErrNone is what a Site says that has nothing to show: it is answered as if there
// had been no Update yet.
var ErrNone = errors.New("there is no site")

// Asked is a Site with pages that depend on the query of their address.
type Asked interface {
	Site
	// Ask is Lookup for an address with a query, which may be empty.
	Ask(path string, query url.Values) ([]byte, error)
}

// Files is a Site held in a map by path.
type Files map[string][]byte

// Lookup implements Site.
func (f Files) Lookup(path string) ([]byte, error) {
	body, ok := f[path]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return body, nil
}

// ReloadTag is what every HTML page is served with before its </body>, or at its
// end. All other bytes are the site's own.
const ReloadTag = `<script src="/-/reload.js" defer></script>`

// Panel is trouble as shown on every open page, in the caller's words and
// language. It is shown as text, whatever it holds.
type Panel struct {
	Lang  string `json:"lang,omitempty"` // of the title, the note and the button
	Title string `json:"title"`
	Note  string `json:"note,omitempty"` // such as that the last good site is shown
	Close string `json:"close"`          // what the closing button says
	Items []Item `json:"items,omitempty"`
	// Calm tells that it is no trouble, but what the server is at.
	Calm bool `json:"calm,omitempty"`
}

// Item is one line of a Panel.
type Item struct {
	Place string `json:"place,omitempty"` // path:line:col
	Text  string `json:"text"`
}

// Access says who is answered, of those who reach the port. The zero Access is
// for tests: everybody on this machine.
type Access struct {
	// Key, if not empty, is the first part of the path of the addresses that are
	// answered whoever asks. It is as good as a password, and kept from other
	// sites by the pages' Referrer-Policy.
	Key string
	// Mine reports whether a connection is one of the user whose the preview
	// is: they need no key. Nil trusts nobody where there is a Key, and else all.
	Mine func(from, to net.Addr) bool
	// Refusal is what others are told, who need the key or, where there is none, can
	// see nothing; accept is the Accept-Language of their request. Nil says it in English.
	Refusal func(accept string, key bool) string
}

// NewKey returns a key for Access.
func NewKey() string { return random(16) }

// Policy is the Content-Security-Policy of every answer.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Server serves one site after another. Its methods may be called concurrently.
type Server struct {
	run   string // tells the versions of this run from another's
	token string

	streams chan struct{} // one for each page that listens

	mu      sync.RWMutex
	site    Site // nil before the first Update
	version int
	panel   *Panel            // nil when all is well
	news    chan struct{}     // closed and replaced with each change of the above
	actions map[string]action // by "METHOD path"
}

// New returns a server without a site. Until the first Update its pages say
// what Fail was told.
func New() *Server {
	return &Server{run: random(4), token: random(16), streams: make(chan struct{}, mostStreams), news: make(chan struct{}), actions: map[string]action{}}
}

// random returns n random bytes in hexadecimal.
func random(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// Update puts a new site in place of the old one: open pages reload, and a
// panel goes away. A caller whose new site is equal to the last, and that has
// no panel to take away, need not call it.
func (s *Server) Update(site Site) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.site = site
	s.version++
	s.panel = nil
	s.tell()
}

// Fail shows trouble on all open pages and on those opened from now on. The last
// site stays.
func (s *Server) Fail(panel Panel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.panel = &panel
	s.tell()
}

// tell wakes those who wait for news. The caller holds the lock.
func (s *Server) tell() {
	close(s.news)
	s.news = make(chan struct{})
}

// state is what there is to serve at one moment.
type state struct {
	site    Site
	version string
	panel   *Panel
	news    <-chan struct{} // closed when this is out of date
}

func (s *Server) state() state {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return state{site: s.site, version: s.run + "-" + strconv.Itoa(s.version), panel: s.panel, news: s.news}
}

// Token is what a POST must carry in the header TokenHeader. It is new with each
// run. A page of the site reads it from /-/token.
func (s *Server) Token() string { return s.token }

// Listen opens a port on a host's address: the given one or, if that is taken,
// one of the twenty after it, or else any. Zero is any, and an empty host this
// machine alone. The caller sees from Port which it is.
func Listen(host string, port int) (net.Listener, error) {
	if port < 0 || port > 65535 {
		return nil, fmt.Errorf("port %d is not between 0 and 65535", port)
	}
	network := "tcp"
	if host == "" {
		network, host = "tcp4", "127.0.0.1"
	}
	var first error
	for p := port; p <= min(port+20, 65535); p++ {
		ln, err := net.Listen(network, net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil {
			return ln, nil
		}
		if first == nil {
			first = err
		}
		if !inUse(err) {
			return nil, fmt.Errorf("listen on port %d: %w", port, first)
		}
	}
	ln, err := net.Listen(network, net.JoinHostPort(host, "0"))
	if err != nil {
		return nil, fmt.Errorf("listen on port %d: %w", port, first)
	}
	return ln, nil
}

// inUse reports whether a port could not be had because another program has it.
func inUse(err error) bool {
	const windowsInUse = syscall.Errno(10048) // WSAEADDRINUSE
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsInUse)
}

// Port returns the port of a listener.
func Port(ln net.Listener) int { return ln.Addr().(*net.TCPAddr).Port }

// Limits on what a client may ask and how long it may take. There is no limit on
// how long /-/events is listened to.
const (
	headerTime = 5 * time.Second
	bodyTime   = 30 * time.Second
	idleTime   = time.Minute
	headerSize = 64 << 10
	bodySize   = 1 << 20
	// shutdownTime is what requests under way get when the server stops.
	shutdownTime = time.Second
	// pulse is how often a quiet /-/events says that it is alive.
	pulse = 20 * time.Second
	// mostConnections and mostStreams keep whoever opens many from taking all
	// descriptors, which the files of the site need too. Where the system gives
	// few, it is a part of them.
	mostConnections = 400
	mostStreams     = 60
)

// Serve answers requests on ln until ctx is done, and closes it. It must be a
// loopback one unless access needs a key. It returns nil when it was ctx that
// ended it.
func (s *Server) Serve(ctx context.Context, ln net.Listener, access Access) error {
	addr, ok := ln.Addr().(*net.TCPAddr)
	if !ok || !addr.IP.IsLoopback() && (access.Key == "" || access.Mine != nil) {
		ln.Close()
		return fmt.Errorf("serve on %v: not a loopback address", ln.Addr())
	}
	most := mostConnections
	if n := descriptors(); n > 0 {
		most = min(most, n/2)
	}
	s.mu.Lock()
	s.streams = make(chan struct{}, min(mostStreams, most/2))
	s.mu.Unlock()
	ln = &limited{Listener: ln, free: make(chan struct{}, most)}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := &http.Server{
		Handler:                      s.handler(addr, access),
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            headerTime,
		ReadTimeout:                  bodyTime,
		WriteTimeout:                 bodyTime,
		IdleTimeout:                  idleTime,
		MaxHeaderBytes:               headerSize,
		// Requests end with ctx: /-/events would keep Shutdown waiting.
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			mine := sync.OnceValue(func() bool {
				if access.Mine == nil {
					return access.Key == ""
				}
				return access.Mine(c.RemoteAddr(), c.LocalAddr())
			})
			return context.WithValue(ctx, mineKey{}, mine)
		},
		ErrorLog: silent(),
	}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		last, end := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
		defer end()
		if server.Shutdown(last) != nil {
			server.Close()
		}
	}()
	err := server.Serve(ln)
	if ctx.Err() == nil {
		return fmt.Errorf("serve: %w", err)
	}
	<-stopped
	return nil
}

// page answers GET and HEAD for the site.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	st := s.state()
	if st.site == nil {
		writeEmpty(w, r, st)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	body, err := lookup(st.site, name, r.URL)
	switch {
	case err == nil && isHTML(name):
		writePage(w, r, http.StatusOK, st, body)
		return
	case err == nil:
		write(w, r, http.StatusOK, contentType(name), body)
		return
	case errors.Is(err, ErrNone):
		writeEmpty(w, r, s.state()) // what it was told while the site was asked
		return
	case !errors.Is(err, fs.ErrNotExist):
		refuse(w, r, http.StatusInternalServerError, err.Error())
		return
	}
	if _, err := st.site.Lookup(name + "/index.html"); err == nil {
		to := *r.URL
		to.Path, to.RawPath, to.Scheme, to.Host, to.User = baseOf(r)+r.URL.Path+"/", "", "", "", nil
		w.Header().Set("Location", to.String())
		write(w, r, http.StatusMovedPermanently, textType, nil)
		return
	}
	s.missing(w, r, st)
}

func lookup(s Site, name string, u *url.URL) ([]byte, error) {
	if asked, ok := s.(Asked); ok {
		return asked.Ask(name, u.Query())
	}
	return s.Lookup(name)
}

// missing answers with the site's own page for it.
func (s *Server) missing(w http.ResponseWriter, r *http.Request, st state) {
	if st.site != nil {
		if body, err := st.site.Lookup("404.html"); err == nil {
			writePage(w, r, http.StatusNotFound, st, body)
			return
		}
	}
	refuse(w, r, http.StatusNotFound, "not found")
}

// writeEmpty answers with the page that stands for all as long as there is no site.
func writeEmpty(w http.ResponseWriter, r *http.Request, st state) {
	writePage(w, r, http.StatusServiceUnavailable, st, emptyPage(st.panel))
}

// writePage answers with an HTML page, ReloadTag added. The header tells the
// script in the page which version it is in, as nothing else in it may.
func writePage(w http.ResponseWriter, r *http.Request, code int, st state, body []byte) {
	w.Header().Set("Server-Timing", `version;desc="`+st.version+`"`)
	write(w, r, code, "text/html; charset=utf-8", withTag(body, baseOf(r)))
}

// withTag returns a copy of a page with ReloadTag, whose script stands below base.
func withTag(body []byte, base string) []byte {
	tag := strings.Replace(ReloadTag, `"/`, `"`+base+`/`, 1)
	at := bytes.LastIndex(body, []byte("</body>"))
	if at < 0 {
		at = len(body)
	}
	page := make([]byte, 0, len(body)+len(tag))
	page = append(page, body[:at]...)
	page = append(page, tag...)
	return append(page, body[at:]...)
}

func write(w http.ResponseWriter, r *http.Request, code int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	if r.Method != http.MethodHead {
		w.Write(body) // an error is the client's going away
	}
}

func refuse(w http.ResponseWriter, r *http.Request, code int, why string) {
	write(w, r, code, textType, []byte(why+"\n"))
}

const textType = "text/plain; charset=utf-8"

func isHTML(name string) bool { return path.Ext(name) == ".html" }

// contentType goes by the file name, from a table of our own: the system's
// differs from machine to machine.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".woff":
		return "font/woff"
	case ".xml", ".tmx", ".tbx", ".xlf", ".xliff":
		return "application/xml"
	case ".txt", ".md":
		return textType
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".tsv":
		return "text/tab-separated-values; charset=utf-8"
	case ".pdf":
		return "application/pdf"
	case ".epub":
		return "application/epub+zip"
	case ".zip":
		return "application/zip"
	}
	return "application/octet-stream"
}
