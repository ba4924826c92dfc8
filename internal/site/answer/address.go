package answer

import (
	"strings"

	"fener/law"
)

// InstrumentPath is the address of an instrument's page below the language: "provisions/06-L-074".
func InstrumentPath(number string) string { return "provisions/" + readable(number) }

// ProvisionPath is the address of a provision's page below the language: "provisions/06-L-074/165-1" for Article 165, paragraph 1.
func ProvisionPath(r law.Ref) string {
	place := r
	place.Instrument = ""
	return InstrumentPath(r.Instrument) + "/" + readable(place.String())
}

// readable keeps letters, digits and the dots between them, and puts a hyphen in the place of whatever else stands there, so that an
// address can be read out loud and needs no escaping.
func readable(s string) string {
	var b strings.Builder
	pending := ""
	for _, c := range s {
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		switch {
		case plain:
			if b.Len() > 0 {
				b.WriteString(pending)
			}
			pending = ""
			b.WriteRune(c)
		case c == '.' && pending == "":
			pending = "."
		default:
			pending = "-"
		}
	}
	return b.String()
}

// FindInstrument is the instrument at an address, nil where there is none.
func FindInstrument(pack *law.Pack, number string) *law.Instrument {
	for _, in := range pack.Instruments {
		if readable(in.Number) == number {
			return in
		}
	}
	return nil
}

// FindProvisions are the versions of the provision at an address of an instrument; none where there is none.
func FindProvisions(in *law.Instrument, place string) []*law.Provision {
	var out []*law.Provision
	for _, v := range in.Provisions {
		if readable(v.Place) == place {
			out = append(out, v)
		}
	}
	return out
}
