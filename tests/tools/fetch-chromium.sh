#!/usr/bin/env bash
# Fetches Chromium for the tests that look at pages, without touching the system: the packages of this machine's own
# Debian release, with the libraries and fonts that the machine lacks, unpacked into .tools/chromium. Does nothing
# where a Chromium is installed.
#
# Exit code 0: a browser is there (now or before). 3: not possible here, the tests will skip. Never asks.
set -u -o pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=${LLMMETRICS_TOOLS:-$root/.tools}
target=$tools/chromium

say() { printf 'chromium: %s\n' "$*"; }
give_up() { say "$*"; exit 3; }
browser_in() { [ -x "$1/usr/lib/chromium/chromium" ] || [ -x "$1/usr/lib/chromium/chromium-headless-shell" ]; }

for command in chromium chromium-headless-shell google-chrome; do
  command -v "$command" >/dev/null 2>&1 && exit 0
done
browser_in "$target" && exit 0

[ "$(uname -s)" = Linux ] || give_up "Debian packages are fetched on Linux only; this is $(uname -s)"
for command in apt-get dpkg flock timeout; do
  command -v "$command" >/dev/null 2>&1 || give_up "$command is missing, so Debian packages cannot be fetched"
done
mkdir -p "$tools" || give_up "cannot create $tools"
exec 9>"$tools/.lock" || give_up "cannot write to $tools"
flock -w 600 9 || give_up "another fetch has held $tools/.lock for ten minutes"
browser_in "$target" && exit 0

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

say "fetching the release's Chromium from this machine's mirror"
timeout 180 apt-get -q -c "$work/apt.conf" update >"$work/log" 2>&1 ||
  give_up "no package lists: $(grep -E '^(E|W|Err)' "$work/log" | head -n 2 | tr '\n' ' ')"
download() { timeout 420 apt-get -q -y -c "$work/apt.conf" -o Debug::NoLocking=1 install --download-only "$@"; }
# The shell without windows is enough and has half the dependencies; older releases have the whole browser only.
download chromium-headless-shell fonts-dejavu-core >>"$work/log" 2>&1 ||
  download chromium fonts-dejavu-core >>"$work/log" 2>&1 ||
  give_up "no packages: $(grep -E '^(E|W|Err)' "$work/log" | head -n 2 | tr '\n' ' ')"

for package in "$work"/cache/archives/*.deb; do
  [ -f "$package" ] || give_up "apt delivered nothing"
  dpkg -x "$package" "$work/unpacked" || give_up "cannot unpack $(basename "$package")"
done
browser_in "$work/unpacked" || give_up "the packages do not contain a browser"
rm -rf "$work/unpacked/usr/share/doc" "$work/unpacked/usr/share/locale" "$target"
chmod 755 "$work/unpacked"
mv "$work/unpacked" "$target" || give_up "cannot move the browser to $target"
say "ready in $target"
