// Package markdown turns one language version of a text into a document of
// blocks. It is the only package that knows how Markdown is parsed.
package markdown

import (
	"stele/build/diag"
	"stele/build/doc"
	"stele/build/source"
)

// Parse parses the file: front matter, then blocks in the order of the file.
// The document is never nil; what is wrong is in the list. It depends on
// nothing but the file, and may be called concurrently.
//
//   - The Text pieces of a block put together are exactly its Text.
//   - Markup pieces are balanced within a block and hold no text of the file.
//   - Raw HTML is never passed on: it is shown as text, with a warning. Comments
//     are left out; those that accept a finding are in Document.Waivers.
//   - [[id]] is a LinkOpen "concept:id" directly followed by its LinkClose: the
//     concept's name belongs between. [[id|text]] has the text between.
//   - A LinkOpen's Dest and an Image's Dest are relative, or of the schemes http,
//     https, mailto and tel; an Image's is relative.
func Parse(f source.File) (*doc.Document, diag.List) {
	panic("TODO")
}
