#!/usr/bin/env bash
# Builds everything, checks the format, runs every test: what CI runs, and what to run before a commit.
set -uo pipefail

usage() {
  cat <<TEXT
Usage: eng/test.sh [--help]

  1. gets a real kube-apiserver, etcd and clients by eng/control-plane.sh (the first time about 5 minutes),
     unless LEASEELECTION_TEST_KUBECONFIG names a cluster for the tests; and a PostgreSQL by eng/postgres.sh, a Prometheus by eng/prometheus.sh
  2. builds LeaseElection.sln (Release, warnings are errors)
  3. checks the format (dotnet format whitespace --verify-no-changes; the rest of style is the build's)
  4. runs the test projects, one after the other
  5. packs, has a project that has only the packages elect a leader (eng/pack.sh), and makes the README's new worker (eng/new-worker.sh)

Logs and reports are kept under artifacts/test/. The last line is 'N passed, N failed, N skipped', over all projects.
Fails on a warning, on unformatted code, on a failed test, on a test that was skipped for want of a server or a client, and when no test ran.
TEXT
}

case "${1:-}" in
  "") ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; echo "test: unknown option '$1'" >&2; exit 2 ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
out="$PWD/artifacts/test"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

passed=0 failed=0 skipped=0
problems=()
finish() {
  [ ${#problems[@]} = 0 ] || printf 'test: %s\n' "${problems[@]}"
  echo "$passed passed, $failed failed, $skipped skipped"
}
trap finish EXIT
trap 'problems+=("interrupted"); exit 130' INT TERM

say() { echo "test: $*"; }
# Nothing but the tests themselves writes into a pipe: the compiler's servers outlive the build and would hold it open.
logged() {
  local log="$out/$1.log"
  shift
  "$@" >"$log" 2>&1 </dev/null && return
  tail -n 60 "$log"
  problems+=("failed: $* (all of it: $log)")
  return 1
}
# The number that the report's first <assembly …> gives for attribute $2.
count() {
  local n
  n=$(grep -o -m1 '<assembly [^>]*>' "$1" | sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p;q")
  [ -n "$n" ] && echo "$n"
}

rm -rf "$out"
mkdir -p "$out"

if [ -z "${LEASEELECTION_TEST_KUBECONFIG:-}" ]; then
  say "1/5 servers"
  bash eng/control-plane.sh </dev/null || { problems+=("failed: eng/control-plane.sh"); exit 1; }
else
  say "1/5 servers: LEASEELECTION_TEST_KUBECONFIG"
fi
bash eng/postgres.sh </dev/null || { problems+=("failed: eng/postgres.sh"); exit 1; }
bash eng/prometheus.sh </dev/null || { problems+=("failed: eng/prometheus.sh"); exit 1; }

say "2/5 build"
logged build dotnet build LeaseElection.sln -c Release -warnaserror || exit 1

say "3/5 format"
# Whitespace alone: style and analyzers are errors of the build already (EnforceCodeStyleInBuild).
logged format dotnet format whitespace LeaseElection.sln --verify-no-changes --no-restore

shopt -s nullglob
for project in tests/*.Tests/*.csproj examples/Testing*/*.csproj; do
  name=$(basename "$project" .csproj)
  say "4/5 $name"
  grep -qF "$name.csproj" LeaseElection.sln || { problems+=("$project is not in LeaseElection.sln"); continue; }

  report="$out/$name.xml"
  dotnet test --project "$project" -c Release --no-build --no-ansi --progress off --timeout 30m \
    --results-directory "$out" --report-xunit-xml --report-xunit-xml-filename "$name.xml" </dev/null 2>&1 | tee "$out/$name.log"
  status=${PIPESTATUS[0]}

  if [ -s "$report" ] && p=$(count "$report" passed) && f=$(count "$report" failed) && e=$(count "$report" errors) && s=$(count "$report" skipped); then
    passed=$((passed + p)) failed=$((failed + f + e)) skipped=$((skipped + s))
    unserved=$(grep -o '<reason>[^<]*eng/\(control-plane\|postgres\|prometheus\)\.sh' "$report" | wc -l)
    [ "$unserved" = 0 ] || problems+=("$name: $unserved skipped for want of a server or a client")
  else
    failed=$((failed + 1))
    problems+=("$name wrote no report: it crashed, hung or ran no test (see $out/$name.log)")
  fi
  [ "$status" = 0 ] || problems+=("$name: dotnet test ended with exit code $status")
done

say "5/5 packages"
logged pack bash eng/pack.sh && grep '^consumer:' "$out/pack.log" && logged new-worker bash eng/new-worker.sh && tail -n 1 "$out/new-worker.log"

[ $((passed + failed)) -gt 0 ] || problems+=("no test ran")
[ ${#problems[@]} = 0 ] && [ $failed = 0 ]
