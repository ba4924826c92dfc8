package sheet

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/locale"
)

// docs/funding.md lists every sheet with its columns and words as they are. FENER_UPDATE=1 writes the list anew.
func TestTheGuideListsTheSheets(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "funding.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- the sheets: written by FENER_UPDATE=1 go test ./internal/sheet -->\n", "<!-- end of the sheets -->"
	before, rest, ok1 := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatalf("%s has no place for the sheets", path)
	}
	whole := before + begin + guide() + end + after
	if os.Getenv("FENER_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if whole != string(text) {
		t.Errorf("%s lists other sheets, columns or words than there are: FENER_UPDATE=1 go test ./internal/sheet", path)
	}
}

func guide() string {
	var b strings.Builder
	for _, d := range record.FundingKinds() {
		s := d.Sheet
		var names []string
		for _, l := range []locale.Lang{locale.SQ, locale.SRLatn} {
			names = append(names, Title(l, s))
		}
		fmt.Fprintf(&b, "\n### %s (`%s`)\n\n%s In the workbook: %s.\n\n| column | name | what belongs there |\n|---|---|---|\n", Title(locale.EN, s), s.Name, say(locale.EN, "about."+s.Name), strings.Join(names, ", "))
		for i, column := range s.Columns {
			name, note := "`"+column+"`", Note(locale.EN, s, column)
			if i < s.Needed {
				name = "**" + name + "**"
			}
			if c := s.Cells[column]; c.Is == record.CellWord {
				note += " `" + strings.Join(c.Words, "`, `") + "`"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", name, Header(locale.EN, column), note)
		}
	}
	b.WriteByte('\n')
	return b.String()
}
