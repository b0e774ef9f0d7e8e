#!/usr/bin/env bash
# Fetches a PostgreSQL server for the database tests, without touching the system: the packages of this machine's own
# Debian release, with the libraries that the machine lacks, unpacked into .tools/postgresql. Does nothing where a
# server is installed.
#
# Exit code 0: a server is there (now or before). 3: not possible here, the tests will skip. Never asks.
set -u -o pipefail

name=postgresql
is_in() { compgen -G "$1/usr/lib/postgresql/*/bin/postgres" >/dev/null; }
. "$(dirname "${BASH_SOURCE[0]}")/release-packages.sh"

is_in "" && exit 0
command -v postgres >/dev/null 2>&1 && exit 0
is_in "$target" && exit 0

prepare
download postgresql || give_up "no packages: $(errors)"
publish
