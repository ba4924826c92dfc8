#!/usr/bin/env bash
# Makes a release: for each of five systems one archive with the program, the example and the guides; for each program what it is made
# of (CycloneDX); and the checksums of all.
#
#   bash scripts/release.sh VERSION [FOLDER]       such as 1.0.0; dist unless told
#
# Two runs over one commit give the same bytes, on any machine with the Go that go.mod names. The times in the archives are the
# commit's. FENER_SYSTEMS="linux/amd64 ..." makes some of them only.
set -euo pipefail
cd "$(dirname "$0")/.."

version="${1:-}"
if ! [[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]]; then
  echo "usage: bash scripts/release.sh VERSION [FOLDER]; VERSION is three numbers such as 1.0.0, or 1.0.0-rc.1"
  exit 2
fi
out="$(mkdir -p "${2:-dist}" && cd "${2:-dist}" && pwd)"
if [ -n "$(ls -A "$out")" ]; then
  echo "$out is not empty; a release never replaces another: name another folder, or empty that one"
  exit 2
fi
read -r -a systems <<<"${FENER_SYSTEMS:-linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64}"

# A copy without git says by itself what it is a copy of.
commit="${FENER_COMMIT:-$(git rev-parse HEAD)}"
epoch="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
if [ -z "${FENER_COMMIT:-}" ] && [ -n "$(git status --porcelain)" ]; then
  commit="$commit with changes"
  echo "There are changes that are in no commit; the program will say so."
fi
export CGO_ENABLED=0 SOURCE_DATE_EPOCH="$epoch" TZ=UTC LC_ALL=C GOFLAGS=-trimpath GOWORK=off GOAMD64=v1 GOARM64=v8.0
work="$(mktemp -d)"
trap 'rm -rf "$work" internal/wasm/carried' EXIT

# The tool reads what is linked into a program off the program itself.
GOBIN="$work" go install github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
go build -o "$work/pack" ./scripts/pack
# The check for browsers is the same in every program, and is compiled once.
go mod download
go run ./scripts/carry

linked="-s -w -buildid= -X 'main.releaseVersion=$version' -X 'main.releaseCommit=$commit' -X 'main.releaseTime=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)'"
for system in "${systems[@]}"; do
  begun=$SECONDS
  os="${system%/*}" arch="${system#*/}"
  name="fener-$version-$os-$arch"
  folder="$work/$name"
  program="$folder/fener" archive="$out/$name.tar.gz"
  if [ "$os" = windows ]; then
    program="$folder/fener.exe" archive="$out/$name.zip"
  fi
  mkdir -p "$folder/docs" "$folder/examples/kosovo"
  GOOS="$os" GOARCH="$arch" go build -buildvcs=false -tags carried -ldflags "$linked" -o "$program" ./cmd/fener
  cp README.md LICENSE CHANGELOG.md SECURITY.md "$folder/"
  cp internal/licences/notices.txt "$folder/LICENCES-OF-OTHERS.txt"
  cp docs/*.md "$folder/docs/"
  cp examples/kosovo/*.csv examples/kosovo/*.yaml examples/kosovo/*.md "$folder/examples/kosovo/"
  "$work/pack" "$epoch" "$folder" "$archive"
  "$work/cyclonedx-gomod" bin -json -std -licenses -noserial -notimestamp -version "v$version" -output "$out/$name.cdx.json" "$program" \
    2>"$work/log" || { cat "$work/log"; exit 1; }
  printf '%-40s %5.1f MB (%d s)\n' "${archive##*/}" "$(($(wc -c <"$archive") / 100000))e-1" "$((SECONDS - begun))"
done
(cd "$out" && sha256sum -- * >"$work/SHA256SUMS" && mv "$work/SHA256SUMS" SHA256SUMS)
echo "In $out; check with: sha256sum -c SHA256SUMS"
