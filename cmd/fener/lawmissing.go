package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"fener/internal/intake"
	"fener/law"
	"fener/locale"
	"fener/period"
)

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
	list := law.NewReadingList(s.pack)
	code := exitDone
	for _, name := range args {
		if err := s.wants(name, list); err != nil {
			fmt.Fprintf(s.err, "%v\n", err)
			code = exitUnreadable
		}
	}
	s.line(0, s.t("cli.law.missing_of", "n", list.Counts()))
	ranked := list.Ranked()
	for _, w := range ranked {
		s.line(0, fmt.Sprintf("%6d  %s", w.Counts, wantedText(&w, s.lang)))
	}
	if len(ranked) == 0 && code == exitDone {
		s.line(0, s.t("cli.law.missing_none"))
	}
	return code, nil
}

// wantedText names the place, or the law where none is known, and what it would tell.
func wantedText(w *law.Wanted, l locale.Lang) string {
	at := w.Law.Title(l)
	if w.At != nil {
		at = w.At.Cite(l)
	}
	return at + ": " + w.What.Text(l)
}

// wants takes the rows of one file into the list.
func (s *lawShown) wants(name string, list *law.ReadingList) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	opt := intake.Options{Pack: s.pack, Now: period.DateOf(time.Now()), Workers: 1}
	_, err = intake.Each(context.Background(), name, file, opt, nil, func(b *intake.Batch) error {
		for i := range b.Rows {
			list.Add(&b.Rows[i].Facts)
		}
		return nil
	})
	return err
}
