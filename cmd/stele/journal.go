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
	undos   int // how many acts were taken back
}

// entry is an act, or what took it back.
type entry struct {
	id      int
	act     *build.Act
	session string // of the page that asked for it
	by      string // the day and the name
	at      time.Time
	undone  bool
	// before are the records that the act changed, as they had been before the change
	// of them that came before it, by path; nil where there was none.
	before map[string][]byte
	// undoneAt is which taking back took it back; 0 once the session has gone on to
	// something else, so that it is not done again unless it is named.
	undoneAt int
}

// said says what was done, in the language of the page.
func (e entry) said(say func(id string, pairs ...any) string) string {
	return say(e.act.Done.ID, e.act.Done.Pairs...)
}

// mostKept is how many bytes of files the journal keeps, before and after.
const mostKept = 64 << 20

// add notes an act and returns its number. What its session had taken back is not
// done again by itself after it. The oldest are forgotten when there are too many.
func (j *journal) add(e entry) int {
	for _, old := range j.entries {
		if old.session == e.session {
			old.undoneAt = 0
		}
	}
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
	var found *entry
	for _, e := range j.entries {
		switch {
		case id > 0:
			if e.id == id {
				return e
			}
		case session == "" || e.session != session:
		case !again && !e.undone, again && e.undoneAt > 0 && (found == nil || e.undoneAt > found.undoneAt):
			found = e
		}
	}
	return found
}

// turned notes that an act was taken back by another, or done again.
func (j *journal) turned(e *entry, by *build.Act) {
	e.act, e.undone, e.undoneAt = by, !e.undone, 0
	if e.undone {
		j.undos++
		e.undoneAt = j.undos
	}
}
