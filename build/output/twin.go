package output

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Twin is a file made of another one's bytes and published beside it, as
// page.html.gz beside page.html.
type Twin struct {
	Suffix string                       // required
	Make   func([]byte) ([]byte, error) // required; the same bytes give the same bytes; called by several at once
}

// lone is a twin that is not there yet.
type lone struct {
	twin  Twin
	of    string // the file it is made of
	mtime time.Time
}

// pair adds the twins of all files that want them. A twin has the time of its
// original, which tells the next run that it was made of it: if the original has
// not changed, nor has the twin, and is not made again. A file of the tree's own
// that has a twin's name goes before it.
func (p *publication) pair(opts Options) error {
	if len(opts.Twins) == 0 {
		return nil
	}
	kept, wrote := slices.Clone(p.kept), slices.Clone(p.wrote)
	own := map[string]bool{} // written, and not a copy of an old file where there are no links
	for _, name := range wrote {
		own[name] = true
	}
	for _, name := range kept {
		delete(own, name)
	}
	var missing []lone
	for _, name := range kept {
		info := p.old[name]
		if !opts.twinned(name, info.Size()) {
			continue
		}
		for _, t := range opts.Twins {
			if p.claim(name+t.Suffix) != nil {
				continue
			}
			if twinOf(p.old[name+t.Suffix], info) {
				if err := p.keep(name + t.Suffix); err != nil {
					return err
				}
				continue
			}
			missing = append(missing, lone{t, name, info.ModTime()})
		}
	}
	for _, name := range wrote {
		if !own[name] {
			continue
		}
		info, err := os.Stat(p.stageFile(name))
		if err != nil {
			return fmt.Errorf("read %q: %w", name, cause(err))
		}
		if !opts.twinned(name, info.Size()) {
			continue
		}
		for _, t := range opts.Twins {
			if p.claim(name+t.Suffix) == nil {
				missing = append(missing, lone{t, name, info.ModTime()})
			}
		}
	}
	return p.make(missing)
}

// twinned reports whether a file gets twins.
func (o Options) twinned(name string, size int64) bool {
	return o.Twinned != nil && o.Twinned(name, size)
}

// twinOf reports whether a file of the old tree was made of another one of it.
func twinOf(twin, of fs.FileInfo) bool {
	return twin != nil && twin.Mode() == wantMode(fileMode, twin) && twin.ModTime().Equal(of.ModTime())
}

// keep adds a file of the old tree as it is.
func (p *publication) keep(name string) error {
	p.kept = append(p.kept, name)
	if p.stage == "" {
		return nil
	}
	return p.link(name)
}

// make makes twins, as many at once as there are processors, and writes them one
// after another.
func (p *publication) make(missing []lone) error {
	if len(missing) == 0 {
		return nil
	}
	if err := p.openStage(); err != nil {
		return err
	}
	batch := 4 * runtime.GOMAXPROCS(0)
	for len(missing) > 0 {
		now := missing[:min(batch, len(missing))]
		missing = missing[len(now):]
		made, errs := make([][]byte, len(now)), make([]error, len(now))
		var all sync.WaitGroup
		slots := make(chan struct{}, runtime.GOMAXPROCS(0))
		for i, l := range now {
			all.Add(1)
			slots <- struct{}{}
			go func() {
				defer func() { <-slots; all.Done() }()
				body, err := os.ReadFile(p.stageFile(l.of))
				if err == nil {
					made[i], err = l.twin.Make(body)
				}
				errs[i] = err
			}()
		}
		all.Wait()
		for i, l := range now {
			if err := p.ctx.Err(); err != nil {
				return err
			}
			if errs[i] != nil {
				return fmt.Errorf("write %q: %w", l.of+l.twin.Suffix, cause(errs[i]))
			}
			if err := p.write(l.of+l.twin.Suffix, made[i], l.mtime); err != nil {
				return err
			}
		}
	}
	return nil
}
