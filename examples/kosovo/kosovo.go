// Package kosovo holds the example: what was found in public reporting on Kosovo's judgments, with its sources, as the files that people
// would keep themselves. README.md beside them says what the files can show and what not.
package kosovo

import "embed"

// Files are the example's files by name: institutions.csv, judgments.csv, cases.yaml and reported.csv; and of evidence sources.csv,
// observations.csv and claims.yaml; and where help is, helplines.csv; and the stories told of them.
//
//go:embed stories/*.md
//go:embed institutions.csv judgments.csv cases.yaml reported.csv sources.csv observations.csv claims.yaml helplines.csv
var Files embed.FS
