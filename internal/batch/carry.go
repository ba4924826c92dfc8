package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"fener/internal/ledger"
	"fener/internal/record"
)

// Carry takes a ledger that an older Fener began over into an empty one, in which
// ids say nothing and reasons can be erased, and proves the two equal but for that
// (see ledger.Carry). Ids are made of the old ones, which are the words by which
// files name things, so that a file imported again finds what it brought.
func Carry(ctx context.Context, from, to *ledger.Store, by, why string) (ledger.CarryReport, error) {
	key, err := to.Key()
	if err != nil {
		return ledger.CarryReport{}, err
	}
	r := &renaming{key: key, old: map[record.Thing]string{}, id: map[record.Thing]string{}}
	err = Each(ctx, from, func(e *ledger.Entry) error {
		if ledger.Own(e.Kind) {
			return nil
		}
		if e.Kind == record.JudgmentKind && strings.HasPrefix(e.ID, noNumber) && e.Rev == 1 && !e.Erased {
			return r.learnUnnumbered(e)
		}
		r.learn(record.Thing{Kind: e.Kind, ID: e.ID})
		return nil
	})
	if err != nil {
		return ledger.CarryReport{}, err
	}
	return ledger.Carry(ctx, from, to, r, by, why)
}

// A renaming knows the new id of every thing on record, and the old one of each.
type renaming struct {
	key     *ledger.IDKey
	id, old map[record.Thing]string
}

func (r *renaming) learn(t record.Thing) {
	if _, known := r.id[t]; known {
		return
	}
	id := t.ID
	if t.Kind != record.InstitutionKind {
		id = r.key.ID(t.Kind, t.ID)
	}
	r.id[t], r.old[record.Thing{Kind: t.Kind, ID: id}] = id, t.ID
}

// learnUnnumbered names a judgment without a number, and its case, as an import
// does now: by the id of its source among other things, which is another one.
func (r *renaming) learnUnnumbered(e *ledger.Entry) error {
	var j record.Judgment
	if err := record.Decode(e.Body, &j); err != nil {
		return fmt.Errorf("judgment %s: %w", e.ID, err)
	}
	source := ""
	if len(j.Citations) > 0 {
		source = r.ID(record.SourceKind, j.Citations[0].Source)
	}
	words := unnumberedName(j.Court, j.Date, j.Instance, source)
	own := strings.TrimSuffix(e.ID, judgmentName("", j.Instance, j.Date))
	r.rename(record.Thing{Kind: record.CaseKind, ID: own}, words)
	r.rename(record.Thing{Kind: record.JudgmentKind, ID: e.ID}, judgmentName(words, j.Instance, j.Date))
	return nil
}

// rename gives a thing the id of words.
func (r *renaming) rename(was record.Thing, words string) {
	id := r.key.ID(was.Kind, words)
	r.id[was], r.old[record.Thing{Kind: was.Kind, ID: id}] = id, was.ID
}

// ID implements ledger.Renaming.
func (r *renaming) ID(kind record.Kind, id string) string {
	if kind == record.CaseKind || kind == record.SourceKind { // a case that only judgments name has no entry
		r.learn(record.Thing{Kind: kind, ID: id})
	}
	return rename(r.id, kind, id)
}

func rename(names map[record.Thing]string, kind record.Kind, id string) string {
	if name, known := names[record.Thing{Kind: kind, ID: id}]; known {
		return name
	}
	return id // words that are the id of nothing, as counted_by may be
}

// Body implements ledger.Renaming.
func (r *renaming) Body(kind record.Kind, body []byte, back bool) ([]byte, error) {
	one := r.ID
	if back {
		one = func(kind record.Kind, id string) string { return rename(r.old, kind, id) }
	}
	var fields map[string]json.RawMessage
	in := json.NewDecoder(bytes.NewReader(body))
	if err := in.Decode(&fields); err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	if kind == ledger.Erasure {
		var target ledger.Erased
		if err := json.Unmarshal(body, &target); err != nil {
			return nil, err
		}
		target.ID = one(target.Kind, target.ID)
		return json.Marshal(target)
	}
	if ledger.Own(kind) {
		return body, nil
	}
	if err := renameFields(kind, fields, one); err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	return json.Marshal(fields)
}

// idFields are the fields that hold the id of another thing.
var idFields = record.RefFields()

// renameFields renames ids in the fields of a thing and in what lies in them.
func renameFields(kind record.Kind, fields map[string]json.RawMessage, one func(record.Kind, string) string) error {
	if kind == record.ReplyKind {
		var about record.Kind
		var id string
		if err := json.Unmarshal(fields["about"], &about); err != nil {
			return err
		}
		if err := json.Unmarshal(fields["id"], &id); err != nil {
			return err
		}
		renamed, err := json.Marshal(one(about, id))
		if err != nil {
			return err
		}
		fields["id"] = renamed
	}
	for name, value := range fields {
		renamed, err := renameIn(name, value, one)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fields[name] = renamed
	}
	return nil
}

func renameIn(name string, value json.RawMessage, one func(record.Kind, string) string) (json.RawMessage, error) {
	switch value[0] {
	case '{':
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(value, &fields); err != nil {
			return nil, err
		}
		for n, v := range fields {
			renamed, err := renameIn(n, v, one)
			if err != nil {
				return nil, err
			}
			fields[n] = renamed
		}
		return json.Marshal(fields)
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(value, &list); err != nil {
			return nil, err
		}
		for i, v := range list {
			renamed, err := renameIn(name, v, one)
			if err != nil {
				return nil, err
			}
			list[i] = renamed
		}
		return json.Marshal(list)
	case '"':
		kind, isID := idFields[name]
		if !isID {
			return value, nil
		}
		var id string
		if err := json.Unmarshal(value, &id); err != nil {
			return nil, err
		}
		return json.Marshal(one(kind, id))
	}
	return value, nil
}
