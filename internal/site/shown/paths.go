package shown

import (
	"net/url"
	"slices"
	"strconv"

	"fener/internal/view"
	"fener/law"
)

// Outcomes are a set as a list, never null in JSON.
func Outcomes(set law.Outcomes) []law.Outcome {
	if list := set.List(); list != nil {
		return list
	}
	return []law.Outcome{}
}

// Place is where a judgment stands among the case's, from 1; 0 where it is none of them.
func Place(c *view.CaseFile, judgment string) int {
	return 1 + slices.IndexFunc(c.Judgments, func(j view.JudgmentFile) bool { return j.ID == judgment })
}

// CasePath is the address of a case's page below the language.
func CasePath(id string) string { return "cases/" + url.PathEscape(id) }

// ArticlePath is the address of an article's claims below the language, ClaimPath that of one claim.
func ArticlePath(id string) string { return "claims/" + url.PathEscape(id) }

// ClaimPath is the address of one claim below the language.
func ClaimPath(article string, n int) string { return ArticlePath(article) + "/" + strconv.Itoa(n) }

// InstitutionPath is the address of an institution's page below the language.
func InstitutionPath(id string) string { return "institutions/" + url.PathEscape(id) }
