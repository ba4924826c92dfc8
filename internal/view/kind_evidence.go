package view

import (
	"bytes"
	"reflect"
	"strings"

	"fener/internal/record"
)

// The kinds of evidence have no tables of their own: their lists are short, and
// what they say of each other is worked out elsewhere. Here they are found by
// search, and a source's page finds what rests on it.

var observationFolder = &folder{kind: record.ObservationKind, read: readObservation}

func readObservation(_ *checker, _ int64, _ string, body []byte, careful func(string) bool) (reading, error) {
	var o record.Observation
	if err := decode(body, &o); err != nil {
		return reading{}, err
	}
	r := reading{body: body, synthetic: o.Synthetic, cites: cite(nil, o.Citation.Source)}
	before := o
	if careful(publicCare) { // before its period is made coarse, by which it would seem to be
		r.silent = o.HoldBack()
	}
	changed := !reflect.DeepEqual(before, o)
	if careful(sourceCare(o.Citation.Source)) {
		o.Coarsen()
		r.silent, changed = true, true
	}
	if changed {
		coarse, err := record.Encode(&o)
		if err != nil {
			return reading{}, err
		}
		r.body = coarse
	}
	r.title = joinGiven(": ", joinGiven(", ", o.Indicator, o.Place, joinGiven("..", o.From.String(), o.To.String())), o.Value.Text)
	r.text = strings.Join([]string{r.title, o.Unit, o.Counted, o.CountedBy, o.Citation.Quote, o.Reason, o.Note}, " ")
	return r, nil
}

// publicCare is how a folder asks a careful whether everyone reads the view.
const publicCare = "public"

// heldBack reports whether a body, as a public view keeps it, is of a figure that
// was held back.
func heldBack(body []byte) bool { return bytes.Contains(body, []byte(`"kind":"held_back"`)) }

var articleFolder = &folder{kind: record.ArticleKind, read: readArticle}

func readArticle(_ *checker, _ int64, _ string, body []byte, careful func(string) bool) (reading, error) {
	var a record.Article
	if err := decode(body, &a); err != nil {
		return reading{}, err
	}
	silent := careful(sourceCare(a.Source))
	if silent {
		a.Coarsen()
		coarse, err := record.Encode(&a)
		if err != nil {
			return reading{}, err
		}
		body = coarse
	}
	return reading{body: body, silent: silent, title: a.Title, synthetic: a.Synthetic, cites: cite(nil, a.Source),
		text: strings.Join([]string{a.Title, a.Author, a.Published.String()}, " ")}, nil
}

var claimFolder = &folder{kind: record.ClaimKind, read: readClaim}

func readClaim(_ *checker, _ int64, _ string, body []byte, _ func(string) bool) (reading, error) {
	var c record.Claim
	if err := decode(body, &c); err != nil {
		return reading{}, err
	}
	r := reading{body: body, parent: c.Article, synthetic: c.Synthetic}
	for _, title := range []string{c.Statement.SR, c.Statement.SQ, c.Statement.EN} { // English where there is one, as for institutions
		if title != "" {
			r.title = title
		}
	}
	cmp := &c.Comparison
	r.text = strings.Join(append([]string{c.Statement.EN, c.Statement.SQ, c.Statement.SR, c.Quote, cmp.Indicator, cmp.Figure, cmp.Law, cmp.Place}, cmp.Related...), " ")
	return r, nil
}

var replyFolder = &folder{kind: record.ReplyKind, read: readReply}

func readReply(_ *checker, _ int64, _ string, body []byte, careful func(string) bool) (reading, error) {
	var a record.Reply
	if err := decode(body, &a); err != nil {
		return reading{}, err
	}
	silent := a.Citation != nil && careful(sourceCare(a.Citation.Source))
	if silent {
		a.Coarsen()
		coarse, err := record.Encode(&a)
		if err != nil {
			return reading{}, err
		}
		body = coarse
	}
	r := reading{body: body, silent: silent, synthetic: a.Synthetic, title: joinGiven(", ", a.Institution, a.Date.String())}
	if a.Citation != nil {
		r.cites = cite(nil, a.Citation.Source)
	}
	r.text = a.Institution + " " + a.Text
	return r, nil
}

// joinGiven joins the parts that are not empty.
func joinGiven(between string, parts ...string) string {
	kept := parts[:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, between)
}
