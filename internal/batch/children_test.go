package batch_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
)

// enterCase appends one revision of a case whose entry says so much of a child.
func (im *importer) enterCase(id string, base int, state record.State, child law.Tri) {
	im.Helper()
	body, err := record.Encode(&record.Case{Numbers: []string{"P 77/20"}, ChildVictim: child})
	if err != nil {
		im.Fatal(err)
	}
	change := ledger.Change{Kind: record.CaseKind, ID: id, Base: base, State: state, By: "tester", Body: body}
	if _, err := im.led.Append(im.Context(), []ledger.Change{change}); err != nil {
		im.Fatal(err)
	}
}

const childRow = "case,court,instance,judgment_date,defendant,offence_charged,offence_convicted,verdict,imprisonment,source,quote\n" +
	"P 77/20,Basic Court in Prizren,first,2021-03-04,A.B.,trafficking in persons,trafficking in persons,convicted,5y,A report. A publisher,the court sentenced the accused\n"

func TestNoJudgmentIsPublicBeforeItsChildVictimIs(t *testing.T) {
	type revision struct {
		state record.State
		child law.Tri
	}
	for _, tt := range []struct {
		name    string
		entries []revision
		refused bool
	}{
		{"no entry", nil, false},
		{"a draft that says yes", []revision{{record.Draft, law.Yes}}, true},
		{"handed in", []revision{{record.Submitted, law.Yes}}, true},
		{"verified", []revision{{record.Verified, law.Yes}}, true},
		{"a yes that a later draft does not repeat", []revision{{record.Draft, law.Yes}, {record.Draft, law.NotKnown}}, true},
		{"withdrawn before anybody read it", []revision{{record.Draft, law.Yes}, {record.Withdrawn, law.Yes}}, true},
		{"a draft that says no", []revision{{record.Draft, law.No}}, false},
		{"published", []revision{{record.Published, law.Yes}}, false},
		{"published, and being corrected", []revision{{record.Published, law.Yes}, {record.Draft, law.Yes}}, false},
		{"published without knowing, and a draft that knows", []revision{{record.Published, law.NotKnown}, {record.Draft, law.Yes}}, true},
		{"a draft, then published as an error", []revision{{record.Verified, law.Yes}, {record.Published, law.No}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			im := newImporter(t)
			sum := im.must(im.judgments(childRow))
			entries, err := im.led.Read(t.Context(), sum.First-1, 10)
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(entries, func(e ledger.Entry) bool { return e.Kind == record.JudgmentKind })
			caseID := im.judgment(entries[at].ID).Case
			for i, r := range tt.entries {
				im.enterCase(caseID, i, r.state, r.child)
			}
			before := im.head()
			check := func(how string, err error) {
				t.Helper()
				if refused := new(batch.RefusedError); errors.As(err, &refused) != tt.refused || err != nil && !tt.refused {
					t.Fatalf("%s: refused is to be %t: %v", how, tt.refused, err)
				}
				named := slices.ContainsFunc(im.items, func(it *batch.Item) bool {
					return slices.ContainsFunc(it.Refused, func(r batch.Reason) bool {
						return r.Code == batch.RefusedChild && strings.HasSuffix(r.Detail, caseID)
					})
				})
				if named != tt.refused {
					t.Errorf("%s: the case is named: %t", how, named)
				}
				if tt.refused && im.head() != before {
					t.Errorf("%s: something was appended all the same", how)
				}
			}
			if tt.refused {
				_, err = im.judgments(childRow, published)
				check("import", err)
			}
			im.items = nil
			opt := batch.PublishOptions{Batch: sum.Batch, By: "tester", Now: noon, Reviewed: true,
				Item: func(it *batch.Item) error { im.items = append(im.items, it); return nil }}
			_, err = batch.Publish(t.Context(), im.led, opt)
			check("publish", err)
			if !tt.refused || tt.entries[len(tt.entries)-1].child != law.Yes {
				return
			}
			// With the case among what is published, its entry goes first.
			opt.Things = []batch.Thing{{Kind: record.CaseKind, ID: caseID}}
			im.must(batch.Publish(t.Context(), im.led, opt))
			if im.public()["case "+caseID] == "" || im.public()["judgment "+entries[at].ID] == "" {
				t.Error("the case and its judgment are not both public")
			}
		})
	}
}
