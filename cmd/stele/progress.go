package main

import (
	"fmt"
	"time"

	"stele/build"
)

// When work is told on, and how often.
const (
	longWork  = time.Second
	stepsEach = 100 * time.Millisecond
)

// watchProgress says on a terminal how far a long run is, on a line that is gone
// when stop is called. Elsewhere, and of short runs, nothing is said.
func (v *invocation) watchProgress(p *build.Progress) (stop func()) {
	if !isTerminal(v.stderr) {
		return func() {}
	}
	return v.tellSteps(p, longWork, stepsEach)
}

// tellSteps says how far a run is, after a while and then again and again.
func (v *invocation) tellSteps(p *build.Progress, after, each time.Duration) (stop func()) {
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		wait := time.NewTimer(after)
		defer wait.Stop()
		said := ""
		for {
			select {
			case <-quit:
				if said != "" {
					fmt.Fprint(v.stderr, clearLine)
				}
				return
			case <-wait.C:
				wait.Reset(each)
			}
			if now := v.step(p); now != said {
				said = now
				fmt.Fprint(v.stderr, clearLine+now)
			}
		}
	}()
	return func() {
		close(quit)
		<-ended
	}
}

// clearLine goes to the beginning of the line and empties it.
const clearLine = "\r\x1b[K"

// step says how far a run is; empty before it has begun.
func (v *invocation) step(p *build.Progress) string {
	if done, all := p.Files(); all > 0 {
		return v.say("said.step-files", "Done", done, "All", all)
	}
	if done, all := p.Texts(); all > 0 {
		return v.say("said.step-texts", "Done", done, "All", all)
	}
	return ""
}
