package intake

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"fener/locale"
	"fener/period"
)

// Tables as programs and people leave them: which rows are read, and what is said.
func TestShapesOfTables(t *testing.T) {
	rows := good(1) + good(2)
	all := sheetHead + rows
	sr := strings.NewReplacer("case,court", "Предмет,Суд", "offence_convicted", "Кривично дело").Replace(all)
	latin := strings.NewReplacer("case,court", "Predmet,Sud", "offence_convicted", "Krivično delo", "Court A", "Osnovni sud u Peći, žalbe čuvši").Replace(strings.ReplaceAll(all, ",", ";"))
	for _, row := range []struct{ name, table, want, codes string }{
		{"titles above", "Judgments of 2021,,,\nPrepared 1.7.2021,,,\n\n" + all, "5 6", ""},
		{"totals below", all + "Gjithsej: 2,,,,,,,,,\n", "2 3", "4  no_judgment"},
		{"a sum below", all + "Ukupno,,,,,,,12y,,4000\n", "2 3", "4  no_judgment"},
		{"who prepared it", all + ",,,,,,,,,\nPërgatiti:,A. K.,,,,,,,,\n", "2 3", "5  no_judgment"},
		{"units under the header", sheetHead + ",,dd.mm.yyyy,,,,,muaj,po/jo,EUR\n" + rows, "3 4", "2  no_judgment"},
		{"numbers of the columns", sheetHead + "1,2,3,4,5,6,7,8,9,10\n" + rows, "3 4", "2  no_judgment"},
		{"names in another language", sheetHead + "Lënda,Gjykata,Data e aktgjykimit,I pandehuri,Vepra,Koha e kryerjes,Aktgjykimi,Burgimi,Me kusht,Gjoba\n" + rows, "3 4", "2  header_again"},
		{"two files joined", all + "\uFEFF" + all, "2 3 5 6", "4  header_again"},
		{"a comma at each end", strings.ReplaceAll(all, "no,2000\n", "no,2000,\n"), "2 3", ""},
		{"a header with commas at its end", strings.Replace(all, "fine\n", "fine,,\n", 1), "2 3", ""},
		{"one row too long", all + strings.Replace(good(3), "\n", ",\n", 1), "2 3", "4  ragged_row"},
		{"sep= in quotes", "\"sep=;\"\n" + strings.ReplaceAll(all, ",", ";"), "3 4", ""},
		{"bars between fields", strings.ReplaceAll(all, ",", "|"), "2 3", ""},
		{"one line ends with CR", strings.Replace(all+good(3), "2000\nP 2", "2000\rP 2", 1), "2 2 3", ""},
		{"a line separator between rows", strings.Replace(all+good(3), "2000\nP 2", "2000\u2028P 2", 1), "2 2 3", ""},
		{"a line separator in a cell", strings.Replace(all, "6y", "3 vjet\u20286 muaj", 1), "2 3", ""},
		{"each line in quotes", `"` + strings.ReplaceAll(strings.TrimSpace(all), "\n", "\"\n\"") + `"` + "\n", "", "1  quoted_rows"},
		{"a header alone", sheetHead, "", "0  no_rows"},
		{"a header and a total", sheetHead + "Gjithsej: 0,,,,,,,,,\n", "", "2  no_judgment;0  no_rows"},
		{"Windows-1251", encoded(t, charmap.Windows1251.NewEncoder().String, sr), "2 3", "0  read_as"},
		{"DOS 852", encoded(t, charmap.CodePage852.NewEncoder().String, latin), "2 3", "0  read_as"},
		{"Windows-1250", encoded(t, charmap.Windows1250.NewEncoder().String, latin), "2 3", "0  read_as_windows_1250"},
		{"UTF-16 without a mark", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String, all), "2 3", ""},
		{"a web page", "<html><table><tr><th>case</th></tr></table></html>", "", "0  html_file"},
		{"XML", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>", "", "0  xml_file"},
		{"a lock file", "\x04Name" + strings.Repeat(" ", 160), "", "0  lock_file"},
		{"an object over lines", "{\n  \"case\": \"1\",\n  \"verdict\": \"convicted\"\n}\n", "", "1  pretty_json"},
		{"NaN", `{"offence_convicted":"165(1)","verdict":"convicted","imprisonment":"6y","suspended":false,"fine": NaN}` + "\n", "", "1 fine nan_in_json"},
		{"an error of a spreadsheet", strings.Replace(all, "165(1)", "#REF!", 1), "3", "2 offence_convicted error_value"},
		{"what was made harmless", strings.Replace(all, ",no,2000", ",'-,'-", 1), "2 3", ""},
		{"initials that are no sign for nothing", strings.ReplaceAll(all, "A.A.", "N.A."), "2 3", ""},
		{"no date for a case", strings.Replace(all, "P 2/21,Court A,2021-06-15", ",,", 1), "2 3", "3 case empty_below?"},
		{"a column of punishments that is not understood", strings.Replace(all, "imprisonment", "Dënimi i caktuar nga gjykata", 1), "", "1  near_column"},
		{"a column whose cells tell what it is", strings.Replace(all, "imprisonment", "weather", 1), "", "1  near_column"},
		{"a column left out", strings.ReplaceAll(strings.Replace(all, "imprisonment", "weather", 1), "6y", "fine"), "2 3", "1  unknown_column;1 imprisonment absent_column;2 imprisonment imprisonment_not_known?;3 imprisonment imprisonment_not_known?"},
		{"what is wrong with columns and cells at once", strings.Replace(strings.Replace(all, "imprisonment", "impriosnment", 1), "6y", "6", 1), "", "1  near_column;2 imprisonment bad_length"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := read(strings.NewReader(row.table), Options{Now: period.MustDate("2026-01-01")})
			if codes := strings.Join(got.codes(), ";"); codes != row.codes {
				t.Errorf("found %s, want %s (%v)", codes, row.codes, got.err)
			}
			var lines []string
			for _, r := range got.rows {
				if strings.Contains(row.table, "N.A.") && r.Defendant != "N.A." {
					t.Errorf("the defendant is %q", r.Defendant)
				}
				lines = append(lines, string(rune('0'+r.Line)))
			}
			if s := strings.Join(lines, " "); s != row.want {
				t.Errorf("read rows %s, want %s", s, row.want)
			}
		})
	}
}

