package view_test

import (
	"os"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// What shares a source with the case of a child victim says no more of it than
// the case does: not by a headline, a day, an address, a quotation, a reason.
func TestWhatSharesASourceWithAChildVictimIsCoarse(t *testing.T) {
	secret := []string{"Xerx", "14-vje", "2021-05-06", "2021-05-07", "example.org/xerxe", "girl of fourteen", "6 maj"}
	child := &record.Case{Numbers: []string{"PKR.Nr.64/2021"}, ChildVictim: law.Yes, Form: "a girl of fourteen, in a bar in Xerxë"}
	j := judgment("c", "2021-05-06", "A.B.", "2y")
	j.Defendants[0].Counts[0].Convicted = "trafikimi i vajzës 14-vjeçare"
	about := &record.Source{Title: "Vajza 14-vjeçare nga Xerxa", Publisher: "Koha", Published: period.MustDate("2021-05-07"), Address: "https://example.org/xerxe"}
	figure := &record.Observation{Indicator: "victims_identified", Place: "Kosovo", From: period.MustDate("2021-05-06"), Value: record.ParseStated("1"),
		Citation: record.Citation{Source: "birn-2021", Quote: "a girl of fourteen"}, Note: "6 maj"}
	enter := map[string]func(d *desk){
		"source": func(d *desk) { d.enter(record.SourceKind, "birn-2021", 0, record.Published, about) },
		"figure": func(d *desk) { d.enter(record.ObservationKind, "o", 0, record.Published, figure) },
		"judgment": func(d *desk) {
			d.enter(record.JudgmentKind, "j", 0, record.Published, j)
			d.enter(record.JudgmentKind, "j", 1, record.Published, j)
		},
		"case": func(d *desk) { d.enter(record.CaseKind, "c", 0, record.Draft, child) },
	}
	for _, order := range []string{"source figure judgment case", "case judgment source figure", "judgment figure case source"} {
		for _, apart := range []bool{false, true} {
			d := newDesk(t)
			v := d.open(view.Public)
			for _, what := range strings.Fields(order) {
				enter[what](d)
				if apart {
					d.catchUp(v)
				}
			}
			d.catchUp(v)
			source, err := v.Source(t.Context(), "birn-2021")
			if err != nil || source.Source.Title != "Koha, 2021" || source.Source.Address != "" {
				t.Errorf("%s: the source reads %+v, %v", order, source, err)
			}
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
			for _, anew := range []bool{false, true} {
				if anew {
					if _, err := view.Rebuild(t.Context(), d.options(view.Public)); err != nil {
						t.Fatal(err)
					}
				}
				file, err := os.ReadFile(d.options(view.Public).Path)
				if err != nil {
					t.Fatal(err)
				}
				for _, text := range secret {
					if strings.Contains(string(file), text) {
						t.Errorf("%s, apart %t, built anew %t: the public file holds %q", order, apart, anew, text)
					}
				}
			}
		}
	}
}

// A source that no case of a child victim rests on any more is shown again.
func TestALiftedProtectionShowsItsSourcesAgain(t *testing.T) {
	d := newDesk(t)
	v := d.open(view.Public)
	d.enter(record.SourceKind, "birn-2021", 0, record.Published, &record.Source{Title: "Of the case"})
	d.enter(record.JudgmentKind, "j", 0, record.Published, judgment("c", "2021-05-06", "A.B.", "2y"))
	d.enter(record.CaseKind, "c", 0, record.Published, &record.Case{Numbers: []string{"P 1/20"}, ChildVictim: law.Yes})
	d.catchUp(v)
	d.enter(record.CaseKind, "c", 1, record.Published, &record.Case{Numbers: []string{"P 1/20"}, ChildVictim: law.No, LiftedAt: 2})
	d.catchUp(v)
	source, err := v.Source(t.Context(), "birn-2021")
	if err != nil || source.Source.Title != "Of the case" {
		t.Errorf("the source reads %+v, %v", source, err)
	}
}
