package lang

import "strings"

// single is a Chinese character that is a word by itself and never follows
// itself, but where two words meet: 目的｜的手段, 为了｜了解.
type single struct {
	// before are characters that make a word with it when they precede, after
	// when they follow; no words before that the character itself cannot follow,
	// as in 关于于.
	before, after string
}

// chineseSingles are the function words of Chinese that are typed twice.
var chineseSingles = map[rune]single{
	'的': {"目标似鹄", "士确黎里"},
	'了': {"罢末终不", "解如结却断然不无"},
	'是': {"国", "否非以"},
	'在': {"存内潜所现外旨自健", "线座于场内职即建位野押逃册校研华此岸"},
	'与': {"参赋给授付", "会其否共日时众"},
	'及': {"涉波普顾危触提埃论遍惠殃言比", "时其早格至第物"},
	'并': {"合兼吞归裁", "且非举行列购存入发不用重轨联网进肩"},
	'或': {"", "许者然多早"},
	'对': {"应针面反绝相核敌比校派成一查", "外方话策于等抗华内手应立象待称口接照比准此付岸冲流"},
	'被': {"棉植", "告害捕动迫保执申监扣占侵授选上继扶抚拘"},
	'把': {"火", "握关控手持"},
	'为': {"行作", "期了何主首止准难此数人民什限例由害非"},
	'于': {"", "是田"},
	'由': {"自理缘事", "于此来衷"},
	'将': {"大名上中少", "来军近要士领"},
	'和': {"谐缓温总共饱祥维平求讲媾调柔随", "平谐睦解约田好善缓美局"},
	'至': {"冬夏", "今少关于多上此高"},
	'向': {"方面走取导意倾转内外去动风志单双定", "往来前导好"},
	'从': {"服遵听盲顺依主", "事业而此中严属来容前未头宽速优政军"},
	'以': {"", "及下上来色便往后前内外至免求期此为致人身"},
}

// MayDouble reports whether the Han character, or the mark of full width, can
// rightly stand twice between two others (0 at the ends): most may; those of
// function words only where two words meet, or in a fourfold word (是是非非).
func (l *Language) MayDouble(before, r, after, afterThat rune) bool {
	if l.FullWidth && strings.ContainsRune("，。、；：", r) {
		return false
	}
	s, ok := l.entry.singles[r]
	if ok && (before == r || after == r) {
		return false // three are too many in any case
	}
	return !ok || before != 0 && strings.ContainsRune(s.before, before) || after != 0 && (strings.ContainsRune(s.after, after) || after == afterThat)
}

// DoublingsKnown reports whether it is known which words of the language rightly
// follow themselves. Of the others a doubled word is no more than a hint.
func (l *Language) DoublingsKnown() bool {
	return l.entry.doublings != nil || l.entry.singles != nil || l.entry.reduplicates
}
