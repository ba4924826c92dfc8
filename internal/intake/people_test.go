package intake

import (
	"testing"

	"fener/law"
)

// Lengths as judgments and monitors write them.
func TestLengthsAsWritten(t *testing.T) {
	for in, want := range map[string]string{
		"3 (tre) vjet": "3y", "3(tre)vjet": "3y", "pesë vjet": "5y", "tri godine i šest meseci": "3y 6m", "три године и шест месеци": "3y 6m",
		"3 vjet e gjysmë": "3y 6m", "dve i po godine": "2y 6m", "two and a half years": "2y 6m", "3½ vjet": "3y 6m", "3 1/2 years": "3y 6m", "gjysmë viti": "6m", "pola godine": "6m", "half a year": "6m",
		"3 vjet burgim": "3y", "burgim prej 3 vjetësh": "3y", "dënim me burgim në kohëzgjatje prej 3 (tre) vjet e 6 (gjashtë) muaj": "3y 6m", "kazna zatvora u trajanju od 4 godine": "4y",
		"imprisonment of 18 months": "1y 6m", "P3Y6M": "3y 6m", "p90d": "90d", "njëzet e pesë vjet": "25y", "dvadeset i pet godina": "25y", "twenty-five years": "25y",
		"godinu dana": "1y", "jednu godinu": "1y", "šest meseci dana": "6m", "2 javë": "14d", "1 vit, 6 muaj": "1y 6m", "3 v. 6 m.": "3y 6m", "petnaest (15) dana": "15d", "15 (petnaest) dana": "15d",
		"3 vj\u00adet": "3y", "3 vj\u0435t": "3y", "3\u00a0vjet": "3y", "3 vjet\u200b": "3y", "90 dite\u0308": "90d",
	} {
		if p := plainly(parseImprisonment)(in); p.code != "" || p.value.State != law.ForTerm || p.value.Term.String() != want || p.value.more {
			t.Errorf("%q reads as %+v, want %s", in, p, want)
		}
	}
	for in, want := range map[string]Code{
		"5 vjeç": ageNotLength, "5 vjec": ageNotLength, "17 years old": ageNotLength, "15 godina starosti": ageNotLength, "3 (katër) vjet": numbersDisagree,
		"3-5 vjet": badLength, "nga 3 deri 5 vjet": badLength, "deri në 5 vjet": badLength, "36": badLength, "tre": badLength, "vjet": badLength, "3 vjet e": badLength, "6 muaj 3 vjet": badLength,
		"2 vjet burgim, zëvendësuar me gjobë 5000 €": twoPunishments, "2 vjet burgim dhe gjobë dhe punë": twoPunishments,
	} {
		if p := plainly(parseImprisonment)(in); p.code != want {
			t.Errorf("%q reads as %+v, want %s", in, p, want)
		}
	}
}

// Several punishments in one cell go to their columns.
func TestPunishmentsInOneCell(t *testing.T) {
	for in, want := range map[string]struct {
		term, verification string
		cents              int64
		suspended          law.Tri
	}{
		"5 vjet burgim dhe gjobë 2.000 €":                    {"5y", "", 200000, law.NotKnown},
		"3 godine zatvora i novčana kazna od 1.500,50 evra":  {"3y", "", 150050, law.NotKnown},
		"2 years and a fine of €600":                         {"2y", "", 60000, law.NotKnown},
		"gjobë 2000 euro":                                    {"", "", 200000, law.NotKnown},
		"6 muaj burgim me kusht":                             {"6m", "", 0, law.Yes},
		"6 muaj burgim me kusht, 2 vjet verifikim":           {"6m", "2y", 0, law.Yes},
		"uslovno 1 godina, rok proveravanja 3 godine":        {"1y", "3y", 0, law.Yes},
		"2 vjet burgim efektiv":                              {"2y", "", 0, law.No},
		"1 vit burgim me kusht (2 vjet) dhe gjobë 1000 euro": {"1y", "2y", 100000, law.Yes},
	} {
		p := plainly(parseImprisonment)(in)
		if p.code != "" || p.value.Term.String() != want.term || p.value.verification.String() != want.verification || p.value.fine.Cents != want.cents || p.value.suspended != want.suspended || !p.value.more {
			t.Errorf("%q reads as %+v, want %+v", in, p, want)
		}
	}
}

