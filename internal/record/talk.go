package record

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // talks have a zone, and not every system knows the zones

	"fener/period"
)

// TalkKind is the kind of a public discussion, from its announcement on.
const TalkKind Kind = "talk"

// Talk is a public discussion: what is announced of it, who was asked to come, who came, and what became of it. What nobody said of it stays empty, and is
// shown as not known.
type Talk struct {
	Series      string        `json:"series,omitempty"` // the series that it belongs to, as it is called
	Names       Names         `json:"names"`            // its title
	Summary     Names         `json:"summary,omitzero"` // in a sentence or two
	Written     Names         `json:"texts,omitzero"`   // the announcement: paragraphs, parted by empty lines
	Asks        []Names       `json:"asks,omitempty"`   // the questions that it means to address
	Stage       string        `json:"stage"`            // how far it has come; see TalkStages
	Day         period.Date   `json:"day,omitzero"`
	Begins      string        `json:"begins,omitempty"` // on the clock of its zone: "18:00"
	Ends        string        `json:"ends,omitempty"`   // earlier than it begins: after midnight
	Zone        string        `json:"zone,omitempty"`   // of the tz database: "Europe/Belgrade"
	Place       Venue         `json:"place,omitzero"`
	Spoken      []string      `json:"spoken,omitempty"` // languages
	Interpreted []Interpreted `json:"interpreted,omitempty"`
	Moderator   Speaker       `json:"moderator,omitzero"`
	Guests      []Guest       `json:"guests,omitempty"`
	Supporters  []Supporter   `json:"supporters,omitempty"`
	Related     []Related     `json:"related,omitempty"`
	Picture     Picture       `json:"picture,omitzero"`
	Attended    *Stated       `json:"attended,omitempty"`  // how many came
	Recording   string        `json:"recording,omitempty"` // its address
	Minutes     Names         `json:"minutes,omitzero"`    // paragraphs
	Briefs      bool          `json:"briefs,omitempty"`    // the pages of evidence on its guests' institutions are public
	Telling
}

// Venue is where a talk is held.
type Venue struct {
	Names      Names  `json:"names,omitzero"`
	Address    string `json:"address,omitempty"` // street and town, as letters are sent there
	Directions Names  `json:"directions,omitzero"`
	Access     Names  `json:"access,omitzero"` // steps, lifts, seats, hearing loops
}

// Interpreted is a language that is put into another one while people talk.
type Interpreted struct {
	From string `json:"from,omitempty"` // empty: whatever is spoken
	Into string `json:"into"`
}

// Speaker is somebody with a part in a talk.
type Speaker struct {
	Name        string `json:"name,omitempty"` // empty: who it is was not said
	Role        Names  `json:"role,omitzero"`  // in which capacity: "legal officer"
	Institution string `json:"institution,omitempty" ref:"institution,words"`
}

// Guest is somebody who was asked to come, and what came of it. Silence is shown too.
type Guest struct {
	Speaker
	Answer string `json:"answer,omitempty"` // see GuestAnswers; empty: not known
}

// Supporter is who paid for something, or gave it.
type Supporter struct {
	Name string `json:"name" ref:"institution,words"`
	For  Names  `json:"for,omitzero"` // what was paid for
}

// Related is something that belongs to a talk and stands elsewhere.
type Related struct {
	Sort    string `json:"sort"` // see relatedSorts
	Names   Names  `json:"names"`
	Address string `json:"address,omitempty"`
	When    string `json:"when,omitempty"` // as its source says
}

// Picture is an archived picture with what it shows in words, for those who do not see it.
type Picture struct {
	Document string `json:"document,omitempty"` // the hash of the archived file (SHA-256)
	Alt      Names  `json:"alt,omitzero"`
	Credit   string `json:"credit,omitempty"`
}

// TalkStages are how far a talk can have come, in their order; the last two can follow any that comes before it was held.
var TalkStages = []string{"announced", "open", "live", "held", "answered", "followed", "postponed", "cancelled"}

// GuestAnswers are what became of an invitation.
var GuestAnswers = []string{"invited", "accepted", "declined", "no_answer", "came", "absent"}

