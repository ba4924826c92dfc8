package law

import "testing"

func TestKosovoVerifies(t *testing.T) {
	pack, err := Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	v := pack.Verify(nil)
	t.Logf("%d cases, %d grid points", v.Cases, v.Points)
	for _, p := range v.Problems {
		t.Error(p)
	}
}
