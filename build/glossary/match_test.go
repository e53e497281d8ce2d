package glossary

import (
	"strings"
	"testing"
)

// TestMatcher: what of a text is found by a name, by the rules of its language.
func TestMatcher(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ code, name, text, want string }{
		{"ru", "Шёлковый путь", "по Шелковому пути", "Шелковому пути"},
		{"en", "member state", "all Member States’ rights", "Member States"},
		{"en", "treaty", "treaties", "treaties"},
		{"de", "party", "parties", ""}, // German has no English plural
		{"zh", "上海合作组织", "在上海合作组织框架内", "上海合作组织"},
		{"zh-TW", "合作", "促進合作發展", "合作"},
		{"yue", "合作", "促進合作發展", "合作"},
		{"ja", "協力", "地域協力機構", "協力"},
		{"zh", "ШОС", "在ШОС框架内", "ШОС"},
		{"zh", "Сеул", "在Сеулом", ""}, // a word of letters is whole
		{"zh", "한국", "在한국어", ""},
		{"th", "ไทย", "ประเทศไทยและลาว", "ไทย"},
		{"th", "กา", "ก่า", ""}, // a letter with its mark is another
		{"lo", "ລາວ", "ປະເທດລາວແລະໄທ", "ລາວ"},
		{"km", "ខ្មែរ", "ភាសាខ្មែរ", "ខ្មែរ"},
		{"my", "မြန်မာ", "ပြည်ထောင်စုမြန်မာနိုင်ငံ", "မြန်မာ"},
		{"bo", "བོད", "ཀྲུང་གོའི་བོད་ལྗོངས", "བོད"},
		{"ko", "협력", "지역 협력 기구", "협력"},
		{"ar", "تعاون", "في تعاون دولي", "تعاون"},
		{"be", "ёсць", "есць", ""}, // two letters
		{"uk", "Україна", "УКРАЇНА", "УКРАЇНА"},
	} {
		m := NewMatcher(tt.code, []Pattern{{Concept: "x", Text: tt.name}})
		var got []string
		for _, f := range m.Find(tt.text) {
			got = append(got, tt.text[f.Start:f.End])
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%s: %q in %q: got %q, want %q", tt.code, tt.name, tt.text, g, tt.want)
		}
	}
}
