package main

import (
	"strings"
	"testing"
)

// TestTurnedAway: whoever is not let in reads why in a language that they ask for.
func TestTurnedAway(t *testing.T) {
	t.Parallel()
	say, err := turnedAway("ru")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		accept string
		key    bool
		want   string
	}{
		{"zh-CN,zh;q=0.9,en;q=0.8", true, "密钥"},
		{"zh-CN", false, "另一用户"},
		{"en-GB", true, "needs the key"},
		{"en", false, "another user's"},
		{"ru", true, "нужен ключ"},
		{"ja;q=0.5", true, "нужен ключ"},
		{"", false, "другого пользователя"},
		{"\xff;;q=x", true, "нужен ключ"},
	} {
		if got := say(c.accept, c.key); !strings.Contains(got, c.want) {
			t.Errorf("%q: %s", c.accept, got)
		}
	}
}
