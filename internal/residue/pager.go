package residue

import (
	"encoding/binary"
	"fmt"
	"os"
	"strings"
)

// The form of SQLite's files: https://www.sqlite.org/fileformat2.html
const (
	walHeader     = 32
	frameHeader   = 24
	overflowStart = 4   // an overflow page begins with the number of the next one
	headBytes     = 256 // of a page that the end of a divided word is looked for in
	headsBudget   = 64 << 20
	maxDivided    = 1 << 20 // places where a word may be divided that are followed up
)

// A pager knows the pages of a SQLite file or of its log. A long value goes on in
// pages elsewhere in the file, so a word may stand half at the end of one page and
// half at the beginning of another: wherever the number of a page follows what
// may be the beginning of a word, the word is tried with what that page begins with.
type pager struct {
	s       *scan
	wal     bool
	begun   bool // the log's own header was passed
	size    int  // bytes of a page
	usable  int
	pages   uint32 // numbers above are none
	file    *os.File
	buf     []byte
	at      int64 // where in the stream buf begins
	numbers map[int64]uint32

	try     *matcher
	heads   map[uint32][][]byte // by page, where the file is not at hand
	held    int
	divided []division
	lost    bool // more than can be followed up
	indexed bool // a full-text index was seen in it
}

// A division is a place at which a word may go on in another page.
type division struct {
	at     int64 // in the stream
	page   uint32
	target uint32
	before []byte
}

// newPager is nil where the head is not that of a SQLite file after all.
func newPager(s *scan, head []byte, onDisk *os.File) *pager {
	if len(head) < 100 {
		return nil
	}
	p := &pager{s: s, file: onDisk, heads: map[uint32][][]byte{}, numbers: map[int64]uint32{}}
	p.wal = head[0] == 0x37
	if p.wal {
		p.size, p.pages, p.file = int(binary.BigEndian.Uint32(head[8:])), 1<<24-1, nil
		p.usable = p.size
	} else {
		p.size, p.pages = int(binary.BigEndian.Uint16(head[16:])), binary.BigEndian.Uint32(head[28:])
		if p.size == 1 {
			p.size = 65536
		}
		p.usable = p.size - int(head[20])
		if info, err := statOf(onDisk); err == nil && p.size > 0 {
			p.pages = uint32(info.Size() / int64(p.size))
		}
		if p.pages == 0 {
			p.pages = 1<<24 - 1
		}
	}
	if p.size < 512 || p.size > 65536 || p.size&(p.size-1) != 0 || p.usable < 480 {
		return nil
	}
	p.try = newMatcher(s.run.m, func(int, Form, int64, int64) {})
	return p
}

func statOf(f *os.File) (os.FileInfo, error) {
	if f == nil {
		return nil, os.ErrInvalid
	}
	return f.Stat()
}

func (p *pager) write(b []byte) {
	p.buf = append(p.buf, b...)
	used := 0
	if p.wal && !p.begun {
		if len(p.buf) < walHeader {
			return
		}
		used, p.begun = walHeader, true
	}
	lead := 0
	if p.wal {
		lead = frameHeader
	}
	for len(p.buf)-used >= lead+p.size {
		at := p.at + int64(used)
		number := uint32(at/int64(p.size)) + 1
		if p.wal {
			number = binary.BigEndian.Uint32(p.buf[used:])
			p.numbers[at+frameHeader] = number
		}
		p.page(number, at+int64(lead), p.buf[used+lead:used+lead+p.size])
		used += lead + p.size
	}
	p.at += int64(used)
	p.buf = append(p.buf[:0], p.buf[used:]...)
}

