package numeral

// solarMonths are the months of the calendar of Iran, which begins its years in
// March.
var solarMonths = monthNames("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")

// solarDate reads ۱۷ خرداد ۱۳۸۱ from its day, which is token i, as the day that it
// is in other calendars.
func (r *reader) solarDate(i int) int {
	month, year := solarMonths[r.tok(i+1).s], r.tok(i+2)
	if r.base != "fa" || month == 0 || !isDay(r.toks[i]) || year.kind != figures || len(year.s) != 4 {
		return 0
	}
	d := gregorian(atoi(year.s), month, atoi(r.toks[i].s))
	d.Start, d.End = r.toks[i].start, year.end
	r.date(d, true)
	return 3
}

// gregorian is the day of a solar date. The leap years of the calendar go by the
// sun; those of the 33-year cycle are the same from 1206 to 1497.
func gregorian(year, month, day int) Date {
	days := 365*(year-1) + (8*(year-1)+29)/33 + day - 1 // since the first day of the year 1
	if month <= 7 {
		days += 31 * (month - 1)
	} else {
		days += 186 + 30*(month-7)
	}
	// Days of the other calendar are counted from the first of March of the year 0.
	n := days + 227200
	y := (10000*n + 14780) / 3652425
	rest := n - (365*y + y/4 - y/100 + y/400)
	if rest < 0 {
		y--
		rest = n - (365*y + y/4 - y/100 + y/400)
	}
	m := (100*rest + 52) / 3060
	return Date{Year: y + (m+2)/12, Month: (m+2)%12 + 1, Day: rest - (m*306+5)/10 + 1}
}
