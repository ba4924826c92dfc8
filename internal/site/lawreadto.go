package site

import (
	"fener/internal/api"
	"fener/law"
	"fener/locale"
)

// readTo says up to which day a text is known as it stands on the page, and what
// may have changed it afterwards; nothing where nothing may have.
func (r *Request) readTo(in *law.Instrument, checked law.Verified, valid law.InForce) []Summary {
	says := r.readToText(in, checked, valid)
	if says == "" {
		return nil
	}
	list := []Summary{{Term: r.T("law.read_to"), Text: Link{Text: says}}}
	if by := in.UnreadAmendment(); by != nil {
		list = append(list, Summary{Term: r.T("law.read_to.by"), Text: Link{Text: by.Instrument.Title(r.Lang), Href: r.URL(api.InstrumentPath(by.Instrument.Number))}})
	}
	return list
}

func (r *Request) readToText(in *law.Instrument, checked law.Verified, valid law.InForce) string {
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
