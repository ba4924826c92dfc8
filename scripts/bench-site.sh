#!/usr/bin/env bash
# Measures `fener serve` with wrk on loopback over generated judgments, and nginx serving the very same bytes beside it.
#
#   bash scripts/bench-site.sh [JUDGMENTS] [SECONDS]        100000 and 10 unless told
#
# It prints one line for each address: requests a second and the 99th percentile of both, and the ratio. Everything listens on 127.0.0.1.
set -euo pipefail
cd "$(dirname "$0")/.."
judgments="${1:-100000}"
seconds="${2:-10}"
connections=64
pages=(en/ sq/ sr/courts en/figures/persons_convicted en/figures/persons_convicted.json en/courts.csv en/cases en/cases.json)

for program in wrk curl gzip; do
  command -v "$program" >/dev/null || { echo "$program is missing: apt-get install $program"; exit 1; }
done
nginx="$(command -v nginx || command -v /usr/sbin/nginx || true)"
work="$(mktemp -d)"
chmod 755 "$work" # nginx started by root gives its workers to another user
server="" proxy=""
finish() {
  [ -z "$server" ] || kill -INT "$server" 2>/dev/null || true
  [ -z "$proxy" ] || kill -QUIT "$proxy" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

go build -o "$work/fener" ./cmd/fener
# The demonstration fills the folder; the measured server is `fener serve`.
"$work/fener" demo --synthetic "$judgments" --data "$work/data" --listen 127.0.0.1:0 >"$work/demo.out" 2>&1 &
server=$!
until grep -qs '^Open ' "$work/demo.out"; do
  kill -0 "$server" 2>/dev/null || { cat "$work/demo.out"; exit 1; }
  sleep 0.1
done
kill -INT "$server"; wait "$server" || true

begun=$(date +%s%N)
"$work/fener" serve --data "$work/data" --listen 127.0.0.1:0 --admin 127.0.0.1:0 >"$work/serve.out" 2>"$work/serve.log" &
server=$!
until grep -qs '^Fener answers' "$work/serve.out"; do sleep 0.01; done
url="$(sed -n 's/^Fener answers at //p' "$work/serve.out")"
until [ "$(curl -s -o /dev/null -w '%{http_code}' "${url}en/")" = 200 ]; do sleep 0.01; done
printf 'SYNTHETIC judgments: %s. First page %d ms after the start of fener serve.\n' "$judgments" "$((($(date +%s%N) - begun) / 1000000))"
printf '%s, %s processors, %s\n\n' "$(go version)" "$(nproc)" "$(git rev-parse --short HEAD)"

# nginx gets each answer as a file and its gzip, and sends what the reader takes, as Fener does.
mkdir -p "$work/www" "$work/logs"
cat >"$work/nginx.conf" <<EOF
worker_processes auto; pid $work/nginx.pid; error_log $work/logs/error.log; daemon off;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/html; gzip_static on; open_file_cache max=1000;
  client_body_temp_path $work/logs; proxy_temp_path $work/logs; fastcgi_temp_path $work/logs; uwsgi_temp_path $work/logs; scgi_temp_path $work/logs;
  server { listen 127.0.0.1:18181; root $work/www; } }
EOF
number=0
for page in "${pages[@]}"; do
  number=$((number + 1))
  if ! curl -sf -o "$work/www/$number" "$url$page"; then
    echo "$page is no page; left out"
    rm -f "$work/www/$number"
    continue
  fi
  curl -sf -H 'Accept-Encoding: gzip' -o "$work/www/$number.gz" "$url$page"
done
if [ -n "$nginx" ]; then
  "$nginx" -p "$work" -c "$work/nginx.conf" 2>/dev/null &
  proxy=$!
  until curl -s -o /dev/null http://127.0.0.1:18181/1; do sleep 0.05; done
fi

# One run: requests a second, the 99th percentile, and what was not answered with 2xx.
run() {
  wrk -t1 -c"$connections" -d"${seconds}s" --latency -H 'Accept-Encoding: gzip' "$1" |
    awk '/Requests\/sec/ {r = $2} $1 == "99%" {p = $2} /Non-2xx|Socket errors/ {bad = " (" $0 ")"} END {printf "%.0f %s%s", r, p, bad}'
}

printf '%-42s %8s  %12s %10s  %12s %10s  %s\n' page bytes 'fener req/s' p99 'nginx req/s' p99 ratio
number=0
for page in "${pages[@]}"; do
  number=$((number + 1))
  [ -e "$work/www/$number" ] || continue
  read -r rate p99 <<<"$(run "$url$page")"
  other=- other99=- ratio=-
  if [ -n "$nginx" ]; then
    read -r other other99 <<<"$(run "http://127.0.0.1:18181/$number")"
    ratio="$(awk -v a="$rate" -v b="$other" 'BEGIN {printf "%.2f", a / b}')"
  fi
  printf '%-42s %8d  %12s %10s  %12s %10s  %s\n' "/$page" "$(wc -c <"$work/www/$number.gz")" "$rate" "$p99" "$other" "$other99" "$ratio"
done
