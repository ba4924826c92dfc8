// Package kosovo holds the example: what was found in public reporting on Kosovo's judgments, with its sources, as the files that people
// would keep themselves. README.md beside them says what the files can show and what not.
package kosovo

import "embed"

// Files are the example's files by name: institutions.csv, judgments.csv, cases.yaml and reported.csv; of evidence sources.csv,
// observations.csv and claims.yaml; and the sheets of other kinds (record.Sheet).
//
//go:embed *.csv *.yaml
var Files embed.FS
