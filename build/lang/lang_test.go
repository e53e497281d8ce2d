package lang

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// TestOf: each language by its own entry or its script, never as another.
func TestOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		tag, base, script string
		is                string // what holds of it
	}{
		{"ru", "ru", "Cyrl", "spaced quotes alphabetic"},
		{"en", "en", "Latn", "spaced quotes alphabetic"},
		{"en-GB", "en", "Latn", "spaced quotes alphabetic"},
		{"zh", "zh", "Hans", "full quotes"},
		{"zh-Hans", "zh", "Hans", "full quotes"},
		{"zh-TW", "zh", "Hant", "full quotes"},
		{"yue", "yue", "Hant", "full"},
		{"ja", "ja", "Jpan", "full"},
		{"ko", "ko", "Kore", "spaced"},
		{"th", "th", "Thai", ""},
		{"lo", "lo", "Laoo", ""},
		{"km", "km", "Khmr", ""},
		{"my", "my", "Mymr", ""},
		{"bo", "bo", "Tibt", ""},
		{"dz", "dz", "Tibt", ""},
		{"ar", "ar", "Arab", "rtl spaced"},
		{"fa", "fa", "Arab", "rtl spaced"},
		{"ur", "ur", "Arab", "rtl spaced"},
		{"he", "he", "Hebr", "rtl spaced"},
		{"dv", "dv", "Thaa", "rtl spaced"},
		{"uz", "uz", "Latn", "spaced alphabetic"},
		{"uz-Cyrl", "uz", "Cyrl", "spaced alphabetic"},
		{"uz-Arab", "uz", "Arab", "rtl spaced"},
		{"kk", "kk", "Cyrl", "spaced quotes alphabetic"},
		{"sr-Latn", "sr", "Latn", "spaced alphabetic"},
		{"mn-Mong", "mn", "Mong", "spaced"},
		{"hi", "hi", "Deva", "spaced"},
		{"fr", "fr", "Latn", "spaced alphabetic"},
		{"x-none", "und", "", "spaced"},
		{"not a tag", "not a tag", "", "spaced"},
		{"", "", "", "spaced"},
	} {
		l := Of(tt.tag)
		var is []string
		for _, x := range []struct {
			holds bool
			word  string
		}{{l.Direction() == "rtl", "rtl"}, {l.Spaced, "spaced"}, {l.FullWidth, "full"}, {l.Quotes[0] != 0, "quotes"}, {l.Alphabetic(), "alphabetic"}} {
			if x.holds {
				is = append(is, x.word)
			}
		}
		if l.Base != tt.base || l.Script != tt.script || strings.Join(is, " ") != tt.is || l.Tag != tt.tag {
			t.Errorf("Of(%q): %q %q %q, want %q %q %q", tt.tag, l.Base, l.Script, is, tt.base, tt.script, tt.is)
		}
	}
}

// TestScripts: every script has letters, and all it says of one letter holds.
func TestScripts(t *testing.T) {
	t.Parallel()
	for code, s := range scripts {
		if len(s.letters) == 0 {
			t.Errorf("%s has no letters", code)
		}
		if s.fullWidth && !s.unspaced || s.rightToLeft && s.unspaced {
			t.Errorf("%s: %+v", code, s)
		}
	}
	for r, want := range map[rune]bool{
		'中': true, '々': true, 'ひ': true, 'カ': true, 'ㄅ': true, 'ก': true, 'ກ': true, 'ក': true, 'က': true, 'ཀ': true, '𠀀': true,
		'a': false, 'я': false, 'ع': false, '한': false, 'क': false, '。': false, 0: false,
	} {
		if Unspaced(r) != want {
			t.Errorf("Unspaced(%q) is %v", r, !want)
		}
	}
	for r, want := range map[rune]bool{'中': true, '〇': true, '々': true, '𠀀': true, 'ひ': false, '，': false, 'a': false} {
		if IsHan(r) != want {
			t.Errorf("IsHan(%q) is %v", r, !want)
		}
	}
}

func TestOwn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		tag string
		r   rune
		own bool
	}{
		{"ru", 'я', true},
		{"ru", 'z', false},
		{"ja", 'カ', true},
		{"ja", '中', true},
		{"ko", '한', true},
		{"sr-Latn", 'я', false},
		{"lo", 'ກ', true},
		{"lo", 'a', false},
		{"x-none", 'я', true},
		{"x-none", '1', false},
	} {
		if got := Of(tt.tag).Own(tt.r); got != tt.own {
			t.Errorf("%s: Own(%q) = %v", tt.tag, tt.r, got)
		}
	}
}

