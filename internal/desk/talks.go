package desk

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fener/internal/account"
	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/live"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/talks"
	"fener/internal/view"
)

// talksContent are the talks that are on the public record, with what waits at each.
type talksContent struct {
	page.Base
	Rows []talkRow
	New  page.Link
}

type talkRow struct {
	Talk, Interpret, Answers page.Link
	Stage, Day               string
	Waiting                  string
}

func (v *visit) talks() error {
	all, err := view.All[*record.Talk](v.r.Context(), v.opts.Public, record.TalkKind)
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b view.Listed[*record.Talk]) int { return b.Body.Day.Compare(a.Body.Day) })
	c := &talksContent{Base: v.base(v.T("desk.talks.title"))}
	if account.May(v.who.Roles, account.Enter, record.TalkKind) {
		c.New = page.Link{Text: v.T("desk.talks.new"), Href: v.at("new/" + string(record.TalkKind))}
	}
	for _, t := range all {
		name, in := t.Body.Names.In(v.Lang)
		at := "talks/" + url.PathEscape(t.ID)
		row := talkRow{Talk: page.Link{Text: name, Lang: in, Href: v.at(at)}, Stage: v.T("desk.word.stage." + t.Body.Stage), Day: v.Dated(t.Body.Day),
			Interpret: page.Link{Text: v.T("desk.talks.interpret"), Href: v.at(at + "/interpret")}, Answers: page.Link{Text: v.T("desk.talks.answers"), Href: v.at(at + "/answers")}}
		if !v.may(account.Moderate) {
			row.Talk.Href, row.Answers = "", page.Link{}
		}
		room, err := v.opts.Rooms.Room(v.r.Context(), v.opts.Public, t.ID)
		if err != nil {
			return err
		}
		if _, n := room.Waiting(0); n > 0 {
			row.Waiting = v.T("desk.talks.waiting", "n", n)
		}
		c.Rows = append(c.Rows, row)
	}
	return v.show(http.StatusOK, "talks", c)
}

// talkRoom is the talk of the address.
func (v *visit) talkRoom() (*live.Room, *record.Talk, error) {
	id := v.PathValue("talk")
	one, err := view.One[*record.Talk](v.r.Context(), v.opts.Public, record.TalkKind, id)
	if errors.Is(err, view.ErrNotFound) || errors.Is(err, view.ErrGone) {
		return nil, nil, errNothing
	}
	if err != nil {
		return nil, nil, err
	}
	room, err := v.opts.Rooms.Room(v.r.Context(), v.opts.Public, id)
	return room, one.Body, err
}

// talkForm reads what was sent to the talk of the address; n is the number of the question that it is about.
func (v *visit) talkForm() (room *live.Room, talk *record.Talk, n int, err error) {
	if room, talk, err = v.talkRoom(); err == nil {
		err = v.form()
	}
	n, _ = strconv.Atoi(v.r.PostForm.Get("n"))
	return room, talk, n, err
}

// moderateContent is the moderator's desk at a talk.
type moderateContent struct {
	page.Base
	Title, At, Stream, Talk string
	Stage                   string
	Stages                  []stageChoice
	Queue                   queueContent
	Public                  []page.Link
	Briefs                  []page.Link // the evidence on each guest's institution
	BriefsAre               string      // whether readers see them
	Notice                  string
}

type stageChoice struct {
	Value, Text string
	Strong      bool
}

// queueContent is the part of it that changes while people ask.
type queueContent struct {
	*visit
	At        string
	Waiting   []waitingRow
	Accepted  []acceptedRow
	Speakers  []speakerRow
	Reasons   []stageChoice
	Guests    []string
	WaitingIs string
	More      string // how many wait that are not shown yet
	Live      bool
}

type waitingRow struct {
	Seq        int64
	Words      page.Link
	To, Others string
	Doubts     []string
}

type acceptedRow struct {
	N         int
	Words     page.Link
	To, Says  string
	Now, Next bool
	Missing   string // languages into which nobody has put it yet
}

type speakerRow struct {
	Seq    int64
	Text   string
	Speaks bool
}

// mostAtOnce is how many waiting questions a moderator sees at once; the others come as these are decided on.
const mostAtOnce = 50

// declineReasons are why a question is kept off the record. Its asker is told which.
var declineReasons = []string{"victim", "accuses", "insult", "off", "no_question", "time"}

