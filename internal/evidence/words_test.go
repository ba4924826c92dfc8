package evidence

import (
	"slices"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/locale"
)

// Every value has its words in every language form, and nothing else has.
func TestEveryValueHasWords(t *testing.T) {
	for _, l := range []locale.Lang{locale.EN, locale.SQ, locale.SR, locale.SRLatn} {
		want := map[string]string{}
		for _, v := range Verdicts {
			want["verdict."+string(v)] = v.Text(l)
		}
		for _, w := range Whys {
			want["why."+string(w)] = w.Text(l)
		}
		for _, b := range Bearings {
			want["bearing."+string(b)] = b.Text(l)
		}
		for _, c := range Causes {
			want["cause."+string(c)] = c.Text(l)
		}
		for _, m := range []Limit{Minimum, Maximum} {
			want["limit."+string(m)] = m.Text(l)
		}
		want["noted"] = say(l, "noted")
		for _, r := range Relations {
			want["relation."+string(r)] = r.Text(l)
		}
		for _, d := range Differences {
			want["difference."+string(d)] = d.Text(l)
		}
		for _, w := range record.ToldWords {
			want["told."+w] = (&Telling{Says: w}).What(l)
		}
		for _, c := range record.WithoutCauses {
			want["because."+c] = BecauseText(l, c)
		}
		for _, u := range record.Units() {
			want["unit."+u] = UnitText(l, u)
		}
		said := map[string]string{}
		for key, text := range want {
			if text == key || text == "" || text == "unit" {
				t.Errorf("%s: %s has no words", l, key)
			}
			group := key[:3]
			if other := said[group+text]; other != "" {
				t.Errorf("%s: %s and %s both say %q", l, key, other, text)
			}
			said[group+text] = key
		}
		for key := range catalogues()[l] {
			if parts := strings.Split(key, "."); len(parts) == 3 && parts[0] == "unit" && slices.Contains(record.Units(), parts[1]) && (parts[2] == "one" || parts[2] == "few") {
				continue // a unit in the singular or the paucal, where it differs
			}
			if want[key] == "" {
				t.Errorf("%s: %s is the word of nothing", l, key)
			}
		}
	}
	if got, want := (Standing{Verdict: CannotBe, Why: WhyAlone}).Text(locale.SR), "не може се проверити: почива само на овој тврдњи"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAUnitStandsInTheNumberOfItsValue(t *testing.T) {
	for _, c := range []struct {
		lang              locale.Lang
		value, unit, want string
	}{
		{locale.EN, "1", "persons", "person"}, {locale.EN, "2", "persons", "persons"}, {locale.EN, "about 1", "cases", "case"}, {locale.EN, "many", "cases", "cases"},
		{locale.SQ, "1", "persons", "person"}, {locale.SQ, "16", "persons", "persona"}, {locale.SQ, "1", "years", "vit"}, {locale.SQ, "2", "years", "vjet"},
		{locale.SRLatn, "1", "persons", "lice"}, {locale.SRLatn, "2", "cases", "slučaja"}, {locale.SRLatn, "3", "reports", "prijave"}, {locale.SRLatn, "5", "reports", "prijava"},
		{locale.SRLatn, "21", "cases", "slučaj"}, {locale.SRLatn, "11", "cases", "slučajeva"}, {locale.SR, "1", "months", "месец"}, {locale.SRLatn, "10-20", "months", "meseci"},
	} {
		if got := UnitFor(c.lang, c.unit, record.ParseStated(c.value)); got != c.want {
			t.Errorf("%s: %s %s, expected %s", c.lang, c.value, got, c.want)
		}
	}
}
