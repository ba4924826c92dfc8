package locale

import "testing"

func TestPlain(t *testing.T) {
	for _, row := range []struct{ name, in, want string }{
		{"ASCII", "06/L-074:165(1)", "06/L-074:165(1)"},
		{"letters of ours", "Gjykata e Pejës, Čačak, Приштина", "Gjykata e Pejës, Čačak, Приштина"},
		{"a soft hyphen", "3 vj\u00adet", "3 vjet"},
		{"a zero-width space", "3 vjet\u200b", "3 vjet"},
		{"a mark of direction", "\u200e12.03.2021", "12.03.2021"},
		{"a mark of byte order", "\ufeffcase", "case"},
		{"a word joiner", "2\u2060000", "2000"},
		{"unbreakable spaces", "2\u00a0000\u202f€", "2 000 €"},
		{"a line separator", "3 vjet\u20286 muaj", "3 vjet 6 muaj"},
		{"an unbreakable hyphen", "06/L\u2011074", "06/L-074"},
		{"a dash stays", "2020 – 2021", "2020 – 2021"},
		{"decomposed", "de\u0308nuar, uslovno os\u030cudjen", "dënuar, uslovno ošudjen"},
		{"full width", "１６５（１）", "165(1)"},
		{"a Cyrillic letter in vjet", "3 vj\u0435t", "3 vjet"},
		{"a Cyrillic ё in dënuar", "d\u0451nuar", "dënuar"},
		{"a Latin letter in осуђен", "oсуђен", "осуђен"},
		{"Cyrillic capitals in a law's number", "06/L-074 \u041eJ", "06/L-074 OJ"},
		{"a Greek letter", "c\u03bfnvicted", "convicted"},
		{"words of two alphabets", "kazna и казна", "kazna и казна"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
	} {
		if got := Plain(row.in); got != row.want {
			t.Errorf("%s: %q reads as %q, want %q", row.name, row.in, got, row.want)
		} else if again := Plain(got); again != got {
			t.Errorf("%s: once more it is %q", row.name, again)
		}
	}
}
