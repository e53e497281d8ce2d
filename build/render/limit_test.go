package render

import (
	"errors"
	"fmt"
	"html/template"
	"strings"
	"testing"
	"testing/fstest"
)

// TestLayoutsEnd: a loop that does not end is stopped and named, also one that
// writes nothing.
func TestLayoutsEnd(t *testing.T) {
	t.Parallel()
	twice := "{{define `page`}}{{template `t0`}}{{end}}\n"
	for i := range 40 {
		twice += fmt.Sprintf("{{define `t%d`}}{{template `t%d`}}{{template `t%[2]d`}}{{end}}", i, i+1)
	}
	twice += "{{define `t40`}}{{end}}"
	for _, c := range []struct {
		name, layout string
		line         int // 0 for a layout that ends
	}{
		{"silent", "{{define `page`}}\n<p>\n{{range 900000000000}}{{end}}{{end}}", 3},
		{"inside", "{{define `page`}}{{range 9000000}}\n{{range 9000000}}{{end}}{{end}}{{end}}", 2},
		{"parts", twice, 2},
		{"ends", "{{define `page`}}{{range 1000}}{{range 1000}}{{end}}x{{end}}{{end}}", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			set, err := parseLayouts(template.New("base"), fstest.MapFS{"layouts/base.html": {Data: []byte(c.layout)}}, "layouts/base.html")
			if err != nil {
				t.Fatal(err)
			}
			w := sheet{places: roundsTold(set), layout: "home"}
			err = set.ExecuteTemplate(&w, "page", nil)
			var found Faults
			if errors.As(err, &found); c.line == 0 {
				if err != nil || w.Len() != 1000 {
					t.Errorf("%d bytes, %v", w.Len(), err)
				}
			} else if len(found) != 1 || found[0].File != "layouts/base.html" || found[0].Line != c.line {
				t.Errorf("%v, want a fault in line %d", err, c.line)
			}
		})
	}
}

// TestSigns: rows stand where the layout has them, however often and in whatever order,
// and nothing comes of a sign where html/template takes no HTML.
func TestSigns(t *testing.T) {
	t.Parallel()
	layout := "{{define `page`}}{{$b := .F.Body .Two}}{{.F.Body .One}}|{{$b}}|{{$b}}|{{printf `%s%s` $b $b | len}}|{{if .F.Body .None}}none{{end}}|<i title='{{$b}}'>|{{.Zero}}{{end}}"
	set, err := parseLayouts(template.New("base"), fstest.MapFS{"layouts/base.html": {Data: []byte(layout)}}, "layouts/base.html")
	if err != nil {
		t.Fatal(err)
	}
	row := func(n string) Row { return Row{Break: true, Class: n} }
	write := func(f Frame) string {
		w := sheet{places: roundsTold(set), layout: "home"}
		if f.ui != nil {
			f.sheet = &w
		}
		data := struct {
			F              Frame
			One, Two, None []Row
			Zero           template.HTML
		}{f, []Row{row("one")}, []Row{row("two"), row("three")}, nil, "\x000x\x007\x00"}
		if err := set.ExecuteTemplate(&w, "page", data); err != nil {
			t.Fatal(err)
		}
		return w.String()
	}
	r := renderer(t, fixtureSite(t, nil))
	got, want := strings.Split(write(Frame{ui: r.uis[0]}), "|"), strings.Split(write(Frame{}), "|")
	for i := range want {
		switch i {
		case 3: // how long it is
		case 5:
			if got[i] != "<i title='\ufffd0\ufffd'>" {
				t.Errorf("an attribute reads %q", got[i])
			}
		default:
			if got[i] != want[i] {
				t.Errorf("part %d\n got %q\nwant %q", i, got[i], want[i])
			}
		}
	}
}
