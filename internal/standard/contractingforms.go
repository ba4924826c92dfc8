package standard

import "encoding/json"

// The forms of OCDS that are written.
type (
	release struct {
		OCID       string         `json:"ocid"`
		ID         string         `json:"id"`
		Date       string         `json:"date"`
		Tag        []string       `json:"tag"`
		Initiation string         `json:"initiationType"`
		Language   string         `json:"language"`
		Parties    []organization `json:"parties,omitempty"`
		Buyer      *organization  `json:"buyer,omitempty"`
		Planning   *planning      `json:"planning,omitempty"`
		Tender     *tender        `json:"tender,omitempty"`
		Awards     []*award       `json:"awards,omitempty"`
		Contracts  []*contract    `json:"contracts,omitempty"`
	}
	organization struct {
		ID    string   `json:"id"`
		Name  string   `json:"name"`
		Roles []string `json:"roles,omitempty"` // of a party; a reference has none
	}
	planning struct {
		Budget    budget     `json:"budget"`
		Documents []document `json:"documents,omitempty"`
	}
	budget struct {
		ID          string `json:"id"`
		Description string `json:"description,omitempty"`
		Amount      *value `json:"amount,omitempty"`
	}
	value struct {
		Amount   json.Number `json:"amount"`
		Currency string      `json:"currency"`
	}
	span struct {
		Start string `json:"startDate,omitempty"`
		End   string `json:"endDate,omitempty"`
	}
	document struct {
		ID        string `json:"id"`
		Title     string `json:"title,omitempty"`
		URL       string `json:"url,omitempty"`
		Published string `json:"datePublished,omitempty"`
		Language  string `json:"language,omitempty"`
	}
	tender struct {
		ID        string         `json:"id"`
		Title     string         `json:"title,omitempty"`
		TitleSQ   string         `json:"title_sq,omitempty"`
		TitleSR   string         `json:"title_sr,omitempty"`
		Status    string         `json:"status,omitempty"`
		Entity    *organization  `json:"procuringEntity,omitempty"`
		Value     *value         `json:"value,omitempty"`
		Open      *span          `json:"tenderPeriod,omitempty"`
		Award     *span          `json:"awardPeriod,omitempty"`
		Contract  *span          `json:"contractPeriod,omitempty"`
		Tenderers []organization `json:"tenderers,omitempty"`
		Documents []document     `json:"documents,omitempty"`
	}
	award struct {
		ID        string         `json:"id"`
		Title     string         `json:"title,omitempty"`
		Date      string         `json:"date,omitempty"`
		Value     *value         `json:"value,omitempty"`
		Suppliers []organization `json:"suppliers,omitempty"`
		Period    *span          `json:"contractPeriod,omitempty"`
		Documents []document     `json:"documents,omitempty"`
	}
	contract struct {
		ID             string          `json:"id"`
		AwardID        string          `json:"awardID"`
		Title          string          `json:"title,omitempty"`
		Period         *span           `json:"period,omitempty"`
		Value          *value          `json:"value,omitempty"`
		Signed         string          `json:"dateSigned,omitempty"`
		Documents      []document      `json:"documents,omitempty"`
		Implementation *implementation `json:"implementation,omitempty"`
	}
	implementation struct {
		Transactions []transaction `json:"transactions"`
	}
	transaction struct {
		ID    string        `json:"id"`
		Date  string        `json:"date,omitempty"`
		Value *value        `json:"value"`
		Payer *organization `json:"payer,omitempty"`
		Payee *organization `json:"payee,omitempty"`
	}
	processRecord struct {
		OCID     string     `json:"ocid"`
		Releases []*release `json:"releases"`
		Compiled *release   `json:"compiledRelease"`
	}
)
