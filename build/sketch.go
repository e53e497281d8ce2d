package build

import (
	"context"
	"slices"
	"strings"

	"stele/build/align"
	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
)

// head is what a file says at a glance, and the text that it was taken from.
type head struct{ data, head string }

// Sketch is Load for whoever cannot wait for it: the texts that are wanted are
// brought through all stages, and of the others is known what their files say at
// a glance, their titles and headings. The pages of the wanted texts are as those
// of Load in all but what they have from passages of other texts; what else a
// sketch has to show, Needs says. It is nil for a site that is loaded as fast, or
// cannot be. What is wrong in the content, Load will tell.
//
// A Builder is either for sketches or for editions.
func (b *Builder) Sketch(ctx context.Context, wanted ...string) (*Edition, error) {
	b.wanted = map[string]bool{}
	for _, name := range wanted {
		b.wanted[name] = true
	}
	e, _, err := b.Load(ctx)
	return e, err
}

// outlined is the tree with the texts that are not wanted cut down; nil where there
// are so few that it is not worth it.
func (b *Builder) outlined(tree *source.Tree) *source.Tree {
	if len(tree.Texts) <= site.HomeEntries {
		return nil
	}
	b.wanted[tree.Texts[0].Name] = true // many pages speak of the first
	old := b.cache.heads
	b.cache.heads = make(map[string]head, len(old))
	out := *tree
	out.Texts = slices.Clone(tree.Texts)
	for i := range out.Texts {
		t := &out.Texts[i]
		if b.wanted[t.Name] {
			continue
		}
		// The record numbers passages that are not looked at.
		t.Record, t.Revisions, t.Unread = nil, nil, true
		t.Files = slices.Clone(t.Files)
		for k := range t.Files {
			f := &t.Files[k]
			h, ok := old[f.Path]
			if !ok || h.data != f.Data {
				h = head{f.Data, headOf(f.Data)}
			}
			b.cache.heads[f.Path] = h
			f.Data = h.head
		}
	}
	return &out
}

// headOf is the front matter of a Markdown file and its headings of the first two
// levels. It is a guess: that of a file in which headings are written otherwise
// lacks them until the file is read as a whole.
func headOf(data string) string {
	var b strings.Builder
	rest := data
	for _, fence := range []string{"---\n", "+++\n"} {
		if !strings.HasPrefix(data, fence) {
			continue
		}
		if end := strings.Index(data, "\n"+fence); end >= 0 {
			end += len("\n" + fence)
			b.WriteString(data[:end])
			rest = data[end:]
		}
	}
	code := ""
	for line := range strings.Lines(rest) {
		switch {
		case code != "":
			if strings.HasPrefix(line, code) {
				code = ""
			}
		case strings.HasPrefix(line, "```"), strings.HasPrefix(line, "~~~"):
			code = line[:3]
		case strings.HasPrefix(line, "# "), strings.HasPrefix(line, "## "):
			b.WriteString("\n" + line)
		}
	}
	return b.String()
}

// sketcher aligns what is wanted as Load does, and makes nothing to remember of the
// rest.
func (b *Builder) sketcher(t *text) record.Aligner {
	if b.wanted != nil && !b.wanted[t.from.Name] {
		return align.Align
	}
	return b.aligner(t)
}

// Needs says what a sketch has to know before it can show the file at the path as
// Load would: a text, by its name, or the whole site.
func (e *Edition) Needs(path string) (text string, whole bool) {
	if e.drawn == nil {
		return "", false
	}
	p := e.Site.At(path)
	if p == nil {
		return "", !e.isStored(path)
	}
	switch p.Kind {
	case site.TextContents, site.TextSection, site.TextFull:
		if !e.drawn[p.Key.Text] {
			return p.Key.Text, false
		}
		return "", false
	case site.Choice, site.Home, site.FolderIndex, site.Search:
		return "", false
	}
	return "", true
}

// isStored reports whether the path is that of a file which is not made of texts.
func (e *Edition) isStored(path string) bool {
	for a := range e.renderer.Assets() {
		if a.Path == path {
			return true
		}
	}
	return slices.ContainsFunc(e.Site.Files, func(f site.File) bool { return f.Path == path }) || slices.Contains(slices.Collect(regular(e.static)), path)
}
