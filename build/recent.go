package build

import "sync"

// recentBytes is how much of what was made is kept, at most twice.
const recentBytes = 16 << 20

// recent keeps the files that were asked for last: a reader who goes back and
// forth waits once, and one who sees every page of a large site does not make the
// preview hold all of it. Its zero value is ready.
type recent struct {
	mu         sync.Mutex
	young, old map[string][]byte
	size       int // of young
}

func (r *recent) get(path string) ([]byte, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if b, ok := r.young[path]; ok {
		return b, true
	}
	b, ok := r.old[path]
	if ok {
		r.put(path, b)
	}
	return b, ok
}

func (r *recent) add(path string, b []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.put(path, b)
}

func (r *recent) put(path string, b []byte) {
	if r.young == nil || r.size > recentBytes {
		r.young, r.old, r.size = map[string][]byte{}, r.young, 0
	}
	r.young[path] = b
	r.size += len(b)
}
