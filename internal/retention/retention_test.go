package retention_test

import (
	"crypto/rand"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/batch"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/retention"
	"fener/law"
)

var begin = time.Date(2024, 1, 10, 12, 0, 0, 0, time.UTC)

// kept is a ledger whose clock the test moves.
type kept struct {
	*testing.T
	led *ledger.Store
	now time.Time
}

func newKept(t *testing.T) *kept {
	t.Helper()
	k := &kept{T: t, now: begin}
	var err error
	k.led, err = ledger.Open(t.Context(), filepath.Join(t.TempDir(), "data"), ledger.Options{Now: func() time.Time { return k.now }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.led.Close() })
	return k
}

const header = "case,court,instance,judgment_date,defendant,offence_convicted,offence_from,verdict,imprisonment,source,place,quote\n"

func row(number, day, quote string) string {
	return header + "SYNTHETIC P " + number + ",Basic Court of Peja,first instance," + day + ",X.Y.,06/L-074:165(1),,convicted,5y,SYNTHETIC report,p. 1," + quote + "\n"
}

func (k *kept) take(text string, state record.State) {
	k.Helper()
	pack, err := law.Kosovo()
	if err != nil {
		k.Fatal(err)
	}
	rows := batch.Rows(k.Context(), strings.NewReader(text), batch.Reading{Name: "j.csv", Options: intake.Options{Pack: pack}})
	if _, err := batch.Judgments(k.Context(), k.led, rows, batch.Options{By: "tester", Now: k.now, State: state, Reviewed: true, Item: func(it *batch.Item) error {
		for _, r := range it.Refused {
			k.Logf("%s: %s %s", it.Name, r.Code, r.Detail)
		}
		return nil
	}}); err != nil {
		k.Fatal(err)
	}
}

// due is what is listed of judgments so many days after the beginning.
func (k *kept) due(days int) (list []string) {
	k.Helper()
	limits, err := retention.HouseLimits()
	if err != nil {
		k.Fatal(err)
	}
	all, err := retention.List(k.Context(), k.led, limits, begin.AddDate(0, 0, days))
	if err != nil {
		k.Fatal(err)
	}
	for _, d := range all {
		if d.Thing.Kind == record.JudgmentKind {
			number, _, _ := strings.Cut(d.Title, ",")
			list = append(list, string(d.Cause)+" "+number)
		}
	}
	return list
}

func TestWhatIsDueIsListed(t *testing.T) {
	k := newKept(t)
	k.take(row("1/14", "2014-02-03", "SYNTHETIC old"), record.Published)
	k.take(row("2/23", "2023-02-03", "SYNTHETIC draft"), record.Draft)
	k.take(row("3/23", "2023-02-03", "SYNTHETIC withdrawn"), record.Published)
	k.take(row("4/23", "2023-02-03", "SYNTHETIC names Ana"), record.Published)
	k.now = begin.AddDate(0, 0, 1)
	k.take(row("4/23", "2023-02-03", "SYNTHETIC names nobody"), record.Published)
	key, err := k.led.Key()
	if err != nil {
		t.Fatal(err)
	}
	gone := record.Thing{Kind: record.JudgmentKind, ID: key.ID(record.JudgmentKind, "syntheticp-3-2023-peja-first-2023-02-03")}
	if _, err := batch.Withdraw(t.Context(), k.led, gone, batch.WithdrawOptions{By: "tester", Why: "try", Now: k.now}); err != nil {
		t.Fatal(err)
	}
	for days, want := range map[int][]string{
		20:  nil,
		30:  {"conviction SYNTHETIC P 1/14"}, // ten years after the judgment
		180: {"draft SYNTHETIC P 2/23", "conviction SYNTHETIC P 1/14"},
		366: {"draft SYNTHETIC P 2/23", "withdrawn SYNTHETIC P 3/23", "old_revision SYNTHETIC P 4/23", "conviction SYNTHETIC P 1/14"},
	} {
		if got := k.due(days); !slices.Equal(got, want) {
			t.Errorf("after %d days %q, want %q", days, got, want)
		}
	}
	// What was erased is due no more.
	for _, order := range []ledger.Order{
		{Kind: gone.Kind, ID: gone.ID, Revs: []int{1, 2}},
		{Kind: record.JudgmentKind, ID: key.ID(record.JudgmentKind, "syntheticp-4-2023-peja-first-2023-02-03"), Revs: []int{1}},
	} {
		order.By, order.Why = "tester", "order 1"
		if _, err := k.led.Erase(t.Context(), order); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := k.due(366), []string{"draft SYNTHETIC P 2/23", "conviction SYNTHETIC P 1/14"}; !slices.Equal(got, want) {
		t.Errorf("after the erasures %q, want %q", got, want)
	}
}

func TestLimitsAreReadStrictly(t *testing.T) {
	const whole = "draft: {days: 1, why: a}\nwithdrawn: {days: 1, why: a}\nold_revision: {days: 1, why: a}\nconviction: {days: 1, why: a}\n"
	if _, err := retention.ReadLimits("l.yaml", strings.NewReader(whole)); err != nil {
		t.Error(err)
	}
	for name, text := range map[string]string{
		"no days": strings.Replace(whole, "days: 1", "days: 0", 1), "no reason": strings.Replace(whole, "why: a", "why: ''", 1), "a cause less": whole[strings.Index(whole, "withdrawn"):],
		"another cause": whole + "forgotten: {days: 1, why: a}\n", "another field": strings.Replace(whole, "why: a", "why: a, law: b", 1), "nothing": "", "no mapping": "- a\n",
		"aliases": strings.Repeat("a: &a [*a, *a]\n", 400), "much": strings.Repeat("#", 70_000),
	} {
		if _, err := retention.ReadLimits("l.yaml", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "l.yaml") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
