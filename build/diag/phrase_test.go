package diag

import (
	"fmt"
	"testing"
)

// spelled are words of a language that spells everything out.
type spelled struct{}

func (spelled) T(id string, pairs ...any) string {
	switch id {
	case "list-joint":
		return ", "
	case "list-last-joint":
		return " and "
	}
	for i := 0; i < len(pairs); i += 2 {
		id += fmt.Sprintf(" %v=%v", pairs[i], pairs[i+1])
	}
	return id
}

func (spelled) Language(tag string) string { return "<" + tag + ">" }

func TestPhraseIn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value any
		want  string
	}{
		{"a\nb", "a b"},
		{Names{"a", "b", "c"}, "a, b, c"},
		{Languages{}, ""},
		{Languages{"ru"}, "<ru>"},
		{Languages{"ru", "zh"}, "<ru> and <zh>"},
		{Languages{"ru", "zh", "\x1b"}, "<ru>, <zh> and <\\u001b>"},
		{Phrases{Say("x"), Say("y")}, "x and y"},
		{Phrase{}, ""},
	} {
		if got, want := Say("id", "V", tt.value).In(spelled{}), Say("id", "V", tt.want).In(spelled{}); got != want {
			t.Errorf("%v: %q, want %q", tt.value, got, want)
		}
	}
}
