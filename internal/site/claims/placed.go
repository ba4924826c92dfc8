package claims

import (
	"fener/internal/evidence"
	"fener/internal/page"
)

// Placed is a claim for pages that people write: what is claimed, in which words,
// and how it stands. What bears on it is on its own page.
func Placed(r *page.Request, set *evidence.Set, c *evidence.Claim) (ClaimPart, error) {
	part, err := claimPart(r, set, c, true)
	part.Evidence, part.More = nil, page.Link{}
	return part, err
}
