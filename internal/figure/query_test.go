package figure

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		address string
		want    string // the canonical address
		err     string
	}{
		{"measure=persons_judged", "measure=persons_judged", ""},
		{"rows=year&columns=court&measure=persons_judged&year=2015..2019", "columns=court&measure=persons_judged&rows=year&year=2015..2019", ""},
		{"measure=persons_judged&court=&rows=", "measure=persons_judged", ""},
		{"measure=share_fined_only&offence=neni+165%2C+paragrafi+1", "measure=share_fined_only&offence=neni+165%2C+paragrafi+1", ""},
		{"measure=persons_judged&court=none", "court=none&measure=persons_judged", ""},
		{"measure=persons_judged&term=below_floor&law=several", "law=several&measure=persons_judged&term=below_floor", ""},
		{"measure=persons_judged&fine=yes", "fined=yes&measure=persons_judged", ""},
		{"measure=persons_judged&term=low", "", `term="low": expected one of unknown, within`},
		{"", "", `measure="": expected one of persons_judged, persons_convicted`},
		{"measure=mean_sentence", "", `measure="mean_sentence": expected one of`},
		{"measure=persons_judged&yaer=2017", "", `yaer="2017": expected one of the parameters measure, rows, columns, year`},
		{"measure=persons_judged&year=17", "", `year="17": expected a year from 1900 to 2199`},
		{"measure=persons_judged&year=2019..2015", "", `year="2019..2015": expected a year`},
		{"measure=persons_judged&year=2019..2019", "", `year="2019..2019": expected a year`},
		{"measure=persons_judged&verdict=guilty", "", `verdict="guilty": expected one of unknown, convicted`},
		{"measure=persons_judged&court=a&court=b", "", `court="a, b": expected the parameter once`},
		{"measure=persons_judged&court=%00", "", `court="\x00": expected one line`},
		{"measure=persons_judged&rows=suspended", "", `rows="suspended": expected one of year, court`},
		{"measure=persons_judged&rows=year&columns=year", "", `columns="year": expected another field`},
		{"measure=imprisonment_median&rows=outcome", "", `rows="outcome": expected imprisonment_median by one of year`},
		{"measure=persons_judged&rows=outcome&outcome=mitigated", "", `rows="outcome": expected no filter by outcome`},
		{"measure=persons_judged&offence=" + strings.Repeat("x", 5000), "", "expected one line of at most 300 bytes"},
	} {
		params, err := url.ParseQuery(tt.address)
		if err != nil {
			t.Fatal(err)
		}
		q, err := Parse(params)
		if tt.err != "" {
			var param *ParamError
			if !errors.As(err, &param) || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%.80s: %v, want %s", tt.address, err, tt.err)
			}
			if err != nil && len(err.Error()) > 900 {
				t.Errorf("%.80s: an error of %d bytes", tt.address, len(err.Error()))
			}
			continue
		}
		if err != nil || q.String() != tt.want {
			t.Errorf("%s: %q, %v; want %q", tt.address, q, err, tt.want)
		}
	}
}

// FuzzParse holds that a query which Parse accepts is written and read back the
// same, and answered without fault over a small record.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"measure=persons_judged&rows=year&columns=court", "measure=imprisonment_median&rows=offence&verdict=convicted",
		"measure=counts_convicted&rows=outcome&year=2015..2019", "measure=judgments&court=none&offence=%FF%00", "measure=share_downgraded&below=unknown&cleared=yes"} {
		f.Add(seed)
	}
	c := build(f, synthetic(9, 200))
	f.Fuzz(func(t *testing.T, address string) {
		params, _ := url.ParseQuery(address)
		q, err := Parse(params)
		if err != nil {
			var param *ParamError
			if !errors.As(err, &param) || param.Expected == "" {
				t.Fatalf("%q: %v says not what was expected", address, err)
			}
			return
		}
		again, err := Parse(q.Values())
		if err != nil || again != q {
			t.Fatalf("%q: read back as %v, %v", q, again, err)
		}
		p, err := c.Pivot(q)
		if err != nil {
			t.Fatalf("%q: %v", q, err)
		}
		eachValue(p, func(v Value, _ bool) {
			if err := v.Query.Validate(); err != nil {
				t.Fatalf("%q: a cell leads to %v", q, err)
			}
		})
		if _, err := c.Rows(q, 1); err != nil {
			t.Fatalf("%q: %v", q, err)
		}
	})
}
