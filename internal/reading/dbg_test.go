package reading

import (
	"fmt"
	"os"
	"testing"
)

func TestDbg(t *testing.T) {
	f := os.Getenv("DBG")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	e := makeEven(string(b))
	l, _ := tellLanguage(e)
	r := newReader(e, l)
	r.people = r.findPeople()
	r.findLayout()
	r.findApart()
	fmt.Println("layout", r.layout, r.masked)
	for _, m := range r.mentions {
		fmt.Println(m.from, m.rule.ID, m.rule.Field, "«"+e.low[m.from:m.to]+"»")
	}
	for _, p := range r.people {
		fmt.Println("person", p.from, e.clean[p.from:p.to])
	}
	for _, s := range r.sections(r.layout.history) {
		fmt.Println("section", s.Span, s.instance, e.clean[s.Start:min(s.Start+80, s.End)])
	}
}
