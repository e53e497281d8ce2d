package check

import (
	"stele/build/diag"
)

// Rule is one thing that can be found in the content.
type Rule struct {
	// Code is the stable name, with a section of docs/checks.md.
	Code diag.Code
	// Severity is the usual one; a rule may speak more softly where a version's
	// wording is not the editors' own.
	Severity diag.Severity
	// Title says in a few words what is found.
	Title string
	// Stages are the packages that report it.
	Stages []string
}

// RuleOf returns the rule with the code.
func RuleOf(code diag.Code) (Rule, bool) {
	for _, r := range Rules {
		if r.Code == code {
			return r, true
		}
	}
	return Rule{}, false
}

// DocsPath is where the rules are described, each in a section with its code as
// fragment.
const DocsPath = "docs/checks.md"

// Rules are all rules there are, those of the other stages too, in the order of
// docs/checks.md. It is not to be changed.
var Rules = []Rule{
	{"missing-version", diag.Note, "A text lacks a language", []string{"check"}},
	{"missing-passage", diag.Warning, "A passage is missing in a language", []string{"check"}},
	{"extra-passage", diag.Warning, "A passage stands in one language only", []string{"check"}},
	{"low-confidence", diag.Warning, "The alignment is not certain", []string{"check", "record"}},
	{"heading-level-differs", diag.Warning, "A heading's level differs between languages", []string{"check"}},
	{"list-differs", diag.Warning, "Lists differ between languages", []string{"check"}},
	{"empty-target", diag.Warning, "There is nothing to read", []string{"check"}},
	{"same-as-source", diag.Warning, "A passage was left in another language", []string{"check"}},
	{"language-script", diag.Warning, "A passage is written in another script", []string{"check"}},
	{"length-ratio", diag.Warning, "A passage is unusually long or short", []string{"check"}},
	{"stale", diag.Warning, "A language has not followed a change", []string{"check"}},
	{"changed", diag.Note, "A passage changed since it was confirmed", []string{"check"}},
	{"unconfirmed", diag.Note, "Passages were never confirmed", []string{"check"}},
	{"not-recorded", diag.Note, "A text has no record", []string{"check"}},
	{"number-differs", diag.Warning, "A number differs between languages", []string{"check"}},
	{"date-differs", diag.Warning, "A date differs between languages", []string{"check"}},
	{"code-differs", diag.Warning, "A code differs between languages", []string{"check"}},
	{"abbreviation-unexplained", diag.Note, "An abbreviation is never explained", []string{"check"}},
	{"inconsistent-translation", diag.Warning, "The same words are translated in two ways", []string{"check"}},
	{"term-missing", diag.Warning, "A concept is named in the other languages only", []string{"check"}},
	{"deprecated-term", diag.Warning, "A name that should not be used", []string{"check"}},
	{"unused-concept", diag.Note, "A concept is named nowhere", []string{"check"}},
	{"ambiguous-term", diag.Warning, "Two concepts share a name", []string{"check"}},
	{"no-definition", diag.Note, "A concept has no definition", []string{"check"}},
	{"unpaired-bracket", diag.Warning, "A bracket has no partner", []string{"check"}},
	{"unpaired-quote", diag.Warning, "A quotation mark has no partner", []string{"check"}},
	{"quote-style", diag.Warning, "Quotation marks of another language", []string{"check"}},
	{"repeated-word", diag.Warning, "A word is typed twice", []string{"check"}},
	{"double-space", diag.Warning, "A space too many", []string{"check"}},
	{"edge-space", diag.Warning, "A space at an edge", []string{"check"}},
	{"space-before-punctuation", diag.Warning, "A space before a punctuation mark", []string{"check"}},
	{"half-width-punctuation", diag.Warning, "Latin punctuation among Chinese characters", []string{"check"}},
	{"full-width", diag.Warning, "Full-width characters among letters", []string{"check"}},
	{"hyphen-for-dash", diag.Warning, "A hyphen where a dash belongs", []string{"check"}},
	{"yo-inconsistent", diag.Note, "ё is written in places only", []string{"check"}},
	{"mixed-script", diag.Warning, "A word in two scripts", []string{"check"}},
	{"image-alt", diag.Warning, "An image has no alternative text", []string{"check"}},
	{"link-text", diag.Warning, "A link says nothing", []string{"check"}},
	{"waiver-without-reason", diag.Warning, "A waiver says no reason", []string{"check"}},
	{"waiver-unknown", diag.Warning, "A waiver names no rule that can be waived", []string{"check"}},
	{"waiver-unused", diag.Warning, "A waiver accepts nothing", []string{"check"}},
	{"address", diag.Warning, "A name that cannot stand in an address", []string{"source"}},
	{"encoding", diag.Error, "A file that is not UTF-8", []string{"source"}},
	{"bad-character", diag.Error, "An invisible or forbidden character", []string{"source", "yaml", "markdown"}},
	{"empty-file", diag.Warning, "A file without text", []string{"source", "markdown"}},
	{"file-name", diag.Warning, "A file whose name says no language", []string{"source"}},
	{"folder-named-md", diag.Warning, "A folder with a file's name", []string{"source"}},
	{"name-collision", diag.Error, "Two names that some systems take for one", []string{"source"}},
	{"bad-name", diag.Error, "A file name that cannot be an id", []string{"source", "glossary"}},
	{"not-a-file", diag.Warning, "Neither file nor folder", []string{"source"}},
	{"no-texts", diag.Error, "There are no texts", []string{"source"}},
	{"too-large", diag.Error, "A file that is too large", []string{"source", "yaml"}},
	{"large-file", diag.Warning, "A large image or other file", []string{"source"}},
	{"too-many-languages", diag.Error, "Too many languages", []string{"source"}},
	{"too-many-files", diag.Error, "Too many files", []string{"source"}},
	{"too-deep", diag.Error, "Nested too deep", []string{"source", "yaml"}},
	{"unreadable", diag.Error, "A file or folder that cannot be read", []string{"source"}},
	{"unknown-text", diag.Error, "`site.yaml` names a text that is not there", []string{"source"}},
	{"bad-language", diag.Error, "Not a language tag", []string{"source"}},
	{"yaml-syntax", diag.Error, "A file that cannot be read as YAML", []string{"yaml"}},
	{"yaml-alias", diag.Error, "An alias in YAML", []string{"yaml"}},
	{"yaml-tag", diag.Warning, "A tag in YAML", []string{"yaml"}},
	{"empty-value", diag.Warning, "A key without a value", []string{"yaml"}},
	{"unknown-key", diag.Error, "A key that has no meaning", []string{"yaml"}},
	{"duplicate-key", diag.Error, "A key given twice", []string{"yaml"}},
	{"duplicate-entry", diag.Error, "An entry given twice in a list", []string{"glossary", "source"}},
	{"missing-key", diag.Error, "A key that must be there", []string{"glossary", "source"}},
	{"wrong-type", diag.Error, "A value of the wrong kind", []string{"yaml", "glossary"}},
	{"bad-value", diag.Error, "A value that is not one of those possible", []string{"yaml", "source", "build"}},
	{"too-long", diag.Error, "A text that is too long", []string{"yaml", "glossary", "markdown"}},
	{"bad-date", diag.Error, "Not a date", []string{"yaml", "glossary"}},
	{"front-matter", diag.Error, "The front matter is not closed", []string{"markdown"}},
	{"lang-mismatch", diag.Error, "`lang` is not the language of the file's name", []string{"markdown"}},
	{"bad-slug", diag.Error, "A slug that cannot be an address", []string{"markdown", "site"}},
	{"duplicate-concept", diag.Error, "Two concepts with one id", []string{"glossary"}},
	{"unknown-concept", diag.Error, "A concept that does not exist", []string{"glossary", "site"}},
	{"parent-cycle", diag.Error, "A concept that belongs to itself", []string{"glossary"}},
	{"two-preferred", diag.Error, "Two preferred names in a language", []string{"glossary"}},
	{"no-preferred", diag.Error, "No preferred name in a language", []string{"glossary"}},
	{"too-many-names", diag.Error, "Too many names of a concept", []string{"glossary"}},
	{"bad-layout", diag.Error, "A layout of a theme that cannot be read", []string{"build"}},
	{"bad-messages", diag.Error, "Words of the interface that cannot be used", []string{"build"}},
	{"unknown-class", diag.Error, "A class that nobody named", []string{"glossary"}},
	{"unknown-group", diag.Warning, "`site.yaml` names a group that has no concepts", []string{"glossary"}},
	{"class-folder", diag.Warning, "A concept in the wrong folder", []string{"glossary"}},
	{"missing-language", diag.Warning, "A language is missing", []string{"glossary", "source", "build"}},
	{"unknown-language", diag.Warning, "A language the site does not have", []string{"glossary", "source"}},
	{"raw-html", diag.Warning, "HTML in a text", []string{"markdown"}},
	{"unsafe-link", diag.Warning, "A link that is left out", []string{"markdown"}},
	{"bad-link", diag.Error, "An address that cannot be read", []string{"markdown"}},
	{"external-image", diag.Warning, "An image from another site", []string{"markdown"}},
	{"bad-concept", diag.Warning, "Not a concept's id in `[[…]]`", []string{"markdown"}},
	{"bad-id", diag.Warning, "Not an id after a heading", []string{"markdown"}},
	{"heading-attribute", diag.Warning, "Something else than an id after a heading", []string{"markdown"}},
	{"empty-heading", diag.Warning, "A heading without text", []string{"markdown"}},
	{"duplicate-id", diag.Error, "Two headings with one id", []string{"markdown"}},
	{"undefined-footnote", diag.Warning, "A footnote that is not there", []string{"markdown"}},
	{"duplicate-footnote", diag.Error, "Two footnotes with one name", []string{"markdown"}},
	{"unused-footnote", diag.Warning, "A footnote nothing refers to", []string{"markdown"}},
	{"duplicate-reference", diag.Warning, "A reference defined twice", []string{"markdown"}},
	{"unused-reference", diag.Warning, "A reference no link uses", []string{"markdown"}},
	{"bad-waiver", diag.Warning, "A waiver that cannot be read", []string{"markdown"}},
	{"too-many-waivers", diag.Error, "Too many waivers in one file", []string{"markdown"}},
	{"long-block", diag.Warning, "A passage too long to be cited", []string{"markdown"}},
	{"too-many-blocks", diag.Error, "Too many passages in one file", []string{"markdown"}},
	{"too-many-marks", diag.Error, "Too many marks in one paragraph", []string{"markdown"}},
	{"too-nested", diag.Error, "Lists or quotations nested too deep", []string{"markdown"}},
	{"table-too-large", diag.Error, "A table too large", []string{"markdown"}},
	{"record-damaged", diag.Error, "A line of `alignment.tsv` that cannot be read", []string{"record"}},
	{"address-collision", diag.Error, "Two pages with one address", []string{"site", "build"}},
	{"address-changed", diag.Warning, "An address with characters that some hosts cannot serve", []string{"site"}},
	{"reserved-address", diag.Error, "An address of the site itself", []string{"site"}},
	{"slug-differs", diag.Error, "Languages with different slugs", []string{"site"}},
	{"layout-differs", diag.Error, "Languages with different layouts", []string{"site"}},
	{"heading-id-differs", diag.Warning, "Languages with different heading ids", []string{"site"}},
	{"dead-link", diag.Error, "A link that leads nowhere", []string{"site"}},
	{"dead-fragment", diag.Error, "A link to a place that is not there", []string{"site"}},
	{"file-kind", diag.Error, "A link to a file of a kind that is not published", []string{"site"}},
	{"dead-image", diag.Error, "An image that is not there", []string{"site"}},
}
