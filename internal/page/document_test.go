package page

import (
	"strings"
	"testing"
)

func TestCSVIsHarmlessAndWhole(t *testing.T) {
	s := &Sheet{Columns: []string{"a", "b"}, Rows: [][]string{{"=1+1", "x, \"y\""}, {"-5", "\ttab"}}}
	got, err := s.CSV(true)
	if want := "a,b,data\r\n'=1+1,\"x, \"\"y\"\"\",SYNTHETIC\r\n'-5,'\ttab,SYNTHETIC\r\n"; err != nil || string(got) != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	s.Rows = append(s.Rows, []string{"short"})
	if _, err := s.CSV(false); err == nil || !strings.Contains(err.Error(), "1 cells under 2 columns") {
		t.Errorf("a short row: %v", err)
	}
}
