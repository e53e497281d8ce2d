package check

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"stele/build/diag"
	"stele/build/doc"
	"stele/build/site"
)

// parity compares what a passage has besides words: tables, links, notes, images
// and the numbers of list items.
func (c *checker) parity(p *site.Passage, have []int) {
	c.differ(p, have, TableDiffers, tableSize)
	c.differ(p, have, NoteDiffers, counted("notes", noteRefs))
	c.differ(p, have, ImageDiffers, counted("images", images))
	if items := itemNumbers(p, have); items != nil {
		c.differ(p, have, ListNumberDiffers, itemNumber)
	}
	c.linkParity(p, have)
}

// tableSize tells how many rows, but for the head, and columns the tables among
// the blocks have.
func tableSize(blocks []*site.Block) diag.Phrase {
	rows, columns := 0, 0
	tables := false
	for _, b := range blocks {
		tables = tables || b.Kind == doc.Table
		for _, r := range b.Rows {
			columns = max(columns, len(r.Cells))
			if !r.Head {
				rows++
			}
		}
	}
	if !tables {
		return diag.Say("table.none")
	}
	return diag.Say("table.size", "Rows", rows, "Columns", columns)
}

// counted makes a function that tells how many there are of what f counts.
func counted(phrase string, f func(*site.Block) int) func([]*site.Block) diag.Phrase {
	return func(blocks []*site.Block) diag.Phrase {
		n := 0
		for _, b := range blocks {
			n += f(b)
		}
		if n == 0 {
			return diag.Say(phrase + ".none")
		}
		return diag.Say(phrase, "Count", n)
	}
}

func noteRefs(b *site.Block) int {
	n := 0
	for x := range b.Walk() {
		if _, ok := x.(*doc.NoteRef); ok {
			n++
		}
	}
	return n
}

func images(b *site.Block) int {
	n := 0
	for x := range b.Walk() {
		if _, ok := x.(*doc.Image); ok {
			n++
		}
	}
	return n
}

// itemNumbers are the numbers of the items that a passage is in each language;
// nil where it is anything else in one, which other rules tell.
func itemNumbers(p *site.Passage, have []int) []int {
	var out []int
	for _, l := range have {
		b := p.Cells[l].Blocks
		if len(b) != 1 || b[0].Kind != doc.Item || len(b[0].Within) == 0 {
			return nil
		}
		out = append(out, b[0].Within[len(b[0].Within)-1].Number)
	}
	return out
}

// itemNumber tells the number of the list item.
func itemNumber(blocks []*site.Block) diag.Phrase {
	in := blocks[0].Within[len(blocks[0].Within)-1]
	if in.Kind != doc.Numbers {
		return diag.Say("item.none")
	}
	return diag.Say("item.number", "Number", strconv.Itoa(in.Number))
}

// link is a link of a passage as it is compared with those of other languages.
type link struct {
	dest, key, host string
	// own tells that it names its language: ru.example.org, report_ru.pdf.
	own bool
	pos diag.Pos
}

