package document

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// languages are those of the record, as tesseract calls them. They are read together: with one alone, half of the words of the others
// come out wrong. English is read where it is there: without it one word of ten of an English judgment is wrong, and with it Albanian gains.
var languages = []string{"sqi", "srp", "srp_latn", english}

const english = "eng"

// inScript are the languages written in one script. Once a document has shown which one it is in, the others only put their letters
// into its words.
var inScript = map[script][]string{latin: {"sqi", "srp_latn", english}, cyrillic: {"srp"}}

type script int

const (
	anyScript script = iota
	latin
	cyrillic
)

// recogniser is the program tesseract, and what it has learned of the document at hand.
type recogniser struct {
	program string
	has     []string // of the languages
	script  script
}

// findRecogniser looks for tesseract. It is nil where there is none; it has no languages where it lacks all of ours.
func findRecogniser() *recogniser {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		return nil
	}
	out, err := exec.Command(program, "--list-langs").Output()
	if err != nil {
		return nil
	}
	there := strings.Fields(string(out))
	return &recogniser{program: program, has: slices.DeleteFunc(slices.Clone(languages), func(l string) bool { return !slices.Contains(there, l) })}
}

// lacking is why nothing can be recognised; empty where it can.
func (r *recogniser) lacking() Reason {
	switch {
	case r == nil:
		return NoRecognition
	case len(r.has) == 0 || len(r.has) == 1 && r.has[0] == english:
		return NoLanguages
	}
	return ""
}

// with are the languages of a script, as far as they are there.
func (r *recogniser) with(s script) string {
	wanted := inScript[s]
	if s == anyScript {
		wanted = languages
	}
	there := slices.DeleteFunc(slices.Clone(r.has), func(l string) bool { return !slices.Contains(wanted, l) })
	if len(there) == 0 {
		there = r.has
	}
	return strings.Join(there, "+")
}

// How certain the words of a page are on the average, below which something else is tried.
const (
	unsure     = 85 // another script than was thought
	upsideDown = 70 // the page lies upside down; what lies on its side tesseract sees by itself
)

// read recognises the text of a picture of so many dots an inch. Places are in points.
func (r *recogniser) read(ctx context.Context, picture *image.Gray, dpi float64) ([]Paragraph, error) {
	grain := slices.Clone(picture.Pix)
	smooth(picture)
	found, err := r.try(ctx, picture, dpi)
	if err != nil {
		return nil, err
	}
	if found.words == 0 && !blank(picture) { // specks that are as large as full stops
		picture.Pix = grain
		withoutSpecks(picture)
		if found, err = r.try(ctx, picture, dpi); err != nil {
			return nil, err
		}
	}
	if found.words > 0 && found.certain() < upsideDown {
		slices.Reverse(picture.Pix)
		other, err := r.run(ctx, pgm(picture), dpi, anyScript)
		if err != nil {
			return nil, err
		}
		if other.certain() > found.certain()+20 {
			other.turnAround(float64(picture.Rect.Dx())*72/dpi, float64(picture.Rect.Dy())*72/dpi)
			found = other
		}
	}
	return found.paragraphs, nil
}

// try reads a page in the script that the document has shown, or finds out which one that is.
func (r *recogniser) try(ctx context.Context, picture *image.Gray, dpi float64) (*recognised, error) {
	page := pgm(picture)
	found, err := r.run(ctx, page, dpi, r.script)
	if err != nil {
		return nil, err
	}
	if r.script != anyScript && found.certain() < unsure {
		other, err := r.run(ctx, page, dpi, anyScript)
		if err != nil {
			return nil, err
		}
		if other.certain() > found.certain() {
			found, r.script = other, anyScript
		}
	}
	if r.script == anyScript {
		r.script = found.script()
		if r.script == latin && found.cyrillic > 0 || r.script == cyrillic && found.latin > 0 {
			return r.again(ctx, page, dpi, found)
		}
	}
	return found, nil
}

// again reads a page once more with the languages of its script alone, and takes what is more certain.
func (r *recogniser) again(ctx context.Context, page []byte, dpi float64, before *recognised) (*recognised, error) {
	found, err := r.run(ctx, page, dpi, r.script)
	if err != nil || found.certain() >= before.certain()-2 {
		return found, err
	}
	return before, nil
}

func (r *recogniser) run(ctx context.Context, page []byte, dpi float64, s script) (*recognised, error) {
	var out, errs bytes.Buffer
	c := exec.CommandContext(ctx, r.program, "stdin", "stdout", "-l", r.with(s), "--dpi", strconv.Itoa(int(dpi)), "tsv")
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(page), &out, &errs
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("tesseract: %w: %s", err, short(errs.String()))
	}
	return fromTSV(out.String(), 72/dpi)
}
