package live

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"fener/locale"
)

// A talk's screens are sent its state when they connect, and changes after it. Each change has the number after the one before; a screen that misses one connects
// again. What waits for a moderator is in neither.

// publicState is the whole of a talk as screens show it.
type publicState struct {
	V         int64             `json:"v"`
	Stage     string            `json:"stage"`
	Now       int               `json:"now"` // number of the question that is spoken about; 0: none
	Next      int               `json:"next"`
	Count     int               `json:"count"`     // of questions
	Questions []*publicQuestion `json:"questions"` // the newest, and those that are spoken about
	Support   map[string]int    `json:"support"`
	Speakers  []publicSpeaker   `json:"speakers"`
}

type publicQuestion struct {
	N     int                         `json:"n"`
	Words map[locale.Lang]publicWords `json:"words"` // by language form, as the page's addresses have it
	To    string                      `json:"to,omitempty"`
	Given string                      `json:"given,omitempty"`
}

// publicWords are a question's words for readers of one language form.
type publicWords struct {
	Text     string      `json:"text"`
	Lang     locale.Lang `json:"lang"`               // of the text: another one where nobody has translated it yet
	Original string      `json:"original,omitempty"` // where the text is an interpreter's: the words in which it was asked
	Asked    locale.Lang `json:"asked,omitempty"`    // and the language of these
}

type publicSpeaker struct {
	N      int    `json:"n"`
	Panel  bool   `json:"panel,omitempty"`
	Name   string `json:"name,omitempty"`
	Speaks bool   `json:"speaks,omitempty"`
}

// change is what changed. One without anything else only tells moderators that something waits.
type change struct {
	V        int64           `json:"v"`
	Stage    string          `json:"stage,omitempty"`
	Now      *int            `json:"now,omitempty"`
	Next     *int            `json:"next,omitempty"`
	Question *publicQuestion `json:"question,omitempty"`
	Gone     int             `json:"gone,omitempty"` // a question that was taken off the record
	Support  map[string]int  `json:"support,omitempty"`
	Speakers []publicSpeaker `json:"speakers,omitempty"`
	Waiting  int             `json:"waiting"` // how many questions wait
}

// mostShown is how many questions a state holds; the page has all of them.
const mostShown = 100

func (room *Room) publicQuestion(q *Question) *publicQuestion {
	p := &publicQuestion{N: q.N, Words: map[locale.Lang]publicWords{}, To: q.To, Given: q.Given}
	for _, l := range locale.All {
		p.Words[l] = wordsFor(q, l)
	}
	return p
}

// wordsFor are the words of a question for readers of a language form: an interpreter's, or those in which it was asked.
func wordsFor(q *Question, l locale.Lang) publicWords {
	asked := locale.Lang(q.Language)
	if asked == locale.SR && l != locale.SR {
		asked = locale.SRLatn
	}
	text, in := q.Words.In(l)
	switch {
	case in != l:
		return publicWords{Text: q.Original(), Lang: asked}
	case asked != l:
		return publicWords{text, l, q.Original(), asked}
	}
	return publicWords{Text: text, Lang: l}
}

func (room *Room) publicSpeakers() []publicSpeaker {
	list := []publicSpeaker{}
	for _, s := range room.speaking() {
		list = append(list, publicSpeaker{s.N, s.Panel, s.Name, s.State == "speaking"})
	}
	return list
}

func (room *Room) number(seq int64) int {
	if q := room.bySeq[seq]; q != nil && !q.gone {
		return q.N
	}
	return 0
}

// state is the whole as an event.
func (room *Room) state() []byte {
	s := publicState{V: room.v, Stage: room.body.Stage, Now: room.number(room.now), Next: room.number(room.next), Questions: []*publicQuestion{}, Support: map[string]int{}, Speakers: room.publicSpeakers()}
	for _, q := range room.questions {
		if q.State == Accepted && !q.gone {
			s.Count++
			s.Support[strconv.Itoa(q.N)] = q.Supported
			s.Questions = append(s.Questions, room.publicQuestion(q))
		}
	}
	slices.SortFunc(s.Questions, func(a, b *publicQuestion) int { return b.N - a.N })
	if len(s.Questions) > mostShown {
		kept := s.Questions[:mostShown:mostShown]
		for _, q := range s.Questions[mostShown:] {
			if q.N == s.Now || q.N == s.Next {
				kept = append(kept, q)
			}
		}
		s.Questions = kept
	}
	return event("state", room.v, s)
}

// changed numbers a change and sends it to every screen.
func (room *Room) changed(c change) {
	room.v++
	c.V, c.Waiting = room.v, room.waiting
	if room.hub != nil {
		room.hub.send(event("change", c.V, c))
	}
}

// votesEvery is how long support is gathered before it goes to the screens.
const votesEvery = 300 * time.Millisecond

// flush sends what was supported since the last time.
func (room *Room) flush() {
	room.mu.Lock()
	defer room.mu.Unlock()
	if len(room.voted) == 0 {
		return
	}
	c := change{Support: map[string]int{}}
	for seq := range room.voted {
		if q := room.bySeq[seq]; q != nil {
			c.Support[strconv.Itoa(q.N)] = q.Supported
		}
	}
	clear(room.voted)
	room.changed(c)
}

// event writes something as server-sent events have it (HTML Standard, 9.2).
func event(name string, v int64, data any) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "id: %d\nevent: %s\ndata: ", v, name)
	text, err := json.Marshal(data) // no line ends in it
	if err != nil {
		panic(err) // of numbers and texts alone
	}
	b.Write(text)
	b.WriteString("\n\n")
	return b.Bytes()
}
