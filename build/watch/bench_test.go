package watch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"stele/build/watch"
)

// BenchmarkSave measures from the end of a write to the beginning of the call,
// in a content of 1,000 texts; the quiet time is in the figure.
func BenchmarkSave(b *testing.B) {
	benchmark(b, func(dir string, i int) error {
		return os.WriteFile(filepath.Join(dir, "7", "ru.md"), []byte(fmt.Sprint(i)), 0o644)
	})
}

// BenchmarkNewFolder is the same for a change that makes all folders be watched
// anew.
func BenchmarkNewFolder(b *testing.B) {
	benchmark(b, func(dir string, i int) error {
		return os.Mkdir(filepath.Join(dir, fmt.Sprint("new", i)), 0o755)
	})
}

func benchmark(b *testing.B, change func(dir string, i int) error) {
	dir := b.TempDir()
	for i := range 1000 {
		text := filepath.Join(dir, fmt.Sprint(i))
		if err := os.Mkdir(text, 0o755); err != nil {
			b.Fatal(err)
		}
		for _, lang := range []string{"ru", "zh", "en"} {
			if err := os.WriteFile(filepath.Join(text, lang+".md"), nil, 0o644); err != nil {
				b.Fatal(err)
			}
		}
	}
	ctx, cancel := context.WithCancel(b.Context())
	called, ended := make(chan bool), make(chan error)
	go func() {
		ended <- watch.Watch(ctx, []string{dir}, watch.Options{}, func(ctx context.Context, _ watch.Change) {
			select {
			case called <- true:
			case <-ctx.Done():
			}
		})
	}()
	<-called
	i := 0
	for b.Loop() {
		i++
		if err := change(dir, i); err != nil {
			b.Fatal(err)
		}
		<-called
		b.StopTimer()
		time.Sleep(10 * time.Millisecond)
		b.StartTimer()
	}
	cancel()
	if err := <-ended; err != nil {
		b.Error(err)
	}
}
