package i18n

import (
	"embed"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"text/template"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// cldr has the forms of languages that have no file of the interface, from
// Unicode CLDR, and in und.yaml what belongs to no language.
//
//go:embed cldr/*.yaml
var cldr embed.FS

// form is what a file says under one of the names in formKinds.
type form struct {
	months  []string
	pattern *template.Template
	number  *figures
}

// forms are what the files of a language say of dates, numbers and lists.
type forms map[string]*form

// over lays forms over those of a file that was read before.
func (f forms) over(under forms) forms {
	out := maps.Clone(under)
	maps.Copy(out, f)
	if f["months"] != nil && f["months-of-date"] == nil {
		delete(out, "months-of-date") // they were those of other months
	}
	return out
}

// formKind tells what a form is, and for a pattern what may be filled in.
type formKind struct {
	months, number bool
	places         []string
}

var (
	onDate    = []string{"Day", "Month", "MonthOfDate", "MonthNumber", "Year"}
	formKinds = map[string]formKind{
		"months":         {months: true},
		"months-of-date": {months: true},
		"date-day":       {places: onDate},
		"date-month":     {places: onDate[1:]},
		"date-year":      {places: onDate[4:]},
		"date-years":     {places: []string{"From", "To"}},
		"date-span":      {places: []string{"From", "To"}},
		"number":         {number: true},
		"percent":        {places: []string{"Number"}},
		"list-comma":     {},
		"colon":          {},
		"dash":           {},
		"title-joint":    {},
		"text-part":      {places: []string{"Text", "Part"}},
	}
	// dated are the forms without which dates and numbers are no language's.
	dated = []string{"months", "date-day", "date-month", "date-year", "date-years", "number", "percent"}
)

// readForm reads a form; nil, without an error, where nothing is said yet.
func readForm(id string, kind formKind, value *yaml.Node) (*form, error) {
	if kind.months {
		var names []string
		for _, n := range value.Content {
			if n = resolved(n); n.Kind == yaml.ScalarNode {
				names = append(names, n.Value)
			}
		}
		if value.Kind != yaml.SequenceNode || len(names) != 12 {
			return nil, amiss("months", "Number", len(names))
		}
		if !slices.ContainsFunc(names, func(s string) bool { return s != "" }) {
			return nil, nil
		}
		if i := slices.Index(names, ""); i >= 0 {
			return nil, amiss("month", "Number", i+1)
		}
		return &form{months: names}, nil
	}
	if value.Kind != yaml.ScalarNode {
		return nil, amiss("one-text")
	}
	if kind.number {
		n, err := readFigures(value.Value)
		return &form{number: n}, err
	}
	places, err := placesOf(value.Value)
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		if !slices.Contains(kind.places, p) {
			return nil, noPlace(p, kind.places)
		}
	}
	t, err := template.New(id).Parse(value.Value)
	return &form{pattern: t}, err
}

// figures is how a language writes whole numbers.
type figures struct {
	zero        rune     // its digit
	last, other int      // how many digits stand together at the end, and before; 0: they are not grouped
	between     []string // what parts the groups, from the end; the last goes on
}

// readFigures reads how 1234567 is written.
func readFigures(sample string) (*figures, error) {
	fault := amiss("number", "Value", sample)
	f := &figures{}
	var sizes []int
	var joints []string
	joint := ""
	want := 1
	for _, r := range sample {
		if !unicode.IsDigit(r) {
			joint += string(r)
			continue
		}
		if want == 1 {
			f.zero = r - 1
		}
		if r != f.zero+rune(want) || want > 7 || want == 1 && joint != "" {
			return nil, fault
		}
		if joint != "" || want == 1 {
			sizes, joints = append(sizes, 0), append(joints, joint)
			joint = ""
		}
		sizes[len(sizes)-1]++
		want++
	}
	if want != 8 || joint != "" {
		return nil, fault
	}
	if n := len(sizes); n > 1 {
		f.last, f.other = sizes[n-1], sizes[n-1]
		if n > 2 {
			f.other = sizes[n-2]
		}
		f.between = joints[1:]
		slices.Reverse(f.between)
	}
	return f, nil
}

// digits writes the digits 0 to 9 of s as the language does.
func (f *figures) digits(s string) string {
	if f.zero == '0' {
		return s
	}
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return f.zero + r - '0'
		}
		return r
	}, s)
}

// grouped parts the digits of a whole number.
func (f *figures) grouped(digits string) string {
	if f.last == 0 {
		return digits
	}
	out, size := "", f.last
	for i := 0; len(digits) > size; i++ {
		cut := len(digits) - size
		out = f.between[min(i, len(f.between)-1)] + digits[cut:] + out
		digits, size = digits[:cut], f.other
	}
	return digits + out
}

// known returns the forms that CLDR has for the language; nil for none.
func known(lang string) forms {
	data, err := fs.ReadFile(cldr, "cldr/"+lang+".yaml")
	if err != nil {
		return nil
	}
	f, faults := parseFile(lang, data)
	if len(faults) > 0 {
		panic(faults) // the files are embedded
	}
	return f.forms
}

// formsOf gathers the forms of the language: those of its files, and of CLDR.
func (m *Messages) formsOf(lang string) forms {
	out := forms{}
	for _, l := range slices.Backward(Lineage(lang)) {
		out = known(l).over(out)
	}
	for _, l := range slices.Backward(Lineage(lang)) {
		if s := m.langs[l]; s != nil {
			out = s.forms.over(out)
		}
	}
	return out
}

// Plain lists the forms of dates and numbers that nothing is known of in the
// language, so that they are written as in no language: 2014-09-12.
func (m *Messages) Plain(lang string) []string {
	forms := m.formsOf(lang)
	return slices.DeleteFunc(slices.Clone(dated), func(id string) bool { return forms[id] != nil })
}
