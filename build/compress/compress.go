// Package compress makes what a server hands out to browsers that take compressed
// files, so that it need not compress on every request. The same bytes in give
// the same bytes out, on any machine and clock. It knows no files.
package compress

import (
	"bytes"
	"compress/gzip"
	"path"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

// Least is the size in bytes from which a file is worth it: below, what is gained
// is less than one packet.
const Least = 1000

// kinds are the files that are text; pictures and archives are compressed already.
var kinds = []string{".css", ".csv", ".html", ".js", ".json", ".md", ".svg", ".tbx", ".tmx", ".tsv", ".txt", ".webmanifest", ".xlf", ".xml"}

// Worth reports whether a file of the name and size is worth it.
func Worth(name string, size int64) bool {
	return size >= Least && slices.Contains(kinds, strings.ToLower(path.Ext(name)))
}

// brotliLevel is the last that costs no more time than gzip's best: level 11 gains
// 3 % of the size for seven times the time.
const brotliLevel = 9

// Gzip compresses as .gz files are.
func Gzip(body []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression) // with neither time nor name in its head
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// Brotli compresses as .br files are.
func Brotli(body []byte) ([]byte, error) {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotliLevel)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}
