package output

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// swap exchanges two folders in one step.
func swap(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	switch {
	case errors.Is(err, unix.EINVAL), errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EOPNOTSUPP), errors.Is(err, unix.EPERM):
		// EINVAL: this file system cannot; EPERM: an old sandbox that does
		// not know the call.
		return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return err
}
