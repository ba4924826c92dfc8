package live

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fener/internal/page"
)

// ask takes a question in, and leads its asker to the page that says what became of it.
func (v *visit) ask() error {
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	f := v.r.PostForm
	a := &Asking{Form: f.Get(FormName), Stamp: f.Get(StampName), Language: f.Get("language"), Words: f.Get("words"), To: f.Get("to")}
	code, err := v.room.Ask(*a)
	if why := Refusal(""); errors.As(err, &why) {
		if v.wantsData() {
			return v.data(why.status(), map[string]string{"refused": v.refusal(why), "form": v.room.NewForm()})
		}
		return v.part(why.status(), a, why)
	}
	if err != nil {
		return err
	}
	if v.wantsData() {
		return v.data(http.StatusCreated, map[string]string{"code": code, "href": v.at("asked/" + code), "form": v.room.NewForm()})
	}
	http.Redirect(v.w, v.r, v.at("asked/"+code), http.StatusSeeOther)
	return nil
}

// status is what HTTP says of a refusal.
func (r Refusal) status() int {
	switch r {
	case RefusedBusy, RefusedSoon, RefusedFull:
		return http.StatusTooManyRequests
	case RefusedClosed:
		return http.StatusConflict
	case RefusedNone:
		return http.StatusNotFound
	}
	return http.StatusUnprocessableEntity
}

// wantsData reports whether a script asks.
func (v *visit) wantsData() bool {
	return strings.Contains(v.r.Header.Get("Accept"), "application/json")
}

func (v *visit) data(status int, data any) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(text) // an error means that the reader has gone
	return nil
}

// support counts somebody among those who support a question.
func (v *visit) support() error {
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	f := v.r.PostForm
	n, _ := strconv.Atoi(f.Get("n"))
	ballot := f.Get("ballot")
	_, err := v.room.Support(ballot, f.Get(StampName), n)
	return v.told(err, map[string]any{"n": n}, url.Values{"ballot": {ballot}}, "question-"+strconv.Itoa(n))
}

// told answers somebody who sent a ballot: as data where a script asks, and with the page, which keeps the ballot, where none does.
func (v *visit) told(err error, data map[string]any, query url.Values, at string) error {
	why := Refusal("")
	if refused := errors.As(err, &why); err != nil && !refused {
		return err
	}
	switch {
	case v.wantsData() && why != "":
		return v.data(why.status(), map[string]string{"refused": v.refusal(why), "form": v.room.NewForm()})
	case v.wantsData():
		return v.data(http.StatusOK, data)
	case why != "":
		return v.part(why.status(), &Asking{}, why)
	}
	http.Redirect(v.w, v.r, v.at("take-part")+"?"+query.Encode()+"#"+at, http.StatusSeeOther)
	return nil
}

// hand puts somebody on the list of speakers.
func (v *visit) hand() error {
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	f := v.r.PostForm
	n, err := v.room.Raise(f.Get("ballot"), f.Get(StampName))
	return v.told(err, map[string]any{"n": n, "says": v.T("live.yours", "n", n)}, url.Values{"ballot": {f.Get("ballot")}, "hand": {strconv.Itoa(n)}}, "speakers")
}

// askedContent is what became of a question.
type askedContent struct {
	page.Base
	Code, Address string
	State         State
	Says          string
	Words         string
	WordsLang     string // of the words; empty: the page's
	Reason        string
	Question      *shownQuestion // on the record, where it came onto it
	Own           page.Link
	Again         string
}

func (v *visit) asked() error {
	code := v.PathValue("code")
	q, err := v.room.Asked(code)
	if err != nil {
		return err
	}
	if q == nil {
		return v.noCode()
	}
	c := &askedContent{Base: v.base(v.T("live.asked.title")), Code: spaced(readCode(code)), Address: v.Absolute(v.at("asked/" + readCode(code))), Words: q.Original(), Own: page.Link{Text: v.T("live.own"), Href: v.own()}, Again: v.at("take-part")}
	if l := wordsFor(&Question{Language: q.Language}, v.Lang).Lang; l != v.Lang {
		c.WordsLang = l.BCP47()
	}
	last := v.room.Fate(q)
	c.State = last.State
	key := string(last.State)
	if q.State == Joined && last.State != Declined {
		key = "joined_" + key
	}
	switch {
	case last.State == Accepted && last.Given != "":
		key = "answered"
	case last.gone:
		key = "gone"
	}
	c.Says = v.T("live.asked." + key)
	if last.Reason != "" {
		c.Reason = v.T("live.reason." + last.Reason)
	}
	if last.State == Accepted && !last.gone {
		shown := v.shownQuestion(last, nil)
		c.Question = &shown
	}
	return v.show(http.StatusOK, "asked", c)
}

