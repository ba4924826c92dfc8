package node_test

import (
	"bytes"
	"compress/gzip"
	"mime/multipart"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fener/internal/record"
)

var built struct {
	once sync.Once
	path string
	err  error
}

// program is fener, built once for these tests: a file is read in a process of its own.
func program(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		built.path = filepath.Join(scratch, "fener")
		out, err := exec.Command("go", "build", "-o", built.path, "fener/cmd/fener").CombinedOutput()
		if err != nil {
			built.err = err
			t.Log(string(out))
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

// hands hands a file in.
func (p *person) hands(what, name string, content []byte) *answered {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if err := w.WriteField("what", what); err != nil {
		p.t.Fatal(err)
	}
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		p.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.url+"/en/desk/upload", &body)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return p.do(r)
}

const sheetOfJudgments = `case,court,judgment_date,defendant,offence_convicted,verdict,imprisonment,offence_from,source,quote
PKR nr. 1/2018,Basic Court in Pristina,2018-05-03,A.B.,04/L-082:171(1),convicted,2y,2016,"Judgment PKR 1/2018. Basic Court, 2018-05-03","is sentenced to two years"
PKR nr. 2/2018,Basic Court in Pristina,2018-06-03,C.D.,04/L-082:171(1),convicted,6y,2016,"Judgment PKR 2/2018. Basic Court, 2018-06-03","is sentenced to six years"
`

// A spreadsheet is shown before it is taken, taken as drafts, and taken back as a whole.
func TestASpreadsheetIsTakenAndTakenBack(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor")
	ben.hands("judgments", "judgments.csv", []byte(sheetOfJudgments))
	ben.sees("In judgments.csv", "new", "PKR nr. 1/2018")
	head, err := h.n.Ledger().Head(t.Context())
	if err != nil || head.Seq != 0 {
		t.Fatalf("looking at a file appended %d entries (%v)", head.Seq, err)
	}
	at := ben.page.at
	if ada.get(at); ada.page.status != http.StatusNotFound {
		t.Errorf("somebody else opens a file that was handed in: %d", ada.page.status)
	}
	ben.get(at)
	ben.press("Take it in as drafts", "why", "The court's list")
	ben.sees("It was taken in as batch")
	entries, err := h.n.Ledger().Read(t.Context(), 0, 100)
	if err != nil || len(entries) == 0 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		if e.By != "Ben Contributor" || e.State != record.Draft || e.Why != "The court's list" {
			t.Errorf("%s %s is %s by %s: %q", e.Kind, e.ID, e.State, e.By, e.Why)
		}
	}
	if ben.get("/en/desk/upload"); ben.page.status != http.StatusOK {
		t.Fatal(ben.page.status)
	}
	ben.sees("What you handed in before", entries[0].Batch)
	back := *ben.page
	ada.send("/en/desk/undo", map[string][]string{"batch": {entries[0].Batch}})
	if ada.page.status != http.StatusForbidden {
		t.Errorf("somebody takes back another's batch: %d", ada.page.status)
	}
	ben.page = &back
	ben.press("Take back " + entries[0].Batch)
	ben.sees("was taken back")
	if ben.get("/en/desk/upload"); strings.Contains(text(ben.page.root), "What you handed in before") {
		t.Error("what was taken back can be taken back again")
	}
	if ben.get(at); ben.page.status != http.StatusNotFound {
		t.Errorf("a file that was taken in is still there: %d", ben.page.status)
	}
}

// Whatever is handed in, the service goes on, and nothing is taken unseen.
func TestHostileFilesHarmNothing(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 200 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]struct {
		what, called string
		content      []byte
		status       int
	}{
		"not a table":            {"judgments", "x.csv", []byte("\x00\x01\x02 what"), 200},
		"a zip that is none":     {"judgments", "x.xlsx", []byte("PK\x03\x04 and nothing"), 200},
		"a polyglot":             {"funding", "x.pdf", []byte("%PDF-1.7\nPK\x03\x04"), 200},
		"compressed zeros":       {"sources", "x.csv", bomb.Bytes(), 200},
		"a name that climbs":     {"judgments", "../../../../etc/passwd", []byte(sheetOfJudgments), 200},
		"a name that is a flag":  {"judgments", "--data=/", []byte(sheetOfJudgments), 200},
		"a sort that is a flag":  {"--help", "x.csv", []byte("a,b\n"), 422},
		"a sort that is no sort": {"nothing", "x.csv", []byte("a,b\n"), 422},
		"no contracts":           {"ocds", "x.json", []byte("{\"a\":"), 200},
		"nothing":                {"judgments", "", nil, 422},
		"too much":               {"judgments", "x.csv", bytes.Repeat([]byte("a"), 33<<20), 413},
		"names of people":        {"sources", "x.csv", []byte("title\n<script>alert(1)</script>\n"), 200},
	} {
		ada.hands(file.what, file.called, file.content)
		if ada.page.status != file.status {
			t.Errorf("%s: %d\n%s", name, ada.page.status, squeezed(text(ada.page.root)))
		}
		if strings.Contains(ada.page.body, "<script>alert") {
			t.Errorf("%s: what stood in the file is script", name)
		}
	}
	if head, err := h.n.Ledger().Head(t.Context()); err != nil || head.Seq != 0 {
		t.Errorf("%d entries were appended (%v)", head.Seq, err)
	}
	for _, path := range []string{"..%2f..%2fledger.db", "0123456789abcdef0123456789abcdef", strings.Repeat("a", 300)} {
		if ada.get("/en/desk/upload/" + path); ada.page.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, ada.page.status)
		}
	}
}
