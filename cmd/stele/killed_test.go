package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"stele/build/output"
	"stele/build/serve"
)

// contents are the files of a folder by path, hidden ones too.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		got[filepath.ToSlash(rel)] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// seen leaves out the files that no program takes for a text.
func seen(files map[string]string) map[string]string {
	out := maps.Clone(files)
	maps.DeleteFunc(out, func(name, _ string) bool {
		base := name[strings.LastIndex(name, "/")+1:]
		return strings.HasPrefix(base, ".") && base != ".gitignore"
	})
	return out
}

// killer notes what a folder holds before each thing that is done to a file: what
// there would be if the program were killed there.
type killer struct {
	t      testing.TB
	dir    string
	states []map[string]string
	whats  []string
	fail   int // the step that fails; none if 0
	checks int // done so far
	reader invocation
}

func newKiller(t testing.TB, dir string) *killer {
	k := &killer{t: t, dir: dir, reader: invocation{Context: t.Context(), stdout: io.Discard}}
	if err := k.reader.speak("en"); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *killer) step(what, _ string) error {
	k.states, k.whats = append(k.states, contents(k.t, k.dir)), append(k.whats, what)
	if len(k.states) == k.fail {
		return syscall.ENOSPC
	}
	return nil
}

// check sees that from each state the next start comes to what was before or to what
// there is now, and that whoever starts it is told.
func (k *killer) check(name string, before, after map[string]string, content string) {
	k.t.Helper()
	if len(k.states) == 0 {
		k.t.Errorf("%s: nothing was written", name)
	}
	const most = 10 // states; of a theme's files there are hundreds. Others each time
	k.checks++
	for i, state := range k.states {
		if i > 0 && maps.Equal(state, k.states[i-1]) || (i+k.checks)%(1+len(k.states)/most) != 0 {
			continue
		}
		for file, body := range seen(state) {
			if was, ok := before[file]; (!ok || was != body) && after[file] != body {
				k.t.Fatalf("%s, killed before step %d, %s: %s is neither the old file nor the new one: %q", name, i, k.whats[i], file, body)
			}
		}
		dir := k.t.TempDir()
		for file, body := range state {
			to := filepath.Join(dir, filepath.FromSlash(file))
			if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, []byte(body), 0o600)); err != nil {
				k.t.Fatal(err)
			}
		}
		site := &siteFlags{content: filepath.Join(dir, content)}
		torn := !maps.Equal(seen(state), before) && !maps.Equal(seen(state), after)
		if told := site.whole() != nil; told != torn && torn {
			k.t.Fatalf("%s, killed before step %d, %s: half is done, and no build would tell", name, i, k.whats[i])
		}
		var said bytes.Buffer
		k.reader.stderr = &said
		if err := site.mend(&k.reader); err != nil {
			k.t.Fatal(err)
		}
		got := contents(k.t, dir)
		if !maps.Equal(got, before) && !maps.Equal(got, after) {
			k.t.Fatalf("%s, killed before step %d, %s: after the next start there is %q", name, i, k.whats[i], got)
		}
		if torn && !strings.Contains(said.String(), "is now finished") {
			k.t.Errorf("%s, killed before step %d, %s: only this is told: %s", name, i, k.whats[i], &said)
		}
		if len(state) > len(seen(state))+1 && said.Len() == 0 {
			k.t.Errorf("%s, killed before step %d, %s: what was left over went without a word: %q", name, i, k.whats[i], state)
		}
	}
}

