package shown

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/talk"
)

// TalkPath is the address of a talk's page below the language.
func TalkPath(id string) string { return "talks/" + url.PathEscape(id) }

// TakePartPath is the address at which people take part in a talk while questions are taken: they ask, and support what others ask.
func TakePartPath(id string) string { return TalkPath(id) + "/take-part" }

// PosterPath is the address of a talk's poster, BriefPath that of the page of evidence on an institution that was asked to come.
func PosterPath(id string) string { return TalkPath(id) + "/poster" }

// BriefPath is the address of the page of evidence on an institution, made for a talk.
func BriefPath(id, institution string) string {
	return TalkPath(id) + "/brief/" + url.PathEscape(institution)
}

// QuestionsShown is how many questions of a talk stand on one page.
const QuestionsShown = 20

// QuestionPath is the address of a question of a talk: its place on the page of the talk.
func QuestionPath(list []*reads.Question, q *reads.Question) string {
	path := TalkPath(q.Talk)
	if n := reads.Place(list, q.ID)/QuestionsShown + 1; n > 1 {
		path += "?page=" + strconv.Itoa(n)
	}
	return path + "#" + QuestionMark(q)
}

// QuestionMark is the id of a question on the page of its talk.
func QuestionMark(q *reads.Question) string { return "question-" + strconv.Itoa(q.N) }

func nameTalk(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	t, err := reads.TalkOf(r, id)
	if err != nil || t == nil {
		return page.Link{Text: title}, err
	}
	return TalkLink(r, t), nil
}

// TalkLink names a talk and leads to its page.
func TalkLink(r *page.Request, t *reads.Talk) page.Link {
	name, in := t.Names.In(r.Lang)
	return page.Link{Text: name, Lang: in, Href: r.URL(TalkPath(t.ID))}
}

func nameQuestion(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	list, q, err := questionOf(r, func(q *reads.Question) bool { return q.ID == id })
	if err != nil || q == nil {
		return page.Link{Text: title}, err
	}
	words, in := q.Words.In(r.Lang)
	return page.Link{Text: words, Lang: in, Href: r.URL(QuestionPath(list, q))}, nil
}

func nameAnswer(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	var found *record.Answer
	list, q, err := questionOf(r, func(q *reads.Question) bool {
		for _, a := range q.Answers {
			if a.ID == id {
				found = a.Answer
				return true
			}
		}
		return false
	})
	if err != nil || q == nil {
		return page.Link{Text: title}, err
	}
	words, in := found.Words.In(r.Lang)
	return page.Link{Text: words, Lang: in, Href: r.URL(QuestionPath(list, q))}, nil
}

// questionOf is the first question that is meant, with those of its talk.
func questionOf(r *page.Request, meant func(*reads.Question) bool) ([]*reads.Question, *reads.Question, error) {
	all, err := reads.Questions(r)
	if err != nil {
		return nil, nil, err
	}
	for _, list := range all {
		for _, q := range list {
			if meant(q) {
				return list, q, nil
			}
		}
	}
	return nil, nil, nil
}

// StageName is how far a talk has come, in words; of one that was put off, whether a new day is known. That a day has passed does not say that the talk was held.
func StageName(r *page.Request, t *reads.Talk) string {
	if day, err := r.Day(); err == nil && t.Stage == "announced" && !t.Day.IsZero() && t.Day.Last().Before(day) {
		return r.T("talks.stage.unknown")
	}
	if t.Stage == "postponed" && !t.Course.Pending {
		return r.T("talks.stage.moved")
	}
	return r.T("talks.stage." + t.Stage)
}

// StageBadge is how far a talk has come, as a shape and a word.
func StageBadge(r *page.Request, t *reads.Talk) page.Badge {
	b := page.Badge{Shape: page.ShapeNone, Text: StageName(r, t)}
	switch t.Stage {
	case "open", "live":
		b.Shape = page.ShapePart
	case "held", "answered", "followed":
		b.Shape = page.ShapeWithin
	case "postponed":
		b.Shape = page.ShapeUnknown
	case "cancelled":
		b.Shape = page.ShapeAgainst
	}
	return b
}

