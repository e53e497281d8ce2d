// Package output is the only writer of the published folder. It takes a whole
// tree of files and makes it the content of a folder in one step: at every
// moment, whatever is killed or fails, the folder holds the old tree or the new
// one, whole. It knows paths and bytes, not what a site is.
//
// How it is done: the new tree is built in a hidden folder beside the target
// (".NAME.stele-stage-…"), in which unchanged files are hard links to the old
// ones, so that they keep their times; written files and folders are synced;
// then the two folders are exchanged and the old one is removed. A stage that a
// killed run left behind is removed by the next run. While a run writes, it
// holds a lock on ".NAME.lock" beside the target.
//
// Linux and macOS exchange two folders in one system call. Where the system or
// the file system cannot, the old folder is renamed to ".NAME.stele-old" and
// the stage to the target. Between those two calls there is no target for some
// microseconds; a run killed exactly there leaves none, and the next run puts
// the old one back before it does anything else.
//
// The exchange gives the target a new identity. A server that holds the folder
// itself open (its working directory, or a mount of that very folder) goes on
// seeing the old one, now empty: let it serve or mount the folder above.
package output

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Mark is the file at the top of every published folder by which it is known
// as ours. Hosts that run Jekyll look at its presence only, and static hosts
// do not show it.
const Mark = ".nojekyll"

// markText is what Mark holds: its first line is the sign.
const (
	markLine = "made by stele; this folder is replaced as a whole by every build"
	markText = markLine + "\n"
)

// Every published file and folder has these modes, whatever the umask.
const (
	fileMode fs.FileMode = 0o644
	dirMode  fs.FileMode = 0o755
)

// Options say what a target must stay clear of.
type Options struct {
	// Apart are folders or files that are not output: the content, themes.
	// A target that is one of them, holds one or lies in one is refused.
	// Those that do not exist are allowed.
	Apart []string
	// Twins are made of every file that Twinned, which gets its path and size,
	// wants them of. None without both.
	Twins   []Twin
	Twinned func(path string, size int64) bool
}

// Stats say what Publish did.
type Stats struct {
	Files   int      // in the published tree, Mark included
	Written int      // new or changed
	Removed []string // in the old tree and no longer in this one, sorted
	// Left is a hidden folder beside the target that could not be removed;
	// the next run tries again. Empty nearly always.
	Left string
}

// GuardError is returned for a target that must not be written to. It is the
// caller's choice of folder that is wrong; nothing was touched.
type GuardError struct {
	Dir   string // as given
	Why   Why
	Other string // the file or folder that the reason is about; may be empty
}

// Why says why a folder must not be written to.
type Why string

// The reasons of a GuardError.
const (
	Nameless   Why = "nameless"
	Root       Why = "root"       // of the file system
	Home       Why = "home"       // the user's folder, or one around it
	Working    Why = "working"    // the folder of the process, or one around it
	Same       Why = "same"       // it is Other, which is not output
	Around     Why = "around"     // it holds Other
	Inside     Why = "inside"     // it lies in Other
	IsFile     Why = "file"       // it is no folder
	Repository Why = "repository" // it holds a git repository
	Foreign    Why = "foreign"    // it holds something and not Other, our mark
)

func (e *GuardError) Error() string {
	return fmt.Sprintf("output folder %q: %s %q", e.Dir, e.Why, e.Other)
}

// ErrInPlace is in the errors of Publish after which the new tree is in place.
var ErrInPlace = errors.New("after the exchange")

// LockedError is returned when another run holds the lock file for too long.
type LockedError struct{ Name string }

func (e *LockedError) Error() string { return fmt.Sprintf("another build holds %q", e.Name) }

// Check returns the error, a *GuardError for one, that Publish would give for
// the choice of dir, so that a long build need not end with it.
func Check(dir string, opts Options) error {
	target, err := locate(dir, opts)
	if err != nil {
		return err
	}
	if _, err = scan(dir, target); err != nil && !errors.As(err, new(*GuardError)) {
		return fmt.Errorf("output folder %q: %w", dir, err)
	}
	return err
}

// Files gives all files of a tree to put, one after another, and stops at its
// error. An error that it returns itself means that the tree is not whole.
type Files func(put func(path string, body []byte) error) error

