// Package intake makes the Markdown of a text from documents as people have
// them: Word, HTML, plain text, and Word or HTML tables whose columns are the
// languages. Bytes in, Markdown and findings out: what it is to be called and
// where it is written, others know.
//
// Nothing is lost in silence. Every character of the source is in a version or
// in Result.Left, which Read counts; every doubtful place is a finding at its
// place in the Markdown, with the source's words.
package intake

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"stele/build/diag"
	"stele/build/intake/draft"
	"stele/build/intake/plain"
	"stele/build/intake/web"
	"stele/build/intake/word"
	"stele/build/lang"
	"stele/build/source"
)

// File is a document as it came.
type File struct {
	Name string // with its extension, which tells its kind
	Data []byte
	// Langs are the languages in it: one, or as many as its table has columns,
	// in their order. Without them the table itself must tell.
	Langs []string
	// Known are the languages of the site, which a table's columns are taken for.
	Known []string
	// Path names the file that the version in a language becomes; for findings.
	Path func(lang string) string // required
}

// Result is what was made of a File.
type Result struct {
	Versions []Version
	// Rows are the rows of a table whose columns are the languages; nil if the
	// file is in one language.
	Rows []Row
	Left []Left
}

// Version is one language version.
type Version struct {
	Lang     string
	Markdown string
	// Words are the text that the Markdown must show: all characters of the
	// version, printed numbers too, in no order that matters. Empty where the
	// source was Markdown, whose marks were not read.
	Words string
}

// Row is a passage: what a row of the table holds, by language in the order of
// Result.Versions.
type Row []Extent

// Extent is a part of a version's Markdown; empty where the row has nothing.
type Extent struct{ Start, End int }

// Left is a piece of the source that is in no version.
type Left = draft.Left

// Cover is what Left says of what an export put before a text: the site itself
// wrote the document.
const Cover = draft.Cover

// Kinds are the extensions of the files that Read reads.
var Kinds = []string{".docx", ".html", ".htm", ".md", ".txt"}

// Read makes the versions that a file holds. With an error among the findings
// there is none.
func Read(f File) (Result, diag.List) {
	doc, characters, refused := readAny(f)
	var diags diag.List
	if refused != nil {
		diags.Add(refused.Severity, diag.Pos{Path: f.Name}, refused.Code, refused.Pairs...)
		return Result{}, diags
	}
	clean(doc)
	shorten(doc)
	if lost := missing(characters, doc); lost != "" {
		diags.Error(diag.Pos{Path: f.Name}, draft.Lost, "Text", diag.Clip(lost, diag.Quoted))
		return Result{}, diags
	}
	if large := tooLarge(doc); large != nil {
		diags.Add(large.Severity, diag.Pos{Path: f.Name}, large.Code, large.Pairs...)
		return Result{}, diags
	}
	parts, cut := f.parts(doc)
	if cut != nil {
		diags.Add(cut.Severity, diag.Pos{Path: f.Name}, cut.Code, cut.Pairs...)
		return Result{}, diags
	}
	return f.write(doc, parts)
}

// readAny reads a file by its kind, and all its characters by another way.
func readAny(f File) (doc *draft.Document, characters string, refused *draft.Doubt) {
	refuse := func(variant string, pairs ...any) (*draft.Document, string, *draft.Doubt) {
		return nil, "", &draft.Doubt{Severity: diag.Error, Code: draft.Refused.As(variant), Pairs: pairs}
	}
	ext := strings.ToLower(path.Ext(f.Name))
	switch {
	case len(bytes.TrimSpace(f.Data)) == 0:
		return refuse("empty")
	case bytes.HasPrefix(f.Data, []byte("%PDF-")) || ext == ".pdf":
		return refuse("pdf", "File", f.Name, "Text", strings.TrimSuffix(f.Name, path.Ext(f.Name))+".txt")
	case bytes.HasPrefix(f.Data, []byte("\xD0\xCF\x11\xE0")):
		if ext == ".docx" { // Word packs a protected file like an old one
			return refuse("locked", "Part", f.Name)
		}
		return refuse("old", "File", f.Name)
	case ext == ".doc" || ext == ".odt" || ext == ".rtf" || ext == ".wps" || ext == ".docm" || ext == ".dotx":
		return refuse("old", "File", f.Name)
	}
	switch ext {
	case ".docx":
		if doc, refused = word.Read(f.Data); refused != nil {
			return nil, "", refused
		}
		characters, err := word.Characters(f.Data)
		if err != nil {
			return refuse("damaged", "Part", f.Name)
		}
		return doc, characters, nil
	case ".html", ".htm", ".xhtml":
		doc, characters, err := web.Read(f.Data)
		if err != nil {
			return refuse("html", "Part", diag.Reason(err))
		}
		return doc, characters, nil
	case ".txt", ".md", ".text", ".markdown":
		text, ok := decode(f.Data)
		if !ok {
			return refuse("encoding")
		}
		if len(f.Langs) != 1 {
			return nil, "", &draft.Doubt{Severity: diag.Error, Code: draft.Columns.As("language")}
		}
		if len(text) > source.MaxFileBytes { // nor would it be read as Markdown
			return refuse("long", "Max", source.MaxFileBytes>>20)
		}
		form := plain.Text
		if ext == ".md" || ext == ".markdown" {
			form = plain.Markdown
		}
		return plain.Read(text, form, lang.Of(f.Langs[0])), text, nil
	}
	if ext == "" {
		return refuse("kind-none", "Kinds", diag.Names(Kinds))
	}
	return refuse("kind", "Kind", ext, "Kinds", diag.Names(Kinds))
}

