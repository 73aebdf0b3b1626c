#!/usr/bin/env bash
# Five workers as processes, a real kube-apiserver and etcd, and a nemesis: whether two ever work at once. --help has the options.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
program=tests/LeaseElection.Chaos/bin/Release/net10.0/LeaseElection.Chaos.dll

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build tests/LeaseElection.Chaos -c Release -nodeReuse:false -p:UseSharedCompilation=false >"$log" 2>&1 </dev/null || { tail -n 40 "$log" >&2; echo "chaos: the build failed" >&2; exit 1; }
rm -f "$log"

# What needs no server should not wait for one; a mistake in the command line is told before minutes are spent.
case " $* " in
  *" --help "* | *" -h "* | *" --plan "*) ;;
  *)
    dotnet "$program" "$@" --plan >/dev/null || exit $?
    bash eng/control-plane.sh </dev/null >/dev/null
    ;;
esac
exec dotnet "$program" "$@"
