package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Mended is what became of a change that had been cut off. The paths are those of
// the folder, with slashes.
type Mended struct {
	Finished []string // the files of a change that is now done
	Kept     []Kept   // files of it that somebody has changed since; they are as they were left
	Dropped  []string // the files of a change of which nothing was done
	Outside  []string // files that lead out of the folder, or are said to be there; they are as they were
}

// JournalError is the error of a journal that cannot be opened or made use of.
type JournalError struct {
	Name string
	Err  error
}

func (e *JournalError) Error() string { return fmt.Sprintf("read %q: %v", e.Name, e.Err) }

// Unwrap returns what the system said, or ErrForeign.
func (e *JournalError) Unwrap() error { return e.Err }

// ErrForeign says that a journal tells of what is never done in its folder.
var ErrForeign = errors.New("it tells of changes that are not made here")

// Kept is a file that somebody has changed since a change of it was cut off.
type Kept struct {
	Path   string
	Beside string // where what was to be written into it is now; empty if that is lost
}

// keptSuffix is how the files end that were to be put where something else stands
// by now. Such a name is read by nobody.
const keptSuffix = ".unfinished~"

// Mend finishes what a program that was killed had begun to change in the folder. A
// change that a living program is at is left to it.
func (f Folder) Mend() (m Mended, err error) {
	held, err := f.left(os.O_RDWR)
	if held == nil || err != nil {
		return m, err
	}
	m, err = f.mend(held)
	if errors.Is(err, ErrForeign) {
		return m, held.Close()
	}
	if err != nil {
		return m, errors.Join(err, held.Close())
	}
	release(held)
	return m, nil
}

// Unfinished are the files of a change that was cut off half-way and waits for Mend.
func (f Folder) Unfinished() ([]string, error) {
	held, err := f.left(os.O_RDONLY)
	if held == nil || err != nil {
		return nil, err
	}
	defer held.Close()
	j, err := readJournal(held)
	if err != nil || !j.Ready || f.foreign(j) {
		return nil, err
	}
	return j.paths(), nil
}

// patience is how often a look is taken whether who holds the lock is still at work: a
// change does not take long, and a program that was just begun can hold for a moment
// what the one that began it had open.
const patience = 20

// left is the journal that a program which is no more has left, locked; nil for none.
func (f Folder) left(flag int) (held *os.File, err error) {
	name := f.file(JournalName)
	for range patience {
		info, err := os.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, fs.ErrPermission) {
			return nil, nil // nobody who may not search the folder changes files in it
		}
		if err == nil && !info.Mode().IsRegular() {
			err = errIrregular
		}
		if err == nil {
			held, err = os.OpenFile(name, flag, 0)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, &JournalError{name, cause(err)}
		}
		got, err := tryLock(held)
		if (got || errors.Is(err, errors.ErrUnsupported)) && isFile(held, name) {
			return held, nil
		}
		held.Close()
		time.Sleep(lockStep)
	}
	return nil, nil
}

// mostJournal is how long a journal can be that is read.
const mostJournal = 16 << 20

// readJournal reads the last line that is whole.
func readJournal(held *os.File) (j journal, err error) {
	info, err := held.Stat()
	if err == nil && info.Size() > mostJournal {
		err = errIrregular
	}
	text := make([]byte, 0)
	if err == nil {
		text = make([]byte, info.Size())
		_, err = held.ReadAt(text, 0)
	}
	if err != nil {
		return j, &JournalError{held.Name(), cause(err)}
	}
	for line := range bytes.Lines(text) {
		var next journal
		if bytes.HasSuffix(line, []byte("\n")) && json.Unmarshal(line, &next) == nil {
			j = next
		}
	}
	j.Files = slices.DeleteFunc(j.Files, func(e *entry) bool { return e == nil })
	return j, nil
}

func (j journal) paths() []string {
	var all []string
	for _, e := range j.Files {
		all = append(all, e.Path)
	}
	return all
}

// foreign reports whether a journal tells of what is not done in the folder.
func (f Folder) foreign(j journal) bool {
	return f.OnlyNew && slices.ContainsFunc(j.Files, func(e *entry) bool { return e.Was != "" || e.Is == "" })
}

