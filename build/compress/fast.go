package compress

import (
	"errors"

	"github.com/klauspost/compress/zstd"
)

// Fast compresses in little time what is read again by nobody but Fast.Expand (as
// Zstandard does). Brotli and gzip take ten times as long for what it packs best: the
// same words again and again, far apart. It may be used concurrently.
type Fast struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// most is the greatest size of what is expanded.
const most = 1 << 30

// NewFast returns one for so many users at a time.
func NewFast(users int) (*Fast, error) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(users), zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, err
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(users), zstd.WithDecoderMaxMemory(most), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return &Fast{e, d}, nil
}

// Compress appends the compressed bytes to out.
func (f *Fast) Compress(out, body []byte) []byte { return f.encoder.EncodeAll(body, out) }

// Expand returns the bytes that were compressed. The error is for what was not.
func (f *Fast) Expand(data []byte) ([]byte, error) { return f.decoder.DecodeAll(data, nil) }