// linkParity reports links that one language of a passage has and others do not.
func (c *checker) linkParity(p *site.Passage, have []int) {
	all := map[int][]link{}
	hosts := map[string]bool{} // that have a place for each language
	for _, l := range have {
		all[l] = c.linksOf(p, l)
		for _, k := range all[l] {
			hosts[k.host] = hosts[k.host] || k.own && k.host != ""
		}
	}
	told := map[int]diag.Phrase{}
	keys := map[int]map[string]bool{}
	for _, l := range have {
		keys[l] = map[string]bool{}
		var dests []string
		for i := range all[l] {
			k := &all[l][i]
			if hosts[k.host] {
				k.key = k.host
			}
			keys[l][k.key] = true
			dests = append(dests, k.key)
		}
		slices.Sort(dests)
		told[l] = diag.Phrase{ID: strings.Join(slices.Compact(dests), " ")} // to be compared, not said
	}
	odd, ok := c.odd(p, have, told)
	if !ok {
		return
	}
	rest := without(have, odd)
	pos := c.start(p, odd)
	var extra, lack []string
	for i := len(all[odd]) - 1; i >= 0; i-- {
		k := all[odd][i]
		if !slices.ContainsFunc(rest, func(l int) bool { return keys[l][k.key] }) {
			extra, pos = append([]string{k.dest}, extra...), k.pos
		}
	}
	var like []int
	var related []diag.Related
	for _, l := range rest {
		for _, k := range all[l] {
			if !keys[odd][k.key] {
				lack = append(lack, k.dest)
				related = append(related, diag.Related{Pos: k.pos, Phrase: diag.Say("related.what-in", "What", clip(k.dest), "Language", c.name(l))})
				if !slices.Contains(like, l) {
					like = append(like, l)
				}
			}
		}
	}
	switch {
	case len(extra) > 0 && len(lack) > 0:
		c.add(diag.Warning, pos, LinkDiffers.As("both"), related, "Passage", p.Number, "Extra", quoted(extra), "Lack", quoted(lack), "Languages", c.names(like))
	case len(extra) > 0:
		c.add(diag.Warning, pos, LinkDiffers.As("extra"), c.others(p, rest, "related.compare"), "Passage", p.Number, "Extra", quoted(extra), "Language", c.name(odd))
	case len(lack) > 0:
		c.add(diag.Warning, pos, LinkDiffers.As("lack"), related, "Passage", p.Number, "Lack", quoted(lack), "Languages", c.names(like))
	}
}

// linksOf lists the links of a passage in a language, those of its notes too.
func (c *checker) linksOf(p *site.Passage, l int) []link {
	var out []link
	for _, b := range blocks(p.Cells[l]) {
		targets := c.site.Links(b)
		i := 0
		for n := range b.Walk() {
			var to site.Target
			switch n.(type) {
			case *doc.Link, *doc.ConceptLink, *doc.Image:
				if i < len(targets) {
					to = targets[i]
				}
				i++
			}
			x, ok := n.(*doc.Link)
			if !ok || x.Dest == "" {
				continue
			}
			k := link{dest: x.Dest, key: x.Dest, pos: at(b, 0)}
			if b.Doc.Lines != nil && x.Offset() > 0 {
				k.pos = b.Doc.Lines.Pos(x.Offset())
			}
			switch {
			case to.File != "":
				name, own := c.langs[l].unnamed(strings.TrimSuffix(to.File, path.Ext(to.File)))
				k.key, k.own = "file:"+name+path.Ext(to.File), own
			case to.Page != (site.Key{}):
				k.key = fmt.Sprint("page:", to.Page, " ", to.Fragment)
			default:
				k.external(&c.langs[l])
			}
			out = append(out, k)
		}
	}
	return out
}

// external makes the key of an address outside the site: without what says the
// same in another way.
func (k *link) external(l *profile) {
	u, err := url.Parse(k.dest)
	if err != nil || u.Host == "" {
		return
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	top := host[strings.LastIndexByte(host, '.')+1:]
	name, own := l.unnamed(strings.TrimSuffix(host, "."+top))
	_, inPath := l.unnamed(u.Path + "/" + u.RawQuery)
	k.host, k.own = name+"."+top, own || inPath
	k.key = host + strings.TrimSuffix(u.EscapedPath(), "/") + "?" + u.RawQuery
}

// ownNames are how addresses name a language, besides its tag.
var ownNames = map[string][]string{
	"ru": {"rus", "russian"}, "zh": {"cn", "chn", "chi", "zho", "chinese"}, "en": {"eng", "english"}, "fr": {"fra", "fre", "french"},
	"es": {"spa", "esp", "spanish"}, "ar": {"ara", "arabic"}, "fa": {"fas", "per", "farsi"}, "de": {"deu", "ger", "german"}, "kk": {"kz", "kaz"},
}

// unnamed takes the name of the language out of a part of an address. It reports
// whether it was there.
func (p *profile) unnamed(s string) (rest string, own bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/._-=&?", r) })
	var out []string
	for _, x := range parts {
		low := strings.ToLower(x)
		if low == strings.ToLower(p.Base) || low == strings.ToLower(p.tag) || slices.Contains(ownNames[p.Base], low) {
			own = true
			continue
		}
		out = append(out, x)
	}
	return strings.Join(out, "."), own
}
