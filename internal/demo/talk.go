package demo

import (
	"context"
	"fmt"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/period"
)

// second is who confirms what the author of the SYNTHETIC talk entered: what evidence says of a commitment stands only with two people behind it.
const second = "fener demo (SYNTHETIC second person)"

// course enters a SYNTHETIC talk and all that became of it, one step after the other: announced, questions asked and joined, answers, and three commitments,
// of which one was kept late, one is overdue and one has gone back.
type course struct {
	ledger ledger.Ledger
	key    *ledger.IDKey
	now    time.Time
	revs   map[record.Thing]int
	err    error
}

// whyTalk stands at every step.
const whyTalk = "SYNTHETIC: the course of a talk, for trying Fener out"

// talk takes the SYNTHETIC talk into the record.
func (o *Options) talk(ctx context.Context, l ledger.Ledger) error {
	o.Step("SYNTHETIC talk", 0)
	key, err := l.Key()
	if err != nil {
		return err
	}
	c := &course{ledger: l, key: key, now: o.Now, revs: map[record.Thing]int{}}
	c.publish(ctx, record.SourceKind, "synthetic-minutes", &record.Source{Title: "SYNTHETIC minutes of a talk", Publisher: "SYNTHETIC magazine", Kind: "article", Language: "en",
		Published: c.day(-198), Synthetic: true})
	c.publish(ctx, record.SourceKind, "synthetic-report", &record.Source{Title: "SYNTHETIC report on a promise", Publisher: "SYNTHETIC network", Kind: "report", Language: "en",
		Published: c.day(-20), Synthetic: true})
	c.publish(ctx, record.InstitutionKind, "synthetic_ministry", &record.Institution{Names: three("SYNTHETIC Ministry of Calls", "SYNTHETIC Ministria e Thirrjeve", "SYNTHETIC Ministarstvo poziva"),
		Type: "ministry", Synthetic: true})
	c.held(ctx)
	c.asked(ctx)
	// The rule of two holds for the time of these, and no longer: it would keep whoever tries the desk alone from publishing.
	rule := &record.Rule{InForce: true, Note: three("SYNTHETIC: for the commitments of the talk", "SYNTHETIC: për zotimet e bisedës", "SYNTHETIC: za obećanja sa razgovora"), Synthetic: true}
	c.append(ctx, record.RuleKind, record.FourEyesID, record.Published, author, rule)
	c.promised(ctx)
	rule.InForce = false
	c.append(ctx, record.RuleKind, record.FourEyesID, record.Published, author, rule)
	return c.err
}

func three(en, sq, sr string) record.Names { return record.Names{EN: en, SQ: sq, SR: sr} }

// day is so many days from now.
func (c *course) day(days int) period.Date { return period.DateOf(c.now).AddDays(days) }

// id is the id of a thing that is named so; institutions and rules go by their words.
func (c *course) id(kind record.Kind, words string) string {
	if d := record.DefinitionOf(kind); d.Words || kind == record.RuleKind {
		return words
	}
	return c.key.ID(kind, words)
}

// append appends the next revision of a thing, by its id. After an error nothing more is appended.
func (c *course) append(ctx context.Context, kind record.Kind, id string, state record.State, by string, body record.Body) {
	if c.err != nil {
		return
	}
	text, err := record.Encode(body)
	if err != nil {
		c.err = err
		return
	}
	t := record.Thing{Kind: kind, ID: id}
	_, err = c.ledger.Append(ctx, []ledger.Change{{Kind: kind, ID: id, Base: c.revs[t], State: state, By: by, Why: whyTalk, Body: text}})
	if err != nil {
		c.err = fmt.Errorf("entering the SYNTHETIC %s: %w", t, err)
		return
	}
	c.revs[t]++
}

func (c *course) publish(ctx context.Context, kind record.Kind, words string, body record.Body) {
	c.append(ctx, kind, c.id(kind, words), record.Published, author, body)
}

// confirm publishes what a second person verified.
func (c *course) confirm(ctx context.Context, kind record.Kind, words string, body record.Body) {
	id := c.id(kind, words)
	c.append(ctx, kind, id, record.Draft, author, body)
	c.append(ctx, kind, id, record.Submitted, author, body)
	c.append(ctx, kind, id, record.Verified, second, body)
	c.append(ctx, kind, id, record.Published, second, body)
}

const (
	talkWords = "synthetic-talk"
	talkDays  = -200 // it was held so many days ago
)

