package word

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"stele/build/pack"
)

const relationshipTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// relations are what a part of the document leads to, in the order of their ids.
type relations struct {
	ids  map[[2]string]int // by kind and target
	list [][2]string
}

// id is the id of what leads to the target.
func (r *relations) id(kind, target string) string {
	if r.ids == nil {
		r.ids = map[[2]string]int{}
	}
	key := [2]string{kind, target}
	n, ok := r.ids[key]
	if !ok {
		r.list = append(r.list, key)
		n = len(r.list)
		r.ids[key] = n
	}
	return "rId" + strconv.Itoa(n)
}

// xml is the part that names them, with more before them.
func (r *relations) xml(more string) string {
	var b strings.Builder
	b.WriteString(head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + more)
	for i, x := range r.list {
		mode := ""
		if x[0] == hyperlink {
			mode = ` TargetMode="External"`
		}
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s"%s/>`, i+1, relationshipTypes, x[0], Escape(x[1]), mode)
	}
	b.WriteString("</Relationships>")
	return b.String()
}

// The kinds of relations that a text has.
const (
	hyperlink = "hyperlink"
	image     = "image"
)

// emu is how many of the units of drawings a twentieth of a point has.
const emu = 635

// picture writes what shows a picture. One that stands in several places is in
// the file once.
func (w *writer) picture(p *Picture) {
	sum := sha256.Sum256(p.Data)
	name, ok := w.mediaNames[sum]
	if !ok {
		name = "media/image" + strconv.Itoa(len(w.media)+1) + "." + p.Kind
		w.mediaNames[sum] = name
		w.media = append(w.media, pack.File{Name: "word/" + name, Data: p.Data, Stored: true})
	}
	w.pictures++
	size := fmt.Sprintf(`cx="%d" cy="%d"`, p.Width*emu, p.Height*emu)
	title := ""
	if p.Title != "" {
		title = ` title="` + Escape(p.Title) + `"`
	}
	fmt.Fprintf(&w.b, `<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent %[1]s/>`+
		`<wp:docPr id="%[2]d" name="%[3]s" descr="%[4]s"%[5]s/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>`+
		`<pic:nvPicPr><pic:cNvPr id="%[2]d" name="%[3]s" descr="%[4]s"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="%[6]s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext %[1]s/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`+
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`,
		size, w.pictures, strings.TrimPrefix(name, "media/"), Escape(p.Alt), title, w.rels.id(image, name))
}
