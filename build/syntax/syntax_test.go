package syntax

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// shown is the code with its spans in braces.
func shown(lang, code string) string {
	var b strings.Builder
	at := 0
	for _, s := range Spans(lang, code) {
		b.WriteString(code[at:s.Start] + "{" + string(s.Kind) + " " + code[s.Start:s.End] + "}")
		at = s.End
	}
	return b.String() + code[at:]
}

func TestSpans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, code, want string }{
		{"js", "let a = 'x\\'y'; // к\nf(1.5e-3, `a\n${b}`)", "{hk let} a = {hs 'x\\'y'}; {hc // к}\n{hf f}({hn 1.5e-3}, {hs `a\n${b}`})"},
		{"JavaScript", "x = a / b / c; y = /[/'\"]+/g.test(z)", "x = a / b / c; y = {hs /[/'\"]+/g}.{hf test}(z)"},
		{"js", "if (a) /* b\nc */ return this", "{hk if} (a) {hc /* b\nc */} {hk return} {hk this}"},
		{"js", "o.default = 'open\nnext", "o.default = {hs 'open}\nnext"},
		{"python", "def f(x): # q\n  \"\"\"doc 'it'\"\"\"\n  return None", "{hk def} {hf f}(x): {hc # q}\n  {hs \"\"\"doc 'it'\"\"\"}\n  {hk return} {hk None}"},
		{"go", "x := `a\\` + \"b\\\"\"", "x := {hs `a\\`} + {hs \"b\\\"\"}"},
		{"json", `{"a": "b", "c": [true, -1]}`, `{{hf "a"}: {hs "b"}, {hf "c"}: [{hk true}, -{hn 1}]}`},
		{"yaml", "a-b: c # d\n- e: 'f'\nu: http://x#y", "{hf a-b}: c {hc # d}\n- {hf e}: {hs 'f'}\n{hf u}: http://x#y"},
		{"bash", "echo \"$A\" $HOME/x # y\nif true; then", "echo {hs \"$A\"} {hf $HOME}/x {hc # y}\n{hk if} true; {hk then}"},
		{"sql", "SELECT 'it''s' FROM t -- c", "{hk SELECT} {hs 'it'}{hs 's'} {hk FROM} t {hc -- c}"},
		{"html", "<!-- c --><p class=\"x\">a &lt; b<script>let x</SCRIPT></p>", "{hc <!-- c -->}<{hf p} class={hs \"x\"}>a &lt; b<{hf script}>{hk let} x</{hf SCRIPT}></{hf p}>"},
		{"css", "a-b { color: #fff; /* c */ margin: 1px }", "a-b { {hf color}: #fff; {hc /* c */} {hf margin}: {hn 1px} }"},
		{"diff", "--- a\n+++ b\n@@ 1\n-x\n+y\n z", "{hf --- a}\n{hf +++ b}\n{hf @@ 1}\n{hd -x}\n{hi +y}\n z"},
		{"no-such-language", "let x", "let x"},
		{"", "let x", "let x"},
	} {
		if got := shown(c.lang, c.code); got != c.want {
			t.Errorf("%s: %q\n got %q\nwant %q", c.lang, c.code, got, c.want)
		}
	}
}

// TestLinear: no code takes more time than its length asks for.
func TestLinear(t *testing.T) {
	t.Parallel()
	for lang, g := range grammars {
		parts := append([]string{"=/[", "<script>", "</", "/*", "`", "'", "\"", "a", "1e", "$", "<a \"", "\\", "<!--", "(/"}, g.long...)
		for _, p := range append(parts, g.line...) {
			code := strings.Repeat(p, 100_000/len(p))
			start := time.Now()
			Spans(lang, code)
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("%s: %q takes %v", lang, p, d)
			}
		}
		if testing.Short() && lang > "g" {
			continue
		}
	}
}

// FuzzSpans: spans are in order, apart from each other and of whole characters.
func FuzzSpans(f *testing.F) {
	for lang := range grammars {
		f.Add(lang, "let a = 'x'; // к\n/* b */ <p class=\"x\"> $a `q` # c")
	}
	f.Fuzz(func(t *testing.T, lang, code string) {
		if !utf8.ValidString(code) {
			return
		}
		at := 0
		for _, s := range Spans(lang, code) {
			if s.Start < at || s.End <= s.Start || s.End > len(code) || !utf8.ValidString(code[s.Start:s.End]) || s.Kind == "" {
				t.Fatalf("%s %q: the span %+v after %d", lang, code, s, at)
			}
			at = s.End
		}
	})
}
