package locale

import (
	"strconv"

	"fener/period"
)

// lengthWords are what a language needs to say a length: the nouns, and what
// stands before the last part and between earlier ones.
type lengthWords struct {
	year, month, day forms
	last, between    string
	none             string
}

var lengths = map[Lang]lengthWords{
	SQ: {
		year: forms{"vit", "vjet", "vjet"}, month: forms{"muaj", "muaj", "muaj"}, day: forms{"ditë", "ditë", "ditë"},
		last: " e ", between: ", ", none: "asnjë",
	},
	SR: {
		year: forms{"година", "године", "година"}, month: forms{"месец", "месеца", "месеци"}, day: forms{"дан", "дана", "дана"},
		last: " и ", between: ", ", none: "нема",
	},
	SRLatn: {
		year: forms{"godina", "godine", "godina"}, month: forms{"mesec", "meseca", "meseci"}, day: forms{"dan", "dana", "dana"},
		last: " i ", between: ", ", none: "nema",
	},
	EN: {
		year: forms{"year", "years", "years"}, month: forms{"month", "months", "months"}, day: forms{"day", "days", "days"},
		last: " ", between: " ", none: "none",
	},
}

// Length writes a length in words: "3 vjet e 6 muaj", "3 године и 6 месеци",
// "3 godine i 6 meseci", "3 years 6 months". No length at all has a word of its
// own. period.ParseLength reads back every length that is one, which is why
// thousands of days are not grouped.
func Length(l Lang, n period.Length) string {
	w := lengths[l]
	if n.IsZero() {
		return w.none
	}
	years, months, days := n.Parts()
	var parts [3]string
	count := 0
	for i, v := range [3]int{years, months, days} {
		if v != 0 {
			noun := [3]forms{w.year, w.month, w.day}[i].of(l, int64(v))
			parts[count] = strconv.Itoa(v) + " " + noun
			count++
		}
	}
	switch count {
	case 1:
		return parts[0]
	case 2:
		return parts[0] + w.last + parts[1]
	}
	return parts[0] + w.between + parts[1] + w.last + parts[2]
}
