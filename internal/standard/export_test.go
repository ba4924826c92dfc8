package standard

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

var made = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)

// things are published things for tests; every one is SYNTHETIC.
type things []Published

func (list *things) add(kind record.Kind, id string, b record.Body) *things {
	*list = append(*list, Published{record.Thing{Kind: kind, ID: id}, made, b})
	return list
}

func (list things) each(yield func(Published, error) bool) {
	for _, p := range list {
		if !yield(p, nil) {
			return
		}
	}
}

func telling() record.Telling {
	return record.Telling{Citation: record.Citation{Source: "report", Place: "p. 4", Quote: "SYNTHETIC words"}, Synthetic: true}
}

func euros(text string) *record.Amount {
	a, _, err := record.ParseAmount(text, "EUR")
	if err != nil {
		panic(err)
	}
	return a
}

func date(s string) period.Date { return period.MustDate(s) }

// whole is a record in which every step of one grant is told of, with a payment and an application.
func whole() *things {
	list := &things{}
	list.add(record.SourceKind, "report", &record.Source{Title: "SYNTHETIC report & more", Publisher: "SYNTHETIC press", Address: "https://example.org/report", Language: "en", Published: date("2018-11-15")})
	list.add(record.InstitutionKind, "ministry_of_trials", &record.Institution{Names: record.Names{EN: "SYNTHETIC ministry", SQ: "SYNTHETIC ministria"}, Type: "ministry"})
	list.add(record.ShelterKind, "shelterone", &record.Shelter{Names: record.Names{EN: "SYNTHETIC shelter", SQ: "SYNTHETIC strehimore"}, Aliases: []string{"SYNTHETIC house"}, Means: "one", Sort: "semi_open",
		Town: "Prizren", Telling: telling()})
	list.add(record.ShelterKind, "all", &record.Shelter{Names: record.Names{EN: "SYNTHETIC shelters together"}, Means: "group", Sort: "mixed", Telling: telling()})
	list.add(record.ShelterKind, "someone", &record.Shelter{Names: record.Names{EN: "SYNTHETIC shelter without a name"}, Means: "unnamed", Sort: "mixed", Telling: telling()})
	list.add(record.CallKind, "call2017", &record.Call{Names: record.Names{EN: "SYNTHETIC call", SQ: "SYNTHETIC thirrje", SR: "SYNTHETIC poziv"}, Funders: []string{"ministry_of_trials"}, From: date("2017-04-01"),
		To: date("2017-12"), Planned: date("2016-11"), Opened: date("2017-01-09"), Closed: date("2017-02-09"), Decided: date("2017-03-01"), Amount: euros("400,000"), Telling: telling()})
	list.add(record.ApplicationKind, "application1", &record.Application{Call: "call2017", Shelters: []string{"shelterone"}, Amount: euros("90000"), Outcome: "granted", Telling: telling()})
	list.add(record.GrantKind, "planned", grant(func(g *record.Grant) { g.Step, g.Shelters, g.Amount = "planned", []string{"all"}, euros("350000") }))
	list.add(record.GrantKind, "award", grant(func(g *record.Grant) { g.Step, g.Decided, g.Amount = "awarded", date("2017-03-01"), euros("75000") }))
	list.add(record.GrantKind, "contract", grant(func(g *record.Grant) {
		g.Step, g.SameGrant, g.Signed, g.Amount, g.Conditions = "contracted", "award", date("2017-04-10"), euros("72000.50"), "SYNTHETIC <conditions>"
	}))
	list.add(record.PaymentKind, "payment1", &record.Payment{Grant: "contract", Funders: []string{"SYNTHETIC Ministry"}, Shelters: []string{"shelterone"}, Date: date("2017-05-02"), Amount: euros("36000"), Telling: telling()})
	list.add(record.PaymentKind, "payment2", &record.Payment{Grant: "award", Funders: []string{"ministry_of_trials"}, Shelters: []string{"shelterone"}, Date: date("2017-09"), Amount: euros("36000.50"), Telling: telling()})
	return list
}

func grant(with func(g *record.Grant)) *record.Grant {
	g := &record.Grant{Funders: []string{"ministry_of_trials"}, Shelters: []string{"shelterone"}, Step: "awarded", Purpose: "running", Call: "call2017", From: date("2017-04-01"), To: date("2017-12"), Telling: telling()}
	with(g)
	return g
}

func options() Options {
	return Options{Prefix: "360G-fener", Publisher: "SYNTHETIC publisher", Website: "https://example.org/", Address: "https://example.org/file.json", Made: made}
}

type writer func(*bytes.Buffer, Things, Options) ([]Left, error)

