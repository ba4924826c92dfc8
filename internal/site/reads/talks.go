package reads

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/talk"
	"fener/internal/view"
)

// Talk is a talk on record with what its public revisions say of its time.
type Talk struct {
	ID string
	*record.Talk
	Revision  int       // how many of its revisions are public
	Changed   time.Time // when the last of them was entered
	Course    talk.Course
	Revisions []TalkRevision // the first one first
}

// TalkRevision is a talk as it stood from a moment on.
type TalkRevision struct {
	At   time.Time
	Why  string
	Talk *record.Talk
}

// Talks are the talks on record, the latest day first; those without a day come before them.
func Talks(r *page.Request) ([]*Talk, error) { return talksOnRecord.Of(r) }

var talksOnRecord = page.NewOnce(func(r *page.Request) ([]*Talk, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	all, err := view.All[*record.Talk](r.Context(), v, record.TalkKind)
	if err != nil {
		return nil, fmt.Errorf("reading the talks: %w", err)
	}
	list := make([]*Talk, 0, len(all))
	for i := range all {
		t := &Talk{ID: all[i].ID, Talk: all[i].Body, Revision: all[i].Rev, Changed: all[i].At}
		if err := t.readCourse(r, v); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	slices.SortStableFunc(list, func(a, b *Talk) int {
		x, y := a.Course.Day(), b.Course.Day()
		if x.IsZero() != y.IsZero() {
			if x.IsZero() {
				return -1
			}
			return 1
		}
		return cmp.Or(y.Compare(x), strings.Compare(b.Course.Shown().Begins, a.Course.Shown().Begins), strings.Compare(a.ID, b.ID))
	})
	return list, nil
})

// readCourse reads what the revisions of a talk say. What was coarsened or erased of one of them says nothing.
func (t *Talk) readCourse(r *page.Request, v *view.View) error {
	revisions, err := v.History(r.Context(), record.TalkKind, t.ID)
	if err != nil {
		return fmt.Errorf("reading the history of talk %q: %w", t.ID, err)
	}
	var bodies []*record.Talk
	for i := range revisions {
		var body record.Talk
		if len(revisions[i].Body) == 0 || record.Decode(revisions[i].Body, &body) != nil {
			continue
		}
		bodies = append(bodies, &body)
		t.Revisions = append(t.Revisions, TalkRevision{revisions[i].At, revisions[i].Why, &body})
	}
	t.Course = talk.CourseOf(bodies)
	return nil
}

// TalkOf is one talk; nil where there is none.
func TalkOf(r *page.Request, id string) (*Talk, error) {
	all, err := Talks(r)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.ID == id {
			return t, nil
		}
	}
	return nil, nil
}

// Question is a question that was asked at a talk, with what was answered.
type Question struct {
	ID string
	*record.Question
	Answers []Answer
}

// Answer is an answer on record.
type Answer struct {
	ID string
	*record.Answer
}

// Questions are the questions of each talk on record, by their numbers.
func Questions(r *page.Request) (map[string][]*Question, error) { return questionsOnRecord.Of(r) }

var questionsOnRecord = page.NewOnce(func(r *page.Request) (map[string][]*Question, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	asked, err := view.All[*record.Question](r.Context(), v, record.QuestionKind)
	if err != nil {
		return nil, fmt.Errorf("reading the questions: %w", err)
	}
	answered, err := view.All[*record.Answer](r.Context(), v, record.AnswerKind)
	if err != nil {
		return nil, fmt.Errorf("reading the answers: %w", err)
	}
	byID, of := map[string]*Question{}, map[string][]*Question{}
	for i := range asked {
		q := &Question{ID: asked[i].ID, Question: asked[i].Body}
		byID[q.ID] = q
		of[q.Talk] = append(of[q.Talk], q)
	}
	slices.SortFunc(answered, func(a, b view.Listed[*record.Answer]) int { return cmp.Compare(a.Seq, b.Seq) })
	for i := range answered {
		if q := byID[answered[i].Body.Question]; q != nil {
			q.Answers = append(q.Answers, Answer{answered[i].ID, answered[i].Body})
		}
	}
	for _, list := range of {
		slices.SortFunc(list, func(a, b *Question) int { return cmp.Or(cmp.Compare(a.N, b.N), strings.Compare(a.ID, b.ID)) })
	}
	return of, nil
})

// QuestionsOf are the questions of a talk, by their numbers.
func QuestionsOf(r *page.Request, id string) ([]*Question, error) {
	all, err := Questions(r)
	return all[id], err
}

// Place is where a question stands among those of its talk, from 0; -1 where it is none of them.
func Place(list []*Question, id string) int {
	return slices.IndexFunc(list, func(q *Question) bool { return q.ID == id })
}
