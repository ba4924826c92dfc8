package intake

import (
	"errors"
	"path"
	"slices"
	"strings"
)

// Read reads the sheets of files: workbooks, tables that are called as their forms are, or an archive of such tables. An error is of a reader alone; what is
// wrong with a file stands among the problems, and where a file as a whole cannot be read, there are no rows.
func (f *Forms) Read(files []FormFile) (*FormsRead, error) {
	r := &formReader{forms: f, out: &FormsRead{}, several: len(files) > 1, room: mostFormRoom}
	for _, file := range files {
		r.file = file.Name
		if err := r.read(file); err != nil {
			stop := new(FileError)
			if !errors.As(err, &stop) {
				return nil, err
			}
			r.out.Problems = append(r.out.Problems, stop.Problem)
		}
	}
	if r.several {
		r.file = path.Dir(files[0].Name)
	}
	r.missing()
	if Failed(whole(r.out.Problems)) {
		r.out.Rows = nil
	}
	return r.out, nil
}

// whole are the problems of files as a whole.
func whole(problems []Problem) (list []Problem) {
	for _, p := range problems {
		if p.Row == 0 {
			list = append(list, p)
		}
	}
	return list
}

// formReader reads files one after the other.
type formReader struct {
	forms   *Forms
	out     *FormsRead
	file    string
	several bool // files
	rows    int
	room    int  // bytes that cells may still fill
	unread  bool // some sheet was not understood, which was told
}

func (r *formReader) problem(sheet string, code Code, kind Kind) Problem {
	return Problem{File: r.file, Sheet: sheet, Among: sheet != "", Code: code, Kind: kind}
}

func (r *formReader) tell(p Problem) { r.out.Problems = append(r.out.Problems, p) }

func (r *formReader) read(file FormFile) error {
	opened, err := r.open(file)
	if err != nil {
		return err
	}
	defer opened.close()
	for _, p := range opened.problems {
		r.tell(p)
	}
	for i := range opened.sheets {
		if err := r.sheet(&opened.sheets[i]); err != nil {
			return err
		}
	}
	return nil
}

// open opens a file with the sheets of it that are asked for.
func (r *formReader) open(file FormFile) (*formSource, error) {
	opened, err := openForms(file)
	if err != nil {
		return nil, err
	}
	if file.Sheet != "" {
		opened.sheets = slices.DeleteFunc(opened.sheets, func(s gridSheet) bool { return s.inBook && s.tab != file.Sheet })
		if len(opened.sheets) == 0 {
			opened.close()
			p := r.problem("", noSheet, Error)
			p.Found = file.Sheet
			return nil, &FileError{p}
		}
	}
	for i := range opened.sheets {
		switch s := &opened.sheets[i]; {
		case r.several && s.inBook:
			s.name = file.short() + ": " + s.name
		case !r.several && !s.inBook && len(opened.sheets) == 1:
			s.name = "" // there is nothing to tell it from
		}
	}
	return opened, nil
}

// sheet finds out what a sheet holds and reads it.
func (r *formReader) sheet(s *gridSheet) error {
	if r.forms.aside[headerKey(s.tab)] {
		return nil
	}
	rows, err := s.all(r)
	if err != nil || len(rows) == 0 {
		return err
	}
	at, form := r.forms.find(s, rows)
	if form == nil {
		r.stranger(s, rows[:min(len(rows), headerWithin)])
		return nil
	}
	sheet := FormSheet{Name: s.name, Form: form.Name, Header: rows[at].number, form: form}
	if !r.forms.means(form, s) {
		p := r.problem(s.name, sheetAs, Doubt)
		p.Found, p.words = excerpt(s.tab), &form.Says
		r.tell(p)
	}
	if s.hidden {
		p := r.problem(s.name, sheetHiddenRead, Doubt)
		p.Found = excerpt(s.name)
		r.tell(p)
	}
	bad := r.header(&sheet, texts(rows[at].cells))
	r.out.Sheets = append(r.out.Sheets, sheet)
	if bad {
		return nil
	}
	dates := dateReader{order: ordersOf(form, &sheet, rows[at+1:])}
	d := &formDecoder{reader: r, sheet: &sheet, dates: dates, date1904: s.date1904, inBook: s.inBook}
	for i := at + 1; i < len(rows); i++ {
		d.row(&rows[i])
	}
	d.end()
	return nil
}

// stranger tells of a sheet that is none of the forms. One with columns of theirs is an error: what stands in it would be lost.
func (r *formReader) stranger(s *gridSheet, top []sheetRow) {
	r.unread = true
	p := r.problem(s.name, sheetPassed, Doubt)
	if known := r.forms.most(top); known >= leastKnown && len(r.forms.list) > 1 || !s.inBook {
		p.Kind, p.Code = Error, sheetUnknown
	} else if s.hidden {
		return
	}
	p.Found, p.words = excerpt(s.name), &r.forms.says
	r.tell(p)
}

