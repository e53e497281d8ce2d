//go:build unix

package output_test

import "syscall"

func setUmask() { syscall.Umask(0o077) }
