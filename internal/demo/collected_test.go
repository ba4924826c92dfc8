// This file holds the example's evidence against the collection that it was
// taken from. It stands here because the example is data and imports nothing.
package demo_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fener/examples/kosovo"
	"fener/internal/evidence"
	"fener/internal/figure"
	"fener/internal/intake"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

func opened(t *testing.T, name string) fs.File {
	t.Helper()
	f, err := kosovo.Files.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func without(t *testing.T, problems []intake.Problem, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Code != "not_taken" { // the column that says where a row was collected
			t.Error(p.Text(locale.EN))
		}
	}
}

func observations(t *testing.T) []intake.ObservationRow {
	t.Helper()
	rows, problems, err := intake.Observations("observations.csv", opened(t, "observations.csv"), intake.Known{Observed: evidence.KnownIndicator})
	without(t, problems, err)
	return rows
}

func sources(t *testing.T) map[string]record.Source {
	t.Helper()
	rows, problems, err := intake.Sources("sources.csv", opened(t, "sources.csv"), nil)
	without(t, problems, err)
	m := map[string]record.Source{}
	for _, s := range rows {
		m[s.ID] = s.Source
	}
	return m
}

func knownFigure(id string) bool {
	list, err := figure.Indicators()
	return err == nil && slices.ContainsFunc(list, func(in *figure.Indicator) bool { return in.ID == id })
}

func articles(t *testing.T) []intake.ArticleClaims {
	t.Helper()
	list, problems, err := intake.Claims("claims.yaml", opened(t, "claims.yaml"), intake.Known{Observed: evidence.KnownIndicator, Figure: knownFigure})
	without(t, problems, err)
	return list
}

func TestObservationsAreValid(t *testing.T) {
	rows, known, used := observations(t), sources(t), map[string]bool{}
	ids := map[string]bool{}
	for i := range rows {
		ids[rows[i].ID] = true
		used[rows[i].Indicator] = true
	}
	for i := range rows {
		o := &rows[i]
		for _, f := range o.Validate(true) {
			t.Errorf("row %d: %v", o.Line, f)
		}
		src, ok := known[o.Citation.Source]
		if !ok {
			t.Errorf("row %d: there is no source %s", o.Line, o.Citation.Source)
		}
		if !slices.Contains(record.Units(), o.Unit) {
			t.Errorf("row %d: unit %q", o.Line, o.Unit)
		}
		if (o.Unit == "words" || o.Unit == "length" || o.Unit == "tier") != (o.Value.Kind == record.InWords) {
			t.Errorf("row %d: %s in %s", o.Line, o.Value, o.Unit)
		}
		if o.Published != src.Published {
			t.Errorf("row %d: published %s, its source %s", o.Line, o.Published, src.Published)
		}
		if copied := strings.HasPrefix(src.Publisher, "US Department of State"); src.Retells != "" && o.Retelling == copied {
			t.Errorf("row %d: its source %s retells %s, the row says %v", o.Line, o.Citation.Source, src.Retells, o.Retelling)
		}
		for _, id := range o.Restates {
			if !ids[id] {
				t.Errorf("row %d restates %s, which is not there", o.Line, id)
			}
		}
	}
	list, err := evidence.Indicators()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range list {
		if !used[in.ID] {
			t.Errorf("nothing is observed of %s", in.ID)
		}
	}
}

// words are the numbers that the sources write as words.
var words = map[string]string{
	"0": "not|no|nuk", "1": "one|a month|njërit|një|jedna", "2": "two|dy", "3": "three|tri|tre", "4": "four|katër", "5": "five|pesë|pet", "6": "six|half",
	"7": "seven|shtatë", "8": "tetë|eight", "9": "nine", "15": "fifteen", "1000000": "1 milion", "2500000": "2.5 milion", "130000": "130 mijë", "880000": "880 mijë", "200000": "200 mijë",
}

var digits = regexp.MustCompile(`\d[\d.,]*`)

// stands reports whether a number stands in a quotation, in digits or words.
func stands(number, quote string) bool {
	for _, found := range digits.FindAllString(quote, -1) {
		found = strings.TrimRight(found, ".,")
		if cents, ok := strings.CutSuffix(found, ".00"); ok {
			found = cents
		}
		if strings.NewReplacer(",", "", ".", "").Replace(found) == number {
			return true
		}
	}
	w := words[number]
	return w != "" && regexp.MustCompile(`(?i)(^|\W)(`+w+`)(\W|$)`).MatchString(quote)
}

