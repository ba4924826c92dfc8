package ledger

import (
	"crypto/sha256"
	"encoding/binary"

	"fener/internal/sqlitefile"
)

// The first bytes of what is hashed say what it is and in which form, so that
// no hash made for one purpose can be passed off for another.
const (
	genesisForm = "fener ledger 1\n"
	entryForm1  = "fener ledger entry 1\n"
	entryForm2  = "fener ledger entry 2\n"
)

// Commit returns the commitment to a body: SHA-256(salt || body). The salt has
// a fixed length, so there is only one way to take the hashed bytes apart.
func Commit(salt [SaltSize]byte, body []byte) [32]byte {
	h := make([]byte, 0, SaltSize+len(body))
	h = append(h, salt[:]...)
	h = append(h, body...)
	return sha256.Sum256(h)
}

// Genesis returns the value that the first entry of the named ledger follows.
// It binds the whole chain to one ledger, so that entries cut from another one
// do not fit.
func Genesis(name string) [32]byte {
	return sha256.Sum256([]byte(genesisForm + name))
}

// Chain returns the chain value of e when the entry before it has the value
// prev. It covers every field of e but what can be erased:
//
//	SHA-256("fener ledger entry 2\n" || prev || Seq || Rev ||
//	        len(At) At || len(Kind) Kind || len(ID) ID || len(State) State ||
//	        len(By) By || len(Batch) Batch || WhyCommitment || Commitment)
//
// and in the first form
//
//	SHA-256("fener ledger entry 1\n" || prev || Seq || Rev ||
//	        len(At) At || len(Kind) Kind || len(ID) ID || len(State) State ||
//	        len(By) By || len(Why) Why || len(Batch) Batch || Commitment)
//
// with Seq and Rev as eight bytes and each length as four, high byte first, and
// At as in 2024-05-31T10:20:30.000000Z. The lengths keep a byte from wandering
// from the end of one field to the beginning of the next.
func Chain(prev [32]byte, e *Entry) [32]byte {
	var room [512]byte
	return chainInto(room[:0], prev, e, sqlitefile.FormatTime(e.At))
}

// chainInto is Chain with the time already formatted and a buffer to work in.
func chainInto(b []byte, prev [32]byte, e *Entry, at string) [32]byte {
	if e.Form == FirstForm {
		b = append(b, entryForm1...)
	} else {
		b = append(b, entryForm2...)
	}
	b = append(b, prev[:]...)
	return sha256.Sum256(appendHeader(b, e, at))
}

// appendHeader appends everything that stands of an entry for ever.
func appendHeader(b []byte, e *Entry, at string) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(e.Seq))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Rev))
	b = appendField(b, at)
	b = appendField(b, string(e.Kind))
	b = appendField(b, e.ID)
	b = appendField(b, string(e.State))
	b = appendField(b, e.By)
	if e.Form == FirstForm {
		b = appendField(b, e.Why)
		b = appendField(b, e.Batch)
	} else {
		b = appendField(b, e.Batch)
		b = append(b, e.WhyCommitment[:]...)
	}
	return append(b, e.Commitment[:]...)
}

func appendField(b []byte, s string) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
	return append(b, s...)
}
