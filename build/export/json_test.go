package export_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	"stele/build"
	"stele/build/site"
)

// The forms of what is written of passages, as encoding/json is told of them.
type (
	jsonPassage struct {
		Number     string                 `json:"number"`
		Opens      bool                   `json:"opens,omitempty"`
		Removed    bool                   `json:"removed,omitempty"`
		Pinned     bool                   `json:"pinned,omitempty"`
		Confidence float64                `json:"confidence"`
		States     map[string]string      `json:"states,omitempty"`
		Blocks     map[string][]jsonBlock `json:"blocks"`
		Concepts   []string               `json:"concepts,omitempty"`
	}
	jsonBlock struct {
		Kind      string       `json:"kind"`
		Level     int          `json:"level,omitempty"`
		ID        string       `json:"id,omitempty"`
		Syntax    string       `json:"syntax,omitempty"`
		Task      string       `json:"task,omitempty"`
		Within    []jsonWithin `json:"within,omitempty"`
		Text      string       `json:"text"`
		Sentences []string     `json:"sentences,omitempty"`
		Rows      []jsonCells  `json:"rows,omitempty"`
		Notes     []jsonNote   `json:"notes,omitempty"`
	}
	jsonWithin struct {
		Kind   string `json:"kind"`
		Number int    `json:"number,omitempty"`
		Mark   string `json:"mark,omitempty"` // after the number
		Label  string `json:"label,omitempty"`
	}
	jsonCells struct {
		Head  bool     `json:"head,omitempty"`
		Cells []string `json:"cells"`
	}
	jsonNote struct {
		Number int         `json:"number"`
		Blocks []jsonBlock `json:"blocks"`
	}
)

// TestPassagesAsJSON: the passages of a text are written as encoding/json writes them,
// without white space and with all members in their order, those that are empty left
// out.
func TestPassagesAsJSON(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]fs.FS{"odd": odd, "edition": os.DirFS("../../content"), "handbook": os.DirFS("../../docs/handbook")} {
		e := load(t, build.Inputs{Content: content})
		passages := 0
		for _, d := range e.Site.Downloads() {
			if d.Format != site.JSON || d.Text == nil {
				continue
			}
			data, err := e.Download(d, nil)
			if err != nil {
				t.Fatal(err)
			}
			_, rows, _ := strings.Cut(string(data), `,"rows":{`+"\n")
			rows, _ = strings.CutSuffix(rows, "\n}}\n")
			for row := range strings.SplitSeq(rows, ",\n") {
				key, value, _ := strings.Cut(row, ":")
				in := json.NewDecoder(strings.NewReader(value))
				in.DisallowUnknownFields()
				var p jsonPassage
				if err := in.Decode(&p); err != nil {
					t.Fatalf("%s, %s, %s: %v", name, d.Path, key, err)
				}
				var want bytes.Buffer
				out := json.NewEncoder(&want)
				out.SetEscapeHTML(false)
				if err := out.Encode(p); err != nil {
					t.Fatal(err)
				}
				if value+"\n" != want.String() || key != `"p`+p.Number+`"` {
					t.Errorf("%s, %s, %s\n got %s\nwant %s", name, d.Path, key, value, want.String())
				}
				passages++
			}
		}
		if passages < 10 {
			t.Errorf("%s: %d passages", name, passages)
		}
	}
}
