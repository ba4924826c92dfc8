package intake

import (
	"strings"

	"fener/law"
	"fener/locale"
)

// wordKey is a word as it is looked up: folded, with single spaces, and
// underscores and hyphens as spaces.
func wordKey(s string) string {
	s = locale.Fold(locale.Plain(s))
	s = strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '’' || r == '\'' {
			return ' '
		}
		return r
	}, s)
	return strings.TrimSuffix(strings.Join(strings.Fields(s), " "), ".")
}

// words maps every way to write a value to it. Serbian stands in Latin for
// both scripts; marks and capitals do not matter.
func words[T any](lists map[string]T) map[string]T {
	m := map[string]T{}
	for list, value := range lists {
		for w := range strings.SplitSeq(list, ",") {
			m[wordKey(w)] = value
		}
	}
	return m
}

const notKnownWords = "unknown, not known, ?, ??, n/k, nuk dihet, s'dihet, e panjohur, i panjohur, nuk është e njohur, nije poznato, nepoznato, ne zna se"

var unknownWords = words(map[string]bool{notKnownWords: true})

// missingWords are the signs that programs and people leave where a value is
// not there: what R, pandas, databases and spreadsheets write, and dashes.
var missingWords = words(map[string]bool{
	"na, n/a, n.a., n/d, nd, n.d., nan, null, nil, <na>, (null), \\n, #n/d, none given, not available, not applicable, missing, no data, blank, -, --, ---, –, —, ., .., ..., …, /, //, -/-, _, *": true,
	"nuk ka të dhëna, s'ka të dhëna, pa të dhëna, nuk aplikohet, mungon, nema podataka, bez podataka, nije dostupno, nedostaje, nije navedeno, nuk ceket, nuk përmendet, not stated, not recorded": true,
})

// errorValues are what a spreadsheet shows where it could not work a value out.
var errorValues = map[string]bool{"#REF!": true, "#N/A": true, "#VALUE!": true, "#DIV/0!": true, "#NAME?": true, "#NUM!": true, "#NULL!": true,
	"#SPILL!": true, "#CALC!": true, "#FIELD!": true, "#GETTING_DATA": true, "#BUSY!": true, "Err:502": true, "Err:504": true, "Err:508": true, "Err:509": true, "Err:522": true}

const noList = "none, no, false, nothing, 0, asnjë, jo, ska, s'ka, nuk ka, pa, nema, ne, bez, ništa, netačno, e rreme"

var noneWords = words(map[string]bool{noList: true})

// noFine and noPrison are none, said of one punishment.
var (
	noFine   = words(map[string]bool{"no fine, without fine, without a fine, pa gjobë, nuk ka gjobë, s'ka gjobë, jo gjobë, bez novčane kazne, nema novčane kazne, bez kazne": true})
	noPrison = words(map[string]bool{"no imprisonment, no prison, without imprisonment, pa burgim, nuk ka burgim, s'ka burgim, bez zatvora, bez kazne zatvora, nema zatvora": true})
)

const yesList = "yes, true, y, 1, po, da, ✓, ✔, ☑, ✅, tačno, e vërtetë"

var yesWords = words(map[string]bool{yesList + ", d": true})

var triWords = words(map[string]law.Tri{
	yesList: law.Yes,
	"no, false, n, 0, jo, ne, none, asnjë, nema, netačno, e rreme, ☐": law.No,
	notKnownWords: law.NotKnown,
})

// suspendedTri and finalTri are the words that say yes or no of one column alone.
var suspendedTri = words(map[string]law.Tri{
	"suspended, conditional, me kusht, dënim me kusht, burgim me kusht, i kushtëzuar, uslovno, uslovna, uslovna osuda, uslovna kazna, uslovni": law.Yes,
	"not suspended, unconditional, immediate, effective, pa kusht, jo me kusht, efektiv, burgim efektiv, bezuslovno, bezuslovna, nije uslovno": law.No,
})

