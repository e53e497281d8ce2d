// Command stele publishes one text in several equal languages as a static
// parallel-text site. See README.md, or run "stele help".
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"stele/build/diag"
	"stele/build/yaml"
	"stele/i18n"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends what does not heed the first
		// So does time: whatever is cut off, the published site is whole.
		time.AfterFunc(patience, func() {
			lang := speech(editorLanguage(os.Getenv))
			v := &invocation{stderr: os.Stderr}
			if _, err := lang.leading(os.Args[1:]); err == nil && v.speak(lang) == nil {
				v.tell("fault.interrupted")
			}
			os.Exit(exitFault)
		})
	})
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// endings are the signals that end the program as an interrupt does. A program
// begun with nohup goes on when its terminal is closed.
func endings() []os.Signal {
	out := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		out = append(out, syscall.SIGHUP)
	}
	return out
}

// patience is how long after an interrupt a stage may go on.
const patience = time.Second

// Exit codes are interface.
const (
	exitFine  = 0
	exitFault = 1 // the content has errors, or the operation failed
	exitUsage = 2
)

// command is one of stele's verbs. What its help says is in i18n/command, see
// help.go.
type command struct {
	name string
	// pairs fill the places of its text.
	pairs []any
	// ownLang says that --lang after its name means languages of texts.
	ownLang bool
	// hidden keeps it out of the overview.
	hidden bool
	// setup defines the flags and returns the action, which returns an exit code.
	setup func(flags *pflag.FlagSet) func(*invocation) int
}

// invocation is what an action gets.
type invocation struct {
	context.Context
	args           []string
	stdout, stderr io.Writer
	words          *i18n.UI // what whoever runs the command is told in
	english        *i18n.UI // what programs find it by
	lang           speech   // whose words they are
	chosen         bool     // by --lang
	// writing, if set, is called before each thing done to a file, by tests.
	writing func(what, name string) error
}

func commands() []command {
	return []command{
		buildCommand(), serveCommand(), checkCommand(), explainCommand(), alignCommand(), confirmCommand(), newCommand(), importCommand(), exportCommand(),
		completionCommand(), manCommand(),
		{name: "help", setup: func(*pflag.FlagSet) func(*invocation) int { return (*invocation).help }},
		{name: "version", setup: func(*pflag.FlagSet) func(*invocation) int {
			return func(v *invocation) int {
				fmt.Fprintln(v.stdout, "stele", version())
				return exitFine
			}
		}},
	}
}

// find is the command with the name.
func find(name string) (command, bool) {
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if i < 0 {
		return command{}, false
	}
	return all[i], true
}

// flagSet defines the flags of the command.
func (c command) flagSet(lang *speech) (*pflag.FlagSet, func(*invocation) int) {
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.SortFlags = false
	action := c.setup(flags)
	if !c.ownLang {
		flags.Var(lang, speechFlag, "flag.lang")
	}
	return flags, action
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	return (&invocation{Context: ctx, stdout: stdout, stderr: stderr}).run(args)
}

func (v *invocation) run(args []string) int {
	var asked speech
	args, misplaced := asked.leading(args)
	c, known := command{}, false
	if len(args) > 0 {
		switch args[0] {
		case "-h", "--help":
			args = append([]string{"help"}, args[1:]...)
		case "--version":
			args = append([]string{"version"}, args[1:]...)
		}
		if c, known = find(args[0]); known && (!c.ownLang || wantsHelp(args[1:])) {
			asked.among(args[1:]) // whoever asks for help has no texts yet whose languages it could mean
		}
	}
	v.chosen = asked != ""
	v.lang = cmp.Or(asked, speech(editorLanguage(os.Getenv)))
	if len(args) > 0 && args[0] == completeCommand {
		return v.complete(args[1:])
	}
	if err := v.speak(v.lang); err != nil {
		fmt.Fprintln(v.stderr, "stele:", err)
		return exitFault
	}
	if no := unspoken(os.Getenv); no != "" && asked == "" {
		v.tell("said.speech", "Value", no, "Languages", diag.Names(languagesOfMessages), "Language", v.lang.String())
	}
	switch {
	case misplaced != nil:
		return v.reject(misplaced)
	case len(args) == 0:
		fmt.Fprint(v.stderr, overview(v.words))
		return exitUsage
	case !known:
		return v.unknownCommand(args[0])
	}
	flags, action := c.flagSet(&asked)
	err := flags.Parse(args[1:])
	if asked != "" && asked != v.lang { // the flag stood where only the parser finds it
		if err := v.speak(asked); err != nil {
			return v.fail(err)
		}
	}
	if errors.Is(err, pflag.ErrHelp) {
		fmt.Fprint(v.stdout, c.help(flags, v.words))
		return exitFine
	}
	if err != nil {
		return v.reject(&usageError{misread(err, flags)})
	}
	v.args = flags.Args()
	return action(v)
}

// wantsHelp reports whether the arguments of a command ask for its help.
func wantsHelp(args []string) bool {
	for _, a := range args {
		switch a {
		case "-h", "--help":
			return true
		case "--":
			return false
		}
	}
	return false
}

// speak makes the language that of all that is said.
func (v *invocation) speak(lang speech) error {
	messages, err := i18n.Command(string(lang))
	if err != nil {
		return err
	}
	v.lang, v.words, v.english = lang, messages.UI(string(lang)), messages.UI(i18n.Fallback)
	return nil
}

// unknownCommand says that there is none of the name.
func (v *invocation) unknownCommand(name string) int {
	var names []string
	for _, c := range commands() {
		if !c.hidden {
			names = append(names, c.name)
		}
	}
	return v.usage("usage.command", "Name", name, "Hint", yaml.Meant(name, names))
}

// help prints the overview, or the help of a command.
func (v *invocation) help() int {
	if len(v.args) == 0 {
		fmt.Fprint(v.stdout, overview(v.words))
		return exitFine
	}
	c, known := find(v.args[0])
	if !known {
		return v.unknownCommand(v.args[0])
	}
	flags, _ := c.flagSet(new(speech))
	fmt.Fprint(v.stdout, c.help(flags, v.words))
	return exitFine
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
