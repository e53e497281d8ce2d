package output_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stele/build/output"
)

type tree map[string]string

func publish(t *testing.T, dir string, files tree) (output.Stats, error) {
	t.Helper()
	return output.Publish(t.Context(), dir, bytesOf(files), output.Options{})
}

func mustPublish(t *testing.T, dir string, files tree) output.Stats {
	t.Helper()
	stats, err := publish(t, dir, files)
	if err != nil {
		t.Fatalf("Publish(%q): %v", dir, err)
	}
	return stats
}

func bytesOf(files tree) output.Files {
	return func(put func(string, []byte) error) error {
		for name, body := range files {
			if err := put(name, []byte(body)); err != nil {
				return err
			}
		}
		return nil
	}
}

// read lists a folder: files with their bytes, folders with a final slash. The
// mark is checked and left out.
func read(t *testing.T, dir string) tree {
	t.Helper()
	got := tree{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p == ".":
		case d.IsDir():
			got[p+"/"] = ""
		default:
			body, err := os.ReadFile(filepath.Join(dir, p))
			if err != nil {
				return err
			}
			got[p] = string(body)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("read %q: %v", dir, err)
	}
	if !strings.HasPrefix(got[output.Mark], "made by stele") {
		t.Errorf("%q has no mark: %q", dir, got[output.Mark])
	}
	delete(got, output.Mark)
	return got
}

func wantTree(t *testing.T, dir string, files tree) {
	t.Helper()
	want := maps.Clone(files)
	for name := range files {
		for d := filepath.Dir(name); d != "."; d = filepath.Dir(d) {
			want[filepath.ToSlash(d)+"/"] = ""
		}
	}
	if got := read(t, dir); !maps.Equal(got, want) {
		t.Errorf("%q holds\n%q\nwant\n%q", dir, got, want)
	}
}

// wantAlone requires that nothing stands beside the target.
func wantAlone(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(dir) {
			t.Errorf("%q was left beside %q", e.Name(), filepath.Base(dir))
		}
	}
}

func stat(t *testing.T, parts ...string) fs.FileInfo {
	t.Helper()
	info, err := os.Lstat(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func TestPublish(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "новое", "public")
	one := tree{"index.html": "1", "ru/index.html": "раз", "ru/s/a.html": "a", "zh/上海.html": "一"}
	if got, want := mustPublish(t, dir, one), (output.Stats{Files: 5, Written: 5}); !reflect.DeepEqual(got, want) {
		t.Errorf("first: %+v, want %+v", got, want)
	}
	wantTree(t, dir, one)
	wantAlone(t, dir)

	two := tree{"index.html": "1", "ru/index.html": "два", "ru/s": "now a file", "en/index.html": "1"}
	if got, want := mustPublish(t, dir, two), (output.Stats{Files: 5, Written: 3, Removed: []string{"ru/s/a.html", "zh/上海.html"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("second: %+v, want %+v", got, want)
	}
	wantTree(t, dir, two)
	wantAlone(t, dir)

	mustPublish(t, dir, tree{})
	wantTree(t, dir, tree{})
}

func TestPublishIntoEmptyFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, dir, tree{"a": "a"})
	wantTree(t, dir, tree{"a": "a"})
	wantAlone(t, dir)
}

func TestPublishThroughLink(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	real, link := filepath.Join(top, "srv", "site"), filepath.Join(top, "public")
	mustPublish(t, real, tree{"a": "a"})
	if err := os.Symlink(real, link); err != nil {
		t.Skip("no links here:", err)
	}
	mustPublish(t, link, tree{"b": "b"})
	wantTree(t, real, tree{"b": "b"})
	if stat(t, link).Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	wantAlone(t, real)
}

func TestUnchangedFilesKeepIdentityAndTime(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, tree{"same": "1", "sub/same": "2", "sub/new": "3", "size": "ab"})
	old := time.Date(2001, 6, 15, 12, 0, 0, 0, time.UTC)
	for _, f := range []string{"same", "sub/same", "sub/new", "size"} {
		if err := os.Chtimes(filepath.Join(dir, f), old, old); err != nil {
			t.Fatal(err)
		}
	}
	before := map[string]fs.FileInfo{}
	for _, f := range []string{"same", "sub/same", "sub/new", "size"} {
		before[f] = stat(t, dir, f)
	}
	if got := mustPublish(t, dir, tree{"same": "1", "sub/same": "2", "sub/new": "4", "size": "cd"}).Written; got != 2 {
		t.Errorf("written %d, want 2", got)
	}
	for f, was := range before {
		now := stat(t, dir, f)
		kept := f == "same" || f == "sub/same"
		if got := os.SameFile(was, now); got != kept {
			t.Errorf("%s: same file %v, want %v", f, got, kept)
		}
		if got := now.ModTime().Equal(old); got != kept {
			t.Errorf("%s: time %v, kept should be %v", f, now.ModTime(), kept)
		}
	}
}

func TestNoChangeTouchesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	files := tree{"a": "1", "d/b": "2"}
	mustPublish(t, dir, files)
	before := []fs.FileInfo{stat(t, dir), stat(t, dir, "a"), stat(t, dir, "d"), stat(t, dir, "d/b")}
	stats := mustPublish(t, dir, files)
	if stats.Written != 0 || len(stats.Removed) != 0 || stats.Files != 3 {
		t.Errorf("stats of no change: %+v", stats)
	}
	for i, name := range []string{".", "a", "d", "d/b"} {
		now := stat(t, dir, name)
		if !os.SameFile(before[i], now) || !now.ModTime().Equal(before[i].ModTime()) {
			t.Errorf("%s was touched", name)
		}
	}
}

// What somebody did to the published folder by hand is put right.
func TestTreeIsMended(t *testing.T) {
	t.Parallel()
	files := tree{"a": "1", "d/b": "2"}
	for name, harm := range map[string]func(dir string) error{
		"empty folder": func(dir string) error { return os.Mkdir(filepath.Join(dir, "x"), 0o755) },
		"file mode":    func(dir string) error { return os.Chmod(filepath.Join(dir, "a"), 0o600) },
		"folder mode":  func(dir string) error { return os.Chmod(filepath.Join(dir, "d"), 0o700) },
		"top mode":     func(dir string) error { return os.Chmod(dir, 0o700) },
		"stale file":   func(dir string) error { return os.WriteFile(filepath.Join(dir, "d", "z"), nil, 0o644) },
		"same size":    func(dir string) error { return os.WriteFile(filepath.Join(dir, "a"), []byte("x"), 0o644) },
		"file as folder": func(dir string) error {
			os.Remove(filepath.Join(dir, "a"))
			return os.Mkdir(filepath.Join(dir, "a"), 0o755)
		},
		"link": func(dir string) error {
			os.Remove(filepath.Join(dir, "a"))
			return os.Symlink("d/b", filepath.Join(dir, "a"))
		},
		"linked folder": func(dir string) error {
			os.Rename(filepath.Join(dir, "d"), filepath.Join(dir, "e"))
			return os.Symlink("e", filepath.Join(dir, "d"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "public")
			mustPublish(t, dir, files)
			if err := harm(dir); err != nil {
				t.Fatal(err)
			}
			mustPublish(t, dir, files)
			wantTree(t, dir, files)
			wantModes(t, dir)
			wantAlone(t, dir)
		})
	}
}

func wantModes(t *testing.T, dir string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		return
	}
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		want := fs.FileMode(0o644)
		if d.IsDir() {
			want = fs.ModeDir | 0o755
		}
		if got := stat(t, p).Mode(); got != want {
			t.Errorf("%s: mode %v, want %v", p, got, want)
		}
		return nil
	})
}

func TestWrongPaths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		want string
	}{
		{"", "is empty"},
		{"/etc/passwd", "is absolute"},
		{"../x", "climbs"},
		{"a/../../x", "climbs"},
		{"a/..", "climbs"},
		{`a\b`, "backslash"},
		{"a\x00b", "control"},
		{"a\nb", "control"},
		{"a\u0085b", "control"},
		{"a\xffb", "UTF-8"},
		{".", "shortest"},
		{"a//b", "shortest"},
		{"a/", "shortest"},
		{"./a", "shortest"},
		{"old/x", "a file and a folder"},
		{"OLD", "letter case"},
		{"Sub/x", "letter case"},
		{"sub", "a file and a folder"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "public")
			before := tree{"old": "1", "sub/b": "2"}
			mustPublish(t, dir, before)
			_, err := output.Publish(t.Context(), dir, func(put func(string, []byte) error) error {
				_, _ = put("old", []byte("changed")), put("sub/b", nil)
				_ = put(c.name, []byte("bad")) // what was refused stays so, whatever is said of it
				return nil
			}, output.Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("path %q: error %v, want one line with %q", c.name, err, c.want)
			}
			wantTree(t, dir, before)
			wantAlone(t, dir)
		})
	}
	t.Run("twice", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "public")
		_, err := output.Publish(t.Context(), dir, func(put func(string, []byte) error) error {
			_ = put("a", nil)
			return put("a", nil)
		}, output.Options{})
		if err == nil || !strings.Contains(err.Error(), "given twice") {
			t.Errorf("error %v, want given twice", err)
		}
	})
}

