package lang

import (
	"regexp"
	"strings"
)

// divisions are the words for the parts of a legal text that stand before a
// number, by language.
var divisions = map[string]string{
	"ru": "часть раздел подраздел глава статья параграф приложение",
	"en": "part chapter section article annex appendix schedule",
	"de": "teil kapitel abschnitt artikel anhang",
	"fr": "partie titre chapitre section article annexe",
	"es": "parte título capítulo sección artículo anexo",
	"kk": "бөлім тарау бап",
	"ky": "бөлүм глава берене",
	"uk": "частина розділ глава стаття додаток",
	"be": "частка раздзел глава артыкул дадатак",
	"tg": "қисм боб модда замима",
	"uz": "qism bob modda ilova",
}

var (
	numberAfter = regexp.MustCompile(`^[ \t]+((?:[IVXLCDMivxlcdm]+|[0-9]+(?:[.\-][0-9]+)*)[.:]?)(?:[ \t]|$)`)
	hanDivision = regexp.MustCompile(`^第[ \t]?[0-9０-９〇零一二三四五六七八九十百千]+[ \t]?([编編章节節条條款项])`)
)

// Division finds the name of a part of a legal text at the beginning of s, such
// as "Статья 5.", "CHAPTER II" or 第三章. It returns what kind of part it is and
// the length of the name in bytes; 0 if there is none.
func (l *Language) Division(s string) (kind string, length int) {
	if m := hanDivision.FindStringSubmatch(s); m != nil && l.FullWidth {
		return m[1], len(m[0])
	}
	for word := range strings.FieldsSeq(divisions[l.Base]) {
		if len(s) < len(word) || !strings.EqualFold(s[:len(word)], word) {
			continue
		}
		if m := numberAfter.FindStringSubmatchIndex(s[len(word):]); m != nil {
			return word, len(word) + m[3]
		}
	}
	return "", 0
}