// nextStages are the stages that a talk can be brought to from one; the first is what comes next as a rule.
var nextStages = map[string][]string{
	"announced": {"open", "live", "postponed", "cancelled"}, "open": {"live", "announced", "postponed", "cancelled"}, "live": {"held", "open"}, "held": {"answered", "live"},
	"answered": {"followed", "held"}, "followed": {"answered"}, "postponed": {"announced", "open", "cancelled"}, "cancelled": {"announced"},
}

func (v *visit) moderate() error { return v.showModerate(http.StatusOK, v.Query.Get("notice")) }

func (v *visit) showModerate(status int, notice string) error {
	room, talk, err := v.talkRoom()
	if err != nil {
		return err
	}
	name, _ := talk.Names.In(v.Lang)
	at := v.at("talks/" + url.PathEscape(room.Talk))
	public := v.URL(live.Root + "/" + url.PathEscape(room.Talk))
	c := &moderateContent{Base: v.base(name, page.Link{Text: v.T("desk.talks.title"), Href: v.at("talks")}), Title: name, At: at, Stream: public + "/live", Talk: room.Talk, Stage: v.T("desk.word.stage." + talk.Stage),
		Public: []page.Link{{Text: v.T("live.own"), Href: public}, {Text: v.T("live.title"), Href: public + "/take-part"}, {Text: v.T("live.room"), Href: public + "/room"},
			{Text: v.T("desk.talks.interpret"), Href: at + "/interpret"}, {Text: v.T("desk.talks.answers"), Href: at + "/answers"}, {Text: v.T("desk.talks.edit"), Href: v.editPath(record.Thing{Kind: record.TalkKind, ID: room.Talk})}}}
	if notice != "" && v.Has("desk.talks.notice."+notice) {
		c.Notice = v.T("desk.talks.notice." + notice)
	}
	for i, s := range nextStages[talk.Stage] {
		c.Stages = append(c.Stages, stageChoice{s, v.T("desk.talks.to." + s), i == 0})
	}
	if c.Briefs, err = v.briefsOf(room.Talk, at); err != nil {
		return err
	}
	if c.BriefsAre = v.T("desk.talks.briefs_closed"); talk.Briefs {
		c.BriefsAre = v.T("desk.talks.briefs_public")
	}
	c.Queue = v.queueOf(room, talk, at)
	c.Styles, c.Scripts = append(c.Styles, "live.css"), append(c.Scripts, "talkdesk.js")
	return v.show(status, "moderate", c)
}

func (v *visit) queueOf(room *live.Room, talk *record.Talk, at string) queueContent {
	q := queueContent{visit: v, At: at, Live: talk.Stage == "live"}
	waiting, all := room.Waiting(mostAtOnce)
	accepted := room.Accepted()
	now, next := room.Shown()
	for i := range accepted {
		a := &accepted[i]
		row := acceptedRow{N: a.N, Words: asked(a), To: a.To, Says: v.T("live.supported", "n", a.Supported), Now: a.N == now, Next: a.N == next}
		row.Missing = v.missing(a)
		q.Accepted = append(q.Accepted, row)
	}
	for i := range waiting {
		w := &waiting[i]
		row := waitingRow{Seq: w.Seq, Words: asked(w), To: w.To}
		if w.Others > 0 {
			row.Others = v.T("desk.talks.others", "n", w.Others)
		}
		for _, d := range batch.CareReasons(w.Original()) {
			row.Doubts = append(row.Doubts, d.Text(v.Lang))
		}
		q.Waiting = append(q.Waiting, row)
	}
	for _, s := range room.Speakers() {
		q.Speakers = append(q.Speakers, speakerRow{s.Seq, s.Said(v.Request), s.State == "speaking"})
	}
	for _, r := range declineReasons {
		q.Reasons = append(q.Reasons, stageChoice{Value: r, Text: v.T("live.reason." + r)})
	}
	for i := range talk.Guests {
		if name := live.GuestName(&talk.Guests[i]); name != "" {
			q.Guests = append(q.Guests, name)
		}
	}
	if q.WaitingIs = v.T("desk.talks.waiting", "n", all); all > len(waiting) {
		q.More = v.T("desk.talks.more", "n", all-len(waiting))
	}
	return q
}

// asked are a question's words in the language in which it was asked.
func asked(q *live.Question) page.Link {
	return page.Link{Text: q.Original(), Lang: page.LangOf(q.Language, q.Original())}
}

