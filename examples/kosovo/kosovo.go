// Package kosovo holds the example: what was found in public reporting on Kosovo's judgments, with its sources, as the files that people
// would keep themselves. README.md beside them says what the files can show and what not.
package kosovo

import "embed"

// Files are the example's files by name: institutions.csv, judgments.csv, cases.yaml and reported.csv; of evidence sources.csv,
// observations.csv and claims.yaml; the sheets of other kinds (record.Sheet); and the stories told of them.
//
//go:embed *.csv *.yaml stories/*.md
var Files embed.FS
