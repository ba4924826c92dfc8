package live_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/live"
	"fener/internal/record"
	"fener/internal/tables"
	"fener/internal/tables/tablestest"
	"fener/internal/view"
	"fener/law"
)

// A hall is a ledger with one SYNTHETIC talk, its public view, and the live side over them.
type hall struct {
	testing.TB
	dir   string
	place tables.Place // of what waits
	led   *ledger.Store
	view  *view.View
	rooms *live.Rooms
	room  *live.Room
	ahead time.Duration
}

const theTalk = "talk-1"

func TestMain(m *testing.M) {
	live.AskLittle()
	os.Exit(tablestest.Run(m)) // over SQLite, and again over PostgreSQL
}

func newHall(tb testing.TB, stage string) *hall {
	tb.Helper()
	return newHallAt(tb, stage, tables.Place{})
}

// newHallAt is a hall with what waits in a place; the zero value: as the run of the tests has it.
func newHallAt(tb testing.TB, stage string, place tables.Place) *hall {
	tb.Helper()
	h := &hall{TB: tb, dir: tb.TempDir(), place: place}
	if place == (tables.Place{}) {
		h.place = tablestest.PlaceIn(tb, h.dir, live.FileName)
	}
	var err error
	if h.led, err = ledger.Open(tb.Context(), h.dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true}); err != nil {
		tb.Fatal(err)
	}
	talk := &record.Talk{Names: record.Names{EN: "SYNTHETIC talk"}, Stage: stage, Guests: []record.Guest{{Speaker: record.Speaker{Name: "SYNTHETIC Guest"}}}}
	talk.Synthetic = true
	h.publish(record.TalkKind, theTalk, talk)
	pack, err := law.Kosovo()
	if err != nil {
		tb.Fatal(err)
	}
	v, err := view.Open(tb.Context(), view.Options{Pack: pack, Path: filepath.Join(h.dir, view.Public.FileName()), Ledger: h.led, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		tb.Fatal(err)
	}
	if err := v.CatchUp(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	h.view = v
	h.open()
	tb.Cleanup(func() {
		if err := errors.Join(h.rooms.Close(), v.Close(), h.led.Close()); err != nil {
			tb.Error(err)
		}
	})
	return h
}

func (h *hall) publish(kind record.Kind, id string, body record.Body) {
	h.Helper()
	text, err := record.Encode(body)
	if err != nil {
		h.Fatal(err)
	}
	var list []ledger.Change
	for _, state := range batch.Path("", record.Published) {
		list = append(list, ledger.Change{Kind: kind, ID: id, Base: len(list), State: state, By: "test", Body: text})
	}
	if _, err := h.led.Append(h.Context(), list); err != nil {
		h.Fatal(err)
	}
}

// query asks what is kept, and gives the first column of what is answered.
func (h *hall) query(statement string) (text string) {
	h.Helper()
	db, err := live.OpenTables(h.Context(), h.place)
	if err != nil {
		h.Fatal(err)
	}
	rows, err := db.QueryContext(h.Context(), statement)
	if err != nil {
		h.Fatal(err)
	}
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			h.Fatal(err)
		}
		text += row + "\n"
	}
	if err := errors.Join(rows.Err(), rows.Close(), db.Close()); err != nil {
		h.Fatal(err)
	}
	return text
}

func (h *hall) now() time.Time { return time.Now().Add(h.ahead) }

func (h *hall) open() {
	h.Helper()
	var err error
	if h.rooms, err = live.Open(h.Context(), live.Options{Place: h.place, Ledger: h.led, Now: h.now, Log: slog.New(slog.DiscardHandler)}); err != nil {
		h.Fatal(err)
	}
	if h.room, err = h.rooms.Room(h.Context(), h.view, theTalk); err != nil {
		h.Fatal(err)
	}
}

// again closes the live side and opens it anew, as after a stop.
func (h *hall) again() {
	h.Helper()
	if err := h.rooms.Close(); err != nil {
		h.Fatal(err)
	}
	if err := h.view.CatchUp(h.Context()); err != nil {
		h.Fatal(err)
	}
	h.open()
}

