package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"stele/build/store"
)

// noCache is what --cache says for none.
const noCache = "off"

// openStore opens the store in the folder that the editor named or, if none, in the
// user's folder for such. What cannot be had goes without, unless it was asked
// for.
func openStore(dir string) (*store.Store, error) {
	if dir == noCache {
		return nil, nil //nolint:nilnil // a nil store holds nothing
	}
	if dir != "" {
		s, err := store.Open(dir)
		if errors.Is(err, store.ErrForeign) {
			err = faulty(nil, "fault.cache", "Folder", dir)
		} else if err != nil {
			err = unreadable(err, dir)
		}
		return s, err
	}
	base, err := os.UserCacheDir()
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // as it says
	}
	s, err := store.Open(filepath.Join(base, "stele"))
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // as it says
	}
	return s, nil
}

// program tells this very program from any other: by its version, its size and
// time, and its first bytes, in which Go puts an id of the build.
func program() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return ""
	}
	h := sha256.New()
	if _, err := io.CopyN(h, f, 64<<10); err != nil {
		return ""
	}
	return fmt.Sprint(version(), " ", info.Size(), " ", info.ModTime().UnixNano(), " ", hex.EncodeToString(h.Sum(nil)))
}
