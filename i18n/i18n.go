// Package i18n holds the words of the interface, in i18n/<lang>.yaml, and the
// forms of dates, numbers and plurals of each language. It knows nothing of
// texts or pages; it is the only package that knows go-i18n.
package i18n

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/zh"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v4"
	"golang.org/x/text/language"
)

//go:embed *.yaml
var builtin embed.FS

// Fallback is the language whose words stand in where a language has none.
const Fallback = "en"

// Messages are the words of all languages.
type Messages struct {
	bundle *goi18n.Bundle
	ids    map[string]map[string]bool // of each language with a message file, its messages
}

// Load reads the built-in messages and, over them key by key, those of own,
// which may be nil: files <lang>.yaml at its root.
func Load(own fs.FS) (*Messages, error) {
	m := &Messages{bundle: goi18n.NewBundle(language.English), ids: map[string]map[string]bool{}}
	m.bundle.RegisterUnmarshalFunc("yaml", unmarshal)
	known := map[string][]string{} // message -> its places
	var errs []error
	for _, fsys := range []fs.FS{builtin, own} {
		if fsys == nil {
			continue
		}
		files, err := fs.Glob(fsys, "*.yaml")
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if err := m.read(fsys, f, known); err != nil {
				errs = append(errs, err)
				continue
			}
		}
	}
	return m, errors.Join(errs...)
}

// read adds the messages of one file. known has the places of the messages read
// before; a message that stands there already must have no others, as the pages
// would not fill them.
func (m *Messages) read(fsys fs.FS, f string, known map[string][]string) error {
	at := "i18n/" + f
	if _, err := language.Parse(strings.TrimSuffix(f, ".yaml")); err != nil {
		return fmt.Errorf("%s: the name is not a language such as de.yaml or pt-BR.yaml", at)
	}
	data, err := fs.ReadFile(fsys, f)
	if err != nil {
		return fmt.Errorf("read messages %s: %w", at, err)
	}
	file, err := m.bundle.ParseMessageFileBytes(data, f)
	if syntax := (*yaml.LoadError)(nil); errors.As(err, &syntax) && syntax.Mark.Line > 0 {
		line, col := syntax.Mark.Line, max(1, syntax.Mark.Column)
		// What is missing at the end is told of a line that need not exist.
		if last := strings.Count(strings.TrimRight(string(data), "\n"), "\n") + 1; line > last {
			line, col = last, 1
		}
		return fmt.Errorf("%s:%d:%d: this cannot be read as YAML: %s", at, line, col, syntax.Message)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	lang := strings.TrimSuffix(f, ".yaml")
	if m.ids[lang] == nil {
		m.ids[lang] = map[string]bool{}
	}
	var errs []error
	for _, msg := range file.Messages {
		m.ids[lang][msg.ID] = true
		own, err := placesOf(msg)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: the message “%s”: %w", at, msg.ID, err))
			continue
		}
		places, old := known[msg.ID]
		for _, p := range own {
			switch {
			case slices.Contains(places, p):
			case old && fsys != fs.FS(builtin):
				errs = append(errs, fmt.Errorf("%s: the message “%s” has no {{.%s}}; %s", at, msg.ID, p, listed(places)))
			default:
				places = append(places, p)
			}
		}
		known[msg.ID] = places
	}
	return errors.Join(errs...)
}

// listed tells which places a message has.
func listed(places []string) string {
	if len(places) == 0 {
		return "nothing is filled in here"
	}
	return "what can be filled in is {{." + strings.Join(slices.Sorted(slices.Values(places)), "}}, {{.") + "}}"
}

// unmarshal has the form that go-i18n asks for.
func unmarshal(data []byte, v any) error { return yaml.Unmarshal(data, v) }

// placesOf reads the {{.Name}} places of a message in all its forms, which
// go-i18n does only when it is wanted.
func placesOf(m *goi18n.Message) ([]string, error) {
	var names []string
	for _, text := range []string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other} {
		t, err := template.New(m.ID).Parse(text)
		if err != nil {
			return nil, fmt.Errorf("the places in %q cannot be read, write them as {{.Name}}: %w", text, err)
		}
		if t.Tree == nil {
			continue // nothing is written
		}
		for _, node := range t.Root.Nodes {
			action, ok := node.(*parse.ActionNode)
			if !ok {
				continue
			}
			for _, cmd := range action.Pipe.Cmds {
				for _, arg := range cmd.Args {
					if field, ok := arg.(*parse.FieldNode); ok {
						names = append(names, field.Ident[0])
					}
				}
			}
		}
	}
	return names, nil
}

// Languages lists the languages that have messages, sorted.
func (m *Messages) Languages() []string { return slices.Sorted(maps.Keys(m.ids)) }

// Has reports whether the language has messages of its own.
func (m *Messages) Has(lang string) bool { return m.ids[lang] != nil }

