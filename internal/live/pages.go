package live

import (
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/postgres"
	"fener/internal/record"
	"fener/internal/view"
	"fener/locale"
)

//go:embed templates/*.html
var files embed.FS

// Static are the styles and the script of a talk's screens.
//
//go:embed static
var Static embed.FS

// Root is where talks stand below the language.
const Root = "talks"

// parts are the pages of a talk that are the live side's; the talk's own page, and all that is kept of it, are the public site's.
var parts = []string{"take-part", "ask", "asked", "support", "hand", "room", "live"}

// Is reports whether an address is one of the live side's.
func Is(path string) bool {
	for _, l := range locale.All {
		rest, ok := strings.CutPrefix(path, "/"+string(l)+"/"+Root+"/")
		if !ok {
			continue
		}
		if of := strings.Split(rest, "/"); len(of) >= 2 && slices.Contains(parts, of[1]) {
			return true
		}
	}
	return false
}

// Pages serves what people at a talk see. Make it with NewPages.
type Pages struct {
	rooms  *Rooms
	view   *view.View // the public one
	pages  *page.Private
	client func(*http.Request) string
	log    *slog.Logger
	making chan struct{} // full where as many pages are made as there are processors: a crowd that comes at once waits its turn
}

// NewPages makes the pages in the frame of a site. client tells those apart who ask, to bound how many screens they connect; it may give nothing.
func NewPages(rooms *Rooms, site *page.Site, v *view.View, client func(*http.Request) string) (*Pages, error) {
	pages, err := site.Private(files, []string{"takepart", "asked", "room", "lost"})
	if err != nil {
		return nil, fmt.Errorf("parsing the templates of talks: %w", err)
	}
	return &Pages{rooms: rooms, view: v, pages: pages, client: client, log: rooms.log, making: make(chan struct{}, runtime.GOMAXPROCS(0))}, nil
}

// Handler serves the addresses that Is names.
func (p *Pages) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, l := range locale.All {
		at := func(method, path string, do func(*visit) error) {
			mux.HandleFunc(method+" /"+string(l)+"/"+Root+"/{talk}/"+path, p.serve(l, do))
		}
		at("GET", "take-part", (*visit).takePart)
		at("POST", "ask", (*visit).ask)
		at("GET", "asked/{code}", (*visit).asked)
		at("POST", "support", (*visit).support)
		at("POST", "hand", (*visit).hand)
		at("GET", "room", (*visit).screen)
		mux.HandleFunc("GET /"+string(l)+"/"+Root+"/{talk}/live", p.stream)
		mux.HandleFunc("/"+string(l)+"/"+Root+"/", p.serve(l, func(*visit) error { return errNoTalk }))
	}
	return page.SecurePrivate(mux)
}

// A visit is one request for a page of a talk.
type visit struct {
	*Pages
	*page.Request
	w    http.ResponseWriter
	r    *http.Request
	room *Room
}

func (p *Pages) serve(l locale.Lang, do func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Pages: p, Request: p.pages.Request(r, l), w: w, r: r}
		var err error
		if v.room, err = p.rooms.Room(r.Context(), p.view, r.PathValue("talk")); err == nil {
			err = do(v)
		}
		if err != nil {
			v.trouble(err)
		}
	}
}

// at is the address of a page of this talk.
func (v *visit) at(path string) string {
	return v.URL(Root + "/" + url.PathEscape(v.PathValue("talk")) + "/" + path)
}

// own is the address of the talk's own page.
func (v *visit) own() string { return v.URL(Root + "/" + url.PathEscape(v.PathValue("talk"))) }

// base is the shared part of a page.
func (v *visit) base(title string) page.Base {
	trail := []page.Link{{Text: v.T("talks.title"), Href: v.URL(Root)}}
	if v.room != nil {
		trail = append(trail, page.Link{Text: v.title(), Href: v.own()})
	}
	b := v.Base(title, trail...)
	b.NoIndex, b.Downloads, b.Alternates = true, nil, nil
	b.Styles, b.Scripts = []string{"live.css"}, []string{"live.js"}
	return b
}

// title is what the talk is called.
func (v *visit) title() string {
	v.room.mu.Lock()
	defer v.room.mu.Unlock()
	name, _ := v.room.body.Names.In(v.Lang)
	return name
}

