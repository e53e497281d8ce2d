package output_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"stele/build/output"
)

// What a change of several files makes of a folder.
var (
	oldFolder = tree{"law/ru.md": "закон", "law/en.md": "law", "law/alignment.tsv": "1", "glossary/old.yaml": "term", "same.md": "same"}
	newFolder = tree{"law/ru.md": "закон и право", "law/en.md": "law", "law/alignment.tsv": "2", "law/alignment.tsv~": "1", "glossary/group/new.yaml": "term", "same.md": "same", "about/en.md": ""}
	toNew     = []output.Change{
		{Path: "glossary/group/new.yaml", Body: []byte("term"), New: true},
		{Path: "about/en.md", Body: []byte{}},
		{Path: "law/ru.md", Body: []byte("закон и право")},
		{Path: "same.md", Body: []byte("same")},
		{Path: "law/alignment.tsv", Body: []byte("2")},
		{Path: "law/alignment.tsv~", Body: []byte("1")},
		{Path: "glossary/old.yaml"},
		{Path: "never.yaml"},
	}
)

func folderOf(t *testing.T, files tree) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), body)
	}
	return dir
}

func write(t *testing.T, name, body string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

// all lists a folder, folders too, hidden ones too.
func all(t *testing.T, dir string) tree {
	t.Helper()
	got := tree{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, p)
		if err != nil || rel == "." {
			return err
		}
		if d.IsDir() {
			got[filepath.ToSlash(rel)+"/"] = ""
			return nil
		}
		body, err := os.ReadFile(p)
		got[filepath.ToSlash(rel)] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// withFolders adds the folders of the files.
func withFolders(files tree, more ...string) tree {
	out := maps.Clone(files)
	for name := range files {
		for d := filepath.ToSlash(filepath.Dir(name)); d != "."; d = filepath.ToSlash(filepath.Dir(d)) {
			out[d+"/"] = ""
		}
	}
	for _, d := range more {
		out[d] = ""
	}
	return out
}

var (
	oldWhole = withFolders(oldFolder)
	newWhole = withFolders(newFolder)
)

// visible leaves out what no other program takes for a file of the folder.
func visible(files tree) tree {
	out := maps.Clone(files)
	maps.DeleteFunc(out, func(name, _ string) bool {
		return strings.HasSuffix(name, "/") || strings.HasPrefix(name[strings.LastIndex(name, "/")+1:], ".")
	})
	return out
}

func TestChange(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, oldFolder)
	if err := os.Chmod(filepath.Join(dir, "law", "ru.md"), 0o640); err != nil {
		t.Fatal(err)
	}
	same := stat(t, filepath.Join(dir, "same.md"))
	f := output.Folder{Dir: dir}
	if err := f.Change(t.Context(), toNew); err != nil {
		t.Fatal(err)
	}
	if got := all(t, dir); !maps.Equal(got, newWhole) {
		t.Fatalf("got %q, want %q", got, newWhole)
	}
	if !os.SameFile(same, stat(t, filepath.Join(dir, "same.md"))) {
		t.Error("a file that is as it is to be was replaced")
	}
	if got := stat(t, filepath.Join(dir, "law", "ru.md")).Mode().Perm(); got != 0o640 {
		t.Errorf("mode %v, want 0640", got)
	}
	if err := f.Change(t.Context(), toNew[1:]); err != nil {
		t.Error(err)
	}
	if err := f.Change(t.Context(), toNew); !errors.Is(err, os.ErrExist) {
		t.Errorf("what must be new was there, and the error is %v", err)
	}
	for _, bad := range []output.Change{{Path: "../x", Body: []byte("x")}, {Path: "law", Body: []byte("x")}, {Path: "law"}, {Path: "law/ru.md/x", Body: []byte("x")}, {Path: "/x"}} {
		if err := f.Change(t.Context(), []output.Change{{Path: "law/en.md", Body: []byte("other")}, {Path: "fresh/x", Body: []byte("x")}, bad}); err == nil {
			t.Errorf("%q was written", bad.Path)
		}
		if got := all(t, dir); !maps.Equal(got, newWhole) {
			t.Fatalf("after %q: got %q, want %q", bad.Path, got, newWhole)
		}
	}
	fresh := filepath.Join(dir, "a", "b")
	if err := (output.Folder{Dir: fresh}).Change(t.Context(), []output.Change{{Path: "c/d.md", Body: []byte("d")}}); err != nil {
		t.Error(err)
	}
	if got := all(t, fresh); !maps.Equal(got, tree{"c/": "", "c/d.md": "d"}) {
		t.Errorf("a folder that was not there holds %q", got)
	}
}

const (
	changeVar = "STELE_TEST_CHANGE"
	dieVar    = "STELE_TEST_DIE" // at which step
)

// changeAndDie is the child that is killed before a step of a change, or of the
// mending of one.
func changeAndDie(dir string) {
	left, _ := strconv.Atoi(os.Getenv(dieVar))
	f := output.Folder{Dir: dir, Step: func(string, string) error {
		if left--; left == 0 {
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				_ = self.Kill()
			}
			select {}
		}
		return nil
	}}
	m, err := f.Mend()
	if err == nil && len(m.Finished) == 0 {
		err = f.Change(context.Background(), toNew)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// dying runs the child; true if it came to its end.
func dying(t *testing.T, dir string, at int) bool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), changeVar+"="+dir, dieVar+"="+strconv.Itoa(at))
	out, err := c.CombinedOutput()
	if err != nil && c.ProcessState.Exited() && c.ProcessState.ExitCode() == 1 && len(out) > 0 {
		t.Fatalf("step %d: %s", at, out)
	}
	return err == nil
}

