// Package sound compares names by how they sound, across the Latin and the
// Cyrillic script and the Chinese characters that foreign names are written with.
//
// A word, in lower case, becomes a string of sounds: vowels a e i o u, consonants
// b v g d Z z k l m n p r s t f h c C S J. Its key is the rough classes of its
// consonants, by which candidates are found; how alike two candidates are is told
// by an edit distance in which sounds of one class and vowels are cheap.
//
// The tables and costs were set by hand, from the usual transcriptions; they
// reach the aligner through its parameters for names, which are what bench/align
// measures.
package sound

import (
	"strings"
	"unicode/utf8"
)

// sounds of the Cyrillic letters from а to я.
var cyrillicSounds = [32]string{
	"a", "b", "v", "g", "d", "e", "Z", "z", "i", "i", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "h", "c", "C", "S", "S", "", "i", "", "e", "u", "a",
}

// latinSounds are tried in order at each place of a word.
var latinSounds = []struct{ letters, sound string }{
	{"sch", "S"},
	{"tch", "C"},
	{"shch", "S"},
	{"ch", "C"},
	{"sh", "S"},
	{"zh", "Z"},
	{"kh", "h"},
	{"ph", "f"},
	{"th", "t"},
	{"ck", "k"},
	{"ts", "c"},
	{"tz", "c"},
	{"ng", "n"},
	{"qu", "k"},
	{"wh", "v"},
	{"gh", "g"},
	{"dj", "J"},
	{"ce", "se"},
	{"ci", "si"},
	{"cy", "si"},
	{"a", "a"},
	{"b", "b"},
	{"c", "k"},
	{"d", "d"},
	{"e", "e"},
	{"f", "f"},
	{"g", "g"},
	{"h", "h"},
	{"i", "i"},
	{"j", "J"},
	{"k", "k"},
	{"l", "l"},
	{"m", "m"},
	{"n", "n"},
	{"o", "o"},
	{"p", "p"},
	{"q", "k"},
	{"r", "r"},
	{"s", "s"},
	{"t", "t"},
	{"u", "u"},
	{"v", "v"},
	{"w", "v"},
	{"x", "ks"},
	{"y", "i"},
	{"z", "z"},
	{"á", "a"},
	{"à", "a"},
	{"â", "a"},
	{"ä", "a"},
	{"ã", "a"},
	{"å", "o"},
	{"é", "e"},
	{"è", "e"},
	{"ê", "e"},
	{"ë", "e"},
	{"í", "i"},
	{"ï", "i"},
	{"î", "i"},
	{"ó", "o"},
	{"ô", "o"},
	{"ö", "e"},
	{"õ", "o"},
	{"ø", "e"},
	{"ú", "u"},
	{"ü", "u"},
	{"û", "u"},
	{"ñ", "n"},
	{"ç", "s"},
	{"š", "S"},
	{"ž", "Z"},
	{"č", "C"},
	{"ć", "C"},
	{"ł", "l"},
	{"ß", "s"},
}

// hanSounds and hanPlaces are the letters that Chinese writes foreign names with.
var hanSounds, hanPlaces = readHan(`a:阿亚娅雅 ai:艾爱埃 an:安昂 ao:奥澳 e:厄额 en:恩 i:伊 in:因英 o:欧 u:乌 va:瓦 van:万旺 vei:韦维威魏 vu:武伍 vo:沃 ven:温文 ou:奥
ba:巴芭 bai:拜 ban:班 bao:鲍保 bei:贝 ben:本 bi:比毕彼碧 bin:宾 bo:博波伯勃玻 bu:布 p:普 pa:帕 pai:派 pan:潘 pei:佩 pen:彭 pi:皮匹 pin:平 po:坡
ma:马玛 mai:迈麦 man:曼 mao:毛 me:默 mei:梅美 men:门蒙 mi:米密 min:明敏 mo:莫摩 m:姆穆 fa:法 fan:凡范梵 fei:费菲 fen:芬冯丰 f:夫弗 fo:福佛 fu:富
da:达大 dai:戴黛 dan:丹旦 dao:道 de:德 den:登邓 di:迪蒂狄地第帝 din:丁 do:多 don:东顿敦 du:杜都 ta:塔 tai:泰太 tan:坦 tao:陶 te:特 ten:滕 ti:提蒂缇 tin:廷汀 to:托 tu:图土 ton:通汤顿
na:纳娜 nai:奈 nan:南 ne:内 nei:内尼 ni:尼妮 nin:宁 no:诺 nu:努 niu:纽 la:拉 lai:莱赖来 lan:兰朗 lao:劳 le:勒 lei:雷蕾 len:伦 li:里利莉丽李理立 lin:林琳 lo:罗洛 lou:娄 lu:卢鲁路吕 lun:隆龙 ru:茹 r:尔
ga:加 gai:盖 gan:甘冈 gao:高 ge:格葛戈 gen:根 go:戈果 gu:古 ka:卡 kai:凯 kan:坎康 kao:考 ke:克科 ken:肯 ko:科 kon:孔 ku:库 kun:昆 kui:奎 ha:哈 hai:海 han:汉罕 hao:豪 he:赫 hei:黑 hen:亨 ho:霍 hu:胡 huai:怀 hua:华 huan:环
Ja:贾加 Je:杰 Jin:金晋 Ji:吉基季 Jo:乔约 Ju:朱茹 Jun:君 Ca:查恰 Ce:切彻 Cen:陈 Ci:奇齐契 Cu:楚 Co:乔 qi:其 S:什 Sa:沙莎夏 San:山尚 Se:谢舍 Sen:申 Si:希西锡茜 Sin:辛欣 So:肖绍 Su:舒休 Sia:霞
za:扎 ze:泽 zo:佐 zu:祖 z:兹 ca:察 c:茨 sa:萨 sai:赛 san:桑 sao:绍 se:塞色 sen:森 si:斯丝西 so:索 su:苏 sun:松孙 ia:雅亚娅 ian:扬 ie:耶叶 io:约 iu:尤于 in:因英 ru:鲁 ro:罗若 re:热 ran:让朗 ron:荣容 rui:瑞 gua:瓜 guan:关 gui:圭`)

