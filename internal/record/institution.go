package record

// InstitutionKind is the kind of a body that answers for something. Its ids are words, since files mean institutions by them.
const InstitutionKind Kind = "institution"

// Institution is a body that answers for something.
type Institution struct {
	Names     Names      `json:"names"`
	Type      string     `json:"type"` // court, court department, ministry, police, prosecution, council, shelter (NGO), ...
	Aliases   []string   `json:"aliases,omitempty"`
	Role      string     `json:"role,omitempty"`
	Successor string     `json:"successor,omitempty" ref:"institution"` // id of the body that took it over
	Verified  string     `json:"verified,omitempty"`                    // how far the names were read in sources
	Citations []Citation `json:"citations,omitempty"`
	Synthetic bool       `json:"synthetic,omitempty"`
}

// Validate checks an institution.
func (n *Institution) Validate(bool) Faults {
	var fs Faults
	if n.Names == (Names{}) {
		fs.say(FaultOneLanguage, "", "", "names", "are empty; an institution needs a name in one language at least")
	}
	if n.Type == "" {
		fs.say(FaultEmpty, "", "", "type", "is empty; expected what it is, such as court or ministry")
	}
	return fs
}

// Found is how it is found.
func (n *Institution) Found(string) Found {
	title := n.Names.EN
	if title == "" {
		title = n.Names.SQ + n.Names.SR
	}
	return Found{Title: title, Text: append([]string{n.Names.SQ, n.Names.SR, n.Names.EN, n.Type, n.Role}, n.Aliases...), Cites: cited(n.Citations), Synthetic: n.Synthetic}
}

// Texts are none: what is written of a public body names nobody.
func (n *Institution) Texts() []Text { return nil }
