package check

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stele/build/lang"
)

// fact is something a text states that all languages must state alike: a
// number, a month, a date or a code, whatever its notation.
type fact struct {
	kind factKind
	// values the notation can stand for; the first is the likeliest. 1.234 may
	// be a thousand or one and a bit; 25 after 2015– is 2025 too.
	values []float64
	// firm facts must be found in the other languages; others (“both”, “one”,
	// a lone 十) only answer to theirs.
	firm    bool
	words   bool // written in words or numerals of the language, not in digits
	percent bool
	code    string // of a code, folded
	dated   bool   // part of a date
	// start and end are byte offsets in the text.
	start, end int
}

type factKind uint8

const (
	kindNumber factKind = iota
	kindMonth
	kindCode
)

// date is a day of the calendar as a text has it; Year may be 0.
type date struct {
	year, month, day int
	start, end       int
}

// token is a piece of text that facts are made of.
type token struct {
	kind       tokenKind
	s          string // words in small letters, ё as е
	raw        string
	start, end int
}

type tokenKind uint8

const (
	mark   tokenKind = iota // one sign
	word                    // letters
	digits                  // digits, with separators between
	hanzi                   // a run of Han characters
)

// reader collects the facts of one text.
type reader struct {
	lang  string
	text  string
	toks  []token
	facts []fact
	dates []date
}

// factsOf reads the facts of a text in a language. Digits and codes are known
// in every language, words and months in Russian, English and Chinese.
func factsOf(code, text string) ([]fact, []date) {
	r := &reader{lang: code, text: text}
	r.codes()
	r.split()
	for i := 0; i < len(r.toks); {
		i += max(r.read(i), 1)
	}
	return r.facts, r.dates
}

var (
	codeForm  = regexp.MustCompile(`[\p{L}\p{Nd}]+(?:[-‐‑/.][\p{L}\p{Nd}]+)*`)
	codeWhole = regexp.MustCompile(`^(?:\p{Lu}{1,8}(?:[-‐‑/.]?\p{Nd}+)(?:[-‐‑/.]?[\p{Lu}\p{Nd}]+)*|\p{Lu}+(?:[-‐‑/.][\p{Lu}\p{Nd}]+)+|\p{Nd}+\p{Lu}{1,3}|\p{Nd}+\.\p{Nd}+(?:\.\p{Nd}+)*[a-z])$`)
)

// codes takes alphanumeric codes (A/RES/70/1, COVID-19, 5G, 5.3a) out of the text.
func (r *reader) codes() {
	if !strings.ContainsFunc(r.text, isDigit) {
		return
	}
	text := []byte(r.text)
	var hidden [][2]int
	for _, m := range codeForm.FindAllStringIndex(r.text, -1) {
		// Han characters are no part of a code.
		for _, part := range splitHan(r.text, m[0], m[1]) {
			s := r.text[part[0]:part[1]]
			if !codeWhole.MatchString(s) || !strings.ContainsFunc(s, unicode.IsDigit) {
				continue
			}
			r.facts = append(r.facts, fact{kind: kindCode, firm: true, code: foldCode(s), start: part[0], end: part[1]})
			hidden = append(hidden, part)
		}
	}
	for _, h := range hidden {
		for i := h[0]; i < h[1]; i++ {
			text[i] = masked
		}
	}
	r.text = string(text)
}

func splitHan(s string, from, to int) [][2]int {
	var out [][2]int
	at := from
	for i, r := range s[from:to] {
		if lang.IsHan(r) {
			if from+i > at {
				out = append(out, trimMarks(s, at, from+i))
			}
			at = from + i + utf8.RuneLen(r)
		}
	}
	if at < to {
		out = append(out, trimMarks(s, at, to))
	}
	return out
}

func trimMarks(s string, from, to int) [2]int {
	const marks = "-‐‑/."
	from += len(s[from:to]) - len(strings.TrimLeft(s[from:to], marks))
	to -= len(s[from:to]) - len(strings.TrimRight(s[from:to], marks))
	return [2]int{from, to}
}