// TestJoins: the end of a line is no space between characters of full width
// only, though Thai and Lao have no spaces between words either.
func TestJoins(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		tag  string
		a, b rune
		want bool
	}{
		{"zh", '中', '国', true},
		{"zh", '，', '国', true},
		{"zh", '中', 0, true},
		{"zh", '中', 'a', false},
		{"zh", '”', '国', true},
		{"ja", 'カ', 'ひ', true},
		{"ja", 'a', 'b', false},
		{"yue", '中', '国', true},
		{"ko", '한', '국', false},
		{"ko", '中', '国', false},
		{"th", 'ก', 'ข', false},
		{"lo", 'ກ', 'ຂ', false},
		{"ru", '中', '国', false},
	} {
		if got := Of(tt.tag).Joins(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: Joins(%q, %q) = %v", tt.tag, tt.a, tt.b, got)
		}
	}
}

func TestMayRepeat(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		tag, word string
		want      bool
	}{
		{"en", "had", true},
		{"en", "the", false},
		{"ru", "очень", true},
		{"ru", "в", false},
		{"ru", "had", true},
		{"zh", "that", true},
		{"zh", "the", false}, // quoted
		{"de", "die", true},
		{"de", "had", false},
		{"fr", "nous", true},
		{"es", "that", false},
		{"tr", "yavaş", true},
		{"kk", "жиі", true},
	} {
		if got := Of(tt.tag).MayRepeat(tt.word); got != tt.want {
			t.Errorf("%s: MayRepeat(%q) = %v", tt.tag, tt.word, got)
		}
	}
	for _, tt := range []struct {
		tag, around string // the characters before, in and after the doubling; "x" for none
		want        bool
	}{
		{"zh", "x的x", false},
		{"zh", "章的宗", false},
		{"zh", "目的手", true}, // 目的的手段
		{"zh", "为了解", true}, // 为了了解
		{"zh", "展和平", true},
		{"zh", "处在北", false},
		{"zh", "x天x", true},
		{"zh", "况，并", false},
		{"ja", "x的x", true},
		{"ja", "x。x", false},
		{"en", "x的x", true},
		{"en", "x。x", true},
	} {
		var r [3]rune
		for i, c := range []rune(tt.around) {
			if c != 'x' {
				r[i] = c
			}
		}
		if got := Of(tt.tag).MayDouble(r[0], r[1], r[2], 0); got != tt.want {
			t.Errorf("%s: MayDouble(%s) = %v", tt.tag, tt.around, got)
		}
	}
	if !Of("zh").MayDouble(0, '是', '非', '非') {
		t.Error("是是非非 is not rightly doubled")
	}
	for tag, want := range map[string]bool{"en": true, "fr": true, "zh": true, "tr": true, "fi": false, "qaa": false} {
		if got := Of(tag).DoublingsKnown(); got != want {
			t.Errorf("%s: DoublingsKnown() = %v", tag, got)
		}
	}
}