// most is how many columns of one form a row names at most.
func (f *Forms) most(rows []sheetRow) (n int) {
	for _, form := range f.list {
		for i := range rows {
			known, _ := form.known(texts(rows[i].cells))
			n = max(n, known)
		}
	}
	return n
}

// known is how many columns of the form a row names, and how many names in it are none of it.
func (f *form) known(header []string) (known, strange int) {
	seen := map[int]bool{}
	for _, name := range header {
		switch i := f.column(name); {
		case i >= 0 && !seen[i]:
			seen[i] = true
			known++
		case strings.TrimSpace(name) != "" && i < 0 && !ourRemarks[headerKey(name)]:
			strange++
		}
	}
	return known, strange
}

// find finds the form of a sheet and the index of its header: by the sheet's name, or else the one form whose columns fit best.
func (f *Forms) find(s *gridSheet, rows []sheetRow) (at int, form *form) {
	rows = rows[:min(len(rows), headerWithin)]
	best, tie := -1, false
	for _, one := range f.list {
		titled := f.means(one, s)
		for i := range rows {
			header := texts(rows[i].cells)
			known, strange := one.known(header)
			if known < leastKnown || !titled && !one.complete(header) {
				continue
			}
			score := known*4 - strange*3
			if titled {
				score += 1 << 20
			}
			switch {
			case score > best:
				best, at, form, tie = score, i, one, false
			case score == best && form != one:
				tie = true
			}
		}
	}
	if tie {
		return 0, nil
	}
	return at, form
}

// means reports whether a sheet's name says that it is a form. A table needs no such name where it can be nothing else.
func (f *Forms) means(one *form, s *gridSheet) bool {
	return one.titled(s.tab) || !s.inBook && len(f.list) == 1
}

// complete reports whether a header has every column that is needed.
func (f *form) complete(header []string) bool {
	for i, c := range f.Columns {
		if c.Needed && !slices.ContainsFunc(header, func(name string) bool { return f.column(name) == i }) {
			return false
		}
	}
	return true
}

// header sorts the fields of a header to columns, and reports whether the sheet cannot be read for it.
func (r *formReader) header(s *FormSheet, names []string) (bad bool) {
	headers := make([]string, len(s.form.Columns))
	for i, name := range names {
		c := s.form.column(name)
		s.fields = append(s.fields, c)
		p := r.problem(s.Name, unknownColumn, Doubt)
		p.Row, p.Found, p.Header, p.Field = s.Header, excerpt(name), excerpt(name), i+1
		switch {
		case strings.TrimSpace(name) == "":
			s.fields[i] = noName
			continue
		case c < 0 && ourRemarks[headerKey(name)]:
			continue
		case c >= 0 && headers[c] != "":
			p.Code, p.Kind, p.Column, p.Hint, p.Row = doubleColumn, Error, s.form.Columns[c].Name, headers[c], 0
			bad = true
		case c >= 0:
			headers[c] = excerpt(name)
			continue
		}
		if p.Kind == Doubt {
			p.Row = 0 // of the sheet, not of a row
		}
		r.tell(p)
	}
	for i := range s.form.Columns {
		if c := &s.form.Columns[i]; c.Needed && headers[i] == "" {
			p := r.problem(s.Name, sheetColumn, Error)
			p.Column, p.words = c.Name, &c.Says
			r.tell(p)
			bad = true
		}
	}
	return bad
}

// missing says for which kinds there is no sheet, and refuses files that have none at all.
func (r *formReader) missing() {
	var none []*form
	for _, form := range r.forms.list {
		if !slices.ContainsFunc(r.out.Sheets, func(s FormSheet) bool { return s.form == form }) {
			none = append(none, form)
		}
	}
	switch {
	case len(none) == 0 || len(r.forms.list) == 1 && (r.unread || len(r.out.Problems) > 0):
	case len(r.out.Sheets) > 0:
		p := r.problem("", sheetsMissing, Doubt)
		p.words = spokenList(none)
		r.tell(p)
	case !Failed(r.out.Problems):
		p := r.problem("", noFormSheets, Error)
		p.words = &r.forms.says
		r.tell(p)
	}
}

// spokenList are the names of forms in each language.
func spokenList(list []*form) *Spoken {
	all := Spoken{}
	for _, f := range list {
		for l, name := range f.Says {
			if all[l] != "" {
				all[l] += ", "
			}
			all[l] += name
		}
	}
	return &all
}
