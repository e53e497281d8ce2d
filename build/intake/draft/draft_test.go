package draft

import "testing"

func TestEscape(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"a * b", `a \* b`},
		{"1. x", `1\. x`},
		{"1.5 x", "1.5 x"},
		{"# x", `\# x`},
		{"#x", "#x"},
		{"- x", `\- x`},
		{"-x", "-x"},
		{"+ x", `\+ x`},
		{"> x", `\> x`},
		{"---", `\---`},
		{": x", `\: x`},
		{"snake_case", "snake_case"},
		{"_a_", `\_a\_`},
		{"[1]", `[1\]`},
		{"[a](b)", `\[a\](b)`},
		{"a [[b]] c", `a \[\[b]] c`},
		{"x < y", "x < y"},
		{"<b>", `\<b>`},
		{"&amp;", `\&amp;`},
		{"AT&T", "AT&T"},
		{"~~a~~", `\~\~a\~\~`},
		{"~5", "~5"},
		{`C:\x`, `C:\\x`},
		{"see https://doi.org/<DOI>", `see <https://doi.org/>\<DOI>`},
		{"https://a.org/b* c", `<https://a.org/b>\* c`},
		{"https://a.org/b, c", "https://a.org/b, c"},
	} {
		if got := escape(tt.in, inText, true); got != tt.want {
			t.Errorf("escape(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"Words", "Words"}, {"Charter: of", "'Charter: of'"}, {"2025", "'2025'"}, {"it's", "it's"}, {"'it's'", "'''it''s'''"}, {"no", "'no'"}, {"«Устав»", "«Устав»"}, {" a\n b ", "a b"}, {"a #b", "'a #b'"},
	} {
		if got := Head([2]string{"title", tt.in}, [2]string{"none", ""}); got != "---\ntitle: "+tt.want+"\n---\n\n" {
			t.Errorf("Head(%q) = %q", tt.in, got)
		}
	}
}
