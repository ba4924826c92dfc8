#!/usr/bin/env bash
# Measures how fast documents are read, and how much memory it takes: 100 pages of born-digital PDF, scanned pages on one core, a file of
# 10,000 pages, and $1 megabytes of PDFs (1,000) in one run. Documents are made from those in ../shared/judgments/labelled with qpdf.
# docs/performance.md holds what was measured.
set -euo pipefail
cd "$(dirname "$0")/.."

megabytes="${1:-1000}"
labelled="$(cd ../shared/judgments/labelled 2>/dev/null && pwd)" || { echo "../shared/judgments/labelled is not there"; exit 1; }
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/fener" ./cmd/fener
printf '%s cores, %s; load %s; %s; commit %s; %s\n' "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(cut -d' ' -f1 /proc/loadavg)" \
  "$(go version)" "$(git rev-parse --short HEAD)" "$(tesseract --version 2>&1 | head -n 1)"

# measured WHAT COMMAND...: seconds, processor seconds, and the most memory of the program and of one that it starts.
measured() {
  local what="$1"
  shift
  /usr/bin/time -f '%e s, %U + %S s of the processor, at most %M KB' "$@" >/dev/null 2>"$dir/err" || true # 4: a page was not read
  printf '%s: %s\n' "$what" "$(tail -n 1 "$dir/err")"
  grep -E '^[0-9]+ of [0-9]+ documents' "$dir/err" || cat "$dir/err"
}

born=("$labelled"/*.born.pdf)
scans=("$labelled"/*.scan.pdf)
"$dir/fener" read --text "${born[0]}" >/dev/null 2>&1 # compiles the PDF library, once on each machine

repeated=()
for _ in 1 2 3 4 5; do repeated+=("${born[@]}"); done
qpdf --empty --pages "${repeated[@]}" -- "$dir/all.pdf"
qpdf --empty --pages "$dir/all.pdf" 1-100 -- "$dir/hundred.pdf"
for _ in 1 2 3; do measured "100 pages of born-digital PDF" "$dir/fener" read --text "$dir/hundred.pdf"; done
measured "the same, with what they say" "$dir/fener" read --out "$dir/rows.xlsx" "$dir/hundred.pdf"
measured "22 scanned pages at 150 dots an inch, on one core" taskset -c 0 "$dir/fener" read --text "${scans[@]}"

many=()
for _ in $(seq 100); do many+=("$dir/hundred.pdf"); done
qpdf --empty --pages "${many[@]}" -- "$dir/many.pdf"
measured "10,000 pages in one file" "$dir/fener" read --text "$dir/many.pdf"

mkdir "$dir/pile"
size=0 n=0
while [ "$size" -lt $((megabytes * 1000000)) ]; do # most bytes are scans, which are only looked at
  for file in "${scans[@]}" "${born[0]}"; do
    n=$((n + 1))
    cp "$file" "$dir/pile/$n.pdf"
    size=$((size + $(stat -c %s "$file")))
  done
done
measured "$((size / 1000000)) MB of PDFs, $n files, scans not recognised" "$dir/fener" read --text --no-recognition "$dir/pile"
