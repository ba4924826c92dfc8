package intake

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fener/locale"
)

// problemsOf are problems in short: row, column and code, with a question mark
// where it is a doubt.
func problemsOf(problems []Problem) string {
	var list []string
	for _, p := range problems {
		s := fmt.Sprintf("%d %s %s", p.Row, p.Column, p.Code)
		if p.Kind == Doubt {
			s += "?"
		}
		list = append(list, s)
	}
	return strings.Join(list, "; ")
}

const observationsHead = "id,indicator,place,from,to,value,unit,source_id,quote,restates,retelling,doubtful\n"

func TestObservationsWithMistakes(t *testing.T) {
	const good = "a,victims,Kosovo,2017,,32,persons,koha,32 viktima,,no,no\n"
	known := func(id string) bool { return id == "victims" }
	for _, c := range []struct {
		name, table string
		rows        int
		want        string
	}{
		{"a good row", observationsHead + good, 1, ""},
		{"a period that ends before it starts", observationsHead + "a,victims,Kosovo,2017-06-30,2017-01-01,16,persons,x,16,,,\n", 0, "2 to period_reversed"},
		{"an end without a start", observationsHead + "a,victims,Kosovo,,2017-01-01,16,persons,x,16,,,\n", 0, "2 to end_alone"},
		{"no period", observationsHead + "a,victims,Kosovo,,,16,persons,x,16,,,\n", 1, ""},
		{"one statement, two values", observationsHead + good + "b,victims,Kosovo,2017,,33,persons,koha,33 viktima,,,\n", 1, "3 value two_values"},
		{"one restates the other", observationsHead + good + "b,victims,Kosovo,2017,,33,persons,koha,33 viktima,a,,\n", 2, ""},
		{"one statement said twice", observationsHead + good + "b,victims,Kosovo,2017,,32,persons,koha,32 viktima,,,\n", 2, "3 value said_twice?"},
		{"another source, another value", observationsHead + good + "b,victims,Kosovo,2017,,22,persons,police,22,,,\n", 2, ""},
		{"one id twice", observationsHead + good + "a,victims,Kosovo,2018,,15,persons,koha,15,,,\n", 1, "3 id same_id"},
		{"an unknown indicator", observationsHead + "a,victms,Kosovo,2017,,32,persons,koha,32,,,\n", 0, "2 indicator unknown_indicator"},
		{"no figure is no statement in words", observationsHead + "a,victims,Kosovo,2017,,n/a,persons,koha,x,,,\nb,victims,Kosovo,2018,,-,persons,koha,x,,,\n", 0, "2 value no_figure; 3 value no_figure"},
		{"a value with its unit", observationsHead + "a,victims,Kosovo,2017,,32 persons,,koha,x,,,\nb,victims,Kosovo,2018,,at least 5 viktima,people,koha,x,,,\n", 2, ""},
		{"a value in another unit", observationsHead + "a,victims,Kosovo,2017,,32 cases,persons,koha,x,,,\n", 0, "2 value other_unit"},
		{"a length", observationsHead + "a,victims,Kosovo,2017,,8 months,length,koha,x,,,\nb,victims,Kosovo,2018,,8 months,months,koha,x,,,\n", 2, ""},
		{"thousands or decimals of a part", observationsHead + "a,victims,Kosovo,2017,,12.345,percent,koha,x,,,\n", 0, "2 value thousands_or_decimals"},
		{"nothing said", observationsHead + "a,victims,,2017,,,persons,,32,,,\n", 0, "2 place empty_cell; 2 value empty_cell; 2 source_id empty_cell"},
		{"no quotation", observationsHead + "a,victims,Kosovo,2017,,32,persons,koha,,,,\n", 0, "2 quote no_quote"},
		{"no quotation, and said to be doubtful", observationsHead + "a,victims,Kosovo,2017,,32,persons,koha,,,,yes\n", 1, ""},
		{"31 February", observationsHead + "a,victims,Kosovo,31.02.2017,,32,persons,koha,32,,,\n", 0, "2 from no_such_day"},
		{"two readings of a date", observationsHead + "a,victims,Kosovo,03/05/2017,,32,persons,koha,32,,,\n", 1, "2 from day_or_month?"},
		{"neither yes nor no", observationsHead + "a,victims,Kosovo,2017,,32,persons,koha,32,,perhaps,\n", 0, "2 retelling bad_yes_no"},
		{"a quotation as long as a book", observationsHead + "a,victims,Kosovo,2017,,32,persons,koha," + strings.Repeat("x", 2000) + ",,,\n", 0, "2 quote text_too_long"},
		{"a missing column", "id,indicator,place,value,source_id\na,victims,Kosovo,3,x\n", 0, "0 quote missing_column"},
		{"a column of one's own", "indicator,place,value,source_id,quote,colour\nvictims,Kosovo,3,x,3,red\n", 1, "1  unknown_column?"},
		{"a column twice", "indicator,Treguesi,place,value,source_id,quote\nvictims,v,Kosovo,3,x,3\n", 0, "1 indicator double_column"},
		{"a cell too many", observationsHead + strings.TrimSuffix(good, "\n") + ",x\n" + good, 1, "2  ragged_row"},
		{"an open quote", observationsHead + "a,\"victims,Kosovo\n", 0, "2  unclosed_quote"},
		{"a stray quote", observationsHead + "a,victims,Kosovo,2017,,32,persons,koha,\"a \"b\" c\",,,\n", 0, "2  bad_quote"},
		{"nothing", " \n", 0, "0  empty_file"},
		{"a PDF", "%PDF-1.7", 0, "0  pdf_file"},
		{"a workbook", "PK\x03\x04", 0, "0  csv_only"},
		{"in Albanian with semicolons", "Treguesi;Vendi;Prej;Vlera;Burimi;Citati\nvictims;Kosovë;2017;<5;koha;\"më pak; se 5\"\n", 1, ""},
		{"in Serbian Cyrillic", "Показатељ,Место,Од,Вредност,Извор,Навод\nvictims,Kosovo,2017,око 28,rsl,28\n", 1, ""},
		{"in Windows-1250", "indicator,place,value,source_id,quote\nvictims,Peja,3,x,tri \x9Ertve\n", 1, "0  read_as_windows_1250?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, problems, err := Observations("f.csv", strings.NewReader(c.table), known)
			if err != nil {
				t.Fatal(err)
			}
			if got := problemsOf(problems); got != c.want || len(rows) != c.rows {
				t.Errorf("%d rows and %q, expected %d and %q", len(rows), got, c.rows, c.want)
			}
		})
	}
}