// held enters the talk, from its announcement to what became of it.
func (c *course) held(ctx context.Context) {
	t := &record.Talk{
		Series: "SYNTHETIC talks", Names: three("SYNTHETIC: Who pays for January?", "SYNTHETIC: Kush e paguan janarin?", "SYNTHETIC: Ko plaća januar?"),
		Summary: three("SYNTHETIC talk on the weeks in which no call is open.", "SYNTHETIC bisedë për javët në të cilat nuk ka shpallje.", "SYNTHETIC razgovor o nedeljama u kojima nema poziva."),
		Asks:    []record.Names{three("SYNTHETIC: Why does money come late?", "SYNTHETIC: Pse vijnë paratë me vonesë?", "SYNTHETIC: Zašto novac kasni?")},
		Stage:   "announced", Day: c.day(talkDays), Begins: "18:00", Ends: "20:00", Zone: "Europe/Belgrade",
		Place:  record.Venue{Names: three("SYNTHETIC hall", "SYNTHETIC salla", "SYNTHETIC sala"), Access: three("SYNTHETIC: without steps", "SYNTHETIC: pa shkallë", "SYNTHETIC: bez stepenika")},
		Spoken: []string{"sq", "sr"}, Interpreted: []record.Interpreted{{Into: "en"}, {From: "sq", Into: "sr"}},
		Moderator: record.Speaker{Name: "SYNTHETIC Moderator"},
		Guests: []record.Guest{
			{Speaker: record.Speaker{Name: "SYNTHETIC Official", Role: three("SYNTHETIC head of grants", "SYNTHETIC udhëheqëse e granteve", "SYNTHETIC rukovoditeljka za grantove"), Institution: "synthetic_ministry"}, Answer: "invited"},
			{Speaker: record.Speaker{Role: three("SYNTHETIC representative", "SYNTHETIC përfaqësues", "SYNTHETIC predstavnik"), Institution: "SYNTHETIC Council"}, Answer: "invited"},
		},
		Supporters: []record.Supporter{{Name: "SYNTHETIC Foundation", For: three("SYNTHETIC: the interpreters", "SYNTHETIC: përkthyesit", "SYNTHETIC: tumači")}},
		Telling:    record.Telling{Synthetic: true},
	}
	next := func(stage string) {
		t.Stage = stage
		c.publish(ctx, record.TalkKind, talkWords, t)
	}
	next("announced")
	t.Guests[0].Answer = "accepted"
	next("open")
	t.Guests[1].Answer = "no_answer" // silence is shown
	next("live")
	t.Guests[0].Answer = "came"
	came := record.ParseStated("41")
	t.Attended = &came
	next("held")
	t.Minutes = three("SYNTHETIC: Three things were promised.", "SYNTHETIC: U premtuan tri gjëra.", "SYNTHETIC: Obećane su tri stvari.")
	next("answered")
	next("followed")
}

// asked enters three questions, of which one was joined by others, and what was answered.
func (c *course) asked(ctx context.Context) {
	of := c.id(record.TalkKind, talkWords)
	by := record.Speaker{Name: "SYNTHETIC Official", Institution: "synthetic_ministry"}
	for i, q := range []struct {
		body  record.Question
		given string
		words record.Names
	}{
		{record.Question{Language: "sq", To: "synthetic_ministry", When: "before", Supported: 23, Words: three("SYNTHETIC: When will the call open?", "SYNTHETIC: Kur do të hapet thirrja?", "SYNTHETIC: Kada će se otvoriti poziv?"),
			Same: []string{"SYNTHETIC: Kur thirrja?", "SYNTHETIC: Hoće li poziv biti pre januara?"}},
			"promised", three("SYNTHETIC: Within a month.", "SYNTHETIC: Brenda një muaji.", "SYNTHETIC: U roku od mesec dana.")},
		{record.Question{Language: "sr", To: "synthetic_ministry", When: "during", Supported: 9, Words: three("SYNTHETIC: Who pays until then?", "SYNTHETIC: Kush paguan deri atëherë?", "SYNTHETIC: Ko plaća do tada?")},
			"partly", three("SYNTHETIC: A reserve is being looked for.", "SYNTHETIC: Po kërkohet një rezervë.", "SYNTHETIC: Traži se rezerva.")},
		{record.Question{Language: "en", When: "during", Supported: 4, Words: three("SYNTHETIC: Does the Council agree?", "SYNTHETIC: A pajtohet Këshilli?", "SYNTHETIC: Da li se Savet slaže?")},
			"not_answered", record.Names{}},
	} {
		words := fmt.Sprintf("%s-question-%d", talkWords, i+1)
		q.body.Talk, q.body.N, q.body.Asked, q.body.Synthetic = of, i+1, c.day(talkDays), true
		c.publish(ctx, record.QuestionKind, words, &q.body)
		a := &record.Answer{Question: c.id(record.QuestionKind, words), Given: q.given, By: by, Words: q.words, Synthetic: true}
		if q.given != "not_answered" {
			a.Citation = &record.Citation{Source: c.id(record.SourceKind, "synthetic-minutes"), Quote: "SYNTHETIC words of the minutes"}
		}
		c.publish(ctx, record.AnswerKind, words, a)
	}
}

