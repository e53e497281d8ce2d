package numeral

import "strings"

// half is the half of the day that an hour is said to be in.
type half uint8

const (
	anyHalf half = iota
	morning
	evening
)

// halves are words behind an hour, in the languages that part the day in two.
var halves = map[string]half{
	"am": morning, "pm": evening, "утра": morning, "ночи": morning, "дня": evening, "вечера": evening, "пополудни": evening,
	"morning": morning, "afternoon": evening, "evening": evening,
}

// hanHalves end the words before a Chinese hour.
var hanHalves = []struct {
	word string
	half half
}{{"上午", morning}, {"早上", morning}, {"早晨", morning}, {"清晨", morning}, {"凌晨", morning}, {"早", morning}, {"下午", evening}, {"晚上", evening}, {"傍晚", evening}, {"午后", evening}, {"晚", evening}}

var (
	hourWords   = set("ч час часа часов часу часам h hours hour hrs heures heure horas hora uhr o")
	minuteWords = set("мин минут минуты минуту min minutes minute minutos")
	zones       = set("gmt utc мск msk local")
	// beforeHours are the words before an hour that is written with a point.
	beforeHours = set("в с до к около после at by from until till las les à um")
)

// clock reads a time of day that begins with the figures at token i: 15:00,
// 15.30, 3.30 p.m., 14 ч. 15 мин., 15 h 30. It returns how many tokens it used.
func (r *reader) clock(i int) int {
	t := r.toks[i]
	h, m, pointed := strings.Cut(t.s, ".")
	hour := atoi(h)
	if len(h) > 2 || hour > 24 || strings.Contains(h, ",") {
		return 0
	}
	hourEnd, minStart, minEnd := t.start+len(h), 0, 0 // figures of one byte each, or the whole token
	if len(t.raw) != len(t.s) {
		hourEnd = t.end
	}
	k := i + 1
	switch {
	case pointed:
		if len(m) != 2 || atoi(m) > 59 || len(t.raw) != len(t.s) || !r.pointedHour(i) {
			return 0
		}
		minStart, minEnd = hourEnd+1, t.end
	case r.tok(k).s == ":" && r.touching(i, k) && r.touching(k, k+1) && isMinutes(r.tok(k+1)):
		m, minStart, minEnd = r.tok(k+1).s, r.tok(k+1).start, r.tok(k+1).end
		k += 2
	case hourWords[r.tok(k).s] && r.near(i, k):
		k++
		if r.tok(k).s == "." && r.touching(k-1, k) {
			k++
		}
		if n := r.tok(k); isMinutes(n) && r.near(k-1, k) && (minuteWords[r.tok(k+1).s] || r.tok(i+1).s == "h") {
			m, minStart, minEnd = n.s, n.start, n.end
			k++
			break
		}
		k = i + 1
		if r.halfAfter(k+1) == anyHalf && !r.oclock(k) && !beforeHours[r.tok(i-1).s] {
			return 0 // how long, not when
		}
	case r.halfAfter(k) != anyHalf && r.near(i, k):
	default:
		return 0
	}
	v := Value{Firm: hour > 0, Start: t.start, End: hourEnd}
	v.hour(hour, r.halfAfter(k, k+1))
	r.add(v)
	if m != "" {
		r.add(Value{Values: []float64{float64(atoi(m))}, Firm: m != "00", Start: minStart, End: minEnd})
	}
	return k - i
}

func isMinutes(t token) bool { return t.kind == figures && len(t.s) == 2 && atoi(t.s) < 60 }

// pointedHour tells 15.30, a time, from a number by the words around it.
func (r *reader) pointedHour(i int) bool {
	next := r.tok(i + 1)
	if r.near(i, i+1) && (hourWords[next.s] || zones[next.s] || r.halfAfter(i+1) != anyHalf) {
		return true
	}
	if !beforeHours[r.tok(i-1).s] || r.own == vocabularies["en"] && r.tok(i-1).s != "at" {
		return false
	}
	// at 3.25 per cent, в 1.50 раза
	return next.kind == mark && next.s != "%" && next.s != "–" || next.kind == letters && !percents[next.s] && Scale(next.s) == 0 && !strings.HasPrefix(next.s, "раз") || next.kind == 0 && next.s == ""
}

// oclock tells the word from the letter that it begins with.
func (r *reader) oclock(i int) bool {
	return r.tok(i).s == "o" && strings.ContainsAny(r.tok(i+1).s, "'’") && r.tok(i+2).s == "clock"
}

// halfAfter is the half of the day that the words at one of the tokens say: pm,
// p.m., вечера, in the evening.
func (r *reader) halfAfter(places ...int) half {
	for _, i := range places {
		t := r.tok(i)
		if h := halves[t.s]; h != anyHalf && t.s != "morning" && t.s != "afternoon" && t.s != "evening" {
			return h
		}
		if r.oclock(i) {
			i += 3
			t = r.tok(i)
		}
		switch {
		case (t.s == "a" || t.s == "p") && r.tok(i+1).s == "." && r.tok(i+2).s == "m":
			return halves[t.s+"m"]
		case t.s == "in" && r.tok(i+1).s == "the":
			return halves[r.tok(i+2).s]
		}
	}
	return anyHalf
}

// hour makes the value an hour of the day; one before noon may be one after it,
// where nothing says which.
func (v *Value) hour(h int, of half) {
	x := float64(h)
	switch {
	case h == 0 || h == 24 || h == 12 && of == morning:
		v.Values, v.half = []float64{x, 0, 12, 24}, morning
	case h > 12 || h == 12:
		v.Values, v.half = []float64{x}, evening
	case of == evening:
		v.Values, v.half = []float64{x + 12, x}, evening
	case of == morning:
		v.Values, v.half = []float64{x}, morning
	default:
		v.Values = []float64{x, x + 12}
	}
}

// hanHalf is the half of the day that the Chinese words before an hour say.
func hanHalf(before string) half {
	for _, w := range hanHalves {
		if strings.HasSuffix(before, w.word) {
			return w.half
		}
	}
	return anyHalf
}
