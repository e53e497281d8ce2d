package build

import (
	"sync"

	"stele/build/glossary"
	"stele/build/yaml"
)

// datedMatchers find the names that were in use at a time, where the glossary
// says of some when that was. Most have none of those, and cost nothing.
type datedMatchers struct {
	concepts []*glossary.Concept
	dated    map[string]bool // languages with names of a time

	mu   sync.Mutex
	made map[string]*glossary.Matcher // by language and which of those names are in use
}

func newDatedMatchers(concepts []*glossary.Concept, codes []string) *datedMatchers {
	d := &datedMatchers{concepts: concepts, dated: map[string]bool{}, made: map[string]*glossary.Matcher{}}
	for _, c := range concepts {
		for _, code := range codes {
			for _, n := range c.Names[code] {
				if n.Dated() {
					d.dated[code] = true
				}
			}
		}
	}
	return d
}

// matcher finds the names of a language in a text of the date: those that were
// in use then, or all without a date.
func (w *naming) matcher(lang, date string) *glossary.Matcher {
	d := w.dated
	year, month, day, ok := yaml.ParseDate(date)
	if !ok || !d.dated[lang] {
		return w.matchers[lang]
	}
	at := glossary.Date{Year: year, Month: month, Day: day}
	key := []byte(lang + "\x00")
	for _, c := range d.concepts {
		for _, n := range c.Names[lang] {
			if !n.Dated() {
				continue
			}
			if n.InUse(at) {
				key = append(key, '1')
			} else {
				key = append(key, '0')
			}
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	m := d.made[string(key)]
	if m == nil {
		m = glossary.MatcherAt(d.concepts, lang, at)
		d.made[string(key)] = m
	}
	return m
}