// TestDeskKilledAtEveryStep: whatever an editor does at the desk, and wherever the
// program is killed at it, each file is the old or the new one, and the next start
// makes all of them so. Where the disk fails instead, the editor is told, and all is
// as it was.
func TestDeskKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	put(t, filepath.Join(content, "law", "ru.md"), fileOf(t, content, "law/ru.md")+"\nОдин.\n\nДва.\n")
	put(t, filepath.Join(content, "law", "en.md"), fileOf(t, content, "law/en.md")+"\nOne.\n\nTwo.\n")
	k := newKiller(t, content)
	server, handler := deskOf(t, &invocation{Context: t.Context(), stdout: io.Discard, stderr: io.Discard, writing: k.step}, content)
	post := func(path string, fields map[string]any) (int, string) {
		t.Helper()
		body, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		return ask(handler, server, path, string(body))
	}
	several := map[string]bool{}
	// done does an act and looks at all states that there were meanwhile.
	done := func(path string, fields map[string]any) (steps int) {
		t.Helper()
		before := contents(t, content)
		k.states, k.whats = nil, nil
		if code, reply := post(path, fields); code != http.StatusOK {
			t.Fatalf("%s %v: %d %s", path, fields, code, reply)
		}
		k.check(path, before, contents(t, content), "")
		if slices.Contains(k.whats, "ready") {
			several[path] = true
		}
		return len(k.states)
	}
	// act does it, takes it back and does it again.
	act := func(path string, fields map[string]any) {
		t.Helper()
		fields["lang"], fields["session"] = "en", "s"
		if n, ok := fields["passage"].(string); ok {
			fields["text"] = "law"
			print := printOf(t, handler, server, fields)
			if fields["print"] = print; path == "confirm" {
				fields = map[string]any{"text": "law", "lang": "en", "session": "s", "prints": map[string]any{n: print}}
			}
		}
		steps := done(path, fields)
		done("back", map[string]any{"session": "s", "lang": "en"})
		was := seen(contents(t, content))
		stride := map[string]int{"edit": 2, "rename": 11}[path]
		for k.fail = 1; stride > 0 && k.fail < steps; k.fail += stride { // the last takes the journal away
			k.states, k.whats = nil, nil
			code, reply := post(path, fields)
			if code == http.StatusOK || !strings.Contains(reply, "was not written") {
				t.Fatalf("%s, step %d fails: %d %s", path, k.fail, code, reply)
			}
			if got := contents(t, content); !maps.Equal(got, was) {
				t.Fatalf("%s, step %d, %s, fails: there is %q", path, k.fail, k.whats[k.fail-1], got)
			}
		}
		k.fail = 0
		if code, reply := post("back", map[string]any{"session": "s", "lang": "en", "again": true}); code != http.StatusOK {
			t.Fatalf("%s again: %d %s", path, code, reply)
		}
	}
	sent := func(name, data string) {
		t.Helper()
		file := map[string]any{"file": name, "data": base64.StdEncoding.EncodeToString([]byte(data)), "text": "law", "in": "en", "lang": "en"}
		code, reply := post("receive", file)
		var receipt struct {
			Seen  string
			Items []struct{ ID int }
		}
		if err := json.Unmarshal([]byte(reply), &receipt); err != nil || code != http.StatusOK || len(receipt.Items) == 0 {
			t.Fatalf("%s: %d %s %v", name, code, reply, err)
		}
		var items []int
		for _, i := range receipt.Items {
			items = append(items, i.ID)
		}
		file["seen"], file["items"] = receipt.Seen, items
		act("accept", file)
	}
	act("edit", map[string]any{"passage": "1.1", "in": "ru", "block": 0, "last": 0, "markdown": "Реки, озера и моря [[water|страны]]."})
	act("confirm", map[string]any{"passage": "1.2"})
	act("pin", map[string]any{"passage": "1.2", "pinned": true})
	act("join", map[string]any{"passage": "1.4"})
	act("divide", map[string]any{"passage": "1.2", "in": "en", "block": 0, "letters": 20})
	act("move-block", map[string]any{"passage": "1.2", "in": "en", "block": 0, "to": "down"})
	act("waive", map[string]any{"passage": "1.1", "in": "en", "block": 0, "code": "number-differs", "reason": "as it is"})
	act("name", map[string]any{"concept": "water", "in": "en", "name": "Lakes"})
	act("rename", map[string]any{"concept": "water", "name": "waters"})
	sent("en.md", strings.Replace(fileOf(t, content, "law/en.md"), "Schools, new.", "Schools, quite new.", 1))
	var xliff bytes.Buffer
	if code := run(t.Context(), []string{"export", "xliff", "law", "--from", "en", "--to", "ru", "--content", content}, &xliff, io.Discard); code != exitFine {
		t.Fatalf("export ended with %d", code)
	}
	sent("law.xlf", strings.Replace(xliff.String(), ">Вузы.<", ">Университеты.<", 1))
	if !several["edit"] || !several["rename"] || !several["confirm"] || !several["accept"] {
		t.Errorf("of acts that change several files there were only %v", several)
	}
}

