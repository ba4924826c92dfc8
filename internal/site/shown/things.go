package shown

import (
	"errors"
	"fmt"
	"strings"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

// A kind's things are named by what they are, and lead to where they stand. name gets the title that the view keeps, which may be empty, and what was
// said, which may be nil; it gives a link without text where nothing is known. page is the address of a page of a thing's own, by its id alone.
type naming struct {
	page func(id string) string
	name func(r *page.Request, set *evidence.Set, id, title string) (page.Link, error)
}

// namings say how a thing of each kind is named on a page. A kind that stands nowhere by itself needs no place here.
var namings = map[record.Kind]naming{
	record.CaseKind:        {CasePath, nameCase},
	record.JudgmentKind:    {nil, nameJudgment},
	record.SourceKind:      {SourcePath, nameSource},
	record.InstitutionKind: {InstitutionPath, nameInstitution},
	record.ObservationKind: {nil, nameObservation},
	record.ArticleKind:     {ArticlePath, nameArticle},
	record.ClaimKind:       {nil, nameClaim},
	record.HelpLineKind:    {nil, nameHelpLine},
	record.PriceKind:       {nil, namePrice},
	record.StoryKind:       {nil, nameStory},
	record.RuleKind:        {nil, nameRule},
	record.ShelterKind:     {ShelterPath, nameShelter},
	record.CallKind:        {CallPath, nameCall},
	record.ApplicationKind: {nil, nameTelling(record.ApplicationKind)},
	record.GrantKind:       {nil, nameTelling(record.GrantKind)},
	record.PaymentKind:     {nil, nameTelling(record.PaymentKind)},
	record.ClosureKind:     {nil, nameTelling(record.ClosureKind)},
	record.GapKind:         {nil, nameTelling(record.GapKind)},
	record.EventKind:       {nil, nameTelling(record.EventKind)},
	record.ServiceKind:     {nil, nameTelling(record.ServiceKind)},
	record.TalkKind:        {TalkPath, nameTalk},
	record.QuestionKind:    {nil, nameQuestion},
	record.AnswerKind:      {nil, nameAnswer},
	record.CommitmentKind:  {CommitmentPath, nameCommitment},
	record.OutcomeKind:     {nil, nameOutcome},
}

// Name names a thing and leads to it; the title is the view's, or empty.
func Name(r *page.Request, set *evidence.Set, t record.Thing, title string) (page.Link, error) {
	link := page.Typed(title)
	if n, ok := namings[t.Kind]; ok {
		named, err := n.name(r, set, t.ID, title)
		if err != nil {
			return link, fmt.Errorf("naming %s: %w", t, err)
		}
		link = named
	}
	if link.Text == "" {
		kind := "kind." + string(t.Kind)
		link.Text = page.Capital(r.T(kind)) + ": " + t.ID
	}
	return link, nil
}

// PagePath is the address of the page of a thing's own, below the language; empty where it has none that its id tells.
func PagePath(t record.Thing) string {
	if n := namings[t.Kind]; n.page != nil {
		return n.page(t.ID)
	}
	return ""
}

func nameCase(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	link := page.Link{Href: r.URL(CasePath(id))}
	if title == "" {
		c, err := r.Public().Case(r.Context(), id)
		if err != nil {
			return page.Link{}, absent(err)
		}
		title = c.Title
	}
	link.Text = CaseTitle(r, title)
	return link, nil
}

func nameJudgment(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	j, err := r.Public().Judgment(r.Context(), id)
	if err != nil {
		return page.Link{Text: title}, absent(err)
	}
	return page.Link{Text: JudgmentTitle(r, j), Href: r.URL(CasePath(j.Case))}, nil
}

func nameSource(r *page.Request, set *evidence.Set, id, title string) (page.Link, error) {
	link := page.Link{Text: title, Href: r.URL(SourcePath(id))}
	if set != nil {
		if src := set.Source(id); src != nil {
			link.Text, link.Lang = SourceTitle(src.Title, id), page.LangOf(src.Language, src.Title)
		}
	}
	return link, nil
}

func nameInstitution(r *page.Request, _ *evidence.Set, id, _ string) (page.Link, error) {
	return InstitutionLink(r, id)
}

func nameObservation(r *page.Request, set *evidence.Set, id, title string) (page.Link, error) {
	if set == nil || set.Observation(id) == nil {
		return page.Link{Text: title}, nil
	}
	o := set.Observation(id)
	return page.Link{Text: strings.TrimSuffix(IndicatorName(r, o.Indicator)+", "+SpanText(r, o.Span()), ", "), Href: r.URL(ObservationPath(o))}, nil
}

func nameArticle(r *page.Request, set *evidence.Set, id, title string) (page.Link, error) {
	link := page.Link{Text: title, Href: r.URL(ArticlePath(id))}
	if set == nil {
		return link, nil
	}
	if a := set.Article(id); a != nil {
		link.Text = a.Title
		if src := set.Source(a.Source); src != nil {
			link.Lang = page.LangOf(src.Language, a.Title)
		}
	}
	return link, nil
}

func nameClaim(r *page.Request, set *evidence.Set, id, title string) (page.Link, error) {
	if set == nil || set.Claim(id) == nil {
		return page.Link{Text: title}, nil
	}
	c := set.Claim(id)
	name, in := c.Statement.In(r.Lang)
	return page.Link{Text: name, Lang: in, Href: r.URL(ClaimPath(c.Article, c.N))}, nil
}

func nameHelpLine(r *page.Request, _ *evidence.Set, _, title string) (page.Link, error) {
	link := page.Typed(title)
	link.Href = r.URL("help")
	return link, nil
}

// namePrice leads to the sums that it is used for.
func namePrice(r *page.Request, _ *evidence.Set, _, title string) (page.Link, error) {
	link := page.Typed(title)
	link.Href = r.URL("shelters/money")
	return link, nil
}

// absent is no error where something does not stand in public: it then has no name there.
func absent(err error) error {
	if errors.Is(err, view.ErrNotFound) || errors.Is(err, view.ErrGone) {
		return nil
	}
	return err
}

// coarsened tells whether a change concerns a case with a child victim, of which only years are told. What can no longer be looked at is told least of.
func coarsened(r *page.Request, t record.Thing) (bool, error) {
	if !record.OfCourts(t.Kind) {
		return false, nil
	}
	id := t.ID
	if t.Kind == record.JudgmentKind {
		j, err := r.Public().Judgment(r.Context(), id)
		if err != nil {
			return true, absent(err)
		}
		id = j.Case
	}
	c, err := r.Public().Case(r.Context(), id)
	if err != nil {
		return true, absent(err)
	}
	return c.Coarsened, nil
}

// Subject names what a reply answers, and leads to it.
func Subject(r *page.Request, set *evidence.Set, reply *evidence.Reply) page.Link {
	link, err := Name(r, set, record.Thing{Kind: reply.About, ID: reply.Reply.ID}, "")
	if err != nil { // it stands without its name rather than not at all
		link = page.Link{Text: reply.Reply.ID}
	}
	return link
}

// nameRule names a rule by which the record is kept, and leads to where that is said.
func nameRule(r *page.Request, _ *evidence.Set, id, _ string) (page.Link, error) {
	if id != record.FourEyesID {
		return page.Link{}, nil
	}
	return page.Link{Text: r.T("about.kept"), Href: r.URL("about")}, nil
}