// noCode says that no question has a code.
func (v *visit) noCode() error {
	c := &lostContent{Base: v.base(v.T("live.lost.code")), Says: v.T("live.lost.code_says"), Back: page.Link{Text: v.T("live.title"), Href: v.at("take-part")}}
	return v.show(http.StatusNotFound, "lost", c)
}

// spaced is a code in groups of four, for people to copy.
func spaced(code string) string {
	var parts []string
	for len(code) > 4 {
		parts, code = append(parts, code[:4]), code[4:]
	}
	return strings.Join(append(parts, code), " ")
}

// screenContent is the screen of the room.
type screenContent struct {
	page.Base
	Title, Stage string
	Stream       string
	Talk         string
	Now, Next    *shownQuestion
	Speakers     []string
	Address      string // where people take part, as they type it
	Href         string
	Code         template.HTML // the same for telephones
}

// Interpreted says that words are an interpreter's, for the script.
func (c *screenContent) Interpreted(language string) string {
	return c.T("live.interpreted", "language", c.T("language."+language))
}

// screen is the room's screen: what is spoken about now, what comes next, who speaks, and how to take part.
func (v *visit) screen() error {
	v.room.mu.Lock()
	stage, now, next := v.room.body.Stage, v.room.now, v.room.next
	v.room.mu.Unlock()
	address := v.Absolute(v.at("take-part"))
	if page.WebAddress(address) == "" { // nobody said where readers find the site: as this screen found it
		scheme := "http://"
		if v.r.TLS != nil {
			scheme = "https://"
		}
		address = scheme + v.r.Host + v.at("take-part")
	}
	c := &screenContent{Base: v.base(v.T("live.room")), Title: v.title(), Stage: v.T("desk.word.stage." + stage), Stream: v.at("live"), Talk: v.room.Talk, Speakers: v.speakers(), Href: address}
	_, c.Address, _ = strings.Cut(address, "://")
	var err error
	if c.Code, err = page.QR(address, v.T("live.join_code", "address", c.Address)); err != nil {
		return err
	}
	accepted := v.room.Accepted()
	for i := range accepted {
		q := v.shownQuestion(&accepted[i], nil)
		switch accepted[i].Seq {
		case now:
			c.Now = &q
		case next:
			c.Next = &q
		}
	}
	return v.show(http.StatusOK, "room", c)
}

// stream sends a talk's screens what changes, as server-sent events.
func (p *Pages) stream(w http.ResponseWriter, r *http.Request) {
	room, err := p.rooms.Room(r.Context(), p.view, r.PathValue("talk"))
	if err != nil {
		status := http.StatusInternalServerError
		if errors.Is(err, errNoTalk) {
			status = http.StatusNotFound
		}
		http.Error(w, http.StatusText(status), status)
		return
	}
	client := ""
	if p.client != nil {
		client = p.client(r)
	}
	if !p.rooms.hubs.take(client) {
		w.Header().Set("Retry-After", "60")
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a server in front sends on at once
	again := fmt.Appendf(nil, "retry: %d\n", jitter())
	if r.ProtoMajor == 1 && r.TLS == nil {
		if room.hijack(w, client, again) {
			return
		}
	}
	defer p.rooms.hubs.give(client)
	of, s, first := room.join()
	defer of.drop(s)
	w.WriteHeader(http.StatusOK)
	of.follow(w, r, s, append(again, first...))
}

// join connects a screen at one moment of the room: with its state, and all changes after it.
func (room *Room) join() (*hub, *stream, []byte) {
	room.mu.Lock()
	defer room.mu.Unlock()
	h := room.theHub()
	return h, h.add(), room.state()
}

// theHub is the talk's hub, which begins with its first screen.
func (room *Room) theHub() *hub {
	if room.hub == nil {
		room.hub = newHub(room.rooms.hubs, room.flush)
	}
	return room.hub
}

// hijack takes a plain connection from net/http, whose goroutine and buffers would stay with it otherwise.
func (room *Room) hijack(w http.ResponseWriter, client string, again []byte) bool {
	conn, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return false
	}
	_ = buffered.Flush() // nothing was written
	var head strings.Builder
	head.WriteString("HTTP/1.1 200 OK\r\n")
	_ = w.Header().Write(&head) // into memory
	head.WriteString("Connection: close\r\n\r\n")
	_ = conn.SetDeadline(time.Time{}) // it shows when it is written to
	if apart, is := conn.(interface{ Apart() }); is {
		apart.Apart()
	}
	room.mu.Lock()
	defer room.mu.Unlock()
	room.theHub().join(conn, client, append([]byte(head.String()+string(again)), room.state()...))
	return true
}
