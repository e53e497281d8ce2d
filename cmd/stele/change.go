package main

import (
	"path/filepath"

	"stele/build"
	"stele/build/diag"
	"stele/build/output"
)

// disk is a folder whose files are changed together.
func (v *invocation) disk(dir string) output.Folder { return output.Folder{Dir: dir, Step: v.writing} }

// writeAll writes files of the content folder together.
func (f *siteFlags) writeAll(v *invocation) func([]build.Changed) error {
	return func(files []build.Changed) error {
		all := make([]output.Change, len(files))
		for i, x := range files {
			all[i] = output.Change{Path: x.Path, Body: []byte(x.Data), Known: true, Before: x.Before}
		}
		return v.disk(f.content).Change(v, all)
	}
}

// newIn is a folder in which files are made that are not there yet. Only in the content
// are others changed too.
func (v *invocation) newIn(dir, content string) output.Folder {
	f := v.disk(dir)
	f.OnlyNew = beside(dir, content)
	return f
}

// beside reports whether a folder is not the content itself.
func beside(dir, content string) bool { return filepath.Clean(dir) != filepath.Clean(content) }

// written are the folders in which commands change files together.
func (f *siteFlags) written() []string {
	return []string{f.content, filepath.Dir(filepath.Clean(f.content))}
}

// mend finishes what a run that was killed had begun to change, and says so. Every
// command that writes into the content does this first.
func (f *siteFlags) mend(v *invocation) error {
	for _, dir := range f.written() {
		if err := v.mend(v.newIn(dir, f.content)); err != nil {
			return err
		}
	}
	return nil
}

// begin is mend for a command that may only show what it would write: that one writes
// nothing, and where something waits to be finished it is refused.
func (f *siteFlags) begin(v *invocation, dry bool) error {
	if dry {
		return f.whole()
	}
	return f.mend(v)
}

// mend does it for one folder.
func (v *invocation) mend(f output.Folder) error {
	dir := f.Dir
	m, err := f.Mend()
	if err != nil {
		return err
	}
	if len(m.Finished) > 0 {
		v.tell("said.finished", "Files", inFolder(dir, m.Finished))
	}
	for _, k := range m.Kept {
		if k.Beside == "" {
			v.tell("said.not-finished", "File", inFolder(dir, []string{k.Path}))
			continue
		}
		v.tell("said.not-finished-kept", "File", inFolder(dir, []string{k.Path}), "Beside", inFolder(dir, []string{k.Beside}))
	}
	if len(m.Outside) > 0 {
		v.tell("said.outside", "Folder", dir, "Files", visibleNames(m.Outside))
	}
	if len(m.Dropped) > 0 {
		v.tell("said.dropped", "Files", inFolder(dir, m.Dropped))
	}
	return nil
}

// visibleNames are names that may have come with a folder of a stranger; of many, the
// first.
func visibleNames(paths []string) diag.Names {
	var names diag.Names
	for _, p := range paths {
		names = append(names, diag.Visible(p))
	}
	return listed(names)
}

// inFolder are files of a folder as the editor would name them.
func inFolder(dir string, paths []string) diag.Names {
	var names diag.Names
	for _, p := range paths {
		names = append(names, diag.Visible(filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(p)))))
	}
	return names
}

// whole is the error of content in which a change is half done: nothing of it may be
// published or worked with.
func (f *siteFlags) whole() error {
	for _, dir := range f.written() {
		folder := output.Folder{Dir: dir, OnlyNew: beside(dir, f.content)}
		files, err := folder.Unfinished()
		if err != nil {
			return err
		}
		if len(files) > 0 {
			given := ""
			if f.content != defaultContent {
				given = f.content
			}
			return faulty(nil, "fault.unfinished", "Files", inFolder(dir, files), "Content", diag.Visible(given))
		}
	}
	return nil
}
