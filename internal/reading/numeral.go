package reading

import (
	"strconv"
	"strings"

	"fener/period"
)

// numeral reads a number in words, of one or several words, written together or apart: "njëqindepesëdhjetë", "dymijë e pesëqind", "tri stotine
// šezdeset". Multipliers (100, 1000) stand behind what they multiply.
func (l *language) numeral(words string) (n int, ok bool) {
	total, part, any := 0, 0, false
	for _, word := range strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == '-' }) {
		if !any || word != "e" && word != "i" && word != "and" && word != "dhe" {
			for word != "" {
				value, length := l.piece(word)
				if length == 0 {
					if len(word) > 1 && (word[0] == 'e' || word[0] == 'i') { // njeqind-e-pesedhjete
						word = word[1:]
						continue
					}
					return 0, false
				}
				any = true
				word = word[length:]
				switch {
				case value == 1000:
					total += max(part, 1) * 1000
					part = 0
				case value == 100:
					part = max(part%100, 1)*100 + part/100*100
				default:
					part += value
				}
				if word == "e" || word == "i" {
					word = ""
				}
			}
		}
	}
	return total + part, any
}

// piece is the longest word for a number that word begins with.
func (l *language) piece(word string) (value, length int) {
	for n := min(len(word), 20); n > 0; n-- {
		if v, ok := l.Numerals[word[:n]]; ok {
			return v, n
		}
	}
	return 0, 0
}

// amount reads a number in digits, in words or in both ("6 (gjashtë)", "pesëqind (500)"). agree is false where both stand and differ, or where one
// of the two cannot be read.
func (l *language) amount(text string) (cents int64, agree, ok bool) {
	text = strings.TrimSpace(strings.NewReplacer("/", "(", "\\", "(").Replace(text))
	outside, inside, _ := strings.Cut(text, "(")
	inside, _, _ = strings.Cut(inside, "(")
	inside = strings.Trim(strings.ReplaceAll(inside, ")", ""), " ")
	a, okA := l.oneAmount(outside)
	if inside == "" {
		return a, true, okA
	}
	b, okB := l.oneAmount(inside)
	switch {
	case okA && okB && a != b && isDigit(strings.TrimSpace(inside)[0]):
		return b, false, true // digits are what is checked and copied; words are what is mistyped
	case okA && okB:
		return a, a == b, true
	case okA:
		return a, false, true
	}
	return b, false, okB
}

func (l *language) oneAmount(s string) (int64, bool) {
	s = strings.Trim(s, " ,.:;")
	if s == "" {
		return 0, false
	}
	if isDigit(s[0]) {
		return money(s)
	}
	n, ok := l.numeral(s)
	return int64(n) * 100, ok
}

// money reads a sum as courts write it: 3.000, 120.000, 10,000, 1.200,00, 2 000,00, 400. Two digits behind the last sign are cents.
func money(s string) (cents int64, ok bool) {
	s = strings.ReplaceAll(s, " ", "")
	s = strings.Trim(s, ".,'")
	whole, part := s, ""
	if i := strings.LastIndexAny(s, ".,"); i >= 0 && len(s)-i-1 == 2 {
		whole, part = s[:i], s[i+1:]
	} else if i >= 0 && len(s)-i-1 != 3 {
		return 0, false // neither thousands nor cents
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r == '.' || r == ',' || r == '\'' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(strings.Join(groups, ""), 10, 64)
	if err != nil || n > 1e12 {
		return 0, false
	}
	cents = n * 100
	if part != "" {
		c, err := strconv.Atoi(part)
		if err != nil {
			return 0, false
		}
		cents += int64(c)
	}
	return cents, true
}

// length reads a duration: one or two numbers, each with its unit ("1 (një) vit e 3 (tre) muaj").
func (l *language) length(text string) (length period.Length, agree, ok bool) {
	var parts [3]int
	agree = true
	words := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ", "/", " ( ").Replace(text))
	from := 0
	for i, word := range words {
		unit := l.unit(word)
		if unit < 0 {
			continue
		}
		number := strings.Join(words[from:i], " ")
		from = i + 1
		number = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(number, "burgim "), "burg "), "zatvora "), "imprisonment ")
		for _, and := range []string{"e ", "dhe ", "i ", "and ", "si dhe ", ", "} {
			if rest, found := strings.CutPrefix(number, and); found && rest != "" {
				number = rest
				break
			}
		}
		n, same, ok := l.amount(number)
		if (!ok || parts[unit] != 0) && parts != [3]int{} {
			break // "2 vjet, nga dita": another phrase begins
		}
		if !ok || n%100 != 0 {
			return period.Length{}, false, false
		}
		parts[unit] = int(n / 100)
		agree = agree && same
	}
	if parts == [3]int{} {
		return period.Length{}, false, false
	}
	if parts[0] > 60 || parts[1] > 600 || parts[2] > 3650 {
		return period.Length{}, false, false
	}
	length, err := period.NewLength(parts[0], parts[1], parts[2])
	return length, agree, err == nil
}

// unit is 0 for years, 1 for months, 2 for days, -1 for another word.
func (l *language) unit(word string) int {
	for start, unit := range l.Units {
		if strings.HasPrefix(word, start) {
			return strings.Index("ymd", unit)
		}
	}
	return -1
}
