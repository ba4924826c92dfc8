package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// labels is the file of labels that lies beside a text: what a person read in it.
type labels struct {
	Language string `json:"language"`
	Numbers  []struct {
		Number   string  `json:"number"`
		Court    *string `json:"court"`
		Instance string  `json:"instance"`
		Date     *string `json:"date"`
		Quote    quote   `json:"quote"`
	} `json:"numbers"`
	Decisions []struct {
		Instance   string  `json:"instance"`
		Court      *string `json:"court"`
		Date       *string `json:"date"`
		Effect     *effect `json:"effect"`
		Defendants []defendant
	} `json:"decisions"`
	Outcome  *effect `json:"outcome_of_this_decision"`
	NotFines []struct {
		What   string `json:"what"`
		Amount any    `json:"amount"` // some are lists in words
		Quote  quote  `json:"quote"`
	} `json:"not_fines"`
}

type quote struct {
	Text string `json:"text"`
	At   []int  `json:"at"`
}

type effect struct {
	Value string `json:"value"`
	Quote quote  `json:"quote"`
}

type defendant struct {
	Initials *string `json:"initials"`
	Counts   []count `json:"counts"`
	Single   *count  `json:"single_sentence"`
	Credit   *effect `json:"detention_credit"`
}

type count struct {
	Words        *string        `json:"offence_words"`
	Article      *string        `json:"article"`
	Paragraph    *string        `json:"paragraph"`
	Code         *string        `json:"code"`
	Form         []string       `json:"form"`
	Verdict      *string        `json:"verdict"`
	Imprisonment *string        `json:"imprisonment"`
	Suspended    *bool          `json:"suspended"`
	Verification *string        `json:"verification"`
	Fine         *float64       `json:"fine"`
	Replaced     map[string]any `json:"replaced_by"`
	Joint        bool           `json:"joint"`
	Accessory    []string       `json:"accessory"`
	Mitigation   *string        `json:"mitigation_ground"`
	Quote        any            `json:"quote"`
}

func readLabels(path string) (*labels, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	l := &labels{}
	if err := json.Unmarshal(b, l); err != nil {
		return nil, fmt.Errorf("%s: not the labels of a decision: %w", path, err)
	}
	return l, nil
}
