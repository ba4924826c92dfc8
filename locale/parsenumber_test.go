package locale

import "testing"

func TestNumbersAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"24": "24", " 24 ": "24", "0": "0", "007": "7", "7.0": "7", "2.50": "2.5", "2,5": "2.5", "0.125": "0.125", "0,125": "0.125", ".5": "0.5",
		"100.000": "100000?", "100,000": "100000?", "65.000": "65000?", "1.234.567": "1234567", "1,234,567": "1234567",
		"1.234,50": "1234.5", "1,234.50": "1234.5", "1 234 567": "1234567", "1\u00a0234,5": "1234.5", "1\u202f234": "1234", "1'234": "1234",
		"1234.567": "1234.567", "12.34": "12.34", "-5": "-5", "−5": "-5", "-0": "0", "1e+05": "100000", "6.5E4": "65000",
		"65 mijë": "65000", "65 mije": "65000", "1,5 milion": "1500000", "1.500 million": "1500000", "2 miliona": "2000000", "65 хиљада": "65000", "1.5 million": "1500000",
		"": "", "-": "", "--5": "", "1.2.3": "", "1,23,456": "", "12.345,67.8": "", "many": "", "5 vjet": "", "24 victims": "", "2017-2018": "", "1 2": "",
		"1234567890123456": "", "NaN": "", "1e99": "", "e5": "", "5,": "", "0.000": "0",
	} {
		n, ok := ParseNumber(text)
		got := n.Plain
		if n.Either {
			got += "?"
		}
		if got != want || ok != (want != "") {
			t.Errorf("ParseNumber(%q) is %q, %v, expected %q", text, got, ok, want)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1.234,5", "65 mijë", "-1", "1e5", "1'000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ParseNumber(s)
		if again, fine := ParseNumber(n.Plain); ok && n.Plain[0] != '-' && (!fine || again.Plain != n.Plain && !again.Either) {
			t.Errorf("%q is read as %q, which is read as %q", s, n.Plain, again.Plain)
		}
	})
}
