package about

import (
	"strings"
	"testing"
)

// A telephone number may be shown only when it stands in the quotation of a source.
func TestOfficesHaveSources(t *testing.T) {
	for _, o := range offices {
		if o.quote.Text == "" || o.quote.Lang == "" || !strings.HasPrefix(o.source.Href, "https://") {
			t.Errorf("%s has no quotation or source", o.name)
		}
		if o.number != "" && !strings.Contains(o.quote.Text, o.number) {
			t.Errorf("%s: the number %s does not stand in the quotation %q", o.name, o.number, o.quote.Text)
		}
	}
}
