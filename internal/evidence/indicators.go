package evidence

import (
	"slices"

	"fener/internal/record"
)

// What is observed is defined in package record, where the fold of what the
// public reads needs it too; here it goes by the same names.
type (
	Topic     = record.Topic
	Indicator = record.Indicator
)

// Topics in the order in which they are shown.
var Topics = record.Topics

// Indicators are all observed indicators in the order in which they are shown.
// They are read once and must not be changed.
var Indicators = record.Indicators

// KnownIndicator reports whether there is an observed indicator with the id.
func KnownIndicator(id string) bool { return record.IndicatorOf(id) != nil }

func find(list []*Indicator, id string) *Indicator {
	if at := slices.IndexFunc(list, func(in *Indicator) bool { return in.ID == id }); at >= 0 {
		return list[at]
	}
	return nil
}
