package render

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"stele/build/glossary"
	"stele/build/site"
)

// TimelinePage shows the dated facts of treaties and documents, drawn and as
// a table.
type TimelinePage struct {
	Frame
	Intro    string        // a sentence about it
	Drawing  template.HTML // the time line as SVG
	Years    []Year        // the same as a table
	Heads    []Words       // the languages of the columns
	Glossary Link          // the glossary
	Ends     bool          // something came to an end
}

type Year struct {
	Year   string  // four digits
	Events []Event // by date
}

type Event struct {
	Date  string  // in the interface language
	Fact  string  // what happened: signed, in force …
	Href  string  // the concept's page
	Names []Words // in the order of the columns
}

func (c context) timeline() TimelinePage {
	p := TimelinePage{Intro: c.T("timeline-intro")}
	p.Glossary = Link{Href: c.href(site.Key{Kind: site.GlossaryIndex}), Words: c.said(c.page.Lang, "glossary")}
	for _, l := range c.order() {
		p.Heads = append(p.Heads, c.words(c.site.Langs[l].Name, l))
	}
	for _, e := range c.site.Events {
		y := e.Date[:min(4, len(e.Date))]
		p.Ends = p.Ends || glossaryKey(e.Fact) == glossary.Ended
		if n := len(p.Years); n == 0 || p.Years[n-1].Year != y {
			p.Years = append(p.Years, Year{Year: y})
		}
		x := Event{Date: c.ui.Date(e.Date), Fact: c.factName(glossaryKey(e.Fact)), Href: c.href(site.Key{Kind: site.ConceptPage, ID: e.Concept.ID})}
		for _, l := range c.order() {
			n, _ := e.Concept.Preferred(c.site.Langs[l].Code)
			x.Names = append(x.Names, c.words(n.Text, l))
		}
		if x.Names[0].Text == "" {
			x.Names[0] = Words{Text: c.site.Name(e.Concept, c.page.Lang)}
		}
		last := &p.Years[len(p.Years)-1]
		last.Events = append(last.Events, x)
	}
	p.Drawing = c.draw()
	p.Frame = c.frame(c.T("timeline"), p.Intro)
	return p
}

// lane is a concept's line in the drawing: its dated facts.
type lane struct {
	concept *site.Concept
	events  []site.Event
}

// axis places dates between the first and the last; stretches of years in
// which nothing happened are drawn short.
type axis struct {
	years []int     // with events, ascending
	at    []float64 // of the start of each
	width float64
}

const (
	laneHeight = 26
	longGap    = 6.0 // years; a longer stretch without events is drawn as this
)

func newAxis(events []site.Event) axis {
	var a axis
	for _, e := range events {
		from, to, _ := strings.Cut(e.Date, "/")
		a.years = append(a.years, yearOf(from))
		if to != "" {
			a.years = append(a.years, yearOf(to))
		}
	}
	slices.Sort(a.years)
	a.years = slices.Compact(a.years)
	for i, y := range a.years {
		if i > 0 {
			a.width += min(float64(y-a.years[i-1]), longGap)
		}
		a.at = append(a.at, a.width)
	}
	a.width++
	return a
}

func yearOf(date string) int {
	y, _ := strconv.Atoi(date[:min(4, len(date))])
	return y
}

// percent is where a date stands, 0 to 100.
func (a axis) percent(date string) float64 {
	at := 0.0
	if i, ok := slices.BinarySearch(a.years, yearOf(date)); ok {
		at = a.at[i]
	}
	if len(date) >= 7 && date[4] == '-' {
		m, _ := strconv.Atoi(date[5:7])
		at += (float64(m) - 0.5) / 12
	} else {
		at += 0.5
	}
	return at / a.width * 100
}