// lookalike maps Cyrillic capitals to the Latin ones that look the same: the
// notation of a code is copied, not translated, and then typed in either.
var lookalike = strings.NewReplacer("А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "Х", "X", "І", "I", "У", "Y", "‐", "-", "‑", "-")

func foldCode(s string) string { return strings.ToUpper(lookalike.Replace(s)) }

// split cuts the text into tokens.
func (r *reader) split() {
	s := r.text
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		t := token{kind: mark, start: i}
		switch {
		case isDigit(c):
			t.kind = digits
			n = numeral(s[i:])
		case lang.IsHan(c) || c == '〇':
			t.kind = hanzi
			n = runOf(s[i:], func(c rune) bool { return lang.IsHan(c) || c == '〇' })
		case unicode.IsLetter(c):
			t.kind = word
			n = runOf(s[i:], func(c rune) bool { return (unicode.IsLetter(c) || unicode.IsMark(c)) && !lang.IsHan(c) })
		case unicode.IsSpace(c):
			i += n
			continue
		}
		t.end = i + n
		t.raw = s[i:t.end]
		t.s = t.raw
		switch t.kind {
		case word:
			t.s = strings.ReplaceAll(strings.ToLower(t.raw), "ё", "е")
		case digits:
			t.s = asciiDigits(t.raw)
		}
		r.toks = append(r.toks, t)
		i = t.end
	}
}

func runOf(s string, f func(rune) bool) int {
	if i := strings.IndexFunc(s, func(c rune) bool { return !f(c) }); i >= 0 {
		return i
	}
	return len(s)
}

func isDigit(c rune) bool { return c >= '0' && c <= '9' || c >= '０' && c <= '９' }

func asciiDigits(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '０' && c <= '９' {
			return c - '０' + '0'
		}
		return c
	}, s)
}

// numeral returns the length of the number in digits that s begins with:
// groups joined by a point, comma, apostrophe or, in groups of three, a space.
func numeral(s string) int {
	n := runOf(s, isDigit)
	first := utf8.RuneCountInString(s[:n])
	for n < len(s) {
		c, w := utf8.DecodeRuneInString(s[n:])
		group := runOf(s[n+w:], isDigit)
		size := utf8.RuneCountInString(s[n+w : n+w+group])
		switch {
		case group == 0:
			return n
		case c == '.' || c == ',':
		case (c == '\u00a0' || c == '\u202f' || c == '\u2009' || c == ' ' || c == '\'' || c == '’') && first <= 3 && size == 3:
		default:
			return n
		}
		n += w + group
	}
	return n
}

// near tells that nothing but white space stands between two tokens.
func (r *reader) near(i, j int) bool {
	return i >= 0 && j < len(r.toks) && strings.TrimSpace(r.text[r.toks[i].end:r.toks[j].start]) == ""
}

// touching tells that two tokens follow without a space.
func (r *reader) touching(i, j int) bool {
	return i >= 0 && j < len(r.toks) && r.toks[i].end == r.toks[j].start
}

func (r *reader) tok(i int) token {
	if i < 0 || i >= len(r.toks) {
		return token{}
	}
	return r.toks[i]
}

func (r *reader) add(f fact) { r.facts = append(r.facts, f) }

// read takes the fact that begins at token i, if there is one, and returns how
// many tokens it used.
func (r *reader) read(i int) int {
	switch t := r.toks[i]; t.kind {
	case digits:
		return r.digits(i)
	case word:
		if n := r.monthDay(i); n > 0 {
			return n
		}
		if n := r.numberWords(i); n > 0 {
			return n
		}
		return r.roman(i)
	case hanzi:
		r.hanzi(i)
	}
	return 1
}

var (
	isoDate   = regexp.MustCompile(`^(\d{4})$`)
	pointDate = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
)

