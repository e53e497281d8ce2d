package source

import (
	"errors"
	"io/fs"
	"syscall"

	"stele/build/diag"
)

// ReasonError is a reason that has a phrase of its own.
type ReasonError struct{ Phrase diag.Phrase }

func (e *ReasonError) Error() string { return e.Phrase.String() }

// causes are what systems say, and the phrases for it.
var causes = []struct {
	err    error
	phrase diag.Phrase
}{
	{fs.ErrNotExist, diag.Say("reason.missing")},
	{fs.ErrPermission, diag.Say("reason.permission")},
	{fs.ErrExist, diag.Say("reason.exists")},
	{syscall.ENOTDIR, diag.Say("reason.not-folder")},
	{syscall.EISDIR, diag.Say("reason.directory")},
	{syscall.ENOSPC, diag.Say("reason.full")},
	{syscall.EROFS, diag.Say("reason.readonly")},
	{syscall.EMFILE, diag.Say("reason.many")},
	{syscall.ENFILE, diag.Say("reason.many")},
	{syscall.ENOTEMPTY, diag.Say("reason.not-empty")},
	{syscall.EBUSY, diag.Say("reason.busy")},
	{syscall.ELOOP, diag.Say("reason.loop")},
	{syscall.EADDRINUSE, diag.Say("reason.taken")},
	{syscall.EADDRNOTAVAIL, diag.Say("reason.network")},
}

// Reason says why something could not be read or written, without the path,
// which the place or the sentence around it says. What is not known reads as the
// system has it.
func Reason(err error) diag.Phrase {
	var own *ReasonError
	if errors.As(err, &own) {
		return own.Phrase
	}
	for _, c := range causes {
		if errors.Is(err, c.err) {
			return c.phrase
		}
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return diag.Say("reason.other", "Said", err.Error())
}
