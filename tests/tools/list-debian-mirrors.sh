#!/usr/bin/env bash
# Prints the Debian mirrors of this machine's apt sources, one "URI keyring" per line, best first and without
# repeats. The keyring is - when the source names no file. Reads one-line (.list) and deb822 (.sources) files.
# The folder to read can be given as the only argument (the tests do that); the default is /etc/apt.
set -u -o pipefail

etc=${1:-/etc/apt}

# "URI suite component keyring" for each one-line entry: deb [options] URI suite component...
one_line() {
  awk '
    $1 == "deb" {
      line = $0; sub(/#.*/, "", line); sub(/^[ \t]*deb[ \t]+/, "", line); keyring = "-"
      if (line ~ /^\[/) {
        options = line; sub(/\].*/, "", options); sub(/^[^]]*\][ \t]*/, "", line)
        if (match(options, /signed-by=[^] \t,]+/)) keyring = substr(options, RSTART + 10, RLENGTH - 10)
      }
      n = split(line, field, /[ \t]+/)
      for (i = 3; i <= n; i++) if (field[i] != "") print field[1], field[2], field[i], keyring
    }' "$@"
}

# The same for each combination of a deb822 paragraph; a key that stands inline counts as no file.
deb822() {
  awk '
    function flush(  u, s, c, nu, ns, nc, key) {
      key = value["signed-by"] ~ /^\/[^ ]+$/ ? value["signed-by"] : "-"
      if (tolower(value["enabled"]) != "no" && (" " value["types"] " ") ~ / deb /) {
        nu = split(value["uris"], uris, /[ \t]+/)
        ns = split(value["suites"], suites, /[ \t]+/)
        nc = split(value["components"], components, /[ \t]+/)
        for (u = 1; u <= nu; u++) for (s = 1; s <= ns; s++) for (c = 1; c <= nc; c++)
          print uris[u], suites[s], components[c], key
      }
      split("", value); name = ""
    }
    FNR == 1 && NR > 1 { flush() }
    /^#/ { next }
    /^[ \t]*$/ { flush(); next }
    /^[ \t]/ { text = $0; sub(/^[ \t]+/, "", text); value[name] = value[name] " " text; next }
    {
      name = tolower($0); sub(/:.*/, "", name)
      text = $0; sub(/^[^:]*:[ \t]*/, "", text); sub(/[ \t]+$/, "", text); value[name] = text
    }
    END { flush() }' "$@"
}

shopt -s nullglob
lists=("$etc"/sources.list.d/*.list)
[ -f "$etc/sources.list" ] && lists+=("$etc/sources.list")
paragraphs=("$etc"/sources.list.d/*.sources)

# An archive of Debian itself: its main component in a release's own suite. Security and update suites live in
# other archives or hold too little; a suite that ends in a slash is a flat repository of somebody else.
{
  [ ${#paragraphs[@]} -eq 0 ] || deb822 "${paragraphs[@]}"
  [ ${#lists[@]} -eq 0 ] || one_line "${lists[@]}"
} | awk '
  BEGIN {
    suites = "bullseye|bookworm|trixie|forky|sid|oldoldstable|oldstable|stable|testing|unstable"
    archive = "^(" suites ")(-updates|-backports)?$"
  }
  $3 != "main" || $2 ~ /\/$/ || $2 ~ /-security$/ { next }
  $2 !~ archive { next }
  $1 !~ /^(https?|file|mirror\+https?|mirror\+file|copy):/ { next }
  !seen[$1]++ { print $1, $4 }'
