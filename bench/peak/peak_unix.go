//go:build unix

// Package peak tells how much memory a process took.
package peak

import (
	"os"
	"runtime"
	"syscall"
)

// Of is the most memory that an ended process had, in MiB; 0 where the system does
// not tell.
func Of(s *os.ProcessState) float64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	switch {
	case !ok:
		return 0
	case runtime.GOOS == "darwin":
		return float64(u.Maxrss) / (1 << 20)
	default:
		return float64(u.Maxrss) / 1024
	}
}
