package label

import "testing"

func TestWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n            int
		format, lang string
		want         string
		ok           bool
	}{
		{1, "ordinalText", "en-US", "First", true},
		{21, "cardinalText", "en", "Twenty-one", true},
		{112, "cardinalText", "en", "One hundred twelve", true},
		{340, "ordinalText", "en", "Three hundred fortieth", true},
		{900, "ordinalText", "en", "Nine hundredth", true},
		{3, "ordinalText", "ru-RU", "Третий", true},
		{147, "ordinalText", "ru", "Сто сорок седьмой", true},
		{200, "ordinalText", "ru", "Двухсотый", true},
		{48, "cardinalText", "ru", "Сорок восемь", true},
		{5, "ordinal", "ru", "5-й", true},
		{22, "ordinal", "en", "22nd", true},
		{1003, "ordinal", "en", "1003rd", true},
		{5, "ordinalText", "fr-FR", "5", false},
		{1000, "ordinalText", "en", "1000", false},
		{0, "cardinalText", "en", "0", false},
		{4, "upperRoman", "ru", "IV", true},
	} {
		if got, ok := FormatIn(tt.n, tt.format, tt.lang); got != tt.want || ok != tt.ok {
			t.Errorf("FormatIn(%d, %s, %s) = %q, %v, want %q, %v", tt.n, tt.format, tt.lang, got, ok, tt.want, tt.ok)
		}
	}
}

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n      int
		format string
		want   string
	}{
		{7, "decimal", "7"},
		{7, "", "7"},
		{7, "none", ""},
		{7, "decimalZero", "07"},
		{10, "decimalZero", "10"},
		{4, "upperRoman", "IV"},
		{1999, "lowerRoman", "mcmxcix"},
		{1, "lowerLetter", "a"},
		{27, "lowerLetter", "aa"},
		{53, "upperLetter", "AAA"},
		{1, "russianLower", "а"},
		{10, "russianLower", "к"},
		{25, "russianLower", "щ"},
		{26, "russianLower", "ы"},
		{29, "russianUpper", "Я"},
		{30, "russianLower", "аа"},
		{1, "chineseCounting", "一"},
		{10, "chineseCounting", "十"},
		{11, "chineseCounting", "十一"},
		{20, "chineseCounting", "二十"},
		{99, "chineseCounting", "九十九"},
		{100, "chineseCounting", "一〇〇"},
		{100, "chineseCountingThousand", "一百"},
		{101, "chineseCountingThousand", "一百零一"},
		{110, "chineseCountingThousand", "一百一十"},
		{1001, "chineseCountingThousand", "一千零一"},
		{10010, "chineseCountingThousand", "一万零一十"},
		{12000, "chineseCountingThousand", "一万二千"},
		{15, "chineseLegalSimplified", "壹拾伍"},
		{23, "ideographLegalTraditional", "貳拾參"},
		{111, "japaneseCounting", "百十一"},
		{21, "ideographDigital", "二一"},
		{3, "ideographTraditional", "丙"},
		{3, "ideographZodiac", "寅"},
		{13, "ideographZodiacTraditional", "丙子"},
		{3, "decimalEnclosedCircle", "③"},
		{3, "ideographEnclosedCircle", "㊂"},
		{12, "decimalFullWidth", "１２"},
		{16, "hebrew1", "טז"},
		{23, "hebrew2", "אא"},
		{2, "arabicAlpha", "ب"},
		{3, "thaiNumbers", "๓"},
		{3, "ganada", "다"},
		{1, "ordinal", "1st"},
		{12, "ordinal", "12th"},
		{3, "numberInDash", "- 3 -"},
		{5, "chicago", "**"},
	} {
		if got, ok := Format(tt.n, tt.format); got != tt.want || !ok {
			t.Errorf("Format(%d, %q) = %q, %t, want %q", tt.n, tt.format, got, ok, tt.want)
		}
	}
	for _, tt := range []struct {
		n      int
		format string
	}{{1, "cardinalText"}, {0, "upperRoman"}, {0, "lowerLetter"}, {21, "decimalEnclosedCircle"}, {-1, "upperLetter"}, {1 << 40, "chineseCountingThousand"}, {900_000, "lowerLetter"}} {
		if got, ok := Format(tt.n, tt.format); ok {
			t.Errorf("Format(%d, %q) = %q and claims to know it", tt.n, tt.format, got)
		}
	}
}
