#!/usr/bin/env bash
# Mutation tests of the state machine by dotnet-stryker: which changed operators and left-out statements no unit test notices.
set -euo pipefail

usage() {
  cat <<TEXT
Usage: eng/mutate.sh [--files GLOB] [--break-at N]

  --files GLOB   what is mutated, below src/LeaseElection (default **/Election/**/*.cs)
  --break-at N   exit 1 under a score of N (default 90)

Takes about 75 minutes on 2 cores. Each mutant is tested by tests/LeaseElection.Tests with a fiftieth of its random sequences. The report goes
to artifacts/mutants. The simulation has mutants of its own, of whole rules: tests/LeaseElection.Simulation.Mutants.
TEXT
}

files='**/Election/**/*.cs' break_at=90
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --files | --break-at)
      [ $# -ge 2 ] || { echo "mutate: $1 needs a value" >&2; exit 2; }
      if [ "$1" = --files ]; then files=$2; else break_at=$2; fi
      shift 2
      ;;
    *) usage >&2; echo "mutate: unknown option '$1'" >&2; exit 2 ;;
  esac
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
out="$PWD/artifacts/mutants"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 LEASEELECTION_PROPERTY_RUNS=40
dotnet tool restore >/dev/null
cd tests/LeaseElection.Tests
exec dotnet stryker --project LeaseElection.csproj --mutate "$files" --test-runner mtp --break-at "$break_at" --threshold-low "$break_at" --threshold-high 95 \
  --output "$out" --reporter json --reporter html --reporter cleartext --reporter progress --skip-version-check
