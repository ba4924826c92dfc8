package page

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fener/locale"
	"fener/period"
)

// The parameters by which every page from the record is asked for as it stood: at the end of a day, or when so many entries were public.
const (
	asOfParam  = "as-of"
	entryParam = "entry"
)

// moment is when a reader wants to see a page as it stood. The zero moment is now.
type moment struct {
	day   period.Date // at whose end, in universal time
	entry int64       // or after which public entry
}

// momentOf reads the moment that an address asks for; empty parameters, as of a form that nobody filled in, ask for none.
func momentOf(u *url.URL) (m moment, asked bool, wrong string) {
	if !strings.Contains(u.RawQuery, asOfParam+"=") && !strings.Contains(u.RawQuery, entryParam+"=") {
		return m, false, ""
	}
	given, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return m, false, "" // the page itself says so
	}
	day, entry := given.Get(asOfParam), given.Get(entryParam)
	if day != "" && entry != "" {
		return m, true, entryParam
	}
	if day != "" {
		d, err := period.ParseDate(day)
		if err != nil || d.IsZero() {
			return m, true, asOfParam
		}
		m.day = d.Last()
	}
	if entry != "" {
		if m.entry, err = strconv.ParseInt(entry, 10, 64); err != nil || m.entry < 0 {
			return m, true, entryParam
		}
	}
	return m, day != "" || entry != "", ""
}

// query is the moment as a part of an address.
func (m *moment) query() string {
	if m.day.IsZero() {
		return entryParam + "=" + strconv.FormatInt(m.entry, 10)
	}
	return asOfParam + "=" + m.day.String()
}

// on is an address at the moment, with its query and fragment left as they are.
func (m *moment) on(address string) string {
	before, fragment, cut := strings.Cut(address, "#")
	if cut {
		fragment = "#" + fragment
	}
	switch {
	case strings.HasSuffix(before, "?"): // a list with nothing chosen
		return before + m.query() + fragment
	case strings.Contains(before, "?"):
		return before + "&" + m.query() + fragment
	}
	return before + "?" + m.query() + fragment
}

// named is the name of a file, with the moment before its ending.
func (m *moment) named(name string) string {
	ending := path.Ext(name)
	return strings.TrimSuffix(name, ending) + "-" + strings.ReplaceAll(m.query(), "=", "-") + ending
}

// Kept is an address of the site, at the moment at which this page shows the record: as it is where that is now.
func (r *Request) Kept(address string) string {
	if r.moment == nil {
		return address
	}
	return r.moment.on(address)
}

// AtPosition is the address of a page as it stood when the record had as many public entries as this page shows.
func (r *Request) AtPosition(address string) string {
	return (&moment{entry: r.Position}).on(address)
}

// OnDay is the address of a page as it stood at the end of a day.
func (r *Request) OnDay(address string, day period.Date) string {
	return (&moment{day: day.Last()}).on(address)
}

// servePast serves a page as it stood. What was there is shown as far as today's record shows it; the addresses of help are always of today.
func (s *Site) servePast(w http.ResponseWriter, r *http.Request, l locale.Lang, p Page, m moment, wrong string) {
	w.Header().Set("X-Robots-Tag", "noindex")
	if wrong != "" {
		s.ServeError(w, r, l, &Error{Kind: BadRequest, Field: wrong, Detail: s.messages.T(l, "moment.wrong")})
		return
	}
	position, err := s.positionOf(r.Context(), l, m)
	if err != nil {
		s.ServeError(w, r, l, err)
		return
	}
	if position == s.config.View.Position() {
		s.serve(w, r, l, p, nil)
		return
	}
	past, err := s.pasts.take(r, position)
	if err != nil {
		s.ServeError(w, r, l, err)
		return
	}
	defer s.pasts.leave(past)
	past.site.serve(w, r, l, p, &m)
}

