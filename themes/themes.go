// Package themes holds the built-in theme: layouts (html/template) and assets
// (style sheet, script, icon). It is data; package render gives it meaning.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed all:default
var files embed.FS

// Default returns the built-in theme, with layouts/ and assets/ at its root.
func Default() fs.FS {
	sub, err := fs.Sub(files, "default")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}
