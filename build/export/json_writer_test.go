package export

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// TestTextAsJSON: strings are written as encoding/json writes them.
func TestTextAsJSON(t *testing.T) {
	t.Parallel()
	odd := []rune("aб中\"\\\n\t\r\x00\x1f\x7f<&>\u2028\u2029\u2027—…€/ ")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom(odd))).Draw(t, "s")
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		if err := e.Encode(s); err != nil {
			t.Fatal(err)
		}
		w := jsonWriter{[]byte("[")}
		w.text(s)
		if got := string(w.b[1:]) + "\n"; got != want.String() {
			t.Fatalf("%q\n got %s\nwant %s", s, got, want.String())
		}
	})
}
