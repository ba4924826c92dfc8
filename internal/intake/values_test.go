package intake

import (
	"testing"

	"fener/law"
	"fener/locale"
	"fener/period"
)

func TestFine(t *testing.T) {
	const euro = 100
	for _, row := range []struct {
		in    string
		state law.FineState
		cents int64
		code  Code
	}{
		{"900", law.FineOfAmount, 900 * euro, ""},
		{"10.000,00", law.FineOfAmount, 10000 * euro, ""},
		{"10,000.00", law.FineOfAmount, 10000 * euro, ""},
		{"10 000", law.FineOfAmount, 10000 * euro, ""},
		{"10\u00a0000,50", law.FineOfAmount, 1000050, ""},
		{"10'000", law.FineOfAmount, 10000 * euro, ""},
		{"10.000", law.FineOfAmount, 10000 * euro, thousandsOrDecimals},
		{"10,000", law.FineOfAmount, 10000 * euro, thousandsOrDecimals},
		{"10.000 €", law.FineOfAmount, 10000 * euro, ""},
		{"1.234.567", law.FineOfAmount, 1234567 * euro, ""},
		{"1.234.567,8", law.FineOfAmount, 123456780, ""},
		{"1 234,5", law.FineOfAmount, 123450, ""},
		{"600,5", law.FineOfAmount, 60050, ""},
		{"600.50", law.FineOfAmount, 60050, ""},
		{"€ 600", law.FineOfAmount, 600 * euro, ""},
		{"600€", law.FineOfAmount, 600 * euro, ""},
		{"2500 EUR", law.FineOfAmount, 2500 * euro, ""},
		{"2500 евра", law.FineOfAmount, 2500 * euro, ""},
		{"2500 euro", law.FineOfAmount, 2500 * euro, ""},
		{"900,-", law.FineOfAmount, 900 * euro, ""},
		{"1", law.FineOfAmount, 1 * euro, ""},
		{"0", law.FineNotImposed, 0, ""},
		{"0,00 €", law.FineNotImposed, 0, ""},
		{"none", law.FineNotImposed, 0, ""},
		{"asnjë", law.FineNotImposed, 0, ""},
		{"нема", law.FineNotImposed, 0, ""},
		{"unknown", law.FineNotKnown, 0, ""},
		{"nuk dihet", law.FineNotKnown, 0, ""},
		{"није познато", law.FineNotKnown, 0, ""},
		{"?", law.FineNotKnown, 0, ""},
		{"yes", law.FineAmountUnknown, 0, ""},
		{"po", law.FineAmountUnknown, 0, ""},
		{"-5", 0, 0, negativeFine},
		{"−5 €", 0, 0, negativeFine},
		{"€ -1.000,00", 0, 0, negativeFine},
		{"1.00.000", 0, 0, badFine},
		{"1,23,4", 0, 0, badFine},
		{"10.0000", 0, 0, badFine},
		{"1.125,123", 0, 0, badFine},
		{"12 34", 0, 0, badFine},
		{"1,000.000,00", 0, 0, badFine},
		{"900 USD", 0, 0, badCurrency},
		{"600-900", 0, 0, badFine},
		{"9999999999999999999", 0, 0, badFine},
		{"-", law.FineNotKnown, 0, ""},
		{"- €", law.FineNotImposed, 0, ""},
		{"12,", 0, 0, badFine},
		{"a lot", 0, 0, badFine},
		{"٩٠٠", 0, 0, badFine},
	} {
		p := parseFine(row.in)
		if p.code != row.code || p.value.State != row.state || p.value.Cents != row.cents {
			t.Errorf("fine %q reads as %+v, want state %d of %d cents, %q", row.in, p, row.state, row.cents, row.code)
		}
	}
}

