#!/usr/bin/env bash
# Installs the JSON Schema validator that checks the dashboards, in the versions of its lock file and with their
# checksums, into .tools/ajv. Scripts of packages are not run, and the system is left alone.
#
# Exit code 0: it is there (now or before). 3: not possible here, the tests will skip. Never asks.
set -u -o pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=${LLMMETRICS_TOOLS:-$root/.tools}
target=$tools/ajv

give_up() { printf 'ajv: %s\n' "$*"; exit 3; }
lock=$root/tests/tools/ajv/package-lock.json
is_there() { cmp -s "$lock" "$target/package-lock.json" && [ -d "$target/node_modules/ajv" ]; }

is_there && exit 0
command -v npm >/dev/null 2>&1 || give_up "npm is missing, so the dashboards are not checked against Grafana's schemas"
mkdir -p "$tools" || give_up "cannot create $tools"
work=$(mktemp -d "$tools/fetch.XXXXXX") || give_up "cannot create a folder in $tools"
trap 'rm -rf "$work"' EXIT
cp "$root"/tests/tools/ajv/{package.json,package-lock.json,.npmrc} "$work" || give_up "cannot write to $work"
(cd "$work" && timeout 120 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) </dev/null >/dev/null \
  || give_up "npm could not install it"
rm -rf "$target"
mv "$work" "$target" || is_there || give_up "cannot write to $target"
trap - EXIT
exit 0