// childTri are the words for a victim's age that say yes or no.
var childTri = words(map[string]law.Tri{
	"child, minor, under 18, i mitur, e mitur, fëmijë, maloletan, maloletna, maloletno, dete": law.Yes,
	"adult, i rritur, e rritur, punoletan, punoletna, punoletno":                              law.No,
})

var finalTri = words(map[string]law.Tri{
	"final, finally decided, binding, legally binding, formës së prerë, i formës së prerë, e formës së prerë, të formës së prerë, ka marrë formë të prerë, forma e prerë, në formë të prerë, i plotfuqishëm, e plotfuqishme, plotfuqishëm": law.Yes,
	"pravnosnažno, pravosnažno, pravnosnažna, pravosnažna, pravnosnažan, pravosnažan":                                                                                                 law.Yes,
	"not final, appealed, under appeal, on appeal, pending, jo i formës së prerë, nuk është i formës së prerë, nuk ka marrë formë të prerë, në ankesë, i ankimuar, jo i plotfuqishëm": law.No,
	"nepravnosnažno, nepravosnažno, nepravnosnažna, nepravosnažna, nije pravnosnažno, nije pravosnažno, nije pravnosnažna, nije pravosnažna, pod žalbom, u žalbi":                     law.No,
})

// crosses may mean yes, as in a box that is crossed, or no; see marks.
var crosses = words(map[string]bool{"x, ×, ✗, ✘, ☒, ❌, ✖, v, +": true})

var verdictWords = words(map[string]law.Verdict{
	"convicted, conviction, guilty, found guilty, guilty plea, pleaded guilty, condemnatory":                                                                                                          law.Convicted,
	"dënuar, i dënuar, e dënuar, u dënua, dënohet, dënues, dënuese, dënim, fajtor, fajtore, është fajtor, shpallur fajtor, i shpallur fajtor, u shpall fajtor, shpallet fajtor, aktgjykim dënues":     law.Convicted,
	"osuđen, osuđena, osuđeni, osuđujuća, osuđujuća presuda, kriv, kriva, oglašen krivim, oglašena krivom, osuda":                                                                                     law.Convicted,
	"acquitted, acquittal, not guilty, found not guilty, acquitting":                                                                                                                                  law.Acquitted,
	"liruar, i liruar, e liruar, u lirua, lirohet, lirues, liruese, liruar nga akuza, i liruar nga akuza, u lirua nga akuza, i pafajshëm, e pafajshme, nuk është fajtor, jo fajtor, aktgjykim lirues": law.Acquitted,
	"oslobođen, oslobođena, oslobođen optužbe, oslobađa se optužbe, oslobađajuća, oslobađajuća presuda, nije kriv, nije kriva":                                                                        law.Acquitted,
	"rejected, dismissed, charge rejected, charges dropped, rejecting":                                                                                                                                law.Rejected,
	"refuzuar, i refuzuar, e refuzuar, refuzues, refuzuese, refuzohet akuza, akuza e refuzuar, hedhur poshtë, aktgjykim refuzues":                                                                     law.Rejected,
	"odbijen, odbijena, odbijajuća, odbijajuća presuda, odbačen, odbačena, odbijeno":                                                                                                                  law.Rejected,
	"annulled, quashed, overturned":                            law.Annulled,
	"anuluar, i anuluar, e anuluar, prishur, i prishur":        law.Annulled,
	"poništen, poništena, poništeno, ukinut, ukinuta, ukinuto": law.Annulled,
	"other, tjetër, të tjera, drugo, ostalo":                   law.VerdictOther,
	notKnownWords: law.VerdictUnknown,
})

