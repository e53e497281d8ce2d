package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"stele/build"
	"stele/build/diag"
	"stele/build/edit"
	"stele/build/exchange"
	"stele/build/record"
	"stele/build/render"
	"stele/build/serve"
)

// previewed is an edition with its editors' desk, as the server asks for it.
// The pages are those that a build writes; the desk is beside them, and none of
// them leads to it.
type previewed struct {
	memory
	desk *build.Desk
}

// Lookup implements serve.Site.
func (p previewed) Lookup(path string) ([]byte, error) { return p.Ask(path, nil) }

// Ask implements serve.Asked: the desk's address says which part of it is
// wanted, and in which language.
func (p previewed) Ask(path string, query url.Values) ([]byte, error) {
	if path == render.DeskPath {
		body, err := p.desk.Page(query)
		return body, p.told(err)
	}
	if strings.HasPrefix(path, tablePath) {
		var only []exchange.Due
		for _, due := range exchange.Dues {
			if slices.Contains(query["only"], string(due)) {
				only = append(only, due)
			}
		}
		if body, ok := p.desk.Table(path, query.Get("text"), query.Get("from"), query.Get("to"), only); ok {
			return body, nil
		}
		// The site may have a folder of this name.
	}
	if body, err := p.memory.Lookup(path); !errors.Is(err, fs.ErrNotExist) {
		return body, err
	}
	return p.desk.File(path)
}

// tablePath is the folder of the files for translators. Their names are as the
// page wants them to be saved.
const tablePath = "editors/"

// press is what the desk sends.
type press struct {
	Text     string            `json:"text"`
	Version  string            `json:"version"` // of the text
	Lang     string            `json:"lang"`    // of the page
	Passages []string          `json:"passages"`
	Passage  string            `json:"passage"`
	Print    string            `json:"print"`  // of the passage
	Prints   map[string]string `json:"prints"` // of the passages
	Pinned   *bool             `json:"pinned"`
	Langs    []string          `json:"langs"` // that were read; none for all

	In       string `json:"in"`    // the language of the part
	Block    int    `json:"block"` // of the part
	Last     int    `json:"last"`
	Letters  int    `json:"letters"`
	Markdown string `json:"markdown"`
	To       string `json:"to"` // up or down
	Code     string `json:"code"`
	Reason   string `json:"reason"`

	Concept string `json:"concept"`
	Group   string `json:"group"`
	Name    string `json:"name"`

	File  string `json:"file"` // the name of a file that was dropped
	Data  []byte `json:"data"` // in base64
	Seen  string `json:"seen"` // the print of the file as it is
	Items []int  `json:"items"`

	Act     int    `json:"act"`
	Again   bool   `json:"again"`
	Session string `json:"session"` // of the page
	By      string `json:"by"`      // who presses the button
}

func (p *press) seen() build.Seen { return build.Seen{Text: p.Text, Version: p.Version, Lang: p.Lang} }

func (p *press) at() build.At {
	return build.At{Text: p.Text, Passage: p.Passage, Print: p.Print, Lang: p.Lang}
}

func (p *press) direction() edit.Direction {
	if p.To == "up" {
		return edit.Up
	}
	return edit.Down
}

func (p *press) arrival() build.Arrival {
	return build.Arrival{Name: p.File, Data: p.Data, Text: p.Text, Lang: p.In, Page: p.Lang}
}

// mostDropped is how long a request with a file may be: a file of 16 MB in base64.
const mostDropped = 24 << 20

