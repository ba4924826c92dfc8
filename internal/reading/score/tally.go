package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// tally counts, for one field in one language, what was proposed and what the labels have.
type tally struct {
	right, wrong, missed int // proposals that agree, proposals that do not, labels that nothing was proposed for
	sure, sureWrong      int
}

func (t tally) precision() string { return share(t.right, t.right+t.wrong) }
func (t tally) recall() string    { return share(t.right, t.right+t.missed) }
func (t tally) wrongSure() string { return share(t.sureWrong, t.sure) }

func share(a, b int) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(a)/float64(b))
}

// score collects the tallies of a run.
type score struct {
	tallies        map[[2]string]*tally // by field and language
	order          []string
	misses         []string
	language, file string
}

func newScore() *score { return &score{tallies: map[[2]string]*tally{}} }

func (s *score) of(field string) *tally {
	if !slices.Contains(s.order, field) {
		s.order = append(s.order, field)
	}
	key := [2]string{field, s.language}
	if s.tallies[key] == nil {
		s.tallies[key] = &tally{}
	}
	return s.tallies[key]
}

// proposed is one proposed value as the scorer sees it.
type proposed struct {
	text  string
	found bool
	sure  bool
	quote string
	rule  string
}

// compare counts one field: want is nil where the label is empty.
func (s *score) compare(field string, want *string, got proposed, same func(a, b string) bool, note string) {
	t := s.of(field)
	switch {
	case want == nil && !got.found:
		return
	case want != nil && got.found && same(*want, got.text):
		t.right++
		if got.sure {
			t.sure++
		}
		return
	case got.found:
		t.wrong++
		if got.sure {
			t.sure++
			t.sureWrong++
		}
		if want != nil {
			t.missed++
		}
	default:
		t.missed++
	}
	wanted, sure := "nothing", ""
	if want != nil {
		wanted = *want
	}
	if got.sure && got.found {
		sure = " SURE"
	}
	s.misses = append(s.misses, fmt.Sprintf("%s: %s: want %s, got %s%s %s (%s) «%s»", s.file, field, wanted, cmp.Or(got.text, "nothing"), sure, note, got.rule,
		strings.Join(strings.Fields(got.quote), " ")))
}

// print writes the table: a line for each field, all languages together and each by itself.
func (s *score) print(w io.Writer, languages []string) {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(tab, "field\tlabels\tproposed\tprecision\trecall\tsure\twrong of sure\t")
	for _, l := range languages {
		fmt.Fprintf(tab, "%s precision\t%s recall\t", l, l)
	}
	fmt.Fprintln(tab)
	total := tally{}
	for _, field := range s.order {
		sum := tally{}
		for _, l := range languages {
			if t := s.tallies[[2]string{field, l}]; t != nil {
				sum.add(*t)
			}
		}
		total.add(sum)
		fmt.Fprintf(tab, "%s\t%d\t%d\t%s\t%s\t%d\t%s\t", field, sum.right+sum.missed, sum.right+sum.wrong, sum.precision(), sum.recall(), sum.sure, sum.wrongSure())
		for _, l := range languages {
			t := cmp.Or(s.tallies[[2]string{field, l}], &tally{})
			fmt.Fprintf(tab, "%s\t%s\t", t.precision(), t.recall())
		}
		fmt.Fprintln(tab)
	}
	fmt.Fprintf(tab, "all\t%d\t%d\t%s\t%s\t%d\t%s\t\n", total.right+total.missed, total.right+total.wrong, total.precision(), total.recall(), total.sure, total.wrongSure())
	tab.Flush()
}

func (t *tally) add(o tally) {
	t.right += o.right
	t.wrong += o.wrong
	t.missed += o.missed
	t.sure += o.sure
	t.sureWrong += o.sureWrong
}
