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
	known := Known{Observed: func(id string) bool { return id == "victims" }}
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
		list, problems, err := Observations("f.csv", strings.NewReader(observationsHead+row), Known{})
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
	_, problems, err := Observations("vëzhgime.csv", strings.NewReader(table), Known{})
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
		{"an unknown related indicator", "place: Kosovo", "place: Kosovo\n        related: [suspended, x]", "10 related[1] unknown_indicator"},
		{"a tolerance below zero", "operator: equals\n", "operator: about\n        tolerance: -0.1\n", "12 comparison.tolerance bad_tolerance"},
		{"an unknown operator", "equals", "resembles", "11 comparison.operator unknown_operator"},
		{"no value", "        value: 7\n", "", "8 comparison.value empty_cell"},
		{"a period that ends before it starts", "from: 2017", "from: 2017\n        to: 2016", "11 comparison.to period_reversed"},
		{"a day that does not exist", "from: 2017", "from: 2017-02-31", "10 from no_such_day"},
		{"nothing stated", "{en: Seven were suspended.}", "{}", "6 statement empty_cell"},
		{"a field nobody knows", "value: 7", "valeu: 7", "8 comparison.value empty_cell; 12  unknown_field"},
		{"two fields nobody knows", "        place: Kosovo\n        from: 2017", "        plaec: Kosovo\n        form: 2017", "8 place no_place; 9  unknown_field; 10  unknown_field"},
		{"a field in another's place", "      comparison:", "      operator: equals\n      comparison:", "7  misplaced_field"},
		{"all mistakes at once", claimsFile, strings.NewReplacer("A piece", "A: piece", "suspended\n", "suspnded\n", "value: 7", "value: x").Replace(claimsFile), "2 title needs_quotes; 8 indicator unknown_indicator; 12 value bad_number"},
		{"broken YAML", "claims:", "claims: [", "6  bad_indent"},
		{"no source", "source: the-piece", "source: ''", "4 source empty_cell"},
		{"one article twice", claimsFile, claimsFile + claimsFile, "13 id same_id; 18 id same_id"},
		{"nothing", claimsFile, "", "0  empty_file"},
		{"a place that is missing", "        place: Kosovo\n", "", "8 place no_place"},
		{"no subject", "        indicator: suspended\n", "", "8 comparison one_subject"},
		{"a number in words that are none", "value: 7", "value: seventeenish", "12 value bad_number"},
		{"a bound where a number belongs", "value: 7", "value: at least 7", "12 value bound_value"},
		{"a unit nobody knows", "value: 7", "value: 7\n        unit: parsecs", "13 unit unknown_unit"},
		{"a value in another unit", "value: 7", "value: 7 cases\n        unit: persons", "12 value other_unit"},
		{"a value that would not be read", "operator: equals", "operator: exists", "12 value unused_field"},
		{"one period of a change", "operator: equals\n        value: 7", "operator: fell", "8 comparison.then two_periods"},
		{"nobody, where it is asked whether there was somebody", "{en: Seven were suspended.}\n", "{en: Nobody was suspended.}\n", ""},
		{"nobody, and exists", claimsFile, strings.NewReplacer("Seven", "Nobody", "equals", "exists", "        value: 7\n", "").Replace(claimsFile), "6 statement none_claimed?"},
		{"askush, dhe exists", claimsFile, strings.NewReplacer("en: Seven", "sq: Askush", "equals", "exists", "        value: 7\n", "").Replace(claimsFile), "6 statement none_claimed?"},
		{"a colon in a text", "title: A piece", "title: A piece: two", "2 title needs_quotes"},
		{"a quote in a text", "title: A piece", "title: \"A\" piece", "2 title needs_quotes"},
		{"an apostrophe in single quotes", "title: A piece", "title: 'It's a piece'", "2 title needs_quotes"},
		{"a text that begins with a bracket", "title: A piece", "title: [A] piece", "2 title needs_quotes"},
		{"a text that begins with a sign of YAML", "title: A piece", "title: @piece", "2 title needs_quotes"},
		{"a text that is not closed", "title: A piece", "title: \"A piece", "2 title needs_quotes"},
		{"a comma between braces", "Seven were suspended.", "In 2017, seven were suspended.", "6 en comma_cuts"},
		{"a number with a comma between braces", "\n        indicator: suspended\n        place: Kosovo\n        from: 2017\n        operator: equals\n        value: 7", " {indicator: suspended, place: Kosovo, operator: equals, value: 65,000}", "7 value comma_cuts"},
		{"a text with a #", "title: A piece", "title: Case #5", "2 title comment_cuts?"},
		{"a note behind a text in quotes", "title: A piece", "title: \"A piece\" # mine", ""},
		{"a tab", "  title: A piece", "\ttitle: A piece", "2  tab_indent"},
		{"a line too far in", "  published", "     published", "3  bad_indent"},
		{"a field twice", "  title: A piece", "  title: A piece\n  title: B", "3  field_twice"},
		{"claims that are no list", "    - statement", "      statement", "6 statement other_form"},
		{"no list at all", claimsFile, strings.NewReplacer("- id", "id", "  title", "title", "  published", "published", "  source", "source", "  claims", "claims").Replace(claimsFile), "1 id other_form"},
		{"a second text", claimsFile, claimsFile + "---\n" + claimsFile, "14  second_document"},
		{"Windows-1250", "A piece", "A pie\xE6e", "0  no_claims_text"},
		{"a byte-order mark and CRLF", claimsFile, "\xEF\xBB\xBF" + strings.ReplaceAll(claimsFile, "\n", "\r\n"), ""},
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

