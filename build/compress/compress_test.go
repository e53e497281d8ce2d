package compress_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"stele/build/compress"
)

func TestThereAndBack(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "a", strings.Repeat("Стела, 石碑, a stele. ", 500)} {
		for name, c := range map[string]struct {
			pack   func([]byte) ([]byte, error)
			unpack func(io.Reader) (io.Reader, error)
		}{
			"gzip":   {compress.Gzip, func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
			"brotli": {compress.Brotli, func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }},
		} {
			one, err := c.pack([]byte(body))
			if err != nil {
				t.Fatal(err)
			}
			two, err := c.pack([]byte(body))
			if err != nil || !bytes.Equal(one, two) {
				t.Errorf("%s: other bytes the second time, %v", name, err)
			}
			r, err := c.unpack(bytes.NewReader(one))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || string(got) != body {
				t.Errorf("%s: %d bytes came back of %d, %v", name, len(got), len(body), err)
			}
		}
	}
}

func TestWorth(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"a.html": true, "A.HTML": true, "data/x.xlf": true, "a.png": false, "a.epub": false, "_headers": false, "a.html.gz": false} {
		if got := compress.Worth(name, compress.Least); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if compress.Worth("a.html", compress.Least-1) {
		t.Error("a small file is not worth it")
	}
}
