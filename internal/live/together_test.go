package live_test

import (
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"fener/internal/live"
	"fener/internal/tables/tablestest"
)

// nodes are two nodes over one talk.
func nodes(t *testing.T, stage string) (h *hall, rooms [2]*live.Room) {
	t.Helper()
	h = newHallAt(t, stage, tablestest.Nodes(t))
	second, err := live.Open(t.Context(), live.Options{Place: h.place, Ledger: h.led, Now: h.now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := second.Close(); err != nil {
			t.Error(err)
		}
	})
	other, err := second.Room(t.Context(), h.view, theTalk)
	if err != nil {
		t.Fatal(err)
	}
	return h, [2]*live.Room{h.room, other}
}

// soon waits until something holds at both nodes.
func soon(t *testing.T, rooms [2]*live.Room, what string, holds func(*live.Room) bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if holds(rooms[0]) && holds(rooms[1]) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("it does not come about at both nodes that %s", what)
		}
	}
}

func TestWhatComesInAtTwoNodesIsOneQueue(t *testing.T) {
	h, rooms := nodes(t, "open")
	var wait sync.WaitGroup
	const different, same = 20, 40
	for i := range different + same {
		words := fmt.Sprint("Why was article ", i, " not applied?")
		if i >= different {
			words = "Why was nobody sent to prison?"
		}
		a := h.asking(words)
		wait.Go(func() {
			if _, err := rooms[i%2].Ask(a); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	soon(t, rooms, "every question waits, and the same one once", func(r *live.Room) bool {
		waiting, all := r.Waiting(1000)
		return all == different+1 && waiting[0].Others == same-1
	})

	// The same form at both at once, as a browser does that is sent to another node while it waits.
	for i := range 5 {
		a := h.asking(fmt.Sprint("Who pays for shelter ", i, "?"))
		codes := make([]string, 2)
		for n := range rooms {
			wait.Go(func() {
				var err error
				if codes[n], err = rooms[n].Ask(a); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if codes[0] != codes[1] || codes[0] == "" {
			t.Errorf("one form gave the codes %q", codes)
		}
		for n := range rooms {
			if q, err := rooms[n].Asked(codes[0]); err != nil || q == nil {
				t.Errorf("node %d does not know a code that was given: %v, %v", n, q, err)
			}
		}
	}

	// Moderators at both nodes let them in: numbers have no gap and none is given twice.
	waiting, all := rooms[0].Waiting(1000)
	if all != different+1+5 {
		t.Fatalf("%d wait", all)
	}
	for i := range waiting {
		wait.Go(func() {
			if err := rooms[i%2].Accept(t.Context(), waiting[i].Seq, "Mo"); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	soon(t, rooms, "all are let in", func(r *live.Room) bool {
		_, waits := r.Waiting(1)
		return waits == 0 && len(r.Accepted()) == all
	})
	for n, room := range rooms {
		for i, q := range room.Accepted() {
			if q.N != i+1 {
				t.Errorf("node %d has number %d in place %d", n, q.N, i+1)
			}
		}
	}
	// Two decide on one: the first counts.
	if _, err := rooms[0].Ask(h.asking("Who won the match?")); err != nil {
		t.Fatal(err)
	}
	soon(t, rooms, "it waits", func(r *live.Room) bool { _, waits := r.Waiting(1); return waits == 1 })
	off, _ := rooms[0].Waiting(1)
	errs := make([]error, 2)
	for n := range rooms {
		wait.Go(func() { errs[n] = rooms[n].Decline(off[0].Seq, "off") })
	}
	wait.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !live.Settled(errs[0]) && !live.Settled(errs[1]) {
		t.Errorf("both declined it: %v", errs)
	}
	soon(t, rooms, "nothing waits", func(r *live.Room) bool { _, waits := r.Waiting(1); return waits == 0 })
}

func TestSupportAndSpeakersAreCountedAcrossNodes(t *testing.T) {
	h, rooms := nodes(t, "live")
	h.ask("Why was nobody sent to prison?")
	h.accept()
	soon(t, rooms, "it is let in", func(r *live.Room) bool { return len(r.Accepted()) == 1 })
	const people = 40
	var wait sync.WaitGroup
	for i := range people {
		ballot := rooms[i%2].NewForm() // made at one node, good at the other
		for n := range rooms {         // each tries at both
			wait.Go(func() {
				if _, err := rooms[n].Support(ballot, live.Stamp(ballot), 1); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wait.Wait()
	soon(t, rooms, "each is counted once", func(r *live.Room) bool { return r.Accepted()[0].Supported == people })

	hand := rooms[0].NewForm()
	given := make([]int, 2)
	for n := range rooms {
		wait.Go(func() {
			var err error
			if given[n], err = rooms[n].Raise(hand, live.Stamp(hand)); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if given[0] != 1 || given[1] != 1 {
		t.Errorf("one hand has the numbers %v", given)
	}
	for n := range 6 {
		wait.Go(func() {
			if _, err := rooms[n%2].Add(fmt.Sprint("row ", n), false); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	soon(t, rooms, "all stand on the list", func(r *live.Room) bool { return len(r.Speakers()) == 7 })
	var numbers []int
	for _, s := range rooms[1].Speakers() {
		numbers = append(numbers, s.N)
	}
	slices.Sort(numbers)
	if !slices.Equal(numbers, []int{1, 2, 3, 4, 5, 6, 7}) {
		t.Errorf("the numbers are %v", numbers)
	}
	first := rooms[1].Speakers()[0]
	if err := rooms[1].Give(first.Seq, true); err != nil {
		t.Fatal(err)
	}
	soon(t, rooms, "the first one speaks", func(r *live.Room) bool {
		return r.Speakers()[0].State == "speaking" && r.Speakers()[0].Seq == first.Seq
	})
	if err := rooms[0].Show(1, 0); err != nil {
		t.Fatal(err)
	}
	soon(t, rooms, "the question is on the screens", func(r *live.Room) bool { now, _ := r.Shown(); return now == 1 })
}
