package check

import (
	"cmp"
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
	// Words are the language that the findings are told in, English what
	// programs find them by in JSON and SARIF. Required.
	Words, English diag.Words
	// Rules are what can be found, for SARIF.
	Rules Rules
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
		for _, x := range d.Shown() {
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

// jsonFinding is a finding for programs: Message is the English sentence,
// Localized that in the chosen language, if it is another; Phrase and Arguments
// are what both are made of.
type jsonFinding struct {
	diag.Pos
	Severity  string         `json:"severity"`
	Code      string         `json:"code"`
	Message   string         `json:"message"`
	Localized string         `json:"localized,omitempty"`
	Phrase    string         `json:"phrase"`
	Arguments map[string]any `json:"arguments,omitempty"`
	Related   []jsonRelated  `json:"related,omitempty"`
}

type jsonRelated struct {
	diag.Pos
	Message   string `json:"message,omitempty"`
	Localized string `json:"localized,omitempty"`
}

// localized is the phrase in the chosen language, if that is not English.
func (r Report) localized(p diag.Phrase) string {
	if said := p.In(r.Words); said != p.In(r.English) {
		return said
	}
	return ""
}

// arguments are the values of a phrase by their names; a phrase among them is an
// object with its own.
func arguments(p diag.Phrase) map[string]any {
	out := map[string]any{}
	for i := 0; i+1 < len(p.Args); i += 2 {
		name := p.Args[i].(string)
		switch v := p.Args[i+1].(type) {
		case diag.Phrase:
			if v.ID != "" {
				out[name] = argument(v)
			}
		case diag.Phrases:
			all := []any{}
			for _, x := range v {
				all = append(all, argument(x))
			}
			out[name] = all
		default:
			out[name] = v
		}
	}
	return out
}

func argument(p diag.Phrase) any {
	out := map[string]any{"phrase": p.ID}
	if values := arguments(p); len(values) > 0 {
		out["arguments"] = values
	}
	return out
}

// WriteJSON writes an object with the findings and how many there are of each
// severity. Lines and columns count from 1, columns in code points.
func WriteJSON(w io.Writer, l diag.List, r Report) error {
	out := jsonReport{Findings: []jsonFinding{}, Errors: l.Count(diag.Error), Warnings: l.Count(diag.Warning), Notes: l.Count(diag.Note)}
	for _, d := range l {
		f := jsonFinding{
			Pos: whole(r.pos(d.Pos)), Severity: d.Severity.String(), Code: string(d.Code),
			Message: d.Sentence(r.English), Localized: r.localized(d.Phrase),
			Phrase: d.Phrase.ID, Arguments: arguments(d.Phrase),
		}
		for _, x := range d.Related {
			f.Related = append(f.Related, jsonRelated{whole(r.pos(x.Pos)), x.Text(r.English), r.localized(x.Phrase)})
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
		// What SARIF has no name for stands in a bag of properties.
		Properties sarifProperties `json:"properties"`
	}
	sarifProperties struct {
		Localized string         `json:"localized,omitempty"`
		Phrase    string         `json:"phrase"`
		Arguments map[string]any `json:"arguments,omitempty"`
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
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "stele", Version: r.Version, Rules: []sarifRule{}}
	index := map[diag.Code]int{}
	for _, rule := range r.Rules {
		if slices.ContainsFunc(l, func(d diag.Diagnostic) bool { return d.Code == rule.Code }) {
			index[rule.Code] = len(run.Tool.Driver.Rules)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, r.sarifRule(rule))
		}
	}
	for _, d := range l {
		i, ok := index[d.Code]
		if !ok {
			i = -1 // no such rule; SARIF's way to say so
		}
		run.Results = append(run.Results, r.sarifResult(d, i))
	}
	return indent(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func (r Report) sarifRule(rule diag.Rule) sarifRule {
	docs := cmp.Or(r.Docs, DocsPath)
	page, title := docs+"#"+string(rule.Code), Title(rule.Code).In(r.English)
	x := sarifRule{
		ID: string(rule.Code), Short: sarifMessage{title}, Help: sarifMessage{title + ". See " + page},
		Config: sarifConfig{rule.Severity.String()},
	}
	if u, err := url.Parse(docs); err == nil && u.IsAbs() {
		x.HelpURI = page
	}
	return x
}

// sarifResult is a finding by the rule with the index.
func (r Report) sarifResult(d diag.Diagnostic, index int) sarifResult {
	x := sarifResult{
		RuleID: string(d.Code), RuleIndex: index, Level: d.Severity.String(), Message: sarifMessage{d.Sentence(r.English)},
		Properties: sarifProperties{r.localized(d.Phrase), d.Phrase.ID, arguments(d.Phrase)},
	}
	if d.Pos.Path != "" {
		x.Locations = []sarifLocation{r.location(d.Pos)}
	}
	for k, rel := range d.Related {
		loc := r.location(rel.Pos)
		loc.ID = k + 1
		if said := rel.Text(r.English); said != "" {
			loc.Message = &sarifMessage{said}
		}
		x.Related = append(x.Related, loc)
	}
	return x
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
		for _, x := range d.Shown() {
			message += fmt.Sprintf("\n%s: %s", r.pos(x.Pos), x.Text(r.Words))
		}
		b.WriteString("::" + level[d.Severity] + " ")
		if d.Pos.Path != "" {
			p := whole(r.pos(d.Pos))
			fmt.Fprintf(&b, "file=%s,line=%d,col=%d,", property.Replace(diag.Visible(p.Path)), p.Line, p.Col)
		}
		fmt.Fprintf(&b, "title=%s::%s\n", property.Replace(string(d.Code)), data.Replace(message))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
