package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"stele/build/diag"
	"stele/build/hidden"
)

// maxFaults is how many places of one file are reported one by one.
const maxFaults = 20

// decode turns a file's bytes into text: checked UTF-8 in NFC with "\n" line
// ends. Places are those of the text as it was; characters that no text may contain
// are left out of what it returns.
func decode(path string, raw []byte) (string, diag.List) {
	var diags diag.List
	start := diag.Pos{Path: path, Line: 1, Col: 1}
	if enc := wideEncoding(raw); enc != "" {
		diags.Error(start, Encoding.As("known"), "Encoding", enc)
		return "", diags
	}
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	text := lineEnds(string(raw))
	if at := invalid(text); at >= 0 {
		pos := diag.NewLines(path, text[:at]).Pos(at)
		diags.Error(pos, Encoding, "Byte", fmt.Sprintf("%02X", text[at]))
		return "", diags
	}
	if !composed(text) {
		text = norm.NFC.String(text)
	}
	diags = conflicts(path, text)
	if plain(text) {
		return text, diags
	}
	lines := diag.NewLines(path, text)
	out := make([]byte, 0, len(text))
	kept := 0 // how much of text is in out, or left out
	told := map[diag.Severity]int{}
	for i, r := range hidden.In(text) {
		sev, code, what := diag.Error, BadCharacter, hidden.Refused(r)
		if what == "" {
			sev, code, what = diag.Warning, BadCharacter.As("omitted"), hidden.Doubtful(r)
		}
		out = append(out, text[kept:i]...)
		kept = i + utf8.RuneLen(r)
		if told[sev]++; told[sev] > maxFaults+1 {
			continue
		}
		if told[sev] > maxFaults {
			code = BadCharacter.As("many")
		}
		diags.Add(sev, lines.Pos(i), code, "What", diag.Say("hidden."+what), "Character", fmt.Sprintf("%04X", r))
	}
	text = string(append(out, text[kept:]...))
	if !composed(text) { // a letter and a mark that something invisible had parted
		text = norm.NFC.String(text)
	}
	return text, diags
}

// plain reports, fast, that no character needs a second look.
func plain(text string) bool {
	for _, r := range text {
		switch {
		case r >= ' ' && r < 0x7F, r >= 'А' && r <= 'я', r >= '一' && r <= '鿿': // nearly all
		case hidden.Is(r):
			return false
		}
	}
	return true
}

// composed reports, fast, that a text is in NFC: it has only characters that
// nothing is composed of and that stand for no others.
func composed(text string) bool {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r < 0x300, r >= 0x400 && r <= 0x482, r >= 0x4E00 && r <= 0x9FFF: // Latin, Cyrillic, Han
		case r >= 0x2010 && r <= 0x2027, r >= 0x2030 && r <= 0x205E, r >= 0x3000 && r <= 0x3029, r >= 0xFF01 && r <= 0xFF5E: // punctuation
		default:
			return false
		}
		i += n
	}
	return true
}

// lineEnds turns CRLF and CR into LF.
func lineEnds(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// invalid returns the offset of the first byte that is not UTF-8, or -1.
func invalid(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return -1
}

// wideEncoding names an encoding of two or four bytes a character, by its byte
// order mark or by the zeros in every second place.
func wideEncoding(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(raw, []byte{0, 0, 0xFE, 0xFF}):
		return "UTF-32"
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}), bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return "UTF-16"
	}
	head := raw[:min(len(raw), 64)]
	if zeros := bytes.Count(head, []byte{0}); len(head) >= 4 && zeros*3 >= len(head) {
		return "UTF-16"
	}
	return ""
}
