package diag

import "testing"

func TestClip(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		s    string
		n    int
		want string
	}{{"ab", 2, "ab"}, {" ab ", 2, "ab"}, {"abc", 2, "ab…"}, {"a bc", 2, "a…"}, {"上海合作", 2, "上海…"}, {"", 0, ""}, {"a", 0, "…"}} {
		if got := Clip(tt.s, tt.n); got != tt.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.s, tt.n, got, tt.want)
		}
	}
}
