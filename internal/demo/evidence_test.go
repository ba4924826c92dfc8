package demo_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"fener/internal/demo"
	"fener/internal/evidence"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// The example's evidence is public, each of it rests on a source on record, and
// its claims have the standings that the record can defend.
func TestTheExamplesEvidence(t *testing.T) {
	v := filled(t, 0)
	addresses := map[string]string{}
	for offset := 0; ; offset += view.MaxLimit {
		sources, _, err := v.Sources(t.Context(), view.Page{Offset: offset})
		if err != nil {
			t.Fatal(err)
		}
		if len(sources) == 0 {
			break
		}
		for _, s := range sources {
			if other := addresses[s.Address]; s.Address != "" && other != "" {
				t.Errorf("sources %s and %s have one address, %s", other, s.ID, s.Address)
			}
			addresses[s.Address] = s.ID
		}
	}
	for kind, least := range map[record.Kind]int{record.ObservationKind: 200, record.ArticleKind: 1, record.ClaimKind: 8} {
		if _, total, err := v.Things(t.Context(), kind, view.Page{}); err != nil || total < least {
			t.Errorf("%d of kind %s, want %d at least: %v", total, kind, least, err)
		}
	}
	small, err := v.Source(t.Context(), demo.Key().ID(record.SourceKind, "k20-small-talk-2018"))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[record.Kind]int{}
	for _, r := range small.Rests {
		kinds[r.Kind]++
	}
	if kinds[record.ObservationKind] < 5 || kinds[record.ArticleKind] != 1 {
		t.Errorf("on the article rest %v", kinds)
	}
}

func TestTheSeedsClaimsStandAsTheyShould(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	led, err := ledger.Open(t.Context(), t.TempDir(), ledger.Options{Now: func() time.Time { return noon }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer led.Close()
	if _, err := demo.Fill(t.Context(), led, demo.Options{Pack: pack, Now: noon}); err != nil {
		t.Fatal(err)
	}
	k, err := evidence.Fold(t.Context(), evidence.Options{Entries: led, Pack: pack})
	if err != nil {
		t.Fatal(err)
	}
	set := k.Set()
	for _, id := range set.ArticleIDs() {
		source := set.Article(id).Source
		if set.Source(source) == nil {
			t.Errorf("article %s rests on %q, which is not on record", id, source)
		}
		for _, c := range set.ArticleClaims(id) {
			st, ok := set.Standing(c.ID)
			if !ok || len(set.Past(c.ID)) != 1 {
				t.Errorf("%s: standing %v, past %v", c.ID, ok, set.Past(c.ID))
			}
			t.Logf("%s: %s %s, %d pieces of evidence", c.ID, st.Verdict, st.Why, len(st.Evidence))
			for _, e := range st.Evidence {
				own := e.Observation != nil && (e.Observation.Citation.Source == source || strings.HasPrefix(e.Observation.Citation.Source, source))
				if own && e.Bearing != evidence.Itself && e.Bearing != evidence.Retelling {
					t.Errorf("%s: its own article %s it", c.ID, e.Bearing)
				}
			}
		}
	}
}
