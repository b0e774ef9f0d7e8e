#!/usr/bin/env bash
# Fetches a PostgreSQL server for the database tests, without touching the system: the packages of this machine's own
# Debian release, with the libraries that the machine lacks, unpacked into .tools/postgresql. Does nothing where a
# server is installed.
#
# Exit code 0: a server is there (now or before). 3: not possible here, the tests will skip. Never asks.
set -u -o pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=${LLMMETRICS_TOOLS:-$root/.tools}
target=$tools/postgresql

say() { printf 'postgresql: %s\n' "$*"; }
give_up() { say "$*"; exit 3; }
server_in() { compgen -G "$1/usr/lib/postgresql/*/bin/postgres" >/dev/null; }

server_in "" && exit 0
command -v postgres >/dev/null 2>&1 && exit 0
server_in "$target" && exit 0

[ "$(uname -s)" = Linux ] || give_up "Debian packages are fetched on Linux only; this is $(uname -s)"
for command in apt-get dpkg flock timeout; do
  command -v "$command" >/dev/null 2>&1 || give_up "$command is missing, so Debian packages cannot be fetched"
done
mkdir -p "$tools" || give_up "cannot create $tools"
exec 9>"$tools/.lock" || give_up "cannot write to $tools"
flock -w 600 9 || give_up "another fetch has held $tools/.lock for ten minutes"
server_in "$target" && exit 0

work=$(mktemp -d "$tools/fetch.XXXXXX") || give_up "cannot create a folder in $tools"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/unpacked"

# The machine's sources and the state of its packages, but lists and caches of its own; nothing is installed.
cat >"$work/apt.conf" <<CONF
Dir::State::lists "$work/lists";
Dir::Cache "$work/cache";
Dir::Log "$work";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "2";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
CONF

say "fetching the release's PostgreSQL from this machine's mirror"
timeout 180 apt-get -q -c "$work/apt.conf" update >"$work/log" 2>&1 ||
  give_up "no package lists: $(grep -E '^(E|W|Err)' "$work/log" | head -n 2 | tr '\n' ' ')"
timeout 420 apt-get -q -y -c "$work/apt.conf" -o Debug::NoLocking=1 install --download-only postgresql \
  >>"$work/log" 2>&1 ||
  give_up "no packages: $(grep -E '^(E|W|Err)' "$work/log" | head -n 2 | tr '\n' ' ')"

for package in "$work"/cache/archives/*.deb; do
  [ -f "$package" ] || give_up "apt delivered nothing"
  dpkg -x "$package" "$work/unpacked" || give_up "cannot unpack $(basename "$package")"
done
server_in "$work/unpacked" || give_up "the packages do not contain a server"
rm -rf "$work/unpacked/usr/share/doc" "$work/unpacked/usr/share/locale" "$target"
chmod 755 "$work/unpacked"
mv "$work/unpacked" "$target" || give_up "cannot move the server to $target"
say "ready in $target"
