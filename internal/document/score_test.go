package document_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fener/internal/document"
)

func TestScoreOCR(t *testing.T) {
	if os.Getenv("SCORE") == "" {
		t.Skip()
	}
	for _, n := range []string{"sq_PML_313-2025", "sq_PML_429-2025", "sq_PML_85-2025", "sr_K_556_2022"} {
		dir := "/work/shared/judgments/labelled/"
		words := map[string]int{}
		total := 0
		born := read(t, dir+n+".born.pdf")
		for _, w := range strings.Fields(born.Plain().String) {
			words[w]++
			total++
		}
		scan := read(t, dir+n+".scan.pdf")
		hit, extra := 0, 0
		var odd []string
		for _, w := range strings.Fields(scan.Plain().String) {
			if words[w] > 0 {
				words[w]--
				hit++
			} else {
				extra++
				odd = append(odd, w)
			}
		}
		fmt.Printf("%s: %d words, %.2f%% found, %d extra\n", n, total, 100*float64(hit)/float64(total), extra)
		if os.Getenv("SCORE") == "v" {
			fmt.Println(strings.Join(odd, " "))
		}
	}
}

func read(t *testing.T, path string) *document.Document {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d, err := (&document.Reader{}).Read(t.Context(), path, f)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
