package site

import (
	"errors"

	"fener/internal/api"
	"fener/internal/record"
	"fener/internal/view"
)

var sourcePage = Page{
	Pattern: "sources/{source}", Template: "source", Build: buildSource,
	JSON: func(r *Request) (any, error) { return sourceData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := sourceData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// sourceContent is one document and everything that rests on it.
type sourceContent struct {
	Base
	Name    Link
	Summary []Summary
	Rests   []restingPart
	Replies []Replied
	Changed []historyEntry
	More    string // says that not everything is shown
}

// restingPart is a thing that rests on a source, with the quotations that tie it.
type restingPart struct {
	What   string
	Thing  Link
	Quotes []Citation
}

func (r *Request) sourceFile() (*view.View, *view.SourceFile, error) {
	v, err := r.publicView()
	if err != nil {
		return nil, nil, err
	}
	f, err := v.Source(r.Context(), r.PathValue("source"))
	if err != nil {
		return nil, nil, gone(err)
	}
	return v, f, nil
}

// resting gathers what rests on a source, with the quotations.
func (r *Request) resting(v *view.View, f *view.SourceFile) ([]api.Resting, error) {
	var out []api.Resting
	for _, ref := range f.Rests {
		one := api.Resting{Kind: ref.Kind, Title: ref.Title}
		var err error
		switch ref.Kind {
		case record.JudgmentKind:
			one.Path = api.CasePath(ref.Case)
			err = quotesOfJudgment(r, v, f.ID, ref.ID, &one)
		case record.CaseKind:
			one.Path = api.CasePath(ref.ID)
			err = quotesOfCase(r, v, f.ID, ref.ID, &one)
		case record.InstitutionKind:
			one.Path = api.InstitutionPath(ref.ID)
			err = quotesOfInstitution(r, v, f.ID, ref.ID, &one)
		case record.ObservationKind, record.ArticleKind, record.ReplyKind:
			err = r.quotesOfSaid(f.ID, ref, &one)
		}
		if err != nil && !errors.Is(err, view.ErrNotFound) && !errors.Is(err, view.ErrGone) {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func quotesOfJudgment(r *Request, v *view.View, source, id string, into *api.Resting) error {
	j, err := v.Judgment(r.Context(), id)
	if err != nil {
		return err
	}
	into.Title = r.judgmentName(j)
	if j.CourtName != (record.Names{}) {
		into.Title += ", " + r.courtOf(j).Text
	}
	quotes(source, j.Citations, into)
	first := len(j.Citations) > 0 && j.Citations[0].Source == source
	for _, d := range j.Files {
		for _, c := range d.Counts {
			if c.Quote != "" && (c.Source == source || c.Source == "" && first) {
				addQuote(into, api.Quotation{Place: c.Place, Quote: c.Quote})
			}
		}
	}
	return nil
}

func quotesOfCase(r *Request, v *view.View, source, id string, into *api.Resting) error {
	c, err := v.Case(r.Context(), id)
	if err != nil {
		return err
	}
	into.Title = r.caseTitle(c.Title)
	quotes(source, c.Case.Citations, into)
	return nil
}

func quotesOfInstitution(r *Request, v *view.View, source, id string, into *api.Resting) error {
	in, err := r.institutionRow(id)
	if err != nil {
		return err
	}
	into.Title = r.courtName(in.Names, in.ID).Text
	quotes(source, in.Citations, into)
	return nil
}

func quotes(source string, list []record.Citation, into *api.Resting) {
	for _, c := range list {
		if c.Source == source && (c.Quote != "" || c.Place != "") {
			addQuote(into, api.Quotation{Place: c.Place, Quote: c.Quote})
		}
	}
}

// addQuote takes each quotation once: one sentence of a report often tells of several counts.
func addQuote(into *api.Resting, q api.Quotation) {
	for _, have := range into.Quotes {
		if have == q {
			return
		}
	}
	into.Quotes = append(into.Quotes, q)
}

func buildSource(r *Request) (Content, error) {
	v, f, err := r.sourceFile()
	if err != nil {
		return nil, err
	}
	title := sourceTitle(f.Source.Title, f.ID)
	language := writtenIn(f.Language)
	p := &sourceContent{
		Base: r.Base(title, Link{Text: r.T("sources.title"), Href: r.URL(sourcesPage.Pattern)}), Name: Link{Text: title, Lang: language},
		Summary: r.sourceSummary(f),
	}
	if p.Replies, err = r.repliesTo(record.SourceKind, f.ID); err != nil {
		return nil, err
	}
	if p.Changed, err = r.corrections(record.SourceKind, f.ID); err != nil {
		return nil, err
	}
	rests, err := r.resting(v, f)
	if err != nil {
		return nil, err
	}
	for _, one := range rests {
		key := "kind." + string(one.Kind)
		part := restingPart{What: capital(r.T(key)), Thing: Link{Text: one.Title}}
		if one.Path != "" {
			part.Thing.Href = r.URL(one.Path)
		}
		for _, q := range one.Quotes {
			part.Quotes = append(part.Quotes, Citation{Quote: Link{Text: q.Quote, Lang: language}, Source: Link{Text: q.Place}, Read: true})
		}
		p.Rests = append(p.Rests, part)
	}
	if more := f.Resting - len(f.Rests); more > 0 {
		p.More = r.T("source.more", "n", more)
	}
	return p, nil
}

func (r *Request) sourceSummary(f *view.SourceFile) []Summary {
	list := []Summary{{r.T("sources.publisher"), Link{Text: f.Publisher}}, {r.T("sources.published"), Link{Text: r.dated(f.Published)}}}
	if f.Source.Kind != "" {
		key := "source_kind." + f.Source.Kind
		if r.Has(key) {
			list = append(list, Summary{r.T("source.kind"), Link{Text: r.T(key)}})
		}
	}
	if f.Language != "" {
		list = append(list, Summary{r.T("sources.language"), Link{Text: r.languageText(f.Language)}})
	}
	if f.Address != "" {
		list = append(list, Summary{r.T("source.address"), Link{Text: f.Address, Href: webAddress(f.Address), Outside: true}})
	}
	archive := r.T("source.not_archived")
	if f.Archive != nil {
		archive = r.T("source.archived", "name", "SHA-256", "hash", f.Archive.SHA256)
	}
	return append(list, Summary{r.T("source.archive"), Link{Text: archive}})
}

func sourceData(r *Request) (*api.SourceDocument, error) {
	v, f, err := r.sourceFile()
	if err != nil {
		return nil, err
	}
	rests, err := r.resting(v, f)
	if err != nil {
		return nil, err
	}
	d := api.SourceWith(r.Head("source"), f, rests)
	return &d, nil
}
