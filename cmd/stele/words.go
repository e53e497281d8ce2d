package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"stele/build"
	"stele/build/diag"
	"stele/build/exchange"
	"stele/build/output"
	"stele/build/render"
	"stele/build/yaml"
)

// fault is an operation that could not be done, with the phrase that says so.
type fault struct {
	phrase diag.Phrase
	cause  error
}

// Error is for whoever debugs; what people read is made with phraseOf.
func (f *fault) Error() string { return f.phrase.String() }

// Unwrap returns what lies behind.
func (f *fault) Unwrap() error { return f.cause }

// faulty is an error with a phrase; the reason, if there is one, fills the place
// {{.Reason}} of it.
func faulty(cause error, id string, pairs ...any) error {
	if cause != nil {
		pairs = append(pairs, "Reason", phraseOf(cause))
	}
	return &fault{diag.Say(id, pairs...), cause}
}

// unreadable says that a file or folder could not be read.
func unreadable(err error, path string) error {
	return &fault{diag.Say("fault.path", "Path", path, "Reason", diag.Reason(err)), err}
}

// usageError is what is wrong in the command's arguments.
type usageError struct{ phrase diag.Phrase }

// Error is for whoever debugs.
func (e *usageError) Error() string { return e.phrase.String() }

// misused is an error in the arguments.
func misused(id string, pairs ...any) error { return &usageError{diag.Say(id, pairs...)} }

// phraseOf is what is to be said of an error. What no phrase is known for is told
// as it was made.
func phraseOf(err error) diag.Phrase {
	var (
		own     *fault
		wrong   *usageError
		refused *build.RefusedError
		guard   *output.GuardError
		path    *fs.PathError
		layouts render.Faults
		failed  *output.WriteError
		changed *output.ChangedError
		mended  *output.MendedError
		journal *output.JournalError
		since   *build.ChangedError
		locked  *output.LockedError
	)
	switch {
	case errors.As(err, &own):
		return own.phrase
	case errors.As(err, &wrong):
		return wrong.phrase
	case errors.As(err, &guard):
		return diag.Say("guard.refused", "Folder", guard.Dir, "Why", diag.Say("guard."+string(guard.Why), "Other", guard.Other))
	case errors.As(err, &refused):
		return diag.Say("reason.other", "Said", refused.Sentence)
	case errors.As(err, &changed) && changed.Beside != "":
		return diag.Say("fault.changed-kept", "File", changed.Name, "Beside", changed.Beside)
	case errors.As(err, &failed):
		return diag.Say("fault.write", "Path", failed.Name, "Reason", phraseOf(failed.Err))
	case errors.As(err, &changed):
		return diag.Say("fault.changed", "File", changed.Name)
	case errors.As(err, &since):
		return diag.Say("fault.changed", "File", since.Path)
	case errors.As(err, &locked):
		return diag.Say("fault.locked", "Folder", filepath.Dir(locked.Name))
	case errors.As(err, &mended):
		var files, beside []string
		for _, k := range mended.Mended.Kept {
			if files = append(files, k.Path); k.Beside != "" {
				beside = append(beside, k.Beside)
			}
		}
		if len(beside) > 0 {
			return diag.Say("fault.mended-kept", "Files", inFolder(mended.Dir, files), "Beside", inFolder(mended.Dir, beside))
		}
		return diag.Say("fault.mended")
	case errors.As(err, &journal) && errors.Is(err, output.ErrForeign):
		return diag.Say("fault.journal-foreign", "File", journal.Name)
	case errors.As(err, &journal):
		return diag.Say("fault.journal", "File", journal.Name, "Reason", diag.Reason(journal.Err))
	case errors.Is(err, build.ErrFaulty):
		return diag.Say("fault.content")
	case errors.Is(err, build.ErrNothingBefore):
		return diag.Say("fault.nothing-before")
	case errors.Is(err, exchange.ErrForeign):
		return diag.Say("fault.foreign")
	case errors.Is(err, exec.ErrNotFound):
		return diag.Say("reason.no-program")
	case errors.As(err, &layouts):
		f := layouts[0]
		return diag.Say("fault.layout", "File", f.File, "Line", f.Line, "Why", f.Phrase())
	case errors.As(err, &path) && path.Path != "":
		return diag.Say("fault.path", "Path", path.Path, "Reason", diag.Reason(err))
	}
	return diag.Reason(err)
}

// say is a phrase in the language of whoever runs the command.
func (v *invocation) say(id string, pairs ...any) string {
	return diag.Say(id, pairs...).In(v.words)
}

// tell prints a phrase as a line of the command's own.
func (v *invocation) tell(id string, pairs ...any) {
	fmt.Fprintln(v.stderr, "stele:", v.say(id, pairs...))
}

// fail prints what went wrong and returns the exit code for it.
func (v *invocation) fail(err error) int {
	if errors.Is(err, context.Canceled) {
		v.tell("fault.interrupted")
		return exitFault
	}
	for line := range strings.SplitSeq(phraseOf(err).In(v.words), "\n") {
		fmt.Fprintln(v.stderr, "stele:", line)
	}
	return exitFault
}

// usage prints why the call cannot be understood and returns its exit code.
func (v *invocation) usage(id string, pairs ...any) int {
	v.tell(id, pairs...)
	return exitUsage
}

// reject prints what is wrong in the arguments, or what could not be done, and
// returns the exit code for it.
func (v *invocation) reject(err error) int {
	var wrong *usageError
	if errors.As(err, &wrong) {
		return v.usage(wrong.phrase.ID, wrong.phrase.Args...)
	}
	return v.fail(err)
}

// counted says how many there are, as "3 passages".
func counted(n int, what string) diag.Phrase { return diag.Say("count."+what, "Count", n) }

// summary says how many errors and warnings there are.
func summary(errs, warnings int) diag.Phrase {
	return diag.Say("said.summary", "Errors", counted(errs, "errors"), "Warnings", counted(warnings, "warnings"))
}

// misread says what is wrong with a flag.
func misread(err error, flags *pflag.FlagSet) diag.Phrase {
	command := flags.Name()
	var (
		unknown *pflag.NotExistError
		none    *pflag.ValueRequiredError
		bad     *pflag.InvalidValueError
		form    *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &unknown):
		flag, hint := "--"+unknown.GetSpecifiedName(), diag.Phrase{}
		if unknown.GetSpecifiedShortnames() != "" {
			flag = "-" + unknown.GetSpecifiedName()
		} else {
			var names []string
			flags.VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
			hint = yaml.Meant(flag, names)
		}
		return diag.Say("usage.flag", "Flag", flag, "Hint", hint, "Command", command)
	case errors.As(err, &none):
		return diag.Say("usage.flag-none", "Flag", "--"+none.GetFlag().Name, "Command", command)
	case errors.As(err, &bad):
		var why *diag.ReasonError
		if errors.As(err, &why) {
			return diag.Say("usage.flag-why", "Flag", "--"+bad.GetFlag().Name, "Why", why.Phrase)
		}
		var wrong *usageError
		if errors.As(err, &wrong) {
			return wrong.phrase
		}
		return diag.Say("usage.flag-value", "Flag", "--"+bad.GetFlag().Name, "Value", bad.GetValue(), "Command", command)
	case errors.As(err, &form):
		return diag.Say("usage.flag-form", "Flag", form.GetSpecifiedFlag(), "Command", command)
	}
	return phraseOf(err)
}