// promised enters what was promised at the talk, and what became of it.
func (c *course) promised(ctx context.Context) {
	minutes := c.id(record.SourceKind, "synthetic-minutes")
	promise := func(words string, by int, what record.Names, later ...record.Later) {
		c.confirm(ctx, record.CommitmentKind, words, &record.Commitment{Institution: "synthetic_ministry", Who: "SYNTHETIC Official", What: what, By: c.day(talkDays + by), Said: c.day(talkDays),
			Where: three("SYNTHETIC talk", "SYNTHETIC bisedë", "SYNTHETIC razgovor"), Talk: c.id(record.TalkKind, talkWords), Question: c.id(record.QuestionKind, talkWords+"-question-1"), Later: later,
			Telling: record.Telling{Published: c.day(talkDays + 2), Citation: record.Citation{Source: minutes, Quote: "SYNTHETIC: we will, by the day that we name"}, Synthetic: true}})
	}
	shows := func(words, of, supports string, asOf, kept int, reading record.Names) {
		o := &record.Outcome{Commitment: c.id(record.CommitmentKind, of), Supports: supports, AsOf: c.day(asOf), Reading: reading, Synthetic: true,
			Citations: []record.Citation{{Source: c.id(record.SourceKind, "synthetic-report"), Quote: "SYNTHETIC words of the report"}}}
		if kept != 0 {
			o.Kept = c.day(kept)
		}
		c.confirm(ctx, record.OutcomeKind, words, o)
	}
	says := func(words, of, text, said string, on int) {
		c.publish(ctx, record.ReplyKind, words, &record.Reply{Institution: "synthetic_ministry", About: record.CommitmentKind, ID: c.id(record.CommitmentKind, of), Text: text, Language: "en", Date: c.day(on),
			Says: said, Synthetic: true})
	}
	promise("synthetic-late", 30, three("SYNTHETIC: The call opens within a month", "SYNTHETIC: Thirrja hapet brenda një muaji", "SYNTHETIC: Poziv se otvara u roku od mesec dana"))
	shows("synthetic-late", "synthetic-late", "kept", -120, -125, three("SYNTHETIC: The report says that the call opened on that day.", "SYNTHETIC: Raporti thotë se thirrja u hap atë ditë.", "SYNTHETIC: Izveštaj kaže da je poziv otvoren tog dana."))
	says("synthetic-late", "synthetic-late", "SYNTHETIC: The call is open.", "done", -124)

	promise("synthetic-overdue", 60, three("SYNTHETIC: A reserve for January", "SYNTHETIC: Një rezervë për janarin", "SYNTHETIC: Rezerva za januar"),
		record.Later{By: c.day(60), Said: c.day(-100), Citation: record.Citation{Source: minutes, Quote: "SYNTHETIC: it will be somewhat later"}})
	says("synthetic-overdue", "synthetic-overdue", "SYNTHETIC: We are working on it.", "under_way", -90)

	promise("synthetic-back", 40, three("SYNTHETIC: The waiting list is published every month", "SYNTHETIC: Lista e pritjes publikohet çdo muaj", "SYNTHETIC: Lista čekanja objavljuje se svakog meseca"))
	shows("synthetic-back-1", "synthetic-back", "kept", -150, -165, three("SYNTHETIC: The list was published in these months.", "SYNTHETIC: Lista u publikua në këta muaj.", "SYNTHETIC: Lista je tih meseci objavljivana."))
	shows("synthetic-back-2", "synthetic-back", "not_kept", -21, 0, three("SYNTHETIC: No list has been published for three months, the report says.", "SYNTHETIC: Prej tre muajsh nuk është publikuar asnjë listë, thotë raporti.",
		"SYNTHETIC: Tri meseca nije objavljena nijedna lista, kaže izveštaj."))
	says("synthetic-back", "synthetic-back", "SYNTHETIC: The list is published.", "done", -140)
}
