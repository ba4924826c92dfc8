package batch_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"

	"github.com/google/go-cmp/cmp"
)

// What is published from memory is what is published by reading the whole ledger: looked at, refused, published, after more was entered, after something was
// withdrawn, and after texts were erased. Looking leaves no trace.
func TestPublishingFromMemoryIsPublishing(t *testing.T) {
	im := newImporter(t)
	memory := batch.NewMemory(im.led)
	row := func(n int) string {
		return fmt.Sprintf("case,court,judgment_date,defendant,offence_convicted,verdict,imprisonment,offence_from,source,quote\n"+
			"PKR nr. %d/2018,Basic Court in Pristina,2018-05-03,A.B.,04/L-082:171(1),convicted,2y,2016,\"SYNTHETIC judgment %d. Basic Court, 2018-05-03\",SYNTHETIC two years\n", n, n)
	}
	things := func() (list []record.Thing) {
		entries, err := im.led.Read(t.Context(), 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if it := (record.Thing{Kind: e.Kind, ID: e.ID}); !ledger.Own(e.Kind) && !slices.Contains(list, it) {
				list = append(list, it)
			}
		}
		return list
	}
	look := func(publish func(context.Context, batch.PublishOptions) (batch.Summary, error), dry bool, of []record.Thing) string {
		var said []json.RawMessage
		sum, err := publish(t.Context(), batch.PublishOptions{Things: of, By: "tester", Now: noon, Reviewed: true, DryRun: dry, Item: func(it *batch.Item) error {
			text, err := json.Marshal(it)
			said = append(said, text)
			return err
		}})
		sum.First, sum.Last = 0, 0
		return fmt.Sprintf("%s\n%+v\n%v", said, sum, err)
	}
	whole := func(ctx context.Context, opt batch.PublishOptions) (batch.Summary, error) {
		return batch.Publish(ctx, im.led, opt)
	}
	both := func(what string, of []record.Thing) {
		t.Helper()
		for range 2 { // looking leaves no trace
			if diff := cmp.Diff(look(whole, true, of), look(memory.Publish, true, of)); diff != "" {
				t.Fatalf("%s (-the whole ledger +from memory):\n%s", what, diff)
			}
		}
	}
	im.must(im.judgments(row(1)))
	both("drafts", things())
	both("a judgment without what it rests on", slices.DeleteFunc(things(), func(t record.Thing) bool { return t.Kind != record.JudgmentKind }))
	if said := look(memory.Publish, false, things()); !im.allPublic(things()) {
		t.Fatal("nothing was published: " + said)
	}
	both("what is public", things())
	im.must(im.judgments(row(2)))
	both("what came later", things())
	first := things()[0]
	if _, err := batch.Withdraw(t.Context(), im.led, first, batch.WithdrawOptions{By: "tester", Why: "SYNTHETIC", Now: noon, Anyway: true}); err != nil {
		t.Fatal(err)
	}
	both("after a withdrawal", things()[1:])
	if _, err := im.led.Erase(t.Context(), ledger.Order{Kind: first.Kind, ID: first.ID, Revs: []int{1}, By: "officer", Why: "order 1/2026"}); err != nil {
		t.Fatal(err)
	}
	both("after an erasure", things()[1:])
}

// allPublic reports whether everything is published.
func (im *importer) allPublic(of []record.Thing) bool {
	for _, it := range of {
		history, err := im.led.History(context.Background(), it.Kind, it.ID)
		if err != nil || history[len(history)-1].State != record.Published {
			return false
		}
	}
	return true
}

// a shared ledger counts how often somebody published alone.
type shared struct {
	ledger.Ledger
	alone int
}

func (s *shared) Alone(_ context.Context, do func() error) error {
	s.alone++
	return do()
}

// An import that publishes at once is as alone as publishing is: two nodes must not both let through what only together tells of somebody. Drafts and looking wait
// for nobody.
func TestAnImportThatPublishesIsAlone(t *testing.T) {
	for _, tt := range []struct {
		name string
		opt  batch.Options
		want int
	}{
		{"drafts", batch.Options{State: record.Draft}, 0},
		{"drafts, where nothing is said", batch.Options{}, 0},
		{"published", batch.Options{State: record.Published, Reviewed: true}, 1},
		{"looked at", batch.Options{State: record.Published, Reviewed: true, DryRun: true}, 0},
	} {
		im := newImporter(t)
		l := &shared{Ledger: im.led}
		tt.opt.By, tt.opt.Now = "tester", noon
		if _, err := batch.Cases(t.Context(), l, "cases.yaml", strings.NewReader(casesYAML), tt.opt); err != nil {
			t.Fatal(err)
		}
		if l.alone != tt.want {
			t.Errorf("%s: alone %d times, want %d", tt.name, l.alone, tt.want)
		}
	}
}
