// Command stele publishes one text in several equal languages as a static
// parallel-text site. See README.md, or run "stele help".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"stele/build/diag"
	"stele/i18n"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends what does not heed the first
		// So does time: whatever is cut off, the published site is whole.
		time.AfterFunc(patience, func() {
			fmt.Fprintln(os.Stderr, "stele: interrupted")
			os.Exit(exitFault)
		})
	})
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// patience is how long after an interrupt a stage may go on.
const patience = time.Second

// Exit codes are interface.
const (
	exitFine  = 0
	exitFault = 1 // the content has errors, or the operation failed
	exitUsage = 2
)

// command is one of stele's verbs.
type command struct {
	name  string
	args  string // how the arguments are named in help
	short string // one line
	long  string // what more there is to say; may be empty
	// setup defines the flags and returns the action, which returns an exit code.
	setup func(flags *pflag.FlagSet) func(*invocation) int
}

// invocation is what an action gets.
type invocation struct {
	context.Context
	args           []string
	stdout, stderr io.Writer
	words          diag.Words // what findings are told in
	english        diag.Words // what programs find them by
}

// fail prints what went wrong and returns the exit code for it.
func (v *invocation) fail(err error) int {
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(v.stderr, "stele: interrupted")
		return exitFault
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintln(v.stderr, "stele:", line)
	}
	return exitFault
}

// usage prints why the call cannot be understood and returns its exit code.
func (v *invocation) usage(format string, args ...any) int {
	fmt.Fprintf(v.stderr, "stele: "+format+"\n", args...)
	return exitUsage
}

func commands() []command {
	return []command{
		buildCommand(), serveCommand(), checkCommand(), alignCommand(), confirmCommand(), newCommand(), importCommand(), exportCommand(),
		{name: "version", short: "print the version", setup: func(*pflag.FlagSet) func(*invocation) int {
			return func(v *invocation) int {
				fmt.Fprintln(v.stdout, "stele", version())
				return exitFine
			}
		}},
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, overview())
		return exitUsage
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "-h", "--help":
		if len(rest) == 0 {
			fmt.Fprint(stdout, overview())
			return exitFine
		}
		name, rest = rest[0], []string{"--help"}
	case "--version":
		name = "version"
	}
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if i < 0 {
		fmt.Fprintf(stderr, "stele: there is no command %q; run “stele help”\n", name)
		return exitUsage
	}
	c := all[i]
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.SortFlags = false
	action := c.setup(flags)
	err := flags.Parse(rest)
	if errors.Is(err, pflag.ErrHelp) {
		fmt.Fprint(stdout, c.help(flags))
		return exitFine
	}
	if err != nil {
		fmt.Fprintf(stderr, "stele %s: %v; run “stele help %s”\n", c.name, err, c.name)
		return exitUsage
	}
	messages, err := i18n.Editors()
	if err != nil {
		fmt.Fprintln(stderr, "stele:", err)
		return exitFault
	}
	return action(&invocation{ctx, flags.Args(), stdout, stderr, messages.UI(editorLanguage(messages, os.Getenv)), messages.UI(i18n.Fallback)})
}

func overview() string {
	var b strings.Builder
	b.WriteString("stele publishes one text in several equal languages as a static parallel-text site.\n\nUsage: stele COMMAND [flags] [arguments]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-8s %s\n", c.name, c.short)
	}
	b.WriteString("\nRun “stele help COMMAND” for its flags.\nExit codes: 0 fine, 1 the content has errors or the run failed, 2 wrong usage.\n")
	return b.String()
}

func (c command) help(flags *pflag.FlagSet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: stele %s", c.name)
	if flags.HasFlags() {
		b.WriteString(" [flags]")
	}
	if c.args != "" {
		b.WriteString(" " + c.args)
	}
	fmt.Fprintf(&b, "\n\n%s%s.\n", strings.ToUpper(c.short[:1]), c.short[1:])
	if c.long != "" {
		b.WriteString("\n" + strings.TrimSpace(c.long) + "\n")
	}
	if flags.HasFlags() {
		b.WriteString("\nFlags:\n" + flags.FlagUsages())
	}
	return b.String()
}

// version is the module's version as the Go tool recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "devel"
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				v += " " + s.Value[:12]
			}
		}
	}
	return v
}
