package batch

import (
	"context"
	"fmt"

	"fener/internal/archive"
	"fener/internal/record"
)

// maxTexts is how many archived texts are kept for the quotations to come. Rows
// of one source stand together.
const maxTexts = 8

// quotes looks for a quotation in the archived copy of its source, where there
// is one that can be searched. What looks is refused where the quotation does
// not occur; doubtful makes that a doubt, and so does a copy that was not read
// whole, or whose letters were recognised in a picture.
func (p *planner) quotes(ctx context.Context, it *Item, line int, field string, c record.Citation, doubtful bool) error {
	if p.opt.Documents == nil || c.Source == "" || c.Quote == "" {
		return nil
	}
	text, err := p.archived(ctx, c.Source)
	if err != nil {
		return err
	}
	if text.fault != "" {
		it.Doubts = append(it.Doubts, Reason{Code: DoubtCopy, Line: line, Field: field, Detail: text.fault})
	}
	if text.Text == nil {
		return nil
	}
	found, uncertain := text.Find(c.Quote)
	if found.Found {
		return nil
	}
	detail := fmt.Sprintf("“%s” + “%s”", found.Upto, found.From)
	if doubtful || uncertain {
		it.Doubts = append(it.Doubts, Reason{Code: DoubtQuote, Line: line, Field: field, Detail: detail})
		return nil
	}
	it.Refused = append(it.Refused, Reason{Code: RefusedQuote, Line: line, Field: field, Detail: detail})
	return nil
}

// archivedText is the text of a source's archived copy.
type archivedText struct {
	*archive.Text        // nil where it cannot be searched
	fault         string // why a copy that there should be cannot be searched
}

func (p *planner) archived(ctx context.Context, source string) (archivedText, error) {
	if text, ok := p.texts[source]; ok {
		return text, nil
	}
	var text archivedText
	if p.known.stands(record.Thing{Kind: record.SourceKind, ID: source}) && p.known.things[p.known.thing(record.SourceKind, source)].rev > 0 {
		var src record.Source
		if err := p.readIfKept(ctx, record.SourceKind, source, &src); err != nil {
			return text, err
		}
		text = textOf(ctx, p.opt.Documents, src.Archive)
	}
	if len(p.texts) >= maxTexts {
		clear(p.texts)
	}
	p.texts[source] = text
	return text, nil
}

// readIfKept reads what the ledger holds of a thing; nothing where this run is
// only about to append it.
func (p *planner) readIfKept(ctx context.Context, kind record.Kind, id string, into any) error {
	if p.known.things[p.known.thing(kind, id)].planned {
		return nil
	}
	return p.read(ctx, kind, id, into)
}

func textOf(ctx context.Context, documents *archive.Store, a *record.Archive) archivedText {
	if a == nil || !archive.Searchable(a) {
		return archivedText{}
	}
	if err := documents.Check(a); err != nil { // an altered copy says nothing of the quotation
		return archivedText{fault: err.Error()}
	}
	text, err := documents.Text(ctx, a)
	if err != nil {
		return archivedText{fault: err.Error()}
	}
	return archivedText{Text: text}
}
