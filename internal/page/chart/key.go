package chart

import "html/template"

// Key is the mark of a standing by itself, to stand before its words in the key of a chart.
func Key(s Standing, joint bool) template.HTML {
	d := &drawing{form: form{class: "mark", width: 16}}
	drawMarks(d, &plot{size: 5}, []mark{{Dot: Dot{Standing: s, Joint: joint}, x: 8, y: 8}})
	return d.mark()
}

// DenseKey is the mark of many sentences: a triangle below the minimum, a square otherwise.
func DenseKey(below bool) template.HTML {
	d := &drawing{form: form{class: "mark", width: 16}}
	if below {
		d.WriteString(`<path class="dot below" d="M2 3h12l-6 11z"/>`)
	} else {
		d.WriteString(`<path class="dot meets" d="M3 3h10v10h-10z"/>`)
	}
	return d.mark()
}

func (d *drawing) mark() template.HTML {
	return template.HTML(`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">` + d.String() + `</svg>`)
}
