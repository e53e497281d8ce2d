package main

import (
	"encoding/binary"
	"net"
	"testing"

	"stele/build/serve"
)

// TestOwned: a connection of this user is its own while it is open, and nobody's
// when it is closed.
func TestOwned(t *testing.T) {
	t.Parallel()
	ln, err := serve.Listen("", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	mine := owned(ln)
	if mine == nil {
		t.Skip("this system does not tell whose a connection is")
	}
	c, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !mine(s.RemoteAddr(), s.LocalAddr()) {
		t.Error("our own connection is not ours")
	}
	c.Close()
	if mine(s.RemoteAddr(), s.LocalAddr()) {
		t.Error("a connection that its program has closed is somebody's")
	}
	if mine(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}, s.LocalAddr()) || mine(&net.UnixAddr{}, s.LocalAddr()) {
		t.Error("a connection that is not there is ours")
	}
	for _, c := range []struct {
		ip   string
		want string
	}{{"127.0.0.1", map[bool]string{true: "0100007F:1F90", false: "7F000001:1F90"}[binary.NativeEndian.Uint16([]byte{1, 0}) == 1]}, {"::1", "-"}} {
		if got := socketEnd(&net.TCPAddr{IP: net.ParseIP(c.ip), Port: 8080}); got != c.want {
			t.Errorf("%s is written %s, want %s", c.ip, got, c.want)
		}
	}
}

func TestAccess(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"", "0.0.0.0", "127.0.0.1"} {
		ln, err := serve.Listen(host, 0)
		if err != nil {
			t.Skip(err)
		}
		a, address := access(ln, host)
		ln.Close()
		if host != "" && (a.Mine != nil || len(a.Key) < 32) {
			t.Errorf("%q is open without a key", host)
		}
		if a.Key != "" && address[len(address)-len(a.Key)-1:] != a.Key+"/" {
			t.Errorf("%q: the address %q has no key", host, address)
		}
	}
}
