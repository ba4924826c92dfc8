package redact

import "testing"

// The names are made up.
func TestWordsAreFoundAsTheyStand(t *testing.T) {
	for _, row := range []struct {
		want, text string
		found      bool
	}{
		{"Krasniqi", "i akuzuari KRASNIQI", true}, {"Krasniqi", "ndaj Krasniqit dhe", true}, {"Krasniqi", "Kras-\nniqi", true}, {"Krasniqi", "Krasniq", true},
		{"Drita", "e Dritës", true}, {"Drita", "drejtësi", false}, {"Petar", "protiv Petra", true}, {"Petar", "Petrova", true}, {"Đorđe", "Djordje", false}, {"Đorđe", "Đorđa", true},
		{"Agim Krasniqi", "Agim\nKrasniqit", true}, {"Agim Krasniqi", "Agim dhe Krasniqi", false}, {"044 123 456", "tel. 044-123-456", true}, {"044123456", "0441234567", false},
		{"Ana", "Anarkia", false}, {"Ana", "e Anës", false}, {"Ana", "Ana,", true}, {"Shqipe", "Shqiperia", true}, {"", "x", false}, {"—", "—", false}, {"Gashi", "Gashi\u0308", true},
	} {
		text, want := tokensOf(row.text), tokensOf(row.want)
		found := false
		find(text, want, func(span) { found = true })
		if found != row.found {
			t.Errorf("%q in %q: found is %v; want %v", row.want, row.text, found, row.found)
		}
	}
}

// Whatever stands in a text and among the words, looking ends, and each place lies in the text.
func FuzzWords(f *testing.F) {
	f.Add("i akuzuari Kras-\nniqi\u0308 \xff", "Krasniqi \xff\u0301")
	f.Add("\u0301\u00ad\n-", "-")
	f.Fuzz(func(t *testing.T, text, words string) {
		find(tokensOf(text), tokensOf(words), func(s span) {
			if s.start < 0 || s.end > len(text) || s.start >= s.end {
				t.Errorf("a place from %d to %d of %d bytes", s.start, s.end, len(text))
			}
		})
	})
}
