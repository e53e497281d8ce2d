package main

import (
	"context"
	"errors"
	"os/exec"
	"runtime"

	"stele/build/diag"
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
	err := exec.CommandContext(ctx, name, args...).Run() //nolint:gosec // the address is our own
	if _, ended := errors.AsType[*exec.ExitError](err); ended {
		return &fault{diag.Say("reason.no-browser"), err} // the program's number says nothing to people
	}
	return err
}
