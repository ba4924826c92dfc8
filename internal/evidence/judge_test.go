package evidence

import (
	"fmt"
	"testing"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// judged is the standing of a comparison against what other sources say.
func judged(t *testing.T, cmp record.Comparison, observations ...record.Observation) Standing {
	t.Helper()
	s := NewSet(nil)
	s.PutSource("own", record.Source{Title: "the article"})
	s.PutArticle("article", record.Article{Title: "the article", Source: "own"})
	for i, o := range observations {
		s.PutObservation(fmt.Sprint(i), o)
	}
	return s.Judge(&record.Claim{Article: "article", N: 1, Statement: record.Names{EN: "x"}, Comparison: cmp})
}

func in(unit string, o record.Observation) record.Observation { o.Unit = unit; return o }

func note(text string, o record.Observation) record.Observation { o.Reason = text; return o }

func short(st Standing) string {
	text := fmt.Sprintf("%s %s", st.Verdict, st.Why)
	if st.Why == WhyNoComparison {
		text += fmt.Sprint(" ", st.Causes())
	}
	return text
}

func TestThatThereWasSomething(t *testing.T) {
	year := record.Comparison{Indicator: "x", Place: "Kosovo", From: period.MustDate("2022"), Operator: record.Exists}
	for _, c := range []struct {
		name string
		said record.Observation
		want string
	}{
		{"three", said("x", "2022", "", "3", "other"), "supported evidence"},
		{"three in a part of the time", said("x", "2022-05", "", "3", "other"), "supported evidence"},
		{"at least three", said("x", "2022", "", "së paku 3", "other"), "supported evidence"},
		{"none", said("x", "2022", "", "0", "other"), "contradicted evidence"},
		{"none, in a word", said("x", "2022", "", "asnjë", "other"), "contradicted evidence"},
		{"none in a longer time", said("x", "2021", "2023", "0", "other"), "contradicted evidence"},
		{"none in a part of the time", said("x", "2022-05", "", "0", "other"), "cannot_be_checked not_comparable [period]"},
		{"three in a longer time", said("x", "2021", "2023", "3", "other"), "cannot_be_checked not_comparable [period]"},
		{"fewer than five can be none", said("x", "2022", "", "<5", "other"), "cannot_be_checked part"},
		{"yes", said("x", "2022", "", "yes", "other"), "supported evidence"},
		{"no", said("x", "2022", "", "jo", "other"), "contradicted evidence"},
		{"words, which may say the opposite", said("x", "2022", "", "most suspects", "other"), "cannot_be_checked words"},
		{"a length of time", in("length", said("x", "2022", "", "3 months", "other")), "supported evidence"},
	} {
		if got := short(judged(t, year, c.said)); got != c.want {
			t.Errorf("%s: %s, expected %s", c.name, got, c.want)
		}
	}
}

// "Nobody was acquitted" held against whether somebody was: the answer would be
// the wrong way round, so there is none.
func TestADenialIsNotAnsweredTheWrongWayRound(t *testing.T) {
	s := NewSet(nil)
	s.PutArticle("article", record.Article{Title: "the article", Source: "own"})
	s.PutObservation("o", said("acquittals", "2024", "", "3", "other"))
	for statement, want := range map[string]string{"Nobody was acquitted in 2024": "cannot_be_checked denied", "Askush nuk u lirua": "cannot_be_checked denied",
		"Niko nije oslobođen": "cannot_be_checked denied", "Ниједан није ослобођен": "cannot_be_checked denied", "Some were acquitted": "supported evidence", "No fewer than two were acquitted": "supported evidence"} {
		c := claim(record.Comparison{Indicator: "acquittals", From: period.MustDate("2024"), Operator: record.Exists})
		c.Statement = record.Names{EN: statement}
		if got := short(s.Judge(&c)); got != want {
			t.Errorf("%s: %s, expected %s", statement, got, want)
		}
	}
}

func TestWhyNothingCanBeCompared(t *testing.T) {
	year := record.Comparison{Indicator: "x", Place: "Kosovo", From: period.MustDate("2022"), Operator: record.Equals, Value: "3", Unit: "people"}
	elsewhere, doubtful, undated := said("x", "2022", "", "3", "other"), said("x", "2022", "", "3", "other"), said("x", "2022", "", "3", "other")
	elsewhere.Place, doubtful.Doubtful, undated.From = "Peja", true, period.Date{}
	for _, c := range []struct {
		name string
		said record.Observation
		want string
	}{
		{"people are persons", said("x", "2022", "", "3", "other"), "supported evidence"},
		{"a name of the unit in Serbian", in("lica", said("x", "2022", "", "3", "other")), "supported evidence"},
		{"another period", said("x", "2021", "", "3", "other"), "cannot_be_checked nothing"},
		{"a part of the period", said("x", "2022-05", "", "3", "other"), "cannot_be_checked not_comparable [period]"},
		{"no date", undated, "cannot_be_checked not_comparable [undated]"},
		{"another unit", in("cases", said("x", "2022", "", "3", "other")), "cannot_be_checked not_comparable [unit]"},
		{"another kind of value", in("", said("x", "2022", "", "3 months", "other")), "cannot_be_checked not_comparable [unit]"},
		{"a quotation in doubt", doubtful, "cannot_be_checked not_comparable [quotation]"},
		{"another place", elsewhere, "cannot_be_checked not_comparable [place]"},
	} {
		if got := short(judged(t, year, c.said)); got != c.want {
			t.Errorf("%s: %s, expected %s", c.name, got, c.want)
		}
	}
	year.Unit = ""
	if got := short(judged(t, year, in("", said("x", "2022", "", "3 months", "other")))); got != "cannot_be_checked not_comparable [kind]" {
		t.Errorf("a number beside a length: %s", got)
	}
	year.Place = ""
	if got := short(judged(t, year, said("x", "2022", "", "3", "other"))); got != "cannot_be_checked no_place" {
		t.Errorf("without a place: %s", got)
	}
	year.Place = "Косова"
	if got := short(judged(t, year, said("x", "2022", "", "3", "other"))); got != "supported evidence" {
		t.Errorf("the country in Cyrillic: %s", got)
	}
}

func TestLengthsInWhateverUnit(t *testing.T) {
	for _, c := range []struct{ value, unit, said, saidUnit, want string }{
		{"66 months", "", "5 years 6 months", "length", "supported evidence"},
		{"66", "months", "5 years 6 months", "length", "supported evidence"},
		{"8", "months", "8", "months", "supported evidence"},
		{"8 muaj", "", "8", "months", "supported evidence"},
		{"1", "years", "8", "months", "contradicted evidence"},
	} {
		cmp := record.Comparison{Indicator: "x", Place: "Kosovo", From: period.MustDate("2016"), Operator: record.Equals, Value: c.value, Unit: c.unit}
		if got := short(judged(t, cmp, in(c.saidUnit, said("x", "2016", "", c.said, "other")))); got != c.want {
			t.Errorf("%s %s against %s %s: %s, expected %s", c.value, c.unit, c.said, c.saidUnit, got, c.want)
		}
	}
}

// What the record itself holds to be wrong supports nobody alone, and what says
// the reverse is heard.
func TestNotesAndDirectionsAreHeard(t *testing.T) {
	const swapped = "Probably swapped in the retelling."
	y := period.MustDate
	fell := record.Comparison{Indicator: "victims_identified", Place: "Kosovo", From: y("2023"), Then: y("2024"), Operator: record.FellFrom, Unit: "persons"}
	before, after := said("victims_identified", "2023", "", "17", "a"), said("victims_identified", "2024", "", "14", "a")
	up := in("words", said("victims_trend", "2024", "", "increase", "b"))
	equals := record.Comparison{Indicator: "victims_identified", Place: "Kosovo", From: y("2024"), Operator: record.Equals, Value: "14"}
	for _, c := range []struct {
		name string
		cmp  record.Comparison
		said []record.Observation
		want string
	}{
		{"amounts of one source", fell, []record.Observation{before, after}, "supported evidence"},
		{"the same amount twice is no fall", fell, []record.Observation{before, said("victims_identified", "2024", "", "17", "a")}, "contradicted evidence"},
		{"amounts of two sources", fell, []record.Observation{before, said("victims_identified", "2024", "", "14", "b")}, "cannot_be_checked not_comparable [one_amount]"},
		{"amounts that are noted to be swapped", fell, []record.Observation{note(swapped, before), note(swapped, after)}, "cannot_be_checked noted"},
		{"a direction that says the reverse", fell, []record.Observation{before, after, up}, "cannot_be_checked disagree"},
		{"both", fell, []record.Observation{note(swapped, before), note(swapped, after), up}, "cannot_be_checked disagree"},
		{"the direction alone", fell, []record.Observation{up}, "contradicted evidence"},
		{"one figure that is noted to be wrong", equals, []record.Observation{note("Ka gjasë që është gabim.", after)}, "cannot_be_checked noted"},
		{"another figure beside it", equals, []record.Observation{note("Verovatno pogrešno.", after), said("victims_identified", "2024", "", "14", "b")}, "supported evidence"},
		{"a note that says nothing of the kind", equals, []record.Observation{note("No mistake was found; nine months.", after)}, "supported evidence"},
	} {
		if got := short(judged(t, c.cmp, c.said...)); got != c.want {
			t.Errorf("%s: %s, expected %s", c.name, got, c.want)
		}
	}
}

func TestDirections(t *testing.T) {
	for text, want := range map[string]int{"decrease": -1, "five-year low": -1, "fewer": -1, "ulje": -1, "smanjenje": -1, "më pak": -1, "increase": 1, "more than tripled": 1, "rritje": 1,
		"повећање": 1, "no decrease": 0, "follow": 0, "allowed": 0, "padded": 0, "increase for one, decrease for the other": 0, "many": 0} {
		if got := Direction(record.ParseStated(text)); got != want {
			t.Errorf("%q is the direction %d, expected %d", text, got, want)
		}
	}
}

func TestTheLawThatAClaimNames(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		law   string
		op    record.Operator
		value string
		from  string
		want  string
	}{
		{"06/L-074:165(1) maximum", record.Equals, "12y", "2024", "supported law"},
		{"06/L-074:165(1), up to", record.Equals, "12y", "2024", "supported law"},
		{"neni 165 paragrafi 1, më së shumti", record.Equals, "12 vjet", "2024", "supported law"},
		{"najviše, član 165 stav 1", record.Equals, "12 godina", "2024", "supported law"},
		{"06/L-074:165(1) maximum", record.Equals, "5y", "2024", "contradicted law"},
		{"06/L-074:165(1)", record.AtMost, "12y", "2024", "supported law"},
		{"06/L-074:165(1)", record.AtLeast, "5y", "2024", "supported law"},
		{"06/L-074:165(1) minimum", record.Equals, "5", "2024", "cannot_be_checked not_comparable [kind]"},
		{"06/L-074:165(1)", record.Equals, "12y", "2024", "cannot_be_checked which_limit"},
		{"06/L-074:165(1)", record.Equals, "7y", "2024", "contradicted law"},
		{"neni 165 paragrafi 1", record.Equals, "5y", "2024", "supported law"},
		{"Article 165, paragraph 1 of the Criminal Code", record.Equals, "5y", "2024-05-01", "supported law"},
		{"KPRK:165(1)", record.Equals, "5y", "2024", "supported law"},
		{"06/L-074:165(1)", record.Equals, "5y", "2016", "cannot_be_checked not_in_force"},
		{"06/L-074:999(1) minimum", record.Equals, "5y", "2024", "cannot_be_checked no_provision"},
		{"the criminal code", record.Equals, "5y", "2024", "cannot_be_checked no_provision"},
	} {
		s := NewSet(pack)
		st := s.Judge(&record.Claim{Article: "a", Comparison: record.Comparison{Law: c.law, Operator: c.op, Value: c.value, From: period.MustDate(c.from)}})
		if got := short(st); got != c.want {
			t.Errorf("%s %s %s in %s: %s, expected %s", c.law, c.op, c.value, c.from, got, c.want)
		}
	}
	// Without a time in the comparison the article's day decides.
	s := NewSet(pack)
	s.PutArticle("a", record.Article{Title: "x", Source: "own", Published: period.MustDate("2025-10-15")})
	five := record.Claim{Article: "a", Comparison: record.Comparison{Law: "neni 165 paragrafi 1", Operator: record.Equals, Value: "5y"}}
	if got := short(s.Judge(&five)); got != "supported law" {
		t.Errorf("an article of 2025: %s", got)
	}
}

func TestWhatIsNotInThePackIsNamed(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]LawProblem{
		"06/L-074:165(1) minimum": "", "neni 165 paragrafi 1": "", "06/L-074:999(1)": NoProvision, "06/L-074:165": NeedsParagraph, "99/L-999:1(1)": UnknownLaw,
		"the law": NoReference, "": NoReference,
	} {
		if got, have := CheckLaw(pack, text); got != want || (want == NeedsParagraph || want == UnknownLaw) && len(have) == 0 {
			t.Errorf("%q: %q with %v, expected %q", text, got, have, want)
		}
	}
}