// TestCommandsKilledAtEveryStep: so it is with every command that writes into the
// content. A disk that fails at any step leaves all as it was, with an error.
func TestCommandsKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	k := newKiller(t, "")
	command := func(args ...string) (code int, said string) {
		t.Helper()
		var out bytes.Buffer
		v := &invocation{Context: t.Context(), stdout: io.Discard, stderr: &out, writing: k.step}
		code = v.run(append([]string{"--lang=en"}, args...))
		return code, out.String()
	}
	reset := func(files map[string]string) {
		t.Helper()
		k.dir = t.TempDir()
		for name, body := range files {
			put(t, filepath.Join(k.dir, filepath.FromSlash(name)), body)
		}
	}
	files := map[string]string{
		"content/site.yaml": "languages: [ru, en]\n",
		"content/law/ru.md": "# Закон {#law}\n\nРаз.\n\nДва.\n", "content/law/en.md": "# Law {#law}\n\nOne.\n\nTwo.\n",
		"content/about/ru.md": "# О сайте {#about}\n\nТекст.\n", "content/about/en.md": "# About {#about}\n\nA text.\n",
		"charter.ru.txt": "УСТАВ\n\nКамни несут тексты.\n", "charter.en.txt": "CHARTER\n\nStones bear texts.\n",
	}
	for _, c := range []struct{ name, args string }{
		{"align", "align --save --all"},
		{"confirm", "confirm --all --by Editor"},
		{"edit", ""},
		{"align again", "align --save law"},
		{"undo", "align --undo law"},
		{"import of documents", "import --text charter DIR/charter.ru.txt DIR/charter.en.txt"},
		{"import of what came back", "import DIR/back.xlf"},
		{"new text", "new text notes"},
		{"new concept", "new concept bodies/council"},
		{"new version", "new version law 2001-06-15"},
		{"new language", "new language de"},
		{"new theme", "new theme mine"},
		{"new site", "new site DIR/other"},
	} {
		switch c.name {
		case "edit":
			files["content/law/en.md"] = strings.Replace(files["content/law/en.md"], "Two.", "The second.", 1)
			continue
		case "import of what came back":
			reset(files)
			var out bytes.Buffer
			if code := run(t.Context(), []string{"export", "xliff", "law", "--from", "en", "--to", "ru", "--content", filepath.Join(k.dir, "content")}, &out, io.Discard); code != exitFine {
				t.Fatalf("export ended with %d", code)
			}
			files["back.xlf"] = strings.Replace(out.String(), ">Два.<", ">Второе.<", 1)
		}
		steps, next := 0, files
		for k.fail = 0; k.fail < max(1, steps); k.fail += 1 + steps/3 {
			reset(files)
			k.states, k.whats = nil, nil
			args := strings.Fields(strings.ReplaceAll(c.args, "DIR", filepath.ToSlash(k.dir)))
			if !strings.HasPrefix(c.name, "new site") {
				args = append(args, "--content", filepath.Join(k.dir, "content"))
			}
			code, said := command(args...)
			after := contents(t, k.dir)
			if k.fail > 0 {
				if code != exitFault || !strings.Contains(said, "was not written") {
					t.Errorf("%s, step %d, %s, fails: the end is %d: %s", c.name, k.fail, k.whats[k.fail-1], code, said)
				}
				if !maps.Equal(after, files) {
					t.Errorf("%s, step %d, %s, fails: there is %q", c.name, k.fail, k.whats[k.fail-1], after)
				}
				continue
			}
			if code != exitFine || maps.Equal(after, files) {
				t.Fatalf("%s ended with %d: %s", c.name, code, said)
			}
			steps = len(k.states)
			content := "content"
			if c.name == "new site" {
				content = "other/content"
			}
			k.check(c.name, files, after, content)
			next = after
		}
		if !strings.HasPrefix(c.name, "new") {
			files = next
		}
	}
}

// childVar makes of the test program a “stele” that kills itself before a step.
const childVar = "STELE_TEST_KILLED_AT"

// child is the program in that role.
func child(at string) {
	left, _ := strconv.Atoi(at)
	v := &invocation{Context: context.Background(), stdout: os.Stdout, stderr: os.Stderr, writing: func(string, string) error {
		if left--; left == 0 {
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				_ = self.Kill()
			}
			select {}
		}
		return nil
	}}
	os.Exit(v.run(os.Args[1:]))
}

