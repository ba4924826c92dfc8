package site

import (
	"strings"

	"fener/law"
)

// imposed says in words what was imposed.
func (r *Request) imposed(s law.Sentence) string {
	return strings.Join(s.Words(r.Law(), r.Lang), ", ")
}
