package demo_test

import (
	"encoding/json"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/talk"
	"fener/internal/view"
	"fener/period"
)

// The SYNTHETIC talk goes the whole way, and every text of it that people read says SYNTHETIC.
func TestTheSyntheticTalkGoesTheWholeWay(t *testing.T) {
	v := filled(t, 20)
	talks, err := view.All[*record.Talk](t.Context(), v, record.TalkKind)
	if err != nil {
		t.Fatal(err)
	}
	var id string
	for _, one := range talks {
		if one.Body.Synthetic {
			id = one.ID
			if one.Body.Stage != "followed" || one.Rev != 6 {
				t.Errorf("the talk stands at %s, revision %d", one.Body.Stage, one.Rev)
			}
		}
	}
	if id == "" {
		t.Fatal("no SYNTHETIC talk")
	}
	questions, err := view.All[*record.Question](t.Context(), v, record.QuestionKind)
	if err != nil || len(questions) != 3 {
		t.Fatalf("%d questions, %v", len(questions), err)
	}
	answers, err := view.All[*record.Answer](t.Context(), v, record.AnswerKind)
	if err != nil || len(answers) != 3 {
		t.Fatalf("%d answers, %v", len(answers), err)
	}
	commitments, err := view.All[*record.Commitment](t.Context(), v, record.CommitmentKind)
	if err != nil {
		t.Fatal(err)
	}
	outcomes, err := view.All[*record.Outcome](t.Context(), v, record.OutcomeKind)
	if err != nil {
		t.Fatal(err)
	}
	stands := map[string]string{}
	for _, c := range commitments {
		if !c.Body.Synthetic {
			continue
		}
		if c.Body.Talk != id || c.By == "" {
			t.Errorf("a commitment was not made at the talk: %+v", c.Body)
		}
		var read []talk.Reading
		for _, o := range outcomes {
			if o.Body.Commitment == c.ID {
				if !strings.Contains(o.By, "second") {
					t.Errorf("what evidence shows was published by %q", o.By)
				}
				read = append(read, talk.Reading{ID: o.ID, Outcome: o.Body, Order: o.Seq, Confirmed: true})
			}
		}
		st := talk.Stand(c.Body, read, nil, period.DateOf(noon))
		stands[c.Body.What.EN] = string(st.Supports) + " " + string(st.Timing)
		if st.Back {
			stands[c.Body.What.EN] += " back"
		}
	}
	want := map[string]string{"SYNTHETIC: The call opens within a month": "kept late", "SYNTHETIC: A reserve for January": "nothing_read overdue",
		"SYNTHETIC: The waiting list is published every month": "not_kept in_time back"}
	for what, how := range want {
		if stands[what] != how {
			t.Errorf("%s stands as %q, want %q", what, stands[what], how)
		}
	}
	if len(stands) != len(want) {
		t.Errorf("%d SYNTHETIC commitments", len(stands))
	}
	for _, kind := range []record.Kind{record.TalkKind, record.QuestionKind, record.AnswerKind, record.CommitmentKind, record.OutcomeKind, record.ReplyKind} {
		things, _, err := v.Things(t.Context(), kind, view.Page{Limit: view.MaxLimit})
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range things {
			var body map[string]any
			if err := json.Unmarshal(one.Body, &body); err != nil {
				t.Fatal(err)
			}
			if body["synthetic"] == true {
				saysSynthetic(t, string(kind), body)
			} else if kind == record.QuestionKind || kind == record.AnswerKind || kind == record.ReplyKind {
				t.Errorf("a %s that is not SYNTHETIC: nobody said it", kind)
			}
		}
	}
}

// words in a body that are no texts: ids, words of closed lists, dates, zones.
var noTexts = "talk question commitment source institution stage answer given supports about id kind says language date day begins ends zone said by as_of kept_on published when asked into from spoken to"

func saysSynthetic(t *testing.T, at string, value any) {
	t.Helper()
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if text, is := inner.(string); is && strings.Contains(" "+noTexts+" ", " "+name+" ") && !strings.Contains(text, " ") {
				continue
			}
			saysSynthetic(t, at+"."+name, inner)
		}
	case []any:
		for _, inner := range v {
			if text, is := inner.(string); is && len(text) == 2 { // a language
				continue
			}
			saysSynthetic(t, at, inner)
		}
	case string:
		if !strings.HasPrefix(v, "SYNTHETIC") && strings.Trim(v, "0123456789") != "" {
			t.Errorf("%s does not say that it is SYNTHETIC: %q", at, v)
		}
	}
}
