package demo_test

import (
	"regexp"
	"slices"
	"testing"

	"fener/internal/coverage"
	"fener/internal/record"
	"fener/internal/view"
	"fener/period"
)

// What the notes of the collection warn of: sums that look alike, words that claim less than they seem to, and what nobody said.
func TestTheTrapsOfShelterMoney(t *testing.T) {
	bodies := map[string]record.Body{}
	for _, r := range money(t) {
		bodies[r.id] = r.body
		switch b := r.body.(type) {
		case *record.Shelter:
			unnamed := regexp.MustCompile("^ngo-shelter-(a|b|pristina-money|renovated-2021|closed-2017)$").MatchString(r.id)
			if both := slices.Equal(b.Members, []string{"pvpt", "hope-and-homes"}); unnamed && (b.Means != "unnamed" || !both) {
				t.Errorf("%s: which of the two it is, is not said: %s of %v", r.at, b.Means, b.Members)
			}
			if !unnamed && b.Means == "one" && len(b.Licences) > 0 {
				t.Errorf("%s: no source gives a licence with its day", r.at)
			}
		case *record.Grant:
			if n, ok := b.Amount.Rat(); ok && n.RatString() == "65000" && b.Decided.String() != "2018-01-12" {
				t.Errorf("%s: the other 65,000 is of organisations that are no shelters", r.at)
			}
		case *record.Closure:
			if b.From.Last().Year() >= 2020 {
				t.Errorf("%s: no source tells of a shelter that closed in %s", r.at, b.From)
			}
		case *record.Gap:
			if b.Kept != "" {
				t.Errorf("%s: no source says that a shelter was kept open or closed in a gap: %q", r.at, b.Kept)
			}
		}
	}
	if e := bodies["event-undated-decision"].(*record.Event); !e.From.IsZero() || !e.To.IsZero() {
		t.Errorf("the decision that prevented closures has no date in its source, and %s here", e.From)
	}
	if c := bodies["call-2-5-million"].(*record.Call); c.From != (period.Date{}) || c.Opened != (period.Date{}) || c.Decided != (period.Date{}) {
		t.Errorf("the call of 2.5 million has no year in its source: %+v", c)
	}
	if c := bodies["call-2023-11"].(*record.Call); !c.NotHeld || c.Planned.String() != "2023-11" {
		t.Errorf("the call of November 2023 was promised and not held: %+v", c)
	}
	if c := bodies["closure-2017"].(*record.Closure); c.Lasted.String() == "" || c.From.Precision() != period.Year || c.Call != "call-2017" || c.Cause != "late_call" {
		t.Errorf("the closure of 2017: a month of that year, for a late call: %+v", c)
	}
	starts := map[string]string{"grant-2023-ministry": "2023-01", "grant-2023-komf": "2023-04", "grant-2023-kwn": "2023-05"}
	for id, from := range starts {
		g := bodies[id].(*record.Grant)
		if same := g.SameGrant == "grant-2023-ministry" || id == "grant-2023-ministry"; g.From.String() != from || !same {
			t.Errorf("%s: from %s, the same as %q", id, g.From, g.SameGrant)
		}
	}
}

// What rests on the two shelters is public and is found again.
func TestShelterMoneyIsPublic(t *testing.T) {
	v := filled(t, 0)
	for kind, n := range moneyKinds {
		if _, total, err := v.Things(t.Context(), kind, view.Page{}); err != nil || total != n {
			t.Errorf("%d of kind %s are public, expected %d: %v", total, kind, n, err)
		}
	}
	shelters, err := view.All[*record.Shelter](t.Context(), v, record.ShelterKind)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, s := range shelters {
		ids[s.ID] = true
	}
	grants, err := view.All[*record.Grant](t.Context(), v, record.GrantKind)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range grants {
		for _, id := range g.Body.Shelters {
			if !ids[id] {
				t.Errorf("%s is for shelter %s, which is not public", g.ID, id)
			}
		}
		if _, err := v.BareSource(t.Context(), g.Body.Citation.Source); err != nil {
			t.Errorf("the source of %s: %v", g.ID, err)
		}
		for _, f := range g.Body.Funders {
			if slices.Contains([]string{"mpms", "moj", "government", "assembly", "municipality_pristina", "european_union", "osce_mik"}, f) {
				if _, err := view.One[*record.Institution](t.Context(), v, record.InstitutionKind, f); err != nil {
					t.Errorf("funder %s: %v", f, err)
				}
			}
		}
	}
}

// What the example lets be computed of the two shelters' days goes as far as its sources and no further.
func TestTheDaysOfTheTwoSheltersStandAsFarAsSourcesGo(t *testing.T) {
	set := coverage.NewSet()
	for _, r := range money(t) {
		set.Put(record.Thing{Kind: r.kind, ID: r.id}, r.body)
	}
	day := func(text string) period.Date {
		d, err := period.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, shelter := range []string{"pvpt", "hope-and-homes"} {
		strip := set.Strip(shelter, day("2008-01-01"), day("2024-12-31"))
		for _, c := range []struct {
			on     string
			state  coverage.State
			closed coverage.Closed
			why    string
		}{
			{"2012-06-01", coverage.NotKnown, coverage.NoClosure, "nobody wrote of it"},
			{"2017-06-01", coverage.NotKnown, coverage.MaybeClosed, "one of the two closed for a month of 2017; half of the costs were reported as supported"},
			{"2018-01-31", coverage.Bridged, coverage.NoClosure, "65,000 euros for January and February"},
			{"2019-02-01", coverage.Without, coverage.NoClosure, "the shelters' letter: no support for two months"},
			{"2021-06-01", coverage.NotKnown, coverage.NoClosure, "which of the two got 56,000 and which 63,000 is not said"},
			{"2023-02-15", coverage.NotKnown, coverage.NoClosure, "January to April 2023 are not mentioned for these shelters"},
			{"2023-08-01", coverage.Paid, coverage.NoClosure, "May to December 2023"},
			{"2024-01-15", coverage.Without, coverage.NoClosure, "run out of funds; whether they closed is not said"},
			{"2024-06-01", coverage.NotKnown, coverage.NoClosure, "nobody wrote of these two"},
		} {
			if s := strip.Day(day(c.on)); s == nil || s.State != c.state || s.Closed != c.closed {
				t.Errorf("%s on %s: %+v, expected %s (%s)", shelter, c.on, s, c.state, c.why)
			}
		}
	}
}
