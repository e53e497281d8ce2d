package glossary

import "testing"

func TestInUse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		since, until, at Date
		want             bool
	}{
		{Date{}, Date{}, Date{2001, 5, 1}, true},
		{Date{2001, 6, 15}, Date{}, Date{2001, 6, 14}, false},
		{Date{2001, 6, 15}, Date{}, Date{2001, 6, 15}, true},
		{Date{2001, 6, 15}, Date{}, Date{2001, 0, 0}, true},
		{Date{2001, 0, 0}, Date{}, Date{2001, 1, 1}, true},
		{Date{2001, 0, 0}, Date{}, Date{2000, 12, 31}, false},
		{Date{}, Date{2005, 0, 0}, Date{2005, 12, 31}, true},
		{Date{}, Date{2005, 0, 0}, Date{2006, 1, 1}, false},
		{Date{}, Date{2005, 6, 0}, Date{2005, 7, 0}, false},
		{Date{2001, 0, 0}, Date{2005, 0, 0}, Date{}, true},
	} {
		n := Name{Since: c.since, Until: c.until}
		if got := n.InUse(c.at); got != c.want {
			t.Errorf("in use from %s to %s at %s: %v, want %v", c.since, c.until, c.at, got, c.want)
		}
	}
}