// firstHan is where the common Han letters begin; hanLetters is how many they are.
const firstHan, hanLetters = 0x4e00, 0x5200

// readHan returns the sounds, and by letter from firstHan on the place of its
// own, for every letter of every text is looked up. Place 0 is no sound.
func readHan(s string) (sounds []string, places *[hanLetters]uint16) {
	sounds, places = []string{""}, new([hanLetters]uint16)
	for f := range strings.FieldsSeq(s) {
		sound, letters, _ := strings.Cut(f, ":")
		sounds = append(sounds, sound)
		for _, r := range letters {
			if places[r-firstHan] == 0 {
				places[r-firstHan] = uint16(len(sounds) - 1)
			}
		}
	}
	return sounds, places
}

// hanSound returns the sound of a letter, empty if names are not written with it.
func hanSound(r rune) string {
	if r < firstHan || r >= firstHan+hanLetters {
		return ""
	}
	return hanSounds[hanPlaces[r-firstHan]]
}

// latinStarts are the latinSounds by their first byte, in the same order.
var latinStarts = func() (starts [256][]int) {
	for i, x := range latinSounds {
		starts[x.letters[0]] = append(starts[x.letters[0]], i)
	}
	return starts
}()

// Of writes a word as its sounds.
func Of(word string) string {
	var b [64]byte
	return string(Append(b[:0], word))
}

// Append appends the sounds of a word to b. A sound that comes twice in a row
// is written once; letters whose sound is not known are left out.
func Append(b []byte, word string) []byte {
	from := len(b)
	put := func(t string) {
		for i := range len(t) {
			if len(b) == from || b[len(b)-1] != t[i] {
				b = append(b, t[i])
			}
		}
	}
next:
	for word != "" {
		for _, i := range latinStarts[word[0]] {
			if x := &latinSounds[i]; strings.HasPrefix(word, x.letters) {
				put(x.sound)
				word = word[len(x.letters):]
				continue next
			}
		}
		r, size := utf8.DecodeRuneInString(word)
		if 'а' <= r && r <= 'я' {
			put(cyrillicSounds[r-'а'])
		} else {
			put(hanSound(r))
		}
		word = word[size:]
	}
	return b
}

// rough returns the class of a sound, 0 for a vowel.
func rough(c byte) byte {
	switch c {
	case 'a', 'e', 'i', 'o', 'u':
		return 0
	case 'b', 'p':
		return 'P'
	case 'v', 'f':
		return 'F'
	case 'g', 'k', 'h', 'q':
		return 'K'
	case 'd', 't':
		return 'T'
	case 'm', 'n':
		return 'N'
	case 'l', 'r':
		return 'L'
	}
	return 'S' // s z c S Z C J
}

// Key returns the classes of the consonants. Liquids that close a syllable are
// left out with bare, as Chinese often does.
func Key(s string, bare bool) string {
	var b [longestKey]byte
	return string(AppendKey(b[:0], s, bare))
}

const longestKey = 12

// AppendKey appends the key of the sounds s.
func AppendKey[T string | []byte](b []byte, s T, bare bool) []byte {
	from := len(b)
	for i := range len(s) {
		c := rough(s[i])
		if c == 0 || len(b)-from == longestKey {
			continue
		}
		if bare && c == 'L' && (i+1 == len(s) || rough(s[i+1]) != 0) && i > 0 {
			continue
		}
		if len(b) > from && b[len(b)-1] == c && i > 0 && rough(s[i-1]) == c {
			continue
		}
		b = append(b, c)
	}
	return b
}

