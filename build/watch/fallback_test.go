package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func TestFallBack(t *testing.T) {
	t.Parallel()
	f := filepath.Join(t.TempDir(), "f")
	ctx, cancel := context.WithCancel(t.Context())
	var trouble error
	w := watcher{roots: []string{f}, opts: Options{Trouble: func(err error) { trouble = err }}}
	cause := errors.New("no space for watches")
	calls := 0
	w.fallBack(ctx, cause, func(context.Context, Change) {
		if calls++; calls == 2 {
			cancel()
			return
		}
		if err := os.WriteFile(f, nil, 0o644); err != nil {
			t.Error(err)
		}
	})
	if calls != 2 || !errors.Is(trouble, cause) {
		t.Errorf("%d calls, trouble %v; want 2 and %v", calls, trouble, cause)
	}
}

// TestUnreported: a folder that takes a watch and reports nothing, as a mounted
// one does, is found out by the first change, and looked at from then on.
func TestUnreported(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := filepath.Join(dir, "f")
	if err := os.WriteFile(f, []byte("alpha"), 0o644); err != nil {
		t.Fatal(err)
	}
	w := watcher{roots: []string{dir}, opts: Options{Quiet: defaultQuiet, Longest: defaultLongest, Settle: defaultSettle}}
	if err := w.renew(); err != nil {
		t.Fatal(err)
	}
	defer w.close()
	for _, watched := range w.fs.WatchList() {
		if err := w.fs.Remove(watched); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	changed := make(chan time.Time, 1)
	err := w.run(ctx, func(_ context.Context, c Change) {
		if c.All { // the first
			go func() {
				time.Sleep(700 * time.Millisecond)
				if err := os.WriteFile(f, []byte("omega!"), 0o644); err != nil {
					t.Error(err)
				}
				changed <- time.Now()
			}()
		}
	})
	if !errors.Is(err, ErrUnreported) {
		t.Fatalf("run ended with %v, want %v", err, ErrUnreported)
	}
	if late := time.Since(<-changed); late > 2*time.Second {
		t.Errorf("the change was noticed after %v", late)
	}
}

// TestReportedIsEnough: changes that are reported do not make the watcher poll.
func TestReportedIsEnough(t *testing.T) {
	t.Parallel()
	f := filepath.Join(t.TempDir(), "f")
	ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
	defer cancel()
	go func() {
		for i := range 20 {
			time.Sleep(100 * time.Millisecond)
			_ = os.WriteFile(f, make([]byte, i), 0o644)
		}
	}()
	err := Watch(ctx, []string{filepath.Dir(f)}, Options{Trouble: func(err error) { t.Errorf("trouble: %v", err) }}, func(context.Context, Change) {})
	if err != nil {
		t.Error(err)
	}
}

func TestForgives(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{
		os.ErrNotExist: true, os.ErrPermission: true, syscall.ENOTDIR: true,
		syscall.EMFILE: false, syscall.ENFILE: false, syscall.ENOSPC: false, syscall.EIO: false,
	} {
		if got := gone(&os.PathError{Op: "open", Path: "x", Err: err}) == nil; got != want {
			t.Errorf("%v: forgiven %v, want %v", err, got, want)
		}
	}
}
