package shelters

import (
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// toldPath is the address of everything that is told of a shelter.
func toldPath(id string) string { return shown.ShelterPath(id) + "/told" }

var toldPage = page.Page{
	Pattern: "shelters/{shelter}/told", Template: "told", Params: []string{"page"}, Build: buildTold,
	JSON:  page.DocumentOf(toldData),
	Parts: toldWhole,
}

// toldContent is everything that sources say of a shelter, each with its quotation.
type toldContent struct {
	page.Base
	Shelter page.Link
	Told    []telling
	Pager   page.Pager
}

func buildTold(r *page.Request) (page.Content, error) {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	name := named(r, of, id)
	p := &toldContent{Base: r.Base(r.T("shelters.told"), append(trail(r), name)...), Shelter: name}
	p.Description = r.T("shelters.told_lede", "name", name.Text)
	things, how := bearingOn(of, id)
	all := newTellings(r, things, toldPath(id))
	n := window.Offset / page.PageSize
	for _, t := range part(things, n, toldRows) {
		p.Told = append(p.Told, newTelling(r, of, t, how[t], all))
	}
	p.Pager = r.PagerOf(toldPath(id), n+1, (len(things)+toldRows-1)/toldRows)
	return p, nil
}

// ToldDocument is a part of everything that is told of a shelter.
type ToldDocument struct {
	page.Head
	page.List
	Shelter string `json:"shelter"`
	Told    []Told `json:"told"`
}

func toldData(r *page.Request) (*ToldDocument, error) {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return nil, err
	}
	things, how := bearingOn(of, id)
	list, err := beside(r, toldRows, len(things))
	if err != nil {
		return nil, err
	}
	return &ToldDocument{Head: r.Head("told"), List: list, Shelter: id, Told: newTold(of, page.Part(things, list.Offset, list.Limit), how)}, nil
}

// toldWhole sends everything that is told of a shelter.
func toldWhole(r *page.Request, send func(*page.Sheet) error) error {
	of, id, _, err := shelterOf(r)
	if err != nil {
		return err
	}
	things, how := bearingOn(of, id)
	return page.PartsOf(things, func(part []record.Thing) (*page.Sheet, error) { return toldSheet(newTold(of, part, how)), nil }, send)
}

// toldSheet is what is told as rows.
func toldSheet(list []Told) *page.Sheet {
	s := &page.Sheet{Columns: []string{"kind", "id", "from", "to", "shelters", "told_of", "perhaps", "published", "doubtful", "source", "source_place", "quote", "note"}}
	for _, one := range list {
		from, to := reads.Days(one.Body)
		t := reads.TellingOf(one.Body)
		s.Rows = append(s.Rows, []string{string(one.Kind), one.ID, from.String(), to.String(), strings.Join(reads.SheltersOf(one.Body), "; "), one.Group, yesNo(one.Perhaps), t.Published.String(), yesNo(t.Doubtful),
			t.Citation.Source, t.Citation.Place, t.Citation.Quote, t.Note})
	}
	return s
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
