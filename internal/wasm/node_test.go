package wasm

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/browser"
	"fener/internal/intake/synthetic"
	"fener/internal/needs"
	"fener/period"
)

// compiled is the program of this source, compiled once for all tests.
var compiled = sync.OnceValues(func() (*Program, error) {
	packed, script, err := Compile(context.Background(), filepath.Join("..", ".."))
	if err != nil {
		return nil, err
	}
	return New(packed, script)
})

func program(t testing.TB) *Program {
	t.Helper()
	p, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// job is one check that the worker is asked for.
type job struct {
	File    string          `json:"file"`
	Request browser.Request `json:"request"`
	Stop    int             `json:"stop,omitempty"` // ms after it began to read at which it is stopped
}

// said is what the worker answered.
type said struct {
	Is     string          `json:"is"`
	Why    string          `json:"why"`
	Says   string          `json:"says"`
	Answer *browser.Answer `json:"answer"`
	report []byte
	page   []byte
}

// underNode runs the jobs in the worker's script, one after the other.
func underNode(t testing.TB, jobs []job) []said {
	t.Helper()
	node, p, dir := needs.Tool(t, "node"), program(t), t.TempDir()
	text, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"worker.js": p.worker, "program.wasm.gz": p.packed, "jobs.json": text} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), node, filepath.Join("testdata", "node.js"), filepath.Join(dir, "worker.js"), filepath.Join(dir, "program.wasm.gz"),
		filepath.Join(dir, "jobs.json"), dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("node: %v\n%s", err, out)
	}
	all := make([]said, len(jobs))
	for i := range jobs {
		text, err := os.ReadFile(filepath.Join(dir, strconv.Itoa(i)+".json"))
		if err == nil {
			err = json.Unmarshal(text, &all[i])
		}
		if err != nil {
			t.Fatal(err)
		}
		for at, to := range map[string]*[]byte{"": &all[i].report, ".page": &all[i].page} {
			if *to, err = os.ReadFile(filepath.Join(dir, strconv.Itoa(i)+at)); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	}
	return all
}

// natively is what the command's own code answers, and the error with which it refuses.
func natively(t testing.TB, j job) (browser.Answer, []byte, error) {
	t.Helper()
	file, err := os.Open(j.File)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out bytes.Buffer
	a, err := browser.Run(t.Context(), j.Request, period.DateOf(time.Now()), file, &out)
	return a, out.Bytes(), err
}

// answered is what the command's own code answers to a file that it takes.
func answered(t testing.TB, j job) (browser.Answer, []byte) {
	t.Helper()
	a, report, err := natively(t, j)
	if err != nil {
		t.Fatalf("%s: %v", j.File, err)
	}
	return a, report
}

// same compares what the worker answered with what the command's own code does, byte for byte.
func same(t *testing.T, j job, got said) {
	t.Helper()
	answer, report, refused := natively(t, j)
	what := fmt.Sprintf("%s as %s in %s", filepath.Base(j.File), j.Request.Format, j.Request.Lang)
	if refused != nil {
		if got.Is != "failed" || strings.TrimSuffix(got.Says, "\n") != refused.Error() {
			t.Errorf("%s: the browser says %s %q, and the command refuses it: %v", what, got.Is, got.Says, refused)
		}
		return
	}
	if got.Is != "answer" {
		t.Errorf("%s: %s (%s): %s", what, got.Is, got.Why, got.Says)
		return
	}
	a, err1 := json.Marshal(answer)
	b, err2 := json.Marshal(got.Answer)
	if err1 != nil || err2 != nil || !bytes.Equal(a, b) {
		t.Errorf("%s: the browser says\n%s\nthe command\n%s", what, b, a)
	}
	if answer.Written && !bytes.Equal(contents(t, report), contents(t, got.report)) {
		t.Errorf("%s: the report has %d bytes in the browser and %d from the command, which differ", what, len(got.report), len(report))
	}
	if again, wanted := j.Request.ToShow(answer); wanted || got.page != nil {
		if _, page, err := natively(t, job{File: j.File, Request: again}); err != nil || !wanted || !bytes.Equal(page, got.page) {
			t.Errorf("%s: the page to show has %d bytes in the browser and %d from the command, which differ (wanted: %v)", what, len(got.page), len(page), wanted)
		}
	}
}

