package main

import (
	"context"
	"os/exec"
	"runtime"
)

// browse opens an address in the user's browser, as the system does it. It waits
// for the program that is asked, not for the browser.
func browse(ctx context.Context, address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	return exec.CommandContext(ctx, name, args...).Run() //nolint:gosec // the address is our own
}
