package export_test

import (
	"encoding/xml"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"stele/build"
)

// TestOpenSearch: each description is well formed, keeps the limits of
// OpenSearch 1.1 and leads to the search page of its language.
func TestOpenSearch(t *testing.T) {
	t.Parallel()
	e := load(t, build.Inputs{Content: os.DirFS("../../content"), BaseURL: "https://example.org/edition/"})
	for path, lang := range map[string]string{"opensearch.xml": "ru", "ru/opensearch.xml": "ru", "zh/opensearch.xml": "zh", "en/opensearch.xml": "en"} {
		data, err := e.File(path)
		if err != nil {
			t.Fatal(err)
		}
		var d struct {
			XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
			ShortName   string
			LongName    string
			Description string
			URLs        []struct {
				Type     string `xml:"type,attr"`
				Rel      string `xml:"rel,attr"`
				Template string `xml:"template,attr"`
			} `xml:"Url"`
		}
		if err := xml.Unmarshal(data, &d); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for what, limits := range map[string]struct {
			s    string
			most int
		}{"ShortName": {d.ShortName, 16}, "LongName": {d.LongName, 48}, "Description": {d.Description, 1024}} {
			if n := utf8.RuneCountInString(limits.s); n == 0 || n > limits.most {
				t.Errorf("%s: %s %q has %d characters, want 1 to %d", path, what, limits.s, n, limits.most)
			}
		}
		var templates []string
		for _, u := range d.URLs {
			templates = append(templates, u.Type+" "+u.Template)
		}
		want := []string{
			"text/html https://example.org/edition/" + lang + "/search.html?q={searchTerms}",
			"application/opensearchdescription+xml https://example.org/edition/" + lang + "/opensearch.xml",
		}
		if !slices.Equal(templates, want) {
			t.Errorf("%s: %q, want %q", path, templates, want)
		}
		page, err := e.File(lang + "/search.html")
		if err != nil || !strings.Contains(string(page), `rel="search"`) {
			t.Errorf("%s/search.html does not name its description (%v)", lang, err)
		}
	}
	for _, path := range load(t, build.Inputs{Content: odd}).Paths() {
		if strings.HasSuffix(path, "opensearch.xml") {
			t.Errorf("a site without an address has %s", path)
		}
	}
}