// mend does what Mend says. The journal may have come with a folder of a stranger:
// nothing is touched but files in the folder, and only to what a change has left.
func (f Folder) mend(held *os.File) (m Mended, err error) {
	j, err := readJournal(held)
	if err != nil {
		return m, err
	}
	if f.foreign(j) {
		return m, &JournalError{held.Name(), ErrForeign}
	}
	root, err := resolve(f.Dir)
	if err != nil {
		return m, failed(f.Dir, err)
	}
	j.Files = slices.DeleteFunc(j.Files, func(e *entry) bool {
		if wrongPath(e.Path) == "" {
			target, err := resolve(f.file(e.Path))
			if e.target = target; err == nil && within(filepath.Dir(target), root) {
				return false
			}
		}
		m.Outside = append(m.Outside, e.Path)
		return true
	})
	if !j.Ready {
		for _, e := range j.Files {
			// A single file is replaced in one step, which may have been the last.
			if now, err := sumNow(e.target); err == nil && now == e.Is {
				m.Finished = append(m.Finished, e.Path)
			} else {
				m.Dropped = append(m.Dropped, e.Path)
			}
			f.sweep(e.target)
		}
		for i, d := range j.Folders {
			if j.Folders[i] = f.file(d); wrongPath(d) != "" {
				j.Folders[i] = ""
			}
		}
		removeDirs(slices.DeleteFunc(j.Folders, func(d string) bool { return d == "" }))
		return m, nil
	}
	for _, e := range j.Files {
		kept, err := f.finish(e)
		if err != nil {
			return m, failed(f.file(e.Path), err)
		}
		if kept != nil {
			m.Kept = append(m.Kept, *kept)
		} else {
			m.Finished = append(m.Finished, e.Path)
		}
		f.sweep(e.target)
	}
	return m, nil
}

// finish does what is left to do of a file; kept is it if it is neither what it was
// nor what it was to be, and stays.
func (f Folder) finish(e *entry) (kept *Kept, err error) {
	now, err := sumNow(e.target)
	if err != nil {
		return nil, err
	}
	if now == e.Is {
		return nil, nil
	}
	temp := filepath.Join(filepath.Dir(e.target), e.Temp)
	made := e.Is != "" && strings.HasPrefix(e.Temp, tempPrefix(e.target)) && path.Base(filepath.ToSlash(e.Temp)) == e.Temp
	if made {
		info, err := os.Lstat(temp)
		if made = err == nil && info.Mode().IsRegular(); made {
			body, err := os.ReadFile(temp)
			made = err == nil && sum(body) == e.Is
		}
	}
	switch {
	case now == e.Was && e.Is == "":
		if err := f.step("remove", e.target); err != nil {
			return nil, err
		}
		return nil, os.Remove(e.target)
	case now == e.Was && made:
		if err := f.step("rename", e.target); err != nil {
			return nil, err
		}
		if err := os.Rename(temp, e.target); err != nil {
			return nil, err
		}
		return nil, syncDir(filepath.Dir(e.target))
	case made:
		suffix, err := putAside(temp, e.target)
		if err != nil {
			return nil, err
		}
		return &Kept{Path: e.Path, Beside: e.Path + suffix}, nil
	}
	return &Kept{Path: e.Path}, nil
}

// putAside gives a file a name beside another one, which nothing has yet, and returns
// what it ends on.
func putAside(name, target string) (suffix string, err error) {
	suffix = keptSuffix
	for i := 2; ; i++ {
		if _, err := os.Lstat(target + suffix); errors.Is(err, fs.ErrNotExist) {
			return suffix, os.Rename(name, target+suffix)
		} else if err != nil {
			return "", err
		}
		suffix = fmt.Sprintf(".unfinished-%d~", i)
	}
}

// sweep removes the new files that were left beside one.
func (f Folder) sweep(target string) {
	entries, err := os.ReadDir(filepath.Dir(target))
	if err != nil {
		return
	}
	for _, e := range entries {
		rest, ours := strings.CutPrefix(e.Name(), tempPrefix(target))
		if ours && strings.Trim(rest, "0123456789") == "" && e.Type().IsRegular() {
			os.Remove(filepath.Join(filepath.Dir(target), e.Name()))
		}
	}
}