// TestChangeKilledAtEveryStep: whenever a change is killed, every file is the old or
// the new one, whole; and once it is mended all are, with nothing beside them.
func TestChangeKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	half := 0
	for at := 1; ; at++ {
		dir := folderOf(t, oldFolder)
		if dying(t, dir, at) {
			if at < 15 {
				t.Errorf("a change has %d steps only", at-1)
			}
			break
		}
		f := output.Folder{Dir: dir}
		left := all(t, dir)
		for name, body := range visible(left) {
			if was, ok := oldFolder[name]; (!ok || was != body) && newFolder[name] != body {
				t.Fatalf("step %d: %s is %q, neither the old file nor the new one", at, name, body)
			}
		}
		now := visible(left)
		unfinished, err := f.Unfinished()
		if err != nil {
			t.Fatal(err)
		}
		torn := !maps.Equal(now, oldFolder) && !maps.Equal(now, newFolder)
		if torn {
			half++
		}
		if torn && len(unfinished) == 0 {
			t.Fatalf("step %d: half is done, and nothing tells it: %q", at, left)
		}
		m, err := f.Mend()
		if err != nil {
			t.Fatalf("step %d: %v", at, err)
		}
		got := all(t, dir)
		if !maps.Equal(got, oldWhole) && !maps.Equal(got, withFolders(newFolder)) || len(m.Kept) > 0 {
			t.Fatalf("step %d: after mending (%+v) it is %q", at, m, got)
		}
		if stray := !maps.Equal(left, got); stray && len(m.Finished)+len(m.Dropped) == 0 && len(left) != len(got)+1 {
			t.Errorf("step %d: %q became %q without a word", at, left, got)
		}
		if again, err := f.Mend(); err != nil || len(again.Finished)+len(again.Dropped) > 0 {
			t.Errorf("step %d: mended twice: %+v %v", at, again, err)
		}
	}
	if half < 3 {
		t.Errorf("only %d kills left half of the change", half)
	}
}

// TestMendKilledAtEveryStep: mending can be killed too.
func TestMendKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	first := 0 // the step at which something is renamed
	for at := 1; first == 0; at++ {
		dir := folderOf(t, oldFolder)
		dying(t, dir, at)
		if got := visible(all(t, dir)); !maps.Equal(got, oldFolder) {
			first = at
		}
	}
	for at := 1; ; at++ {
		dir := folderOf(t, oldFolder)
		dying(t, dir, first)
		if dying(t, dir, at) {
			break
		}
		if _, err := (output.Folder{Dir: dir}).Mend(); err != nil {
			t.Fatal(err)
		}
		if got := all(t, dir); !maps.Equal(got, newWhole) {
			t.Fatalf("mending was killed at step %d, and after mending again it is %q", at, got)
		}
	}
}

// TestChangeFails: whatever step fails, once or from then on, all is as it was, or
// the journal tells what is to be finished, and it is.
func TestChangeFails(t *testing.T) {
	t.Parallel()
	for _, from := range []bool{false, true} {
		for at := 1; ; at++ {
			dir := folderOf(t, oldFolder)
			n := 0
			f := output.Folder{Dir: dir, Step: func(string, string) error {
				if n++; n == at || from && n > at {
					return syscall.ENOSPC
				}
				return nil
			}}
			err := f.Change(t.Context(), toNew)
			if err == nil {
				break
			}
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("step %d: %v", at, err)
			}
			f.Step = nil
			m, mendErr := f.Mend()
			got := all(t, dir)
			if mendErr != nil || !maps.Equal(got, oldWhole) && (!maps.Equal(got, newWhole) || len(m.Finished) == 0) {
				t.Fatalf("step %d failed (%v), mending made %+v %v: %q", at, err, m, mendErr, got)
			}
			if !from && !maps.Equal(got, oldWhole) && !strings.Contains(err.Error(), output.JournalName) {
				t.Errorf("step %d: one failure was not taken back", at)
			}
		}
	}
}

