//go:build carried

package wasm

import _ "embed"

// What scripts/carry wrote.
//
//go:embed carried/program.wasm.gz
var carriedPacked []byte

//go:embed carried/wasm_exec.js
var carriedScript []byte

func carriedProgram() (packed, execScript []byte, ok bool) { return carriedPacked, carriedScript, true }