// Publish makes dir hold exactly the given files and Mark. Paths are relative,
// with slashes; a path that is absolute, climbs, holds a control character or a
// backslash, or differs from another by letter case alone is refused. Whatever
// files gives for Mark is not used.
//
// A file whose bytes have not changed keeps its inode and modification time. If
// nothing at all has changed, nothing is touched. On an error the old tree is
// as it was, and nothing is left beside it but perhaps the lock file; only
// ErrInPlace means that the new tree is in place.
// Publish stops with the context's error, the old tree in place, once ctx is
// done, and likewise with the error of files.
//
// Two calls for one target, also from two programs, follow one another.
func Publish(ctx context.Context, dir string, files Files, opts Options) (Stats, error) {
	return PublishTree(ctx, dir, func(t *Tree) error { return files(t.Put) }, opts)
}

// PublishTree is Publish for whoever knows files without having their bytes.
func PublishTree(ctx context.Context, dir string, fill func(*Tree) error, opts Options) (stats Stats, err error) {
	target, err := locate(dir, opts)
	if err != nil {
		return Stats{}, err
	}
	defer func() {
		if err != nil && !errors.As(err, new(*GuardError)) {
			err = fmt.Errorf("publish to %q: %w", dir, err)
		}
	}()
	if err := os.MkdirAll(filepath.Dir(target), dirMode); err != nil {
		return Stats{}, err
	}
	held, err := lock(ctx, beside(target, lockSuffix))
	if err != nil {
		return Stats{}, err
	}
	defer release(held)
	if err := mend(target); err != nil {
		return Stats{}, err
	}
	old, err := scan(dir, target)
	if err != nil {
		return Stats{}, err
	}
	p := publication{ctx: ctx, target: target, old: old, folded: map[string]string{}, dirs: map[string]bool{}}
	defer func() {
		if p.stage != "" {
			stats.Left = removeAll(p.stage)
		}
	}()
	if err := p.gather(fill); err != nil {
		return Stats{}, err
	}
	if err := p.pair(opts); err != nil {
		return Stats{}, err
	}
	if p.stage == "" && len(p.removed()) == 0 && !p.foldersDiffer() {
		return p.stats(), nil
	}
	if err := p.openStage(); err != nil {
		return Stats{}, err
	}
	if err := p.sync(); err != nil {
		return Stats{}, err
	}
	aside, err := exchange(p.stage, target, old != nil)
	if err != nil {
		return Stats{}, err
	}
	p.stage = aside
	if err := syncDir(filepath.Dir(target)); err != nil {
		return p.stats(), fmt.Errorf("%w: sync %q: %w", ErrInPlace, filepath.Dir(target), cause(err))
	}
	return p.stats(), nil
}

// publication is one run of Publish under its lock.
type publication struct {
	ctx    context.Context
	target string
	old    map[string]fs.FileInfo // the old tree by slash path; nil if there is none
	stage  string                 // "" as long as nothing differs from old
	kept   []string               // equal to the old file
	wrote  []string               // in the stage as a file of its own
	folded map[string]string      // lower-case path → path, of files and folders
	dirs   map[string]bool        // folders of the new tree; true once they are in the stage
	buf    []byte                 // for comparing
	plain  bool                   // new files have their mode without being given it
}

// Tree takes the files of a new tree, one after another. After its first error it takes
// no more.
type Tree struct {
	p       *publication
	refused error // whatever is made of it by whoever fills the tree
}

// Put takes a file.
func (t *Tree) Put(name string, body []byte) error {
	if t.refused == nil {
		t.refused = t.p.ctx.Err()
	}
	if t.refused == nil && name != Mark {
		t.refused = t.p.take(name, body)
	}
	return t.refused
}

// Keep takes those of the files that the old tree has with the very same bytes, and
// tells which they are.
func (t *Tree) Keep(files []Known) ([]bool, error) {
	if t.refused == nil {
		t.refused = t.p.ctx.Err()
	}
	kept := make([]bool, len(files))
	if t.refused != nil || t.p.old == nil {
		return kept, t.refused
	}
	each(t.p.ctx, len(files), func(i int, buf []byte) bool {
		f := &files[i]
		info := t.p.old[f.Path]
		if f.Path == Mark || info == nil || info.Mode() != wantMode(fileMode, info) || info.Size() != f.Size {
			return true
		}
		sum, err := sumOf(t.p.oldFile(f.Path), buf)
		kept[i] = err == nil && sum == f.Sum
		return true
	})
	for i, f := range files {
		if t.refused = t.p.ctx.Err(); t.refused != nil {
			break
		}
		if !kept[i] {
			continue
		}
		if t.refused = t.p.admit(f.Path); t.refused != nil {
			break
		}
		if t.refused = t.p.keep(f.Path); t.refused != nil {
			break
		}
	}
	return kept, t.refused
}

