package record

import "strings"

// languages are those in which sources and replies are written.
var languages = []string{"sq", "sr", "sr-Latn", "en"}

// choices are the words of fields that hold one of a few, beside those that a sheet says by its cells, by the field's place in a kind: "source.kind". What stands in
// the record and is none of them stays there: files have words of their own.
var choices = map[string][]string{
	"source.kind":     {"judgment", "law", "report", "article", "release", "statistics", "letter", "other"},
	"source.language": languages,
	"reply.language":  languages,
	"institution.type": {"court", "court department", "prosecution", "police", "ministry", "authority", "council", "international", "shelter (NGO)", "shelter (state)", "NGO", "fund",
		"training", "victim support"},
	"talk.stage":                TalkStages,
	"talk.spoken":               talkLanguages,
	"talk.interpreted.from":     talkLanguages,
	"talk.interpreted.into":     talkLanguages,
	"talk.guests.answer":        GuestAnswers,
	"talk.related.sort":         relatedSorts,
	"question.language":         QuestionLanguages,
	"question.when":             questionWhens,
	"answer.given":              AnswerGivens,
	"outcome.rests.kind":        evidenceWords,
	"outcome.supports":          OutcomeWords,
	"reply.says":                ReplySays,
	"helpline.does":             helpDoes,
	"claim.comparison.operator": {string(Equals), string(AboutThat), string(AtLeast), string(AtMost), string(FellFrom), string(RoseFrom), string(Exists)},
	"claim.comparison.told":     ToldWords,
	"claim.comparison.cause":    WithoutCauses,
}

// Choices are the words of which one stands in a field, by the kind or the place that it lies under ("grant", "claim.comparison") and its name in JSON; none where
// any text may stand.
func Choices(under, field string) []string {
	kind, _, _ := strings.Cut(under, ".")
	if field == "indicator" {
		return indicatorIDs()
	}
	if words := choices[under+"."+field]; words != nil {
		return words
	}
	if d := DefinitionOf(Kind(kind)); d != nil && d.Sheet != nil && d.Sheet.Money {
		if cell := d.Sheet.Cells[field]; cell.Is == CellWord {
			return cell.Words
		}
	}
	return nil
}

func indicatorIDs() (ids []string) {
	list, err := Indicators()
	if err != nil { // the file is part of the program, and a test reads it
		return nil
	}
	for _, in := range list {
		ids = append(ids, in.ID)
	}
	return ids
}
