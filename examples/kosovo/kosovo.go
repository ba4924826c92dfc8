// Package kosovo holds the example: what was found in public reporting on Kosovo's judgments, with its sources, as the files that people
// would keep themselves. README.md beside them says what the files can show and what not.
package kosovo

import "embed"

// Files are the example's files by name: institutions.csv, judgments.csv, cases.yaml and reported.csv.
//
//go:embed institutions.csv judgments.csv cases.yaml reported.csv
var Files embed.FS
