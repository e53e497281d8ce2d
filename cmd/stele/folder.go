package main

import (
	"io/fs"
	"os"

	"stele/build/diag"
)

// folder is a folder as it is at each moment: one that is renamed, taken away
// or made anew while stele runs is seen so. Nothing outside of it can be read
// through it, by links neither.
type folder struct {
	dir string
	// name, if not empty, is a folder in dir. It may be a link, but to nothing
	// outside of dir: who can add to a site must not be able to publish what
	// else is on the machine.
	name string
}

// Open implements fs.FS. Neither pipes nor devices are opened: one would wait
// for whoever writes into it.
func (f folder) Open(name string) (file fs.File, err error) {
	err = f.within(func(root fs.FS) error {
		info, err := fs.Stat(root, name)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() && !info.IsDir() {
			return &fs.PathError{Op: "open", Path: name, Err: &diag.ReasonError{Phrase: diag.Say("reason.irregular")}}
		}
		file, err = root.Open(name)
		return err
	})
	return file, err
}

// ReadDir implements fs.ReadDirFS.
func (f folder) ReadDir(name string) (entries []fs.DirEntry, err error) {
	err = f.within(func(root fs.FS) error {
		entries, err = fs.ReadDir(root, name)
		return err
	})
	return entries, err
}

// Stat implements fs.StatFS.
func (f folder) Stat(name string) (info fs.FileInfo, err error) {
	err = f.within(func(root fs.FS) error {
		info, err = fs.Stat(root, name)
		return err
	})
	return info, err
}

func (f folder) within(do func(root fs.FS) error) error {
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return err
	}
	if f.name != "" {
		outer := root
		// Opening a pipe would wait for whoever writes into it.
		info, statErr := outer.Stat(f.name)
		if statErr == nil && !info.IsDir() {
			statErr = &fs.PathError{Op: "open", Path: f.name, Err: &diag.ReasonError{Phrase: diag.Say("reason.not-folder")}}
		}
		if err = statErr; err == nil {
			root, err = outer.OpenRoot(f.name)
		}
		if closeErr := outer.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			return err
		}
	}
	err = do(root.FS())
	if closeErr := root.Close(); err == nil {
		err = closeErr
	}
	return err
}
