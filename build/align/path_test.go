package align

import (
	"slices"
	"testing"
)

// One version says in a sentence what the other says in four.
func TestFourToOne(t *testing.T) {
	t.Parallel()
	en := linesInput("en", `The museum opened in 1921.
On Monday the museum is closed for 24 hours, on Tuesday and on Friday it opens at 10:30, on Saturday tickets to the hall of Ivan Orlov cost 150 roubles, and on Sunday 45 children of the city of Kazan come free.
Our address is 14 Station Street.
`)
	ru := linesInput("ru", `Музей открылся в 1921 году.
В понедельник музей закрыт на 24 часа.
Во вторник и в пятницу он открывается в 10:30.
В субботу билеты в зал Ивана Орлова стоят 150 рублей.
В воскресенье 45 детей города Казани проходят бесплатно.
Наш адрес: Вокзальная улица, 14.
`)
	want := []string{"[0] [0]", "[1] [1 2 3 4]", "[2] [5]"}
	for _, in := range [][]Input{{en, ru}, {ru, en}} {
		rows := Align(in)
		checkRows(t, rows, in)
		order := []int{0, 1}
		if in[0].Doc.Lang == "ru" {
			order = []int{1, 0}
		}
		if got := rowSet(rows, order); !slices.Equal(got, want) {
			t.Errorf("%s first:\ngot  %q\nwant %q", in[0].Doc.Lang, got, want)
		}
	}
}
