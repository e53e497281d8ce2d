// Package source finds the files of a content folder and reads them: texts by
// folder and language, the glossary's files, the site's settings and the names
// of everything else. What it hands on is valid, visible, normalised Unicode;
// what is not it refuses with the place. It does not know what the files mean.
package source

// File is one content file as it was read. Data is valid UTF-8 in NFC, its
// lines end in "\n", without a byte order mark; places refer to it.
type File struct {
	Path string // relative to the content folder, with slashes
	Text string // the folder that names the text; empty for other files
	Lang string // the language as the file's name says it: "zh"
	Tag  string // its BCP 47 tag for lang attributes: "zh-Hans"
	Data string
}

// Text is one folder of language versions.
type Text struct {
	// Name is the folder, relative to the content folder, with slashes.
	Name string
	// Slug is Name made safe for addresses; usually the same.
	Slug string
	// Files holds the versions there are, in the order of Config.Languages.
	Files []File
	// Record is the text's alignment.tsv; nil without one.
	Record *File
}

// Tree is everything found in a content folder.
type Tree struct {
	Config Config
	// Texts in the order of Config.Texts, then by name.
	Texts []Text
	// Concepts are the glossary's files, by path.
	Concepts []File
	// Others are the paths of all other regular files (images …), sorted.
	// Whether one is published is for those to say who refer to it.
	Others []string
}
