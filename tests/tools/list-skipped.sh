#!/usr/bin/env bash
# Prints the skipped tests of .trx files, grouped by the reason. Arguments: the files; those that don't exist are left.
set -u -o pipefail

files=()
for file in "$@"; do [ -s "$file" ] && files+=("$file"); done
[ ${#files[@]} -gt 0 ] || exit 0

# One record per result. XML escapes are undone for the two that reasons and names contain in practice.
awk '
  BEGIN { RS = "<UnitTestResult " }
  FNR > 1 && /outcome="NotExecuted"/ {
    name = $0; sub(/.*testName="/, "", name); sub(/".*/, "", name)
    reason = "no reason given"
    if (match($0, /<Message>[^<]*/)) reason = substr($0, RSTART + 9, RLENGTH - 9)
    gsub(/&quot;/, "\"", name); gsub(/&#x[0-9A-Fa-f]+;/, " ", name); gsub(/&quot;/, "\"", reason)
    gsub(/[ \t\r\n]+/, " ", reason)
    if (!(reason in count)) order[++reasons] = reason
    count[reason]++; names[reason] = names[reason] "\n    " name
  }
  END { for (i = 1; i <= reasons; i++) print "skipped " count[order[i]] ": " order[i] names[order[i]] }' "${files[@]}"
