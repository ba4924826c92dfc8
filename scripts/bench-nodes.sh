#!/usr/bin/env bash
# Measures how many pages two nodes on one PostgreSQL answer, beside one node. Each node may use a fixed share of one processor, so that on a machine of two
# cores they share nothing but the database; wrk and PostgreSQL use what is left. Needs root (control groups), wrk, curl and Debian's postgresql.
#
#   bash scripts/bench-nodes.sh [JUDGMENTS] [SECONDS] [SHARE]        20000, 15 and 25 percent unless told
set -euo pipefail
cd "$(dirname "$0")/.."
judgments="${1:-20000}" seconds="${2:-15}" share="${3:-25}"
bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)"
[ -n "$bin" ] || { echo "PostgreSQL is missing: apt-get install postgresql"; exit 1; }
for program in wrk curl setpriv; do
  command -v "$program" >/dev/null || { echo "$program is missing"; exit 1; }
done
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then groups=/sys/fs/cgroup; limit() { echo "$((share * 1000)) 100000" >"$1/cpu.max"; }
else groups=/sys/fs/cgroup/cpu; limit() { echo 100000 >"$1/cpu.cfs_period_us"; echo $((share * 1000)) >"$1/cpu.cfs_quota_us"; }; fi
[ -w "$groups" ] || { echo "no control groups can be made in $groups: run it as root"; exit 1; }

work="$(mktemp -d)"; chmod 755 "$work"
pids=() made=()
finish() {
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do # the nodes before their database
    kill -INT "${pids[i]}" 2>/dev/null || true
    wait "${pids[i]}" 2>/dev/null || true
  done
  for g in "${made[@]}"; do rmdir "$g" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' TERM

mkdir "$work/pg"; chown nobody "$work/pg"
as_nobody() { setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups env HOME="$work/pg" "$@"; }
as_nobody "$bin/initdb" -D "$work/pg/data" -U fener --auth=trust >"$work/initdb.out"
port=$((20000 + RANDOM % 20000))
setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups "$bin/postgres" -D "$work/pg/data" -c listen_addresses=127.0.0.1 -c port="$port" -c unix_socket_directories="$work/pg" >"$work/pg.log" 2>&1 &
pids+=($!)
address="postgres://fener@127.0.0.1:$port/postgres?sslmode=disable"
until as_nobody "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do sleep 0.1; done

go build -o "$work/fener" ./cmd/fener
"$work/fener" demo --synthetic "$judgments" --data "$work/first" --listen 127.0.0.1:0 >"$work/demo.out" 2>&1 &
demo=$!
until grep -qs '^Open ' "$work/demo.out"; do kill -0 "$demo" || { cat "$work/demo.out"; exit 1; }; sleep 0.1; done
kill -INT "$demo"; wait "$demo" || true
"$work/fener" move --from "$work/first" --to "$address"

urls=()
for node in one two; do
  mkdir "$groups/fener-bench-$node"; made+=("$groups/fener-bench-$node")
  "$work/fener" serve --data "$work/$node" --ledger "$address" --listen 127.0.0.1:0 >"$work/$node.out" 2>"$work/$node.log" &
  pids+=($!)
  until grep -qs '^Fener answers' "$work/$node.out"; do kill -0 "${pids[-1]}" || { cat "$work/$node.log"; exit 1; }; sleep 0.1; done
  url="$(sed -n 's/^Fener answers at //p' "$work/$node.out")"
  until [ "$(curl -s -o /dev/null -w '%{http_code}' "${url}en/")" = 200 ]; do sleep 0.2; done
  urls+=("$url")
  limit "$groups/fener-bench-$node"
  echo "${pids[-1]}" >"$groups/fener-bench-$node/cgroup.procs"
done

# The addresses differ in what they ask, so that pages are made and not only sent.
cat >"$work/ask.lua" <<'EOF'
local n = 0
local paths = { "en/", "sq/cases", "en/courts", "sr/figures", "en/search?q=P+%d", "sq/cases?page=%d" }
request = function()
  n = n + 1
  return wrk.format("GET", "/" .. string.format(paths[n % #paths + 1], n % 200 + 1))
end
EOF
rate() { sed -n 's/^Requests\/sec: *//p' "$1"; }
ask() { wrk -t1 -c16 -d"$seconds" -s "$work/ask.lua" --latency "$1" >"$2"; }
printf '%s, %s processors, commit %s, %s SYNTHETIC judgments, %s %% of a processor for each node\n' "$(go version)" "$(nproc)" "$(git rev-parse --short HEAD)" "$judgments" "$share"
for url in "${urls[@]}"; do ask "$url" "$work/warm"; done # what pages are kept is kept before it is measured
for round in 1 2 3; do
  ask "${urls[0]}" "$work/alone"
  ask "${urls[0]}" "$work/a" & a=$!
  ask "${urls[1]}" "$work/b" & b=$!
  wait "$a" "$b"
  awk -v one="$(rate "$work/alone")" -v a="$(rate "$work/a")" -v b="$(rate "$work/b")" -v round="$round" \
    'BEGIN { printf "round %d: one node %.0f requests a second, two nodes %.0f + %.0f = %.0f: %.2f times\n", round, one, a, b, a + b, (a + b) / one }'
done
