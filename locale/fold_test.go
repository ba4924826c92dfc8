package locale

import (
	"strings"
	"testing"
	"unicode"
)

func TestFoldBringsSpellingsTogether(t *testing.T) {
	for _, tt := range []struct {
		name, folded string
		spellings    []string
	}{
		{"a Serbian name", "dorde", []string{"Ђорђе", "Đorđe", "Djordje", "DJORDJE", "đorđe", "Đorđe"}},
		{"an Albanian court", "gjykata e pejes", []string{"Gjykata e Pejës", "GJYKATA E PEJËS", "gjykata e pejes", "Gjykata e Peje\u0308s"}},
		{"Albanian ç", "ceshtje", []string{"Çështje", "ceshtje", "C\u0327e\u0308shtje"}},
		{"Serbian č and ć", "corovic", []string{"Ћоровић", "Ćorović", "Čorovič", "Corovic"}},
		{"pairs", "ljubav njegos dzep", []string{"Љубав Његош Џеп", "Ljubav Njegoš Džep", "ǉubav ǌegoš ǆep"}},
		{"trafficking", "trgovina ljudima", []string{"Трговина људима", "trgovina ljudima"}},
		{"every Serbian letter", "abvgddezzijklljmnnjoprstcufhccdzs", []string{"абвгдђежзијклљмнњопрстћуфхцчџш", "ABVGDĐEŽZIJKLLJMNNJOPRSTĆUFHCČDŽŠ"}},
		{"PDF ligatures and hyphens", "final office", []string{"ﬁnal of\u00adﬁce", "ﬁnal oﬃce"}},
		{"Turkish names", "ismail isik", []string{"İsmail Işık"}},
		{"other neighbours", "strasse lodz kobenhavn", []string{"Straße Łódź København"}},
		{"numbers and signs stay", "06/l-074, neni 165 §2", []string{"06/L-074, Neni 165 §2"}},
		{"no-break space", "1 234", []string{"1\u00a0234"}},
		{"Greek stays Greek", "αθηνα", []string{"Αθήνα"}},
		{"nothing", "", []string{""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, s := range tt.spellings {
				if got := Fold(s); got != tt.folded {
					t.Errorf("Fold(%q) = %q, want %q", s, got, tt.folded)
				}
			}
		})
	}
}

func TestFoldTwiceChangesNothing(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		s := "d" + string(r) + "j"
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("%q (%U) folds to %q and then to %q", s, r, once, twice)
		}
		if r != verbatimOpen && r != verbatimClose && Fold(Cyrillic(s)) != once {
			t.Errorf("%q (%U) folds to %q, in Cyrillic to %q", s, r, once, Fold(Cyrillic(s)))
		}
	}
}

func TestFoldAllocatesLittle(t *testing.T) {
	done := strings.Repeat("gjykata e pejes ", 100)
	if n := testing.AllocsPerRun(100, func() { Fold(done) }); n != 0 {
		t.Errorf("a folded text costs %v allocations", n)
	}
	mixed := strings.Repeat("Gjykata e Pejës, Ђорђе Đorđević; ", 100)
	if n := testing.AllocsPerRun(100, func() { Fold(mixed) }); n > 2 {
		t.Errorf("folding costs %v allocations, want the buffer and the text", n)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Ђорђе", "djj", "ﬁnal", "Gjykatë", "ẞ İ ǆ", "\xff\xc3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("%q folds to %q and then to %q", s, once, twice)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("Gjykata Themelore në Prishtinë, Ђорђе Đorđević, case 12/2017. ", 16)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Fold(text)
	}
}
