package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stele/build/intake"
)

const headings = `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>`

func pStyle(id string) string { return `<w:pStyle w:val="` + id + `"/>` }

// TestWord compares what is made of hand-written Word files with goldens.
func TestWord(t *testing.T) {
	t.Parallel()
	for name, parts := range map[string]map[string]string{
		"russian-law": {
			"styles": headings + style("A", "Article", `<w:basedOn w:val="2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>`),
			"numbering": abstract(1, [2]string{"upperRoman", "Глава %1."}, [2]string{"decimal", "Статья %2."}, [2]string{"decimal", "%3."}, [2]string{"russianLower", "%4)"}, [2]string{"bullet", "–"}) +
				num(1, 1, ""),
			"document": p(pStyle("T"), "ЗАКОН О СТЕЛАХ") +
				p(pStyle("1")+`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, "Общие положения") +
				p(pStyle("A"), "Предмет закона") +
				li(1, 2, "Настоящий закон регулирует:") + li(1, 3, "камни;") + li(1, 3, "надписи:") + li(1, 4, "на камне") + li(1, 3, "прочее.") +
				li(1, 2, "Вторая часть.") +
				p(pStyle("A"), "Понятия") + li(1, 2, "Стела есть камень.") +
				p(pStyle("1")+`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, "Заключение") +
				p(pStyle("A"), "Вступление в силу"),
		},
		"chinese-law": {
			"styles":    headings,
			"numbering": abstract(1, [2]string{"chineseCountingThousand", "第%1章"}) + abstract(2, [2]string{"chineseCounting", "第%1条"}, [2]string{"chineseCounting", "（%2）"}) + num(1, 1, "") + num(2, 2, ""),
			"document": p(pStyle("T"), "石碑法") +
				p(pStyle("1")+`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, "总则") +
				li(2, 0, "为了保护石碑，制定本法。") + li(2, 0, "本法适用于：") + li(2, 1, "石碑；") + li(2, 1, "铭文。") +
				p(pStyle("1")+`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, "附则") +
				strings.Repeat(li(2, 0, "条文。"), 9),
		},
		"formats": {
			"numbering": func() string {
				s, n := "", ""
				for i, f := range []string{"upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "decimalZero", "ideographTraditional", "decimalEnclosedCircle", "hebrew1", "arabicAbjad", "russianUpper", "chineseLegalSimplified", "cardinalText"} {
					s += abstract(i+1, [2]string{f, "(%1)"})
					n += num(i+1, i+1, "")
				}
				return s + n
			}(),
			"document": func() string {
				s := ""
				for i := range 12 {
					s += li(i+1, 0, "one") + li(i+1, 0, "two")
				}
				return s
			}(),
		},
		"overrides": {
			"numbering": abstract(1, [2]string{"decimal", "%1."}, [2]string{"decimal", "%1.%2."}, [2]string{"lowerLetter", "%1.%2.%3)"}) + num(1, 1, "") +
				num(2, 1, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`) +
				num(3, 1, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="§ %1"/></w:lvl></w:lvlOverride>`) +
				num(4, 1, ""),
			"document": li(1, 0, "first") + li(1, 1, "sub") + li(1, 2, "deep") + li(1, 2, "deep") + li(1, 0, "second") + li(1, 1, "sub") +
				li(2, 0, "anew") + li(2, 0, "more") + li(4, 0, "goes on") + li(3, 0, "seven") + li(3, 1, "sub of seven") + p("", "between") + li(4, 0, "goes on still") + p(`<w:numPr><w:numId w:val="0"/></w:numPr>`, "none") + li(1, 5, "a level that there is not"),
		},
		"legal": {
			"numbering": `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/><w:suff w:val="nothing"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:lvlRestart w:val="0"/><w:numFmt w:val="decimal"/><w:lvlText w:val="No %3:"/></w:lvl></w:abstractNum>` + num(1, 1, ""),
			"document":  li(1, 0, "Part") + li(1, 1, "legal") + li(1, 2, "never restarts") + li(1, 0, "Part") + li(1, 1, "legal") + li(1, 2, "never restarts"),
		},
		"named-styles": { // headings by the names of their styles alone
			"styles": style("a", "Heading 1 Numbered", "") + style("b", "标题 2", "") + style("c", "Заголовок 3", "") + style("d", "Heading", "") + style("e", "heading text 1", ""),
			"document": p(pStyle("a"), "First") + p("", "Text.") + p(pStyle("a"), "Second") + p(pStyle("b"), "Below") + p(pStyle("c"), "Deeper") +
				p(pStyle("d"), "A paragraph.") + p(pStyle("e"), "Another."),
		},
		"typed": { // bullets as people type them
			"document": p("", "Stones:") + p("", "•\u00a0in Russian;") + `<w:p><w:r><w:t>•</w:t><w:tab/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>in</w:t></w:r>` + r(" Chinese;") + `</w:p>` +
				p("", "•not a list") + p("", "•") + p("", "– nor this"),
		},
		"in-words": { // in the language of the paragraph, of its style or of all
			"styles":    `<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>` + style("R", "Russian", `<w:rPr><w:lang w:val="ru-RU"/></w:rPr>`),
			"numbering": abstract(1, [2]string{"ordinalText", "%1:"}) + num(1, 1, ""),
			"document": li(1, 0, "English.") + p(pStyle("R")+`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, "Русский.") +
				p(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:lang w:val="de-DE"/></w:rPr>`, "Deutsch."),
		},
		"notes": {
			"footnotes":        `<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">` + p("", "A note.") + p("", "Its second paragraph.") + `</w:footnote><w:footnote w:id="3">` + p("", "Marked.") + `</w:footnote><w:footnote w:id="4">` + p("", "Nobody refers to it.") + `</w:footnote>`,
			"endnotes":         `<w:endnote w:id="2">` + p("", "An endnote.") + `</w:endnote>`,
			"comments":         `<w:comment w:id="1" w:author="Anna">` + p("", "Is this right?") + `</w:comment>`,
			"word/header1.xml": `<w:hdr ` + nsW + `>` + p("", "Draft of 5 May") + `</w:hdr>`,
			"document":         `<w:p>` + r("Text") + `<w:r><w:footnoteReference w:id="2"/></w:r>` + r(" and end") + `<w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>*</w:t></w:r>` + r(".") + `<w:r><w:commentReference w:id="1"/></w:r></w:p>`,
		},
		"changes": {
			"document": `<w:p>` + r("The ") + `<w:del w:author="B"><w:r><w:delText>old</w:delText></w:r></w:del><w:ins w:author="B">` + r("new") + `</w:ins>` + r(" text.") + `</w:p>` +
				`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + r("Joined ") + `</w:p>` + p("", "with the next.") +
				`<w:p><w:moveFrom>` + r("Moved away.") + `</w:moveFrom></w:p><w:p><w:moveTo>` + r("Moved here.") + `</w:moveTo></w:p>` +
				`<w:tbl><w:tr><w:trPr><w:del/></w:trPr>` + tc("", p("", "gone row")) + tc("", p("", "too")) + `</w:tr>` + tr(tc("", p("", "kept")), tc("", p("", "row"))) + `</w:tbl>`,
		},
		"tables": {
			"document": `<w:tbl>` + tr(tc(`<w:gridSpan w:val="2"/>`, p("", "Wide")), tc("", p("", "C|3"))) + tr(tc(`<w:vMerge w:val="restart"/>`, p("", "Tall")), tc("", p("", "b"), p("", "b2")), tc("", `<w:tbl>`+tr(tc("", p("", "in")), tc("", p("", "ner")))+`</w:tbl>`)) + tr(tc(`<w:vMerge/>`, p("", "")), tc("", p("", "d")), tc("", p("", ""))) + `</w:tbl>` +
				`<w:tbl>` + tr(tc("", p("", "A frame of"), p("", "two paragraphs."))) + `</w:tbl>`,
		},
		"inline": {
			"styles": headings,
			"rels":   `<Relationship Id="L" Type="x/hyperlink" Target="https://example.org/" TargetMode="External"/><Relationship Id="J" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>`,
			"document": `<w:p><w:pPr>` + pStyle("1") + `</w:pPr><w:bookmarkStart w:id="0" w:name="_Ref5"/>` + r("Goals") + `</w:p>` +
				`<w:p><w:hyperlink r:id="L">` + r("link") + `</w:hyperlink>` + r(", ") + `<w:hyperlink r:id="J">` + r("bad") + `</w:hyperlink>` + r(", ") + `<w:hyperlink w:anchor="_Ref5">` + r("goals") + `</w:hyperlink>` + r(", ") + `<w:hyperlink w:anchor="nowhere">` + r("lost") + `</w:hyperlink>` +
				`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/f" \o "tip" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r(" field") + `<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="LISTNUM"/></w:p>` +
				`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> italic </w:t></w:r>` + r("10 m") + `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Odd" w:char="F0AA"/><w:br/></w:r>` + r("line") + `<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>` +
				`<w:p>` + r("Anchor") + `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` + p("", "In a box") + `</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + p("", "In a box") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:drawing><wp:docPr descr="A map"/><a:blip r:embed="x"/></w:drawing></w:r></w:p>`,
		},
		"contents": {
			"styles":   headings + style("t1", "toc 1", ""),
			"document": p(pStyle("1"), "Title of all") + `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("Goals 1") + `</w:p>` + `<w:p>` + r("Tasks 2") + `<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` + p(pStyle("t1"), "Third 3") + p(pStyle("2"), "Goals") + p(`<w:jc w:val="center"/>`, "") + `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Looks like a heading</w:t></w:r></w:p>`,
		},
		"odd-parts": { // as files of several programs have them
			"styles":    headings,
			"footnotes": `<w:footnote w:type="separator" w:id="0">` + p("", "_____") + `</w:footnote><w:footnote w:type="continuationNotice" w:id="1">` + p("", "(continued)") + `</w:footnote><w:footnote w:id="2">` + p("", "Lost twin.") + `</w:footnote><w:footnote w:id="2">` + p("", "Twin.") + `</w:footnote>`,
			"comments":  `<w:comment w:id="1" w:author="A">` + p("", "First of one id.") + `</w:comment><w:comment w:id="1" w:author="B">` + p("", "Second.") + `</w:comment>`,
			"document": p(pStyle("1"), "Short") + p(pStyle("1"), "A heading as long as a paragraph. "+strings.Repeat("Too long. ", 99)) +
				`<w:p>` + r("Forms: ") + `<mc:AlternateContent><mc:Choice Requires="x">` + r("first") + `</mc:Choice><mc:Choice Requires="y">` + r("second") + `</mc:Choice><mc:Fallback>` + r("last") + `</mc:Fallback></mc:AlternateContent><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>` +
				`<w:p><w:r><w:drawing><wne:txbxContent xmlns:wne="http://schemas.microsoft.com/office/word/2006/wordml">` + p("", "In a box.") + `</wne:txbxContent></w:drawing></w:r></w:p>` +
				`</w:body><w:body>` + p("", "A second body."),
		},
		"rtl": {
			"styles": headings, "numbering": abstract(1, [2]string{"arabicAbjad", "%1-"}) + num(1, 1, ""),
			"document": p(pStyle("T")+"<w:bidi/>", "\u0645\u064a\u062b\u0627\u0642") + `<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>` + "\u202b\u0646\u0635\u202c" + ` 2015</w:t></w:r></w:p>` + li(1, 0, "\u0623\u0648\u0644") + li(1, 0, "\u062b\u0627\u0646"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lang := "ru"
			if strings.HasPrefix(name, "chinese") {
				lang = "zh"
			}
			if name == "rtl" {
				lang = "ar"
			}
			golden(t, name, intake.File{Name: name + ".docx", Data: docx(t, parts), Langs: []string{lang}})
		})
	}
}

// TestWordColumns: a table of three columns, with notes and lists in its cells.
func TestWordColumns(t *testing.T) {
	t.Parallel()
	note := func(id string) string { return `<w:r><w:footnoteReference w:id="` + id + `"/></w:r>` }
	golden(t, "word-columns", intake.File{Name: "columns.docx", Data: docx(t, map[string]string{
		"styles": headings, "numbering": abstract(1, [2]string{"decimal", "%1."}) + abstract(2, [2]string{"chineseCounting", "%1、"}) + abstract(3, [2]string{"decimal", "%1."}) + num(1, 1, "") + num(2, 2, "") + num(3, 3, ""),
		"footnotes": `<w:footnote w:id="1">` + p("", "注") + `</w:footnote><w:footnote w:id="2">` + p("", "Note") + `</w:footnote><w:footnote w:id="3">` + p("", "Outside") + `</w:footnote>`,
		"document": `<w:p>` + r("Three languages") + note("3") + `</w:p><w:tbl>` +
			tr(tc("", p(pStyle("1"), "Устав")), tc("", p(pStyle("1"), "宪章")), tc("", p(pStyle("1"), "Charter"))) +
			tr(tc("", li(1, 0, "Один"), li(1, 0, "Два")), tc("", li(2, 0, "一"), li(2, 0, "二")), tc("", li(3, 0, "One"), li(3, 0, "Two"))) +
			tr(tc("", p("", "Текст.")), tc("", "<w:p>"+r("文。")+note("1")+"</w:p>"), tc("", "<w:p>"+r("Text.")+note("2")+"</w:p>")) + `</w:tbl>`,
	})})
}

// TestWordFiles compares what is made of files that LibreOffice and pandoc wrote.
func TestWordFiles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.docx")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".docx")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			langs := []string{"en"}
			switch name {
			case "lo-rtl":
				langs = []string{"ar"}
			case "lo-notes":
				langs = []string{"ru"}
			case "lo-columns":
				langs = nil
			}
			golden(t, name, intake.File{Name: name + ".docx", Data: data, Langs: langs})
		})
	}
}
