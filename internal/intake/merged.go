package intake

import "slices"

// merge is a block of merged cells in a column: its value stands in the first
// row and is meant for all.
type merge struct {
	column, from, to int
	value            cell
}

// merges fills cells that were merged downwards.
type merges struct {
	list   []merge // sorted by their first row
	next   int
	active []merge
}

func newMerges(list []merge) *merges {
	slices.SortFunc(list, func(a, b merge) int { return a.from - b.from })
	return &merges{list: list}
}

// fill puts values into a row from above, and says into which columns.
func (m *merges) fill(row *sheetRow) (filled []int) {
	if len(m.list) == 0 {
		return nil
	}
	m.active = slices.DeleteFunc(m.active, func(b merge) bool { return b.to < row.number })
	for _, block := range m.active {
		for len(row.cells) <= block.column {
			row.cells = append(row.cells, cell{})
		}
		if row.cells[block.column].text == "" {
			row.cells[block.column] = block.value
			filled = append(filled, block.column)
		}
	}
	for ; m.next < len(m.list) && m.list[m.next].from <= row.number; m.next++ {
		block := m.list[m.next]
		if block.from == row.number && block.column < len(row.cells) && row.cells[block.column].text != "" {
			block.value = row.cells[block.column]
			m.active = append(m.active, block)
		}
	}
	return filled
}
