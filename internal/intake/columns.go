package intake

import (
	"strings"
	"sync"
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
	colAge
	colChildVictim
	colFinal
	colSource
	colPlace
	colQuote
	colCount
	colNote
	columnCount
)

// headers are the names of each column: the canonical one first, then what
// else people write in English, Albanian and Serbian (Latin stands for both
// scripts). Marks, capitals, spaces, underscores and dots do not matter.
var headers = [columnCount][]string{
	colCase: {"case", "case number", "case no", "case nr", "case id", "case ref", "case reference", "docket", "docket number", "file number",
		"lënda", "numri i lëndës", "nr i lëndës", "nr lëndës", "nr lënda", "lënda nr", "rasti", "numri i rastit", "nr i rastit", "çështja", "numri i çështjes",
		"dosja", "numri i dosjes", "nr i dosjes", "shenja e lëndës",
		"predmet", "broj predmeta", "br predmeta", "predmet broj", "predmet br", "poslovni broj", "posl broj", "oznaka predmeta", "slučaj", "broj slučaja", "broj spisa"},
	colCourt:    {"court", "court name", "name of court", "gjykata", "gjykatë", "emri i gjykatës", "gjykata themelore", "sud", "naziv suda", "osnovni sud"},
	colInstance: {"instance", "court level", "level of court", "shkalla", "instanca", "shkalla e gjykimit", "shkalla e gjykatës", "stepen", "stepen suda", "instanca suda"},
	colJudgmentDate: {"judgment_date", "judgement date", "date of judgment", "date of judgement", "judgment dated", "decision date", "date of decision", "verdict date", "date of verdict",
		"sentencing date", "date of sentence", "date of sentencing", "date judged", "disposition date",
		"data e aktgjykimit", "data aktgjykimit", "data e vendimit", "data vendimit", "data e gjykimit", "data e shpalljes", "data e shpalljes së aktgjykimit", "dt e aktgjykimit", "aktgjykimi data",
		"datum presude", "datum odluke", "datum donošenja presude", "datum donošenja", "datum izricanja", "datum izricanja presude", "datum presuđenja", "presuda datum", "dan presude"},
	colDefendant: {"defendant", "defendant initials", "defendants", "accused", "accused person", "offender initials", "convicted person", "initials",
		"i pandehuri", "e pandehura", "i pandehuri e pandehura", "të pandehurit", "i akuzuari", "e akuzuara", "të akuzuarit", "i dënuari", "inicialet", "inicialet e të akuzuarit", "inicialet e të pandehurit",
		"okrivljeni", "okrivljena", "okrivljeni okrivljena", "optuženi", "optužena", "osuđeni", "inicijali", "inicijali okrivljenog", "inicijali optuženog"},
	colOffenceCharged: {"offence_charged", "offense charged", "charged", "charge", "charges", "charged with", "charged offence", "indictment", "offence in indictment",
		"vepra e akuzuar", "vepra në aktakuzë", "vepra penale në aktakuzë", "vepra sipas aktakuzës", "vepra penale sipas aktakuzës", "akuza", "aktakuza", "vepra e ngarkuar", "akuzuar për", "i akuzuar për",
		"delo iz optužnice", "krivično delo iz optužnice", "delo po optužnici", "krivično delo po optužnici", "optužba", "optužnica", "optužen za"},
	colOffenceConvicted: {"offence_convicted", "offense convicted", "convicted of", "convicted for", "conviction offence", "offence of conviction", "offence", "offense", "offences", "criminal offence", "crime",
		"article", "legal basis", "provision",
		"vepra e dënuar", "vepra", "vepra penale", "veprat penale", "dënuar për", "i dënuar për", "fajtor për", "vepra në aktgjykim", "vepra penale në aktgjykim", "vepra sipas aktgjykimit",
		"kualifikimi", "kualifikimi juridik", "kualifikimi ligjor", "neni", "nenet", "baza ligjore", "lloji i veprës", "lloji i veprës penale",
		"krivično delo", "krivična dela", "krivicno djelo", "delo", "delo iz presude", "krivično delo iz presude", "osuđen za", "kriv za", "pravna kvalifikacija", "kvalifikacija", "član", "pravni osnov", "vrsta dela"},
	colOffenceFrom: {"offence_from", "offense from", "offence date", "offense date", "date of offence", "date of offense", "date of the offence", "offence committed", "committed", "committed from", "committed on",
		"date of commission", "crime date", "date of crime", "time of offence", "period of offence",
		"vepra nga", "vepra prej", "kryer nga", "kryer prej", "kryer më", "e kryer më", "data e veprës", "data e veprës penale", "koha e veprës", "koha e kryerjes", "koha e kryerjes së veprës", "data e kryerjes",
		"data e kryerjes së veprës", "data e kryerjes së veprës penale", "periudha e kryerjes",
		"delo od", "izvršeno od", "izvršeno", "izvršeno dana", "datum dela", "datum krivičnog dela", "vreme izvršenja", "vreme izvršenja dela", "vreme izvršenja krivičnog dela", "datum izvršenja", "datum izvršenja dela", "period izvršenja"},
	colOffenceTo: {"offence_to", "offense to", "offence until", "committed to", "committed until", "end of offence", "vepra deri", "kryer deri", "kryer deri më", "data e përfundimit të veprës", "delo do", "izvršeno do"},
	colVerdict: {"verdict", "outcome of the case", "case outcome", "outcome", "disposition", "type of judgment", "type of judgement", "type of verdict",
		"aktgjykimi", "lloji i aktgjykimit", "lloji aktgjykimit", "lloji i vendimit", "rezultati", "përfundimi i rastit", "mënyra e vendosjes", "mënyra e zgjidhjes",
		"presuda", "vrsta presude", "vrsta odluke", "ishod", "ishod postupka", "način rešavanja"},
	colJoint: {"joint", "joint sentence", "joint punishment", "aggregate sentence", "aggregate punishment", "dënim unik", "dënimi unik", "dënim i bashkuar", "dënimi i bashkuar",
		"jedinstvena kazna", "jedinstvena", "objedinjena kazna"},
	colImprisonment: {"imprisonment", "prison", "prison sentence", "prison term", "prison time", "term of imprisonment", "length of imprisonment", "imprisonment imposed", "imprisonment term", "sentence of imprisonment",
		"custodial sentence", "jail", "jail term", "years of imprisonment", "months of imprisonment",
		"burgim", "burgimi", "burg", "dënimi me burgim", "dënim me burgim", "dënimi i burgimit", "burgim i shqiptuar", "burgimi i shqiptuar", "kohëzgjatja e burgimit", "lartësia e dënimit me burgim", "vite burgim", "vjet burgim", "muaj burgim",
		"zatvor", "kazna zatvora", "zatvorska kazna", "izrečena kazna zatvora", "trajanje zatvora", "dužina zatvora", "dužina kazne zatvora", "visina kazne zatvora", "godine zatvora", "meseci zatvora"},
	colSuspended: {"suspended", "suspended sentence", "is suspended", "suspension", "conditional", "conditional sentence",
		"me kusht", "dënim me kusht", "dënimi me kusht", "burgim me kusht", "burgimi me kusht", "kusht", "kushti", "i kushtëzuar", "dënim i kushtëzuar", "dënimi i kushtëzuar", "aktgjykim me kusht",
		"uslovno", "uslovna", "uslovna osuda", "uslovna kazna", "uslovni zatvor", "uslovna kazna zatvora", "kazna uslovna"},
	colVerification: {"verification", "verification time", "verification period", "probation", "probation period", "period of verification",
		"koha e verifikimit", "verifikimi", "afati i verifikimit", "periudha e verifikimit", "koha e provës", "vreme proveravanja", "proveravanje", "rok proveravanja", "vreme provere", "rok provere", "period proveravanja"},
	colFine: {"fine", "fines", "fine eur", "fine euro", "fine euros", "fine in euros", "fine amount", "amount of fine", "fine imposed", "monetary fine", "financial penalty",
		"gjobë", "gjoba", "gjoba eur", "gjoba euro", "gjoba në euro", "dënimi me gjobë", "dënim me gjobë", "shuma e gjobës", "lartësia e gjobës", "gjoba e shqiptuar", "gjobë e shqiptuar", "dënimi me të holla",
		"novčana kazna", "novčana kazna eur", "novčana kazna evra", "novčana kazna u evrima", "kazna novčana", "iznos novčane kazne", "visina novčane kazne", "izrečena novčana kazna", "novčana", "globa"},
	colReplacedBy: {"replaced_by", "replaced", "replacement", "replaced with", "converted to", "conversion", "zëvendësuar me", "i zëvendësuar me", "zëvendësuar", "zëvendësimi", "zëvendësimi i dënimit", "zëvendësohet me",
		"zamenjeno sa", "zamenjena sa", "zamenjen sa", "zamenjeno", "zamenjena", "zamena", "zamena kazne"},
	colWorkHours: {"community_work_hours", "community work", "community service", "community service hours", "work hours", "hours of community work", "orë pune", "orët e punës", "punë në dobi të përgjithshme",
		"punë në dobi të përgjithshme orë", "puna në dobi të përgjithshme", "punë e dobishme", "sati rada", "časovi rada", "časova rada", "rad u javnom interesu", "rad u opštem interesu", "društveno koristan rad", "opštekoristan rad"},
	colMitigation: {"mitigation", "mitigated", "ground for mitigation", "grounds for mitigation", "grounds of mitigation", "mitigating circumstances", "mitigating factors", "mitigation grounds",
		"zbutja", "zbutje", "zbutja e dënimit", "zbutja e dënimit baza", "baza e zbutjes", "arsyeja e zbutjes", "rrethanat lehtësuese", "rrethana lehtësuese", "rrethanat zbutëse",
		"ublažavanje", "ublažavanje kazne", "osnov ublažavanja", "osnov za ublažavanje", "olakšavajuće okolnosti"},
	colReasonsGiven: {"reasons_given", "reasons", "reasoned", "arsyetimi", "arsye të dhëna", "arsyet e dhëna", "arsyetuar", "a është arsyetuar",
		"obrazloženje", "obrazloženo", "razlozi", "razlozi navedeni", "navedeni razlozi"},
	colForm: {"form", "form of offence", "form of offense", "form of commission", "mode of liability", "stage of offence", "forma", "forma e veprës", "forma e kryerjes", "forma e bashkëpunimit",
		"oblik", "oblik dela", "oblik izvršenja", "oblik učešća"},
	colOffender: {"offender", "offender type", "adult or juvenile", "kryesi", "kryerësi", "autori", "i mitur i rritur", "i rritur i mitur", "učinilac", "izvršilac", "punoletan maloletan", "maloletan punoletan"},
	colAge: {"age", "age of offender", "age of the offender", "offender age", "age of defendant", "age at offence", "mosha", "mosha e kryesit", "mosha e të pandehurit", "mosha e të akuzuarit",
		"uzrast", "uzrast učinioca", "uzrast okrivljenog", "starost", "starost učinioca", "godine starosti", "godine života"},
	colChildVictim: {"child_victim", "child victim", "minor victim", "victim under 18", "victim is a child", "viktima e mitur", "viktimë e mitur", "viktima fëmijë", "i dëmtuari i mitur",
		"maloletna žrtva", "maloletni oštećeni", "žrtva maloletna", "dete žrtva", "žrtva dete"},
	colFinal: {"final", "finality", "is final", "final judgment", "legally binding", "i formës së prerë", "e formës së prerë", "formës së prerë", "forma e prerë", "aktgjykim i formës së prerë", "plotfuqishëm", "i plotfuqishëm", "plotfuqishmëria",
		"pravnosnažno", "pravosnažno", "pravnosnažna", "pravosnažna", "pravnosnažnost", "pravosnažnost", "pravnosnažna presuda", "pravosnažna presuda"},
	colSource: {"source", "source document", "burimi", "burim", "izvor"},
	colPlace:  {"place", "place in source", "page", "vendi", "vendi në burim", "faqja", "faqe", "mesto", "mesto u izvoru", "strana", "stranica"},
	colQuote:  {"quote", "quotation", "citat", "citati", "citim", "navod"},
	colCount: {"count", "number of persons", "number of people", "number of defendants", "persons", "numri i personave", "nr i personave", "numri i të dënuarve", "numri i të akuzuarve", "persona",
		"broj lica", "broj osoba", "broj osuđenih", "broj okrivljenih"},
	colNote: {"note", "notes", "remark", "remarks", "comment", "comments", "shënim", "shënime", "vërejtje", "koment", "komente", "napomena", "napomene", "primedba", "komentar"},
}

