package batch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"fener/internal/record"
	"fener/law"
	"fener/law/frugal"
	"fener/period"

	"github.com/goccy/go-yaml"
)

// maxCaseFile is the largest file of cases, in bytes. It is read as a whole.
const maxCaseFile = 64 << 20

// A CaseFile is one case as a file of cases writes it: what ties judgments of
// several instances together.
type CaseFile struct {
	ID           string         `yaml:"id"`    // made from the first number and the court where empty
	Court        string         `yaml:"court"` // of the first number
	Numbers      []string       `yaml:"numbers"`
	ChildVictim  string         `yaml:"child_victim"` // yes or no
	Indicted     string         `yaml:"indicted"`
	Exploitation string         `yaml:"exploitation"`
	Note         string         `yaml:"note"`
	Citations    []CaseCitation `yaml:"citations"`
	Judgments    []CaseJudgment `yaml:"judgments"` // those without a number that belong to it
}

// CaseCitation is a citation whose source is written out, or an id.
type CaseCitation struct {
	Source string `yaml:"source"`
	Place  string `yaml:"place"`
	Quote  string `yaml:"quote"`
}

// CaseJudgment names a judgment whose number nobody knows by what is known.
type CaseJudgment struct {
	Court    string `yaml:"court"`
	Instance string `yaml:"instance"`
	Date     string `yaml:"date"`
}

// ReadCases reads a YAML list of cases, or JSON Lines with one case a line.
func ReadCases(name string, file io.Reader) ([]CaseFile, error) {
	content, err := io.ReadAll(io.LimitReader(file, maxCaseFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(content) > maxCaseFile {
		return nil, fmt.Errorf("%s has more than %d bytes; divide it", name, maxCaseFile)
	}
	if !bytes.HasPrefix(bytes.TrimSpace(content), []byte("{")) {
		var list []CaseFile
		if err := unmarshal(content, &list); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return list, nil
	}
	var list []CaseFile
	number := 0
	for line := range bytes.Lines(content) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var c CaseFile
		if err := unmarshal(line, &c); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, number, err)
		}
		list = append(list, c)
	}
	return list, nil
}

// unmarshal reads YAML strictly. The library panics on some texts that are not
// YAML ("! 0"); a file that somebody sends must not end the program.
func unmarshal(text []byte, into any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("not YAML that can be read: %v", r)
		}
	}()
	if err := frugal.YAML(text); err != nil {
		return err
	}
	in := yaml.NewDecoder(bytes.NewReader(text), yaml.DisallowUnknownField())
	if err := in.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	var more any
	if err := in.Decode(&more); !errors.Is(err, io.EOF) {
		return errors.New("a line --- begins a second text, which would not be read; take it out: all cases stand in one list")
	}
	return nil
}

// yes reads a yes or a no; an empty text is not known.
func yes(text string) (law.Tri, error) {
	var t law.Tri
	switch s := strings.ToLower(strings.TrimSpace(text)); s {
	case "":
		return law.NotKnown, nil
	case "true":
		return law.Yes, nil
	case "false":
		return law.No, nil
	default:
		return t, t.UnmarshalText([]byte(s))
	}
}

// record turns the file's case into the record's, without its citations.
func (f *CaseFile) record() (*record.Case, []Reason) {
	c := &record.Case{Form: strings.TrimSpace(f.Exploitation), Note: strings.TrimSpace(f.Note)}
	var refused []Reason
	for _, text := range f.Numbers {
		c.Numbers = append(c.Numbers, readNumbers(text).numbers...)
	}
	var err error
	if c.ChildVictim, err = yes(f.ChildVictim); err != nil {
		refused = append(refused, Reason{Code: RefusedFault, Field: "child_victim", Detail: err.Error()})
	}
	if c.Indicted, err = period.ParseDate(f.Indicted); err != nil {
		refused = append(refused, Reason{Code: RefusedFault, Field: "indicted", Detail: err.Error()})
	}
	for _, fault := range c.Validate(false) {
		refused = append(refused, faulty(fault, 0))
	}
	return c, refused
}
