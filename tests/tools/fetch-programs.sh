#!/usr/bin/env bash
# Fetches the monitoring programs that some tests judge the library with, without touching the system:
# prometheus (with promtool), alertmanager (with amtool), victoria-metrics and python's prometheus client.
# They are unpacked from Debian packages into .tools/debian and found there by LlmMetrics.Testing.
#
# Exit code 0: everything is there (now or before). 3: not possible here, the tests will skip. Never asks.
set -u -o pipefail

# Debian 13's versions have an OTLP receiver, Debian 12's do not; the binaries run on both.
readonly suite=trixie
readonly packages=(prometheus promtool prometheus-alertmanager victoria-metrics python3-prometheus-client)
# Part of the stamp: raise it when the list above changes.
readonly recipe="1 $suite ${packages[*]}"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=${LLMMETRICS_TOOLS:-$root/.tools}
target=$tools/debian
stamp=$target/.complete

say() { printf 'programs: %s\n' "$*"; }
give_up() { say "$*"; exit 3; }
is_complete() { [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$recipe $(uname -m)" ]; }

is_complete && exit 0

[ "$(uname -s)" = Linux ] || give_up "Debian packages are fetched on Linux only; this is $(uname -s)"
for command in apt-get dpkg awk flock timeout; do
  command -v "$command" >/dev/null 2>&1 || give_up "$command is missing, so Debian packages cannot be fetched"
done
mkdir -p "$tools" || give_up "cannot create $tools"

# One fetch at a time; who waited finds the work done.
exec 9>"$tools/.lock" || give_up "cannot write to $tools"
flock -w 600 9 || give_up "another fetch has held $tools/.lock for ten minutes"
is_complete && exit 0

work=$(mktemp -d "$tools/fetch.XXXXXX") || give_up "cannot create a folder in $tools"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/packages" "$work/unpacked"

# Keeps the machine's proxy, credential and certificate settings, but lists and caches of its own. The hooks are
# cleared because images use them to clean the system's package cache.
cat >"$work/apt.conf" <<CONF
Dir::Etc::sourcelist "$work/mirror.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
Dir::Log "$work";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::Retries "2";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONF
: >"$work/status"

# A mirror is a line "URI keyring", where the keyring is - when the source names none.
mirrors=$("$root/tests/tools/list-debian-mirrors.sh")
[ -n "$mirrors" ] || give_up "this machine's apt sources name no Debian mirror"

fetch_from() {
  local uri=$1 keyring=$2 options=
  if [ "$keyring" = - ] && [ -f /usr/share/keyrings/debian-archive-keyring.gpg ]; then
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  fi
  [ "$keyring" = - ] || options="[signed-by=$keyring] "
  printf 'deb %s%s %s main\n' "$options" "$uri" "$suite" >"$work/mirror.list"
  timeout 180 apt-get -q -c "$work/apt.conf" update >"$work/log" 2>&1 || return 1
  (cd "$work/packages" && timeout 420 apt-get -q -c "$work/apt.conf" download "${packages[@]}") >>"$work/log" 2>&1
}

fetched=no
while read -r uri keyring; do
  say "fetching ${packages[*]} of Debian $suite from this machine's mirror"
  if fetch_from "$uri" "$keyring"; then fetched=yes; break; fi
  say "that mirror failed: $(grep -E '^(E|W|Err)' "$work/log" | head -n 3 | tr '\n' ' ')"
done <<<"$mirrors"
[ "$fetched" = yes ] || give_up "no mirror of this machine delivered the packages"

for package in "$work"/packages/*.deb; do
  dpkg -x "$package" "$work/unpacked" || give_up "cannot unpack $(basename "$package")"
done
for program in prometheus promtool prometheus-alertmanager amtool victoria-metrics; do
  [ -x "$work/unpacked/usr/bin/$program" ] || give_up "the packages do not contain $program"
  "$work/unpacked/usr/bin/$program" --version >"$work/log" 2>&1 ||
    give_up "$program does not run here: $(head -n 1 "$work/log")"
done

# The companions of victoria-metrics are 140 MB that no test asks for.
rm -f "$work"/unpacked/usr/bin/vm*
printf '%s\n' "$recipe $(uname -m)" >"$work/unpacked/.complete"
chmod 755 "$work/unpacked"
rm -rf "$target"
mv "$work/unpacked" "$target" || give_up "cannot move the programs to $target"
say "ready in $target"
