package search

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"stele/build/lang"
)

// keysOf are the stems that a word of a query is looked up by.
func keysOf(l *lang.Language, word string) []string {
	switch l.Snowball() {
	case "ru":
		return akin(l, word)
	case "en":
		return kin(l, word)
	}
	return []string{l.Stem(word)}
}

// Irregular are the forms of English words that the rules of Snowball part from
// one another, a family between bars; those of a family begin with one letter.
// Families are left out whose forms are also those of another word (found, bases,
// lives): who looks for one would find the other. The script of the theme has the
// same.
const Irregular = "" +
	"analysis analyses|appendix appendices|arise arose arisen|awake awoke awoken|bear bore borne born|become became" +
	"|begin began begun|bend bent|bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought" +
	"|build built|burn burnt|buy bought|catch caught|child children|choose chose chosen|come came|consortium consortia|creep crept" +
	"|crisis crises|criterion criteria|curriculum curricula|datum data|deal dealt|dig dug|do did done|draw drew drawn|dream dreamt" +
	"|drink drank drunk|drive drove driven|eat eaten|emphasis emphases|fall fell fallen|feed fed|feel felt|fight fought|flee fled" +
	"|fly flew flown|foot feet|forbid forbade forbidden|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven" +
	"|forum fora|freeze froze frozen|get got gotten|give gave given|grow grew grown|half halves|hang hung|have has had|hear heard" +
	"|hide hid hidden|hold held|hypothesis hypotheses|index indices|keep kept|kneel knelt|knife knives|know knew known|lay laid" +
	"|lead led|lean leant|learn learnt|leave left|lend lent|lose lost|make made|man men|matrix matrices|mean meant|meet met" +
	"|memorandum memoranda|mislead misled|mistake mistook mistaken|mouse mice|overcome overcame|oversee oversaw overseen" +
	"|overtake overtook overtaken|partake partook partaken|pay paid|phenomenon phenomena|radius radii|rebuild rebuilt" +
	"|referendum referenda|repay repaid|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought" +
	"|sell sold|send sent|shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk" +
	"|sit sat|sleep slept|slide slid|speak spoke spoken|speed sped|spend spent|spin spun|spring sprang sprung|stand stood" +
	"|steal stole stolen|stick stuck|stimulus stimuli|strike struck stricken|strive strove striven|swear swore sworn|sweep swept" +
	"|swell swollen|swim swam swum|synthesis syntheses|take took taken|teach taught|tear tore torn|tell told|thesis theses" +
	"|thief thieves|think thought|throw threw thrown|tooth teeth|undergo underwent undergone|understand understood" +
	"|undertake undertook undertaken|undo undid undone|uphold upheld|wake woke woken|wear wore worn|weave wove woven|weep wept" +
	"|wife wives|win won|withdraw withdrew withdrawn|withhold withheld|withstand withstood|wolf wolves|woman women" +
	"|write wrote written"

// kin are the stems of an English word and of its family, its own first.
func kin(l *lang.Language, word string) []string {
	out := []string{l.Stem(word)}
	for family := range strings.SplitSeq(Irregular, "|") {
		words := strings.Fields(family)
		if !slices.Contains(words, word) {
			continue
		}
		for _, w := range words {
			if k := l.Stem(w); !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

var (
	consonantLast = regexp.MustCompile(`[бвгджзклмнпрстфхцчшщ]$`)
	fleeting      = regexp.MustCompile(`([^аеиоуыэюяьй])[ое]([кц])$`)
	fled          = regexp.MustCompile(`[^аеиоуыэюяьй][кц]$`)
)

// akin are the stems that a Russian word of a query may have in a text. The
// rules of Snowball part some forms of one word: опыт from опыта, поставок from
// поставка, время from времени.
func akin(l *lang.Language, word string) []string {
	s := l.Stem(word)
	out := []string{s, l.Stem(s)}
	if consonantLast.MatchString(word) {
		out = append(out, l.Stem(word+"а"))
	}
	out = append(out, fleeting.ReplaceAllString(s, "$1$2"))
	if fled.MatchString(s) {
		_, n := utf8.DecodeLastRuneInString(s)
		begin, end := s[:len(s)-n], s[len(s)-n:]
		out = append(out, begin+"о"+end, begin+"е"+end)
	}
	switch s {
	case "мат":
		out = append(out, "матер")
	case "доч":
		out = append(out, "дочер")
	}
	if strings.HasSuffix(word, "мя") {
		out = append(out, s+"ен")
	}
	if begin, ok := strings.CutSuffix(s, "ен"); ok && strings.HasSuffix(begin, "м") {
		out = append(out, begin)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(k string) bool { return k != s && utf8.RuneCountInString(k) < 3 })
}