func TestGuard(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	content := filepath.Join(top, "content")
	mkdir := func(parts ...string) string {
		p := filepath.Join(append([]string{top}, parts...)...)
		if err := os.MkdirAll(p, 0o755); err != nil {
			t.Fatal(err)
		}
		return p
	}
	write := func(body string, parts ...string) {
		mkdir(parts[:len(parts)-1]...)
		if err := os.WriteFile(filepath.Join(append([]string{top}, parts...)...), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("text", "content", "strategy", "ru.md")
	write("mine", "photos", "me.jpg")
	write("", "jekyll", ".nojekyll")
	write("x", "jekyll", "index.html")
	write("x", "file")
	mkdir("empty")
	ours := filepath.Join(top, "ours")
	mustPublish(t, ours, tree{"a": "a"})
	repo := filepath.Join(top, "repo")
	mustPublish(t, repo, tree{"a": "a"})
	write("gitdir: elsewhere", "repo", ".git")
	nested := filepath.Join(top, "nested")
	mustPublish(t, nested, tree{"d/a": "a"})
	write("ref: refs/heads/main", "nested", "d", ".git", "HEAD")
	if err := os.Symlink(content, filepath.Join(top, "link")); err != nil {
		t.Skip("no links here:", err)
	}
	if err := os.Symlink(filepath.Join(top, "gone"), filepath.Join(top, "dangling")); err != nil {
		t.Fatal(err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	before := listing(t, top)
	for _, c := range []struct{ dir, want string }{
		{"", string(output.Nameless)},
		{"  ", string(output.Nameless)},
		{"/", string(output.Root)},
		{"/../..", string(output.Root)},
		{home, string(output.Home)},
		{filepath.Dir(home), ""},
		{wd, string(output.Working)},
		{".", string(output.Working)},
		{"../..", string(output.Working)},
		{top, "content"},
		{content, string(output.Same)},
		{content + "/", string(output.Same)},
		{filepath.Join(top, "x", "..", "content"), string(output.Same)},
		{filepath.Join(content, "strategy"), string(output.Inside)},
		{filepath.Join(content, "new", "public"), string(output.Inside)},
		{filepath.Join(top, "link"), string(output.Same)},
		{filepath.Join(top, "link", "public"), string(output.Inside)},
		{filepath.Join(top, "dangling"), "link to nothing"},
		{filepath.Join(top, "photos"), string(output.Foreign)},
		{filepath.Join(top, "jekyll"), string(output.Foreign)},
		{filepath.Join(top, "file"), string(output.IsFile)},
		{filepath.Join(top, "file", "public"), "not a directory"},
		{repo, string(output.Repository)},
		{nested, "d/.git"},
	} {
		opts := output.Options{Apart: []string{content, filepath.Join(top, "no-such-themes")}}
		_, err := output.Publish(t.Context(), c.dir, bytesOf(tree{"a": "b"}), opts)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("Publish(%q) = %v, want one line with %q", c.dir, err, c.want)
		}
		if early := output.Check(c.dir, opts); early == nil {
			t.Errorf("Check(%q) lets through what Publish refuses", c.dir)
		}
	}
	if after := listing(t, top); after != before {
		t.Errorf("refused targets were touched: before\n%s\nafter\n%s", before, after)
	}
	for _, dir := range []string{ours, filepath.Join(top, "empty"), filepath.Join(top, "content2"), filepath.Join(top, "a", "b", "c")} {
		if err := output.Check(dir, output.Options{Apart: []string{content}}); err != nil {
			t.Errorf("Check(%q) = %v, want nil", dir, err)
		}
	}
	if err := output.Check(content, output.Options{Apart: []string{content}}); !errors.As(err, new(*output.GuardError)) {
		t.Errorf("Check gives %T, want *GuardError", err)
	}
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			t.Fatal(err)
		}
		info := stat(t, p)
		fmt.Fprintln(&b, p, info.Mode(), info.Size())
		return nil
	})
	return b.String()
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, tree{"a": "a"})
	ctx, cancel := context.WithCancel(t.Context())
	_, err := output.Publish(ctx, dir, func(put func(string, []byte) error) error {
		for i := range 100 {
			if i == 50 {
				cancel()
			}
			if err := put(fmt.Sprint(i), nil); err != nil {
				return err
			}
		}
		return nil
	}, output.Options{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancelled", err)
	}
	wantTree(t, dir, tree{"a": "a"})
	wantAlone(t, dir)
}

// TestNotWhole: a tree that its maker gave up is not published.
func TestNotWhole(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, tree{"a": "a"})
	given := errors.New("no more")
	_, err := output.Publish(t.Context(), dir, func(put func(string, []byte) error) error {
		return errors.Join(put("b", nil), given)
	}, output.Options{})
	if !errors.Is(err, given) {
		t.Errorf("error %v, want %v", err, given)
	}
	wantTree(t, dir, tree{"a": "a"})
	wantAlone(t, dir)
}

