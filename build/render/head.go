package render

import (
	"html/template"
	"strconv"
)

// What stands around the rows of a page is written here as the built-in theme shows
// it: the head, the top, the foot, and the choice of columns. Each is the same on
// thousands of pages but for some words, and to write them by templates takes longer
// than to write the texts. A theme that wants them otherwise writes them itself: all
// that is in them is in the fields of Frame and Columns.

// Head writes what <head> holds on every page, but for what describes the page to
// programs (LD).
func (f Frame) Head() template.HTML {
	w := htmlWriter{}
	w.Grow(4 << 10)
	w.put(`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>`, quote.Replace(f.Title), "</title>\n")
	meta := func(key, name, content string) {
		if content != "" {
			w.put("<meta ", key, `="`, name, `"`)
			w.attr("content", content)
			w.put(">\n")
		}
	}
	link := func(rel, href string) {
		w.put(`<link rel="`, rel, `"`)
		w.href("href", href)
	}
	meta("name", "description", f.Description)
	w.put(`<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
`)
	if f.NoIndex {
		meta("name", "robots", "noindex")
	}
	if f.Canonical != "" {
		link("canonical", f.Canonical)
		w.put(">\n")
	}
	for _, a := range f.Alternates {
		w.put(`<link rel="alternate" hreflang="`, quote.Replace(a.Hreflang), `"`)
		w.href("href", a.Href)
		w.put(">\n")
	}
	for _, d := range f.Files {
		w.put(`<link rel="alternate" type="`, quote.Replace(d.Type), `"`)
		w.href("href", d.Href)
		w.put(` title="`, quote.Replace(d.Name), "\">\n")
	}
	if f.Feed != "" {
		w.put(`<link rel="alternate" type="application/atom+xml"`)
		w.href("href", f.Feed)
		w.put(` title="`, quote.Replace(f.SiteTitle), "\">\n")
	}
	w.put(`<meta property="og:title" content="`, quote.Replace(f.Name), "\">\n")
	w.put(`<meta property="og:type" content="`, quote.Replace(f.OGType), "\">\n")
	meta("property", "og:description", f.Description)
	meta("property", "og:site_name", f.SiteTitle)
	meta("property", "og:url", f.URL)
	for i, l := range f.OGLocales {
		property := "og:locale"
		if i > 0 {
			property = "og:locale:alternate"
		}
		w.put(`<meta property="`, property, `" content="`, quote.Replace(l), "\">\n")
	}
	if f.OpenSearch != "" {
		w.put(`<link rel="search" type="application/opensearchdescription+xml"`)
		w.href("href", f.OpenSearch)
		w.put(` title="`, quote.Replace(f.SiteTitle), "\">\n")
	}
	link("icon", f.Icon)
	w.put(` type="image/svg+xml">` + "\n")
	link("stylesheet", f.Style)
	w.put(">\n<script")
	w.href("src", f.Script)
	w.put(" defer></script>\n")
	return raw(w.String())
}

// manyLanguages is how many a page lists without being asked.
const manyLanguages = 8

// Top writes the header of a page that has a language: the way past it, the site's
// title, the navigation, the search and the choice of language.
func (f Frame) Top() template.HTML {
	if f.Home == "" {
		return ""
	}
	w := htmlWriter{}
	w.Grow(2 << 10)
	w.put(`<a class="skip" href="#main">`, string(f.T("skip")), "</a>\n"+`<header class="top">`+"\n"+`<p class="brand"><a`)
	w.href("href", f.Home)
	if f.Kind == "home" {
		w.put(` aria-current="page"`)
	}
	w.put(">", quote.Replace(f.SiteTitle), "</a></p>\n"+`<nav class="nav" aria-label="`, quote.Replace(f.ui.T("nav-site")), `"><ul>`+"\n")
	for _, l := range f.Nav {
		w.put("<li><a")
		w.href("href", l.Href)
		if l.Current {
			w.put(` aria-current="true"`)
		}
		w.lang(l.Words)
		w.put(">", quote.Replace(l.Text), "</a></li>\n")
	}
	w.put("</ul></nav>\n")
	if f.Search != "" {
		w.put(`<form class="find" role="search"`)
		w.href("action", f.Search)
		w.put(` data-find="`, quote.Replace(f.Find), `"><input type="search" name="q" aria-label="`, quote.Replace(f.ui.T("search-box")), `" aria-keyshortcuts="/" autocomplete="off" maxlength="500"> `)
		if f.SearchIn != "" {
			w.put(`<label class="in"><input type="checkbox" name="in" value="`, quote.Replace(f.SearchIn), `"> `, string(f.T("search-here")), "</label> ")
		}
		search := string(f.T("search"))
		w.put(`<button type="submit">`, search, "</button></form>\n"+`<p class="find-link"><a`)
		w.href("href", f.Search)
		w.put(">", search, "</a></p>\n")
	}
	if len(f.Languages) > 1 {
		w.languages(f)
	}
	w.put("</header>\n")
	return raw(w.String())
}

