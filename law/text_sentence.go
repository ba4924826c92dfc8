package law

import (
	"fmt"
	"strconv"
	"strings"

	"fener/period"
)

// String writes the imprisonment as the record keeps it: a length, life,
// unknown (imposed, term not on record), or nothing.
func (i Imprisonment) String() string {
	switch i.State {
	case ForTerm:
		return i.Term.String()
	case ForLife:
		return "life"
	case ForUnknownTerm:
		return "unknown"
	}
	return ""
}

// MarshalText writes String.
func (i Imprisonment) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads what String writes.
func (i *Imprisonment) UnmarshalText(b []byte) error {
	switch string(b) {
	case "":
		*i = Imprisonment{}
	case "life":
		*i = Imprisonment{State: ForLife}
	case "unknown":
		*i = Imprisonment{State: ForUnknownTerm}
	default:
		n, err := period.ParseLength(string(b))
		if err != nil {
			return err
		}
		if n.IsZero() {
			return fmt.Errorf("%q is no term of imprisonment", b)
		}
		*i = Imprisonment{State: ForTerm, Term: n}
	}
	return nil
}

// String writes the fine as the record keeps it: euros, yes (imposed, amount
// not on record), unknown (whether one was imposed), or nothing.
func (f Fine) String() string {
	switch f.State {
	case FineOfAmount:
		if f.Cents%100 == 0 {
			return strconv.FormatInt(f.Cents/100, 10)
		}
		return fmt.Sprintf("%d.%02d", f.Cents/100, f.Cents%100)
	case FineAmountUnknown:
		return "yes"
	case FineNotKnown:
		return "unknown"
	}
	return ""
}

// MarshalText writes String.
func (f Fine) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what String writes.
func (f *Fine) UnmarshalText(b []byte) error {
	switch string(b) {
	case "":
		*f = Fine{}
	case "yes":
		*f = Fine{State: FineAmountUnknown}
	case "unknown":
		*f = Fine{State: FineNotKnown}
	default:
		n, ok := hundredths(string(b))
		if !ok || n == 0 {
			return fmt.Errorf("%q is no fine: expected euros such as 900 or 900.50, yes or unknown", b)
		}
		*f = Fine{State: FineOfAmount, Cents: n}
	}
	return nil
}

// hundredths reads an amount as String writes it: digits alone, then perhaps a
// point and two more. No fine has more than thirteen digits.
func hundredths(text string) (n int64, ok bool) {
	whole, cents, pointed := strings.Cut(text, ".")
	if !pointed {
		cents = "00"
	}
	if whole == "" || len(whole) > 13 || len(cents) != 2 {
		return 0, false
	}
	for _, digit := range whole + cents {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		n = n*10 + int64(digit-'0')
	}
	return n, true
}

var replacedWords = []string{"no", "fine", "work"}

func (r Replaced) String() string { return word(replacedWords, int(r)) }

// MarshalText writes fine, work, or nothing.
func (r Replaced) MarshalText() ([]byte, error) {
	if r == NotReplaced {
		return nil, nil
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads fine or work; empty is not replaced.
func (r *Replaced) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*r = NotReplaced
		return nil
	}
	i, err := parseWord("replacement", replacedWords, b)
	*r = Replaced(i)
	return err
}

// MarshalText writes String.
func (s Grounds) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads grounds joined by "+", none, or nothing.
func (s *Grounds) UnmarshalText(b []byte) error {
	bits, err := grounds.read(string(b))
	*s = Grounds(bits)
	return err
}
