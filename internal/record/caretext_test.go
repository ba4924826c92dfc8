package record

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"fener/locale"
)

func codes(text string) string {
	var list []string
	for _, w := range Care("quote", text) {
		list = append(list, string(w.Code)+": "+w.Found)
	}
	return strings.Join(list, "; ")
}

func TestDescriptionsThatIdentifyAreDoubts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The court found that [L.D.] and his son recruited the victim.", "description: L.D.] and his son"},
		{"He was a senior official of the ministry.", "description: senior official"},
		{"She is the mayor’s daughter.", "description: mayor’s daughter"},
		{"He met the only female student from village X.", "description: only female"},
		{"He sold his 14-year-old cousin to them.", "description: his 14-year-old cousin"},
		{"The owner of the hotel paid for her.", "description: owner of the hotel"},
		{"A former judge was among them.", "description: former judge"},
		{"I pandehuri A.B. është pronar i motelit X.", "description: pronar i motelit"},
		{"Djali i tij e dërgoi viktimën.", "description: Djali i tij"},
		{"U arrestua edhe vajza e kryetarit.", "description: vajza e kryetarit"},
		{"Ai është zyrtar i lartë.", "description: zyrtar i lartë"},
		{"Ajo ishte e vetmja nxënëse nga fshati.", "description: vetmja nxënëse"},
		{"Njegov sin ju je doveo.", "description: Njegov sin"},
		{"Његов син ју је довео.", "description: Његов син"},
		{"Optužen je visoki funkcioner.", "description: visoki funkcioner"},
		{"Оптужен је високи функционер.", "description: високи функционер"},
		{"Jedina učenica iz sela.", "description: Jedina učenica"},
		{"Vlasnik kafane je osuđen.", "description: Vlasnik kafane"},
		{"Two boys were found in Peja.", "group: Two boys"},
		{"Në mesin e tyre një vajzë.", "group: një vajzë"},
		{"Међу њима две девојчице.", "group: две девојчице"},

		{"The government identified 26 trafficking victims; 23 were female and three were male.", ""},
		{"Police officers and officials of the ministry were trained.", ""},
		{"Only two persons were convicted.", ""},
		{"The only shelter for women closed.", ""},
		{"Victims were recruited by family members. Their parents did not know.", "description: Their parents"},
		{"Svedoci su dali svoj iskaz.", ""},
		{"Gjykata Themelore dënoi të pandehurin me 600 euro.", ""},
		{"Sud je utvrdio da njegova radnja nije delo. Sin nije optužen.", ""},
		{"She said that his case was closed. Son of a farmer.", ""},
	} {
		if got := codes(c.text); got != c.want {
			t.Errorf("%q\n gives %q\n want  %q", c.text, got, c.want)
		}
	}
}

// What is found stands in the text, and a text in Cyrillic is as doubtful as in
// Latin.
func FuzzCare(f *testing.F) {
	for _, s := range []string{"[L.D.] and his son", "djali i tij", "Његов син", "two boys", "1 girl, 14", "the only", "a", "L.D.", "Š.Đ.'s wife", "0\xff his son", "jedna devojčica", "dj", "DJ.Dj."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range Care("note", text) {
			if w.Found == "" || !strings.Contains(text, strings.TrimSpace(w.Found)) && w.Code != CareName {
				t.Errorf("%q is not in %q", w.Found, text)
			}
		}
		if utf8.ValidString(text) && !strings.ContainsAny(text, "dDđĐ") && isSerbianLatin(text) {
			if latin, cyrillic := description(text), description(locale.Cyrillic(text)); (latin == "") != (cyrillic == "") {
				t.Errorf("%q: %q, in Cyrillic %q", text, latin, cyrillic)
			}
		}
	})
}

// isSerbianLatin reports whether a text is plain words in small letters that
// Serbian writes, so that both scripts have the same words.
func isSerbianLatin(text string) bool {
	return strings.Trim(text, "abcefghijklmnoprstuvzčćšž ") == "" && !strings.Contains(text, "nj") && !strings.Contains(text, "lj")
}

// A text is cut into words by hand, since an expression takes longer than all else that is asked of it; it is cut as the expression cuts it.
func FuzzTokens(f *testing.F) {
	cut := regexp.MustCompile(`(?:\p{Lu}\p{Ll}?\.[ \x{a0}]?){1,3}\p{Lu}\p{Ll}?\.|\p{Lu}\.\p{Lu}\b|\p{L}[\p{L}\p{Mn}]*(?:-\p{L}[\p{L}\p{Mn}]*)*|\d+`)
	for _, text := range []string{"A. B. and Sh.K., the son of the mayor", "I pandehuri A.B dhe Xh. M. u dënua", "a 14-year-old girl, high-ranking - perhaps", "Đ. Dž.", "Оптужени А. Б. из Пећи", "A.", "A.B", "A.BC.", "e\u0308-\u0308x", "X.\u00a0Y.", "\xff-a", "12 Sh 3a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got [][]int
		for from, to := nextToken(text, 0); from >= 0; from, to = nextToken(text, to) {
			got = append(got, []int{from, to})
		}
		want := cut.FindAllStringIndex(text, -1)
		if !reflect.DeepEqual(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%q is cut at %v, want %v", text, got, want)
		}
	})
}
