package site

import (
	"strings"
	"testing"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// convictedOf is a judgment of one conviction for trafficking.
func convictedOf(offence, committed string, s record.Sentence) *record.Judgment {
	count := record.Count{Convicted: offence, Verdict: law.Convicted, Sentence: s}
	if committed != "" {
		count.From = period.MustDate(committed)
	}
	return &record.Judgment{Case: "c", Numbers: []string{"P 7/21"}, Court: "basic_court_gjakova", Instance: record.FirstInstance, Date: period.MustDate("2021-06-17"),
		Defendants: []record.Defendant{{Label: "A.B.", Counts: []record.Count{count}}}}
}

// What is known is said first and whatever else is not: the term, then the other questions, then the answer under each law.
func TestACaseAnswersOneQuestionAtATime(t *testing.T) {
	fine := law.Fine{State: law.FineOfAmount, Cents: 60000}
	for _, row := range []struct {
		name     string
		judgment *record.Judgment
		want     []string
		lacks    []string
	}{
		{"one law", convictedOf("06/L-074:165(1)", "2020-03-04", record.Sentence{Imprisonment: prison(2), Suspended: record.YesNo(law.Yes), Fine: fine}), []string{
			"2 years; the law&#39;s minimum was 5 years", `<dt>Imprisonment</dt><dd><span class="answer below">`, "below what mitigation allows", "<dt>Kind of punishment</dt>", "not allowed",
			"<dt>Fine</dt>", "as the law prescribes", `href="/en/provisions/06-L-074/165-1"`,
		}, []string{"under each of", "Cannot be determined", "child"}},
		{"a fact is lacking, and the term is known all the same", convictedOf("06/L-074:165(1)", "2020-03-04", record.Sentence{Imprisonment: prison(2), Fine: fine}), []string{
			"2 years; the law&#39;s minimum was 5 years", "below what mitigation allows", "Not known: whether the sentence was suspended", "lacking: whether the sentence was suspended",
		}, nil},
		{"several laws", convictedOf("trafficking in persons", "2012", record.Sentence{Imprisonment: prison(3), Suspended: record.YesNo(law.No), Fine: fine}), []string{
			"2 years, or 5 years under", "The answer under each of", "within the range", "below the minimum", `<blockquote>`,
		}, []string{"0 below the minimum"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			d := newRecord(t)
			d.enter(record.JudgmentKind, "j", 0, record.Published, "try", row.judgment)
			html := body(t, get(t, d.handler(), "/en/cases/c"))
			for _, want := range row.want {
				if !strings.Contains(html, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
			for _, not := range row.lacks {
				if strings.Contains(html, not) {
					t.Errorf("the page has %q", not)
				}
			}
			says, axes, steps := strings.Index(html, "3 years"), strings.Index(html, `class="offences axes"`), strings.Index(html, `class="steps"`)
			if axes < 0 || steps < axes || says > steps {
				t.Errorf("the sentence stands at %d, the axes at %d, the steps at %d", says, axes, steps)
			}
		})
	}
}

// Where nothing could be compared, nothing is said to be below a minimum, not even none.
func TestTheFirstPageCountsWhatIsOpen(t *testing.T) {
	d := newRecord(t)
	d.enter(record.JudgmentKind, "j", 0, record.Published, "try", convictedOf("trafficking in persons", "", record.Sentence{Imprisonment: prison(3)}))
	for language, want := range map[string][]string{
		"en": {"<dt>Cannot be compared yet</dt><dd><a href=\"/en/sentences\">1</a>", "<dt>Compared with the minimum of the law</dt><dd><a href=\"/en/sentences\">0</a>"},
		"sq": {"<dt>Ende nuk mund të krahasohen</dt><dd><a href=\"/sq/sentences\">1</a>", "<dt>Të krahasuara me minimumin ligjor</dt><dd><a href=\"/sq/sentences\">0</a>"},
	} {
		html := body(t, get(t, d.handler(), "/"+language+"/"))
		for _, w := range want {
			if !strings.Contains(html, w) {
				t.Errorf("%s: the page lacks %s", language, w)
			}
		}
		for _, not := range []string{"certainly below", "me siguri nën"} {
			if strings.Contains(html, not) {
				t.Errorf("%s: the page says %q", language, not)
			}
		}
	}
}
