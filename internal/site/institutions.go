package site

import (
	"slices"
	"strings"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/internal/record"
	"fener/locale"
)

var institutionsPage = Page{
	Pattern: "institutions", Template: "institutions", Foot: "institutions.title", Build: buildInstitutions,
	JSON: func(r *Request) (any, error) { return institutionsData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := institutionsData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// institutionsContent lists the bodies that answer for something.
type institutionsContent struct {
	Base
	Table Table
}

func institutionsData(r *Request) (*api.InstitutionsDocument, error) {
	all, err := r.institutions()
	if err != nil {
		return nil, err
	}
	d := &api.InstitutionsDocument{Head: r.Head("institutions"), Institutions: []api.Institution{}}
	for id, in := range all {
		d.Institutions = append(d.Institutions, api.NewInstitution(id, in))
	}
	slices.SortFunc(d.Institutions, func(a, b api.Institution) int { return strings.Compare(a.ID, b.ID) })
	return d, nil
}

func buildInstitutions(r *Request) (Content, error) {
	all, err := r.institutions()
	if isNoData(err) {
		all, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	p := &institutionsContent{Base: r.Base(r.T("institutions.title"))}
	p.Description = r.T("institutions.lede")
	p.Table = Table{ID: "institutions", Caption: r.T("institutions.found", "n", len(all)), Empty: r.T("error.no_data.says"), Columns: []Column{
		{Head: r.T("institutions.name")}, {Head: r.T("institutions.type")}, {Head: r.T("institutions.role")}, {Head: r.T("institutions.observations"), Number: true},
	}}
	counted := map[string]int{}
	if set, err := r.said(); err == nil {
		for id, list := range r.countedBy(set, all) {
			counted[id] = len(list)
		}
	} else if !isNoData(err) {
		return nil, err
	}
	ids := make([]string, 0, len(all))
	for id := range all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	locale.Sort(r.Lang, ids, func(id string) string { return r.courtName(all[id].Names, id).Text })
	for _, id := range ids {
		in := all[id]
		name := r.courtName(in.Names, id)
		name.Href = r.URL(api.InstitutionPath(id))
		p.Table.Rows = append(p.Table.Rows, []Link{name, {Text: dashed(r.institutionType(in.Type))}, r.roleOf(in), {Text: locale.Integer(r.Lang, int64(counted[id]))}})
	}
	return p, nil
}

// roleOf is what an institution answers for, in the language of the record, which is English.
func (r *Request) roleOf(in *record.Institution) Link {
	if in.Role == "" {
		return Link{Text: dashed("")}
	}
	return Link{Text: in.Role, Lang: locale.EN}
}

func (r *Request) institutionType(kind string) string {
	key := "institution_type." + strings.NewReplacer(" ", "_", "(", "", ")", "").Replace(kind)
	if r.Has(key) {
		return r.T(key)
	}
	return kind
}

// countedBy are the observations that each institution counted, as far as their sources name it by a name on record: alone, or before whoever
// spoke for it ("Kosovo Police (A. Paçarizi)").
func (r *Request) countedBy(set *evidence.Set, all map[string]*record.Institution) map[string][]*evidence.Observation {
	out, known := map[string][]*evidence.Observation{}, map[string]string{}
	for _, key := range set.AllSeries() {
		for _, o := range set.Observations(key) {
			id, seen := known[o.CountedBy]
			if !seen {
				id = idOfInstitution(all, o.CountedBy)
				if head, _, cut := strings.Cut(o.CountedBy, " ("); id == "" && cut {
					id = idOfInstitution(all, head)
				}
				if head, _, cut := strings.Cut(o.CountedBy, ","); id == "" && cut {
					id = idOfInstitution(all, head)
				}
				known[o.CountedBy] = id
			}
			if id != "" && o.CountedBy != "" {
				out[id] = append(out[id], o)
			}
		}
	}
	return out
}

var institutionPage = Page{
	Pattern: "institutions/{institution}", Template: "institution", Params: []string{"page"}, Build: buildInstitution,
	JSON: func(r *Request) (any, error) { return institutionData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := institutionData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// institutionContent is one body: what it is called, what it answers for, what it counted, and how it replied.
type institutionContent struct {
	Base
	Summary []Summary
	Counted Table
	Pager   Pager
	Claims  []Link
	Replies []Replied
	Answers []Replied // to this page itself
	Sources []Citation
	Changed []historyEntry
}

func (r *Request) institution() (id string, in *record.Institution, all map[string]*record.Institution, err error) {
	if all, err = r.institutions(); err != nil {
		return "", nil, nil, err
	}
	id = r.PathValue("institution")
	if in = all[id]; in == nil {
		return "", nil, nil, r.absent(record.InstitutionKind, id)
	}
	return id, in, all, nil
}

func institutionData(r *Request) (*api.InstitutionDocument, error) {
	id, in, all, err := r.institution()
	if err != nil {
		return nil, err
	}
	d := &api.InstitutionDocument{Head: r.Head("institution"), Institution: api.NewInstitution(id, in), Counted: []api.Observation{}, Replies: []api.Reply{}}
	for _, before := range predecessors(all, id) {
		d.Predecessors = append(d.Predecessors, api.NewInstitution(before, all[before]))
	}
	set, err := r.said()
	if isNoData(err) {
		return d, nil
	}
	if err != nil {
		return nil, err
	}
	for _, o := range r.countedBy(set, all)[id] {
		d.Counted = append(d.Counted, api.NewObservation(o, set.Source(o.Citation.Source)))
	}
	for _, reply := range set.RepliesBy(id) {
		d.Replies = append(d.Replies, api.Reply{ID: reply.ID, Reply: reply.Reply})
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

func buildInstitution(r *Request) (Content, error) {
	id, in, all, err := r.institution()
	if err != nil {
		return nil, err
	}
	page, err := r.paging()
	if err != nil {
		return nil, err
	}
	name := r.courtName(in.Names, id)
	p := &institutionContent{Base: r.Base(name.Text, Link{Text: r.T("institutions.title"), Href: r.URL(institutionsPage.Pattern)})}
	if p.Summary, err = r.institutionSummary(id, in, all); err != nil {
		return nil, err
	}
	if p.Changed, err = r.corrections(record.InstitutionKind, id); err != nil {
		return nil, err
	}
	set, err := r.said()
	if isNoData(err) {
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	list := r.countedBy(set, all)[id]
	n := page.Offset / pageSize
	p.Counted = r.saidTable(set, "counted", r.T("institutions.counted", "n", len(list)), list[min(n*seriesRows, len(list)):min((n+1)*seriesRows, len(list))])
	p.Counted.Columns = append([]Column{{Head: r.T("reported.what")}}, p.Counted.Columns...)
	for i, o := range list[min(n*seriesRows, len(list)):min((n+1)*seriesRows, len(list))] {
		row := p.Counted.Rows[i]
		p.Counted.Rows[i] = append([]Link{{Text: r.indicatorName(o.Indicator), Href: r.URL(api.SeriesPath(o.Indicator))}}, row...)
	}
	p.Pager = r.pagerOf(api.InstitutionPath(id), n+1, (len(list)+seriesRows-1)/seriesRows)
	p.Claims = r.claimsOn(set, list)
	for _, reply := range set.RepliesBy(id) {
		p.Replies = append(p.Replies, r.replied(set, reply, r.subject(set, reply)))
	}
	if p.Answers, err = r.replies(set, record.InstitutionKind, id); err != nil {
		return nil, err
	}
	for _, c := range in.Citations {
		src := set.Source(c.Source)
		if src == nil {
			src = &record.Source{}
		}
		p.Sources = append(p.Sources, r.cite(c, *src))
	}
	return p, nil
}

func (r *Request) institutionSummary(id string, in *record.Institution, all map[string]*record.Institution) ([]Summary, error) {
	list := []Summary{
		{locale.SQ.Name(), Link{Text: in.Names.SQ, Lang: locale.SQ}}, {locale.SRLatn.Name(), Link{Text: in.Names.SR, Lang: locale.SRLatn}},
		{locale.SR.Name(), Link{Text: locale.Cyrillic(in.Names.SR), Lang: locale.SR}}, {locale.EN.Name(), Link{Text: in.Names.EN, Lang: locale.EN}},
		{r.T("institutions.type"), Link{Text: r.institutionType(in.Type)}}, {r.T("institutions.role"), r.roleOf(in)},
	}
	if len(in.Aliases) > 0 {
		list = append(list, Summary{r.T("institutions.aliases"), Link{Text: strings.Join(in.Aliases, "; ")}})
	}
	if in.Successor != "" {
		link, err := r.institutionLink(in.Successor)
		if err != nil {
			return nil, err
		}
		list = append(list, Summary{r.T("institutions.successor"), link})
	}
	for _, before := range predecessors(all, id) {
		link, err := r.institutionLink(before)
		if err != nil {
			return nil, err
		}
		list = append(list, Summary{r.T("institutions.predecessor"), link})
	}
	if strings.HasPrefix(in.Type, "court") {
		list = append(list, Summary{r.T("institutions.judgments"), Link{Text: r.T("institutions.to_court"), Href: r.URL("courts/" + escapePath(id))}})
	}
	return list, nil
}

// claimsOn are the claims that an institution's numbers bear on.
func (r *Request) claimsOn(set *evidence.Set, counted []*evidence.Observation) []Link {
	mine := map[string]bool{}
	for _, o := range counted {
		mine[o.ID] = true
	}
	var out []Link
	for _, id := range set.ClaimIDs() {
		st, _ := set.Standing(id)
		if !slices.ContainsFunc(st.Evidence, func(e evidence.Evidence) bool { return e.Observation != nil && mine[e.Observation.ID] }) {
			continue
		}
		c := set.Claim(id)
		name, in := c.Statement.In(r.Lang)
		out = append(out, Link{Text: name, Href: r.URL(api.ClaimPath(c.Article, c.N)), Lang: in})
		if len(out) == mostClaims {
			break
		}
	}
	return out
}

// mostClaims is how many claims the page of an institution lists.
const mostClaims = 40

// subject names what a reply answers, and leads to it.
func (r *Request) subject(set *evidence.Set, reply *evidence.Reply) Link {
	kind := "kind." + string(reply.About)
	link := Link{Text: capital(r.T(kind)) + ": " + reply.Reply.ID}
	switch id := reply.Reply.ID; reply.About {
	case record.CaseKind:
		link.Href = r.URL(api.CasePath(id))
	case record.SourceKind:
		link.Href = r.URL(api.SourcePath(id))
		if src := set.Source(id); src != nil {
			link.Text = capital(r.T(kind)) + ": " + sourceTitle(src.Title, id)
		}
	case record.ObservationKind:
		if o := set.Observation(id); o != nil {
			link = Link{Text: r.indicatorName(o.Indicator) + ": " + r.statedText(o.Value), Href: r.URL(api.ObservationPath(o))}
		}
	case record.ArticleKind:
		if a := set.Article(id); a != nil {
			link = Link{Text: a.Title, Href: r.URL(api.ArticlePath(id))}
		}
	case record.ClaimKind:
		if c := set.Claim(id); c != nil {
			name, in := c.Statement.In(r.Lang)
			link = Link{Text: name, Lang: in, Href: r.URL(api.ClaimPath(c.Article, c.N))}
		}
	case record.InstitutionKind:
		if in, err := r.institutionLink(id); err == nil {
			link = in
		}
	}
	return link
}