// vagueNames are names for a column that has none that says more: "Dënimi" is
// the imprisonment where no column is called "Burgimi", and otherwise not read.
var vagueNames = map[column][]string{
	colImprisonment: {"sentence", "sentence imposed", "sentence length", "length of sentence", "punishment", "punishment imposed", "penalty", "sanction", "sanction imposed", "term",
		"dënimi", "dënim", "dënimet", "dënimi i shqiptuar", "dënimi i dhënë", "dënimi kryesor", "lartësia e dënimit", "masa e dënimit", "lloji dhe lartësia e dënimit", "kohëzgjatja e dënimit", "sanksioni", "sanksioni i shqiptuar", "sanksioni penal",
		"kazna", "kazne", "izrečena kazna", "visina kazne", "dužina kazne", "vrsta i visina kazne", "trajanje kazne", "glavna kazna", "sankcija", "izrečena sankcija", "krivična sankcija"},
	colVerdict: {"decision", "result", "finding", "judgment", "judgement", "vendimi", "vendimi i gjykatës", "odluka", "odluka suda"},
}

var vague = func() map[string]column {
	m := map[string]column{}
	for c, names := range vagueNames {
		for _, name := range names {
			m[headerKey(name)] = c
		}
	}
	return m
}()

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

// own are columns that stand in many tables and are none of ours: running
// numbers, and what programs add. They are not read, and that they are not is no
// doubt, except where the rows go to the record. A running number is never a
// count of persons.
var own = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range []string{
		"nr", "no", "no.", "n", "#", "num", "number", "s no", "serial no", "sr no", "item", "id", "_id", "index", "_index", "idx", "row", "row number", "_uuid", "uuid", "_submission_time", "_submitted_by", "_status", "_version_", "unnamed: 0",
		"numri", "numri rendor", "nr rendor", "nr r", "nr i rendit", "r nr", "rreshti", "numri i rreshtit",
		"broj", "br", "redni broj", "red broj", "r br", "rb", "redni br", "rbr",
		"error", "errors", "gabim", "gabimi", "greška", "greske",
	} {
		m[headerKey(name)] = true
	}
	delete(m, "")
	return m
}()