// TestMendKeepsWhatChanged: what somebody wrote since is not overwritten, and what
// was to be written is kept beside it.
func TestMendKeepsWhatChanged(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, oldFolder)
	for at := 1; ; at++ {
		dying(t, dir, at)
		if left, err := (output.Folder{Dir: dir}).Unfinished(); err != nil {
			t.Fatal(err)
		} else if len(left) > 0 {
			break
		}
	}
	write(t, filepath.Join(dir, "law", "ru.md"), "мой закон")
	write(t, filepath.Join(dir, "law", "ru.md.unfinished~"), "an earlier one")
	m, err := output.Folder{Dir: dir}.Mend()
	if err != nil || len(m.Kept) != 1 || m.Kept[0] != (output.Kept{Path: "law/ru.md", Beside: "law/ru.md.unfinished-2~"}) {
		t.Fatalf("got %+v %v", m, err)
	}
	want := maps.Clone(newWhole)
	want["law/ru.md"], want["law/ru.md.unfinished~"], want["law/ru.md.unfinished-2~"] = "мой закон", "an earlier one", newFolder["law/ru.md"]
	if got := all(t, dir); !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestJournalOfAStranger: a journal that came with the files touches nothing outside
// of the folder, and in it only what a change leaves.
func TestJournalOfAStranger(t *testing.T) {
	t.Parallel()
	outer := t.TempDir()
	victim := filepath.Join(outer, "victim")
	dir := filepath.Join(outer, "content")
	write(t, victim, "victim")
	write(t, filepath.Join(dir, ".victim.stele-1"), "bad")
	write(t, filepath.Join(dir, "mine.md"), "mine")
	write(t, filepath.Join(dir, "other.md"), "other")
	if err := os.Symlink(victim, filepath.Join(dir, "link.md")); err != nil {
		t.Log(err)
	}
	for i, line := range []string{
		`{"folders":["..","../x","mine.md","/"],"files":[{"path":"../victim"},{"path":"/etc/passwd"},null,{"path":"link.md"}]}`,
		`{"ready":true,"files":[{"path":"../victim","temp":".victim.stele-1","is":"x"},{"path":"link.md"},{"path":"mine.md","temp":"../victim"},{"path":"mine.md","temp":"other.md","was":"x"},{"path":"","temp":""}]}`,
		`{"ready":true,"files":[{"path":"mine.md","was":"` + strings.Repeat("0", 64) + `"}]}`,
		`[]`, `{"ready":true}`, "\x00", `{"files":{}}`, strings.Repeat("[", 1<<16),
	} {
		write(t, filepath.Join(dir, output.JournalName), line+"\n")
		if _, err := (output.Folder{Dir: dir}).Mend(); err != nil {
			t.Logf("%d: %v", i, err)
		}
		for name, want := range map[string]string{victim: "victim", filepath.Join(dir, "mine.md"): "mine", filepath.Join(dir, "other.md"): "other"} {
			if got, err := os.ReadFile(name); err != nil || string(got) != want {
				t.Errorf("%s: %s is %q %v", line, name, got, err)
			}
		}
	}
}

// TestMendSaysWhatIsOutside: what a change wrote through a link that leads out of the
// folder is not touched without a look, and told.
func TestMendSaysWhatIsOutside(t *testing.T) {
	t.Parallel()
	dir, outer := folderOf(t, tree{"a.md": "old"}), folderOf(t, tree{"b.md": "old"})
	if err := os.Symlink(filepath.Join(outer, "b.md"), filepath.Join(dir, "b.md")); err != nil {
		t.Skip(err)
	}
	sums := `"was":"` + sumOf("old") + `","is":"` + sumOf("new") + `"`
	write(t, filepath.Join(dir, ".a.md.stele-1"), "new")
	write(t, filepath.Join(outer, ".b.md.stele-1"), "new")
	write(t, filepath.Join(dir, output.JournalName), `{"ready":true,"files":[{"path":"a.md","temp":".a.md.stele-1",`+sums+`},{"path":"b.md","temp":".b.md.stele-1",`+sums+`}]}`+"\n")
	m, err := output.Folder{Dir: dir}.Mend()
	if err != nil || !slices.Equal(m.Finished, []string{"a.md"}) || !slices.Equal(m.Outside, []string{"b.md"}) {
		t.Errorf("got %+v %v", m, err)
	}
}

