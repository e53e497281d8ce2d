package diag

import (
	"archive/zip"
	"compress/flate"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"net"
	"syscall"
)

// ReasonError is a reason that has a phrase of its own.
type ReasonError struct{ Phrase Phrase }

func (e *ReasonError) Error() string { return e.Phrase.String() }

// causes are what systems and readers of files say, and the phrases for it.
var causes = []struct {
	err    error
	phrase Phrase
}{
	{fs.ErrNotExist, Say("reason.missing")},
	{fs.ErrPermission, Say("reason.permission")},
	{fs.ErrExist, Say("reason.exists")},
	{syscall.ENOTDIR, Say("reason.not-folder")},
	{syscall.EISDIR, Say("reason.directory")},
	{syscall.ENOSPC, Say("reason.full")},
	{syscall.EROFS, Say("reason.readonly")},
	{syscall.EMFILE, Say("reason.many")},
	{syscall.ENFILE, Say("reason.many")},
	{syscall.ENOTEMPTY, Say("reason.not-empty")},
	{syscall.EBUSY, Say("reason.busy")},
	{syscall.ELOOP, Say("reason.loop")},
	{syscall.EADDRINUSE, Say("reason.taken")},
	{syscall.EADDRNOTAVAIL, Say("reason.network")},
	{syscall.ENAMETOOLONG, Say("reason.long-name")},
	{syscall.EINVAL, Say("reason.invalid")},
	{fs.ErrInvalid, Say("reason.invalid")},
	{syscall.EIO, Say("reason.device")},
	{zip.ErrFormat, Say("reason.zip")},
	{zip.ErrAlgorithm, Say("reason.method")},
	{zip.ErrChecksum, Say("reason.packed")},
	{io.ErrUnexpectedEOF, Say("reason.short")},
}

// Reason says why something could not be read or written, without the path,
// which the place or the sentence around it says. What no phrase is known for is
// quoted as what the system said.
func Reason(err error) Phrase {
	var (
		own    *ReasonError
		syntax *xml.SyntaxError
		packed flate.CorruptInputError
		host   *net.DNSError
		path   *fs.PathError
	)
	if errors.As(err, &own) {
		return own.Phrase
	}
	for _, c := range causes {
		if errors.Is(err, c.err) {
			return c.phrase
		}
	}
	switch {
	case errors.As(err, &syntax):
		return Say("reason.xml", "Line", syntax.Line)
	case errors.As(err, &packed):
		return Say("reason.packed")
	case errors.As(err, &host):
		return Say("reason.host")
	case errors.As(err, &path):
		err = path.Err
	}
	return Say("reason.system", "Said", err.Error())
}
