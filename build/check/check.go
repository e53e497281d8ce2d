// Package check finds what a careful editor would look for in a finished site:
// passages that one language lacks, numbers and terms that differ between the
// languages, abbreviations nobody explained, the typography of each language,
// links that say nothing.
//
// It reads a site.Site and returns diagnostics. Like every stage it is pure: no
// files, no clock, no goroutines. What the earlier stages find themselves (a
// dead link, a duplicate id) it does not repeat, but Rules lists their codes
// too, so that one list serves the documentation, --only and --ignore, and
// SARIF.
//
// All languages are equal here as elsewhere. A finding that concerns several
// languages stands in the one that most likely needs the edit: the one that
// differs from all others, else the one whose wording is the least fixed. The
// other places are related.
//
// A rule is a value in the list of rules.go; each kind of rule has a file. What
// is said of a finding stands in i18n/editors.
package check

import (
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/glossary"
	"stele/build/site"
)

// Options are what the site does not say. The zero value is ready to use.
type Options struct {
	// Data is the text of each file of the content folder by path. A parsed
	// document has its white space folded, so the rules about spaces look
	// here; without the text of a file they leave it alone.
	Data map[string]string
}

// Site checks everything there is and returns the findings sorted.
func Site(s *site.Site, opts Options) diag.List {
	c := &checker{
		foreign: map[*doc.Document]bool{},
		site:    s, opts: opts, langs: profilesOf(s.Langs),
		masks: map[*site.Block]string{}, matchers: map[conceptIn]*glossary.Matcher{},
	}
	for _, r := range rules {
		if r.site != nil {
			r.site(c)
		}
	}
	for _, t := range s.Texts {
		c.text(t)
	}
	return c.diags.Sorted()
}

// checker checks one site.
type checker struct {
	site  *site.Site
	opts  Options
	langs []profile
	diags diag.List
	// masks are the texts of the blocks as the rules read them, matchers find
	// the names of one concept; both are made when first needed.
	masks    map[*site.Block]string
	matchers map[conceptIn]*glossary.Matcher
	// foreign are the versions that are told of as a whole.
	foreign map[*doc.Document]bool
	// used holds, by language, the names of concepts as the texts write them;
	// made when first needed.
	used []map[string]bool
}

// text runs the rules about a text and its parts.
func (c *checker) text(t *site.Text) {
	present := versions(t)
	for _, r := range rules {
		if r.text != nil && len(present) >= r.least() {
			r.text(c, t, present)
		}
	}
	passages(t, func(p *site.Passage) {
		have := filled(p)
		for _, r := range rules {
			if r.passage != nil && len(have) >= r.least() {
				r.passage(c, p, have)
			}
		}
		for l := range p.Cells {
			for _, b := range blocks(p.Cells[l]) {
				c.block(l, b)
			}
		}
	})
}

// block runs the rules about a block by itself.
func (c *checker) block(l int, b *site.Block) {
	if b.Kind == doc.Break {
		return
	}
	bc := &blockChecker{checker: c, profile: &c.langs[l], lang: l, b: b, text: c.mask(b)}
	for _, r := range rules {
		if r.block != nil && (r.needs != prose || b.Kind != doc.Code) {
			r.block(bc)
		}
	}
}

// add reports a finding with the other places that it concerns. The phrase is
// the code's own or that of its variant, filled from pairs of names and values.
func (c *checker) add(sev diag.Severity, pos diag.Pos, code diag.Code, related []diag.Related, pairs ...any) {
	d := diag.Of(sev, pos, code, pairs...)
	d.Related = related
	c.diags = append(c.diags, d)
}
