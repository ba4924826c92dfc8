package live

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// A form is a number that a page carries for one thing that its reader can do once: ask a question, or be counted among those who support some. It says when it
// was made and how much work it asks for, and cannot be made by anybody else. A question or a ballot sent twice with one form is one.
const (
	formRandom = 9
	formBytes  = formRandom + 4 + 1 + 12 // random, seconds, bits, proof

	formLasts   = 12 * time.Hour            // for a question: whoever types for longer is given another
	ballotLasts = keptDays * 24 * time.Hour // for a ballot: one that ended sooner than who was counted by it is forgotten would let them be counted again
)

// FormName is the field in which a page carries its form, and StampName the one for its stamp.
const (
	FormName  = "form"
	StampName = "stamp"
)

// Form is one that was read.
type form struct {
	text string
	bits int
	made time.Time
}

// seal is the proof that a form was made here for a talk.
func (r *Rooms) seal(talk string, b []byte) []byte {
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte("form\x00" + talk + "\x00"))
	mac.Write(b)
	return mac.Sum(nil)[:12]
}

func (r *Rooms) newForm(talk string, work int) string {
	b := make([]byte, formRandom+5, formBytes)
	_, _ = rand.Read(b[:formRandom]) // never fails
	binary.BigEndian.PutUint32(b[formRandom:], uint32(r.now().Unix()))
	b[formRandom+4] = byte(work)
	return base64.RawURLEncoding.EncodeToString(append(b, r.seal(talk, b)...))
}

// readForm reads a form; ok is false where it was not made here for this talk, or longer ago than it lasts.
func (r *Rooms) readForm(talk, text string, lasts time.Duration) (f form, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) != formBytes || !hmac.Equal(b[formRandom+5:], r.seal(talk, b[:formRandom+5])) {
		return form{}, false
	}
	f = form{text, int(b[formRandom+4]), time.Unix(int64(binary.BigEndian.Uint32(b[formRandom:])), 0)}
	age := r.now().Sub(f.made)
	return f, age < lasts && age > -time.Minute
}

// stamped reports whether work was done for a form: a stamp is a decimal number such that SHA-256 of "FORM:STAMP" begins with as many zero bits as the form asks for.
// After Back, Hashcash, 2002.
func (f form) stamped(stamp string) bool {
	if _, err := strconv.ParseUint(stamp, 10, 53); err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(f.text + ":" + stamp))
	return zeros(sum[:]) >= f.bits
}

func zeros(b []byte) (n int) {
	for _, x := range b {
		if x != 0 {
			return n + bits.LeadingZeros8(x)
		}
		n += 8
	}
	return n
}

// Stamp does the work for a form, as a browser does.
func Stamp(text string) string {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) != formBytes {
		return ""
	}
	f := form{text: text, bits: int(b[formRandom+4])}
	for n := uint64(0); ; n++ {
		if stamp := strconv.FormatUint(n, 10); f.stamped(stamp) {
			return stamp
		}
	}
}

// Work asked for, in bits: some 30,000 hashes as long as few ask, twice that for each doubling.
var leastWork = 15

const (
	mostWork = 22
	calmAsks = 60 // in a minute
)

// digest is what is kept of a form, a ballot or a code: nobody who reads the file can use one.
func (r *Rooms) digest(of, talk, text string) []byte {
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(of + "\x00" + talk + "\x00" + text))
	return mac.Sum(nil)[:16]
}

var codeLetters = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// codeOf is the code by which an asker finds out what became of a question. It follows from the form, so that one sent again has the same.
func (r *Rooms) codeOf(talk, form string) string {
	return codeLetters.EncodeToString(r.digest("code", talk, form)[:10])
}

// readCode is a code as people copy it: in any case, with spaces and hyphens.
func readCode(text string) string {
	return strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' {
			return -1
		}
		return c
	}, strings.ToLower(text))
}

// bucket lets so many pass in a minute.
type bucket struct {
	left float64
	at   time.Time
}

func (b *bucket) take(now time.Time, perMinute float64) bool {
	if b.at.IsZero() {
		b.left, b.at = perMinute, now
	}
	b.left = min(perMinute, b.left+now.Sub(b.at).Minutes()*perMinute)
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
