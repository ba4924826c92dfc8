package desk

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/live"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
	"fener/locale"
)

// interpretContent is the interpreter's desk at a talk: what nobody has put into another language yet comes first.
type interpretContent struct {
	page.Base
	Title, Action string
	Stream, Talk  string
	Rows          []interpretRow
	Notice, Fault string
}

type interpretRow struct {
	N         int
	Words     page.Link
	Now, Next bool
	Missing   string
	Into      []intoField
}

type intoField struct {
	Language, Label, Lang, Value string
}

func (v *visit) interpret() error { return v.showInterpret(http.StatusOK, typedAt{}) }

// typedAt is what somebody typed at a question, and what is wrong with it.
type typedAt struct {
	n     int
	form  url.Values
	fault string
}

// or is what was typed into a field, or else what stands.
func (t *typedAt) or(n int, field, stands string) string {
	if t.form != nil && t.n == n {
		return t.form.Get(field)
	}
	return stands
}

func (v *visit) showInterpret(status int, typed typedAt) error {
	room, talk, err := v.talkRoom()
	if err != nil {
		return err
	}
	name, _ := talk.Names.In(v.Lang)
	at := v.at("talks/" + url.PathEscape(room.Talk))
	c := &interpretContent{Base: v.base(v.T("desk.talks.interpret"), page.Link{Text: v.T("desk.talks.title"), Href: v.at("talks")}), Title: name, Action: at + "/interpret", Talk: room.Talk,
		Stream: v.URL(live.Root + "/" + url.PathEscape(room.Talk) + "/live")}
	if c.Fault = typed.fault; v.Query.Get("done") != "" && c.Fault == "" {
		c.Notice = v.T("desk.talks.translated")
	}
	accepted := room.Accepted()
	now, next := room.Shown()
	for i := range accepted {
		q := &accepted[i]
		row := interpretRow{N: q.N, Words: asked(q), Now: q.N == now, Next: q.N == next, Missing: v.missing(q)}
		for _, of := range []struct{ language, text string }{{"sq", q.Words.SQ}, {"sr", q.Words.SR}, {"en", q.Words.EN}} {
			if of.language != q.Language {
				row.Into = append(row.Into, intoField{of.language, v.T("language." + of.language), tongueOf(of.language), typed.or(q.N, of.language, of.text)})
			}
		}
		c.Rows = append(c.Rows, row)
	}
	rank := func(r interpretRow) int { // what is spoken about, and what nobody has put into another language yet
		switch {
		case r.Missing != "" && r.Now:
			return 0
		case r.Missing != "" && r.Next:
			return 1
		case r.Missing != "":
			return 2
		}
		return 3
	}
	slices.SortStableFunc(c.Rows, func(a, b interpretRow) int { return rank(a) - rank(b) })
	c.Styles, c.Scripts = append(c.Styles, "live.css"), append(c.Scripts, "talkdesk.js")
	return v.show(status, "interpret", c)
}

// tongueOf is a language as HTML names it; Serbian is typed in Latin letters or Cyrillic, and kept in Latin ones.
func tongueOf(language string) string {
	if language == "sr" {
		return locale.SRLatn.BCP47()
	}
	return language
}

func (v *visit) translate() error {
	room, _, n, err := v.talkForm()
	if err != nil {
		return err
	}
	f := v.r.PostForm
	err = room.Translate(v.r.Context(), n, namesIn(f, ""), v.who.Name)
	faults := record.Faults{}
	switch refused := live.Refusal(""); {
	case errors.As(err, &refused):
		return errNothing
	case errors.As(err, &faults):
		return v.showInterpret(http.StatusUnprocessableEntity, typedAt{n, f, v.faultsText(record.QuestionKind, faults)})
	case errors.Is(err, ledger.ErrConflict):
		return v.showInterpret(http.StatusConflict, typedAt{n, f, v.T("desk.changed")})
	case err != nil:
		return err
	}
	http.Redirect(v.w, v.r, v.at("talks/"+url.PathEscape(room.Talk)+"/interpret")+"?done=yes#q"+strconv.Itoa(n), http.StatusSeeOther)
	return nil
}

// namesIn are the words of a form in each language. Serbian in Cyrillic is kept in Latin letters.
func namesIn(f url.Values, prefix string) record.Names {
	at := func(l string) string { return strings.TrimSpace(f.Get(prefix + l)) }
	return record.Names{SQ: at("sq"), SR: locale.Latin(at("sr")), EN: at("en")}
}

func (v *visit) faultsText(kind record.Kind, faults record.Faults) string {
	var list []string
	for _, f := range faults {
		list = append(list, v.faultText(kind, f).Text)
	}
	return strings.Join(list, " ")
}

// answersContent is where a moderator writes down what was answered.
type answersContent struct {
	page.Base
	Title, Action string
	Rows          []answerRow
	Guests        []stageChoice
	Givens        []stageChoice
	Notice, Fault string
}

type answerRow struct {
	N          int
	ID         string
	Words      page.Link
	Given, By  string
	In         []intoField
	Answer     page.Link // as it stands on record
	Commitment page.Link // a commitment can be made of it
}

func (v *visit) answers() error { return v.showAnswers(http.StatusOK, typedAt{}) }

