package watch

import (
	"context"
	"io/fs"
	"maps"
	"path/filepath"
	"time"
)

// stamp is what tells that a file may have changed, without reading it.
type stamp struct {
	mode  fs.FileMode // its type alone
	size  int64
	mtime int64
	ctime int64 // of the inode, where the system has it: no program can set it back
	inode uint64
}

// poll looks at all files again and again. It does not debounce: a look is
// slower than a save.
func (w *watcher) poll(ctx context.Context, dirty func(context.Context, Change)) {
	tick := time.NewTicker(w.opts.Poll)
	defer tick.Stop()
	was := w.look()
	dirty(ctx, Change{All: true})
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		// The look comes before the call, so a change during it is found by
		// the next one.
		if now := w.look(); !maps.Equal(was, now) {
			was = now
			dirty(ctx, Change{All: true})
		}
	}
}

func (w *watcher) look() map[string]stamp {
	seen := map[string]stamp{}
	for _, root := range w.roots {
		real, err := filepath.EvalSymlinks(root)
		if err != nil {
			continue
		}
		// An error hides a file or folder; so does it from whoever is told.
		_ = filepath.WalkDir(real, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if info, err := d.Info(); err == nil {
				s := stamp{mode: info.Mode().Type(), size: info.Size(), mtime: info.ModTime().UnixNano()}
				if info.IsDir() {
					// Its files speak for it; the time of a folder changes
					// with every backup file.
					s = stamp{mode: s.mode}
				} else {
					s.ctime, s.inode = inodeOf(info)
				}
				seen[p] = s
			}
			return nil
		})
	}
	return seen
}
