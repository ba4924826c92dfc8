#!/usr/bin/env bash
# Measures fener check on SYNTHETIC rows (a million, or as many as $1) beside sqlite3's .import of the same file, in one run:
# seconds and the most memory, each three times. docs/performance.md holds what was measured.
set -euo pipefail
cd "$(dirname "$0")/.."

rows="${1:-1000000}"
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/fener" ./cmd/fener
go run ./internal/intake/synthetic/write "$rows" >"$dir/rows.csv"
printf '%s rows, %s bytes; %s cores; %s; commit %s\n' "$rows" "$(stat -c %s "$dir/rows.csv")" "$(nproc)" "$(go version)" \
  "$(git rev-parse --short HEAD)"

# measure NAME COMMAND...: runs it three times.
measure() {
  local name="$1" begin end
  shift
  for _ in 1 2 3; do
    begin="$(date +%s%N)"
    "$@" >"$dir/out" 2>"$dir/err"
    end="$(date +%s%N)"
    printf '%-28s %6.2f s  writes %s MB\n' "$name" "$(((end - begin) / 10000000))e-2" "$(($(stat -c %s "$dir/out") / 1000000))"
  done
}

import() { rm -f "$dir/rows.db" && sqlite3 "$dir/rows.db" ".import --csv $dir/rows.csv rows"; }

measure "fener check, CSV" "$dir/fener" check --format csv "$dir/rows.csv"
measure "fener check, JSON Lines" "$dir/fener" check --format jsonl "$dir/rows.csv"
measure "fener check, HTML" "$dir/fener" check --format html "$dir/rows.csv"
if command -v sqlite3 >/dev/null 2>&1; then
  measure "sqlite3 .import" import
else
  echo "sqlite3 is not installed: no comparison"
fi
if [ -x /usr/bin/time ]; then
  for format in csv jsonl html; do
    /usr/bin/time -f "most memory, $format: %M KB" "$dir/fener" check --format "$format" "$dir/rows.csv" 2>&1 >/dev/null | tail -n 1
  done
  /usr/bin/time -f "most memory, sqlite3 .import: %M KB" sqlite3 "$dir/other.db" ".import --csv $dir/rows.csv rows"
fi
