package site

import (
	"slices"

	"fener/internal/api"
	"fener/internal/site/chart"
	"fener/law"
)

var sentencesPage = Page{
	Pattern: "sentences", Template: "sentences", Neutral: true, DataParams: []string{"after"},
	Build: buildSentences, JSON: sentencesJSON, Parts: sentencesWhole,
}

type sentencesContent struct {
	Base
	Chart    Chart
	Reported Table
	Law      Table
}

// needsLaw says that there is nothing to compare with.
func (r *Request) needsLaw() error {
	if r.Law() == nil {
		return &Error{Kind: NoData}
	}
	return nil
}

func buildSentences(r *Request) (Content, error) {
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	if err := r.needsLaw(); err != nil {
		return nil, err
	}
	reported, err := r.reported()
	if err != nil {
		return nil, err
	}
	p := &sentencesContent{Base: r.Base(r.T("line.page")), Chart: r.lineChart(of, reported)}
	p.Chart.Top = true
	p.Chart.Downloads = nil // they stand at the foot of the page
	p.Description = p.Chart.Says
	if p.Reported, err = r.reportedTable(reported); err != nil {
		return nil, err
	}
	p.Law = Table{ID: "law", Caption: r.T("line.law"), Note: r.T("line.star"), Columns: []Column{
		{Head: r.T("line.provision")}, {Head: r.T("line.in_force")}, {Head: r.T("line.minimum")}, {Head: r.T("line.floor")}, {Head: r.T("line.verified")},
	}}
	for _, l := range traffickingLimits(r.Law()) {
		star := ""
		if l.provision.Verified == law.Unread && l.minimum.State == law.LimitSet {
			star = "*"
		}
		p.Law.Rows = append(p.Law.Rows, []Link{r.rule(l.provision), {Text: inForce(l.provision).Text(r.Lang)},
			{Text: l.minimum.Text(r.Lang) + star}, {Text: l.floor.Text(r.Lang)}, {Text: l.provision.Verified.Text(r.Lang)}})
	}
	return p, nil
}

var standingWords = map[chart.Standing]string{chart.Below: "below", chart.Meets: "meets", chart.Open: "open", chart.Other: "other"}

// mostSentences is how many sentences one part of the document holds; the file of rows holds them all.
const mostSentences = 500

func recorded(s *sentence) api.RecordedSentence {
	offence := s.Convicted.Ref
	if offence == "" {
		offence = s.Convicted.Text
	}
	return api.RecordedSentence{
		Case: s.Case, Judgment: api.JudgmentID(s.Judgment, s.ChildVictim == law.Yes), Defendant: s.Defendant, Court: s.Court, Judged: s.Date, At: s.At, ByJudgment: s.ByJudgment,
		Offence: offence, Joint: s.Joint, Imprisonment: s.Sentence.Imprisonment, Suspended: s.Sentence.Suspended, Fine: s.Sentence.Fine,
		Standing: standingWords[s.Standing],
	}.WithFinding(&s.Finding)
}

func sentencesJSON(r *Request) (any, error) {
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	if err := r.needsLaw(); err != nil {
		return nil, err
	}
	from, err := r.after(len(of.sentences))
	if err != nil {
		return nil, err
	}
	d := &api.SentencesDocument{Head: r.Head("sentences"), AsOf: of.changed, List: api.List{Total: len(of.sentences), Offset: from, Limit: mostSentences},
		Sentences: []api.RecordedSentence{}}
	part := of.sentences[from:min(from+mostSentences, len(of.sentences))]
	for i := range part {
		d.Sentences = append(d.Sentences, recorded(&part[i]))
	}
	if next := from + len(part); next < len(of.sentences) {
		d.Next = r.Pattern() + asJSON.ending() + "?after=" + r.cursor(next)
	}
	for _, l := range traffickingLimits(r.Law()) {
		dates := inForce(l.provision)
		d.Law = append(d.Law, api.LimitSegment{Provision: l.provision.Ref.String(), From: dates.From, To: dates.To, Minimum: l.minimum, Floor: l.floor,
			Verified: l.provision.Verified})
	}
	return d, nil
}

// sentencesWhole sends all sentences.
func sentencesWhole(r *Request, send func(*api.Sheet) error) error {
	of, err := r.reading()
	if err != nil {
		return err
	}
	for part := range slices.Chunk(of.sentences, partRows) {
		list := make([]api.RecordedSentence, len(part))
		for i := range part {
			list[i] = recorded(&part[i])
		}
		if err := send(api.SentencesSheet(list)); err != nil {
			return err
		}
	}
	if len(of.sentences) == 0 { // also an empty list has its columns
		return send(api.SentencesSheet(nil))
	}
	return nil
}
