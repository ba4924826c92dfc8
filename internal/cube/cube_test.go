package cube

import (
	"encoding/json"
	"strings"
	"testing"
)

func number(v float64) *float64 { return &v }

// courts is a small figure: two courts and their total, of which a value, its lower bound and what stands behind it are told.
func courts() *Cube {
	return &Cube{
		ID: "share_below_minimum", Language: "en", Title: `Below the minimum: "court"`, Contents: "Below the minimum", Source: "judgments on record", Address: "/en/figures/share_below_minimum",
		Updated: "2026-03-01", Notes: []string{"One; two.", strings.Repeat("Përkufizimi ", 40)}, MeasuresLabel: "Measure",
		Dimensions: []Dimension{{"court", "Court", []Category{{Total, "All"}, {"basic-court-a", "Basic Court"}, {"basic-court-b", "Basic Court"}}}},
		Measures:   []Measure{{"value", "Value", "share of 1", 3}, {"n", "Counted", "persons", 0}},
		Cells:      []Cell{{number(1.0 / 3), Plain}, {number(3), Plain}, {number(0), Small}, {number(0), Small}, {nil, NotKnown}, {nil, NoData}},
		States:     []StateLabel{{NotKnown, "not known"}, {Nothing, "nothing to measure"}, {NoData, "nothing on record"}},
	}
}

// What is not known has a sign in each form and nowhere a zero; a true zero is one.
func TestWhatIsNotKnownIsNoZero(t *testing.T) {
	for _, row := range []struct {
		form  string
		write func(*Cube) ([]byte, error)
		want  []string
	}{
		{"PX", (*Cube).PX, []string{"DATA=\r\n0.333333333333333 3\r\n0 0\r\n\"..\" \"...\"\r\n;", `CODEPAGE="utf-8";`, `TITLE="Below the minimum: 'court'";`,
			"VALUES(\"Court\")=\"All\",\r\n\"Basic Court\",\r\n\"Basic Court (basic-court-b)\";", `DATASYMBOL2="not known";`, `NOTE="One; two.#`}},
		{"SDMX-CSV", (*Cube).SDMXCSV, []string{"STRUCTURE,STRUCTURE_ID,ACTION,COURT,MEASURE,OBS_VALUE,OBS_STATUS\r\n", "dataflow,FENER:SHARE_BELOW_MINIMUM(1.0.0),I,_T,value,0.3333333333333333,A\r\n",
			"basic-court-a,value,0,U\r\n", "basic-court-b,value,,L\r\n", "basic-court-b,n,,O\r\n"}},
		{"JSON-stat", (*Cube).JSONStat, []string{`"4": "not_known"`, `"5": "no_data"`, `"2": "small"`, `"metric"`}},
	} {
		out, err := row.write(courts())
		if err != nil {
			t.Fatalf("%s: %v", row.form, err)
		}
		for _, want := range row.want {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s lacks %q:\n%s", row.form, want, out)
			}
		}
		for line := range strings.SplitSeq(string(out), "\r\n") {
			if row.form == "PX" && len(line) > 256 {
				t.Errorf("a line of %d bytes, more than PX takes", len(line))
			}
		}
		if row.form == "JSON-stat" {
			var d struct{ Value []*float64 }
			if err := json.Unmarshal(out, &d); err != nil || len(d.Value) != 6 || d.Value[4] != nil || d.Value[5] != nil || *d.Value[2] != 0 {
				t.Errorf("%v, %v", d.Value, err)
			}
		}
	}
}

func TestACubeThatIsWrongIsNotWritten(t *testing.T) {
	for name, spoil := range map[string]func(*Cube){
		"a cell too few":                    func(c *Cube) { c.Cells = c.Cells[1:] },
		"no measure":                        func(c *Cube) { c.Measures, c.Cells = nil, nil },
		"a code twice":                      func(c *Cube) { c.Dimensions[0].Categories[2].Code = "basic-court-a" },
		"a number for what is not known":    func(c *Cube) { c.Cells[4].Value = number(0) },
		"nothing, and nothing that says so": func(c *Cube) { c.Cells[0].Value = nil },
	} {
		c := courts()
		spoil(c)
		for _, write := range []func(*Cube) ([]byte, error){(*Cube).PX, (*Cube).SDMXCSV, (*Cube).JSONStat} {
			if out, err := write(c); err == nil {
				t.Errorf("%s is written:\n%s", name, out)
			}
		}
	}
}

func TestGeneratedRowsSaySo(t *testing.T) {
	c := courts()
	c.Fener = Fener{Synthetic: true, Notice: "SYNTHETIC: generated"}
	out, err := c.SDMXCSV()
	if err != nil || strings.Count(string(out), "SYNTHETIC\r\n") != 6 {
		t.Errorf("%v\n%s", err, out)
	}
}
