#!/usr/bin/env bash
# Plays elections in virtual time: see --help. With --mutant, on sources in which one rule is broken on purpose.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
project=LeaseElection.Simulation
for argument in "$@"; do
  [ "$argument" != --mutant ] || project=LeaseElection.Simulation.Mutants
done
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet build "tests/$project" -c Release -v q >"$log" 2>&1; then
  cat "$log" >&2
  echo "simulate: the build failed" >&2
  exit 2
fi
# With 64 MB for new objects the machine's simulation plays a third more worlds.
DOTNET_GCgen0size=${DOTNET_GCgen0size:-0x4000000} "tests/$project/bin/Release/net10.0/$project" "$@"
