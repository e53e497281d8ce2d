package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stele/build/output"
)

// TestActMeetsAnotherProgram: what an editor's own program saves at any moment of an
// act stays. Up to the moment when the files are put in their places nothing of the
// act is done then, and the desk says why.
func TestActMeetsAnotherProgram(t *testing.T) {
	t.Parallel()
	const mine = "# Закон {#law}\n\n## Раз {#one}\n\nМоя правка.\n"
	refused := map[string]bool{}
	for at := 1; ; at++ {
		content := actContent(t)
		step, what := -1000, ""
		var before map[string]string
		v := &invocation{Context: t.Context(), stdout: io.Discard, stderr: io.Discard, writing: func(w, _ string) error {
			if step++; step == at {
				what = w
				put(t, filepath.Join(content, "law", "ru.md"), mine)
			}
			return nil
		}}
		server, handler := deskOf(t, v, content)
		fields := map[string]any{"text": "law", "passage": "1.1", "in": "ru", "block": 0, "last": 0, "markdown": "Моря.", "lang": "en", "session": "s"}
		fields["print"] = printOf(t, handler, server, fields)
		body, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		step, before = 0, contents(t, content)
		code, reply := ask(handler, server, "edit", string(body))
		if step < at {
			break
		}
		after := contents(t, content)
		if after["law/ru.md"] != mine {
			t.Errorf("saved at step %d, %s: lost (%d %s)", at, what, code, reply)
		}
		if code == http.StatusOK {
			continue // the act was done, and then came the other program
		}
		refused[what] = true
		before["law/ru.md"] = mine
		if code != http.StatusConflict || !strings.Contains(reply, "has changed since this page was made") || !maps.Equal(seen(after), before) {
			t.Errorf("saved at step %d, %s: %d %s; there is %q", at, what, code, reply, after)
		}
	}
	for _, what := range []string{"lock", "plan", "ready", "rename"} {
		if !refused[what] {
			t.Errorf("no act was refused of those met at the step %q: %v", what, refused)
		}
	}
}

// TestCommandMeetsAnotherProgram: so it is with the commands that change the record.
func TestCommandMeetsAnotherProgram(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"confirm law 1.1", "align --save law", "align --undo law"} {
		for _, at := range []string{"lock", "rename"} {
			content := actContent(t)
			record := fileOf(t, content, "law/alignment.tsv") + "# by hand\n"
			first := true
			var said bytes.Buffer
			v := &invocation{Context: t.Context(), stdout: io.Discard, stderr: &said, writing: func(what, name string) error {
				if first && what == at {
					first = false
					put(t, filepath.Join(content, "law", "alignment.tsv"), record)
				}
				return nil
			}}
			code := v.run(slices.Concat([]string{"--lang=en"}, strings.Fields(args), []string{"--content", content}))
			if got := fileOf(t, content, "law/alignment.tsv"); got != record || code != exitFault || !strings.Contains(said.String(), "has changed meanwhile") {
				t.Errorf("%s, met at %s: the end is %d, %s; the record is %q", args, at, code, &said, got)
			}
		}
	}
}

// TestDryRunWritesNothing: what only shows what it would write finishes nothing
// either; where a change is half done it is refused, as a check is.
func TestDryRunWritesNothing(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	back := filepath.Join(t.TempDir(), "back.xlf")
	var out bytes.Buffer
	if code := run(t.Context(), []string{"export", "xliff", "law", "--from", "en", "--to", "ru", "--content", content}, &out, io.Discard); code != exitFine {
		t.Fatalf("export ended with %d", code)
	}
	put(t, back, strings.Replace(out.String(), ">Вузы.<", ">Университеты.<", 1))
	memory := filepath.Join(t.TempDir(), "memory.tmx")
	put(t, memory, `<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body><tu><tuv xml:lang="en"><seg>Schools.</seg></tuv><tuv xml:lang="ru"><seg>Школы.</seg></tuv></tu></body></tmx>`)
	text := filepath.Join(t.TempDir(), "charter.en.txt")
	put(t, text, "CHARTER\n\nStones bear texts.\n")
	old, after := sha256.Sum256([]byte(fileOf(t, content, "law/en.md"))), sha256.Sum256([]byte("new"))
	put(t, filepath.Join(content, "law", ".en.md.stele-1"), "new")
	put(t, filepath.Join(content, output.JournalName), fmt.Sprintf(`{"ready":true,"files":[{"path":"law/en.md","temp":".en.md.stele-1","was":"%x","is":"%x"}]}`+"\n", old, after))
	before := contents(t, filepath.Dir(content))
	for _, args := range [][]string{
		{"align", "--save", "--dry-run", "law"},
		{"import", back, "--dry-run"},
		{"import", memory, "--text", "law", "--to", "ru", "--dry-run"},
		{"import", text, "--text", "charter", "--dry-run"},
	} {
		var said bytes.Buffer
		code := run(t.Context(), slices.Concat([]string{"--lang=en"}, args, []string{"--content", content}), io.Discard, &said)
		if code != exitFault || !strings.Contains(said.String(), "was cut off half-way") {
			t.Errorf("%s ended with %d: %s", args, code, &said)
		}
		if got := contents(t, filepath.Dir(content)); !maps.Equal(got, before) {
			t.Fatalf("%s: there is %q", args, got)
		}
	}
}

// TestJournalThatCannotBeOpened: it is named with what to do, nothing is changed, and
// the preview shows what there is all the same.
func TestJournalThatCannotBeOpened(t *testing.T) {
	t.Parallel()
	content := actContent(t)
	put(t, filepath.Join(content, output.JournalName, "x"), "")
	for _, args := range []string{"align --save law", "check", "confirm law 1.1"} {
		var said bytes.Buffer
		code := run(t.Context(), slices.Concat([]string{"--lang=en"}, strings.Fields(args), []string{"--content", content}), io.Discard, &said)
		if code != exitFault || !strings.Contains(said.String(), output.JournalName+" tells of a change that was cut off") {
			t.Errorf("%s ended with %d: %s", args, code, &said)
		}
	}
	address := previewOf(t, content)
	client := &deskClient{t: t, address: address}
	client.wait()
}
