package output

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
)

// Known is a file that somebody knows without having its bytes.
type Known struct {
	Path string
	Size int64
	Sum  [sha256.Size]byte
}

// Holds reports whether dir holds exactly the files and Mark, byte for byte, and
// their twins by their times, so that Publish would touch nothing. Whatever is in its way is no error here: then
// it does not hold them, and Publish will say why.
func Holds(ctx context.Context, dir string, files []Known, opts Options) bool {
	target, err := locate(dir, opts)
	if err != nil {
		return false
	}
	held, err := lock(ctx, beside(target, lockSuffix))
	if err != nil {
		return false
	}
	defer release(held)
	if mend(target) != nil {
		return false
	}
	old, err := scan(dir, target)
	if err != nil || old == nil {
		return false
	}
	folders := map[string]bool{".": true}
	names := map[string]bool{Mark: true}
	for _, f := range files {
		names[f.Path] = true
		for d := path.Dir(f.Path); !folders[d]; d = path.Dir(d) {
			folders[d] = true
		}
		info := old[f.Path]
		if info == nil || info.Size() != f.Size || info.Mode() != wantMode(fileMode, info) {
			return false
		}
	}
	for _, f := range files {
		if !opts.twinned(f.Path, f.Size) {
			continue
		}
		for _, t := range opts.Twins {
			name := f.Path + t.Suffix
			if names[name] {
				continue // a file of the tree's own
			}
			if names[name] = true; !twinOf(old[name], old[f.Path]) {
				return false
			}
		}
	}
	if len(old) != len(folders)+len(names) {
		return false
	}
	for d := range folders {
		if info := old[d]; info == nil || !info.IsDir() || info.Mode() != wantMode(os.ModeDir|dirMode, info) {
			return false
		}
	}
	sum := sha256.Sum256([]byte(markText))
	files = append(files[:len(files):len(files)], Known{Mark, int64(len(markText)), sum})
	var differs atomic.Bool
	each(ctx, len(files), func(i int, buf []byte) bool {
		if sum, err := sumOf(filepath.Join(target, filepath.FromSlash(files[i].Path)), buf); err != nil || sum != files[i].Sum {
			differs.Store(true)
		}
		return !differs.Load()
	})
	return !differs.Load() && ctx.Err() == nil
}

// each does something n times, as many at once as there are processors, until one of
// them is false or ctx is done. Nobody else has the buffer meanwhile.
func each(ctx context.Context, n int, do func(i int, buf []byte) bool) {
	var next atomic.Int64
	var ends atomic.Bool
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			buf := make([]byte, 64<<10)
			for !ends.Load() && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if !do(i, buf) {
					ends.Store(true)
				}
			}
		})
	}
	wg.Wait()
}

// Count returns how many files dir holds with these: them, their twins and Mark.
func (o Options) Count(files []Known) int {
	names := map[string]bool{Mark: true}
	for _, f := range files {
		names[f.Path] = true
		if o.twinned(f.Path, f.Size) {
			for _, t := range o.Twins {
				names[f.Path+t.Suffix] = true
			}
		}
	}
	return len(names)
}

func sumOf(name string, buf []byte) (sum [sha256.Size]byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	for {
		n, err := f.Read(buf)
		h.Write(buf[:n])
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return sum, fmt.Errorf("read %q: %w", name, err)
		}
	}
	h.Sum(sum[:0])
	return sum, nil
}
