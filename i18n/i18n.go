// Package i18n holds the words of the interface, in i18n/<lang>.yaml, with the
// forms of dates, numbers, lists and plurals of each language. All of it is
// data: nothing of a language stands in Go. The package knows nothing of texts
// or pages; it is the only one that knows go-i18n.
//
// A site owner's file goes over the built-in one, key by key. What a language
// does not say is said by the one that it is a variant of: zh-CN by zh, en-US
// by en. Words that are still missing are English. Forms never are: they come
// from cldr/, which has them for many languages, or else are such as belong to
// no language, as 2014-09-12.
package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed *.yaml
var builtin embed.FS

// Fallback is the language whose words stand in where a language has none.
const Fallback = "en"

// Messages are the words and forms of all languages.
type Messages struct{ langs map[string]*speech }

// speech is what the files of one language say.
type speech struct {
	bundle *goi18n.Bundle
	tag    language.Tag
	words  map[string]bool // the messages that bundle has
	plain  map[string]plain
	forms  forms
}

func newSpeech(lang string) *speech {
	s := &speech{tag: language.Make(lang), words: map[string]bool{}, plain: map[string]plain{}, forms: forms{}}
	s.bundle = goi18n.NewBundle(s.tag)
	if s.bundle.AddMessages(s.tag) != nil {
		// go-i18n knows no plurals of this language, so it gets those of one
		// that has a single form for all numbers.
		s.tag = language.Vietnamese
		s.bundle = goi18n.NewBundle(s.tag)
	}
	return s
}

// Load reads the built-in messages and, over them key by key, those of own,
// which may be nil: files <lang>.yaml at its root. Where those cannot be used as
// they are, the error is Faults.
func Load(own fs.FS) (*Messages, error) { return load(builtin, own) }

// load is Load of any files; of those of some languages alone, if only names them.
func load(builtin, own fs.FS, only ...string) (*Messages, error) {
	m := &Messages{langs: map[string]*speech{}}
	known := map[string][]string{} // message -> its places
	var faults Faults
	for _, fsys := range []fs.FS{builtin, own} {
		if fsys == nil {
			continue
		}
		files, err := fs.Glob(fsys, "*.yaml")
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if len(only) > 0 && !slices.Contains(only, strings.TrimSuffix(f, ".yaml")) {
				continue
			}
			found, err := m.read(fsys, f, known, fsys == builtin)
			if err != nil {
				return nil, err
			}
			faults = append(faults, found...)
		}
	}
	if len(faults) > 0 {
		return m, faults
	}
	return m, nil
}

// read adds what one file says. known has the places of the messages read
// before; a message that stands there already must have no others, as the pages
// would not fill them.
func (m *Messages) read(fsys fs.FS, name string, known map[string][]string, builtin bool) (Faults, error) {
	lang := strings.TrimSuffix(name, ".yaml")
	if _, err := language.Parse(lang); err != nil {
		return Faults{place{file: name}.fault("name")}, nil
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read messages i18n/%s: %w", name, err)
	}
	f, faults := parseFile(name, data)
	s := m.langs[lang]
	if s == nil {
		s = newSpeech(lang)
		m.langs[lang] = s
	}
	s.forms = f.forms.over(s.forms)
	for _, msg := range f.messages {
		places, old := known[msg.ID]
		for _, p := range msg.places {
			switch {
			case slices.Contains(places, p):
			case old && !builtin:
				faults = append(faults, msg.at.in(msg.ID, noPlace(p, places)))
			default:
				places = append(places, p)
			}
		}
		known[msg.ID] = places
		s.words[msg.ID] = true
		if p, ok := plainOf(&msg); ok {
			s.plain[msg.ID] = p
		} else {
			delete(s.plain, msg.ID)
		}
		if err := s.bundle.AddMessages(s.tag, &msg.Message); err != nil {
			faults = append(faults, msg.at.in(msg.ID, err))
		}
	}
	return faults, nil
}

// noPlace is a place that nothing fills; places are those that are filled.
func noPlace(name string, places []string) error {
	if len(places) == 0 {
		return amiss("place-none", "Place", "{{."+name+"}}")
	}
	return amiss("place", "Place", "{{."+name+"}}", "Places", "{{."+strings.Join(slices.Sorted(slices.Values(places)), "}}, {{.")+"}}")
}

// Has reports whether there are messages of the language's own.
func (m *Messages) Has(lang string) bool { return m.langs[lang] != nil }

// Missing says how many messages the language has no words for, neither itself
// nor in a language that it is a variant of, and which language's words stand
// in for them.
func (m *Messages) Missing(lang string) (n int, instead string) {
	own, all := Lineage(lang), m.chain(lang)
	instead = all[min(len(own), len(all)-1)]
	for id := range m.langs[Fallback].words {
		if !slices.ContainsFunc(own, func(l string) bool { return m.says(l, id) }) {
			n++
		}
	}
	return n, instead
}

func (m *Messages) says(lang, id string) bool { return m.langs[lang] != nil && m.langs[lang].words[id] }

// chain lists the languages in which words for the language are looked for: its
// lineage, its kin in another script, if that has words, and Fallback.
func (m *Messages) chain(lang string) []string {
	out := Lineage(lang)
	base, _ := language.Make(lang).Base()
	for _, l := range []string{base.String(), Fallback} {
		if m.langs[l] != nil && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// Lineage lists the language and those that it is a variant of, nearest first:
// zh-Hans-CN, zh. A language is no variant of one in another script.
func Lineage(lang string) []string {
	out := []string{lang}
	for t := language.Make(lang); t != language.Und; t = t.Parent() {
		if s := t.String(); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
