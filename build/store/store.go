// Package store keeps on disk, from one run to the next, what was dear to make.
// It is a memory and no more: every entry can be made again from what its key
// stands for. The folder may be deleted at any time, also while it is used;
// several programs may use it at once; an entry that is damaged is as good as
// not there. It knows keys and bytes, not what they mean.
//
// An entry is one file, named by its key, that begins with the sum of what it
// holds. (The cache of the go command, which this is modelled on, keeps two
// files an entry and throws away by age alone: for many small entries that is
// twice the work, and no bound.) What was not used for longest goes first once
// the folder has grown past its limit.
package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Key stands for all that an entry was made of.
type Key [sha256.Size]byte

// Limit is how many bytes a store holds between two runs.
const Limit = 512 << 20

// mark is the file at the top of a store, by which it is known as one.
const (
	mark     = "CACHEDIR.TAG"
	markText = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by stele, and safe to delete. See https://bford.info/cachedir/\n"
)

// Store is a folder of entries. A nil *Store holds nothing and takes nothing. Its
// methods may be called concurrently.
type Store struct {
	dir   string
	limit int64

	mu      sync.Mutex
	written int64 // bytes, since Open or Trim
	used    int64 // bytes that were read or written, since Open
	trimmed bool
}

// ErrForeign is returned for a folder of other files.
var ErrForeign = errors.New("it is not empty and is no store of stele")

// Open returns the store in the folder, which is made if need be. A folder that
// holds anything else is refused.
func Open(dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	ours := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == mark })
	if len(entries) > 0 && !ours {
		return nil, ErrForeign
	}
	if !ours {
		if err := os.WriteFile(filepath.Join(dir, mark), []byte(markText), 0o666); err != nil {
			return nil, err
		}
	}
	return &Store{dir: dir, limit: Limit}, nil
}

// file is where the entry stands. Two letters make folders of a size that every
// file system likes.
func (s *Store) file(k Key) string {
	name := hex.EncodeToString(k[:])
	return filepath.Join(s.dir, name[:2], name[2:])
}

// fresh is how old the time of an entry may be before a use renews it: by it
// the entries are told that nobody uses. Of a file that is no entry it tells that
// nobody writes it any more.
const (
	fresh     = time.Hour
	abandoned = 24 * time.Hour
)

// Get returns what was put under the key; nobody else has the bytes.
func (s *Store) Get(k Key) ([]byte, bool) {
	if s == nil {
		return nil, false
	}
	name := s.file(k)
	data, err := os.ReadFile(name)
	if err != nil || len(data) < sha256.Size {
		return nil, false
	}
	sum, body := data[:sha256.Size], data[sha256.Size:]
	if now := sha256.Sum256(body); !bytes.Equal(sum, now[:]) {
		os.Remove(name)
		return nil, false
	}
	s.use(len(data))
	if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > fresh {
		now := time.Now()
		_ = os.Chtimes(name, now, now) // if it fails, the entry goes sooner
	}
	return body, true
}

// use counts bytes that were read or written.
func (s *Store) use(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used += int64(n)
}

// PutIfRoom is Put as long as what was read and put since Open has room in the store,
// and tells whether it was kept. It is for what is put in great number: if all of it has no
// room, that which is there is to stay, and not to be put out by the rest at each run.
func (s *Store) PutIfRoom(k Key, body []byte) bool {
	if s == nil {
		return false
	}
	s.mu.Lock()
	full := s.used+int64(len(body)) > s.limit/8*7
	s.mu.Unlock()
	if full {
		return false
	}
	return s.Put(k, body)
}

// Put keeps the bytes under the key, and tells whether it could. What could not be kept
// will be made again.
func (s *Store) Put(k Key, body []byte) bool {
	if s == nil || int64(len(body)) > s.limit/4 {
		return false
	}
	name := s.file(k)
	dir := filepath.Dir(name)
	temp, err := os.CreateTemp(dir, "new-*")
	if errors.Is(err, fs.ErrNotExist) {
		if os.MkdirAll(dir, 0o777) != nil {
			return false
		}
		temp, err = os.CreateTemp(dir, "new-*")
	}
	if err != nil {
		return false
	}
	sum := sha256.Sum256(body)
	_, err = temp.Write(sum[:])
	if err == nil {
		_, err = temp.Write(body)
	}
	// Nothing is synced: what a crash leaves half-written, Get does not take.
	if errors.Join(err, temp.Close()) != nil || os.Rename(temp.Name(), name) != nil {
		os.Remove(temp.Name())
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written += int64(len(body))
	s.used += int64(len(body))
	return true
}

// Trim brings the store back to its limit: what was not used for longest goes.
// It costs nothing in a run that has put nothing, or little since it was called.
func (s *Store) Trim() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.written == 0 || s.trimmed && s.written < s.limit/16 {
		return
	}
	s.written, s.trimmed = 0, true
	type entry struct {
		name string
		size int64
		used time.Time
	}
	var all []entry
	total := int64(0)
	now := time.Now()
	_ = filepath.WalkDir(s.dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Dir(p) == s.dir {
			return nil //nolint:nilerr // another run may have removed it
		}
		info, err := d.Info()
		if err != nil {
			return nil //nolint:nilerr // as above
		}
		if len(d.Name()) != 2*sha256.Size-2 {
			if now.Sub(info.ModTime()) > abandoned { // left by a run that was killed
				os.Remove(p)
			}
			return nil
		}
		all = append(all, entry{p, info.Size(), info.ModTime()})
		total += info.Size()
		return nil
	})
	slices.SortFunc(all, func(a, b entry) int { return a.used.Compare(b.used) })
	for _, e := range all {
		if total <= s.limit {
			return
		}
		if os.Remove(e.name) == nil {
			total -= e.size
		}
	}
}
