// Package watch says when something under some files and folders may have
// changed. It does not say what: an editor's save is a rename, a truncation, a
// burst of temporary files, and the system's reports of it are late, doubled and
// wrong about paths. So a change only means "dirty", and whoever is told looks
// at the files themselves. It knows nothing of what is watched.
package watch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options of Watch; the zero value is good.
type Options struct {
	// Quiet is how long nothing must happen after a change before it is told.
	// It is short, as the reader waits for it: a save seen half-way is told
	// again when it is whole. 1 ms if zero.
	Quiet time.Duration
	// Longest is how long a storm of changes can hold a call back. 100 ms if
	// zero.
	Longest time.Duration
	// Settle is how long after the last report of single files the caller is
	// told to look at everything once, so that a report the system failed to
	// give is made good. 1 s if zero.
	Settle time.Duration
	// Poll, if above zero, looks at all files this often instead of having
	// changes reported. It is also what Watch falls back to, with half a
	// second, where the system cannot report.
	Poll time.Duration
	// Trouble, if set, is told that watching is poorer than it should be and
	// why. It is called from Watch's own goroutine.
	Trouble func(error)
}

// ErrUnreported says that a file changed and the system did not tell.
var ErrUnreported = errors.New("a file changed without a report of it, as in folders of containers and on network drives")

const (
	defaultQuiet   = time.Millisecond
	defaultSettle  = time.Second
	defaultLongest = 100 * time.Millisecond
	defaultPoll    = 500 * time.Millisecond
	// heartbeat is how often a look is taken whether each root is still the
	// one that is watched. It finds what no report tells: a folder far above a
	// root was renamed, or a network drive came back.
	heartbeat = time.Second
	// review is how often a look is taken whether all that changed was reported,
	// and reviewShare how many times longer than the look it is at least: folders
	// of a hundred thousand files are looked at more rarely.
	review      = 500 * time.Millisecond
	reviewShare = 50
)

// Change is what Watch tells of.
type Change struct {
	// Files are the files that were reported as changed, made or removed since
	// the last call, absolute and sorted. Links in the roots are resolved.
	Files []string
	// All tells that anything may have changed, Files or not: at the first
	// call, when folders came or went, when reports were lost, and once after
	// things have settled.
	All bool
}

// Watch calls dirty once as soon as everything is watched, so that nothing
// between a first look and the watching is missed, and then after every change
// in or of the roots, until ctx is done. It returns once the last call of dirty
// has. Its error is that of bad arguments, or else nil.
//
// Roots are files or folders, and folders are watched with all below them. A
// root need not exist: it is watched for, as is one that goes away. Links are
// followed at a root, not below it.
//
// Calls of dirty never overlap. Changes during a call lead to one more call
// after it, so the last call always began after the last change. A change of
// permissions alone is not one.
//
// Some folders let themselves be watched and report nothing, as those of a host
// in a container. So a look is taken now and then; once it finds a change that
// was not reported, Trouble is told, and files are looked at from then on.
func Watch(ctx context.Context, roots []string, opts Options, dirty func(context.Context, Change)) error {
	if len(roots) == 0 {
		return errors.New("watch: no files or folders given")
	}
	w := watcher{opts: opts}
	for _, r := range roots {
		abs, err := filepath.Abs(r)
		if err != nil {
			return fmt.Errorf("watch %q: %w", r, err)
		}
		w.roots = append(w.roots, abs)
	}
	if w.opts.Quiet <= 0 {
		w.opts.Quiet = defaultQuiet
	}
	if w.opts.Settle <= 0 {
		w.opts.Settle = defaultSettle
	}
	if w.opts.Longest <= 0 {
		w.opts.Longest = defaultLongest
	}
	if w.opts.Poll > 0 {
		w.poll(ctx, dirty)
		return nil
	}
	err := w.renew()
	if err == nil {
		err = w.run(ctx, dirty)
	}
	if err != nil {
		w.fallBack(ctx, err, dirty)
	}
	w.close()
	return nil
}

