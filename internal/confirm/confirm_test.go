package confirm_test

import (
	"strings"
	"testing"

	"fener/internal/confirm"
	"fener/internal/reading"
	"fener/law"
)

// A made-up history of a case in the words that courts use. SYNTHETIC.
const twoCounts = `GJYKATA THEMELORE NË PRISHTINË
PKR.Nr.64/2018

Gjykata Themelore në Prishtinë, në çështjen penale kundër të akuzuarit A.B., me datë 12.03.2019 mori këtë

A K T G J Y K I M

I akuzuari A.B., është fajtor, për shkak se ka kryer veprën penale trafikim me njerëz nga neni 171 paragrafi 1 i KPRK-së, e mbetur në tentativë.

Prandaj gjykata e shpall fajtor dhe e gjykon me dënim me burgim në kohëzgjatje prej 2 (dy) viteve dhe dënim me gjobë në shumë prej 1.500 (një mijë e pesëqind) euro.
`

// What was read becomes fields of the record as the record writes them, and what the check reads.
func TestWhatWasReadBecomesFields(t *testing.T) {
	p := reading.Propose(twoCounts)
	list := confirm.Judgments(twoCounts, &p)
	if len(list) != 1 || !list[0].Here {
		t.Fatalf("%d judgments; want the one at hand", len(list))
	}
	got := map[string]confirm.Field{}
	for _, f := range list[0].Fields {
		got[f.Path] = f
		if f.Quote == "" || !strings.Contains(strings.Join(strings.Fields(twoCounts), " "), f.Quote) {
			t.Errorf("%s rests on %q, which the text does not have", f.Path, f.Quote)
		}
	}
	for path, want := range map[string]string{
		"numbers": "PKR.Nr.64/2018", "instance": "first", "date": "2019-03-12", "defendants.0.label": "A.B.", "defendants.0.counts.0.verdict": "convicted", "defendants.0.counts.0.form": "attempt",
		"defendants.0.counts.0.sentence.imprisonment": "2y", "defendants.0.counts.0.sentence.fine": "1500",
	} {
		if got[path].Value != want {
			t.Errorf("%s: %q; want %q", path, got[path].Value, want)
		}
	}
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	if o := pack.Offence(got["defendants.0.counts.0.convicted"].Value); len(o.Refs) == 0 {
		t.Errorf("the check does not read %q", got["defendants.0.counts.0.convicted"].Value)
	}
}

// The names are made up.
func TestAQuotationHoldsNoFullName(t *testing.T) {
	text := "the accused Agim Krasniqi, and Shpresa Gjoka too"
	for _, row := range []struct {
		what  string
		names []string
		want  string
	}{
		{"nobody", nil, "the accused Agim Krasniqi, and Shpresa Gjoka too"},
		{"one", []string{"Agim Krasniqi"}, "the accused A.K., and Shpresa Gjoka too"},
		{"two, with letters that are written with two signs", []string{"Agim Krasniqi", "Shpresa Gjoka"}, "the accused A.K., and Sh.Gj. too"},
	} {
		var spans []reading.Span
		for _, n := range row.names {
			at := strings.Index(text, n)
			spans = append(spans, reading.Span{Start: at, End: at + len(n)})
		}
		if got := confirm.Quote(text, 0, len(text), spans); got != row.want {
			t.Errorf("%s: %q; want %q", row.what, got, row.want)
		}
	}
	for _, row := range [][2]string{{"Agim Krasniqi", "A.K."}, {"Xhevdet  Rrustemi", "Xh.Rr."}, {"Ljiljana Đorđević-Njegovan", "Lj.Đ.Nj."}, {"", ""}, {"E", "E."}} {
		if got := confirm.Initials(row[0]); got != row[1] {
			t.Errorf("%q is %q; want %q", row[0], got, row[1])
		}
	}
}
