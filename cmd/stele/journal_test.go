package main

import (
	"testing"

	"stele/build"
)

// TestJournal: undo takes back the last act of the page, and redo does what it
// took back last again, as long as nothing new was done in between.
func TestJournal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, steps, want string }{
		{"undo goes backwards", "A B u u u", "A B u:B u:A u:-"},
		{"redo goes forwards", "A B u u r r r", "A B u:B u:A r:A r:B r:-"},
		{"a new act ends what can be done again", "A u C u r r", "A u:A C u:C r:C r:-"},
		{"nothing is done again after a new act", "A u C r", "A u:A C r:-"},
		{"what another page does leaves it", "A u x r", "A u:A x r:A"},
		{"in any order", "A B C u r u u r", "A B C u:C r:C u:C u:B r:B"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var j journal
			names, got := map[int]string{}, ""
			for _, step := range tt.steps {
				switch step {
				case ' ':
					got += " "
				case 'u', 'r':
					e := j.find(0, "page", step == 'r')
					name := "-"
					if e != nil {
						name = names[e.id]
						j.turned(e, e.act)
					}
					got += string(step) + ":" + name
				default:
					session := "page"
					if step == 'x' {
						session = "other"
					}
					names[j.add(entry{act: &build.Act{}, session: session})] = string(step)
					got += string(step)
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
