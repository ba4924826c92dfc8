package evidence_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"fener/internal/evidence"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/period"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// book is a ledger whose clock goes on by a minute with each append.
type book struct {
	*testing.T
	*ledger.Store
	revs   map[string]int
	states map[string]record.State // as a test notes them
}

func newBook(t *testing.T) *book {
	t.Helper()
	clock := time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC)
	l, err := ledger.Open(t.Context(), t.TempDir(), ledger.Options{
		Now: func() time.Time { clock = clock.Add(time.Minute); return clock }, Rand: rand.Reader, Create: true, Poll: 10 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return &book{t, l, map[string]int{}, map[string]record.State{}}
}

func (b *book) change(kind record.Kind, id string, state record.State, thing any) ledger.Change {
	b.Helper()
	body, err := record.Encode(thing)
	if err != nil {
		b.Fatal(err)
	}
	base := b.revs[id]
	b.revs[id]++
	return ledger.Change{Kind: kind, ID: id, Base: base, State: state, By: "tester", Why: "a test", Body: body}
}

func (b *book) enter(changes ...ledger.Change) {
	b.Helper()
	if _, err := b.Append(b.Context(), changes); err != nil {
		b.Fatal(err)
	}
}

func (b *book) fold(scope view.Scope) *evidence.Keeper {
	b.Helper()
	k, err := evidence.Fold(b.Context(), evidence.Options{Scope: scope, Entries: b})
	if err != nil {
		b.Fatal(err)
	}
	return k
}

// suspended is an observation that seven, or another number, were suspended in 2017.
func suspended(value, source string) record.Observation {
	return record.Observation{Indicator: "suspended", Place: "Kosovo", From: period.MustDate("2017"), Value: record.ParseStated(value),
		Unit: "persons", Citation: record.Citation{Source: source, Quote: value}}
}

func sevenSuspended() record.Claim {
	return record.Claim{Article: "article", N: 1, Statement: record.Names{EN: "seven were suspended"}, Comparison: record.Comparison{
		Indicator: "suspended", Place: "Kosovo", From: period.MustDate("2017"), Operator: record.Equals, Value: "7", Unit: "persons"}}
}

// article enters the article, its source and its claim, published together.
func (b *book) article() {
	b.Helper()
	b.enter(
		b.change(record.SourceKind, "own", record.Published, record.Source{Title: "the article"}),
		b.change(record.SourceKind, "police", record.Published, record.Source{Title: "police statistics"}),
		b.change(record.ArticleKind, "article", record.Published, record.Article{Title: "the article", Source: "own"}),
		b.change(record.ClaimKind, "claim", record.Published, sevenSuspended()))
}

func past(s *evidence.Set) string {
	text := ""
	for _, p := range s.Past("claim") {
		text += fmt.Sprintf("%d %s %s; ", p.Seq, p.Verdict, p.Why)
	}
	return text
}

func TestKeeperFollowsWhatThePublicCanRead(t *testing.T) {
	b := newBook(t)
	b.article()
	k := b.fold(view.Public)
	steps := []struct {
		name   string
		change func()
		want   string
	}{
		{"nothing but the statement", func() {}, "1 cannot_be_checked nothing; "},
		{"a draft says nothing in public", func() {
			b.enter(b.change(record.ObservationKind, "o", record.Draft, suspended("7", "police")))
		}, "1 cannot_be_checked nothing; "},
		{"published", func() {
			b.enter(b.change(record.ObservationKind, "o", record.Submitted, suspended("7", "police")))
			b.enter(b.change(record.ObservationKind, "o", record.Verified, suspended("7", "police")))
			b.enter(b.change(record.ObservationKind, "o", record.Published, suspended("7", "police")))
		}, "1 cannot_be_checked nothing; 8 supported evidence; "},
		{"a correction in the making leaves what stands", func() {
			b.enter(b.change(record.ObservationKind, "o", record.Draft, suspended("9", "police")))
		}, "1 cannot_be_checked nothing; 8 supported evidence; "},
		{"corrected", func() {
			b.enter(b.change(record.ObservationKind, "o", record.Submitted, suspended("9", "police")))
			b.enter(b.change(record.ObservationKind, "o", record.Verified, suspended("9", "police")))
			b.enter(b.change(record.ObservationKind, "o", record.Published, suspended("9", "police")))
		}, "1 cannot_be_checked nothing; 8 supported evidence; 12 contradicted evidence; "},
		{"the source is found to retell the article", func() {
			b.enter(b.change(record.SourceKind, "police", record.Published, record.Source{Title: "police statistics", Retells: "own"}))
		}, "1 cannot_be_checked nothing; 8 supported evidence; 12 contradicted evidence; 13 cannot_be_checked alone; "},
		{"withdrawn", func() {
			b.enter(b.change(record.ObservationKind, "o", record.Withdrawn, suspended("9", "police")))
		}, "1 cannot_be_checked nothing; 8 supported evidence; 12 contradicted evidence; 13 cannot_be_checked alone; 14 cannot_be_checked nothing; "},
		{"the article goes", func() {
			b.enter(b.change(record.ArticleKind, "article", record.Withdrawn, record.Article{Title: "the article", Source: "own"}))
		}, "1 cannot_be_checked nothing; 8 supported evidence; 12 contradicted evidence; 13 cannot_be_checked alone; 14 cannot_be_checked nothing; 15 cannot_be_checked no_article; "},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			step.change()
			if err := k.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := past(k.Set()); got != step.want {
				t.Errorf("standings are\n%s, want\n%s", got, step.want)
			}
			if again := past(b.fold(view.Public).Set()); again != step.want {
				t.Errorf("folded anew, standings are\n%s, want\n%s", again, step.want)
			}
		})
	}
	before, ended, ok := k.Set().Until("claim")
	if !ok || before.Why != evidence.WhyNothing || ended.IsZero() {
		t.Errorf("before was %v until %v, %v", before, ended, ok)
	}
	desk := b.fold(view.Desk).Set()
	if got := past(desk); got == past(k.Set()) || desk.Article("article") != nil {
		t.Errorf("the desk, which sees drafts, has the same past as the public: %s", got)
	}
}

