package build

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"sync"
	"time"
)

// Snapshot keeps a folder's listings and small files in memory, so that a
// preview need not read a thousand files to see that one of them changed. It is
// as true as what it is told: whoever watches the folder calls Forget for every
// file that changed, and ForgetAll when in doubt. It may be used concurrently.
type Snapshot struct {
	under fs.FS

	mu    sync.Mutex
	dirs  map[string][]fs.DirEntry
	files map[string]kept
}

// kept is a file, or that there is none.
type kept struct {
	info fs.FileInfo
	data []byte
	err  error
}

// snapshotLimit is the size of files that are kept; larger ones are read anew.
const snapshotLimit = 16 << 20

// NewSnapshot returns an empty snapshot of the folder.
func NewSnapshot(fsys fs.FS) *Snapshot {
	s := &Snapshot{under: fsys}
	s.ForgetAll()
	return s
}

// Forget makes the next look at a file, or at the folder it stands in, a fresh one.
func (s *Snapshot) Forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, name)
	delete(s.dirs, path.Dir(name))
}

// ForgetAll makes every look a fresh one.
func (s *Snapshot) ForgetAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dirs, s.files = map[string][]fs.DirEntry{}, map[string]kept{}
}

// ReadDir implements fs.ReadDirFS. The list is the same each time until it is
// forgotten; nobody changes it.
func (s *Snapshot) ReadDir(name string) ([]fs.DirEntry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d, ok := s.dirs[name]; ok {
		return d, nil
	}
	d, err := fs.ReadDir(s.under, name)
	if err == nil {
		s.dirs[name] = d
	}
	return d, err
}

// Open implements fs.FS.
func (s *Snapshot) Open(name string) (fs.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.files[name]
	if !ok {
		f, err := s.under.Open(name)
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				s.files[name] = kept{err: err}
			}
			return nil, err
		}
		info, err := f.Stat()
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if !info.Mode().IsRegular() || info.Size() > snapshotLimit {
			return f, nil
		}
		data, err := io.ReadAll(io.LimitReader(f, snapshotLimit+1))
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		if len(data) > snapshotLimit { // it has grown meanwhile
			return s.under.Open(name)
		}
		k = kept{info: sized{info, int64(len(data))}, data: data}
		s.files[name] = k
	}
	if k.err != nil {
		return nil, k.err
	}
	return &keptFile{bytes.NewReader(k.data), k.info}, nil
}

// sized is a file's information with the size that was really read.
type sized struct {
	fs.FileInfo
	size int64
}

func (i sized) Size() int64 { return i.size }

// ModTime is not kept: nothing may depend on it.
func (i sized) ModTime() time.Time { return time.Time{} }

// Held implements source.Holder.
func (s *Snapshot) Held(name string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.files[name]
	return k.data, ok && k.err == nil
}

type keptFile struct {
	*bytes.Reader
	info fs.FileInfo
}

func (f *keptFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *keptFile) Close() error               { return nil }
