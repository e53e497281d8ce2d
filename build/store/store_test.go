package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func key(s string) Key { return sha256.Sum256([]byte(s)) }

func open(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestKeeps(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "store")
	s := open(t, dir)
	if _, ok := s.Get(key("x")); ok {
		t.Error("an empty store has something")
	}
	s.Put(key("x"), []byte("one"))
	s.Put(key("y"), nil)
	s.Put(key("x"), []byte("two"))
	s = open(t, dir)
	if got, ok := s.Get(key("x")); !ok || string(got) != "two" {
		t.Errorf("got %q, %v", got, ok)
	}
	if got, ok := s.Get(key("y")); !ok || len(got) != 0 {
		t.Errorf("got %q, %v", got, ok)
	}
}

func TestNil(t *testing.T) {
	t.Parallel()
	var s *Store
	s.Put(key("x"), []byte("one"))
	s.Trim()
	if _, ok := s.Get(key("x")); ok {
		t.Error("no store has something")
	}
}

// TestForeign: a folder of somebody's files is no store; nothing is put there.
func TestForeign(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "letter.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil {
		t.Error("it was taken")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("it now has %v", entries)
	}
}

// TestDamage: whatever happens to the files, an entry is right or not there.
func TestDamage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	body := bytes.Repeat([]byte("passage "), 100)
	for name, damage := range map[string]func(data []byte) []byte{
		"cut":     func(d []byte) []byte { return d[:len(d)/2] },
		"stump":   func(d []byte) []byte { return d[:10] },
		"empty":   func([]byte) []byte { return nil },
		"bit":     func(d []byte) []byte { d[len(d)-1] ^= 1; return d },
		"sum":     func(d []byte) []byte { d[0] ^= 1; return d },
		"longer":  func(d []byte) []byte { return append(d, 'x') },
		"another": func([]byte) []byte { return bytes.Repeat([]byte("x"), 900) },
	} {
		s := open(t, dir)
		s.Put(key(name), body)
		file := s.file(key(name))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, damage(data), 0o644); err != nil {
			t.Fatal(err)
		}
		if got, ok := s.Get(key(name)); ok {
			t.Errorf("%s: got %q", name, got)
		}
		s.Put(key(name), body)
		if got, ok := s.Get(key(name)); !ok || !bytes.Equal(got, body) {
			t.Errorf("%s: it cannot be put again", name)
		}
	}
}

// TestDeleted: the folder may go at any time.
func TestDeleted(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "store")
	s := open(t, dir)
	s.Put(key("x"), []byte("one"))
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Get(key("x")); ok {
		t.Error("it is still there")
	}
	s.Put(key("x"), []byte("two"))
	s.Trim()
	if got, ok := s.Get(key("x")); !ok || string(got) != "two" {
		t.Errorf("got %q, %v", got, ok)
	}
}

// TestTrim: the entries that nobody used for longest go, and no more than must.
func TestTrim(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.limit = 5000
	body := bytes.Repeat([]byte("x"), 1000-sha256.Size)
	for i := range 8 {
		k := key(fmt.Sprint(i))
		s.Put(k, body)
		old := time.Now().Add(time.Duration(i-100) * time.Hour)
		if err := os.Chtimes(s.file(k), old, old); err != nil {
			t.Fatal(err)
		}
	}
	s.Get(key("0")) // which makes it new
	s.Trim()
	for i := range 8 {
		if _, ok := s.Get(key(fmt.Sprint(i))); ok != (i == 0 || i >= 4) {
			t.Errorf("entry %d: %v", i, ok)
		}
	}
	if _, err := os.Stat(filepath.Join(s.dir, mark)); err != nil {
		t.Error("the mark is gone")
	}
}

func TestConcurrent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 4 {
		s := open(t, dir)
		for i := range 50 {
			wg.Go(func() {
				want := fmt.Sprint("entry ", i)
				s.Put(key(want), []byte(want))
				if got, ok := s.Get(key(want)); ok && string(got) != want {
					t.Errorf("got %q", got)
				}
				s.Trim()
			})
		}
	}
	wg.Wait()
}

// TestRoom: what does not fit with all that was used in this run is not put, and puts
// nothing out.
func TestRoom(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	body := bytes.Repeat([]byte("x"), 1000)
	for run := range 3 {
		s := open(t, dir)
		s.limit = 8000
		put := 0
		for i := range 20 {
			k := key(fmt.Sprint(i))
			if _, ok := s.Get(k); ok {
				put++
				continue
			}
			if s.PutIfRoom(k, body) {
				put++
			}
		}
		s.Trim()
		if put != 6 && put != 7 {
			t.Errorf("run %d: %d entries of 1000 bytes have room in 8000", run, put)
		}
	}
	var none *Store
	if none.PutIfRoom(key("x"), body) {
		t.Error("no store has room")
	}
}

// TestPutTells: whoever puts one thing only beside another knows whether that is there.
func TestPutTells(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir)
	s.limit = 1000
	if !s.Put(key("small"), []byte("x")) || !s.PutIfRoom(key("too"), []byte("x")) {
		t.Error("what was kept is said not to be")
	}
	large := bytes.Repeat([]byte("x"), 300) // a fourth of the limit is the most
	if s.Put(key("large"), large) || s.PutIfRoom(key("large"), large) {
		t.Error("what is too large is said to be kept")
	}
	if _, ok := s.Get(key("large")); ok {
		t.Error("what is too large is kept")
	}
	barred := key("barred")
	file := s.file(barred)
	if err := os.WriteFile(filepath.Dir(file), nil, 0o600); err != nil { // where its folder would stand
		t.Fatal(err)
	}
	if s.Put(barred, []byte("x")) || s.PutIfRoom(barred, []byte("x")) {
		t.Error("what cannot be written is said to be kept")
	}
}
