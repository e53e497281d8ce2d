package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"stele/build"
)

// TestProgress: how far a run is is told in the language of whoever waits, and
// the line is gone when something else is said.
func TestProgress(t *testing.T) {
	t.Parallel()
	content := fstest.MapFS{}
	for i := range 3 {
		content[fmt.Sprintf("t%d/en.md", i)] = &fstest.MapFile{Data: []byte("# Text\n\nWords.\n")}
	}
	p := new(build.Progress)
	edition, _, err := build.New(build.Inputs{Content: content, Progress: p}).Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{"en": "3 of 3 texts read and aligned", "ru": "прочитано и выровнено текстов: 3 из 3", "zh": "已读取并对齐文本：3/3"} {
		said := signalled{wrote: make(chan struct{}, 8)}
		v := &invocation{Context: t.Context(), stderr: &said}
		if err := v.speak(speech(lang)); err != nil {
			t.Fatal(err)
		}
		stop := v.tellSteps(p, time.Nanosecond, time.Nanosecond)
		<-said.wrote
		time.Sleep(time.Millisecond) // in which it must not be said again
		stop()
		if got := said.String(); got != clearLine+want+clearLine {
			t.Errorf("%s: said %q, want %q, once", lang, got, want)
		}
		said.Reset()
		v.tellSteps(p, time.Hour, time.Hour)()
		v.watchProgress(p)()
		if said.Len() > 0 {
			t.Errorf("of a short run, or to a program, %q is said", said.String())
		}
	}
	files := 0
	if err := edition.Write(t.Context(), func(string, []byte) error { files++; return nil }); err != nil {
		t.Fatal(err)
	}
	if done, all := p.Files(); done != files || all != files {
		t.Errorf("%d of %d files are counted, of %d", done, all, files)
	}
	v := &invocation{Context: t.Context()}
	if err := v.speak("en"); err != nil {
		t.Fatal(err)
	}
	if got := v.step(p); !strings.HasSuffix(got, " files made") {
		t.Errorf("said %q after the files were made", got)
	}
	if got := v.step(nil); got != "" {
		t.Errorf("said %q of nothing", got)
	}
}

// signalled is a buffer that signals each write.
type signalled struct {
	bytes.Buffer
	wrote chan struct{}
}

func (s *signalled) Write(b []byte) (int, error) {
	n, err := s.Buffer.Write(b)
	select {
	case s.wrote <- struct{}{}:
	default: // nobody waits for so many
	}
	return n, err
}