// languages writes the choice of language.
func (w *htmlWriter) languages(f Frame) {
	many := len(f.Languages) > manyLanguages
	w.put(`<nav class="languages" aria-label="`, quote.Replace(f.ui.T("nav-languages")), `">`)
	if many {
		w.put("<details><summary>")
		for _, l := range f.Languages {
			if l.Current {
				w.words(l.Words)
			}
		}
		w.put("</summary>")
	}
	w.put("<ul>\n")
	for _, l := range f.Languages {
		w.put("<li><a")
		w.href("href", l.Href)
		w.put(` hreflang="`, quote.Replace(l.Lang), `"`)
		w.lang(l.Words)
		if l.Current {
			w.put(` aria-current="true"`)
		}
		w.put(">", quote.Replace(l.Text), "</a></li>\n")
	}
	w.put("</ul>")
	if many {
		w.put("</details>")
	}
	w.put("</nav>\n")
}

// Foot writes the footer of a page that has a language: what each version is
// worth, and whose the site is.
func (f Frame) Foot() template.HTML {
	if f.Home == "" {
		return ""
	}
	w := htmlWriter{}
	w.Grow(1 << 10)
	w.put(`<footer class="foot">` + "\n")
	if len(f.Statuses) > 0 {
		w.put(`<p class="statuses"><span>`, string(f.T("status-heading")), "</span>\n")
		dash := string(f.T("dash"))
		comma := string(f.T("list-comma"))
		for _, s := range f.Standings {
			w.put(`<span class="status"><span dir="auto">`, quote.Replace(s.Status), "</span>", dash)
			for i, v := range s.Versions {
				if i > 0 {
					w.put(comma)
				}
				w.put("<span")
				w.lang(Words{Lang: v.Lang, Dir: v.Dir})
				w.put(">", quote.Replace(v.Name), "</span>")
			}
			w.put("</span>\n")
		}
		each := f.Statuses
		if len(f.Standings) > 0 {
			each = nil
		}
		for _, v := range each {
			w.put(`<span class="status"><span`)
			w.lang(Words{Lang: v.Lang, Dir: v.Dir})
			w.put(">", quote.Replace(v.Name), "</span>", dash, `<span dir="auto">`, quote.Replace(v.Status), "</span></span>\n")
		}
		w.put("</p>")
	}
	w.put("\n" + `<p class="imprint">`)
	for _, s := range []string{f.Publisher, f.Licence} {
		if s != "" {
			w.put("<span>", quote.Replace(s), "</span> ")
		}
	}
	if f.Downloads != "" {
		w.put("<a")
		w.href("href", f.Downloads)
		w.put(">", string(f.T("downloads")), "</a> ")
	}
	w.put("<a")
	w.href("href", f.Choice)
	w.put(">", string(f.T("choice")), "</a></p>\n</footer>\n")
	return raw(w.String())
}

