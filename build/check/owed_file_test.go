package check

import "testing"

func TestInFile(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file, code string
		want       bool
	}{
		{"law/ru.md", "ru", true},
		{"law/ru.markdown", "ru", true},
		{"law/index.ru.md", "ru", true},
		{"law/zh_cn.md", "zh-CN", true},
		{"law/pt.md", "pt-BR", false},
		{"law/ru.yaml", "ru", false},
	} {
		if got := inFile(tt.file, tt.code); got != tt.want {
			t.Errorf("inFile(%q, %q) = %v", tt.file, tt.code, got)
		}
	}
}