func (v *visit) show(status int, template string, c page.Content) error {
	select {
	case v.making <- struct{}{}:
		defer func() { <-v.making }()
	case <-v.r.Context().Done():
		return nil // nobody waits for it any more
	}
	body, err := v.pages.Render(template, "", c)
	if err != nil {
		return err
	}
	v.pages.Write(v.w, status, body)
	return nil
}

// lostContent says what could not be done.
type lostContent struct {
	page.Base
	Says string
	Back page.Link
}

func (v *visit) trouble(err error) {
	key, status := "", 0
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errNoTalk):
		key, status = "nothing", http.StatusNotFound
	case errors.As(err, &tooLarge):
		key, status = "too_large", http.StatusRequestEntityTooLarge
	case errors.Is(err, ledger.ErrAway), errors.Is(err, ledger.ErrInUse), errors.Is(err, ledger.ErrUnsure), postgres.Away(err):
		key, status = "away", http.StatusServiceUnavailable
	default:
		key, status = "fault", http.StatusInternalServerError
		v.log.Error("a page of a talk could not be made", "page", v.r.Pattern, "error", err)
	}
	c := &lostContent{Base: v.base(v.T("live.lost." + key)), Says: v.T("live.lost." + key + "_says"), Back: page.Link{Text: v.T("talks.title"), Href: v.URL(Root)}}
	if v.room != nil {
		c.Back = page.Link{Text: v.title(), Href: v.own()}
	}
	if shown := v.show(status, "lost", c); shown != nil {
		v.log.Error("the page of an error could not be made", "error", shown)
		http.Error(v.w, http.StatusText(status), status)
	}
}

// partContent is the page of those who take part.
type partContent struct {
	page.Base
	Title         string
	Stage         string
	Says          string // what can be done now
	Takes, Live   bool
	Stream        string
	Talk          string
	Ask, Room     string
	Own           page.Link
	Form          string
	Words         string // as they were typed
	Language      string
	Tongues       []choice
	Guests        []choice
	Fault         string
	Now, Next     *shownQuestion
	Questions     []shownQuestion
	ByNumber      string // address of the other order; empty: it is this one
	BySupport     string
	Ballot        string // with which support is counted without script; empty: none was asked for
	GetBallot     string
	Support, Hand string
	Speakers      []string
	Yours         int // the number under which whoever asked to speak is on the list
	Done          string
	Most          int
}

// Counted says that so many support a question, with %N in the place of the number, for the script to fill in.
func (c *partContent) Counted(n int) string {
	return strings.Replace(c.T("live.supported", "n", n), strconv.Itoa(n), "%N", 1)
}

type choice struct {
	Value, Text string
	Chosen      bool
}

// shownQuestion is a question as a page shows it.
type shownQuestion struct {
	N           int
	Text        string
	Lang        string // BCP 47; empty: the page's
	Interpreted string // that the text is an interpreter's, and from which language
	Original    string // the words in which it was asked, then
	Asked       string // and their language (BCP 47)
	To          string
	Supported   int
	Says        string // how many support it
	Mine        bool
	Given       string
	Href        string
}

func (v *visit) shownQuestion(q *Question, mine []int) shownQuestion {
	words := wordsFor(q, v.Lang)
	s := shownQuestion{N: q.N, Text: words.Text, To: q.To, Supported: q.Supported, Says: v.T("live.supported", "n", q.Supported), Mine: slices.Contains(mine, q.N), Href: v.own() + "#question-" + strconv.Itoa(q.N)}
	if words.Lang != v.Lang {
		s.Lang = words.Lang.BCP47()
	}
	if words.Original != "" {
		s.Interpreted, s.Original, s.Asked = v.interpreted(q.Language), words.Original, words.Asked.BCP47()
	}
	if q.Given != "" {
		s.Given = v.T("desk.word.given." + q.Given)
	}
	return s
}

func (v *visit) takePart() error { return v.part(http.StatusOK, &Asking{}, "") }

