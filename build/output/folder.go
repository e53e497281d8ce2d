package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// Folder is a folder in which several files are changed together: all of them or,
// however the program ends, all or none once Mend has been called.
//
// How it is done: a change holds a lock on the file JournalName in the folder. Into
// it goes first what will be written; then the new files are written beside the old
// ones, under hidden names, and synced; then the journal says that they are ready,
// and what each file held and is to hold; then they are renamed, one after another,
// and the journal is removed. A program that is killed leaves it there. Mend finishes
// what was ready, and takes away what was not.
type Folder struct {
	Dir string // required
	// Step, if set, is called before each thing that is done on the disk, with what it
	// is and to which file; its error is taken for that of the disk. Tests end the
	// program there, or fill the disk.
	Step func(what, name string) error
	// OnlyNew tells that nothing is ever done here but to make files that were not
	// there. A journal that tells of anything else is not ours, and stays untouched.
	OnlyNew bool
}

// JournalName is the file of a Folder in which a change of it is written down.
const JournalName = ".stele-unfinished"

// Ignored are the lines of a .gitignore for what a change that was cut off leaves.
const Ignored = JournalName + "*\n.*.stele-*\n"

// Change is what is to become of a file of a Folder.
type Change struct {
	Path string // in the folder, with slashes
	Body []byte // nil if the file is to go
	New  bool   // it must not be there yet
	// Known tells that Body was made from what the file held as the caller read it,
	// Before, nil if there was none. Where it holds something else by now, nothing of
	// the change is made.
	Known  bool
	Before []byte
}

// ChangedError is the error of a file that somebody else has written since it was
// read: nothing was written over it.
type ChangedError struct {
	Name   string
	Beside string // where it is kept what it held before; empty if that is nowhere else
}

func (e *ChangedError) Error() string { return fmt.Sprintf("%q has changed meanwhile", e.Name) }

// MendedError is the error of a change that found an earlier one cut off and has
// finished that: the files may be others than the caller knows.
type MendedError struct {
	Dir    string
	Mended Mended
}

func (*MendedError) Error() string {
	return "an earlier change had been cut off and was finished just now"
}

// Change makes the changes in their order, with the folders that they need. A file
// that is as it is to be is not touched. Links are written through, and a file keeps
// its mode. If it fails, all files are as they were; where even that cannot be
// brought about, the journal stays, and Mend finishes the change.
//
// What another program writes into a file while the change is made stays: the change
// fails with a ChangedError, and the file is left as that program made it.
//
// Changes of one folder, also by several programs, follow one another.
func (f Folder) Change(ctx context.Context, changes []Change) (err error) {
	if j, err := f.plan(changes); err != nil || len(j.Files) == 0 {
		return err
	}
	outer := f.missing(nil, f.Dir)
	if err := os.MkdirAll(f.Dir, dirMode); err != nil {
		return failed(f.Dir, err)
	}
	c := change{Folder: f}
	defer func() {
		if err != nil && c.whole {
			removeDirs(outer)
		}
	}()
	c.whole = true
	if err := c.open(ctx, len(changes) > 1); err != nil {
		return err
	}
	defer func() {
		// What is done is done, even where the journal cannot be taken away.
		if left := c.close(); err != nil {
			err = errors.Join(err, left)
		}
	}()
	if c.journal, err = f.plan(changes); err != nil { // again, now that nobody else writes
		return err
	}
	if err := c.write(); err != nil {
		return errors.Join(c.takeBack(), err)
	}
	return nil
}

// journal is what a change is, as a line of its file says it.
type journal struct {
	// Folders are those that are made for the files, outer ones first.
	Folders []string `json:"folders,omitempty"`
	Files   []*entry `json:"files"`
	// Ready tells that all new files are on the disk. Before that no old one is touched.
	Ready bool `json:"ready,omitempty"`
}

// entry is a file of a journal.
type entry struct {
	Path string `json:"path"`
	Temp string `json:"temp,omitempty"` // the name of its new file, beside it; empty if it is to go
	Was  string `json:"was,omitempty"`  // the sum of what it held; empty if there was none
	Is   string `json:"is,omitempty"`   // the sum of what it is to hold; empty if it is to go

	target       string // with links resolved
	temp         string
	before, body []byte
	mode         fs.FileMode
	done         bool
}

// change is one call of Folder.Change under its lock.
type change struct {
	Folder
	journal
	held  *os.File // the journal's file; nil where a single file is written without
	whole bool     // all files are as they were, or as they are to be
}

// WriteError is the error of a file that could not be written.
type WriteError struct {
	Name string
	Err  error
}

func (e *WriteError) Error() string { return fmt.Sprintf("write %q: %v", e.Name, e.Err) }

// Unwrap returns what the system said.
func (e *WriteError) Unwrap() error { return e.Err }

func failed(name string, err error) error {
	if errors.As(err, new(*ChangedError)) {
		return err // which names the file
	}
	return &WriteError{name, cause(err)}
}

