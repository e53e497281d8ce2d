package compress_test

import (
	"bytes"
	"testing"

	"stele/build/compress"
)

// TestFast: what was compressed comes back, the same bytes give the same, and what is
// damaged is an error.
func TestFast(t *testing.T) {
	t.Parallel()
	f, err := compress.NewFast(2)
	if err != nil {
		t.Fatal(err)
	}
	body := bytes.Repeat([]byte("<p>Мир и торговля, peace and trade</p>\n"), 5000)
	for _, b := range [][]byte{body, nil, []byte("x")} {
		packed := f.Compress([]byte("head"), b)
		if again := f.Compress([]byte("head"), b); !bytes.Equal(packed, again) {
			t.Error("the same bytes give others")
		}
		got, err := f.Expand(packed[len("head"):])
		if err != nil || !bytes.Equal(got, b) {
			t.Errorf("%d bytes came back as %d (%v)", len(b), len(got), err)
		}
	}
	packed := f.Compress(nil, body)
	if len(packed) > len(body)/50 {
		t.Errorf("%d bytes were made %d", len(body), len(packed))
	}
	for i := 0; i < len(packed); i += 1 + len(packed)/50 {
		if got, err := f.Expand(packed[:i]); err == nil && i > 0 {
			t.Errorf("%d of %d bytes were taken for %d", i, len(packed), len(got))
		}
	}
}
