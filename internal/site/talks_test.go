package site

import (
	"net/http"
	"testing"
)

func TestTalks(t *testing.T) {
	d := newRecord(t).kosovo().talks()
	h := d.handler()
	for _, path := range []string{"talks", "talks.json", "talks.csv", "talks.ics", "talks.atom", "talks/" + openTalk, "talks/" + openTalk + ".json", "talks/" + openTalk + ".ics", "talks/" + heldTalk, "talks/" + bareTalk, "embed/talks/" + openTalk} {
		for _, l := range []string{"en", "sq", "sr"} {
			r := get(t, h, "/"+l+"/"+path)
			text := body(t, r)
			if r.StatusCode != http.StatusOK {
				t.Errorf("%s: %d %s", path, r.StatusCode, text)
			}
			if l == "en" {
				t.Logf("%s\n%s", path, text)
			}
		}
	}
}
