package word

import "fmt"

// contentTypes and the others are the parts that say how the document hangs
// together.
const (
	contentTypes = head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>` +
		`</Types>`

	packageRels = head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>` +
		`</Relationships>`

	documentRels = `<Relationship Id="rIdStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rIdSettings" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>` +
		`<Relationship Id="rIdNumbering" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>` +
		`<Relationship Id="rIdNotes" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>` +
		`<Relationship Id="rIdHeader" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>` +
		`<Relationship Id="rIdFooter" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>`

	settings = head + "<w:settings" + spaces + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="425"/><w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
)

// bulletLevels is how many levels a list of Word has.
const bulletLevels = 9

// numbering is the one list that there is, of bullets. Numbers are text: those of
// a document are part of it, and no program may count them anew.
func numbering() string {
	s := head + "<w:numbering" + spaces + `><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>`
	for i := range bulletLevels {
		s += fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="%d"/></w:pPr></w:lvl>`, i, (i+1)*Step, Step)
	}
	return s + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
}

// core are the properties that file managers show.
func (d *Document) core() string {
	s := head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		"<dc:title>" + Escape(d.Title) + "</dc:title><dc:description>" + Escape(d.Description) + "</dc:description>"
	if d.Lang.Tag != "" {
		s += "<dc:language>" + Escape(d.Lang.Tag) + "</dc:language>"
	}
	if d.Date != "" {
		for _, name := range []string{"created", "modified"} {
			s += "<dcterms:" + name + ` xsi:type="dcterms:W3CDTF">` + d.Date + "T00:00:00Z</dcterms:" + name + ">"
		}
	}
	return s + "</cp:coreProperties>"
}

// styles are what the styles look like. Fonts are such as offices have, with one
// for East Asian text.
func (d *Document) styles() string {
	tag := wordTag(d.Lang.Tag)
	s := head + "<w:styles" + spaces + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="22"/>`
	if tag != "" {
		s += `<w:lang w:val="` + tag + `" w:eastAsia="zh-CN" w:bidi="ar-SA"/>`
	}
	s += `</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`
	style := func(id, name, ppr, rpr string) {
		s += `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="Normal"/><w:qFormat/>`
		if ppr != "" {
			s += "<w:pPr>" + ppr + "</w:pPr>"
		}
		if rpr != "" {
			s += "<w:rPr>" + rpr + "</w:rPr>"
		}
		s += "</w:style>"
	}
	size := func(n string) string { return `<w:sz w:val="` + n + `"/><w:szCs w:val="` + n + `"/>` }
	const bold = "<w:b/><w:bCs/>"
	style("Title", "Title", `<w:keepNext/><w:spacing w:before="120" w:after="240"/><w:jc w:val="center"/>`, bold+size("32"))
	style("Heading1", "heading 1", `<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>`, bold+size("28"))
	style("Heading2", "heading 2", `<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="1"/>`, bold+size("24"))
	style("Heading3", "heading 3", `<w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="2"/>`, bold)
	style("Quote", "Quote", `<w:ind w:left="425" w:right="425"/>`, "")
	style("Code", "Code", `<w:spacing w:line="240" w:lineRule="auto"/>`, `<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>`+size("18"))
	style("Small", "Small", `<w:spacing w:after="40"/>`, size("18"))
	style("SteleCover", CoverName, `<w:spacing w:after="40"/>`, size("18"))
	style("Number", "Passage Number", `<w:spacing w:before="40" w:after="40"/>`, `<w:color w:val="595959"/>`+size("18"))
	style("CellText", "Cell Text", `<w:spacing w:before="40" w:after="40" w:line="252" w:lineRule="auto"/>`, size("20"))
	style("CellHead", "Cell Heading", `<w:keepNext/><w:spacing w:before="80" w:after="80"/>`, bold+size("21"))
	style("FootnoteText", "footnote text", `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, size("18"))
	style("Header", "header", `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="BFBFBF"/></w:pBdr><w:spacing w:after="0"/>`, size("18"))
	style("Footer", "footer", `<w:spacing w:after="0"/>`, size("18"))
	return s + `<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr></w:style>` +
		`<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>`
}
