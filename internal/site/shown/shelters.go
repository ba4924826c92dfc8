package shown

import (
	"net/url"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
)

// ShelterPath is the address of a shelter's page below the language, CallPath that of a call.
func ShelterPath(id string) string { return "shelters/" + url.PathEscape(id) }

// CallPath is the address of a call's page below the language.
func CallPath(id string) string { return "calls/" + url.PathEscape(id) }

// FunderPath is the address of the page of who gives money, whom a source names by the id of an institution or in words.
func FunderPath(r *page.Request, text string) string {
	return "funders/" + url.PathEscape(FunderID(r, text))
}

// FunderID is how the address of a funder's page names it: by the institution that it is, or else by its words.
func FunderID(r *page.Request, text string) string {
	if all, err := reads.Institutions(r); err == nil {
		if id := IdOfInstitution(all, text); id != "" {
			return id
		}
	}
	return record.Slug(text)
}
