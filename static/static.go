// Package static holds the files that are published as they are.
package static

import "embed"

// Files are the built-in ones.
//
//go:embed _headers serve.json
var Files embed.FS
