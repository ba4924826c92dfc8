package site

import (
	"strings"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// inAll is a SYNTHETIC text in the three languages.
func inAll(en, sq, sr string) record.Names {
	return record.Names{EN: "SYNTHETIC " + en, SQ: "SYNTHETIC " + sq, SR: "SYNTHETIC " + sr}
}

// announced is a SYNTHETIC talk on a day, with something in every field that an announcement has.
func announced(stage, day string) *record.Talk {
	t := &record.Talk{
		Series: "SYNTHETIC Small talk, big issues", Stage: stage, Begins: "18:00", Ends: "20:00", Zone: "Europe/Belgrade",
		Names:   inAll("What became of what was promised?", "Çfarë u bë me premtimet?", "Šta je bilo sa obećanjima?"),
		Summary: inAll("A talk about shelters, courts and money; come, ask, and hear who answers.", "Bisedë për strehimoret, gjykatat dhe paratë; eja, pyet dhe dëgjo kush përgjigjet.", "Razgovor o skloništima, sudovima i novcu; dođite, pitajte i čujte ko odgovara."),
		Written: inAll("In 2017 a shelter was closed for a time.\n\nWe ask those who answer for it what has changed since, and what will change by the summer.",
			"Në vitin 2017 një strehimore u mbyll për një kohë.\n\nI pyesim ata që përgjigjen çfarë ka ndryshuar që atëherë, dhe çfarë do të ndryshojë deri në verë.",
			"Jedno sklonište je 2017. neko vreme bilo zatvoreno.\n\nPitamo one koji za to odgovaraju šta se od tada promenilo, i šta će se promeniti do leta."),
		Asks: []record.Names{inAll("When will the calls be published?", "Kur do të shpallen thirrjet?", "Kada će biti raspisani pozivi?"), inAll("Who pays meanwhile?", "Kush paguan ndërkohë?", "Ko u međuvremenu plaća?")},
		Place: record.Venue{Names: inAll("House of Youth, second floor", "Shtëpia e Rinisë, kati i dytë", "Dom omladine, drugi sprat"), Address: "Prishtina",
			Directions: inAll("From the main square ten minutes on foot.", "Nga sheshi kryesor dhjetë minuta në këmbë.", "Od glavnog trga deset minuta peške."), Access: inAll("A lift; no steps.", "Ashensor; pa shkallë.", "Lift; bez stepenica.")},
		Spoken:      []string{"sq", "sr", "en"},
		Interpreted: []record.Interpreted{{From: "sq", Into: "sr"}, {Into: "en"}},
		Moderator:   record.Speaker{Name: "SYNTHETIC Moderator", Role: inAll("editor", "redaktore", "urednica")},
		Guests: []record.Guest{
			{Speaker: record.Speaker{Name: "SYNTHETIC Guest One", Role: inAll("officer", "zyrtare", "službenica"), Institution: "kp_thbd"}, Answer: "accepted"},
			{Speaker: record.Speaker{Role: inAll("head of department", "udhëheqës i departamentit", "načelnik odeljenja"), Institution: "mpms"}, Answer: "no_answer"},
			{Speaker: record.Speaker{Name: "SYNTHETIC Guest Three", Role: inAll("legal officer", "zyrtare ligjore", "pravnica"), Institution: "SYNTHETIC organisation"}},
			{Speaker: record.Speaker{Institution: "moj"}, Answer: "declined"},
		},
		Supporters: []record.Supporter{{Name: "SYNTHETIC embassy", For: inAll("interpretation", "përkthimin", "prevod")}, {Name: "SYNTHETIC foundation"}},
		Related:    []record.Related{{Sort: "exhibition", Names: inAll("Handle with care", "Trajtohet me kujdes", "Rukovati pažljivo"), Address: "https://example.org/exhibition", When: "12–30"}},
		Briefs:     true, Telling: record.Telling{Synthetic: true},
	}
	t.Day = period.MustDate(day)
	return t
}

// The ids of the SYNTHETIC talks that talks enters.
const (
	openTalk   = "synthetic-talk-open"
	heldTalk   = "synthetic-talk-held"
	putOffTalk = "synthetic-talk-put-off"
	movedTalk  = "synthetic-talk-moved"
	offTalk    = "synthetic-talk-called-off"
	bareTalk   = "synthetic-talk-bare"
	longTalk   = "synthetic-talk-long"
)

// talks enters SYNTHETIC talks of every course: to come, held with questions, put off, moved, called off, and one of which next to nothing is known.
func (d *testRecord) talks() *testRecord {
	d.Helper()
	publish := func(kind record.Kind, id string, base int, thing any) {
		d.enter(kind, id, base, record.Published, "SYNTHETIC", thing)
	}
	publish(record.TalkKind, openTalk, 0, announced("open", "2031-03-30")) // the day on which summer time begins
	held := announced("answered", "2018-11-23")
	held.Guests[0].Answer, held.Minutes, held.Recording = "came", inAll("What was said.", "Çfarë u tha.", "Šta je rečeno."), "https://example.org/recording"
	held.Attended = &record.Stated{Kind: record.Exact, Text: "40", Low: "40"}
	publish(record.TalkKind, heldTalk, 0, held)
	publish(record.TalkKind, putOffTalk, 0, announced("announced", "2031-02-01"))
	publish(record.TalkKind, putOffTalk, 1, announced("postponed", "2031-02-01"))
	publish(record.TalkKind, movedTalk, 0, announced("announced", "2031-01-07"))
	publish(record.TalkKind, movedTalk, 1, announced("announced", "2031-05-06"))
	publish(record.TalkKind, offTalk, 0, announced("cancelled", "2031-04-01"))
	publish(record.TalkKind, bareTalk, 0, &record.Talk{Names: record.Names{EN: "SYNTHETIC talk of which little is known"}, Stage: "held", Day: period.MustDate("2016-12"), Telling: record.Telling{Synthetic: true}})
	publish(record.TalkKind, longTalk, 0, long())
	for n, q := range []*record.Question{
		{Language: "sq", Words: inAll("Who closed the shelter?", "Kush e mbylli strehimoren?", "Ko je zatvorio sklonište?"), To: "mpms", When: "before", Supported: 31, Same: []string{"SYNTHETIC Pse u mbyll strehimorja?"}},
		{Language: "sr", Words: record.Names{SR: "SYNTHETIC Koliko je presuda ispod propisanog minimuma?"}, When: "during", Supported: 1},
		{Language: "en", Words: record.Names{EN: "SYNTHETIC Why?"}, When: "during"},
	} {
		q.Talk, q.N, q.Synthetic = heldTalk, n+1, true
		publish(record.QuestionKind, heldQuestion(n+1), 0, q)
	}
	publish(record.AnswerKind, "synthetic-answer", 0, &record.Answer{Question: heldQuestion(1), Given: "promised", By: held.Guests[0].Speaker, Synthetic: true,
		Words: inAll("They will look it up and answer by the summer.", "Do ta shikojnë dhe do të përgjigjen deri në verë.", "Pogledaće i odgovoriti do leta.")})
	publish(record.AnswerKind, "synthetic-answer-2", 0, &record.Answer{Question: heldQuestion(2), Given: "not_answered", Synthetic: true})
	return d
}

// long is a talk with as much of everything as is ever announced.
func long() *record.Talk {
	t := announced("held", "2019-10-27")
	t.Names = inAll("What the law demands, what courts give, what shelters are promised, and when the money comes: a talk with those who answer for it, and with those who wait",
		"Çfarë kërkon ligji, çfarë japin gjykatat, çfarë u premtohet strehimoreve, dhe kur vijnë paratë: bisedë me ata që përgjigjen dhe me ata që presin",
		"Šta zakon traži, šta sudovi izriču, šta se skloništima obećava i kada novac stiže: razgovor sa onima koji za to odgovaraju i sa onima koji čekaju")
	t.Summary.EN, t.Summary.SQ, t.Summary.SR = strings.Repeat(t.Summary.EN+" ", 5), strings.Repeat(t.Summary.SQ+" ", 5), strings.Repeat(t.Summary.SR+" ", 5)
	for range 2 {
		t.Guests = append(t.Guests, t.Guests...)
		t.Supporters = append(t.Supporters, t.Supporters...)
	}
	for i := range t.Guests {
		t.Guests[i].Answer = ""
	}
	t.Asks = append(t.Asks, t.Asks...)
	return t
}

func heldQuestion(n int) string { return "synthetic-question-" + locale.Integer(locale.EN, int64(n)) }