// stage brings the talk on, and the view after it.
func (h *hall) stage(stage string) {
	h.Helper()
	if err := h.room.Stage(h.Context(), stage, "Mo"); err != nil {
		h.Fatal(err)
	}
	if err := h.view.CatchUp(h.Context()); err != nil {
		h.Fatal(err)
	}
}

func (h *hall) asking(words string) live.Asking {
	form := h.room.NewForm()
	return live.Asking{Form: form, Stamp: live.Stamp(form), Language: "en", Words: words}
}

func (h *hall) ask(words string) (code string) {
	h.Helper()
	code, err := h.room.Ask(h.asking(words))
	if err != nil {
		h.Fatal(err)
	}
	return code
}

// accept lets in everything that waits.
func (h *hall) accept() {
	h.Helper()
	waiting, _ := h.room.Waiting(10000)
	for i := range waiting {
		if err := h.room.Accept(h.Context(), waiting[i].Seq, "Mo"); err != nil {
			h.Fatal(err)
		}
	}
}

func TestWordsThatReachAPersonAreNotTaken(t *testing.T) {
	for words, want := range map[string]live.Refusal{
		"Why was nobody sent to prison?":          "",
		"Pse u dënuan vetëm me 600 euro më 2017?": "",
		"Зашто нико није осуђен?":                 "",
		"":                                   live.RefusedEmpty,
		" \n\t ":                             live.RefusedEmpty,
		strings.Repeat("a", live.MaxWords+1): live.RefusedLong,
		strings.Repeat("ë", live.MaxWords+1): live.RefusedLong,
		"Call her at 044 123 456":            live.RefusedReach,
		"Call +383 44 123 456, what will you do?":                             live.RefusedReach,
		"Write to somebody@example.org":                                       live.RefusedReach,
		"See https://example.org/photo":                                       live.RefusedReach,
		"See www.example.org":                                                 live.RefusedReach,
		"The house at Rr. Agim Ramadani nr. 12, why is it closed?":            live.RefusedReach,
		"Her number is 1234567890, what will you do?":                         live.RefusedReach,
		"Why did the Ministry give 72,000 euros in 2017 and 100,000 in 2015?": "",
	} {
		if got := live.Screen(words); got != want {
			t.Errorf("%.60q: %q, want %q", words, got, want)
		}
	}
}

func TestAQuestionWaitsAndItsAskerFollowsIt(t *testing.T) {
	h := newHall(t, "open")
	first := h.ask("Why was nobody sent to prison?")
	same := h.ask("why was nobody sent to PRISON")
	off := h.ask("Who won the match?")
	fate := func(code string) *live.Question {
		t.Helper()
		q, err := h.room.Asked(strings.ToUpper(code[:4]) + " " + code[4:])
		if err != nil || q == nil {
			t.Fatalf("%s: %v %v", code, q, err)
		}
		return h.room.Fate(q)
	}
	if q := fate(same); q.State != live.Waiting || q.Others != 1 {
		t.Errorf("the same question: %+v", q)
	}
	waiting, _ := h.room.Waiting(10000)
	if len(waiting) != 2 || waiting[0].Others != 1 {
		t.Fatalf("waiting: %+v", waiting)
	}
	if err := h.room.Decline(waiting[1].Seq, "off"); err != nil {
		t.Fatal(err)
	}
	if err := h.room.Accept(t.Context(), waiting[0].Seq, "Mo"); err != nil {
		t.Fatal(err)
	}
	// Two moderators: what the first decided stands.
	if err := h.room.Decline(waiting[0].Seq, "off"); !live.Settled(err) {
		t.Errorf("declining what was let in: %v", err)
	}
	if err := h.room.Accept(t.Context(), waiting[1].Seq, "Mo"); !live.Settled(err) {
		t.Errorf("letting in what was declined: %v", err)
	}
	for range 2 { // and all of it after a stop
		if q := fate(off); q.State != live.Declined || q.Reason != "off" {
			t.Errorf("the declined one: %+v", q)
		}
		for _, code := range []string{first, same} {
			if q := fate(code); q.State != live.Accepted || q.N != 1 || q.ID == "" {
				t.Errorf("the accepted one: %+v", q)
			}
		}
		h.again()
	}
	if q := fate(h.ask("Who won the match?")); q.State != live.Declined || q.Reason != "off" {
		t.Errorf("the declined one, asked again: %+v", q)
	}
	for seq := int64(1); ; seq++ { // the declined one is nowhere on record
		entries, err := h.led.Read(t.Context(), seq-1, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) == 0 {
			break
		}
		if strings.Contains(string(entries[0].Body), "match") {
			t.Errorf("entry %d holds what was declined", seq)
		}
	}
}

