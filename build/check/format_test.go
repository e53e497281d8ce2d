package check_test

import (
	"encoding/json"
	"errors"
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
		Phrase: diag.Say("number-differs.both", "Passage", "5.3", "Extra", diag.Phrases{diag.Say("quoted", "Words", "50 %: a,\n::error::no")}, "Language", diag.Languages{"ru"},
			"Lack", diag.Phrases{diag.Say("quoted", "Words", "12"), diag.Say("quoted", "Words", "13")}, "Languages", diag.Languages{"zh", "en"}),
		Related: []diag.Related{{Pos: diag.Pos{Path: "strategy/en.md", Line: 5, Col: 1}, Phrase: diag.Say("related.what-in", "What", "12", "Language", diag.Languages{"en"})}},
	},
	diag.Of(diag.Error, diag.Pos{Path: "a b,c:d/ж.md"}, "dead-link.outside", "Address", "<b>"),
	diag.Of(diag.Note, diag.Pos{}, "no-texts", "Example", "\x1b[31m"),
}

// shouting is English to be told from English.
type shouting struct{ diag.Words }

func (s shouting) T(id string, pairs ...any) string { return strings.ToUpper(s.Words.T(id, pairs...)) }

var report = check.Report{
	Words: diagtest.English(), English: diagtest.English(), From: "content", Version: "1.2.3", Rules: check.RulesOf(check.Stages()),
}

func TestWrite(t *testing.T) {
	t.Parallel()
	loud := report
	loud.Words = shouting{report.English}
	for _, tt := range []struct {
		name  string
		write func(*strings.Builder) error
		want  string
	}{
		{"text", func(b *strings.Builder) error { return check.WriteText(b, sample, report) }, `content/strategy/ru.md:3:7: warning number-differs: passage 5.3: “50 %: a, ::error::no” only here, in Russian; “12” and “13” not here, but in Chinese and English; make the languages say the same
content/strategy/en.md:5:1: note: 12 in English
content/a b,c:d/ж.md:1:1: error dead-link: the link “<b>” leads out of the content folder
content:1:1: note no-texts: there is no text: make a folder with one file for each language, such as "\u001b[31m"
`},
		{"text in another language", func(b *strings.Builder) error { return check.WriteText(b, sample[1:2], loud) }, `content/a b,c:d/ж.md:1:1: error dead-link: THE LINK “<B>” LEADS OUT OF THE CONTENT FOLDER
`},
		{"github", func(b *strings.Builder) error { return check.WriteGitHub(b, sample, report) }, `::warning file=content/strategy/ru.md,line=3,col=7,title=number-differs::passage 5.3: “50 %25: a, ::error::no” only here, in Russian; “12” and “13” not here, but in Chinese and English; make the languages say the same%0Acontent/strategy/en.md:5:1: 12 in English
::error file=content/a b%2Cc%3Ad/ж.md,line=1,col=1,title=dead-link::the link “<b>” leads out of the content folder
::notice title=no-texts::there is no text: make a folder with one file for each language, such as "\u001b[31m"
`},
		{"json", func(b *strings.Builder) error { return check.WriteJSON(b, sample[:2], report) }, `{
  "findings": [
    {
      "path": "content/strategy/ru.md",
      "line": 3,
      "col": 7,
      "severity": "warning",
      "code": "number-differs",
      "message": "passage 5.3: “50 %: a, ::error::no” only here, in Russian; “12” and “13” not here, but in Chinese and English; make the languages say the same",
      "phrase": "number-differs.both",
      "arguments": {
        "Extra": [
          {
            "arguments": {
              "Words": "50 %: a,\n::error::no"
            },
            "phrase": "quoted"
          }
        ],
        "Lack": [
          {
            "arguments": {
              "Words": "12"
            },
            "phrase": "quoted"
          },
          {
            "arguments": {
              "Words": "13"
            },
            "phrase": "quoted"
          }
        ],
        "Language": [
          "ru"
        ],
        "Languages": [
          "zh",
          "en"
        ],
        "Passage": "5.3"
      },
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
      "message": "the link “<b>” leads out of the content folder",
      "phrase": "dead-link.outside",
      "arguments": {
        "Address": "<b>"
      }
    }
  ],
  "errors": 1,
  "warnings": 1,
  "notes": 0
}
`},
		{"json in another language", func(b *strings.Builder) error { return check.WriteJSON(b, sample[1:2], loud) }, `{
  "findings": [
    {
      "path": "content/a b,c:d/ж.md",
      "line": 1,
      "col": 1,
      "severity": "error",
      "code": "dead-link",
      "message": "the link “<b>” leads out of the content folder",
      "localized": "THE LINK “<B>” LEADS OUT OF THE CONTENT FOLDER",
      "phrase": "dead-link.outside",
      "arguments": {
        "Address": "<b>"
      }
    }
  ],
  "errors": 1,
  "warnings": 0,
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
	loud := report
	loud.Words = shouting{report.English}
	var b strings.Builder
	if err := check.WriteSARIF(&b, sample, loud); err != nil {
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
				Properties struct {
					Localized, Phrase string
					Arguments         map[string]any
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
		if p := r.Properties; r.Message.Text != sample[i].Sentence(report.English) || p.Localized != sample[i].Sentence(loud.Words) || p.Phrase != sample[i].Phrase.ID || len(p.Arguments) != len(sample[i].Phrase.Args)/2 {
			t.Errorf("result %d: %q, %+v from %v", i, r.Message.Text, p, sample[i])
		}
		// A helpUri must be absolute, which the path of a page is not.
		if want := "docs/handbook/checks/en.md#" + rule.ID; rule.HelpURI != "" || !strings.HasSuffix(rule.Help.Text, ". See "+want) || rule.ShortDescription.Text == "" {
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
		got, err := report.Rules.Select(sample, tt.only, tt.ignore)
		switch {
		case tt.err != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.err)):
			t.Errorf("Select(%q, %q): error %v, want %q", tt.only, tt.ignore, err, tt.err)
		case tt.err == "" && (err != nil || len(got) != tt.want):
			t.Errorf("Select(%q, %q) = %v, %v, want %d findings", tt.only, tt.ignore, got, err, tt.want)
		}
	}
	for code, want := range map[diag.Code]string{
		"dead-lnk": `there is no rule "dead-lnk"; is "dead-link" meant?`,
		"xyzxyzxy": `there is no rule "xyzxyzxy"; “stele explain” lists the rules`,
	} {
		_, err := report.Rules.Select(nil, []diag.Code{code}, nil)
		var unknown check.UnknownRule
		if !errors.As(err, &unknown) {
			t.Fatal(code, err)
		}
		if got := unknown.Phrase().In(diagtest.English()); got != want {
			t.Errorf("%q: %s, want %s", code, got, want)
		}
	}
}
