//go:build ignore

// Make writes the files of this folder from the JSON edition of the Unicode
// Common Locale Data Repository:
//
//	npm pack cldr-core cldr-dates-full cldr-numbers-full    # and unpack each
//	go run i18n/cldr/make.go FOLDER                          # of the packages
//
// A language gets a file if CLDR covers it well, or if it is spoken in a state of
// the SCO, and CLDR knows the names of its months.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// variants are the languages with a script or a region of their own that write
// dates or numbers otherwise than the language alone.
var variants = map[string]bool{"zh-Hant": true, "sr-Latn": true, "uz-Cyrl": true, "az-Cyrl": true, "bs-Cyrl": true, "pt-PT": true}

// spoken are languages of SCO states that CLDR covers but in part.
var spoken = map[string]bool{"ba": true, "bo": true, "brx": true, "ce": true, "ckb": true, "doi": true, "ii": true, "ks": true, "mai": true, "mni": true, "mzn": true, "os": true, "sa": true, "sah": true, "tt": true, "ug": true}

// own have these forms in their interface file.
var own = map[string]bool{"ru": true, "zh": true, "en": true, "und": true}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("which folder are the packages in?")
	}
	dir := os.Args[1]
	var all struct{ AvailableLocales struct{ Full []string } }
	read(filepath.Join(dir, "cldr-core", "availableLocales.json"), &all)
	var coverage struct{ EffectiveCoverageLevels map[string]string }
	read(filepath.Join(dir, "cldr-core", "coverageLevels.json"), &coverage)
	for _, lang := range all.AvailableLocales.Full {
		level := coverage.EffectiveCoverageLevels[lang]
		if own[lang] || level != "modern" && level != "moderate" && !spoken[lang] && !variants[lang] || strings.Contains(lang, "-") && !variants[lang] {
			continue
		}
		if text := file(dir, lang); text != "" {
			if err := os.WriteFile(filepath.Join("i18n", "cldr", lang+".yaml"), []byte(text), 0o644); err != nil {
				log.Fatal(err)
			}
		}
	}
}

func read(path string, v any) {
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, v)
	}
	if err != nil {
		log.Fatal(err)
	}
}

type calendar struct {
	Months          map[string]map[string]map[string]string
	DateFormats     map[string]any
	DateTimeFormats struct {
		AvailableFormats map[string]string
		IntervalFormats  map[string]any
	}
}

// file is what the language's file says, or "" without months.
func file(dir, lang string) string {
	var dates struct {
		Main map[string]struct {
			Dates struct{ Calendars struct{ Gregorian calendar } }
		}
	}
	read(filepath.Join(dir, "cldr-dates-full", "main", lang, "ca-gregorian.json"), &dates)
	c := dates.Main[lang].Dates.Calendars.Gregorian
	months, ofDate := names(c.Months["stand-alone"]["wide"]), names(c.Months["format"]["wide"])
	if months[0] == "M01" || months[0] == "" || ofDate[0] == "M01" {
		return ""
	}
	long, _ := c.DateFormats["long"].(string)
	month, year := c.DateTimeFormats.AvailableFormats["yMMMM"], c.DateTimeFormats.AvailableFormats["y"]
	if lang == "th" { // without its era a year would be taken for a Buddhist one
		long, month, year = strings.Replace(long, "G", "'ค.ศ.'", 1), strings.Replace(month, "G", "'ค.ศ.'", 1), strings.Replace(year, "G", "'ค.ศ.'", 1)
	}
	long, month, year = era.ReplaceAllString(long, ""), era.ReplaceAllString(month, ""), era.ReplaceAllString(year, "")
	if !strings.Contains(long, "y") {
		return ""
	}
	years := "y–y"
	if m, ok := c.DateTimeFormats.IntervalFormats["y"].(map[string]any); ok {
		if s, ok := m["y"].(string); ok {
			years = era.ReplaceAllString(s, "")
		}
	}
	var b strings.Builder
	b.WriteString("# From Unicode CLDR 48, by make.go. LICENSE is CLDR's.\n")
	fmt.Fprintf(&b, "months: [%s]\n", quoted(months))
	if ofDate != months {
		fmt.Fprintf(&b, "months-of-date: [%s]\n", quoted(ofDate))
	}
	day := pattern(long)
	if lang == "fr" { // CLDR has no ordinals in dates
		day = strings.Replace(day, "{{.Day}}", "{{.Day}}{{if eq .Day 1}}er{{end}}", 1)
	}
	fmt.Fprintf(&b, "date-day: %s\n", quote(day))
	fmt.Fprintf(&b, "date-month: %s\n", quote(pattern(month)))
	fmt.Fprintf(&b, "date-year: %s\n", quote(pattern(year)))
	from, to, _ := strings.Cut(pattern(years), "{{.Year}}")
	middle, end, _ := strings.Cut(to, "{{.Year}}")
	fmt.Fprintf(&b, "date-years: %s\n", quote(from+"{{.From}}"+middle+"{{.To}}"+end))
	number, percent := numbers(dir, lang)
	fmt.Fprintf(&b, "number: %s\n", quote(number))
	fmt.Fprintf(&b, "percent: %s\n", quote(percent))
	b.WriteString(joints[lang])
	return b.String()
}

