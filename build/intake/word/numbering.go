package word

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stele/build/intake/label"
)

// numbering is numbering.xml: how lists count and what is printed before their
// items, and how far each has counted.
type numbering struct {
	lists  map[string]*list // by numId
	counts map[string]*counts
	// byStyle is the level that a list gives to a paragraph style, by numId and style.
	byStyle map[[2]string]int
}

// list is a w:num with its w:abstractNum.
type list struct {
	abstract string
	levels   [9]level
	restart  [9]int // startOverride, -1 for none
	applied  [9]bool
}

// level is one level of a list.
type level struct {
	known   bool
	start   int
	format  string
	text    string
	joined  bool // nothing between the number and the text
	legal   bool // all numbers in figures
	restart int  // the level, from 1, after which it begins anew; -1 is the one above, 0 never
}

// counts is where the lists of one w:abstractNum stand; they count together.
type counts struct {
	at   [9]int
	seen [9]bool
}

func readNumbering(root *node) *numbering {
	n := &numbering{lists: map[string]*list{}, counts: map[string]*counts{}, byStyle: map[[2]string]int{}}
	if root == nil {
		return n
	}
	abstracts := map[string]*node{}
	byStyleLink := map[string]string{} // the style that a list defines -> abstractNumId
	for _, k := range root.kids {
		if k.is("w:abstractNum") {
			id := k.attr("abstractNumId")
			abstracts[id] = k
			if s := k.val("styleLink"); s != "" {
				byStyleLink[s] = id
			}
		}
	}
	for _, k := range root.kids {
		if !k.is("w:num") {
			continue
		}
		id := k.val("abstractNumId")
		if link := abstracts[id].val("numStyleLink"); link != "" && byStyleLink[link] != "" {
			id = byStyleLink[link] // a link to a link leads nowhere
		}
		l := &list{abstract: id, restart: [9]int{-1, -1, -1, -1, -1, -1, -1, -1, -1}}
		numID := k.attr("numId")
		if a := abstracts[id]; a != nil {
			for _, lvl := range a.kids {
				if lvl.is("w:lvl") {
					n.level(l, numID, lvl)
				}
			}
		}
		for _, o := range k.kids {
			if !o.is("w:lvlOverride") {
				continue
			}
			i, err := strconv.Atoi(o.attr("ilvl"))
			if err != nil || i < 0 || i > 8 {
				continue
			}
			if lvl := o.child("lvl"); lvl != nil {
				n.level(l, numID, lvl)
			}
			if v, err := strconv.Atoi(o.val("startOverride")); err == nil {
				l.restart[i] = v
			}
		}
		n.lists[numID] = l
		if n.counts[id] == nil {
			n.counts[id] = &counts{}
		}
	}
	return n
}

// level reads a w:lvl into the list.
func (n *numbering) level(l *list, numID string, node *node) {
	i, err := strconv.Atoi(node.attr("ilvl"))
	if err != nil || i < 0 || i > 8 {
		return
	}
	v := level{known: true, format: node.val("numFmt"), text: node.val("lvlText"), joined: node.val("suff") == "nothing", restart: -1}
	if f := node.child("numFmt").attr("format"); v.format == "custom" && f != "" {
		v.format = "custom:" + f
	}
	if node.child("numFmt") == nil { // Word 2010 puts formats of its own apart
		if alt := node.child("AlternateContent", "Choice"); alt != nil {
			v.format = "custom:" + alt.child("numFmt").attr("format")
		}
	}
	v.start, _ = strconv.Atoi(node.val("start"))
	v.legal, _ = node.flag("isLgl")
	if r, err := strconv.Atoi(node.val("lvlRestart")); err == nil {
		v.restart = r
	}
	l.levels[i] = v
	if s := node.val("pStyle"); s != "" {
		n.byStyle[[2]string{numID, s}] = i
	}
}

// number is what a list prints before a paragraph.
type number struct {
	label  string
	joined bool
	bullet bool
	level  int
	absent bool // the list does not say how it counts at the level
	// doubtful is the name of a format that is not known.
	doubtful string
}