// decode reads UTF-8, or UTF-16 with a mark of its byte order, with "\n" line ends.
func decode(data []byte) (string, bool) {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", false
		}
		data = out
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		return "", false
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(data), "\r\n", "\n"), "\r", "\n"), true
}

// clean takes out characters that no text may contain.
func clean(d *draft.Document) {
	var invisible strings.Builder
	d.Each(func(b *draft.Block) {
		b.Label = draft.Clean(b.Label)
		for k := range b.Spans {
			text, gone := draft.Part(b.Spans[k].Text)
			b.Spans[k].Text = text
			invisible.WriteString(gone)
		}
	})
	if invisible.Len() > 0 {
		d.Left = append(d.Left, draft.Left{What: draft.Invisible, Text: invisible.String()})
	}
}

// mostCells is how many cells a table may have; markdown.MaxCells.
const mostCells = 50_000

// tooLarge says which table no text may have: written out, its empty cells alone
// would fill the memory.
func tooLarge(d *draft.Document) (why *draft.Doubt) {
	d.Each(func(b *draft.Block) {
		columns := 0
		for _, row := range b.Rows {
			columns = max(columns, len(row))
		}
		if len(b.Rows)*columns > mostCells {
			why = &draft.Doubt{Severity: diag.Error, Code: draft.Tables.As("large"), Pairs: []any{"Rows", len(b.Rows), "Columns", columns, "Max", mostCells}}
		}
	})
	return why
}

// longest is how many characters a heading may have; markdown.MaxHeading.
const longest = 1000

// shorten takes headings and titles that are too long to be any for text: some
// offices set whole paragraphs in the style of a heading.
func shorten(d *draft.Document) {
	d.Each(func(b *draft.Block) {
		if text := b.Labelled(); b.Kind == draft.Heading && utf8.RuneCountInString(text) > longest {
			b.Kind, b.Level = draft.Paragraph, 0
			b.Doubt(diag.Warning, draft.Title.As("long"), "Text", clip(text))
		}
	})
	if utf8.RuneCountInString(d.Title) > longest {
		d.Title = ""
	}
}

// jointOf is what stands between two lines of one text in the language.
func jointOf(tag string) string {
	if l := lang.Of(tag); l.FullWidth && !l.Spaced {
		return ""
	}
	return " "
}

// write writes the versions and places the findings.
func (f File) write(doc *draft.Document, parts []part) (Result, diag.List) {
	var out Result
	var diags diag.List
	for i := range parts {
		p := &parts[i]
		path := f.Path(p.lang)
		title := outline(&p.doc, len(parts) == 1, jointOf(p.lang))
		if title == "" {
			title = p.doc.Title
			p.doc.Doubt(diag.Warning, draft.Title.As("none"))
		}
		forTables(p.doc.Blocks)
		w := p.doc.Write(draft.Head([2]string{"title", title}, [2]string{"status", "received"}, [2]string{"source", f.Name}))
		lines := diag.NewLines(path, w.Text)
		if len(w.Text) > source.MaxFileBytes {
			diags.Error(diag.Pos{Path: path}, draft.Refused.As("long"), "Max", source.MaxFileBytes>>20)
		}
		if i == 0 {
			for _, d := range doc.Doubts {
				diags.Add(d.Severity, diag.Pos{Path: path, Line: 1, Col: 1}, d.Code, d.Pairs...)
			}
		}
		for _, d := range p.doc.Doubts {
			diags.Add(d.Severity, diag.Pos{Path: path, Line: 1, Col: 1}, d.Code, d.Pairs...)
		}
		for _, d := range w.Doubts {
			diags.Add(d.Severity, lines.Pos(d.Offset), d.Code, d.Pairs...)
		}
		shown := ""
		if !ready(p.doc.Blocks) {
			shown = words(&p.doc)
		}
		out.Versions = append(out.Versions, Version{p.lang, w.Text, shown})
		p.written = w
	}
	if len(parts) > 1 {
		out.Rows = rowsOf(parts)
	}
	out.Left = doc.Left
	return out, diags
}

// forTables notes what Markdown's tables cannot hold.
func forTables(list []draft.Block) {
	for i := range list {
		b := &list[i]
		if b.Kind != draft.Table {
			continue
		}
		merged, several, nested := 0, 0, 0
		for _, row := range b.Rows {
			for _, c := range row {
				if c.Merged {
					merged++
				}
				if len(c.Blocks) > 1 {
					several++
				}
				for _, inner := range c.Blocks {
					if inner.Kind == draft.Table {
						nested++
					}
				}
			}
		}
		for _, n := range []struct {
			count   int
			variant string
		}{{merged, "merged"}, {several, "paragraphs"}, {nested, "nested"}} {
			if n.count > 0 {
				b.Doubt(diag.Warning, draft.Tables.As(n.variant), "Count", n.count)
			}
		}
	}
}

// ready reports whether the blocks are Markdown as it came.
func ready(list []draft.Block) bool {
	for i := range list {
		for _, s := range list[i].Spans {
			if s.Ready {
				return true
			}
		}
	}
	return false
}