func names(m map[string]string) (out [12]string) {
	for i := range out {
		out[i] = clean(m[fmt.Sprint(i+1)])
	}
	return out
}

// clean leaves out the marks of direction that CLDR has: pages have elements
// for that.
func clean(s string) string {
	return strings.NewReplacer("\u200e", "", "\u200f", "", "\u061c", "", "\u202f", "\u00a0").Replace(s)
}

// joints are what stands between the parts of a list or a title, where it is not
// as in und.yaml; CLDR has but the joints of sentences.
var joints = func() map[string]string {
	east := "list-comma: '、'\ndash: '：'\ncolon: '：'\ntitle-joint: '——'\ntext-part: '{{.Text}}・{{.Part}}'\n"
	out := map[string]string{
		"fr": "colon: \"\\u00a0: \"\n", "ja": east, "ii": strings.SplitAfter(east, "\n")[0],
		"zh-Hant": strings.ReplaceAll(east, "・", "·"), "yue": strings.ReplaceAll(east, "・", "·"),
		"am": "list-comma: '፣ '\n", "ti": "list-comma: '፣ '\n",
	}
	for _, l := range []string{"ar", "ckb", "fa", "ks", "mzn", "ps", "sd", "ug", "ur"} {
		out[l] = "list-comma: '، '\n"
	}
	return out
}()

// era is the name of the era, which some languages always write in dates; ours
// are all of one.
var era = regexp.MustCompile(`G+\s*|\s*G+$`)

var field = regexp.MustCompile(`'[^']*'|y+|M+|L+|d+|[a-zA-Z]+|[^a-zA-Z']+`)

// pattern makes a message of a pattern of CLDR.
func pattern(s string) string {
	var b strings.Builder
	for _, f := range field.FindAllString(s, -1) {
		switch {
		case f == "''":
			b.WriteString("'")
		case f[0] == '\'':
			b.WriteString(strings.Trim(f, "'"))
		case f[0] == 'y':
			b.WriteString("{{.Year}}")
		case f == "LLLL":
			b.WriteString("{{.Month}}")
		case f == "MMMM" || f == "MMM":
			b.WriteString("{{.MonthOfDate}}")
		case f == "M" || f == "L":
			b.WriteString("{{.MonthNumber}}")
		case f == "MM" || f == "LL":
			b.WriteString(`{{printf "%02d" .MonthNumber}}`)
		case f == "d":
			b.WriteString("{{.Day}}")
		case f == "dd":
			b.WriteString(`{{printf "%02d" .Day}}`)
		default:
			b.WriteString(f)
		}
	}
	return clean(b.String())
}

// numbers tells how 1234567 and a percentage are written.
func numbers(dir, lang string) (number, percent string) {
	var file struct {
		Main map[string]struct{ Numbers map[string]any }
	}
	read(filepath.Join(dir, "cldr-numbers-full", "main", lang, "numbers.json"), &file)
	var systems struct {
		Supplemental struct {
			NumberingSystems map[string]struct {
				Digits string `json:"_digits"`
			}
		}
	}
	read(filepath.Join(dir, "cldr-core", "supplemental", "numberingSystems.json"), &systems)
	n := file.Main[lang].Numbers
	system := n["defaultNumberingSystem"].(string)
	get := func(kind, key string) string {
		m, _ := n[kind+"-numberSystem-"+system].(map[string]any)
		s, _ := m[key].(string)
		return clean(s)
	}
	digits := []rune(systems.Supplemental.NumberingSystems[system].Digits)
	sizes := strings.Split(strings.SplitN(strings.SplitN(get("decimalFormats", "standard"), ";", 2)[0], ".", 2)[0], ",")
	last, other := len(sizes[len(sizes)-1]), len(sizes[len(sizes)-1])
	if len(sizes) > 2 {
		other = len(sizes[1])
	}
	group := get("symbols", "group")
	for i := range 7 {
		left := 7 - i
		if len(sizes) > 1 && i > 0 && (left == last || left > last && (left-last)%other == 0) {
			number += group
		}
		number += string(digits[i+1])
	}
	percent = regexp.MustCompile(`[#0,.]+`).ReplaceAllString(strings.SplitN(get("percentFormats", "standard"), ";", 2)[0], "{{.Number}}")
	return number, strings.ReplaceAll(percent, "%", get("symbols", "percentSign"))
}

func quoted(names [12]string) string {
	var out []string
	for _, n := range names {
		out = append(out, quote(n))
	}
	return strings.Join(out, ", ")
}

// quote writes a string so that spaces which are not plain ones are seen.
func quote(s string) string {
	if strings.ContainsAny(s, "\u00a0") {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\u00a0", `\u00a0`).Replace(s) + `"`
	}
	if strings.ContainsAny(s, "'{}[],:#\"%.") || s == "" {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return s
}