// close ends the system's reports, if there are any.
func (w *watcher) close() {
	if w.fs != nil {
		w.fs.Close()
		w.fs = nil
	}
}

// watcher is the state of one Watch.
type watcher struct {
	opts  Options
	roots []string // absolute, as given

	// What follows is made anew by renew.
	fs   *fsnotify.Watcher
	dirs map[string]bool // folders watched because they are in a root
	near []string        // paths whose coming and going matters: roots, and what is on the way to them
	ids  []os.FileInfo   // by root; nil where there is none
}

// run tells of changes until ctx is done or watching breaks.
func (w *watcher) run(ctx context.Context, dirty func(context.Context, Change)) error {
	done := make(chan struct{}, 1)
	call := func(c Change) {
		go func() {
			dirty(ctx, c)
			done <- struct{}{}
		}()
	}
	calling := true
	call(Change{All: true})
	defer func() {
		if calling {
			<-done
		}
	}()

	quiet, longest, settle := time.NewTimer(0), time.NewTimer(0), time.NewTimer(0)
	quiet.Stop()
	longest.Stop()
	settle.Stop()
	defer settle.Stop()
	beat := time.NewTicker(heartbeat)
	defer quiet.Stop()
	defer longest.Stop()
	defer beat.Stop()
	reviewing := time.NewTimer(review)
	defer reviewing.Stop()

	was := w.look()                // as the files were when all that changed had been reported
	reported, late := false, false // since the last review; a change was not reported then
	var changed, ripe, stale bool  // something happened; and it is time to tell; and folders came or went
	all := false                   // not every report is of a single file
	files := map[string]bool{}
	for {
		if ripe && !calling {
			if stale {
				// Before the call: what is in a new folder by now is seen by
				// the call, and what comes later is reported.
				if err := w.renew(); err != nil {
					return err
				}
			}
			c := Change{Files: slices.Sorted(maps.Keys(files)), All: all || stale}
			if !c.All {
				settle.Reset(w.opts.Settle)
			}
			changed, ripe, stale, all, calling = false, false, false, false, true
			clear(files)
			quiet.Stop()
			longest.Stop()
			call(c)
		}
		mark := func() {
			if !changed {
				changed = true
				longest.Reset(w.opts.Longest)
			}
			quiet.Reset(w.opts.Quiet)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-done:
			calling = false
		case <-quiet.C:
			ripe = true
		case <-longest.C:
			ripe = true
		case <-settle.C:
			all, ripe = true, true
		case <-beat.C:
			if w.moved() {
				stale = true
				mark()
			}
		case <-reviewing.C:
			begun := time.Now()
			now := w.look()
			reviewing.Reset(max(review, reviewShare*time.Since(begun)))
			switch {
			case reported || stale || maps.Equal(was, now):
				was, late = now, false
			case late:
				return ErrUnreported
			default: // a report may be on its way
				late = true
			}
			reported = false
		case e, ok := <-w.fs.Events:
			if !ok {
				return errors.New("the system stopped reporting changes")
			}
			reported = true
			c, s := w.judge(e)
			stale = stale || s
			if c {
				files[e.Name] = true
				mark()
			}
		case err, ok := <-w.fs.Errors:
			if !ok {
				return errors.New("the system stopped reporting changes")
			}
			// Too many events at once, and some are lost, or something
			// stranger: all folders are looked at anew.
			_ = err
			stale, reported = true, true
			mark()
		}
	}
}

