package period_test

import (
	"fmt"

	"fener/period"
)

// A date is known as far as the source tells it, and no further.
func ExampleParseDate() {
	for _, text := range []string{"31.12.2017", "2017-12-31", "12.2017", "2017", "", "31.02.2017"} {
		d, err := period.ParseDate(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%q is %q, from %q to %q\n", text, d, d.First(), d.Last())
	}
	// Output:
	// "31.12.2017" is "2017-12-31", from "2017-12-31" to "2017-12-31"
	// "2017-12-31" is "2017-12-31", from "2017-12-31" to "2017-12-31"
	// "12.2017" is "2017-12", from "2017-12-01" to "2017-12-31"
	// "2017" is "2017", from "2017-01-01" to "2017-12-31"
	// "" is "", from "" to ""
	// "31.02.2017" is not a date: February 2017 has no day 31
}

// One date is before another only where that is certain.
func ExampleDate_Before() {
	year, day := period.MustDate("2017"), period.MustDate("2017-06-01")
	fmt.Println(year.Before(day), day.Before(year), year.Before(period.MustDate("2018-01-01")))
	// Output: false false true
}

// Days are counted only between two dates that are known to the day.
func ExampleDate_DaysUntil() {
	indicted := period.MustDate("2017-03-01")
	fmt.Println(indicted.DaysUntil(period.MustDate("2017-06-29")))
	fmt.Println(indicted.DaysUntil(period.MustDate("2017-06")))
	// Output:
	// 120 true
	// 0 false
}

// An offence committed over some time lies under every law of that time.
func ExampleSpan() {
	committed := period.Span{From: period.MustDate("2012-11"), To: period.MustDate("2013-02")}
	fmt.Println(committed.First(), committed.Last())
	oldCode := period.Range{To: period.MustDate("2012-12-31")}
	newCode := period.Range{From: period.MustDate("2013-01-01"), To: period.MustDate("2019-04-13")}
	for _, code := range []period.Range{oldCode, newCode} {
		fmt.Println(code.Contains(committed.First()), code.Contains(committed.Last()))
	}
	// Output:
	// 2012-11-01 2013-02-28
	// true false
	// false true
}

// A length is read as courts write it, in any of the languages.
func ExampleParseLength() {
	for _, text := range []string{"3y 6m", "3 vjet e 6 muaj", "3 godine i 6 meseci", "3 године и 6 месеци", "90 ditë", "some time"} {
		n, err := period.ParseLength(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(n)
	}
	// Output:
	// 3y 6m
	// 3y 6m
	// 3y 6m
	// 3y 6m
	// 90d
	// "some time" is not a length: expected a length such as "3y 6m", "42 months", "90 days", "3 vjet e 6 muaj" or "3 godine i 6 meseci"
}

// Months and days differ in length, so some lengths cannot be told apart: then
// neither is the longer one.
func ExampleLength_Compare() {
	for _, days := range []int{89, 90, 92, 93} {
		fmt.Println(period.Months(3), "against", period.Days(days), period.Months(3).Compare(period.Days(days)))
	}
	// Output:
	// 3m against 89d 1
	// 3m against 90d 0
	// 3m against 92d 0
	// 3m against 93d -1
}

// A part is never said to be longer than it is.
func ExampleLength_Part() {
	fmt.Println(period.Years(5).Part(1, 2))
	fmt.Println(period.Years(1).Part(2, 3))
	fmt.Println(period.Months(1).Part(1, 7))
	fmt.Println(period.Days(5).Part(1, 2))
	// Output:
	// 2y 6m
	// 8m
	// 4d
	// 2d
}

// What is lacking of a minimum is whole months, and days only where they say more.
func ExampleLength_Minus() {
	fmt.Println(period.Years(5).Minus(period.Months(42)))
	fmt.Println(period.Years(5).Minus(period.Years(6)).IsZero())
	// Output:
	// 1y 6m
	// true
}