func TestAThousandTimesTheSame(t *testing.T) {
	h := newHall(t, "open")
	var wait sync.WaitGroup
	for i := range 1000 {
		a := h.asking(fmt.Sprintf("Why was nobody sent to prison%s", strings.Repeat("?", i%5)))
		wait.Go(func() {
			if _, err := h.room.Ask(a); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	waiting, _ := h.room.Waiting(10000)
	if len(waiting) != 1 || waiting[0].Others != 999 {
		t.Fatalf("%d wait", len(waiting))
	}
}

func TestAFormSentTwiceIsOneQuestion(t *testing.T) {
	h := newHall(t, "open")
	a := h.asking("Why?")
	codes := map[string]bool{}
	for range 3 {
		code, err := h.room.Ask(a)
		if err != nil {
			t.Fatal(err)
		}
		codes[code] = true
		h.again()
	}
	if waiting, _ := h.room.Waiting(10000); len(waiting) != 1 || len(codes) != 1 || waiting[0].Original() != "Why?" {
		t.Errorf("%d questions, %d codes", len(waiting), len(codes))
	}
	// Somebody who goes back in the browser and types another question is not answered with the first.
	a.Words = "Why not, then?"
	if _, err := h.room.Ask(a); !errors.Is(err, live.RefusedOld) {
		t.Errorf("another question in a form that was used: %v", err)
	}
	a.Form = h.room.NewForm()
	a.Stamp = live.Stamp(a.Form)
	if _, err := h.room.Ask(a); err != nil {
		t.Error(err)
	}
}

func TestSupportCountsOnce(t *testing.T) {
	h := newHall(t, "open")
	h.ask("Why?")
	h.accept()
	ballot := h.room.NewForm()
	stamp := live.Stamp(ballot)
	for i := range 4 {
		counted, err := h.room.Support(ballot, stamp, 1)
		if err != nil || counted != (i == 0) {
			t.Errorf("the %d. time: counted %v, %v", i+1, counted, err)
		}
		if i == 1 {
			h.again() // a new session, and a server that was stopped
		}
	}
	for _, bad := range []struct{ ballot, stamp string }{{"", ""}, {"x", "1"}, {ballot[:len(ballot)-2] + "AA", stamp}} {
		if counted, err := h.room.Support(bad.ballot, bad.stamp, 1); err == nil || counted {
			t.Errorf("%+v counted", bad)
		}
	}
	if counted, err := h.room.Support(ballot, stamp, 7); !errors.Is(err, live.RefusedNone) || counted {
		t.Errorf("a question that is not there: %v", err)
	}
	if accepted := h.room.Accepted(); accepted[0].Supported != 1 {
		t.Errorf("%d support it", accepted[0].Supported)
	}
	if mine, err := h.room.Supports(ballot); err != nil || !slices.Equal(mine, []int{1}) {
		t.Errorf("the ballot supports %v, %v", mine, err)
	}
	// Days later, as while a talk is open for a week, the same ballot is the same still.
	h.ahead += 6 * 24 * time.Hour
	if counted, err := h.room.Support(ballot, stamp, 1); err != nil || counted {
		t.Errorf("six days later: counted %v, %v", counted, err)
	}
	old := h.asking("Asked in a form of last week?")
	h.ahead += 13 * time.Hour
	if _, err := h.room.Ask(old); !errors.Is(err, live.RefusedOld) {
		t.Errorf("a question in an old form: %v", err)
	}
	h.ahead = 0
	// At the end of each stage the count is on record.
	h.stage("live")
	if err := h.view.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	q, err := view.All[*record.Question](t.Context(), h.view, record.QuestionKind)
	if err != nil || len(q) != 1 || q[0].Body.Supported != 1 || q[0].Body.When != "before" {
		t.Errorf("on record: %+v %v", q, err)
	}
}

// Without work, few are let through: who sends by the thousand waits, and who works is not held up by them.
func TestFloodsAreKeptOut(t *testing.T) {
	h := newHall(t, "open")
	taken := map[live.Refusal]int{}
	for i := range 500 {
		form := h.room.NewForm()
		_, err := h.room.Ask(live.Asking{Form: form, Language: "en", Words: fmt.Sprintf("Flood %d?", i)})
		why := live.Refusal("")
		errors.As(err, &why)
		taken[why]++
	}
	if taken[""] != 0 || taken[live.RefusedSoon] != 500 {
		t.Errorf("sent at once without work: %v", taken)
	}
	forms := make([]string, 500)
	for i := range forms {
		forms[i] = h.room.NewForm()
	}
	h.ahead += 5 * time.Second
	clear(taken)
	for i, form := range forms {
		_, err := h.room.Ask(live.Asking{Form: form, Language: "en", Words: fmt.Sprintf("Slow flood %d?", i)})
		why := live.Refusal("")
		errors.As(err, &why)
		taken[why]++
	}
	if taken[""] == 0 || taken[""] > 35 || taken[live.RefusedBusy] < 400 {
		t.Errorf("without work, after a while: %v", taken)
	}
	h.ask("Somebody who works asks?")
	before := h.room.NewForm()
	for i := range 130 {
		h.ask(fmt.Sprintf("Busy %d?", i))
	}
	if live.Work(h.room.NewForm()) <= live.Work(before) {
		t.Error("while many ask, no more work is asked for")
	}
}

func TestWhatATalkTakesDependsOnItsStage(t *testing.T) {
	for stage, takes := range map[string]bool{"announced": false, "open": true, "live": true, "held": false, "answered": false, "followed": false, "postponed": false, "cancelled": false} {
		h := newHall(t, stage)
		_, err := h.room.Ask(h.asking("Why?"))
		if (err == nil) != takes || err != nil && !errors.Is(err, live.RefusedClosed) {
			t.Errorf("%s: %v", stage, err)
		}
		form := h.room.NewForm()
		if _, err := h.room.Raise(form, live.Stamp(form)); (err == nil) != (stage == "live") {
			t.Errorf("%s: asking to speak: %v", stage, err)
		}
	}
}

func TestTheAudienceSpeaksBeforeThePanel(t *testing.T) {
	h := newHall(t, "live")
	add := func(name string, panel bool) {
		t.Helper()
		if _, err := h.room.Add(name, panel); err != nil {
			t.Fatal(err)
		}
	}
	raise := func(form string) int {
		t.Helper()
		n, err := h.room.Raise(form, live.Stamp(form))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	order := func() string {
		var list []string
		for _, s := range h.room.Speakers() {
			list = append(list, fmt.Sprintf("%d%s", s.N, s.Name))
		}
		return strings.Join(list, " ")
	}
	add("Minister", true)
	one, two := h.room.NewForm(), h.room.NewForm()
	raise(one)
	if n := raise(one); n != 2 {
		t.Errorf("raised twice: number %d", n)
	}
	raise(two)
	add("row", false)
	if got := order(); got != "2 3 4row 1Minister" {
		t.Errorf("the order is %q", got)
	}
	speakers := h.room.Speakers()
	for _, s := range speakers[:1] {
		if err := errors.Join(h.room.Give(s.Seq, true), h.room.Give(s.Seq, false)); err != nil {
			t.Fatal(err)
		}
	}
	raise(one) // again: behind those who have not spoken, before the panel
	if got := order(); got != "3 4row 5 1Minister" {
		t.Errorf("the order is %q", got)
	}
	h.again()
	if got := order(); got != "3 4row 5 1Minister" {
		t.Errorf("after a stop the order is %q", got)
	}
}

// What was accepted just before the power went is on record, and not asked twice.
func TestAStopBetweenTheRecordAndTheQueue(t *testing.T) {
	h := newHall(t, "open")
	h.ask("Why?")
	h.accept()
	if err := h.rooms.Close(); err != nil {
		t.Fatal(err)
	}
	h.query(`UPDATE question SET state = 'waiting', n = 0, id = ''`) // the record has it, the queue does not know
	h.query(`DELETE FROM room`)
	if err := h.view.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.open()
	h.accept()
	if err := h.view.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	q, err := view.All[*record.Question](t.Context(), h.view, record.QuestionKind)
	if err != nil || len(q) != 1 || q[0].Body.N != 1 {
		t.Errorf("on record: %+v %v", q, err)
	}
	if accepted := h.room.Accepted(); len(accepted) != 1 || accepted[0].N != 1 {
		t.Errorf("in the room: %+v", accepted)
	}
}

func TestNothingOfWhatIsErasedOrOldIsLeft(t *testing.T) {
	h := newHall(t, "open")
	h.ask("Why was marigold not asked?")
	h.ask("why was MARIGOLD not asked")
	h.accept()
	h.ask("Was larkspur asked?")
	accepted := h.room.Accepted()
	waiting, _ := h.room.Waiting(10000)
	if err := h.room.Decline(waiting[0].Seq, "off"); err != nil {
		t.Fatal(err)
	}
	if err := h.rooms.Close(); err != nil {
		t.Fatal(err)
	}
	holds := func(word string) bool {
		found := false
		if h.place.Shared() {
			return strings.Contains(strings.ToLower(h.query(`SELECT CAST(q AS TEXT) FROM question q`)), word)
		}
		for _, f := range live.Files() {
			text, err := os.ReadFile(filepath.Join(h.dir, f))
			found = found || err == nil && strings.Contains(strings.ToLower(string(text)), word)
		}
		return found
	}
	if !holds("marigold") || !holds("larkspur") {
		t.Fatal("the words do not stand in the file in the first place")
	}
	if err := live.Forget(t.Context(), h.place, []string{accepted[0].ID}); err != nil {
		t.Fatal(err)
	}
	if holds("marigold") || !holds("larkspur") {
		t.Errorf("after erasing: marigold %v, larkspur %v", holds("marigold"), holds("larkspur"))
	}
	h.ahead += 100 * 24 * time.Hour
	h.open()
	if err := h.rooms.Close(); err != nil {
		t.Fatal(err)
	}
	if holds("larkspur") {
		t.Error("what was declined stands after a hundred days")
	}
	h.open()
}

// A question that is taken off the record goes from the screens, and its asker is told.
func TestWhatIsWithdrawnGoes(t *testing.T) {
	h := newHall(t, "open")
	code := h.ask("Why?")
	h.accept()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan struct{})
	go func() { defer close(ended); h.rooms.Follow(ctx, h.view) }()
	if err := h.view.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	accepted := h.room.Accepted()
	entries, err := h.led.History(t.Context(), record.QuestionKind, accepted[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	last := entries[len(entries)-1]
	time.Sleep(300 * time.Millisecond) // the room has seen it on record
	if _, err := h.led.Append(t.Context(), []ledger.Change{{Kind: record.QuestionKind, ID: last.ID, Base: last.Rev, State: record.Withdrawn, By: "Mo", Why: "test", Body: last.Body}}); err != nil {
		t.Fatal(err)
	}
	if err := h.view.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if accepted = h.room.Accepted(); len(accepted) == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if len(accepted) != 0 {
		t.Error("it stands in the room still")
	}
	if q, err := h.room.Asked(code); err != nil || q == nil {
		t.Errorf("its asker finds nothing: %v", err)
	}
	stop()
	<-ended
}
