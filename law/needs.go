package law

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"fener/period"
)

// need is a key that a shape must have, with what to write there.
type need struct{ key, write string }

// needs lists for each shape of a pack the keys that it cannot do without. An
// absent limit read as zero would accuse courts of what no law says, so a pack
// with a hole is not loaded. Where a shape has a known key, the others are
// needed once it is true; while it is false nobody read them, and none may
// stand there as if somebody had.
var needs = map[reflect.Type][]need{
	reflect.TypeFor[Pack](): {{"pack", "the country's code of two letters (ISO 3166)"}, {"names", "the country's names by language, such as {en: Example}"},
		{"offences", "the kinds of offence, each with an id and names"}},
	reflect.TypeFor[Offences]():   {{"id", "a short word for the kind of offence, such as trafficking"}, {"names", "its names by language, such as {en: Trafficking in persons}"}},
	reflect.TypeFor[Instrument](): {{"instrument", "the number of the code or law, as its gazette writes it"}, {"kind", oneOf(instrumentKinds)}, {"names", "its names by language, such as {en: Criminal Code}"}},
	reflect.TypeFor[Provision]():  {{"ref", "the article and paragraph, such as 165(1)"}, {"names", "a heading by language, such as {en: Trafficking in persons}"}},
	reflect.TypeFor[ImprisonmentRange](): {
		{"from", "the minimum: a length such as 5y, none where the provision sets no minimum, unknown where nobody read it"},
		{"to", "the maximum: a length such as 12y, life, general where the provision sets no maximum, unknown where nobody read it"}},
	reflect.TypeFor[FineRange](): {{"joined", "and, or, may where one may be added, or unknown where nobody read whether there is a fine"}},

	reflect.TypeFor[Citation]():           {article},
	reflect.TypeFor[ImprisonmentBounds](): {article, {"from", "the general minimum, such as 30d"}, {"to", "the general maximum, such as 25y"}},
	reflect.TypeFor[FineBounds]():         {article, {"from", "the lowest fine"}, {"to", "the highest fine"}},
	reflect.TypeFor[Mitigation]():         {article, {"grounds", "each ground with the place that allows it, such as {plea: 71(1.3)}"}},
	reflect.TypeFor[GroundRule]():         {article},
	reflect.TypeFor[Declared]():           {{"id", "a short word in small letters, such as substantial_assistance"}, {"names", "its names by language"}},
	reflect.TypeFor[FloorRow]():           {article, {"minimum", "the least minimum for which the row counts, such as 5y"}, {"floor", "the lowest sentence, such as 3y"}},
	reflect.TypeFor[FineFloor]():          {article, {"amount", "the lowest fine that mitigation allows"}},
	reflect.TypeFor[Suspension](): {article, {"offence_up_to", "the highest maximum of an offence whose sentence may be suspended, such as 5y; none where the offence does not matter"},
		{"sentence_article", "the place on the sentence's length"}, {"sentence_up_to", "the longest sentence that may be suspended, such as 2y"},
		{"verification_article", "the place on the verification period"}, {"verification_from", "the shortest verification period, such as 1y"},
		{"verification_to", "the longest verification period, such as 5y"}},
	reflect.TypeFor[Replacement]():   {article, {"up_to", "the longest imprisonment that may be replaced, such as 6m"}, {"consent", "whether the convicted person must consent: true or false"}},
	reflect.TypeFor[CommunityWork](): {article, {"up_to", "the longest imprisonment in whose place it may stand, such as 1y"}, {"fine_up_to", "the highest fine in whose place it may stand"}},
	reflect.TypeFor[Participation](): {article, {"may_mitigate", "whether the law itself allows a milder punishment: true or false"}},
	reflect.TypeFor[Joinder](): {article, {"to", "the longest single sentence, such as 25y"}, {"short_article", "the place on short sentences"},
		{"short_up_to", "the longest part for which the lower bound counts, such as 3y"}, {"short_to", "that lower bound, such as 8y"}},
	reflect.TypeFor[Juvenile](): {article, {"offence_article", "the place on the offence and the age"}, {"offence_over", "only for offences punishable by more than this, such as 5y"},
		{"from", "the shortest juvenile imprisonment, such as 6m"}, {"to", "the longest, such as 5y"}, {"exceptional", "the longest in the cases that the code names, such as 10y"}},
	reflect.TypeFor[MandatoryMeasure](): {article, {"measure", "the measure, such as ban_children"}, {"offences", "the offence groups that it follows"}},
	reflect.TypeFor[KindRule](): {article, {"measure", "the kind of punishment, such as semi_liberty"}, {"instead", "whether it can stand in the place of imprisonment: true or false"},
		{"closed_from", "the maximum of an offence from which on it is closed, such as 25y; none where the offence does not matter"}},
	reflect.TypeFor[Publication](): {article, {"within", "the time for publishing, such as 60d"}},
	reflect.TypeFor[WorkedCase]():  {{"name", "what the case shows"}, {"reason", "why, in a sentence with the provision"}, {"facts", "what is on record"}, {"expect", "the answer expected"}},
	reflect.TypeFor[Expected]():    {{"outcomes", "the outcomes expected, such as [mitigated]"}},
}

