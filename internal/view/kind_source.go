package view

import (
	"strings"

	"fener/internal/record"
)

var sourceFolder = &folder{kind: record.SourceKind, read: readSource}

func readSource(_ *checker, _ int64, id string, body []byte, careful func(string) bool) (reading, error) {
	var s record.Source
	if err := decode(body, &s); err != nil {
		return reading{}, err
	}
	silent := careful(sourceCare(id))
	if silent {
		s.Coarsen()
		coarse, err := record.Encode(&s)
		if err != nil {
			return reading{}, err
		}
		body = coarse
	}
	r := reading{body: body, silent: silent, title: s.Title, synthetic: s.Synthetic}
	r.cites = cite(nil, s.Retells)
	r.text = strings.Join([]string{s.Title, s.Publisher, s.Kind, s.Published.String(), s.Address, s.Note}, " ")
	return r, nil
}

var institutionFolder = &folder{kind: record.InstitutionKind, read: readInstitution}

func readInstitution(_ *checker, _ int64, _ string, body []byte, _ func(string) bool) (reading, error) {
	var n record.Institution
	if err := decode(body, &n); err != nil {
		return reading{}, err
	}
	r := reading{body: body, title: n.Names.EN, synthetic: n.Synthetic}
	if r.title == "" {
		r.title = n.Names.SQ + n.Names.SR
	}
	for _, c := range n.Citations {
		r.cites = cite(r.cites, c.Source)
	}
	r.text = strings.Join(append([]string{n.Names.SQ, n.Names.SR, n.Names.EN, n.Type, n.Role}, n.Aliases...), " ")
	return r, nil
}
