// Package shown holds what more than one room shows: a court, a source, a quotation, a period, a figure, a correction, in words and as data.
package shown

import "embed"

// Parts are the templates of what pages show of it.
//
//go:embed templates/*.html
var Parts embed.FS
