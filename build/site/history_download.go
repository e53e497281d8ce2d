package site

import "path"

// HistoryDownloads lists the files of texts with several versions: of each
// earlier version, of what changed, and of all versions in short.
func (s *Site) HistoryDownloads() []*Download {
	var out []*Download
	for _, t := range s.Texts {
		h := s.histories[t.ID]
		if h == nil {
			continue
		}
		if s.Offers(JSON) {
			out = append(out, s.Chronicle(h))
		}
		for _, r := range h.Revisions[:len(h.Revisions)-1] {
			out = append(out, s.downloadsOfRevision(r)...)
		}
		for _, c := range h.Comparisons {
			out = append(out, s.DownloadsOfComparison(c)...)
		}
	}
	return out
}

// downloadsOfRevision lists the files of an earlier version.
func (s *Site) downloadsOfRevision(r *Revision) []*Download {
	if !s.Offers(JSON) {
		return nil
	}
	d := s.Download(r.Text, JSON, Whole, r.Text.languages())
	d.Path = s.historyFolder(r.History) + r.Date + "/" + path.Base(r.History.Text.Slug) + "." + string(JSON)
	return []*Download{d}
}

// DownloadsOfComparison lists the files of what changed.
func (s *Site) DownloadsOfComparison(c *Comparison) []*Download {
	var out []*Download
	for _, f := range []Format{DOCX, JSON} {
		if !s.Offers(f) {
			continue
		}
		langs := c.Langs
		if f == DOCX {
			langs = langs[:min(len(langs), maxColumns)]
		}
		if len(langs) == 0 {
			continue
		}
		out = append(out, s.Compare(c, f, langs))
	}
	return out
}

// Compare describes a file of what changed, which need not be published.
func (s *Site) Compare(c *Comparison, f Format, langs []int) *Download {
	h := c.From.History
	return &Download{Format: f, Shape: Compared, Text: h.Text, Langs: langs, Comparison: c, Path: s.historyFolder(h) + changesPage + c.Name + "." + string(f)}
}

// Chronicle describes the file of all versions in short.
func (s *Site) Chronicle(h *History) *Download {
	return &Download{Format: JSON, Shape: Chronicle, Text: h.Text, Langs: h.Text.languages(), Path: s.historyFolder(h) + versionsPage + "." + string(JSON)}
}

func (s *Site) historyFolder(h *History) string { return dataFolder + h.Text.Slug + "/" }

// languages are those in which the text has a version.
func (t *Text) languages() []int {
	var out []int
	for l, v := range t.Versions {
		if v.Doc != nil {
			out = append(out, l)
		}
	}
	return out
}
