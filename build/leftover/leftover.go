// Package leftover is the rule of files that nobody wrote: what editors and
// systems leave beside the files they save. They are neither read, published
// nor watched, wherever they stand.
package leftover

import "strings"

// Is reports whether a file or folder of the name was left behind. Names that
// begin with a dot are, but for the folder .well-known, which sites publish.
func Is(name string) bool {
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(name, "."):
		return name != ".well-known"
	case strings.HasSuffix(name, "~"), // Emacs, Vim and others
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"), // Emacs
		strings.HasPrefix(name, "~$"),                                // Word
		strings.Contains(name, "___jb_"):                             // JetBrains
		return true
	}
	switch lower {
	case "4913", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r", "$recycle.bin", "system volume information", "lost+found", "@eadir":
		// 4913: Vim tries whether it can write
		return true
	}
	for _, ext := range []string{".tmp", ".swp", ".swo", ".bak", ".orig", ".part", ".crdownload"} {
		if strings.HasSuffix(lower, ext) {
			return true
		}
	}
	return false
}