// WhenText is the time of a talk in words, as far as it is known: the day of the week, the date, the hours and whose clock they are of. Empty where nothing is.
func WhenText(r *page.Request, w talk.When) string {
	text, hours := DayText(r, w), HoursText(r, w)
	if hours != "" {
		text += ", " + hours
	}
	return page.OneStop(text)
}

// DayText is the day of a talk in words, with the day of the week where it is known to the day.
func DayText(r *page.Request, w talk.When) string {
	text := r.Dated(w.Day)
	if w.OnDay() {
		text = r.T("talks.weekday."+strconv.Itoa(weekday(w.Day.Time()))) + ", " + text
	}
	return text
}

// HoursText are the hours of a talk in words, and whose clock they are of.
func HoursText(r *page.Request, w talk.When) string {
	begins, ends := w.At()
	switch {
	case begins.IsZero():
		return w.Begins
	case ends.IsZero():
		return r.T("talks.at", "begins", w.Begins) + " (" + ClockName(r, begins) + ")"
	}
	return r.T("talks.from_to", "begins", w.Begins, "ends", w.Ends) + " (" + ClockName(r, begins) + ")"
}

// weekday is the day of the week, from 1 for Monday.
func weekday(day time.Time) int { return (int(day.Weekday())+6)%7 + 1 }

// ClockName says in words of which clock a time is, with its distance from universal time.
func ClockName(r *page.Request, at time.Time) string {
	name, offset := at.Zone()
	hours := fmt.Sprintf("UTC%+d", offset/3600)
	if rest := offset / 60 % 60; rest != 0 {
		hours += fmt.Sprintf(":%02d", max(rest, -rest))
	}
	switch name {
	case "CET":
		return r.T("talks.clock_cet", "utc", hours)
	case "CEST":
		return r.T("talks.clock_cest", "utc", hours)
	}
	return r.T("talks.clock_other", "zone", at.Location().String(), "utc", hours)
}

// LanguageName is a language spoken at a talk, in words.
func LanguageName(r *page.Request, tag string) string {
	if tag == "other" {
		return r.T("talks.another_language")
	}
	return r.T("talks.language." + tag)
}

// LanguageNames are languages in words, in the order in which they are spoken.
func LanguageNames(r *page.Request, tags []string) string {
	names := make([]string, 0, len(tags))
	for _, tag := range tags {
		names = append(names, LanguageName(r, tag))
	}
	return strings.Join(names, ", ")
}

// SpeakerLink is who speaks, with in which capacity; it leads to the institution where that is on record. Empty where nothing is known of them.
func SpeakerLink(r *page.Request, s *record.Speaker) page.Link {
	in := InstitutionNamed(r, s.Institution)
	role, lang := s.Role.In(r.Lang)
	switch {
	case s.Name == "" && role == "":
		return in
	case s.Name == "":
		link := page.Link{Text: page.Capital(role), Lang: lang, Quiet: true}
		if in.Text != "" {
			link.Tail = ", " + in.Text
		}
		return link
	}
	link := page.Link{Text: s.Name}
	if role != "" {
		link.Tail += ", " + role
	}
	if in.Text != "" {
		link.Tail += ", " + in.Text
	}
	return link
}

// Paragraphs are a text's parts between empty lines, each in the text's language.
func Paragraphs(r *page.Request, n record.Names) []page.Link {
	text, in := n.In(r.Lang)
	var out []page.Link
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, page.Link{Text: part, Lang: in, Quiet: len(out) > 0})
		}
	}
	return out
}

// InOwn is a text in the page's language, or in the one it has.
func InOwn(r *page.Request, n record.Names) page.Link {
	text, in := n.In(r.Lang)
	return page.Link{Text: text, Lang: in}
}
