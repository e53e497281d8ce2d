package markdown

import (
	"strings"
	"testing"

	"stele/build/doc"
	"stele/build/source"
)

// TestTagsObeyed: what is not on the list, or has anything but a language and a
// direction, is text, whatever it is written like.
func TestTagsObeyed(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"<script>x</script>", "<img src=x onerror=alert(1)>", "<b>x</b>", "<sub onclick=x>x</sub>", "<sub style='x'>x</sub>", "<sub class>x</sub>",
		"<kbd dir=ltr onclick=x>x</kbd>", `<u lang="en" href=x>x</u>`, `<u lang="en&quot; onclick=x">x</u>`, `<u dir="ltr;x">x</u>`, "<u lang=en lang=ru>x</u>",
		`<u lang='a"b'>x</u>`, "<u/onclick=x>x</u>", "<u\u00a0lang=en>x</u>", "<span>x</span>", "<span class=x>x</span>", "<sup>x", "x</sup>",
		"<details class=x>x</details>", "<details onclick=x>", "<svg/onload=alert(1)>", "<br onclick=x>", "<sub >x</sub onclick=x>",
		"<details ontoggle=alert(1) open>\n\nx\n\n</details>", "<summary>x</summary>", `<del cite="javascript:x">x</del>`,
	} {
		d, diags := Parse(source.File{Path: "t/en.md", Lang: "en", Tag: "en", Data: s + "\n"})
		if len(diags) == 0 {
			t.Errorf("%q: nothing is said of it", s)
		}
		text := ""
		for i := range d.Blocks {
			text += d.Blocks[i].Text
			for n := range d.Blocks[i].Walk() {
				if x, ok := n.(*doc.Styled); ok {
					t.Errorf("%q: is obeyed: %+v", s, x)
				}
			}
			for _, c := range d.Blocks[i].Within {
				if c.Kind == doc.Remark {
					t.Errorf("%q: is obeyed: %+v", s, c)
				}
			}
		}
		if !strings.Contains(text, "<") {
			t.Errorf("%q: is left out of %q", s, text)
		}
	}
	for s, want := range map[string]string{
		"<SUB>x</sub>": "{sub|x}", "<kbd dir='rtl'>x</kbd>": "{key dir=rtl|x}", "<u lang=sr-Latn>x</u>": "{u lang=sr-Latn|x}", "<bdi dir=auto>x</bdi>": "{span dir=auto|x}",
		"a<BR/>b": "a {break}b", "<sub>a<sup>b</sup></sub>": "{sub|a{sup|b}}", "<sub>a<sup>b</sub></sup>": "{sub|a<sup>b}</sup>",
	} {
		d, _ := Parse(source.File{Path: "t/en.md", Lang: "en", Tag: "en", Data: s + "\n"})
		if got := doc.Dump(d); !strings.Contains(got, "p: "+want+"\n") {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

// TestMarksOfOthers: each kind of mark is told of once in a file, with its number,
// and what only looks like one is not.
func TestMarksOfOthers(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"{{< a >}} b {{% c %}}\n\n{{< d >}}":       "foreign-mark.shortcode 3",
		"[online]\n\nx\n\n[/online]":               "foreign-mark.shortcode 2",
		"{% a %} {{ b }} `{{ c }}`":                "foreign-mark.template 2",
		"$x^2$ and $$y = 1$$ and $n$":              "foreign-mark.math 3",
		"=== \"A\"\n\n    a\n\n=== \"B\"\n\n    b": "foreign-mark.tabs 2",
		":::columns\nx\n:::":                       "foreign-mark.directive 1",
		"It costs $5 or $6, US$20,000–$30,000, 5$ and 6$; `$x^2$`; \\$x^2\\$; $HOME": "",
		"A note [sic] and [1]; {not} a mark; 10 {x}":                                 "",
		"```\nnever": "open-fence 0", ":::tip\nnever": "open-fence.box 0", "~~~\na\n~~~~": "", "````\n```\n````": "", "- ```\n  a\n  ```": "",
		"- ```\n  a\n```\nb": "open-fence 0 open-fence 0", "```tip `code` ``` is code": "", "a:::b and :: c": "",
	} {
		_, diags := Parse(source.File{Path: "t/en.md", Lang: "en", Tag: "en", Data: s + "\n"})
		got := ""
		for _, d := range diags {
			n, _ := d.Phrase.Value("Times").(int)
			got += " " + d.Phrase.ID + " " + string(rune('0'+n))
		}
		if strings.TrimSpace(got) != want {
			t.Errorf("%q: got %q, want %q", s, strings.TrimSpace(got), want)
		}
	}
}