// A figure is what its source's language says it is; the unit goes by any of its names.
func TestObservedValues(t *testing.T) {
	for _, c := range []struct{ value, unit, want string }{
		{"100.000", "persons", "100.000 exact 100000  persons"},
		{"65.000 €", "", "65.000 exact 65000  EUR"},
		{"së paku 5", "persona", "së paku 5 at_least 5  persons"},
		{"najviše 5 lica", "", "najviše 5 at_most  5 persons"},
		{"5 months", "months", "5 exact 5  months"},
		{"5 months", "length", "5 months words   length"},
		{"3", "vehicles", "3 exact 3  vehicles"},
		{"16 girls and two boys", "persons", "16 girls and two boys words   persons"},
	} {
		row := "a,victims,Kosovo,2017,," + c.value + "," + c.unit + ",koha,x,,,\n"
		list, problems, err := Observations("f.csv", strings.NewReader(observationsHead+row), nil)
		if err != nil || len(list) != 1 {
			t.Errorf("%s: %v, %v", c.value, problems, err)
			continue
		}
		v := list[0].Value
		if got := fmt.Sprintf("%s %s %s %s %s", v.Text, v.Kind, v.Low, v.High, list[0].Unit); got != c.want {
			t.Errorf("%s in %q is read as %q, expected %q", c.value, c.unit, got, c.want)
		}
	}
}

func TestTwoValuesNameBothRows(t *testing.T) {
	table := observationsHead + "a,victims,Kosovo,2017,,32,persons,koha,32,,,\nb,arrests,Kosovo,2017,,9,persons,koha,9,,,\nc,victims,Kosovo,2017,,33,persons,koha,33,,,\n"
	_, problems, err := Observations("vëzhgime.csv", strings.NewReader(table), nil)
	if err != nil || len(problems) != 1 {
		t.Fatalf("%v, %v", problems, err)
	}
	const want = `vëzhgime.csv, row 4, column value: The row says "33" where row 2 says 32, of the same thing, place, period and source.`
	if got := problems[0].Text(locale.EN); !strings.HasPrefix(got, want) {
		t.Errorf("says %s", got)
	}
}

func TestSourcesWithMistakes(t *testing.T) {
	const head = "id,title,kind,published,address,retells,note\n"
	for _, c := range []struct {
		name, table string
		rows        int
		want        string
	}{
		{"a retelling and what it retells", head + "a,Article,article,2018-11,https://example.org/a,b,\nb,Report,report,2018,,,\n", 2, ""},
		{"retells nothing that is known", head + "a,Article,article,,,b,\n", 0, "2 retells unknown_source"},
		{"retells what is on record", head + "a,Article,article,,,held,\n", 1, ""},
		{"retells itself", head + "a,Article,article,,,a,\n", 0, "2 retells unknown_source"},
		{"one id twice", head + "a,Article,,,,,\na,Other,,,,,\n", 1, "3 id same_id"},
		{"no title", head + "a,,,,,,\n", 0, "2 title empty_cell"},
		{"a kind nobody knows", head + "a,Article,rumour,,,,\n", 0, "2 kind bad_kind"},
		{"no web address", head + "a,Article,,,javascript:alert(1),,\n", 0, "2 address bad_address"},
		{"no date", head + "a,Article,,soon,,,\n", 0, "2 published bad_date"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, problems, err := Sources("f.csv", strings.NewReader(c.table), func(id string) bool { return id == "held" })
			if err != nil {
				t.Fatal(err)
			}
			if got := problemsOf(problems); got != c.want || len(rows) != c.rows {
				t.Errorf("%d rows and %q, expected %d and %q", len(rows), got, c.rows, c.want)
			}
		})
	}
}

