package lang

import "testing"

func TestDivision(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ tag, s, kind, name string }{
		{"ru", "Статья 5. Права", "статья", "Статья 5."},
		{"ru", "ГЛАВА II", "глава", "ГЛАВА II"},
		{"ru", "Статья 5.1 Права", "статья", "Статья 5.1"},
		{"ru", "Статья о правах", "", ""},
		{"ru", "Части 5", "", ""},
		{"ru", "Часть ценностей", "", ""},
		{"en", "Article 5: Rights", "article", "Article 5:"},
		{"en", "Chapter IV", "chapter", "Chapter IV"},
		{"en", "Articles 5 and 6", "", ""},
		{"en", "Part in it", "", ""},
		{"zh", "第三章 总则", "章", "第三章"},
		{"zh", "第十一条　条文", "条", "第十一条"},
		{"zh", "第三个", "", ""},
		{"zh-Hans", "第 2 条", "条", "第 2 条"},
		{"ru", "第三章", "", ""},
		{"sw", "Article 5", "", ""},
		{"ru", "", "", ""},
	} {
		kind, n := Of(tt.tag).Division(tt.s)
		if kind != tt.kind || tt.s[:n] != tt.name {
			t.Errorf("%s: Division(%q) = %q, %q, want %q, %q", tt.tag, tt.s, kind, tt.s[:n], tt.kind, tt.name)
		}
	}
}
