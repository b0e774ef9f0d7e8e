#!/usr/bin/env bash
# Builds everything once, runs all tests and ends with a line "N passed, N failed, N skipped". See --help.
set -u -o pipefail

usage() {
  cat <<'HELP'
Usage: bash tests/run.sh [options]

Fetches the monitoring programs that some tests need (into .tools, the system is left alone), builds the solution
once and runs every test project under tests/. The last line says: N passed, N failed, N skipped. The exit code is 0
if nothing failed and something ran.

  --long           also run the slow proofs (soaks, fuzzing, large counts); they are skipped otherwise
  --filter EXPR    run only the tests that match, in the syntax of "dotnet test --filter"
  --project NAME   build and run only the test projects whose name contains NAME; may be repeated
  --no-fetch       don't fetch programs; tests whose program is missing are skipped
  --no-build       run what was built before
  --jobs N         test projects that run at the same time, 2 by default (1 with --long, whose proofs want quiet)
  --help           this text

Environment:
  CONFIGURATION      Release by default
  LLMMETRICS_TOOLS   where the programs are kept, .tools by default (checkouts can share one folder)
  LLMMETRICS_ACCEPT  1 accepts every changed snapshot and public API file instead of failing
HELP
}

long=0 filter='' fetch=1 build=1 jobs='' projects=()
need_value() { [ $# -ge 2 ] && [ -n "$2" ] || { echo "run.sh: $1 needs a value" >&2; exit 2; }; }
while [ $# -gt 0 ]; do
  case $1 in
    --long) long=1 ;;
    --filter) need_value "$@"; filter=$2; shift ;;
    --project) need_value "$@"; projects+=("$2"); shift ;;
    --no-fetch) fetch=0 ;;
    --no-build) build=0 ;;
    --jobs) need_value "$@"; jobs=$2; shift ;;
    -h | --help) usage; exit 0 ;;
    *) echo "run.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
  shift
done

jobs=${jobs:-$((2 - long))}
[[ $jobs =~ ^[1-9][0-9]?$ ]] || { echo "run.sh: --jobs takes a number from 1 to 99, not $jobs" >&2; exit 2; }

exec </dev/null
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 2
export LLMMETRICS_TOOLS=${LLMMETRICS_TOOLS:-$root/.tools}
[ "$long" = 1 ] && export LLMMETRICS_LONG=1
configuration=${CONFIGURATION:-Release}
results=$root/artifacts/test-results
passed=0 failed=0 skipped=0 summary=

finish() {
  printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

# The command line tools want a home they can write to, and no first-run chatter.
if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
  mkdir -p "$LLMMETRICS_TOOLS/home" && export HOME=$LLMMETRICS_TOOLS/home
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_ADD_GLOBAL_TOOLS_TO_PATH=false DOTNET_CLI_UI_LANGUAGE=en
# Nothing stays behind: no build nodes, and the compiler server is our own and ends with the build.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# Most of what runs here runs for seconds: to count what code does, and compile it once more by that, doesn't pay for
# itself. The long proofs run as an app does.
[ "$long" = 1 ] || export DOTNET_TieredPGO=0

if ! command -v dotnet >/dev/null 2>&1; then
  for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
    [ -n "$folder" ] && [ -x "$folder/dotnet" ] && PATH=$folder:$PATH && break
  done
fi
if ! command -v dotnet >/dev/null 2>&1; then
  echo "run.sh: dotnet is missing. Install the .NET SDK $(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json)" \
    "or newer and run this again."
  failed=1
  finish
fi

if [ "$fetch" = 1 ]; then
  bash tests/tools/fetch-postgresql.sh
  bash tests/tools/fetch-chromium.sh
  bash tests/tools/fetch-ajv.sh
  bash tests/tools/fetch-programs.sh
  [ $? -eq 0 ] || echo "programs: tests that need a program that is not on the PATH either will be skipped"
fi

# Prints the chosen test projects, one path per line. Those that take longest come first, so that none of them is left
# to run alone at the end.
list_projects() {
  local file name part
  local -A seen=()
  for file in tests/{LlmMetrics,Samples,LlmMetrics.Monitoring,LlmMetrics.EndToEnd}.Tests/*.Tests.csproj \
    tests/*/*.Tests.csproj; do
    [ -f "$file" ] && [ -z "${seen[$file]:-}" ] || continue
    seen[$file]=1
    name=$(basename "$file" .csproj)
    if [ ${#projects[@]} -eq 0 ]; then echo "$file"; continue; fi
    for part in "${projects[@]}"; do
      case $name in *"$part"*) echo "$file"; break ;; esac
    done
  done
}
mapfile -t chosen < <(list_projects)

compiler=llm-metrics-$$
trap 'pkill -f -- "-pipename:$compiler\$" 2>/dev/null' EXIT
build_one() {
  dotnet build "$1" -c "$configuration" -nodeReuse:false --tl:off -v minimal \
    -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler"
}
if [ "$build" = 1 ]; then
  echo "building ($configuration)"
  targets=(LlmMetrics.sln)
  [ ${#projects[@]} -eq 0 ] || targets=("${chosen[@]}")
  for target in "${targets[@]}"; do
    if ! build_one "$target"; then
      echo "run.sh: $target does not build"
      failed=1
      finish
    fi
  done
  pkill -f -- "-pipename:$compiler\$" 2>/dev/null
  echo "built after $SECONDS s"
fi

# Runs one test project; what it prints goes to a file, so that two at a time stay readable.
run_one() {
  local name=$1 assembly=$2 code=1 started=$SECONDS
  local arguments=("$assembly" --logger "trx;LogFileName=$name.trx" --results-directory "$results/$name")
  # A test that hangs is named and ended; the outer limit is for a runner that hangs itself.
  arguments+=(--blame-hang-timeout "$([ "$long" = 1 ] && echo 45m || echo 4m)" --blame-hang-dump-type none)
  [ -n "$filter" ] && arguments+=(--filter "$filter")
  if [ -f "$assembly" ]; then
    timeout -k 30 "$([ "$long" = 1 ] && echo 5400 || echo 900)" dotnet test "${arguments[@]}"
    code=$?
  else
    echo "run.sh: $assembly was not built; is its project part of LlmMetrics.sln?"
  fi
  echo "$code $((SECONDS - started))" >"$results/$name.done"
}

rm -rf "$results"
mkdir -p "$results" || exit 2
for project in "${chosen[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n; done
  name=$(basename "$project" .csproj)
  (
    run_one "$name" "$(dirname "$project")/bin/$configuration/net10.0/$name.dll" >"$results/$name.log" 2>&1
    printf '\n== %s\n%s\n' "$name" "$(cat "$results/$name.log")"
  ) &
done
wait

for project in "${chosen[@]}"; do
  name=$(basename "$project" .csproj)
  read -r code seconds <"$results/$name.done" || { code=1 seconds=0; }
  read -r p f s < <(bash tests/tools/count-results.sh "$results/$name/$name.trx" "$code")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  summary+=$(printf '%-45s %5s passed %4s failed %4s skipped %4s s' "$name" "$p" "$f" "$s" "$seconds")$'\n'
done

echo
bash tests/tools/list-skipped.sh "$results"/*/*.trx
printf '\n%s' "${summary:-no test project was found}"
printf 'took %s s; results are in artifacts/test-results\n' "$SECONDS"
finish
