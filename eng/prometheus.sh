#!/usr/bin/env bash
# Gets Prometheus and promtool for the tests of examples/observability. Prints the folder that holds both. The tests start a server of
# their own and end it; this script starts none, and sets up no service.
set -euo pipefail

CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/leaseelection/prometheus"

usage() {
  cat <<TEXT
Usage: eng/prometheus.sh [--where | --help]

Gets prometheus and promtool, and prints the folder that holds both on the last line of standard output. First that applies:
  LEASEELECTION_TEST_PROMETHEUS   a folder with both: used as it is
  the cache                       $CACHE
  Debian's package                taken apart into the cache (apt-get download, dpkg-deb); root or sudo only where apt has no lists yet

  --where   print the folder if there is one, else exit 1; get nothing
TEXT
}

say() { echo "prometheus: $*" >&2; }
die() { say "$*"; exit 1; }
complete() { [ -x "$1/prometheus" ] && [ -x "$1/promtool" ]; }

where=false
case "${1:-}" in
  "") ;;
  --where) where=true ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; die "unknown option '$1'" ;;
esac

if [ -n "${LEASEELECTION_TEST_PROMETHEUS:-}" ]; then
  complete "$LEASEELECTION_TEST_PROMETHEUS" || die "LEASEELECTION_TEST_PROMETHEUS is '$LEASEELECTION_TEST_PROMETHEUS', which does not hold both prometheus and promtool: correct it, or unset it"
  echo "$LEASEELECTION_TEST_PROMETHEUS"; exit 0
fi
if complete "$CACHE"; then echo "$CACHE"; exit 0; fi
[ $where = false ] || exit 1

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
  die "no apt-get here: set LEASEELECTION_TEST_PROMETHEUS to a folder with prometheus and promtool"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 "$folder" # apt's own user writes the download where it can.
say "getting Debian's package"
if ! apt-get download prometheus >log 2>&1 </dev/null; then
  root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update >>log 2>&1 </dev/null || { tail -n 20 log >&2; die "failed: apt-get update"; }
  apt-get download prometheus >>log 2>&1 </dev/null || { tail -n 20 log >&2; die "failed: apt-get download prometheus"; }
fi
dpkg-deb -x prometheus_*.deb files
complete files/usr/bin || die "Debian's package prometheus has not both programs"
mkdir -p "$CACHE"
mv files/usr/bin/prometheus files/usr/bin/promtool "$CACHE"
complete "$CACHE" && echo "$CACHE"
