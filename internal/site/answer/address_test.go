package answer

import (
	"testing"

	"fener/law"
)

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