var formWords = words(map[string]law.Form{
	"completed, complete, consummated, kryer, e kryer, i kryer, përfunduar, e përfunduar, e konsumuar": law.Completed,
	"dovršeno, dovršen, svršeno, svršeno delo, izvršeno":                                               law.Completed,
	// who commits an offence with others commits it (Criminal Code 06/L-074, Article 31)
	"co perpetration, co perpetrator, joint commission, bashkëkryerje, bashkëkryerës, bashkëkryes, në bashkëkryerje, kryerje, kryerës, kryes": law.Completed,
	"saizvršilaštvo, saizvršilac, u saizvršilaštvu, saučesnik kao saizvršilac, izvršilac":                                                     law.Completed,
	"attempt, attempted, in attempt, tentativë, tentativa, në tentativë, mbetur në tentativë, pokušaj, u pokušaju, pokušano":                  law.Attempt,
	"assistance, assistant, aiding, aiding and abetting, ndihmë, ndihma, ndihmesë, ndihmim, ndihmës, dhënie ndihme":                           law.Assistance,
	"pomaganje, pomoć, pomagač, u pomaganju": law.Assistance,
	"incitement, inciting, inciter, shtytje, shtytja, shtytës, nxitje, nxitja, podstrekavanje, podsticanje, podstrekač": law.Incitement,
	notKnownWords: law.FormUnknown,
})

var offenderWords = words(map[string]law.Offender{
	"adult, i rritur, e rritur, madhor, madhore, punoletan, punoletna, punoletno": law.AdultOffender,
	"juvenile, minor, i mitur, e mitur, mitur, maloletan, maloletna, maloletnik":  law.JuvenileOffender,
	notKnownWords: law.OffenderUnknown,
})

// ordinaryWords are circumstances that weigh within the range; to go below it
// the law asks for particular ones (Criminal Code 06/L-074, Article 71).
var ordinaryWords = words(map[string]bool{"mitigating circumstances, mitigating factors, mitigating, rrethana lehtësuese, rrethanat lehtësuese, lehtësuese, rrethana zbutëse, rrethanat zbutëse, olakšavajuće okolnosti, olakšavajuće, olakšavajuća okolnost": true})

var groundWords = words(map[string]law.Grounds{
	"law, by law, ligj, ligji, me ligj, zakon, po zakonu, zakonski": law.GroundsOf(law.GroundLaw),
	"circumstances, particularly mitigating circumstances, especially mitigating circumstances, rrethana, rrethanat, " +
		"rrethana posaçërisht lehtësuese, rrethanat posaçërisht lehtësuese, rrethana veçanërisht lehtësuese, rrethanat veçanërisht lehtësuese, " +
		"posaçërisht lehtësuese, okolnosti, naročito olakšavajuće okolnosti, posebno olakšavajuće okolnosti, osobito olakšavajuće okolnosti, naročito olakšavajuće": law.GroundsOf(law.GroundCircumstances),
	"plea, guilty plea, pranim, pranimi, pranim i fajësisë, pranimi i fajësisë, priznanje, priznanje krivice": law.GroundsOf(law.GroundPlea),
	"plea agreement, plea bargain, marrëveshje, marrëveshja, marrëveshje mbi pranimin e fajësisë, " +
		"marrëveshja për pranimin e fajësisë, marrëveshje për pranimin e fajësisë, " +
		"sporazum, sporazum o priznanju, sporazum o priznanju krivice": law.GroundsOf(law.GroundPleaAgreement),
	"release, release from punishment, lirim, lirimi, lirim nga dënimi, lirimi nga dënimi, " +
		"oslobođenje, oslobođenje od kazne, oslobađanje od kazne": law.GroundsOf(law.GroundRelease),
	"none, no, false, asnjë, jo, ska, s'ka, nuk ka, pa zbutje, nuk ka zbutje, nema, ne, bez, bez ublažavanja": law.NoGround,
	notKnownWords: 0,
})

var lifeWords = words(map[string]bool{
	"life, for life, life imprisonment, lifelong imprisonment, imprisonment for life, life sentence":                              true,
	"burgim i përjetshëm, burgimi i përjetshëm, burgim të përjetshëm, me burgim të përjetshëm, i përjetshëm, përjetë, përjetshëm": true,
	"doživotni zatvor, doživotno, doživotan zatvor, doživotna kazna zatvora, kazna doživotnog zatvora, doživotni":                 true,
})

