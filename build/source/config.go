package source

import "stele/build/diag"

// Config is the site's settings: site.yaml, or what follows from the files.
type Config struct {
	// Languages in the order of the columns; never empty if there is a text.
	Languages []Language
	// Title, Publisher and Licence by language; nil if not set.
	Title, Publisher, Licence map[string]string
	// BaseURL is absolute and ends in "/"; empty if not set.
	BaseURL string
	// Texts are the names of the texts that come first, in order.
	Texts []string
	// StaleMarks shows readers which passages have not followed a change.
	StaleMarks bool
	// Columns is how many languages show at first; 0 = all.
	Columns int
	// At gives the place of each key that was set ("base-url", "languages.0").
	At map[string]diag.Pos
}

// Language is one language of the site.
type Language struct {
	Lang string // in file names and addresses: "zh"
	Tag  string // BCP 47: "zh-Hans"
	Name string // in the language itself: "中文"
}