func TestMoneyAsWritten(t *testing.T) {
	for in, want := range map[string]int64{
		"2000 (dymijë) euro": 200000, "2.000,00 eurosh": 200000, "në shumë prej 2.000 €": 200000, "u iznosu od 1500 evra": 150000, "1e+05": 10000000, "2 mijë euro": 200000, "2000.0": 200000,
		"€ 2\u202f000": 200000, "600,- €": 60000, "gjobë 900 euro": 90000, "2\u200b000 €": 200000,
	} {
		if p := plainly(parseFine)(in); p.code != "" || p.value.Cents != want {
			t.Errorf("%q reads as %+v, want %d cents", in, p, want)
		}
	}
	for in, want := range map[string]Code{
		"2000 KM": badCurrency, "2000 (USD)": badCurrency, "$500": badCurrency, "500 lekë": badCurrency, "100 DM": badCurrency, "600-900": badFine, "rreth 600": badFine, "600 e pak": badFine,
	} {
		if p := plainly(parseFine)(in); p.code != want {
			t.Errorf("%q reads as %+v, want %s", in, p, want)
		}
	}
	for in, want := range map[string]law.FineState{
		"pa gjobë": law.FineNotImposed, "bez novčane kazne": law.FineNotImposed, "FALSE": law.FineNotImposed, "TRUE": law.FineAmountUnknown, "NA": law.FineNotKnown, "n/a": law.FineNotKnown,
		"–": law.FineNotKnown, "NULL": law.FineNotKnown, "nema podataka": law.FineNotKnown, "- €": law.FineNotImposed, "€ -": law.FineNotImposed,
	} {
		if p := plainly(parseFine)(in); p.code != "" || p.value.State != want {
			t.Errorf("%q reads as %+v, want state %d", in, p, want)
		}
	}
}

// Dates as judgments and programs write them.
func TestDatesAsWritten(t *testing.T) {
	for in, want := range map[string]string{
		"12 mars 2021": "2021-03-12", "12. mart 2021. godine": "2021-03-12", "12. марта 2021. године": "2021-03-12", "March 12, 2021": "2021-03-12", "12th March 2021": "2021-03-12", "12-Mar-21": "2021-03-12",
		"më 12 mars 2021": "2021-03-12", "dana 12.03.2021. godine": "2021-03-12", "12.III.2021": "2021-03-12", "15.05.21": "2021-05-15", "15. 05. 21.": "2021-05-15", "20210312": "2021-03-12",
		"2021. 03. 12.": "2021-03-12", "2021.3.12": "2021-03-12", "12-03-2021 00:00": "", "15-06-2021": "2021-06-15", "qershor 2021": "2021-06", "jun 2021. godine": "2021-06", "Jun-21": "2021-06",
		"viti 2020": "2020", "2020. godine": "2020", "gjatë vitit 2020": "2020", "\u200e12.03.2021": "2021-03-12", "12\u00a0mars\u00a02021": "2021-03-12", "NA": "", "-": "", "Fri, 12 Mar 2021": "2021-03-12",
		"15.06.2021 14:30": "2021-06-15", "6/15/21 2:30 PM": "2021-06-15",
	} {
		p := plainly(parseDate)(in)
		if in == "12-03-2021 00:00" {
			if p.code != dayOrMonth {
				t.Errorf("%q reads as %+v, want two readings", in, p)
			}
			continue
		}
		if p.kind == Error && p.code != "" || p.value.String() != want {
			t.Errorf("%q reads as %s (%+v), want %s", in, p.value, p, want)
		}
	}
	for in, want := range map[string][3]string{
		"22.02.2020-22.02.2021": {"range_here", "2020-02-22", "2021-02-22"}, "2020-2021": {"range_here", "2020", "2021"}, "2020/21": {"range_here", "2020", "2021"}, "2020 – 2021": {"range_here", "2020", "2021"},
		"nga marsi deri në maj 2020": {"range_here", "2020-03", "2020-05"}, "od 01.03.2020. do 15.04.2020.": {"range_here", "2020-03-01", "2020-04-15"}, "12-15.03.2021": {"range_here", "2021-03-12", "2021-03-15"},
		"from March 2020 to May 2021": {"range_here", "2020-03", "2021-05"}, "44267": {"serial_number", "", "2021-03-12"}, "31 dhjetor": {"bad_date", "", ""}, "soon": {"bad_date", "", ""}, "2021-02-30": {"no_such_day", "", ""},
	} {
		if p := plainly(parseDate)(in); string(p.code) != want[0] || p.other != want[1] || p.hint != want[2] {
			t.Errorf("%q reads as %+v, want %v", in, p, want)
		}
	}
}

