package check

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"stele/build/diag"
)

// Report says how findings are written.
type Report struct {
	// From is put before the path of every place, so that an editor or a host
	// of repositories finds the file: "content".
	From string
	// Version is the version of stele, for SARIF.
	Version string
	// Words are the language that the findings are told in. Required.
	Words diag.Words
	// Docs is where the rules are described, for SARIF; DocsPath if empty.
	Docs string
}

// path is the place of a file as the report names it.
func (r Report) path(p string) string { return path.Join(r.From, p) }

func (r Report) pos(p diag.Pos) diag.Pos {
	p.Path = r.path(p.Path)
	return p
}

// WriteText writes a line for each finding, and one for each place related to it.
func WriteText(w io.Writer, l diag.List, r Report) error {
	var b strings.Builder
	for _, d := range l {
		d.Pos = r.pos(d.Pos)
		b.WriteString(d.Text(r.Words) + "\n")
		for _, x := range d.Related {
			fmt.Fprintf(&b, "%s: note: %s\n", r.pos(x.Pos), x.Text(r.Words))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type jsonReport struct {
	Findings []jsonFinding `json:"findings"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Notes    int           `json:"notes"`
}

type jsonFinding struct {
	diag.Pos
	Severity string        `json:"severity"`
	Code     string        `json:"code"`
	Message  string        `json:"message"`
	Related  []jsonRelated `json:"related,omitempty"`
}

type jsonRelated struct {
	diag.Pos
	Message string `json:"message,omitempty"`
}

// WriteJSON writes an object with the findings and how many there are of each
// severity. Lines and columns count from 1, columns in code points.
func WriteJSON(w io.Writer, l diag.List, r Report) error {
	out := jsonReport{Findings: []jsonFinding{}, Errors: l.Count(diag.Error), Warnings: l.Count(diag.Warning), Notes: l.Count(diag.Note)}
	for _, d := range l {
		f := jsonFinding{Pos: whole(r.pos(d.Pos)), Severity: d.Severity.String(), Code: string(d.Code), Message: d.Sentence(r.Words)}
		for _, x := range d.Related {
			f.Related = append(f.Related, jsonRelated{whole(r.pos(x.Pos)), x.Text(r.Words)})
		}
		out.Findings = append(out.Findings, f)
	}
	return indent(w, out)
}

// whole gives a place without a line the first one.
func whole(p diag.Pos) diag.Pos {
	p.Line, p.Col = max(p.Line, 1), max(p.Col, 1)
	return p
}

func indent(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   sarifMessage `json:"shortDescription"`
		HelpURI string       `json:"helpUri,omitempty"` // must be absolute
		Help    sarifMessage `json:"help"`
		Config  sarifConfig  `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifMessage `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line int `json:"startLine"`
		Col  int `json:"startColumn"`
	}
)

// WriteSARIF writes a log of SARIF 2.1.0 with the rules that have findings.
func WriteSARIF(w io.Writer, l diag.List, r Report) error {
	docs := r.Docs
	if docs == "" {
		docs = DocsPath
	}
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "stele", Version: r.Version, Rules: []sarifRule{}}
	index := map[diag.Code]int{}
	for _, rule := range Rules {
		if slices.ContainsFunc(l, func(d diag.Diagnostic) bool { return d.Code == rule.Code }) {
			index[rule.Code] = len(run.Tool.Driver.Rules)
			page := docs + "#" + string(rule.Code)
			x := sarifRule{
				ID: string(rule.Code), Short: sarifMessage{rule.Title}, Help: sarifMessage{rule.Title + ". See " + page},
				Config: sarifConfig{rule.Severity.String()},
			}
			if u, err := url.Parse(docs); err == nil && u.IsAbs() {
				x.HelpURI = page
			}
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, x)
		}
	}
	for _, d := range l {
		i, ok := index[d.Code]
		if !ok {
			i = -1 // no such rule; SARIF's way to say so
		}
		x := sarifResult{RuleID: string(d.Code), RuleIndex: i, Level: d.Severity.String(), Message: sarifMessage{d.Sentence(r.Words)}}
		if d.Pos.Path != "" {
			x.Locations = []sarifLocation{r.location(d.Pos)}
		}
		for k, rel := range d.Related {
			loc := r.location(rel.Pos)
			loc.ID = k + 1
			if said := rel.Text(r.Words); said != "" {
				loc.Message = &sarifMessage{said}
			}
			x.Related = append(x.Related, loc)
		}
		run.Results = append(run.Results, x)
	}
	return indent(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func (r Report) location(p diag.Pos) sarifLocation {
	segs := strings.Split(r.path(p.Path), "/")
	for i := range segs {
		segs[i] = url.PathEscape(segs[i])
	}
	uri := strings.Join(segs, "/")
	if first, _, _ := strings.Cut(uri, "/"); strings.Contains(first, ":") {
		uri = "./" + uri // else it would read as a scheme
	}
	loc := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{uri}}}
	if p.Line > 0 {
		loc.Physical.Region = &sarifRegion{p.Line, max(p.Col, 1)}
	}
	return loc
}

// WriteGitHub writes workflow commands that GitHub shows beside the lines. The
// related places follow the message, each on a line of its own.
func WriteGitHub(w io.Writer, l diag.List, r Report) error {
	// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	level := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "notice"}
	var b strings.Builder
	for _, d := range l {
		message := d.Sentence(r.Words)
		for _, x := range d.Related {
			message += fmt.Sprintf("\n%s: %s", r.pos(x.Pos), x.Text(r.Words))
		}
		b.WriteString("::" + level[d.Severity] + " ")
		if d.Pos.Path != "" {
			p := whole(r.pos(d.Pos))
			fmt.Fprintf(&b, "file=%s,line=%d,col=%d,", property.Replace(p.Path), p.Line, p.Col)
		}
		fmt.Fprintf(&b, "title=%s::%s\n", property.Replace(string(d.Code)), data.Replace(message))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
