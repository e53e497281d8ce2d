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
	// Common tells that many archives have the same file: it is compressed once.
	Common bool
}

// firstDay is 1 January 1980 as zip archives write it, their first day.
const firstDay = 1<<5 | 1

// Zip makes an archive of the files, in their order. No entry has an extra field
// or a descriptor after its data, as EPUB asks of its first.
func Zip(files []File) ([]byte, error) { return new(Packer).Zip(files) }

// Packer makes archives one after another. What compresses is made once and not
// for every file: it takes a megabyte. The zero Packer is ready; it may not be
// used by two goroutines at once.
type Packer struct {
	flate  *flate.Writer
	buf    bytes.Buffer
	common map[string]packed // by their data
}

// packed is a file as an archive holds it.
type packed struct {
	data []byte
	crc  uint32
}

// Zip is the function Zip.
func (p *Packer) Zip(files []File) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.Name, Method: zip.Store, UncompressedSize64: uint64(len(f.Data))}
		h.ModifiedDate = firstDay //nolint:staticcheck // Modified would add an extra field
		in := packed{f.Data, 0}
		if f.Stored {
			in.crc = crc32.ChecksumIEEE(f.Data)
		} else {
			h.Method = zip.Deflate
			var err error
			if in, err = p.pack(f); err != nil {
				return nil, err
			}
		}
		h.CRC32, h.CompressedSize64 = in.crc, uint64(len(in.data))
		e, err := w.CreateRaw(h)
		if err != nil {
			return nil, err
		}
		if _, err := e.Write(in.data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// pack compresses a file. The result is good until the next call.
func (p *Packer) pack(f File) (packed, error) {
	if in, ok := p.common[string(f.Data)]; f.Common && ok {
		return in, nil
	}
	p.buf.Reset()
	if p.flate == nil {
		z, err := flate.NewWriter(&p.buf, level)
		if err != nil {
			return packed{}, err
		}
		p.flate = z
	} else {
		p.flate.Reset(&p.buf)
	}
	if _, err := p.flate.Write(f.Data); err != nil {
		return packed{}, err
	}
	if err := p.flate.Close(); err != nil {
		return packed{}, err
	}
	in := packed{p.buf.Bytes(), crc32.ChecksumIEEE(f.Data)}
	if f.Common && len(p.common) < maxCommon {
		if p.common == nil {
			p.common = map[string]packed{}
		}
		in.data = bytes.Clone(in.data)
		p.common[string(f.Data)] = in
	}
	return in, nil
}

const (
	// level is a compromise: the best takes more than twice as long for a file that is
	// an eighth smaller.
	level = 1
	// maxCommon bounds what a Packer remembers.
	maxCommon = 64
)
