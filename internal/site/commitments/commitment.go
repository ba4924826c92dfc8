package commitments

import (
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
	"fener/locale"
)

var commitmentPage = page.Page{
	Pattern: path + "/{commitment}", Template: "commitment", Build: buildCommitment, Also: page.Daily,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		of, err := reads.CommitmentsOnRecord(r)
		if err != nil {
			return nil, 0, err
		}
		var all []string
		for i := range of.List {
			all = append(all, shown.CommitmentPath(of.List[i].ID))
		}
		return page.AddressPart(all, from, n)
	},
	JSON: page.DocumentOf(oneData),
	CSV:  page.RowsOf(oneData),
}

// commitmentContent is one commitment: the words in which it was made, and the three answers, each apart.
type commitmentContent struct {
	page.Base
	Summary []page.Summary
	Quote   page.Citation
	Doubt   string
	Note    page.Link
	Alone   string // that one person entered the commitment itself
	Later   []laterDate

	Says     *saysPart
	Supports page.Badge
	None     string // why nothing stands
	By       *readingPart
	Back     string
	Timing   string
	Why      string

	Unconfirmed []readingPart
	Earlier     []readingPart
	Replies     []shown.Replied
	Changed     []shown.HistoryEntry
	Method      page.Link
}

// laterDate is a date that was named afterwards.
type laterDate struct {
	By, Said string
	Quote    page.Citation
}

// saysPart is what the institution says became of it.
type saysPart struct {
	Text  string
	Reply shown.Replied
}

// readingPart is what somebody read out of evidence, with the evidence.
type readingPart struct {
	ID       string
	Supports page.Badge
	AsOf     string
	Kept     string
	Reading  page.Link
	Rests    []page.Link
	Quotes   []page.Citation
	Changed  []shown.HistoryEntry
}

func one(r *page.Request) (*reads.Commitments, *reads.Commitment, error) {
	of, err := reads.CommitmentsOnRecord(r)
	if err != nil {
		return nil, nil, err
	}
	id := r.PathValue("commitment")
	c := of.One(id)
	if c == nil {
		return nil, nil, shown.Absent(r, record.CommitmentKind, id)
	}
	return of, c, nil
}

func trail(r *page.Request) page.Link {
	return page.Link{Text: r.T("commitments.title"), Href: r.URL(path)}
}

func buildCommitment(r *page.Request) (page.Content, error) {
	of, c, err := one(r)
	if err != nil {
		return nil, err
	}
	link := shown.CommitmentLink(r, c)
	p := &commitmentContent{Base: r.Base(link.Text, trail(r)), Summary: summary(r, c), Method: page.Link{Text: r.T("commitments.method"), Href: r.URL(methodPath)}}
	p.TitleIn(link.Lang)
	p.Quote = shown.Cite(r, c.Citation, of.Sources[c.Citation.Source])
	if c.Doubtful {
		p.Doubt = r.T("commitments.doubtful")
	}
	if !c.Confirmed {
		p.Alone = r.T("commitments.entered_alone")
	}
	if c.Note != "" {
		p.Note = page.Link{Text: c.Note, Lang: locale.EN}
	}
	for _, l := range c.Later {
		p.Later = append(p.Later, laterDate{r.Dated(l.By), r.Dated(l.Said), shown.Cite(r, l.Citation, of.Sources[l.Citation.Source])})
	}
	p.Timing, p.Why = shown.TimingText(r, c.Standing.Timing), timingWhy(r, c)
	p.Description = p.Timing + ". " + shown.EvidenceText(r, c.Standing.Supports) + "."
	if err := p.stand(r, of, c); err != nil {
		return nil, err
	}
	if p.Replies, err = replies(r, c); err != nil {
		return nil, err
	}
	p.Changed, err = shown.Corrections(r, record.CommitmentKind, c.ID)
	return p, err
}

// summary says who promised what to whom, where and for when.
func summary(r *page.Request, c *reads.Commitment) []page.Summary {
	list := []page.Summary{{Term: r.T("commitments.institution"), Text: shown.InstitutionNamed(r, c.Institution)}}
	add := func(key string, text page.Link) {
		if text.Text != "" {
			list = append(list, page.Summary{Term: r.T(key), Text: text})
		}
	}
	add("commitments.who", page.Typed(c.Who))
	list = append(list, page.Summary{Term: r.T("commitments.said"), Text: shown.SaidText(r, c.Commitment)})
	if !c.Said.IsZero() {
		add("commitments.said_words", page.Typed(c.SaidWords))
	}
	where, in := c.Where.In(r.Lang)
	add("commitments.where", page.Link{Text: where, Lang: in})
	if c.Talk != "" {
		add("commitments.talk", thing(r, record.Thing{Kind: record.TalkKind, ID: c.Talk}))
	}
	if c.Question != "" {
		add("commitments.question", thing(r, record.Thing{Kind: record.QuestionKind, ID: c.Question}))
	}
	list = append(list, page.Summary{Term: r.T("commitments.by"), Text: shown.DueText(r, c.Commitment)})
	if !c.By.IsZero() {
		add("commitments.by_words", page.Typed(c.ByWords))
	}
	return list
}

