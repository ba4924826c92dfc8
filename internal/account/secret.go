package account

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Argon2id as OWASP's Password Storage Cheat Sheet names it: 19 MiB, two passes, one lane. Not more than two are computed at once, so that sign-ins cannot take
// the memory of the readers' side.
const (
	argonMemory = 19 << 10 // KiB
	argonTime   = 2
	argonLanes  = 1
	argonKey    = 32
	argonSalt   = 16
)

var argonTurns = make(chan struct{}, 2)

// Lengths of passwords, in characters. The upper one only bounds what is hashed (NIST SP 800-63B-4 asks for at least 64).
const (
	MinPassword = 15
	MaxPassword = 256
)

// hashPassword is the PHC string of a password with a salt of its own.
func hashPassword(password string) string {
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt) // never fails
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes, b64(salt), b64(stretch(password, salt, argonTime, argonMemory, argonLanes)))
}

func stretch(password string, salt []byte, passes, memory uint32, lanes uint8) []byte {
	argonTurns <- struct{}{}
	defer func() { <-argonTurns }()
	return argon2.IDKey([]byte(password), salt, passes, memory, lanes, argonKey)
}

// holds reports whether a password is the one that a hash is of. A hash that cannot be read holds nothing.
func holds(hash, password string) bool {
	var version int
	var memory, passes uint32
	var lanes uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &lanes); err != nil || version != argon2.Version || memory > 1<<20 || passes > 16 || lanes == 0 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	return err1 == nil && err2 == nil && subtle.ConstantTimeCompare(stretch(password, salt, passes, memory, lanes), key) == 1
}

// nobody is hashed against where there is no such account, so that a sign-in takes as long.
var nobody = hashPassword("nobody has this password")

// token draws a secret of 160 bits for a link or a session, in lower-case letters and digits.
func token() string {
	b := make([]byte, 20)
	_, _ = rand.Read(b) // never fails
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
}

// recoveryCode draws a code of 80 bits that a person writes down: four groups of four.
func recoveryCode() string {
	b := make([]byte, 10)
	_, _ = rand.Read(b) // never fails
	text := strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}

// digest is what is kept of a token or a code: they are drawn at random, so that nothing has to be stretched.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(secret))))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