func isVowel(c byte) bool { return rough(c) == 0 }

// Comparing names is most of the work of finding them, so costs are whole
// numbers and come from tables. soundUnit is what a full consonant weighs.
const soundUnit = 20

// weight is what a sound is worth in the comparison.
func weight(c byte) int32 {
	switch {
	case isVowel(c), c == 'h':
		return 7
	case c == 'r':
		return 14
	}
	return soundUnit
}

// change is the cost of one sound for another.
func change(a, b byte) int32 {
	switch {
	case a == b:
		return 0
	case isVowel(a) && isVowel(b):
		return 3
	case a == 'v' && b == 'u' || a == 'u' && b == 'v', a == 'i' && b == 'J' || a == 'J' && b == 'i':
		return 6
	case rough(a) == rough(b):
		return 6
	case a == 'C' && b == 'k' || a == 'k' && b == 'C', a == 'J' && b == 'h' || a == 'h' && b == 'J', a == 'c' && b == 'k' || a == 'k' && b == 'c', a == 'g' && b == 'J' || a == 'J' && b == 'g':
		return 8
	}
	return 24
}

// ending is the cost of a sound that may belong to an ending.
const ending = 3

// allSounds gives each sound its place in the tables.
const allSounds = "aeioubvgdZzklmnprstfhcCSJq"

var (
	soundPlace = func() (t [128]uint8) {
		for i := range allSounds {
			t[allSounds[i]] = uint8(i)
		}
		return t
	}()
	weights = func() (t [32]int32) {
		for i := range allSounds {
			t[i] = weight(allSounds[i])
		}
		return t
	}()
	changes = func() (t [32][32]int32) {
		for i := range allSounds {
			for j := range allSounds {
				t[i][j] = change(allSounds[i], allSounds[j])
			}
		}
		return t
	}()
)

// Alike returns how alike two words sound, 1 for the same, or 0 if they are
// less alike than least. tail is how many sounds at b's end may be an ending
// and cost little.
func Alike(a, b string, tail int, least float64) float64 {
	const most = 32
	if len(a) == 0 || len(b) == 0 || len(a) > most || len(b) > most {
		return 0
	}
	var row [most + 1]int32 // the costs of b's beginnings against a's
	var sounds [most]uint8
	var total, other int32
	for i := range len(a) {
		total += weights[soundPlace[a[i]&127]&31]
	}
	for j := range len(b) {
		sounds[j] = soundPlace[b[j]&127] & 31
		other += weights[sounds[j]]
		row[j+1] = other
	}
	whole := float64(max(total, soundUnit, min(other, total+soundUnit)))
	for i := range len(a) {
		x := soundPlace[a[i]&127] & 31
		to, lack := &changes[x], weights[x]
		before, last := row[0], row[0]+lack
		row[0] = last
		low := last
		cheap := len(b) // from here on b's sounds are an ending
		if i == len(a)-1 {
			cheap -= tail
		}
		for j, y := range sounds[:len(b)] {
			drop := weights[y&31]
			if j >= cheap {
				drop = ending
			}
			above := row[j+1]
			last = min(before+to[y&31], above+lack, last+drop)
			before, row[j+1] = above, last
			low = min(low, last)
		}
		// Costs only grow from here.
		if 1-float64(low)/whole < least {
			return 0
		}
	}
	return 1 - float64(row[len(b)])/whole
}

// Akin tells whether two keys may be of one name: but for the last class of
// the shorter and an ending they begin alike.
func Akin(a, b string) bool {
	n := min(len(a), len(b)) - 1
	return len(a)+len(b) <= 2*n+4 && a[:n] == b[:n]
}

// TrimEnding takes a Russian case ending from the sounds of a name.
func TrimEnding(s string) string {
	for _, end := range []string{"ami", "om", "em", "ov", "ah", "oi", "ei", "u", "a", "i", "e", "o"} {
		if t, ok := strings.CutSuffix(s, end); ok && len(Key(t, false)) >= 2 {
			if len(end) == 1 && isVowel(end[0]) {
				return t + "a"
			}
			return t
		}
	}
	return s
}

// HanRuns yields the runs of two to six letters that may spell a name.
func HanRuns(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		var at [7]int // beginnings of the last letters
		n := 0
		for i, r := range text {
			if hanSound(r) == "" {
				n = 0
				continue
			}
			if n == len(at) {
				copy(at[:], at[1:])
				n--
			}
			at[n] = i
			n++
			end := i + utf8.RuneLen(r)
			for x := max(0, n-6); x < n-1; x++ {
				if !yield(text[at[x]:end]) {
					return
				}
			}
		}
	}
}
