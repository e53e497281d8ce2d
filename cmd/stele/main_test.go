package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/pflag"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"stele": func() {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}})
}

// TestScripts runs every command with real files, exit codes and messages.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: os.Getenv("UPDATE") != "", RequireUniqueNames: true})
}

// TestFlagsInHelp: every flag is in its command's help with a description, and
// every command in the overview.
func TestFlagsInHelp(t *testing.T) {
	t.Parallel()
	for _, c := range commands() {
		if !strings.Contains(overview(), "  "+c.name+" ") {
			t.Errorf("%s is not in the overview", c.name)
		}
		flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
		c.setup(flags)
		help := c.help(flags)
		flags.VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(help, "--"+f.Name) || f.Usage == "" {
				t.Errorf("%s: flag --%s is not described in\n%s", c.name, f.Name, help)
			}
		})
	}
}
