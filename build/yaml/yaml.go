// Package yaml reads the small YAML of settings, front matter and concepts so
// that whatever is wrong is said at its place in the editor's terms. It walks
// the parsed tree key by key: a reader asks for the keys it knows, and Done
// reports the others. It knows no format of ours.
//
// Less is allowed than YAML allows: one document, text keys, each once, no
// anchors, aliases or merge keys, no tags but the standard ones.
package yaml

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/unicode/norm"

	"stele/build/diag"
	"stele/build/hidden"
)

// Limits of what is read. A file beyond them is refused with a diagnostic.
const (
	MaxBytes = 1 << 20
	MaxDepth = 16
	MaxText  = 4_000 // characters of one text: it may stand on every page
)

// Doc is one YAML document being read.
type Doc struct {
	// Root is the document's mapping; never nil, empty if there is none.
	Root *Map
	// Diags is what was found wrong so far.
	Diags diag.List
	// Unread tells that nothing of it could be read: what is in it is not known.
	Unread bool

	path string
	line int // lines of the file before the document
}

// Open parses data, the part of the file path after its first line lines.
func Open(path string, line int, data string) *Doc {
	d := &Doc{path: path, line: line}
	d.Root = &Map{doc: d, pos: d.at(1, 1)}
	if top := d.top(data); top != nil {
		d.Root = d.mapping(top)
	} else {
		d.Unread = d.Diags.HasErrors()
	}
	return d
}

// top is the mapping that the data is; nil if there is none.
func (d *Doc) top(data string) *yaml.Node {
	if len(data) > MaxBytes {
		d.Diags.Error(d.at(1, 1), TooLarge.As("yaml"), "Max", MaxBytes>>10)
		return nil
	}
	var n yaml.Node // a Node keeps aliases as they are written: nothing is expanded
	if err := yaml.Load([]byte(data), &n); err != nil {
		d.syntax(data, err)
		return nil
	}
	if n.Kind != yaml.DocumentNode || len(n.Content) == 0 || !d.plain(n.Content[0], 0) {
		return nil
	}
	top := n.Content[0]
	if top.Kind == yaml.ScalarNode && top.Tag == "!!null" {
		return nil
	}
	if top.Kind != yaml.MappingNode {
		d.Diags.Error(d.pos(top), WrongType)
		return nil
	}
	return top
}

// syntax reports what the parser could not read.
func (d *Doc) syntax(data string, err error) {
	var e *yaml.LoadError
	if !errors.As(err, &e) {
		d.Diags.Error(d.at(1, 1), YAMLSyntax)
		return
	}
	if strings.Contains(e.Message, "no documents") {
		return
	}
	mark := e.Mark
	said := "line"
	for _, m := range messages {
		if strings.Contains(e.Message, m.part) {
			said = m.said
			if m.atStart && e.ContextMark.Line > 0 {
				mark = e.ContextMark
			}
			break
		}
	}
	if mark.Line == 0 { // more than one document: the parser does not say where
		mark.Line, mark.Column = 1, 1
		for i, l := range strings.Split(data, "\n") {
			if i > 0 && (l == "---" || strings.HasPrefix(l, "--- ")) {
				mark.Line = i + 1
				break
			}
		}
	}
	// An error at the end of the data is on a line that need not exist.
	if last := strings.Count(strings.TrimRight(data, "\n"), "\n") + 1; mark.Line > last {
		mark.Line, mark.Column = last, 1
	}
	d.Diags.Error(d.at(mark.Line, mark.Column), YAMLSyntax.As(said))
}

// messages finds the variant of yaml-syntax for what the parser says.
var messages = []struct {
	part, said string
	atStart    bool // report where the construct begins, not where the parser gave up
}{
	{"mapping values are not allowed", "colon", false},
	{"did not find expected ',' or ']'", "list", true},
	{"did not find expected ',' or '}'", "mapping", true},
	{"unexpected end of stream", "quote", true},
	{"unexpected document indicator", "quote", true},
	{"unknown escape character", "escape", false},
	{"expected single document", "document", false},
	{"cannot start any token", "start", false},
	{"did not find expected key", "indent", false},
	{"could not find expected ':'", "key", true},
	{"did not find expected alphabetic", "sign", true},
	{"unknown anchor", "star", false},
}

// plain refuses anchors, aliases and deep nesting. It returns false if the
// tree must not be read.
func (d *Doc) plain(n *yaml.Node, depth int) bool {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.Diags.Error(d.pos(n), YAMLAlias)
		return false
	}
	if depth > MaxDepth {
		d.Diags.Error(d.pos(n), TooDeep, "Max", MaxDepth)
		return false
	}
	for _, c := range n.Content {
		if !d.plain(c, depth+1) {
			return false
		}
	}
	return true
}