// TestServeIsKilled: a preview is killed in the midst of an act, and the next one
// finishes the act, says so, and shows what came of it.
func TestServeIsKilled(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	start := func(at string) (*exec.Cmd, *bufio.Scanner) {
		t.Helper()
		c := exec.CommandContext(t.Context(), self, "serve", "--lang", "en", "--port", "0", "--content", content)
		c.Env = append(os.Environ(), childVar+"="+at)
		said, err := c.StderrPipe()
		if err == nil {
			err = c.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(said)
		return c, lines
	}
	address := func(lines *bufio.Scanner) (at, before string) {
		t.Helper()
		for lines.Scan() {
			if _, a, ok := strings.Cut(lines.Text(), "preview at "); ok {
				go func() {
					for lines.Scan() {
						continue
					}
				}()
				return a, before
			}
			before += lines.Text() + "\n"
		}
		t.Fatalf("no preview: %s", before)
		return "", ""
	}
	// The steps of this act: lock, plan, make and fill for three files, sync, ready,
	// and the renames; before the third there is half of it.
	c, lines := start("15")
	at, _ := address(lines)
	client := &deskClient{t: t, address: at}
	client.wait()
	print := client.print("1.1")
	client.post("edit", map[string]any{"text": "law", "passage": "1.1", "print": print, "in": "ru", "lang": "en", "block": 0, "last": 0, "markdown": "Моря."})
	if err := c.Wait(); err == nil || c.ProcessState.Exited() {
		t.Fatalf("the preview was not killed: %v", err)
	}
	if left, err := (output.Folder{Dir: content}).Unfinished(); err != nil || len(left) != 3 {
		t.Fatalf("unfinished are %v %v: the step is another by now", left, err)
	}
	var told bytes.Buffer
	if code := run(t.Context(), []string{"--lang=en", "build", "--content", content, "--out", filepath.Join(t.TempDir(), "public")}, io.Discard, &told); code != exitFault || !strings.Contains(told.String(), "was cut off half-way") || !strings.Contains(told.String(), "“stele serve -c \""+content+"\"”") {
		t.Errorf("the build of half an act ended with %d: %s", code, &told)
	}
	c, lines = start("0")
	at, before := address(lines)
	if !strings.Contains(before, "is now finished") {
		t.Errorf("the next preview says only: %s", before)
	}
	client = &deskClient{t: t, address: at}
	client.wait()
	if got := get(t, at+"editors.html?lang=ru"); !strings.Contains(got, "Моря.") {
		t.Error("the next preview does not show what was done")
	}
	if got := fileOf(t, content, "law/ru.md"); !strings.Contains(got, "Моря.") {
		t.Error("the act was not finished")
	}
	entries, err := os.ReadDir(filepath.Join(content, "law"))
	if err != nil || len(entries) != 4 {
		t.Errorf("beside the texts stands %v %v", entries, err)
	}
	_ = c.Process.Kill()
	_ = c.Wait()
}

// deskClient does at the desk of another program what a page does.
type deskClient struct {
	t              *testing.T
	address, token string
}

// wait waits until the site is shown.
func (d *deskClient) wait() {
	d.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		answer, err := http.Get(d.address + "editors.html")
		if err != nil {
			continue
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode == http.StatusOK && bytes.Contains(body, []byte("data-print")) {
			var token struct{ Token string }
			if err := json.Unmarshal([]byte(get(d.t, d.address+"-/token")), &token); err != nil {
				d.t.Fatal(err)
			}
			d.token = token.Token
			return
		}
	}
	d.t.Fatal("no site is shown")
}

// print is the print of a passage.
func (d *deskClient) print(number string) string {
	d.t.Helper()
	_, rest, ok := strings.Cut(get(d.t, d.address+"editors.html?lang=en"), `data-number="`+number+`" data-print="`)
	print, _, _ := strings.Cut(rest, `"`)
	if !ok {
		d.t.Fatalf("the desk shows no passage %s", number)
	}
	return print
}

// post sends an act; the program may be gone before it answers.
func (d *deskClient) post(path string, fields map[string]any) (code int, reply string) {
	d.t.Helper()
	body, err := json.Marshal(fields)
	if err != nil {
		d.t.Fatal(err)
	}
	q, err := http.NewRequestWithContext(d.t.Context(), http.MethodPost, d.address+"-/"+path, bytes.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set(serve.TokenHeader, d.token)
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, string(said)
}
