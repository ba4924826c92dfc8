package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"time"

	"fener/locale"
)

//go:embed templates/claims.*.yaml
var claimTemplates embed.FS

// newClaims writes a starting file of claims in the user's language: to the
// file named, which must not be there yet, or to standard output.
func (c *command) newClaims(file string, today time.Time) (code int, err error) {
	text, err := claimsTemplate(c.lang, today)
	if err != nil {
		return exitUnreadable, err
	}
	if file == "" || file == "-" {
		if _, err := c.out.Write([]byte(text)); err != nil {
			return exitUnreadable, err
		}
		return exitDone, nil
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return exitUnreadable, fmt.Errorf("%s is there already and is left as it is; name a new file", file)
	}
	if err != nil {
		return exitUnreadable, fmt.Errorf("beginning a file of claims: %w", err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return exitUnreadable, fmt.Errorf("writing %s: %w", file, err)
	}
	fmt.Fprintf(c.streams.err, "%s\n", file)
	return exitDone, nil
}

func claimsTemplate(l locale.Lang, today time.Time) (string, error) {
	name := string(l)
	if l == locale.SR {
		name = string(locale.SRLatn)
	}
	text, err := claimTemplates.ReadFile("templates/claims." + name + ".yaml")
	if err != nil {
		return "", fmt.Errorf("the starting file of claims: %w", err)
	}
	out := strings.ReplaceAll(string(text), "{today}", today.Format("2006-01-02"))
	if l == locale.SR {
		out = inCyrillic(out)
	}
	return out, nil
}

var (
	// spoken are the parts of a starting file that are sentences: notes, and texts between quotes.
	spoken  = regexp.MustCompile(`#[^\n]*|"[^"\n]*"`)
	literal = regexp.MustCompile("`[^`]*`")
)

// inCyrillic writes the sentences of a starting file in Cyrillic; the fields and
// what stands between backticks stay as they are.
func inCyrillic(text string) string {
	return spoken.ReplaceAllStringFunc(text, func(s string) string {
		var b strings.Builder
		at := 0
		for _, span := range literal.FindAllStringIndex(s, -1) {
			b.WriteString(locale.Cyrillic(s[at:span[0]]) + s[span[0]:span[1]])
			at = span[1]
		}
		return b.String() + locale.Cyrillic(s[at:])
	})
}
