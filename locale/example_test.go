package locale_test

import (
	"fmt"

	"fener/locale"
	"fener/period"
)

// Whole numbers, decimals and shares as each language writes them. The blank in an Albanian
// number is one that no line breaks at.
func ExampleInteger() {
	for _, l := range locale.All {
		fmt.Printf("%s: %q %q %q\n", l, locale.Integer(l, 1234567), locale.Decimal(l, 2.5, 1), locale.Percent(l, 0.125))
	}
	// Output:
	// sq: "1\u00a0234\u00a0567" "2,5" "12,5%"
	// sr: "1.234.567" "2,5" "12,5%"
	// sr-Latn: "1.234.567" "2,5" "12,5%"
	// en: "1,234,567" "2.5" "12.5%"
}

// The noun takes the form that the number asks for.
func ExampleMoney() {
	for _, l := range locale.All {
		fmt.Printf("%s: %s, %s, %s\n", l, locale.Money(l, 100), locale.Money(l, 300), locale.Money(l, 60050))
	}
	// Output:
	// sq: 1 euro, 3 euro, 600,50 euro
	// sr: 1 евро, 3 евра, 600,50 евра
	// sr-Latn: 1 evro, 3 evra, 600,50 evra
	// en: 1 euro, 3 euros, 600.50 euros
}

// A date is written as far as it is known, and after a preposition in the case that it asks for.
func ExampleDate() {
	for _, l := range locale.All {
		day, month := period.MustDate("2026-11-25"), period.MustDate("2017-12")
		fmt.Printf("%s: %s; %s; %s; %s\n", l, locale.Date(l, day), locale.DateAfter(l, day), locale.Date(l, month), locale.Date(l, period.Date{}))
	}
	// Output:
	// sq: 25 nëntor 2026; 25 nëntor 2026; dhjetor 2017; data nuk dihet
	// sr: 25. новембар 2026.; 25. новембра 2026.; децембар 2017.; датум није познат
	// sr-Latn: 25. novembar 2026.; 25. novembra 2026.; decembar 2017.; datum nije poznat
	// en: 25 November 2026; 25 November 2026; December 2017; date not known
}

// A length of a sentence in words, which period.ParseLength reads back.
func ExampleLength() {
	for _, l := range locale.All {
		text := locale.Length(l, period.Months(42))
		again, err := period.ParseLength(text)
		fmt.Println(text, "=", again, err)
	}
	// Output:
	// 3 vjet e 6 muaj = 3y 6m <nil>
	// 3 године и 6 месеци = 3y 6m <nil>
	// 3 godine i 6 meseci = 3y 6m <nil>
	// 3 years 6 months = 3y 6m <nil>
}

// Which form of a noun a number asks for: 21 as 1 in Serbian, not in Albanian.
func ExamplePlural() {
	for _, n := range []int64{1, 2, 5, 11, 21, 22} {
		fmt.Println(n, locale.Plural(locale.SR, n), locale.Plural(locale.SQ, n))
	}
	// Output:
	// 1 one one
	// 2 few other
	// 5 other other
	// 11 other other
	// 21 one other
	// 22 few other
}

// Numbers are read as people write them.
func ExampleParseNumber() {
	for _, text := range []string{"1 234,50", "100.000", "65 mijë", "2,5 miliona", "many"} {
		n, ok := locale.ParseNumber(text)
		fmt.Printf("%q: %q, either %t, %t\n", text, n.Plain, n.Either, ok)
	}
	// Output:
	// "1 234,50": "1234.5", either false, true
	// "100.000": "100000", either true, true
	// "65 mijë": "65000", either false, true
	// "2,5 miliona": "2500000", either false, true
	// "many": "", either false, false
}

// One form for all spellings of a word, for searching.
func ExampleFold() {
	for _, word := range []string{"Ђорђе", "Đorđe", "Djordje", "Gjykatë", "ÇMIM"} {
		fmt.Println(locale.Fold(word))
	}
	// Output:
	// dorde
	// dorde
	// dorde
	// gjykate
	// cmim
}

// Ç, dh and zh are letters of their own in Albanian, as č, ć, dž and đ are in Serbian.
func ExampleSort() {
	words := []string{"dhomë", "çmim", "dosje", "cak", "zbutje", "zhvillim"}
	locale.Sort(locale.SQ, words, func(w string) string { return w })
	fmt.Println(words)
	words = []string{"đak", "čovek", "dete", "cena", "džep", "ćebe"}
	locale.Sort(locale.SRLatn, words, func(w string) string { return w })
	fmt.Println(words)
	// Output:
	// [cak çmim dosje dhomë zbutje zhvillim]
	// [cena čovek ćebe dete džep đak]
}

// The two Serbian scripts are one language: nj, lj and dž are one letter each.
func ExampleCyrillic() {
	fmt.Println(locale.Cyrillic("Njegova presuda je ublažena"), locale.Latin("Његова пресуда је ублажена"))
	// Output:
	// Његова пресуда је ублажена Njegova presuda je ublažena
}

// The language of a reader, from what the browser asks for; Albanian where none of ours is wanted.
func ExampleNegotiate() {
	for _, header := range []string{"sr-Latn-RS,sr;q=0.9", "de,sq;q=0.5", "fr"} {
		fmt.Printf("%q\n", locale.Negotiate(header))
	}
	// Output:
	// "sr-Latn"
	// "sq"
	// "sq"
}
