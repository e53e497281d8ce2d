package sound_test

import (
	"testing"

	"stele/build/align/sound"
)

func TestNamesSoundAlike(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b   string
		expect bool
	}{
		{"aguero", "агуэро", true},
		{"sterling", "стерлинга", true},
		{"christian", "克里斯蒂安", true},
		{"shakespeare", "莎士比亚", false}, // 士 is no letter of transcription
		{"moscow", "стерлинга", false},
		{"robinson", "罗宾森", true},
	} {
		s := sound.Alike(sound.Of(tt.a), sound.Of(tt.b), 3, 0)
		if got := s > 0.67; got != tt.expect {
			t.Errorf("%s and %s: alike %.2f, want alike: %v", tt.a, tt.b, s, tt.expect)
		}
	}
}
