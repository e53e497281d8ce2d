package serve

import (
	"bytes"
	"context"
	"crypto/subtle"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// TokenHeader is the header of a POST that carries the token.
const TokenHeader = "X-Stele-Token"

// Action answers a request for a path given to Handle. The body is that of a
// POST, valid JSON, and nil for a GET. The reply is sent as JSON; an error as
// {"error": "…"} with the code of a *RefusedError, or else 500.
type Action func(ctx context.Context, body json.RawMessage) (reply any, err error)

// RefusedError is an Action's way to say that the request cannot be followed.
type RefusedError struct {
	Code int    // an HTTP code, 400 to 499
	Why  string // a sentence for the person at the page
}

func (e *RefusedError) Error() string { return e.Why }

// action is an Action with how long a body it takes.
type action struct {
	do   Action
	most int64
}

// Handle adds an action for GET or POST under a path that begins with "/-/". A
// POST reaches it only from a page of this server, with the token, as JSON and
// at most one megabyte long. It panics on any other method or path, and on one
// that is taken.
func (s *Server) Handle(method, path string, do Action) { s.HandleLong(method, path, bodySize, do) }

// HandleLong is Handle for a body of another length.
func (s *Server) HandleLong(method, path string, most int64, do Action) {
	if method != http.MethodGet && method != http.MethodPost {
		panic(fmt.Sprintf("serve: method %q", method))
	}
	if !strings.HasPrefix(path, "/-/") || wrongPath(path) != "" || slices.Contains([]string{eventsPath, scriptPath, tokenPath}, path) {
		panic(fmt.Sprintf("serve: path %q", path))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key := method + " " + path
	if s.actions[key].do != nil {
		panic(fmt.Sprintf("serve: %s is taken", key))
	}
	s.actions[key] = action{do, most}
}

const (
	eventsPath = "/-/events"
	scriptPath = "/-/reload.js"
	tokenPath  = "/-/token"
)

//go:embed reload.js
var script []byte

// own answers requests for the server's own paths.
func (s *Server) own(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	get, post := s.actions["GET "+r.URL.Path], s.actions["POST "+r.URL.Path]
	s.mu.RUnlock()
	builtin := r.URL.Path == eventsPath || r.URL.Path == scriptPath || r.URL.Path == tokenPath
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	var allow []string
	if builtin || get.do != nil {
		allow = append(allow, "GET", "HEAD")
	}
	if post.do != nil {
		allow = append(allow, "POST")
	}
	switch {
	case allow == nil:
		s.missing(w, r, s.state())
	case !slices.Contains(allow, r.Method):
		w.Header().Set("Allow", strings.Join(allow, ", "))
		refuse(w, r, http.StatusMethodNotAllowed, "the method is not allowed here")
	case !reads:
		s.post(w, r, post)
	case r.URL.Path == eventsPath:
		s.events(w, r)
	case r.URL.Path == scriptPath:
		write(w, r, http.StatusOK, contentType(scriptPath), script)
	case r.URL.Path == tokenPath:
		writeJSON(w, r, http.StatusOK, map[string]string{"token": s.token})
	default:
		s.act(w, r, get.do, nil)
	}
}

// post checks what a POST must have beyond what every request must.
func (s *Server) post(w http.ResponseWriter, r *http.Request, do action) {
	// The token alone tells our pages from others'; a browser that says where a
	// request comes from must say the same.
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" ||
		subtle.ConstantTimeCompare([]byte(r.Header.Get(TokenHeader)), []byte(s.token)) != 1 {
		// The page has words for it in its own language.
		writeJSON(w, r, http.StatusForbidden, map[string]string{"code": "outdated", "error": "the page is older than this run of the preview; reload it"})
		return
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		writeJSON(w, r, http.StatusUnsupportedMediaType, problem("the request is not JSON"))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, do.most))
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		writeJSON(w, r, http.StatusRequestEntityTooLarge, problem("the request is too long"))
	case err != nil || !json.Valid(body):
		writeJSON(w, r, http.StatusBadRequest, problem("the request is not whole JSON"))
	default:
		s.act(w, r, do.do, body)
	}
}

func (s *Server) act(w http.ResponseWriter, r *http.Request, do Action, body json.RawMessage) {
	reply, err := do(r.Context(), body)
	if err == nil {
		writeJSON(w, r, http.StatusOK, reply)
		return
	}
	code := http.StatusInternalServerError
	if refused := (*RefusedError)(nil); errors.As(err, &refused) {
		code = refused.Code
	}
	writeJSON(w, r, code, problem(err.Error()))
}

func problem(text string) map[string]string { return map[string]string{"error": text} }

func writeJSON(w http.ResponseWriter, r *http.Request, code int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		refuse(w, r, http.StatusInternalServerError, "the reply is not JSON")
		return
	}
	write(w, r, code, "application/json", body)
}

// message is the data of an event.
type message struct {
	Version string `json:"version"`
	Panel   *Panel `json:"panel"`
}

// events tells a page the state now and at each change, until it goes away.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	streams := s.streams
	s.mu.RUnlock()
	select {
	case streams <- struct{}{}:
		defer func() { <-streams }()
	default:
		refuse(w, r, http.StatusServiceUnavailable, "too many pages listen already")
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	control := http.NewResponseController(w)
	// The limits of other requests do not hold for this one.
	if control.SetReadDeadline(time.Time{}) != nil || control.SetWriteDeadline(time.Time{}) != nil {
		return
	}
	alive := time.NewTicker(pulse)
	defer alive.Stop()
	for {
		st := s.state()
		data, err := json.Marshal(message{Version: st.version, Panel: st.panel})
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "retry: 500\ndata: %s\n\n", data); err != nil || control.Flush() != nil {
			return
		}
		for waiting := true; waiting; {
			select {
			case <-r.Context().Done():
				return
			case <-st.news:
				waiting = false
			case <-alive.C:
				if _, err := io.WriteString(w, ":\n\n"); err != nil || control.Flush() != nil {
					return
				}
			}
		}
	}
}

// Notice is a page that stands in for another which is not ready: it says a
// sentence, and goes when the site is replaced.
func Notice(lang, sentence string) []byte {
	return fmt.Appendf(nil, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>%s</title></head><body><h1>%[2]s</h1></body></html>\n",
		html.EscapeString(lang), html.EscapeString(sentence))
}

// emptyPage stands for all pages as long as there is no site. It says what a
// browser without scripts would not get to know.
func emptyPage(panel *Panel) []byte {
	var b bytes.Buffer
	title, lang := "…", ""
	if panel != nil {
		title = panel.Title
		if panel.Lang != "" {
			lang = ` lang="` + html.EscapeString(panel.Lang) + `"`
		}
	}
	fmt.Fprintf(&b, "<!doctype html>\n<html%s><head><meta charset=\"utf-8\"><title>%s</title></head><body><noscript>", lang, html.EscapeString(title))
	if panel != nil {
		fmt.Fprintf(&b, "<h1>%s</h1>\n", html.EscapeString(panel.Title))
		for _, item := range panel.Items {
			fmt.Fprintf(&b, "<p><code>%s</code> %s</p>\n", html.EscapeString(item.Place), html.EscapeString(item.Text))
		}
	}
	b.WriteString("</noscript></body></html>\n")
	return b.Bytes()
}
