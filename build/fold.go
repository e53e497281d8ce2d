package build

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stele/build/diag"
)

// folded joins findings that say one thing again and again. Collections that
// were written for another program have the same mark in every file, and those of
// many languages the same lack in each: told one by one, they hide what else is
// wrong. What was found is told at the first place, with how often it was.
//
// Nothing is left out: a kind is joined only if it has more findings than told
// one by one would be read.
func folded(l diag.List) diag.List {
	groups := map[string][]int{}
	for i := range l {
		if key := foldKey(&l[i]); key != "" {
			groups[key] = append(groups[key], i)
		}
	}
	drop := make([]bool, len(l))
	out := slices.Clone(l)
	for _, all := range groups {
		if len(all) < leastFolded(&l[all[0]]) {
			continue
		}
		first := slices.MinFunc(all, func(a, b int) int { return cmp.Or(l[a].Pos.Compare(l[b].Pos), cmp.Compare(a, b)) })
		for _, i := range all {
			drop[i] = i != first
		}
		out[first] = foldInto(&l[first], l, all)
	}
	var left diag.List
	for i, d := range out {
		if !drop[i] {
			left = append(left, d)
		}
	}
	return left
}

// foldKey is what findings have in common that are joined; empty for what is
// told by itself.
func foldKey(d *diag.Diagnostic) string {
	said := d.Phrase.ID
	value := func(name string) string { return fmt.Sprint(d.Phrase.Value(name)) }
	switch said {
	case "unknown-key.foreign", "unknown-key.value":
		return said + "\x00" + value("Key") + d.Severity.String()
	case "front-matter.read":
		return said + "\x00" + value("Notation") + d.Severity.String()
	case "missing-language":
		return said + "\x00" + value("Languages") + d.Severity.String()
	case "raw-html", "raw-html.alone":
		return "raw-html\x00" + d.Pos.Path + d.Severity.String()
	case "unsafe-link.link", "unsafe-link.image", "unsafe-link":
		return said + "\x00" + d.Severity.String()
	case "bad-drawing.left":
		return said + "\x00" + value("Left") + d.Severity.String()
	case "external-image", "bad-character.omitted", "unused-reference":
		return said + "\x00" + d.Pos.Path + d.Severity.String()
	case "abbreviation-unexplained", "edge-space", "double-space":
		return string(d.Code) + "\x00" + d.Pos.Path + d.Severity.String()
	case "dead-link", "dead-link.slash", "dead-fragment", "dead-image":
		if d.Severity == diag.Error {
			return "" // each is to be mended
		}
		return said + "\x00" + value("Address") + value("Text") + value("Path") + d.Severity.String()
	case "missing-language.interface", "missing-language.forms":
		return said + "\x00" + value("Instead") + value("Forms") + d.Severity.String()
	}
	return ""
}

// leastFolded is how many findings of a kind are joined at least.
func leastFolded(d *diag.Diagnostic) int {
	switch d.Phrase.ID {
	case "missing-language":
		return 5
	case "abbreviation-unexplained", "edge-space", "double-space":
		return 10
	case "raw-html", "raw-html.alone", "external-image", "unsafe-link", "unsafe-link.link", "unsafe-link.image", "unused-reference",
		"bad-character.omitted", "dead-link", "dead-link.slash", "dead-fragment", "dead-image":
		return 3
	}
	return 2
}

// foldInto is the finding that stands for all.
func foldInto(first *diag.Diagnostic, l diag.List, all []int) diag.Diagnostic {
	d := *first
	files := map[string]bool{}
	times := 0
	var tags []string
	for _, i := range all {
		files[l[i].Pos.Path] = true
		times++
		if s, ok := l[i].Phrase.Value("Language").(string); ok {
			tags = append(tags, s)
		}
	}
	d.Phrase = diag.Say("folded", "Phrase", first.Phrase, "Times", times, "Files", len(files))
	switch first.Phrase.ID {
	case "missing-language.interface", "missing-language.forms":
		d.Phrase = diag.Say(first.Phrase.ID+"-many", append(slices.Clone(first.Phrase.Args), "Languages", diag.Names(tags))...)
	case "missing-language":
		d.Phrase = diag.Say("missing-language.texts", append(slices.Clone(first.Phrase.Args), "Texts", len(files), "First", strings.TrimSuffix(first.Pos.Path, "/"))...)
	}
	return d
}
