package intake

import (
	"strings"

	"fener/locale"
)

// stems tell what a name that was not understood may mean, where to leave the
// column unread could turn an answer round. The first that fits counts, so that
// a fine is not taken for a term of imprisonment because both are punishments.
var stems = []struct {
	c    column
	with []string
}{
	{colSuspended, []string{"kusht", "uslov", "suspen", "conditional"}},
	{colVerification, []string{"verifik", "proverav", "probation"}},
	{colReplacedBy, []string{"zevendes", "zamen", "zamjen", "replac", "convert", "konvert"}},
	{colFine, []string{"gjob", "novcan", "fine", "globa"}},
	{colJoint, []string{"unik", "jedinstven", "objedinj", "joint", "aggregat", "bashkua"}},
	{colMitigation, []string{"zbut", "ublaz", "mitig", "lehtesues", "olaksav"}},
	{colForm, []string{"tentativ", "pokusaj", "attempt", "bashkekry", "saizvrs", "ndihm", "pomagan", "shtytj", "podstrek"}},
	{colAge, []string{"mosha", "uzrast", "starost"}},
	{colOffender, []string{"mitur", "malolet", "juvenil", "punolet"}},
	{colOffenceFrom, []string{"kryerj", "kryer me", "izvrsen", "commit", "date of offen", "date of crim"}},
	{colJudgmentDate, []string{"data e aktgj", "data e vend", "data e gjyk", "datum pres", "datum odl", "date of judg", "date of dec", "judgment date", "decision date"}},
	{colImprisonment, []string{"burg", "zatvor", "prison", "incarcer", "jail", "denim", "kazn", "sentenc", "punish", "penalt", "sanks", "sankc", "sanction"}},
	{colVerdict, []string{"aktgjyk", "presud", "verdict", "vendim", "odluk", "outcome", "dispozi", "shpallj"}},
	{colOffenceConvicted, []string{"vepra", "vepres", "krivic", "offence", "offense", "crime", "kualifik", "kvalifik"}},
}

// dates are names that say only that a date stands there.
var dates = map[string]bool{"date": true, "data": true, "datum": true, "dt": true, "viti": true, "year": true, "godina": true, "koha": true, "vreme": true}

// byStem guesses what a name means; colNone where nothing is near.
func byStem(name string) column {
	folded := strings.Join(strings.FieldsFunc(locale.Fold(name), func(r rune) bool { return r == '_' || r == ' ' || r == '\n' }), " ")
	if dates[folded] {
		return colJudgmentDate
	}
	for _, s := range stems {
		for _, stem := range s.with {
			if strings.Contains(folded, stem) {
				return s.c
			}
		}
	}
	return colNone
}