var writers = map[string]writer{
	"360giving": func(b *bytes.Buffer, t Things, o Options) ([]Left, error) { return Giving(b, t, o) },
	"ocds":      func(b *bytes.Buffer, t Things, o Options) ([]Left, error) { return Contracting(b, t, o) },
	"ocds-records": func(b *bytes.Buffer, t Things, o Options) ([]Left, error) {
		o.Records = true
		return Contracting(b, t, o)
	},
	"ftm": func(b *bytes.Buffer, t Things, o Options) ([]Left, error) { return Entities(b, t, o) },
}

func written(t *testing.T, name string, list *things) (string, []Left) {
	t.Helper()
	var b bytes.Buffer
	left, err := writers[name](&b, list.each, options())
	if err != nil {
		t.Fatalf("%s: %v, left out %v", name, err, left)
	}
	return b.String(), left
}

func TestGivingWritesWhatWasAwarded(t *testing.T) {
	text, left := written(t, "360giving", whole())
	var p struct {
		Grants []map[string]any
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Grants) != 1 {
		t.Fatalf("%d grants, want the award alone: what was contracted is told of the same grant", len(p.Grants))
	}
	for _, want := range []string{`"amountAwarded":75000,`, `"awardDate":"2017-03-01"`, `"amountAppliedFor":90000`, `"startDate":"2017-04-01","endDate":"2017-12"`,
		`"id":"360G-fener-shelter-shelterone"`, `"id":"360G-fener-organisation-ministry.of.trials"`, `"value":36000,`, `"fromOpenCall":"Yes"`, `SYNTHETIC report & more`} {
		if !strings.Contains(text, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	wantLeft(t, left, "grant planned not_awarded", "grant contract same", "payment payment2 no_day")
}

func TestAContractWithoutADayOfTheDecisionIsLeftOut(t *testing.T) {
	list := whole()
	for _, p := range *list {
		switch b := p.Body.(type) {
		case *record.Call:
			b.Decided = date("2017-03")
		case *record.Grant:
			b.Decided = period.Date{}
		}
	}
	var b bytes.Buffer
	left, err := Giving(&b, list.each, options())
	if !errors.Is(err, ErrNothing) || b.Len() > 0 {
		t.Errorf("got %v and %d bytes, want nothing written", err, b.Len())
	}
	wantLeft(t, left, "grant award no_day", "grant contract no_day", "payment payment1 grant_left")
}

func TestWhatStandardsCannotTake(t *testing.T) {
	for _, row := range []struct {
		name string
		with func(g *record.Grant)
		why  Why
	}{
		{"a sum that is about", func(g *record.Grant) { g.Amount = euros("about 72,000") }, NotExact},
		{"a sum that is more than something", func(g *record.Grant) { g.Amount = euros("just over 100,000") }, NotExact},
		{"no sum", func(g *record.Grant) { g.Amount = nil }, NoAmount},
		{"a sum for each shelter", func(g *record.Grant) { g.Amount.Per = "shelter" }, PerShelter},
		{"a group of shelters", func(g *record.Grant) { g.Shelters = []string{"all"} }, Group},
		{"a shelter without a name", func(g *record.Grant) { g.Shelters = []string{"someone"} }, Unnamed},
		{"a shelter that is not published", func(g *record.Grant) { g.Shelters = []string{"hidden"} }, NoShelter},
		{"two shelters", func(g *record.Grant) { g.Shelters = []string{"shelterone", "someone"} }, Several},
		{"two funders", func(g *record.Grant) { g.Funders = []string{"ministry_of_trials", "SYNTHETIC embassy"} }, SeveralFunders},
		{"no funder", func(g *record.Grant) { g.Funders = nil }, NoFunder},
		{"only a year", func(g *record.Grant) { g.Decided, g.Call = date("2017"), "" }, NoDay},
		{"no date", func(g *record.Grant) { g.Decided, g.Call = period.Date{}, "" }, NoDate},
		{"promised", func(g *record.Grant) { g.Step = "promised" }, NotAwarded},
		{"reported", func(g *record.Grant) { g.Step = "reported" }, NotAwarded},
		{"in doubt", func(g *record.Grant) { g.Doubtful = true }, Doubtful},
	} {
		t.Run(row.name, func(t *testing.T) {
			list := whole()
			list.add(record.GrantKind, "odd", grant(func(g *record.Grant) {
				g.Decided, g.Amount = date("2018-03-01"), euros("10000")
				row.with(g)
			}))
			text, left := written(t, "360giving", list)
			wantLeft(t, left, "grant odd "+string(row.why))
			if strings.Contains(text, "360G-fener-grant-odd") {
				t.Error("and it stands in the file")
			}
			if !strings.Contains(text, `"why":"`+string(row.why)+`"`) {
				t.Error("the file does not say what was left out of it")
			}
			for _, l := range left {
				for _, in := range []locale.Lang{locale.EN, locale.SQ, locale.SR, locale.SRLatn} {
					if s := l.Text(in); s == "" || strings.HasPrefix(s, "why.") {
						t.Errorf("%s has no words in %s", l.Why, in)
					}
				}
			}
		})
	}
}

func wantLeft(t *testing.T, left []Left, want ...string) {
	t.Helper()
	var got []string
	for _, l := range left {
		got = append(got, string(l.Kind)+" "+l.ID+" "+string(l.Why))
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%q is not among what was left out: %q", w, got)
		}
	}
}

func TestContractingKeepsTheStepsApart(t *testing.T) {
	text, left := written(t, "ocds", whole())
	for _, want := range []string{`"tag":["planning","tender","award","contract","implementation"]`, `"budget":{"id":"360G-fener-grant-planned","description":"SYNTHETIC: Running costs, 2017-04-01..2017-12","amount":{"amount":350000,"currency":"EUR"}}`,
		`"value":{"amount":400000,"currency":"EUR"},"tenderPeriod":{"startDate":"2017-01-09T00:00:00Z","endDate":"2017-02-09T23:59:59Z"}`, `"date":"2017-03-01T00:00:00Z","value":{"amount":75000,`,
		`"value":{"amount":72000.5,"currency":"EUR"},"dateSigned":"2017-04-10T00:00:00Z"`, `"contractPeriod":{"startDate":"2017-04-01T00:00:00Z"}`, `"title_sr":"SYNTHETIC poziv"`,
		`"roles":["procuringEntity","buyer","payer"]`} {
		if !strings.Contains(text, want) {
			t.Errorf("the file lacks %s in\n%s", want, text)
		}
	}
	wantLeft(t, left, "call call2017 no_field", "application application1 no_field", "payment payment2 no_day", "grant contract no_day")
}

func TestEntitiesTakeYearsAndMonths(t *testing.T) {
	text, left := written(t, "ftm", whole())
	for _, want := range []string{`"date":["2017-09"]`, `"endDate":["2017-12"]`, `"amount":["72000.5"]`, `"schema":"PublicBody"`, `"alias":["SYNTHETIC strehimore","SYNTHETIC house"]`} {
		if !strings.Contains(text, want) {
			t.Errorf("the file lacks %s in\n%s", want, text)
		}
	}
	wantLeft(t, left, "grant planned no_step", "shelter all group", "shelter someone unnamed")
}

func TestNoFileTellsWhereAShelterIsOrWhomItHoused(t *testing.T) {
	list := whole()
	list.add(record.ServiceKind, "service", &record.Service{Shelter: "shelterone", Counts: "people", From: date("2017"), To: date("2017"), Value: record.ParseStated("4711"), Telling: telling()})
	for name := range writers {
		text, _ := written(t, name, list)
		for _, never := range []string{"Prizren", "4711", "SYNTHETIC words", "nights"} {
			if strings.Contains(text, never) {
				t.Errorf("%s: %q stands in the file", name, never)
			}
		}
	}
}

func TestAFileIsTheSameFromTheSameRecord(t *testing.T) {
	for name := range writers {
		list := whole()
		before, _ := written(t, name, list)
		slices.Reverse(*list)
		if after, _ := written(t, name, list); after != before {
			t.Errorf("%s depends on the order in which things come", name)
		}
	}
}

func TestIdentifiersDoNotCollide(t *testing.T) {
	o, seen := options(), map[string]string{}
	for _, id := range []string{"a_b", "a.b", "a-b", "a b", "a/b", "_ab", "ab_", "ab", "ë", "", "-ab"} {
		made := o.id("grant", id)
		if other, taken := seen[made]; taken {
			t.Errorf("%q and %q both become %s", id, other, made)
		}
		seen[made] = id
	}
	for _, prefix := range []string{"", "-a", "a--b", "a b", "ä", strings.Repeat("a", 61)} {
		if CheckPrefix(prefix) == nil {
			t.Errorf("%q is taken as a prefix", prefix)
		}
	}
}

func TestNumbersAreWrittenAsJSONHasThem(t *testing.T) {
	for text, want := range map[string]string{"0072": "72", "0.50": "0.50", "000": "0", "12345678901234567890.01": "12345678901234567890.01"} {
		if got := number(text); string(got) != want || !json.Valid([]byte(got)) {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
}
