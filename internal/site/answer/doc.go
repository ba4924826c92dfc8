// Package answer says how the answer of the check reads: by question, with the steps and the provisions that it rests on.
package answer

import "embed"

// Parts are the templates of what pages show of it.
//
//go:embed templates/*.html
var Parts embed.FS