// missing names the languages into which nobody has put a question yet.
func (v *visit) missing(q *live.Question) string {
	var list []string
	for language, text := range map[string]string{"sq": q.Words.SQ, "sr": q.Words.SR, "en": q.Words.EN} {
		if text == "" {
			list = append(list, v.T("language."+language))
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// queue is the part of the moderator's desk that changes.
func (v *visit) queue() error {
	room, talk, err := v.talkRoom()
	if err != nil {
		return err
	}
	c := &moderateContent{Base: v.base(""), Queue: v.queueOf(room, talk, v.at("talks/"+url.PathEscape(room.Talk)))}
	body, err := v.pages.Render("moderate", "queue", c)
	if err != nil {
		return err
	}
	v.pages.Write(v.w, http.StatusOK, body)
	return nil
}

// decide takes what a moderator decided. What somebody else has decided meanwhile stands, and the page says so.
func (v *visit) decide() error {
	room, _, n, err := v.talkForm()
	if err != nil {
		return err
	}
	ctx, f := v.r.Context(), v.r.PostForm
	seq, _ := strconv.ParseInt(f.Get("seq"), 10, 64)
	do, reason, _ := strings.Cut(f.Get("do"), ":")
	switch do {
	case "accept":
		err = room.Accept(ctx, seq, v.who.Name)
	case "decline":
		if reason = f.Get("reason"); !slices.Contains(declineReasons, reason) {
			return v.showModerate(http.StatusUnprocessableEntity, "reason")
		}
		err = room.Decline(seq, reason)
	case "join":
		err = room.JoinNumber(seq, n)
	case "now":
		_, next := room.Shown()
		if next == n {
			next = 0
		}
		err = room.Show(n, next)
	case "next":
		now, _ := room.Shown()
		err = room.Show(now, n)
	case "clear":
		err = room.Show(0, 0)
	case "stage":
		if err = room.Stage(ctx, reason, v.who.Name); err == nil {
			v.settlePublic()
		}
	case "speaker":
		_, err = room.Add(strings.TrimSpace(f.Get("name")), f.Get("panel") == "yes")
	case "speak":
		err = room.Give(seq, true)
	case "spoke":
		err = room.Give(seq, false)
	default:
		return &page.Error{Kind: page.BadRequest, Cause: errors.New("no such act")}
	}
	notice := ""
	refused := live.Refusal("")
	switch {
	case live.Settled(err), errors.Is(err, ledger.ErrConflict):
		notice = "settled"
	case errors.As(err, &refused):
		notice = "nothing"
	case err != nil:
		return err
	}
	to := v.at("talks/" + url.PathEscape(room.Talk))
	if notice != "" {
		to += "?notice=" + notice
	}
	http.Redirect(v.w, v.r, to+"#"+map[bool]string{true: "speakers", false: "waiting"}[strings.HasPrefix(do, "sp")], http.StatusSeeOther)
	return nil
}

// settlePublic waits until readers see what was just appended, but not for long.
func (v *visit) settlePublic() {
	head, err := v.opts.Ledger.Head(v.r.Context())
	if err == nil {
		v.settle(v.r.Context(), head.Seq)
		v.settleIn(v.r.Context(), v.opts.Public, head.Seq)
	}
}

// briefsOf are the pages of evidence on the institutions that were asked to come, for whoever prepares the talk.
func (v *visit) briefsOf(talk, at string) ([]page.Link, error) {
	r := v.briefs.Request(v.r, v.Lang)
	release, err := v.briefs.Over(r)
	if err != nil {
		return nil, err
	}
	defer release()
	t, err := reads.TalkOf(r, talk)
	if err != nil {
		return nil, err
	}
	list := talks.Institutions(r, t)
	for i := range list {
		list[i].Href = at + "/" + list[i].Href
	}
	return list, nil
}

// brief is one of them, as it would be public.
func (v *visit) brief() error {
	r := v.briefs.Request(v.r, v.Lang)
	release, err := v.briefs.Over(r)
	if err != nil {
		return err
	}
	defer release()
	t, err := reads.TalkOf(r, v.PathValue("talk"))
	if err != nil {
		return nothingOr(err)
	}
	c, err := talks.Brief(r, t, v.PathValue("institution"))
	if err != nil {
		return nothingOr(err)
	}
	body, err := v.briefs.Render("brief", "", c)
	if err != nil {
		return err
	}
	v.briefs.Write(v.w, http.StatusOK, body)
	return nil
}

// nothingOr is errNothing where a public page says that something is not there.
func nothingOr(err error) error {
	if of := new(page.Error); errors.As(err, &of) && of.Kind != page.BadRequest {
		return errNothing
	}
	return err
}
