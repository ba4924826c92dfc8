package batch_test

import (
	"bytes"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/locale"

	"github.com/xuri/excelize/v2"
)

// What is refused goes into the error file as it was written, can be corrected
// there and imported, and the whole then stands as if it had been right at once.
func TestErrorFileRoundTrip(t *testing.T) {
	good := oneRow(map[string]string{"case": "SYNTHETIC P 1/20"})
	bad := oneRow(map[string]string{"case": "SYNTHETIC P 2/20", "defendant": "Agim Berisha", "quote": "two\nlines, \"quoted\""})
	joined := oneRow(map[string]string{"case": "SYNTHETIC P 2/20", "defendant": "C.D.", "quote": "ë", "imprisonment": "6y"})
	unread := oneRow(map[string]string{"case": "SYNTHETIC P 3/20", "imprisonment": "many years"})
	far := oneRow(map[string]string{"case": "SYNTHETIC P 4/20", "judgment_date": "2020-06-07"})
	file := header + good + "\n" + bad + joined + far + far[:0] + oneRow(map[string]string{"case": "SYNTHETIC P 5/20", "judgment_date": "2020-07-07"}) + unread

	im := newImporter(t)
	im.institutions()
	sum := im.must(im.judgments(file, skip))
	failures := batch.NewFailures(locale.EN)
	for _, it := range im.items {
		failures.Add(it)
	}
	var errorFile bytes.Buffer
	if err := failures.Write(strings.NewReader(file), &errorFile); err != nil {
		t.Fatal(err)
	}
	text := errorFile.String()
	for _, want := range []string{",error\n", `"two` + "\n" + `lines, ""quoted"""`, "P 3/20", "C.D."} {
		if !strings.Contains(text, want) {
			t.Errorf("the error file lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "P 1/20") || strings.Contains(text, "P 4/20") || sum.Classes[batch.Refused] != 3 {
		t.Errorf("%+v\n%s", sum, text)
	}

	corrected := strings.NewReplacer("Agim Berisha", "A.B.", "many years", "5y").Replace(text)
	im.must(im.judgments(corrected))
	whole := newImporter(t)
	whole.institutions()
	whole.must(whole.judgments(strings.NewReplacer("Agim Berisha", "A.B.", "many years", "5y").Replace(file)))
	for _, it := range whole.items {
		if it.Kind == "judgment" && len(whole.judgment(it.Name).Defendants) != len(im.judgment(it.Name).Defendants) {
			t.Errorf("%s came out different by way of the error file", it.ID)
		}
	}
	if len(im.judgment("syntheticp-2-2020-prizren-first-2020-05-04").Defendants) != 2 {
		t.Error("the judgment was imported in part")
	}
}

func refusedLine(line int) *batch.Item {
	return &batch.Item{Class: batch.Refused, Lines: []int{line}, Refused: []batch.Reason{{Code: batch.RefusedFault, Detail: "x"}}}
}

func TestErrorFileOfOtherFormats(t *testing.T) {
	book := excelize.NewFile()
	for cell, text := range map[string]string{"A1": "case", "B1": "fine", "A2": "P 1/20", "A3": "P 2/20", "B3": "many"} {
		if err := book.SetCellValue("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	var workbook bytes.Buffer
	if err := book.Write(&workbook); err != nil {
		t.Fatal(err)
	}
	const why = `"the record refuses it: x"`
	for name, row := range map[string]struct{ file, want string }{
		"semicolons":        {"case;fine\nP 1/20;1\nP 2/20;many\n", "case;fine;error\nP 2/20;many;" + why + "\n"},
		"with sep and BOM":  {"\uFEFFcase\tfine\nP 1/20\t1\r\nP 2/20\tmany\r\n", "case\tfine\terror\nP 2/20\tmany\t" + why + "\n"},
		"Windows-1250":      {"case,court\nP 1/20,Pe\xe6\nP 2/20,Pe\xe6\n", "case,court,error\nP 2/20,Peć," + why + "\n"},
		"an old error file": {"case,fine,error\nP 1/20,1,\nP 2/20,many,\"no, not this\"\n", "case,fine,error\nP 2/20,many," + why + "\n"},
		"no last line end":  {"case,fine\nP 1/20,1\nP 2/20,many", "case,fine,error\nP 2/20,many," + why + "\n"},
		"JSON Lines":        {`{"case":"P 0/20"}` + "\n" + `{"case":"P 1/20"}` + "\n" + `{"case":"P 2/20"}`, `{"case":"P 2/20","error":` + why + "}\n"},
		"broken JSON":       {`{"case":"P 0/20"}` + "\n\n{\n", "{\n"},
		"a workbook":        {workbook.String(), "case,fine,error\nP 2/20,many,the record refuses it: x\n"},
	} {
		failures := batch.NewFailures(locale.EN)
		failures.Add(refusedLine(3))
		var out bytes.Buffer
		if err := failures.Write(strings.NewReader(row.file), &out); err != nil || out.String() != row.want {
			t.Errorf("%s: %q, %v; want %q", name, out.String(), err, row.want)
		}
	}
}

// An error file runs no formula where it is opened, and is read as it was.
func TestErrorFileIsHarmless(t *testing.T) {
	failures := batch.NewFailures(locale.EN)
	failures.Add(refusedLine(4))
	var out bytes.Buffer
	if err := failures.Write(strings.NewReader("Title;;\n\ncase;verdict;quote\n=1+1;\"-2; or so\";@x\n"), &out); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.HasPrefix(text, "case;verdict;quote;error\n'=1+1;\"'-2; or so\";'@x;") {
		t.Errorf("written as %s", text)
	}
}
