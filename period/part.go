package period

// Part is a part of a length, such as a half (1, 2): whole months first, what
// is left of a month in days of a thirtieth of it, rounded down, so that a part
// is never said to be longer than it is. num and den are above zero.
func (l Length) Part(num, den int) Length {
	months := int(l.months) * num
	days := months % den * 30 / den
	return Length{months: int32(months / den), days: int32(days + int(l.days)*num/den)}
}
