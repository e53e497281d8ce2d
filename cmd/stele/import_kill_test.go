package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// killed is a command of test scripts: "killed FOLDER OLD NEW COMMAND…" runs the
// command many times and kills it after a time that grows. FOLDER, which is as
// OLD at first, may only hold whole files of OLD or NEW, and all names of OLD.
func killed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: killed FOLDER OLD NEW COMMAND…")
	}
	folder, before, after := ts.MkAbs(args[0]), files(ts, ts.MkAbs(args[1])), files(ts, ts.MkAbs(args[2]))
	program := ""
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if p := filepath.Join(dir, args[3]); program == "" && exec.Command(p, "version").Run() == nil {
			program = p
		}
	}
	run := func(limit time.Duration) (whole bool) {
		ts.Check(os.RemoveAll(folder))
		ts.Check(os.MkdirAll(folder, 0o777))
		for name, body := range before {
			ts.Check(os.WriteFile(filepath.Join(folder, name), body, 0o666))
		}
		cmd := exec.Command(program, args[4:]...)
		cmd.Dir = ts.MkAbs(".")
		ts.Check(cmd.Start())
		timer := time.AfterFunc(limit, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
		return cmd.Wait() == nil
	}
	start := time.Now()
	if !run(time.Minute) {
		ts.Fatalf("the command failed")
	}
	took := time.Since(start)
	cut := 0
	const trials = 24
	for i := range trials {
		limit := took * time.Duration(i) / trials
		run(limit)
		now := files(ts, folder)
		for name := range before {
			if _, ok := now[name]; !ok {
				ts.Fatalf("killed after %v: %s is gone", limit, name)
			}
		}
		same := 0
		for name, body := range now {
			old, was := before[name]
			if !bytes.Equal(body, after[name]) && !(was && bytes.Equal(body, old)) {
				ts.Fatalf("killed after %v: %s is neither the old file nor the new one", limit, name)
			}
			if was && bytes.Equal(body, old) {
				same++
			}
		}
		if same > 0 && same < len(now) {
			cut++
		}
	}
	ts.Logf("%d times some files were new and others old", cut)
}

// files are the files of a folder, but for what a killed write leaves behind.
func files(ts *testscript.TestScript, dir string) map[string][]byte {
	list, err := os.ReadDir(dir)
	ts.Check(err)
	out := map[string][]byte{}
	for _, f := range list {
		if strings.HasPrefix(f.Name(), ".") {
			continue
		}
		body, err := os.ReadFile(filepath.Join(dir, f.Name()))
		ts.Check(err)
		out[f.Name()] = body
	}
	return out
}
