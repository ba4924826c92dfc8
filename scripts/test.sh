#!/usr/bin/env bash
# Runs everything that has to pass: formatting, vet, staticcheck, all tests with the race detector and what they cover, the browser
# tests, a release for every system made twice, and the Windows program under Wine.
# Installs what the tests need from Debian's packages, npm and PyPI when it is missing. With CI=true a test that cannot run fails.
set -euo pipefail
cd "$(dirname "$0")/.."

section() { printf '\n== %s (%d s) ==\n' "$*" "$SECONDS"; }

# Pairs of "program package": the program a test calls, and Debian's package that brings it.
# gcc is for the race detector; the MinGW linker makes the one library that an older Wine lacks (cmd/fener/wine_linux_test.go).
tools=("chromium chromium" "nginx nginx-light" "wrk wrk" "sqlite3 sqlite3" "npm npm" "node nodejs" "gcc gcc" "x86_64-w64-mingw32-ld binutils-mingw-w64-x86-64"
  "python3 python3" "Rscript r-base-core" "strace strace" "xz xz-utils" "soffice libreoffice-calc"
  "tesseract tesseract-ocr" "qpdf qpdf")
libraries=("fonts-dejavu-core" "fonts-noto-core" "libc6-dev" "wine64" "python3-venv" "r-cran-jsonlite" "tesseract-ocr-sqi" "tesseract-ocr-srp" "tesseract-ocr-srp-latn" "tesseract-ocr-eng" "postgresql")

have() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }

missing_packages() {
  local pair
  for pair in "${tools[@]}"; do
    have "${pair% *}" || echo "${pair#* }"
  done
  have dpkg-query || return 0
  for pair in "${libraries[@]}"; do
    dpkg-query -W -f='${Status}' "$pair" 2>/dev/null | grep -q 'install ok installed' || echo "$pair"
  done
}

install_packages() {
  local sudo=""
  if ! have apt-get; then
    echo "Not a Debian system: please install by hand: $*"
    return 0
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      echo "Neither root nor sudo without a password here. Please run: apt-get install --no-install-recommends $*"
      return 0
    fi
    sudo="sudo"
  fi
  $sudo apt-get update -q
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -q -y --no-install-recommends "$@"
}

# npm_version FILE KEY: the version of a package that package.json pins, or that lies in node_modules (empty when absent).
npm_version() { sed -n "s/^ *\"$2\": *\"\([0-9][^\"]*\)\".*/\1/p" "$1" 2>/dev/null | head -n 1; }

section "what the tests need"
if ! have go; then
  echo "Go is missing: install the version that go.mod names from https://go.dev/dl/ (or any Go from 1.21 on, which fetches it)."
  exit 1
fi
mapfile -t packages < <(missing_packages)
if [ "${#packages[@]}" -gt 0 ]; then
  install_packages "${packages[@]}"
fi
outdated=""
for package in axe-core html-validate ical.js jsonstat-toolkit schema-dts typescript; do
  [ "$(npm_version package.json "$package")" = "$(npm_version "node_modules/$package/package.json" version)" ] || outdated="yes"
done
if [ -n "$outdated" ]; then
  if have npm; then
    npm ci --ignore-scripts --no-audit --no-fund
  else
    echo "npm is missing: the tests of accessibility and of the HTML will not run."
  fi
fi
if [ "$(cat .venv/requirements.txt 2>/dev/null)" != "$(cat scripts/requirements.txt)" ]; then
  if python3 -m venv .venv && .venv/bin/pip install -q --disable-pip-version-check -r scripts/requirements.txt; then
    cp scripts/requirements.txt .venv/
  else
    echo "Python or its packages are missing: the tests that read the answers with pandas and frictionless will not run."
  fi
fi
mapfile -t packages < <(missing_packages)
if [ "${#packages[@]}" -eq 0 ]; then
  echo "All there."
else
  echo "Still missing: ${packages[*]}. Tests that need them are skipped, or fail where CI is set."
fi

