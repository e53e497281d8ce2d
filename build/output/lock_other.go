//go:build !linux && !darwin && !freebsd && !netbsd && !openbsd && !dragonfly && !windows

package output

import (
	"errors"
	"os"
)

// tryLock is not known on this system.
func tryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }
