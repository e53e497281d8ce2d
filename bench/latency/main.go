// Command latency measures how long a preview takes to show the first page, how
// long until all texts are read, and how long a saved paragraph takes to reach a
// reader: from the end of the write to the moment when the server gives the page
// with the new words. With -all it asks for every page once, and on Linux it says
// how much memory the preview took at most. With -before an edit stands before these
// words of the file and not at its end: in a definition, or a title in site.yaml.
//
//	go build -o /tmp/stele ./cmd/stele
//	go run ./bench/texts -n 1000 /tmp/big/content
//	go run ./bench/latency -stele /tmp/stele -n 50 -all /tmp/big/content text-00500/en.md ru/text-00500.html
//
// It writes into the content folder: use a copy. The server's own waiting for
// quiet after a change (1 ms) is part of the figures.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

func main() {
	log.SetFlags(0)
	stele := flag.String("stele", "stele", "the program")
	n := flag.Int("n", 50, "how many edits")
	all := flag.Bool("all", false, "ask for every page once")
	cache := flag.String("cache", "off", "what the preview remembers in")
	before := flag.String("before", "", "words of the file that an edit is put before (else it goes to the end)")
	flag.Parse()
	if flag.NArg() != 3 {
		log.Fatal("latency: name the content folder, a file in it and the page that shows the file")
	}
	content, file, page := flag.Arg(0), filepath.Join(flag.Arg(0), flag.Arg(1)), flag.Arg(2)
	original, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	cmd := exec.Command(*stele, "serve", "--port", "0", "--content", content, "--cache", *cache)
	begun := time.Now()
	stderr, err := cmd.StderrPipe()
	if err != nil {
		log.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		log.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		if err := os.WriteFile(file, original, 0o644); err != nil {
			log.Print(err)
		}
	}()
	url, root := "", ""
	lines := bufio.NewScanner(stderr)
	for url == "" && lines.Scan() {
		if m := regexp.MustCompile(`http://localhost:\d+/`).FindString(lines.Text()); m != "" {
			url, root = m+page, m
		}
	}
	go func() {
		for lines.Scan() { // or the server would wait for us
		}
	}()
	wait := func(words string, limit time.Duration) time.Duration {
		start := time.Now()
		for time.Since(start) < limit {
			time.Sleep(time.Millisecond) // or asking would take the processor from answering
			res, err := http.Get(url)
			if err != nil {
				continue
			}
			body, _ := io.ReadAll(res.Body)
			res.Body.Close()
			if res.StatusCode == http.StatusOK && bytes.Contains(body, []byte(words)) {
				return time.Since(start)
			}
		}
		log.Fatalf("latency: %q was not served within %v", words, limit)
		return 0
	}
	wait("</html>", time.Minute)
	fmt.Printf("first page after %v", time.Since(begun).Round(time.Millisecond))
	url, page = root+"search/start.js", url
	wait("steleIndex", 10*time.Minute) // needs all texts
	url = page
	fmt.Printf(", search after %v\n", time.Since(begun).Round(time.Millisecond))
	if *all {
		fmt.Printf("%d pages asked for, ", crawl(root))
		fmt.Printf("at most %s\n", peak(cmd.Process.Pid))
	}
	var took []time.Duration
	for i := range *n {
		words := fmt.Sprintf("Latency%d.", i)
		edited := append(bytes.TrimRight(bytes.Clone(original), "\n"), []byte(" "+words+"\n")...)
		if *before != "" {
			edited = bytes.Replace(original, []byte(*before), []byte(words+" "+*before), 1)
		}
		if err := os.WriteFile(file, edited, 0o644); err != nil {
			log.Fatal(err)
		}
		took = append(took, wait(words, 20*time.Second))
		time.Sleep(1500 * time.Millisecond) // let the look at everything that follows an edit pass
	}
	slices.Sort(took)
	fmt.Printf("%d edits: median %v, 95 %% within %v, worst %v\n", *n, took[len(took)/2].Round(100*time.Microsecond), took[len(took)*95/100].Round(100*time.Microsecond), took[len(took)-1].Round(100*time.Microsecond))
}

var link = regexp.MustCompile(`href="([^"#?:]+\.html)["#?]`)

// crawl asks for all pages that the start page leads to, each once, and returns how
// many there are.
func crawl(root string) int {
	seen, next := map[string]bool{root: true}, []string{root}
	for len(next) > 0 {
		address := next[0]
		next = next[1:]
		res, err := http.Get(address)
		if err != nil {
			log.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK {
			log.Fatalf("latency: %s: %s %v", address, res.Status, err)
		}
		for _, m := range link.FindAllSubmatch(body, -1) {
			to, err := res.Request.URL.Parse(string(m[1]))
			if err == nil && !seen[to.String()] {
				seen[to.String()] = true
				next = append(next, to.String())
			}
		}
	}
	return len(seen)
}

// peak is the most memory that a process has had.
func peak(pid int) string {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "(unknown)"
	}
	for line := range bytes.Lines(status) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			return string(bytes.TrimSpace(rest))
		}
	}
	return "(unknown)"
}
