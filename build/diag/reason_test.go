package diag

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"
	"testing"
)

// TestReason: what systems and libraries say most often has a phrase of ours.
func TestReason(t *testing.T) {
	t.Parallel()
	_, noArchive := zip.NewReader(bytes.NewReader([]byte("x")), 1)
	_, packed := io.ReadAll(flate.NewReader(strings.NewReader("\xff\xff")))
	noXML := xml.Unmarshal([]byte("<a>\n<b></a>"), new(struct{}))
	_, noAddress := net.LookupHost("")
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.ENOENT}, "reason.missing"},
		{fmt.Errorf("x: %w", syscall.EACCES), "reason.permission"},
		{&net.OpError{Op: "listen", Err: syscall.EADDRINUSE}, "reason.taken"},
		{syscall.ENAMETOOLONG, "reason.long-name"},
		{noArchive, "reason.zip"},
		{packed, "reason.packed"},
		{zip.ErrChecksum, "reason.packed"},
		{io.ErrUnexpectedEOF, "reason.short"},
		{noXML, "reason.xml Line=(2)"},
		{noAddress, "reason.host"},
		{&ReasonError{Say("reason.charset", "Charset", "KOI8-R")}, `reason.charset Charset="KOI8-R"`},
		{errors.New("the dog ate it"), `reason.system Said="the dog ate it"`},
		{&fs.PathError{Op: "read", Path: "x", Err: errors.New("the dog ate it")}, `reason.system Said="the dog ate it"`},
	} {
		if got := Reason(c.err).String(); got != c.want {
			t.Errorf("%v: %s, want %s", c.err, got, c.want)
		}
	}
}
