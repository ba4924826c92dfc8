package provisions

import (
	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/law"
	"fener/locale"
)

// readTo says up to which day a text is known as it stands on the page, and what
// may have changed it afterwards; nothing where nothing may have.
func readTo(r *page.Request, in *law.Instrument, checked law.Verified, valid law.InForce) []page.Summary {
	says := readToText(r, in, checked, valid)
	if says == "" {
		return nil
	}
	list := []page.Summary{{Term: r.T("law.read_to"), Text: page.Link{Text: says}}}
	if by := in.UnreadAmendment(); by != nil {
		list = append(list, page.Summary{Term: r.T("law.read_to.by"), Text: page.Link{Text: by.Instrument.Title(r.Lang), Href: r.URL(answer.InstrumentPath(by.Instrument.Number))}})
	}
	return list
}

func readToText(r *page.Request, in *law.Instrument, checked law.Verified, valid law.InForce) string {
	until := in.ReadTo()
	if until.IsZero() || !valid.To.IsZero() && !valid.To.After(until) {
		return "" // it was no longer in force when it may have been changed
	}
	key := "law.read_to.known"
	if checked == law.Read {
		key = "law.read_to.read"
	}
	return r.T(key, "date", locale.DateAfter(r.Lang, until))
}
