package i18n

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// UI speaks one language. It is safe for concurrent use.
type UI struct {
	langs []*speech // whose words are looked for, in this order
	names []string  // their tags
	locs  []*goi18n.Localizer
	forms forms
	own   language.Tag // of the first of langs: what languages are named in
}

// UI returns the interface in the language.
func (m *Messages) UI(lang string) *UI {
	u := &UI{forms: m.formsOf(lang).over(known("und"))}
	for _, l := range m.chain(lang) {
		if s := m.langs[l]; s != nil {
			if len(u.langs) == 0 {
				u.own = language.Make(l)
			}
			u.langs, u.names = append(u.langs, s), append(u.names, l)
			u.locs = append(u.locs, goi18n.NewLocalizer(s.bundle, s.tag.String()))
		}
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

// Spoken is the language that the message with the id is in: this one, or the one
// whose words stand in. Forms are in no language but this one.
func (u *UI) Spoken(id string) string {
	for i, s := range u.langs {
		if s.words[id] {
			return u.names[i]
		}
	}
	return ""
}

// Err is T with the error.
func (u *UI) Err(id string, pairs ...any) (string, error) {
	if u.forms[id] == nil && len(pairs)%2 == 0 {
		for _, s := range u.langs {
			if !s.words[id] {
				continue
			}
			if p, ok := s.plain[id]; ok {
				if said, ok := p.fill(u, pairs); ok {
					return said, nil
				}
			}
			break
		}
	}
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
	if f := u.forms[id]; f != nil {
		return f.fill(data)
	}
	for i, s := range u.langs {
		if s.words[id] {
			return u.locs[i].Localize(cfg)
		}
	}
	return "", fmt.Errorf("there is no message “%s”", id)
}

// Has reports whether there is a message with the id.
func (u *UI) Has(id string) bool {
	return slices.ContainsFunc(u.langs, func(s *speech) bool { return s.words[id] })
}

// fill writes the form with the values of its places.
func (f *form) fill(data map[string]any) (string, error) {
	var b strings.Builder
	if f.pattern == nil {
		return "", fmt.Errorf("the form is no pattern")
	}
	err := f.pattern.Execute(&b, data)
	return b.String(), err
}

// write is a pattern with the values of its places, and all its digits the
// language's.
func (u *UI) write(id string, data map[string]any) string {
	s, err := u.forms[id].fill(data)
	if err != nil {
		return "‹" + id + "›"
	}
	return u.forms["number"].number.digits(s)
}

// Language returns what the language with the tag is called in this one, or the
// tag where it has no name.
func (u *UI) Language(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	own := u.own
	if display.Languages(own) == nil || display.Regions(own) == nil {
		own = language.English
	}
	names := display.Languages(own)
	b, _ := t.Base()
	base := language.Make(b.String())
	name, plain := names.Name(t), names.Name(base)
	region, c := t.Region()
	usual, _ := base.Region()
	switch script, _ := t.Script(); {
	case name != plain || name == "" || c != language.Exact:
	case b.String() == "zh" && script.String() == "Hant":
		name = cmp.Or(names.Name(language.TraditionalChinese), name)
	case region != usual || b.String() == "pt": // of Portuguese there are two, and neither is the usual one
		name += " (" + cmp.Or(display.Regions(own).Name(region), region.String()) + ")"
	}
	return cmp.Or(name, tag)
}

// Number writes n with the language's digits and grouping.
func (u *UI) Number(n int) string {
	f, s, sign := u.forms["number"].number, strconv.Itoa(n), ""
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		s, sign = rest, "-"
	}
	if len(s) > 4 { // four digits are not grouped in running text
		s = f.grouped(s)
	}
	return sign + f.digits(s)
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
	return u.write("percent", map[string]any{"Number": p})
}

// Date writes YYYY-MM-DD, YYYY-MM, YYYY, or two of them with a slash between in
// the language's long form; anything else comes back as it is.
func (u *UI) Date(iso string) string {
	if iso == "" {
		return ""
	}
	if t, err := time.Parse("2006-01-02", iso); err == nil {
		return u.write("date-day", u.places(t))
	}
	if t, err := time.Parse("2006-01", iso); err == nil {
		return u.write("date-month", u.places(t))
	}
	if t, err := time.Parse("2006", iso); err == nil {
		return u.write("date-year", u.places(t))
	}
	a, b, ok := strings.Cut(iso, "/")
	if !ok {
		return iso
	}
	_, errA := time.Parse("2006", a)
	_, errB := time.Parse("2006", b)
	if errA == nil && errB == nil {
		return u.write("date-years", map[string]any{"From": a, "To": b})
	}
	return u.write("date-span", map[string]any{"From": u.Date(a), "To": u.Date(b)})
}

// places are the values for the places of a date.
func (u *UI) places(t time.Time) map[string]any {
	month := int(t.Month())
	out := map[string]any{"Day": t.Day(), "MonthNumber": month, "Year": t.Format("2006")}
	out["Month"] = strconv.Itoa(month) // a pattern may ask for names that nobody gave
	if f := u.forms["months"]; f != nil {
		out["Month"] = f.months[month-1]
	}
	out["MonthOfDate"] = out["Month"]
	if f := u.forms["months-of-date"]; f != nil {
		out["MonthOfDate"] = f.months[month-1]
	}
	return out
}
