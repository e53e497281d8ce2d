package source

import (
	"strings"

	"stele/build/diag"
)

// conflicts reports the lines that version control leaves where two changes met:
// a file with them is two files, and neither is to be published. “=======” alone
// is no sign, since it underlines headings; records know these lines by themselves.
func conflicts(path, text string) diag.List {
	var diags diag.List
	if strings.HasSuffix(path, ".tsv") || !strings.Contains(text, "<<<<<<<") && !strings.Contains(text, ">>>>>>>") {
		return nil
	}
	lines := diag.NewLines(path, text)
	offset := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		if s := strings.TrimSuffix(line, "\n"); mergeMark(s, "<<<<<<<") || mergeMark(s, ">>>>>>>") && len(diags) == 0 {
			if diags.Error(lines.Pos(offset), MergeConflict); len(diags) == maxFaults {
				break
			}
		}
		offset += len(line)
	}
	return diags
}

// mergeMark reports whether the line is the mark, by itself or before a name.
func mergeMark(line, mark string) bool {
	rest, ok := strings.CutPrefix(line, mark)
	return ok && (rest == "" || rest[0] == ' ')
}
