package main

import (
	"cmp"
	"slices"

	"stele/build/diag"
	"stele/build/site"
)

// changesMade is what stands in place of a format for what changed between two
// versions of a text.
const changesMade = "changes"

// changes makes a Word document of what changed.
func (x *exporter) changes(v *invocation) int {
	if len(v.args) > 2 {
		return v.usage("usage.export", "Formats", diag.Names(formatsMade()))
	}
	e, code := x.load(v)
	if e == nil {
		return code
	}
	t, err := x.text(e, v.args[1:])
	if err != nil {
		return v.reject(err)
	}
	c, err := x.compared(e.Site, t)
	if err != nil {
		return v.reject(err)
	}
	langs := c.Langs
	if len(x.langs) > 0 {
		if langs, err = languages(e.Site, x.langs, c.To.Text); err != nil {
			return v.reject(err)
		}
		if _, err = languages(e.Site, x.langs, c.From.Text); err != nil {
			return v.reject(err)
		}
	}
	if len(langs) == 0 {
		return v.usage("usage.export-no-common")
	}
	data, err := e.Download(e.Site.Compare(c, site.DOCX, langs), x.tags)
	if err != nil {
		return v.fail(err)
	}
	return x.put(v, data)
}

// compared is what --from and --to ask for: without them, what the present
// version changed.
func (x *exporter) compared(s *site.Site, t *site.Text) (*site.Comparison, error) {
	h := s.History(t.ID)
	if h == nil {
		return nil, misused("usage.export-no-history", "Text", t.ID)
	}
	find := func(date string, otherwise *site.Revision) (*site.Revision, error) {
		var dates diag.Names
		for _, r := range h.Revisions {
			if date == "" && r == otherwise || date != "" && r.Date == date {
				return r, nil
			}
			if r.Date != "" {
				dates = append(dates, r.Date)
			}
		}
		return nil, misused("usage.export-no-date", "Text", t.ID, "Date", date, "Dates", dates)
	}
	to, err := find(x.to, h.Present())
	if err != nil {
		return nil, err
	}
	from, err := find(x.from, cmp.Or(to.Before(), to))
	if err != nil {
		return nil, err
	}
	if from.Index >= to.Index {
		return nil, misused("usage.export-order")
	}
	if i := slices.IndexFunc(h.Comparisons, func(c *site.Comparison) bool { return c.From == from && c.To == to }); i >= 0 {
		return h.Comparisons[i], nil
	}
	return site.Compare(from, to), nil
}
