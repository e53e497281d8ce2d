// Package skeleton holds the samples that a new site, text or concept begins
// with: for each language that has them, a file of each model and its words in
// words.yaml. A language without any is given the English ones.
package skeleton

import "embed"

// Files are the samples.
//
//go:embed about declaration text words.yaml
var Files embed.FS
