//go:build !carried

package wasm

func carriedProgram() (packed, execScript []byte, ok bool) { return nil, nil, false }