// stand fills in the three answers.
func (p *commitmentContent) stand(r *page.Request, of *reads.Commitments, c *reads.Commitment) (err error) {
	st := &c.Standing
	if st.Says != nil {
		set, err := reads.Said(r)
		if err != nil {
			return err
		}
		if reply := set.Reply(st.Says.ID); reply != nil {
			who, err := shown.InstitutionLink(r, reply.Institution)
			if err != nil {
				return err
			}
			p.Says = &saysPart{shown.SaysText(r, st.Says.Says), shown.NewReplied(r, set, reply, who)}
		}
	}
	p.Supports = shown.SupportsBadge(r, st.Supports)
	if st.By != nil {
		by, err := newReading(r, of, st.By)
		if err != nil {
			return err
		}
		p.By = &by
	} else {
		p.None = r.T("commitments.none_read")
		if len(st.Alone) > 0 {
			p.None = r.T("commitments.none_confirmed")
		}
	}
	if st.Back {
		p.Back = r.T("commitments.went_back")
	}
	if p.Unconfirmed, err = newReadings(r, of, st.Alone); err != nil {
		return err
	}
	p.Earlier, err = newReadings(r, of, st.Earlier)
	return err
}

// replies are those to the commitment but for the one that stands among the answers.
func replies(r *page.Request, c *reads.Commitment) (list []shown.Replied, err error) {
	if len(c.Replies) == 0 {
		return nil, nil
	}
	set, err := reads.Said(r)
	if err != nil {
		return nil, err
	}
	for _, one := range set.Replies(record.CommitmentKind, c.ID) {
		if c.Standing.Says != nil && c.Standing.Says.ID == one.ID {
			continue
		}
		who, err := shown.InstitutionLink(r, one.Institution)
		if err != nil {
			return nil, err
		}
		list = append(list, shown.NewReplied(r, set, one, who))
	}
	return list, nil
}

func newReadings(r *page.Request, of *reads.Commitments, list []talk.Reading) (out []readingPart, err error) {
	for i := range list {
		one, err := newReading(r, of, &list[i])
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func newReading(r *page.Request, of *reads.Commitments, from *talk.Reading) (readingPart, error) {
	text, in := from.Reading.In(r.Lang)
	p := readingPart{ID: shown.ReadingID(from.ID), Supports: shown.SupportsBadge(r, talk.Supports(from.Supports)), AsOf: r.Dated(from.AsOf), Kept: r.Dated(from.Kept),
		Reading: page.Link{Text: text, Lang: in}}
	for _, e := range from.Rests {
		p.Rests = append(p.Rests, thing(r, record.Thing(e)))
	}
	for _, c := range from.Citations {
		p.Quotes = append(p.Quotes, shown.Cite(r, c, of.Sources[c.Source]))
	}
	var err error
	p.Changed, err = shown.Corrections(r, record.OutcomeKind, from.ID)
	return p, err
}

// timingWhy says from which dates the timing follows.
func timingWhy(r *page.Request, c *reads.Commitment) string {
	by, on := locale.DateAfter(r.Lang, c.By.Last()), ""
	if k := c.Standing.On; k != nil {
		on = locale.DateAfter(r.Lang, k.AsOf)
		if !k.Kept.IsZero() {
			on = locale.DateAfter(r.Lang, k.Kept)
		}
	}
	switch c.Standing.Timing {
	case talk.InTime:
		return r.T("commitments.why.in_time", "by", by, "on", on)
	case talk.Late:
		return r.T("commitments.why.late", "by", by, "on", on)
	case talk.Overdue:
		return r.T("commitments.why.overdue", "by", by)
	case talk.NotDue:
		return r.T("commitments.why.not_due", "by", by)
	case talk.NoDate:
		if c.ByWords != "" {
			return r.T("commitments.why.words")
		}
		return r.T("commitments.why.no_date")
	}
	return r.T("commitments.why.unknown", "by", by)
}
