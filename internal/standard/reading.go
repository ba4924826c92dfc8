package standard

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"fener/internal/record"
	"fener/period"
)

// A File is what a file of a standard brings.
type File struct {
	Source string // what the file says of itself, as batch.ParseSource reads it; may be empty
	Rows   []Row  // shelters first, then what names them
	Left   []Left // what of the file is not taken, and blocks nothing
}

// A Row is one thing of a file. Its body names shelters, calls and grants of the file by their Words.
type Row struct {
	Line   int // of the file
	Kind   record.Kind
	Words  string // that name it, from the file's own identifier
	Source string // of the row; empty: that of the file
	Record string // the id on record that its identifier would have, had this record written the file
	Names  []string
	Body   record.Body
	Wrong  []Left // why it cannot be taken
	Doubt  []Left // what a person should look at
}

// ownForm is the end of an identifier that a record wrote, see Options.id.
var ownForm = regexp.MustCompile(`-(?:shelter|call|grant|award|contract|payment)-([0-9a-z][0-9a-z-]*)$`)

func ownID(id string) string {
	if m := ownForm.FindStringSubmatch(id); m != nil {
		return m[1]
	}
	return ""
}

// A postcode of the United Kingdom, where most files of 360Giving come from.
var postcode = regexp.MustCompile(`(?i)\b[A-Z]{1,2}[0-9][A-Z0-9]?\s+[0-9][A-Z]{2}\b`)

// gatherer collects what a file brings.
type gatherer struct {
	file     File
	shelters map[string]*Row
	words    map[string]bool
	order    []*Row // shelters
	rest     []*Row
}

func newGatherer() *gatherer {
	return &gatherer{shelters: map[string]*Row{}, words: map[string]bool{}}
}

// add takes a row; one whose words stood there before is refused.
func (g *gatherer) add(r *Row) {
	if g.words[string(r.Kind)+" "+r.Words] {
		r.Wrong = append(r.Wrong, Left{Line: r.Line, Why: Repeated, Detail: short(r.Words)})
	}
	g.words[string(r.Kind)+" "+r.Words] = true
	g.rest = append(g.rest, r)
}

// recipient is the shelter of an organisation, by its words; a new row the first time.
func (g *gatherer) recipient(id, name string, also []string, source string, line int, t record.Telling, places []string) (words string, wrong []Left) {
	switch {
	case name == "":
		return "", []Left{{Line: line, Field: "name", Why: Missing}}
	case id == "":
		id = record.Slug(name) + "-" + record.ShortHash(foldName(name))
	}
	words = "organisation " + id
	r := g.shelters[words]
	named := func(n string) bool { return foldName(n) == foldName(name) }
	repeated := r != nil && !slices.ContainsFunc(r.Names, named)
	if repeated { // two names are not made one, whatever their identifier is
		words += " " + record.Slug(name)
		r = g.shelters[words]
	}
	if r == nil {
		s := &record.Shelter{Names: record.Names{EN: name}, Means: "one", Sort: "other", Telling: t}
		s.Citation.Place, s.Citation.Quote = short(id), name
		r = &Row{Line: line, Kind: record.ShelterKind, Words: words, Source: source, Record: ownID(id), Names: []string{name}, Body: s,
			Doubt: []Left{{Line: line, Why: NotShelter}}}
		if repeated {
			r.Record = ""
			r.Doubt = append(r.Doubt, Left{Line: line, Field: "id", Why: Repeated, Detail: short(id)})
		}
		g.shelters[words], g.order = r, append(g.order, r)
	}
	if tells(name, places) {
		r.Wrong = append(r.Wrong, Left{Line: line, Field: "name", Why: Place})
	}
	s := r.Body.(*record.Shelter)
	for _, other := range also {
		if other != "" && other != s.Names.EN && !slices.Contains(s.Aliases, other) && !tells(other, places) {
			s.Aliases, r.Names = append(s.Aliases, other), append(r.Names, other)
		}
	}
	return words, nil
}

// done is the file, with shelters first, then the others in an order in which each stands after what it names.
func (g *gatherer) done() *File {
	slices.SortStableFunc(g.rest, func(a, b *Row) int { return a.Kind.Order() - b.Kind.Order() })
	for _, r := range append(g.order, g.rest...) {
		g.file.Rows = append(g.file.Rows, *r)
	}
	return &g.file
}

// kept is a text of a file that may be kept as a quotation; empty, and said, where it tells where somebody is.
func (g *gatherer) kept(o *object, name string, text string, places []string) string {
	if text == "" {
		return ""
	}
	if tells(text, places) {
		g.leave(Left{Line: o.line, Field: o.at(name), Why: Place})
		return ""
	}
	if len(text) > record.MaxQuote {
		text = strings.ToValidUTF8(text[:record.MaxQuote], "")
	}
	return text
}

func (g *gatherer) leave(l ...Left) {
	if len(g.file.Left) < maxLeft {
		g.file.Left = append(g.file.Left, l...)
	}
}

