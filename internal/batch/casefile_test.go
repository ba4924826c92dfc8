package batch

import (
	"strings"
	"testing"
)

// A file that is no YAML is refused with its name, also where the library that
// reads it panics.
func TestReadCasesRefusesWhatIsNoYAML(t *testing.T) {
	for _, text := range []string{"! 0", "- [", "{\n! 0", "- {nombers: [P 1/20]}"} {
		if _, err := ReadCases("cases.yaml", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "cases.yaml") {
			t.Errorf("%q: error is %v, expected one that names cases.yaml", text, err)
		}
	}
}

func FuzzReadCases(f *testing.F) {
	f.Add([]byte("- {numbers: [P 309/10], child_victim: yes}\n"))
	f.Add([]byte(`{"numbers":["P 1/20"]}`))
	f.Add([]byte("! 0"))
	f.Fuzz(func(t *testing.T, text []byte) {
		_, _ = ReadCases("cases.yaml", strings.NewReader(string(text))) // it must return, whatever it is given
	})
}