// contents are the files of a workbook in the order of their names, since the library that writes it goes by no order; anything else is itself.
func contents(t *testing.T, b []byte) []byte {
	t.Helper()
	if !bytes.HasPrefix(b, []byte("PK")) {
		return b
	}
	book, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(book.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var all bytes.Buffer
	for _, f := range book.File {
		all.WriteString(f.Name + "\n")
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := all.ReadFrom(from); err != nil {
			t.Fatal(err)
		}
	}
	return all.Bytes()
}

func compare(t *testing.T, jobs []job) {
	t.Helper()
	for i, got := range underNode(t, jobs) {
		same(t, jobs[i], got)
	}
}

// asked are jobs for one file in the formats, in the language; with CSV the page to show is asked for too.
func asked(file, lang string, formats ...string) (jobs []job) {
	for _, f := range formats {
		ask := browser.Request{Name: filepath.Base(file), Lang: lang, Format: f}
		if f == "csv" {
			ask.Show = MostShown
		}
		jobs = append(jobs, job{File: file, Request: ask})
	}
	return jobs
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	list, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestExampleAnswersAsTheCommandDoes(t *testing.T) {
	list := append(files(t, "../../examples/kosovo/*.csv"), files(t, "../../examples/kosovo/*.yaml")...)
	if len(list) < 5 {
		t.Fatalf("only %d files", len(list))
	}
	var jobs []job
	for _, file := range list {
		jobs = append(jobs, asked(file, "en", "csv")...)
	}
	jobs = append(jobs, asked("../../examples/kosovo/judgments.csv", "en", "jsonl", "xlsx", browser.Marked)...)
	for _, lang := range []string{"sq", "sr", "sr-Latn"} {
		jobs = append(jobs, asked("../../examples/kosovo/judgments.csv", lang, "csv", "jsonl", "html")...)
	}
	compare(t, jobs)
}

// The files in which earlier readers met something: wrong, doubtful, hostile, of many programs.
func TestKnownFilesAnswerAsTheCommandDoes(t *testing.T) {
	list := files(t, "../../../shared/review/inputs/*")
	if len(list) == 0 {
		t.Skip("the files of earlier reviews do not lie beside the repository: ../shared/review/inputs")
	}
	var jobs []job
	for i, file := range list {
		if i%3 != 0 && os.Getenv("FENER_FILES") != "all" { // each takes a start of the program, of two seconds; all of them before a release
			continue
		}
		formats := [][]string{{"csv"}, {"csv", "jsonl"}, {"csv", browser.Marked}}[i/3%3] // the page comes with CSV
		jobs = append(jobs, asked(file, []string{"en", "sq", "sr", "sr-Latn"}[i/3%4], formats...)...)
	}
	compare(t, jobs)
}

func TestHostileFilesEndInWords(t *testing.T) {
	dir := t.TempDir()
	var jobs []job
	for name, content := range map[string]string{
		"empty.csv": "", "zeros.csv": strings.Repeat("\x00", 1<<20), "one-line.csv": strings.Repeat("a", 20<<20), "quote.csv": "case,verdict\n\"" + strings.Repeat("x,\n", 6<<20),
		"fields.csv": strings.Repeat(",", 4<<20) + "\n1", "deep.jsonl": strings.Repeat(`{"a":`, 1<<20), "cut.xlsx": "PK\x03\x04" + strings.Repeat("\xff", 4096),
		"errors.csv": "case,offence_convicted,verdict,imprisonment\n" + strings.Repeat("x,165(1),perhaps,many\n", 60_000), "<script>.csv": "<script>alert(1)</script>,verdict\n=1+1,x\n",
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, asked(file, "en", "csv", "html")...)
	}
	compare(t, jobs)
}

func TestWrongRequestsAreSaid(t *testing.T) {
	file := filepath.Join("..", "..", "examples", "kosovo", "judgments.csv")
	for i, got := range underNode(t, []job{
		{File: file, Request: browser.Request{Name: "x", Lang: "de", Format: "csv"}},
		{File: file, Request: browser.Request{Name: "x", Lang: "en", Format: "pdf"}},
		{File: file, Request: browser.Request{Name: "x", Lang: "en", Format: "csv", Law: "zz"}},
	}) {
		if want := []string{`"de"`, `"pdf"`, `"zz"`}[i]; got.Is != "failed" || !strings.Contains(got.Says, want) {
			t.Errorf("asked for %s: %+v", want, got)
		}
	}
}

// A check that is stopped ends at once, whatever it is at, and the next one starts without anything being fetched again.
func TestStopped(t *testing.T) {
	file := filepath.Join(t.TempDir(), "long.csv")
	var table bytes.Buffer
	if err := synthetic.WriteCSV(&table, 200_000, 1); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, table.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	jobs := asked(file, "en", "html")
	jobs[0].Stop = 300
	jobs = append(jobs, asked("../../examples/kosovo/judgments.csv", "en", "html")...)
	got := underNode(t, jobs)
	if got[0].Is != "stopped" {
		t.Errorf("stopped in the middle of it: %+v", got[0])
	}
	same(t, jobs[1], got[1])
}

// What is sent to a reader is bounded.
func TestSize(t *testing.T) {
	const most = 6_000_000
	if n := program(t).Size(); n > most || n < 1_000_000 {
		t.Errorf("%d bytes are sent for the program, want at most %d", n, most)
	}
}
