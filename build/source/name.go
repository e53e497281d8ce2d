package source

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"stele/build/diag"
	"stele/build/hidden"
)

// devices are names that Windows gives to devices, whatever their extension.
var devices = []string{
	"con", "prn", "aux", "nul",
	"com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// NameFault says why a file or a folder cannot have the name, in a phrase
// that follows the name; the zero Phrase if it can.
func NameFault(name string) diag.Phrase {
	if !utf8.ValidString(name) {
		return misnamed("utf8")
	}
	for _, r := range name {
		if r == '\n' || r == '\t' || hidden.Refused(r) != "" {
			return misnamed("control")
		}
	}
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch {
	case slices.Contains(devices, strings.TrimRight(stem, " ")):
		return misnamed("device")
	case strings.HasSuffix(name, "."), strings.HasSuffix(name, " "):
		return misnamed("end")
	}
	return diag.Phrase{}
}

// misnamed is the phrase of what is wrong with a name.
func misnamed(what string) diag.Phrase { return diag.Say("name-fault." + what) }

// AddressFault says why a text's folder or a slug cannot have the name because
// it becomes an address; the zero Phrase if it can. It includes NameFault.
func AddressFault(name string) diag.Phrase {
	if f := NameFault(name); f.ID != "" {
		return f
	}
	switch lower := strings.ToLower(name); {
	case lower == "index":
		return misnamed("index")
	case strings.HasSuffix(lower, ".html"):
		return misnamed("page")
	}
	return diag.Phrase{}
}

// FoldName makes names and paths equal that some file system, host or reader
// may take for the same.
func FoldName(name string) string {
	if strings.IndexFunc(name, func(r rune) bool { return r >= 0x80 }) < 0 {
		return strings.ToLower(name)
	}
	return cases.Fold().String(norm.NFKC.String(name))
}

// fsName is the name as an address would show it if it needed no change.
func fsName(name string) string { return norm.NFC.String(name) }

// Slug makes a name, or a path of names with slashes, safe for addresses and
// file names everywhere: letters and digits of any script, "-", "_" and "." are
// kept, everything else becomes a hyphen. A name that is too long is cut and
// told apart by a fingerprint.
func Slug(name string) string {
	parts := strings.Split(norm.NFC.String(name), "/")
	for i, p := range parts {
		parts[i] = slugPart(p)
	}
	return strings.Join(parts, "/")
}

// maxSlug leaves room for ".html" below MaxName.
const maxSlug = MaxName - 10

func slugPart(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '_' && r != '.' {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	s := strings.Trim(b.String(), ".")
	if s != "" && len(s) <= maxSlug && AddressFault(s).ID == "" {
		return s
	}
	if strings.EqualFold(s, "index") {
		return indexSlug
	}
	sum := sha256.Sum256([]byte(name))
	mark := hex.EncodeToString(sum[:4])
	if s == "" || AddressFault(s).ID != "" {
		return "text-" + mark
	}
	cut := maxSlug - len(mark) - 1
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return strings.TrimRight(norm.NFC.String(s[:cut]), ".-") + "-" + mark
}

// indexSlug is where a text called index is: its page is not the first of its
// folder, which lists what is in it and begins with the text.
const indexSlug = "index-text"

// langFault says why a file of a text is not a language's; the zero Phrase if
// it is. The name is the language as it is written usually: "pt-BR".
func langFault(name string) diag.Phrase {
	switch lang, why := LanguageOf(name); {
	case why.ID != "":
		return why
	case lang != name:
		return diag.Say("name-fault.case", "Name", lang+".md")
	}
	return diag.Phrase{}
}

// LanguageOf reads a language as people write it in the name of a file, "zh-cn",
// "zh_CN" or "index.zh-CN", and returns it as it is written usually, or why it is
// none.
func LanguageOf(name string) (lang string, why diag.Phrase) {
	if before, after, ok := strings.Cut(name, "."); ok && slices.Contains(ofFolder, strings.ToLower(before)) {
		name = after
	}
	name = strings.ReplaceAll(name, "_", "-")
	tag, err := language.Parse(name)
	base, rest, _ := strings.Cut(name, "-")
	if err != nil || len(base) > 3 || len(base) < 2 || len(name) > 35 {
		return "", misnamed("language")
	}
	if want := tag.String(); strings.EqualFold(want, name) {
		return want, diag.Phrase{}
	}
	// Parse replaces deprecated codes ("iw" by "he"); only the case is ours to mend.
	if rest != "" {
		rest = "-" + rest
	}
	return strings.ToLower(base) + rest, diag.Phrase{}
}

// ofFolder are names that other programs give to the text that a folder is, before
// the language: index.ru.md, README.zh-CN.md.
var ofFolder = []string{"index", "_index", "readme"}

// suffixed takes a name such as "about.ru" apart; ok is false where no language
// follows.
func suffixed(stem string) (name, lang string, ok bool) {
	i := strings.LastIndexByte(stem, '.')
	if i <= 0 {
		return "", "", false
	}
	lang, why := LanguageOf(stem[i+1:])
	return stem[:i], lang, why.ID == ""
}