// positionOf is how many public entries there were at a moment.
func (s *Site) positionOf(ctx context.Context, l locale.Lang, m moment) (int64, error) {
	v := s.config.View
	last := v.Position()
	if m.day.IsZero() {
		if m.entry > last {
			return 0, &Error{Kind: BadRequest, Field: entryParam, Detail: s.messages.T(l, "moment.beyond", "n", locale.Integer(l, last))}
		}
	} else if year, month, day := m.day.Parts(); last > 0 {
		var err error
		if m.entry, err = s.pasts.days.position(ctx, v, last, time.Date(year, time.Month(month), day+1, 0, 0, 0, 0, time.UTC)); err != nil {
			return 0, fmt.Errorf("finding where the record stood on %s: %w", m.day, err)
		}
	}
	if m.entry > 0 {
		return m.entry, nil
	}
	e := &Error{Kind: NotYet, Field: asOfParam}
	if last > 0 {
		first, err := v.PublishedAt(ctx, 1)
		if err != nil {
			return 0, err
		}
		e.Detail = OneStop(s.messages.T(l, "moment.begins", "date", locale.DateAfter(l, Day(first))))
	}
	return 0, e
}

// Moment is the part of a page that says, or asks, at which moment it shows the record.
type Moment struct {
	Action string // of the form: the page without its query
	Hidden []Hidden
	Day    string // that stands in the form
	Says   string // of a page of the past; empty on one of today
	Care   string // what it may lack, and what is of today
	Now    string // address of the page of today
	Here   string // its own, with the host
}

// Hidden is a parameter that a form takes along.
type Hidden struct{ Name, Value string }

// IsPast tells whether the page shows the record as it stood.
func (b *Base) IsPast() bool { return b.Moment != nil && b.Moment.Says != "" }

// newMoment is the part of this page.
func (r *Request) newMoment() *Moment {
	p := &Moment{Action: r.URL(EscapePath(r.path))}
	for _, name := range slices.Sorted(maps.Keys(r.Query)) {
		if name != "page" && !strings.ContainsFunc(r.Query.Get(name), unicode.IsControl) { // a list had other pages then
			p.Hidden = append(p.Hidden, Hidden{name, r.Query.Get(name)})
		}
	}
	m := r.moment
	if m == nil {
		return p
	}
	p.Now = p.Action
	if len(r.Query) > 0 {
		p.Now += "?" + r.Query.Encode()
	}
	p.Here = r.Absolute(m.on(p.Now))
	p.Says, p.Care = r.asItStood(), r.T("moment.care")
	if !m.day.IsZero() {
		p.Day = m.day.String()
	}
	return p
}

// asItStood says of which moment the page is.
func (r *Request) asItStood() string {
	if r.moment.day.IsZero() {
		return OneStop(r.T("moment.entry", "n", strconv.FormatInt(r.Position, 10)))
	}
	return OneStop(r.T("moment.day", "date", locale.DateAfter(r.Lang, r.moment.day), "n", strconv.FormatInt(r.Position, 10)))
}

var (
	links = regexp.MustCompile(`(<(?:a|link)\b[^>]*?\bhref=")(/(?:sq|sr|sr-Latn|en)/[^"]*|\?[^"]*)("[^>]*>)`)
	forms = regexp.MustCompile(`<form\b[^>]*\bmethod="get"[^>]*>`)
)

// stay lets the links and forms of a page of the past lead to pages of that past, but for those that say that they lead to today's (class="now") and those
// of help. What html/template writes has no > in its attributes.
func (m *moment) stay(s *Site, body []byte) []byte {
	body = links.ReplaceAllFunc(body, func(link []byte) []byte {
		part := links.FindSubmatch(link)
		to := html.UnescapeString(string(part[2]))
		if bytes.Contains(link, []byte(`class="now"`)) || strings.Contains(to, asOfParam+"=") || strings.Contains(to, entryParam+"=") || s.isOfToday(to) {
			return link
		}
		at := strings.ReplaceAll(template.HTMLEscapeString(m.on(to)), "+", "&#43;") // as the templates write it
		return bytes.Join([][]byte{part[1], []byte(at), part[3]}, nil)
	})
	name, value, _ := strings.Cut(m.query(), "=")
	return forms.ReplaceAllFunc(body, func(form []byte) []byte {
		if bytes.Contains(form, []byte(`class="moment`)) {
			return form
		}
		return append(bytes.Clone(form), `<input type="hidden" name="`+name+`" value="`+value+`">`...)
	})
}

// isOfToday tells whether an address is of a page that is always of today.
func (s *Site) isOfToday(address string) bool {
	at, _, _ := strings.Cut(strings.TrimPrefix(address, "/"), "?")
	at, _, _ = strings.Cut(at, "#")
	l, below, _ := strings.Cut(at, "/")
	_, ok := s.ready.pages[pageIn{below, locale.Lang(l)}]
	return ok
}
