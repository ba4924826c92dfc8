package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
)

// recordAfterDrafts is the example with so many drafts entered before it and after it.
func recordAfterDrafts(t *testing.T, n int) *testRecord {
	t.Helper()
	d := newRecordOf(t, rand.NewChaCha8([32]byte{1})) // so that both have the same ids
	d.drafts("before", n)
	d.kosovo()
	d.drafts("after", n)
	return d
}

func (d *testRecord) drafts(name string, n int) {
	d.Helper()
	var changes []ledger.Change
	for i := range n {
		id := fmt.Sprintf("draft-%s-%d", name, i)
		changes = append(changes, ledger.Change{Kind: record.SourceKind, ID: id, State: record.Draft, By: "officer", Body: []byte(`{"title":"a draft"}`)})
	}
	if _, err := d.ledger.Append(d.Context(), changes); err != nil {
		d.Fatal(err)
	}
	d.catchUp()
}

var (
	linked     = regexp.MustCompile(`href="(/en/[^"#]*|/checkpoint)"`)
	ofItsOwn   = regexp.MustCompile(`[0-9a-f]{32}|[A-Za-z0-9+/]{43}=`) // a ledger's name, a root: drawn by lot
	withoutTag = []string{"Etag", "Content-Length"}
)

// everyAnswer follows the links of a site and gives what each address answers, with its headers.
func everyAnswer(t *testing.T, h http.Handler, most int) map[string]string {
	t.Helper()
	out := map[string]string{}
	for todo := []string{"/en/", "/en/checkpoint", "/checkpoint", "/en/sentences.json", "/en/changes.atom", "/en/findings.atom", "/en/nothing-here"}; len(todo) > 0 && len(out) < most; todo = todo[1:] {
		if _, done := out[todo[0]]; done {
			continue
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, todo[0], nil))
		for _, found := range linked.FindAllStringSubmatch(w.Body.String(), -1) {
			todo = append(todo, html.UnescapeString(found[1]))
		}
		if strings.Contains(todo[0], "checkpoint") {
			for _, name := range withoutTag { // of lots
				w.Header().Del(name)
			}
		}
		body := ofItsOwn.ReplaceAll(bytes.ReplaceAll(w.Body.Bytes(), []byte("&#43;"), []byte("+")), []byte("…"))
		out[todo[0]] = fmt.Sprint(w.Code, w.Header(), "\n", string(body))
	}
	return out
}

// No public address tells how many drafts there are: two records with the same published entries, one of them with hundreds of drafts before and
// after, answer everything with the same bytes and the same tags.
func TestNoAddressCountsDrafts(t *testing.T) {
	few, many := recordAfterDrafts(t, 1), recordAfterDrafts(t, 641)
	a, b := everyAnswer(t, few.handler(), 300), everyAnswer(t, many.handler(), 300)
	if len(a) < 300 || len(a) != len(b) {
		t.Fatalf("%d and %d addresses were found", len(a), len(b))
	}
	differ := 0
	for path, want := range a {
		got := b[path]
		if got == want {
			continue
		}
		if differ++; differ > 5 {
			continue
		}
		one, other := strings.Split(want, "\n"), strings.Split(got, "\n")
		for i := range one {
			if i >= len(other) || one[i] != other[i] {
				t.Errorf("%s, line %d:\n%s\n%s", path, i, one[i], slices.Concat(other, make([]string, len(one)))[i])
				break
			}
		}
	}
	if differ > 0 {
		t.Errorf("%d addresses of %d tell of drafts", differ, len(a))
	}
	var document struct{ Seq int64 }
	err := json.Unmarshal([]byte(body(t, get(t, many.handler(), "/en/cases.json"))), &document)
	if err != nil || document.Seq != many.view.Position() || document.Seq != many.view.Seq()-2*641 {
		t.Errorf("position %d of %d entries, %v", document.Seq, many.view.Seq(), err)
	}
}

// A list that is read in parts goes on while drafts are entered, and begins again when something is published.
func TestCursorsOutliveDrafts(t *testing.T) {
	d := newRecord(t).kosovo()
	h := d.handler()
	cursor := fmt.Sprintf("/en/sentences.json?after=%d-1", d.view.Position())
	for _, step := range []struct {
		name string
		do   func()
		want int
	}{
		{"as it was", func() {}, http.StatusOK},
		{"drafts came", func() { d.drafts("meanwhile", 3) }, http.StatusOK},
		{"something was published", func() {
			d.enter(record.SourceKind, "another", 0, record.Published, "", &record.Source{Title: "Another"})
		}, http.StatusConflict},
	} {
		if step.do(); get(t, h, cursor).StatusCode != step.want {
			t.Errorf("%s: %d, want %d", step.name, get(t, h, cursor).StatusCode, step.want)
		}
	}
}
