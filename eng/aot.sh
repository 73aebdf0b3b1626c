#!/usr/bin/env bash
# Publishes the examples SingletonWorker and FailoverDemo with Native AOT, has the process tests run them on a real kube-apiserver, and measures
# the demo beside the same program under the JIT compiler. By hand, or at night: it takes about 6 minutes on 2 cores.
set -euo pipefail

usage() {
  cat <<TEXT
Usage: eng/aot.sh [--runs N] [--help]

  1. publishes examples/SingletonWorker and examples/FailoverDemo with Native AOT, and the demo without (linux, Release), into artifacts/aot;
     a warning that comes from our own assemblies fails it
  2. runs the process tests of LeaseElection.RealServer.Tests with the native programs: started, stopped, killed, frozen, cut off
  3. starts each demo N times (default 10) and prints size, time to the first leader, and memory
  4. measures hand-overs between processes, on the kube-apiserver: the worker under the JIT compiler, ReadyToRun, and native; 20 each, three times in turn

Needs a C compiler and linker (clang, or gcc), zlib's headers, and what eng/control-plane.sh needs; as root on Debian it installs them.
TEXT
}

runs=10
while [ $# -gt 0 ]; do
  case "$1" in
    --runs) runs="${2:-}"; [[ "$runs" =~ ^[1-9][0-9]{0,2}$ ]] || { echo "aot: --runs is '$runs'; it must be a number from 1 to 999" >&2; exit 2; }; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; echo "aot: unknown option '$1'" >&2; exit 2 ;;
  esac
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
out="$PWD/artifacts/aot"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
say() { echo "aot: $*"; }
die() { say "$*" >&2; exit 1; }

if ! command -v clang >/dev/null && ! command -v gcc >/dev/null || ! [ -e /usr/include/zlib.h ]; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || die "clang or gcc and zlib's headers are missing: install them (on Debian: gcc, libc6-dev, zlib1g-dev)"
  say "installing gcc, libc6-dev, zlib1g-dev"
  apt-get update -qq </dev/null >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq gcc libc6-dev zlib1g-dev </dev/null >/dev/null
fi
linker=()
command -v clang >/dev/null || linker=(-p:CppCompilerAndLinker=gcc)

rm -rf "$out"
mkdir -p "$out"
say "1/4 publish"
# KubernetesClient and YamlDotNet say of themselves that they are not made for it (one line each); what ours say is an error.
native() {
  dotnet publish "examples/$1" -c Release --use-current-runtime -p:PublishAot=true "${linker[@]}" "-p:WarningsNotAsErrors=IL2104%3BIL3053" \
    -o "$out/$2" >>"$out/native.log" 2>&1 </dev/null || { tail -n 30 "$out/native.log"; die "$1 could not be published (all of it: artifacts/aot/native.log)"; }
}
native SingletonWorker worker
native FailoverDemo native
grep -o "Assembly '[^']*' produced .* warnings" "$out/native.log" | sort -u || true
for kind in worker-jit:false worker-r2r:true; do
  dotnet publish examples/SingletonWorker -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun="${kind#*:}" -o "$out/${kind%:*}" \
    >>"$out/jit.log" 2>&1 </dev/null || { tail -n 30 "$out/jit.log"; die "SingletonWorker could not be published"; }
done
dotnet publish examples/FailoverDemo -c Release --use-current-runtime --self-contained false -o "$out/jit" >>"$out/jit.log" 2>&1 </dev/null || { tail -n 30 "$out/jit.log"; die "the program could not be published"; }

say "2/4 process tests with the native programs"
bash eng/control-plane.sh </dev/null >/dev/null
tests=LeaseElection.RealServer.Tests
dotnet build tests/$tests -c Release >"$out/tests.log" 2>&1 </dev/null || { tail -n 30 "$out/tests.log"; die "the tests do not build"; }
LEASEELECTION_TEST_WORKER="$out/worker/SingletonWorker" LEASEELECTION_TEST_DEMO="$out/native/FailoverDemo" \
  tests/$tests/bin/Release/net10.0/$tests -namespace "$tests.Processes" </dev/null | tee "$out/tests.log" | grep -E "Total:|FAIL" || true
grep -q "Errors: 0, Failed: 0, Skipped: 0" "$out/tests.log" || die "not all process tests passed with them (artifacts/aot/tests.log)"

say "3/4 $runs starts each"
# Milliseconds from the process's begin to its first leader, as the program says itself; kB that were resident at most.
start() {
  local lines peak
  lines=$({ "$@" --replicas 1 --every 0 --for 2 </dev/null & pid=$!; sleep 1.5; grep VmRSS "/proc/$pid/status"; wait $pid; } 2>/dev/null)
  peak=$(sed -n 's/VmRSS:[[:space:]]*\([0-9]*\) kB/\1/p' <<<"$lines")
  echo "$(sed -n 's/.*the first leader: \([0-9,]*\) ms after.*/\1/p' <<<"$lines" | tr -d ,) ${peak:-0}"
}
median() { sort -n | sed -n "$(((runs + 1) / 2))p"; }
printf '| %s | %s | %s | %s |\n' program "on disk" "process's begin to its first leader, p50" "resident, p50"
echo "|---|---|---|---|"
for kind in native jit; do
  for ((i = 0; i < runs; i++)); do start "$out/$kind/FailoverDemo"; done >"$out/$kind.starts"
  size=$(find "$out/$kind" -type f ! -name '*.pdb' ! -name '*.dbg' ! -name '*.xml' -printf '%s\n' | awk '{ s += $1 } END { printf "%.1f MB", s / 1e6 }')
  printf '| %s | %s | %s ms | %.0f MB |\n' "$kind" "$size" "$(awk '{ print $1 }' "$out/$kind.starts" | median)" "$(awk '{ print $2 / 1000 }' "$out/$kind.starts" | median)"
done

say "4/4 hand-overs between processes: from the old work's end to the next work"
for turn in 1 2 3; do
  for kind in worker-jit worker-r2r worker; do
    said=$(LEASEELECTION_TEST_WORKER="$out/$kind/SingletonWorker" tests/$tests/bin/Release/net10.0/$tests -noColor -showLiveOutput \
      -method "*.GracefulStopTests.Sigterm_LeaderOfThreeByDefaultSettings_AnotherWorksWithin100MillisecondsInTheMedian" </dev/null 2>&1 || true)
    printf '%-11s %s\n' "$kind" "$(grep -o 'median [0-9.]* ms' <<<"$said" | head -n 1)"
  done
done
