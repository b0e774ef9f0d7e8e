#!/usr/bin/env bash
# Fetches Chromium for the tests that look at pages, without touching the system: the packages of this machine's own
# Debian release, with the libraries and fonts that the machine lacks, unpacked into .tools/chromium. Does nothing where
# a Chromium is installed.
#
# Exit code 0: a browser is there (now or before). 3: not possible here, the tests will skip. Never asks.
set -u -o pipefail

name=chromium
is_in() { [ -x "$1/usr/lib/chromium/chromium-headless-shell" ] || [ -x "$1/usr/lib/chromium/chromium" ]; }
. "$(dirname "${BASH_SOURCE[0]}")/release-packages.sh"

for command in chromium-headless-shell chromium google-chrome chromium-browser; do
  command -v "$command" >/dev/null 2>&1 && exit 0
done
is_in "$target" && exit 0

prepare
# The shell without windows is enough and has half the dependencies; older releases have the whole browser only.
download chromium-headless-shell fonts-dejavu-core || download chromium fonts-dejavu-core ||
  give_up "no packages: $(errors)"
publish
