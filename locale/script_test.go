package locale

import (
	"strings"
	"testing"
)

func TestCyrillic(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a sentence", "Sud je izrekao kaznu od 3 godine i 6 meseci.", "Суд је изрекао казну од 3 године и 6 месеци."},
		{"every letter", "abvgdđežzijklljmnnjoprstćufhcčdžš", "абвгдђежзијклљмнњопрстћуфхцчџш"},
		{"every capital", "ABVGDĐEŽZIJKLLJMNNJOPRSTĆUFHCČDŽŠ", "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"},
		{"capital pairs", "Ljubav, LJUBAV, Njegoš, NJEGOŠ, Džep, DŽEP", "Љубав, ЉУБАВ, Његош, ЊЕГОШ, Џеп, ЏЕП"},
		{"pairs as single signs", "ǉubav ǋegoš ǄEP", "љубав Његош ЏЕП"},
		{"letters and marks apart", "c\u030carls\u030cija", "чарлшија"},
		{"pair at the end", "konj, kralj, bridž", "коњ, краљ, бриџ"},
		{"n and j apart", "injekcija, Konjunkcija, konjugacija, Tanjug, anjon", "инјекција, Конјункција, конјугација, Танјуг, анјон"},
		{"n and j together", "kanjon, konjušar, sunce i senja", "кањон, коњушар, сунце и сења"},
		{"d and ž apart", "nadživeti, odžaliti, nenadživljen, PODŽANR", "надживети, оджалити, ненадживљен, ПОДЖАНР"},
		{"d and ž together", "budžet, odžak, nadžak, džemper", "буџет, оџак, наџак, џемпер"},
		{"apart and together", "najodživljeniji", "најодживљенији"},
		{"abbreviations", "600 EUR (CSV, JSON i PDF), URL:", "600 EUR (CSV, JSON и PDF), URL:"},
		{"foreign letters", "Prishtinë, New York, Wright i Sarajevo", "Prishtinë, New York, Wright и Сарајево"},
		{"digits", "G20 i COVID19", "G20 и COVID19"},
		{"a law's number", "Zakonik br. 06/L-074, član 165.", "Законик бр. 06/L-074, члан 165."},
		{"ordinals", "od 2019-te do 1-og", "од 2019-те до 1-ог"},
		{"Roman numerals", "glava XXI i deo II", "глава XXI и део II"},
		{"addresses", "Vidi https://fener.example/sr/nalazi ili sud@primer.rs", "Види https://fener.example/sr/nalazi или sud@primer.rs"},
		{"already Cyrillic", "Суд и право", "Суд и право"},
		{"marked text", "Predmet " + Verbatim("Gjykata e Pejes") + " je rešen", "Предмет Gjykata e Pejes је решен"},
		{"marked twice", Verbatim("a") + "a" + Verbatim("a"), "aаa"},
		{"marks within marks", Verbatim("x"+Verbatim("ime")+"y") + " sud", "ximey суд"},
		{"never closed", "sud \uE000sud", "суд sud"},
		{"never opened", "sud\uE001 sud", "суд суд"},
		{"white space", " \n\tsud\u00a0 i ", " \n\tсуд\u00a0 и "},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Cyrillic(tt.in); got != tt.want {
				t.Errorf("Cyrillic(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestLatin(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a sentence", "Суд је изрекао казну од 3 године и 6 месеци.", "Sud je izrekao kaznu od 3 godine i 6 meseci."},
		{"capitals", "Љубав, ЉУБАВ, Његош, ЊЕГОШ, Џеп, ЏЕП, ХМЕЉ, А. Њ.", "Ljubav, LJUBAV, Njegoš, NJEGOŠ, Džep, DŽEP, HMELJ, A. Nj."},
		{"letters apart", "инјекција, надживети", "injekcija, nadživeti"},
		{"already Latin", "Gjykata e Pejës", "Gjykata e Pejës"},
		{"letters of other languages", "ѓ ы", "ѓ ы"},
		{"marked text", "Реч " + Verbatim("суд") + " је", "Reč суд je"},
		{"never closed", "суд \uE000суд", "sud суд"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Latin(tt.in); got != tt.want {
				t.Errorf("Latin(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

func FuzzScripts(f *testing.F) {
	for _, s := range []string{"Sud je izrekao kaznu", "nadživeti injekciju", "ЉУБАВ", "Prishtinë 06/L-074", "dj Đorđe ǆ", "d\u00adj"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cyrillic := Cyrillic(s)
		if strings.ContainsAny(cyrillic+Latin(s), "\uE000\uE001") {
			t.Errorf("markers stay in %q", s)
		}
		if Cyrillic(Verbatim(s)) != withoutMarkers.Replace(s) || Latin(Verbatim(s)) != withoutMarkers.Replace(s) {
			t.Errorf("marked text changed: %q", s)
		}
		small := strings.Map(func(r rune) rune {
			if r == ' ' || r < 'а' && strings.ContainsRune(alphabet, r) {
				return r
			}
			return -1
		}, strings.ToLower(s))
		if got := Latin(Cyrillic(small)); got != small {
			t.Errorf("%q came back from Cyrillic as %q", small, got)
		}
		if plain := withoutMarkers.Replace(s); Fold(Cyrillic(plain)) != Fold(plain) {
			t.Errorf("%q folds as %q, in Cyrillic as %q", plain, Fold(plain), Fold(Cyrillic(plain)))
		}
	})
}