func TestPublishersFollowOneAnother(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	var trees []tree
	for i := range 6 {
		files := tree{}
		for j := range 20 {
			files[fmt.Sprintf("%d/%d", i, j)] = fmt.Sprint(i)
		}
		trees = append(trees, files)
	}
	var group sync.WaitGroup
	for _, files := range trees {
		group.Go(func() {
			for range 3 {
				if _, err := publish(t, dir, files); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	got := read(t, dir)
	if !slices.ContainsFunc(trees, func(files tree) bool {
		for name := range files {
			if got[name] != files[name] {
				return false
			}
		}
		return len(got) == len(files)+1
	}) {
		t.Errorf("the tree is none of those published: %q", got)
	}
	wantAlone(t, dir)
}

func TestWriteFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "alignment.tsv")
	if err := output.WriteFile(name, []byte("1")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	before := stat(t, name)
	if err := output.WriteFile(name, []byte("1")); err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, stat(t, name)) {
		t.Error("a file with the same bytes was replaced")
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(name, link); err != nil {
		t.Skip("no links here:", err)
	}
	if err := output.WriteFile(link, []byte("2")); err != nil {
		t.Fatal(err)
	}
	if body, _ := os.ReadFile(name); string(body) != "2" {
		t.Errorf("file holds %q, want 2", body)
	}
	if got := stat(t, name).Mode(); got != 0o640 {
		t.Errorf("mode %v, want 0640", got)
	}
	if err := output.WriteFile(dir, []byte("2")); err == nil {
		t.Error("a folder was taken for a file")
	}
	if err := output.WriteFile(filepath.Join(dir, "no", "file"), nil); err == nil {
		t.Error("a file was made in a folder that is not there")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("folder holds %v (%v), want the file and the link", entries, err)
	}
}

// The test binary is its own victim: with this variable set it publishes one
// of two trees to the folder named.
const childVar = "STELE_TEST_PUBLISH"

func TestMain(m *testing.M) {
	if dir := os.Getenv(changeVar); dir != "" {
		changeAndDie(dir)
	}
	if dir := os.Getenv(childVar); dir != "" {
		setUmask()
		files := crashTree(os.Args[1] == "new")
		if _, err := output.Publish(context.Background(), dir, bytesOf(files), output.Options{}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// crashTree has files that stay, change, come and go.
func crashTree(second bool) tree {
	files := tree{}
	for i := range 40 {
		files[fmt.Sprintf("same/%d/%d.html", i%4, i)] = strings.Repeat("s", 1000)
		files[fmt.Sprintf("changed/%d.html", i)] = strings.Repeat(fmt.Sprint(second), 1000)
		files[fmt.Sprintf("only-%v/%d.html", second, i)] = "x"
	}
	return files
}

func child(t *testing.T, dir, which string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, which)
	c.Env = append(os.Environ(), childVar+"="+dir)
	c.Stderr = os.Stderr
	return c
}

func TestUmaskDoesNotMatter(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	if err := child(t, dir, "old").Run(); err != nil { // the child has umask 077
		t.Fatal(err)
	}
	wantTree(t, dir, crashTree(false))
	wantModes(t, dir)
}

func TestKilledRunLeavesOldOrNew(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "public")
	mustPublish(t, dir, crashTree(true))
	start := time.Now()
	if err := child(t, dir, "old").Run(); err != nil {
		t.Fatal(err)
	}
	full := time.Since(start)
	rnd := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	state := "old"
	for round := 0; time.Since(start) < 2*time.Second; round++ {
		next := "new"
		if state == "new" {
			next = "old"
		}
		c := child(t, dir, next)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rnd.Int64N(int64(full * 5 / 4))))
		c.Process.Kill()
		c.Wait()
		got := read(t, dir)
		switch got["changed/0.html"] {
		case strings.Repeat("true", 1000):
			state = "new"
		default:
			state = "old"
		}
		seen[state]++
		wantTree(t, dir, crashTree(state == "new"))
		if t.Failed() {
			t.Fatalf("torn in round %d", round)
		}
	}
	t.Logf("seen %v, a full run takes %v", seen, full)
	mustPublish(t, dir, crashTree(true))
	wantTree(t, dir, crashTree(true))
	wantModes(t, dir)
	wantAlone(t, dir)
}

// TestLockIsNoLink: a link in the place of the lock file would make the file
// that it leads to.
func TestLockIsNoLink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	victim := filepath.Join(dir, "victim")
	if err := os.Symlink(victim, filepath.Join(dir, ".site.lock")); err != nil {
		t.Skip(err)
	}
	_, err := output.Publish(t.Context(), filepath.Join(dir, "site"), bytesOf(tree{"a.html": "a"}), output.Options{})
	if err == nil || !strings.Contains(err.Error(), "is not the lock file of a build") {
		t.Errorf("got error %v", err)
	}
	if _, err := os.Lstat(victim); err == nil {
		t.Error("the file that the link leads to was made")
	}
}
