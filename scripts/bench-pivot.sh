#!/usr/bin/env bash
# Measures pivots over generated counts, and DuckDB answering the same questions over the same table in memory beside them.
#
#   bash scripts/bench-pivot.sh [COUNTS] [ROUNDS]        1000000 and 9 unless told
#
# Question by question the two take turns, so that whatever else runs slows both. It prints the median and the 99th percentile of each kind of
# question, and fails where an answer differs. DuckDB is pinned in scripts/requirements-bench.txt and installed into .venv-bench/.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 -m venv .venv-bench
.venv-bench/bin/pip install --quiet --disable-pip-version-check -r scripts/requirements-bench.txt
printf '%s, %s processors, load %s, commit %s\n' "$(go version)" "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" "$(git rev-parse --short HEAD)"
FENER_DUCKDB="$PWD/.venv-bench/bin/python" FENER_PIVOT_COUNTS="${1:-1000000}" FENER_PIVOT_ROUNDS="${2:-9}" \
  go test -count=1 -timeout 30m -run '^$' -bench '^BenchmarkBesideDuckDB$' -benchtime 1x -v ./internal/figure | grep -v '^\(goos\|goarch\|pkg\|PASS\|Benchmark\)'
