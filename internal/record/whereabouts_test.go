package record

import "testing"

// What tells where a shelter is, in the languages and both scripts. All of it is made up, and SYNTHETIC.
func TestWhereabouts(t *testing.T) {
	for _, text := range []string{
		"rr. Agim Ramadani 12", "Rr. “Agim Ramadani” nr. 12", "rruga Agim Ramadani", "në rrugën Agim Ramadani, Prishtinë", "rruga agim ramadani 12", "Rruga e Agimit 4", "rr Agim Ramadani 12",
		"Strehimorja në lagjen Dardania", "Bulevardi Nënë Tereza", "bul. Bill Klinton 4", "Sheshi Skënderbeu 3",
		"ul. Kralja Petra br. 3", "ulica Kralja Petra", "u ulici Kralja Petra 3", "ulica kralja petra 3", "Улица Краља Петра", "ул. Краља Петра бр. 3", "у улици Краља Петра 3", "naselje Sunčani breg", "насеље Сунчани брег", "Trg slobode 2, trg Slobode",
		"12 Mother Teresa Street", "on Mother Teresa Boulevard", "street no. 4", "Agim Ramadani nr. 12", "Kralja Petra br. 3", "kati 3, hyrja 2", "stan br. 5",
		"42.6629, 21.1655", "42,6629; 21,1655", "42.662 21.165", "N 42°39'46\" E 21°09'56\"", "42.66290° N, 21.16550° E", "lat 42.66, lon 21.16", "8GJ5M568+2Q", "M568+2QX Prishtinë",
		"https://maps.app.goo.gl/abc", "https://www.google.com/maps/place/x", "https://www.openstreetmap.org/#map=18", "///lantern.home.quiet",
		"pranë shkollës fillore", "pranë shkollës së vjetër", "afër xhamisë", "përballë stacionit të autobusëve", "prapa spitalit", "mbrapa spitalit", "pored škole", "preko puta bolnice", "близу цркве", "иза старе поште", "next to the old school", "near the bus station", "behind the hospital",
		"10000 Prishtinë", "20000 Prizren", "38220 Mitrovica e Veriut",
	} {
		if tells(text, false) == "" {
			t.Errorf("%q tells where a house stands, and is let through", text)
		}
	}
	for _, text := range []string{"+383 44 123 456", "+383 (0)44 123-456", "00383 44 123 456", "044/123-456", "044 123 456", "049123456", "038 200 200 35", "383 44 123 456", "tel. 44 12 34", "telefoni: 123 456", "тел. 044/123-456", "viber 44123456", "(044) 123 456"} {
		if tells(text, true) == "" {
			t.Errorf("%q is a telephone, and is let through", text)
		}
	}
}

// What has a number, a street or something near in it and tells no place.
func TestNoWhereabouts(t *testing.T) {
	for _, text := range []string{
		"funding fell from just over 100,000 euros (2015) to around 72,000 (2017)", "72.000, 65.000 euro", "1.435.000, 2.000.000", "1,435,000 / 900,000 EUR", "50 000 - 60 000 euro", "100 000 2019 2020", "42.500, 21.000 euro",
		"nga 01.01.2019 deri 31.12.2019", "01.02.2019", "2019-01-15", "01/02/2019 - 31/12/2019", "od 01. 02. 2019. godine", "2008-2018", "viti 2017", "në vitin 2018 65 mijë euro", "u 2017. godini 72.000 evra",
		"Ligji nr. 12, neni 3", "Law No. 04/L-218", "Vendimi nr. 45, datë 03.02.2019", "licenca br. 3", "Odluka br. 12", "Strehimorja nr. 2", "shelter no. 2", "page 12, no. 3", "Zakon br. 5",
		"children living on the street", "fëmijë në rrugë", "deca na ulici", "deca ulice", "fëmijët e rrugës", "rruga drejt pavarësisë", "on the road to independence", "street children, 12 of them",
		"shelter for victims in Prishtina", "strehimore në Prizren", "sigurna kuća u Peći", "the shelter is near closing", "afër mbylljes", "blizu zatvaranja", "pas mbylljes", "kraj godine", "pas vitit 2018", "iza nas", "near the end of the year",
		"10000 euro për Prishtinën", "50000 EUR", "12 places", "12 vende", "24/7", "200+ persons", "5+ years", "at most 6 months", "faqja 12", "str. 12", "38 200 euro", "0 euro", "0,5 %", "60 %, 0.75", "lat on", "KWN 2018", "EUR 65.000 + 72.000",
		"gjatë 2 muajve të parë", "tre kate dhe 12 dhoma", "trgovina ljudima", "žrtve trgovine ljudima u 2018", "post-trauma care behind closed doors",
		"ministria pranë së cilës u regjistrua", "pranë Ministrisë së Drejtësisë", "para 2018", "telefoni i ndihmës", "a help line by telephone", "celular", "after 2017 the shelter was closed for 1 month",
	} {
		if what := tells(text, true); what != "" {
			t.Errorf("%q: %s, and it is none", text, what)
		}
	}
}

// Every row of an import is looked through, and 10,000 come in a second.
func BenchmarkWhereabouts(b *testing.B) {
	const text = "The Ministry of Labour and Social Welfare signed contracts with ten shelters, worth 72.000 euros each, for the time from 01.03.2019 to 31.12.2019; the call had been planned for November 2018."
	for b.Loop() {
		tells(text, false)
	}
}
