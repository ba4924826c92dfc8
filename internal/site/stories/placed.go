package stories

import (
	"cmp"
	"strconv"
	"strings"

	"fener/internal/batch"
	"fener/internal/evidence"
	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/claims"
	"fener/internal/site/figures"
	"fener/internal/site/reads"
	"fener/internal/site/reported"
	"fener/internal/site/shown"
	"fener/internal/story"
	"fener/locale"
)

// placed is one thing that stands on lines of its own. One of its parts is set.
type placed struct {
	ID      string
	Missing string // says that what stood here is gone
	Title   page.Link
	Claim   *claims.ClaimPart
	Figure  *page.Figure
	Chart   *page.Chart
	Table   *page.Table
	Quote   *page.Citation
	Summary []page.Summary // of a provision or a case
	Note    string
	Was     page.Link // how it stood when the text was written, where that differs; it leads there

	data StoryPlace
}

// builder makes what a story places, at one position of the record.
type builder struct {
	*page.Request
	told *told
	of   *reads.Reading
	set  *evidence.Set
	in   locale.Lang // of the text

	n       int
	article string // of the claim placed last
	inText  []StoryPlace
	sources []page.Link
	seen    map[string]bool
}

// source lists a source at the end of the story, once.
func (b *builder) source(id string) {
	if src := b.set.Source(id); src == nil || b.seen[id] || len(b.sources) == mostSources {
		return
	}
	b.seen[id] = true
	b.sources = append(b.sources, shown.SourceCited(b.Request, b.set, record.Citation{Source: id}))
}

// mostSources is how many sources a story lists; a page must stay light.
const mostSources = 60

// place makes what stands for a reference. What is not on record any more, or
// never was, is said to be missing and not named: its name may be words of what
// was taken off the record.
func (b *builder) place(ref *story.Reference) (*placed, error) {
	b.n++
	p := &placed{ID: "placed-" + strconv.Itoa(b.n), data: StoryPlace{Verb: ref.Verb, Named: ref.Named()}}
	on := b.told.placed[ref.Named()]
	if on == nil { // it came into the ledger without having been read by this program
		return b.missing(p), nil
	}
	var found bool
	var err error
	switch ref.Verb {
	case story.Claim:
		found, err = b.claim(p, on)
	case story.Figure:
		found, err = b.figure(p, ref)
	case story.Chart:
		found, err = b.chart(p, ref)
	case story.Said:
		found = b.said(p, ref)
	case story.Quote:
		found = b.quote(p, ref, on)
	case story.Law:
		found = b.law(p, ref)
	case story.Case:
		found, err = b.caseOf(p, on)
	}
	if err != nil {
		return nil, err
	}
	if !found {
		return b.missing(p), nil
	}
	p.data.Now, p.data.Was = b.stands(ref, on)
	if p.data.Was != "" && p.data.Was != p.data.Now {
		if p.Was.Text = b.before(ref, on); p.Was.Text != "" && p.Title.Href != "" {
			p.Was.Href = b.OnDay(p.Title.Href, b.told.Story.AsOf)
		}
	}
	p.data.Path = strings.TrimPrefix(p.Title.Href, b.URL(""))
	return p, nil
}

// missing is what stands in the place of something that is gone: of which kind it
// was, and nothing else.
func (b *builder) missing(p *placed) *placed {
	what := "stories.gone." + string(p.data.Verb)
	return &placed{ID: p.ID, Missing: b.T(what), data: StoryPlace{Verb: p.data.Verb, Missing: true}}
}

// stands is how what a reference names stands now, and stood, as words that are kept.
func (b *builder) stands(ref *story.Reference, on *record.Placed) (now, was string) {
	now, err := reads.StandingOf(b.of.Figures, b.set, ref, on.Claim)
	if err != nil {
		return "", ""
	}
	return now, on.Was
}

// before says how something stood when the text was written.
func (b *builder) before(ref *story.Reference, on *record.Placed) string {
	words := ""
	switch ref.Verb {
	case story.Claim:
		words = evidence.Verdict(on.Was).Text(b.Lang)
	case story.Said:
		words = b.countText(on.Was)
	default:
		id := ref.Args[0]
		if room, rest, ok := strings.Cut(id, "/"); ok {
			if room == "reported" {
				words = b.countText(on.Was)
			}
			id = rest
		}
		if in := indicator(id); in != nil && words == "" {
			if v, err := in.ParseKept(on.Was); err == nil {
				words = shown.ValueText(b.Request, &v)
			}
		}
	}
	if words == "" {
		return ""
	}
	return page.OneStop(b.T("stories.was", "date", locale.DateAfter(b.Lang, b.told.Story.AsOf), "value", words))
}

