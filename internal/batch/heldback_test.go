package batch_test

import (
	"strings"
	"testing"

	"fener/internal/batch"
	"fener/internal/record"
)

const victimsHeader = "id,indicator,place,from,to,value,unit,counted,counted_by,victims_sex,victims_age,victims_origin,source_id,quote\n"

// victims are figures of the year 2024 by the police, one for each place=value.
func victims(list ...string) string {
	text := victimsHeader
	for _, one := range list {
		place, value, _ := strings.Cut(one, "=")
		text += record.Slug(place) + ",victims_identified," + place + ",2024,,"
		text += value + ",persons,,Kosovo Police,,,,police,q\n"
	}
	return text
}

func TestWhatGivesAHeldBackFigureAwayIsNotPublished(t *testing.T) {
	im := newImporter(t)
	im.must(im.take(batch.Sources, sourcesTable, published))
	im.must(im.take(batch.Observations, victims("Kosovo=14", "Peja region=2"), published))
	if got := im.said(); got != "new observation kosovo\ndoubtful observation peja-region | held_back value 5" {
		t.Errorf("said\n%s", got)
	}
	const named = "victims_identified, Kosovo, 2024; victims_identified, Peja region, 2024"
	if _, err := im.take(batch.Observations, victims("Pristina region=12"), published); err == nil || im.said() != "refused observation pristina-region | gives_away value "+named {
		t.Errorf("%v, said\n%s", err, im.said())
	}
	if strings.Contains(im.said(), "2;") || strings.Contains(im.items[0].Refused[0].Text("en"), " 2 ") {
		t.Error("the reason names the value")
	}
	draft := im.must(im.take(batch.Observations, victims("Pristina region=12")))
	if got := im.said(); got != "doubtful observation pristina-region | would_give_away value "+named {
		t.Errorf("as a draft it says\n%s", got)
	}
	publish := func() error {
		im.items = nil
		_, err := batch.Publish(t.Context(), im.led, batch.PublishOptions{Batch: draft.Batch, By: "tester", Now: noon, Reviewed: true,
			Item: func(it *batch.Item) error { im.items = append(im.items, it); return nil }})
		return err
	}
	if err := publish(); err == nil || !strings.Contains(im.said(), "gives_away value "+named) {
		t.Errorf("publishing the draft: %v, said\n%s", err, im.said())
	}
	// The total is corrected. What was read once is still known.
	im.must(im.take(batch.Observations, victims("Kosovo=40"), published))
	if err := publish(); err == nil || !strings.Contains(im.said(), "gives_away value "+named) {
		t.Errorf("after the correction: %v, said\n%s", err, im.said())
	}
	again := im.must(im.take(batch.Observations, victims("Kosovo=40", "Peja region=2"), published))
	if again.Entries != 0 || !strings.HasPrefix(im.said(), "same observation kosovo\nsame observation peja-region") {
		t.Errorf("the file again appends %d, said\n%s", again.Entries, im.said())
	}
}

func TestAFileThatGivesItselfAwayIsNotTaken(t *testing.T) {
	im := newImporter(t)
	im.must(im.take(batch.Sources, sourcesTable, published))
	if _, err := im.take(batch.Observations, victims("Kosovo=14", "Pristina region=12"), published); err == nil || !strings.Contains(im.said(), "gives_away value victims_identified, Kosovo, 2024") {
		t.Errorf("%v, said\n%s", err, im.said())
	}
	girl := victimsHeader + "g,victims_identified,Peja municipality,2024-05,,1,persons,,Kosovo Police,female,14,Roma,police,q\n"
	im.must(im.take(batch.Observations, girl, published))
	if got := im.said(); got != "doubtful observation g | held_back value 5" {
		t.Errorf("said\n%s", got)
	}
}

func TestAClaimOfAHeldBackFigureIsNotPublished(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	im.must(im.take(batch.Observations, victims("Kosovo=14", "Peja region=2"), published))
	claim := func(place, value string) string {
		return "- id: other\n  title: SYNTHETIC other\n  source: own\n  claims:\n    - statement: {en: so many}\n" +
			"      comparison: {indicator: victims_identified, place: " + place + ", from: 2024, operator: equals, value: " + value + "}\n"
	}
	for _, c := range []struct{ place, value, want string }{
		{"Peja region", "2", "claims_held comparison 5"},
		{"Pristina region", "12", "gives_away comparison victims_identified, Kosovo, 2024; victims_identified, Peja region, 2024"},
		{"Pristina region", "6", ""},
	} {
		_, err := im.take(batch.Claims, claim(c.place, c.value), published, func(o *batch.Options) { o.DryRun = true })
		if c.want == "" && (err != nil || strings.Contains(im.said(), "refused")) || !strings.Contains(im.said(), c.want) {
			t.Errorf("%s %s: %v, said\n%s", c.place, c.value, err, im.said())
		}
		if _, err := im.take(batch.Claims, claim(c.place, c.value), func(o *batch.Options) { o.DryRun = true }); err != nil || strings.Contains(im.said(), "refused") {
			t.Errorf("%s %s as a draft: %v, said\n%s", c.place, c.value, err, im.said())
		}
	}
}