// TestLength: words where they are spaced, letters where they are not, without
// the marks on them.
func TestLength(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"":                    0,
		"one two-three don’t": 3,
		"Шанхайская организация": 2,
		"上海合作组织":                 6,
		"上海，RATS 2015年":          5,
		"กรุงเทพ":                6, // the mark below ร is none
		"ສະບາຍດີ":                6,
		"ភាសាខ្មែរ":              5,
		"မြန်မာ":                 3,
		"བོད་སྐད":                4,
		"한국어 문장":                 2,
		"हिन्दी भाषा":            2,
		"اللغة العربية":          2,
	} {
		if got := Length(s); got != want {
			t.Errorf("Length(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestClip(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		s    string
		n    int
		want string
	}{
		{"short", 5, "short"}, {"longer text", 6, "longer…"}, {"longer text", 7, "longer…"}, {"上海合作", 4, "上海…"}, {"上海", 4, "上海"}, {"한국어", 4, "한국…"}, {"", 0, ""},
	} {
		if got := Clip(tt.s, tt.n); got != tt.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.s, tt.n, got, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"  Всё,  что ЕСТЬ. ": "все что есть", "“One”—two": "one two", "": "", "…": "", "上海，合作": "上海 合作",
	} {
		if got := Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
	}
}

// TestKey: words that are forms of one word, and words that are not.
func TestKey(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		tag, a, b string
		same      bool
	}{
		{"ru", "Организация", "организации", true},
		{"ru", "Договорённость", "договоренности", true},
		{"ru", "мир", "мера", false},
		{"en", "Treaties", "treaty", true},
		{"en", "Boxes", "box", true},
		{"en", "status", "statu", false},
		{"de", "Verträge", "verträge", true},
		{"de", "parties", "party", false}, // not English
		{"bg", "организация", "организации", false},
		{"be", "ёсць", "есць", false}, // two letters
		{"kk", "объектілер", "Объектілер", true},
		{"tr", "IRAK", "ırak", true},
		{"tr", "İran", "iran", true},
		{"en", "IRAN", "iran", true},
	} {
		l := Of(tt.tag)
		if got := l.Key(tt.a) == l.Key(tt.b); got != tt.same {
			t.Errorf("%s: %q and %q are one word: %v", tt.tag, tt.a, tt.b, got)
		}
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ tag, name, want string }{
		{"ru", "«Шёлковый путь»", "Ш"},
		{"ru", "ёлка", "Е"},
		{"be", "ёлка", "Ё"},
		{"en", "rats", "R"},
		{"en", "“x”", "X"},
		{"zh", "上海合作组织", "S"},
		{"zh-Hans", "阿富汗", "A"},
		{"zh-Hans", "中亚", "Z"},
		{"zh-Hans", "2025", "#"},
		{"zh-Hant", "上海", "#"},
		{"ja", "上海", "#"},
		{"ja", "シャンハイ", "シ"},
		{"ko", "한국", "ㅎ"},
		{"ko", "까치", "ㄱ"},
		{"tr", "istanbul", "İ"},
		{"en", "…", "#"},
		{"en", "", "#"},
	} {
		if got := Of(tt.tag).Order().Initial(tt.name); got != tt.want {
			t.Errorf("%s: %q is listed under %q, want %q", tt.tag, tt.name, got, tt.want)
		}
	}
	o := Of("sv").Order()
	if o.Compare("zebra", "äpple") >= 0 {
		t.Error("Swedish sorts ä after z")
	}
	if o := Of("de").Order(); o.Compare("zebra", "äpfel") <= 0 {
		t.Error("German sorts ä with a")
	}
}

func TestFirstUnit(t *testing.T) {
	t.Parallel()
	for _, s := range []string{ // | marks the end
		"One. |Two.", "Mr. Smith came. |He left.", "В 2015 г. ШОС приняла. |Потом", "т. е. так. |Далее", "см. п. 5.3 Устава. |И ещё",
		"U.S. policy. |Next", "第一句。|第二句。", "问？|答！", "“Quoted.” |Next", "No. 3 is it.", "a; b", "We said one long thing; |and said another long thing",
		"Really?! |Yes", "really? yes", "", "… |Wait",
	} {
		want := strings.IndexByte(s, '|')
		text := strings.Replace(s, "|", "", 1)
		if want < 0 {
			want = len(text)
		}
		if got := FirstUnit(text); got != want {
			t.Errorf("%q ends at %d, want %d: %q", text, got, want, text[:got])
		}
	}
}

func FuzzFirstUnit(f *testing.F) {
	f.Add("Mr. A. B. said “no.” Then; 他说。“好”")
	f.Fuzz(func(t *testing.T, s string) {
		if n := FirstUnit(s); n < 0 || n > len(s) || s != "" && n == 0 {
			t.Errorf("%q: %d of %d", s, n, len(s))
		}
	})
}

// TestDigit: all digits that Unicode knows, ten to a script from zero on.
func TestDigit(t *testing.T) {
	t.Parallel()
	want := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		got, ok := Digit(r)
		if ok != unicode.IsDigit(r) {
			t.Errorf("U+%04X: a digit: %v", r, ok)
		}
		if !ok {
			want = 0
			continue
		}
		if got != want {
			t.Errorf("U+%04X: %d, want %d", r, got, want)
		}
		want = (want + 1) % 10
	}
	if got := Digits("٢٠١٥ २०२५ ２０ 12"); got != "2015 2025 20 12" {
		t.Errorf("Digits: %q", got)
	}
}

// TestFirstUnitIsLinear: a line of a form, nothing but marks that may end a
// sentence, took the square of its length.
func TestFirstUnitIsLinear(t *testing.T) {
	t.Parallel()
	for _, mark := range []string{"![", "… ", "? (", "!—", ".)", "!)", ". ", ".» "} {
		s := strings.Repeat(mark, 200_000) + ",x"
		start := time.Now()
		for n := 0; len(s) > 0; n++ {
			cut := FirstUnit(s)
			if cut <= 0 {
				t.Fatalf("%q: nothing was cut off", mark)
			}
			s = s[cut:]
		}
		if took := time.Since(start); took > time.Minute { // the square of it takes hours
			t.Errorf("%q: 200,000 marks took %v", mark, took)
		}
	}
}
