// Package proof is what the proof log of a record is made of, and how a stranger checks it: leaves, commitments to what a revision says, signed
// checkpoints, policies of witnesses, and proof files. It reads no record and opens no file.
//
// The forms are those of C2SP (signed-note, tlog-checkpoint, tlog-tiles, tlog-proof, tlog-cosignature, tlog-policy), so that readers which others
// wrote take them. docs/proof.md says what each of them proves.
package proof
