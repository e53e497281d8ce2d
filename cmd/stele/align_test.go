package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestAlignRefusesWhatHasNoEnd: a device or a huge file is not read whole.
func TestAlignRefusesWhatHasNoEnd(t *testing.T) {
	t.Parallel()
	huge := filepath.Join(t.TempDir(), "en.txt")
	if err := os.WriteFile(huge, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, maxFile+1); err != nil {
		t.Fatal(err)
	}
	if _, _, err := readDocument(huge, "en"); err == nil {
		t.Error("a file of 64 MiB and a byte was read")
	}
}
