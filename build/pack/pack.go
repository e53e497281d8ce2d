// Package pack puts files into a zip archive whose bytes depend on nothing but
// the files: no clock, no machine. It knows nothing of what is in them.
package pack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
)

// File is a file of an archive.
type File struct {
	Name   string // with slashes
	Data   []byte
	Stored bool // not compressed
}

// firstDay is 1 January 1980 as zip archives write it, their first day.
const firstDay = 1<<5 | 1

// Zip makes an archive of the files, in their order. No entry has an extra field
// or a descriptor after its data, as EPUB asks of its first.
func Zip(files []File) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.Name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(f.Data), UncompressedSize64: uint64(len(f.Data))}
		h.ModifiedDate = firstDay //nolint:staticcheck // Modified would add an extra field
		data := f.Data
		if !f.Stored {
			h.Method = zip.Deflate
			var c bytes.Buffer
			z, err := flate.NewWriter(&c, flate.BestCompression)
			if err != nil {
				return nil, err
			}
			if _, err := z.Write(data); err != nil {
				return nil, err
			}
			if err := z.Close(); err != nil {
				return nil, err
			}
			data = c.Bytes()
		}
		h.CompressedSize64 = uint64(len(data))
		e, err := w.CreateRaw(h)
		if err != nil {
			return nil, err
		}
		if _, err := e.Write(data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}
