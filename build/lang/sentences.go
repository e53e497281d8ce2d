package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a part of a text, in bytes; End is exclusive.
type Span struct{ Start, End int }

// Sentences cuts a text in the language into its sentences, each with what closes
// it and without the space around it. Every letter is in one of them; what is marks
// alone, such as (…), goes with the sentence before it. It looks
// a bounded way back and ahead of each mark, and goes through what closes and opens
// sentences once, so its time grows with the text.
//
// Marks of other scripts end sentences too, and words in them are read by the
// rules of all languages that are written so: texts quote each other.
func (l *Language) Sentences(s string) []Span {
	var out []Span
	c := cutter{l: l, s: s, close: -1}
	mute := false // nothing but marks stands in the only sentence so far
	for c.at = skipSpace(s, 0); c.at < len(s); {
		end := c.next()
		from := c.at
		c.at = skipSpace(s, end)
		to := from + len(strings.TrimRightFunc(s[from:end], unicode.IsSpace))
		switch {
		case to == from:
		case len(out) > 0 && (!says(s[from:to]) || mute):
			out[len(out)-1].End = to
			mute = mute && !says(s[from:to])
		default:
			out = append(out, Span{from, to})
			mute = !says(s[from:to])
		}
	}
	return out
}

// says tells whether there is more than marks in s: (…) is no sentence.
func says(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r)
	})
}

// cutter finds where the sentence that begins at at ends.
type cutter struct {
	l      *Language
	s      string
	at     int
	shut   int // up to here the text stands in brackets or quotes that no sentence ends in
	inside int // where these brackets opened
	close  int // where straight quotes close that opened before
	open   int // up to here nothing that opened before is known to close

	closers run // what closes a sentence, around the last mark
	before  run // what stands before the first word of a sentence, here the one at at
	after   run // the same, where one might begin
}

// A run is a part of the text that goes as far from whichever place within it one
// asks: each of many marks in it need not go through the rest again.
type run struct{ from, to int }

// upTo returns where the run that i stands in ends, of which to tells the end.
func (r *run) upTo(i int, to func(s string, i int) int, s string) int {
	if i < r.from || i > r.to || r.to == 0 {
		*r = run{i, to(s, i)}
	}
	return r.to
}

// The lengths of what is looked at around a mark, in bytes. Brackets and quotes
// that are longer hold sentences of their own.
const (
	bracketSight = 400
	quoteSight   = 200
	wordSight    = 40
	shortQuote   = 40
)

// interesting are the first bytes of what may end a sentence or keep it open.
var interesting = func() (t [256]bool) {
	for _, r := range "." + ends + hardEnds + enumeration + "(（[［«“„\"「『《\u037e" {
		t[utf8.AppendRune(nil, r)[0]] = true
	}
	return t
}()

const (
	// hardEnds end a sentence whatever follows, but for a quotation's.
	hardEnds = "。｡！？﹖﹗।॥។៕։۔؟။።፧꓿꘎᠃᠉⸼߹܀܁܂"
	// ends do if what follows can begin one.
	ends        = "!?…‽"
	enumeration = ";；"
	closers     = "”’»›)]）］】〕」』》〉｣*_\""
)

// next returns where the sentence ends, with the marks that close it.
func (c *cutter) next() int {
	s := c.s
	for i := c.at; i < len(s); {
		if !interesting[s[i]] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		next := i + size
		switch {
		case r == '.':
			if end, ok := c.stop(i); ok {
				return end
			}
			next = skipMarks(s, next)
		case strings.ContainsRune(hardEnds, r):
			end := c.closing(next)
			if end >= len(s) || !c.within(i, end, true) && c.endsHard(r, next, end) {
				return end
			}
			next = skipMarks(s, next)
		case strings.ContainsRune(ends, r), r == '\u037e', r == ';' && c.l.Script == "Grek":
			end := c.closing(next)
			if end >= len(s) || !c.within(i, end, false) && c.opens(end) {
				return end
			}
			next = skipMarks(s, next)
		case strings.ContainsRune(enumeration, r):
			if i >= c.shut && numbersItem(s[skipSpace(s, next):]) {
				return next
			}
		default:
			c.shutIn(i, next, r)
		}
		i = next
	}
	return len(s)
}

func skipSpace(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' {
			break
		}
		i += size
	}
	return i
}

// skipMarks skips a run of marks of which one was looked at.
func skipMarks(s string, i int) int {
	for i < len(s) && (s[i] == '.' || s[i] == '!' || s[i] == '?') {
		i++
	}
	return i
}

