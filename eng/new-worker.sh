#!/usr/bin/env bash
# Does what the section "Make a worker" of docs/getting-started.md says, word for word, in a temporary folder: from "dotnet new worker" to an elected worker.
set -euo pipefail

usage() {
  cat <<TEXT
Usage: eng/new-worker.sh [--help]

Takes commands and code out of docs/getting-started.md ("Make a worker"), makes the worker with the packages of artifacts/packages (eng/pack.sh), builds it as it
stands there, and runs its second form, which needs no cluster, until it leads and works.
TEXT
}

case "${1:-}" in
  "") ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; echo "new-worker: unknown option '$1'" >&2; exit 2 ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD
say() { echo "new-worker: $*"; }
die() { say "$*" >&2; exit 1; }
ls artifacts/packages/LeaseElection.*.nupkg >/dev/null 2>&1 || die "there are no packages in artifacts/packages: run eng/pack.sh first"

# The Nth block of a language in the section.
block() { awk -v lang="\`\`\`$1" -v n="$2" '/^## /{ here = ($0 == "## Make a worker") } here && $0 == lang { k++; inside = (k == n); next } /^```$/ { inside = 0 } inside' docs/getting-started.md; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
commands=$(block sh 1) first=$(block csharp 1) more=$(block sh 2) second=$(block csharp 2)
[ -n "$commands" ] && [ -n "$first" ] && [ -n "$more" ] && [ -n "$second" ] || die "docs/getting-started.md has not two blocks of commands and two of code in 'Make a worker'"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_ENVIRONMENT=Development
export NUGET_PACKAGES="$repository/artifacts/new-worker/packages" # A package of the same version, made an hour ago, must not be taken for this one.
unset KUBECONFIG
rm -rf "$NUGET_PACKAGES"/leaseelection*
cd "$folder"
say "the commands"
eval "${commands//path\/to\/this\/repository/$repository}" >log 2>&1 </dev/null || { cat log; die "the commands fail"; }
build() { dotnet build -c Release -nodeReuse:false -p:UseSharedCompilation=false -warnaserror -v quiet >"$folder/log" 2>&1 </dev/null || { cat "$folder/log"; die "$1 does not build"; }; }
say "the worker"
printf '%s\n' "$first" >Program.cs
build "the worker"
say "the worker without a cluster"
eval "$more" >"$folder/log" 2>&1 </dev/null || { cat "$folder/log"; die "the command fails"; }
printf '%s\n' "$second" >Program.cs
build "the worker without a cluster"
dotnet bin/Release/net10.0/ReportWorker.dll >"$folder/said" 2>&1 </dev/null &
worker=$!
for ((i = 0; i < 300; i++)); do
  grep -q "Leading: " "$folder/said" && grep -q "Worker running at" "$folder/said" && break
  kill -0 $worker 2>/dev/null || break
  sleep 0.1
done
kill -TERM $worker 2>/dev/null || true
wait $worker || { cat "$folder/said"; die "the worker ended badly"; }
grep -q "Worker running at" "$folder/said" || { cat "$folder/said"; die "the worker does not work"; }
say "$(grep -o 'Leading: .*' "$folder/said" | head -n 1 | sed 's/ReportWorker.*//')"