// Marks that one cell leaves open are decided by the whole file.
func TestDecidedByTheFile(t *testing.T) {
	date := func(list ...string) string {
		s := sheetHead
		for _, d := range list {
			s += strings.Replace(good(1), "2021-06-15", d, 1)
		}
		return s
	}
	fine := func(list ...string) string {
		s := sheetHead
		for _, f := range list {
			s += strings.Replace(good(1), ",2000\n", ",\""+f+"\"\n", 1)
		}
		return s
	}
	for _, row := range []struct{ name, table, want string }{
		{"nothing tells the order", date("04/05/2021"), "2021-05-04?"},
		{"the month is first", date("04/05/2021", "06/15/2021"), "2021-04-05 2021-06-15?"},
		{"the day is first", date("04/05/2021", "15/06/2021"), "2021-05-04 2021-06-15"},
		{"both", date("04/05/2021", "15/06/2021", "06/15/2021"), "2021-06-15"},
		{"hyphens", date("04-05-2021", "15-06-2021"), "2021-05-04 2021-06-15"},
		{"nothing tells the mark", fine("2.000"), "2000.00?"},
		{"a mark before decimals beside", fine("2.000", "500,50"), "2000.00 500.50"},
		{"both marks beside", fine("2.000", "10.000,00"), "2000.00 10000.00"},
		{"three decimals throughout", fine("600.000", "1500.000"), "600.00 1500.00"},
		{"one mark used in two ways", fine("2.000", "12.50"), "2000.00? 12.50"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := read(strings.NewReader(row.table), Options{})
			var list []string
			for _, r := range got.rows {
				s := r.Facts.Judged.String()
				if strings.Contains(row.want, ".") {
					s = strings.Replace(strings.Replace(locale.Money(locale.EN, r.Facts.Sentence.Fine.Cents), " euros", "", 1), ",", "", 1)
					if !strings.Contains(s, ".") {
						s += ".00"
					}
				}
				if len(r.Doubts) > 0 {
					s += "?"
				}
				list = append(list, s)
			}
			if s := strings.Join(list, " "); s != row.want {
				t.Errorf("read %s, want %s (%v)", s, row.want, got.codes())
			}
		})
	}
}

// One cause is told once, with its rows.
func TestCauses(t *testing.T) {
	table := sheetHead
	for i := range 12 {
		table += strings.Replace(good(i), ",no,", []string{",ndoshta,", ",tjetër,"}[i%2], 1)
	}
	table = strings.Replace(table, "fine\n", "fine,one,two\n", 1)
	table = strings.ReplaceAll(table, ",2000\n", ",2000,,\n")
	got := read(strings.NewReader(table), Options{})
	causes := Group(got.problems)
	if len(causes) != 2 {
		t.Fatalf("%d causes, want the columns and the words", len(causes))
	}
	for i, want := range []string{
		`t.csv, row 1, column one: "one" is no column that is known; it is not read. Nothing needs to be done if it is a column of your own. Likewise "two".`,
		`t.csv, row 2, column suspended: "ndoshta" is neither yes nor no. Write yes or no, or leave it empty where it is not known. So in 12 rows: also 3 ("tjetër"), 4, 5 ("tjetër"), 6, 7 ("tjetër"), 8, 9 ("tjetër"), 10, …. fener help columns suspended lists what is read.`,
	} {
		if text := causes[i].Text(locale.EN); text != want {
			t.Errorf("told as\n%s, want\n%s", text, want)
		}
	}
}
