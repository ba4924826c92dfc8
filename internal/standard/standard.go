// Package standard writes shelters and their money in the forms that others read, and reads them: the 360Giving Data Standard 1.4.3, the Open
// Contracting Data Standard (OCDS) 1.1.5, and FollowTheMoney entities. docs/standards.md says field by field what becomes of what.
//
// No standard takes all that the record holds: a sum that is only about, a year in the place of a day, a group of shelters in the place of one. Such
// a thing is left out and said (Left); nothing is made up so that it fits. What shelters say of the people whom they housed is never written.
package standard

import (
	"errors"
	"iter"
	"regexp"
	"strings"
	"time"

	"fener/internal/record"
)

// Published is a thing as the public reads it, with the time of its revision.
type Published struct {
	record.Thing
	At   time.Time
	Body record.Body
}

// Things are what a file is made of, in any order. They are of the kinds in Kinds; others are passed over.
type Things = iter.Seq2[Published, error]

// Kinds are the kinds of thing that files are made of.
func Kinds() []record.Kind {
	return []record.Kind{record.SourceKind, record.InstitutionKind, record.ShelterKind, record.CallKind, record.ApplicationKind, record.GrantKind,
		record.PaymentKind}
}

// Options say how a file is written.
type Options struct {
	Prefix    string    // before every identifier, so that those of two publishers differ; "fener" where empty
	Publisher string    // who publishes the file; required by OCDS, "Fener" where empty
	Website   string    // of the publisher; may be empty
	Address   string    // at which the file itself is found; where it is empty, OCDS gets a made-up urn:uuid
	Licence   string    // the address of the licence that the data is under; may be empty
	Made      time.Time // when the record last changed
	Records   bool      // of OCDS: a record package in the place of a release package
}

// ErrPrefix is what CheckPrefix finds wrong.
var ErrPrefix = errors.New("a prefix of identifiers is letters, digits and single hyphens, such as 360G-name or ocds-ab12cd")

var prefixForm = regexp.MustCompile(`^[0-9A-Za-z]+(-[0-9A-Za-z]+)*$`)

// CheckPrefix errs with ErrPrefix where a text cannot stand before identifiers in every standard.
func CheckPrefix(prefix string) error {
	if len(prefix) > 60 || !prefixForm.MatchString(prefix) {
		return ErrPrefix
	}
	return nil
}

func (o Options) withDefaults() Options {
	if o.Prefix == "" {
		o.Prefix = "fener"
	}
	if o.Publisher == "" {
		o.Publisher = "Fener"
	}
	o.Made = o.Made.UTC().Truncate(time.Second)
	return o
}

// id is the identifier of something on record: the prefix, the kind and the record's own id, with what not every standard allows in it put otherwise.
// FollowTheMoney allows letters, digits, hyphens and dots.
func (o Options) id(kind, of string) string {
	clean := strings.ReplaceAll(of, "_", ".")
	odd := strings.HasPrefix(clean, ".") || strings.HasSuffix(clean, ".") || strings.HasSuffix(clean, "-") || strings.Contains(of, ".")
	clean = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '.' {
			return r
		}
		odd = true
		return '-'
	}, clean)
	if odd || clean == "" { // two ids must not become one
		clean = strings.Trim(strings.Trim(clean, ".-")+"-"+record.ShortHash(of), "-")
	}
	return o.Prefix + "-" + kind + "-" + clean
}
