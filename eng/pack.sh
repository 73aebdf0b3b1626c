#!/usr/bin/env bash
# Makes the packages, and lets a project that knows nothing of this repository use them.
set -euo pipefail

usage() {
  cat <<TEXT
Usage: eng/pack.sh [--only-pack] [--help]

  1. packs LeaseElection.Core, LeaseElection and LeaseElection.Testing (Release, with symbols) into artifacts/packages, and checks them against their last release
  2. restores eng/consumer, which is in no solution, from that folder: a class library with LeaseElection.Core alone, checked to bring nothing of
     Kubernetes, and a service that uses it; builds them, and has the service elect a leader

  --only-pack   leaves the second out
TEXT
}

consume=yes
case "${1:-}" in
  "") ;;
  --only-pack) consume= ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; echo "pack: unknown option '$1'" >&2; exit 2 ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
feed="$PWD/artifacts/packages"
say() { echo "pack: $*"; }

rm -f "$feed"/*.nupkg "$feed"/*.snupkg
for project in LeaseElection.Core LeaseElection LeaseElection.Testing; do
  say "$project"
  dotnet pack "src/$project" -c Release -o "$feed" -nodeReuse:false -p:UseSharedCompilation=false -p:ContinuousIntegrationBuild=true -warnaserror -v quiet
done
ls "$feed"/*.nupkg "$feed"/*.snupkg | sed 's|.*/|pack: made |'

[ -n "$consume" ] || exit 0

# A folder of its own for what it restores: in the machine's a package of the same version, made an hour ago, would be taken for this one.
export NUGET_PACKAGES="$PWD/artifacts/consumer/packages"
rm -rf "$NUGET_PACKAGES"/leaseelection* artifacts/consumer/build
say "a consumer"
dotnet build eng/consumer/Service -c Release -o artifacts/consumer/build -nodeReuse:false -p:UseSharedCompilation=false -warnaserror -v quiet
dotnet artifacts/consumer/build/Consumer.dll