// part shows the page, with a question that was typed and not taken.
func (v *visit) part(status int, a *Asking, fault Refusal) error {
	v.room.mu.Lock()
	stage, takes, guests, nowSeq, nextSeq := v.room.body.Stage, v.room.takes(), v.room.body.Guests, v.room.now, v.room.next
	v.room.mu.Unlock()
	c := &partContent{Base: v.base(v.T("live.title")), Title: v.title(), Stage: v.T("desk.word.stage." + stage), Says: v.T("live.says." + stage), Takes: takes, Live: stage == "live", Stream: v.at("live"), Talk: v.room.Talk,
		Ask: v.at("ask"), Room: v.at("room"), Own: page.Link{Text: v.T("live.own"), Href: v.own()}, Form: a.Form, Words: a.Words, Language: a.Language, Support: v.at("support"), Hand: v.at("hand"), Most: MaxWords,
		Ballot: v.Query.Get("ballot")}
	if c.Form == "" || fault == RefusedOld {
		c.Form = v.room.NewForm()
	}
	if fault != "" {
		c.Fault = v.refusal(fault)
	}
	if n, err := strconv.Atoi(v.Query.Get("hand")); err == nil {
		c.Yours = n
	}
	c.languages(v, a.Language)
	c.Guests = append(c.Guests, choice{"", v.T("live.to_all"), a.To == ""})
	for i := range guests {
		if name := GuestName(&guests[i]); name != "" {
			c.Guests = append(c.Guests, choice{name, name, a.To == name})
		}
	}
	if err := c.questions(v, nowSeq, nextSeq); err != nil {
		return err
	}
	c.Speakers = v.speakers()
	return v.show(status, "takepart", c)
}

func (c *partContent) languages(v *visit, chosen string) {
	if chosen == "" {
		chosen = strings.TrimSuffix(string(v.Lang), "-Latn")
	}
	for _, l := range record.QuestionLanguages {
		c.Tongues = append(c.Tongues, choice{l, v.T("language." + l), l == chosen})
	}
}

// questions puts the accepted questions into the page, by number or by support.
func (c *partContent) questions(v *visit, now, next int64) error {
	var mine []int
	if c.Ballot != "" {
		var err error
		if mine, err = v.room.Supports(c.Ballot); err != nil {
			return err
		}
	}
	with := func(q url.Values) string {
		if c.Ballot != "" {
			q.Set("ballot", c.Ballot)
		}
		if len(q) == 0 {
			return v.at("take-part")
		}
		return v.at("take-part") + "?" + q.Encode()
	}
	accepted := v.room.Accepted()
	if v.Query.Get("order") == "support" {
		slices.SortStableFunc(accepted, func(a, b Question) int { return b.Supported - a.Supported })
		c.ByNumber = with(url.Values{})
	} else {
		c.BySupport = with(url.Values{"order": {"support"}})
	}
	for i := range accepted {
		q := v.shownQuestion(&accepted[i], mine)
		c.Questions = append(c.Questions, q)
		switch accepted[i].Seq {
		case now:
			c.Now = &q
		case next:
			c.Next = &q
		}
	}
	if c.Ballot == "" && c.Takes {
		c.GetBallot = v.at("take-part") + "?ballot=" + v.room.NewForm()
	}
	return nil
}

// speakers are who speaks and who waits to, as a list says it.
func (v *visit) speakers() (list []string) {
	for _, s := range v.room.Speakers() {
		list = append(list, s.Said(v.Request))
	}
	return list
}

// interpreted says that words are an interpreter's, of a question that was asked in a language.
func (v *visit) interpreted(language string) string {
	return v.T("live.interpreted", "language", v.T("language."+language))
}

// Interpreted says so for the script.
func (c *partContent) Interpreted(language string) string {
	return c.T("live.interpreted", "language", c.T("language."+language))
}

// Said names somebody who speaks or waits to.
func (s *Speaker) Said(r *page.Request) string {
	text := ""
	switch {
	case s.Panel:
		text = r.T("live.speaker_panel", "name", s.Name)
	case s.Name != "":
		text = r.T("live.speaker_named", "n", s.N, "name", s.Name)
	default:
		text = r.T("live.speaker", "n", s.N)
	}
	if s.State == "speaking" {
		return r.T("live.speaks", "who", text)
	}
	return text
}

// refusal says why something was not taken.
func (v *visit) refusal(why Refusal) string {
	if why == RefusedLong {
		return v.T("live.refused.long", "n", MaxWords)
	}
	return v.T("live.refused." + string(why))
}
