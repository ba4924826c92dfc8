package sheet

import (
	"bytes"
	"testing"

	"fener/internal/intake"
	"fener/internal/record"
	"fener/locale"
)

// Whatever somebody hands in, it is read or refused, and what is read can be looked at as a thing.
func FuzzFunding(f *testing.F) {
	var book bytes.Buffer
	if err := Template(&book, locale.SQ, record.FundingKinds(), "fener import funding"); err != nil {
		f.Fatal(err)
	}
	f.Add(book.Bytes())
	f.Add([]byte("id,shelters,step,amount,currency,from\nG-1,SH-A;SH-B,contracted,72.000,EUR,04/05/2019\n"))
	f.Add([]byte("Shenja;Strehimoret;Hapi;Shuma;Nga\nG-1;SH-A;E kontraktuar;\"72 000 €\";43497\n"))
	f.Add([]byte("\xff\xfei\x00d\x00,\x00s\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := Funding().Read([]intake.FormFile{{Name: "file", From: bytes.NewReader(data)}})
		if err != nil {
			t.Fatal(err)
		}
		for i := range found.Rows {
			for _, d := range record.FundingKinds() {
				if d.Sheet.Name == found.Rows[i].Form {
					_, _, body := d.Sheet.Read(record.NewRow(found.Rows[i].Field))
					body.Validate(true)
				}
			}
		}
		for _, p := range found.Problems {
			if p.Text(locale.SR) == "" {
				t.Errorf("a problem without words: %+v", p)
			}
		}
	})
}
