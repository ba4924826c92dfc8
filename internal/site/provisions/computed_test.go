package provisions

import (
	"testing"

	"fener/law"
)

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
		c, ok := compute(pack, pack.Find(ref)[0])
		if !ok || c.Floor.String() != row.floor || refOf(c.FloorAt) != row.rule || c.Suspended.String() != row.suspended ||
			refOf(c.SuspendedAt) != row.suspendedBy || c.FineAlone.String() != row.fineAlone || refOf(c.FineAloneAt) != row.fineBy {
			t.Errorf("%s: floor %s by %s, suspended %s by %s, fine alone %s by %s; want %+v", row.ref, c.Floor, refOf(c.FloorAt), c.Suspended,
				refOf(c.SuspendedAt), c.FineAlone, refOf(c.FineAloneAt), row)
		}
	}
	rule, _ := law.ParseRef("06/L-074:72(1.2)")
	if _, ok := compute(pack, pack.Find(rule)[0]); ok {
		t.Error("a rule prescribes nothing, yet something was computed from it")
	}
}
