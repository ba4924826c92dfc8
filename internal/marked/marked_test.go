package marked_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"fener/internal/intake"
	"fener/internal/marked"
	"fener/law"
	"fener/locale"

	"github.com/xuri/excelize/v2"
)

// A table comes back as it was, with what is wrong coloured and explained, and
// can be corrected there and read again.
func TestMarked(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	const table = "Judgments of 2021,,,,,\n" +
		"case,offence_convicted,verdict,imprisonment,suspended,fine\n" +
		"P 1/21,165(1),convicted,6y,no,2000\n" +
		"P 2/21,165(1),convicted,6,maybe,2000\n" +
		"=2+3,165(1),convicted,5y,no,2.000\n"
	problems := func(file string) (list []intake.Problem) {
		_, err := intake.Each(context.Background(), "t", strings.NewReader(file), intake.Options{Pack: pack}, nil, func(b *intake.Batch) error {
			list = append(list, b.Problems...)
			for _, r := range b.Rows {
				list = append(list, r.Doubts...)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	found := problems(table)
	var out bytes.Buffer
	if err := marked.Write("t", strings.NewReader(table), &out, found, locale.EN, intake.Options{Pack: pack}); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A1": "Judgments of 2021", "G2": "error", "A3": "P 1/21", "G3": "", "D4": "6", "A5": "'=2+3", "F5": "2.000"} {
		if got, _ := book.GetCellValue("Sheet1", cell); got != want {
			t.Errorf("%s holds %q, want %q", cell, got, want)
		}
	}
	if why, _ := book.GetCellValue("Sheet1", "G4"); !strings.Contains(why, "length of a sentence") || !strings.Contains(why, "neither yes nor no") {
		t.Errorf("row 4 is explained as %q", why)
	}
	colour := func(cell string) string {
		id, err := book.GetCellStyle("Sheet1", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(style.Fill.Color, "")
	}
	if a, b, c, d := colour("D4"), colour("E4"), colour("F5"), colour("D3"); a != "FFC7CE" || b != "FFC7CE" || c != "FFEB9C" || d != "" {
		t.Errorf("marked with %q, %q, %q and %q", a, b, c, d)
	}
	comments, err := book.GetComments("Sheet1")
	if err != nil || len(comments) != 3 {
		t.Errorf("%d remarks, %v; want one at each marked cell", len(comments), err)
	}
	if again := problems(out.String()); len(again) != len(found) {
		t.Errorf("read again it has %d problems, before %d: %v", len(again), len(found), again)
	}
}
