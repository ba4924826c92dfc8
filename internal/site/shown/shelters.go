package shown

import (
	"net/url"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/period"
)

// ShelterPath is the address of a shelter's page below the language, CallPath that of a call.
func ShelterPath(id string) string { return "shelters/" + url.PathEscape(id) }

// CallPath is the address of a call's page below the language.
func CallPath(id string) string { return "calls/" + url.PathEscape(id) }

// FunderPath is the address of the page of who gives money, whom a source names by the id of an institution or in words.
func FunderPath(r *page.Request, text string) string {
	return "funders/" + url.PathEscape(FunderID(r, text))
}

// FunderID is how the address of a funder's page names it: by the institution that it is, or else by its words.
func FunderID(r *page.Request, text string) string {
	if all, err := reads.Institutions(r); err == nil {
		if id := reads.IdOfInstitution(all, text); id != "" {
			return id
		}
	}
	return record.Slug(text)
}

func nameShelter(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	of, err := reads.ToldIfAny(r)
	if err != nil || of == nil || of.Shelter(id) == nil {
		return page.Link{Text: title}, err
	}
	link := CourtName(r, of.Shelter(id).Names, id)
	link.Href = r.URL(ShelterPath(id))
	return link, nil
}

func nameCall(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	of, err := reads.ToldIfAny(r)
	if err != nil || of == nil || of.Call(id) == nil {
		return page.Link{Text: title}, err
	}
	link := CourtName(r, of.Call(id).Names, id)
	link.Href = r.URL(CallPath(id))
	return link, nil
}

// nameTelling names what is told of shelters by its kind, its time and the first shelter that it is of, and leads to that shelter's page.
func nameTelling(kind record.Kind) func(*page.Request, *evidence.Set, string, string) (page.Link, error) {
	return func(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
		of, err := reads.ToldIfAny(r)
		if err != nil || of == nil {
			return page.Link{Text: title}, err
		}
		body := of.Thing(record.Thing{Kind: kind, ID: id})
		if body == nil {
			return page.Link{Text: title}, nil
		}
		key := "kind." + string(kind)
		link := page.Link{Text: page.Capital(r.T(key))}
		from, to := reads.Days(body)
		if to.IsZero() {
			to = from
		}
		if text := SpanText(r, period.Span{From: from, To: to}); text != "" {
			link.Text += ", " + text
		}
		if e, is := body.(*record.Event); is { // its own name says more than that it is an event
			named := CourtName(r, e.Names, id)
			link.Text, link.Lang = named.Text, named.Lang
		}
		if shelters := reads.SheltersOf(body); len(shelters) > 0 && of.Shelter(shelters[0]) != nil {
			link.Href = r.URL(ShelterPath(shelters[0]))
			if kind != record.EventKind {
				name, _ := of.Shelter(shelters[0]).Names.In(r.Lang)
				link.Text = page.OneStop(link.Text+": ") + name
			}
		} else {
			link.Href = r.URL("shelters")
		}
		return link, nil
	}
}
