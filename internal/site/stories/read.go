package stories

import (
	"cmp"
	"fmt"
	"slices"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/shown"
	"fener/internal/story"
	"fener/internal/view"
	"fener/locale"
)

// told is a story on record.
type told struct {
	view.Meta
	record.Story
	placed map[string]*record.Placed // by name
}

// read are all stories in public, the newest first.
func read(r *page.Request) ([]*told, error) { return readings.Of(r) }

var readings = page.NewOnce(func(r *page.Request) ([]*told, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	var list []*told
	for offset := 0; ; {
		things, total, err := v.Things(r.Context(), record.StoryKind, view.Page{Limit: view.MaxLimit, Offset: offset})
		if err != nil {
			return nil, fmt.Errorf("reading the stories: %w", err)
		}
		for i := range things {
			t := &told{Meta: things[i].Meta, placed: map[string]*record.Placed{}}
			if err := record.Decode(things[i].Body, &t.Story); err != nil {
				r.Log().Error("a story cannot be read and is left out; correct it by a new revision", "id", things[i].ID, "error", err)
				continue
			}
			for n := range t.Placed {
				t.placed[t.Placed[n].Named] = &t.Placed[n]
			}
			list = append(list, t)
		}
		if offset += len(things); offset >= total || len(things) == 0 {
			break
		}
	}
	slices.SortFunc(list, func(a, b *told) int { return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.Name, b.Name)) })
	return list, nil
})

// asked is the story that the address names.
func asked(r *page.Request) (*told, error) {
	list, err := read(r)
	if err != nil {
		return nil, err
	}
	name := r.PathValue("story")
	at := slices.IndexFunc(list, func(t *told) bool { return t.Name == name })
	if at >= 0 {
		return list[at], nil
	}
	if id := r.ID(record.StoryKind, name); id != "" {
		return nil, shown.Absent(r, record.StoryKind, id)
	}
	return nil, page.NotFoundf("no story %.80q", name)
}

// text is the story in the page's language, or in the language that it has.
func (t *told) text(l locale.Lang) (markdown string, in locale.Lang) {
	own := map[locale.Lang]string{locale.SQ: t.Written.SQ, locale.SR: t.Written.SR, locale.SRLatn: t.Written.SR, locale.EN: t.Written.EN}
	for _, try := range []locale.Lang{l, locale.EN, locale.SQ, locale.SRLatn} {
		if own[try] != "" {
			return own[try], try
		}
	}
	return "", l
}

// title is the story's title in the page's language, or in the language that it has.
func (t *told) title(l locale.Lang) page.Link {
	title, in := t.Names.In(l)
	return page.Link{Text: title, Lang: in}
}

// writer is for whom a story is rendered.
func writer(r *page.Request, in locale.Lang, phrase func(*story.Reference) story.Phrase) story.Reader {
	w := story.Reader{Base: r.URL(""), Phrase: phrase}
	if in == locale.SR {
		w.Write = locale.Cyrillic
	}
	return w
}
