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

// endsSoon waits for the end of a program that got a signal, and returns its exit code.
func endsSoon(t *testing.T, c *exec.Cmd, when string) int {
	t.Helper()
	begun := time.Now()
	timer := time.AfterFunc(soon, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	_ = c.Wait()
	if took := time.Since(begun); took >= soon {
		t.Errorf("%s: not ended after %v", when, took)
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
	content := manyTexts(t, 200)
	out := filepath.Join(filepath.Dir(content), "public")
	build := func() *exec.Cmd { return steleMain(t, "build", "--content", content, "--out", out, "--cache", "off") }
	title := func(s string) { put(t, filepath.Join(content, "site.yaml"), "languages: [ru, en]\ntitle: "+s+"\n") }
	title("Old")
	if said, err := build().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	site := contents(t, out)
	title("New")
	begun := time.Now()
	c := steleMain(t, "build", "--content", content, "--out", out+"-other", "--cache", "off")
	if said, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	whole := time.Since(begun)
	const moments = 10
	cut := 0
	for i := range moments {
		when := fmt.Sprintf("at %d of %d parts of a build", i, moments)
		c := build()
		var said bytes.Buffer
		c.Stderr = &said
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(whole * time.Duration(i) / moments)
		_ = c.Process.Signal(endingSignals[i%len(endingSignals)])
		code := endsSoon(t, c, when)
		if code == exitFine { // it was faster this time
			break
		}
		cut++
		// Before the program takes heed of signals the system ends it.
		if code == exitFault && said.String() != "stele: interrupted\n" || code != exitFault && (code != -1 || i > 1) {
			t.Errorf("%s: ended with %d: %s", when, code, &said)
		}
		if !maps.Equal(contents(t, out), site) {
			t.Fatalf("%s: the site is another", when)
		}
	}
	if cut < 3 {
		t.Errorf("only %d builds were cut off", cut)
	}
	if said, err := build().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil || len(entries) != 3 {
		t.Errorf("beside the content, the site and the other there is something more: %v %v", entries, err)
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
		if code := endsSoon(t, c, moment); code != exitFine {
			t.Errorf("a preview interrupted %s ended with %d: %s", moment, code, last)
		}
	}
}
