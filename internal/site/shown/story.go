package shown

import (
	"net/url"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

// StoryPath is the address of a story below the language. Its name stands in it.
func StoryPath(name string) string { return "stories/" + url.PathEscape(name) }

func nameStory(r *page.Request, _ *evidence.Set, id, title string) (page.Link, error) {
	link := page.Link{Text: title}
	t, err := r.Public().Thing(r.Context(), record.StoryKind, id)
	if err != nil {
		return link, absent(err)
	}
	var s record.Story
	if t.Gone != view.Standing || record.Decode(t.Body, &s) != nil { // what cannot be read is left out of the pages, too
		return link, nil
	}
	link.Text, link.Lang = s.Names.In(r.Lang)
	link.Href = r.URL(StoryPath(s.Name))
	return link, nil
}
