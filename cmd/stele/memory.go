package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// leisurely has garbage collected rarely, as long as that takes little memory: a
// preview of a small site makes much that is soon thrown away and keeps little, and
// what it keeps of a large one should not be there several times over.
func leisurely(ctx context.Context) {
	now := 0
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for {
		metrics.Read(live)
		// Setting it stops everybody for a moment.
		if p := collectAt(live[0].Value.Uint64()); p < now*4/5 || p > now*5/4 {
			now = p
			debug.SetGCPercent(p)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// collectAt is by how much of a hundredth the heap may grow between two
// collections if so many bytes of it are in use.
func collectAt(live uint64) int {
	const spare = 64 << 20
	return min(400, max(30, int(spare*100/(live+1))))
}