// sumOf reads an amount in numbers, exactly. A number may have an exponent as JSON writes it, within reason.
func sumOf(o *object, name, currency string) *record.Amount {
	v := o.value(name)
	if v == nil {
		return nil
	}
	text, plain, ok := string(v), "", false
	switch v.Kind() {
	case '0':
		plain, ok = exactly(text)
	case '"': // as people write them; what can be read in two ways is not guessed at
		text = o.text(name)
		a, other, err := record.ParseAmount(text, "EUR")
		if ok = err == nil && other == "" && a.Kind == record.Exact && len(text) <= maxNumber; ok {
			plain = a.Low
		}
	}
	switch {
	case !ok:
		o.bad(name, BadAmount, short(text))
	case currency == "":
		o.bad("currency", Missing, "")
	case !slices.Contains(record.Currencies(), strings.ToUpper(currency)):
		o.bad("currency", BadCurrency, short(currency))
	default:
		return &record.Amount{Stated: record.Stated{Text: text, Kind: record.Exact, Low: plain}, Currency: strings.ToUpper(currency)}
	}
	return nil
}

var numberForm = regexp.MustCompile(`^[0-9]{1,24}(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,2})?$`)

// exactly is a number of a file as a decimal number; ok is false for one that is no sum of money, such as 1e999.
func exactly(text string) (plain string, ok bool) {
	if len(text) > maxNumber || !numberForm.MatchString(text) {
		return "", false
	}
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		if e := strings.TrimLeft(text[at+1:], "+-0"); len(e) > 1 {
			return "", false
		}
		r, fine := new(big.Rat).SetString(text)
		if !fine {
			return "", false
		}
		text = r.FloatString(12)
	}
	if strings.Contains(text, ".") {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return string(number(text)), true
}

// dateOf reads a date: a day, a month or a year, or the day of a time as it stands there.
func dateOf(o *object, name string) period.Date {
	text := o.text(name)
	if text == "" {
		return period.Date{}
	}
	day := text
	if len(text) > 10 && (text[10] == 'T' || text[10] == ' ') {
		if _, err := time.Parse(time.RFC3339, strings.Replace(text, " ", "T", 1)); err == nil || len(text) >= 16 && timeOfDay.MatchString(text[11:]) {
			day = text[:10]
		}
	}
	if m := slashed.FindStringSubmatch(day); m != nil && m[1] > "12" && m[2] <= "12" { // with both under thirteen, which is the month is not known
		day = m[3] + "-" + m[2] + "-" + m[1]
	}
	d, err := period.ParseDate(day)
	if err != nil {
		o.bad(name, BadDate, short(text))
		return period.Date{}
	}
	return d
}

// slashed is a date as older files have it, with or without a time.
var slashed = regexp.MustCompile(`^([0-3][0-9])/([0-1][0-9])/([0-9]{4})(?: [0-2][0-9]:[0-5][0-9])?$`)

var timeOfDay = regexp.MustCompile(`^[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?$`)

// sourceText is a source in one line, as imports read it.
func sourceText(title, publisher, published, address string) string {
	title = strings.Trim(strings.ReplaceAll(title, ". ", ", "), " .")
	if title == "" {
		title = publisher
	} else if publisher != "" {
		title += ". " + strings.Trim(strings.ReplaceAll(publisher, ". ", " "), " .")
	}
	if title != "" && len(published) >= 10 {
		title += ", " + published[:10]
	}
	if strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://") {
		title = strings.TrimSpace(strings.TrimSuffix(title, ".") + ". " + address)
	}
	return strings.Trim(strings.TrimPrefix(title, ". "), " ")
}

// lineAt is the line of a file in which the first value of a part begins.
func lineAt(b []byte, offset int64) int {
	line := 1
	for i := int64(0); i < offset && i < int64(len(b)); i++ {
		if b[i] == '\n' {
			line++
		}
	}
	return line
}

// eachOf reads the parts of a list in a document one by one, with the line in which each begins, and gives back the other fields.
func eachOf(b []byte, name string, each func(v jsontext.Value, line int)) (head *object, err error) {
	d := jsontext.NewDecoder(strings.NewReader(string(b)))
	var wrong []Left
	head = &object{fields: map[string]jsontext.Value{}, read: map[string]bool{}, line: 1, wrong: &wrong}
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return nil, unreadable(1, NotForm, "%s", name)
	}
	found, line, from := false, 1, int64(0)
	for d.PeekKind() != '}' {
		t, err := d.ReadToken()
		if err != nil {
			return nil, unreadable(lineAt(b, d.InputOffset()), NotJSON, "%s", short(err.Error()))
		}
		field := t.String()
		if field != name || d.PeekKind() != '[' {
			v, err := d.ReadValue()
			if err != nil {
				return nil, unreadable(lineAt(b, d.InputOffset()), NotJSON, "%s", short(err.Error()))
			}
			head.fields[field] = v.Clone()
			continue
		}
		found = true
		if _, err := d.ReadToken(); err != nil {
			return nil, err
		}
		for d.PeekKind() != ']' {
			v, err := d.ReadValue()
			if err != nil {
				return nil, unreadable(lineAt(b, d.InputOffset()), NotJSON, "%s", short(err.Error()))
			}
			begins := d.InputOffset() - int64(len(v))
			for ; from < begins; from++ {
				if b[from] == '\n' {
					line++
				}
			}
			each(v.Clone(), line)
		}
		if _, err := d.ReadToken(); err != nil {
			return nil, err
		}
	}
	if !found {
		return nil, unreadable(1, NotForm, "%s", name)
	}
	return head, nil
}
