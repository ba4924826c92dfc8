package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fener/internal/backup"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// kills is how many times the program is killed: 8, or FENER_KILLS.
func kills(t *testing.T) int {
	text := os.Getenv("FENER_KILLS")
	if text == "" {
		return 8
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("FENER_KILLS is %q, a number above 0 is expected", text)
	}
	return n
}

const (
	killedImport   = 400 // judgments of one import
	killsPerFolder = 40  // then another folder is begun, which keeps every round as quick as the first
)

// killing is one data folder whose programs are killed.
type killing struct {
	dir, work string
	random    *mathrand.Rand
	pack      *law.Pack
	import1   time.Duration // what one import takes here when nobody kills it

	imported, published map[string]bool // labels of batches: whether the program said that it was done
	waiting             []string        // imports that were acknowledged and not yet published
	survived            int             // programs that ended before they were killed
}

// TestKilledAtAnyMoment runs the real program again and again on one data folder
// (importing, publishing, rebuilding the view, backing up, serving) and kills it
// with SIGKILL at a random moment. After each kill every acknowledged entry is
// there, no batch in part, the ledger verifies, a backup that has its name is
// whole, and the view comes to be what a fresh fold of the ledger makes.
func TestKilledAtAnyMoment(t *testing.T) {
	random := mathrand.New(mathrand.NewPCG(3, 4))
	var k *killing
	killed, round := 0, 0
	for want := kills(t); killed < want; round++ { // a program that ended before does not count
		if round >= 4*want+20 {
			t.Fatalf("%d of %d programs were killed: the rest ended before", killed, round)
		}
		if round%killsPerFolder == 0 {
			k = newKilling(t, random)
		}
		before := k.survived
		name := k.round(t, round)
		killed += 1 - (k.survived - before)
		k.checkLedger(t, fmt.Sprintf("round %d, %s", round, name))
		k.checkView(t, round%4 == 3)
	}
	t.Logf("%d programs were killed, and %d more ended before they were", killed, round-killed)
}

