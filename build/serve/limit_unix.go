//go:build unix

package serve

import "syscall"

// descriptors is how many files and connections the system lets this program
// have open; 0 if it does not say.
func descriptors() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0
	}
	return int(min(uint64(limit.Cur), 1<<20)) //nolint:unconvert,gosec // its type differs from system to system
}
