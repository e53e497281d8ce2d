//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// limited is a preview that may have only so many files open, or write files only so
// long, as “ulimit” says.
type limited struct {
	*deskClient
	mu   sync.Mutex
	said strings.Builder
}

func startLimited(t *testing.T, limit, content string) *limited {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("sh", "-c", "ulimit "+limit+` && exec "$0" serve --port 0 --content "$1"`, self, content)
	c.Env = append(os.Environ(), mainVar+"=1", "STELE_LANG=en")
	out, err := c.StderrPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	l := &limited{deskClient: &deskClient{t: t}}
	for l.address == "" && lines.Scan() {
		_, l.address, _ = strings.Cut(lines.Text(), "preview at ")
	}
	read := make(chan bool)
	go func() {
		defer close(read)
		for lines.Scan() {
			l.mu.Lock()
			l.said.WriteString(lines.Text() + "\n")
			l.mu.Unlock()
		}
	}()
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		<-read
		if err := c.Wait(); err != nil {
			t.Errorf("the preview ended with %v", err)
		}
	})
	l.wait()
	return l
}

// tells waits until the preview has said something.
func (l *limited) tells(want string) {
	l.t.Helper()
	said := ""
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		l.mu.Lock()
		said = l.said.String()
		l.mu.Unlock()
		if strings.Contains(said, want) {
			return
		}
	}
	l.t.Fatalf("it never says %q, only\n%s", want, said)
}

// shows waits until the desk shows something.
func (l *limited) shows(want string) {
	l.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if answer, err := http.Get(l.address + "editors.html?lang=en"); err == nil {
			body, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			if bytes.Contains(body, []byte(want)) {
				return
			}
		}
	}
	l.t.Fatalf("the page never shows %q", want)
}

// TestServeWithoutDescriptors: what changed while no more files could be opened is
// shown once they can.
func TestServeWithoutDescriptors(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	l := startLimited(t, "-n 48", content)
	var open []io.Closer
	for range 80 { // more than are let in
		client := &http.Client{Transport: &http.Transport{}, Timeout: 2 * time.Second}
		if answer, err := client.Get(l.address + "-/events"); err == nil {
			open = append(open, answer.Body)
		}
		if len(open) > 60 {
			break
		}
	}
	put(t, filepath.Join(content, "law", "en.md"), strings.Replace(fileOf(t, content, "law/en.md"), "Schools, new.", "Schools, mended.", 1))
	put(t, filepath.Join(content, "more", "en.md"), "# More {#more}\n\nNew folder.\n")
	put(t, filepath.Join(content, "more", "ru.md"), "# Ещё {#more}\n\nНовая папка.\n")
	time.Sleep(300 * time.Millisecond)
	for _, c := range open {
		c.Close()
	}
	l.shows("Schools, mended.")
	l.shows("New folder.")
	put(t, filepath.Join(content, "more", "en.md"), "# More {#more}\n\nChanged in it.\n")
	l.shows("Changed in it.")
}

// TestServeEndures: a file that becomes a folder or a pipe, and content that goes
// away, are told; the last good site is shown meanwhile, and the next once they are
// mended.
func TestServeEndures(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	l := startLimited(t, "-n 200", content)
	file := filepath.Join(content, "law", "en.md")
	text := fileOf(t, content, "law/en.md")
	for i, harm := range []func() error{
		func() error { return os.Mkdir(file, 0o755) },
		func() error { return syscall.Mkfifo(file, 0o600) },
		func() error { return os.WriteFile(file, []byte("# The Law {#law}\n\n\xff\xfe\n"), 0o600) },
		func() error { return os.Symlink("/etc/passwd", file) },
		func() error { return os.Symlink(filepath.Base(file), file) },
	} {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if err := harm(); err != nil {
			t.Fatal(err)
		}
		// What is told of it is the reader's business; the preview must live.
		if i > 0 { // a folder is an error only as a file that is missing
			l.told(i)
			l.shows("Schools, mended " + string(rune('a'+i-1)))
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		mended := strings.Replace(text, "Schools, new.", "Schools, mended "+string(rune('a'+i))+".", 1)
		put(t, file, mended)
		l.shows("mended " + string(rune('a'+i)))
	}
	if err := os.Rename(content, content+"-away"); err != nil {
		t.Fatal(err)
	}
	l.tells("content")
	if err := os.Rename(content+"-away", content); err != nil {
		t.Fatal(err)
	}
	put(t, file, strings.Replace(text, "Schools, new.", "Schools, back.", 1))
	l.shows("Schools, back.")
}

// told waits until the preview has said something of the law's English file.
func (l *limited) told(i int) {
	l.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		l.mu.Lock()
		said := l.said.String()
		if strings.Contains(said, "law") {
			l.said.Reset()
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		if time.Now().After(end) {
			l.t.Fatalf("harm %d is not told: %s", i, said)
		}
	}
}

// TestDeskOnAFullDisk: an act that the disk does not take is told on the page, and
// leaves all files as they were; once there is room it is done.
func TestDeskOnAFullDisk(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	before := contents(t, content)
	l := startLimited(t, "-f 0", content)
	edit := map[string]any{"text": "law", "passage": "1.1", "print": l.print("1.1"), "in": "ru", "lang": "en", "block": 0, "last": 0, "markdown": "Моря."}
	code, reply := l.post("edit", edit)
	var said struct{ Error string }
	if err := json.Unmarshal([]byte(reply), &said); err != nil || code != http.StatusInternalServerError || !strings.Contains(said.Error, "was not written") {
		t.Errorf("%d %s %v", code, reply, err)
	}
	after := contents(t, content)
	if len(after) != len(before) {
		t.Errorf("there are %d files, there were %d", len(after), len(before))
	}
	for name, body := range before {
		if after[name] != body {
			t.Errorf("%s is %q", name, after[name])
		}
	}
	if _, reply = l.post("confirm", map[string]any{"text": "law", "lang": "en", "prints": map[string]string{"1.1": l.print("1.1")}}); !strings.Contains(reply, "was not written") {
		t.Errorf("confirm: %s", reply)
	}
	put(t, filepath.Join(content, "law", "en.md"), strings.Replace(before["law/en.md"], "Schools, new.", "Schools, mended.", 1))
	l.shows("Schools, mended.")
}