// draw draws the events as lanes, one for each concept in order of its first
// date, over a grid of years. Positions are percentages, so that the drawing has any width while its
// letters keep their size.
func (c context) draw() template.HTML {
	events := c.site.Events
	if len(events) == 0 {
		return ""
	}
	var lanes []*lane
	byConcept := map[*site.Concept]*lane{}
	for _, e := range events {
		l := byConcept[e.Concept]
		if l == nil {
			l = &lane{concept: e.Concept}
			byConcept[e.Concept] = l
			lanes = append(lanes, l)
		}
		l.events = append(l.events, e)
	}
	a := newAxis(events)
	var b strings.Builder
	fmt.Fprintf(&b, `<div class="lanes" role="group" aria-label="%s"><svg class="years" width="100%%" height="100%%" aria-hidden="true" focusable="false">`, esc(c.T("timeline-drawing", "Count", len(lanes))))
	last, coarse := -100.0, -100.0 // where the last label stands, and the last for small screens
	for i, y := range a.years {
		x := a.at[i] / a.width * 100
		fmt.Fprintf(&b, `<line x1="%s%%" x2="%[1]s%%" y1="24" y2="100%%"/>`, num(x))
		if x-last >= 4.5 {
			class, anchor := ` class="fine"`, "start"
			if x-coarse >= 13 {
				class, coarse = "", x
			}
			if x > 95 {
				anchor = "end"
			}
			fmt.Fprintf(&b, `<text x="%s%%" y="16" text-anchor="%s"%s>%d</text>`, num(x), anchor, class, y)
			last = x
		}
	}
	b.WriteString("</svg><ol>")
	for _, l := range lanes {
		c.drawLane(&b, l, a)
	}
	b.WriteString("</ol></div>")
	return raw(b.String())
}

func (c context) drawLane(b *strings.Builder, l *lane, a axis) {
	const y = laneHeight / 2
	name := c.names(l.concept)[0]
	first, last := 100.0, 0.0
	for _, e := range l.events {
		from, to, period := strings.Cut(e.Date, "/")
		first, last = min(first, a.percent(from)), max(last, a.percent(from))
		if period {
			last = max(last, a.percent(to))
		}
	}
	var said []string // the dates, for those who do not see them
	for _, e := range l.events {
		said = append(said, c.factName(glossaryKey(e.Fact))+" "+c.ui.Date(e.Date))
	}
	fmt.Fprintf(b, `<li><a href="%s"><span class="lane-name" lang="%s">%s</span><span class="unseen">%s%s</span><svg width="100%%" height="%d" aria-hidden="true" focusable="false"><line class="span" x1="%s%%" x2="%s%%" y1="%d" y2="%d"/>`,
		esc(c.href(site.Key{Kind: site.ConceptPage, ID: l.concept.ID})), esc(name.Lang), esc(name.Text), esc(c.T("colon")), esc(strings.Join(said, c.T("list-comma"))), laneHeight, num(first), num(last), y, y)
	for _, e := range l.events {
		if strings.Contains(e.Date, "/") {
			continue // a period is the line
		}
		class := "dot"
		switch e.Fact {
		case "in-force", "founded":
			class = "dot full"
		case "ended":
			class = "dot end"
		}
		fmt.Fprintf(b, `<circle class="%s" cx="%s%%" cy="%d" r="4.5"><title>%s%s%s</title></circle>`,
			class, num(a.percent(e.Date)), y, esc(c.factName(glossaryKey(e.Fact))), esc(c.T("colon")), esc(c.ui.Date(e.Date)))
	}
	x, anchor, dx, room := last, "start", 10, 100-last
	if first > 50 {
		x, anchor, dx, room = first, "end", -10, first
	}
	fmt.Fprintf(b, `<text x="%s%%" y="%d" dx="%d" dy="4" text-anchor="%s" lang="%s">%s</text></svg></a></li>`,
		num(x), y, dx, anchor, esc(name.Lang), esc(short(name.Text, int(room))))
}

// short cuts a name, between words where it has any, to the letters that a lane
// has room for. On the narrowest screen with names in the lanes, a hundredth of
// the width is a letter, or half of a Han character.
func short(s string, room int) string {
	word := 0 // where the last whole word ends
	for i, r := range s {
		if r == ' ' {
			word = i
		}
		room--
		if r >= 0x2e80 {
			room--
		}
		if room < 0 {
			if word == 0 {
				word = i
			}
			return strings.TrimRight(s[:word], " ,") + "…"
		}
	}
	return s
}

func num(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }
