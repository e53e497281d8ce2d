package build

import (
	"encoding/json"

	"stele/build/diag"
	"stele/build/output"
)

// The form in which a build is stored. The values of a finding are told apart,
// since words, numbers and phrases are said in different ways.
type (
	storedBuild struct {
		Found []storedFinding
		Files []storedFile
	}
	storedFile struct {
		P string
		N int64
		S []byte
	}
	storedFinding struct {
		Pos      diag.Pos
		Severity diag.Severity
		Code     diag.Code
		Phrase   storedPhrase
		Related  []storedRelated `json:",omitempty"`
	}
	storedRelated struct {
		Pos    diag.Pos
		Phrase storedPhrase
	}
	storedPhrase struct {
		ID    string
		Names []string      `json:",omitempty"`
		Args  []storedValue `json:",omitempty"`
	}
	// storedValue has one of its fields.
	storedValue struct {
		Text      *string         `json:",omitempty"`
		Number    *int            `json:",omitempty"`
		Phrase    *storedPhrase   `json:",omitempty"`
		Phrases   *[]storedPhrase `json:",omitempty"`
		Names     *[]string       `json:",omitempty"`
		Languages *[]string       `json:",omitempty"`
	}
)

// writeRecalled writes a build; nil if it has something that cannot be stored.
func writeRecalled(r *Recalled) []byte {
	ok := true
	var phrase func(p diag.Phrase) storedPhrase
	phrase = func(p diag.Phrase) storedPhrase {
		out := storedPhrase{ID: p.ID}
		for i := 0; i+1 < len(p.Args); i += 2 {
			name, isName := p.Args[i].(string)
			ok = ok && isName
			var x storedValue
			switch v := p.Args[i+1].(type) {
			case string:
				x.Text = &v
			case int:
				x.Number = &v
			case diag.Phrase:
				p := phrase(v)
				x.Phrase = &p
			case diag.Phrases:
				list := make([]storedPhrase, len(v))
				for k, p := range v {
					list[k] = phrase(p)
				}
				x.Phrases = &list
			case diag.Names:
				x.Names = (*[]string)(&v)
			case diag.Languages:
				x.Languages = (*[]string)(&v)
			default:
				ok = false
			}
			out.Names, out.Args = append(out.Names, name), append(out.Args, x)
		}
		return out
	}
	var b storedBuild
	for _, d := range r.Found {
		f := storedFinding{Pos: d.Pos, Severity: d.Severity, Code: d.Code, Phrase: phrase(d.Phrase)}
		for _, r := range d.Related {
			f.Related = append(f.Related, storedRelated{r.Pos, phrase(r.Phrase)})
		}
		b.Found = append(b.Found, f)
	}
	for _, f := range r.Files {
		b.Files = append(b.Files, storedFile{f.Path, f.Size, f.Sum[:]})
	}
	data, err := json.Marshal(b)
	if err != nil || !ok {
		return nil
	}
	return data
}

// readRecalled reads a build; nil for what is none.
func readRecalled(data []byte) *Recalled {
	var b storedBuild
	if json.Unmarshal(data, &b) != nil {
		return nil
	}
	ok := true
	var phrase func(p storedPhrase) diag.Phrase
	phrase = func(p storedPhrase) diag.Phrase {
		out := diag.Phrase{ID: p.ID}
		for i, x := range p.Args {
			var v any
			switch {
			case x.Text != nil:
				v = *x.Text
			case x.Number != nil:
				v = *x.Number
			case x.Phrase != nil:
				v = phrase(*x.Phrase)
			case x.Phrases != nil:
				list := make(diag.Phrases, len(*x.Phrases))
				for k, p := range *x.Phrases {
					list[k] = phrase(p)
				}
				v = list
			case x.Names != nil:
				v = diag.Names(*x.Names)
			case x.Languages != nil:
				v = diag.Languages(*x.Languages)
			}
			if i >= len(p.Names) || v == nil {
				ok = false
				break
			}
			out.Args = append(out.Args, p.Names[i], v)
		}
		return out
	}
	r := &Recalled{}
	for _, f := range b.Found {
		d := diag.Diagnostic{Pos: f.Pos, Severity: f.Severity, Code: f.Code, Phrase: phrase(f.Phrase)}
		for _, x := range f.Related {
			d.Related = append(d.Related, diag.Related{Pos: x.Pos, Phrase: phrase(x.Phrase)})
		}
		r.Found = append(r.Found, d)
	}
	for _, f := range b.Files {
		k := output.Known{Path: f.P, Size: f.N}
		ok = ok && copy(k.Sum[:], f.S) == len(k.Sum)
		r.Files = append(r.Files, k)
	}
	if !ok {
		return nil
	}
	return r
}
