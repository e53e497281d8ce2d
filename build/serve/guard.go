package serve

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Handler returns the whole server as a handler for requests to the given port
// of this machine, for tests.
func (s *Server) Handler(port int) http.Handler {
	return s.handler(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port}, Access{})
}

// handler is the whole server at the address.
func (s *Server) handler(addr *net.TCPAddr, access Access) http.Handler {
	port := addr.Port
	hosts := map[string]bool{}
	for _, name := range []string{"localhost", "127.0.0.1", "[::1]"} {
		hosts[name+":"+strconv.Itoa(port)] = true
		if port == 80 {
			hosts[name] = true // a browser leaves the usual port out
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", Policy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		keyed := false
		if rest, ok := strings.CutPrefix(r.URL.Path, "/"+access.Key+"/"); ok && access.Key != "" {
			// A stranger's domain that points here does not have the key.
			keyed = true
			r = r.WithContext(context.WithValue(r.Context(), baseKey{}, "/"+access.Key))
			u := *r.URL
			u.Path, u.RawPath = "/"+rest, ""
			r.URL = &u
		}
		host := strings.ToLower(r.Host)
		known := hosts
		if keyed && !addr.IP.IsLoopback() {
			// What a container's port is called outside of it, nobody in it knows.
			known = map[string]bool{host: true}
		}
		if !known[host] {
			refuse(w, r, http.StatusMisdirectedRequest, "this preview answers to localhost alone")
			return
		}
		if !fromHere(r, known) {
			refuse(w, r, http.StatusForbidden, "this preview does not answer to other sites")
			return
		}
		if mine, ok := r.Context().Value(mineKey{}).(func() bool); ok && !keyed && !mine() {
			why := "this preview is another user's; to see the site, run “stele serve” yourself"
			if access.Key != "" {
				why = "this preview needs the key of its address; open the address that “stele serve” has printed"
			}
			if access.Refusal != nil {
				why = access.Refusal(r.Header.Get("Accept-Language"), access.Key != "")
			}
			refuse(w, r, http.StatusForbidden, why)
			return
		}
		switch why := wrongPath(r.URL.Path); {
		case why != "":
			refuse(w, r, http.StatusBadRequest, "the path "+why)
		case hidden(r.URL.Path):
			s.missing(w, r, s.state())
		case strings.HasPrefix(r.URL.Path, "/-/"):
			s.own(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			refuse(w, r, http.StatusMethodNotAllowed, "the method is not allowed here")
		default:
			s.page(w, r)
		}
	})
}

type (
	baseKey struct{} // of a request's context: what stands before its path
	mineKey struct{} // of a connection's: whether it is the user's own
)

func baseOf(r *http.Request) string {
	base, _ := r.Context().Value(baseKey{}).(string)
	return base
}

// limited is a listener that has no more than so many connections open at once.
type limited struct {
	net.Listener
	free chan struct{}
}

// Accept waits until a connection may be opened.
func (l *limited) Accept() (net.Conn, error) {
	l.free <- struct{}{}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.free
		return nil, err
	}
	return &counted{Conn: c, end: sync.OnceFunc(func() { <-l.free })}, nil
}

type counted struct {
	net.Conn
	end func()
}

func (c *counted) Close() error {
	err := c.Conn.Close()
	c.end()
	return err
}

// fromHere reports whether a request comes from a page of this server, from
// outside any page, or by following a link to one of its pages. Other ports of
// this machine are other sites, though browsers call them the same.
func fromHere(r *http.Request, hosts map[string]bool) bool {
	for _, origin := range r.Header.Values("Origin") {
		host, ok := strings.CutPrefix(strings.ToLower(origin), "http://")
		if !ok || !hosts[host] || host != strings.ToLower(r.Host) {
			return false
		}
	}
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		switch site {
		case "same-origin", "none":
		default:
			// A link in a letter or a chat, opened in a tab of its own, shows
			// nothing to the page that it stood in.
			if r.Method != http.MethodGet || r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document" || strings.HasPrefix(r.URL.Path, "/-/") {
				return false
			}
		}
	}
	return true
}

// wrongPath says why a decoded path is not one of any site, or nothing.
func wrongPath(p string) string {
	switch {
	case !strings.HasPrefix(p, "/"):
		return "is not absolute"
	case !utf8.ValidString(p):
		return "is not UTF-8"
	case strings.ContainsRune(p, '\\') || strings.ContainsFunc(p, unicode.IsControl):
		return "holds a character that no address has"
	case strings.Contains(p, "//"):
		return "has an empty part"
	}
	for part := range strings.SplitSeq(p, "/") {
		if part == "." || part == ".." {
			return "climbs"
		}
	}
	return ""
}

// hidden reports whether a path has a part that begins with a dot, but for the
// top folder that the web has an agreement on.
func hidden(p string) bool {
	return strings.Contains(strings.TrimPrefix(p, "/.well-known/"), "/.") || strings.HasPrefix(p, "/.well-known/.")
}

// silent is a log that nobody reads: what hostile clients do wrong is no news.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }
