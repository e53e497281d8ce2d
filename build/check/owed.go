package check

import (
	"path"
	"slices"
	"strings"

	"stele/build/diag"
	"stele/build/site"
)

// Owed returns the findings that the editor of one language must see to: those in
// its files, those elsewhere that speak of it as the language that lacks
// something, passages that another language has and this one may lack, and
// passages that nobody has confirmed.
func Owed(l diag.List, lang site.Lang) diag.List {
	var out diag.List
	for _, d := range l {
		if owed(d, lang) {
			out = append(out, d)
		}
	}
	return out
}

func owed(d diag.Diagnostic, lang site.Lang) bool {
	if inFile(d.Pos.Path, lang.Code) {
		return true
	}
	switch d.Code {
	case Unconfirmed:
		// One that is of a single language alone is of no other.
		return !has(d.Phrase, "Language") || names(d.Phrase, "Language", lang)
	case ExtraPassage:
		return true
	case MissingPassage:
		return names(d.Phrase, "Languages", lang)
	case MissingVersion, "missing-language":
		return names(d.Phrase, "Language", lang) || names(d.Phrase, "Languages", lang)
	}
	return names(d.Phrase, "Language", lang) && !inAnyFile(d.Pos.Path)
}

// inFile reports whether a file is a version in the language, by any of the names
// that source takes for one: zh-CN.md, zh_cn.md, index.zh-cn.md, zh-cn.markdown.
func inFile(file, code string) bool {
	name := path.Base(file)
	ext := path.Ext(name)
	if ext != ".md" && ext != ".markdown" {
		return false
	}
	name = strings.TrimSuffix(name, ext)
	name = strings.TrimPrefix(name, "index.")
	return strings.EqualFold(strings.ReplaceAll(name, "_", "-"), code)
}

func inAnyFile(file string) bool { return path.Ext(file) == ".md" || path.Ext(file) == ".markdown" }

func has(p diag.Phrase, name string) bool { return p.Value(name) != nil }

// names reports whether the phrase has the language under the name.
func names(p diag.Phrase, name string, lang site.Lang) bool {
	same := func(s string) bool { return s == lang.Code || s == lang.Tag }
	switch v := p.Value(name).(type) {
	case string:
		return same(v)
	case diag.Languages:
		return slices.ContainsFunc(v, same)
	case diag.Names:
		return slices.ContainsFunc(v, same)
	}
	return false
}

// Debt says how much is owed in a language.
type Debt struct{ Stale, Missing, Unconfirmed, Other int }

// DebtOf sums up what Owed returned.
func DebtOf(l diag.List) Debt {
	var d Debt
	for _, f := range l {
		switch f.Code {
		case Stale:
			d.Stale++
		case MissingPassage:
			d.Missing += number(f.Phrase, "Count", 1)
		case Unconfirmed:
			d.Unconfirmed += number(f.Phrase, "Open", 1)
		default:
			d.Other++
		}
	}
	return d
}

func number(p diag.Phrase, name string, usual int) int {
	if n, ok := p.Value(name).(int); ok {
		return n
	}
	return usual
}
