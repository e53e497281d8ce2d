package align

import (
	"slices"
	"strings"
	"testing"
)

func TestLongGapInLongText(t *testing.T) {
	t.Parallel()
	in := invented(t, 1200, 31)
	lines := strings.Split(textOf(in[1]), "\n")
	in[1] = linesInput("ru", strings.Join(append(lines[:400:400], lines[800:]...), "\n"))
	rows := Align(in[:2])
	checkRows(t, rows, in[:2])
	both, alone := 0, 0
	for _, r := range rows {
		switch {
		case len(r.Blocks[0]) > 0 && len(r.Blocks[1]) > 0:
			both++
		case len(r.Blocks[1]) > 0:
			alone++
		}
	}
	// Every block of the shorter text has its partner in the longer one.
	if alone > both/50 || both < (len(lines)-400)*8/10 {
		t.Errorf("%d rows with both languages, %d of the shorter alone; want some %d and nearly none", both, alone, len(lines)-400)
	}
}

// Two paragraphs of an English text that the German one lacks stand alone, and are not
// joined to what follows them.
func TestParagraphsWithoutPartner(t *testing.T) {
	t.Parallel()
	de := linesInput("de", `Sie dürfen unsere Dienste für nichts von dem verwenden, was hier folgt.
Teilnahme an dem, was die Gesetze Ihres Landes verbieten.
Andere Menschen belästigen oder bedrohen, ihnen Post senden, um die sie nicht gebeten haben, oder Nachrichten lesen, die für jemand anderen bestimmt waren.
Andere darüber täuschen, wer Sie sind, oder ihnen nehmen, was ihnen gehört.
Programme verbreiten, die einem Rechner oder denen schaden, die damit arbeiten.
Waren oder Dienste anbieten, die nur an Erwachsene verkauft werden dürfen.
Wer dies tut, verliert das Recht, die Dienste zu nutzen, und was bezahlt wurde, wird nicht zurückgegeben.
`)
	zh := linesInput("zh", `您不得将我们的服务用于下列任何一项。
参与贵国法律所禁止的事情。
打扰或威胁他人，向他们发送未经请求的邮件，或阅读发给别人的消息。
传播损害计算机或其使用者的程序。
违反者丧失使用服务的权利，已付款项不予退还。
`)
	want := []string{"[0] [0]", "[1] [1]", "[2] [2]", "[4] [3]", "[6] [4]"} // of both languages
	rows := Align([]Input{de, zh})
	if got := rowSet(rows, []int{0, 1}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// What an earlier pass left alone says how much wider the next one looks.
func TestSlack(t *testing.T) {
	t.Parallel()
	var straight, astray []waypoint
	for n := range 40 {
		straight = append(straight, waypoint{n, n})
		p := waypoint{n, n}
		if n >= 20 { // eight units of each side were left alone here
			p = waypoint{n + 8, n + 8}
		}
		astray = append(astray, p)
	}
	for _, c := range []struct {
		chain   []waypoint
		k, want int
	}{{straight, 0, 0}, {straight, 20, 0}, {straight, 39, 0}, {astray, 5, 0}, {astray, 13, 8}, {astray, 20, 8}, {astray, 35, 0}} {
		if got := slack(c.chain, c.k); got != c.want {
			t.Errorf("slack at waypoint %d: %d units, want %d", c.k, got, c.want)
		}
	}
}
