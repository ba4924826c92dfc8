#!/usr/bin/env bash
# Measures fener check on SYNTHETIC rows (a million, or as many as $1) beside sqlite3's .import and DuckDB's read_csv of the same file, in
# one run: the three take turns, so that whatever else loads the machine loads them alike. Says the median and what it is to the others'.
# DuckDB is taken from the Python that $FENER_PYTHON names, or from .venv or PATH. docs/performance.md holds what was measured.
set -euo pipefail
cd "$(dirname "$0")/.."

rows="${1:-1000000}"
turns="${2:-5}"
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/fener" ./cmd/fener
go run ./internal/intake/synthetic/write "$rows" >"$dir/rows.csv"

python=""
for candidate in "${FENER_PYTHON:-}" .venv/bin/python python3; do
  if [ -n "$candidate" ] && "$candidate" -c 'import duckdb' 2>/dev/null; then
    python="$candidate"
    break
  fi
done
printf '%s rows, %s bytes; %s cores, load %s; %s; commit %s; sqlite3 %s; duckdb %s\n' "$rows" "$(stat -c %s "$dir/rows.csv")" "$(nproc)" \
  "$(cut -d' ' -f1 /proc/loadavg)" "$(go version)" "$(git rev-parse --short HEAD)" "$(sqlite3 --version 2>/dev/null | cut -d' ' -f1 || true)" \
  "$([ -n "$python" ] && "$python" -c 'import duckdb; print(duckdb.__version__)')"

# timed NAME COMMAND...: runs it once and keeps the seconds it took.
timed() {
  local name="$1" begin end
  shift
  begin="$(date +%s%N)"
  "$@" >"$dir/out" 2>"$dir/err" || { cat "$dir/err"; exit 1; }
  end="$(date +%s%N)"
  echo "$(((end - begin) / 1000000))" >>"$dir/$name.ms"
  stat -c %s "$dir/out" >"$dir/$name.bytes"
}

import() { rm -f "$dir/rows.db" && sqlite3 "$dir/rows.db" ".import --csv $dir/rows.csv rows"; }

# duck times the reading alone, without the start of Python: into a table, every column as text, two threads.
cat >"$dir/duck.py" <<'PY'
import sys, time, duckdb
con = duckdb.connect()
con.execute("SET threads = 2")
begin = time.monotonic()
con.execute("CREATE TABLE rows AS SELECT * FROM read_csv(?)", [sys.argv[1]])
print(int((time.monotonic() - begin) * 1000))
PY
duck() { "$python" "$dir/duck.py" "$dir/rows.csv" >>"$dir/duckdb.ms"; }

for _ in $(seq "$turns"); do
  timed csv "$dir/fener" check --format csv "$dir/rows.csv"
  ! command -v sqlite3 >/dev/null 2>&1 || timed sqlite import
  [ -z "$python" ] || duck
done
timed jsonl "$dir/fener" check --format jsonl "$dir/rows.csv"
timed html "$dir/fener" check --format html "$dir/rows.csv"

median() { [ -f "$dir/$1.ms" ] && sort -n "$dir/$1.ms" | sed -n "$((($(wc -l <"$dir/$1.ms") + 1) / 2))p"; }
csv="$(median csv)"
for name in csv jsonl html sqlite duckdb; do
  ms="$(median "$name")" || continue
  printf '%-7s median %6s ms  (%s)  writes %s MB  CSV takes %s of it\n' "$name" "$ms" "$(tr '\n' ' ' <"$dir/$name.ms")" \
    "$(($(cat "$dir/$name.bytes" 2>/dev/null || echo 0) / 1000000))" "$(awk -v a="$csv" -v b="$ms" 'BEGIN { printf "%.2f", a / b }')"
done
if [ -x /usr/bin/time ]; then
  for format in csv jsonl html; do
    /usr/bin/time -f "most memory, $format: %M KB; processor %U + %S s" "$dir/fener" check --format "$format" "$dir/rows.csv" 2>&1 >/dev/null | tail -n 1
  done
fi