// ColumnHeads writes the choice of columns and what stands above each of them, and for
// the script what it says to readers.
func (f Frame) ColumnHeads(c Columns) template.HTML {
	w := htmlWriter{}
	w.Grow(4 << 10)
	w.put(`<div class="heads">` + "\n")
	if c.Several() {
		w.put(`<details class="columns">`+"\n<summary>", string(f.T("columns")), `</summary>
<div class="panel">
<fieldset class="lead"><legend>`, string(f.T("columns-lead")), "</legend>\n")
		for i := range c.List {
			w.pick(&c.List[i], "radio", "lead", "lead", c.List[i].N == 1)
		}
		w.put("</fieldset>\n"+`<fieldset class="with"><legend>`, string(f.T("columns-with")), "</legend>\n")
		for i := range c.List {
			w.pick(&c.List[i], "checkbox", "with"+strconv.Itoa(c.List[i].N), "with", c.List[i].On)
		}
		w.put("</fieldset>\n"+`<fieldset class="stack"><legend>`, string(f.T("columns-narrow")), `</legend>
<label class="pick"><input type="checkbox" id="stack" name="stack"> `, string(f.T("columns-stack")), `</label>
</fieldset>
`)
		if c.Sentences {
			w.put(`<fieldset class="ties"><legend>`, string(f.T("sentences")), `</legend>
<label class="pick"><input type="checkbox" id="sentences" name="sentences" checked> `, string(f.T("sentences-mark")), `</label>
</fieldset>
`)
		}
		w.put(`<div class="keys" hidden>
<p class="legend">`, string(f.T("keys")), `</p>
<ul>
<li><kbd>Alt</kbd> <kbd>↓</kbd> <kbd>↑</kbd> `, string(f.T("keys-passage")), `</li>
<li><kbd>Alt</kbd> <kbd>PgDn</kbd> <kbd>PgUp</kbd> `, string(f.T("keys-section")), `</li>
`)
		if c.Sentences {
			w.put(`<li><kbd>Alt</kbd> <kbd>⇧</kbd> <kbd>↓</kbd> <kbd>↑</kbd> `, string(f.T("keys-sentence")), "</li>\n")
		}
		w.put(`<li><kbd>Esc</kbd> `, string(f.T("keys-card")), `</li>
</ul>
</div>
</div>
</details>
`)
	}
	for _, col := range c.List {
		w.put(`<p class="c`, strconv.Itoa(col.N), `"`)
		w.attr("dir", col.Dir)
		w.put(`><span class="language"`)
		w.lang(Words{Lang: col.Lang, Dir: col.Dir})
		w.put(">", quote.Replace(col.Name), `</span> <span class="status" dir="auto">`, quote.Replace(col.Status), "</span></p>\n")
	}
	w.put("</div>\n" + `<p class="said unseen" role="status"`)
	say := func(attr, id string) { w.put(" ", attr, `="`, quote.Replace(f.ui.T(id)), `"`) }
	say("data-copy-link", "copy-link")
	say("data-copy-cite", "copy-cite")
	say("data-link", "copy-link-short")
	say("data-cite-short", "copy-cite-short")
	say("data-copied", "copied")
	if f.RowData != "" {
		w.attr("data-rows", f.RowData)
		say("data-row", "row-data-short")
		say("data-row-title", "row-data")
	}
	w.put("></p>\n")
	return raw(w.String())
}

// pick writes a control that chooses a column; kind is that of the input, and id
// what its id begins with.
func (w *htmlWriter) pick(c *Column, kind, name, id string, on bool) {
	n := strconv.Itoa(c.N)
	w.put(`<label class="pick`)
	if id == "with" {
		w.put(" w", n)
	}
	w.put(`"><input type="`, kind, `" name="`, name, `" id="`, id, n, `" value="`, quote.Replace(c.Code), `"`)
	if on {
		w.put(" checked")
	}
	w.put("> <span")
	w.lang(Words{Lang: c.Lang, Dir: c.Dir})
	w.put(">", quote.Replace(c.Name), "</span></label>\n")
}

// Beside writes the way to the texts before and after this one.
func (f Frame) Beside() template.HTML {
	if f.Before == nil && f.After == nil {
		return ""
	}
	w := htmlWriter{}
	w.Grow(1 << 10)
	w.put(`<nav class="turn" aria-label="`, quote.Replace(f.ui.T("nav-texts")), `">`+"\n")
	way := func(l *Link, rel, id string) {
		if l == nil {
			return
		}
		w.put(`<a class="`, rel, `" rel="`, rel, `"`)
		w.href("href", l.Href)
		w.put(`><span class="way">`, string(f.T(id)), "</span> ")
		w.words(l.Words)
		w.put("</a>\n")
	}
	way(f.Before, "prev", "previous-text")
	way(f.After, "next", "next-text")
	w.put("</nav>")
	return raw(w.String())
}

// CiteList writes the ways to cite a page, an item each.
func (f Frame) CiteList(cites []Citation) template.HTML {
	w := htmlWriter{}
	w.Grow(1 << 10)
	for _, c := range cites {
		w.put(`<li class="c`, strconv.Itoa(c.N), `" data-code="`, quote.Replace(c.Code), `" data-words="`, quote.Replace(c.Passage), `">`, string(c.Page), "</li>\n")
	}
	return raw(w.String())
}
