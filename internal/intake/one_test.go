package intake

import (
	"slices"
	"testing"

	"fener/law"
)

func TestOneCountIsReadAsARowOfAFile(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name  string
		cells map[string]string
		codes []Code
		ok    bool
		holds func(*Row) bool
	}{
		{"a sentence in Albanian", map[string]string{"offence_convicted": "neni 165 paragrafi 1", "verdict": "dënuar", "imprisonment": "3 vjet e 6 muaj", "fine": "2.500,00"}, nil, true,
			func(r *Row) bool {
				return r.Facts.Verdict == law.Convicted && r.Facts.Sentence.Imprisonment.Term.String() == "3y 6m" && r.Facts.Sentence.Fine.Cents == 250000
			}},
		{"a fine that nothing is said of is not known", map[string]string{"verdict": "convicted", "imprisonment": "2y"}, nil, true,
			func(r *Row) bool { return r.Facts.Sentence.Fine.State == law.FineNotKnown }},
		{"an empty cell says as little as none", map[string]string{"verdict": "convicted", "imprisonment": "2y", "fine": ""}, nil, true,
			func(r *Row) bool { return r.Facts.Sentence.Fine.State == law.FineNotKnown }},
		{"none is another thing", map[string]string{"verdict": "convicted", "imprisonment": "2y", "fine": "none"}, nil, true,
			func(r *Row) bool { return r.Facts.Sentence.Fine.State == law.FineNotImposed }},
		{"a doubt stands beside the row", map[string]string{"verdict": "convicted", "offence_from": "04/05/2017", "imprisonment": "none"}, []Code{dayOrMonth}, true,
			func(r *Row) bool { return r.Facts.Committed.From.String() == "2017-05-04" }},
		{"whether imprisonment was imposed", map[string]string{"verdict": "convicted", "fine": "600"}, []Code{imprisonmentUnread}, true,
			func(r *Row) bool { return r.Facts.Sentence.IsZero() }},
		{"an error leaves no row", map[string]string{"verdict": "convicted", "fine": "-600", "age": "7"}, []Code{badAge, negativeFine}, false, nil},
		{"a column that is none of ours", map[string]string{"verdict": "convicted", "imprisonment": "none", "weather": "fine"}, []Code{unknownColumn}, true, func(r *Row) bool { return true }},
		{"a judgment before its offence", map[string]string{"verdict": "convicted", "offence_from": "2018", "judgment_date": "2017"}, []Code{judgedBefore}, false, nil},
		{"nothing", nil, nil, false, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, problems, ok, err := One(t.Context(), row.cells, Options{Pack: pack})
			if err != nil {
				t.Fatal(err)
			}
			var codes []Code
			for _, p := range problems {
				if p.Code != noRows {
					codes = append(codes, p.Code)
				}
			}
			slices.Sort(codes)
			if !slices.Equal(codes, row.codes) || ok != row.ok || ok && !row.holds(&got) {
				t.Errorf("read as %+v, ok %v, with the problems %v; want ok %v with %v", got.Facts, ok, codes, row.ok, row.codes)
			}
		})
	}
}
