package batch_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/story"
	"fener/period"
)

const storyTop = "---\nstory: one\nauthor: SYNTHETIC author\ndate: 2026-01-02\n---\n--- en\n# SYNTHETIC story\n"

// stories imports stories as the command does; how something stands is its name here.
func stories(files ...string) taking {
	return func(ctx context.Context, l ledger.Ledger, _ string, _ io.Reader, opt batch.Options) (batch.Summary, error) {
		var list []batch.StoryFile
		for i, text := range files {
			list = append(list, batch.StoryFile{Name: "stories/" + string(rune('a'+i)) + ".md", From: strings.NewReader(text)})
		}
		return batch.Stories(ctx, l, list, &batch.Standing{Day: period.MustDate("2026-01-01"), Of: func(r *story.Reference, _ *record.Placed) (string, error) { return "was " + r.Named(), nil }}, opt)
	}
}

// told is the story that stands.
func (im *importer) told(name string) (record.Story, int) {
	im.Helper()
	thing, err := batch.Named(context.Background(), im.led, record.Thing{Kind: record.StoryKind, ID: name})
	if err != nil {
		im.Fatal(err)
	}
	history, err := im.led.History(context.Background(), thing.Kind, thing.ID)
	if err != nil {
		im.Fatal(err)
	}
	var s record.Story
	if err := record.Decode(history[len(history)-1].Body, &s); err != nil {
		im.Fatal(err)
	}
	return s, len(history)
}

func TestAStoryIsTakenInWithWhatItPlaces(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	text := storyTop + "Of {{value judgments}} and {{value judgments year=2017}}.\n\n{{claim talk 1}}\n\n{{quote police \"seven were suspended\"}}\n\n" +
		"{{chart reported/traffickers_suspended}}\n\n{{said traffickers_suspended 2017}}\n\n{{figure persons_convicted by=year}}\n\n{{claim talk 1}}\n"
	if _, err := im.take(stories(text), "", published); err != nil {
		t.Fatalf("%v\n%s", err, im.said())
	}
	s, _ := im.told("one")
	var names []string
	for _, p := range s.Placed {
		if p.Was != "was "+p.Named {
			t.Errorf("%s stood as %q", p.Named, p.Was)
		}
		name := p.Named
		for of, id := range map[string]string{"source": p.Source, "claim": p.Claim, "case": p.Case} {
			if id != "" {
				name += " (" + of + ")"
			}
		}
		names = append(names, name)
	}
	want := "value judgments; value judgments year=2017; claim talk 1 (claim); quote police (source); chart reported/traffickers_suspended; said traffickers_suspended 2017; figure persons_convicted by=year"
	if got := strings.Join(names, "; "); got != want {
		t.Errorf("it places\n%s\nwant\n%s", got, want)
	}
	if s.AsOf.String() != "2026-01-01" {
		t.Errorf("it stood so on %s", s.AsOf)
	}
}

func TestAStoryThatNamesWhatIsNotThereIsRefusedAtItsLine(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	for _, row := range []struct {
		name, text string
		line       int
		code       batch.Code
	}{
		{"a claim beyond the last", "{{claim talk 3}}", 8, batch.RefusedUnknown},
		{"an article", "{{claim nobody 1}}", 8, batch.RefusedUnknown},
		{"a source", "text\n\n{{quote nobody \"words\"}}", 10, batch.RefusedUnknown},
		{"an indicator", "{{chart reported/nothing_counted}}", 8, batch.RefusedUnknown},
		{"an indicator of a year", "{{said nothing_counted 2017}}", 8, batch.RefusedUnknown},
		{"a figure", "Of {{value nothing_counted}}.", 8, batch.RefusedFault},
		{"a field of another", "{{figure judgments by=colour}}", 8, batch.RefusedFault},
		{"a year that is none", "Of {{value judgments year=soon}}.", 8, batch.RefusedFault},
		{"a court", "Of {{value judgments court=nowhere}}.", 8, batch.RefusedUnknown},
		{"a case", "{{case p-9-2099-nowhere}}", 8, batch.RefusedUnknown},
		{"a script", "<script>alert(1)</script>", 8, batch.Code(story.HasHTML)},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := im.take(stories(storyTop+row.text+"\n"), "", published)
			if refused := new(batch.RefusedError); !errors.As(err, &refused) {
				t.Fatalf("%v\n%s", err, im.said())
			}
			for _, r := range im.items[0].Refused {
				if r.Code == row.code && r.Line == row.line {
					im.said() // in words, too
					return
				}
			}
			t.Errorf("%s, want %s at line %d", im.said(), row.code, row.line)
		})
	}
}

