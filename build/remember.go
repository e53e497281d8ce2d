package build

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"strings"

	"stele/build/align"
	"stele/build/record"
	"stele/build/store"
)

// digest makes keys: it takes values one after another, each with its length, so
// that no two lists of values are the same.
type digest struct{ buf []byte }

func (d *digest) text(s string) {
	d.buf = binary.AppendUvarint(d.buf, uint64(len(s)))
	d.buf = append(d.buf, s...)
}

// long takes a text by its sum.
func (d *digest) long(s string) {
	sum := sha256.Sum256([]byte(s))
	d.buf = append(d.buf, sum[:]...)
}

func (d *digest) number(n int) { d.buf = binary.AppendVarint(d.buf, int64(n)) }

func (d *digest) key() store.Key { return sha256.Sum256(d.buf) }

// newDigest begins a key; what says what it is of.
func (b *Builder) newDigest(what string) *digest {
	d := &digest{}
	d.text(b.in.Program)
	d.text(what)
	return d
}

// versions takes all that the alignment of versions hangs on.
func (d *digest) versions(all []*version, rec *recordFile) {
	d.number(len(all))
	for _, v := range all {
		d.text(v.file.Lang)
		d.text(v.file.Tag)
		d.long(v.file.Data)
		d.number(len(v.concepts))
		for _, named := range v.concepts {
			d.text(strings.Join(named, " "))
		}
	}
	if rec == nil {
		d.text("no record")
		return
	}
	d.long(rec.file.Data)
}

// aligner aligns the versions of a text, or recalls how they were aligned before.
func (b *Builder) aligner(t *text) record.Aligner {
	if b.in.Store == nil && b.rows == nil {
		return align.Align
	}
	d := b.newDigest("alignment")
	d.versions(t.versions, t.record)
	if t.history != nil { // whose numbers the text goes on with
		for _, r := range t.history.revisions {
			d.versions(r.versions, r.record)
		}
	}
	calls := 0
	return func(in []align.Input) []align.Row {
		calls++
		own := *d
		own.number(calls)
		key := own.key()
		if data, ok := b.alignment(key); ok {
			if rows, ok := readRows(data, in); ok {
				return rows
			}
		}
		rows := align.Align(in)
		if data := writeRows(rows); b.rows != nil {
			b.rows.Store(key, data)
		} else {
			b.in.Store.Put(key, data)
		}
		return rows
	}
}

// alignment is what was remembered under the key.
func (b *Builder) alignment(key store.Key) ([]byte, bool) {
	if b.rows == nil {
		return b.in.Store.Get(key)
	}
	if data, ok := b.rows.Load(key); ok {
		return data.([]byte), true
	}
	return nil, false
}

// The marks of a row as it is written.
const (
	rowMoved byte = 1 << iota
	rowUnlike
)

// writeRows writes the rows of an alignment; readRows reads them.
func writeRows(rows []align.Row) []byte {
	out := binary.AppendUvarint(nil, uint64(len(rows)))
	for _, r := range rows {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(r.Confidence))
		marks := byte(0)
		if r.Moved {
			marks |= rowMoved
		}
		if r.Unlike {
			marks |= rowUnlike
		}
		out = append(out, marks)
		for _, blocks := range r.Blocks {
			out = binary.AppendUvarint(out, uint64(len(blocks)))
			for _, o := range blocks {
				out = binary.AppendUvarint(out, uint64(o))
			}
		}
	}
	return out
}

// readRows reads the rows of an alignment of the versions. It is false for what
// is no such thing.
func readRows(data []byte, in []align.Input) (rows []align.Row, ok bool) {
	next := func() int {
		v, n := binary.Uvarint(data)
		if n <= 0 || v > math.MaxInt32 {
			data = nil
			return -1
		}
		data = data[n:]
		return int(v)
	}
	n := next()
	if n < 0 || n > len(data) {
		return nil, false
	}
	rows = make([]align.Row, n)
	for i := range rows {
		if len(data) < 9 {
			return nil, false
		}
		rows[i].Confidence = math.Float64frombits(binary.LittleEndian.Uint64(data))
		rows[i].Moved, rows[i].Unlike = data[8]&rowMoved != 0, data[8]&rowUnlike != 0
		data = data[9:]
		rows[i].Blocks = make([][]int, len(in))
		for l := range in {
			k := next()
			if k < 0 || k > len(data) {
				return nil, false
			}
			for range k {
				o := next()
				if o < 0 || o >= len(in[l].Doc.Blocks) {
					return nil, false
				}
				rows[i].Blocks[l] = append(rows[i].Blocks[l], o)
			}
		}
	}
	return rows, len(data) == 0
}
