package reading

import "testing"

// Texts are made even as they come from presses, typists and scans.
func TestTextsAreMadeEven(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"marks and capitals", "Gjykatës Themelore në PEJË", "Gjykates Themelore ne PEJE"},
		{"Serbian Latin with đ", "utvrđuje mjere", "utvrdjuje mjere"},
		{"Cyrillic", "Осуђује се на казну затвора", "Osudjuje se na kaznu zatvora"},
		{"Cyrillic letters that a scan saw in a Latin text", "Gjykata е Apelit në Kosоvë dhe gjykata", "Gjykata e Apelit ne Kosove dhe gjykata"},
		{"a word divided at the end of a line", "dënim me burgim në kohë-\n   zgjatje prej", "denim me burgim ne kohezgjatje prej"},
		{"a hyphen that belongs to the word", "të KPRK-\nsë", "te KPRK-se"},
		{"no hyphen before a name", "Gjykata -\nDepartamenti", "Gjykata - Departamenti"},
		{"the letter l for 1", "od 30.l2.20l4 i stav l Zakonika", "od 30.12.2014 i stav 1 Zakonika"},
		{"letters o for cents", "iznos od 5.000,oo eura", "iznos od 5.000,00 eura"},
		{"a missing space behind a number", "K.br. 138/17od", "K.br. 138/17od"},
		{"the euro sign", "400,00€ i 2000 €", "400,00eur i 2000 eur"},
		{"a heading with spaces between its letters", "donio je\n\nP R E S U D U\n\nOkrivljeni", "donio je PRESUDU Okrivljeni"},
		{"such a heading with letters together", "O b ra z l o ž e nje", "Obrazlozenje"},
		{"such a heading within a line", "donio je P R E S U D U Okrivljeni", "donio je PRESUDU Okrivljeni"},
		{"initials are no such heading", "E. K. R. C. i drugi", "E. K. R. C. i drugi"},
		{"a page number and a running head between", "60.000\n\n\n      213\n   Vendime të përzgjedhura\n\n   euro dhe\n\n\n    214\n   Vendime të përzgjedhura\n\n fund", "60.000 euro dhe fund"},
		{"page breaks and heads that differ in their number", "a b\fFaqja 2 nga 9\nc d\fFaqja 3 nga 9\ne f", "a b c d e f"},
		{"invisible signs", "den\u00adim\u200b me\u00a0burg", "denim me burg"},
		{"decomposed letters", "de\u0308nim me burgim", "denim me burgim"},
		{"a year on a line of its own in a paragraph", "në vitin\n2024\nka kryer", "ne vitin 2024 ka kryer"},
	} {
		if got := makeEven(row.text).clean; got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}

// Every letter of the even text remembers where it stood.
func TestPlacesAreKept(t *testing.T) {
	text := "dënim me burgim në kohë-\n   zgjatje prej 6\f\n 12 \n\f (gjashtë) muaj, О с у ђ у ј е"
	e := makeEven(text)
	if len(e.at) != len(e.clean) {
		t.Fatalf("%d places for %d letters", len(e.at), len(e.clean))
	}
	for i := 1; i < len(e.at); i++ {
		if e.at[i] < e.at[i-1] {
			t.Fatalf("places go back at %q", e.clean[:i+1])
		}
	}
	for i := range len(e.clean) {
		if s := e.span(i, i+1); s.Start < 0 || s.End > len(text) || s.Start >= s.End {
			t.Fatalf("%q stands at %v", e.clean[i:i+1], s)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	all, err := languages()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*language{}
	for _, l := range all {
		byName[l.Language] = l
	}
	for _, row := range []struct {
		language, words string
		want            int
	}{
		{"sq", "gjashtë", 6},
		{"sq", "pesëmbëdhjetë", 15},
		{"sq", "njëqindepesëdhjetë", 150},
		{"sq", "njëqind e tetëdhjetë", 180},
		{"sq", "dymijeshtatëqind", 2700},
		{"sq", "njëmijë e pesëqind", 1500},
		{"sq", "tetëmbëdhjetëmijë e treqind", 18300},
		{"sq", "njëqindenjëzet mijë", 120000},
		{"sq", "shtatëmbëdhjetëmijë e dyqind e nëntëdhjetë e dy", 17292},
		{"sr", "osam", 8},
		{"sr", "tri stotine šezdeset", 360},
		{"sr", "dvije hiljade", 2000},
		{"sr", "hiljadu dvjesta", 1200},
		{"en", "twenty-five", 25},
		{"en", "two hundred and fifty thousand", 250000},
	} {
		if got, ok := byName[row.language].numeral(makeEven(row.words).low); !ok || got != row.want {
			t.Errorf("%s %q: %d %v, want %d", row.language, row.words, got, ok, row.want)
		}
	}
	for _, word := range []string{"burgim", "nga", "euro", "vjet", "deri"} {
		if n, ok := byName["sq"].numeral(word); ok {
			t.Errorf("%q is no number, got %d", word, n)
		}
	}
}

func TestAmounts(t *testing.T) {
	all, _ := languages()
	for _, l := range all {
		if l.Language != "sq" {
			continue
		}
		for _, row := range []struct {
			text  string
			cents int64
			agree bool
		}{
			{"3.000", 300000, true},
			{"120.000 (njëqindenjëzet mijë)", 12000000, true},
			{"10,000 (dhjetëmijë)", 1000000, true},
			{"1.200,00", 120000, true},
			{"2 000,00", 200000, true},
			{"5.000,00", 500000, true},
			{"223,97", 22397, true},
			{"pesëqind (500)", 50000, true},
			{"tre (300)", 30000, false}, // digits are copied, words are mistyped
			{"720 (shtatëqind)", 72000, false},
			{"10 (njëqind)", 1000, false},
			{"900 ( nëntëqind)", 90000, true},
		} {
			cents, agree, ok := l.amount(makeEven(row.text).low)
			if !ok || cents != row.cents || agree != row.agree {
				t.Errorf("%q: %d %v %v, want %d %v", row.text, cents, agree, ok, row.cents, row.agree)
			}
		}
	}
}