func newKilling(t *testing.T, random *mathrand.Rand) *killing {
	t.Helper()
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	k := &killing{dir: filepath.Join(t.TempDir(), "data"), work: t.TempDir(), random: random, pack: pack,
		imported: map[string]bool{}, published: map[string]bool{}}
	if out, err := exec.CommandContext(t.Context(), "fener", "init", k.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	k.measure(t)
	return k
}

// usualImport is what one import takes on a free machine. The moments of the
// kills are drawn on that scale and stretched by what it takes here, so that
// under the race detector, or beside other work, they still fall anywhere in a
// run and not all at its start.
const usualImport = 160 * time.Millisecond

func (k *killing) measure(t *testing.T) {
	t.Helper()
	file := filepath.Join(k.work, "measure.csv")
	if err := os.WriteFile(file, killedFile(0), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(k.work, "measured") // a folder of its own: what it brings must not be there in the rounds
	if out, err := exec.CommandContext(t.Context(), "fener", "init", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	start := time.Now()
	if out, err := exec.CommandContext(t.Context(), "fener", "import", "judgments", "--data", dir, "--by", "kill", file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	k.import1 = time.Since(start)
}

// moment draws the moment of a kill from a window that is so many milliseconds
// wide on a free machine.
func (k *killing) moment(within int) time.Duration {
	wide := time.Duration(float64(within) * float64(time.Millisecond) * k.import1.Seconds() / usualImport.Seconds())
	return time.Duration(k.random.Int64N(int64(max(wide, time.Millisecond))))
}

// round runs one program and kills it, unless it is done before.
func (k *killing) round(t *testing.T, round int) string {
	t.Helper()
	label := fmt.Sprint("round-", round)
	switch kind := round % 5; {
	case kind == 1 && len(k.waiting) > 0:
		of := k.waiting[0]
		if k.run(t, 500, "publish", "--data", k.dir, "--by", "kill", "--batch", of, "--reviewed", "--why", label) {
			k.published[of], k.waiting = true, k.waiting[1:]
		} else if _, tried := k.published[of]; !tried {
			k.published[of] = false
		}
		return "publish"
	case kind == 2:
		k.run(t, 400, "view", "rebuild", "--data", k.dir)
		return "view rebuild"
	case kind == 3:
		file := filepath.Join(k.work, label+".tar.gz")
		acknowledged := k.run(t, 300, "backup", file, "--data", k.dir)
		k.checkBackup(t, file, acknowledged)
		return "backup"
	case kind == 4:
		k.serve(t)
		return "serve"
	}
	file := filepath.Join(k.work, label+".csv")
	if err := os.WriteFile(file, killedFile(round), 0o600); err != nil {
		t.Fatal(err)
	}
	if k.imported[label] = k.run(t, 500, "import", "judgments", "--data", k.dir, "--by", "kill", "--batch", label, file); k.imported[label] {
		k.waiting = append(k.waiting, label)
	}
	return "import"
}

// killedFile is a file of judgments that no other round has.
func killedFile(round int) []byte {
	var b bytes.Buffer
	b.WriteString("case,court,instance,judgment_date,defendant,offence_charged,offence_convicted,offence_from,verdict,imprisonment,fine,source,quote\n")
	for i := range killedImport {
		fmt.Fprintf(&b, "SYNTHETIC P %d/20,Basic Court of Prizren,first instance,2020-05-04,A.B.,06/L-074:165(1),06/L-074:165(1),2019-06-01,convicted,%dy,%d,SYNTHETIC source. SYNTHETIC publisher,SYNTHETIC words\n",
			round*killedImport+i, 1+i%12, 500+i)
	}
	return b.Bytes()
}

// run runs the program and reports whether it said that it was done. It is killed
// after at most so many milliseconds.
func (k *killing) run(t *testing.T, within int, args ...string) (acknowledged bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "fener", args...)
	var says bytes.Buffer
	cmd.Stdout, cmd.Stderr = &says, &says
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(k.moment(within), func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	timer.Stop()
	var ended *exec.ExitError
	switch {
	case err == nil:
		k.survived++
		return true
	case errors.As(err, &ended) && ended.ExitCode() == -1:
		return false
	}
	t.Fatalf("fener %v: %v\n%s", args, err, says.String())
	return false
}

// serve lets the site be read until it is killed.
func (k *killing) serve(t *testing.T) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "fener", "serve", "--data", k.dir, "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(k.moment(700), func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	var url string
	if _, err := fmt.Fscanf(out, "Fener answers at %s\n", &url); err == nil {
		client := &http.Client{Timeout: time.Second}
		for cmd.ProcessState == nil {
			r, err := client.Get(url + "en/")
			if err != nil {
				break // it was killed
			}
			r.Body.Close()
		}
	}
	_ = cmd.Wait() // its end is the kill
}

func (k *killing) open(t *testing.T) *ledger.Store {
	t.Helper()
	led, err := ledger.Open(t.Context(), k.dir, ledger.Options{Now: time.Now, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	return led
}

func (k *killing) checkLedger(t *testing.T, when string) {
	t.Helper()
	led := k.open(t)
	defer led.Close()
	report, err := led.Verify(t.Context(), nil)
	if err != nil || !report.OK() {
		t.Fatalf("%s: %v, %v", when, err, report.Err())
	}
	entries, err := led.Read(t.Context(), 0, int(report.Head.Seq)+1)
	if err != nil {
		t.Fatal(err)
	}
	judgments, public := map[string]int{}, map[string]int{} // by the batch that brought them
	brought := map[string]string{}
	for _, e := range entries {
		if e.Kind != record.JudgmentKind {
			continue
		}
		if e.Rev == 1 {
			judgments[e.Batch]++
			brought[e.ID] = e.Batch
		}
		if e.State == record.Published {
			public[brought[e.ID]]++
		}
	}
	whole(t, when, "imported", k.imported, judgments)
	for label, acknowledged := range k.imported {
		if !acknowledged && judgments[label] == killedImport { // it was killed between the commit and its answer; later ones may rest on what it brought
			k.imported[label], k.waiting = true, append(k.waiting, label)
		}
	}
	whole(t, when, "published", k.published, public)
	for _, n := range []map[string]int{judgments, public} {
		for label := range n {
			if !strings.HasPrefix(label, "round-") {
				t.Fatalf("%s: an entry of batch %q, which nobody made", when, label)
			}
		}
	}
}

// whole checks that of every batch everything is there or nothing, and everything where that was acknowledged.
func whole(t *testing.T, when, what string, batches map[string]bool, found map[string]int) {
	t.Helper()
	for label, acknowledged := range batches {
		n := found[label]
		if n != 0 && n != killedImport || acknowledged && n == 0 {
			t.Fatalf("%s: of %s, %d of %d judgments are %s (acknowledged: %v)", when, label, n, killedImport, what, acknowledged)
		}
	}
}

// checkBackup restores a backup that has its name, and looks whether it is the ledger's beginning.
func (k *killing) checkBackup(t *testing.T, file string, acknowledged bool) {
	t.Helper()
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) && !acknowledged {
		return
	}
	into := t.TempDir()
	contents, err := backup.Restore(t.Context(), file, into)
	if err != nil {
		t.Fatal(err)
	}
	led := k.open(t)
	defer led.Close()
	if head, err := led.Head(t.Context()); err != nil || head.Ledger != contents.Ledger || head.Seq != contents.Seq {
		t.Fatalf("the backup ends with entry %d of ledger %s, the ledger with %+v, %v", contents.Seq, contents.Ledger, head, err)
	}
}

// checkView brings the views up to date, and now and then compares them with a fresh fold.
func (k *killing) checkView(t *testing.T, compare bool) {
	t.Helper()
	led := k.open(t)
	defer led.Close()
	for _, scope := range []view.Scope{view.Public, view.Desk} {
		stood := k.fold(t, led, scope, filepath.Join(k.dir, scope.FileName()))
		if !compare {
			continue
		}
		fresh := k.fold(t, led, scope, filepath.Join(t.TempDir(), "fresh.db"))
		a, b := dump(t, stood), dump(t, fresh)
		if len(a) < 10 {
			t.Fatalf("the %s view has only %d tables: nothing was compared", scope, len(a))
		}
		for table, rows := range b {
			if a[table] != rows {
				t.Errorf("the %s view and a fresh fold of it differ in %s:\n%s", scope, table, firstDifference(a[table], rows))
			}
		}
	}
}

func (k *killing) fold(t *testing.T, led *ledger.Store, scope view.Scope, path string) string {
	t.Helper()
	v, err := view.Open(t.Context(), view.Options{Path: path, Scope: scope, Ledger: led, Pack: k.pack})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(v.CatchUp(t.Context()), v.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// dump is every table of a view as text, and the words of its search index. How
// SQLite lays the index out depends on when it was written and is left out.
func dump(t *testing.T, path string) map[string]string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	names, err := column(t.Context(), db, `SELECT name FROM sqlite_schema WHERE type = 'table' AND (sql LIKE '%fts5vocab%'
		OR sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'search%') ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]string{}
	for _, name := range names {
		columns, err := column(t.Context(), db, `SELECT 'quote("' || name || '")' FROM pragma_table_info(?) ORDER BY cid`, name)
		if err != nil {
			t.Fatal(err)
		}
		row := strings.Join(columns, ` || ' ' || `)
		rows, err := column(t.Context(), db, `SELECT `+row+` FROM "`+name+`" ORDER BY 1`)
		if err != nil {
			t.Fatalf("table %s: %v", name, err)
		}
		tables[name] = strings.Join(rows, "\n")
	}
	return tables
}

func column(ctx context.Context, db *sql.DB, query string, args ...any) ([]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(as), len(bs)) {
		if i >= len(as) || i >= len(bs) || as[i] != bs[i] {
			return fmt.Sprintf("%d and %d rows; row %d:\n%s\n%s", len(as), len(bs), i, at(as, i), at(bs, i))
		}
	}
	return "the same"
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(none)"
}
