package search

import "math/bits"

// bitWriter packs numbers, the highest bit first.
type bitWriter struct {
	bytes []byte
	open  uint64 // bits that do not fill a byte yet, at the low end
	n     int    // how many they are
}

// size is how many bits were written.
func (w *bitWriter) size() int { return 8*len(w.bytes) + w.n }

// low writes the n low bits of v, 32 at most.
func (w *bitWriter) low(v uint32, n int) {
	w.open = w.open<<n | uint64(v)&(1<<n-1)
	w.n += n
	for w.n >= 8 {
		w.n -= 8
		w.bytes = append(w.bytes, byte(w.open>>w.n))
	}
}

// filled are the bytes with the last filled up.
func (w *bitWriter) filled() []byte {
	if w.n == 0 {
		return w.bytes
	}
	return append(w.bytes, byte(w.open<<(8-w.n)))
}

// gamma writes a number from 1 on in Elias's code.
func (w *bitWriter) gamma(v uint32) {
	k := bits.Len32(v)
	w.low(0, k-1)
	w.low(v, k)
}

// rice writes a number whose low bits stand as they are.
func (w *bitWriter) rice(v uint32, low int) {
	for q := v >> low; ; q -= 32 {
		if q < 32 {
			w.low(1<<(q+1)-2, int(q)+1)
			break
		}
		w.low(1<<32-1, 32)
	}
	w.low(v, low)
}

// riceOf is how many low bits of the gaps stand as they are, of n numbers below a
// limit: as their mean suggests.
func riceOf(n, limit int) int { return max(bits.Len(uint(limit/n))-1, 0) }

// numbering says how passages are numbered through all parts.
type numbering struct {
	first []int    // of each part; at the end, how many passages there are
	part  []uint32 // of each passage
}

// list writes the passages that have a key: of how many parts they are, how many
// they are beyond one of each, and for each part, how many parts come between it and
// the one before, how many passages it has, and which they are. So a passage more in
// one part changes the lists that name that part, and no others.
func (w *bitWriter) list(list []uint32, in *numbering) {
	parts := 1
	for i := 1; i < len(list); i++ {
		if in.part[list[i]] != in.part[list[i-1]] {
			parts++
		}
	}
	w.gamma(uint32(parts))
	more := len(list) - parts
	w.gamma(uint32(more) + 1)
	low, counts := riceOf(parts, len(in.first)-1), riceOf(parts, more)
	next := uint32(0)
	for i := 0; i < len(list); {
		part := in.part[list[i]]
		first, passages := uint32(in.first[part]), in.first[part+1]-in.first[part]
		end := i + 1
		for end < len(list) && in.part[list[end]] == part {
			end++
		}
		w.rice(part-next, low)
		next = part + 1
		if more > 0 {
			w.rice(uint32(end-i-1), counts)
		}
		if end == i+1 {
			w.low(list[i]-first, bits.Len(uint(passages-1)))
			i = end
			continue
		}
		low, next := riceOf(end-i, passages), first
		for ; i < end; i++ {
			w.rice(list[i]-next, low)
			next = list[i] + 1
		}
	}
}

// copyBits writes the bits of a list of bytes from one to another.
func (w *bitWriter) copyBits(from []byte, begin, end int) {
	for begin < end {
		n := min(8-begin%8, end-begin)
		b := uint32(from[begin/8]) >> (8 - begin%8 - n)
		w.low(b, n)
		begin += n
	}
}
