// Package search makes the index that readers search a site by, as small files
// that a page loads as plain scripts, and answers queries itself by the same
// rules, which is what the script of the theme is tested against.
//
// # What is found
//
// The unit is the passage, in all its languages. A query is cut into words; all
// of them must be in the passage, in one language or another. Words match by
// their stem where the language has one (Russian, English), and as they are
// elsewhere; what is written without spaces matches exactly, character by
// character. Case, ё and е, full-width forms, quotation marks, apostrophes and
// hyphens make no difference. Words in quotation marks, and words joined by a
// hyphen or written together with characters, must follow each other.
// Numbers and dates match in whatever notation they are written. A query that
// is the name of a concept, in any language, finds every passage that names the
// concept in any other.
//
// # Files
//
// The index narrows a query down to candidates and never decides: every hit is
// verified against the text, which comes in shards of its own. A language whose
// texts are short has no index at all; its shards are read through. See
// docs/search.md for the format.
//
// The package is pure: it reads a site and returns values. It knows nothing of
// HTML, of files or of the network.
package search
