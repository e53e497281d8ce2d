package watch_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"stele/build/watch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// mirror holds the files of some roots by resolved path, and follows them by
// nothing but what Watch tells.
type mirror map[string]string

func (m mirror) follow(c watch.Change, roots []string) {
	if c.All {
		clear(m)
		for _, r := range roots {
			real, err := filepath.EvalSymlinks(r)
			if err != nil {
				continue
			}
			_ = filepath.WalkDir(real, func(p string, d fs.DirEntry, err error) error {
				if err == nil && d.Type().IsRegular() {
					m.read(p)
				}
				return nil
			})
		}
	}
	for _, f := range c.Files {
		m.read(f)
	}
}

func (m mirror) read(p string) {
	delete(m, p)
	if info, err := os.Lstat(p); err != nil || !info.Mode().IsRegular() {
		return
	}
	if data, err := os.ReadFile(p); err == nil {
		m[p] = string(data)
	}
}

func (m mirror) digest() string {
	h := sha256.New()
	for _, p := range slices.Sorted(maps.Keys(m)) {
		fmt.Fprintf(h, "%q %q\n", p, m[p])
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// snapshot is the state of some paths: all files with their contents.
func snapshot(paths ...string) string {
	m := mirror{}
	m.follow(watch.Change{All: true}, paths)
	return m.digest()
}

// watching is a Watch that keeps the state its last call saw.
type watching struct {
	t     *testing.T
	roots []string
	seen  atomic.Value // string
	calls atomic.Int64
}

func start(t *testing.T, opts watch.Options, roots ...string) *watching {
	t.Helper()
	w := &watching{t: t, roots: roots}
	w.seen.Store("")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	var busy atomic.Int32
	mirror := mirror{}
	go func() {
		ended <- watch.Watch(ctx, roots, opts, func(_ context.Context, c watch.Change) {
			if busy.Add(1) > 1 {
				t.Error("two calls at once")
			}
			mirror.follow(c, roots)
			w.seen.Store(mirror.digest())
			w.calls.Add(1)
			busy.Add(-1)
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Watch: %v", err)
		}
	})
	w.settle("at the start")
	return w
}

// settle waits until the last call has seen what there is now.
func (w *watching) settle(what string) {
	w.t.Helper()
	end := time.Now().Add(5 * time.Second)
	for w.seen.Load() != snapshot(w.roots...) {
		if time.Now().After(end) {
			w.t.Fatalf("%s: not seen after 5 s", what)
		}
		time.Sleep(time.Millisecond)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, body string, parts ...string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(parts...), []byte(body), 0o644))
}

func mkdir(t *testing.T, parts ...string) string {
	t.Helper()
	dir := filepath.Join(parts...)
	must(t, os.MkdirAll(dir, 0o755))
	return dir
}

// eachWay runs a test with the system's reports and with polling.
func eachWay(t *testing.T, test func(t *testing.T, opts watch.Options)) {
	t.Parallel()
	for name, opts := range map[string]watch.Options{
		"reports": {Trouble: func(err error) { t.Errorf("fell back: %v", err) }},
		"polling": {Poll: 10 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, opts)
		})
	}
}