// gather takes the files one by one. Until the first difference it only
// compares, so that an unchanged tree costs no write.
func (p *publication) gather(fill func(*Tree) error) error {
	p.buf = make([]byte, 64<<10)
	if err := p.take(Mark, []byte(markText)); err != nil {
		return err
	}
	t := &Tree{p: p}
	err := fill(t)
	return cmp.Or(t.refused, err, p.ctx.Err())
}

// take adds one file to the new tree.
func (p *publication) take(name string, body []byte) error {
	if err := p.admit(name); err != nil {
		return err
	}
	if p.equal(name, body) {
		return p.keep(name)
	}
	if err := p.openStage(); err != nil {
		return err
	}
	return p.write(name, body, time.Time{})
}

// admit takes the path of a file, and those of its folders.
func (p *publication) admit(name string) error {
	if why := wrongPath(name); why != "" {
		return fmt.Errorf("path %q %s", name, why)
	}
	if _, ok := p.dirs[name]; ok {
		return fmt.Errorf("path %q is a file and a folder", name)
	}
	if err := p.claim(name); err != nil {
		return err
	}
	for d := path.Dir(name); d != "."; d = path.Dir(d) {
		if _, ok := p.dirs[d]; ok {
			break
		}
		if p.folded[strings.ToLower(d)] == d {
			return fmt.Errorf("path %q is a file and a folder", d)
		}
		if err := p.claim(d); err != nil {
			return err
		}
		p.dirs[d] = false
	}
	return nil
}

// claim refuses a second use of a path, and one that a file system which does
// not tell letter case apart would take for the same.
func (p *publication) claim(name string) error {
	fold := strings.ToLower(name)
	if other, ok := p.folded[fold]; ok {
		if other == name {
			return fmt.Errorf("path %q is given twice", name)
		}
		return fmt.Errorf("paths %q and %q differ by letter case alone", other, name)
	}
	p.folded[fold] = name
	return nil
}

// equal reports whether the old tree has this file with these bytes and the
// right mode. A file that cannot be read is not equal and is written anew.
func (p *publication) equal(name string, body []byte) bool {
	info := p.old[name]
	if info == nil || info.Mode() != wantMode(fileMode, info) || info.Size() != int64(len(body)) {
		return false
	}
	f, err := os.Open(p.oldFile(name))
	if err != nil {
		return false
	}
	defer f.Close()
	for {
		n, err := f.Read(p.buf)
		if n > len(body) || !bytes.Equal(p.buf[:n], body[:n]) {
			return false
		}
		body = body[n:]
		if err != nil {
			return err == io.EOF && len(body) == 0
		}
	}
}

// openStage makes the stage, if there is none yet, and brings it up to date
// with what was found equal so far.
func (p *publication) openStage() error {
	if p.stage != "" {
		return nil
	}
	stage, err := os.MkdirTemp(filepath.Dir(p.target), filepath.Base(beside(p.target, stageSuffix))+"*")
	if err != nil {
		return fmt.Errorf("make a stage beside it: %w", cause(err))
	}
	p.stage = stage
	if err := os.Chmod(stage, dirMode); err != nil {
		return fmt.Errorf("make a stage beside it: %w", cause(err))
	}
	for _, name := range p.kept {
		if err := p.link(name); err != nil {
			return err
		}
	}
	return nil
}

// link puts an unchanged file into the stage: the file itself or, on a file
// system without links, a copy with its time.
func (p *publication) link(name string) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	if err := p.makeDir(path.Dir(name)); err != nil {
		return err
	}
	if os.Link(p.oldFile(name), p.stageFile(name)) == nil {
		return nil
	}
	body, err := os.ReadFile(p.oldFile(name))
	if err != nil {
		return fmt.Errorf("read %q: %w", name, cause(err))
	}
	return p.write(name, body, p.old[name].ModTime())
}