func TestEveryNumberStandsInItsQuotation(t *testing.T) {
	checked := 0
	for _, o := range observations(t) {
		if o.Doubtful || o.Unit == "words" || o.Unit == "tier" {
			continue
		}
		for _, number := range digits.FindAllString(o.Value.Text, -1) {
			checked++
			if !stands(strings.ReplaceAll(number, ",", ""), o.Citation.Quote) {
				t.Errorf("row %d: %s of %q does not stand in %q", o.Line, number, o.Value, o.Citation.Quote)
			}
		}
	}
	if checked < 180 {
		t.Errorf("only %d numbers were looked for", checked)
	}
	if stands("7", "seventeen of 170") || !stands("72000", "around 72,000 euros") {
		t.Error("the search itself is wrong")
	}
}

// otherwise are the collected rows whose value stands in other words, and why.
var otherwise = map[string]string{
	"observations.csv:42":   "17 is a sum: the report says that all victims were from Kosovo",
	"observations.csv:46":   "18 is a sum: the report says 16 girls and two boys",
	"observations.csv:65":   "2 is a count of the months named: January and February",
	"observations.csv:113":  "yes, majority: the yes is in the indicator",
	"observations.csv:125":  "yes: the source speaks of closures",
	"observations2.csv:10":  "yes, many: the yes is in the indicator",
	"observations2.csv:18":  "2 is a count of the months named: January and February",
	"observations2.csv:76":  "open call: the source says opening call at the beginning of January",
	"observations2.csv:78":  "yes, some: the source says that some shelters closed",
	"observations2.csv:79":  "2 is a count of the months named: January and February",
	"observations2.csv:80":  "8 is a count of the months named: May to December",
	"observations2.csv:93":  "decrease: the source says fewer",
	"observations2.csv:94":  "decrease: the source says fewer",
	"observations2.csv:102": "none: the report says that no sentence was a fine only",
	"observations2.csv:110": "39 is a sum: the notice says 32 and 7",
	"observations2.csv:124": "23 of 24 follows from the other figures of the article; the note says so",
	"totals.csv:9":          "more than the year before: recorded as an increase with observations2.csv:9",
	"totals.csv:12":         "fewer than the year before: recorded as a decrease with observations2.csv:16",
	"totals.csv:18":         "more than the year before: recorded as an increase with observations2.csv:89",
	"totals.csv:24":         "more than the year before: recorded as an increase with observations2.csv:97",
}

// leftOut are the collected rows that the example does not have, and why.
var leftOut = map[string]string{
	"observations3.csv:7":  "a code of one year alone (victimpunish = No) whose meaning was not read beyond its name",
	"observations3.csv:35": "victims of all crimes in one week, none of trafficking; the address of the item itself tells of three persons",
	"observations3.csv:36": "one request in one week, for any crime: a single person, and nothing of trafficking",
	"observations3.csv:39": "the sentence of one person in another country, its year inferred: a judgment, not a figure",
	"observations3.csv:40": "another country, two offences together, no year",
}

// undated are the collected rows that have a period which the source does not
// say, and why the example leaves it empty.
var undated = map[string]string{
	"observations2.csv:24": "the text says this year, after 2020; 2021 is an inference of the collection",
	"observations3.csv:8":  "three years of four, which is not said",
	"observations3.csv:9":  "three years of four, which is not said",
	"observations3.csv:10": "three years of four, which is not said",
	"observations3.csv:11": "three years of four, which is not said",
	"observations3.csv:12": "three years of four, which is not said",
	"observations3.csv:13": "three years of four, which is not said",
	"observations3.csv:22": "from 1999 to the day of an article that nobody knows",
}