// Words of courts.
func TestWordsAsWritten(t *testing.T) {
	verdict := plainly(reader(badVerdict, verdictWords))
	for in, want := range map[string]law.Verdict{"Aktgjykim dënues": law.Convicted, "Aktgjykim lirues": law.Acquitted, "Not Guilty/Acquitted": law.Acquitted, "osuđujuća presuda": law.Convicted,
		"u shpall fajtor": law.Convicted, "nuk është fajtor": law.Acquitted, "Dënues (fajtor)": law.Convicted, "oslobađajuća presuda": law.Acquitted, "d\u0451nuar": law.Convicted, "de\u0308nuar": law.Convicted} {
		if p := verdict(in); p.code != "" || p.value != want {
			t.Errorf("verdict %q reads as %+v, want %s", in, p, want)
		}
	}
	if p := verdict("dënues/lirues"); p.code != badVerdict {
		t.Errorf("two verdicts read as %+v", p)
	}
	suspended := plainly(reader(badYesNo, triWords, suspendedTri))
	for in, want := range map[string]law.Tri{"✓": law.Yes, "po": law.Yes, "pa kusht": law.No, "TRUE": law.Yes, "NA": law.NotKnown, "-": law.NotKnown, "uslovna osuda": law.Yes, "efektiv": law.No} {
		if p := suspended(in); p.code != "" || p.value != want {
			t.Errorf("suspended %q reads as %+v, want %s", in, p, want)
		}
	}
	if p := suspended("x"); p.code != crossMark {
		t.Errorf("a cross reads as %+v", p)
	}
	final := plainly(reader(badYesNo, triWords, finalTri))
	for in, want := range map[string]law.Tri{"formës së prerë": law.Yes, "Pravnosnažna": law.Yes, "nepravosnažno": law.No, "në ankesë": law.No} {
		if p := final(in); p.code != "" || p.value != want {
			t.Errorf("final %q reads as %+v, want %s", in, p, want)
		}
	}
	forms := plainly(reader(badForm, formWords))
	for in, want := range map[string]law.Form{"bashkëkryerje": law.Completed, "saizvršilaštvo": law.Completed, "co-perpetration": law.Completed, "në tentativë": law.Attempt} {
		if p := forms(in); p.code != "" || p.value != want {
			t.Errorf("form %q reads as %+v, want %s", in, p, want)
		}
	}
	particular := law.GroundsOf(law.GroundCircumstances)
	for in, want := range map[string]law.Grounds{"rrethana posaçërisht lehtësuese": particular, "naročito olakšavajuće okolnosti": particular, "plea|circumstances": particular | law.GroundsOf(law.GroundPlea), "NULL": 0,
		"pranimi i fajësisë dhe rrethana posaçërisht lehtësuese": particular | law.GroundsOf(law.GroundPlea)} {
		if p := plainly(parseGrounds)(in); p.code != "" || p.value != want {
			t.Errorf("mitigation %q reads as %+v", in, p)
		}
	}
	for _, in := range []string{"rrethana lehtësuese", "olakšavajuće okolnosti", "mitigating circumstances"} {
		if p := plainly(parseGrounds)(in); p.code != ordinaryCircumstances || p.kind != Doubt || p.value.Any() {
			t.Errorf("mitigation %q reads as %+v, want a doubt and no ground", in, p)
		}
	}
	for in, want := range map[string]int{"7": 7, "7.0": 7, "1.000": 1000, "7+": 7} {
		if p := plainly(parseCount)(in); p.code != "" || p.value.N != want {
			t.Errorf("count %q reads as %+v", in, p)
		}
	}
}
