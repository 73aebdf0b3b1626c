#!/usr/bin/env bash
# Gets a PostgreSQL for the tests of examples/FencedWriter. Prints the folder that holds initdb and postgres. The tests start a server of
# their own, with a fresh data folder on a free port, and end it; this script starts none.
set -euo pipefail

OLDEST=14 # schema.sql of the example asks for it.
PACKAGES=/usr/lib/postgresql

usage() {
  cat <<TEXT
Usage: eng/postgres.sh [--where | --help]

Gets PostgreSQL ($OLDEST or later), and prints the folder of its binaries on the last line of standard output. First that applies:
  LEASEELECTION_TEST_POSTGRES   a folder with initdb and postgres: used as it is
  what is installed             the newest in $PACKAGES, where Debian's packages put it
  Debian's package              needs apt-get, and root (or sudo). No server is set up or started by it

  --where   print the folder if there is one, else exit 1; install nothing
TEXT
}

say() { echo "postgres: $*" >&2; }
die() { say "$*"; exit 1; }
complete() { [ -x "$1/initdb" ] && [ -x "$1/postgres" ]; }
newest() {
  local folder version
  for folder in "$PACKAGES"/*/bin; do
    version=$(basename "$(dirname "$folder")")
    [[ "$version" =~ ^[0-9]+$ ]] && [ "$version" -ge $OLDEST ] && complete "$folder" && echo "$version $folder"
  done | sort -n | tail -n 1 | cut -d ' ' -f 2-
}

where=false
case "${1:-}" in
  "") ;;
  --where) where=true ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; die "unknown option '$1'" ;;
esac

if [ -n "${LEASEELECTION_TEST_POSTGRES:-}" ]; then
  complete "$LEASEELECTION_TEST_POSTGRES" || die "LEASEELECTION_TEST_POSTGRES is '$LEASEELECTION_TEST_POSTGRES', which does not hold both initdb and postgres: correct it, or unset it"
  echo "$LEASEELECTION_TEST_POSTGRES"; exit 0
fi
found=$(newest || true)
if [ -n "$found" ]; then echo "$found"; exit 0; fi
[ $where = false ] || exit 1

command -v apt-get >/dev/null ||
  die "no apt-get here: install PostgreSQL $OLDEST or later, and set LEASEELECTION_TEST_POSTGRES to the folder of its initdb and postgres"
root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || die "apt-get needs root: run as root, install sudo, or set LEASEELECTION_TEST_POSTGRES"
  root=(sudo)
fi

log=$(mktemp)
conf=/etc/postgresql-common/createcluster.d/leaseelection-tests.conf
trap 'rm -f "$log"; "${root[@]}" rm -f "$conf"' EXIT
run() { "$@" >>"$log" 2>&1 </dev/null || { tail -n 40 "$log" >&2; die "failed: $*"; }; }

say "installing Debian's package postgresql"
export DEBIAN_FRONTEND=noninteractive
run "${root[@]}" apt-get update
# The package would set up a server for the whole machine, and start it; the tests want none but theirs. Said only for this installation.
run "${root[@]}" mkdir -p "$(dirname "$conf")"
run "${root[@]}" sh -c 'echo "create_main_cluster = false" >"$1"' sh "$conf"
run "${root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends postgresql

found=$(newest || true)
[ -n "$found" ] || die "Debian's package brought no PostgreSQL $OLDEST or later: install one, and set LEASEELECTION_TEST_POSTGRES to the folder of its binaries"
"$found/postgres" --version >&2
echo "$found"
