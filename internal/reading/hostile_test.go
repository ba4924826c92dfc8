package reading

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// What is no decision, or none that can be read, gets a plain answer.
func TestWhatCannotBeReadIsSaid(t *testing.T) {
	for _, row := range []struct {
		name, text string
		kind       Kind
		problem    string
	}{
		{"an empty text", "", NoDecision, "the text is empty"},
		{"nothing but spaces and page breaks", " \n\f\t \n", NoDecision, "the text is empty"},
		{"German", "Das Gericht hat in der Strafsache gegen den Angeklagten wegen Diebstahls für Recht erkannt: Der Angeklagte wird zu einer Freiheitsstrafe verurteilt.",
			NoDecision, "not in Albanian, Serbian or English"},
		{"Greek", strings.Repeat("Το δικαστήριο αποφάσισε ότι ο κατηγορούμενος είναι ένοχος. ", 20), NoDecision, ""},
		{"a letter in English", "Dear sir, I write to you about the house that is at the end of the road. It was sold to the man with the dog by the agent on the day that you left.",
			NoDecision, "no decision of a court"},
		{"a civil judgment in Albanian", "C.nr.123/2020\nNË EMËR TË POPULLIT\nGJYKATA THEMELORE NË PEJË, në çështjen juridike të paditësit A.B. kundër të paditurit C.D., për shkak të " +
			"borxhit, pas padisë së paditësit, më datë 12.03.2021 mori këtë:\n\nAKTGJYKIM\n\nAprovohet kërkesëpadia e paditësit dhe detyrohet i padituri që t'i paguajë paditësit shumën prej 1000 euro.",
			NotCriminal, "civil or administrative"},
		{"a civil judgment in Serbian", "P.br. 12/2019\nU IME CRNE GORE\nOSNOVNI SUD U BARU, u pravnoj stvari tužioca A.B. protiv tuženog C.D., radi duga, donio je dana 01.02.2020. godine\n\nPRESUDU\n\n" +
			"Usvaja se tužbeni zahtjev tužioca i obavezuje tuženi da tužiocu isplati iznos od 1.000,00 €.", NotCriminal, "civil or administrative"},
		{"bytes that are no UTF-8", "\xff\xfe\x80\x81 PKR.nr.1/2020 \xc3", NoDecision, ""},
	} {
		p := Propose(row.text)
		if p.Kind != row.kind {
			t.Errorf("%s: %s, want %s", row.name, p.Kind, row.kind)
		}
		if !strings.Contains(strings.Join(p.Problems, "; "), row.problem) {
			t.Errorf("%s: problems %q, want one with %q", row.name, p.Problems, row.problem)
		}
		for _, d := range p.Decisions {
			if p.Kind != Criminal && len(d.Defendants) > 0 {
				t.Errorf("%s: has defendants", row.name)
			}
		}
	}
}

// Time grows as the text does, whatever is in it: each row is read at one size and at four times it, and may take ten times as long:
// four is linear, sixteen would be the square.
func TestTimeGrowsWithTheText(t *testing.T) {
	if testing.Short() {
		t.Skip("reads much")
	}
	for _, row := range []struct{ name, piece string }{
		{"one letter", "a"},
		{"one word", "dënim "},
		{"numbers", "PKR.nr.77/2023 "},
		{"numbers and dates", "P.nr.1/2020 të datës 01.02.2020 "},
		{"page breaks", "aktgjykim\n\n12\n\f\n"},
		{"articles", "për veprën penale vjedhje nga neni 313 par. 1 të KPRK-së "},
		{"verdicts", "i pandehuri A.B. është shpallur fajtor, "},
		{"sentences", "dënim me burgim në kohëzgjatje prej 6 (gjashtë) muaj. "},
		{"decisions", "Me aktgjykimin e Gjykatës Themelore në Pejë P.nr.12/2020 të datës 01.02.2020 i dënuari A.B. është shpallur fajtor për veprën penale vjedhja nga neni 313 të KPRK-së. "},
		{"names", "i pandehuri Arben Shala dhe dëshmitari Petrit Gashi "},
		{"brackets", "(((((((((( "},
		{"digits", "1234567890"},
		{"masks", "në afat prej 15 ditësh nga dita, me gjobë prej 20 euro, "},
		{"reasons", "sepse, me çka ka kryer veprën penale, "},
		{"a number each time another", "KMLP.II.Nr.%d/2020 "},
		{"an article each time another", "për veprën penale vjedhje nga neni %d par. 1 të KPRK-së "},
		{"persons each time others", "i pandehuri A.%[2]s. dhe i dënuari Sh. %[2]s. është shpallur fajtor, "},
		{"names each time others", "dëshmitari Agim Gashi%[2]s "},
	} {
		head := "PKR.nr.77/2023\n\nNË EMËR TË POPULLIT\n\nAKTGJYKIM\n\n" +
			strings.Repeat("i dhe për nga është ", 1000) // so that the language is told, and the rules are tried on what follows
		took := func(size int) time.Duration {
			var b strings.Builder
			b.WriteString(head)
			for i := 0; b.Len() < size; i++ {
				piece := row.piece
				if strings.Contains(piece, "%") {
					piece = fmt.Sprintf(piece+"%.0[2]s", i%100_000, letters26(i))
					piece, _, _ = strings.Cut(piece, "%!")
				}
				b.WriteString(piece)
			}
			text := b.String()
			begin := time.Now()
			Propose(text)
			return time.Since(begin)
		}
		var small, large time.Duration
		for range 4 { // a busy machine can spoil one measurement, not four
			small, large = took(60_000), took(240_000)
			if large < 10*small || large < 300*time.Millisecond {
				break
			}
		}
		if large >= 10*small && large >= 300*time.Millisecond {
			t.Errorf("%s: 60 KB take %s, 240 KB take %s", row.name, small, large)
		}
		t.Logf("%s: 240 KB in %s", row.name, large)
	}
}

// letters26 counts in letters: A, B ... Aa, Ba.
func letters26(n int) string {
	s := string(rune('A' + n%26))
	for n /= 26; n > 0; n /= 26 {
		s += string(rune('a' + n%26))
	}
	return s
}

// FuzzPropose: nothing panics, and every quotation stands where it says.
func FuzzPropose(f *testing.F) {
	for _, text := range invented(f) {
		f.Add(text)
	}
	f.Add("PML.Nr.88/202, datë 17.03.2025 l5.l2.20l4 \f 12 \f KPRK-\nsë")
	f.Add("Kž br. 1/1 \xff\xf0 od po 30 (trideset) dana zatvora")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		checkQuotes(t, text, Propose(text))
		for _, s := range Split(text) {
			if s.Start < 0 || s.End > len(text) || s.Start > s.End {
				t.Fatalf("span %v of a text of %d bytes", s, len(text))
			}
		}
	})
}

// Damaged texts: pieces missing, lines doubled, letters changed. Nothing panics, and every quotation still stands in the text.
func TestDamagedTexts(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 13))
	for name, text := range labelledTexts(t) {
		for round := range 12 {
			damaged := []byte(text)
			for range 1 + round*3 {
				a := random.IntN(len(damaged))
				b := min(len(damaged), a+random.IntN(400))
				switch random.IntN(3) {
				case 0:
					damaged = slices.Delete(damaged, a, b)
				case 1:
					damaged = slices.Insert(damaged, a, slices.Clone(damaged[a:b])...)
				default:
					damaged[a] = byte(random.IntN(256))
				}
			}
			checkQuotes(t, string(damaged), Propose(string(damaged)))
			if t.Failed() {
				t.Fatalf("%s, round %d", name, round)
			}
		}
	}
}
