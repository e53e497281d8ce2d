package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"stele/i18n"
)

func TestMain(m *testing.M) {
	if os.Getenv("XDG_CACHE_HOME") == "" { // no test may use what a user's runs remember
		os.Setenv("XDG_CACHE_HOME", os.DevNull)
	}
	if os.Getenv("STELE_TEST_MAIN") != "" { // the very “stele”, signals and all
		main()
	}
	if at := os.Getenv(childVar); at != "" {
		child(at)
	}
	testscript.Main(m, map[string]func(){"stele": func() {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}})
}

// TestScripts runs every command with real files, exit codes and messages.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: os.Getenv("UPDATE") != "", RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"killed": killed, "retype": retype},
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CACHE_HOME", os.DevNull)
			e.Setenv("LOCALAPPDATA", os.DevNull)
			return nil
		},
	})
}

// spoken are the words of each language.
func spoken(t *testing.T) map[string]*i18n.UI {
	t.Helper()
	out := map[string]*i18n.UI{}
	for _, lang := range languagesOfMessages {
		m, err := i18n.Command(lang)
		if err != nil {
			t.Fatal(err)
		}
		out[lang] = m.UI(lang)
	}
	return out
}

// TestFlagsInHelp: in every language, every flag is in its command's help with a
// description, and every command in the overview.
func TestFlagsInHelp(t *testing.T) {
	t.Parallel()
	for lang, words := range spoken(t) {
		for _, c := range commands() {
			if !c.hidden && !strings.Contains(overview(words), "\n  "+c.name+" ") {
				t.Errorf("%s: %s is not in the overview", lang, c.name)
			}
			if !words.Has("help." + c.name) {
				t.Errorf("%s: nothing says what %s does", lang, c.name)
			}
			flags, _ := c.flagSet(new(speech))
			help := c.help(flags, words)
			for _, d := range describe(flags, words) {
				name := strings.TrimPrefix(d.name[strings.LastIndex(d.name, " ")+1:], "--")
				f := flags.Lookup(name)
				if d.about == "" || !strings.Contains(help, d.name) || !strings.Contains(help, d.about) {
					t.Errorf("%s, %s: the flag --%s is not described in\n%s", lang, c.name, name, help)
				}
				if (d.value == "") != (f.Value.Type() == "bool") {
					t.Errorf("%s, %s: the value of the flag --%s is called %q", lang, c.name, name, d.value)
				}
				if strings.Contains(d.about, "<no value>") || strings.ContainsAny(d.about, "`") {
					t.Errorf("%s, %s: the flag --%s is described as %q", lang, c.name, name, d.about)
				}
			}
			if strings.Contains(help, "<no value>") || strings.Contains(help, "‹") {
				t.Errorf("%s: the help of %s has a place that is not filled:\n%s", lang, c.name, help)
			}
		}
	}
}
