// Package synthetic writes tables of made-up judgments for measuring speed.
// Nothing in them is about anybody: every row says SYNTHETIC.
package synthetic

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
)

// header has fifteen of the canonical columns.
const header = "case,court,judgment_date,defendant,offence_charged,offence_convicted,offence_from,verdict,imprisonment,suspended,verification,fine,mitigation,final,source\n"

var (
	offences = []string{"06/L-074:165(1)", "165(1)", "neni 165 paragrafi 2", "06/L-074:234(1)", "04/L-082:171(1)", "2003/25:139(1)",
		"član 231 stav 1", "trafficking in persons", "06/L-074:163(1)", "166(1)"}
	courts      = []string{"Prishtinë", "Prizren", "Pejë", "Gjilan", "Ferizaj", "Mitrovicë", "Gjakovë"}
	letters     = "ABDEFGHIKLMNPRSTVXZ"
	mitigations = []string{"", "none", "plea", "circumstances", "plea+circumstances", "plea_agreement"}
	finals      = []string{"", "yes", "no"}
)

// WriteCSV writes a header and so many rows of 15 columns, about 130 bytes
// each; the same seed gives the same table.
func WriteCSV(w io.Writer, rows int, seed uint64) error {
	out := bufio.NewWriterSize(w, 1<<16)
	if _, err := out.WriteString(header); err != nil {
		return fmt.Errorf("writing the synthetic table: %w", err)
	}
	r := rand.New(rand.NewPCG(seed, 15))
	var line []byte
	for range rows {
		line = appendRow(line[:0], r)
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("writing the synthetic table: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the synthetic table: %w", err)
	}
	return nil
}

func appendRow(b []byte, r *rand.Rand) []byte {
	offence := 2004 + r.IntN(19)
	judged := offence + 1 + r.IntN(3)
	b = fmt.Appendf(b, "SYNTHETIC PKR.nr. %d/%02d,", 1+r.IntN(999), judged%100)
	b = append(append(b, courts[r.IntN(len(courts))]...), ',')
	b = append(appendDay(b, judged, r), ',', letters[r.IntN(len(letters))], '.', letters[r.IntN(len(letters))], '.', ',')
	charged := offences[r.IntN(len(offences))]
	convicted := charged
	if r.IntN(4) == 0 {
		convicted = offences[r.IntN(len(offences))]
	}
	b = append(append(append(append(b, charged...), ','), convicted...), ',')
	b = append(appendDay(b, offence, r), ',')
	if r.IntN(8) == 0 {
		return append(b, "acquitted,,,,,,yes,SYNTHETIC no. "+strconv.Itoa(r.IntN(90000))+"\n"...)
	}
	b = append(b, "convicted,"...)
	months := 3 + r.IntN(140)
	b = fmt.Appendf(b, "%dy %dm,", months/12, months%12)
	if months <= 24 && r.IntN(2) == 0 {
		b = fmt.Appendf(b, "yes,%dy,", 1+r.IntN(3))
	} else {
		b = append(b, "no,,"...)
	}
	if r.IntN(3) > 0 {
		b = strconv.AppendInt(b, int64(100*(1+r.IntN(150))), 10)
	}
	b = append(append(b, ','), mitigations[r.IntN(len(mitigations))]...)
	b = append(append(b, ','), finals[r.IntN(len(finals))]...)
	return append(b, ",SYNTHETIC no. "+strconv.Itoa(r.IntN(90000))+"\n"...)
}

// appendDay writes a day of the year, mostly as ISO 8601 and sometimes with dots.
func appendDay(b []byte, year int, r *rand.Rand) []byte {
	month, day := 1+r.IntN(12), 1+r.IntN(28)
	if r.IntN(10) == 0 {
		return fmt.Appendf(b, "%02d.%02d.%d", day, month, year)
	}
	return fmt.Appendf(b, "%d-%02d-%02d", year, month, day)
}
