package law_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"fener/law"
	"fener/locale"
)

// elsewhere is a pack of a made-up country whose law looks like none of Kosovo's.
func elsewhere(t *testing.T, head, article string) *law.Pack {
	t.Helper()
	pack, err := law.Load(fstest.MapFS{
		"pack.yaml": {Data: []byte("pack: XX\n" + head + "\noffences:\n- {id: theft, names: {es: hurto}, words: [hurto simple]}\n")},
		"code.yaml": {Data: []byte("instrument: C1\naliases: [18 U.S.C., 18 USC]\nkind: criminal_code\nnames: {es: Código penal}\nin_force: {from: 2000-01-01}\nprovisions:\n- {ref: " +
			article + ", names: {es: Hurto}, offence: theft, variant: basic, punishment: {imprisonment: {from: 1y, to: 5y}, fine: {joined: and, from: 10, to: 900}}, text: El hurto se castiga., language: es, verified: read}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// anyCountry is a made-up country with the rules that no real pack has yet.
func anyCountry(t testing.TB) *law.Pack {
	t.Helper()
	pack, err := law.LoadDir("testdata/any-country")
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

func TestAnyCountryVerifies(t *testing.T) {
	for _, p := range anyCountry(t).Verify(nil).Problems {
		t.Error(p)
	}
}

// Each pack says how its own law is cited; the words for article and paragraph
// in the program's languages stay.
func TestReferencesInThePacksOwnForm(t *testing.T) {
	for _, c := range []struct {
		name, references, article string
		read                      map[string]string // as written, and how it is read
	}{
		{"sections with letters in parentheses", `{article: '\d{1,4}[A-Z]?', paragraph: '(?:\([a-zA-Z0-9]+\))+', words: [§, section, sec], laws: ['18 U\.?S\.?C\.?(?:A\.)?']}`, "1591(b)(1)", map[string]string{
			"1591(b)(1)": "1591(b)(1)", "18 U.S.C. § 1591(b)(1)": "18 U.S.C.:1591(b)(1)", "18 USC 1591(b)(1)": "18 USC:1591(b)(1)", "§ 1591 (b) (1)": "1591(b)(1)",
			"section 1591(d)": "1591(d)", "Section 1591(d) of 18 U.S.C.": "18 U.S.C.:1591(d)", "C1:1591(b)(1)": "C1:1591(b)(1)", "1591": "1591", "2421A(a)": "2421A(a)",
			"18 U.S.C.": "", "sex trafficking": ""}},
		{"articles with a letter behind a stroke", `{article: '\d{1,3}(?:/[a-zç])?'}`, "110/a(1)", map[string]string{
			"110/a": "110/a", "110/a(1)": "110/a(1)", "neni 110/a": "110/a", "Neni 110/a, paragrafi 1": "110/a(1)", "114/1": "114(1)", "128/b par. 2": "", "neni 128/b par. 2": "128/b(2)"}},
		{"articles with a letter behind a hyphen", `{article: '\d{1,3}(?:-[a-zа-ш])?', words: [член]}`, "418-a(1)", map[string]string{
			"418-a": "418-a", "418-a(1)": "418-a(1)", "član 418-a stav 1": "418-a(1)", "член 418-г": "418-г", "C1:418-a(1)": "C1:418-a(1)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pack := elsewhere(t, "names: {es: Ejemplo}\nreferences: "+c.references, c.article)
			for text, want := range c.read {
				ref, ok := pack.ParseRef(text)
				if ok != (want != "") || ok && ref.String() != want {
					t.Errorf("%q is read as %q (%v), expected %q", text, ref, ok, want)
				}
				if back, ok := pack.ParseRef(ref.String()); want != "" && (!ok || back != ref) {
					t.Errorf("%q is written as %q, which is read as %q", text, ref, back)
				}
			}
			if !pack.Offence(c.article).InPack() {
				t.Errorf("%s is not found as an offence", c.article)
			}
			if plain, ok := law.ParseRef("C1:" + c.article); ok && len(pack.Find(plain)) != 1 {
				t.Errorf("C1:%s is read without the pack as %v, which finds nothing", c.article, plain)
			}
		})
	}
}

// A coarser place holds the finer ones.
func TestACoarsePlaceHoldsTheFiner(t *testing.T) {
	pack := elsewhere(t, `names: {es: Ejemplo}
references: {article: '\d{4}', paragraph: '(?:\([a-z0-9]+\))+'}`, "1591(b)(1)")
	for text, want := range map[string]bool{"1591": true, "1591(b)": true, "1591(b)(1)": true, "1591(b)(2)": false, "1591(a)": false, "1592": false} {
		if got := pack.Offence(text).InPack(); got != want {
			t.Errorf("%s found: %v, expected %v", text, got, want)
		}
	}
}

// Names fall back to English, and then to the language that the pack wrote first.
func TestNamesInAnyLanguage(t *testing.T) {
	pack := elsewhere(t, "names: {es: Ejemplo, pt-BR: Exemplo}", "1(1)")
	for _, l := range []locale.Lang{locale.SQ, locale.SR, locale.SRLatn, locale.EN} {
		if got := pack.Names.In(l); got != "Ejemplo" {
			t.Errorf("in %s: %q, expected the pack's own name", l, got)
		}
	}
	if got := strings.Join(pack.Names.All(), " "); got != "Ejemplo Exemplo" {
		t.Errorf("all names are %q", got)
	}
	for _, words := range []string{"Hurto", "hurto simple", "theft"} {
		if !pack.Offence(words).InPack() {
			t.Errorf("%q is not found", words)
		}
	}
	both := elsewhere(t, "names: {es: Ejemplo, en: Example, sr: Primer}", "1(1)").Names
	for l, want := range map[locale.Lang]string{locale.SQ: "Example", locale.EN: "Example", locale.SRLatn: "Primer", locale.SR: "Пример"} {
		if got := both.In(l); got != want {
			t.Errorf("in %s: %q, expected %q", l, got, want)
		}
	}
}

// A pack says in its own words how a provision is cited; the texts follow it.
func TestACitationInThePacksOwnForm(t *testing.T) {
	pack := elsewhere(t, `names: {es: Ejemplo}
currency: USD
references: {article: '\d{4}', paragraph: '(?:\([a-z0-9]+\))+', cite: {en: "section {article}{paragraph}", sr: "član {article}{paragraph}"}}`, "1591(b)(1)")
	prov := pack.Offence("1591(b)(1)").Groups()
	if len(prov) != 1 {
		t.Fatal("not found")
	}
	at := pack.Find(law.Ref{Instrument: "C1", Article: "1591", Paragraph: "(b)(1)"})[0]
	for l, want := range map[locale.Lang]string{locale.EN: "section 1591(b)(1) (C1)", locale.SQ: "section 1591(b)(1) (C1)", locale.SRLatn: "član 1591(b)(1) (C1)", locale.SR: "члан 1591(b)(1) (C1)"} {
		if got := at.Cite(l); got != want {
			t.Errorf("in %s: %q, expected %q", l, got, want)
		}
	}
	if got := at.Punishment.Text(locale.EN); !strings.Contains(got, "900 USD") {
		t.Errorf("the punishment is %q, expected it in dollars", got)
	}
}

// A fine is in the pack's currency, and its code stands behind the amount.
func TestMoneyInThePacksCurrency(t *testing.T) {
	for _, c := range []struct {
		currency string
		minor    int64
		lang     locale.Lang
		want     string
	}{
		{"EUR", 60000, locale.EN, "600 euros"},
		{"USD", 60000, locale.EN, "600 USD"},
		{"USD", 125050, locale.EN, "1,250.50 USD"},
		{"ALL", 5000000, locale.SQ, "50 000 ALL"},
		{"USD", 60000, locale.SR, "600 USD"},
		{"JPY", 60000, locale.EN, "600 JPY"},
	} {
		if got := elsewhere(t, "names: {es: Ejemplo}\ncurrency: "+c.currency, "1(1)").Money(c.lang, c.minor); strings.ReplaceAll(got, "\u00a0", " ") != c.want {
			t.Errorf("%d of %s in %s is %q, expected %q", c.minor, c.currency, c.lang, got, c.want)
		}
	}
}

// What a pack declares about its country is held to be meaningful.
func TestABrokenDeclarationIsRefused(t *testing.T) {
	for head, want := range map[string]string{
		"names: {es: E}\ncurrency: euro":                               `pack.yaml:3: currency: "euro" is no currency`,
		"names: {es: E}\ncurrency: XQZ":                                `"XQZ" is no currency`,
		"names: {spanish: E}":                                          `pack.yaml:2: names.spanish: "spanish" is no language`,
		"names: {es: ' '}":                                             "names.es: the name is empty",
		"names: {es: E}\nreferences: {article: '(\\d+)'}":              "pack.yaml:3: references.article: \"(\\\\d+)\" holds a group",
		"names: {es: E}\nreferences: {article: '[0-9'}":                "references.article: \"[0-9\" is no regular expression",
		"names: {es: E}\nreferences: {article: '\\d*'}":                "references.article: \"\\\\d*\" matches nothing at all",
		"names: {es: E}\nreferences: {laws: ['\\d{4}', '(a|b)']}":      "references.laws[1]",
		"names: {es: E}\nreferences: {articles: '[0-9]+'}":             `unknown key "articles"`,
		"names: {es: E}\nreferences: {article: '[A-Z]+\\d', laws: []}": `code.yaml:7: provisions[0].ref: "1(1)" is not a reference`,
	} {
		_, err := law.Load(fstest.MapFS{
			"pack.yaml": {Data: []byte("pack: XX\n" + head + "\noffences: [{id: a, names: {en: a}}]\n")},
			"code.yaml": {Data: []byte("instrument: C1\nkind: other\nnames: {en: Code}\nin_force: {from: 2000-01-01}\n\nprovisions:\n- {ref: 1(1), names: {en: x}}\n")},
		})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v; expected it to say %s", head, err, want)
		}
	}
}