// digits reads a number in digits with what belongs to it: a date, a
// multiplier, a percent sign, a unit of the Chinese calendar.
func (r *reader) digits(i int) int {
	t := r.toks[i]
	if m := pointDate.FindStringSubmatch(t.s); m != nil {
		r.wholeDate(atoi(m[3]), atoi(m[2]), atoi(m[1]), t.start, t.end)
		return 1
	}
	if isoDate.MatchString(t.s) && r.tok(i+1).s == "-" && r.tok(i+3).s == "-" && r.tok(i+4).kind == digits && r.touching(i, i+1) && r.touching(i+3, i+4) && len(r.tok(i+2).s) == 2 && len(r.tok(i+4).s) == 2 {
		r.wholeDate(atoi(t.s), atoi(r.tok(i+2).s), atoi(r.tok(i+4).s), t.start, r.tok(i+4).end)
		return 5
	}
	values := readings(t.s)
	if len(values) == 0 {
		// 1.2.3 and the like: a code, whatever the points part.
		r.add(fact{kind: kindCode, firm: true, code: t.s, start: t.start, end: t.end})
		return 1
	}
	if h, m, ok := strings.Cut(t.s, "."); ok && len(h) <= 2 && len(m) == 2 && r.near(i, i+1) && isNoon(r.tok(i+1).s, r.tok(i+2).s, r.tok(i+3).s) {
		// 7.55 pm is a time
		r.add(fact{values: []float64{float64(atoi(h)), float64(atoi(h) + 12)}, firm: true, start: t.start, end: t.start + len(h)})
		r.add(fact{values: []float64{float64(atoi(m))}, firm: m != "00", start: t.start + len(h) + 1, end: t.end})
		return 1
	}
	f := fact{values: values, firm: true, start: t.start, end: t.end}
	used := 1
	next := r.tok(i + 1)
	// 20 млн, 1.5 million, 5万
	if r.near(i, i+1) {
		switch next.kind {
		case word:
			if m, ok := multipliers[next.s]; ok {
				f.scale(m)
				f.end = next.end
				used++
			}
		case hanzi:
			more := runOf(next.s, func(c rune) bool { return strings.ContainsRune("多余餘几", c) })
			if m, n := hanMultiplier(next.s[more:]); n > 0 {
				f.scale(m)
				f.end = next.start + more + n
			}
		}
	}
	next = r.tok(i + used)
	near := r.near(i+used-1, i+used)
	switch {
	case near && (next.s == "%" || next.s == "％"), near && isPercent(next.s), r.near(i-1, i) && strings.HasSuffix(r.tok(i-1).s, "百分之"):
		f.percent = true
	case near && isNoon(next.s, r.tok(i+used+1).s, r.tok(i+used+2).s):
		f.values = append(f.values, values[0]+12)
	}
	// 2015–25
	if k := i - 2; k >= 0 && len(t.s) == 2 && isDash(r.tok(i-1).s) && r.tok(k).kind == digits && len(r.tok(k).s) == 4 && r.touching(k, i-1) && r.touching(i-1, i) {
		f.values = append([]float64{float64(atoi(r.tok(k).s[:2] + t.s)), values[0]}, values[1:]...)
	}
	if r.toks[i].end == f.end && next.kind == hanzi && near && len(values) == 1 {
		if n := r.chineseDate(i); n > 0 {
			return n
		}
	}
	if n := r.dayMonth(i); n > 0 {
		return n
	}
	switch {
	case near && next.kind == hanzi && strings.HasPrefix(next.s, "世纪") && strings.HasPrefix(r.tok(i+3).s, "年代"):
		f.firm = false // 20世纪80年代: the eighties say it all
	case near && next.kind == hanzi && values[0] == 1 && hasMeasure(next.s):
		f.firm = false // 1个: others have an article
	case near && next.kind == hanzi && (strings.HasPrefix(next.s, "点") || strings.HasPrefix(next.s, "时")) && values[0] <= 12:
		f.values = append(f.values, values[0]+12)
	case t.s == "00" && r.tok(i-1).s == ":":
		f.firm = false // 15:00
	// 21st, 1990s, 18-летний, 90-х: the ending says nothing more.
	case r.touching(i, i+1) && next.kind == word && len(next.raw) <= 2 && r.lang == "en":
		used = 2
	case r.touching(i, i+1) && isDash(next.s) && r.touching(i+1, i+2) && r.tok(i+2).kind == word && r.lang == "ru":
		used = 3
		f.percent = f.percent || strings.HasPrefix(r.tok(i+2).s, "процент")
	}
	r.add(f)
	return used
}

