package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"fener/internal/intake"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// wanted is one text that nobody has checked yet, and for how many counts of the
// files something is open without it.
type wanted struct {
	law.ToRead
	counts int
}

// missing lists what to read next: with files, the texts for lack of which
// counts are open, those that most counts wait for first; without, every
// provision of the pack that nobody has read in full.
func (s *lawShown) missing(args []string) (int, error) {
	if len(args) == 0 {
		s.line(0, s.t("cli.law.missing_all"))
		for _, in := range s.pack.Instruments {
			for _, p := range in.Provisions {
				if p.Verified != law.Read {
					s.line(1, p.Cite(s.lang)+": "+p.Names.In(s.lang)+" ["+p.Verified.Text(s.lang)+"]")
				}
			}
		}
		return exitDone, nil
	}
	counted := map[law.ToRead]int{}
	rows := 0
	code := exitDone
	for _, name := range args {
		n, err := s.wants(name, counted)
		rows += n
		if err != nil {
			fmt.Fprintf(s.err, "%v\n", err)
			code = exitUnreadable
		}
	}
	s.line(0, s.t("cli.law.missing_of", "n", rows))
	list := make([]wanted, 0, len(counted))
	for t, n := range counted {
		list = append(list, wanted{t, n})
	}
	slices.SortFunc(list, func(a, b wanted) int {
		return cmp.Or(b.counts-a.counts, cmp.Compare(a.Law.Number, b.Law.Number), cmp.Compare(a.text(locale.EN), b.text(locale.EN)))
	})
	for _, w := range list {
		s.line(0, fmt.Sprintf("%6d  %s", w.counts, w.text(s.lang)))
	}
	if len(list) == 0 && code == exitDone {
		s.line(0, s.t("cli.law.missing_none"))
	}
	return code, nil
}

// text names the place, or the law where none is known, and what it would tell.
func (w wanted) text(l locale.Lang) string {
	at := w.Law.Title(l)
	if w.At != nil {
		at = w.At.Cite(l)
	}
	return at + ": " + w.What.Text(l)
}

// wants counts the texts that the rows of one file wait for.
func (s *lawShown) wants(name string, counted map[law.ToRead]int) (rows int, err error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	opt := intake.Options{Pack: s.pack, Now: period.DateOf(time.Now()), Workers: 1}
	_, err = intake.Each(context.Background(), name, file, opt, nil, func(b *intake.Batch) error {
		for i := range b.Rows {
			rows++
			answer, err := law.Explain(s.pack, &b.Rows[i].Facts)
			if err != nil {
				continue // two provisions on one date: check says so
			}
			for _, t := range answer.ToRead() {
				counted[t]++
			}
		}
		return nil
	})
	return rows, err
}
