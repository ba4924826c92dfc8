package site

import (
	"fmt"

	"fener/internal/api"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

// wantedTexts ranks the texts of the law not yet checked by how many counts on
// record they would decide, as `fener law missing` does for a file. It goes through
// the whole record, so it is made once for each position of the ledger. A count
// that a later judgment replaced waits for nothing.
func (r *Request) wantedTexts() ([]law.Wanted, error) { return wantedTexts.Of(r) }

var wantedTexts = NewOnce(func(r *Request) ([]law.Wanted, error) {
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
func textGaps(texts []law.Wanted) (gaps []api.Gap) {
	for _, w := range texts {
		g := api.Gap{Kind: "text", Law: w.Law.Number, What: w.What.String(), Counts: w.Counts, Path: api.InstrumentPath(w.Law.Number)}
		if w.At != nil {
			g.Provision, g.Path = w.At.Ref.String(), api.ProvisionPath(w.At.Ref)
		}
		gaps = append(gaps, g)
	}
	return gaps
}

// textsPart is the list of texts as a part of the page.
func (r *Request) textsPart(texts []law.Wanted) missingPart {
	t := Table{ID: "texts", Caption: r.T("missing.texts"), Quiet: true, Empty: r.T("missing.none"), Columns: []Column{
		{Head: r.T("missing.text")}, {Head: r.T("missing.text_tells")}, {Head: r.T("missing.text_counts"), Number: true}}}
	for _, w := range texts {
		at := r.instrument(w.Law)
		if w.At != nil {
			at = r.rule(w.At)
		}
		t.Rows = append(t.Rows, []Link{at, {Text: w.What.Text(r.Lang)}, {Text: locale.Integer(r.Lang, int64(w.Counts))}})
	}
	return missingPart{r.T("missing.texts_says"), t}
}
