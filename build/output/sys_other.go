//go:build !linux && !darwin

package output

import "errors"

// swap is not known on this system.
func swap(_, _ string) error { return errors.ErrUnsupported }

// syncSystem is not known on this system.
func syncSystem(string) bool { return false }
