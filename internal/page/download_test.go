package page

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

// streamed is a page of whose list a part can fail.
func streamed(fails int) Page {
	return Page{Pattern: "long", Template: "plain", Files: plainFiles, Build: buildPlain, Parts: func(r *Request, send func(*Sheet) error) error {
		at := 0
		return Parts(r.ctx, func(*int) ([]int, error) {
			if at == fails {
				return nil, errors.New("the file is damaged")
			}
			at++
			list := make([]int, PartRows)
			if at == 4 {
				list = list[:7]
			}
			return list, nil
		}, func(list []int) *Sheet {
			s := &Sheet{Columns: []string{"n"}}
			for range list {
				s.Rows = append(s.Rows, []string{strconv.Itoa(at)})
			}
			return s
		}, send)
	}}
}

func TestAListIsSentPartByPart(t *testing.T) {
	for _, c := range []struct {
		name   string
		fails  int
		method string
		lines  int
		status int
		broken bool
	}{
		{"whole", -1, "GET", 1 + 3*PartRows + 7, 200, false},
		{"the head alone", -1, "HEAD", 0, 200, false},
		{"broken before it began", 0, "GET", -1, 500, false},
		{"broken off", 2, "GET", 0, 500, false}, // nobody gets a part for the whole
	} {
		s, err := New(Config{Pages: []Page{streamed(c.fails)}})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		broken := false
		func() {
			defer func() { broken = recover() == http.ErrAbortHandler }() // the server cuts the connection
			s.Handler().ServeHTTP(w, httptest.NewRequest(c.method, "/en/long.csv", nil))
		}()
		if lines := strings.Count(w.Body.String(), "\r\n"); w.Code != c.status || broken != c.broken || c.lines >= 0 && lines != c.lines {
			t.Errorf("%s: status %d, %d lines, broken off %v", c.name, w.Code, lines, broken)
		}
		if len(s.gate.long) != 0 || c.status != http.StatusOK && len(s.whole.kept) != 0 {
			t.Errorf("%s: its place is not free again", c.name)
		}
	}
}