// A number is what it is in the languages of the file, not what it is to YAML.
func TestClaimedValues(t *testing.T) {
	for _, c := range []struct{ value, unit, want string }{
		{"65.000", "EUR", "65000 EUR"}, {`"65.000"`, "EUR", "65000 EUR"}, {"65,000", "EUR", "65000 EUR"}, {"65 mijë", "euro", "65000 EUR"}, {"2,5", "percent", "2.5 percent"},
		{"49 persons", "", "49 persons"}, {"49", "people", "49 persons"}, {"€65,000", "", "65000 EUR"}, {"seven", "", "7 "}, {"007", "", "7 "}, {"1_000", "", "? bad_number"},
		{"66 months", "", "5y 6m "}, {"66", "months", "66 months"}, {"five years", "", "5y "}, {"5 vjet", "", "5y "}, {"Tier 2", "tier", "Tier 2 tier"},
		{"12.345", "percent", "? thousands_or_decimals"},
	} {
		file := strings.Replace(claimsFile, "value: 7", "value: "+c.value+"\n        unit: "+c.unit, 1)
		list, problems, err := Claims("f.yaml", strings.NewReader(file), Known{})
		got := "?"
		if err == nil && len(list) == 1 && len(list[0].Claims) == 1 {
			got = list[0].Claims[0].Comparison.Value + " " + list[0].Claims[0].Comparison.Unit
		} else if len(problems) == 1 {
			got += " " + string(problems[0].Code)
		}
		if got != c.want {
			t.Errorf("%s in %q is read as %q (%v), expected %q", c.value, c.unit, got, problems, c.want)
		}
	}
}

func TestAMistakeInAFileOfClaimsIsSaidInWordsOfTheFile(t *testing.T) {
	file := strings.Replace(claimsFile, "title: A piece", `title: He said: "it's no"`, 1)
	_, problems, err := Claims("f.yaml", strings.NewReader(file), Known{})
	if err != nil || len(problems) != 1 {
		t.Fatalf("%v, %v", problems, err)
	}
	const want = `f.yaml, line 2, title: The text has a sign in it that needs quotes around the whole: "He said: \"it's no\"". Write title: 'He said: "it''s no"'.`
	if got := problems[0].Text(locale.EN); got != want {
		t.Errorf("says %s\nexpected %s", got, want)
	}
}

// Any file at all leads to rows that are valid and problems that have words.
func FuzzEvidenceTables(f *testing.F) {
	f.Add([]byte(observationsHead + "a,victims,Kosovo,2017,,<5,persons,koha,\"32, \"\"v\"\"\",,no,no\n"))
	f.Add([]byte("id;title;retells\na;b;c\n"))
	f.Add([]byte("\"\n,\xE6"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, problems, err := Observations("f", bytes.NewReader(data), Known{})
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
			if fs := srcs[i].Validate(false); len(fs) > 0 || srcs[i].ID == "" {
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
				if fs := a.Claims[i].Validate(false); len(fs) > 0 {
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
