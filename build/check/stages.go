package check

import (
	"fmt"
	"slices"

	"stele/build/diag"
	"stele/build/glossary"
	"stele/build/markdown"
	"stele/build/record"
	"stele/build/site"
	"stele/build/source"
	"stele/build/yaml"
)

// Rules are what can be found in the content, each rule once.
type Rules []diag.Rule

// Stage is a package that finds something in the content, and what.
type Stage struct {
	Name  string
	Rules []diag.Rule
}

// Stages are this package and those below it, in the order of docs/handbook/checks/en.md.
// What the conductor finds itself it adds.
func Stages() []Stage {
	return []Stage{
		{"check", Own()},
		{"source", source.Rules},
		{"yaml", yaml.Rules},
		{"markdown", markdown.Rules},
		{"glossary", glossary.Rules},
		{"record", record.Rules},
		{"site", site.Rules},
	}
}

// RulesOf are the rules of the stages.
func RulesOf(stages []Stage) Rules {
	var out Rules
	for _, s := range stages {
		for _, r := range s.Rules {
			if _, known := out.Of(r.Code); !known {
				out = append(out, r)
			}
		}
	}
	return out
}

// Own are the rules of this package.
func Own() []diag.Rule {
	var out []diag.Rule
	for _, r := range rules {
		out = append(out, r.finds...)
	}
	return append(out, waiverRules...)
}

// Of returns the rule with the code.
func (r Rules) Of(code diag.Code) (diag.Rule, bool) {
	for _, x := range r {
		if x.Code == code {
			return x, true
		}
	}
	return diag.Rule{}, false
}

// Title is what the rule finds, in a few words.
func Title(code diag.Code) diag.Phrase { return diag.Say("rule." + string(code)) }

// DocsPath is where the rules are described, each in a section with its code as
// fragment.
const DocsPath = "docs/handbook/checks/en.md"

// Select returns the findings whose code is in only, if it is not empty, and
// not in ignore. A code that no rule has is an UnknownRule.
func (r Rules) Select(l diag.List, only, ignore []diag.Code) (diag.List, error) {
	for _, code := range slices.Concat(only, ignore) {
		if _, ok := r.Of(code); !ok {
			return nil, UnknownRule{code, r.Hint(code)}
		}
	}
	var out diag.List
	for _, d := range l {
		if len(only) > 0 && !slices.Contains(only, d.Code) || slices.Contains(ignore, d.Code) {
			continue
		}
		out = append(out, d)
	}
	return out, nil
}

// UnknownRule is a code that no rule has.
type UnknownRule struct {
	Code diag.Code
	Hint diag.Phrase
}

// Phrase says so, with the nearest code there is.
func (u UnknownRule) Phrase() diag.Phrase {
	return diag.Say("unknown-rule", "Words", string(u.Code), "Hint", u.Hint)
}

func (u UnknownRule) Error() string { return fmt.Sprintf("there is no rule %q", string(u.Code)) }

// Hint names the rule that is likely meant, or where all are described.
func (r Rules) Hint(code diag.Code) diag.Phrase {
	var codes []string
	for _, x := range r {
		codes = append(codes, string(x.Code))
	}
	if h := yaml.Meant(string(code), codes); h.ID != "" {
		return h
	}
	return diag.Say("hint.page")
}
