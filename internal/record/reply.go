package record

import (
	"strings"

	"fener/period"
)

// ReplyKind is the kind of an institution's answer to something on record.
const ReplyKind Kind = "reply"

// Reply is an institution's answer to a published record, shown beside it.
type Reply struct {
	Institution string      `json:"institution" ref:"institution"` // who replies
	About       Kind        `json:"about"`                         // kind of the thing replied to
	ID          string      `json:"id" ref:"About"`                // and its id
	Text        string      `json:"text"`
	Language    string      `json:"language"`
	Date        period.Date `json:"date"`
	Says        string      `json:"says,omitempty"`     // of a commitment: what the institution says became of it; see ReplySays
	Citation    *Citation   `json:"citation,omitempty"` // where it was given, if in public
	Synthetic   bool        `json:"synthetic,omitempty"`
}

// ReplySays are what an institution can say became of a commitment.
var ReplySays = []string{"done", "under_way", "partly", "not_done", "given_up", "not_ours"}

// replySheet is a table of replies. About is kind:id, such as claim:small-talk-2.
var replySheet = &Sheet{
	Name:    "replies",
	Columns: []string{"institution", "about", "text", "language", "date", "id", "source", "place", "quote", "says"},
	Needed:  3,
	Of:      map[string]string{"id": "about"},
	Read: func(row *Row) (words, title string, b Body) {
		r := &Reply{Institution: row.Text("institution"), Text: row.Text("text"), Language: row.Text("language"), Date: row.Date("date"), Says: row.Text("says")}
		about := row.Thing("about")
		r.About, r.ID = about.Kind, about.ID
		if c := row.Citation(); c.Source != "" {
			r.Citation = &c
		}
		if words = row.Text("id"); words == "" {
			words = Slug(r.Institution) + "-" + r.Date.String() + "-" + ShortHash(row.Text("about"), r.Text)
		}
		return words, r.Institution, r
	},
}

// Validate checks a reply by itself.
func (r *Reply) Validate(bool) Faults {
	var fs Faults
	for _, f := range []struct{ field, value string }{{"institution", r.Institution}, {"id", r.ID}, {"text", strings.TrimSpace(r.Text)}, {"language", r.Language}} {
		if f.value == "" {
			fs.say(FaultEmpty, "", "", f.field, "is empty")
		}
	}
	if r.About == "" || !r.About.Valid() {
		fs.say(FaultNoKind, string(r.About), "", "about", "%q is no kind of record", r.About)
	}
	if r.Date.Precision() != period.Day {
		fs.say(FaultNeedsDay, r.Date.String(), "", "date", "%s: a reply has a day", r.Date)
	}
	fs.oneOf("says", r.Says, false, ReplySays)
	if r.Says != "" && r.About != CommitmentKind {
		fs.say(FaultOnlyCommitment, "", "", "says", "%q: only a commitment becomes something; this replies to a %s", r.Says, r.About)
	}
	fs.text("text", r.Text)
	return fs
}

// Found is how it is found.
func (r *Reply) Found(string) Found {
	return Found{Title: given(", ", r.Institution, r.Date.String()), Text: []string{r.Institution, r.Text}, Cites: ids(r.SharedSource("")), Synthetic: r.Synthetic}
}

// Texts are what a person wrote into it.
func (r *Reply) Texts() []Text {
	list := []Text{{"text", r.Text, false}}
	if r.Citation != nil {
		list = append(list, quoted(*r.Citation)...)
	}
	return list
}

// SharedSource is where it was given.
func (r *Reply) SharedSource(string) string {
	if r.Citation == nil {
		return ""
	}
	return r.Citation.Source
}

// Coarsen takes out of a reply the words of its source.
func (r *Reply) Coarsen(Plain) {
	if r.Citation != nil {
		r.Citation.Place, r.Citation.Quote = "", ""
	}
}
