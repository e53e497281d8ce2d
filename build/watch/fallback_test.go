package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestFallBack(t *testing.T) {
	t.Parallel()
	f := filepath.Join(t.TempDir(), "f")
	ctx, cancel := context.WithCancel(t.Context())
	var trouble error
	w := watcher{roots: []string{f}, opts: Options{Trouble: func(err error) { trouble = err }}}
	cause := errors.New("no space for watches")
	calls := 0
	w.fallBack(ctx, cause, func(context.Context, Change) {
		if calls++; calls == 2 {
			cancel()
			return
		}
		if err := os.WriteFile(f, nil, 0o644); err != nil {
			t.Error(err)
		}
	})
	if calls != 2 || !errors.Is(trouble, cause) {
		t.Errorf("%d calls, trouble %v; want 2 and %v", calls, trouble, cause)
	}
}
