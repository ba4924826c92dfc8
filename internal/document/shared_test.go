package document_test

import (
	"fmt"
	"os"
	"testing"

	"fener/internal/document"
)

func TestX(t *testing.T) {
	r := document.Reader{}
	for _, n := range []string{os.Getenv("DOC")} {
		f, err := os.Open(n)
		if err != nil {
			t.Fatal(err)
		}
		d, err := r.Read(t.Context(), n, f)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(d.Form, d.Notes, d.Gaps)
		for _, p := range d.Pages {
			fmt.Println("=== PAGE", p.Number, p.Width, p.Height, p.Recognised, p.Unread, p.Detail)
			for _, g := range p.Paragraphs {
				fmt.Println("--", g.Role)
				for _, l := range g.Lines {
					fmt.Println(l.Text)
				}
			}
		}
	}
}