func (d *Doc) at(line, col int) diag.Pos {
	return diag.Pos{Path: d.path, Line: d.line + max(line, 1), Col: max(col, 1)}
}

func (d *Doc) pos(n *yaml.Node) diag.Pos { return d.at(n.Line, n.Column) }

// Map is a mapping: keys with values. Its methods may be called on nil, which
// is a mapping without keys.
type Map struct {
	doc     *Doc
	pos     diag.Pos
	entries []entry
	index   map[string]int // key -> place in entries
	asked   map[string]bool
}

type entry struct {
	key string
	pos diag.Pos
	val *yaml.Node
}

func (d *Doc) mapping(n *yaml.Node) *Map {
	m := &Map{doc: d, pos: d.pos(n), index: map[string]int{}, asked: map[string]bool{}}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			d.Diags.Error(d.pos(k), WrongType.As("key"))
			continue
		}
		key := norm.NFC.String(k.Value)
		if j, ok := m.index[key]; ok {
			twice := diag.Of(diag.Error, d.pos(k), DuplicateKey, "Key", key)
			twice.Related = []diag.Related{{Pos: m.entries[j].pos, Phrase: diag.Say("related.first")}}
			d.Diags = append(d.Diags, twice)
			continue
		}
		m.index[key] = len(m.entries)
		m.entries = append(m.entries, entry{key, d.pos(k), v})
	}
	return m
}

// Pos returns where the mapping begins.
func (m *Map) Pos() diag.Pos {
	if m == nil {
		return diag.Pos{}
	}
	return m.pos
}

// At returns the place of a key, or of the mapping if it has no such key.
func (m *Map) At(key string) diag.Pos {
	if m == nil {
		return diag.Pos{}
	}
	if i, ok := m.index[key]; ok {
		return m.entries[i].pos
	}
	return m.pos
}

// Keys returns the keys in the order of the file. Whoever asks for them knows
// them all: Done then reports none.
func (m *Map) Keys() []string {
	if m == nil {
		return nil
	}
	var keys []string
	for _, e := range m.entries {
		keys = append(keys, e.key)
		m.asked[e.key] = true
	}
	return keys
}

// Get returns the value of a key, or nil if the key is not there, has no value
// or one that is ignored (which is reported once).
func (m *Map) Get(key string) *Value {
	if m == nil {
		return nil
	}
	first := !m.asked[key]
	if m.asked == nil {
		m.asked = map[string]bool{} // of a file without a mapping
	}
	m.asked[key] = true
	i, ok := m.index[key]
	if !ok {
		return nil
	}
	v := &Value{doc: m.doc, node: m.entries[i].val, key: m.entries[i].pos, name: Key(key)}
	if !v.usable(first) {
		return nil
	}
	return v
}

// Key is a key as sentences name it, in the quotation marks of their language.
func Key(key string) diag.Phrase { return diag.Say("key", "Name", diag.Clip(key, diag.Quoted)) }

// Text is Get(key).Text().
func (m *Map) Text(key string) string { return m.Get(key).Text() }

// Done reports the keys that nobody asked for.
func (m *Map) Done() {
	m.DoneBut(func(key string, pos diag.Pos, known []string) {
		m.doc.Diags.Error(pos, UnknownKey.As("listed"), "Key", diag.Clip(key, diag.Quoted), "Keys", diag.Names(known))
	})
}

// DoneBut reports the keys that nobody asked for and that are a slip of one that
// somebody did; the others it gives to foreign, with the keys that are known.
func (m *Map) DoneBut(foreign func(key string, pos diag.Pos, known []string)) {
	if m == nil {
		return
	}
	known := slices.Sorted(maps.Keys(m.asked))
	for _, e := range m.entries {
		if m.asked[e.key] {
			continue
		}
		if n := Nearest(e.key, known); n != "" {
			m.doc.Diags.Error(e.pos, UnknownKey, "Key", diag.Clip(e.key, diag.Quoted), "Meant", n)
		} else {
			foreign(e.key, e.pos, known)
		}
	}
}

// Has reports whether the mapping has the key, whatever its value is.
func (m *Map) Has(key string) bool {
	if m == nil {
		return false
	}
	_, ok := m.index[key]
	return ok
}

// Take notes that the key is known, and calls with its place.
func (m *Map) Take(key string, with func(diag.Pos)) {
	m.asked[key] = true
	with(m.At(key))
}

// Drop takes keys out of the mapping, as if the file did not have them.
func (m *Map) Drop(drop func(key string) bool) {
	if m == nil {
		return
	}
	m.entries = slices.DeleteFunc(m.entries, func(e entry) bool { return drop(e.key) })
	clear(m.index)
	for i, e := range m.entries {
		m.index[e.key] = i
	}
}

// Value is one value. The methods that read it report a value of another type
// and may be called on nil, which is no value.
type Value struct {
	doc  *Doc
	node *yaml.Node
	key  diag.Pos
	name diag.Phrase // for messages, quoted: its key, or the list's
}

// usable reports a value that is missing or that a tag makes unreadable.
func (v *Value) usable(report bool) bool {
	code := YAMLTag
	switch {
	case v.node.Style&yaml.TaggedStyle != 0 && !slices.Contains(standardTags, v.node.Tag):
	case v.node.Kind == yaml.ScalarNode && v.node.Tag == "!!null":
		code = EmptyValue
	default:
		return true
	}
	if report {
		v.doc.Diags.Warn(v.key, code, "Key", v.name, "Tag", diag.Clip(v.node.Tag, diag.Quoted))
	}
	return false
}

var standardTags = []string{"!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!seq", "!!map"}

// Pos returns where the value begins.
func (v *Value) Pos() diag.Pos {
	if v == nil {
		return diag.Pos{}
	}
	return v.doc.pos(v.node)
}

// Error reports that the value is wrong. Beside pairs the phrase can name the
// value's key: {{.Key}}, which is quoted already.
func (v *Value) Error(code diag.Code, pairs ...any) {
	v.doc.Diags.Error(v.Pos(), code, append([]any{"Key", v.name}, pairs...)...)
}

// Warn reports that the value is doubtful; see Error.
func (v *Value) Warn(code diag.Code, pairs ...any) {
	v.doc.Diags.Warn(v.Pos(), code, append([]any{"Key", v.name}, pairs...)...)
}

// IsText reports whether the value is a text, not a list or a mapping.
func (v *Value) IsText() bool { return v != nil && v.node.Kind == yaml.ScalarNode }

// Text returns the value as one line of text: white space folded, in NFC.
func (v *Value) Text() string { return strings.Join(strings.FieldsFunc(v.Raw(), space), " ") }

func space(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }

// Raw returns the value's text as it is, in NFC; numbers and dates as written.
func (v *Value) Raw() string {
	if v == nil {
		return ""
	}
	if v.node.Kind != yaml.ScalarNode {
		v.Error(WrongType.As("text"))
		return ""
	}
	for _, r := range hidden.In(v.node.Value) {
		v.Error(BadCharacter.As("key"), "Character", fmt.Sprintf("%04X", r))
		return ""
	}
	if n := utf8.RuneCountInString(v.node.Value); n > MaxText {
		v.Error(TooLong, "Count", n, "Max", MaxText)
		return ""
	}
	return norm.NFC.String(v.node.Value)
}

// Bool returns a yes-or-no value, or def without one.
func (v *Value) Bool(def bool) bool {
	if v == nil {
		return def
	}
	switch v.node.Value {
	case "true":
		return true
	case "false":
		return false
	}
	v.Error(WrongType.As("bool"))
	return def
}

// Int returns a whole number from lo to hi, or def without one.
func (v *Value) Int(def, lo, hi int) int {
	if v == nil {
		return def
	}
	n, err := strconv.Atoi(v.node.Value)
	if err != nil || v.node.Kind != yaml.ScalarNode || n < lo || n > hi {
		v.Error(BadValue.As("number"), "Low", lo, "High", hi)
		return def
	}
	return n
}

// Choice returns one of the words, or def if there is no value.
func (v *Value) Choice(def string, words ...string) string {
	if v == nil {
		return def
	}
	s := v.Text()
	if slices.Contains(words, s) || s == "" && !v.IsText() {
		return s
	}
	v.Error(BadValue, "Value", diag.Clip(s, diag.Quoted), "Choices", diag.Names(words), "Hint", Meant(s, words))
	return def
}

// Date returns a year, a month (day 0) or a day; all 0 if there is none.
func (v *Value) Date() (year, month, day int) {
	if v == nil {
		return 0, 0, 0
	}
	year, month, day, ok := ParseDate(v.Text())
	if !ok && v.IsText() {
		v.Error(BadDate, "Value", diag.Clip(v.Text(), diag.Quoted))
	}
	return year, month, day
}

