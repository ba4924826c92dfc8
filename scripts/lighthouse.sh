#!/usr/bin/env bash
# Runs Lighthouse on one page of every kind, over the example of Kosovo, on a phone as Lighthouse imagines it: 100 is wanted for accessibility, best
# practices and search engines. Prints a line for each page and ends with 1 where something is below. It takes some ten minutes, so the tests do not run it.
#
#   bash scripts/lighthouse.sh [LANGUAGE]          sq, sr, sr-Latn or en; en unless told
#
# It asks npm for Lighthouse, at a fixed version, into .lighthouse/, and needs Chromium (CHROME_PATH tells which) and node.
set -euo pipefail
cd "$(dirname "$0")/.."

version=13.5.0
lang="${1:-en}"
port="${PORT:-8397}"
address="http://127.0.0.1:$port"
export CHROME_PATH="${CHROME_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}"

work="$(mktemp -d)"
server=""
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

if [ "$(sed -n 's/^ *"version": *"\([0-9.]*\)".*/\1/p' .lighthouse/node_modules/lighthouse/package.json 2>/dev/null | head -n 1)" != "$version" ]; then
  npm install --prefix .lighthouse --no-save --ignore-scripts --no-audit --no-fund "lighthouse@$version"
fi

# wait_for URL: until somebody answers there.
wait_for() {
  for _ in $(seq 120); do
    curl -sf -o /dev/null "$1" && return
    sleep 0.5
  done
  echo "nothing answers at $1" >&2
  exit 1
}

# The demo makes the record; the server then tells pages their address, as a real one does.
go build -o "$work/fener" ./cmd/fener
"$work/fener" demo --data "$work/data" --listen "127.0.0.1:$port" >"$work/demo.log" 2>&1 &
server=$!
wait_for "$address/en/"
kill "$server"
wait "$server" 2>/dev/null || true
"$work/fener" serve --data "$work/data" --listen "127.0.0.1:$port" --address "$address" --checkpoints "$work/checkpoints" >"$work/serve.log" 2>&1 &
server=$!
wait_for "$address/$lang/"

# One page of every kind: of the addresses in the site map, the first of each first word and depth.
curl -sf "$address/sitemap.xml" >"$work/sitemap.xml"
locations() { grep -o '<loc>[^<]*' | sed 's|<loc>||'; }
locations <"$work/sitemap.xml" | while read -r part; do curl -sf "$part" | locations; done | sed -n "s|^$address/$lang/||p" | awk -F/ '{ key = $1 "/" NF; if (!seen[key]++) print }' >"$work/paths"
echo "check?offence_convicted=trafficking&offence_from=2017&judgment_date=2018&verdict=convicted&imprisonment=none&fine=600" >>"$work/paths"

below=0
while read -r path; do
  # No page of ours may fetch anything, robots.txt included, and Lighthouse fetches it as the page: a test reads it instead. A page with a question of
  # its own, such as an answer of the check, asks search engines to stay away, which is meant.
  skip=robots-txt
  case "$path" in *\?*) skip=robots-txt,is-crawlable ;; esac
  .lighthouse/node_modules/.bin/lighthouse "$address/$lang/$path" --quiet --chrome-flags="--headless=new --no-sandbox" \
    --only-categories=accessibility,best-practices,seo --skip-audits="$skip" --output=json --output-path="$work/out.json" </dev/null >"$work/lighthouse.log" 2>&1 ||
    { cat "$work/lighthouse.log"; exit 1; }
  node -e '
    const d = JSON.parse(require("fs").readFileSync(process.argv[1])), out = [];
    for (const c of Object.values(d.categories)) {
      out.push(Math.round(c.score * 100));
      for (const r of c.auditRefs) {
        const a = d.audits[r.id];
        if (a && a.score !== null && a.score < 1 && r.weight > 0)
          out.push("\n    " + r.id + ": " + a.title + " " + JSON.stringify(a.details?.items ?? "").slice(0, 300));
      }
    }
    console.log(out.join(" ") + "  /" + process.argv[2]);
    process.exit(Object.values(d.categories).every(c => c.score === 1) ? 0 : 1);
  ' "$work/out.json" "$lang/$path" || below=1
done <"$work/paths"
exit "$below"
