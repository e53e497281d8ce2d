// Command hostile builds sites that are made to be dear, each of one kind of
// content repeated, nested, long or many, and prints what each costs:
//
//	go build -o /tmp/stele ./cmd/stele
//	go run ./bench/hostile -stele /tmp/stele                 # all, of one megabyte
//	go run ./bench/hostile -stele /tmp/stele -kb 30 -quick   # what .ci/run runs
//	go run ./bench/hostile -stele /tmp/stele -double tables  # growth of those whose name has “tables”
//
// An input fails if it costs more than -cpu seconds and -peak MiB for a megabyte
// beyond what an empty site does, if it crashes, or if it prints more than 1 MB for one.
// Pages have a price whatever stands on them, so a file counts as 3 kB at least and
// a block as 60 bytes.
// One that is refused costs little and has a place: then its first finding is
// printed. CPU is user and system time, as the system accounts it, and does not
// hang on what else the machine does as much as the time of a clock.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"stele/bench/peak"
)

func main() {
	log.SetFlags(0)
	stele := flag.String("stele", "stele", "the program")
	kb := flag.Int("kb", 1000, "how large an input is, in `kilobytes`")
	cpu := flag.Float64("cpu", 2, "`seconds` that a megabyte may take")
	peak := flag.Float64("peak", 300, "`MiB` that a megabyte may take")
	double := flag.Bool("double", false, "run each with twice the size too, and print how the time grows")
	quick := flag.Bool("quick", false, "run only what was dear once, and print only what fails and the sum")
	list := flag.Bool("list", false, "print the names of the inputs")
	write := flag.String("write", "", "write the inputs below this `folder` and run nothing")
	flag.Parse()
	var chosen []input
	for _, in := range inputs {
		if flag.NArg() == 0 && (!*quick || dear[in.name]) {
			chosen = append(chosen, in)
		}
		for _, a := range flag.Args() {
			if strings.Contains(in.name, a) {
				chosen = append(chosen, in)
				break
			}
		}
	}
	if *list {
		for _, in := range chosen {
			fmt.Println(in.name)
		}
		return
	}
	dir := *write
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "stele-hostile-"); err != nil {
			log.Fatal(err)
		}
		defer os.RemoveAll(dir)
	}
	program, err := filepath.Abs(*stele)
	if err != nil {
		log.Fatal(err)
	}
	r := runner{program: program, dir: dir}
	base := input{"", func(int) files { return files{"content/a/en.md": "# A\n"} }}
	if *write != "" {
		for _, in := range chosen {
			r.write(in, *kb*1000)
		}
		return
	}
	empty := r.run(base, 0)
	if !*quick {
		fmt.Printf("An empty site takes %.2f CPU s and %.0f MiB.\n\n| input | kB | CPU s | MiB | code | first finding |\n|---|---|---|---|---|---|\n", empty.cpu, empty.peak)
	}
	failed, sum := 0, 0.0
	for _, in := range chosen {
		c := r.run(in, *kb*1000)
		sum += c.cpu
		mb := math.Max(c.worth/1e6, 1)
		bad := ""
		switch {
		case c.crashed != "":
			bad = c.crashed
		case c.cpu-empty.cpu > *cpu*mb:
			bad = "CPU"
		case c.peak-empty.peak > *peak*mb:
			bad = "memory"
		case float64(c.said) > mb*(1<<20):
			bad = "flood"
		}
		growth := ""
		if *double && c.crashed == "" {
			d := r.run(in, *kb*2000)
			growth = fmt.Sprintf(" ×%.2f CPU, ×%.2f MiB", (d.cpu-empty.cpu/2)/math.Max(c.cpu-empty.cpu/2, 0.01), d.peak/c.peak)
		}
		if bad != "" {
			failed++
			bad = "**" + bad + "** "
		}
		if !*quick || bad != "" {
			fmt.Printf("| %s | %.0f | %.2f | %.0f | %d | %s%s%s |\n", in.name, c.size/1000, c.cpu, c.peak, c.code, bad, strings.ReplaceAll(c.first, "|", `\|`), growth)
		}
	}
	fmt.Printf("%d inputs, %d failed, %.1f CPU s\n", len(chosen), failed, sum)
	if failed > 0 {
		os.RemoveAll(dir)
		os.Exit(1)
	}
}

// cost is what a run took, and said.
type cost struct {
	size, worth    float64 // bytes, and what they count as
	cpu, peak      float64 // seconds, MiB
	code, said     int
	first, crashed string
}

type runner struct {
	program, dir string
}

// write writes the files of an input and returns their size and their folder.
func (r runner) write(in input, n int) (size, worth int, dir string) {
	dir = filepath.Join(r.dir, strings.ReplaceAll(in.name, " ", "-"))
	if err := os.RemoveAll(dir); err != nil {
		log.Fatal(err)
	}
	for name, data := range in.make(n) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(file), 0o755)
		if err == nil {
			err = os.WriteFile(file, []byte(data), 0o644)
		}
		if err != nil {
			log.Fatal(err)
		}
		size += len(data)
		worth += max(len(data), 3000, 60*(strings.Count(data, "\n\n")+strings.Count(data, "\n- ")))
	}
	return size, worth, dir
}

var crash = regexp.MustCompile(`(?m)^(panic:|fatal error:|runtime:|SIG\w+:|unexpected fault).*`)

func (r runner) run(in input, n int) cost {
	size, worth, dir := r.write(in, n)
	defer os.RemoveAll(dir)
	c := cost{size: float64(size), worth: float64(worth)}
	var said bytes.Buffer
	args := in.args()
	cmd := exec.Command("sh", append([]string{"-c", `ulimit -t 30; ulimit -v 8000000; exec "$0" "$@"`, r.program}, args...)...)
	cmd.Dir, cmd.Stderr = dir, &said
	cmd.Env = append(os.Environ(), "GOMAXPROCS=2", "LC_ALL=C", "STELE_LANG=en")
	timer := time.AfterFunc(5*time.Minute, func() { cmd.Process.Kill() })
	defer timer.Stop()
	cmd.Run() // its code says how it ended
	state := cmd.ProcessState
	if state == nil {
		log.Fatalf("hostile: %v does not run", cmd.Args)
	}
	c.code, c.said = state.ExitCode(), said.Len()
	c.cpu, c.peak = (state.UserTime() + state.SystemTime()).Seconds(), peak.Of(state)
	c.first, _, _ = strings.Cut(said.String(), "\n")
	if m := crash.FindString(said.String()); m != "" {
		c.crashed = m
	} else if c.code < 0 || c.code > 1 {
		c.crashed = state.String()
	}
	if x := []rune(c.first); len(x) > 110 {
		c.first = string(x[:110]) + "…"
	}
	return c
}
