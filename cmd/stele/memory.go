package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// collectBySize has garbage collected rarely until ctx is done, as long as that takes
// little memory, and often where much is kept: a small site makes much that is soon
// thrown away, and what a build or a preview keeps of a large one should not be there
// several times over.
func collectBySize(ctx context.Context) {
	if !collectedAsMeant() {
		afterEachCollection(ctx, 0)
	}
}

// afterEachCollection sets by how much the heap may grow from what is in use of it,
// now and after each collection: a preview at which nobody works is not woken.
func afterEachCollection(ctx context.Context, now int) {
	if ctx.Err() != nil {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	// Setting it stops everybody for a moment.
	if p := collectAt(live[0].Value.Uint64()); p < now*4/5 || p > now*5/4 {
		now = p
		debug.SetGCPercent(p)
	}
	type unused struct{ _ *int }
	runtime.AddCleanup(new(unused), func(now int) { afterEachCollection(ctx, now) }, now)
}

// collectedAsMeant reports whether somebody has said how garbage is collected: whoever
// sets GOGC means it.
func collectedAsMeant() bool { return os.Getenv("GOGC") != "" }

// collectAt is by how much of a hundredth the heap may grow between two
// collections if so many bytes of it are in use.
func collectAt(live uint64) int {
	const spare = 64 << 20
	return min(400, max(30, int(spare*100/(live+1))))
}
