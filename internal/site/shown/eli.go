package shown

import (
	"regexp"
	"strings"

	"fener/law"
)

// notELI is what stands in no part of an ELI.
var notELI = regexp.MustCompile(`[^A-Za-z0-9._]+`)

// LawELI is an identifier of a law in the shape of the European Legislation Identifier: eli/xk/criminal_code/06-L-074. Nobody who publishes laws has given it:
// it only says the same place in the same way everywhere. Empty where the pack does not say of which country it is.
func LawELI(pack *law.Pack, in *law.Instrument) string {
	if pack == nil || pack.Code == "" {
		return ""
	}
	return "eli/" + strings.ToLower(pack.Code) + "/" + eliPart(in.Kind) + "/" + eliPart(in.Number)
}

// ProvisionELI goes on to the article and the paragraph: .../art_165/par_4.1.
func ProvisionELI(pack *law.Pack, v *law.Provision) string {
	eli := LawELI(pack, v.Instrument)
	if eli == "" || v.Ref.Article == "" {
		return ""
	}
	eli += "/art_" + eliPart(v.Ref.Article)
	if v.Ref.Paragraph != "" {
		eli += "/par_" + eliPart(v.Ref.Paragraph)
	}
	return eli
}

func eliPart(s string) string { return strings.Trim(notELI.ReplaceAllString(s, "-"), "-") }
