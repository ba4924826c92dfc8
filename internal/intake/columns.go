package intake

import (
	"strings"
	"unicode"

	"fener/locale"
)

// column is one of the canonical columns.
type column uint8

const (
	colNone column = iota
	colCase
	colCourt
	colInstance
	colJudgmentDate
	colDefendant
	colOffenceCharged
	colOffenceConvicted
	colOffenceFrom
	colOffenceTo
	colVerdict
	colJoint
	colImprisonment
	colSuspended
	colVerification
	colFine
	colReplacedBy
	colWorkHours
	colMitigation
	colReasonsGiven
	colForm
	colOffender
	colFinal
	colSource
	colPlace
	colQuote
	colCount
	columnCount
)

// headers are the names of each column: the canonical one first, then what
// else people write in English, Albanian and Serbian (Latin stands for both
// scripts). Marks, capitals, spaces, underscores and dots do not matter.
var headers = [columnCount][]string{
	colCase: {"case", "case number", "case no", "case nr",
		"lënda", "numri i lëndës", "nr i lëndës", "nr lëndës", "rasti", "çështja", "numri i çështjes",
		"predmet", "broj predmeta", "br predmeta", "poslovni broj", "slučaj"},
	colCourt:    {"court", "gjykata", "gjykatë", "sud"},
	colInstance: {"instance", "court level", "shkalla", "instanca", "shkalla e gjykimit", "stepen", "stepen suda"},
	colJudgmentDate: {"judgment_date", "judgement date", "date of judgment", "date of judgement", "decision date", "date of decision",
		"data e aktgjykimit", "data e vendimit", "data aktgjykimit", "datum presude", "datum odluke"},
	colDefendant: {"defendant", "accused", "i pandehuri", "e pandehura", "i akuzuari", "e akuzuara",
		"okrivljeni", "okrivljena", "optuženi", "optužena"},
	colOffenceCharged: {"offence_charged", "offense charged", "charged", "charge", "charged with",
		"vepra e akuzuar", "vepra në aktakuzë", "vepra penale në aktakuzë", "akuza", "aktakuza", "vepra e ngarkuar",
		"delo iz optužnice", "krivično delo iz optužnice", "optužba", "optužen za"},
	colOffenceConvicted: {"offence_convicted", "offense convicted", "convicted of", "offence", "offense",
		"vepra e dënuar", "vepra", "vepra penale", "dënuar për", "vepra në aktgjykim",
		"krivično delo", "delo", "delo iz presude", "krivično delo iz presude", "osuđen za"},
	colOffenceFrom: {"offence_from", "offense from", "offence date", "offense date", "date of offence", "date of offense", "committed from", "committed on",
		"vepra nga", "vepra prej", "kryer nga", "kryer prej", "data e veprës", "koha e kryerjes", "data e kryerjes",
		"delo od", "izvršeno od", "datum dela", "vreme izvršenja", "datum izvršenja"},
	colOffenceTo: {"offence_to", "offense to", "committed to", "committed until", "vepra deri", "kryer deri", "delo do", "izvršeno do"},
	colVerdict: {"verdict", "decision", "aktgjykimi", "vendimi", "lloji i aktgjykimit", "lloji i vendimit",
		"presuda", "odluka", "vrsta presude", "vrsta odluke"},
	colJoint: {"joint", "joint sentence", "dënim unik", "dënimi unik", "dënim i bashkuar", "dënimi i bashkuar",
		"jedinstvena kazna", "jedinstvena", "objedinjena kazna"},
	colImprisonment: {"imprisonment", "prison", "prison sentence", "prison term", "burgim", "burgimi", "dënimi me burgim", "dënim me burgim",
		"zatvor", "kazna zatvora"},
	colSuspended: {"suspended", "suspended sentence", "me kusht", "dënim me kusht", "dënimi me kusht",
		"uslovno", "uslovna", "uslovna osuda", "uslovna kazna"},
	colVerification: {"verification", "verification time", "verification period", "probation", "probation period",
		"koha e verifikimit", "verifikimi", "afati i verifikimit", "vreme proveravanja", "proveravanje", "rok proveravanja", "vreme provere", "rok provere"},
	colFine: {"fine", "fine eur", "fine euro", "fine euros", "fine in euros", "gjobë", "gjoba", "gjoba eur", "gjoba euro", "gjoba në euro", "dënimi me gjobë", "dënim me gjobë",
		"novčana kazna", "novčana kazna eur", "novčana kazna evra", "novčana kazna u evrima", "kazna novčana"},
	colReplacedBy: {"replaced_by", "replacement", "zëvendësuar me", "i zëvendësuar me", "zëvendësimi", "zëvendësohet me",
		"zamenjeno sa", "zamenjena sa", "zamenjen sa", "zamenjeno", "zamena"},
	colWorkHours: {"community_work_hours", "community work", "work hours", "orë pune", "orët e punës", "punë në dobi të përgjithshme",
		"punë në dobi të përgjithshme orë", "sati rada", "časovi rada", "časova rada", "rad u javnom interesu", "društveno koristan rad"},
	colMitigation: {"mitigation", "grounds for mitigation", "mitigating circumstances", "mitigation grounds",
		"zbutja", "zbutje", "zbutja e dënimit", "zbutja e dënimit baza", "ublažavanje", "ublažavanje kazne", "osnov ublažavanja"},
	colReasonsGiven: {"reasons_given", "reasons", "reasoned", "arsyetimi", "arsye të dhëna", "arsyet e dhëna", "arsyetuar",
		"obrazloženje", "obrazloženo", "razlozi", "razlozi navedeni", "navedeni razlozi"},
	colForm:     {"form", "form of offence", "form of offense", "forma", "forma e veprës", "oblik", "oblik dela"},
	colOffender: {"offender", "kryesi", "kryerësi", "autori", "učinilac", "izvršilac"},
	colFinal: {"final", "i formës së prerë", "e formës së prerë", "formës së prerë", "forma e prerë", "plotfuqishëm", "i plotfuqishëm",
		"pravnosnažno", "pravosnažno", "pravnosnažna", "pravosnažna", "pravnosnažnost"},
	colSource: {"source", "burimi", "burim", "izvor"},
	colPlace:  {"place", "place in source", "page", "vendi", "vendi në burim", "faqja", "faqe", "mesto", "mesto u izvoru", "strana", "stranica"},
	colQuote:  {"quote", "quotation", "citat", "citati", "citim", "navod"},
	colCount: {"count", "number of persons", "persons", "numri", "numri i personave", "persona",
		"broj", "broj lica", "broj osuđenih"},
}

