package figures

import (
	"strconv"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// LimitSegment is what the law said of the basic form of trafficking while one code was in force.
type LimitSegment struct {
	Provision string       `json:"provision"`
	From      period.Date  `json:"from"`
	To        period.Date  `json:"to,omitzero"`
	Minimum   law.Limit    `json:"minimum"`
	Floor     law.Limit    `json:"floor"` // the lowest that mitigation allows
	Verified  law.Verified `json:"verified"`
}

// RecordedSentence is one sentence of the picture of the line and the dots.
type RecordedSentence struct {
	Case         string           `json:"case"`
	Judgment     string           `json:"judgment,omitempty"`
	Defendant    string           `json:"defendant"`
	Court        string           `json:"court,omitempty"`
	Judged       period.Date      `json:"judged,omitzero"`
	At           period.Date      `json:"at,omitzero"` // the day whose law counts
	ByJudgment   bool             `json:"at_is_judgment"`
	Offence      string           `json:"offence,omitempty"`
	Joint        law.Tri          `json:"joint"`
	Imprisonment law.Imprisonment `json:"imprisonment"`
	Suspended    record.YesNo     `json:"suspended" jsonschema:"nullable"`
	Fine         law.Fine         `json:"fine"`
	Standing     string           `json:"standing"` // below, meets, open (cannot be compared), other (another offence)
	Outcomes     []law.Outcome    `json:"outcomes"`
	Axes         *answer.Axes     `json:"axes" jsonschema:"nullable"` // null where there is no sentence to check
	Minimum      law.Limit        `json:"minimum"`
	Floor        law.Limit        `json:"floor"`
	finding      *view.Finding
}

// SentencesDocument is the data of the line and the dots, one part of it. Its List names the following part, whose address stands beside this one's.
// All parts are of one position of the ledger.
type SentencesDocument struct {
	page.Head
	page.List
	AsOf      period.Date        `json:"as_of"`
	Law       []LimitSegment     `json:"law"`
	Sentences []RecordedSentence `json:"sentences"`
}

// sentencesSheet lists the sentences as rows.
func sentencesSheet(list []RecordedSentence) *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"case", "judgment", "defendant", "court", "judged", "at", "at_is_judgment", "offence", "joint", "imprisonment",
		"suspended", "fine", "standing", "outcomes", "minimum", "floor"}, answer.AxisColumns()...)}
	for _, x := range list {
		var outcomes []string
		for _, o := range x.Outcomes {
			outcomes = append(outcomes, o.String())
		}
		s.Rows = append(s.Rows, append([]string{x.Case, x.Judgment, x.Defendant, x.Court, x.Judged.String(), x.At.String(), strconv.FormatBool(x.ByJudgment),
			x.Offence, x.Joint.String(), x.Imprisonment.String(), x.Suspended.String(), x.Fine.String(), x.Standing,
			strings.Join(outcomes, "+"), x.Minimum.String(), x.Floor.String()}, answer.AxisCells(x.finding)...))
	}
	return s
}

// WithFinding adds what the check found.
func (s RecordedSentence) WithFinding(f *view.Finding) RecordedSentence {
	s.finding, s.Axes = f, answer.AxesOf(f)
	s.Outcomes, s.Minimum, s.Floor = shown.Outcomes(f.Outcomes), f.Minimum, f.Floor
	return s
}
