#!/usr/bin/env bash
# Measures what internal/reading proposes against labels made by hand: precision and recall of each field in each language, and of what is proposed
# as sure, the share that is wrong; -v names each miss with its quotation. Then how fast it reads. docs/reading.md holds what was measured.
#
#   scripts/bench-read.sh [-v] [FOLDER]      FOLDER holds NAME.json with NAME.txt beside; by default ../shared/judgments/labelled
set -euo pipefail
cd "$(dirname "$0")/.."

verbose=()
if [ "${1:-}" = "-v" ]; then
  verbose=(-v)
  shift
fi
folder="${1:-../shared/judgments/labelled}"
go run ./internal/reading/score "${verbose[@]}" "$folder"
printf '\n%s cores, load %s; %s; commit %s\n' "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" "$(go version)" "$(git rev-parse --short HEAD)"
go test -run '^$' -bench . -benchtime 2s ./internal/reading | grep Benchmark || true
