package main

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"net"
	"os"
	"strconv"
	"strings"
)

// owned returns a function that reports whether the program at the other end of
// a connection within this machine is run by the user who runs this one, or by
// root, to whom nothing is closed. It is nil where the system does not tell, as
// in a sandbox without /proc.
func owned(ln net.Listener) func(from, to net.Addr) bool {
	if uid, inode := socketOwner(ln.Addr(), &net.TCPAddr{IP: net.IPv4zero}); inode == 0 || uid != os.Geteuid() {
		return nil
	}
	return func(from, to net.Addr) bool {
		uid, inode := socketOwner(from, to)
		// A socket that its program has closed already is nobody's.
		return inode != 0 && (uid == os.Geteuid() || uid == 0)
	}
}

// socketOwner is whose a socket is and its inode, by its two ends; an inode of 0
// for none. It asks the list of sockets that the kernel keeps.
func socketOwner(local, remote net.Addr) (uid, inode int) {
	f, err := os.Open("/proc/net/tcp")
	if err != nil {
		return 0, 0
	}
	defer f.Close()
	want := socketEnd(local) + " " + socketEnd(remote)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		// sl local remote state queues timer retransmits uid timeout inode …
		fields := strings.Fields(lines.Text())
		if len(fields) < 10 || fields[1]+" "+fields[2] != want {
			continue
		}
		uid, err1 := strconv.Atoi(fields[7])
		inode, err2 := strconv.Atoi(fields[9])
		if err1 != nil || err2 != nil {
			return 0, 0
		}
		return uid, inode
	}
	return 0, 0
}

// socketEnd is an end of a connection as the kernel writes it: the address as a
// number of this machine, and the port.
func socketEnd(a net.Addr) string {
	t, ok := a.(*net.TCPAddr)
	if !ok || t.IP.To4() == nil {
		return "-"
	}
	var b [6]byte
	binary.BigEndian.PutUint32(b[:], binary.NativeEndian.Uint32(t.IP.To4()))
	binary.BigEndian.PutUint16(b[4:], uint16(t.Port)) //nolint:gosec // a port
	s := strings.ToUpper(hex.EncodeToString(b[:]))
	return s[:8] + ":" + s[8:]
}
