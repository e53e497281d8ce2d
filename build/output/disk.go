package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// Names beside the target "public": ".public.lock" and so on.
const (
	lockSuffix  = ".lock"
	stageSuffix = ".stele-stage-"
	asideSuffix = ".stele-old"
)

func beside(target, suffix string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+suffix)
}

// mend clears away what a killed run left. The caller holds the lock, so no
// living run owns any of it.
func mend(target string) error {
	aside := beside(target, asideSuffix)
	if info, err := os.Lstat(aside); err == nil && info.IsDir() { // which somebody may have named so
		ours, err := marked(aside)
		if err != nil {
			return cause(err)
		}
		if ours {
			if err := putAway(aside, target); err != nil {
				return err
			}
		}
	}
	entries, err := os.ReadDir(filepath.Dir(target))
	if err != nil {
		return cause(err)
	}
	for _, e := range entries {
		p := filepath.Join(filepath.Dir(target), e.Name())
		if strings.HasPrefix(p, beside(target, stageSuffix)) {
			if left := removeAll(p); left != "" {
				return fmt.Errorf("remove %q, left by a stopped build", left)
			}
		}
	}
	return nil
}

// putAway makes the old site, moved aside by a run that was killed, the target if
// there is none, and else a stage, to be removed: only a whole one has our mark.
func putAway(aside, target string) error {
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(aside, target); err != nil {
			return fmt.Errorf("put back the old site from %q: %w", aside, cause(err))
		}
		return nil
	}
	away := beside(target, stageSuffix) + "old"
	if left := removeAll(away); left != "" {
		return fmt.Errorf("remove %q, left by a stopped build", left)
	}
	if err := os.Rename(aside, away); err != nil {
		return fmt.Errorf("remove %q, left by a stopped build: %w", aside, cause(err))
	}
	return nil
}

// exchange puts the stage in the target's place and returns where the old
// tree, if there was one, is now.
func exchange(stage, target string, replace bool) (aside string, err error) {
	if !replace {
		if err := os.Rename(stage, target); err != nil {
			return "", fmt.Errorf("move the new site into place: %w", cause(err))
		}
		return "", nil
	}
	err = swap(stage, target)
	if err == nil {
		return stage, nil
	}
	if !errors.Is(err, errors.ErrUnsupported) {
		return "", fmt.Errorf("exchange the old site and the new: %w", cause(err))
	}
	return exchangeInTwo(stage, target)
}

// exchangeInTwo is exchange where the system has no such call.
func exchangeInTwo(stage, target string) (aside string, err error) {
	aside = beside(target, asideSuffix)
	if err := os.Rename(target, aside); err != nil {
		return "", fmt.Errorf("move the old site aside: %w", cause(err))
	}
	if err := os.Rename(stage, target); err != nil {
		if back := os.Rename(aside, target); back != nil {
			return "", fmt.Errorf("move the new site into place: %w; the old one is in %q", cause(err), aside)
		}
		return "", fmt.Errorf("move the new site into place: %w", cause(err))
	}
	// Under this name it is ours even when it is half removed.
	if os.Rename(aside, stage) == nil {
		return stage, nil
	}
	return aside, nil
}

// removeAll removes a tree and returns its path if it could not. It tries more
// than once: a scanner or an indexer may be looking at a file just now.
func removeAll(dir string) (left string) {
	for try := range 4 {
		if os.RemoveAll(dir) == nil {
			return ""
		}
		time.Sleep(time.Duration(try) * 10 * time.Millisecond)
	}
	return dir
}

// lockWait is how long a run waits for another one that writes to the same
// target.
const (
	lockWait = 30 * time.Second
	lockStep = 10 * time.Millisecond
)

// lock takes the lock file, waiting for whoever holds it. A file system that
// knows no locks does not stop publishing.
func lock(ctx context.Context, name string) (held *os.File, err error) {
	step := time.NewTicker(lockStep)
	defer step.Stop()
	for range lockWait / lockStep {
		// A link set here by a stranger would make the file it leads to.
		if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%q is not the lock file of a build; remove it", name)
		}
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, fmt.Errorf("make the lock file %q: %w", name, cause(err))
		}
		got, err := tryLock(f)
		if err != nil && !errors.Is(err, errors.ErrUnsupported) {
			f.Close()
			return nil, fmt.Errorf("lock %q: %w", name, err)
		}
		// The holder before us removes the file when it is done: then what we
		// have locked is no longer what the next one will open.
		if (got || err != nil) && isFile(f, name) {
			return f, nil
		}
		f.Close()
		if got {
			continue
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-step.C:
		}
	}
	return nil, &LockedError{name}
}

// release lets a lock go and removes its file: before, or it might be another's by
// then. Windows removes no file that is open; an empty one says nothing.
func release(held *os.File) {
	_ = held.Truncate(0)
	removed := os.Remove(held.Name())
	held.Close()
	if removed != nil && runtime.GOOS == "windows" {
		os.Remove(held.Name())
	}
}

func isFile(f *os.File, name string) bool {
	a, err := f.Stat()
	if err != nil {
		return false
	}
	b, err := os.Stat(name)
	return err == nil && os.SameFile(a, b)
}

// fill writes a new file, gives it its mode and closes it.
func fill(f *os.File, body []byte, mode fs.FileMode) (err error) {
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(body); err != nil {
		return err
	}
	if runtime.GOOS == "windows" {
		return nil
	}
	return f.Chmod(mode) // the umask may have taken bits away
}

func syncFile(name string) (err error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Sync()
}

// syncDir brings the names in a folder to the disk, on systems that let a
// program ask for it.
func syncDir(name string) (err error) {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Sync()
}

// WriteFile replaces the file at name by one with these bytes, or makes it, so
// that every reader and every crash sees the old file or the new one, whole. It
// keeps the mode of the file it replaces and writes through a link. A file that
// has these bytes already is not touched.
func WriteFile(name string, body []byte) error {
	temp, target, err := replacement(name, body)
	if temp == "" && err == nil {
		return nil
	}
	if err == nil {
		if err = syncFile(temp); err == nil {
			err = os.Rename(temp, target)
		}
		if err != nil {
			os.Remove(temp)
		}
	}
	if err == nil {
		err = syncDir(filepath.Dir(target))
	}
	if err != nil {
		return failed(name, err)
	}
	return nil
}

// errIrregular is what there is to say of pipes and devices.
var errIrregular = fmt.Errorf("not a regular file: %w", fs.ErrInvalid)

// replacement writes the new file beside the one that it is to replace; there is none
// where nothing would change.
func replacement(name string, body []byte) (temp, target string, err error) {
	if target, err = resolve(name); err != nil {
		return "", "", err
	}
	mode := fileMode
	if info, err := os.Stat(target); err == nil {
		if info.IsDir() {
			return "", "", syscall.EISDIR
		}
		if !info.Mode().IsRegular() {
			return "", "", errIrregular
		}
		mode = info.Mode().Perm()
		if old, err := os.ReadFile(target); err == nil && string(old) == string(body) {
			return "", "", nil
		}
	}
	file, err := os.CreateTemp(filepath.Dir(target), tempPrefix(target)+"*")
	if err != nil {
		return "", "", err
	}
	if err := fill(file, body, mode); err != nil {
		os.Remove(file.Name())
		return "", "", err
	}
	return file.Name(), target, nil
}