// TestMendWhereOnlyNewFilesAreMade: there no journal takes anything away, or puts
// anything in the place of something else.
func TestMendWhereOnlyNewFilesAreMade(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		entry string
		ours  bool
	}{
		{`{"path":"LICENSE","was":"` + sumOf("old") + `"}`, false},
		{`{"path":"LICENSE","temp":".LICENSE.stele-1","was":"` + sumOf("old") + `","is":"` + sumOf("new") + `"}`, false},
		{`{"path":"fresh","temp":".fresh.stele-1","is":"` + sumOf("new") + `"}`, true},
	} {
		for _, ready := range []string{"true", "false"} {
			dir := folderOf(t, tree{"LICENSE": "old", ".LICENSE.stele-1": "new", ".fresh.stele-1": "new"})
			write(t, filepath.Join(dir, output.JournalName), `{"ready":`+ready+`,"files":[`+c.entry+`]}`+"\n")
			f := output.Folder{Dir: dir, OnlyNew: true}
			before := all(t, dir)
			left, err := f.Unfinished()
			if err != nil || (len(left) > 0) != (c.ours && ready == "true") {
				t.Errorf("%s: unfinished are %q %v", c.entry, left, err)
			}
			m, err := f.Mend()
			if err != nil || (len(m.Finished)+len(m.Dropped) > 0) != c.ours {
				t.Errorf("%s: got %+v %v", c.entry, m, err)
			}
			if got := all(t, dir); !c.ours && !maps.Equal(got, before) || got["LICENSE"] != "old" {
				t.Errorf("%s: there is %q", c.entry, got)
			}
			if err := f.Change(t.Context(), []output.Change{{Path: "x", Body: []byte("x"), New: true}}); c.ours != (err == nil) || !c.ours && !errors.Is(err, output.ErrForeign) {
				t.Errorf("%s: a change ends with %v", c.entry, err)
			}
		}
	}
}

