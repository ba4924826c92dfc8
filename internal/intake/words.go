package intake

import (
	"strings"

	"fener/law"
	"fener/locale"
)

// wordKey is a word as it is looked up: folded, with single spaces, and
// underscores and hyphens as spaces.
func wordKey(s string) string {
	s = locale.Fold(s)
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

var unknownWords = words(map[string]bool{
	"unknown, not known, ?, n/k, nuk dihet, e panjohur, i panjohur, nije poznato, nepoznato, ne zna se": true,
})

var noneWords = words(map[string]bool{
	"none, no, nothing, 0, asnjë, jo, ska, s'ka, nuk ka, pa, nema, ne, bez, ništa": true,
})

var yesWords = words(map[string]bool{
	"yes, true, y, 1, po, da, d": true,
})

var triWords = words(map[string]law.Tri{
	"yes, true, y, 1, po, da":    law.Yes,
	"no, false, n, 0, jo, ne":    law.No,
	"unknown, not known, ?, n/k": law.NotKnown,
	"nuk dihet, e panjohur":      law.NotKnown,
	"nije poznato, nepoznato":    law.NotKnown,
	"i panjohur, ne zna se":      law.NotKnown,
})

var verdictWords = words(map[string]law.Verdict{
	"convicted, conviction, guilty, found guilty":                                    law.Convicted,
	"dënuar, i dënuar, e dënuar, dënues, dënuese, fajtor, fajtore, shpallur fajtor":  law.Convicted,
	"osuđen, osuđena, osuđujuća, osuđujuća presuda, kriv, kriva, oglašen krivim":     law.Convicted,
	"acquitted, acquittal, not guilty":                                               law.Acquitted,
	"liruar, i liruar, e liruar, lirues, liruese, liruar nga akuza, i pafajshëm":     law.Acquitted,
	"oslobođen, oslobođena, oslobađajuća, oslobađajuća presuda, nije kriv":           law.Acquitted,
	"rejected, dismissed, charge rejected":                                           law.Rejected,
	"refuzuar, i refuzuar, e refuzuar, refuzues, refuzuese, hedhur poshtë":           law.Rejected,
	"odbijen, odbijena, odbijajuća, odbijajuća presuda, odbačen, odbačena, odbijeno": law.Rejected,
	"annulled, quashed, overturned":                                                  law.Annulled,
	"anuluar, i anuluar, e anuluar, prishur, i prishur":                              law.Annulled,
	"poništen, poništena, poništeno, ukinut, ukinuta, ukinuto":                       law.Annulled,
	"other, tjetër, të tjera, drugo, ostalo":                                         law.VerdictOther,
	"unknown, not known, ?, nuk dihet, e panjohur, i panjohur":                       law.VerdictUnknown,
	"nije poznato, nepoznato, ne zna se":                                             law.VerdictUnknown,
})

var formWords = words(map[string]law.Form{
	"completed, complete, consummated, kryer, e kryer, i kryer, përfunduar, e përfunduar": law.Completed,
	"dovršeno, dovršen, svršeno, izvršeno":                                                law.Completed,
	"attempt, attempted, tentativë, tentativa, në tentativë, pokušaj, u pokušaju":         law.Attempt,
	"assistance, aiding, aiding and abetting, ndihmë, ndihma, ndihmesë, ndihmim":          law.Assistance,
	"pomaganje, pomoć": law.Assistance,
	"incitement, inciting, shtytje, shtytja, nxitje, nxitja, podstrekavanje, podsticanje": law.Incitement,
	"unknown, not known, ?, nuk dihet, e panjohur, nije poznato, nepoznato":               law.FormUnknown,
})

var offenderWords = words(map[string]law.Offender{
	"adult, i rritur, e rritur, madhor, madhore, punoletan, punoletna, punoletno":       law.AdultOffender,
	"juvenile, minor, i mitur, e mitur, mitur, maloletan, maloletna, maloletnik":        law.JuvenileOffender,
	"unknown, not known, ?, nuk dihet, e panjohur, i panjohur, nije poznato, nepoznato": law.OffenderUnknown,
})

var groundWords = words(map[string]law.Grounds{
	"law, by law, ligj, ligji, me ligj, zakon, po zakonu, zakonski": law.GroundsOf(law.GroundLaw),
	"circumstances, mitigating circumstances, particularly mitigating circumstances, rrethana, rrethanat, " +
		"rrethana lehtësuese, rrethana veçanërisht lehtësuese, okolnosti, olakšavajuće okolnosti, " +
		"naročito olakšavajuće okolnosti, posebno olakšavajuće okolnosti": law.GroundsOf(law.GroundCircumstances),
	"plea, guilty plea, pranim, pranimi, pranim i fajësisë, pranimi i fajësisë, priznanje, priznanje krivice": law.GroundsOf(law.GroundPlea),
	"plea agreement, plea bargain, marrëveshje, marrëveshja, marrëveshje mbi pranimin e fajësisë, " +
		"marrëveshja për pranimin e fajësisë, marrëveshje për pranimin e fajësisë, " +
		"sporazum, sporazum o priznanju, sporazum o priznanju krivice": law.GroundsOf(law.GroundPleaAgreement),
	"release, release from punishment, lirim, lirimi, lirim nga dënimi, lirimi nga dënimi, " +
		"oslobođenje, oslobođenje od kazne, oslobađanje od kazne": law.GroundsOf(law.GroundRelease),
	"none, no, asnjë, jo, ska, s'ka, nuk ka, nema, ne, bez": law.NoGround,
	"unknown, not known, ?, nuk dihet, nije poznato":        0,
})

var lifeWords = words(map[string]bool{
	"life, for life, life imprisonment, lifelong imprisonment, imprisonment for life, life sentence":                              true,
	"burgim i përjetshëm, burgimi i përjetshëm, burgim të përjetshëm, me burgim të përjetshëm, i përjetshëm, përjetë, përjetshëm": true,
	"doživotni zatvor, doživotno, doživotan zatvor, doživotna kazna zatvora, kazna doživotnog zatvora, doživotni":                 true,
})

var replacedWords = words(map[string]law.Replaced{
	"fine, gjobë, gjoba, me gjobë, novčana kazna, novčano, novčanom kaznom, kazna":                                                law.ReplacedByFine,
	"work, community work, punë, puna, me punë, punë në dobi të përgjithshme, rad, rad u javnom interesu, društveno koristan rad": law.ReplacedByWork,
})

// parsed is a value read from a text, or what is wrong with it.
type parsed[T any] struct {
	value       T
	code        Code // empty: nothing is wrong
	kind        Kind
	other, hint string
}

func wrong[T any](code Code) parsed[T] { return parsed[T]{code: code} }

// reader makes a parser of a list of words.
func reader[T any](list map[string]T, code Code) func(string) parsed[T] {
	return func(s string) parsed[T] {
		if v, ok := list[wordKey(s)]; ok {
			return parsed[T]{value: v}
		}
		return wrong[T](code)
	}
}

// parseGrounds reads a set of grounds with plus signs, commas or semicolons
// between them.
func parseGrounds(s string) (p parsed[law.Grounds]) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '+' || r == ',' || r == ';' || r == '/' || r == '&' })
	for _, part := range parts {
		g, ok := groundWords[wordKey(part)]
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
