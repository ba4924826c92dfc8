package intake

import (
	"slices"
	"strings"

	"fener/locale"
)

// doubtCodes are the problems that do not stop a row of judgments but stand beside its answer. A test holds the list to the code.
var doubtCodes = []Code{absentColumn, unknownColumn, otherColumn, namelessColumn, notTaken, aboveHeader, cellRemarks, hiddenColumn, hiddenRows, sheetsRead, sheetHidden, hiddenRead, readAs, readAs1250,
	imprisonmentUnread, dayOrMonth, monthFirst, dateInText, thousandsOrDecimals, mergedPunishment, ordinaryCircumstances, emptyBelow,
	markBesideWords, suspendedAlone, verificationAlone, replacedAlone, annulledSentence, futureDate}

// DoubtCodes lists the codes that a row's doubts, and those about the file's columns, can have.
func DoubtCodes() []Code { return slices.Clone(doubtCodes) }

// Text says in a language what the code stands for, with an ellipsis where a problem would name its cell or value.
func (c Code) Text(l locale.Lang) string {
	var b strings.Builder
	for _, piece := range catalogue(l)[string(c)] {
		if piece.name == "" {
			b.WriteString(piece.text)
		} else {
			b.WriteString("…")
		}
	}
	return b.String()
}