func (f Folder) step(what, name string) error {
	if f.Step == nil {
		return nil
	}
	return f.Step(what, name)
}

func (f Folder) file(name string) string { return filepath.Join(f.Dir, filepath.FromSlash(name)) }

// plan is what there is to do.
func (f Folder) plan(changes []Change) (j journal, err error) {
	for _, c := range changes {
		if why := wrongPath(c.Path); why != "" {
			return j, fmt.Errorf("path %q %s", c.Path, why)
		}
		name := f.file(c.Path)
		e := &entry{Path: c.Path, body: c.Body, mode: fileMode}
		if e.target, err = resolve(name); err != nil {
			return j, failed(name, err)
		}
		there := false
		switch info, err := os.Stat(e.target); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return j, failed(name, err)
		case c.New:
			return j, failed(name, fs.ErrExist)
		case info.IsDir():
			return j, failed(name, syscall.EISDIR)
		case !info.Mode().IsRegular():
			return j, failed(name, errIrregular)
		default:
			if e.before, err = os.ReadFile(e.target); err != nil {
				return j, failed(name, err)
			}
			e.mode, e.Was, there = info.Mode().Perm(), sum(e.before), true
		}
		if c.Known && (there != (c.Before != nil) || !bytes.Equal(e.before, c.Before)) {
			return j, &ChangedError{Name: name}
		}
		if c.Body != nil {
			e.Is = sum(c.Body)
		}
		j.Files = slices.DeleteFunc(j.Files, func(o *entry) bool { return o.target == e.target }) // the last word counts
		if e.Is == e.Was {
			continue
		}
		j.Files = append(j.Files, e)
		if c.Body != nil {
			j.Folders = f.missing(j.Folders, filepath.Dir(name))
		}
	}
	return j, nil
}

// missing adds the folders that there are not, of one and those around it.
func (f Folder) missing(to []string, dir string) []string {
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) || slices.Contains(to, dir) {
		return to
	}
	return append(f.missing(to, filepath.Dir(dir)), dir)
}

// removeDirs removes folders that were made, of those that are empty.
func removeDirs(dirs []string) {
	for _, d := range slices.Backward(dirs) {
		if info, err := os.Lstat(d); err == nil && info.IsDir() {
			os.Remove(d)
		}
	}
}

// sum tells what a file holds from anything else.
func sum(body []byte) string {
	s := sha256.Sum256(body)
	return hex.EncodeToString(s[:])
}

// open takes the lock.
func (c *change) open(ctx context.Context, several bool) error {
	name := c.file(JournalName)
	if err := c.step("lock", name); err != nil {
		return failed(name, err)
	}
	held, err := lock(ctx, name)
	if err != nil {
		if !several && (errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)) {
			return nil // one file is replaced in one step, whoever may write into its folder alone
		}
		if errors.As(err, new(*LockedError)) || ctx.Err() != nil {
			return err
		}
		return failed(c.Dir, err)
	}
	if info, err := held.Stat(); err == nil && info.Size() > 0 {
		m, err := c.mend(held)
		if err != nil {
			held.Close()
			return err
		}
		release(held)
		return &MendedError{c.Dir, m}
	}
	c.held = held
	return nil
}

// close ends the change; where something is left to be done, the journal stays.
func (c *change) close() error {
	if c.held == nil {
		c.clear()
		return nil
	}
	if !c.whole {
		return c.held.Close()
	}
	name := c.held.Name()
	err := c.step("end", name)
	if err == nil {
		err = c.held.Truncate(0)
	}
	if err != nil { // the journal still tells of the change, and Mend will finish it
		return errors.Join(failed(name, err), c.held.Close())
	}
	c.clear()
	release(c.held)
	return nil
}

// clear removes the new files that were not put in place, and the folders that were
// made for them.
func (c *change) clear() {
	for _, e := range c.Files {
		if e.temp != "" && !e.done {
			os.Remove(e.temp)
		}
	}
	removeDirs(c.Folders)
}

// note writes a line of the journal.
func (c *change) note(what string) error {
	if c.held == nil {
		return nil
	}
	name := c.file(c.Files[0].Path) // which says more to an editor than the journal
	if err := c.step(what, c.held.Name()); err != nil {
		return failed(name, err)
	}
	line := c.journal
	line.Folders = nil
	for _, d := range c.Folders {
		rel, err := filepath.Rel(c.Dir, d)
		if err != nil {
			return failed(name, err)
		}
		line.Folders = append(line.Folders, filepath.ToSlash(rel))
	}
	text, err := json.Marshal(line)
	if err == nil {
		_, err = c.held.Write(append(text, '\n'))
	}
	if err == nil && c.Ready {
		if err = c.held.Sync(); err == nil {
			err = syncDir(c.Dir)
		}
	}
	if err != nil {
		return failed(name, err)
	}
	return nil
}

