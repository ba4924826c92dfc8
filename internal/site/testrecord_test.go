package site

import (
	"context"
	"crypto/rand"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	example "fener/examples/kosovo"
	"fener/internal/batch"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/view"
)

// testRecord is a ledger with the public view of it.
type testRecord struct {
	testing.TB
	ledger *ledger.Store
	view   *view.View
	past   string     // the folder of the past that was served last
	clock  *time.Time // of the ledger; it goes on by a minute with each append
}

func newRecord(t testing.TB) *testRecord {
	t.Helper()
	return newRecordOf(t, rand.Reader)
}

// newRecordOf draws what is drawn by lot (a ledger's name, its key of ids) from a reader.
func newRecordOf(t testing.TB, lots io.Reader) *testRecord {
	t.Helper()
	d := recordIn(t, t.TempDir(), lots)
	t.Cleanup(func() {
		d.view.Close()
		d.ledger.Close()
	})
	return d
}

func recordIn(t testing.TB, dir string, lots io.Reader) *testRecord {
	t.Helper()
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	l, err := ledger.Open(t.Context(), dir, ledger.Options{
		Now: func() time.Time { clock = clock.Add(time.Minute); return clock }, Rand: lots, Create: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	v, err := view.Open(t.Context(), view.Options{
		Path: filepath.Join(dir, view.Public.FileName()), Scope: view.Public, Ledger: l, Pack: kosovo(t), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return &testRecord{TB: t, ledger: l, view: v, clock: &clock}
}

// shared is the example's record, imported once for all tests that only read it.
var shared struct {
	sync.Once
	dir    string
	record *testRecord
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.record != nil {
		shared.record.view.Close()
		shared.record.ledger.Close()
		os.RemoveAll(shared.dir)
	}
	os.Exit(code)
}

func sharedRecord(t testing.TB) *view.View {
	t.Helper()
	shared.Do(func() {
		dir, err := os.MkdirTemp("", "fener-site-")
		if err != nil {
			t.Fatal(err)
		}
		shared.dir = dir
		shared.record = recordIn(t, dir, rand.Reader).kosovo().talks()
	})
	if shared.record == nil {
		t.Fatal("the example's record could not be made; the first test that asked for it says why")
	}
	return shared.record.view
}

// enter appends one revision of a thing.
func (d *testRecord) enter(kind record.Kind, id string, base int, state record.State, why string, thing any) {
	d.Helper()
	body, err := record.Encode(thing)
	if err != nil {
		d.Fatal(err)
	}
	change := ledger.Change{Kind: kind, ID: id, Base: base, State: state, By: "officer", Why: why, Body: body}
	if _, err := d.ledger.Append(d.Context(), []ledger.Change{change}); err != nil {
		d.Fatal(err)
	}
	d.catchUp()
}

// id is the id that a thing has which files name so.
func (d *testRecord) id(kind record.Kind, words string) string {
	d.Helper()
	key, err := d.ledger.Key()
	if err != nil {
		d.Fatal(err)
	}
	return key.ID(kind, words)
}

// byID puts ids into an address, or a text with addresses, that is written with
// the words by which the example's files name things.
func byID(path string) string {
	d := shared.record
	if d == nil {
		return path
	}
	return wordsInPaths.ReplaceAllStringFunc(path, func(found string) string {
		at := strings.IndexAny(found, "/#")
		if found[at] == '#' {
			return found[:at+1] + d.id(record.ObservationKind, found[at+1:])
		}
		kind := map[string]record.Kind{"cases": record.CaseKind, "sources": record.SourceKind, "claims": record.ArticleKind, "shelters": record.ShelterKind, "calls": record.CallKind, "talks": record.TalkKind, "commitments": record.CommitmentKind}[found[:at]]
		if kind == record.CaseKind && strings.HasSuffix(found, "no-number") {
			return found[:at+1] + d.unnumbered()
		}
		return found[:at+1] + d.id(kind, found[at+1:])
	})
}

// unnumbered is the example's case of 2001, whose number nobody knows: it is named
// by its source, among other things, and so otherwise in each record.
func (d *testRecord) unnumbered() string {
	d.Helper()
	list, _, err := d.view.Cases(context.Background(), view.CaseFilter{Year: 2001})
	if err != nil {
		d.Fatal(err)
	}
	for _, c := range list {
		if c.Title == "" {
			return c.ID
		}
	}
	d.Fatal("no case without a number")
	return ""
}

var wordsInPaths = regexp.MustCompile(`\b(?:cases/p-309-2010-prishtina|cases/no-number|sources/kosovo-convicts[a-z0-9-]*|sources/k20-small-talk-2018|sources/mpms-2018|sources/tip-2022|sources/kosovalive360-2017|2017#[a-z0-9-]+-k20-small-talk-2018|claims/small-talk-2018|talks/small-talk-2018|shelters/(?:pvpt|hope-and-homes|isf|ngo-[a-z0-9-]*[a-z0-9]|komf-residential-services|ten-shelters-2023)|calls/call-[a-z0-9-]*[a-z0-9]|commitments/[a-z0-9-]*-20[0-9-]+)\b`)

func (d *testRecord) catchUp() {
	d.Helper()
	if err := d.view.CatchUp(d.Context()); err != nil {
		d.Fatal(err)
	}
}

// kosovo imports the example, as the demo does.
func (d *testRecord) kosovo() *testRecord {
	d.Helper()
	options := batch.Options{By: "officer", Why: "the example", State: record.Published, Reviewed: true, SkipRefused: true,
		Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}
	take := func(name string, read func(io.Reader) (batch.Summary, error)) {
		file, err := example.Files.Open(name)
		if err != nil {
			d.Fatal(err)
		}
		defer file.Close()
		if sum, err := read(file); err != nil || sum.Entries == 0 {
			d.Fatalf("%s: %+v, %v", name, sum, err)
		}
	}
	take("institutions.csv", func(f io.Reader) (batch.Summary, error) {
		return batch.Institutions(d.Context(), d.ledger, "institutions.csv", f, options)
	})
	take("judgments.csv", func(f io.Reader) (batch.Summary, error) {
		rows := batch.Rows(d.Context(), f, batch.Reading{Name: "judgments.csv", Options: intake.Options{Pack: kosovo(d)}})
		return batch.Judgments(d.Context(), d.ledger, rows, options)
	})
	take("cases.yaml", func(f io.Reader) (batch.Summary, error) {
		return batch.Cases(d.Context(), d.ledger, "cases.yaml", f, options)
	})
	take("sources.csv", func(f io.Reader) (batch.Summary, error) {
		return batch.Sources(d.Context(), d.ledger, "sources.csv", f, options)
	})
	take("observations.csv", func(f io.Reader) (batch.Summary, error) {
		return batch.Observations(d.Context(), d.ledger, "observations.csv", f, options)
	})
	for _, def := range record.Definitions { // in the order in which things rest on each other
		if def.Sheet == nil {
			continue
		}
		name := def.Sheet.Name + ".csv"
		if _, err := fs.Stat(example.Files, name); err == nil {
			take(name, func(f io.Reader) (batch.Summary, error) {
				return batch.Sheet(d.Context(), d.ledger, def.Kind, name, f, options)
			})
		}
	}
	take("claims.yaml", func(f io.Reader) (batch.Summary, error) {
		return batch.Claims(d.Context(), d.ledger, "claims.yaml", f, options)
	})
	take("stories/small-talk-2018.md", func(f io.Reader) (batch.Summary, error) { return d.tell(f, options) })
	d.catchUp()
	return d
}

// tell imports one story, with how things stand that it places.
func (d *testRecord) tell(from io.Reader, options batch.Options) (batch.Summary, error) {
	d.Helper()
	d.catchUp()
	standing, err := reads.Standing(d.Context(), d.view, d.ledger, kosovo(d))
	if err != nil {
		d.Fatal(err)
	}
	options.Pack = kosovo(d)
	sum, err := batch.Stories(d.Context(), d.ledger, []batch.StoryFile{{Name: "story.md", From: from}}, standing, options)
	d.catchUp()
	return sum, err
}

// handler serves the record.
func (d *testRecord) handler() http.Handler {
	d.Helper()
	return testHandler(d, func(c *page.Config) { c.View, c.Seq, c.Ledger, c.ID = d.view, d.view.Shown, d.ledger, d.id })
}
