package about

import (
	"fener/internal/page"
	"fener/locale"
)

var helpPage = page.Page{Pattern: "help", Template: "help", Always: true, Build: buildHelp}

type helpContent struct {
	page.Base
	Lines   []office // those with a number to call
	Offices []office
}

// office is a body that answers for help, as a document names it.
type office struct {
	Name     page.Link
	Number   string
	Does     string
	Citation page.Citation
}

// named is an office with the words that name it. A telephone number has a place here only when it stands in the quotation: a
// wrong number is worse than none.
type named struct {
	name   string
	number string
	does   string // message
	quote  page.Link
	source page.Link
}

// offices has no telephone number yet, because no source that was read gives one. The page says so.
var offices = []named{
	{
		name: "Victim’s Assistance and Advocacy Office", does: "office.victim_advocacy",
		quote:  page.Link{Text: "a victim's advocate from the Victim's Assistance and Advocacy Office", Lang: locale.EN},
		source: page.Link{Text: "2020 Trafficking in Persons Report: Kosovo", Href: "https://www.state.gov/reports/2020-trafficking-in-persons-report/kosovo/", Lang: locale.EN},
	},
	{
		name: "Center for Protection of Victims and Prevention of Trafficking in Human Beings (PVPT)", does: "office.pvpt",
		quote: page.Link{Text: "the rehabilitation centre for victims of trafficking run by the NGO Centre for Protection of Victims " +
			"and Prevention of Trafficking in Human Beings (PVPT)", Lang: locale.EN},
		source: page.Link{Text: "Publication of GRETA report on Kosovo", Href: "https://coe.int/en/web/anti-human-trafficking/news/-/asset_publisher/" +
			"fX6ZWufj34JY/content/publication-of-greta-report-on-kosovo-", Lang: locale.EN},
	},
	{
		name: "Interim Security Facility (ISF)", does: "office.interim_security_facility",
		quote:  page.Link{Text: "along with the state-run Interim Security Facility (ISF)", Lang: locale.EN},
		source: page.Link{Text: "2021 Trafficking in Persons Report: Kosovo", Href: "https://www.state.gov/reports/2021-trafficking-in-persons-report/kosovo/", Lang: locale.EN},
	},
	{
		name: "Policia e Kosovës, Drejtoria për Hetimin e Trafikimit me Njerëz", does: "office.police_directorate",
		quote: page.Link{Text: "Policia e Kosovës, Drejtoria për Hetimin e Trafikimit me Njerëz", Lang: locale.SQ},
		source: page.Link{Text: "kosovalive.org, 23.08.2022", Href: "https://kosovalive.org/2022/08/23/policia-arreston-pese-persona-te-dyshuar-per-" +
			"trafikimin-me-njerez-identifikon-dy-viktima-te-trafikimit/", Lang: locale.SQ},
	},
}

func buildHelp(r *page.Request) (page.Content, error) { return helpWith(r, offices), nil }

func helpWith(r *page.Request, offices []named) *helpContent {
	p := &helpContent{Base: r.Base(r.T("help.title"))}
	p.Description = r.T("help.lede")
	for _, o := range offices {
		o.source.Outside = true
		some := office{
			Name: page.Link{Text: o.name, Lang: o.quote.Lang}, Number: o.number, Does: r.T(o.does),
			Citation: page.Citation{Quote: o.quote, Source: o.source, Read: true},
		}
		if o.number != "" {
			p.Lines = append(p.Lines, some)
		} else {
			p.Offices = append(p.Offices, some)
		}
	}
	return p
}
