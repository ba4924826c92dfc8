package page

import (
	"fmt"
	"html/template"
	"strings"

	"rsc.io/qr"
)

// quiet is how many squares stay empty around a code, as its standard (ISO/IEC 18004) asks.
const quiet = 4

// QR is a text, mostly an address, as a picture that telephones read: black on white whatever the page looks like. name says to screen readers what it is.
// Errors: the text is longer than a code can be.
func QR(text, name string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", fmt.Errorf("making a code of a text of %d bytes: %w", len(text), err)
	}
	var b strings.Builder
	side := code.Size + 2*quiet
	fmt.Fprintf(&b, `<svg class="qr" viewBox="0 0 %d %d" role="img" aria-label="%s" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="`,
		side, side, template.HTMLEscapeString(name), side, side)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			if !code.Black(x, y) {
				continue
			}
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			fmt.Fprintf(&b, "M%d %dh%dv1H%dz", from+quiet, y+quiet, x-from, from+quiet)
		}
	}
	b.WriteString(`"/></svg>`)
	return template.HTML(b.String()), nil
}