var (
	relatedSorts  = []string{"exhibition", "article", "story", "report", "talk", "other"}
	talkLanguages = []string{"sq", "sr", "en", "other"}
	clockText     = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
	hashText      = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// At is when a talk begins and ends. begins is zero where the day, the time or the zone is not known, ends where the end is not.
func (t *Talk) At() (begins, ends time.Time) {
	zone, err := time.LoadLocation(t.Zone)
	if t.Zone == "" || err != nil || t.Day.Precision() != period.Day || !clockText.MatchString(t.Begins) {
		return
	}
	begins = onClock(t.Day, t.Begins, zone)
	if clockText.MatchString(t.Ends) {
		if ends = onClock(t.Day, t.Ends, zone); !ends.After(begins) {
			ends = ends.AddDate(0, 0, 1)
		}
	}
	return
}

// onClock is a time on a clock of a zone. One that the clock leaves out when summer time begins is taken by the clock before it.
func onClock(day period.Date, clock string, zone *time.Location) time.Time {
	year, month, date := day.Parts()
	var hour, minute int
	_, _ = fmt.Sscanf(clock, "%d:%d", &hour, &minute) // its form was looked at
	return time.Date(year, time.Month(month), date, hour, minute, 0, 0, zone)
}

// Validate checks a talk by itself.
func (t *Talk) Validate(public bool) Faults {
	var fs Faults
	if t.Names == (Names{}) {
		fs.say(FaultEmpty, "", "", "names", "are empty; write the talk's title, in one language at least")
	}
	fs.oneOf("stage", t.Stage, true, TalkStages)
	t.validateWhen(&fs)
	for i, in := range t.Interpreted {
		fs.oneOf(fmt.Sprintf("interpreted[%d].from", i), in.From, false, talkLanguages)
		fs.oneOf(fmt.Sprintf("interpreted[%d].into", i), in.Into, true, talkLanguages)
	}
	for i, l := range t.Spoken {
		fs.oneOf(fmt.Sprintf("spoken[%d]", i), l, true, talkLanguages)
	}
	for i, g := range t.Guests {
		fs.oneOf(fmt.Sprintf("guests[%d].answer", i), g.Answer, false, GuestAnswers)
		if g.Name == "" && g.Institution == "" && g.Role == (Names{}) {
			fs.say(FaultEmpty, "", "", fmt.Sprintf("guests[%d]", i), "is empty; write a name, an institution or in which capacity somebody was asked")
		}
	}
	for i, r := range t.Related {
		fs.oneOf(fmt.Sprintf("related[%d].sort", i), r.Sort, true, relatedSorts)
		fs.address(fmt.Sprintf("related[%d].address", i), r.Address)
	}
	fs.address("recording", t.Recording)
	if t.Picture.Document != "" {
		if !hashText.MatchString(t.Picture.Document) {
			fs.say(FaultHash, t.Picture.Document, "", "picture.document", "%.70q is no archived file; expected its SHA-256 in hexadecimal digits", t.Picture.Document)
		}
		if t.Picture.Alt == (Names{}) {
			fs.say(FaultEmpty, "", "", "picture.alt", "is empty; say in words what the picture shows, for those who do not see it")
		}
	}
	t.Attended.validateIn(&fs, "attended")
	for _, at := range t.Texts() {
		fs.text(at.Field, at.Text)
	}
	fs.text("note", t.Note)
	// A newsroom that announces its own talk is the source; what a source says of a talk quotes it.
	if t.Citation != (Citation{}) {
		fs.citations([]Citation{t.Citation}, public && !t.Doubtful)
	}
	return fs
}

func (t *Talk) validateWhen(fs *Faults) {
	for _, c := range []struct{ field, text string }{{"begins", t.Begins}, {"ends", t.Ends}} {
		if c.text != "" && !clockText.MatchString(c.text) {
			fs.say(FaultTime, c.text, "", c.field, "%.40q is no time of day; expected hours and minutes such as 18:00", c.text)
		}
	}
	if t.Begins != "" && t.Day.Precision() != period.Day {
		fs.say(FaultNeedsDay, t.Day.String(), "", "day", "%s: a talk that begins at a time has a day", t.Day)
	}
	if t.Ends != "" && t.Begins == "" {
		fs.say(FaultEmpty, "", "", "begins", "is empty, but the talk ends at a time")
	}
	if t.Begins != "" && t.Zone == "" {
		fs.say(FaultEmpty, "", "", "zone", "is empty; a time of day needs the zone of its clock, such as Europe/Belgrade")
	}
	if t.Zone == "" {
		return
	}
	zone, err := time.LoadLocation(t.Zone)
	if err != nil || t.Zone == "Local" {
		fs.say(FaultZone, t.Zone, "", "zone", "%.60q is no time zone; expected a name of the tz database. For Kosovo it is Europe/Belgrade, for Albania Europe/Tirane", t.Zone)
		return
	}
	for _, c := range []struct{ field, text string }{{"begins", t.Begins}, {"ends", t.Ends}} {
		if clockText.MatchString(c.text) && t.Day.Precision() == period.Day && onClock(t.Day, c.text, zone).Format("15:04") != c.text {
			fs.say(FaultNoSuchTime, c.text, t.Day.String(), c.field, "there is no %s on %s in %s: the clocks go forward then", c.text, t.Day, t.Zone)
		}
	}
}

// address faults what is no web address; an empty one is none.
func (fs *Faults) address(field, text string) {
	if text == "" {
		return
	}
	if u, err := url.Parse(text); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		fs.say(FaultAddress, text, "", field, "%.200q is not a web address beginning with http:// or https://", text)
	}
}

// Found is how it is found.
func (t *Talk) Found(string) Found {
	name, _ := t.Names.In("en")
	text := []string{t.Series, t.Names.SQ, t.Names.SR, t.Names.EN, t.Summary.SQ, t.Summary.SR, t.Summary.EN, t.Written.SQ, t.Written.SR, t.Written.EN, t.Moderator.Name}
	for _, g := range t.Guests {
		text = append(text, g.Name, g.Role.EN, g.Role.SQ, g.Role.SR, g.Institution)
	}
	for _, a := range t.Asks {
		text = append(text, a.EN, a.SQ, a.SR)
	}
	return t.found(given(", ", name, t.Day.String()), text...)
}

// Texts are what a person wrote into it beside the names of who was announced in public.
func (t *Talk) Texts() []Text {
	var list []Text
	for _, n := range []struct {
		field    string
		names    Names
		headline bool
	}{{"names", t.Names, true}, {"summary", t.Summary, false}, {"texts", t.Written, false}, {"minutes", t.Minutes, false}, {"picture.alt", t.Picture.Alt, false}} {
		list = append(list, Text{n.field, n.names.EN, n.headline}, Text{n.field, n.names.SQ, n.headline}, Text{n.field, n.names.SR, n.headline})
	}
	return t.texts(slices.DeleteFunc(list, func(at Text) bool { return strings.TrimSpace(at.Text) == "" })...)
}

// Coarsen takes out the words of its source. What was announced in public of the talk itself stays.
func (t *Talk) Coarsen(Plain) { t.coarsen() }
