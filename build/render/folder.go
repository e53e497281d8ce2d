package render

import (
	"cmp"
	"strings"

	"stele/build/site"
)

// FolderPage lists the texts and folders of a folder, or a part of them.
type FolderPage struct {
	Frame
	Heading Words         // what the folder is called
	Intro   Words         // Text may be empty
	Texts   int           // how many are in it and below it
	Entries []FolderEntry // in order
	Pages   []Link        // those that the list goes over; empty where it is one
	Prev    *Link         // the page before; nil on the first
	Next    *Link         // the page after; nil on the last
}

// FolderEntry is a text or a folder in a list.
type FolderEntry struct {
	Link                // to the text or to the folder's page
	Others      []Words // the title in the other languages
	Description Words   // of the text; Text may be empty
	Count       string  // of the texts in a folder, in words; empty for a text
}

func (c context) folder() FolderPage {
	f := c.page.Folder
	title := c.folderTitle(f)
	p := FolderPage{Heading: title, Intro: Words{Text: strings.TrimSpace(f.Named.Intro.In(c.site.Langs[c.page.Lang].Code))}, Texts: f.Texts}
	n := c.page.Key.Section
	from, to := min(n*site.FolderEntries, len(f.Entries)), min((n+1)*site.FolderEntries, len(f.Entries))
	p.Entries = c.entries(f.Entries[from:to])
	p.Pages, p.Prev, p.Next = c.pagesOf(n, (len(f.Entries)+site.FolderEntries-1)/site.FolderEntries, func(n int) site.Key { return f.Key(n * site.FolderEntries) })
	p.Frame = c.frame(title.Text, p.Intro.Text)
	p.OGType = "website"
	return p
}

// pagesOf links the pages that a list goes over.
func (c context) pagesOf(at, count int, key func(n int) site.Key) (pages []Link, prev, next *Link) {
	if count < 2 {
		return nil, nil, nil
	}
	for n := range count {
		pages = append(pages, Link{Href: c.href(key(n)), Words: c.local(c.ui.Number(n + 1)), Current: n == at})
	}
	if at > 0 {
		prev = &Link{Href: pages[at-1].Href, Words: c.local(c.T("page-of", "Number", c.ui.Number(at), "Last", c.ui.Number(count)))}
	}
	if at+1 < count {
		next = &Link{Href: pages[at+1].Href, Words: c.local(c.T("page-of", "Number", c.ui.Number(at+2), "Last", c.ui.Number(count)))}
	}
	return pages, prev, next
}

func (c context) folderTitle(f *site.Folder) Words {
	if f.ID == "" {
		return c.local(c.T("contents"))
	}
	title := f.Title(c.site.Langs[c.page.Lang].Code)
	if title == "" && f.Own != nil {
		v := f.Own.Versions[c.page.Lang]
		return c.words(v.Title, v.TitleLang)
	}
	return c.local(cmp.Or(title, f.Name()))
}

// folderHref is the page of the folder that has its entry with the index.
func (c context) folderHref(f *site.Folder, entry int) string {
	if href := c.href(f.Key(entry)); href != "" {
		return href
	}
	return c.href(site.Key{Kind: site.Home})
}

func (c context) entries(list []site.Entry) []FolderEntry {
	var out []FolderEntry
	for _, e := range list {
		if f := e.Folder; f != nil {
			x := FolderEntry{
				Link: Link{Href: c.folderHref(f, 0), Words: c.folderTitle(f)}, Count: c.T("texts", "Count", f.Texts),
				Description: Words{Text: strings.TrimSpace(f.Named.Intro.In(c.site.Langs[c.page.Lang].Code))},
			}
			if f.Own != nil && f.Title(c.site.Langs[c.page.Lang].Code) == "" {
				x.Others = apart(x.Text, c.otherTitles(f.Own))
			}
			out = append(out, x)
			continue
		}
		x := FolderEntry{Link: *c.textLink(site.ContentsKey(e.Text), e.Text.Versions[c.page.Lang]), Others: c.otherTitles(e.Text)}
		x.Words = c.words(e.Text.Versions[c.page.Lang].Title, e.Text.Versions[c.page.Lang].TitleLang)
		for _, l := range c.order() {
			d := e.Text.Versions[l].Doc
			if d != nil && x.Description.Text == "" && d.Meta.Description != "" {
				x.Description = c.words(d.Meta.Description, l)
			}
		}
		x.Others = apart(x.Text, x.Others)
		out = append(out, x)
	}
	return out
}

// otherTitles are what a text is called in the languages that it has, but for the
// page's.
func (c context) otherTitles(t *site.Text) []Words {
	var out []Words
	for _, l := range c.order() {
		if l != c.page.Lang && t.Versions[l].Doc != nil {
			out = append(out, c.words(t.Versions[l].Title, t.Versions[l].TitleLang))
		}
	}
	return out
}

// place fills in where the page stands among the folders, if there are any.
func (c context) place(f *Frame) {
	if !c.site.Filed() || !c.Renders(site.FolderIndex) {
		return
	}
	up, entry := c.page.Folder, -1
	if t := c.page.Text; t != nil {
		if up, entry = c.site.FolderOf(t); up == nil {
			return // an earlier version
		}
		beside := func(i, step int) *Link {
			for i += step; i >= 0 && i < len(up.Entries); i += step {
				if t := up.Entries[i].Text; t != nil {
					return c.textLink(site.ContentsKey(t), t.Versions[c.page.Lang])
				}
			}
			return nil
		}
		if c.page.Kind == site.TextContents || c.page.Kind == site.TextFull && t.Layout == "page" {
			f.Before, f.After = beside(entry, -1), beside(entry, 1)
		}
	} else if up != nil {
		up = up.Up
		entry = 0
	}
	for ; up != nil; up = up.Up {
		if href := c.href(up.Key(max(entry, 0))); href != "" { // the start page has none
			f.Trail = append([]Link{{Href: href, Words: c.folderTitle(up)}}, f.Trail...)
		}
		entry = 0
	}
}
