package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
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

// TestOverflow: where so much happens at once that reports are lost, all is looked at
// anew, and what comes later is reported.
func TestOverflow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := watcher{roots: []string{dir}, opts: Options{Quiet: defaultQuiet, Longest: defaultLongest, Settle: time.Hour}}
	if err := w.renew(); err != nil {
		t.Fatal(err)
	}
	defer w.close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	calls := 0
	lost := filepath.Join(dir, "new", "lost.md")
	late := filepath.Join(dir, "new", "late.md")
	err := w.run(ctx, func(_ context.Context, c Change) {
		calls++
		switch {
		case calls == 1: // a folder is made of which no report comes
			for _, watched := range w.fs.WatchList() {
				if err := w.fs.Remove(watched); err != nil {
					t.Error(err)
				}
			}
			if err := errors.Join(os.Mkdir(filepath.Dir(lost), 0o755), os.WriteFile(lost, nil, 0o600)); err != nil {
				t.Error(err)
			}
			w.fs.Errors <- fsnotify.ErrEventOverflow
		case c.All:
			go func() {
				if err := os.WriteFile(late, []byte("x"), 0o600); err != nil {
					t.Error(err)
				}
			}()
		case len(c.Files) > 0 && c.Files[0] == late:
			cancel()
		}
	})
	if err != nil || ctx.Err() != context.Canceled {
		t.Errorf("after %d calls: %v, %v", calls, err, ctx.Err())
	}
}
