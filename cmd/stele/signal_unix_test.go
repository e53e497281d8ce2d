//go:build unix

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// mainVar makes of the test program the very “stele”, see TestMain.
const mainVar = "STELE_TEST_MAIN"

var endingSignals = []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}

// soon is how long a program may take to end after a signal. The machine may have much
// else to do.
const soon = patience + 4*time.Second

func steleMain(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, args...)
	c.Env = append(os.Environ(), mainVar+"=1", "STELE_LANG=en")
	return c
}

// endOf is closed once a program that was started has ended.
func endOf(c *exec.Cmd) <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		_ = c.Wait()
		close(ended)
	}()
	return ended
}

// endsSoon waits for the end of a program that got a signal, and returns its exit code.
func endsSoon(t *testing.T, c *exec.Cmd, ended <-chan struct{}, when string) int {
	t.Helper()
	select {
	case <-ended:
	case <-time.After(soon):
		t.Errorf("%s: not ended after %v", when, soon)
		_ = c.Process.Kill()
		<-ended
	}
	return c.ProcessState.ExitCode()
}

// manyTexts is a site of many short texts.
func manyTexts(t *testing.T, n int) string {
	t.Helper()
	content := filepath.Join(t.TempDir(), "content")
	for i := range n {
		for lang, words := range map[string]string{"ru": "Реки и озера", "en": "Rivers and lakes"} {
			var b strings.Builder
			fmt.Fprintf(&b, "# %s %d {#t}\n", words, i)
			for k := range 4 {
				fmt.Fprintf(&b, "\n%s, %d of %d.\n", words, k*i, i)
			}
			put(t, filepath.Join(content, fmt.Sprintf("text-%d", i), lang+".md"), b.String())
		}
	}
	return content
}

// TestSignalEndsBuild: an interrupt at any moment of a build ends it at once and leaves
// the site as it was.
func TestSignalEndsBuild(t *testing.T) {
	t.Parallel()
	const texts = 100
	content := manyTexts(t, texts)
	out := filepath.Join(filepath.Dir(content), "public")
	// Every build has another title, so that all pages change, and a memory of its own,
	// by which is seen how far it has read.
	builds, memory := 0, ""
	build := func() *exec.Cmd {
		builds++
		put(t, filepath.Join(content, "site.yaml"), fmt.Sprintf("languages: [ru, en]\ntitle: Site %d\n", builds))
		memory = t.TempDir()
		return steleMain(t, "build", "--content", content, "--out", out, "--cache", memory)
	}
	if said, err := build().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	site := contents(t, out)
	there := func(n int, parts ...string) bool {
		found, _ := filepath.Glob(filepath.Join(parts...))
		return len(found) >= n
	}
	stage := filepath.Join(filepath.Dir(out), ".public.stele-stage-*")
	cut := 0
	for i, moment := range []struct {
		name string
		come func() bool
	}{
		{"at once", func() bool { return true }},
		{"while it begins to read", func() bool { return there(1, memory, "??", "*") }},
		{"while it reads", func() bool { return there(texts/2, memory, "??", "*") }},
		{"while it begins to write", func() bool { return there(1, stage) }},
		{"while it writes", func() bool { return there(texts/3, stage, "en", "*") }},
	} {
		for range 3 { // the build may be over before the moment is seen
			c := build()
			var said bytes.Buffer
			c.Stderr = &said
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			ended := endOf(c)
			for over := false; !over && !moment.come(); {
				select {
				case <-ended:
					over = true
				case <-time.After(time.Millisecond):
				}
			}
			_ = c.Process.Signal(endingSignals[i%len(endingSignals)])
			code := endsSoon(t, c, ended, moment.name)
			if code == exitFine {
				site = contents(t, out)
				continue
			}
			cut++
			// Before the program takes heed of signals the system ends it.
			if code == exitFault && said.String() != "stele: interrupted\n" || code != exitFault && (code != -1 || i > 0) {
				t.Errorf("%s: ended with %d: %s", moment.name, code, &said)
			}
			if !maps.Equal(contents(t, out), site) {
				t.Fatalf("%s: the site is another", moment.name)
			}
			break
		}
	}
	if cut < 2 {
		t.Errorf("only %d builds were cut off", cut)
	}
	if said, err := build().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil || len(entries) != 2 {
		t.Errorf("beside the content and the site there is something more: %v %v", entries, err)
	}
}

// TestSignalEndsServe: so it is with a preview: while it reads, and while pages are open.
func TestSignalEndsServe(t *testing.T) {
	t.Parallel()
	content := manyTexts(t, 60)
	for i, moment := range []string{"at once", "while it reads", "with an open page"} {
		c := steleMain(t, "serve", "--content", content, "--port", "0")
		out, err := c.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines, address := bufio.NewScanner(out), ""
		for address == "" && lines.Scan() {
			_, address, _ = strings.Cut(lines.Text(), "preview at ")
		}
		rest := make(chan string, 1)
		go func() {
			b := ""
			for lines.Scan() {
				b = lines.Text()
			}
			rest <- b
		}()
		switch moment {
		case "while it reads":
			time.Sleep(100 * time.Millisecond)
		case "with an open page":
			answer, err := http.Get(address + "-/events")
			if err != nil {
				t.Fatal(err)
			}
			go io.Copy(io.Discard, answer.Body)
			defer answer.Body.Close()
		}
		_ = c.Process.Signal(endingSignals[i%len(endingSignals)])
		last := <-rest
		// What a slow machine has not ended by then is cut off.
		if code := endsSoon(t, c, endOf(c), moment); code != exitFine && (code != exitFault || last != "stele: interrupted") {
			t.Errorf("a preview interrupted %s ended with %d: %s", moment, code, last)
		}
	}
}
