package align

import (
	"fmt"
	"testing"
)

// The headings have neither words nor length in common; what stands under them
// shows which section is which.
func TestHeadingsMoveWithTheirSections(t *testing.T) {
	t.Parallel()
	section := func(heading string, lines ...string) string {
		out := "## " + heading + "\n"
		for _, l := range lines {
			out += l + "\n"
		}
		return out
	}
	pears := section("Pears",
		"In 1987 Anna Petrova planted 214 pear trees behind the mill.",
		"The frost of 1996 killed 31 of them, and Anna wrote to Berlin for advice.",
		"Today the orchard gives 4,600 kilograms of fruit a year.")
	trains := section("How all of you who live far away can come and see us on a Sunday",
		"The train from Kazan stops here at 7:45 and at 18:20.",
		"A ticket costs 350 roubles; children under 7 travel free.",
		"Bus 12 leaves the station every 40 minutes.")
	school := section("What children learn",
		"The school has 58 pupils and 6 teachers.",
		"Lessons begin at 8:30 and end at 13:15.")
	in := []Input{
		linesInput("en", school+pears+trains),
		linesInput("ru", section("Чему учат в классах",
			"В школе 58 учеников и 6 учителей.",
			"Уроки начинаются в 8:30 и кончаются в 13:15.")+
			section("Дорога",
				"Поезд из Казани останавливается здесь в 7:45 и в 18:20.",
				"Билет стоит 350 рублей, дети до 7 лет едут бесплатно.",
				"Автобус 12 уходит от вокзала каждые 40 минут.")+
			section("О том, что мы вместе посадили за мельницей и что из этого выросло",
				"В 1987 году Анна Петрова посадила за мельницей 214 груш.",
				"Мороз 1996 года погубил 31 из них, и Анна написала в Берлин за советом.",
				"Теперь сад даёт 4600 килограммов плодов в год.")),
	}
	rows := Align(in)
	checkRows(t, rows, in)
	got := map[string]bool{}
	for _, r := range rows {
		got[fmt.Sprint(r.Blocks)] = true
	}
	for _, want := range []string{"[[0] [0]]", "[[3] [7]]", "[[7] [3]]"} {
		if !got[want] {
			t.Errorf("no row %s of headings among %v", want, got)
		}
	}
}