func (c column) String() string {
	if c == colNone || c >= columnCount {
		return ""
	}
	return headers[c][0]
}

// byHeader finds a column by the key of its name.
var byHeader = func() map[string]column {
	m := map[string]column{}
	for c := colCase; c < columnCount; c++ {
		for _, name := range headers[c] {
			m[headerKey(name)] = c
		}
	}
	return m
}()

// remarks are columns for a person's own words. They are not read, and that
// they are not is no doubt.
var remarks = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range []string{"note", "notes", "remark", "remarks", "shënim", "shënime", "vërejtje", "napomena", "napomene", "primedba"} {
		m[headerKey(name)] = true
	}
	return m
}()

// headerKey is a name without marks, capitals and all but letters and digits.
func headerKey(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, locale.Fold(name))
}

// nearest is the known name that a misspelt one was most likely meant to be:
// at most two slips away, and one in short names, where two slips change a
// word into another.
func nearest(key string) (name string, c column, ok bool) {
	best := 3
	for c1 := colCase; c1 < columnCount; c1++ {
		for _, n := range headers[c1] {
			known := headerKey(n)
			most := 2
			if len(known) < 6 {
				most = 1
			}
			if d := slips(key, known, most); d <= most && d < best && len(key) > 2 {
				best, name, c, ok = d, n, c1, true
			}
		}
	}
	return name, c, ok
}

// slips is the Damerau-Levenshtein distance (optimal string alignment): how
// many letters were added, left out, mistaken or swapped with their
// neighbours. Over most, any number over most is returned.
func slips(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