// write puts a file of its own into the stage, with the given time if it is
// not zero.
func (p *publication) write(name string, body []byte, mtime time.Time) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %q: %w", name, cause(err))
		}
	}()
	if err := p.makeDir(path.Dir(name)); err != nil {
		return err
	}
	if err := p.create(p.stageFile(name), body); err != nil {
		return err
	}
	p.wrote = append(p.wrote, name)
	if mtime.IsZero() {
		return nil
	}
	return os.Chtimes(p.stageFile(name), time.Time{}, mtime)
}

// create makes a new file. The umask may take bits from its mode, which the first
// file shows.
func (p *publication) create(name string, body []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	if p.plain {
		_, err = f.Write(body)
		return errors.Join(err, f.Close())
	}
	if info, err := f.Stat(); err == nil && info.Mode() == fileMode {
		p.plain = true
	}
	return fill(f, body, fileMode)
}

// makeDir makes a folder of the stage and those above it.
func (p *publication) makeDir(name string) error {
	if name == "." || p.dirs[name] {
		return nil
	}
	if err := p.makeDir(path.Dir(name)); err != nil {
		return err
	}
	if err := os.Mkdir(p.stageFile(name), dirMode); err != nil {
		return err
	}
	p.dirs[name] = true
	return os.Chmod(p.stageFile(name), dirMode)
}

// manyFiles is from how many files on it is cheaper to sync the whole file system
// in one call than them one by one.
const manyFiles = 256

// sync brings the stage to the disk. It runs after all files are written, when
// the first sync carries most of the others' work with it.
func (p *publication) sync() error {
	if len(p.wrote) > manyFiles && syncSystem(p.stage) {
		return p.ctx.Err()
	}
	for _, name := range p.wrote {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		if err := syncFile(p.stageFile(name)); err != nil {
			return fmt.Errorf("sync %q: %w", name, cause(err))
		}
	}
	for name := range p.dirs {
		if err := syncDir(p.stageFile(name)); err != nil {
			return fmt.Errorf("sync %q: %w", name, cause(err))
		}
	}
	if err := syncDir(p.stage); err != nil {
		return fmt.Errorf("sync the stage: %w", cause(err))
	}
	return nil
}

// removed are the old files that the new tree does not have.
func (p *publication) removed() []string {
	var names []string
	for name, info := range p.old {
		if _, isDir := p.dirs[name]; !info.IsDir() && (isDir || p.folded[strings.ToLower(name)] != name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// foldersDiffer reports whether the old tree has other folders, or folders with
// another mode, than the new one.
func (p *publication) foldersDiffer() bool {
	n := 0
	for name, info := range p.old {
		if !info.IsDir() {
			continue
		}
		if info.Mode() != wantMode(fs.ModeDir|dirMode, info) {
			return true
		}
		if name == "." {
			continue
		}
		if _, ok := p.dirs[name]; !ok {
			return true
		}
		n++
	}
	return n != len(p.dirs)
}

func (p *publication) stats() Stats {
	files := len(p.folded) - len(p.dirs)
	return Stats{Files: files, Written: files - len(p.kept), Removed: p.removed()}
}

func (p *publication) oldFile(name string) string {
	return filepath.Join(p.target, filepath.FromSlash(name))
}

func (p *publication) stageFile(name string) string {
	return filepath.Join(p.stage, filepath.FromSlash(name))
}

// wantMode is the mode that a file made by us shows: Windows has no
// permissions to set, so there any will do.
func wantMode(mode fs.FileMode, info fs.FileInfo) fs.FileMode {
	if runtime.GOOS == "windows" {
		return mode.Type() | info.Mode().Perm()
	}
	return mode
}

// wrongPath says why a path may not be published, or nothing.
func wrongPath(name string) string {
	switch {
	case name == "":
		return "is empty"
	case !utf8.ValidString(name):
		return "is not UTF-8"
	case strings.ContainsRune(name, '\\'):
		return "holds a backslash"
	case strings.ContainsFunc(name, unicode.IsControl):
		return "holds a control character"
	case strings.HasPrefix(name, "/"):
		return "is absolute"
	case slices.Contains(strings.Split(name, "/"), ".."):
		return "climbs out of the folder"
	case name == "." || !fs.ValidPath(name):
		return "is not in its shortest form"
	case !filepath.IsLocal(filepath.FromSlash(name)):
		return "is not a file name on this system"
	}
	return ""
}