// A reader's set does not change under its hands.
func TestASetThatWasTakenStaysAsItWas(t *testing.T) {
	b := newBook(t)
	b.article()
	b.enter(b.change(record.ObservationKind, "o", record.Published, suspended("7", "police")),
		b.change(record.ObservationKind, "p", record.Published, suspended("7", "own")))
	k := b.fold(view.Public)
	taken := k.Set()
	shown := func(s *evidence.Set) string {
		text := past(s)
		for _, o := range s.Observations(evidence.Series{Indicator: "suspended", Place: "Kosovo"}) {
			text += o.ID + "=" + o.Value.Text + " "
		}
		return text + fmt.Sprint(len(s.Replies(record.ClaimKind, "claim")))
	}
	before := shown(taken)
	b.enter(b.change(record.ObservationKind, "o", record.Published, suspended("9", "police")),
		b.change(record.ObservationKind, "a", record.Published, suspended("9", "police")),
		b.change(record.ReplyKind, "r", record.Published, record.Reply{Institution: "police", About: record.ClaimKind, ID: "claim", Text: "no", Language: "en", Date: period.MustDate("2026-01-02")}))
	b.enter(b.change(record.ObservationKind, "p", record.Withdrawn, suspended("7", "own")))
	if err := k.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := shown(taken); after != before {
		t.Errorf("the set that was taken reads %s, before %s", after, before)
	}
	if now := shown(k.Set()); now == before {
		t.Errorf("nothing changed in the newer set: %s", now)
	}
}

