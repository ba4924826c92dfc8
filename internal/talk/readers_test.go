package talk

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/needs"
)

// told is what a program of others reads of an event in a calendar.
type told struct {
	UID        string   `json:"uid"`
	Starts     string   `json:"starts"` // universal time, or a day
	Ends       string   `json:"ends"`
	Status     string   `json:"status"`
	Sequence   int      `json:"sequence"`
	Summary    string   `json:"summary"`
	About      string   `json:"about"`
	Where      string   `json:"where"`
	Categories []string `json:"categories"`
}

// elsewhere is the calendar with zones that no program knows by name, so that it has to go by what the calendar says of them.
func elsewhere(calendar []byte) []byte {
	return []byte(strings.NewReplacer("Europe/Belgrade", "Zone/One", "Asia/Kolkata", "Zone/Two").Replace(string(calendar)))
}

const inPython = `
import json, sys, datetime, icalendar
cal = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
out = []
def moment(event, name):
    if name not in event:
        return ''
    at = event.decoded(name)
    if isinstance(at, datetime.datetime):
        return at.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
    return at.isoformat()
for e in cal.walk('VEVENT'):
    assert not e.errors, e.errors
    cats = e.get('CATEGORIES', [])
    cats = [cats] if not isinstance(cats, list) else cats
    out.append({'uid': str(e['UID']), 'starts': moment(e, 'DTSTART'), 'ends': moment(e, 'DTEND'), 'status': str(e['STATUS']), 'sequence': int(e['SEQUENCE']),
        'summary': str(e['SUMMARY']), 'about': str(e.get('DESCRIPTION', '')), 'where': str(e.get('LOCATION', '')), 'categories': [str(c) for v in cats for c in v.cats]})
assert not cal.errors, cal.errors
print(json.dumps(out))
`

const inNode = `
const fs = require('fs'), path = require('path');
(async () => {
const ICAL = (await import(require('url').pathToFileURL(path.join(process.argv[2], 'ical.js', 'dist', 'ical.js')).href)).default;
const cal = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[3], 'utf8')));
for (const zone of cal.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
const moment = (e, name) => {
  const p = e.component.getFirstProperty(name);
  if (!p) return '';
  const at = p.getFirstValue();
  return at.isDate ? at.toString() : new Date(at.toUnixTime() * 1000).toISOString().replace('.000', '');
};
console.log(JSON.stringify(cal.getAllSubcomponents('vevent').map(c => {
  const e = new ICAL.Event(c);
  return {uid: e.uid, starts: moment(e, 'dtstart'), ends: moment(e, 'dtend'), status: c.getFirstPropertyValue('status'), sequence: e.sequence, summary: e.summary, about: e.description || '',
    where: e.location || '', categories: c.getAllProperties('categories').flatMap(p => p.getValues())};
})));
})().catch(e => { console.error(e); process.exit(1); });
`

// readIn lets a program read a calendar.
func readIn(t *testing.T, calendar []byte, program string, args ...string) (list []told) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "talks.ics")
	if err := os.WriteFile(file, calendar, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, append(args, file)...)
	var wrong strings.Builder
	command.Stderr = &wrong
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s could not read the calendar: %v\n%s\n%s", program, err, wrong.String(), calendar)
	}
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatalf("what was read: %v\n%s", err, out)
	}
	return list
}

// readers are the programs that calendars are read with here, beside the library that writes them.
func readers(t *testing.T) map[string]func([]byte) []told {
	return map[string]func([]byte) []told{
		"icalendar": func(calendar []byte) []told {
			return readIn(t, calendar, needs.Python(t, "icalendar"), "-c", inPython)
		},
		"ical.js": func(calendar []byte) []told {
			modules, err := filepath.Abs("../../node_modules")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(modules, "ical.js")); err != nil {
				needs.Lacking(t, "ical.js is not installed; bash scripts/test.sh installs what the tests need")
			}
			script := filepath.Join(t.TempDir(), "read.cjs")
			if err := os.WriteFile(script, []byte(inNode), 0o600); err != nil {
				t.Fatal(err)
			}
			return readIn(t, calendar, needs.Tool(t, "node"), script, modules)
		},
	}
}

func TestCalendarsAreReadAlikeElsewhere(t *testing.T) {
	entries := make([]Entry, 0, len(courses))
	want := make([]told, 0, len(courses))
	for _, row := range courses {
		e := row.entry()
		if !e.Has() {
			continue
		}
		entries = append(entries, e)
		want = append(want, told{e.UID, row.starts, row.ends, row.status, e.Revision - 1, e.Summary, e.Description, e.Location, e.Categories})
	}
	calendar, err := Calendar(Feed{Lang: "sr-Cyrl", Name: "Разговори", URL: "https://fener.example/sr/talks"}, entries)
	if err != nil {
		t.Fatal(err)
	}
	for name, read := range readers(t) {
		t.Run(name, func(t *testing.T) {
			for zones, text := range map[string][]byte{"zones by name": calendar, "zones as the calendar has them": elsewhere(calendar)} {
				got := read(text)
				if len(got) != len(want) {
					t.Fatalf("%s: %d events were read, expected %d", zones, len(got), len(want))
				}
				for i := range got {
					same(t, zones+": "+courses[i].name, got[i], want[i])
				}
			}
		})
	}
}

// A calendar of many years holds each change of clock of its zone, and every moment between the first and the last is read back as Go has it.
func TestZonesOverManyYears(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Belgrade")
	if err != nil {
		t.Fatal(err)
	}
	var entries []Entry
	var want []string
	for year := 2015; year <= 2031; year += 2 {
		for month := time.January; month <= time.December; month++ {
			at := time.Date(year, month, 28, 1, 30, 0, 0, zone)
			e := entryOn(at.Format("2006-01-02"), at.Format("15:04"), "")
			e.UID = at.Format("20060102")
			entries, want = append(entries, e), append(want, at.UTC().Format("2006-01-02T15:04:05Z"))
		}
	}
	calendar, err := Calendar(Feed{Lang: "en"}, entries)
	if err != nil {
		t.Fatal(err)
	}
	for name, read := range readers(t) {
		t.Run(name, func(t *testing.T) {
			for i, got := range read(elsewhere(calendar)) {
				if got.Starts != want[i] {
					t.Errorf("%s begins at %s, expected %s", got.UID, got.Starts, want[i])
				}
			}
		})
	}
}
