package intake

import (
	"context"
	"strings"
	"testing"

	"fener/law"
)

// A column for a person's own words is not read, and nobody is told so; any other unknown column is a doubt.
func TestRemarksAreNoDoubt(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	const row = "165(1),convicted,5y,500,no,a word\n"
	for _, c := range []struct {
		name, file string
		doubts     int
	}{
		{"note", "offence_convicted,verdict,imprisonment,fine,suspended,note\n" + row, 0},
		{"in Albanian", "offence_convicted,verdict,imprisonment,fine,suspended,Shënime\n" + row, 0},
		{"in Cyrillic", "offence_convicted,verdict,imprisonment,fine,suspended,Напомена\n" + row, 0},
		{"another", "offence_convicted,verdict,imprisonment,fine,suspended,weather\n" + row, 1},
		{"as JSON", `{"offence_convicted":"165(1)","verdict":"convicted","imprisonment":"5y","fine":500,"suspended":false,"note":"a word"}` + "\n", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			sum, err := Each(context.Background(), "x", strings.NewReader(c.file), Options{Pack: pack}, nil, nil)
			if err != nil || sum.Good != 1 || sum.Doubts != c.doubts {
				t.Errorf("read %+v, %v; want one good row and %d doubts", sum, err, c.doubts)
			}
		})
	}
}
