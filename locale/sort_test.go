package locale

import (
	"strings"
	"testing"
)

func TestSort(t *testing.T) {
	for _, tt := range []struct {
		name string
		l    Lang
		want string
	}{
		{"Albanian alphabet", SQ, "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v x xh y z zh"},
		{"Albanian towns", SQ, "Deçan Dragash Drenas Gllogoc Graçanicë Gjakovë Gjilan Lipjan Llapje Shtime Vushtrri Zveçan Zhegër"},
		{"Serbian alphabet", SRLatn, "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž"},
		{"Serbian towns in Latin", SRLatn, "Ćirez Dragaš Đakovica Leposavić Lipljan Ljubižda Novo Njegovo Srbica Štrpce Zvečan Žegra"},
		{"Serbian alphabet in Cyrillic", SR, "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш"},
		{"English, marks last", EN, "case Çase cash Zoo"},
		{"numbers by value", SQ, "Neni2 Neni9 Neni10 Neni165"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			items := strings.Fields(tt.want)
			for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
				items[i], items[j] = items[j], items[i]
			}
			Sort(tt.l, items, func(s string) string { return s })
			if got := strings.Join(items, " "); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestSortKeepsEqualsInOrder(t *testing.T) {
	type court struct {
		name string
		rank int
	}
	courts := []court{{"Pejë", 1}, {"Gjilan", 2}, {"Pejë", 3}, {"Ferizaj", 4}, {"Pejë", 5}}
	Sort(SQ, courts, func(c court) string { return c.name })
	want := []court{{"Ferizaj", 4}, {"Gjilan", 2}, {"Pejë", 1}, {"Pejë", 3}, {"Pejë", 5}}
	for i := range want {
		if courts[i] != want[i] {
			t.Fatalf("got %v, want %v", courts, want)
		}
	}
	Sort(SQ, []court(nil), func(c court) string { return c.name })
}

func TestCollatorCompare(t *testing.T) {
	c := NewCollator(SRLatn)
	for _, tt := range []struct {
		a, b string
		want int
	}{{"luk", "ljubav", -1}, {"ljubav", "luk", 1}, {"cvet", "čaj", -1}, {"čaj", "ćup", -1}, {"sud", "sud", 0}} {
		if got := c.Compare(tt.a, tt.b); got != tt.want {
			t.Errorf("%s before %s: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
