package locale_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"fener/locale"
)

func files(sr string) fstest.MapFS {
	return fstest.MapFS{
		"messages/en.json":      {Data: []byte(`{"found": "{n} lines of {file} have no [verdict]", "done": "done"}`)},
		"messages/sq.json":      {Data: []byte(`{"found": "{n} rreshta të {file} nuk kanë [verdict]", "done": "u krye"}`)},
		"messages/sr-Latn.json": {Data: []byte(sr)},
	}
}

func TestMessagesInTwoScripts(t *testing.T) {
	m, err := locale.ReadMessages(files(`{"found": "{n} redova iz {file} nema [verdict]", "done": "gotovo", "odd": "nije { zatvoreno"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		l         locale.Lang
		key, want string
	}{
		{locale.EN, "found", "3 lines of presude.csv have no [verdict]"},
		{locale.SRLatn, "found", "3 redova iz presude.csv nema [verdict]"},
		{locale.SR, "found", "3 редова из presude.csv нема [verdict]"},
		{locale.SR, "done", "готово"},
		{locale.SR, "none", "none"},
	} {
		if got := m.Fill(c.l, c.key, "n", "3", "file", "presude.csv"); got != c.want {
			t.Errorf("%s %s is %q, expected %q", c.l, c.key, got, c.want)
		}
	}
	if got := m.Text(locale.SR, "odd"); !strings.HasSuffix(got, "затворено") {
		t.Errorf("a brace that is never closed: %q", got)
	}
	if got := m.Fill(locale.EN, "found", "n", "3"); got != "3 lines of  have no [verdict]" {
		t.Errorf("a place without a value: %q", got)
	}
	if got := m.Text(locale.SQ, "none"); got != "none" {
		t.Errorf("an unknown key: %q", got)
	}
}

func TestMessagesThatCannotBeRead(t *testing.T) {
	if _, err := locale.ReadMessages(files(`{"found": 3}`)); err == nil || !strings.Contains(err.Error(), "messages/sr-Latn.json is not a flat JSON object") {
		t.Errorf("a number for a text: %v", err)
	}
	missing := files(`{}`)
	delete(missing, "messages/sq.json")
	if _, err := locale.ReadMessages(missing); err == nil || !strings.Contains(err.Error(), "sq.json") {
		t.Errorf("a file that is missing: %v", err)
	}
}

func ExampleReadMessages() {
	m, err := locale.ReadMessages(fstest.MapFS{
		"messages/en.json":      {Data: []byte(`{"left": "{n} years are left"}`)},
		"messages/sq.json":      {Data: []byte(`{"left": "mbeten {n} vjet"}`)},
		"messages/sr-Latn.json": {Data: []byte(`{"left": "ostaje {n} godina"}`)},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(m.Fill(locale.SR, "left", "n", "5"))
	// Output: остаје 5 година
}
