package api

import (
	"strings"
	"testing"

	"fener/law"
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

func TestAddressesOfProvisionsCanBeReadOutLoud(t *testing.T) {
	for ref, want := range map[string]string{
		"06/L-074:165(1)": "provisions/06-L-074/165-1", "06/L-074:165(4.1)": "provisions/06-L-074/165-4.1",
		"UNMIK/REG/2001/4:1(1.1.a)": "provisions/UNMIK-REG-2001-4/1-1.1.a", "06/L-074:71(1.1-1.3)": "provisions/06-L-074/71-1.1-1.3",
	} {
		r, ok := law.ParseRef(ref)
		if got := ProvisionPath(r); !ok || got != want {
			t.Errorf("%s: %s, want %s", ref, got, want)
		}
	}
	if got := readable("SOP (number not found)"); got != "SOP-number-not-found" {
		t.Error(got)
	}
}

// What a provision's page says is computed must be what the findings say; each row is the law in words.
func TestCompute(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		ref, floor, rule, suspended, suspendedBy, fineAlone, fineBy string
	}{
		{"06/L-074:165(1)", "3y", "06/L-074:72(1.2)", "no", "06/L-074:49(2)", "no", "06/L-074:165(1)"},
		{"06/L-074:163(1)", "6m", "06/L-074:72(1.4)", "with_mitigation", "06/L-074:49(2)", "replacing_short_imprisonment", "06/L-074:44(1)"},
		{"06/L-074:166(1)", "3m", "06/L-074:72(1.5)", "yes", "06/L-074:49(1)", "replacing_short_imprisonment", "06/L-074:44(1)"},
		{"06/L-074:235(1)", "30d", "", "yes", "06/L-074:49(1)", "with_mitigation", "06/L-074:72(1.7)"},
		{"04/L-082:171(1)", "unknown", "", "unknown", "", "unknown", ""},
	} {
		ref, _ := law.ParseRef(row.ref)
		c, ok := Compute(pack, pack.Find(ref)[0])
		if !ok || c.Floor.String() != row.floor || refOf(c.FloorAt) != row.rule || c.Suspended.String() != row.suspended ||
			refOf(c.SuspendedAt) != row.suspendedBy || c.FineAlone.String() != row.fineAlone || refOf(c.FineAloneAt) != row.fineBy {
			t.Errorf("%s: floor %s by %s, suspended %s by %s, fine alone %s by %s; want %+v", row.ref, c.Floor, refOf(c.FloorAt), c.Suspended,
				refOf(c.SuspendedAt), c.FineAlone, refOf(c.FineAloneAt), row)
		}
	}
	rule, _ := law.ParseRef("06/L-074:72(1.2)")
	if _, ok := Compute(pack, pack.Find(rule)[0]); ok {
		t.Error("a rule prescribes nothing, yet something was computed from it")
	}
}
