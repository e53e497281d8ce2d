package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Order sorts as an index in the language does. It is for one user at a time.
type Order struct {
	lang *Language
	col  *collate.Collator
}

// Order returns the language's order; a tag that is none has the general one.
func (l *Language) Order() *Order {
	tag, err := language.Parse(l.Tag)
	if err != nil {
		tag = language.Und
	}
	return &Order{l, collate.New(tag, collate.IgnoreCase)}
}

// Compare is negative where a stands before b, and 0 where they differ in case only.
func (o *Order) Compare(a, b string) int { return o.col.CompareString(a, b) }

// Initial is the letter that a name is listed under: its first letter in
// capitals, for Chinese that of its pinyin, for Korean the consonant. What has
// none is listed under "#".
func (o *Order) Initial(name string) string {
	name = strings.TrimLeftFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	r, _ := utf8.DecodeRuneInString(name)
	switch {
	case r == utf8.RuneError, unicode.IsDigit(r):
		return "#"
	case IsHan(r) && o.lang.Script == "Hans":
		return o.pinyin(r)
	case IsHan(r): // other languages sort Han by radicals, strokes or readings
		return "#"
	case r >= '가' && r <= '힣':
		return string([]rune(consonants)[(r-'가')/('까'-'가')])
	}
	return o.lang.Upper(o.lang.Spelling(string(r)))
}

func (o *Order) pinyin(r rune) string {
	letter := "#"
	for _, p := range pinyinFirst {
		if o.Compare(string(r), p.char) < 0 {
			break
		}
		letter = p.letter
	}
	return letter
}

// consonants that Korean syllables begin with, in the order of their code
// points; an index lists the doubled ones under the single.
const consonants = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"

// pinyinFirst holds, for each initial letter of pinyin, the character that
// sorts first under it in the CLDR pinyin collation.
var pinyinFirst = []struct {
	letter, char string
}{
	{"A", "阿"},
	{"B", "八"},
	{"C", "嚓"},
	{"D", "咑"},
	{"E", "妸"},
	{"F", "发"},
	{"G", "旮"},
	{"H", "哈"},
	{"J", "丌"},
	{"K", "咔"},
	{"L", "垃"},
	{"M", "妈"},
	{"N", "拏"},
	{"O", "噢"},
	{"P", "妑"},
	{"Q", "七"},
	{"R", "呥"},
	{"S", "仨"},
	{"T", "他"},
	{"W", "穵"},
	{"X", "夕"},
	{"Y", "丫"},
	{"Z", "帀"},
}
