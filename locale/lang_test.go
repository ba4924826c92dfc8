package locale

import (
	"strings"
	"testing"
)

func TestParseLang(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Lang
	}{{"sq", SQ}, {"SQ", SQ}, {"sr", SR}, {"sr-Cyrl", SR}, {"SR-CYRL", SR}, {"sr-Latn", SRLatn}, {"sr-latn", SRLatn}, {"En", EN}} {
		if got, err := ParseLang(tt.in); err != nil || got != tt.want {
			t.Errorf("ParseLang(%q) = %q, %v, want %q", tt.in, got, err, tt.want)
		}
	}
	for _, in := range []string{"", "de", "sr_Latn", "english", " sq"} {
		if got, err := ParseLang(in); err == nil || got != "" || !strings.Contains(err.Error(), "sr-Latn") {
			t.Errorf("ParseLang(%q) = %q, %v, want an error that names the languages", in, got, err)
		}
	}
}

func TestLangNamesAndTags(t *testing.T) {
	want := map[Lang][2]string{SQ: {"Shqip", "sq"}, SR: {"Српски", "sr-Cyrl"}, SRLatn: {"Srpski", "sr-Latn"}, EN: {"English", "en"}}
	if len(All) != len(want) {
		t.Errorf("%d language forms, want %d", len(All), len(want))
	}
	for _, l := range All {
		if l.Name() != want[l][0] || l.BCP47() != want[l][1] {
			t.Errorf("%s is named %q with tag %q, want %v", l, l.Name(), l.BCP47(), want[l])
		}
		for _, tag := range []string{string(l), l.BCP47()} {
			if back, err := ParseLang(tag); err != nil || back != l {
				t.Errorf("%q reads back as %q, %v", tag, back, err)
			}
		}
	}
}

func TestNegotiate(t *testing.T) {
	for _, tt := range []struct {
		name, header string
		want         Lang
	}{
		{"no header", "", SQ},
		{"Albanian phone", "sq-XK,sq;q=0.9,en-US;q=0.8,en;q=0.7", SQ},
		{"Gheg and Tosk", "aln, als;q=0.9, en;q=0.8", SQ},
		{"Serbian in Serbia", "sr-RS,sr;q=0.9,en;q=0.8", SR},
		{"Serbian in Kosovo", "sr-XK", SR},
		{"Serbian, Cyrillic named", "sr-Cyrl-RS", SR},
		{"Serbian in Latin", "sr-Latn-RS,sr-Latn;q=0.9,sr;q=0.8", SRLatn},
		{"Serbian in Latin in Kosovo", "sr-Latn-XK", SRLatn},
		{"capitals do not matter", "SR-LATN", SRLatn},
		{"Croatian", "hr-HR,hr;q=0.9,en;q=0.8", SRLatn},
		{"Bosnian", "bs", SRLatn},
		{"Bosnian in Cyrillic", "bs-Cyrl-BA", SR},
		{"Serbo-Croatian", "sh", SRLatn},
		{"Montenegrin", "cnr-ME", SRLatn},
		{"Montenegrin as some write it", "me", SRLatn},
		{"Serbian in Montenegro", "sr-ME", SRLatn},
		{"English", "en-GB,en;q=0.9", EN},
		{"German, English second", "de-DE,de;q=0.9,en;q=0.5", EN},
		{"only languages we lack", "de,mk;q=0.8,tr;q=0.7", SQ},
		{"any", "*", SQ},
		{"the weight decides, not the place", "en;q=0.3, sr;q=0.7, sq;q=0.5", SR},
		{"the first of equals", "en, sr", EN},
		{"refused", "en;q=0", SQ},
		{"refused, another wanted", "sq;q=0, en;q=0.1", EN},
		{"spaces in the weight", "en ; q = 0.4 , sr ; q = 0.6", SR},
		{"damaged weights", "en;q=high, hr;q=0.1, sr;q=2, sq;q=NaN", SRLatn},
		{"rubbish", ";;;,,,=q;-", SQ},
	} {
		if got := Negotiate(tt.header); got != tt.want {
			t.Errorf("%s: Negotiate(%q) = %s, want %s", tt.name, tt.header, got, tt.want)
		}
	}
}
