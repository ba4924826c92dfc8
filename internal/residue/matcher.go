package residue

// lookBack is how far before its end the beginning of a word is looked for, in bytes.
const lookBack = 1024

// A matcher runs a machine over a stream of bytes, which may come in any pieces.
type matcher struct {
	m     *machine
	state int32
	at    int64    // bytes so far
	tail  []byte   // the last of them
	last  [2]int64 // word and beginning of what was found last: a mark that follows a plain letter ends the word once more
	found func(word int, form Form, start, end int64)
}

func newMatcher(m *machine, found func(word int, form Form, start, end int64)) *matcher {
	u := &matcher{m: m, found: found}
	m.users[u] = true
	return u
}

// close lets go of the machine.
func (u *matcher) close() { delete(u.m.users, u) }

// reset forgets what came before, as at the beginning of another stream. Offsets go on.
func (u *matcher) reset() { u.state, u.tail, u.last = 0, u.tail[:0], [2]int64{} }

// Write takes in the next bytes. It never fails.
func (u *matcher) Write(p []byte) (int, error) {
	next, class := u.m.next, &u.m.class
	s := u.state
	for i, b := range p {
		n := next[int(s)+int(class[b])]
		if n < 0 {
			if n == unmade {
				u.state = s
				n = u.m.make(u, b)
				next = u.m.next
			}
			if n < 0 {
				n = ^n
				u.end(n, p[:i+1])
			}
		}
		s = n
	}
	u.state = s
	u.at += int64(len(p))
	u.keep(p)
	return len(p), nil
}

// keep holds the last bytes for words that go on in the next piece.
func (u *matcher) keep(p []byte) {
	if len(p) >= lookBack {
		u.tail = append(u.tail[:0], p[len(p)-lookBack:]...)
		return
	}
	if len(u.tail)+len(p) > 8*lookBack {
		u.tail = append(u.tail[:0], u.tail[len(u.tail)-lookBack:]...)
	}
	u.tail = append(u.tail, p...)
}

// end reports the words that end with p, each in its simplest form.
func (u *matcher) end(state int32, p []byte) {
	window := p
	if len(p) < lookBack {
		window = append(append(make([]byte, 0, len(u.tail)+len(p)), u.tail...), p...)
	}
	window = window[max(0, len(window)-lookBack):]
	end := u.at + int64(len(p))
	type hit struct {
		form   Form
		length int
	}
	hits := map[int]hit{}
	for _, number := range u.m.ends[int(state)/u.m.classes] {
		pattern := u.m.patterns[number]
		form, length := pattern.form, 0
		for l := 1; l <= len(window); l++ {
			if f, ok := pattern.match(window[len(window)-l:]); ok {
				form, length = f, l
				break
			}
		}
		if old, ok := hits[pattern.word]; !ok || simpler(form, old.form) {
			hits[pattern.word] = hit{form, length}
		}
	}
	for word, h := range hits {
		this := [2]int64{int64(word) + 1, end - int64(h.length)}
		if this != u.last {
			u.last = this
			u.found(word, h.form, this[1], end)
		}
	}
}
