package cube

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// sdmxStatus are the states in the words of SDMX's code list of observation statuses (CL_OBS_STATUS): A normal, U low reliability, O missing, L missing
// though data exist, M missing because it cannot exist.
var sdmxStatus = map[State]string{Plain: "A", Small: "U", NoData: "O", NotKnown: "L", Nothing: "M"}

// Agency and Version are the first and last parts of the name of a data flow.
const (
	Agency  = "FENER"
	Version = "1.0.0"
)

// SDMXCSV writes the cube as SDMX-CSV 2.0, one row for each cell. A cell without a value has an empty OBS_VALUE and its status. Generated data say so in a
// column of their own.
func (c *Cube) SDMXCSV() ([]byte, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	axes := c.axes()
	head := []string{"STRUCTURE", "STRUCTURE_ID", "ACTION"}
	for _, d := range axes {
		head = append(head, sdmxID(d.ID))
	}
	head = append(head, "OBS_VALUE", "OBS_STATUS")
	if c.Fener.Synthetic {
		head = append(head, "DATA")
	}
	rows := [][]string{head}
	for i, cell := range c.Cells {
		row := []string{"dataflow", Agency + ":" + sdmxID(c.ID) + "(" + Version + ")", "I"}
		codes := make([]string, len(axes))
		rest := i
		for j := len(axes) - 1; j >= 0; j-- {
			n := len(axes[j].Categories)
			codes[j], rest = axes[j].Categories[rest%n].Code, rest/n
		}
		row = append(row, codes...)
		value := ""
		if cell.Value != nil {
			value = strconv.FormatFloat(*cell.Value, 'f', -1, 64)
		}
		row = append(row, value, sdmxStatus[cell.State])
		if c.Fener.Synthetic {
			row = append(row, "SYNTHETIC")
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("writing %s as SDMX-CSV: %w", c.ID, err)
	}
	return b.Bytes(), nil
}

// sdmxID is a name as identifiers of SDMX are written.
func sdmxID(s string) string {
	return strings.ToUpper(strings.NewReplacer("-", "_", ".", "_").Replace(s))
}