const claimsFile = `- id: piece
  title: A piece
  published: 2018-11-16
  source: the-piece
  claims:
    - statement: {en: Seven were suspended.}
      comparison:
        indicator: suspended
        place: Kosovo
        from: 2017
        operator: equals
        value: 7
`

func TestClaimsAreRead(t *testing.T) {
	list, problems, err := Claims("f.yaml", strings.NewReader(claimsFile), Known{})
	if err != nil || len(problems) > 0 || len(list) != 1 || len(list[0].Claims) != 1 {
		t.Fatalf("%+v, %v, %v", list, problems, err)
	}
	c := list[0].Claims[0]
	if c.ID != "piece-1" || c.N != 1 || c.Line != 6 || c.Article != "piece" || c.Comparison.Value != "7" || c.Comparison.From.String() != "2017" {
		t.Errorf("read as %+v", c)
	}
	if list[0].Source != "the-piece" || list[0].Published.String() != "2018-11-16" {
		t.Errorf("the article is read as %+v", list[0].Article)
	}
}

func TestClaimsWithMistakes(t *testing.T) {
	known := Known{Observed: func(id string) bool { return id == "suspended" }, Figure: func(id string) bool { return id == "persons_suspended" }}
	for _, c := range []struct {
		name, from, to string // what is changed into what
		want           string
	}{
		{"a good file", "", "", ""},
		{"an unknown indicator", "indicator: suspended", "indicator: suspnded", "8 indicator unknown_indicator"},
		{"an unknown figure", "indicator: suspended", "figure: nothing", "8 figure unknown_indicator"},
		{"an unknown related indicator", "place: Kosovo", "related: [suspended, x]", "9 related[1] unknown_indicator"},
		{"a tolerance below zero", "value: 7", "value: 7\n        tolerance: -0.1", "13 comparison.tolerance bad_tolerance"},
		{"an unknown operator", "equals", "resembles", "11 comparison.operator unknown_operator"},
		{"no value", "        value: 7\n", "", "8 comparison.value bad_entry"},
		{"a period that ends before it starts", "from: 2017", "from: 2017\n        to: 2016", "11 comparison.to period_reversed"},
		{"a day that does not exist", "from: 2017", "from: 2017-02-31", "10 from no_such_day"},
		{"nothing stated", "{en: Seven were suspended.}", "{}", "6 statement bad_entry"},
		{"a field nobody knows", "value: 7", "valeu: 7", "12  bad_yaml"},
		{"broken YAML", "claims:", "claims: [", "5  bad_yaml"},
		{"no source", "source: the-piece", "source: ''", "4 source empty_cell"},
		{"one article twice", claimsFile, claimsFile + claimsFile, "13 id same_id; 18 id same_id"},
		{"nothing", claimsFile, "", "0  empty_file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems, err := Claims("f.yaml", strings.NewReader(strings.Replace(claimsFile, c.from, c.to, 1)), known)
			if err != nil {
				t.Fatal(err)
			}
			if got := problemsOf(problems); got != c.want {
				t.Errorf("%q, expected %q", got, c.want)
			}
		})
	}
}

// Any file at all leads to rows that are valid and problems that have words.
func FuzzEvidenceTables(f *testing.F) {
	f.Add([]byte(observationsHead + "a,victims,Kosovo,2017,,<5,persons,koha,\"32, \"\"v\"\"\",,no,no\n"))
	f.Add([]byte("id;title;retells\na;b;c\n"))
	f.Add([]byte("\"\n,\xE6"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, problems, err := Observations("f", bytes.NewReader(data), nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			if fs := rows[i].Validate(true); len(fs) > 0 {
				t.Errorf("row %d is taken: %v", rows[i].Line, fs)
			}
		}
		srcs, more, err := Sources("f", bytes.NewReader(data), nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range srcs {
			if fs := srcs[i].Validate(); len(fs) > 0 || srcs[i].ID == "" {
				t.Errorf("row %d is taken: %v", srcs[i].Line, fs)
			}
		}
		worded(t, append(problems, more...))
	})
}

func FuzzClaims(f *testing.F) {
	f.Add([]byte(claimsFile))
	f.Add([]byte("- claims: [{comparison: {operator: fell, related: [a, b]}}]"))
	f.Add([]byte("- &a {id: *a}\n- 3\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		articles, problems, err := Claims("f", bytes.NewReader(data), Known{Observed: func(id string) bool { return len(id)%2 == 0 }})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range articles {
			for i := range a.Claims {
				if fs := a.Claims[i].Validate(); len(fs) > 0 {
					t.Errorf("claim %s is taken: %v", a.Claims[i].ID, fs)
				}
			}
		}
		worded(t, problems)
	})
}

func worded(t *testing.T, problems []Problem) {
	t.Helper()
	if i := slices.IndexFunc(problems, func(p Problem) bool { return p.Code == "" || p.What(locale.EN) == "" || p.Row < 0 }); i >= 0 {
		t.Errorf("a problem without words or place: %+v", problems[i])
	}
}
