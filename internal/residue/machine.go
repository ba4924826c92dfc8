package residue

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// maxStates is how many states of the machine are kept at once; with more they
// are made anew.
const maxStates = 1 << 15

// A node is a place between two bytes of a spelling.
type node struct {
	edges  map[byte][]int32
	free   []int32 // nodes that are reached without a byte
	accept int32   // number of the pattern that ends here, or -1
}

// A machine looks for all patterns at once, one look-up for each byte. Its
// states are made when they are first met.
type machine struct {
	patterns []*pattern
	nodes    []node
	start    []int32 // the nodes in which every pattern begins

	class   [256]uint8 // bytes that no spelling tells apart are one class
	classes int

	next   []int32 // by state times classes plus class: a state, the complement of one in which a pattern ends, or unmade
	sets   [][]int32
	ends   [][]int32
	number map[string]int32
	users  map[*matcher]bool

	shortest int // bytes of the shortest spelling of any word
}

const unmade = math.MinInt32

func newMachine(patterns []*pattern) *machine {
	m := &machine{patterns: patterns, users: map[*matcher]bool{}, shortest: math.MaxInt}
	for i, p := range patterns {
		m.add(int32(i), p)
	}
	used := [256]bool{}
	for _, n := range m.nodes {
		for b := range n.edges {
			used[b] = true
		}
	}
	if slices.Contains(used[:], false) {
		m.classes = 1 // class 0 is the bytes of no spelling
	}
	for b, is := range used {
		if is {
			m.class[b] = uint8(m.classes)
			m.classes++
		}
	}
	m.start = m.close(m.start)
	m.clear()
	return m
}

func (m *machine) node() int32 {
	m.nodes = append(m.nodes, node{accept: -1, edges: map[byte][]int32{}})
	return int32(len(m.nodes) - 1)
}

func (m *machine) add(number int32, p *pattern) {
	at := m.node()
	m.start = append(m.start, at)
	least := 0
	for _, l := range p.letters {
		to := m.node()
		way := map[string]int32{"": at} // the letter's spellings share their beginnings
		short := math.MaxInt
		for _, s := range l.spellings {
			short = min(short, len(s.bytes))
			from := at
			for i := range len(s.bytes) - 1 {
				via, ok := way[s.bytes[:i+1]]
				if !ok {
					via = m.node()
					way[s.bytes[:i+1]] = via
					m.edge(from, s.bytes[i], via)
				}
				from = via
			}
			if l.gap {
				m.edge(from, s.bytes[len(s.bytes)-1], at)
			} else {
				m.edge(from, s.bytes[len(s.bytes)-1], to)
			}
		}
		if l.gap {
			m.nodes[at].free = append(m.nodes[at].free, to)
		} else {
			least += short
		}
		at = to
	}
	m.nodes[at].accept = number
	m.shortest = min(m.shortest, least)
}

func (m *machine) edge(from int32, b byte, to int32) {
	if !slices.Contains(m.nodes[from].edges[b], to) {
		m.nodes[from].edges[b] = append(m.nodes[from].edges[b], to)
	}
}

// close adds what is reached without a byte, in order and each once.
func (m *machine) close(set []int32) []int32 {
	for i := 0; i < len(set); i++ {
		set = append(set, m.nodes[set[i]].free...)
	}
	slices.Sort(set)
	return slices.Compact(set)
}

func (m *machine) clear() {
	m.next, m.sets, m.ends, m.number = nil, nil, nil, map[string]int32{}
	m.state(m.start)
}

// state is the number of a set of nodes, times the number of classes.
func (m *machine) state(set []int32) int32 {
	key := make([]byte, 0, 4*len(set))
	for _, n := range set {
		key = binary.LittleEndian.AppendUint32(key, uint32(n))
	}
	if s, ok := m.number[string(key)]; ok {
		return s
	}
	s := int32(len(m.next))
	m.number[string(key)] = s
	for range m.classes {
		m.next = append(m.next, unmade)
	}
	var ends []int32
	for _, n := range set {
		if a := m.nodes[n].accept; a >= 0 {
			ends = append(ends, a)
		}
	}
	m.sets, m.ends = append(m.sets, set), append(m.ends, ends)
	return s
}

// make finds where a state goes with a byte. It may make all states anew; those
// that matchers stand in are kept, under other numbers.
func (m *machine) make(u *matcher, b byte) int32 {
	if len(m.sets) >= maxStates {
		kept := map[*matcher][]int32{}
		for other := range m.users {
			kept[other] = m.sets[int(other.state)/m.classes]
		}
		m.clear()
		for other, set := range kept {
			other.state = m.state(set)
		}
	}
	var to []int32
	for _, n := range m.sets[int(u.state)/m.classes] {
		to = append(to, m.nodes[n].edges[b]...)
	}
	s := m.state(m.close(append(to, m.start...)))
	if len(m.ends[int(s)/m.classes]) > 0 {
		s = ^s
	}
	m.next[int(u.state)+int(m.class[b])] = s
	return s
}

// simpler reports whether a form has fewer peculiarities than another.
func simpler(a, b Form) bool { return bits.OnesCount32(uint32(a)) < bits.OnesCount32(uint32(b)) }
