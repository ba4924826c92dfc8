package record_test

import (
	"testing"

	"fener/internal/record"
)

// What protects a person is weakened by its own act and by nothing else.
func TestProtection(t *testing.T) {
	type revision struct {
		state record.State
		body  string // "" for an erased one
	}
	yes, no, silent := `{"child_victim":"yes","numbers":["P 1/20"]}`, `{"child_victim":"no","numbers":["P 1/20"]}`, `{"numbers":["P 1/20"]}`
	lift := func(rev string) string {
		return `{"child_victim":"no","numbers":["P 1/20"],"protection_lifted_at_revision":` + rev + `}`
	}
	for _, c := range []struct {
		name string
		said []revision
		want record.Protection
	}{
		{"nothing said", []revision{{record.Published, silent}}, false},
		{"no from the first", []revision{{record.Published, no}}, false},
		{"published", []revision{{record.Published, yes}}, true},
		{"a draft over a public case", []revision{{record.Published, silent}, {record.Draft, yes}}, true},
		{"the line left out", []revision{{record.Published, yes}, {record.Published, silent}}, true},
		{"no by an import", []revision{{record.Published, yes}, {record.Published, no}}, true},
		{"withdrawn", []revision{{record.Published, yes}, {record.Withdrawn, silent}}, true},
		{"an undo", []revision{{record.Published, silent}, {record.Published, yes}, {record.Published, silent}}, true},
		{"the saying revision erased", []revision{{record.Published, ""}}, true},
		{"a draft erased", []revision{{record.Draft, ""}}, false},
		{"lifted", []revision{{record.Published, yes}, {record.Published, lift("2")}}, false},
		{"lifted in a draft only", []revision{{record.Published, yes}, {record.Draft, lift("2")}}, true},
		{"lifted, then said again", []revision{{record.Published, yes}, {record.Published, lift("2")}, {record.Draft, yes}}, true},
		{"a lifting text brought back by an undo", []revision{{record.Published, yes}, {record.Published, lift("2")}, {record.Published, yes}, {record.Published, lift("2")}}, true},
	} {
		var p record.Protection
		for i, r := range c.said {
			var body []byte
			if r.body != "" {
				body = []byte(r.body)
			}
			var err error
			if p, err = p.Hear(r.state, i+1, body); err != nil {
				t.Fatal(err)
			}
		}
		if p != c.want {
			t.Errorf("%s: protected is %t, expected %t", c.name, p, c.want)
		}
	}
}
