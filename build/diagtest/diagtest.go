// Package diagtest words findings for tests as editors read them, in English.
package diagtest

import (
	"strings"

	"stele/build/diag"
	"stele/i18n"
)

// English are the sentences that findings are told in.
func English() diag.Words {
	m, err := i18n.Editors()
	if err != nil {
		panic(err) // the built-in sentences cannot be read
	}
	return m.UI("en")
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