// pairs are the brackets and quotes that may hold several sentences.
var pairs = map[rune]rune{'(': ')', '（': '）', '[': ']', '［': '］', '«': '»', '“': '”', '„': '“', '"': '"', '「': '」', '『': '』', '《': '》'}

// shutIn notes brackets or quotes that open at i and within which no sentence
// ends. Quotes that hold whole sentences do not keep them together.
func (c *cutter) shutIn(i, next int, r rune) {
	if i < c.shut || i < c.open || i == c.close {
		return
	}
	s := c.s
	end, quote := pairs[r], !strings.ContainsRune("(（[［", r)
	sight := bracketSight
	if quote {
		sight = quoteSight
	}
	depth := 1
	for j, x := range s[next:min(len(s), next+sight)] {
		switch x {
		case end:
			depth--
		case r:
			depth++
		}
		if depth > 0 {
			continue
		}
		if r == end {
			c.close = next + j // it opens nothing
		}
		if !quote || r == '《' || c.holds(i, next, next+j, next+j+utf8.RuneLen(x)) {
			c.shut, c.inside = next+j, i
		}
		return
	}
	if !quote {
		c.open = next + sight
	}
}

// holds tells whether what is quoted is a part of the sentence, however many marks
// are in it: a name or a motto in its middle, or a short cry. What somebody says
// is sentences of its own.
func (c *cutter) holds(i, from, to, after int) bool {
	s := c.s
	before := strings.TrimRightFunc(s[c.at:i], unicode.IsSpace)
	r, _ := utf8.DecodeLastRuneInString(before)
	last, _ := utf8.DecodeLastRuneInString(s[from:to])
	if before != "" && !strings.ContainsRune(":：,，—–-", r) {
		return !strings.ContainsRune(".。"+ends, last) || !c.opens(after)
	}
	if to-from > shortQuote {
		return false
	}
	switch {
	case strings.ContainsRune(hardEnds, last):
		return !c.endsHard(last, to, after)
	case strings.ContainsRune(ends, last):
		return !c.opens(after)
	}
	return true
}

// within reports whether the mark at i stands in brackets or quotes that go on,
// or close within a longer sentence.
func (c *cutter) within(i, end int, hard bool) bool {
	if i >= c.shut {
		return false
	}
	if end <= c.shut {
		return true
	}
	if strings.HasPrefix(c.s[c.inside:], "《") {
		return true // a title
	}
	// The brackets end with the mark. They are a sentence if they began as one.
	if c.inside <= c.at+4 && c.before.upTo(c.at, skipOpeners, c.s) > c.inside {
		return false
	}
	return !hard && !c.begins(end)
}

// closing skips what closes a sentence after its first mark: further marks,
// quotes, brackets and the number of a note.
func (c *cutter) closing(i int) int { return c.closers.upTo(i, skipClosers, c.s) }

func skipClosers(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '.' || strings.ContainsRune(hardEnds+ends, r):
		case strings.ContainsRune(closers, r):
		case unicode.IsSpace(r):
			// « Où ? » The mark closes where nothing follows that it could open.
			n := i + size
			if !strings.HasPrefix(s[n:], "»") {
				return i
			}
			n += len("»")
			if next, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsLetter(next) || unicode.IsDigit(next) || strings.ContainsRune("‚„“‘«‹›(（[［", next) {
				return i
			}
			size = n - i
		case (r == '“' || r == '«' || r == '‘' || r == '\'') && (i+size >= len(s) || s[i+size] == ' '):
		case r == '[':
			n := i + 1
			for n < len(s) && n < i+4 && s[n] >= '0' && s[n] <= '9' {
				n++
			}
			if n == i+1 || n >= len(s) || s[n] != ']' {
				return i
			}
			size = n + 1 - i
		default:
			return i
		}
		i += size
	}
	return i
}

