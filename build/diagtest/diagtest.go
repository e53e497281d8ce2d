// Package diagtest words findings for tests as editors read them, in English.
package diagtest

import (
	"fmt"
	"strings"

	"stele/build/diag"
	"stele/i18n"
)

// English are the sentences that findings are told in. A sentence that does not
// exist, or has a place that the finding does not fill, panics.
func English() diag.Words {
	m, err := i18n.Editors()
	if err != nil {
		panic(err) // the built-in sentences cannot be read
	}
	return strict{m.UI(i18n.Fallback)}
}

type strict struct{ *i18n.UI }

func (s strict) T(id string, pairs ...any) string {
	said, err := s.Err(id, pairs...)
	if err != nil || strings.Contains(said, "<no value>") {
		panic(fmt.Sprintf("%s %q: %s, %v", id, pairs, said, err))
	}
	return said
}

// Text is the list with a finding on each line, as the command prints it.
func Text(l diag.List) string {
	w := English()
	var b strings.Builder
	for _, d := range l {
		b.WriteString(d.Text(w) + "\n")
	}
	return b.String()
}
