// Command write prints a table of SYNTHETIC judgments for measuring: write ROWS > FILE.
package main

import (
	"fmt"
	"os"
	"strconv"

	"fener/internal/intake/synthetic"
)

func main() {
	rows, err := 0, fmt.Errorf("expected the number of rows")
	if len(os.Args) == 2 {
		rows, err = strconv.Atoi(os.Args[1])
	}
	if err == nil {
		err = synthetic.WriteCSV(os.Stdout, rows, 1)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "writing a synthetic table:", err)
		os.Exit(1)
	}
}
