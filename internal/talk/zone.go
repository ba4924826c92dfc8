package talk

import (
	"fmt"
	"slices"
	"time"

	ics "github.com/arran4/golang-ical"
)

// addZones writes each zone that entries stand in, over the years of those entries. A calendar must hold something: an empty one holds universal time.
func addZones(cal *ics.Calendar, entries []Entry) error {
	years := map[string][2]int{}
	for i := range entries {
		begins, ends := entries[i].Course.Shown().At()
		if begins.IsZero() {
			continue
		}
		zone, first, last := entries[i].Course.Shown().Zone, begins.Year(), max(begins.Year(), ends.Year())
		if known, ok := years[zone]; ok {
			first, last = min(first, known[0]), max(last, known[1])
		}
		years[zone] = [2]int{first, last}
	}
	if len(entries) == 0 {
		years["Etc/UTC"] = [2]int{1970, 1970}
	}
	names := make([]string, 0, len(years))
	for name := range years {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := addZone(cal, name, years[name][0], years[name][1]); err != nil {
			return err
		}
	}
	return nil
}

// observance is an offset from universal time that a zone keeps from a moment on, which stands on the clock that was kept before. Each is written by itself:
// not every program reads those of which one begins several times (RDATE) from the first on.
type observance struct {
	name     string
	daylight bool
	from, to int // seconds
	began    string
}

func addZone(cal *ics.Calendar, name string, first, last int) error {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return fmt.Errorf("the zone %q of a talk: %w", name, err)
	}
	tz := ics.NewTimezone(name)
	for _, o := range observances(zone, first, last) {
		var part *ics.ComponentBase
		if o.daylight {
			d := &ics.Daylight{}
			tz.Components, part = append(tz.Components, d), &d.ComponentBase
		} else {
			part = &tz.AddStandard().ComponentBase
		}
		part.SetProperty(ics.ComponentPropertyDtStart, o.began)
		part.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), offset(o.from))
		part.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), offset(o.to))
		part.SetProperty(ics.ComponentProperty(ics.PropertyTzname), o.name)
	}
	cal.AddVTimezone(tz)
	return nil
}

// observances are what a zone keeps from the beginning of the first year to the end of the last, by its transitions in the tz database: the one that was in
// force when the first year began, and each that came after it.
func observances(zone *time.Location, first, last int) (list []observance) {
	limit := time.Date(last+1, 1, 1, 0, 0, 0, 0, zone)
	for at := time.Date(first, 1, 1, 0, 0, 0, 0, zone); ; {
		start, end := at.ZoneBounds()
		o := observance{daylight: at.IsDST()}
		o.name, o.to = at.Zone()
		if start.IsZero() { // as far back as is known, and longer
			o.from, o.began = o.to, "19700101T000000"
		} else {
			_, o.from = start.Add(-time.Second).Zone()
			o.began = start.In(time.FixedZone("", o.from)).Format(onClock)
		}
		list = append(list, o)
		if end.IsZero() || !end.Before(limit) {
			return list
		}
		at = end
	}
}

// offset writes seconds east of Greenwich as calendars do: +0100.
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}
