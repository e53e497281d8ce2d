package intake_test

import (
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
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lang := "ru"
			if strings.HasPrefix(name, "chinese") {
				lang = "zh"
			}
			golden(t, name, intake.File{Name: name + ".docx", Data: docx(t, parts), Langs: []string{lang}})
		})
	}
}
