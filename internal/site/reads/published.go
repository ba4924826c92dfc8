package reads

import (
	"context"

	"fener/internal/record"
	"fener/internal/standard"
	"fener/internal/view"
)

// Published are the things of a view that files of other standards are made of (package standard).
func Published(ctx context.Context, v *view.View) standard.Things {
	return func(yield func(standard.Published, error) bool) {
		for _, kind := range standard.Kinds() {
			list, err := view.All[record.Body](ctx, v, kind)
			if err != nil {
				yield(standard.Published{}, err)
				return
			}
			for _, t := range list {
				if !yield(standard.Published{Thing: record.Thing{Kind: t.Kind, ID: t.ID}, At: t.At, Body: t.Body}, nil) {
					return
				}
			}
		}
	}
}
