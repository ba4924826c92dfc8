package ledgertest

import (
	"encoding/json"
	"errors"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
)

func order(id string, revs ...int) ledger.Order {
	return ledger.Order{Kind: "judgment", ID: id, Revs: revs, By: "data protection officer", Why: "decision 12/2024"}
}

func testErase(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("a"), draft("b"), after(1, "a", record.Draft), after(2, "a", record.Draft))
	before := mustRead(t, l)
	span, err := l.Erase(t.Context(), order("a", 1, 3))
	if err != nil {
		t.Fatal(err)
	}
	if span != (ledger.Span{First: 5, Last: 6}) {
		t.Errorf("span %v", span)
	}
	entries := mustRead(t, l)
	for i, e := range entries[:4] {
		gone := e.Seq == 1 || e.Seq == 4
		if e.Erased != gone || (e.Body == nil) != gone || (e.Salt == [ledger.SaltSize]byte{}) != gone ||
			e.WhyErased != gone || (e.Why == "") != gone || (e.WhySalt == [ledger.SaltSize]byte{}) != gone {
			t.Errorf("entry %d after erasing 1 and 4: %+v", e.Seq, e)
		}
		if e.Commitment != before[i].Commitment || e.WhyCommitment != before[i].WhyCommitment || e.Chain != before[i].Chain || e.ID != before[i].ID || e.By != before[i].By {
			t.Errorf("entry %d: erasing changed more than body, reason and salts", e.Seq)
		}
	}
	// Who still has body and salt can show that they stood there.
	if ledger.Commit(before[0].Salt, before[0].Body) != entries[0].Commitment || ledger.Commit(before[0].WhySalt, []byte(before[0].Why)) != entries[0].WhyCommitment {
		t.Error("the tombstone does not prove what stood there")
	}
	for i, want := range []ledger.Erased{{Seq: 1, Kind: "judgment", ID: "a", Rev: 1}, {Seq: 4, Kind: "judgment", ID: "a", Rev: 3}} {
		e := entries[4+i]
		var got ledger.Erased
		if err := json.Unmarshal(e.Body, &got); err != nil || got != want {
			t.Errorf("erasure %s: %v, want %+v", e.Body, err, want)
		}
		if e.Kind != ledger.Erasure || e.Rev != 1 || e.State != record.Published || e.Why != "decision 12/2024" || e.By != "data protection officer" {
			t.Errorf("erasure %+v", e)
		}
	}
	report, err := l.Verify(t.Context(), nil)
	if err != nil || report.Erased != 2 {
		t.Errorf("report %+v, %v", report, err)
	}
	wantEntries(t, l, 6)
}

func testEraseRefused(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("a"), after(1, "a", record.Draft), draft("b"))
	if _, err := l.Erase(t.Context(), order("a", 1)); err != nil {
		t.Fatal(err)
	}
	nobody, noReason, hidden := order("a", 2), order("a", 2), order("a", 2)
	nobody.By, noReason.Why, hidden.Why = "", "", "a\x00b"
	for name, tt := range map[string]struct {
		order ledger.Order
		want  error
	}{
		"erased already":           {order("a", 1), ledger.ErrErased},
		"one of two erased":        {order("a", 2, 1), ledger.ErrErased},
		"no such revision":         {order("a", 3), ledger.ErrNotFound},
		"one of two is not there":  {order("a", 2, 3), ledger.ErrNotFound},
		"no such thing":            {order("c", 1), ledger.ErrNotFound},
		"no revision named":        {order("a"), ledger.ErrInvalid},
		"a revision named twice":   {order("a", 2, 2), ledger.ErrInvalid},
		"by nobody":                {nobody, ledger.ErrInvalid},
		"for no reason":            {noReason, ledger.ErrInvalid},
		"with a control character": {hidden, ledger.ErrInvalid},
	} {
		if span, err := l.Erase(t.Context(), tt.order); !errors.Is(err, tt.want) || span.Len() != 0 {
			t.Errorf("%s: span %v, error %v, want %v", name, span, err, tt.want)
		}
	}
	wantEntries(t, l, 4)
	if e := mustRead(t, l)[1]; e.Erased {
		t.Error("a refused order erased something")
	}
}

// testEraseReason erases what somebody wrote into the reason of an erasure: the
// entry goes on saying which one it erased.
func testEraseReason(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("a"))
	first := order("a", 1)
	first.Why = "because she is Ana of Peja"
	if _, err := l.Erase(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	again := order("1", 1)
	again.Kind = ledger.Erasure
	if _, err := l.Erase(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Erase(t.Context(), again); !errors.Is(err, ledger.ErrErased) {
		t.Errorf("erasing it twice: %v", err)
	}
	e := mustRead(t, l)[1]
	if !e.WhyErased || e.Why != "" || e.Erased || e.Kind != ledger.Erasure {
		t.Errorf("the erasure whose reason was erased: %+v", e)
	}
	wantEntries(t, l, 3)
}

func testAfterErase(t *testing.T, l ledger.Ledger) {
	mustAppend(t, l, draft("a"))
	if _, err := l.Erase(t.Context(), order("a", 1)); err != nil {
		t.Fatal(err)
	}
	mustAppend(t, l, after(1, "a", record.Submitted), draft("b"))
	wantEntries(t, l, 4)
	history, err := l.History(t.Context(), "judgment", "a")
	if err != nil || len(history) != 2 || !history[0].Erased || history[1].Erased {
		t.Errorf("history %+v, %v", history, err)
	}
}
