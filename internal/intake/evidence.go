package intake

import (
	"strings"
	"sync"

	"fener/law"
	"fener/locale"
)

// evidence is what the whole of a file shows about marks that one cell alone
// leaves open: whether 04/05/2021 has the day or the month first, and whether
// 100.000 is a hundred thousand. The file is read for it a second time, and
// only where such a cell was met.
type evidence struct {
	serials, date1904 bool // dates can be numbers of days
	scan              func(func(column, string)) error

	once     sync.Once
	order    dayOrder
	thousand map[byte]bool // the marks that divide thousands for certain
	decimal  map[byte]bool // the marks before decimals for certain
	always3  map[byte]bool // the marks before three decimals for certain: 1500.000
	marked   map[column]*marking
}

func (ev *evidence) gather() {
	ev.once.Do(func() {
		ev.thousand, ev.decimal, ev.always3, ev.marked = map[byte]bool{}, map[byte]bool{}, map[byte]bool{}, map[column]*marking{}
		if ev.scan == nil {
			return
		}
		// A file that cannot be read again says nothing; its cells stay doubts.
		_ = ev.scan(func(c column, s string) {
			switch c {
			case colJudgmentDate, colOffenceFrom, colOffenceTo:
				switch told := tells(locale.Plain(s)); {
				case told == orderUnknown || told == ev.order:
				case ev.order == orderUnknown:
					ev.order = told
				default:
					ev.order = ordersDiffer
				}
			case colFine:
				ev.marks(s)
			default:
				ev.mark(c, s)
			}
		})
	})
}

// marks learns from an amount what its marks are.
func (ev *evidence) marks(s string) {
	number := strings.Trim(amountPattern.FindString(locale.Plain(s)), " '")
	n, ok := locale.ParseNumber(number)
	if !ok || n.Either {
		return
	}
	last := strings.LastIndexAny(number, ".,")
	if last < 0 {
		return
	}
	first := strings.IndexAny(number, ".,")
	switch {
	case number[first] != number[last]: // 10.000,00
		ev.thousand[number[first]], ev.decimal[number[last]] = true, true
	case first != last: // 1.000.000
		ev.thousand[number[first]] = true
	case len(number)-last == 4: // 1500.000
		ev.always3[number[last]] = true
	default: // 500,50
		ev.decimal[number[last]] = true
	}
}

func (ev *evidence) dayOrder() dayOrder {
	ev.gather()
	return ev.order
}

// fine reads a fine, and decides by its column what a mark in it is.
func (ev *evidence) fine(s string) parsed[law.Fine] {
	p := parseFine(s)
	if p.code != thousandsOrDecimals {
		return p
	}
	ev.gather()
	mark := s[strings.IndexAny(s, ".,")]
	other := byte('.' + ',' - mark)
	thousands := ev.thousand[mark] || ev.decimal[other]
	switch {
	case thousands && !ev.decimal[mark] && !ev.always3[mark]:
		p.code = ""
	case ev.always3[mark] && !thousands:
		cents, ok := centsOf(strings.TrimRight(strings.TrimRight(strings.Replace(s, string(mark), ".", 1), "0"), "."))
		if !ok {
			return wrong[law.Fine](badFine)
		}
		return parsed[law.Fine]{value: law.Fine{State: law.FineOfAmount, Cents: cents}}
	}
	return p
}
