package main

import (
	"time"

	"stele/build"
)

// journal is what was done at the desk since the preview was started, the oldest
// first. It is kept in memory; the files themselves are under version control.
type journal struct {
	entries []*entry
	last    int // the number of the last entry
}

// entry is an act, or what took it back.
type entry struct {
	id      int
	act     *build.Act
	session string // of the page that asked for it
	by      string // the day and the name
	at      time.Time
	undone  bool
}

// said says what was done, in the language of the page.
func (e entry) said(say func(id string, pairs ...any) string) string {
	return say(e.act.Done.ID, e.act.Done.Pairs...)
}

// mostKept is how many bytes of files the journal keeps, before and after.
const mostKept = 64 << 20

// add notes an act and returns its number. The oldest are forgotten when there
// are too many.
func (j *journal) add(e entry) int {
	j.last++
	e.id = j.last
	j.entries = append(j.entries, &e)
	size := 0
	for i := len(j.entries) - 1; i >= 0; i-- {
		for _, f := range j.entries[i].act.Files {
			size += len(f.Before) + len(f.After)
		}
		if size > mostKept && i < len(j.entries)-1 {
			j.entries = j.entries[i+1:]
			break
		}
	}
	return e.id
}

// find is an act by its number or, for 0, the last of the session that was not
// taken back; with again, that was taken back last. Nil if there is none.
func (j *journal) find(id int, session string, again bool) *entry {
	for i := len(j.entries) - 1; i >= 0; i-- {
		e := j.entries[i]
		switch {
		case id > 0:
			if e.id == id {
				return e
			}
		case session == "" || e.session != session:
		case !again && !e.undone:
			return e
		case again && e.undone && (i == 0 || !undoneBefore(j.entries[:i], session)):
			return e
		}
	}
	return nil
}

// undoneBefore reports whether an act of the session right before was taken back
// too: what was taken back last is done again first.
func undoneBefore(entries []*entry, session string) bool {
	for i := len(entries) - 1; i >= 0; i-- {
		if entries[i].session == session {
			return entries[i].undone
		}
	}
	return false
}
