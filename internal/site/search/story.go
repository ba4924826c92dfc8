package search

import (
	"fener/internal/record"
	"fener/internal/story"
	"fener/internal/view"
)

// storyTexts are a story's words in each language, without what is placed in it.
func (f *finder) storyTexts(h view.Hit, one *foundThing) ([]string, error) {
	t, err := f.Public().Thing(f.Context(), h.Kind, h.ID)
	if err != nil {
		return nil, err
	}
	var s record.Story
	if err := record.Decode(t.Body, &s); err != nil {
		return nil, err
	}
	one.Says = joined(", ", s.Author, f.Dated(s.Date))
	var texts []string
	for _, text := range []string{s.Written.EN, s.Written.SQ, s.Written.SR} {
		texts = append(texts, story.Parse(text).Plain())
	}
	return texts, nil
}