func TestHowEditorsSave(t *testing.T) {
	eachWay(t, func(t *testing.T, opts watch.Options) {
		dir := mkdir(t, t.TempDir(), "content")
		text := mkdir(t, dir, "strategy")
		f := filepath.Join(text, "ru.md")
		write(t, "раз", f)
		w := start(t, opts, dir)
		rename := func(from, to string) { t.Helper(); must(t, os.Rename(from, to)) }
		remove := func(name string) { t.Helper(); must(t, os.RemoveAll(name)) }
		for i, step := range []struct {
			name string
			save func()
		}{
			{"plain", func() { write(t, "plain", f) }},
			{"same size", func() { write(t, "PLAIN", f) }},
			{"old time, same size", func() {
				old := time.Unix(1e9, 0)
				write(t, "plAIN", f)
				must(t, os.Chtimes(f, old, old))
				w.settle("old time set")
				write(t, "PLain", f)
				must(t, os.Chtimes(f, old, old))
			}},
			{"vim", func() {
				write(t, "", text, "4913")
				remove(filepath.Join(text, "4913"))
				rename(f, f+"~")
				write(t, "vim", f)
				remove(f + "~")
			}},
			{"vs code", func() { must(t, os.Truncate(f, 0)); time.Sleep(20 * time.Millisecond); write(t, "code", f) }},
			{"jetbrains", func() {
				write(t, "jb", f+"___jb_tmp___")
				rename(f, f+"___jb_old___")
				rename(f+"___jb_tmp___", f)
				remove(f + "___jb_old___")
			}},
			{"emacs", func() {
				lock := filepath.Join(text, ".#ru.md")
				if os.Symlink("user@host.1:1", lock) == nil {
					defer remove(lock)
				}
				write(t, "x", text, "#ru.md#")
				write(t, "emacs", f)
				remove(filepath.Join(text, "#ru.md#"))
			}},
			{"replace", func() { write(t, "sed", text, "sedX"); rename(filepath.Join(text, "sedX"), f) }},
			{"append", func() {
				h, err := os.OpenFile(f, os.O_APPEND|os.O_WRONLY, 0)
				must(t, err)
				defer h.Close()
				for range 5 {
					_, err = h.WriteString("ещё ")
					must(t, err)
					time.Sleep(3 * time.Millisecond)
				}
			}},
			{"create", func() { write(t, "n", text, "новый 文.md") }},
			{"rename", func() { rename(filepath.Join(text, "новый 文.md"), filepath.Join(text, "b.md")) }},
			{"delete", func() { remove(filepath.Join(text, "b.md")) }},
			{"nested folders", func() { write(t, "in", mkdir(t, dir, "a", "b", "c"), "x.md") }},
			{"file in a new folder", func() { write(t, "later", dir, "a", "b", "c", "y.md") }},
			{"rename a folder", func() { rename(filepath.Join(dir, "a"), filepath.Join(dir, "z")) }},
			{"edit in a renamed folder", func() { write(t, "after", dir, "z", "b", "c", "x.md") }},
			{"move it into another", func() { rename(filepath.Join(dir, "z", "b"), filepath.Join(text, "b")) }},
			{"edit where it was moved", func() { write(t, "moved", text, "b", "c", "x.md") }},
			{"swap two folders", func() {
				write(t, "p", mkdir(t, dir, "p"), "f")
				write(t, "q", mkdir(t, dir, "q"), "f")
				w.settle("two folders")
				rename(filepath.Join(dir, "p"), filepath.Join(dir, "t"))
				rename(filepath.Join(dir, "q"), filepath.Join(dir, "p"))
				rename(filepath.Join(dir, "t"), filepath.Join(dir, "q"))
			}},
			{"edit one", func() { write(t, "p2", dir, "p", "f") }},
			{"edit the other", func() { write(t, "q2", dir, "q", "f") }},
			{"move a folder out", func() { rename(filepath.Join(dir, "p"), filepath.Join(filepath.Dir(dir), "p")) }},
			{"and in", func() { rename(filepath.Join(filepath.Dir(dir), "p"), filepath.Join(dir, "p")) }},
			{"edit after in and out", func() { write(t, "p3", dir, "p", "f") }},
			{"delete a folder", func() { remove(filepath.Join(text, "b")) }},
			{"the same folder anew", func() { write(t, "again", mkdir(t, text, "b"), "x.md") }},
			{"edit in it", func() { write(t, "again!", text, "b", "x.md") }},
			{"burst", func() {
				for i := range 3000 {
					write(t, fmt.Sprint(i), text, fmt.Sprintf("b%d.md", i%50))
				}
			}},
		} {
			step.save()
			w.settle(fmt.Sprintf("step %d, %s", i, step.name))
		}
	})
}

func TestRootsComeAndGo(t *testing.T) {
	eachWay(t, func(t *testing.T, opts watch.Options) {
		top := t.TempDir()
		content, config := filepath.Join(top, "project", "content"), filepath.Join(top, "project", "site.yaml")
		w := start(t, opts, content, config)

		mkdir(t, content)
		w.settle("made with the folder above it")
		write(t, "ru", content, "ru.md")
		w.settle("file in it")
		write(t, "title: x", config)
		w.settle("file root made")
		write(t, "title: y", config)
		w.settle("file root written")
		write(t, "title: z", config+"~")
		must(t, os.Rename(config+"~", config))
		w.settle("file root replaced")
		write(t, "title: w", config)
		w.settle("file root written after that")
		must(t, os.Remove(config))
		w.settle("file root gone")
		write(t, "title: v", config)
		w.settle("file root back")

		must(t, os.Rename(content, content+"2"))
		w.settle("root renamed")
		mkdir(t, content)
		write(t, "other", content, "en.md")
		w.settle("another in its place")
		must(t, os.RemoveAll(content))
		must(t, os.Rename(content+"2", content))
		w.settle("the first one back")
		write(t, "ru2", content, "ru.md")
		w.settle("edit in it")

		must(t, os.RemoveAll(filepath.Join(top, "project")))
		w.settle("all gone")
		write(t, "back", mkdir(t, content, "strategy"), "zh.md")
		w.settle("all back")
		write(t, "back again", content, "strategy", "zh.md")
		w.settle("edit after that")
		must(t, os.Rename(filepath.Join(top, "project"), filepath.Join(top, "elsewhere")))
		w.settle("the folder above renamed")
		write(t, "third", mkdir(t, content), "zh.md")
		w.settle("and made again")
	})
}

