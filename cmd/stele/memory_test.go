package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

// TestCollecting: how garbage is collected follows what is in use, anew after each
// collection, and not where GOGC says how. What is set is
// the whole program's: no other test runs beside this one.
func TestCollecting(t *testing.T) {
	percent := func() int {
		s := []metrics.Sample{{Name: "/gc/gogc:percent"}}
		metrics.Read(s)
		return int(s[0].Value.Uint64())
	}
	defer debug.SetGCPercent(debug.SetGCPercent(123))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()

	t.Setenv("GOGC", "123")
	collectBySize(ctx)
	runtime.GC()
	time.Sleep(20 * time.Millisecond) // for what must not come
	if got := percent(); got != 123 {
		t.Errorf("who says GOGC=123 gets %d", got)
	}

	t.Setenv("GOGC", "")
	collectBySize(ctx)
	small := percent()
	if small < 100 {
		t.Errorf("a site of nothing is collected at %d", small)
	}
	wait := func(why string, good func() bool) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); !good(); time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s: %d, at the beginning %d", why, percent(), small)
			}
			runtime.GC()
		}
	}
	func() {
		kept := make([]byte, 300<<20)
		wait("much is kept", func() bool { return percent() == 30 })
		runtime.KeepAlive(kept)
	}()
	wait("little is kept again", func() bool { return percent() >= small*3/4 })

	cancel()
	runtime.GC()
	time.Sleep(20 * time.Millisecond)
	debug.SetGCPercent(77)
	runtime.GC()
	time.Sleep(20 * time.Millisecond)
	if got := percent(); got != 77 {
		t.Errorf("after its end it sets %d", got)
	}
}

// TestCollectAt: small heaps grow freely, large ones by little.
func TestCollectAt(t *testing.T) {
	t.Parallel()
	for live, want := range map[uint64]int{0: 400, 4 << 20: 400, 64 << 20: 99, 1 << 30: 30} {
		if got := collectAt(live); got != want {
			t.Errorf("with %d MiB in use the heap may grow by %d %%, want %d", live>>20, got, want)
		}
	}
}