// Day returns a date as YYYY-MM-DD, or "" if there is none.
func (v *Value) Day() string {
	if v == nil {
		return ""
	}
	s := v.Text()
	if _, _, d, ok := ParseDate(s); ok && d > 0 {
		return s
	}
	if v.IsText() {
		v.Error(BadDate.As("day"), "Value", diag.Clip(s, diag.Quoted))
	}
	return ""
}

// DayOf is Day for a value that may have the time of the day behind it, which is
// not read.
func (v *Value) DayOf() string {
	if v.IsText() {
		if s := v.Text(); len(s) > len("2006-01-02") && strings.ContainsRune("T t", rune(s[10])) {
			if _, _, d, ok := ParseDate(s[:10]); ok && d > 0 {
				return s[:10]
			}
		}
	}
	return v.Day()
}

// Plain is the value's text as it stands, unchecked; empty for a list or a mapping.
func (v *Value) Plain() string {
	if !v.IsText() {
		return ""
	}
	return v.node.Value
}

// ParseDate reads YYYY, YYYY-MM or YYYY-MM-DD and reports whether there is
// such a date. Parts that are not given are 0; so are all if it is none.
func ParseDate(s string) (year, month, day int, ok bool) {
	parts := strings.Split(s, "-")
	if len(parts) > 3 {
		return 0, 0, 0, false
	}
	var n [3]int
	for i, p := range parts {
		if len(p) != [...]int{4, 2, 2}[i] {
			return 0, 0, 0, false
		}
		for _, c := range []byte(p) {
			if c < '0' || c > '9' {
				return 0, 0, 0, false
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	y, m, d := n[0], n[1], n[2]
	switch {
	case y == 0, len(parts) > 1 && (m < 1 || m > 12), len(parts) > 2 && (d < 1 || d > days(y, m)):
		return 0, 0, 0, false
	}
	return y, m, d, true
}

func days(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Map returns the value as a mapping, or nil if there is none.
func (v *Value) Map() *Map {
	if v == nil {
		return nil
	}
	if v.node.Kind != yaml.MappingNode {
		v.Error(WrongType.As("map"))
		return nil
	}
	return v.doc.mapping(v.node)
}

// IsMap reports whether the value is a mapping.
func (v *Value) IsMap() bool { return v != nil && v.node.Kind == yaml.MappingNode }

// List returns the value's items; a single text is a list of one.
func (v *Value) List() []*Value {
	if v == nil {
		return nil
	}
	switch v.node.Kind {
	case yaml.ScalarNode:
		return []*Value{v}
	case yaml.SequenceNode:
		var items []*Value
		for _, n := range v.node.Content {
			item := &Value{doc: v.doc, node: n, key: v.doc.pos(n), name: diag.Say("key-entry", "Key", v.name)}
			if item.usable(true) {
				items = append(items, item)
			}
		}
		return items
	}
	v.Error(WrongType.As("list"))
	return nil
}

// Texts returns a list of texts.
func (v *Value) Texts() []string {
	var out []string
	for _, item := range v.List() {
		if s := item.Text(); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Local returns a text by language; a single text is kept under "".
func (v *Value) Local() map[string]string {
	if v == nil {
		return nil
	}
	if v.IsText() {
		return map[string]string{"": v.Text()}
	}
	m := v.Map()
	var out map[string]string
	for _, k := range m.Keys() {
		if s := m.Text(k); s != "" {
			if out == nil {
				out = map[string]string{}
			}
			out[k] = s
		}
	}
	return out
}

// Nearest returns the word that s is most likely a slip of, or "". Of two as
// near, it is the one that sorts first.
func Nearest(s string, words []string) string {
	if len(s) > 64 {
		return ""
	}
	a := []rune(s)
	far := max(1, min(len(a)/3, 3)) + 1
	best, at := far, ""
	for _, w := range words {
		b := []rune(w)
		if len(b) >= len(a)+far || len(a) >= len(b)+far {
			continue // as many letters at least would have to be inserted
		}
		if d := distance(a, b); d < best || d == best && d < far && w < at {
			best, at = d, w
		}
	}
	return at
}

// Meant is the phrase that proposes the nearest of the words, if one is near; it
// stands at the end of another.
func Meant(s string, words []string) diag.Phrase {
	if n := Nearest(s, words); n != "" {
		return diag.Say("hint.meant", "Word", n)
	}
	return diag.Phrase{}
}

// distance counts the letters to insert, remove, replace or swap.
func distance(a, b []rune) int {
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if unicode.ToLower(a[i-1]) == unicode.ToLower(b[j-1]) {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}