// Missing returns for how many messages Fallback's words stand in for the
// language's.
func (m *Messages) Missing(lang string) int {
	n := 0
	for id := range m.ids[Fallback] {
		if !m.ids[lang][id] {
			n++
		}
	}
	return n
}

// UI speaks one language. It is safe for concurrent use.
type UI struct {
	lang   string
	loc    *goi18n.Localizer
	locale locales.Translator
}

// UI returns the interface in the language; Fallback's words where it has none.
func (m *Messages) UI(lang string) *UI {
	u := &UI{lang: lang, loc: goi18n.NewLocalizer(m.bundle, lang, Fallback)}
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "ru":
		u.locale = ru.New()
	case "zh":
		u.locale = zh.New()
	case "de":
		u.locale = de.New()
	case "fr":
		u.locale = fr.New()
	case "es":
		u.locale = es.New()
	default:
		u.locale = en.New()
	}
	return u
}

// T returns the message with the id. pairs are names and values for its
// {{.Name}} places; an integer named Count chooses the plural form. A message
// that does not exist reads as its id in angle quotes, and Err tells of it.
func (u *UI) T(id string, pairs ...any) string {
	s, err := u.Err(id, pairs...)
	if err != nil {
		return "‹" + id + "›"
	}
	return s
}

// Err is T with the error.
func (u *UI) Err(id string, pairs ...any) (string, error) {
	data := make(map[string]any, len(pairs)/2)
	cfg := &goi18n.LocalizeConfig{MessageID: id, TemplateData: data}
	for i := 0; i+1 < len(pairs); i += 2 {
		name := fmt.Sprint(pairs[i])
		data[name] = pairs[i+1]
		if n, ok := pairs[i+1].(int); ok && name == "Count" {
			cfg.PluralCount = n
			data[name] = u.Number(n)
		}
	}
	s, err := u.loc.Localize(cfg)
	if missing := (*goi18n.MessageNotFoundErr)(nil); errors.As(err, &missing) && s != "" {
		return s, nil // in Fallback's words
	}
	return s, err
}

// Number writes n with the language's grouping.
func (u *UI) Number(n int) string {
	if n > -10000 && n < 10000 {
		return strconv.Itoa(n) // four digits are not grouped in running text
	}
	return u.locale.FmtNumber(float64(n), 0)
}

// Percent writes a share of 0 to 1 as a whole percentage; only all is 100 and
// only none is 0.
func (u *UI) Percent(share float64) string {
	p := int(share*100 + 0.5)
	switch {
	case share < 1 && p >= 100:
		p = 99
	case share > 0 && p == 0:
		p = 1
	}
	s := strconv.Itoa(p) + "%"
	if base, _, _ := strings.Cut(u.lang, "-"); base == "ru" || base == "de" || base == "fr" {
		s = strconv.Itoa(p) + "\u00a0%"
	}
	return s
}

// russianMonths are the months by themselves; CLDR's wide names, which the
// locale has, are those of dates.
var russianMonths = [...]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}

// monthOfDate is the month as it reads in a date: «ноября».
func (u *UI) monthOfDate(t time.Time) string {
	parts := strings.Fields(u.locale.FmtDateLong(t))
	if len(parts) < 2 {
		return u.locale.MonthWide(t.Month())
	}
	return parts[1]
}

// Date writes YYYY-MM-DD, YYYY-MM or YYYY in the language's long form; anything
// else comes back as it is.
func (u *UI) Date(iso string) string {
	base, _, _ := strings.Cut(u.lang, "-")
	if t, err := time.Parse("2006-01-02", iso); err == nil {
		switch base {
		case "ru": // the number stays with its month, the year with its word
			return strconv.Itoa(t.Day()) + "\u00a0" + u.monthOfDate(t) + " " + strconv.Itoa(t.Year()) + "\u00a0года"
		case "en":
			return strconv.Itoa(t.Day()) + "\u00a0" + t.Format("January 2006")
		}
		return u.locale.FmtDateLong(t)
	}
	if t, err := time.Parse("2006-01", iso); err == nil {
		switch base {
		case "ru":
			return russianMonths[t.Month()-1] + "\u00a0" + t.Format("2006") + "\u00a0года"
		case "zh":
			return t.Format("2006年1月")
		}
		return u.locale.MonthWide(t.Month()) + " " + t.Format("2006")
	}
	if _, err := time.Parse("2006", iso); err == nil {
		switch base {
		case "ru":
			return iso + "\u00a0год"
		case "zh":
			return iso + "年"
		}
		return iso
	}
	if a, b, ok := strings.Cut(iso, "/"); ok {
		switch base {
		case "ru":
			return a + "–" + b + "\u00a0годы"
		case "zh":
			return a + "—" + b + "年"
		}
		return a + "–" + b
	}
	return iso
}
