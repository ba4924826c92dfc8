package intake

import "strings"

// folded makes a set of words as they are looked up.
func folded(list string) map[string]bool {
	m := map[string]bool{}
	for w := range words(map[string]bool{list: true}) {
		m[w] = true
	}
	return m
}

// lengthUnits are the units of a length, with w for weeks.
var lengthUnits = func() map[string]byte {
	m := map[string]byte{}
	for unit, list := range map[byte]string{
		'y': "y, yr, yrs, year, years, v, vit, vite, viti, vitet, vitesh, vjet, vjete, vjeta, vjetë, vjetësh, g, god, godina, godine, godinu, godini",
		'm': "m, mo, mos, mth, mths, month, months, muaj, muaji, muajt, muajsh, muajve, mes, mesec, meseca, meseci, mesece, mjesec, mjeseca, mjeseci",
		'w': "week, weeks, javë, java, javësh, nedelja, nedelje, nedelju, sedmica, sedmice",
		'd': "d, day, days, dit, ditë, dite, ditët, ditësh, dan, dana, dani",
	} {
		for w := range strings.SplitSeq(list, ", ") {
			m[wordKey(w)] = unit
		}
	}
	return m
}()

// bareUnits may stand without a number before "dana": godinu dana is a year.
var bareUnits = []string{"godinu", "godina", "mesec", "mjesec"}

// ageUnits say how old somebody is, which is no length of a sentence.
var ageUnits = folded("vjeç, vjeçar, vjeçare, vjec, vjecar, vjecare, godišnjak, godišnji")

var agePhrases = []string{"years old", "year old", "godina starosti", "godine starosti", "god starosti", "years of age"}

var joiners = folded("e, dhe, edhe, i, and, a, si edhe")

var halves = folded("gjysmë, gjysem, gjysme, gjys, po, pol, pola, half")

var fractions = map[string]int{"½": 4, "¼": 2, "¾": 6} // eighths

// fillers stand around a length and change nothing.
var fillers = folded("burgim, burgimi, burgimit, burgu, burg, heqje, lirie, me, prej, në, kohëzgjatje, kohezgjatje, dënim, dënimi, denimin, dënuar, të, i, u, nga, " +
	"zatvor, zatvora, zatvorom, kazna, kazne, kaznu, kazni, strogog, trajanju, od, na, imprisonment, prison, jail, in, of, sentence, sentenced, to, for, term, the, incarceration, custody, burgimin, lirimit, lišenja, slobode, shqiptuar")

var lifePhrases = phrases("burgim i përjetshëm, burgim të përjetshëm, i përjetshëm, të përjetshëm, përjetë, doživotni zatvor, doživotnog zatvora, doživotno, doživotni, doživotna, life imprisonment, imprisonment for life, life")

var suspendedPhrases = phrases("me kusht, kusht, me kushtëzim, i kushtëzuar, të kushtëzuar, uslovno, uslovna, uslovnu, uslovne, uslovni, uslovnog, uslovna osuda, suspended, conditional, conditionally")

var notSuspended = phrases("pa kusht, efektiv, efektive, bezuslovno, bezuslovna, bezuslovni, unsuspended, not suspended, effective")

// verificationWords say that a length is the verification period of a suspended sentence.
var verificationWords = phrases("verifikim, verifikimi, verifikimit, verifikuese, proveravanja, proveravanje, provera, provere, rok, afat, afati, afatin, verification, probation, probationary, period")

func phrases(list string) (out []string) {
	for p := range strings.SplitSeq(list, ",") {
		out = append(out, wordKey(p))
	}
	return out
}

// numbers are the numbers that lengths have, in words, in the cases and genders
// that stand before a unit.
var numbers = func() map[string]int {
	m := map[string]int{}
	for _, list := range []string{
		"zero 0, një 1, nje 1, dy 2, tre 3, tri 3, katër 4, pesë 5, gjashtë 6, shtatë 7, tetë 8, nëntë 9, dhjetë 10, njëmbëdhjetë 11, dymbëdhjetë 12, trembëdhjetë 13, katërmbëdhjetë 14, pesëmbëdhjetë 15, gjashtëmbëdhjetë 16, shtatëmbëdhjetë 17, tetëmbëdhjetë 18, nëntëmbëdhjetë 19",
		"njëzet 20, tridhjetë 30, dyzet 40, katërdhjetë 40, pesëdhjetë 50, gjashtëdhjetë 60, shtatëdhjetë 70, tetëdhjetë 80, nëntëdhjetë 90, njëqind 100",
		"jedan 1, jedna 1, jednu 1, jedne 1, jednog 1, jedno 1, dva 2, dve 2, dvije 2, dveju 2, tri 3, triju 3, četiri 4, pet 5, šest 6, sedam 7, osam 8, devet 9, deset 10, jedanaest 11, dvanaest 12, trinaest 13, četrnaest 14, petnaest 15, šesnaest 16, sedamnaest 17, osamnaest 18, devetnaest 19",
		"dvadeset 20, trideset 30, četrdeset 40, pedeset 50, šezdeset 60, sedamdeset 70, osamdeset 80, devedeset 90, sto 100",
		"one 1, two 2, three 3, four 4, five 5, six 6, seven 7, eight 8, nine 9, ten 10, eleven 11, twelve 12, thirteen 13, fourteen 14, fifteen 15, sixteen 16, seventeen 17, eighteen 18, nineteen 19",
		"twenty 20, thirty 30, forty 40, fifty 50, sixty 60, seventy 70, eighty 80, ninety 90, hundred 100",
	} {
		for entry := range strings.SplitSeq(list, ", ") {
			word, digits, _ := strings.Cut(entry, " ")
			n := 0
			for _, d := range digits {
				n = n*10 + int(d-'0')
			}
			m[wordKey(word)] = n
		}
	}
	return m
}()