// collected are the rows of one file of the collection beside the repository.
func collected(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open("../../../shared/facts/kosovo/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%v: the collection that the example was taken from lies beside the repository", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil || len(lines) < 2 {
		t.Fatalf("%s: %d lines, %v", name, len(lines), err)
	}
	rows := make([]map[string]string, 0, len(lines)-1)
	for _, line := range lines[1:] {
		r := map[string]string{}
		for i, head := range lines[0] {
			r[head] = line[i]
		}
		rows = append(rows, r)
	}
	return rows
}

// otherPeriod are rows recorded for another period than was collected, with the reason.
var otherPeriod = map[string]string{
	"observations2.csv:8": "a tier belongs to the report of its year; the time that the report describes stands in the note",
}

func TestEveryCollectedRowIsThere(t *testing.T) {
	byOrigin := map[string][]intake.ObservationRow{}
	for _, o := range observations(t) {
		for _, origin := range o.Origin {
			byOrigin[origin] = append(byOrigin[origin], o)
		}
	}
	known := sources(t)
	total := 0
	for _, name := range []string{"observations.csv", "observations2.csv", "totals.csv", "round2/observations3.csv"} {
		rows := collected(t, name)
		total += len(rows)
		for i, r := range rows {
			origin := fmt.Sprintf("%s:%d", path.Base(name), i+2)
			found := byOrigin[origin]
			if why := leftOut[origin]; why != "" && len(found) == 0 {
				continue
			}
			if len(found) == 0 {
				t.Errorf("%s is not there: %s %s", origin, r["indicator"], r["value"])
			}
			delete(byOrigin, origin)
			same := slices.ContainsFunc(found, func(o intake.ObservationRow) bool { return sameFigure(r["value"], o.Value.Text) })
			switch why := otherwise[origin]; {
			case !same && why == "":
				t.Errorf("%s: %q is recorded as %v", origin, r["value"], found)
			case same && why != "":
				t.Errorf("%s: %q is recorded as collected and needs no reason", origin, r["value"])
			}
			for _, o := range found {
				if address := known[o.Citation.Source].Address; address != r["source_url"] && !strings.Contains(r["source_url"], "kosovotwopointzero.com/sr/") {
					t.Errorf("%s: cited from %s, recorded from %s", origin, r["source_url"], address)
				}
			}
			for _, o := range found {
				if name != "totals.csv" && !samePeriod(r, &o) && otherPeriod[origin] == "" && (undated[origin] == "" || !o.From.IsZero()) {
					t.Errorf("%s: from %q to %q is recorded as %s", origin, r["period_from"], r["period_to"], o.Span())
				}
			}
			if !slices.ContainsFunc(found, func(o intake.ObservationRow) bool { return quoted(r["quote"], o) }) {
				t.Errorf("%s: its quotation is not recorded: %q", origin, r["quote"])
			}
		}
	}
	if total != 320 {
		t.Errorf("%d collected rows, expected 127, 128, 26 and 39", total)
	}
	for origin := range byOrigin {
		t.Errorf("%s: there is no such collected row", origin)
	}
}

// samePeriod compares the days of a row that has them.
func samePeriod(r map[string]string, o *intake.ObservationRow) bool {
	if r["period_from"] == "" {
		return true
	}
	if r["period_to"] == "" { // a beginning alone
		from, err := period.ParseDate(r["period_from"])
		return o.From.IsZero() || err == nil && o.From.First() == from.First() && o.To.IsZero()
	}
	from, err1 := period.ParseDate(r["period_from"])
	to, err2 := period.ParseDate(r["period_to"])
	return err1 == nil && err2 == nil && o.Span().First() == from.First() && o.Span().Last() == to.Last()
}

// quoted reports whether an observation has the collected quotation, or the
// longer one of the same place in the source.
func quoted(quote string, o intake.ObservationRow) bool {
	short := strings.TrimRight(quote, ".")
	return strings.Contains(o.Citation.Quote, short) || strings.Contains(o.Note, short) || sharedWords(quote, o.Citation.Quote) >= 5
}

func sharedWords(a, b string) (n int) {
	for w := range strings.FieldsSeq(a) {
		if strings.Contains(b, w) {
			n++
		}
	}
	return n
}

// sameFigure compares values: their digits, or the first word of those without.
func sameFigure(collected, recorded string) bool {
	number := regexp.MustCompile(`\D`)
	if d := number.ReplaceAllString(collected, ""); d != "" {
		return d == number.ReplaceAllString(recorded, "")
	}
	first := func(s string) string { return strings.TrimRight(strings.ToLower(strings.Fields(s)[0]), ",;") }
	return first(collected) == first(recorded)
}

func set(t *testing.T) *evidence.Set {
	t.Helper()
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	s := evidence.NewSet(pack)
	for id, src := range sources(t) {
		s.PutSource(id, src)
	}
	for _, o := range observations(t) {
		s.PutObservation(o.ID, o.Observation)
	}
	for _, a := range articles(t) {
		s.PutArticle(a.ID, a.Article)
		for _, c := range a.Claims {
			s.PutClaim(c.ID, c.Claim)
		}
	}
	s.Recompute(s.ClaimIDs())
	return s
}

func TestSeedClaims(t *testing.T) {
	s, known := set(t), sources(t)
	want := []string{
		"minimum of five years: cannot_be_checked unread",
		"many much lesser sentences: supported evidence; supports: yes (k20-trafficking-continues-2017-sr)",
		"seven suspended: cannot_be_checked alone",
		"seven only fined: cannot_be_checked alone",
		"lowest fine 600 euros: cannot_be_checked alone",
		"two NGO shelters: supported evidence; supports: 2 (tip-2016), 2 (tip-2022)",
		"funds fell: supported evidence; supports: decrease (tip-2017), decrease (tip-2018)",
		"just over 100,000: cannot_be_checked alone",
		"around 72,000: cannot_be_checked alone",
		"one shelter closed: cannot_be_checked words",
		"for a month: cannot_be_checked words",
		"because of the late call: cannot_be_checked words",
	}
	var article intake.ArticleClaims
	for _, a := range articles(t) {
		if a.ID == "small-talk-2018" {
			article = a
		}
	}
	if _, ok := known[article.Source]; !ok || len(article.Claims) != len(want) {
		t.Fatalf("source %q, %d claims, expected %d", article.Source, len(article.Claims), len(want))
	}
	text := seedText(t)
	for i, c := range article.Claims {
		st, _ := s.Standing(c.ID)
		got := fmt.Sprintf("%s %s", st.Verdict, st.Why)
		var supports []string
		for _, e := range st.Evidence {
			if e.Bearing == evidence.Supports && e.Observation != nil {
				supports = append(supports, fmt.Sprintf("%s (%s)", e.Observation.Value, e.Observation.Citation.Source))
				if e.Observation.Citation.Source == article.Source {
					t.Errorf("claim %d is supported by the article itself", c.N)
				}
			}
		}
		if supports != nil {
			got += "; supports: " + strings.Join(supports, ", ")
		}
		if _, expected, _ := strings.Cut(want[i], ": "); got != expected {
			t.Errorf("claim %d, %s: %s, expected %s", c.N, c.Statement.EN, got, expected)
		}
		if n := c.Statement; n.SQ == "" || n.SR == "" || n.EN == "" {
			t.Errorf("claim %d is not stated in three languages", c.N)
		}
		if text != "" && !strings.Contains(text, c.Quote) {
			t.Errorf("claim %d: %q does not stand in the article", c.N, c.Quote)
		}
	}
}

// seedText is the article, where it lies beside the repository.
func seedText(t *testing.T) string {
	t.Helper()
	files, err := os.ReadDir("../../../shared/seed")
	if err != nil {
		t.Log("the article's text is absent: its quotations are not looked up")
		return ""
	}
	var all strings.Builder
	for _, f := range files {
		b, err := os.ReadFile("../../../shared/seed/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String()
}

// The years on which sources differ, as issue 4 names them: every value stands
// there, none is chosen, and the record says why where it knows.
func TestDifferencesAreKept(t *testing.T) {
	rows := observations(t)
	for _, c := range []struct {
		indicators string
		year       int
		want       string
	}{
		{"victims_identified", 2015, "28 30"},
		{"victims_identified", 2017, "16 16 22 32 32"},
		{"victims_identified", 2012, "54 56"},
		{"victims_identified", 2019, "15 26 26"},
		{"victims_identified", 2023, "17"},
		{"victims_identified", 2024, "14"},
		{"victims_sex_trafficking", 2019, "19 20"},
		{"arrests_trafficking arrests_trafficking_and_related", 2019, "197 31"},
		{"ngo_shelter_closure_months ngo_shelter_closure shelter_closure_months", 2017, "1 3 temporarily temporarily closed"},
	} {
		var values []string
		for _, o := range rows {
			if slices.Contains(strings.Fields(c.indicators), o.Indicator) && o.From.Year() == c.year && o.Span().Last().Year() <= c.year+1 {
				values = append(values, o.Value.Text)
				if o.Reason == "" && o.Value.Text != "26" {
					t.Errorf("%s %d: no reason beside %s (%s)", o.Indicator, c.year, o.Value, o.Citation.Source)
				}
			}
		}
		slices.Sort(values)
		if got := strings.Join(values, " "); got != c.want {
			t.Errorf("%s %d: %s, expected %s", c.indicators, c.year, got, c.want)
		}
	}
}