func (f *fact) scale(m float64) {
	f.values = slices.Clone(f.values)
	for k := range f.values {
		f.values[k] *= m
	}
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func isDash(s string) bool {
	switch s {
	case "-", "–", "—", "‐", "‑", "−", "~", "～", "/":
		return true
	}
	return false
}

// isNoon reports whether the words are am or pm.
func isNoon(a, b, c string) bool {
	return a == "pm" || a == "am" || (a == "p" || a == "a") && b == "." && c == "m"
}

// hasMeasure reports whether s begins with a Chinese measure word that is not
// one of the calendar.
func hasMeasure(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(measures, c) && !strings.ContainsRune("年月日号號", c)
}

func isPercent(w string) bool {
	switch w {
	case "percent", "per", "pct", "процент", "процента", "процентов", "проценту", "процентам", "процентами", "процентах", "процентом", "проценте", "проц":
		return true
	}
	return false
}

// readings lists what a number in digits may stand for, the language being no
// sure guide: 1.234 and 1,234 are a thousand or a fraction.
func readings(s string) []float64 {
	var groups []string
	var seps []rune
	at := 0
	for i, c := range s {
		if c < '0' || c > '9' {
			groups = append(groups, s[at:i])
			seps = append(seps, c)
			at = i + utf8.RuneLen(c)
		}
	}
	groups = append(groups, s[at:])
	whole := func(parts []string) float64 {
		x, err := strconv.ParseFloat(strings.Join(parts, ""), 64)
		if err != nil || math.IsInf(x, 0) {
			return math.NaN()
		}
		return x
	}
	thousands := len(groups[0]) <= 3 && groups[0] != "0"
	for _, g := range groups[1:] {
		thousands = thousands && len(g) == 3
	}
	var out []float64
	last := len(groups) - 1
	switch {
	case last == 0:
		out = append(out, whole(groups))
	case last == 1 && (seps[0] == '.' || seps[0] == ','):
		x, _ := strconv.ParseFloat(groups[0]+"."+groups[1], 64)
		if thousands {
			out = append(out, whole(groups))
		}
		out = append(out, x)
	default:
		same := true
		for _, c := range seps[1:] {
			same = same && c == seps[0]
		}
		if thousands && same {
			return []float64{whole(groups)}
		}
		end := seps[last-1]
		if (end == '.' || end == ',') && !slices.Contains(seps[:last-1], end) {
			head := readings(strings.Join(groups[:last], ""))
			x, err := strconv.ParseFloat(strings.Join(groups[:last], "")+"."+groups[last], 64)
			if len(head) > 0 && err == nil {
				return []float64{x}
			}
		}
		return nil
	}
	return out
}

// wholeDate adds a date written in digits alone.
func (r *reader) wholeDate(y, m, d, start, end int) {
	if m > 12 && d <= 12 { // the order of the United States
		m, d = d, m
	}
	r.date(date{y, m, d, start, end}, true)
}

// date adds a date and its parts, so far as they are known.
func (r *reader) date(d date, inDigits bool) {
	for _, v := range []int{d.day, d.year} {
		if v > 0 {
			r.add(fact{values: []float64{float64(v)}, firm: true, dated: true, words: !inDigits, start: d.start, end: d.end})
		}
	}
	if d.month >= 1 && d.month <= 12 {
		r.add(fact{kind: kindMonth, values: []float64{float64(d.month)}, firm: true, dated: true, words: !inDigits, start: d.start, end: d.end})
		if d.day > 0 {
			r.dates = append(r.dates, d)
		}
	}
}

// dayMonth reads “12 September 2014”, “12th of September”, “12 сентября 2014”
// from its day, which is token i.
func (r *reader) dayMonth(i int) int {
	day := r.toks[i]
	k := i + 1
	switch r.tok(k).s {
	case "st", "nd", "rd", "th":
		k++
	}
	if r.tok(k).s == "of" {
		k++
	}
	m, ok := months[r.tok(k).s]
	if !ok || !r.near(k-1, k) || len(day.s) > 2 || !r.capitalMonth(k) {
		return 0
	}
	d := date{month: m, day: atoi(day.s), start: day.start, end: r.tok(k).end}
	if d.day < 1 || d.day > 31 {
		return 0
	}
	k++
	k = r.year(k, &d)
	r.date(d, true)
	return k - i
}

// monthDay reads “September 12, 2014”, “September 2014”, «в сентябре 2014» and
// a month alone from its month, which is token i.
func (r *reader) monthDay(i int) int {
	m, ok := months[r.toks[i].s]
	if !ok || !r.capitalMonth(i) {
		return 0
	}
	d := date{month: m, start: r.toks[i].start, end: r.toks[i].end}
	k := i + 1
	if r.tok(k).s == "." && r.touching(i, k) {
		k++
	}
	if t := r.tok(k); t.kind == digits && len(t.s) <= 2 && r.near(k-1, k) && r.toks[i].raw[0] < utf8.RuneSelf {
		d.day, d.end = atoi(t.s), t.end
		k++
		switch r.tok(k).s {
		case "st", "nd", "rd", "th":
			k++
		}
	}
	before := k
	if k = r.year(k, &d); k == before && d.day == 0 {
		r.add(fact{kind: kindMonth, values: []float64{float64(m)}, firm: !ambiguous[r.toks[i].s], dated: true, words: true, start: d.start, end: d.end})
		return 1
	}
	r.date(d, true)
	return k - i
}

// ambiguous months are ordinary words too.
var ambiguous = map[string]bool{"may": true, "march": true, "mar": true, "dec": true, "sep": true}

// capitalMonth guards English words that are months only with a capital.
func (r *reader) capitalMonth(i int) bool {
	c, _ := utf8.DecodeRuneInString(r.toks[i].raw)
	return !unicode.Is(unicode.Latin, c) || unicode.IsUpper(c)
}

// year takes the year at token k into the date, after a comma perhaps, and
// returns the token after it.
func (r *reader) year(k int, d *date) int {
	j := k
	if r.tok(j).s == "," {
		j++
	}
	t := r.tok(j)
	if t.kind == digits && len(t.s) == 4 && (j == k || r.near(j-1, j)) && r.near(k-1, k) {
		d.year, d.end = atoi(t.s), t.end
		return j + 1
	}
	return k
}

// chineseDate reads 2014年9月12日, or a part of it, from the number at token i.
func (r *reader) chineseDate(i int) int {
	d := date{start: r.toks[i].start}
	k, units := i, 0
	for r.tok(k).kind == digits {
		u := r.tok(k + 1)
		if u.kind != hanzi || !r.near(k, k+1) {
			break
		}
		v := atoi(r.tok(k).s)
		c, n := utf8.DecodeRuneInString(u.s)
		switch {
		case c == '年' && units == 0 && !strings.HasPrefix(u.s, "年代"):
			d.year = v
		case c == '月' && d.month == 0 && v >= 1 && v <= 12:
			d.month = v
		case (c == '日' || c == '号') && d.month > 0 && d.day == 0:
			d.day = v
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		units++
		d.end = u.start + n
		if n < len(u.s) {
			// What follows in the same run is not part of the date, but it is
			// read for numerals of its own.
			rest := token{kind: hanzi, s: u.s[n:], raw: u.raw[n:], start: u.start + n, end: u.end}
			r.toks[k+1] = rest
			k++
			break
		}
		k += 2
	}
	if units == 0 || units == 1 && d.month == 0 {
		return 0
	}
	if d.month == 0 {
		return 0
	}
	r.date(d, true)
	return k - i
}

// matches reports whether two facts can be the same.
func (f *fact) matches(g *fact) bool {
	if f.kind == kindCode || g.kind == kindCode {
		if f.kind == g.kind {
			return f.code == g.code || onlyDigits(f.code) == onlyDigits(g.code)
		}
		c, n := f, g
		if g.kind == kindCode {
			c, n = g, f
		}
		x, err := strconv.ParseFloat(onlyDigits(c.code), 64)
		return err == nil && n.kind == kindNumber && slices.Contains(n.values, x)
	}
	if f.kind != g.kind {
		return false
	}
	for _, x := range f.values {
		for _, y := range g.values {
			if math.Abs(x-y) <= 1e-9*max(math.Abs(x), math.Abs(y)) || decade(x, y) || decade(y, x) {
				return true
			}
		}
	}
	return false
}

// decade tells that y is x as 90 is 1990.
func decade(x, y float64) bool {
	return x >= 1800 && x < 2100 && math.Mod(x, 10) == 0 && y >= 10 && y == math.Mod(x, 100)
}

func onlyDigits(s string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, s)
}
