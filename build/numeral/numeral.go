// Package numeral is the one reader of numbers and dates, in figures and in
// words, in any notation: 10 июля 2015, July 10, 2015 and 2015年7月10日 give the
// same values, each with its place in the text. It knows what words mean, not
// what readers do with it.
//
// Read reads a text of a known language whole. Those who cut text themselves
// ask for its parts: Figure, Han, Roman, Means and Scale.
package numeral

import (
	"unicode"
	"unicode/utf8"

	"stele/build/lang"
)

// Value is something a text states that all languages state alike: a number, a
// month or a code, whatever its notation.
type Value struct {
	Kind Kind
	// Values the notation can stand for; the first is the likeliest. 1.234 may
	// be a thousand or one and a bit; 25 after 2015– is 2025 too.
	Values []float64
	// Firm values are surely meant; others (“both”, “one”, a lone 十) only
	// answer to those of another language.
	Firm    bool
	Words   bool // written in words or numerals of the language, not in figures
	Percent bool
	Code    string // of a code, folded
	Date    Date   // of a day
	Dated   bool   // part of a date
	// half is that of the day which an hour is said to be in, scaled what a word
	// behind the number multiplied it by.
	half   half
	scaled float64
	// Start and End are byte offsets in the text.
	Start, End int
}

// Kind is what a value is.
type Kind uint8

// Kinds of values.
const (
	Number Kind = iota
	Month
	Code
	Day // a whole date; Read gives it as a Date, with its parts as values
)

// Date is a day of the calendar, or a month of a year, as a text has it. Parts
// that it does not say are 0; the month is always there.
type Date struct {
	Year, Month, Day int
	// Swapped tells that the day may be the month and the month the day: 5/7/2015.
	Swapped    bool
	Start, End int
}

// Same reports whether two dates can be one; a year that is not said may be any.
func (d Date) Same(e Date) bool {
	if d.Year != e.Year && d.Year != 0 && e.Year != 0 {
		return false
	}
	return d.Day == e.Day && d.Month == e.Month || (d.Swapped || e.Swapped) && d.Day == e.Month && d.Month == e.Day
}

// Impossible reports whether no calendar has the day, and how many days its month
// has: 31 September, 29 February 2015. The years that were leap years of the old
// calendar alone, which some countries kept until 1918, pass.
func (d Date) Impossible() (days int, impossible bool) {
	switch d.Month {
	case 4, 6, 9, 11:
		days = 30
	case 2:
		days = 29
		if leap := d.Year%4 == 0 && (d.Year%100 != 0 || d.Year%400 == 0 || d.Year <= 1918); d.Year > 0 && !leap {
			days = 28
		}
	default:
		days = 31
	}
	return days, d.Day > days && !(d.Swapped && d.Month <= 12 && d.Day <= 12)
}

// Read returns the values and the dates that a text in a language states.
// Figures, codes and Chinese numerals are read in every language, words and
// months in those that have a vocabulary. The values of a date are its parts.
func Read(l *lang.Language, text string) ([]Value, []Date) {
	r := &reader{base: l.Base, own: vocabularies[l.Base], text: text}
	if r.own == nil {
		r.own = &vocabulary{}
	}
	r.quoted = &vocabulary{}
	if r.own.complete && !l.Own('a') {
		r.quoted = vocabularies["en"]
	}
	r.codes()
	r.split()
	for i := 0; i < len(r.toks); {
		i += max(r.read(i), 1)
	}
	r.spread()
	return r.values, r.dates
}

// reader collects the values of one text.
type reader struct {
	base string
	// own is the language's vocabulary, quoted that of Latin words in a text
	// that is not written in Latin letters.
	own, quoted *vocabulary
	text        string
	toks        []token
	values      []Value
	dates       []Date
	lately      Date // the month of the last Chinese date, with its year
}

func (r *reader) add(v Value) { r.values = append(r.values, v) }

// vocabulary returns the words that the one at token i may be among.
func (r *reader) vocabulary(i int) *vocabulary {
	if c, _ := utf8.DecodeRuneInString(r.toks[i].raw); r.quoted.words != nil && unicode.Is(unicode.Latin, c) {
		return r.quoted
	}
	return r.own
}

// read takes the value that begins at token i, if there is one, and returns how
// many tokens it used.
func (r *reader) read(i int) int {
	switch t := r.toks[i]; t.kind {
	case figures:
		return r.figures(i)
	case letters:
		if n := r.monthDay(i); n > 0 {
			return n
		}
		if n := r.number(i); n > 0 {
			return n
		}
		return r.roman(i)
	case hanzi:
		r.hanzi(i)
	case mark:
		r.sign(i)
	}
	return 1
}
