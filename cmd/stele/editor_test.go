package main

import "testing"

func TestEditorLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{nil, "en"},
		{map[string]string{"LANG": "ru_RU.UTF-8"}, "ru"},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, "zh"},
		{map[string]string{"LANG": "C.UTF-8"}, "en"},
		{map[string]string{"LANG": "POSIX"}, "en"},
		{map[string]string{"LANG": "kk_KZ.UTF-8"}, "en"}, // in which nothing is written
		{map[string]string{"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"},
		{map[string]string{"LC_MESSAGES": "zh_CN", "LC_ALL": "ru_RU"}, "ru"},
		{map[string]string{"LC_ALL": "ru_RU", "STELE_LANG": "en"}, "en"},
		{map[string]string{"STELE_LANG": "zh-Hans"}, "zh"},
		{map[string]string{"STELE_LANG": "ca_ES@valencia"}, "en"},
	} {
		if got := editorLanguage(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %q, want %q", c.env, got, c.want)
		}
	}
}