// ourRemarks are the names of the column in which a table that was written back
// explains what is wrong.
var ourRemarks = map[string]bool{"error": true, "errors": true, "gabim": true, "gabimi": true, "greska": true}

// ownPrefixes begin the name of a column that its author marks as not to be read.
var ownPrefixes = []string{"note", "notes", "remark", "shënim", "vërejtje", "napomena", "primedba"}

// headerKey is a name without marks, capitals and all but letters and digits.
func headerKey(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, locale.Fold(locale.Plain(name)))
}

// knownNames are all names of columns with their keys. Those of a note are left
// out: a note decides nothing, so no name stops a file for being close to one.
var knownNames = sync.OnceValue(func() (list []knownName) {
	for c := colCase; c < colNote; c++ {
		for _, n := range headers[c] {
			list = append(list, knownName{n, headerKey(n), c})
		}
		for _, n := range vagueNames[c] {
			list = append(list, knownName{n, headerKey(n), c})
		}
	}
	return list
})

type knownName struct {
	name, key string
	c         column
}

// nearest is the known name that a misspelt one was most likely meant to be:
// at most two slips away, and one in short names, where two slips change a
// word into another.
func nearest(key string) (name string, c column, ok bool) {
	best := 3
	for _, known := range knownNames() {
		most := 2
		if len(known.key) < 6 {
			most = 1
		}
		if d := slips(key, known.key, most); d <= most && d < best && len(key) > 2 {
			best, name, c, ok = d, known.name, known.c, true
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
