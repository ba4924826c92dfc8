package erase_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fener/internal/page"
	"fmt"
	"html"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/archive"
	"fener/internal/batch"
	"fener/internal/erase"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/sealed"
	"fener/internal/site"
	"fener/internal/view"
	"fener/law"
)

// folder is a data folder with a ledger that is open, as commands have it.
type folder struct {
	*testing.T
	dir  string
	led  *ledger.Store
	pack *law.Pack
	day  time.Time
}

func newFolder(t *testing.T) *folder {
	t.Helper()
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	f := &folder{T: t, dir: filepath.Join(t.TempDir(), "data"), pack: pack, day: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	f.led, err = ledger.Open(t.Context(), f.dir, ledger.Options{Now: func() time.Time { return f.day }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.led.Close() })
	return f
}

func (f *folder) options() batch.Options {
	return batch.Options{By: "tester", Why: "SYNTHETIC Ana of Peja asked", Now: f.day, State: record.Published, Reviewed: true}
}

const header = "case,court,instance,judgment_date,defendant,offence_convicted,offence_from,verdict,imprisonment,fine,source,place,quote\n"

// girl is a judgment that says too much in every place that has words.
const girl = header + `SYNTHETIC PKR 7/20,Basic Court of Peja,first instance,2020-05-04,X.Y.,06/L-074:165(1),2019-06-17,convicted,5y,2000,` +
	`"SYNTHETIC Rrefimi i Anës nga Vitomirica. Gazeta, 2020-05-05. https://example.org/ana-vitomirica",faqja e parë,"SYNTHETIC Ana, 14 vjeç, u gjet në bodrum"` + "\n"

// telling are the words by which she would be known, and the days.
var telling = []string{"Ana of Peja", "Anës", "Vitomirica", "ana-vitomirica", "bodrum", "2020-05-04", "2020-05-05", "2019-06-17", "4 May 2020", "5 May 2020", "17 June 2019", "faqja e par"}

func cases(child string) string {
	return "- id: girl\n  numbers: [SYNTHETIC PKR 7/20]\n  court: Basic Court of Peja\n  note: SYNTHETIC Ana nga Vitomirica\n" + child +
		"  citations:\n    - source: https://example.org/ana-vitomirica\n      quote: SYNTHETIC Ana, 14 vjeç, u gjet në bodrum\n"
}

// court enters the court for a reason of its own: that of a batch stands with
// whatever the batch brings.
func (f *folder) court() {
	f.Helper()
	opt := f.options()
	opt.Why = "the courts"
	if _, err := batch.Institutions(f.Context(), f.led, "i.csv", strings.NewReader("id,kind,name_en\nbasic_court_peja,court,Basic Court of Peja\n"), opt); err != nil {
		f.Fatal(err)
	}
}

func (f *folder) judgments(text string, opt batch.Options) (batch.Summary, error) {
	return batch.Judgments(f.Context(), f.led, batch.Rows(f.Context(), strings.NewReader(text), batch.Reading{Name: "j.csv", Options: intake.Options{Pack: f.pack}}), opt)
}

func (f *folder) cases(text string, opt batch.Options) (batch.Summary, error) {
	return batch.Cases(f.Context(), f.led, "cases.yaml", strings.NewReader(text), opt)
}

// publish folds the view and keeps every public answer that can be reached, and
// the view's file.
func (f *folder) publish(into map[string][]byte, when string, also ...string) {
	f.Helper()
	v, err := view.Open(f.Context(), view.Options{Path: filepath.Join(f.dir, view.Public.FileName()), Ledger: f.led, Pack: f.pack, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		f.Fatal(err)
	}
	defer v.Close()
	if err := v.CatchUp(f.Context()); err != nil {
		f.Fatal(err)
	}
	key, err := f.led.Key()
	if err != nil {
		f.Fatal(err)
	}
	s, err := site.New(page.Config{Seq: v.Shown, Pack: f.pack, View: v, Ledger: f.led, ID: key.ID, Load: page.Load{Burst: time.Hour}})
	if err != nil {
		f.Fatal(err)
	}
	for path, answer := range crawl(f.T, s.Handler(), also...) {
		into[when+" "+path] = answer
	}
	if err := v.Close(); err != nil {
		f.Fatal(err)
	}
	into[when+" "+view.Public.FileName()] = ok(os.ReadFile(filepath.Join(f.dir, view.Public.FileName())))
}

var linked = regexp.MustCompile(`(?:href|src)="(/[^"#]+)`)

// mostAnswers bounds what is kept each time; those near the record come first.
const mostAnswers = 150

// unlike are the addresses that hold nothing of a record of one case.
var unlike = regexp.MustCompile(`/provisions|/static/|/figures|/pivot|/embed|/reported`)

// crawl reads everything that can be reached from the first page and the sources,
// but for the law and the figures.
func crawl(t *testing.T, h http.Handler, also ...string) map[string][]byte {
	t.Helper()
	answers := map[string][]byte{}
	queue := []string{"/en/", "/en/sources", "/en/search?q=Ana", "/en/search?q=vitomirica", "/en/cases/girl", "/en/sources/ana", "/checkpoint",
		"/en/changes.atom", "/en/findings.atom", "/en/sentences.csv", "/en/sources.csv", "/en/cases.csv", "/en/cases.json"}
	queue = append(also, queue...)
	for len(queue) > 0 && len(answers) < mostAnswers {
		path := queue[0]
		queue = queue[1:]
		if _, known := answers[path]; known || unlike.MatchString(path) {
			continue
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		answers[path] = ok(io.ReadAll(w.Result().Body))
		if to := w.Header().Get("Location"); to != "" {
			queue = append(queue, to)
			answers[path] = append(answers[path], to...)
		}
		for _, m := range linked.FindAllSubmatch(answers[path], -1) {
			if to := html.UnescapeString(string(m[1])); strings.HasPrefix(to, "/en/") {
				queue = append(queue, to)
			}
		}
	}
	return answers
}

// A case with a child victim is entered, published, weakened, undone, corrected,
// withdrawn and erased by someone who tries to expose the child. Every public
// answer and file is kept all the while: nothing finer than court and year is in
// any of them.
func TestAChildIsNotExposedByAnyAct(t *testing.T) {
	f := newFolder(t)
	kept := map[string][]byte{}
	f.court()
	draft := f.options()
	draft.State = record.Draft
	withoutSource, _, _ := strings.Cut(cases("  child_victim: yes\n"), "  citations")
	first := ok(f.cases(withoutSource, draft)) // protection needs no publication
	ok(f.judgments(girl, f.options()))
	f.publish(kept, "entered")
	published := ok(f.cases(cases("  child_victim: yes\n"), f.options()))
	f.publish(kept, "published")
	for name, weaker := range map[string]string{"without the line": "", "with no": "  child_victim: no\n", "with unknown": "  child_victim: unknown\n"} {
		_, err := f.cases(cases(weaker), f.options())
		t.Logf("imported %s: %v", name, err)
		f.publish(kept, name)
	}
	for _, label := range []string{published.Batch, first.Batch} {
		_, err := batch.Undo(t.Context(), f.led, label, batch.UndoOptions{By: "tester", Why: "try", Now: f.day, Keep: true})
		t.Logf("undoing %s: %v", label, err)
		f.publish(kept, "after undoing "+label)
	}
	_, err := f.judgments(strings.ReplaceAll(girl, "5y", "6y"), f.options())
	t.Logf("corrected: %v", err)
	f.publish(kept, "corrected")
	if _, err := batch.Lift(t.Context(), f.led, "girl", batch.LiftOptions{By: "tester", Second: "tester", Why: "try", Now: f.day}); err == nil {
		t.Error("one person lifted the protection")
	}
	_, err = batch.Withdraw(t.Context(), f.led, record.Thing{Kind: record.CaseKind, ID: "girl"}, batch.WithdrawOptions{By: "tester", Why: "try", Now: f.day, Anyway: true})
	t.Logf("withdrawn: %v", err)
	f.publish(kept, "withdrawn")
	plan := ok(erase.NewPlan(t.Context(), f.led, []erase.Choice{{Thing: record.Thing{Kind: record.CaseKind, ID: "girl"}}}))
	if _, err := plan.Do(t.Context(), f.led, erase.Options{Dir: f.dir, By: "tester", Ground: "try", Pack: f.pack}); err != nil {
		t.Fatal(err)
	}
	f.publish(kept, "erased")
	if len(kept) < 300 {
		t.Errorf("only %d answers were kept", len(kept))
	}
	for _, where := range slices.Sorted(maps.Keys(kept)) {
		for _, word := range telling {
			if bytes.Contains(kept[where], []byte(word)) || strings.Contains(html.UnescapeString(string(kept[where])), word) {
				t.Errorf("%s shows %q", where, word)
			}
		}
	}
}

// ok is a value without an error.
func ok[T any](v T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("%v", err))
	}
	return v
}

// What is erased is nowhere in the folder afterwards: not in the ledger, not in a
// freed page of the views, not in a document; and it is said beforehand where it
// stands.
func TestErasedIsGoneFromEveryFile(t *testing.T) {
	f := newFolder(t)
	store := archive.In(f.dir)
	copied := ok(store.Put(strings.NewReader("SYNTHETIC Ana, 14 vjeç, u gjet në bodrum, Vitomirica"), "ana.txt"))
	texts := filepath.Join(f.dir, archive.TextFolder) // as where the copy were a PDF that was read
	if err := errors.Join(os.MkdirAll(texts, 0o700), os.WriteFile(filepath.Join(texts, copied.SHA256), []byte("SYNTHETIC Ana, 14 vjeç, u gjet në bodrum"), 0o600)); err != nil {
		t.Fatal(err)
	}
	ok(f.judgments(girl, f.options()))
	source := ok(erase.Find(t.Context(), f.led, "rrefimi i anës"))
	if len(source) != 1 || source[0].Thing.Kind != record.SourceKind || source[0].Field != "title" {
		t.Fatalf("%+v", source)
	}
	with := f.options()
	ok(batch.AddSource(t.Context(), f.led, source[0].Thing.ID, record.Source{Archive: &copied}, with))
	kept := map[string][]byte{}
	f.publish(kept, "before")
	all := ok(erase.Find(t.Context(), f.led, "ana"))
	var choices []erase.Choice
	for _, place := range all {
		if !slices.ContainsFunc(choices, func(c erase.Choice) bool { return c.Thing == place.Thing }) {
			choices = append(choices, erase.Choice{Thing: place.Thing})
		}
	}
	one := ok(erase.NewPlan(t.Context(), f.led, []erase.Choice{{Thing: source[0].Thing}}))
	if len(one.Targets) != 2 || len(one.Documents) != 1 || len(one.Elsewhere) == 0 || one.Documents[0].Kept {
		t.Errorf("the source alone: %+v", one)
	}
	plan := ok(erase.NewPlan(t.Context(), f.led, choices))
	v := ok(view.Open(t.Context(), view.Options{Path: filepath.Join(f.dir, view.Public.FileName()), Ledger: f.led, Pack: f.pack, Log: slog.New(slog.DiscardHandler)}))
	s := ok(site.New(page.Config{Seq: v.Shown, Pack: f.pack, View: v, Ledger: f.led, Load: page.Load{Burst: time.Hour}}))
	pages := ok(plan.Pages(t.Context(), s.Handler()))
	v.Close()
	for _, want := range []string{"/en/sources/" + source[0].Thing.ID, "/en/sources", "/en/sources.csv"} {
		if !slices.Contains(pages, want) {
			t.Errorf("%s is not among %v", want, pages)
		}
	}
	for _, made := range []string{"downloads", "past/fener-past-1"} { // as a process that was killed leaves them
		if err := errors.Join(os.MkdirAll(filepath.Join(f.dir, made), 0o700), os.WriteFile(filepath.Join(f.dir, made, "1"), []byte("rrefimi "+telling[0]), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	options := erase.Options{Dir: f.dir, By: "officer", Ground: "Decision 12/2026 of the agency", Documents: true, Made: []string{"downloads", "past"}, Pack: f.pack}
	for _, ground := range []string{"SYNTHETIC Rrefimi i Anës nga Vitomirica must go", "for RREFIMI I ANES", "because she u gjet në Bodrum", "she is: Ана, 14 vjeç, u gjet"} {
		bad := options
		bad.Ground = ground
		if _, err := plan.Do(t.Context(), f.led, bad); err == nil {
			t.Fatalf("the ground %q says what is to be erased", ground)
		}
	}
	originals := ok(sealed.Open(f.dir, filepath.Join(t.TempDir(), "originals.key")))
	if err := originals.Put(source[0].Thing.ID, "ana.pdf", strings.NewReader("SYNTHETIC original")); err != nil {
		t.Fatal(err)
	}
	done := ok(plan.Do(t.Context(), f.led, options))
	if done.Revisions != len(plan.Targets) || len(done.Documents) != 1 || done.Originals != 1 || originals.Has(source[0].Thing.ID) {
		t.Errorf("%+v", done)
	}
	after := map[string][]byte{}
	f.publish(after, "after", "/en/sources/"+source[0].Thing.ID)
	if page := after["after /en/sources/"+source[0].Thing.ID]; !bytes.Contains(bytes.ReplaceAll(page, []byte("\u00a0"), []byte(" ")), []byte("Decision 12/2026")) {
		t.Errorf("the tombstone does not name the ground: %s", page)
	}
	if report := ok(f.led.Verify(t.Context(), nil)); !report.OK() || report.Erased != int64(done.Revisions) {
		t.Errorf("%+v", report)
	}
	if err := f.led.Close(); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	err := filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files[path], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil || len(files) < 4 {
		t.Fatal(len(files), err)
	}
	for where, data := range files {
		for _, word := range append(telling, "Ana of Peja", "rrefimi", "vitomirica", "anes") {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%s holds %q", where, word)
			}
		}
	}
}

// A quotation that was corrected can be erased alone: the thing stands, with its
// history, and the words are gone.
func TestOldRevisionsAreErasedAlone(t *testing.T) {
	f := newFolder(t)
	ok(f.judgments(girl, f.options()))
	ok(f.judgments(strings.ReplaceAll(girl, "Ana, 14 vjeç, u gjet në bodrum", "the victim was found"), f.options()))
	place := ok(erase.Find(t.Context(), f.led, "bodrum"))
	if len(place) != 1 || place[0].Thing.Kind != record.JudgmentKind {
		t.Fatalf("%+v", place)
	}
	plan := ok(erase.NewPlan(t.Context(), f.led, []erase.Choice{{Thing: place[0].Thing, Old: true}}))
	if len(plan.Targets) != 1 || plan.Targets[0].Rev != 1 {
		t.Fatalf("%+v", plan.Targets)
	}
	ok(plan.Do(t.Context(), f.led, erase.Options{Dir: f.dir, By: "officer", Ground: "Decision 12/2026", Pack: f.pack}))
	if left := ok(erase.Find(t.Context(), f.led, "bodrum")); len(left) != 0 {
		t.Errorf("%+v", left)
	}
	history := ok(f.led.History(t.Context(), record.JudgmentKind, place[0].Thing.ID))
	if len(history) != 2 || !history[0].Erased || history[1].Erased {
		t.Errorf("%+v", history)
	}
	if again := ok(erase.NewPlan(t.Context(), f.led, []erase.Choice{{Thing: place[0].Thing, Old: true}})); len(again.Targets) != 0 || again.Gone != 1 {
		t.Errorf("%+v", again)
	}
}

// Nobody who asks for nothing, or for what is not there, gets an erasure.
func TestWhatIsNotOnRecordIsNotErased(t *testing.T) {
	f := newFolder(t)
	if _, err := erase.NewPlan(t.Context(), f.led, []erase.Choice{{Thing: record.Thing{Kind: record.CaseKind, ID: "nobody"}}}); err == nil {
		t.Error("there is no such case")
	}
	if _, err := erase.Find(context.Background(), f.led, " "); err == nil {
		t.Error("no words")
	}
	ok(f.judgments(girl, f.options()))
	place := ok(erase.Find(t.Context(), f.led, "bodrum"))
	if _, err := erase.NewPlan(t.Context(), f.led, []erase.Choice{{Thing: place[0].Thing, Revs: []int{7}}}); err == nil {
		t.Error("there is no revision 7")
	}
	plan := ok(erase.NewPlan(t.Context(), f.led, []erase.Choice{{Thing: place[0].Thing}}))
	if _, err := plan.Do(t.Context(), f.led, erase.Options{Dir: f.dir, By: "officer", Pack: f.pack}); err == nil {
		t.Error("without a ground")
	}
}
