package exchange_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"stele/build"
	"stele/build/exchange"
	"stele/build/pack"
)

// table makes a table of a text.
func table(t *testing.T, e *build.Edition, text, from, to string, c exchange.Choice) ([]byte, exchange.Sent) {
	t.Helper()
	data, sent, err := e.TranslationTable(e.Site.Text(text), lang(e, from), lang(e, to), c)
	if err != nil {
		t.Fatal(err)
	}
	return data, sent
}

// backTable reads a table and puts it into the text.
func backTable(t *testing.T, e *build.Edition, data []byte) (*exchange.Merge, map[string]string) {
	t.Helper()
	r, err := exchange.ReadTable(data)
	if err != nil {
		t.Fatal(err)
	}
	m, files, err := e.Return(r)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		out[f.Path] = f.Data
	}
	return m, out
}

// document is the main part of a Word file.
func document(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// withDocument is the Word file with another main part.
func withDocument(t *testing.T, data []byte, document string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var files []pack.File
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "word/document.xml" {
			all = []byte(document)
		}
		files = append(files, pack.File{Name: f.Name, Data: all})
	}
	out, err := pack.Zip(files)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTableUntouched: a table that comes back as it was sent changes no byte, of
// any text, in any pair of languages.
func TestTableUntouched(t *testing.T) {
	t.Parallel()
	for name, content := range editions(t) {
		e := load(t, content)
		for _, text := range e.Site.Texts {
			for _, from := range e.Site.Langs {
				for _, to := range e.Site.Langs {
					if from == to {
						continue
					}
					data, sent := table(t, e, text.ID, from.Code, to.Code, exchange.Choice{})
					if again, _ := table(t, e, text.ID, from.Code, to.Code, exchange.Choice{}); !bytes.Equal(data, again) {
						t.Errorf("%s: other bytes the second time", name)
					}
					m, files := backTable(t, e, data)
					if len(files) > 0 || len(m.Refused) > 0 || m.Untouched != sent.Units {
						t.Errorf("%s %s %s-%s: %+v, files %v", name, text.ID, from.Code, to.Code, m, files)
					}
					if n := strings.Count(document(t, data), "1n|"); name == "edition" && n > 0 {
						t.Errorf("%s %s-%s: the looks do not carry the codes of %d units", text.ID, from.Code, to.Code, n)
					}
				}
			}
		}
	}
}
