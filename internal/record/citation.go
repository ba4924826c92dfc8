package record

// Citation ties a fact to its source: which one, where in it, and a short
// quotation. Source is the id of a source.
type Citation struct {
	Source string `json:"source" ref:"source"`
	Place  string `json:"place,omitempty"`
	Quote  string `json:"quote,omitempty"`
}

// cited are the sources of citations, each once.
func cited(list []Citation) []string {
	var all []string
	for _, c := range list {
		all = append(all, c.Source)
	}
	return ids(all...)
}

// quoted are the texts of citations.
func quoted(list ...Citation) []Text {
	var all []Text
	for _, c := range list {
		all = append(all, Text{"quote", c.Quote, false}, Text{"place", c.Place, false})
	}
	return all
}

// withoutWords are citations with nothing but their sources.
func withoutWords(list []Citation) []Citation {
	bare := make([]Citation, len(list))
	for i := range list {
		bare[i].Source = list[i].Source
	}
	return bare
}
