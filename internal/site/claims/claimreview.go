package claims

// ClaimReview is a claim as search engines read it (https://schema.org/ClaimReview).
//
// It rates in words and gives no number: a scale would put "cannot be checked" halfway between true and false, where it does not belong.
type ClaimReview struct {
	Context      string       `json:"@context"`
	Type         string       `json:"@type"`
	URL          string       `json:"url"`
	Published    string       `json:"datePublished,omitempty"`
	Claim        string       `json:"claimReviewed"`
	Language     string       `json:"inLanguage"`
	Author       Organization `json:"author"`
	ItemReviewed ReviewedItem `json:"itemReviewed"`
	Rating       Rating       `json:"reviewRating"`
	Body         string       `json:"reviewBody,omitempty"`
}

// Organization names who says something.
type Organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// ReviewedItem is the claim where it was made.
type ReviewedItem struct {
	Type       string        `json:"@type"`
	Author     *Organization `json:"author,omitempty"`
	Published  string        `json:"datePublished,omitempty"`
	Appearance *Appearance   `json:"appearance,omitempty"`
}

// Appearance is the piece that makes the claim.
type Appearance struct {
	Type     string `json:"@type"`
	Headline string `json:"headline"`
	URL      string `json:"url,omitempty"`
}

// Rating is how the claim stands, in words.
type Rating struct {
	Type string `json:"@type"`
	Name string `json:"alternateName"`
	Why  string `json:"ratingExplanation,omitempty"`
}
