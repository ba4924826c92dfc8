package record

import (
	"strings"
	"testing"
)

func rowOf(cells map[string]string) *Row {
	return NewRow(func(column string) string { return cells[column] })
}

func TestSeveralThingsInACellStandOnLinesOfTheirOwn(t *testing.T) {
	row := rowOf(map[string]string{"id": "t", "name_en": "Talk", "stage": "held",
		"guests":      "A. B. | officer; of grants | zyrtare | službenica | moj | no_answer\n\n  | Representative | | | kjc\r\nC. D.",
		"interpreted": "sq > en; sr"})
	_, _, body := talkSheet.Read(row)
	talk := body.(*Talk)
	want := []Guest{
		{Speaker{"A. B.", Names{EN: "officer; of grants", SQ: "zyrtare", SR: "službenica"}, "moj"}, "no_answer"},
		{Speaker{"", Names{EN: "Representative"}, "kjc"}, ""},
		{Speaker{Name: "C. D."}, ""},
	}
	if len(talk.Guests) != len(want) || len(row.Wrong()) > 0 {
		t.Fatalf("%d guests, %v", len(talk.Guests), row.Wrong())
	}
	for i := range want {
		if talk.Guests[i] != want[i] {
			t.Errorf("guest %d is %+v, want %+v", i+1, talk.Guests[i], want[i])
		}
	}
	if len(talk.Interpreted) != 2 || talk.Interpreted[0] != (Interpreted{"sq", "en"}) || talk.Interpreted[1] != (Interpreted{"", "sr"}) {
		t.Errorf("interpreted: %v", talk.Interpreted)
	}
}

// What has more parts than its column, a date that is none, and a thing of no kind are said with the column.
func TestWhatCannotBeReadInACellIsSaid(t *testing.T) {
	for _, row := range []struct {
		sheet  *Sheet
		column string
		cell   string
		says   string
	}{
		{talkSheet, "guests", "a | b | c | d | e | invited | more", "7 parts; expected 6"},
		{talkSheet, "moderator", "One\nTwo", "2 lines"},
		{commitmentSheet, "later", "soon | 2024 | s | | q", "soon"},
		{commitmentSheet, "by", "next year", "next year"},
		{outcomeSheet, "rests", "gap:g-1; nonsense", "nonsense"},
	} {
		r := rowOf(map[string]string{row.column: row.cell})
		row.sheet.Read(r)
		wrong := r.Wrong()
		if len(wrong) != 1 || wrong[0].Field != row.column || !strings.Contains(wrong[0].Error(), row.says) {
			t.Errorf("%s %q: %v", row.column, row.cell, wrong)
		}
	}
}

// A quotation can hold a semicolon, since lines part what stands in a cell.
func TestLaterDatesKeepTheirWords(t *testing.T) {
	_, _, body := commitmentSheet.Read(rowOf(map[string]string{"institution": "moj", "what_en": "A call", "later": "2025-06 | 2024-12-01 | report | page 2 | not now; next year"}))
	later := body.(*Commitment).Later
	if len(later) != 1 || later[0].By.String() != "2025-06" || later[0].Citation != (Citation{"report", "page 2", "not now; next year"}) {
		t.Errorf("%+v", later)
	}
}
