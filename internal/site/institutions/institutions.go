package institutions

import (
	"net/url"
	"slices"
	"strings"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

var institutionsPage = page.Page{
	Pattern: "institutions", Data: "institutions.title", Template: "institutions", Foot: "institutions.title", Params: []string{"type", "sort"}, Build: buildInstitutions,
	JSON: page.DocumentOf(institutionsData),
	CSV:  page.RowsOf(institutionsData),
}

// institutionsContent lists the bodies that answer for something.
type institutionsContent struct {
	page.Base
	Facets []page.Facet
	Table  page.Table
}

func institutionsData(r *page.Request) (*InstitutionsDocument, error) {
	list, _, err := institutionChoice(r)
	if err != nil {
		return nil, err
	}
	d := &InstitutionsDocument{Head: r.Head("institutions"), Institutions: []Institution{}}
	for _, l := range list {
		d.Institutions = append(d.Institutions, newInstitution(l.id, l.in))
	}
	slices.SortFunc(d.Institutions, func(a, b Institution) int { return strings.Compare(a.ID, b.ID) })
	return d, nil
}

// listed is an institution in the list, with how many reported figures it counted.
type listed struct {
	id      string
	in      *record.Institution
	counted int
}

// institutionChoice are the institutions that the address chooses, in the order that it asks for, with the links to other choices.
func institutionChoice(r *page.Request) ([]listed, []page.Facet, error) {
	all, err := reads.Institutions(r)
	if err != nil {
		return nil, nil, err
	}
	counted := map[string][]*evidence.Observation{}
	if set, err := reads.Said(r); err == nil {
		counted = shown.CountedBy(set, all)
	} else if !page.IsNoData(err) {
		return nil, nil, err
	}
	list := make([]listed, 0, len(all))
	for id, in := range all {
		list = append(list, listed{id, in, len(counted[id])})
	}
	slices.SortFunc(list, func(a, b listed) int { return strings.Compare(a.id, b.id) })
	locale.Sort(r.Lang, list, func(l listed) string { return shown.CourtName(r, l.in.Names, l.id).Text })
	list, facets, err := page.Choose(r, list, []page.By[listed]{{Param: "type", Name: "institutions.type",
		Of: func(l *listed) []string { return []string{l.in.Type} }, Text: func(v string) page.Link { return page.Link{Text: page.Dashed(shown.InstitutionType(r, v))} }}})
	if err != nil {
		return nil, nil, err
	}
	order, err := page.Sort(r, list, []page.SortBy[listed]{{Name: "facet.name"},
		{Value: "figures", Name: "facet.counted", Compare: func(a, b *listed) int { return b.counted - a.counted }}})
	return list, append(facets, order), err
}

func buildInstitutions(r *page.Request) (page.Content, error) {
	list, facets, err := institutionChoice(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	p := &institutionsContent{Base: r.Base(r.T("institutions.title")), Facets: facets}
	p.Description = r.T("institutions.lede")
	p.Table = page.Table{ID: "institutions", Caption: r.T("institutions.found", "n", len(list)), Empty: r.T("error.no_data.says"), Columns: []page.Column{
		{Head: r.T("institutions.name")}, {Head: r.T("institutions.type")}, {Head: r.T("institutions.role")}, {Head: r.T("institutions.observations"), Number: true},
	}}
	for _, l := range list {
		name := shown.CourtName(r, l.in.Names, l.id)
		name.Href = r.URL(shown.InstitutionPath(l.id))
		p.Table.Rows = append(p.Table.Rows, []page.Link{name, {Text: page.Dashed(shown.InstitutionType(r, l.in.Type))}, shown.RoleOf(r, l.in), {Text: locale.Integer(r.Lang, int64(l.counted))}})
	}
	return p, nil
}

var institutionPage = page.Page{
	Pattern: "institutions/{institution}", Template: "institution", Params: []string{"page"}, Build: buildInstitution, Also: page.Daily,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		rows, err := reads.InstitutionRows(r)
		var all []string
		for i := range rows {
			all = append(all, shown.InstitutionPath(rows[i].ID))
		}
		if err != nil {
			return nil, 0, err
		}
		return page.AddressPart(all, from, n)
	},
	JSON: page.DocumentOf(institutionData),
	CSV:  page.RowsOf(institutionData),
}

// institutionContent is one body: what it is called, what it answers for, what it counted, and how it replied.
type institutionContent struct {
	page.Base
	Summary     []page.Summary
	Counted     page.Table
	Pager       page.Pager
	Claims      []page.Link
	Promised    page.Table // what it said it would do
	AllPromised string     // address of the list of it
	Replies     []shown.Replied
	Answers     []shown.Replied // to this page itself
	Sources     []page.Citation
	Changed     []shown.HistoryEntry
}

func institution(r *page.Request) (id string, in *record.Institution, all map[string]*record.Institution, err error) {
	if all, err = reads.Institutions(r); err != nil {
		return "", nil, nil, err
	}
	id = r.PathValue("institution")
	if in = all[id]; in == nil {
		return "", nil, nil, shown.Absent(r, record.InstitutionKind, id)
	}
	return id, in, all, nil
}

func institutionData(r *page.Request) (*InstitutionDocument, error) {
	id, in, all, err := institution(r)
	if err != nil {
		return nil, err
	}
	d := &InstitutionDocument{Head: r.Head("institution"), Institution: newInstitution(id, in), Counted: []shown.Observation{}, Replies: []Reply{}}
	for _, before := range predecessors(all, id) {
		d.Predecessors = append(d.Predecessors, newInstitution(before, all[before]))
	}
	set, err := reads.Said(r)
	if page.IsNoData(err) {
		return d, nil
	}
	if err != nil {
		return nil, err
	}
	for _, o := range shown.CountedBy(set, all)[id] {
		d.Counted = append(d.Counted, shown.NewObservation(o, set.Source(o.Citation.Source)))
	}
	for _, reply := range set.RepliesBy(id) {
		d.Replies = append(d.Replies, Reply{ID: reply.ID, Reply: reply.Reply})
	}
	return d, nil
}

// predecessors are the bodies that an institution took over.
func predecessors(all map[string]*record.Institution, id string) []string {
	var out []string
	for before, in := range all {
		if in.Successor == id {
			out = append(out, before)
		}
	}
	slices.Sort(out)
	return out
}

func buildInstitution(r *page.Request) (page.Content, error) {
	id, in, all, err := institution(r)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	name := shown.CourtName(r, in.Names, id)
	p := &institutionContent{Base: r.Base(name.Text, page.Link{Text: r.T("institutions.title"), Href: r.URL(institutionsPage.Pattern)})}
	p.TitleIn(name.Lang)
	if p.Summary, err = institutionSummary(r, id, in, all); err != nil {
		return nil, err
	}
	if p.Changed, err = shown.Corrections(r, record.InstitutionKind, id); err != nil {
		return nil, err
	}
	promised, err := reads.CommitmentsOf(r, id)
	if err != nil {
		return nil, err
	}
	if len(promised) > 0 {
		p.Promised = shown.CommitmentsTable(r, promised[:min(len(promised), mostPromised)], r.T("commitments.found", "n", len(promised)), false)
		p.AllPromised = r.URL("commitments") + "?institution=" + url.QueryEscape(id)
	}
	set, err := reads.Said(r)
	if page.IsNoData(err) {
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	list := shown.CountedBy(set, all)[id]
	n := window.Offset / page.PageSize
	p.Counted = shown.SubjectTable(r, set, "counted", r.T("institutions.counted", "n", len(list)), list[min(n*shown.SeriesRows, len(list)):min((n+1)*shown.SeriesRows, len(list))])
	p.Pager = r.PagerOf(shown.InstitutionPath(id), n+1, (len(list)+shown.SeriesRows-1)/shown.SeriesRows)
	p.Claims = shown.ClaimsOn(r, set, list, mostClaims)
	for _, reply := range set.RepliesBy(id) {
		p.Replies = append(p.Replies, shown.NewReplied(r, set, reply, shown.Subject(r, set, reply)))
	}
	if p.Answers, err = shown.Replies(r, set, record.InstitutionKind, id); err != nil {
		return nil, err
	}
	for _, c := range in.Citations {
		src := set.Source(c.Source)
		if src == nil {
			src = &record.Source{}
		}
		p.Sources = append(p.Sources, shown.Cite(r, c, *src))
	}
	return p, nil
}

func institutionSummary(r *page.Request, id string, in *record.Institution, all map[string]*record.Institution) ([]page.Summary, error) {
	list := []page.Summary{
		{Term: locale.SQ.Name(), Text: page.Link{Text: in.Names.SQ, Lang: locale.SQ}}, {Term: locale.SRLatn.Name(), Text: page.Link{Text: in.Names.SR, Lang: locale.SRLatn}},
		{Term: locale.SR.Name(), Text: page.Link{Text: locale.Cyrillic(in.Names.SR), Lang: locale.SR}}, {Term: locale.EN.Name(), Text: page.Link{Text: in.Names.EN, Lang: locale.EN}},
		{Term: r.T("institutions.type"), Text: page.Link{Text: shown.InstitutionType(r, in.Type)}}, {Term: r.T("institutions.role"), Text: shown.RoleOf(r, in)},
	}
	if len(in.Aliases) > 0 {
		list = append(list, page.Summary{Term: r.T("institutions.aliases"), Text: page.Link{Text: strings.Join(in.Aliases, "; ")}})
	}
	if in.Successor != "" {
		link, err := shown.InstitutionLink(r, in.Successor)
		if err != nil {
			return nil, err
		}
		list = append(list, page.Summary{Term: r.T("institutions.successor"), Text: link})
	}
	for _, before := range predecessors(all, id) {
		link, err := shown.InstitutionLink(r, before)
		if err != nil {
			return nil, err
		}
		list = append(list, page.Summary{Term: r.T("institutions.predecessor"), Text: link})
	}
	money, err := moneyOf(r, id)
	if err != nil {
		return nil, err
	}
	if money.Text != "" {
		list = append(list, page.Summary{Term: r.T("institutions.money"), Text: money})
	}
	court, err := shown.HasCourtPage(r, id)
	if err != nil {
		return nil, err
	}
	if court {
		list = append(list, page.Summary{Term: r.T("institutions.judgments"), Text: page.Link{Text: r.T("institutions.to_court"), Href: r.URL("courts/" + page.EscapePath(id))}})
	}
	return list, nil
}

// mostPromised is how many commitments the page of an institution lists.
const mostPromised = 20

// mostClaims is how many claims the page of an institution lists.
const mostClaims = 40