// write does all that is planned.
func (c *change) write() error {
	if err := c.note("plan"); err != nil {
		return err
	}
	for _, d := range c.Folders {
		err := c.step("make folder", d)
		if err == nil {
			err = os.Mkdir(d, dirMode)
		}
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return failed(d, err)
		}
	}
	for _, e := range c.Files {
		if err := c.fill(e); err != nil {
			return failed(c.file(e.Path), err)
		}
	}
	sync, err := c.sync()
	if err != nil {
		return err
	}
	if len(c.Files) > 1 {
		c.Ready = true
		if err := c.note("ready"); err != nil {
			return err
		}
		c.whole = false
	}
	for _, e := range c.Files {
		if err := c.put(e); err != nil {
			return failed(c.file(e.Path), err)
		}
		e.done = true
	}
	for _, dir := range c.dirs() {
		if sync != nil {
			break
		}
		if err := syncDir(dir); err != nil {
			return failed(dir, err)
		}
	}
	if sync != nil {
		sync()
	}
	c.whole = true
	return nil
}

// fill writes the new file beside the old one.
func (c *change) fill(e *entry) error {
	if e.Is == "" {
		return nil
	}
	if err := c.step("make", c.file(e.Path)); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(e.target), tempPrefix(e.target)+"*")
	if err != nil {
		return err
	}
	e.temp, e.Temp = temp.Name(), filepath.Base(temp.Name())
	if err := c.step("fill", e.temp); err != nil {
		return errors.Join(err, temp.Close())
	}
	return fill(temp, e.body, e.mode)
}

// tempPrefix is how the names of the new files of one begin.
func tempPrefix(target string) string { return "." + filepath.Base(target) + ".stele-" }

// sync brings the new files to the disk. It returns how to bring the renames there
// at one stroke, where that is cheaper.
func (c *change) sync() (rest func(), err error) {
	dirs := c.dirs()
	if len(c.Files) > manyFiles/16 && syncSystem(dirs[0]) {
		return func() { syncSystem(dirs[0]) }, nil
	}
	for _, e := range c.Files {
		if e.temp == "" {
			continue
		}
		err := c.step("sync", e.temp)
		if err == nil {
			err = syncFile(e.temp)
		}
		if err != nil {
			return nil, failed(c.file(e.Path), err)
		}
	}
	return nil, nil
}

// dirs are the folders that the files stand in.
func (c *change) dirs() []string {
	var dirs []string
	for _, e := range c.Files {
		if d := filepath.Dir(e.target); !slices.Contains(dirs, d) {
			dirs = append(dirs, d)
		}
	}
	return dirs
}

// put puts the new file in the old one's place, or removes that.
func (c *change) put(e *entry) error {
	what := "rename"
	if e.Is == "" {
		what = "remove"
	}
	if err := c.step(what, e.target); err != nil {
		return err
	}
	// The lock holds back those who ask for it; an editor's own program does not.
	switch now, err := sumNow(e.target); {
	case err != nil:
		return err
	case now != e.Was:
		return &ChangedError{Name: c.file(e.Path)}
	}
	if e.Is == "" {
		return os.Remove(e.target)
	}
	return os.Rename(e.temp, e.target)
}

// sumNow is the sum of what a file holds; empty if there is none.
func sumNow(name string) (string, error) {
	switch info, err := os.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "something else", nil
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	return sum(body), nil
}

// takeBack makes all files what they were, after something failed. What it cannot do
// is left to Mend, which will finish the change instead. What somebody else wrote
// meanwhile stays as it is, and what was there before is kept beside it.
func (c *change) takeBack() error {
	var others []error
	for _, e := range slices.Backward(c.Files) {
		if !e.done {
			continue
		}
		err := c.step("take back", e.target)
		if err == nil {
			err = c.restore(e)
		}
		if changed := (*ChangedError)(nil); errors.As(err, &changed) {
			others, err = append(others, changed), nil
		}
		if err != nil {
			return errors.Join(append(others, failed(c.file(e.Path), err))...)
		}
		e.done = false
	}
	c.whole = true
	return errors.Join(others...)
}

// restore gives a file what it held, unless it is no longer what it was changed to.
func (c *change) restore(e *entry) error {
	temp := ""
	if e.Was != "" {
		f, err := os.CreateTemp(filepath.Dir(e.target), tempPrefix(e.target)+"*")
		if err != nil {
			return err
		}
		temp = f.Name()
		defer os.Remove(temp) // if it was not put anywhere
		if err := fill(f, e.before, e.mode); err != nil {
			return err
		}
		if err := syncFile(temp); err != nil {
			return err
		}
	}
	now, err := sumNow(e.target)
	switch {
	case err != nil:
		return err
	case now == e.Was:
		return nil
	case now != e.Is && temp == "":
		return &ChangedError{Name: c.file(e.Path)}
	case now != e.Is:
		suffix, err := putAside(temp, e.target)
		if err != nil {
			return err
		}
		return &ChangedError{Name: c.file(e.Path), Beside: c.file(e.Path) + suffix}
	case temp == "":
		return os.Remove(e.target)
	}
	return os.Rename(temp, e.target)
}
