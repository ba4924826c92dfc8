package site

import (
	"strings"

	"fener/law"
)

// imposed says in words what was imposed.
func (r *Request) imposed(s law.Sentence) string {
	return strings.Join(s.Words(r.Site.config.Pack, r.Lang), ", ")
}

// outcomes says in words what the check found.
func (r *Request) outcomes(set law.Outcomes) string {
	var parts []string
	for _, o := range set.List() {
		parts = append(parts, o.Text(r.Lang))
	}
	return strings.Join(parts, "; ")
}
