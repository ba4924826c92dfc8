package akomantoso

import "encoding/xml"

// The elements of the standard that are written, in the order that its schema asks for.

type document struct {
	XMLName    xml.Name   `xml:"akomaNtoso"`
	Namespace  string     `xml:"xmlns,attr"`
	Collection collection `xml:"documentCollection"`
}

type collection struct {
	Name string `xml:"name,attr"`
	Meta meta   `xml:"meta"`
	Body struct {
		Components []component `xml:"component"`
	} `xml:"collectionBody"`
}

type component struct {
	ID       string   `xml:"eId,attr"`
	Judgment judgment `xml:"judgment"`
}

type judgment struct {
	Name   string `xml:"name,attr"`
	Meta   meta   `xml:"meta"`
	Header struct {
		P []paragraph `xml:"p"`
	} `xml:"header"`
	Body struct {
		Decision struct {
			P []paragraph `xml:"p"`
		} `xml:"decision"`
	} `xml:"judgmentBody"`
}

type paragraph struct {
	Text   string  `xml:",chardata"`
	Court  *inline `xml:"courtType"`
	Number *inline `xml:"docNumber"`
	Date   *inline `xml:"docDate"`
}

type inline struct {
	RefersTo string `xml:"refersTo,attr,omitempty"`
	Date     string `xml:"date,attr,omitempty"`
	Text     string `xml:",chardata"`
}

type meta struct {
	Identification struct {
		Source        string `xml:"source,attr"`
		Work          frbr   `xml:"FRBRWork"`
		Expression    frbr   `xml:"FRBRExpression"`
		Manifestation frbr   `xml:"FRBRManifestation"`
		Item          *frbr  `xml:"FRBRItem"`
	} `xml:"identification"`
	Analysis   *analysis  `xml:"analysis"`
	References references `xml:"references"`
}

type frbr struct {
	This          value     `xml:"FRBRthis"`
	URI           value     `xml:"FRBRuri"`
	Alias         *alias    `xml:"FRBRalias"`
	Date          date      `xml:"FRBRdate"`
	Author        link      `xml:"FRBRauthor"`
	Country       *value    `xml:"FRBRcountry"`
	Numbers       []value   `xml:"FRBRnumber"`
	Names         []value   `xml:"FRBRname"`
	Authoritative *value    `xml:"FRBRauthoritative"`
	Language      *language `xml:"FRBRlanguage"`
	Format        *value    `xml:"FRBRformat"`
}

type value struct {
	Value string `xml:"value,attr"`
}

type alias struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type date struct {
	Date string `xml:"date,attr"`
	Name string `xml:"name,attr"`
}

type link struct {
	Href string `xml:"href,attr"`
}

type language struct {
	Language string `xml:"language,attr"`
}

type analysis struct {
	Source     string          `xml:"source,attr"`
	References otherReferences `xml:"otherReferences"`
}

type otherReferences struct {
	Source   string              `xml:"source,attr"`
	Implicit []implicitReference `xml:"implicitReference"`
}

type implicitReference struct {
	Href   string `xml:"href,attr"`
	ShowAs string `xml:"showAs,attr"`
}

type references struct {
	Source        string         `xml:"source,attr"`
	Organizations []organization `xml:"TLCOrganization"`
}

type organization struct {
	ID     string `xml:"eId,attr"`
	Href   string `xml:"href,attr"`
	ShowAs string `xml:"showAs,attr"`
}
