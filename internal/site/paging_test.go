package site

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

func TestALongListIsPaged(t *testing.T) {
	d := newRecord(t)
	var changes []ledger.Change
	for i := range 2*page.PageSize + 3 {
		body, err := record.Encode(&record.Judgment{
			Case: fmt.Sprintf("case-%d", i), Numbers: []string{fmt.Sprintf("PKR.nr. %d/2021, PAKR.nr. %d/2022", i+1, i+1)}, Court: "court", Date: period.MustDate("2021-06-17"),
			Defendants: []record.Defendant{{Label: "1", Counts: []record.Count{{Convicted: "06/L-074:165(1)", Verdict: law.Convicted, From: period.MustDate("2020-01-02"),
				Sentence: record.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(1)}, Suspended: record.YesNo(law.Yes)}}}}}, Citations: []record.Citation{},
		})
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, ledger.Change{Kind: record.JudgmentKind, ID: fmt.Sprintf("j-%d", i), State: record.Published, By: "officer", Why: "entered", Body: body})
	}
	if _, err := d.ledger.Append(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	d.catchUp()
	h := d.handler()
	for _, row := range []struct {
		path        string
		rows        int
		want, never string
	}{
		{"/en/cases", page.PageSize, "Part 1 of 3", "Previous part"},
		{"/en/cases?outcome=below_floor&page=2", page.PageSize, `href="/en/cases?outcome=below_floor&amp;page=3">Next part`, "Part 1 of"},
		{"/en/cases?page=3", 3, "Part 3 of 3", "Next part"},
		{"/en/cases?page=9", 0, "Previous part", "Next part"},
	} {
		r := get(t, h, row.path)
		html := body(t, r)
		if got := strings.Count(html, `<th scope="row">`); r.StatusCode != http.StatusOK || got != row.rows || !strings.Contains(html, row.want) || strings.Contains(html, row.never) {
			t.Errorf("%s: %d with %d rows, want %d with %q and without %q", row.path, r.StatusCode, got, row.rows, row.want, row.never)
		}
	}
	const styles = 25 << 10
	if n := len(body(t, get(t, h, "/sr/cases"))) + styles; n > 60<<10 {
		t.Errorf("a full list weighs %d bytes with its styles", n)
	}
}
