package sources

import (
	"errors"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/view"
)

var sourcePage = page.Page{
	Pattern: "sources/{source}", Template: "source", Build: buildSource,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		v, err := r.Record()
		if err != nil {
			return nil, 0, err
		}
		rows, total, err := v.Sources(r.Context(), view.Page{Offset: from, Limit: n})
		paths := make([]string, len(rows))
		for i := range rows {
			paths[i] = shown.SourcePath(rows[i].ID)
		}
		return paths, total, err
	},
	JSON: page.DocumentOf(sourceData),
	CSV:  page.RowsOf(sourceData),
}

// sourceContent is one document and everything that rests on it.
type sourceContent struct {
	page.Base
	Name    page.Link
	Summary []page.Summary
	Rests   []restingPart
	Replies []shown.Replied
	Changed []shown.HistoryEntry
	More    string // says that not everything is shown
}

// restingPart is a thing that rests on a source, with the quotations that tie it.
type restingPart struct {
	What   string
	Thing  page.Link
	Quotes []page.Citation
}

func sourceFile(r *page.Request) (*view.View, *view.SourceFile, error) {
	v, err := r.Record()
	if err != nil {
		return nil, nil, err
	}
	f, err := v.Source(r.Context(), r.PathValue("source"))
	if err != nil {
		return nil, nil, page.Gone(err)
	}
	return v, f, nil
}

// resting gathers what rests on a source, with the quotations.
func resting(r *page.Request, v *view.View, f *view.SourceFile) ([]Resting, error) {
	var out []Resting
	for _, ref := range f.Rests {
		one := Resting{Kind: ref.Kind, Title: ref.Title}
		var err error
		if ref.Kind == record.JudgmentKind {
			one.Path = shown.CasePath(ref.Case)
			err = quotesOfJudgment(r, v, f.ID, ref.ID, &one)
		} else {
			err = quotesOf(r, v, f.ID, ref, &one)
		}
		if err != nil && !errors.Is(err, view.ErrNotFound) && !errors.Is(err, view.ErrGone) {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func quotesOfJudgment(r *page.Request, v *view.View, source, id string, into *Resting) error {
	j, err := v.Judgment(r.Context(), id)
	if err != nil {
		return err
	}
	into.Title = shown.JudgmentName(r, j)
	if j.CourtName != (record.Names{}) {
		into.Title += ", " + shown.CourtOf(r, j).Text
	}
	quotes(source, j.Citations, into)
	first := len(j.Citations) > 0 && j.Citations[0].Source == source
	for _, d := range j.Files {
		for _, c := range d.Counts {
			if c.Quote != "" && (c.Source == source || c.Source == "" && first) {
				addQuote(into, Quotation{Place: c.Place, Quote: c.Quote})
			}
		}
	}
	return nil
}

// quotesOf names what rests on a source, and takes from it the places in the source and their words.
func quotesOf(r *page.Request, v *view.View, source string, ref view.Reference, into *Resting) error {
	set, err := reads.SaidIfAny(r)
	if err != nil {
		return err
	}
	link, err := shown.Name(r, set, record.Thing{Kind: ref.Kind, ID: ref.ID}, ref.Title)
	if err != nil {
		return err
	}
	into.Title, into.Path = link.Text, strings.TrimPrefix(link.Href, r.URL(""))
	t, err := v.Thing(r.Context(), ref.Kind, ref.ID)
	if err != nil || t.Gone != view.Standing {
		return err
	}
	thing, known, err := record.Read(ref.Kind, t.Body)
	if err != nil || !known {
		return err
	}
	if o, ok := thing.(*record.Observation); ok {
		into.Title = page.OneStop(into.Title + ": " + shown.StatedText(r, o.Value))
	}
	quotes(source, record.Citations(thing), into)
	return nil
}

func quotes(source string, list []record.Citation, into *Resting) {
	for _, c := range list {
		if c.Source == source && (c.Quote != "" || c.Place != "") {
			addQuote(into, Quotation{Place: c.Place, Quote: c.Quote})
		}
	}
}

// addQuote takes each quotation once: one sentence of a report often tells of several counts.
func addQuote(into *Resting, q Quotation) {
	for _, have := range into.Quotes {
		if have == q {
			return
		}
	}
	into.Quotes = append(into.Quotes, q)
}

func buildSource(r *page.Request) (page.Content, error) {
	v, f, err := sourceFile(r)
	if err != nil {
		return nil, err
	}
	title := shown.SourceTitle(f.Source.Title, f.ID)
	language := page.LangOf(f.Language, title)
	p := &sourceContent{
		Base: r.Base(title, page.Link{Text: r.T("sources.title"), Href: r.URL(sourcesPage.Pattern)}), Name: page.Link{Text: title, Lang: language},
		Summary: sourceSummary(r, f),
	}
	p.TitleIn(language)
	if p.Replies, err = shown.RepliesTo(r, record.SourceKind, f.ID); err != nil {
		return nil, err
	}
	if p.Changed, err = shown.Corrections(r, record.SourceKind, f.ID); err != nil {
		return nil, err
	}
	rests, err := resting(r, v, f)
	if err != nil {
		return nil, err
	}
	for _, one := range rests {
		key := "kind." + string(one.Kind)
		part := restingPart{What: page.Capital(r.T(key)), Thing: page.Link{Text: one.Title}}
		if one.Path != "" {
			part.Thing.Href = r.URL(one.Path)
		}
		for _, q := range one.Quotes {
			part.Quotes = append(part.Quotes, page.Citation{Quote: page.Link{Text: q.Quote, Lang: page.LangOf(f.Language, q.Quote)}, Source: page.Typed(q.Place), Read: true})
		}
		p.Rests = append(p.Rests, part)
	}
	if more := f.Resting - len(f.Rests); more > 0 {
		p.More = r.T("source.more", "n", more)
	}
	return p, nil
}

func sourceSummary(r *page.Request, f *view.SourceFile) []page.Summary {
	list := []page.Summary{{Term: r.T("sources.publisher"), Text: page.Typed(f.Publisher)}, {Term: r.T("sources.published"), Text: page.Link{Text: r.Dated(f.Published)}}}
	if f.Source.Kind != "" {
		list = append(list, page.Summary{Term: r.T("source.kind"), Text: page.Link{Text: kindText(r, f.Source.Kind)}})
	}
	if f.Language != "" {
		list = append(list, page.Summary{Term: r.T("sources.language"), Text: page.Link{Text: shown.LanguageText(r, f.Language)}})
	}
	if f.Address != "" {
		list = append(list, page.Summary{Term: r.T("source.address"), Text: page.Link{Text: f.Address, Href: page.WebAddress(f.Address), Outside: true}})
	}
	archive := r.T("source.not_archived")
	if f.Archive != nil {
		archive = r.T("source.archived", "name", "SHA-256", "hash", f.Archive.SHA256)
	}
	return append(list, page.Summary{Term: r.T("source.archive"), Text: page.Link{Text: archive}})
}

func sourceData(r *page.Request) (*SourceDocument, error) {
	v, f, err := sourceFile(r)
	if err != nil {
		return nil, err
	}
	rests, err := resting(r, v, f)
	if err != nil {
		return nil, err
	}
	d := sourceDocument(r.Head("source"), f, rests)
	return &d, nil
}
