#!/usr/bin/env bash
# Builds everything, checks the format, runs every test: what CI runs, and what to run before a commit.
set -uo pipefail

usage() {
  cat <<TEXT
Usage: eng/test.sh [--help]

  1. gets a real kube-apiserver, etcd and clients by eng/control-plane.sh (the first time about 7 minutes),
     unless LEASEELECTION_TEST_KUBECONFIG names a cluster for the tests; and a PostgreSQL by eng/postgres.sh, a Prometheus by eng/prometheus.sh
  2. builds LeaseElection.sln (Release, warnings are errors), and publishes examples/SingletonWorker ReadyToRun for the process tests
  3. checks the format (dotnet format whitespace --verify-no-changes; the rest of style is the build's)
  4. runs the test projects, one after the other. The simulation, which needs processors but no clock, runs beside them on what they leave idle;
     LeaseElection.RealServer.Tests, which times hand-overs, comes last
  5. packs, has a project that has only the packages elect a leader (eng/pack.sh), and makes the worker of docs/getting-started.md (eng/new-worker.sh)

Prints one line for each step, with the time so far, and one for each test project, with its counts and duration. While a project runs,
one line a minute says how many of its tests have passed. Failed and skipped tests are printed in full; Explicit tests are neither
printed nor counted. Full logs and reports are kept under artifacts/test/. The last line is 'N passed, N failed, N skipped', over all projects.
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
beside=""
finish() {
  [ -z "$beside" ] || kill -KILL -- "-$beside" 2>/dev/null
  [ ${#problems[@]} = 0 ] || printf 'test: %s\n' "${problems[@]}"
  echo "$passed passed, $failed failed, $skipped skipped"
}
trap finish EXIT
trap 'problems+=("interrupted"); exit 130' INT TERM

minutes() { printf '%dm%02ds' $(($1 / 60)) $(($1 % 60)); }
say() { echo "test: $*"; }
# Prints that a step begins, and the time so far.
step() { say "$(minutes $SECONDS) $*"; }
# Nothing but the tests themselves writes into a pipe: the compiler's servers outlive the build and would hold it open.
logged() {
  local log="$out/$1.log"
  shift
  "$@" >"$log" 2>&1 </dev/null && return
  tail -n 60 "$log"
  problems+=("failed: $* (all of it: $log)")
  return 1
}
# Filters the output of dotnet test --output Detailed for project $1: keeps failed and skipped tests, drops explicit ones, and prints
# once a minute how many have passed. A test's block ends where the next begins, because a reason's second line is not indented.
readable() {
  local line="" part="" status=0 passed=0 show=yes held="" began=$SECONDS told=$SECONDS
  local test='^(passed|failed|skipped) ([A-Za-z_][A-Za-z0-9_]*[.+])+[A-Za-z_]'
  local end='[.]dll [(]net[^)]*[)] (passed|failed)|^Test run summary:'
  while :; do
    IFS= read -r -t 10 part
    status=$?
    line+=$part
    if [ $((SECONDS - told)) -ge 60 ]; then
      say "    $1: $passed passed after $(minutes $((SECONDS - began)))"
      told=$SECONDS
    fi
    [ $status -le 128 ] || continue # nothing new, or half a line
    if [ $status != 0 ] && [ -z "$line" ]; then break; fi

    if [ -n "$held" ]; then
      # dotnet test prints an explicit test as a skipped one; only the reason tells them apart.
      if [ "$line" = "  Not run (due to explicit test filtering)" ]; then show=no; else show=yes; echo "$held"; fi
      held=""
    fi
    if [[ $line =~ $test ]]; then
      case "${BASH_REMATCH[1]}" in
        passed) passed=$((passed + 1)) show=no ;;
        skipped) held=$line show=no ;;
        failed) show=yes ;;
      esac
    elif [[ $line =~ $end ]]; then
      show=no # Counts, which the report has too, and the output of the whole process follow the last test.
    fi
    [ $show = no ] || [[ $line == "Running tests from "* ]] || printf '%s\n' "$line"
    line=""
    [ $status = 0 ] || break
  done
  [ -z "$held" ] || echo "$held"
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
  step "1/5 servers"
  bash eng/control-plane.sh </dev/null >>"$out/servers.log" || { problems+=("failed: eng/control-plane.sh"); exit 1; }
else
  step "1/5 servers: LEASEELECTION_TEST_KUBECONFIG"
fi
bash eng/postgres.sh </dev/null >>"$out/servers.log" || { problems+=("failed: eng/postgres.sh"); exit 1; }
bash eng/prometheus.sh </dev/null >>"$out/servers.log" || { problems+=("failed: eng/prometheus.sh"); exit 1; }

step "2/5 build"
logged build dotnet build LeaseElection.sln -c Release -warnaserror || exit 1
# The process tests run the worker as its image has it. A young process that compiles its code while it takes over needs half as long again.
if dotnet publish examples/SingletonWorker -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "$out/worker" \
  >"$out/worker.log" 2>&1 </dev/null; then
  export LEASEELECTION_TEST_WORKER="$out/worker/SingletonWorker"
else
  say "2/5 the worker could not be published ReadyToRun ($out/worker.log); its process tests run it as built, and may miss scenario 20's time"
fi

step "3/5 format"
# Whitespace alone: style and analyzers are errors of the build already (EnforceCodeStyleInBuild).
logged format dotnet format whitespace LeaseElection.sln --verify-no-changes --no-restore

step "4/5 tests"
shopt -s nullglob
# Runs a test project: prints what readable leaves of its output; its exit code and duration are kept for told. The rest of the arguments is put before dotnet.
run() {
  local name began=$SECONDS
  name=$(basename "$1" .csproj)
  "${@:2}" dotnet test --project "$1" -c Release --no-build --no-ansi --progress off --output Detailed --timeout 30m \
    --results-directory "$out" --report-xunit-xml --report-xunit-xml-filename "$name.xml" </dev/null 2>&1 | tee "$out/$name.log" | readable "$name"
  echo "${PIPESTATUS[0]} $((SECONDS - began))" >"$out/$name.ended"
}
# Adds up what a test project reported, and prints its line.
told() {
  local name="$1" report="$out/$1.xml" status="" took=0 p="" f=0 e="" s="" unserved=""
  read -r status took <"$out/$name.ended"
  if [ -s "$report" ] && p=$(count "$report" passed) && f=$(count "$report" failed) && e=$(count "$report" errors) && s=$(count "$report" skipped); then
    passed=$((passed + p)) failed=$((failed + f + e)) skipped=$((skipped + s))
    say "4/5 $name: $p passed, $((f + e)) failed, $s skipped in $(minutes "$took")"
    unserved=$(grep -o '<reason>[^<]*eng/\(control-plane\|postgres\|prometheus\)\.sh' "$report" | wc -l)
    [ "$unserved" = 0 ] || problems+=("$name: $unserved skipped for want of a server or a client")
  else
    say "4/5 $name: no report after $(minutes "$took")"
    failed=$((failed + 1))
    problems+=("$name wrote no report: it crashed, hung or ran no test (see $out/$name.log)")
  fi
  if [ "$status" != 0 ]; then
    problems+=("$name: dotnet test ended with exit code $status")
    # No test failed, so the reason (a fixture, a crash, a hang) has not been printed yet.
    [ "$f" != 0 ] || { say "4/5 $name: its log ends"; tail -n 60 "$out/$name.log"; }
  fi
}

# The simulation plays in virtual time: it takes only the processors' idle time, and its output waits until it is done. A process group of its own, so that it
# can be ended. With 64 MB for new objects its collections cost a quarter less.
idle=(nice -n 19)
! chrt --idle 0 true 2>/dev/null || idle=(chrt --idle 0)
simulation=tests/LeaseElection.Simulation.Tests/LeaseElection.Simulation.Tests.csproj
timed=tests/LeaseElection.RealServer.Tests/LeaseElection.RealServer.Tests.csproj
projects=()
for project in tests/*.Tests/*.csproj examples/Testing*/*.csproj; do
  grep -qF "$(basename "$project")" LeaseElection.sln || { problems+=("$project is not in LeaseElection.sln"); continue; }
  case "$project" in
    "$simulation" | "$timed") ;;
    *) projects+=("$project") ;;
  esac
done

set -m
DOTNET_GCgen0size=0x4000000 run "$simulation" "${idle[@]}" >"$out/simulation.out" 2>&1 </dev/null &
beside=$!
set +m
for project in "${projects[@]}"; do
  run "$project"
  told "$(basename "$project" .csproj)"
done
run "$timed"
told "$(basename "$timed" .csproj)"

wait "$beside"
beside=""
cat "$out/simulation.out"
told "$(basename "$simulation" .csproj)"

step "5/5 packages"
logged pack bash eng/pack.sh && grep '^consumer:' "$out/pack.log" && logged new-worker bash eng/new-worker.sh && tail -n 1 "$out/new-worker.log"

[ $((passed + failed)) -gt 0 ] || problems+=("no test ran")
[ ${#problems[@]} = 0 ] && [ $failed = 0 ]
