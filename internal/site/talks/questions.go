package talks

import (
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

// questionPart is a question with what was answered to it.
type questionPart struct {
	N          string
	Mark       string // its id on the page
	Words      page.Link
	Translated bool        // Words are an interpreter's
	Original   page.Link   // as it was asked, where Words are not
	Others     []page.Link // in other languages, as an interpreter put it
	To         page.Link
	Facts      []string // when it was asked, how many supported it
	Same       []page.Link
	Answers    []answerPart
	Waits      string // what is said where no answer is on record
	Replies    []shown.Replied
}

// answerPart is what was answered, by whom.
type answerPart struct {
	Given   page.Badge
	By      []page.Link
	Words   page.Link
	Cited   *page.Citation
	Replies []shown.Replied
	Changed []shown.HistoryEntry
}

// fillQuestions adds the questions of the part that the address asks for.
func (p *talkContent) fillQuestions(r *page.Request, t *reads.Talk) error {
	list, err := reads.QuestionsOf(r, t.ID)
	if err != nil {
		return err
	}
	n, err := pageOf(r, len(list))
	if err != nil {
		return err
	}
	if len(list) > 0 {
		p.Found = r.T("talks.questions", "n", len(list))
	}
	for _, q := range page.Part(list, (n-1)*shown.QuestionsShown, shown.QuestionsShown) {
		part, err := questionOf(r, t, q)
		if err != nil {
			return err
		}
		p.Questions = append(p.Questions, part)
	}
	p.Pager = r.PagerOf(shown.TalkPath(t.ID), n, (len(list)+shown.QuestionsShown-1)/shown.QuestionsShown)
	return nil
}

// tongues are the languages in which questions are asked, with the form in which the record writes each.
var tongues = []struct {
	tag  string
	lang locale.Lang
	of   func(record.Names) string
}{
	{"sq", locale.SQ, func(n record.Names) string { return n.SQ }}, {"sr", locale.SRLatn, func(n record.Names) string { return n.SR }}, {"en", locale.EN, func(n record.Names) string { return n.EN }},
}

// inTongue is a text in one language, written as the page writes it where that is the page's own.
func inTongue(r *page.Request, text string, lang locale.Lang) page.Link {
	if lang == locale.SRLatn && r.Lang == locale.SR {
		return page.Link{Text: locale.Cyrillic(text), Lang: locale.SR}
	}
	return page.Link{Text: text, Lang: lang}
}

func questionOf(r *page.Request, t *reads.Talk, q *reads.Question) (questionPart, error) {
	part := questionPart{N: numbered(r.Lang, q.N), Mark: shown.QuestionMark(q), To: shown.InstitutionNamed(r, q.To)}
	for _, in := range tongues {
		link := inTongue(r, in.of(q.Words), in.lang)
		switch {
		case link.Text == "":
		case in.tag == q.Language:
			part.Original = link
		case link.Lang == r.Lang:
			part.Words, part.Translated = link, true
		default:
			part.Others = append(part.Others, link)
		}
	}
	if !part.Translated { // asked in the page's language, or nobody put it into that
		part.Words, part.Original = part.Original, page.Link{}
	}
	part.Facts = append(part.Facts, r.T("talks.asked."+q.When))
	if q.Supported > 0 {
		part.Facts = append(part.Facts, r.T("talks.supported", "n", q.Supported))
	}
	for _, text := range q.Same {
		part.Same = append(part.Same, page.Typed(text))
	}
	if len(q.Answers) == 0 {
		part.Waits = r.T("talks.no_answer_yet")
		if over(t) {
			part.Waits = r.T("talks.no_answer")
		}
	}
	for i := range q.Answers {
		a, err := answerOf(r, &q.Answers[i])
		if err != nil {
			return part, err
		}
		part.Answers = append(part.Answers, a)
	}
	var err error
	part.Replies, err = shown.RepliesTo(r, record.QuestionKind, q.ID)
	return part, err
}

func answerOf(r *page.Request, a *reads.Answer) (part answerPart, err error) {
	shapes := map[string]string{"answered": page.ShapeWithin, "partly": page.ShapePart, "promised": page.ShapePart, "not_answered": page.ShapeAgainst}
	part = answerPart{Given: page.Badge{Shape: shapes[a.Given], Text: r.T("talks.given." + a.Given)}, By: speaker(r, &a.By), Words: shown.InOwn(r, a.Words)}
	if a.Citation != nil {
		set, err := reads.SaidIfAny(r)
		if err != nil {
			return part, err
		}
		src := &record.Source{}
		if set != nil && set.Source(a.Citation.Source) != nil {
			src = set.Source(a.Citation.Source)
		}
		c := shown.Cite(r, *a.Citation, *src)
		part.Cited = &c
	}
	if part.Replies, err = shown.RepliesTo(r, record.AnswerKind, a.ID); err != nil {
		return part, err
	}
	part.Changed, err = shown.Corrections(r, record.AnswerKind, a.ID)
	return part, err
}