var article = need{"article", "the place that holds the rule, which must stand among the file's provisions"}

// instrumentKinds are the kinds of instrument that a pack can hold.
var instrumentKinds = []string{"criminal_code", "regulation", "juvenile_code", "procedure_code", "amendment", "other"}

func oneOf(words []string) string { return "one of " + strings.Join(words, ", ") }

// holes lists what a document lacks, and what stands in it without meaning
// anything, for a value of the type given.
func (d *document) holes(into any) []error {
	h := &holeFinder{d: d}
	h.value("", d.body, reflect.TypeOf(into))
	return h.problems
}

type holeFinder struct {
	d        *document
	problems []error
}

func (h *holeFinder) fail(path, format string, args ...any) {
	if path == "" {
		path = "the file"
	}
	h.problems = append(h.problems, h.d.errorf(path, format, args...))
}

var (
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	lengthType      = reflect.TypeFor[period.Length]()
	namesType       = reflect.TypeFor[Names]()
	groundRuleType  = reflect.TypeFor[GroundRule]()
)

func (h *holeFinder) value(path string, node ast.Node, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	node = unwrap(node)
	switch {
	case node.Type() == ast.AliasType:
		return // the place that it repeats is looked at for itself
	case node.Type() == ast.NullType && strings.Contains(path[strings.LastIndexByte(path, '.')+1:], " "):
		h.fail(path, "a comma inside braces begins a new key: put a text with a comma into quotes")
	case node.Type() == ast.NullType:
		h.fail(path, "nothing is written here: write a value, or take the line out")
	case t == namesType:
		h.names(path, node)
	case t == groundRuleType && node.Type() != ast.MappingType && node.Type() != ast.MappingValueType:
		h.scalar(path, node, reflect.TypeFor[string]())
	case reflect.PointerTo(t).Implements(textUnmarshaler):
		h.scalar(path, node, t)
	case t.Kind() == reflect.Struct:
		h.mapping(path, node, t)
	case t.Kind() == reflect.Slice:
		h.sequence(path, node, t)
	case t.Kind() == reflect.Map:
		if m, ok := node.(ast.MapNode); ok {
			for iter := m.MapRange(); iter.Next(); {
				h.value(join(path, keyOf(iter.Key())), iter.Value(), t.Elem())
			}
			return
		}
		h.fail(path, "expected keys with values, such as {en: Code}")
	default:
		h.scalar(path, node, t)
	}
}

// names holds names to languages that exist.
func (h *holeFinder) names(path string, node ast.Node) {
	m, ok := node.(ast.MapNode)
	if !ok {
		h.fail(path, "expected names by language, such as {en: Code}")
		return
	}
	any := false
	for iter := m.MapRange(); iter.Next(); {
		any = true
		at := join(path, keyOf(iter.Key()))
		h.value(at, iter.Value(), reflect.TypeFor[string]())
		if unwrap(iter.Value()).Type() == ast.NullType {
			continue
		}
		var name string
		if yaml.NodeToValue(iter.Value(), &name) == nil {
			if err := checkName(keyOf(iter.Key()), name); err != nil {
				h.fail(at, "%v", err)
			}
		}
	}
	if !any {
		h.fail(path, "nothing is written here: expected names by language, such as {en: Code}")
	}
}