var replacedWords = words(map[string]law.Replaced{
	"fine, gjobë, gjoba, me gjobë, novčana kazna, novčano, novčanom kaznom, kazna": law.ReplacedByFine,
	"work, community work, community service, punë, puna, me punë, punë në dobi të përgjithshme, me punë në dobi të përgjithshme, rad, rad u javnom interesu, rad u opštem interesu, društveno koristan rad, radom u opštem interesu": law.ReplacedByWork,
})

// parsed is a value read from a text, or what is wrong with it.
type parsed[T any] struct {
	value       T
	code        Code // empty: nothing is wrong
	kind        Kind
	other, hint string
}

func wrong[T any](code Code) parsed[T] { return parsed[T]{code: code} }

// reader makes a parser of lists of words. Words that only say that this is a
// judgment, and the second of two words for one thing, are passed over.
func reader[T comparable](code Code, lists ...map[string]T) func(string) parsed[T] {
	look := func(key string) (v T, ok bool) {
		for _, list := range lists {
			if v, ok = list[key]; ok {
				return v, true
			}
		}
		return v, missingWords[key]
	}
	return func(s string) parsed[T] {
		if v, ok := look(wordKey(s)); ok {
			return parsed[T]{value: v}
		}
		if v, ok := sayingOneThing(s, look); ok {
			return parsed[T]{value: v}
		}
		if crosses[wordKey(s)] && code == badYesNo {
			return wrong[T](crossMark)
		}
		return wrong[T](code)
	}
}

// besideWords stand beside the word that counts.
var besideWords = words(map[string]bool{"aktgjykim, aktgjykimi, aktgjykim i, presuda, vendim, vendimi, odluka, judgment, judgement, verdict, decision, u, është, eshte, i shpallur, shpallur, u shpall, shpallet, je, oglašen, oglašena, was, found, akuza, nga akuza, i, e, me, për": true})

// sayingOneThing reads "Not Guilty/Acquitted" and "Aktgjykim dënues": every part that
// is known must say the same, and what is not known must be a word that says
// nothing by itself.
func sayingOneThing[T comparable](s string, look func(string) (T, bool)) (value T, ok bool) {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/|()[];,\n", r) }) {
		v, known := look(wordKey(part))
		if !known {
			key := wordKey(part)
			for {
				first, rest, more := strings.Cut(key, " ")
				if !more || !besideWords[first] {
					break
				}
				key = rest
			}
			if besideWords[key] || key == "" {
				continue
			}
			if v, known = look(key); !known {
				return value, false
			}
		}
		if ok && v != value {
			return value, false
		}
		value, ok = v, true
	}
	return value, ok
}

// parseGrounds reads a set of grounds with plus signs, commas, semicolons, bars
// or words between them.
func parseGrounds(s string) (p parsed[law.Grounds]) {
	if missingWords[wordKey(s)] {
		return p
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("+,;/&|\n", r) })
	for _, part := range parts {
		if ordinaryWords[wordKey(part)] {
			p.code, p.kind = ordinaryCircumstances, Doubt
			continue
		}
		g, ok := groundWords[wordKey(part)]
		if !ok {
			for _, joiner := range []string{" dhe ", " and ", " i ", " и "} {
				if left, right, found := strings.Cut(part, joiner); found {
					l, r := groundWords[wordKey(left)], groundWords[wordKey(right)]
					if g, ok = l|r, l != 0 && r != 0; ok {
						break
					}
				}
			}
		}
		if !ok { // a ground that a law pack declares
			var declared law.Ground
			if declared, ok = law.GroundNamed(part); ok {
				g = law.GroundsOf(declared)
			}
		}
		if !ok {
			return wrong[law.Grounds](badGround)
		}
		p.value |= g
	}
	if p.value&law.NoGround != 0 && p.value.Any() {
		return wrong[law.Grounds](noneAndSome)
	}
	if len(parts) == 0 {
		return wrong[law.Grounds](badGround)
	}
	return p
}
