package intake

import "testing"

// The names that courts and monitors give to their columns.
func TestNamesOfColumns(t *testing.T) {
	for _, row := range []struct {
		name string
		want column
		unit string
	}{
		{"imprisonment", colImprisonment, ""}, {"Dënimi", colImprisonment, ""}, {"KAZNA", colImprisonment, ""}, {"Казна затвора", colImprisonment, ""},
		{"imprisonment (months)", colImprisonment, "m"}, {"imprisonment_months", colImprisonment, "m"}, {"Burgimi në muaj", colImprisonment, "m"},
		{"Burgimi (vite)", colImprisonment, "y"}, {"Zatvor [dana]", colImprisonment, "d"}, {"Burgim (muaj) / Zatvor (meseci)", colImprisonment, "m"},
		{"Dënimi i shqiptuar", colImprisonment, ""}, {"Dënimi: Burgimi", colImprisonment, ""},
		{"Me kusht (po/jo)", colSuspended, ""}, {"Uslovno (da/ne)", colSuspended, ""}, {"Suspended? (yes/no)", colSuspended, ""},
		{"Gjoba (€)", colFine, ""}, {"Gjoba (në euro)", colFine, ""}, {"fine EUR", colFine, ""}, {"Dënimi: Gjoba", colFine, ""},
		{"Gjykata / Sud", colCourt, ""}, {"Lënda\nPredmet", colCase, ""}, {"Vepra penale / Krivično delo", colOffenceConvicted, ""},
		{"Data e aktgjykimit (dd.mm.vvvv)", colJudgmentDate, ""}, {"judgment/case", colCase, ""}, {"sentence.imprisonment", colImprisonment, ""},
		{"group_a/judgment/judgment_date", colJudgmentDate, ""}, {"3. Gjykata", colCourt, ""}, {"Q7) Court", colCourt, ""},
		{"Gj\u00adykata", colCourt, ""}, {"\u200bcase", colCase, ""}, {"c\u0430se", colCase, ""}, {"Gjykate\u0308", colCourt, ""},
		{"Vendimi", colVerdict, ""}, {"Mosha e kryesit", colAge, ""}, {"Maloletna žrtva", colChildVictim, ""},
		{"Shënime", colNote, ""}, {"Vërejtje / Napomena", colNote, ""}, {"Komente (të brendshme)", colNote, ""},
	} {
		if h := recognise(row.name); h.c != row.want || h.unit != row.unit {
			t.Errorf("%q is read as %s in %q (%+v), want %s in %q", row.name, h.c, h.unit, h, row.want, row.unit)
		}
	}
}

// A running number is nobody's count, and what is about something else is not
// what was imposed.
func TestNamesThatAreNoColumn(t *testing.T) {
	for _, name := range []string{"Nr.", "Nr", "Broj", "Numri", "Numri rendor", "R.br.", "Redni broj", "No.", "#", "№", "id", "note: dënimi i kërkuar", "Napomena: kazna", "error", "gabim"} {
		if h := recognise(name); !h.own {
			t.Errorf("%q is read as %+v, want a column of its author's own", name, h)
		}
	}
	for name, want := range map[string]column{
		"Dënimi i kërkuar": colNone, "Burgimi (i kërkuar)": colImprisonment, "Kazna tražena": colNone, "Data e aktakuzës": colNone, "Paraburgimi": colNone, "weather": colNone,
		"Kushti i dënimit": colSuspended, "Denimmi": colImprisonment, "Lloji i sanksionit penal": colImprisonment, "Data": colJudgmentDate, "Zbutje sipas nenit 71": colMitigation,
		"I mitur?": colOffender, "Tentativë (po/jo)": colForm,
	} {
		if h := recognise(name); h.c != colNone || h.guess != want {
			t.Errorf("%q is read as %s and guessed as %s, want a guess of %q", name, h.c, h.guess, want)
		}
	}
}

// Each name means one column.
func TestNoNameTwice(t *testing.T) {
	of := map[string]string{}
	see := func(c column, name string) {
		key := headerKey(name)
		if before, twice := of[key]; twice && before != c.String() {
			t.Errorf("%q means %s and %s", name, before, c)
		}
		of[key] = c.String()
		if own[key] {
			t.Errorf("%q means %s, and is said to be nobody's", name, c)
		}
	}
	for c := colCase; c < columnCount; c++ {
		for _, name := range headers[c] {
			see(c, name)
		}
		for _, name := range vagueNames[c] {
			see(c, name)
		}
	}
}

// No word has two values in one column.
func TestNoWordTwice(t *testing.T) {
	for c := colCase; c < columnCount; c++ {
		d, ok := Describe(c.String(), "en")
		if !ok || d.Name != c.String() {
			t.Errorf("%s is not described", c)
		}
		of := map[string]string{}
		for _, w := range d.Words {
			for _, word := range w.Words {
				if before, twice := of[word]; twice {
					t.Errorf("%s: %q means %s and %s", c, word, before, w.Value)
				}
				of[word] = w.Value
			}
		}
	}
}
