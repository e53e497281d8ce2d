package output

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// The two-step exchange cannot be reached from outside on a system that has the
// one-step one.
func TestTwoStepExchangeIsMended(t *testing.T) {
	t.Parallel()
	publish := func(dir, body string) {
		t.Helper()
		if _, err := Publish(t.Context(), dir, func(put func(string, []byte) error) error {
			return put("a", []byte(body))
		}, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(dir, want string) {
		t.Helper()
		if got, err := os.ReadFile(filepath.Join(dir, "a")); string(got) != want {
			t.Errorf("%s holds %q (%v), want %q", dir, got, err, want)
		}
	}
	dir := filepath.Join(t.TempDir(), "public")
	aside := beside(dir, asideSuffix)

	// Killed between the two renames: there is no target, the old one is aside.
	publish(dir, "old")
	if err := os.Rename(dir, aside); err != nil {
		t.Fatal(err)
	}
	if err := mend(dir); err != nil {
		t.Fatal(err)
	}
	holds(dir, "old")

	// Killed after them: both are there, and the target is the new one.
	publish(aside, "older")
	publish(dir, "new")
	holds(dir, "new")
	if _, err := os.Stat(aside); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the old site is still aside: %v", err)
	}

	// A folder of that name which is not ours is neither made the site nor removed.
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(aside, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{"first", "second"} {
		publish(dir, body)
		holds(dir, body)
		if _, err := os.Stat(filepath.Join(aside, "x")); err != nil {
			t.Errorf("somebody's folder is gone: %v", err)
		}
	}
}

func TestTwoStepExchange(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	stage, target := filepath.Join(top, "stage"), filepath.Join(top, "public")
	for _, dir := range []string{stage, target} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Base(dir)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	exists := func(parts ...string) bool {
		_, err := os.Stat(filepath.Join(append([]string{top}, parts...)...))
		return err == nil
	}
	aside, err := exchangeInTwo(stage, target)
	if err != nil || !exists("public", "stage") || aside != stage || !exists("stage", "public") || exists(filepath.Base(beside(target, asideSuffix))) {
		t.Fatalf("exchange in two gave %q, %v", aside, err)
	}
	// The stage is gone now, so the second rename fails: the target is put back.
	if err := os.RemoveAll(aside); err != nil {
		t.Fatal(err)
	}
	if aside, err := exchangeInTwo(stage, target); err == nil || !exists("public", "stage") || exists(filepath.Base(beside(target, asideSuffix))) {
		t.Errorf("exchange with no stage gave %q, %v; target there: %v", aside, err, exists("public", "stage"))
	}
}