func (v *visit) showAnswers(status int, typed typedAt) error {
	room, talk, err := v.talkRoom()
	if err != nil {
		return err
	}
	name, _ := talk.Names.In(v.Lang)
	at := v.at("talks/" + url.PathEscape(room.Talk))
	c := &answersContent{Base: v.base(v.T("desk.talks.answers"), page.Link{Text: v.T("desk.talks.title"), Href: v.at("talks")}), Title: name, Action: at + "/answers"}
	if c.Fault = typed.fault; v.Query.Get("done") != "" && c.Fault == "" {
		c.Notice = v.T("desk.talks.answer_saved")
	}
	for i := range talk.Guests {
		if name := live.GuestName(&talk.Guests[i]); name != "" {
			c.Guests = append(c.Guests, stageChoice{Value: strconv.Itoa(i), Text: name})
		}
	}
	for _, g := range record.AnswerGivens {
		c.Givens = append(c.Givens, stageChoice{Value: g, Text: v.T("desk.word.given." + g)})
	}
	given, err := v.answersOf()
	if err != nil {
		return err
	}
	accepted := room.Accepted()
	for i := range accepted {
		q := &accepted[i]
		row := answerRow{N: q.N, ID: q.ID, Words: asked(q)}
		a := given[q.ID]
		words := record.Names{}
		if a.Body != nil {
			row.Given, words = a.Body.Given, a.Body.Words
			row.Answer = page.Link{Text: v.T("desk.talks.answer_record"), Href: v.thingPath(record.Thing{Kind: record.AnswerKind, ID: a.ID})}
			for j := range talk.Guests {
				if talk.Guests[j].Speaker == a.Body.By {
					row.By = strconv.Itoa(j)
				}
			}
		}
		row.Given, row.By = typed.or(q.N, "given", row.Given), typed.or(q.N, "by", row.By)
		for _, of := range []struct{ language, text string }{{"sq", words.SQ}, {"sr", words.SR}, {"en", words.EN}} {
			row.In = append(row.In, intoField{of.language, v.T("language." + of.language), tongueOf(of.language), typed.or(q.N, of.language, of.text)})
		}
		from := url.Values{"talk": {room.Talk}, "question": {q.ID}, "said": {talk.Day.String()}}
		if j, err := strconv.Atoi(row.By); err == nil {
			from.Set("institution", talk.Guests[j].Institution)
			role, _ := talk.Guests[j].Role.In(v.Lang)
			from.Set("who", strings.TrimPrefix(talk.Guests[j].Name+", "+role, ", "))
		}
		row.Commitment = page.Link{Text: v.T("desk.talks.commitment"), Href: v.at("new/"+string(record.CommitmentKind)) + "?" + from.Encode()}
		c.Rows = append(c.Rows, row)
	}
	c.Styles = append(c.Styles, "live.css")
	return v.show(status, "answers", c)
}

// answersOf are the answers on the public record, by the question.
func (v *visit) answersOf() (map[string]view.Listed[*record.Answer], error) {
	all, err := view.All[*record.Answer](v.r.Context(), v.opts.Public, record.AnswerKind)
	if err != nil {
		return nil, err
	}
	given := map[string]view.Listed[*record.Answer]{}
	for _, a := range all {
		given[a.Body.Question] = a
	}
	return given, nil
}

// writeAnswer puts what was answered to a question onto the record.
func (v *visit) writeAnswer() error {
	room, talk, n, err := v.talkForm()
	if err != nil {
		return err
	}
	f := v.r.PostForm
	accepted := room.Accepted()
	at := slices.IndexFunc(accepted, func(q live.Question) bool { return q.N == n })
	if at < 0 {
		return errNothing
	}
	body := &record.Answer{Question: accepted[at].ID, Given: f.Get("given"), Words: namesIn(f, ""), Synthetic: talk.Synthetic}
	if j, err := strconv.Atoi(f.Get("by")); err == nil && j >= 0 && j < len(talk.Guests) {
		body.By = talk.Guests[j].Speaker
	}
	given, err := v.answersOf()
	if err != nil {
		return err
	}
	id, base, from := ledger.NewID(), 0, record.State("")
	if a, is := given[body.Question]; is {
		entries, err := v.opts.Ledger.History(v.r.Context(), record.AnswerKind, a.ID)
		if err != nil {
			return err
		}
		id, base, from = a.ID, entries[len(entries)-1].Rev, entries[len(entries)-1].State
		body.Citation = a.Body.Citation
	}
	if faults := body.Validate(true); len(faults) > 0 {
		return v.showAnswers(http.StatusUnprocessableEntity, typedAt{n, f, v.faultsText(record.AnswerKind, faults)})
	}
	text, err := record.Encode(body)
	if err != nil {
		return err
	}
	var list []ledger.Change
	for _, state := range batch.Path(from, record.Published) {
		list = append(list, ledger.Change{Kind: record.AnswerKind, ID: id, Base: base + len(list), State: state, By: v.who.Name, Body: text})
	}
	if _, err := v.append(v.r.Context(), list); err != nil {
		if errors.Is(err, ledger.ErrConflict) {
			return v.showAnswers(http.StatusConflict, typedAt{n, f, v.T("desk.changed")})
		}
		return err
	}
	v.settlePublic()
	http.Redirect(v.w, v.r, v.at("talks/"+url.PathEscape(room.Talk)+"/answers")+"?done=yes#q"+strconv.Itoa(n), http.StatusSeeOther)
	return nil
}
