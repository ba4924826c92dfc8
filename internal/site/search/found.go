package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/locale"
)

// foundThing is one result of a search: where it leads, what it is, and the piece of the record in which the words stand.
type foundThing struct {
	kind    record.Kind
	id      string
	title   string // as the record has it
	exact   bool
	Link    page.Link
	Says    string // what it is, in the page's language; may be empty
	Snippet []snippetPiece
	Lang    locale.Lang // of the snippet; empty where it is not known or the page's own
}

// snippetPiece is a piece of a text, which a search found or which stands around it.
type snippetPiece struct {
	Text  string
	Found bool
}

// seriesKind is the kind of results that are indicators of which something was reported.
const seriesKind record.Kind = "indicator"

// things are what a search found, each with its page and a piece of the record, with the indicators of which something was reported.
func things(r *page.Request) ([]foundThing, error) {
	q := r.Query.Get("q")
	if q == "" {
		return nil, nil
	}
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	hits, err := v.Search(r.Context(), q, maxHits)
	if err != nil {
		return nil, err
	}
	set, err := reads.SaidIfAny(r)
	if err != nil {
		return nil, err
	}
	f := finder{Request: r, set: set}
	f.words, f.open = view.QueryWords(q)
	var list []foundThing
	for _, h := range hits {
		one, err := f.thing(h)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return append(list, f.series(q)...), nil
}

// finder makes results ready to be shown.
type finder struct {
	*page.Request
	set   *evidence.Set // nil where nothing was said
	words []string      // what was searched for, folded
	open  bool          // the last of them may go on
}

func (f *finder) thing(h view.Hit) (one foundThing, err error) {
	one = foundThing{kind: h.Kind, id: h.ID, title: h.Title, exact: h.Exact, Link: page.Link{Text: h.Title}}
	if link, err := f.named(h); err != nil {
		return one, page.Gone(err)
	} else if link.Text != "" {
		one.Link = link
	}
	var texts []string
	read := hitTexts[h.Kind]
	if read == nil {
		read = (*finder).plainTexts
	}
	texts, err = read(f, h, &one)
	if err != nil {
		return one, page.Gone(err)
	}
	one.Snippet = f.snippet(texts, one.Link.Text)
	if one.Lang == "" {
		text := ""
		for _, piece := range one.Snippet {
			text += piece.Text
		}
		one.Lang = locale.Tongue(text)
	}
	return one, nil
}

// named names a result and leads to it.
func (f *finder) named(h view.Hit) (page.Link, error) {
	if h.Kind == view.ProvisionKind {
		return page.Link{}, nil // the law is in no ledger
	}
	return shown.Name(f.Request, f.set, record.Thing{Kind: h.Kind, ID: h.ID}, h.Title)
}

// hitTexts say of a result of these kinds what stands beside its name, and give the texts in which the words may stand.
var hitTexts = map[record.Kind]func(f *finder, h view.Hit, one *foundThing) ([]string, error){
	record.CaseKind:        (*finder).caseTexts,
	view.ProvisionKind:     (*finder).provision,
	record.SourceKind:      (*finder).sourceTexts,
	record.InstitutionKind: (*finder).institutionTexts,
	record.ObservationKind: (*finder).observationTexts,
	record.ArticleKind:     (*finder).articleTexts,
	record.ClaimKind:       (*finder).claimTexts,
	record.ReplyKind:       (*finder).replyTexts,
	record.StoryKind:       (*finder).storyTexts,
}

// plainTexts are what search finds a thing of any kind by.
func (f *finder) plainTexts(h view.Hit, _ *foundThing) ([]string, error) {
	t, err := f.Public().Thing(f.Context(), h.Kind, h.ID)
	if err != nil {
		return nil, err
	}
	thing, known, err := record.Read(h.Kind, t.Body)
	if err != nil || !known {
		return nil, err
	}
	return thing.Found(h.ID).Text, nil
}

// caseTexts are the quotations of a case, and its court and last judgment. Of a case with a child victim there are no quotations.
func (f *finder) caseTexts(h view.Hit, one *foundThing) (texts []string, err error) {
	c, err := f.Public().Case(f.Context(), h.ID)
	if err != nil {
		return nil, err
	}
	for i := range c.Judgments {
		j := &c.Judgments[i]
		one.Says = joined(", ", shown.CourtName(f.Request, j.CourtName, j.Court).Text, f.Dated(j.Date))
		if j.Court == "" {
			one.Says = f.Dated(j.Date)
		}
		for _, d := range j.Files {
			for n := range d.Counts {
				texts = append(texts, d.Counts[n].Quote)
			}
		}
		for _, cited := range j.Citations {
			texts = append(texts, cited.Quote)
		}
	}
	return texts, nil
}

// sourceTexts are a source's title and note, and who published it.
func (f *finder) sourceTexts(h view.Hit, one *foundThing) ([]string, error) {
	s, err := f.Public().BareSource(f.Context(), h.ID)
	if err != nil {
		return nil, err
	}
	one.Link.Text, one.Link.Lang = shown.SourceTitle(s.Source.Title, h.ID), page.LangOf(s.Source.Language, s.Source.Title)
	one.Says = joined(", ", s.Source.Publisher, f.Dated(s.Source.Published))
	return []string{s.Source.Note, s.Source.Title}, nil
}

// provision leads to a provision, named by the law; its text is that of the law as it was read.
func (f *finder) provision(h view.Hit, one *foundThing) ([]string, error) {
	pack := f.Law()
	ref, ok := pack.ParseRef(h.ID)
	if pack == nil || !ok {
		return nil, nil
	}
	at := pack.Find(ref)
	if len(at) == 0 {
		return nil, nil
	}
	one.Link = answer.Rule(f.Request, at[0])
	one.Link.Text += ": " + at[0].Names.In(f.Lang)
	one.Says = answer.Prescribes(f.Request, at[0])
	return []string{at[0].Text, at[0].Names.SQ, at[0].Names.SR, at[0].Names.EN}, nil
}

func (f *finder) institutionTexts(h view.Hit, one *foundThing) ([]string, error) {
	row, err := reads.InstitutionRow(f.Request, h.ID)
	if err != nil {
		return nil, err
	}
	one.Link = shown.CourtName(f.Request, row.Names, h.ID)
	one.Link.Href = f.URL(shown.InstitutionPath(h.ID))
	if row.Judgments > 0 {
		one.Link.Href = f.URL("courts/" + page.EscapePath(h.ID))
	}
	one.Says = shown.InstitutionType(f.Request, row.Type)
	texts := append([]string{row.Names.SQ, row.Names.SR, row.Names.EN}, row.Aliases...)
	return append(texts, row.Role), nil
}

func (f *finder) observationTexts(h view.Hit, one *foundThing) ([]string, error) {
	if f.set == nil || f.set.Observation(h.ID) == nil {
		return nil, nil
	}
	o := f.set.Observation(h.ID)
	one.Says = shown.StatedText(f.Request, o.Value)
	if o.Unit != "" && o.Unit != "words" {
		one.Says += " " + shown.UnitOf(f.Request, o)
	}
	one.Lang = f.sourceLanguage(o.Citation.Source)
	return []string{o.Citation.Quote, o.Counted, o.Note, o.Reason}, nil
}

func (f *finder) articleTexts(h view.Hit, one *foundThing) ([]string, error) {
	if f.set != nil {
		if a := f.set.Article(h.ID); a != nil {
			one.Says = joined(", ", a.Author, f.Dated(a.Published))
		}
	}
	return nil, nil
}

func (f *finder) claimTexts(h view.Hit, one *foundThing) ([]string, error) {
	if f.set == nil || f.set.Claim(h.ID) == nil {
		return nil, nil
	}
	c := f.set.Claim(h.ID)
	st, _ := f.set.Standing(h.ID)
	one.Says = page.Capital(st.Text(f.Lang))
	if a := f.set.Article(c.Article); a != nil {
		one.Lang = f.sourceLanguage(a.Source)
	}
	return []string{c.Quote, c.Statement.EN, c.Statement.SQ, c.Statement.SR}, nil
}

func (f *finder) replyTexts(h view.Hit, one *foundThing) ([]string, error) {
	if f.set == nil || f.set.Reply(h.ID) == nil {
		return nil, nil
	}
	reply := f.set.Reply(h.ID)
	who, err := shown.InstitutionLink(f.Request, reply.Institution)
	if err != nil {
		who = page.Link{Text: reply.Institution}
	}
	on := shown.Subject(f.Request, f.set, reply)
	one.Link = page.Link{Text: joined(", ", who.Text, f.Dated(reply.Date)), Href: on.Href}
	one.Says, one.Lang = on.Text, page.WrittenIn(reply.Language)
	return []string{reply.Text}, nil
}

func (f *finder) sourceLanguage(id string) locale.Lang {
	if src := f.set.Source(id); src != nil {
		return page.WrittenIn(src.Language)
	}
	return ""
}

// series are the indicators of which something was reported and whose name or definition has every word.
func (f *finder) series(q string) []foundThing {
	if f.set == nil {
		return nil
	}
	var list []foundThing
	for _, in := range evidence.IndicatorsWith(q) {
		n := 0
		for _, key := range f.set.SeriesOf(in.ID) {
			n += len(f.set.Observations(key))
		}
		if n == 0 || len(list) == mostSeries {
			continue
		}
		list = append(list, foundThing{kind: seriesKind, id: in.ID, title: in.Names.EN, Link: page.Link{Text: in.Names.In(f.Lang), Href: f.URL(shown.SeriesPath(in.ID))},
			Says: f.T("reported.found", "n", n), Snippet: f.snippet([]string{in.Definition.In(f.Lang)}, in.Names.In(f.Lang))})
	}
	return list
}

// mostSeries is how many indicators a search shows.
const mostSeries = 12

// around is how much of a text a snippet shows before and after the first word found, in letters.
const around = 90

// snippet is the piece of the first text that has the most of the words; where none has any, the beginning of the first that is not the title.
func (f *finder) snippet(texts []string, title string) []snippetPiece {
	best, most := "", -1
	for _, text := range texts {
		if n := f.count(text); n > most && text != "" && text != title {
			best, most = text, n
		}
	}
	if best == "" {
		return nil
	}
	spans := f.spans(best)
	if len(spans) == 0 {
		spans = [][2]int{{0, 0}}
	}
	from := max(0, spans[0][0]-around)
	for from > 0 && !utf8.RuneStart(best[from]) {
		from--
	}
	if from > 0 { // begin with a whole word
		if at := strings.IndexFunc(best[from:], unicode.IsSpace); at >= 0 && from+at < spans[0][0] {
			from += at + 1
		}
	}
	to := min(len(best), spans[0][1]+around)
	for to < len(best) && !unicode.IsSpace(rune(best[to])) {
		to++
	}
	var out []snippetPiece
	add := func(text string, found bool) {
		if text != "" {
			out = append(out, snippetPiece{text, found})
		}
	}
	if from > 0 {
		add("… ", false)
	}
	at := from
	for _, s := range spans {
		if s[0] < at || s[1] > to {
			continue
		}
		add(best[at:s[0]], false)
		add(best[s[0]:s[1]], s[1] > 0)
		at = s[1]
	}
	add(best[at:to], false)
	if to < len(best) {
		add(" …", false)
	}
	return out
}

// count is how many of the words stand in a text.
func (f *finder) count(text string) int {
	have := map[string]bool{}
	for _, s := range f.spans(text) {
		folded := locale.Fold(text[s[0]:s[1]])
		for i, w := range f.words {
			if folded == w || f.open && i == len(f.words)-1 && strings.HasPrefix(folded, w) {
				have[w] = true
			}
		}
	}
	return len(have)
}

// spans are the places of the words in a text, whatever their spelling.
func (f *finder) spans(text string) (list [][2]int) {
	begin := -1
	end := func(at int) {
		if begin < 0 {
			return
		}
		folded := locale.Fold(text[begin:at])
		for i, w := range f.words {
			if folded == w || f.open && i == len(f.words)-1 && strings.HasPrefix(folded, w) {
				list = append(list, [2]int{begin, at})
				break
			}
		}
		begin = -1
	}
	for at, c := range text {
		switch letter := unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c); {
		case letter && begin < 0:
			begin = at
		case !letter:
			end(at)
		}
	}
	end(len(text))
	return list
}

// joined joins the parts that are not empty.
func joined(between string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, between)
}
