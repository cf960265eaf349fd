#!/usr/bin/env bash
# Builds everything once and runs every test project; the last line is `N passed, N failed, N skipped`.
#
#   scripts/test.sh                     what every change must pass
#   scripts/test.sh --full              the long campaigns too (all power cuts, long fuzzing, more random cases)
#   scripts/test.sh --filter Journal    only tests whose full name contains the word
#   scripts/test.sh --project Core      only test projects whose name contains the word
#   scripts/test.sh --jobs 1            one test project at a time (default: one per core)
#   scripts/test.sh --no-install        touch no package of this machine
#   scripts/test.sh --no-build          test what was built last time

source "$(dirname -- "${BASH_SOURCE[0]}")/lib/start.sh"
source "$repository/scripts/lib/install.sh"

# Beyond this a test project hangs. Generous: --full on a busy two-core machine.
project_minutes_max=60

usage() { sed --quiet '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

filter="" project="" jobs=$(nproc 2>/dev/null || echo 2) install=true build=true
while (( $# > 0 )); do
  case $1 in
    --full) export TWINBANK_FULL=1 ;;
    --filter) filter=${2:?--filter needs a word}; shift ;;
    --project) project=${2:?--project needs a word}; shift ;;
    --jobs) jobs=${2:?--jobs needs a number}; shift ;;
    --no-install) install=false ;;
    --no-build) build=false ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; fail "unknown option '$1'" ;;
  esac
  shift
done
[[ $jobs =~ ^[1-9][0-9]*$ ]] || fail "--jobs needs a number of at least 1; found '$jobs'"

cd -- "$repository"
results=artifacts/test-results
failed_early() { printf '\n0 passed, 1 failed, 0 skipped\n'; exit 1; }

# Every project under tests/ is a test program, except the benchmarks, which measure.
list_projects() {
  local file name
  for file in tests/*/*.csproj; do
    name=$(basename -- "$file" .csproj)
    if [[ $name != Benchmarks && $name == *"$project"* ]]; then
      printf '%s\n' "$name"
    fi
  done
}

# The long ones start first, so that the short ones fill the gaps at the end.
order_projects() {
  awk '{ long = ($0 == "Power.Tests" || $0 == "EndToEnd" || $0 == "Fuzz"); print (long ? 0 : 1) "\t" $0 }' \
    | sort --stable --key=1,1n | cut --fields=2
}

run_project() {
  local name=$1 status=0
  local -a arguments=(--report-trx --report-trx-filename "$name.trx" --results-directory "$results"
    --progress off --no-ansi --show-stdout Failed --show-stderr Failed)
  [[ -n $filter ]] && arguments+=(--filter "FullyQualifiedName~$filter")
  timeout --kill-after=30s "${project_minutes_max}m" \
    dotnet "tests/$name/bin/Release/net10.0/Twinbank.$name.dll" "${arguments[@]}" </dev/null 2>&1 \
    | sed --unbuffered --expression '/^ *$/d' --expression '/file artifacts produced:$/d' --expression '/\.trx$/d' \
      --expression "s/^/[$name] /" || status=${PIPESTATUS[0]}
  printf '%s\n' "$status" >"$results/$name.exit"
}

# A job is a subshell whose children are `timeout` and `sed`; `timeout` passes the signal on to the test program and to
# what that started.
stop_jobs() {
  trap - INT TERM
  local pid
  for pid in $(jobs -p); do
    pkill -TERM -P "$pid" 2>/dev/null || true
  done
  wait
  say "Stopped."
  exit 130
}

run_all() {
  local name
  for name in "$@"; do
    while (( $(jobs -rp | wc --lines) >= jobs )); do
      wait -n || true
    done
    run_project "$name" &
  done
  wait
}

if $install; then
  step "Tools of this machine"
  install_missing required
  install_missing optional
fi
require_dotnet

if $build; then
  step "Build"
  dotnet build Firmware.sln --configuration Release --verbosity minimal --nologo || failed_early
  scripts/build-samples.sh || failed_early
fi

mapfile -t projects < <(list_projects | order_projects)
(( ${#projects[@]} > 0 )) || fail "no test project has '$project' in its name" \
  "Test projects are the folders of tests/."

step "Tests: ${#projects[@]} projects, $jobs at a time"
rm --recursive --force -- "$results"
mkdir --parents -- "$results"
trap stop_jobs INT TERM
run_all "${projects[@]}"
trap - INT TERM

step "Result"
status=0
dotnet run --verbosity quiet scripts/lib/TestReport.cs -- "$results" "$filter" "${projects[@]}" || status=$?
# The report prints the last line, unless it could not even be built.
(( status == 0 || status == 20 )) || failed_early
exit $(( status == 0 ? 0 : 1 ))
