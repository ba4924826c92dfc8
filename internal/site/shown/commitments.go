package shown

import (
	"net/url"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/talk"
	"fener/locale"
)

// CommitmentPath is the address of a commitment's page below the language.
func CommitmentPath(id string) string { return "commitments/" + url.PathEscape(id) }

// CommitmentLink names a commitment by what would be done, and leads to its page.
func CommitmentLink(r *page.Request, c *reads.Commitment) page.Link {
	what, in := c.What.In(r.Lang)
	return page.Link{Text: what, Lang: in, Href: r.URL(CommitmentPath(c.ID))}
}

func nameCommitment(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	of, err := reads.CommitmentsIfAny(r)
	if err != nil || of == nil || of.One(id) == nil {
		return page.Link{Text: title}, err
	}
	return CommitmentLink(r, of.One(id)), nil
}

// nameOutcome names a reading of evidence by what it is about, and leads to where it stands.
func nameOutcome(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	of, err := reads.CommitmentsIfAny(r)
	if err != nil || of == nil {
		return page.Link{Text: title}, err
	}
	c := of.One(of.About[id])
	if c == nil {
		return page.Link{Text: title}, nil
	}
	link := CommitmentLink(r, c)
	link.Lead, link.Href = page.Capital(r.T("kind.outcome"))+": ", link.Href+"#"+ReadingID(id)
	return link, nil
}

// ReadingID is where a reading of evidence stands on the page of its commitment.
func ReadingID(outcome string) string { return "reading-" + outcome }

// SupportsText says what evidence supports of a commitment.
func SupportsText(r *page.Request, s talk.Supports) string {
	return r.T("commitments.supports." + string(s))
}

var supportsShapes = map[talk.Supports]string{talk.Kept: page.ShapeWithin, talk.Partly: page.ShapePart, talk.NotKept: page.ShapeAgainst, talk.CannotCheck: page.ShapeUnknown,
	talk.NothingRead: page.ShapeNone}

// EvidenceText says what evidence supports as words that stand alone.
func EvidenceText(r *page.Request, s talk.Supports) string {
	return r.T("commitments.evidence." + string(s))
}

// SupportsBadge is what evidence supports as a shape and a sentence.
func SupportsBadge(r *page.Request, s talk.Supports) page.Badge {
	return page.Badge{Shape: supportsShapes[s], Text: EvidenceText(r, s)}
}

// TimingText says in a few words how a commitment stands to the date that was said first.
func TimingText(r *page.Request, t talk.Timing) string { return r.T("commitments.timing." + string(t)) }

// SaysText is what an institution says became of a commitment.
func SaysText(r *page.Request, says string) string {
	if says == "" {
		return r.T("commitments.says.nothing")
	}
	return r.T("commitments.says." + says)
}

// DueText is the first date of a commitment: as far as it is known, or in the words of its source.
func DueText(r *page.Request, c *record.Commitment) page.Link {
	switch {
	case !c.By.IsZero():
		return page.Link{Text: locale.Date(r.Lang, c.By)}
	case c.ByWords != "":
		return page.Typed(c.ByWords)
	}
	return page.Link{Text: r.T("commitments.no_date")}
}

// SaidText is when a commitment was made.
func SaidText(r *page.Request, c *record.Commitment) page.Link {
	if !c.Said.IsZero() {
		return page.Link{Text: locale.Date(r.Lang, c.Said)}
	}
	return page.Typed(c.SaidWords)
}

// ReadAlone says what single persons read of a commitment that no two have read; empty where nobody did.
func ReadAlone(r *page.Request, st *talk.Standing) string {
	if st.Supports != talk.NothingRead || len(st.Alone) == 0 {
		return ""
	}
	return r.T("commitments.read_alone", "supports", SupportsText(r, talk.Supports(st.Alone[0].Supports)))
}

// CommitmentsTable lists commitments with how each stands. Without institutions it is the list of one.
func CommitmentsTable(r *page.Request, list []reads.Commitment, caption string, institutions bool) page.Table {
	t := page.Table{ID: "commitments", Caption: caption, Empty: r.T("commitments.none"), Columns: []page.Column{{Head: r.T("commitments.what"), Wide: true}}}
	if institutions {
		t.Columns = append(t.Columns, page.Column{Head: r.T("commitments.institution")})
	}
	for _, key := range []string{"commitments.by", "commitments.supports", "commitments.timing", "commitments.says"} {
		t.Columns = append(t.Columns, page.Column{Head: r.T(key)})
	}
	for i := range list {
		c := &list[i]
		row := []page.Link{CommitmentLink(r, c)}
		if institutions {
			row = append(row, InstitutionNamed(r, c.Institution))
		}
		supports := page.Link{Text: SupportsText(r, c.Standing.Supports)}
		if alone := ReadAlone(r, &c.Standing); alone != "" {
			supports.Text = alone
		}
		says := ""
		if c.Standing.Says != nil {
			says = c.Standing.Says.Says
		}
		t.Rows = append(t.Rows, append(row, DueText(r, c.Commitment), supports, page.Link{Text: TimingText(r, c.Standing.Timing)}, page.Link{Text: SaysText(r, says)}))
	}
	return t
}