// page looks for the places at which a word may go on in another page.
func (p *pager) page(number uint32, at int64, data []byte) {
	if !p.indexed {
		p.indexed = strings.Contains(strings.ToLower(string(data)), "using fts5")
	}
	if p.file == nil {
		if p.held += headBytes; p.held > headsBudget {
			p.lost = true
		} else {
			p.heads[number] = append(p.heads[number], append([]byte(nil), data[overflowStart:overflowStart+headBytes]...))
		}
	}
	if next := binary.BigEndian.Uint32(data); next > 1 && next <= p.pages && next != number {
		p.consider(number, next, at, data[:p.usable], p.usable, overflowStart)
	}
	few := p.pages < 1<<24
	for o := 8; o+4 <= p.usable; o++ {
		if few && data[o] != 0 {
			continue
		}
		if next := binary.BigEndian.Uint32(data[o:]); next > 1 && next <= p.pages && next != number {
			p.consider(number, next, at, data, o, 0)
		}
	}
}

// consider keeps a place if the bytes before it may be the beginning of a word.
func (p *pager) consider(page, target uint32, at int64, data []byte, end, from int) {
	before := data[max(from, end-headBytes):end]
	p.try.reset()
	_, _ = p.try.Write(before)
	if p.try.state == 0 {
		return
	}
	if len(p.divided) >= maxDivided {
		p.lost = true
		return
	}
	p.divided = append(p.divided, division{at + int64(end), page, target, append([]byte(nil), before...)})
}

// finish follows up the divided words, and says of what was found in which page
// it lies.
func (p *pager) finish() {
	defer p.try.close()
	r, at := p.s.run, p.s.at
	beside := p.beside()
	if beside != nil {
		defer beside.Close() // it was only read
	}
	for _, d := range p.divided {
		for _, head := range p.headsOf(d.target, beside) {
			p.join(&d, head)
		}
	}
	if p.lost {
		r.unsearched(at, "words that are divided between two pages were looked for in a part of the file only")
	}
	if p.indexed && p.file == nil && !p.wal {
		r.unsearched(at, "a SQLite file inside another: its bytes were searched, the words of its full-text index were not asked for; unpack it and name it with --also")
	}
	p.locate()
	if p.file != nil {
		r.describe(p)
	}
}

func (p *pager) join(d *division, head []byte) {
	border := int64(len(d.before))
	p.try.reset()
	p.try.at = 0
	p.try.found = func(word int, form Form, start, end int64) {
		if start < border && end > border {
			p.s.run.found(Place{File: p.s.at.file, Inside: p.s.at.inside, Offset: d.at - (border - start), Page: int64(d.page), Word: word + 1, Form: form | Divided,
				Part: fmt.Sprintf("goes on in page %d", d.target)})
		}
	}
	_, _ = p.try.Write(d.before)
	_, _ = p.try.Write(head)
}

// headsOf are what a page begins with: for a log, each time it stands there, and
// in the file beside it.
func (p *pager) headsOf(number uint32, beside *os.File) [][]byte {
	heads := p.heads[number]
	for _, f := range []*os.File{p.file, beside} {
		if f == nil {
			continue
		}
		head := make([]byte, headBytes)
		if n, _ := f.ReadAt(head, int64(number-1)*int64(p.size)+overflowStart); n > 0 {
			heads = append(heads, head[:n])
		}
	}
	return heads
}

// beside is the file that a log belongs to, where it lies beside it.
func (p *pager) beside() *os.File {
	name, is := strings.CutSuffix(p.s.at.file, "-wal")
	if !p.wal || p.s.at.inside != "" || !is {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	return f
}

// locate gives what was found in the stream its page.
func (p *pager) locate() {
	for i := range p.s.run.report.Found[p.s.first:] {
		f := &p.s.run.report.Found[p.s.first+i]
		if f.Offset < 0 || f.Page != 0 || f.Inside != p.s.at.inside {
			continue
		}
		if !p.wal {
			f.Page = f.Offset/int64(p.size) + 1
			continue
		}
		frame := (f.Offset - walHeader) / int64(frameHeader+p.size)
		f.Page = int64(p.numbers[walHeader+frame*int64(frameHeader+p.size)+frameHeader])
		f.Part = "log"
	}
}
