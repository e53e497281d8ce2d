package check_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stele/build/check"
	"stele/build/diag"
	"stele/build/diagtest"
)

var sample = diag.List{
	{
		Pos: diag.Pos{Path: "strategy/ru.md", Line: 3, Col: 7}, Severity: diag.Warning, Code: "number-differs",
		Message: "passage 5.3: “13” here, 50 % more: see, and\n::error::no",
		Related: []diag.Related{{Pos: diag.Pos{Path: "strategy/en.md", Line: 5, Col: 1}, Message: "12 in English"}},
	},
	{Pos: diag.Pos{Path: "a b,c:d/ж.md"}, Severity: diag.Error, Code: "dead-link", Message: "no such file <b>"},
	{Severity: diag.Note, Code: "no-texts", Message: "nothing\x1b[31m"},
}

func TestWrite(t *testing.T) {
	t.Parallel()
	r := check.Report{Words: diagtest.English(), From: "content", Version: "1.2.3"}
	for _, tt := range []struct {
		name  string
		write func(*strings.Builder) error
		want  string
	}{
		{"text", func(b *strings.Builder) error { return check.WriteText(b, sample, r) }, `content/strategy/ru.md:3:7: warning number-differs: passage 5.3: “13” here, 50 % more: see, and ::error::no
content/strategy/en.md:5:1: note: 12 in English
content/a b,c:d/ж.md:1:1: error dead-link: no such file <b>
content:1:1: note no-texts: nothing\u001b[31m
`},
		{"github", func(b *strings.Builder) error { return check.WriteGitHub(b, sample, r) }, `::warning file=content/strategy/ru.md,line=3,col=7,title=number-differs::passage 5.3: “13” here, 50 %25 more: see, and ::error::no%0Acontent/strategy/en.md:5:1: 12 in English
::error file=content/a b%2Cc%3Ad/ж.md,line=1,col=1,title=dead-link::no such file <b>
::notice title=no-texts::nothing\u001b[31m
`},
		{"json", func(b *strings.Builder) error { return check.WriteJSON(b, sample[:2], r) }, `{
  "findings": [
    {
      "path": "content/strategy/ru.md",
      "line": 3,
      "col": 7,
      "severity": "warning",
      "code": "number-differs",
      "message": "passage 5.3: “13” here, 50 % more: see, and ::error::no",
      "related": [
        {
          "path": "content/strategy/en.md",
          "line": 5,
          "col": 1,
          "message": "12 in English"
        }
      ]
    },
    {
      "path": "content/a b,c:d/ж.md",
      "line": 1,
      "col": 1,
      "severity": "error",
      "code": "dead-link",
      "message": "no such file <b>"
    }
  ],
  "errors": 1,
  "warnings": 1,
  "notes": 0
}
`},
	} {
		var b strings.Builder
		if err := tt.write(&b); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, b.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestSARIF checks what the schema of SARIF 2.1.0 asks of the parts that are
// written, and that every result leads to its rule.
func TestSARIF(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := check.WriteSARIF(&b, sample, check.Report{Words: diagtest.English(), From: "content", Version: "1.2.3"}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []struct {
			ColumnKind string
			Tool       struct {
				Driver struct {
					Name  string
					Rules []struct {
						ID                   string
						HelpURI              string
						ShortDescription     struct{ Text string }
						Help                 struct{ Text string }
						DefaultConfiguration struct{ Level string }
					}
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine, StartColumn int }
					}
				}
				RelatedLocations []struct {
					ID      int
					Message struct{ Text string }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || log.Runs[0].Tool.Driver.Name != "stele" || log.Runs[0].ColumnKind != "unicodeCodePoints" {
		t.Fatalf("the head is wrong:\n%s", b.String())
	}
	run := log.Runs[0]
	if len(run.Results) != len(sample) || len(run.Tool.Driver.Rules) != 3 {
		t.Fatalf("%d results, %d rules, want %d and 3", len(run.Results), len(run.Tool.Driver.Rules), len(sample))
	}
	for i, r := range run.Results {
		rule := run.Tool.Driver.Rules[r.RuleIndex]
		if rule.ID != r.RuleID || r.RuleID != string(sample[i].Code) || r.Level != sample[i].Severity.String() || r.Message.Text == "" {
			t.Errorf("result %d: %+v of rule %+v, from %v", i, r, rule, sample[i])
		}
		// A helpUri must be absolute, which the path of a page is not.
		if want := "docs/checks.md#" + rule.ID; rule.HelpURI != "" || !strings.HasSuffix(rule.Help.Text, ". See "+want) || rule.ShortDescription.Text == "" {
			t.Errorf("rule %+v: want help that tells of %q", rule, want)
		}
		for _, l := range r.Locations {
			u, err := url.Parse(l.PhysicalLocation.ArtifactLocation.URI)
			if err != nil || u.Scheme != "" || u.Path != "content/"+sample[i].Pos.Path {
				t.Errorf("result %d: uri %q is not the path %q", i, l.PhysicalLocation.ArtifactLocation.URI, sample[i].Pos.Path)
			}
			if g := l.PhysicalLocation.Region; (g == nil) != (sample[i].Pos.Line == 0) || g != nil && (g.StartLine < 1 || g.StartColumn < 1) {
				t.Errorf("result %d: region %+v for %v", i, g, sample[i].Pos)
			}
		}
	}
	if n := len(run.Results[2].Locations); n != 0 {
		t.Errorf("a finding about no file has %d locations", n)
	}
	if r := run.Results[0].RelatedLocations; len(r) != 1 || r[0].ID != 1 || r[0].Message.Text != "12 in English" {
		t.Errorf("related locations: %+v", r)
	}
}

func TestSelect(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		only, ignore []diag.Code
		want         int
		err          string
	}{
		{nil, nil, 3, ""},
		{[]diag.Code{"dead-link"}, nil, 1, ""},
		{nil, []diag.Code{"dead-link"}, 2, ""},
		{[]diag.Code{"dead-link"}, []diag.Code{"dead-link"}, 0, ""},
		{[]diag.Code{"number-diff"}, nil, 0, `there is no rule "number-diff"`},
		{nil, []diag.Code{"dead-lnk"}, 0, `there is no rule "dead-lnk"`},
	} {
		got, err := check.Select(sample, tt.only, tt.ignore)
		switch {
		case tt.err != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.err)):
			t.Errorf("Select(%q, %q): error %v, want %q", tt.only, tt.ignore, err, tt.err)
		case tt.err == "" && (err != nil || len(got) != tt.want):
			t.Errorf("Select(%q, %q) = %v, %v, want %d findings", tt.only, tt.ignore, got, err, tt.want)
		}
	}
	for code, want := range map[check.UnknownRule]string{
		"dead-lnk": `there is no rule "dead-lnk"; is "dead-link" meant?`,
		"xyzxyzxy": `there is no rule "xyzxyzxy"; docs/checks.md lists them`,
	} {
		if got := code.Phrase().In(diagtest.English()); got != want {
			t.Errorf("%q: %s, want %s", code, got, want)
		}
	}
}
