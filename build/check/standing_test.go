package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stele/build/check"
	"stele/build/diag"
	"stele/build/diagtest"
	"stele/build/record"
)

// folder makes a content folder of one text "t" from its versions by language.
func folder(versions map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for lang, text := range versions {
		out["t/"+lang+".md"] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// of returns the findings with one of the codes, as lines.
func of(l diag.List, codes ...diag.Code) []string {
	var out []string
	for _, d := range l {
		if slices.Contains(codes, d.Code) {
			out = append(out, d.Text(diagtest.English()))
		}
	}
	return out
}

func TestStanding(t *testing.T) {
	t.Parallel()
	ru := "# Дело {#t}\n\nПервый абзац о мире и согласии между странами.\n\nВторой абзац о торговле и хозяйстве региона.\n"
	en := "# Case {#t}\n\nA paragraph on peace and accord between the countries.\n\nAnother paragraph on trade and the economy of the region.\n"
	saved := func(t *testing.T, confirm ...string) string {
		e := load(t, folder(map[string]string{"ru": ru, "en": en}))
		text := e.site.Texts[0]
		rec := record.New(text.Table, text.Docs(), nil)
		if unknown := rec.Confirm(confirm...); unknown != nil {
			t.Fatalf("no passages %q", unknown)
		}
		var b strings.Builder
		if _, err := rec.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	all := []string{"0", "0.1", "0.2"}
	edit := func(s string) string { return strings.Replace(s, "торговле", "культуре", 1) }
	edit2 := func(s string) string { return strings.Replace(s, "trade", "culture", 1) }
	for _, tt := range []struct {
		name    string
		confirm []string
		ru, en  string
		want    []string // "severity code" in the order found
	}{
		{"confirmed", all, ru, en, nil},
		{"never confirmed", nil, ru, en, []string{"note unconfirmed"}},
		{"one not confirmed", all[:2], ru, en, []string{"note unconfirmed"}},
		{"one language changed", all, edit(ru), en, []string{"warning stale"}},
		{"both changed", all, edit(ru), edit2(en), []string{"note changed"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			content := folder(map[string]string{"ru": tt.ru, "en": tt.en})
			content["t/alignment.tsv"] = &fstest.MapFile{Data: []byte(saved(t, tt.confirm...))}
			var got []string
			lines := of(findings(t, content), "stale", "changed", "unconfirmed", "not-recorded")
			for _, s := range lines {
				f := strings.Fields(s)
				got = append(got, f[1]+" "+strings.TrimSuffix(f[2], ":"))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q\n%s", got, tt.want, strings.Join(lines, "\n"))
			}
			if tt.name == "one language changed" && !strings.HasPrefix(lines[0], "t/en.md:5:") {
				t.Errorf("stale at %s, want the English, which has not followed", lines[0])
			}
		})
	}
}

// TestStandingSays: the finding says what happened to which language, and a
// language that came later is one finding, what it lacks another.
func TestStandingSays(t *testing.T) {
	t.Parallel()
	versions := map[string]string{
		"ru": "# Дело {#t}\n\nПервый абзац о мире и согласии между странами 1992 года.\n\nВторой абзац о торговле и хозяйстве региона.\n",
		"en": "# Case {#t}\n\nA paragraph on peace and accord between the countries of 1992.\n\nAnother paragraph on trade and the economy of the region.\n",
		"fr": "# Affaire {#t}\n\nUn alinéa sur la paix et la concorde entre les pays de 1992.\n\nUn autre alinéa sur le commerce et l’économie de la région.\n",
	}
	const second = 2 // passage 0.2
	saved := func(langs ...string) string {
		content := fstest.MapFS{}
		for _, l := range langs {
			content["t/"+l+".md"] = &fstest.MapFile{Data: []byte(versions[l])}
		}
		e := load(t, content)
		rec := record.New(e.site.Texts[0].Table, e.site.Texts[0].Docs(), nil)
		rec.Confirm("0", "0.1", "0.2")
		var b strings.Builder
		if _, err := rec.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	without := func(lang string) string {
		parts := strings.SplitAfter(versions[lang], "\n\n")
		return strings.Join(parts[:second], "")
	}
	for _, tt := range []struct {
		name   string
		record string
		edit   map[string]string
		want   []string
	}{
		{"one changed", saved("ru", "en", "fr"), map[string]string{"ru": strings.Replace(versions["ru"], "торговле", "культуре", 1)}, []string{
			"t/en.md:5:1: warning stale: passage 0.2: Russian has changed since the passage was confirmed, English has not followed; see whether it must, then “stele confirm t 0.2”",
			"t/fr.md:5:1: warning stale: passage 0.2: Russian has changed since the passage was confirmed, French has not followed; see whether it must, then “stele confirm t 0.2”",
		}},
		{"two changed", saved("ru", "en", "fr"), map[string]string{"ru": strings.Replace(versions["ru"], "торговле", "культуре", 1), "en": strings.Replace(versions["en"], "trade", "culture", 1)}, []string{
			"t/fr.md:5:1: warning stale: passage 0.2: Russian and English have changed since the passage was confirmed, French has not followed; see whether it must, then “stele confirm t 0.2”",
		}},
		{"one removed", saved("ru", "en"), map[string]string{"ru": without("ru"), "fr": ""}, []string{
			"t/en.md:5:1: warning stale: passage 0.2: Russian has been removed since the passage was confirmed, English has not followed; see whether it must, then “stele confirm t 0.2”",
			"t/ru.md:3:1: warning missing-passage: passage 0.2: missing in Russian, after this; translate it, or mend the alignment",
		}},
		{"a new language", saved("ru", "en"), nil, []string{
			"t/fr.md:1:1: note unconfirmed: the French version of “t” was never confirmed; “stele confirm t …” confirms the passages whose languages agree",
		}},
		{"a new language that lacks a passage", saved("ru", "en"), map[string]string{"fr": without("fr")}, []string{
			"t/fr.md:1:1: note unconfirmed: the French version of “t” was never confirmed; “stele confirm t …” confirms the passages whose languages agree",
			"t/fr.md:3:1: warning missing-passage: passage 0.2: missing in French, after this; translate it, or mend the alignment",
		}},
		{"a language taken away", saved("ru", "en", "fr"), map[string]string{"fr": ""}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			content := folder(versions)
			for l, text := range tt.edit {
				content["t/"+l+".md"] = &fstest.MapFile{Data: []byte(text)}
				if text == "" {
					delete(content, "t/"+l+".md")
				}
			}
			content["t/alignment.tsv"] = &fstest.MapFile{Data: []byte(tt.record)}
			var got []string
			for _, s := range of(findings(t, content), "stale", "changed", "unconfirmed", "missing-passage") {
				got = append(got, strings.Split(s, "\n")[0])
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestLowConfidence(t *testing.T) {
	t.Parallel()
	content := folder(map[string]string{
		"ru": "# Дело {#t}\n\nПервый абзац.\n\nВторой абзац.\n", "en": "# Case {#t}\n\nA paragraph.\n\nAnother one.\n",
	})
	for _, tt := range []struct {
		confidence float64
		pinned     bool
		want       int
	}{
		{0.9, false, 0},
		{0.2, false, 1},
		{0.2, true, 0},
	} {
		e := load(t, content)
		for i := range e.site.Texts[0].Table.Rows {
			e.site.Texts[0].Table.Rows[i].Confidence = 1
		}
		row := e.site.Texts[0].Passage("0.2").Row
		row.Confidence, row.Pinned = tt.confidence, tt.pinned
		got := of(check.Site(e.site, check.Options{}), "low-confidence")
		if len(got) != tt.want {
			t.Errorf("confidence %v, pinned %v: got %q, want %d findings", tt.confidence, tt.pinned, got, tt.want)
		}
	}
}

func TestLengthRatio(t *testing.T) {
	t.Parallel()
	const (
		russian = "Государства-члены будут развивать сотрудничество в области %s и смежных сферах на основе взаимной выгоды."
		english = "The member states will develop cooperation in the field of %s and in related spheres on the basis of mutual benefit."
		chinese = "成员国将在互利基础上发展%s领域及相关领域的合作。"
	)
	make := func(long string) map[string]string {
		var ru, en, zh strings.Builder
		for i := range 16 {
			// The name keeps the paragraphs together, however long.
			name := fmt.Sprintf("%c-%d (sectsco-%d)", 'A'+rune(i), 371*(i+3), i)
			fmt.Fprintf(&ru, russian+"\n\n", name)
			fmt.Fprintf(&en, english+"\n\n", name)
			if i == 7 && long == "zh" {
				zh.WriteString(strings.Repeat(chinese[:len(chinese)-3]+"，", 3))
			}
			fmt.Fprintf(&zh, chinese+"\n\n", name)
			if i == 7 && long == "ru" {
				s := strings.TrimSuffix(ru.String(), "\n\n") + strings.Repeat(" Кроме того, они проведут совместные мероприятия и подготовят доклад о ходе работы.", 3) + "\n\n"
				ru.Reset()
				ru.WriteString(s)
			}
		}
		return map[string]string{"ru": ru.String(), "en": en.String(), "zh": zh.String()}
	}
	for _, long := range []string{"", "ru", "zh"} {
		got := of(findings(t, folder(make(long))), "length-ratio")
		switch {
		case long == "" && len(got) != 0:
			t.Errorf("even text: got %q, want nothing", got)
		case long != "" && (len(got) != 1 || !strings.HasPrefix(got[0], "t/"+long+".md:15:1: ") || !strings.Contains(got[0], "times as long")):
			t.Errorf("long %s: got %q, want one finding there", long, got)
		}
	}
}
