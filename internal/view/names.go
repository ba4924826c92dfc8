package view

import "fener/period"

// Date and Length are those of package period, named here because nearly every
// type of the reading side has one.
type (
	Date   = period.Date
	Length = period.Length
)
