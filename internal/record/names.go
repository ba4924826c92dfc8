package record

import (
	"fener/locale"
)

// Names are a name in the three languages; Serbian in Latin script.
type Names struct {
	SQ string `json:"sq,omitempty"`
	SR string `json:"sr,omitempty"`
	EN string `json:"en,omitempty"`
}

// In is the name in a language form. Where it is missing, what stands in is
// the first name there is, and its language says which.
func (n Names) In(l locale.Lang) (name string, in locale.Lang) {
	switch {
	case l == locale.SQ && n.SQ != "":
		return n.SQ, l
	case l == locale.SRLatn && n.SR != "":
		return n.SR, l
	case l == locale.SR && n.SR != "":
		return locale.Cyrillic(n.SR), l
	case n.EN != "":
		return n.EN, locale.EN
	case n.SQ != "":
		return n.SQ, locale.SQ
	}
	return n.SR, locale.SRLatn
}