func (b *builder) countText(kept string) string {
	n, err := strconv.Atoi(kept)
	if err != nil {
		return ""
	}
	return b.T("stories.values", "n", n)
}

func indicator(id string) *figure.Indicator {
	all, err := figure.Indicators()
	if err != nil { // the file is part of the program, and a test reads it
		return nil
	}
	for _, in := range all {
		if in.ID == id {
			return in
		}
	}
	return nil
}

// phrase is what stands within a sentence.
func (b *builder) phrase(ref *story.Reference) story.Phrase {
	gone := story.Phrase{Text: b.T("stories.gone.value"), Empty: true}
	on, q, v, err := b.value(ref)
	if err != nil || on == nil {
		b.inText = append(b.inText, StoryPlace{Verb: ref.Verb, Missing: true})
		return gone
	}
	p := story.Phrase{Text: shown.ValueText(b.Request, v), Href: b.URL("figures/" + q.Measure), Empty: v.State != figure.Known}
	if q.Filter != (figure.Filter{}) {
		p.Href = shown.RowsURL(b.Request, q)
	}
	if v.State == figure.NoData {
		p.Href = b.URL("figures/" + q.Measure)
	}
	if !sameLanguage(b.in, b.Lang) {
		p.Lang = b.Lang.BCP47()
	}
	now := v.Kept()
	if on.Was != "" && on.Was != now {
		p.Note = b.before(ref, on)
	}
	b.inText = append(b.inText, StoryPlace{Verb: ref.Verb, Named: ref.Named(), Path: strings.TrimPrefix(p.Href, b.URL("")), Now: now, Was: on.Was})
	return p
}

// value computes the figure that a reference names.
func (b *builder) value(ref *story.Reference) (on *record.Placed, q figure.Query, v *figure.Value, err error) {
	if on = b.told.placed[ref.Named()]; on == nil {
		return nil, q, nil, nil
	}
	if q, err = batch.FigureQuery(ref, ref.Args[0]); err != nil {
		return on, q, nil, err
	}
	got, err := b.of.Figures.FixedFigure(q)
	return on, q, &got, err
}

func (b *builder) figure(p *placed, ref *story.Reference) (bool, error) {
	q, err := batch.FigureQuery(ref, ref.Args[0])
	if err != nil {
		return false, nil // there is no such figure any more
	}
	v, err := b.of.Figures.FixedFigure(q)
	if err != nil {
		return false, err
	}
	in := v.Indicator
	p.Title = page.Link{Text: in.Names.In(b.Lang), Href: b.URL("figures/" + in.ID)}
	p.Figure = &page.Figure{Value: shown.ValueText(b.Request, &v), Unit: shown.UnitText(b.Request, in), Says: in.Definition.In(b.Lang), Period: shown.Period(b.Request, &v),
		CountedBy: page.Link{Text: b.T("figure.by_record")}, Source: page.Link{Text: b.T("figure.judgments_on_record"), Href: b.URL("cases")},
		AsOf: shown.AsOf(b.Request, b.of), Rows: shown.RowsURL(b.Request, figure.Query{Measure: in.ID})}
	if text := shown.SmallText(b.Request, &v); text != "" {
		p.Note = b.T("figure.small_says")
	}
	if q.Rows == figure.NoField {
		return true, nil
	}
	return true, b.laid(p, q)
}

func (b *builder) laid(p *placed, q figure.Query) error {
	c, err := figures.Placed(b.Request, b.of, q, p.ID+"-chart")
	if err != nil {
		return err
	}
	if c.Picture == "" {
		p.Table = &c.Table
		return nil
	}
	c.Table = page.Table{} // it is on the page of the figure, and a page must stay light
	p.Chart = &c
	return nil
}

