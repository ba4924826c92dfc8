package reading

import (
	"unicode"
	"unicode/utf8"
)

// letters are the letters of Albanian, Serbian (both scripts) and English as the plain ones that patterns are written in: courts leave marks
// out ("shume", "denim"), scans lose them, and Serbian is written in two scripts and with dj for đ. What stands here is ASCII only.
var letters = makeLetters()

func makeLetters() map[rune]string {
	m := map[rune]string{}
	for _, pair := range []string{
		"ëe", "ËE", "çc", "ÇC", "čc", "ČC", "ćc", "ĆC", "šs", "ŠS", "žz", "ŽZ", "âa", "êe", "îi", "ôo", "öo", "üu", "ÖO", "ÜU", "áa",
		"аa", "бb", "вv", "гg", "дd", "еe", "жz", "зz", "иi", "јj", "кk", "лl", "мm", "нn", "оo", "пp", "рr", "сs", "тt", "ћc", "уu", "фf", "хh", "цc", "чc", "шs",
		"АA", "БB", "ВV", "ГG", "ДD", "ЕE", "ЖZ", "ЗZ", "ИI", "ЈJ", "КK", "ЛL", "МM", "НN", "ОO", "ПP", "РR", "СS", "ТT", "ЋC", "УU", "ФF", "ХH", "ЦC", "ЧC", "ШS",
		"“\"", "”\"", "„\"", "«\"", "»\"", "’'", "‘'", "–-", "—-", "‑-", "‐-", "•-", "·.",
	} {
		from, size := utf8.DecodeRuneInString(pair)
		m[from] = pair[size:]
	}
	m['é'], m['è'] = "e", "e"
	for from, to := range map[rune]string{
		'đ': "dj", 'Đ': "Dj", 'ђ': "dj", 'Ђ': "Dj", 'љ': "lj", 'Љ': "Lj", 'њ': "nj", 'Њ': "Nj", 'џ': "dz", 'Џ': "Dz",
		'ǆ': "dz", 'ǉ': "lj", 'ǌ': "nj", '€': "eur", '…': "...", 'ﬁ': "fi", 'ﬂ': "fl", '№': "Nr", '§': " ",
		'\u00a0': " ", '\u2009': " ", '\u202f': " ", '\u2002': " ", '\u2003': " ", '\t': " ", '\r': " ", '\v': " ",
		'\u200b': "", '\u200c': "", '\u200d': "", '\u00ad': "", '\ufeff': "", '\u2060': "", '\u0308': "", '\u030c': "", '\u0301': "", '\u0327': "",
	} {
		m[from] = to
	}
	return m
}

// lookalikes are Cyrillic letters that a scan of a Latin text brings in: there they stand for what they look like, not for their sound.
var lookalikes = map[rune]string{
	'А': "A", 'В': "B", 'Е': "E", 'К': "K", 'М': "M", 'Н': "H", 'О': "O", 'Р': "P", 'С': "C", 'Т': "T", 'Х': "X", 'Ј': "J", 'І': "I", 'Ѕ': "S",
	'а': "a", 'е': "e", 'о': "o", 'р': "p", 'с': "c", 'х': "x", 'у': "y", 'ј': "j", 'і': "i", 'ѕ': "s", 'к': "k", 'т': "t", 'м': "m",
}

// mostlyLatin says that a text is in Latin letters, and any Cyrillic ones in it are a scan's.
func mostlyLatin(text string) bool {
	latin, cyrillic := 0, 0
	for i, r := range text {
		switch {
		case i > 40_000:
			return cyrillic*5 < latin
		case r < utf8.RuneSelf && isLetter(byte(r)):
			latin++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		}
	}
	return cyrillic*5 < latin
}

// plain is a letter in ASCII. What belongs to none of the alphabets becomes "?", so that it keeps a place and ends a word.
func plain(r rune) string {
	if to, ok := letters[r]; ok {
		return to
	}
	return "?"
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isUpper(c byte) bool  { return c >= 'A' && c <= 'Z' }
func isLower(c byte) bool  { return c >= 'a' && c <= 'z' }
