package page

import (
	"encoding/json"
	"html/template"
	"strings"
)

// schemaDataset is a page's data as search engines read them (https://schema.org/Dataset). What is not known is left out: no licence is claimed, and
// nobody is named as creator.
type schemaDataset struct {
	Context     string         `json:"@context"`
	Type        string         `json:"@type"`
	Name        string         `json:"name"`
	Description string         `json:"description"`
	URL         string         `json:"url"`
	Language    string         `json:"inLanguage"`
	Modified    string         `json:"dateModified,omitempty"`
	Free        bool           `json:"isAccessibleForFree"`
	Files       []dataDownload `json:"distribution"`
}

type dataDownload struct {
	Type     string `json:"@type"`
	Name     string `json:"name"`
	Encoding string `json:"encodingFormat"`
	URL      string `json:"contentUrl"`
}

// Dataset is what the page's head tells search engines of its data, for templates; empty where the page is not among the data sets of the catalogue,
// shows the past, or only a part that a reader chose.
func (b *Base) Dataset() (template.JS, error) {
	if !b.data || b.Chosen || b.NoIndex || b.AsOf == "" {
		return "", nil
	}
	d := schemaDataset{Context: "https://schema.org", Type: "Dataset", Name: b.Title, Description: b.Describes(), URL: b.Canonical, Language: b.Lang.BCP47(),
		Modified: b.changed.String(), Free: true}
	for i, link := range b.Downloads { // the alternates begin with the same
		d.Files = append(d.Files, dataDownload{"DataDownload", link.Text, strings.TrimSpace(b.Alternates[i].Type), b.Absolute(link.Href)})
	}
	out, err := json.Marshal(d) // it escapes <, > and &, so that nothing in it can end the element
	return template.JS(out), err
}
