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
	// singles are Han characters that only follow themselves where words meet.
	singles map[rune]single
	// reduplicates tells that any word may: it is a way of grammar.
	reduplicates bool
	// abbreviations end in a full stop that ends no unit of FirstUnit.
	abbreviations string
	// shortenings say what the full stop after a word means, starters are words
	// that sentences begin with; both are made of stopsOf.
	shortenings map[string]shortening
	starters    map[string]bool
	// ordinals tells that a full stop after a number may make it one: 3. Oktober.
	ordinals bool
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
		doublings:     set("очень едва еле чуть вот что так же много долго давно далеко их"),
		abbreviations: "гг вв им ст см др пр стр проф млн млрд тыс руб долл",
	},
	"en": {
		quotes: doubleMarks, inner: singleMarks, stem: stemEnglish,
		doublings:     set("that had is was in on bye very her do did so many long"),
		abbreviations: "mr mrs ms dr st no vs nos art sen rep gen gov jr sr prof inc ltd lt col",
	},
	"zh":  {quotes: doubleMarks, inner: singleMarks, singles: chineseSingles},
	"de":  {doublings: set("die der das den dem sie ihnen"), abbreviations: "nr bzw abs"},
	"fr":  {doublings: set("nous vous très"), abbreviations: "mme"},
	"be":  {quotes: guillemets}, // ё is a letter of its own
	"uk":  {quotes: guillemets, yo: true},
	"kk":  {quotes: guillemets, yo: true, reduplicates: true},
	"ky":  {quotes: guillemets, yo: true, reduplicates: true},
	"tg":  {quotes: guillemets, yo: true, reduplicates: true},
	"mn":  {yo: false, reduplicates: true}, // ё is a letter of its own
	"hy":  {quotes: guillemets, reduplicates: true},
	"tr":  {reduplicates: true, cases: unicode.TurkishCase},
	"az":  {reduplicates: true, cases: unicode.AzeriCase},
	"uz":  {reduplicates: true},
	"tk":  {reduplicates: true},
	"fa":  {reduplicates: true},
	"hi":  {reduplicates: true},
	"ur":  {reduplicates: true},
	"bn":  {reduplicates: true},
	"vi":  {reduplicates: true},
	"id":  {reduplicates: true},
	"ms":  {reduplicates: true},
	"jv":  {reduplicates: true},
	"su":  {reduplicates: true},
	"tl":  {reduplicates: true},
	"fil": {reduplicates: true},
	"sw":  {reduplicates: true},
	"th":  {reduplicates: true},
	"km":  {reduplicates: true},
	"lo":  {reduplicates: true},
	"my":  {reduplicates: true},
	"pa":  {reduplicates: true},
	"gu":  {reduplicates: true},
	"mr":  {reduplicates: true},
	"ne":  {reduplicates: true},
	"si":  {reduplicates: true},
	"ta":  {reduplicates: true},
	"te":  {reduplicates: true},
	"ml":  {reduplicates: true},
	"kn":  {reduplicates: true},
	"or":  {reduplicates: true},
	"as":  {reduplicates: true},
	"sd":  {reduplicates: true},
	"ps":  {reduplicates: true},
	"ug":  {reduplicates: true},
	"he":  {reduplicates: true},
	"ko":  {reduplicates: true},
	"ka":  {reduplicates: true},
	"es":  {doublings: set("que nos muy")},
	"pt":  {doublings: set("que nos muito")},
	"it":  {doublings: set("via mano piano vi ci")},
	"nl":  {doublings: set("die dat dan er was")},
	"sv":  {doublings: set("som det den")},
	// Adverbs of Arabic are doubled for "one by one".
	"ar": {doublings: set("رويدا رويدًا شيئا شيئًا خطوة واحدا واحدًا يوما يومًا صفا صفًا مرارا")},
	"ja": {}, // as its script; here for speed
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
