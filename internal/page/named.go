package page

import "fener/internal/record"

// ID is the id of the thing that files name by some words; empty where the site cannot tell.
func (r *Request) ID(kind record.Kind, words string) string {
	if r.Site.config.ID == nil {
		return ""
	}
	return r.Site.config.ID(kind, words)
}