func sumOf(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

// TestChangesFollowOneAnother: two programs that write into one folder wait for each
// other, and nothing is mended while one is at work.
func TestChangesFollowOneAnother(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, oldFolder)
	held, done := make(chan bool), make(chan error)
	first := true
	f := output.Folder{Dir: dir, Step: func(what, _ string) error {
		if first && what == "rename" {
			first = false
			held <- true
			<-held
		}
		return nil
	}}
	go func() { done <- f.Change(t.Context(), toNew) }()
	<-held
	if m, err := (output.Folder{Dir: dir}).Mend(); err != nil || len(m.Finished) > 0 {
		t.Errorf("what a living program is at was mended: %+v %v", m, err)
	}
	second := make(chan error)
	go func() {
		second <- output.Folder{Dir: dir}.Change(t.Context(), []output.Change{{Path: "law/en.md", Body: []byte("second")}, {Path: "law/ru.md", Body: []byte("второй")}})
	}()
	held <- true
	if err := errors.Join(<-done, <-second); err != nil {
		t.Fatal(err)
	}
	want := maps.Clone(newWhole)
	want["law/en.md"], want["law/ru.md"] = "second", "второй"
	if got := all(t, dir); !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestChangeOfWhatWasRead: what a file held when it was read is looked at under the
// lock, so that of two programs that read the same one only one writes.
func TestChangeOfWhatWasRead(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, tree{"a.md": "old", "b.md": "old"})
	held, done := make(chan bool), make(chan error)
	change := func(body string) []output.Change {
		return []output.Change{{Path: "a.md", Body: []byte(body), Known: true, Before: []byte("old")}, {Path: "c.md", Body: []byte(body), Known: true}}
	}
	first := true
	f := output.Folder{Dir: dir, Step: func(what, _ string) error {
		if first && what == "rename" {
			first = false
			held <- true
			<-held
		}
		return nil
	}}
	go func() { done <- f.Change(t.Context(), change("first")) }()
	<-held
	second, locked := make(chan error), make(chan bool, 1)
	g := output.Folder{Dir: dir, Step: func(what, _ string) error {
		if what == "lock" {
			locked <- true
		}
		return nil
	}}
	go func() { second <- g.Change(t.Context(), change("second")) }()
	<-locked // it has looked at the files, and finds them as it expects
	held <- true
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if err := <-second; !errors.As(err, new(*output.ChangedError)) {
		t.Errorf("the second change, of what the first one has changed, ended with %v", err)
	}
	want := tree{"a.md": "first", "b.md": "old", "c.md": "first"}
	if got := all(t, dir); !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, c := range []output.Change{
		{Path: "a.md", Body: []byte("first"), Known: true, Before: []byte("old")}, // the same by chance
		{Path: "a.md", Body: []byte("x"), Known: true},
		{Path: "a.md", Known: true, Before: []byte{}},
		{Path: "none.md", Body: []byte("x"), Known: true, Before: []byte{}},
	} {
		if err := (output.Folder{Dir: dir}).Change(t.Context(), []output.Change{{Path: "b.md", Body: []byte("new")}, c}); !errors.As(err, new(*output.ChangedError)) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if got := all(t, dir); !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestChangeMeetsAnotherProgram: what a program that asks for no lock writes in the
// midst of a change stays, whichever file it writes and whenever.
func TestChangeMeetsAnotherProgram(t *testing.T) {
	t.Parallel()
	before := tree{"a.md": "old", "b.md": "old", "gone.md": "old"}
	changes := []output.Change{{Path: "a.md", Body: []byte("new")}, {Path: "b.md", Body: []byte("new")}, {Path: "fresh.md", Body: []byte("new")}, {Path: "gone.md"}}
	for _, victim := range []string{"a.md", "b.md", "fresh.md", "gone.md"} {
		for at := 1; ; at++ {
			dir := folderOf(t, before)
			n, what := 0, ""
			f := output.Folder{Dir: dir, Step: func(step, _ string) error {
				if n++; n == at {
					what = step
					write(t, filepath.Join(dir, victim), "mine")
				}
				return nil
			}}
			err := f.Change(t.Context(), changes)
			if n < at {
				break
			}
			got := all(t, dir)
			seen := err == nil && (what == "lock" || got[victim] == "mine") // before it was planned, or after it was done
			switch {
			case what == "lock":
			case got[victim] != "mine":
				t.Errorf("%s written at step %d, %s: lost; there is %q (%v)", victim, at, what, got, err)
			case !seen && !errors.As(err, new(*output.ChangedError)):
				t.Errorf("%s written at step %d, %s: %v", victim, at, what, err)
			}
			if err != nil {
				want := maps.Clone(before)
				want[victim] = "mine"
				delete(got, victim+".unfinished~")
				if !maps.Equal(got, want) {
					t.Errorf("%s written at step %d, %s: there is %q", victim, at, what, got)
				}
			}
		}
	}
}

// TestTakingBackMeetsAnotherProgram: so it is while a change that failed is taken
// back; what the file held before is then kept beside it.
func TestTakingBackMeetsAnotherProgram(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, tree{"a.md": "old", "b.md": "old"})
	f := output.Folder{Dir: dir, Step: func(what, name string) error {
		if what == "rename" && filepath.Base(name) == "b.md" {
			return syscall.ENOSPC
		}
		if what == "take back" {
			write(t, name, "mine")
		}
		return nil
	}}
	err := f.Change(t.Context(), []output.Change{{Path: "a.md", Body: []byte("new")}, {Path: "b.md", Body: []byte("new")}})
	changed := (*output.ChangedError)(nil)
	if !errors.Is(err, syscall.ENOSPC) || !errors.As(err, &changed) || filepath.Base(changed.Beside) != "a.md.unfinished~" {
		t.Errorf("the error is %v", err)
	}
	if got, want := all(t, dir), (tree{"a.md": "mine", "a.md.unfinished~": "old", "b.md": "old"}); !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestOneFileKilledAfterItsStep: a change of one file that was killed when the file
// was in its place is not told as one of which nothing was done.
func TestOneFileKilledAfterItsStep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		now               string
		finished, dropped []string
	}{{"new", []string{"a.md"}, nil}, {"old", nil, []string{"a.md"}}} {
		dir := folderOf(t, tree{"a.md": c.now})
		write(t, filepath.Join(dir, output.JournalName), `{"files":[{"path":"a.md","was":"`+sumOf("old")+`","is":"`+sumOf("new")+`"}]}`+"\n")
		m, err := output.Folder{Dir: dir}.Mend()
		if err != nil || !slices.Equal(m.Finished, c.finished) || !slices.Equal(m.Dropped, c.dropped) {
			t.Errorf("%s: got %+v %v", c.now, m, err)
		}
	}
}
