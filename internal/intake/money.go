package intake

import (
	"math/big"
	"regexp"
	"strings"
	"unicode"

	"fener/law"
	"fener/locale"
)

// parseFine reads a fine in euros: an amount, none, unknown (not known whether
// one was imposed) or yes (imposed, the amount not known).
func parseFine(s string) (p parsed[law.Fine]) {
	if s == "0" {
		return p
	}
	if c := s[0]; c < '0' || c > '9' {
		key := wordKey(s)
		switch {
		case noneWords[key], noFine[key], isNoAmount(s):
			return p
		case unknownWords[key], missingWords[key]:
			p.value.State = law.FineNotKnown
			return p
		case yesWords[key]:
			p.value.State = law.FineAmountUnknown
			return p
		}
	}
	cents, code := parseMoney(s)
	if code != "" && code != thousandsOrDecimals || cents == 0 {
		return parsed[law.Fine]{code: code}
	}
	p.value = law.Fine{State: law.FineOfAmount, Cents: cents}
	if code != "" {
		p.code, p.kind = code, Doubt
		number, _ := locale.ParseNumber(s)
		p.other, p.hint = number.Plain, strings.Replace(s, ",", ".", 1)
	}
	return p
}

// isNoAmount reports whether a text is the dash that spreadsheets show for a
// sum of nothing, with the sign of the euro: "- €". A dash alone can as well
// stand for what is not known.
func isNoAmount(s string) bool {
	rest := strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '–' || r == '—' })
	return rest != s && currency[wordKey(rest)]
}

var currency = words(map[string]bool{"€, eur, euro, euros, eura, evra, evro, evri, evrima, eure, euri, eurosh, eurove, eurosha, euroja, eurot, € euro, eur €": true})

// otherCurrency are the currencies that fines of the region, or of its past,
// were in. An amount in one of them is never taken for euros.
var otherCurrency = words(map[string]bool{
	"$, usd, dollar, dollars, dollarë, dolara, £, gbp, pounds, chf, franc, francs, franga, franaka, km, bam, konvertibilna marka, konvertibilnih maraka, dem, dm, marka, marks, marks, maraka, marke, markash, markë": true,
	"rsd, din, dinar, dinara, dinari, dinarë, all, lek, lekë, leke, lekësh, leka, mkd, denar, denara, denarë, hrk, kn, kuna, try, tl, lira, bgn, leva, huf, forinta":                                                  true,
})

var (
	amountPattern = regexp.MustCompile(`[-−–]?\s?\d[\d.,'’ \x{00A0}\x{2009}\x{202F}]*(?:[eE][+-]?\d+)?`)
	inBrackets    = regexp.MustCompile(`\(([^()\d]*)\)`)
)

// moneyFillers stand around an amount and change nothing.
var moneyFillers = folded("gjobë, gjoba, gjobe, gjobës, gjobën, me, prej, në, shumë, shumën, shuma, vlerë, të, i, e, dënim, dënimi, novčana, novčanu, novčane, kazna, kaznu, kazne, u, iznosu, iznos, od, visini, fine, of, in, the, amount, a, total, fined, ukupno, gjithsej, -")

// parseMoney reads an amount of money in every usual form: 10.000,00;
// 10,000.00; 10 000; 900,-; €900; 900 EUR; 2000 (dymijë) euro; 65 mijë; 1e+05.
// thousandsOrDecimals says that the amount could be a thousandth of what is
// returned; it is only said of a bare number.
func parseMoney(s string) (cents int64, code Code) {
	s = locale.Plain(s)
	bare := s
	for _, m := range inBrackets.FindAllStringSubmatch(s, -1) {
		if otherCurrency[wordKey(m[1])] {
			return 0, badCurrency
		}
		s = strings.Replace(s, m[0], " ", 1)
	}
	at := amountPattern.FindStringIndex(s)
	if at == nil {
		return 0, badFine
	}
	number := strings.TrimRight(s[at[0]:at[1]], " '’\u00a0\u2009\u202f")
	after := s[at[0]+len(number):]
	for _, end := range []string{",", "."} { // 900,- and 900.-
		if rest, ok := strings.CutSuffix(number, end); ok {
			dash := strings.TrimLeft(after, "-–—")
			if dash == after && end == "," {
				return 0, badFine
			}
			number, after = rest, dash
		}
	}
	before := s[:at[0]]
	factor := ""
	for _, w := range strings.FieldsFunc(before+" "+after, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:.=", r) }) {
		key := wordKey(w)
		switch {
		case otherCurrency[key]:
			return 0, badCurrency
		case currency[key], moneyFillers[key], key == "":
		case factor == "" && isFactor(key):
			factor = key
		default:
			return 0, badFine
		}
	}
	for _, minus := range []string{"-", "−", "–"} {
		if rest, ok := strings.CutPrefix(number, minus); ok {
			if _, ok := locale.ParseNumber(rest); ok {
				return 0, negativeFine
			}
			return 0, badFine
		}
	}
	n, ok := locale.ParseNumber(strings.TrimSpace(number + " " + factor))
	if !ok {
		return 0, badFine
	}
	if last := strings.LastIndexAny(number, ".,"); last >= 0 && len(number)-last > 4 && !strings.ContainsAny(number, "eE'’  ") {
		return 0, badFine // four decimals and more are no money, zeros or not
	}
	if n.Either && strings.TrimSpace(bare) == number {
		code = thousandsOrDecimals
	}
	cents, ok = centsOf(n.Plain)
	if !ok {
		return 0, badFine
	}
	return cents, code
}

// isFactor reports whether a word multiplies a number, as mijë and hiljada do.
func isFactor(word string) bool {
	if word[0] < 'a' || word[0] > 'z' {
		return false
	}
	_, ok := locale.ParseNumber("1 " + word)
	return ok
}

// mostDigits keeps an amount in cents within what the figures can add up.
const mostDigits = 12

// centsOf is a plain number of euros in cents. More than two decimals, but for
// what binary fractions leave behind, are no amount.
func centsOf(plain string) (int64, bool) {
	whole, decimals, _ := strings.Cut(plain, ".")
	if len(whole) > mostDigits || len(decimals) > 2 {
		return 0, false
	}
	n, ok := new(big.Int).SetString(whole+(decimals + "00")[:2], 10)
	return n.Int64(), ok
}
