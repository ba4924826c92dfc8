package missing

import (
	"fmt"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

// wantedTexts ranks the texts of the law not yet checked by how many counts on
// record they would decide, as `fener law missing` does for a file. It goes through
// the whole record, so it is made once for each position of the ledger. A count
// that a later judgment replaced waits for nothing.
func wantedTexts(r *page.Request) ([]law.Wanted, error) { return wanted.Of(r) }

var wanted = page.NewOnce(func(r *page.Request) ([]law.Wanted, error) {
	v, pack := r.Public(), r.Law()
	if v == nil || pack == nil {
		return nil, nil
	}
	list := law.NewReadingList(pack)
	offences := map[string]*law.Offence{}
	offence := func(text string) *law.Offence {
		o, ok := offences[text]
		if !ok {
			o = pack.Offence(text)
			offences[text] = o
		}
		return o
	}
	err := v.EachCount(r.Context(), func(c *view.CountRow) error {
		if c.Superseded {
			return nil
		}
		facts := (&record.Count{Charged: c.Charged.Text, Convicted: c.Convicted.Text, From: c.From, To: c.To, Verdict: c.Verdict, Joint: c.Joint,
			Sentence: c.Sentence, Grounds: c.Grounds, Form: c.Form, Offender: c.Offender, Age: c.Age}).Facts(offence, c.Date)
		facts.ChildVictim = c.ChildVictim
		list.Add(&facts)
		return r.Context().Err()
	})
	if err != nil {
		return nil, fmt.Errorf("ranking the texts of the law to check next: %w", err)
	}
	return list.Ranked(), nil
})

// textGaps are the texts as what is missing.
func textGaps(texts []law.Wanted) (gaps []Gap) {
	for _, w := range texts {
		g := Gap{Kind: "text", Law: w.Law.Number, What: w.What.String(), Counts: w.Counts, Path: answer.InstrumentPath(w.Law.Number)}
		if w.At != nil {
			g.Provision, g.Path = w.At.Ref.String(), answer.ProvisionPath(w.At.Ref)
		}
		gaps = append(gaps, g)
	}
	return gaps
}

// textsPart is the list of texts as a part of the page.
func textsPart(r *page.Request, texts []law.Wanted) missingPart {
	t := page.Table{ID: "texts", Caption: r.T("missing.texts"), Quiet: true, Empty: r.T("missing.none"), Columns: []page.Column{
		{Head: r.T("missing.text")}, {Head: r.T("missing.text_tells")}, {Head: r.T("missing.text_counts"), Number: true}}}
	for _, w := range texts {
		at := answer.Instrument(r, w.Law)
		if w.At != nil {
			at = answer.Rule(r, w.At)
		}
		t.Rows = append(t.Rows, []page.Link{at, {Text: w.What.Text(r.Lang)}, {Text: locale.Integer(r.Lang, int64(w.Counts))}})
	}
	return missingPart{r.T("missing.texts_says"), t}
}