// scalar tries a single value by itself, so that every wrong one is named and
// not the first alone.
func (h *holeFinder) scalar(path string, node ast.Node, t reflect.Type) {
	switch node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode, *ast.SequenceNode:
		h.fail(path, "expected a single value")
		return
	case *ast.FloatNode:
		if t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 {
			h.fail(path, "%s is no whole number", node.String())
			return
		}
	}
	value := reflect.New(t)
	if err := yaml.NodeToValue(node, value.Interface()); err != nil {
		h.fail(path, "%s", plainly(err))
		return
	}
	switch {
	case t == lengthType && value.Elem().Interface().(period.Length).IsZero():
		h.fail(path, "expected a length above zero, such as 5y or 30d")
	case value.Elem().CanInt() && value.Elem().Int() < 0:
		h.fail(path, "%d is below zero", value.Elem().Int())
	}
}

// plainly is a decoding error without the library's drawing of the place.
func plainly(err error) string {
	var y yaml.Error
	if as, ok := err.(yaml.Error); ok {
		y = as
		return y.GetMessage()
	}
	return err.Error()
}

func (h *holeFinder) sequence(path string, node ast.Node, t reflect.Type) {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		h.fail(path, "expected a list, such as [a, b] or lines that begin with a hyphen")
		return
	}
	for i, item := range list.Values {
		h.value(fmt.Sprintf("%s[%d]", path, i), item, t.Elem())
	}
}

func (h *holeFinder) mapping(path string, node ast.Node, t reflect.Type) {
	m, ok := node.(ast.MapNode)
	if !ok {
		h.fail(path, "expected keys with values, one of %s", strings.Join(keysOf(t), ", "))
		return
	}
	fields, present := fieldsOf(t), map[string]ast.Node{}
	for iter := m.MapRange(); iter.Next(); {
		key := keyOf(iter.Key())
		if key == "<<" {
			h.fail(path, "merged keys (<<) are not read: write them out")
			continue
		}
		field, known := fields[key]
		if !known {
			h.fail(join(path, key), "unknown key %q: expected one of %s", key, strings.Join(keysOf(t), ", "))
			continue
		}
		present[key] = iter.Value()
		h.value(join(path, key), iter.Value(), field)
	}
	if len(present) == 0 && path != "general" {
		h.fail(path, "nothing is written here: expected one of %s, or take the line out", strings.Join(keysOf(t), ", "))
		return
	}
	h.needed(path, t, fields, present)
}

// needed compares the keys that are there with those that the shape needs.
func (h *holeFinder) needed(path string, t reflect.Type, fields map[string]reflect.Type, present map[string]ast.Node) {
	if _, has := fields["known"]; has {
		said, ok := present["known"]
		if !ok {
			h.fail(path, "known is missing: write known: true where the rule was read, known: false where nobody read it")
			return
		}
		if b, ok := unwrap(said).(*ast.BoolNode); ok && !b.Value {
			for key := range present {
				if key != "known" && key != "article" && key != "measure" {
					h.fail(join(path, key), "known is false, so nothing may rest on this: set known: true, or take the line out and put what is believed into a note")
				}
			}
			return
		}
	}
	for _, n := range needs[t] {
		value, ok := present[n.key]
		if list, is := value.(*ast.SequenceNode); !ok || is && len(list.Values) == 0 {
			h.fail(path, "%s is missing: write %s", n.key, n.write)
		}
	}
}

// fieldsOf are the keys of a shape with their types, embedded ones included.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		tag, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case options == "inline":
			for key, inner := range fieldsOf(f.Type) {
				fields[key] = inner
			}
		case tag != "" && tag != "-":
			fields[tag] = f.Type
		}
	}
	return fields
}

func keysOf(t reflect.Type) []string {
	var keys []string
	for key := range fieldsOf(t) {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