section "gofmt"
unformatted="$(git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0r gofmt -l)"
if [ -n "$unformatted" ]; then
  printf 'Not formatted; run gofmt -w on:\n%s\n' "$unformatted"
  exit 1
fi
echo "All formatted."

section "go vet"
go vet ./...
echo "Nothing found."

section "go.mod"
go mod tidy -diff
echo "Tidy."

section "staticcheck"
go tool staticcheck ./...
echo "Nothing found."

section "tests with the race detector, and the statements they cover"
# Two things are left unwatched: SQLite, translated from C, and the unpacking of the standard library. Neither shares anything with our code but what goes
# through locks, and watched they take six times as long, and these tests with them.
unwatched=(-gcflags='modernc.org/sqlite/lib=-race=false' -gcflags='compress/flate=-race=false')
# What goes one step after the other cannot race, and watched takes as long: the law, reading judgments, the check in browsers, figures counted a second time row by row, and going
# through every page. It runs by itself below.
alone='^(TestPivotAgainstTheRows|TestEveryPageInEveryLanguage|TestEveryPageAsItStood|TestEveryChartLeavesTheSiteWhole|TestEveryProvisionHasItsPage|TestPagesKeepToThemselves|TestNoAddressCountsDrafts|TestWeight|TestHostileAddresses|TestTalksAreEventsOfSchemaOrg|TestFigurePagesOfFiveThousandSyntheticJudgments|TestEveryLinkLeadsSomewhere)$'
mapfile -t packages < <(go list ./... | grep -v -e '^fener/cmd/fener$' -e '^fener/internal/wasm$' -e '^fener/internal/reading$' -e '^fener/internal/document$' -e '^fener/internal/redact$' -e '^fener/law$')
go test -race "${unwatched[@]}" -skip "$alone" -cover -timeout 25m "${packages[@]}"

section "tests of the whole program, and of what goes one step after the other"
# The program is run hundreds of times, killed, and run under Wine; what it is made of was watched above. Documents are read by processes of their own, with
# nothing between them that could race but the watching of one, which was run with the race detector when it was made.
go test -cover -timeout 25m ./cmd/fener ./internal/wasm ./internal/reading ./internal/document ./internal/redact ./law
go test -run "$alone" -timeout 15m ./internal/figure ./internal/site

section "tests in a browser"
# Their own run: a browser under the race detector on a small machine would time out for the wrong reason.
mapfile -t browser < <(git ls-files --cached --others --exclude-standard '*_test.go' |
  xargs -r grep -lE '^func TestBrowser' | xargs -r -n1 dirname | sort -u | sed 's|^|./|')
if [ "${#browser[@]}" -gt 0 ]; then
  FENER_BROWSER=1 go test -timeout 20m -count=1 -run '^TestBrowser' "${browser[@]}"
fi

section "a release for every system, twice"
# Nothing is linked against C, so any system builds all. The second one is made from a copy without git in another folder: what is
# compiled is the same, so it is only linked and packed again.
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
bash scripts/release.sh 0.0.0-test "$work/first"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$(mkdir -p "$work/copy" && echo "$work/copy")" 2>/dev/null || true # what was removed and not committed
changed="" # as release.sh says it
[ -z "$(git status --porcelain)" ] || changed=" with changes"
FENER_COMMIT="$(git rev-parse HEAD)$changed" SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" bash "$work/copy/scripts/release.sh" 0.0.0-test "$work/second" >"$work/log" ||
  { cat "$work/log"; exit 1; }
diff "$work/first/SHA256SUMS" "$work/second/SHA256SUMS"
(cd "$work/first" && sha256sum --quiet -c SHA256SUMS)
echo "The same bytes."
# Every package with its tests compiles on each system too; what it stands on was compiled for the release.
for system in windows/amd64 darwin/arm64; do
  GOFLAGS=-trimpath GOOS="${system%/*}" GOARCH="${system#*/}" CGO_ENABLED=0 go vet ./...
done

section "the Windows program under Wine"
FENER_WINE=1 go test -count=1 -run '^TestWine' ./cmd/fener

section "done"
echo "Everything passed."
