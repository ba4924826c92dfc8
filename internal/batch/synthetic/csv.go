package synthetic

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"fener/internal/record"
	"fener/law"
)

var columns = []string{"case", "court", "instance", "judgment_date", "defendant", "offence_charged", "offence_convicted", "offence_from",
	"verdict", "imprisonment", "suspended", "verification", "fine", "mitigation", "source", "quote"}

// WriteCSV writes n judgments as a file that the check reads and an import
// takes, one row a count.
func WriteCSV(w io.Writer, n int, seed uint64) error {
	names := map[string]string{}
	for id, court := range Courts() {
		names[id] = court.Names.EN
	}
	buffered := bufio.NewWriterSize(w, 64<<10)
	out := csv.NewWriter(buffered)
	err := out.Write(columns)
	for _, j := range Judgments(n, seed) {
		for _, d := range j.Defendants {
			if err == nil {
				err = out.Write(cells(j, names[j.Court], &d))
			}
		}
	}
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	if err == nil {
		err = buffered.Flush()
	}
	if err != nil {
		return fmt.Errorf("writing the synthetic judgments: %w", err)
	}
	return nil
}

func cells(j *record.Judgment, court string, d *record.Defendant) []string {
	c := &d.Counts[0]
	suspended, mitigation := law.Tri(c.Sentence.Suspended).String(), ""
	if c.Grounds.Any() {
		mitigation = "plea"
	}
	return []string{strings.Join(j.Numbers, " and "), court, j.Instance.String(), j.Date.String(), d.Label, c.Charged, c.Convicted,
		c.From.String(), c.Verdict.String(), c.Sentence.Imprisonment.String(), suspended, c.Sentence.Verification.String(),
		c.Sentence.Fine.String(), mitigation, "SYNTHETIC source. SYNTHETIC publisher", c.Quote}
}
