package site

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/needs"
)

// eventIn is what a page tells search engines.
func eventIn(t *testing.T, html string) string {
	t.Helper()
	_, rest, _ := strings.Cut(html, `<script type="application/ld+json">`)
	event, _, found := strings.Cut(rest, "</script>")
	if !found || !json.Valid([]byte(event)) {
		t.Fatalf("no data for search engines in the page")
	}
	return event
}

// schemaOrg tells what TypeScript says of blocks of JSON, by the types that schema-dts makes of schema.org's words.
func schemaOrg(t *testing.T, kind string, blocks []string) (string, error) {
	t.Helper()
	modules, err := filepath.Abs("../../node_modules")
	if err != nil {
		t.Fatal(err)
	}
	compiler := filepath.Join(modules, "typescript", "bin", "tsc")
	for _, file := range []string{compiler, filepath.Join(modules, "schema-dts", "package.json")} {
		if _, err := os.Stat(file); err != nil {
			needs.Lacking(t, "schema-dts and typescript are not installed; bash scripts/test.sh installs what the tests need")
		}
	}
	dir := t.TempDir()
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("import type { " + kind + ", WithContext } from \"schema-dts\";\n")
	for i, block := range blocks {
		fmt.Fprintf(&b, "export const e%d: WithContext<%s> = %s;\n", i, kind, block)
	}
	if err := os.WriteFile(filepath.Join(dir, "blocks.ts"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(needs.Tool(t, "node"), compiler, "--noEmit", "--strict", "--module", "nodenext", "--moduleResolution", "nodenext", "blocks.ts")
	command.Dir = dir
	out, err := command.CombinedOutput()
	return string(out), err
}

// What search engines are told of a talk is what schema.org has for an event, as its types in TypeScript say.
func TestTalksAreEventsOfSchemaOrg(t *testing.T) {
	h := testHandler(t, nil)
	var events []string
	for _, path := range []string{"/en/talks/" + openTalk, "/sr/talks/" + heldTalk, "/sq/talks/" + putOffTalk, "/en/talks/" + movedTalk, "/en/talks/" + offTalk, "/en/talks/" + bareTalk, "/sq/talks/small-talk-2018"} {
		events = append(events, eventIn(t, body(t, get(t, h, path))))
	}
	if out, err := schemaOrg(t, "Event", events); err != nil {
		t.Errorf("%v\n%s\n%s", err, out, strings.Join(events, "\n"))
	}
	// The check itself must be one: a status and a field that schema.org does not know are refused.
	for _, wrong := range []string{strings.Replace(events[4], "EventCancelled", "EventCalledOff", 1), strings.Replace(events[0], `"startDate"`, `"beginsAt"`, 1)} {
		if out, err := schemaOrg(t, "Event", []string{wrong}); err == nil || !strings.Contains(out, "error TS") {
			t.Errorf("what is wrong passes: %v\n%s", err, out)
		}
	}
}

func TestWhatSearchEnginesAreToldOfATalk(t *testing.T) {
	h := testHandler(t, nil)
	for _, row := range []struct {
		name, path string
		want       map[string]any
	}{
		{"open", "/en/talks/" + openTalk, map[string]any{"eventStatus": "https://schema.org/EventScheduled", "startDate": "2031-03-30T18:00:00+02:00", "endDate": "2031-03-30T20:00:00+02:00",
			"eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode", "previousStartDate": nil}},
		{"put off: the day that was announced stays", "/en/talks/" + putOffTalk, map[string]any{"eventStatus": "https://schema.org/EventPostponed", "startDate": "2031-02-01T18:00:00+01:00"}},
		{"moved", "/en/talks/" + movedTalk, map[string]any{"eventStatus": "https://schema.org/EventRescheduled", "startDate": "2031-05-06T18:00:00+02:00", "previousStartDate": "2031-01-07T18:00:00+01:00"}},
		{"called off", "/en/talks/" + offTalk, map[string]any{"eventStatus": "https://schema.org/EventCancelled"}},
		{"what is not known is left out", "/en/talks/" + bareTalk, map[string]any{"location": nil, "performer": nil, "sponsor": nil, "endDate": nil, "eventAttendanceMode": nil}},
	} {
		var event map[string]any
		if err := json.Unmarshal([]byte(eventIn(t, body(t, get(t, h, row.path)))), &event); err != nil {
			t.Fatal(err)
		}
		for field, want := range row.want {
			if event[field] != want {
				t.Errorf("%s: %s is %v, expected %v", row.name, field, event[field], want)
			}
		}
	}
	// Who declined or did not answer performs nothing.
	var event struct {
		Performer []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(eventIn(t, body(t, get(t, h, "/en/talks/"+openTalk)))), &event); err != nil || len(event.Performer) != 1 || event.Performer[0].Name != "SYNTHETIC Guest One" {
		t.Errorf("%+v, %v", event, err)
	}
}
