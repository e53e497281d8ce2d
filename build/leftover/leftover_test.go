package leftover

import "testing"

func TestIs(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		".DS_Store", ".git", ".#ru.md", ".ru.md.swp", "ru.md~", "#ru.md#", "~$text.docx", "ru.md___jb_tmp___",
		"4913", "Thumbs.db", "desktop.ini", "__MACOSX", "a.tmp", "notes.bak", "NOTES.BAK", "x.orig", "y.part", "z.crdownload", ".x.swo",
	} {
		if !Is(name) {
			t.Errorf("%q is not told", name)
		}
	}
	for _, name := range []string{".well-known", "ru.md", "site.yaml", "#1", "tmp", "bak", "part", "a~b", "notes.bak.txt", "49134"} {
		if Is(name) {
			t.Errorf("%q is taken for left behind", name)
		}
	}
}