func TestRootIsALink(t *testing.T) {
	eachWay(t, func(t *testing.T, opts watch.Options) {
		top := t.TempDir()
		one, two := mkdir(t, top, "one", "d"), mkdir(t, top, "two", "d")
		write(t, "1", one, "f")
		write(t, "2", two, "f")
		link := filepath.Join(top, "content")
		if err := os.Symlink(filepath.Dir(one), link); err != nil {
			t.Skip("no links here:", err)
		}
		w := start(t, opts, link)
		write(t, "1+", one, "f")
		w.settle("file behind the link")
		must(t, os.Symlink(filepath.Dir(two), link+"~"))
		must(t, os.Rename(link+"~", link))
		w.settle("link set elsewhere")
		write(t, "2+", two, "f")
		w.settle("file behind the new link")
	})
}

func TestNeighboursAndModesAreNoChange(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("other systems report more than there was")
	}
	top := t.TempDir()
	dir := mkdir(t, top, "content")
	write(t, "1", dir, "f")
	w := start(t, watch.Options{}, dir, filepath.Join(top, "site.yaml"))
	before := w.calls.Load()
	write(t, "x", top, ".public.lock")
	write(t, "x", mkdir(t, top, "public", "ru"), "index.html")
	must(t, os.Chmod(filepath.Join(dir, "f"), 0o600))
	now := time.Now()
	must(t, os.Chtimes(filepath.Join(dir, "f"), now, now))
	time.Sleep(1500 * time.Millisecond) // past a heartbeat
	if got := w.calls.Load(); got != before {
		t.Errorf("%d calls for what is no change", got-before)
	}
}

// A storm does not hold calls back for ever, and does not make one for each
// event.
func TestStorm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, "0", dir, "f")
	w := start(t, watch.Options{}, dir)
	before := w.calls.Load()
	saves, begun := 0, time.Now()
	for time.Since(begun) < time.Second {
		saves++
		write(t, fmt.Sprint(saves), dir, "f")
		must(t, os.Rename(filepath.Join(dir, "f"), filepath.Join(dir, "g")))
		must(t, os.Rename(filepath.Join(dir, "g"), filepath.Join(dir, "f")))
	}
	during := w.calls.Load() - before
	if during < 3 || during > 200 {
		t.Errorf("%d calls in a storm of %d saves and one second, want 3 to 200", during, saves)
	}
	w.settle("after the storm")
}

// A change while the call runs leads to another call, which begins after it.
func TestChangeDuringACall(t *testing.T) {
	eachWay(t, func(t *testing.T, opts watch.Options) {
		dir := t.TempDir()
		f := filepath.Join(dir, "f")
		write(t, "0", f)
		read := make(chan string)
		proceed := make(chan bool)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			ended <- watch.Watch(ctx, []string{dir}, opts, func(ctx context.Context, _ watch.Change) {
				body, _ := os.ReadFile(f)
				select {
				case read <- string(body):
					<-proceed
				case <-ctx.Done():
				}
			})
		}()
		if got := <-read; got != "0" {
			t.Errorf("first call read %q", got)
		}
		write(t, "1", f)
		time.Sleep(30 * time.Millisecond)
		proceed <- true
		for got := range read {
			if got == "1" {
				break
			}
			proceed <- true
		}
		cancel()
		proceed <- true
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func TestNoDescriptorsLeft(t *testing.T) { // not parallel: it counts
	open := func() int {
		entries, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("no /proc here")
		}
		return len(entries)
	}
	before := open()
	for range 20 {
		dir := t.TempDir()
		t.Run("", func(t *testing.T) {
			w := start(t, watch.Options{}, dir)
			for i := range 3 {
				write(t, "x", mkdir(t, dir, fmt.Sprint(i), "sub"), "f")
				w.settle("new folder")
				must(t, os.RemoveAll(filepath.Join(dir, fmt.Sprint(i))))
				w.settle("folder gone")
			}
		})
	}
	if after := open(); after > before+2 {
		t.Errorf("%d open files before, %d after", before, after)
	}
}

func TestNoRoots(t *testing.T) {
	t.Parallel()
	if err := watch.Watch(t.Context(), nil, watch.Options{}, func(context.Context, watch.Change) {}); err == nil || !strings.Contains(err.Error(), "no files") {
		t.Errorf("Watch of nothing: %v", err)
	}
}