// judge says whether an event is a change, and whether it makes the set of
// watched folders stale.
func (w *watcher) judge(e fsnotify.Event) (changed, stale bool) {
	const real = fsnotify.Create | fsnotify.Write | fsnotify.Remove | fsnotify.Rename
	if e.Op&real == 0 {
		return false, false
	}
	for _, p := range w.near {
		if e.Name == p {
			// A file among the roots that is replaced leaves the folders as
			// they are.
			info, err := os.Lstat(p)
			return true, w.dirs[p] || err == nil && !info.Mode().IsRegular()
		}
	}
	if !w.dirs[filepath.Dir(e.Name)] && !w.dirs[e.Name] {
		return false, false // a neighbour of a root
	}
	if w.dirs[e.Name] {
		return true, e.Op&(fsnotify.Create|fsnotify.Remove|fsnotify.Rename) != 0
	}
	if e.Has(fsnotify.Create) {
		// A file gone by now is no folder; if it was one, there is nothing in it.
		info, err := os.Lstat(e.Name)
		stale = err == nil && info.IsDir()
	}
	return true, stale
}

// renew watches what there is now, from scratch. Mending the old set instead is
// what goes wrong: after a folder is renamed, its watches go on under the old
// paths, and taking one of them away takes the new one with it.
func (w *watcher) renew() error {
	w.close() // what happens until the new one stands is found by the call that follows
	fresh, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	w.fs, w.dirs, w.near, w.ids = fresh, map[string]bool{}, nil, make([]os.FileInfo, len(w.roots))
	for i, root := range w.roots {
		if err := w.add(i, root); err != nil {
			return err
		}
	}
	return nil
}

// add watches one root: itself, and the folders it stands in, so that its
// coming and going is seen.
func (w *watcher) add(i int, root string) error {
	w.ids[i], _ = os.Stat(root)
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		// Watch the nearest folder above that exists for the next name on the
		// way down.
		for p := root; filepath.Dir(p) != p; p = filepath.Dir(p) {
			if ok, err := w.watchNear(p); ok || err != nil {
				return err
			}
		}
		return nil
	}
	if _, err := w.watchNear(root); err != nil {
		return err
	}
	if real != root {
		if _, err := w.watchNear(real); err != nil {
			return err
		}
	}
	return w.addTree(real)
}

// watchNear watches the folder that a path stands in for that path alone.
func (w *watcher) watchNear(p string) (ok bool, err error) {
	dir, err := filepath.EvalSymlinks(filepath.Dir(p))
	if err != nil {
		return false, nil
	}
	if err := w.fs.Add(dir); err != nil {
		return false, gone(err)
	}
	w.near = append(w.near, filepath.Join(dir, filepath.Base(p)))
	return true, nil
}

// addTree watches a folder and all below it. Each is watched before it is
// listed, so one made meanwhile is either listed or reported.
func (w *watcher) addTree(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || w.dirs[dir] {
		return nil
	}
	if err := w.fs.Add(dir); err != nil {
		return gone(err)
	}
	w.dirs[dir] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		// Gone again, or closed to us: then nobody can read it either. Any other
		// failure, such as too many open files, must not leave a folder unwatched.
		return gone(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			if err := w.addTree(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// gone forgives an error that says the folder is not there or closed to us.
func gone(err error) error {
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) || strings.Contains(err.Error(), "not a directory") {
		return nil
	}
	return err
}

// moved reports whether a root is no longer the file or folder it was when it
// was last looked for.
func (w *watcher) moved() bool {
	for i, root := range w.roots {
		now, err := os.Stat(root)
		was := w.ids[i]
		if err != nil || was == nil {
			if err == nil || was != nil {
				return true
			}
			continue
		}
		if (was.IsDir() || now.IsDir()) && !os.SameFile(was, now) {
			return true
		}
	}
	return false
}

func (w *watcher) fallBack(ctx context.Context, err error, dirty func(context.Context, Change)) {
	if ctx.Err() != nil {
		w.close()
		return
	}
	if w.opts.Trouble != nil {
		w.opts.Trouble(fmt.Errorf("the system does not report changes, so the files are looked at every %v: %w", defaultPoll, err))
	}
	w.close()
	w.opts.Poll = defaultPoll
	w.poll(ctx, dirty)
}