// What reached us in two parts is one publication, as it is when folded anew.
func TestOnePublicationInTwoPartsIsRememberedOnce(t *testing.T) {
	b := newBook(t)
	b.article()
	together := func(value string) ledger.Change {
		c := b.change(record.ObservationKind, "o", record.Published, suspended(value, "police"))
		c.Batch = "one"
		return c
	}
	b.enter(together("7"))
	k := b.fold(view.Public)
	for _, value := range []string{"9", "8", "7"} {
		b.enter(together(value))
		if err := k.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, want := past(k.Set()), past(b.fold(view.Public).Set()); got != want {
			t.Errorf("after %s: %s, folded anew %s", value, got, want)
		}
	}
	if got, want := past(k.Set()), "1 cannot_be_checked nothing; 5 supported evidence; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// An erased text has no part in anything any more, past standings included.
func TestErasureLeavesNoTraceInTheStandings(t *testing.T) {
	b := newBook(t)
	b.article()
	b.enter(b.change(record.ObservationKind, "o", record.Published, suspended("7", "police")))
	b.enter(b.change(record.ObservationKind, "o", record.Published, suspended("9", "police")))
	k := b.fold(view.Public)
	if _, err := b.Erase(t.Context(), ledger.Order{Kind: record.ObservationKind, ID: "o", Revs: []int{1}, By: "tester", Why: "order"}); err != nil {
		t.Fatal(err)
	}
	if err := k.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := "1 cannot_be_checked nothing; 6 contradicted evidence; "
	if got, again := past(k.Set()), past(b.fold(view.Public).Set()); got != want || again != want {
		t.Errorf("%s, folded anew %s, want %s", got, again, want)
	}
	if _, err := b.Erase(t.Context(), ledger.Order{Kind: record.ObservationKind, ID: "o", Revs: []int{2}, By: "tester", Why: "order"}); err != nil {
		t.Fatal(err)
	}
	if err := k.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if k.Set().Observation("o") != nil || past(k.Set()) != "1 cannot_be_checked nothing; " {
		t.Errorf("after the erasure of what stands: %v, %s", k.Set().Observation("o"), past(k.Set()))
	}
}

func TestClaimsOnFiguresAreJudgedWhenTheRecordChanges(t *testing.T) {
	b := newBook(t)
	b.article()
	claim := sevenSuspended()
	claim.Comparison.Indicator, claim.Comparison.Figure, claim.Comparison.Operator = "", "suspended_persons", record.AtLeast
	b.enter(b.change(record.ClaimKind, "claim", record.Published, claim))
	held := 3.0
	k, err := evidence.Fold(t.Context(), evidence.Options{Entries: b, Figures: func(string, string, period.Span) (evidence.Recorded, bool) {
		return evidence.Recorded{Value: held, Text: fmt.Sprint(held)}, true
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := past(k.Set()), "5 cannot_be_checked incomplete; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	held = 8
	b.enter(b.change(record.CaseKind, "case", record.Published, record.Case{Numbers: []string{"P 1/17"}}))
	if err := k.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := past(k.Set()), "6 supported record; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	held = 2
	k.Refigure()
	if got, want := past(k.Set()), "6 cannot_be_checked incomplete; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestFollowHearsOfNewEntries(t *testing.T) {
	b := newBook(t)
	b.article()
	k := b.fold(view.Public)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	heard := make(chan int64, 8)
	ended := make(chan error, 1)
	go func() {
		ended <- k.Follow(ctx, func(s *evidence.Set) { seq, _ := s.Position(); heard <- seq })
	}()
	if seq := <-heard; seq != 4 {
		t.Errorf("at first entry %d, want 4", seq)
	}
	b.enter(b.change(record.ObservationKind, "o", record.Published, suspended("7", "police")))
	select {
	case seq := <-heard:
		if st, _ := k.Set().Standing("claim"); seq != 5 || st.Verdict != evidence.Supported {
			t.Errorf("entry %d, standing %v", seq, st)
		}
	case <-ctx.Done():
		t.Fatal("nothing was heard of the new entry")
	}
	stop()
	if err := <-ended; err == nil {
		t.Error("following ended without an error")
	}
}

func TestRepliesStandBesideWhatTheyAnswer(t *testing.T) {
	s := evidence.NewSet(nil)
	reply := func(day string) record.Reply {
		return record.Reply{Institution: "police", About: record.ClaimKind, ID: "claim", Text: day, Language: "en", Date: period.MustDate(day)}
	}
	s.PutReply("b", reply("2026-02-01"))
	s.PutReply("a", reply("2026-01-01"))
	s.PutReply("b", reply("2026-03-01"))
	var days []string
	for _, r := range s.Replies(record.ClaimKind, "claim") {
		days = append(days, r.Text)
	}
	if diff := cmp.Diff([]string{"2026-01-01", "2026-03-01"}, days); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(s.Replies(record.ClaimKind, "claim"), s.RepliesBy("police"), cmpopts.EquateComparable(period.Date{})); diff != "" {
		t.Error(diff)
	}
	s.RemoveReply("a")
	s.RemoveReply("b")
	if len(s.Replies(record.ClaimKind, "claim"))+len(s.RepliesBy("police")) != 0 {
		t.Error("replies stay after they were removed")
	}
}

// SYNTHETIC entries as many as the aim names: 100,000 observations and 10,000
// claims are folded at the start, then one publication at a time.
func BenchmarkKeeper(b *testing.B) {
	l := synthetic{}
	for i := range 100_000 {
		o := suspended(fmt.Sprint(i%97), fmt.Sprintf("s%d", i%50))
		o.Indicator, o.From = fmt.Sprintf("indicator%d", i%2000), period.MustDate(fmt.Sprint(2001+i%25))
		l.add(record.ObservationKind, fmt.Sprintf("SYNTHETIC-%06d", i), i/1000, o)
	}
	l.add(record.ArticleKind, "article", 1000, record.Article{Title: "SYNTHETIC", Source: "own"})
	for i := range 10_000 {
		c := sevenSuspended()
		c.Comparison.Indicator, c.Comparison.From = fmt.Sprintf("indicator%d", i%2000), period.MustDate(fmt.Sprint(2001+i%25))
		l.add(record.ClaimKind, fmt.Sprintf("SYNTHETIC-%05d", i), 1000+i/100, c)
	}
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			if _, err := evidence.Fold(b.Context(), evidence.Options{Entries: &l}); err != nil {
				b.Fatal(err)
			}
		}
	})
	k, err := evidence.Fold(b.Context(), evidence.Options{Entries: &l})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("one publication", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			o := suspended(fmt.Sprint(i%9), "s1")
			o.Indicator = fmt.Sprintf("indicator%d", i%2000)
			l.add(record.ObservationKind, fmt.Sprintf("SYNTHETIC-%06d", i%100_000), 2000+len(l.entries), o)
			if err := k.CatchUp(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// synthetic is a list of entries in memory. It keeps no promise of a ledger but
// their order, which is all that the benchmark needs.
type synthetic struct {
	ledger.Ledger
	entries []ledger.Entry
}

func (l *synthetic) add(kind record.Kind, id string, minute int, thing any) {
	body, err := record.Encode(thing)
	if err != nil {
		panic(err) // a record of our own making
	}
	l.entries = append(l.entries, ledger.Entry{Seq: int64(len(l.entries) + 1), Kind: kind, ID: id, Rev: 1, State: record.Published, Body: body,
		At: time.Date(2026, 1, 1, 0, minute, 0, 0, time.UTC)})
}

func (l *synthetic) Read(_ context.Context, after int64, limit int) ([]ledger.Entry, error) {
	return l.entries[after:min(int(after)+limit, len(l.entries))], nil
}
