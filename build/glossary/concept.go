// Package glossary holds the concepts of an edition: what each is called in
// every language, what it is, and how its names are found in a text. It knows
// files only as bytes with a path, and texts only as strings.
package glossary

import (
	"cmp"
	"fmt"
	"slices"

	"stele/build/diag"
)

// Concept is one entry of the glossary: one thing with its names in all
// languages. It is not changed after it was parsed.
type Concept struct {
	// ID is the file's name without ".yaml"; unique over the whole glossary.
	ID string
	// Aliases are ids that it had before, each at At["aliases.0"] …
	Aliases []string
	// Group is the folder below glossary/ that the file stands in ("bodies",
	// "places/asia"); empty for a file directly in glossary/.
	Group string
	// Class is one of Classes or a word that the site's settings name; empty if
	// the file does not say.
	Class    Class
	ClassPos diag.Pos
	// Names holds, per language, the names in the order of the file. A
	// language with a key has at least one name.
	Names map[string][]Name
	// Definition says in one to three sentences what the concept is.
	Definition Local
	// Source says where the definition's facts come from.
	Source Local
	// Facts in the order of FactKeys; each key at most once.
	Facts []Fact
	// Parent is the id of the body or treaty that this one belongs to, or empty.
	Parent  string
	Related []string // ids, in the order of the file
	// Sort holds, per language, what the concept is sorted by instead of its
	// preferred name.
	Sort  map[string]string
	Notes []Note
	// Path is the file, relative to the content folder.
	Path string
	// At gives the place of each key that was set: "parent", "names.ru",
	// "related.0" …
	At map[string]diag.Pos
}

// Class says what kind of thing a concept is.
type Class string

const (
	Body      Class = "body"      // an organ, organisation or state structure
	Standing  Class = "status"    // a standing that a state or body can have
	Treaty    Class = "treaty"    // an agreement between states
	Document  Class = "document"  // a strategy, programme, declaration …
	Principle Class = "principle" // a maxim that the text appeals to
	Notion    Class = "notion"    // any other term
)

// Classes lists the classes that need not be named in the settings.
var Classes = []Class{Body, Standing, Treaty, Document, Principle, Notion}

// Name is one name of a concept in one language.
type Name struct {
	Text        string
	Kind        NameKind
	Status      NameStatus
	Reliability Reliability
	// Source says where the name is confirmed.
	Source string
	// Forms are further forms as they stand in a text.
	Forms []string
	// Since and Until say when the name was in use, where the file does: it is
	// looked for in texts of that time only.
	Since, Until Date
	// Hidden names (find: false) are shown on the concept's page but not
	// looked for in texts.
	Hidden bool
	Pos    diag.Pos
}

// NameKind says how a name relates to the full name.
type NameKind string

const (
	Full         NameKind = "full"
	Short        NameKind = "short"
	Abbreviation NameKind = "abbreviation"
	Variant      NameKind = "variant"
)

// NameStatus says whether a name should be used.
type NameStatus string

const (
	Preferred  NameStatus = "preferred" // exactly one in each language
	Admitted   NameStatus = "admitted"
	Deprecated NameStatus = "deprecated"
	Superseded NameStatus = "superseded"
)

// Reliability says how sure a name is.
type Reliability string

const (
	Confirmed     Reliability = "confirmed"
	FromKnowledge Reliability = "from-knowledge"
	// Unrated is a name whose file does not say.
	Unrated Reliability = ""
)

// Local is a text in several languages. A text that is the same for all is
// kept under the empty language.
type Local map[string]string

// In returns the text for the language, or the one for all languages, or "".
func (l Local) In(lang string) string {
	if s, ok := l[lang]; ok {
		return s
	}
	return l[""]
}

// Fact is one dated or worded fact. Dated keys set Date (and To for a period),
// worded keys set Text.
type Fact struct {
	Key  FactKey
	Date Date
	To   Date // the end of a period
	Text Local
	Pos  diag.Pos
}

// FactKey names a fact as the files write it.
type FactKey string

const (
	Founded FactKey = "founded"
	Adopted FactKey = "adopted"
	Signed  FactKey = "signed"
	Opened  FactKey = "opened"
	InForce FactKey = "in-force"
	Ended   FactKey = "ended"
	Period  FactKey = "period"
	Place   FactKey = "place"
	Title   FactKey = "title"
	Parties FactKey = "parties"
)

// FactKeys lists every key in the order in which facts are shown.
var FactKeys = []FactKey{Title, Founded, Adopted, Signed, Opened, InForce, Ended, Period, Place, Parties}

// Date is a day, a month (Day 0) or a year (Month 0). The zero Date is no date.
type Date struct{ Year, Month, Day int }

// String formats the date as YYYY, YYYY-MM or YYYY-MM-DD; no date as "".
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare orders dates; a year comes before its months, a month before its days.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Note is a dated remark on what happened after the text was written.
type Note struct {
	Date   Date
	Text   Local
	Source Local
	Pos    diag.Pos
}

// NamedAs reports whether texts name both concepts alike: the ids are the same, the
// former ones too, and so is in the languages all that a name is found by.
func (c *Concept) NamedAs(o *Concept, codes []string) bool {
	if c == o {
		return true
	}
	if c.ID != o.ID || !slices.Equal(c.Aliases, o.Aliases) {
		return false
	}
	for _, code := range codes {
		if !slices.EqualFunc(c.Names[code], o.Names[code], func(n, m Name) bool {
			return n.Text == m.Text && n.Kind == m.Kind && n.Status == m.Status && slices.Equal(n.Forms, m.Forms) &&
				n.Since == m.Since && n.Until == m.Until && n.Hidden == m.Hidden
		}) {
			return false
		}
	}
	return true
}

// Preferred returns the concept's preferred name in the language.
func (c *Concept) Preferred(lang string) (Name, bool) {
	for _, n := range c.Names[lang] {
		if n.Status == Preferred {
			return n, true
		}
	}
	return Name{}, false
}

// Fact returns the fact with the key.
func (c *Concept) Fact(key FactKey) (Fact, bool) {
	for _, f := range c.Facts {
		if f.Key == key {
			return f, true
		}
	}
	return Fact{}, false
}
