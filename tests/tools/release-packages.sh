# Sourced by the scripts that fetch programs of this machine's own Debian release, with the libraries that the machine
# lacks, without touching the system. The script sets `name` (of the folder in .tools and of messages) and defines
# `is_in FOLDER`, which tells whether the program is under a folder, before it sources this.
#
# Gives: $target, say, give_up (exit code 3: not possible here, the tests will skip), prepare, download PACKAGE...,
# publish.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=${LLMMETRICS_TOOLS:-$root/.tools}
target=$tools/$name

say() { printf '%s: %s\n' "$name" "$*"; }
give_up() { say "$*"; exit 3; }
errors() { grep -E '^(E|W|Err)' "$work/log" | head -n 2 | tr '\n' ' '; }

# Takes the lock, sets $work and updates lists of its own; ends the script if the program turns out to be there.
prepare() {
  [ "$(uname -s)" = Linux ] || give_up "Debian packages are fetched on Linux only; this is $(uname -s)"
  local command
  for command in apt-get dpkg flock timeout; do
    command -v "$command" >/dev/null 2>&1 || give_up "$command is missing, so Debian packages cannot be fetched"
  done
  mkdir -p "$tools" || give_up "cannot create $tools"
  exec 9>"$tools/.lock" || give_up "cannot write to $tools"
  flock -w 600 9 || give_up "another fetch has held $tools/.lock for ten minutes"
  is_in "$target" && exit 0

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

  say "fetching the release's packages from this machine's mirror"
  timeout 180 apt-get -q -c "$work/apt.conf" update >"$work/log" 2>&1 || give_up "no package lists: $(errors)"
}

download() {
  timeout 420 apt-get -q -y -c "$work/apt.conf" -o Debug::NoLocking=1 install --download-only "$@" >>"$work/log" 2>&1
}

publish() {
  local package
  for package in "$work"/cache/archives/*.deb; do
    [ -f "$package" ] || give_up "apt delivered nothing"
    dpkg -x "$package" "$work/unpacked" || give_up "cannot unpack $(basename "$package")"
  done
  is_in "$work/unpacked" || give_up "the packages do not contain it"
  rm -rf "$work/unpacked/usr/share/doc" "$work/unpacked/usr/share/locale" "$target"
  chmod 755 "$work/unpacked"
  mv "$work/unpacked" "$target" || give_up "cannot move it to $target"
  say "ready in $target"
}
