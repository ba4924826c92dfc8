package batch_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fener/internal/batch"
	"fener/internal/intake"
	"fener/internal/record"
	"fener/internal/sheet"
	"fener/locale"
)

// fundingRows are SYNTHETIC grants for 500 shelters, each with words of its own, below their header; the shelters stand before them.
func fundingRows(grants int) (shelters, rows [][]any) {
	shelters = [][]any{{"id", "name_en", "sort", "source"}}
	for i := range 500 {
		shelters = append(shelters, []any{fmt.Sprintf("SH-%d", i), fmt.Sprintf("SYNTHETIC shelter %d", i), "closed", "SYNTHETIC report. SYNTHETIC, 2020"})
	}
	rows = [][]any{{"id", "shelters", "step", "funders", "purpose", "signed", "from", "to", "amount", "currency", "published", "source", "place", "quote"}}
	for i := range grants {
		year := 2000 + i/500
		rows = append(rows, []any{fmt.Sprintf("G-%d", i), fmt.Sprintf("SH-%d", i%500), "contracted", "SYNTHETIC ministry", "running", fmt.Sprintf("15.02.%d", year), fmt.Sprintf("01.03.%d", year), fmt.Sprintf("31.12.%d", year),
			60000 + i, "EUR", fmt.Sprintf("01.03.%d", year+1), "SYNTHETIC report. SYNTHETIC, 2020", fmt.Sprintf("page %d", i),
			fmt.Sprintf("SYNTHETIC: the ministry signed contract %d with the shelter, worth %d euros, for the time from 01.03.%d to 31.12.%d", i, 60000+i, year, year)})
	}
	return shelters, rows
}

func fundingCSV(rows [][]any) []byte {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(';')
			}
			fmt.Fprint(&b, cell)
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

func fundingWorkbook(tb testing.TB, sheets map[string][][]any) []byte {
	tb.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for name, rows := range sheets {
		if _, err := book.NewSheet(name); err != nil {
			tb.Fatal(err)
		}
		w, err := book.NewStreamWriter(name)
		if err != nil {
			tb.Fatal(err)
		}
		for i, row := range rows {
			if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
				tb.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			tb.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkImportFunding reads 10,000 SYNTHETIC grants and the shelters that they are for, plans, reconciles and appends them in one batch.
func BenchmarkImportFunding(b *testing.B) {
	const total = 10_000
	shelters, grants := fundingRows(total)
	book := fundingWorkbook(b, map[string][][]any{"Shelters": shelters, "Grants": grants})
	tables := map[string][]byte{"shelters.csv": fundingCSV(shelters), "grants.csv": fundingCSV(grants)}
	for name, files := range map[string]func() []intake.FormFile{
		"csv": func() []intake.FormFile {
			return []intake.FormFile{{Name: "shelters.csv", From: bytes.NewReader(tables["shelters.csv"])}, {Name: "grants.csv", From: bytes.NewReader(tables["grants.csv"])}}
		},
		"workbook": func() []intake.FormFile {
			return []intake.FormFile{{Name: "book.xlsx", From: bytes.NewReader(book)}}
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				l := openLedger(b)
				b.StartTimer()
				sum, err := batch.Funding(b.Context(), l, files(), batch.Options{By: "bench", Now: noon, Synthetic: true})
				if err != nil || sum.Classes[batch.New]+sum.Classes[batch.Doubtful] != total+500 {
					b.Fatalf("%+v, %v", sum, err)
				}
			}
			b.ReportMetric(total*float64(b.N)/b.Elapsed().Seconds(), "grants/s")
		})
	}
}

// BenchmarkTemplate writes the workbook that is filled in.
func BenchmarkTemplate(b *testing.B) {
	for b.Loop() {
		var out bytes.Buffer
		if err := sheet.Template(&out, locale.SQ, record.FundingKinds(), "fener import funding"); err != nil {
			b.Fatal(err)
		}
	}
}