// endsHard tells whether a hard mark ends the sentence: a quotation that it
// closes may be part of a longer one.
func (c *cutter) endsHard(mark rune, next, end int) bool {
	s := c.s
	rest := s[end:]
	first, _ := utf8.DecodeRuneInString(rest)
	if strings.ContainsRune("，、；：,;:", first) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s[next:end])
	if next == end || !strings.ContainsRune("”’」』》）)»\"", last) {
		return true
	}
	if unicode.Is(unicode.Hiragana, first) {
		return !particle(rest)
	}
	if !IsHan(first) {
		return true
	}
	if strings.ContainsRune("的等之和与及或而是为这一", first) && !strings.HasPrefix(rest, "这") && !strings.HasPrefix(rest, "一") && !strings.HasPrefix(rest, "等到") && !strings.HasPrefix(rest, "为了") && !strings.HasPrefix(rest, "是的") && !strings.HasPrefix(rest, "而") {
		return false
	}
	if strings.ContainsRune("，、", first) {
		return false
	}
	if c.introduced(next) && introduces(rest) {
		return true // 他说：“好。”她说：“不好。”
	}
	if mark == '。' {
		for i, r := range rest[:min(len(rest), 90)] { // “回家。”她说。
			if strings.ContainsRune("，。！？；：“", r) {
				if i > 24 {
					return !reports(rest[:i]) // “不。”外交部长对记者说道。
				}
				return !saying(lastLetter(rest[:i])) && !(strings.ContainsRune("他她它我", first) && saying(rest[3:min(i, 9)]))
			}
		}
		return true
	}
	// “为什么？”他问道。
	n := 0
	for i, r := range rest {
		if n++; n > 12 || strings.ContainsRune("，。！？；：“", r) {
			return !saying(rest[:i])
		}
	}
	return !saying(rest)
}

// introduced tells whether a colon stands before the quotation that i is in, so that
// who says it was named.
func (c *cutter) introduced(i int) bool {
	before := c.s[max(c.at, i-bracketSight):i]
	at := strings.LastIndexAny(before, "“「『")
	return at >= 0 && (strings.HasSuffix(before[:at], "：") || strings.HasSuffix(before[:at], ":"))
}

// introduces tells whether a clause ends in a colon, before the next quotation.
func introduces(s string) bool {
	s = s[:min(len(s), 90)]
	at := strings.IndexAny(s, "，。！？；：:“")
	return at >= 0 && (s[at] == ':' || strings.HasPrefix(s[at:], "："))
}

// particle tells whether kana after a quotation go on with the sentence.
func particle(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("とっはがをにのもでやへなだ", r)
}

func lastLetter(s string) string {
	_, size := utf8.DecodeLastRuneInString(s)
	return s[len(s)-size:]
}

// reports tells whether a clause ends in who said something.
func reports(s string) bool {
	for _, end := range []string{"说道", "表示", "记者说", "写道"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

func saying(s string) bool { return strings.ContainsAny(s, "说問问道答喊叫嚷想骂曰应") }

// opens tells whether a sentence can begin at i after a mark that may end one:
// after a space, or at once with a letter of a script without spaces.
func (c *cutter) opens(i int) bool {
	r, _ := utf8.DecodeRuneInString(c.s[i:])
	if !unicode.IsSpace(r) {
		return IsHan(r) || Unspaced(r)
	}
	return c.begins(i)
}

// begins tells whether what stands at i can be the beginning of a sentence.
func (c *cutter) begins(i int) bool {
	for n, r := range c.s[i:min(len(c.s), i+sight)] {
		switch {
		case unicode.IsLower(r):
			// Nothing but a name is written so at a beginning: iPhone.
			return false
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return true
		case r == ',', r == ';', r == ':', r == ')', r == '，', r == '；', r == '：', r == '、':
			return false
		case n > 40 && r > ' ':
			return true
		}
	}
	return true
}

// skipOpeners skips quotes, brackets, dashes and spaces before the first word.
func skipOpeners(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || i > 0 && !unicode.IsSpace(r) && !strings.ContainsRune("“«„\"'‘’(（[［「『《—–-•*…", r) {
			break
		}
		i += size
	}
	return i
}

// numbersItem tells whether s begins with the number of an item: (1), 2), б), （三）, 四、.
func numbersItem(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	bracket := r == '(' || r == '（'
	if bracket {
		s = s[size:]
	}
	n, letters := 0, 0
	for i, r := range s[:min(len(s), 16)] {
		switch {
		case r == ')' || r == '）':
			return n > 0 && (letters == 0 || n == 1 || n == letters && n <= 5)
		case (r == '.' || r == '、') && !bracket:
			return n > 0 && letters == 0 && (r == '、' || i+1 < len(s) && s[i+1] == ' ')
		case unicode.IsDigit(r) || strings.ContainsRune("一二三四五六七八九十〇", r):
			n++
		case r < 0x3000 && unicode.IsLetter(r) && unicode.IsLower(r) && (n == 0 || strings.ContainsRune("ivx", r)):
			n++
			letters++
		default:
			return false
		}
	}
	return false
}
