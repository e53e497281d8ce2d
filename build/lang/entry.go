package lang

import (
	"maps"
	"strings"
	"unicode"
)

// entry is what is special to one language.
type entry struct {
	quotes, inner [2]rune
	// doublings are words that rightly follow themselves.
	doublings map[string]bool
	// singles are Han characters that never follow themselves.
	singles string
	// reduplicates tells that any word may: it is a way of grammar.
	reduplicates bool
	// abbreviations end in a full stop that ends no sentence.
	abbreviations string
	// stem takes the inflection off a word in small letters.
	stem func(string) string
	// cases are its own rules of small and capital letters.
	cases unicode.SpecialCase
	// yo tells that ё may be written е.
	yo bool
}

var (
	guillemets  = [2]rune{'«', '»'}
	doubleMarks = [2]rune{'“', '”'}
	singleMarks = [2]rune{'‘', '’'}
	lowMarks    = [2]rune{'„', '“'}
)

// entries of the languages by base. A language that is written by the defaults
// of its script needs none.
var entries = map[string]entry{
	"ru": {
		quotes: guillemets, inner: lowMarks, yo: true, stem: stemRussian,
		doublings:     set("очень едва чуть что так же"),
		abbreviations: "гг вв им ст см др пр стр проф млн млрд тыс руб долл",
	},
	"en": {
		quotes: doubleMarks, inner: singleMarks, stem: stemEnglish,
		doublings:     set("that had is in on bye very"),
		abbreviations: "mr mrs ms dr st no vs nos art sen rep gen gov jr sr prof inc ltd lt col",
	},
	"zh": {quotes: doubleMarks, inner: singleMarks, singles: "的了是在与及并或对被把为于由将和至向从以"},
	"de": {doublings: set("die der das sie"), abbreviations: "nr bzw abs"},
	"fr": {doublings: set("nous vous"), abbreviations: "mme"},
	"be": {quotes: guillemets}, // ё is a letter of its own
	"uk": {quotes: guillemets, yo: true},
	"kk": {quotes: guillemets, yo: true, reduplicates: true},
	"ky": {quotes: guillemets, yo: true, reduplicates: true},
	"tg": {quotes: guillemets, yo: true},
	"mn": {yo: false}, // ё is a letter of its own
	"hy": {quotes: guillemets},
	"tr": {reduplicates: true, cases: unicode.TurkishCase},
	"az": {reduplicates: true, cases: unicode.AzeriCase},
	"uz": {reduplicates: true},
	"tk": {reduplicates: true},
	"fa": {reduplicates: true},
	"hi": {reduplicates: true},
	"ur": {reduplicates: true},
	"bn": {reduplicates: true},
	"vi": {reduplicates: true},
	"id": {reduplicates: true},
	"ja": {}, "ko": {}, "ar": {}, "es": {}, "pt": {}, "it": {}, // as their scripts; here for speed
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// doublings of all languages.
var doublings = func() map[string]bool {
	out := map[string]bool{}
	for _, e := range entries {
		maps.Copy(out, e.doublings)
	}
	return out
}()

// abbreviations of all languages: texts quote each other's.
var abbreviations = func() map[string]bool {
	out := map[string]bool{}
	for _, e := range entries {
		for w := range strings.FieldsSeq(e.abbreviations) {
			out[w] = true
		}
	}
	return out
}()