func TestImprisonment(t *testing.T) {
	for _, row := range []struct {
		in    string
		state law.ImprisonmentState
		term  string
		code  Code
	}{
		{"3y 6m", law.ForTerm, "3y 6m", ""},
		{"42 months", law.ForTerm, "3y 6m", ""},
		{"90 days", law.ForTerm, "90d", ""},
		{"3 vjet e 6 muaj", law.ForTerm, "3y 6m", ""},
		{"3 godine i 6 meseci", law.ForTerm, "3y 6m", ""},
		{"3 године и 6 месеци", law.ForTerm, "3y 6m", ""},
		{"40 years", law.ForTerm, "40y", ""},
		{"life", law.ForLife, "", ""},
		{"Burgim i përjetshëm", law.ForLife, "", ""},
		{"doživotni zatvor", law.ForLife, "", ""},
		{"доживотни затвор", law.ForLife, "", ""},
		{"unknown", law.ForUnknownTerm, "", ""},
		{"nuk dihet", law.ForUnknownTerm, "", ""},
		{"yes", law.ForUnknownTerm, "", ""},
		{"none", law.NoImprisonment, "", ""},
		{"0", law.NoImprisonment, "", ""},
		{"0 days", law.NoImprisonment, "", ""},
		{"300 years", 0, "", tooLong},
		{"300 vjet", 0, "", tooLong},
		{"99999999999999999999 months", 0, "", tooLong},
		{"1", 0, "", badLength},
		{"36", 0, "", badLength},
		{"-3 years", 0, "", badLength},
		{"long", 0, "", badLength},
		{"300", 0, "", badLength},
	} {
		p := parseImprisonment(row.in)
		if p.code != row.code || p.value.State != row.state || p.value.Term.String() != row.term {
			t.Errorf("imprisonment %q reads as %+v, want state %d, %q, %q", row.in, p, row.state, row.term, row.code)
		}
	}
}

func TestDates(t *testing.T) {
	for _, row := range []struct {
		in, want string
		code     Code
		hint     string
	}{
		{"2017-12-31", "2017-12-31", "", ""},
		{"31.12.2017", "2017-12-31", "", ""},
		{"31. 12. 2017.", "2017-12-31", "", ""},
		{"2017-12", "2017-12", "", ""},
		{"2017", "2017", "", ""},
		{"31/12/2017", "2017-12-31", "", ""},
		{"05/05/2017", "2017-05-05", "", ""},
		{"12/2017", "2017-12", "", ""},
		{"2017/12/31", "2017-12-31", "", ""},
		{"2017-12-31 00:00:00", "2017-12-31", "", ""},
		{"2017-12-31T00:00:00Z", "2017-12-31", "", ""},
		{"31.12.2017 14:30", "2017-12-31", "", ""},
		{"unknown", "", "", ""},
		{"nuk dihet", "", "", ""},
		{"n/k", "", "", ""},
		{"03/05/2017", "2017-05-03", dayOrMonth, "2017-03-05"},
		{"12/31/2017", "2017-12-31", monthFirst, ""},
		{"31.02.2018", "", noSuchDay, ""},
		{"2018-02-31", "", noSuchDay, ""},
		{"31/02/2018", "", noSuchDay, ""},
		{"13/13/2018", "", noSuchDay, ""},
		{"13/2018", "", noSuchDay, ""},
		{"0/2018", "", noSuchDay, ""},
		{"1850", "", noSuchDay, ""},
		{"31.12.17", "2017-12-31", "", ""},
		{"1/2/17", "2017-02-01", dayOrMonth, "2017-01-02"},
		{"2016/2017", "", rangeHere, "2017"},
		{"31 dhjetor", "", badDate, ""},
		{"43100", "", serialNumber, "2017-12-31"},
	} {
		p := parseDate(row.in)
		if p.code != row.code || p.value.String() != row.want || p.hint != row.hint {
			t.Errorf("date %q reads as %s, %q (%s), want %s, %q (%s)", row.in, p.value, p.code, p.hint, row.want, row.code, row.hint)
		}
	}
}

func TestWorkbookDates(t *testing.T) {
	for _, row := range []struct {
		in       string
		date1904 bool
		want     string
		code     Code
	}{
		{"43100", false, "2017-12-31", ""},
		{"43100.5", false, "2017-12-31", ""},
		{"41638", true, "2017-12-31", ""},
		{"2017", false, "2017", ""},
		{"31.12.2017", false, "2017-12-31", ""},
		{"999999", false, "", noSuchDay},
		{"1e5", false, "", badDate},
	} {
		if p := (dateReader{}).parseSerial(row.date1904)(row.in); p.value.String() != row.want || p.code != row.code {
			t.Errorf("a workbook's %q (1904: %v) reads as %s, %q, want %s, %q", row.in, row.date1904, p.value, p.code, row.want, row.code)
		}
	}
}

