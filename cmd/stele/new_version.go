package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"stele/build"
	"stele/build/diag"
	"stele/build/source"
)

// newVersion keeps a text as it stands as its version of a date.
func newVersion(v *invocation, from *siteFlags, titles []string) int {
	if len(v.args) != 3 {
		return v.usage("usage.new-version")
	}
	date := v.args[2]
	if !source.IsDate(date) {
		return v.usage("usage.new-date", "Value", date)
	}
	title := map[string]string{}
	for _, t := range titles {
		lang, words, ok := strings.Cut(t, "=")
		if !ok || !source.IsLanguage(lang) {
			lang, words = "", t
		}
		if _, twice := title[lang]; twice {
			return v.usage("usage.new-title-mixed")
		}
		title[lang] = words
	}
	if _, all := title[""]; all && len(title) > 1 {
		return v.usage("usage.new-title-mixed")
	}
	in, err := from.inputs()
	if err != nil {
		return v.fail(err)
	}
	e, found, err := build.New(in).Load(v)
	if err != nil {
		return v.fail(err)
	}
	if found.HasErrors() || e == nil {
		v.report(found, from.content)
		return v.fail(build.ErrFaulty)
	}
	text, err := from.findText(e, v.args[1])
	if err != nil {
		return v.reject(err)
	}
	frozen, err := e.Freeze(text, date, title)
	var later *build.LaterError
	if errors.As(err, &later) {
		return v.usage("usage.new-later", "Text", text, "Before", later.Before)
	}
	if err != nil {
		return v.fail(err)
	}
	var files []newFile
	for _, f := range frozen {
		files = append(files, newFile{f.Path, string(f.Data)})
	}
	if err := placeVersion(from.content, path.Join(text, "versions", date), files); err != nil {
		return v.fail(err)
	}
	for _, f := range files {
		fmt.Fprintln(v.stdout, diag.Visible(filepath.Join(from.content, filepath.FromSlash(f.path))))
	}
	v.tell("said.frozen", "Text", text, "Date", date)
	return exitFine
}

// placeVersion writes the files of a version's folder and those that go with it,
// none of which may exist. All are written into a hidden folder first, which
// nobody takes for a version, and the version's folder is put in its place as the
// last: a run that fails or is broken off leaves no half of a version.
func placeVersion(content, folder string, files []newFile) (err error) {
	at := func(name string) string { return filepath.Join(content, filepath.FromSlash(name)) }
	if err := unused(at(folder)); err != nil {
		return err
	}
	var beside []newFile
	for _, f := range files {
		if strings.HasPrefix(f.path, folder+"/") {
			continue
		}
		if err := unused(at(f.path)); err != nil {
			return err
		}
		beside = append(beside, f)
	}
	versions := filepath.Dir(at(folder))
	_, err = os.Lstat(versions)
	first := errors.Is(err, fs.ErrNotExist)
	if err := os.MkdirAll(versions, 0o755); err != nil {
		return err
	}
	var stage string
	var placed []string
	defer func() {
		if stage != "" {
			err = errors.Join(err, os.RemoveAll(stage))
		}
		if err == nil {
			return
		}
		for _, name := range placed {
			err = errors.Join(err, os.Remove(name))
		}
		if first {
			err = errors.Join(err, os.Remove(versions))
		}
	}()
	if stage, err = os.MkdirTemp(versions, ".new-"); err != nil {
		return err
	}
	for _, f := range files {
		if err := createFile(filepath.Join(stage, filepath.FromSlash(f.path)), f.content); err != nil {
			return err
		}
	}
	for _, f := range beside {
		if err := os.Rename(filepath.Join(stage, filepath.FromSlash(f.path)), at(f.path)); err != nil {
			return err
		}
		placed = append(placed, at(f.path))
	}
	return os.Rename(filepath.Join(stage, filepath.FromSlash(folder)), at(folder))
}
