package residue_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/residue"
)

// BenchmarkSearch says how many bytes a second are searched, by what they are.
func BenchmarkSearch(b *testing.B) {
	const size = 64 << 20
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, size)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	var text strings.Builder
	words := strings.Fields("gjykata e apelit the court of appeals sentenced osuđen je na kaznu zatvora dënuar me burgim prej vjetësh Zenica Saq 2018 the accused")
	for text.Len() < size {
		fmt.Fprintf(&text, `{"case":"%d/%d","quote":"%s %s %s"}`+"\n", random.IntN(900), random.IntN(20), words[random.IntN(len(words))], words[random.IntN(len(words))], words[random.IntN(len(words))])
	}
	for _, row := range []struct {
		name    string
		content []byte
		words   []string
	}{
		{"noise, a name", noise, []string{name}},
		{"text, a name", []byte(text.String()), []string{name}},
		{"text, twenty names", []byte(text.String()), strings.Split("Arben Krasniqi,Blerim Gashi,Vjosa Berisha,Đorđe Ljubičić,Milica Petrović,Агим Шаља,Zana Hoxha,Driton Morina,Luan Bytyqi,Saranda Shala,Nikola Jović,Ana Marić,Teuta Rexhepi,Besnik Kelmendi,Fatmir Osmani,Arta Ahmeti,Jelena Ilić,Goran Pavlović,Vlora Hasani,Kujtim Zeqiri", ",")},
	} {
		path := filepath.Join(b.TempDir(), "file")
		must(0, os.WriteFile(path, row.content, 0o600))
		b.Run(row.name, func(b *testing.B) {
			b.SetBytes(int64(len(row.content)))
			for b.Loop() {
				s := must(residue.New(row.words, residue.Options{}))
				must(s.Paths(b.Context(), path))
			}
		})
	}
}
