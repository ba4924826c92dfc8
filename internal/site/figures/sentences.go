package figures

import (
	"slices"

	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/site/answer"
	"fener/internal/site/line"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/law"
)

var sentencesPage = page.Page{
	Pattern: "sentences", Data: "line.page", Template: "sentences", Neutral: true, DataParams: []string{"after"},
	Build: buildSentences, JSON: page.DocumentOf(sentencesJSON), Parts: sentencesWhole, Picture: sentencesChart,
}

type sentencesContent struct {
	page.Base
	Chart    page.Chart
	Reported page.Table
	Law      page.Table
}

// needsLaw says that there is nothing to compare with.
func needsLaw(r *page.Request) error {
	if r.Law() == nil {
		return &page.Error{Kind: page.NoData}
	}
	return nil
}

func buildSentences(r *page.Request) (page.Content, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	if err := needsLaw(r); err != nil {
		return nil, err
	}
	reported, err := line.Reported(r)
	if err != nil {
		return nil, err
	}
	p := &sentencesContent{Base: r.Base(r.T("line.page")), Chart: line.LineChart(r, of, reported)}
	p.Chart.Top = true
	p.Chart.Downloads = nil // the rows stand at the foot of the page
	if p.Chart.Picture != "" {
		p.Chart.Downloads = r.PictureLinks()
	}
	p.Description = p.Chart.Says
	if p.Reported, err = line.ReportedTable(r, reported); err != nil {
		return nil, err
	}
	p.Law = page.Table{ID: "law", Caption: r.T("line.law"), Note: r.T("line.star"), Columns: []page.Column{
		{Head: r.T("line.provision")}, {Head: r.T("line.in_force")}, {Head: r.T("line.minimum")}, {Head: r.T("line.floor")}, {Head: r.T("line.verified")},
	}}
	for _, l := range line.TraffickingLimits(r.Law()) {
		star := ""
		if l.Provision.Verified == law.Unread && l.Minimum.State == law.LimitSet {
			star = "*"
		}
		p.Law.Rows = append(p.Law.Rows, []page.Link{answer.Rule(r, l.Provision), {Text: line.InForce(l.Provision).Text(r.Lang)},
			{Text: l.Minimum.Text(r.Lang) + star}, {Text: l.Floor.Text(r.Lang)}, {Text: l.Provision.Verified.Text(r.Lang)}})
	}
	return p, nil
}

// sentencesChart is the line and the dots as the page shows it.
func sentencesChart(r *page.Request) (page.Chart, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return page.Chart{}, err
	}
	if err := needsLaw(r); err != nil {
		return page.Chart{}, err
	}
	said, err := line.Reported(r)
	if err != nil {
		return page.Chart{}, err
	}
	return line.LineChart(r, of, said), nil
}

var standingWords = map[chart.Standing]string{chart.Below: "below", chart.Meets: "meets", chart.Open: "open", chart.Other: "other"}

// mostSentences is how many sentences one part of the document holds; the file of rows holds them all.
const mostSentences = 500

func recorded(s *reads.Sentence) RecordedSentence {
	offence := s.Convicted.Ref
	if offence == "" {
		offence = s.Convicted.Text
	}
	return RecordedSentence{
		Case: s.Case, Judgment: shown.JudgmentID(s.Judgment, s.ChildVictim == law.Yes), Defendant: s.Defendant, Court: s.Court, Judged: s.Date, At: s.At, ByJudgment: s.ByJudgment,
		Offence: offence, Joint: s.Joint, Imprisonment: s.Sentence.Imprisonment, Suspended: s.Sentence.Suspended, Fine: s.Sentence.Fine,
		Standing: standingWords[s.Standing],
	}.WithFinding(&s.Finding)
}

func sentencesJSON(r *page.Request) (*SentencesDocument, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	if err := needsLaw(r); err != nil {
		return nil, err
	}
	from, err := r.After(len(of.Sentences))
	if err != nil {
		return nil, err
	}
	d := &SentencesDocument{Head: r.Head("sentences"), AsOf: of.Changed, List: page.List{Total: len(of.Sentences), Offset: from, Limit: mostSentences},
		Sentences: []RecordedSentence{}}
	part := of.Sentences[from:min(from+mostSentences, len(of.Sentences))]
	for i := range part {
		d.Sentences = append(d.Sentences, recorded(&part[i]))
	}
	if next := from + len(part); next < len(of.Sentences) {
		d.Next = r.Pattern() + ".json" + "?after=" + r.Cursor(next)
	}
	for _, l := range line.TraffickingLimits(r.Law()) {
		dates := line.InForce(l.Provision)
		d.Law = append(d.Law, LimitSegment{Provision: l.Provision.Ref.String(), From: dates.From, To: dates.To, Minimum: l.Minimum, Floor: l.Floor,
			Verified: l.Provision.Verified})
	}
	return d, nil
}

// sentencesWhole sends all sentences.
func sentencesWhole(r *page.Request, send func(*page.Sheet) error) error {
	of, err := reads.Numbers(r)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(of.Sentences, page.PartRows) {
		list := make([]RecordedSentence, len(part))
		for i := range part {
			list[i] = recorded(&part[i])
		}
		if err := send(sentencesSheet(list)); err != nil {
			return err
		}
	}
	if len(of.Sentences) == 0 { // also an empty list has its columns
		return send(sentencesSheet(nil))
	}
	return nil
}