// next counts a paragraph and returns its number, in words of the language if it
// counts in words; nil if it has none.
func (n *numbering) next(numID string, i int, lang string) *number {
	l := n.lists[numID]
	if l == nil || i < 0 || i > 8 {
		return nil
	}
	if !l.levels[i].known {
		return &number{absent: true}
	}
	c := n.counts[l.abstract]
	// An override takes effect when its list is first used at the level.
	if l.restart[i] >= 0 && !l.applied[i] {
		c.at[i], c.seen[i] = l.restart[i], true
		l.applied[i] = true
	} else if c.seen[i] {
		c.at[i]++
	} else {
		c.at[i], c.seen[i] = l.levels[i].start, true
	}
	for k := range i { // a level that was passed over counts as begun
		if !c.seen[k] {
			c.at[k], c.seen[k] = l.levels[k].start, true
			if l.restart[k] >= 0 {
				c.at[k] = l.restart[k]
				l.applied[k] = true
			}
		}
	}
	for k := i + 1; k < 9; k++ {
		if r := l.levels[k].restart; r < 0 || r > i {
			c.seen[k] = false
		}
	}
	lv := &l.levels[i]
	out := &number{level: i, joined: lv.joined}
	if lv.format == "bullet" {
		out.bullet = true
		return out
	}
	out.label = strings.TrimSpace(placeholder.ReplaceAllStringFunc(lv.text, func(m string) string {
		k := int(m[1] - '1')
		format := l.levels[k].format
		if lv.legal && format != "decimalZero" {
			format = "decimal"
		}
		s, known := formatted(c.at[k], format, lang)
		if !known {
			out.doubtful = format
		}
		return s
	}))
	return out
}

var placeholder = regexp.MustCompile(`%[1-9]`)

// formatted writes a number, also in a format that the file itself describes,
// such as "001, 002, 003, ...".
func formatted(n int, format, lang string) (string, bool) {
	custom, ok := strings.CutPrefix(format, "custom:")
	if !ok {
		return label.FormatIn(n, format, lang)
	}
	first, _, _ := strings.Cut(custom, ",")
	first = strings.TrimSpace(first)
	if len(first) > 9 || strings.Trim(first, "0123456789") != "" || first == "" {
		return strconv.Itoa(n), false
	}
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, len(first)-len(s))) + s, true
}

// symbols that fonts of pictures stand for; others are reported.
var symbols = map[rune]rune{
	0xF0B7: '•', 0xF0A7: '▪', 0xF0D8: '➢', 0xF0FC: '✓', 0xF06F: '□', 0xF0A8: '□', 0xF071: '□', 0xF076: '❖',
	0xF0B0: '°', 0xF0B1: '±', 0xF0A3: '≤', 0xF0B3: '≥', 0xF0B9: '≠', 0xF0AE: '→', 0xF0AC: '←', 0xF02D: '−', 0xF0B4: '×', 0xF0D7: '⋅',
	0xF061: 'α', 0xF062: 'β', 0xF067: 'γ', 0xF064: 'δ', 0xF06D: 'μ', 0xF070: 'π', 0xF053: 'Σ', 0xF044: 'Δ', 0xF057: 'Ω', 0xF0E5: '∑', 0xF0A5: '∞', 0xF0D6: '√',
	0xF0E0: '→', 0xF0DF: '←', 0xF0E8: '➔', 0xF04A: '☺', 0xF028: '☎', 0xF02A: '✉', 0xF0FB: '✗', 0xF0FD: '☒', 0xF0FE: '☑',
}

// symbol is the character that a picture font shows for a code.
func symbol(font string, code rune) (rune, bool) {
	if code < 0x100 && slices.Contains([]string{"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"}, strings.ToLower(font)) {
		code += 0xF000
	}
	if code >= 0xE000 && code <= 0xF8FF {
		r, ok := symbols[code]
		return r, ok
	}
	return code, code > 0
}
