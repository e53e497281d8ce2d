package diag

import (
	"fmt"
	"strings"
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
	case "list-rest":
		return fmt.Sprintf("%v and %v more of %v", pairs[1], pairs[3], pairs[5])
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
		{Languages{"a", "b", "c", "d", "e", "f", "g", "h"}, "<a>, <b>, <c>, <d>, <e>, <f>, <g> and <h>"},
		{Languages{"a", "b", "c", "d", "e", "f", "g", "h", "i"}, "<a>, <b>, <c>, <d>, <e>, <f> and 3 more of 9"},
		{"نسخه\u200cبندی", "نسخه\u200cبندی"},
		{Phrases{Say("x"), Say("y")}, "x and y"},
		{Phrase{}, ""},
	} {
		if got, want := Say("id", "V", tt.value).In(spelled{}), Say("id", "V", tt.want).In(spelled{}); got != want {
			t.Errorf("%v: %q, want %q", tt.value, got, want)
		}
	}
}

// TestManyNames: of many languages that are called by their files a sentence names
// some too; of other names all, since they are to be chosen from.
func TestManyNames(t *testing.T) {
	t.Parallel()
	many := Names{"a", "b", "c", "d", "e", "f", "g", "h", "i"}
	if got := Say("id", "Languages", many).In(spelled{}); got != "id Languages=a, b, c, d, e, f and 3 more of 9" {
		t.Errorf("languages: %q", got)
	}
	if got := Say("id", "Choices", many).In(spelled{}); got != "id Choices=a, b, c, d, e, f, g, h, i" {
		t.Errorf("choices: %q", got)
	}
}

// TestPathsAreWhole: a path that is cut names no file.
func TestPathsAreWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("folder/", 60) + "en.md"
	if got := Say("id", "Path", long).In(spelled{}); got != "id Path="+long {
		t.Errorf("a path: %q", got)
	}
	if got := Say("id", "Text", long).In(spelled{}); got != "id Text="+long[:MaxValue]+"…" {
		t.Errorf("words: %q", got)
	}
}