func TestGrounds(t *testing.T) {
	plea, circumstances := law.GroundsOf(law.GroundPlea), law.GroundsOf(law.GroundCircumstances)
	for _, row := range []struct {
		in   string
		want law.Grounds
		code Code
	}{
		{"none", law.NoGround, ""}, {"asnjë", law.NoGround, ""}, {"nema", law.NoGround, ""},
		{"plea", plea, ""}, {"pranimi i fajësisë", plea, ""}, {"priznanje krivice", plea, ""}, {"признање кривице", plea, ""},
		{"plea+circumstances", plea | circumstances, ""}, {"plea, circumstances", plea | circumstances, ""},
		{"Rrethana posaçërisht lehtësuese; pranim", plea | circumstances, ""}, {"Rrethana lehtësuese; pranim", plea, ordinaryCircumstances},
		{"plea_agreement", law.GroundsOf(law.GroundPleaAgreement), ""},
		{"marrëveshje mbi pranimin e fajësisë", law.GroundsOf(law.GroundPleaAgreement), ""},
		{"sporazum o priznanju krivice", law.GroundsOf(law.GroundPleaAgreement), ""},
		{"release", law.GroundsOf(law.GroundRelease), ""}, {"lirimi nga dënimi", law.GroundsOf(law.GroundRelease), ""},
		{"law", law.GroundsOf(law.GroundLaw), ""}, {"zakon", law.GroundsOf(law.GroundLaw), ""},
		{"unknown", 0, ""},
		{"none+plea", 0, noneAndSome}, {"youth", 0, badGround}, {"plea+youth", 0, badGround}, {"+", 0, badGround},
	} {
		if p := parseGrounds(row.in); p.value != row.want || p.code != row.code {
			t.Errorf("mitigation %q reads as %s, %q, want %s, %q", row.in, p.value, p.code, row.want, row.code)
		}
	}
}

func TestReplacedHoursAndCount(t *testing.T) {
	for in, want := range map[string]replaced{
		"fine 900": {law.ReplacedByFine, 90000, 0}, "gjobë 1.200,50 €": {law.ReplacedByFine, 120050, 0}, "novčana kazna 900": {law.ReplacedByFine, 90000, 0},
		"work 120h": {law.ReplacedByWork, 0, 120}, "punë 120 orë": {law.ReplacedByWork, 0, 120}, "рад 120 сати": {law.ReplacedByWork, 0, 120},
		"work": {by: law.ReplacedByWork}, "fine: 900": {law.ReplacedByFine, 90000, 0}, "none": {}, "0": {},
	} {
		if p := parseReplaced(in); p.code != "" || p.value != want {
			t.Errorf("replaced_by %q reads as %+v, want %+v", in, p, want)
		}
	}
	for _, in := range []string{"900", "fine -3", "work 120 days", "boat 3", "work 1.5h"} {
		if p := parseReplaced(in); p.code != badReplaced {
			t.Errorf("replaced_by %q reads as %+v, want %s", in, p, badReplaced)
		}
	}
	for in, want := range map[string]int{"120": 120, "120h": 120, "120 orë": 120, "120 сати": 120, "none": 0} {
		if p := parseHours(in); p.code != "" || p.value != want {
			t.Errorf("hours %q read as %+v, want %d", in, p, want)
		}
	}
	for _, in := range []string{"-5", "5 days", "3001", "many"} {
		if p := parseHours(in); p.code != badHours {
			t.Errorf("hours %q read as %+v, want %s", in, p, badHours)
		}
	}
	for in, want := range map[string]Count{"7": {7, true, false}, "1+": {1, true, true}, "≥3": {3, true, true}, ">= 3": {3, true, true}, "0": {0, true, false}} {
		if p := parseCount(in); p.code != "" || p.value != want {
			t.Errorf("count %q reads as %+v, want %+v", in, p, want)
		}
	}
	for _, in := range []string{"-1", "some", "1.5", "99999999999", "+", "3-5"} {
		if p := parseCount(in); p.code != badCount {
			t.Errorf("count %q reads as %+v, want %s", in, p, badCount)
		}
	}
}