func TestOneOfSeveralStoriesIsRefusedWithItsFile(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	other := strings.Replace(storyTop, "story: one", "story: other", 1)
	_, err := im.take(stories(storyTop+"fine\n", other+"<b>\n"), "", published)
	if refused := new(batch.RefusedError); !errors.As(err, &refused) {
		t.Fatal(err)
	}
	if got := im.said(); !strings.HasPrefix(got, "new story one\nrefused story other | story_html b.md ") {
		t.Errorf("got %s", got)
	}
	if _, err := batch.Named(t.Context(), im.led, record.Thing{Kind: record.StoryKind, ID: "one"}); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("one of them was taken: %v", err)
	}
}

func TestAPreviewOfAStoryChangesNothing(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	before, err := im.led.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sum, err := im.take(stories(storyTop+"text\n"), "", published, func(o *batch.Options) { o.DryRun = true })
	if err != nil || sum.Classes[batch.New] != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	if after, _ := im.led.Head(t.Context()); after != before {
		t.Error("the ledger grew")
	}
}

func TestHowThingsStoodStaysWhileTheDateDoes(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	take := func(text, was string) {
		t.Helper()
		_, err := im.take(func(ctx context.Context, l ledger.Ledger, _ string, _ io.Reader, opt batch.Options) (batch.Summary, error) {
			return batch.Stories(ctx, l, []batch.StoryFile{{Name: "a.md", From: strings.NewReader(text)}},
				&batch.Standing{Of: func(*story.Reference, *record.Placed) (string, error) { return was, nil }}, opt)
		}, "", published)
		if err != nil {
			t.Fatalf("%v\n%s", err, im.said())
		}
	}
	text := storyTop + "Of {{value judgments}}.\n"
	for _, row := range []struct {
		name, text, stands string
		revisions          int
	}{
		{"new", text, "1", 1},
		{"the same file again", text, "1", 1},
		{"a word mended", strings.Replace(text, "Of", "Out of", 1), "1", 2},
		{"written anew", strings.Replace(text, "2026-01-02", "2026-02-03", 1), "4", 3},
		{"something else placed", strings.Replace(text, "judgments}}", "persons_judged}}", 1), "5", 4},
	} {
		// Each time the record stands otherwise.
		take(row.text, map[string]string{"new": "1", "the same file again": "2", "a word mended": "3", "written anew": "4", "something else placed": "5"}[row.name])
		if s, revisions := im.told("one"); s.Placed[0].Was != row.stands || revisions != row.revisions {
			t.Errorf("%s: stood as %s in revision %d, want %s in %d", row.name, s.Placed[0].Was, revisions, row.stands, row.revisions)
		}
	}
}

func TestAStoryIsTakenBack(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	sum, err := im.take(stories(storyTop+"{{claim talk 1}}\n"), "", published)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := batch.Undo(t.Context(), im.led, sum.Batch, batch.UndoOptions{By: "tester", Why: "test", Now: noon}); err != nil {
		t.Fatal(err)
	}
	thing, err := batch.Named(t.Context(), im.led, record.Thing{Kind: record.StoryKind, ID: "one"})
	if err != nil {
		t.Fatal(err)
	}
	history, err := im.led.History(t.Context(), thing.Kind, thing.ID)
	if err != nil {
		t.Fatal(err)
	}
	if last := history[len(history)-1]; last.State != record.Withdrawn {
		t.Errorf("it is %s", last.State)
	}
}

func TestAStoryMayNotRestOnADraft(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	if _, err := im.take(batch.Sources, "id,title\nhidden,SYNTHETIC hidden\n"); err != nil {
		t.Fatal(err)
	}
	_, err := im.take(stories(storyTop+"{{quote hidden \"words\"}}\n"), "", published)
	if refused := new(batch.RefusedError); !errors.As(err, &refused) || !strings.Contains(im.said(), string(batch.RefusedCitation)) {
		t.Errorf("%v\n%s", err, im.said())
	}
}

func TestAStoryThatSeemsToNameSomebodyNeedsEyes(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	_, err := im.take(stories(storyTop+"Her number is +383 44 123 456.\n"), "", func(o *batch.Options) { o.State = record.Published })
	if refused := new(batch.RefusedError); !errors.As(err, &refused) || !strings.Contains(im.said(), string(batch.RefusedCare)) {
		t.Errorf("%v\n%s", err, im.said())
	}
}