func TestTheQuotationOfAHeldBackFigureIsNotRepeated(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	const quote = "the police found somebody in the town of Peja"
	held := victimsHeader + "g,victims_identified,Peja,2024-05,,1,persons,,Kosovo Police,,,,police," + quote + "\n"
	other := figureHeader + "o9,traffickers_suspended,Kosovo,2015,,9,persons,press,In May " + quote + " and nine were suspended,,\n"
	note := "id,title,note\nx,SYNTHETIC,It says: " + quote + "\n"
	dry := func(o *batch.Options) { o.State, o.DryRun, o.Reviewed = record.Published, true, true }
	im.must(im.take(batch.Observations, held, published))
	for do, text := range map[*taking]string{new(taking(batch.Observations)): other, new(taking(batch.Sources)): note} {
		if _, err := im.take(*do, text, dry); err != nil || !strings.Contains(im.said(), "refused") || !strings.Contains(im.said(), "gives_away quote observation ") {
			t.Errorf("%v, said\n%s", err, im.said())
		}
	}
	again := newImporter(t)
	again.evidence()
	again.must(again.take(batch.Observations, other, published))
	if _, err := again.take(batch.Observations, held, dry); err != nil || !strings.Contains(again.said(), "gives_away quote observation ") {
		t.Errorf("%v, said\n%s", err, again.said())
	}
	again.must(again.take(batch.Observations, held))
	if !strings.Contains(again.said(), "would_give_away quote observation ") {
		t.Errorf("as a draft it says\n%s", again.said())
	}
}

// Descriptions are doubts wherever somebody writes, in an import as well as when a
// draft is published.
func TestDescriptionsAreLookedAtBeforePublication(t *testing.T) {
	im := newImporter(t)
	im.evidence()
	for _, c := range []struct {
		name string
		do   taking
		text string
		want string
	}{
		{"an observation's quotation", batch.Observations, figureHeader + "o9,traffickers_suspended,Kosovo,2015,,9,persons,police,[L.D.] and his son,,\n", "care_description quote L.D.] and his son"},
		{"a source's title", batch.Sources, "id,title\nx,SYNTHETIC: the mayor's daughter\n", "care_description title mayor's daughter"},
		{"a source's note", batch.Sources, "id,title,note\nx,SYNTHETIC,njegov sin\n", "care_description note njegov sin"},
		{"a claim's quotation", batch.Claims, strings.NewReplacer("talk", "other", "{en: seven}", "{en: seven}\n      quote: pronar i motelit X").Replace(someClaims), "care_description quote pronar i motelit"},
		{"a claim's statement", batch.Claims, strings.NewReplacer("talk", "other", "{en: seven}", "{sr: visoki funkcioner}").Replace(someClaims), "care_description statement visoki funkcioner"},
		{"an article's title", batch.Claims, strings.NewReplacer("talk", "other", "SYNTHETIC other", "SYNTHETIC two girls").Replace(strings.Replace(someClaims, "title: SYNTHETIC talk", "title: SYNTHETIC two girls", 1)), "care_group title two girls"},
		{"a reply", batch.Replies, strings.Replace(oneReply, "SYNTHETIC no", "SYNTHETIC djali i tij", 1), "care_description text djali i tij"},
	} {
		t.Run(c.name, func(t *testing.T) {
			im.TB = t
			if _, err := im.take(c.do, c.text, func(o *batch.Options) { o.DryRun = true }); err != nil || !strings.Contains(im.said(), c.want) || strings.Contains(im.said(), "needs_review") {
				t.Errorf("as a draft: %v, said\n%s", err, im.said())
			}
			unlooked := func(o *batch.Options) { o.State, o.DryRun, o.Reviewed = record.Published, true, false }
			if _, _ = im.take(c.do, c.text, unlooked); !strings.Contains(im.said(), "needs_review") {
				t.Errorf("published by nobody who looked, said\n%s", im.said())
			}
			looked := func(o *batch.Options) { o.State, o.DryRun, o.Reviewed = record.Published, true, true }
			if _, err := im.take(c.do, c.text, looked); err != nil || strings.Contains(im.said(), "needs_review") {
				t.Errorf("published by somebody who looked: %v, said\n%s", err, im.said())
			}
		})
	}
	im.TB = t
	draft := im.must(im.take(batch.Observations, figureHeader+"o9,traffickers_suspended,Kosovo,2015,,9,persons,police,[L.D.] and his son,,\n"))
	opt := batch.PublishOptions{Batch: draft.Batch, By: "tester", Now: noon}
	if _, err := batch.Publish(t.Context(), im.led, opt); err == nil {
		t.Error("a draft with a description is published by nobody who looked")
	}
	opt.Reviewed = true
	if _, err := batch.Publish(t.Context(), im.led, opt); err != nil {
		t.Error(err)
	}
}