// Every value can be written in English, Albanian and both Serbian scripts.
func TestWordsOfEveryLanguage(t *testing.T) {
	check := func(what string, ok bool) {
		t.Helper()
		if !ok {
			t.Errorf("%s is not read as it should be", what)
		}
	}
	for value, list := range map[law.Verdict][]string{
		law.Convicted: {"Convicted", "i dënuar", "osuđen", "osudjen", "осуђен"}, law.Acquitted: {"acquitted", "liruar", "oslobođen", "ослобођен"},
		law.Rejected: {"rejected", "refuzuar", "odbijen", "одбијен"}, law.Annulled: {"annulled", "anuluar", "ukinut", "укинут"},
		law.VerdictOther: {"other", "tjetër", "drugo", "друго"}, law.VerdictUnknown: {"?", "nuk dihet", "nepoznato", "непознато"},
	} {
		for _, w := range list {
			got, ok := verdictWords[wordKey(w)]
			check("verdict "+w, ok && got == value)
		}
	}
	for value, list := range map[law.Tri][]string{
		law.Yes: {"yes", "Po", "da", "да", "true", "1"}, law.No: {"no", "jo", "ne", "не", "false", "0"}, law.NotKnown: {"unknown", "nuk dihet", "није познато"},
	} {
		for _, w := range list {
			got, ok := triWords[wordKey(w)]
			check("yes or no "+w, ok && got == value)
		}
	}
	for value, list := range map[law.Form][]string{
		law.Completed: {"completed", "e kryer", "dovršeno", "довршено"}, law.Attempt: {"attempt", "tentativë", "pokušaj", "покушај"},
		law.Assistance: {"assistance", "ndihmë", "pomaganje", "помагање"}, law.Incitement: {"incitement", "shtytje", "podstrekavanje", "подстрекавање"},
	} {
		for _, w := range list {
			got, ok := formWords[wordKey(w)]
			check("form "+w, ok && got == value)
		}
	}
	for value, list := range map[law.Offender][]string{
		law.AdultOffender: {"adult", "i rritur", "punoletan", "пунолетан"}, law.JuvenileOffender: {"juvenile", "i mitur", "maloletan", "малолетан"},
	} {
		for _, w := range list {
			got, ok := offenderWords[wordKey(w)]
			check("offender "+w, ok && got == value)
		}
	}
}

func TestHeadersNameOneColumnEach(t *testing.T) {
	owner := map[string]column{}
	for c := colCase; c < columnCount; c++ {
		for _, name := range headers[c] {
			key := headerKey(name)
			if other, taken := owner[key]; taken && other != c {
				t.Errorf("%q names both %s and %s", name, other, c)
			}
			owner[key] = c
			if got := byHeader[headerKey(locale.Cyrillic(name))]; got != c {
				t.Errorf("%q in Cyrillic (%s) names %s, want %s", name, locale.Cyrillic(name), got, c)
			}
		}
	}
	for _, name := range []string{"Judgment.Date", "JUDGMENT DATE", " judgment_date ", "Datum presude", "Датум пресуде", "Data e aktgjykimit"} {
		if byHeader[headerKey(name)] != colJudgmentDate {
			t.Errorf("%q does not name the judgment's date", name)
		}
	}
}

func TestNearestHeader(t *testing.T) {
	for in, want := range map[string]string{
		"imprisnment": "imprisonment", "verdcit": "verdict", "offence_convictd": "offence_convicted", "gjykta": "gjykata", "fnie": "fine",
		"notes": "", "id": "", "colour": "", "victims": "",
	} {
		if name, _, _ := nearest(headerKey(in)); name != want {
			t.Errorf("nearest to %q is %q, want %q", in, name, want)
		}
	}
}

func TestPlainNumber(t *testing.T) {
	for in, want := range map[string]string{"600.10000000000002": "600.1", "1e3": "1000", "900": "900", "1.5": "1.5", "x.y": "x.y", "1e999": "1e999"} {
		if got := plainNumber(in); got != want {
			t.Errorf("%s becomes %s, want %s", in, got, want)
		}
	}
}

func FuzzValues(f *testing.F) {
	for _, s := range []string{"10.000,00 €", "3 vjet e 6 muaj", "03/05/2017", "fine 900", "work 120h", "1+", "none+plea", "’", "٣", "0", ",", "€", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" {
			return // an empty field is never read
		}
		if p := parseFine(s); p.code == "" && (p.value.Cents < 0 || (p.value.State == law.FineOfAmount) != (p.value.Cents > 0)) {
			t.Errorf("fine %q reads as %+v", s, p.value)
		}
		if p := parseImprisonment(s); p.code == "" && p.value.Term.Compare(longestTerm) > 0 {
			t.Errorf("imprisonment %q reads as %s", s, p.value.Term)
		}
		if p := parseDate(s); p.kind == Error && p.code != "" && !p.value.IsZero() {
			t.Errorf("date %q is refused and yet read as %s", s, p.value)
		}
		if p := parseHours(s); p.value < 0 || p.value > mostHours {
			t.Errorf("hours %q read as %d", s, p.value)
		}
		if p := parseGrounds(s); p.code == "" && p.value&law.NoGround != 0 && p.value.Any() {
			t.Errorf("mitigation %q reads as none and some", s)
		}
		if p := parseReplaced(s); p.value.cents < 0 || p.value.hours < 0 {
			t.Errorf("replaced_by %q reads as %+v", s, p.value)
		}
		parseCount(s)
		parseVerification(s)
		if p := (dateReader{}).parseSerial(false)(s); p.value.Year() > period.MaxYear {
			t.Errorf("serial %q reads as %s", s, p.value)
		}
	})
}
