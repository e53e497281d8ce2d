package export

import (
	"bytes"
	"image"
	"image/gif"
	_ "image/jpeg" // the kinds that are shown
	"image/png"

	"stele/build/doc"
	"stele/build/site"
	"stele/build/word"
)

// picture is a picture of a text.
type picture struct {
	data          []byte
	kind          string // "png" or "jpeg", whatever the name of its file says
	width, height int    // in pixels
}

// maxMoving is how many pixels a picture may have that must be written anew.
const maxMoving = 25_000_000

// picture reads what an image shows. There is none for files of other kinds, or
// broken ones: then the words that describe it must do. Of one that moves, what
// is taken away has the first picture.
func (m *Maker) picture(t site.Target) (picture, bool) {
	if t.File == "" || m.File == nil {
		return picture{}, false
	}
	data, err := m.File(t.File)
	if err != nil {
		return picture{}, false
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width < 1 || c.Height < 1 {
		return picture{}, false
	}
	if kind == "gif" {
		if c.Width*c.Height > maxMoving {
			return picture{}, false
		}
		still, err := gif.Decode(bytes.NewReader(data))
		if err != nil {
			return picture{}, false
		}
		var b bytes.Buffer
		if err := png.Encode(&b, still); err != nil {
			return picture{}, false
		}
		data, kind = b.Bytes(), "png"
	}
	return picture{data, kind, c.Width, c.Height}, true
}

// pixel is the width of a pixel on paper, in twentieths of a point: 1/96 of an
// inch, as in browsers.
const pixel = 15

// inWord is the picture in a Word document: at its own size, or smaller where
// there is no room for that. Two thirds of a page's height leave some for words.
func (p picture) inWord(n *doc.Image, room, pageHeight int) *word.Picture {
	width, height := float64(p.width*pixel), float64(p.height*pixel)
	scale := min(1, float64(room)/width, float64(pageHeight)*2/3/height)
	return &word.Picture{
		Data: p.data, Kind: p.kind, Alt: n.Alt, Title: n.Title,
		Width: max(int(width*scale), 1), Height: max(int(height*scale), 1),
	}
}
