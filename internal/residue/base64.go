package residue

// values are those of the signs of base64, of both alphabets; others have 0xff.
var values = func() (v [256]byte) {
	for i := range v {
		v[i] = 0xff
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		v[c] = byte(i)
	}
	v['-'], v['_'] = 62, 63
	return v
}()

// A base64Finder decodes whatever may be base64 and looks into it. A run of its
// signs may have begun with signs that are none of it, so each of the four
// beginnings is tried; line ends inside a run are passed over.
type base64Finder struct {
	least  int // signs of the shortest run that can hold a word
	ways   [4]way
	at     int64  // bytes of the stream before this piece
	run    []byte // values of the run that were not decoded yet
	begun  int64  // where the run began
	active bool   // a part of the run was decoded already
	broken bool   // the last byte was a line end
	out    []byte
}

// A way decodes a run from one beginning.
type way struct {
	*matcher
	skip, signs int
	bits        uint32
}

func newBase64Finder(m *machine, found func(word int, form Form, start int64)) *base64Finder {
	f := &base64Finder{least: max(4, (m.shortest*4+2)/3)}
	for i := range f.ways {
		f.ways[i].matcher = newMatcher(m, func(word int, form Form, start, _ int64) {
			found(word, form|Base64, f.begun+int64(i)+start/3*4)
		})
	}
	return f
}

func (f *base64Finder) close() {
	for i := range f.ways {
		f.ways[i].close()
	}
}

// skip passes over bytes that are searched elsewhere.
func (f *base64Finder) skip(n int64) {
	f.flush()
	f.at += n
}

func (f *base64Finder) write(p []byte) {
	for i := 0; i < len(p); i++ {
		c := p[i]
		if len(f.run) == 0 && !f.active {
			// Where the last sign of the shortest run would be is none, no run
			// begins before it.
			if far := i + f.least - 1; far < len(p) && values[p[far]] == 0xff {
				i = far
				continue
			}
			f.begun = f.at + int64(i)
		}
		switch v := values[c]; {
		case v != 0xff:
			f.run, f.broken = append(f.run, v), false
			if len(f.run) == 1<<12 {
				f.look()
			}
		case c == '\r' && f.long(), c == '\n' && f.long() && !f.broken:
			f.broken = c == '\n'
		default:
			f.flush()
		}
	}
	f.at += int64(len(p))
}

// long reports whether the run is one at all.
func (f *base64Finder) long() bool { return f.active || len(f.run) >= f.least }

// look decodes the part of the run that is there.
func (f *base64Finder) look() {
	for i := range f.ways {
		w := &f.ways[i]
		if !f.active {
			w.reset()
			w.at, w.skip, w.signs, w.bits = 0, i, 0, 0
		}
		f.out = f.out[:0]
		for _, v := range f.run[min(w.skip, len(f.run)):] {
			w.bits = w.bits<<6 | uint32(v)
			if w.signs++; w.signs == 4 {
				f.out = append(f.out, byte(w.bits>>16), byte(w.bits>>8), byte(w.bits))
				w.signs, w.bits = 0, 0
			}
		}
		w.skip = max(0, w.skip-len(f.run))
		_, _ = w.Write(f.out) // it never fails
	}
	f.run, f.active = f.run[:0], true
}

// flush ends a run.
func (f *base64Finder) flush() {
	if f.long() {
		f.look()
		for i := range f.ways {
			switch w := &f.ways[i]; w.signs {
			case 2:
				_, _ = w.Write([]byte{byte(w.bits >> 4)})
			case 3:
				_, _ = w.Write([]byte{byte(w.bits >> 10), byte(w.bits >> 2)})
			}
		}
	}
	f.run, f.active, f.broken = f.run[:0], false, false
}