// acts are what the desk can do, by the last part of their address.
var acts = map[string]func(*build.Desk, *press) (*build.Act, error){
	"confirm": func(d *build.Desk, p *press) (*build.Act, error) {
		by := record.Confirmation{By: signature(p.By), Langs: p.Langs}
		if len(p.Prints) > 0 {
			return d.Sign(p.Text, p.Lang, p.Prints, by)
		}
		return d.SignSeen(p.seen(), p.Passages, by)
	},
	"save": func(d *build.Desk, p *press) (*build.Act, error) {
		rev, err := d.Save(p.seen())
		if err != nil {
			return nil, err
		}
		return d.Acted(rev, p.Text, "desk-done-saved")
	},
	"undo": func(d *build.Desk, p *press) (*build.Act, error) {
		rev, err := d.TakeBack(p.seen())
		if err != nil {
			return nil, err
		}
		done := "desk-done-taken-back"
		if rev.Again {
			done = "desk-done-brought-back"
		}
		a, err := d.Acted(rev, p.Text, done)
		if err == nil {
			a.TakesBack = true
		}
		return a, err
	},
	"pin": func(d *build.Desk, p *press) (*build.Act, error) {
		if p.Pinned == nil {
			p.Passage = "" // an incomplete request
		}
		return d.Pin(p.at(), p.Pinned != nil && *p.Pinned)
	},
	"edit": func(d *build.Desk, p *press) (*build.Act, error) {
		return d.Edit(p.at(), p.In, build.Piece{First: p.Block, Last: p.Last, Markdown: p.Markdown})
	},
	"join":       func(d *build.Desk, p *press) (*build.Act, error) { return d.Join(p.at()) },
	"divide":     func(d *build.Desk, p *press) (*build.Act, error) { return d.Divide(p.at(), p.In, p.Block, p.Letters) },
	"shift":      func(d *build.Desk, p *press) (*build.Act, error) { return d.Shift(p.at(), p.In, p.direction()) },
	"join-block": func(d *build.Desk, p *press) (*build.Act, error) { return d.JoinBlocks(p.at(), p.In, p.Block) },
	"move-block": func(d *build.Desk, p *press) (*build.Act, error) {
		return d.MoveBlock(p.at(), p.In, p.Block, p.direction())
	},
	"waive": func(d *build.Desk, p *press) (*build.Act, error) {
		return d.Waive(p.at(), p.In, p.Block, diag.Code(p.Code), p.Reason)
	},
	"name": func(d *build.Desk, p *press) (*build.Act, error) {
		return d.AddName(build.NewName{Concept: p.Concept, Group: p.Group, Lang: p.In, Name: p.Name}, p.Lang)
	},
	"rename": func(d *build.Desk, p *press) (*build.Act, error) { return d.Rename(p.Concept, p.Name, p.Lang) },
	"accept": func(d *build.Desk, p *press) (*build.Act, error) { return d.Accept(p.arrival(), p.Seen, p.Items) },
}

// handleDesk lets the server do what the desk asks for.
func handleDesk(server *serve.Server, l *loader) {
	handle := func(name string, most int64, do func(ctx context.Context, p press) (any, error)) {
		server.HandleLong(http.MethodPost, "/-/"+name, most, func(ctx context.Context, body json.RawMessage) (any, error) {
			var p press
			d := json.NewDecoder(bytes.NewReader(body))
			d.DisallowUnknownFields()
			if err := d.Decode(&p); err != nil {
				return nil, &serve.RefusedError{Code: http.StatusBadRequest, Why: err.Error()}
			}
			return do(ctx, p)
		})
	}
	const usual = 1 << 20
	for name, do := range acts {
		most := int64(usual)
		if name == "accept" {
			most = mostDropped
		}
		handle(name, most, func(ctx context.Context, p press) (any, error) {
			return l.act(ctx, p, func(d *build.Desk) (*build.Act, error) { return do(d, &p) })
		})
	}
	handle("back", usual, l.takeBack)
	handle("look", usual, func(ctx context.Context, p press) (any, error) {
		return l.ask(ctx, p, func(d *build.Desk) (any, error) {
			pieces, print, err := d.Look(p.at(), p.In)
			return map[string]any{"pieces": pieces, "print": print}, err
		})
	})
	handle("receive", mostDropped, func(ctx context.Context, p press) (any, error) {
		return l.ask(ctx, p, func(d *build.Desk) (any, error) {
			r, err := d.Receive(p.arrival())
			if err != nil {
				return nil, err
			}
			return d.Shown(r, p.Lang), nil
		})
	})
	handle("acts", usual, func(_ context.Context, p press) (any, error) {
		defer l.take()()
		return l.history(p), nil
	})
}

// mostHistory is how many acts are listed.
const mostHistory = 100

// history lists the last acts, or those about a passage, the newest first.
func (l *loader) history(p press) any {
	type item struct {
		Act    int    `json:"act"`
		Said   string `json:"said"`
		By     string `json:"by"`
		Time   string `json:"time"`
		Undone bool   `json:"undone"`
		Own    bool   `json:"own"`
	}
	list := []item{}
	say := l.say(p.Lang)
	for _, e := range slices.Backward(l.journal.entries) {
		if p.Text != "" && p.Text != e.act.Text || p.Passage != "" && !slices.Contains(e.act.Passages, p.Passage) {
			continue
		}
		by := e.by
		if len(by) > len(time.DateOnly) {
			by = by[len(time.DateOnly)+1:]
		}
		list = append(list, item{e.id, e.said(say), by, e.at.Format("15:04"), e.undone, e.session == p.Session})
		if len(list) == mostHistory {
			break
		}
	}
	return map[string]any{"acts": list}
}