func (b *builder) chart(p *placed, ref *story.Reference) (bool, error) {
	room, id, _ := strings.Cut(ref.Args[0], "/")
	if room == "figures" {
		q, err := batch.FigureQuery(ref, id)
		in := indicator(id)
		if err != nil || in == nil {
			return false, nil // there is no such figure any more
		}
		p.Title = page.Link{Text: in.Names.In(b.Lang), Href: b.URL("figures/" + id)}
		return true, b.laid(p, q)
	}
	c, ok := reported.Placed(b.Request, b.set, b.of, id, b.n)
	if !ok {
		return false, nil
	}
	p.Title = page.Link{Text: shown.IndicatorName(b.Request, id), Href: b.URL(shown.SeriesPath(id))}
	c.Table = page.Table{} // it is on the page of the series, and a page must stay light
	p.Chart = &c
	for _, key := range reads.SeriesOf(b.set, id)[:1] {
		for _, o := range b.set.Observations(key) {
			b.source(o.Citation.Source)
		}
	}
	return true, nil
}

// mostSaid is how many values of a year a story shows; all are on the page of the year.
const mostSaid = 6

func (b *builder) said(p *placed, ref *story.Reference) bool {
	id, year := ref.Args[0], ref.Number(1)
	var list []*evidence.Observation
	for _, key := range reads.SeriesOf(b.set, id) {
		for _, s := range b.set.Conflict(key, reads.YearSpanOf(year)).Said {
			if s.Relation != evidence.NoPeriod {
				list = append(list, s.Observation)
			}
		}
	}
	if len(list) == 0 {
		return false
	}
	title := b.T("conflict.title", "what", shown.IndicatorName(b.Request, id), "year", strconv.Itoa(year))
	p.Title = page.Link{Text: title, Href: b.URL(shown.YearPath(id, year))}
	p.Table = b.saidTable(p.ID+"-said", title, list[:min(len(list), mostSaid)])
	if more := len(list) - mostSaid; more > 0 {
		p.Note = b.T("stories.more_said", "n", more)
	}
	for _, o := range list {
		b.source(o.Citation.Source)
	}
	return true
}

// saidTable lists values with who counted and where it stands. Their quotations are
// on the page of the year.
func (b *builder) saidTable(id, caption string, list []*evidence.Observation) *page.Table {
	t := &page.Table{ID: id, Caption: caption, Quiet: true, Columns: []page.Column{
		{Head: b.T("figure.period")}, {Head: b.T("figures.value"), Number: true}, {Head: b.T("figure.counted_by")}, {Head: b.T("figure.source")}}}
	for _, o := range list {
		value := shown.Stated(b.Request, b.set, o)
		if o.Unit != "" && o.Unit != "words" {
			value.Tail = " " + shown.UnitOf(b.Request, o)
		}
		t.Rows = append(t.Rows, []page.Link{{Text: page.Dashed(shown.SpanText(b.Request, o.Span())), Href: b.URL(shown.ObservationPath(o))}, value,
			shown.InstitutionNamed(b.Request, o.CountedBy), shown.SourceCited(b.Request, b.set, o.Citation)})
	}
	return t
}

func (b *builder) claim(p *placed, on *record.Placed) (bool, error) {
	c := b.set.Claim(on.Claim)
	if c == nil {
		return false, nil
	}
	part, err := claims.Placed(b.Request, b.set, c)
	if err != nil {
		return false, err
	}
	p.Claim, p.Title = &part, part.Statement
	if c.Article == b.article && c.Where != "" { // its source is named above: here only where in it
		part.Quote.Source.Text, part.Quote.Source.Lang, part.Quote.Source.Quiet, part.Quote.Details = c.Where, locale.Tongue(c.Where), true, nil
	}
	b.article = c.Article
	if a := b.set.Article(c.Article); a != nil {
		b.source(a.Source)
	}
	return true, nil
}

// quote shows words as long as their source stands. Where the source was coarsened
// since, the view has taken them out of the text.
func (b *builder) quote(p *placed, ref *story.Reference, on *record.Placed) bool {
	src := b.set.Source(on.Source)
	if src == nil {
		return false
	}
	c := record.Citation{Source: on.Source, Quote: ref.Words}
	if ref.Words == story.Left {
		c.Quote, p.Note = "", b.T("stories.words_kept_back")
	}
	quote := shown.Cite(b.Request, c, *src)
	p.Quote, p.Title = &quote, page.Link{Text: cmp.Or(src.Title, on.Source), Href: b.URL(shown.SourcePath(on.Source))}
	b.source(on.Source)
	return true
}
