package source

import "stele/build/diag"

// IsLanguage reports whether name is a language as a text's files are named
// after it: "ru", "zh", "pt-BR".
func IsLanguage(name string) bool { return langFault(name).ID == "" }

// Clean turns the bytes of one file that belongs to no content folder into
// text, as Read does: checked, in NFC, with "\n" line ends.
func Clean(path string, raw []byte) (string, diag.List) { return decode(path, raw) }
