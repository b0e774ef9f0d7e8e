#!/usr/bin/env bash
# Prints "passed failed skipped" of one test project. Arguments: its .trx file and the exit code of its run.
# A project that ends badly without telling of a failed test (crash, hang, no results) counts as one failed test.
set -u -o pipefail

trx=$1
code=$2
if [ ! -s "$trx" ]; then
  # No file and success: a filter left nothing to run.
  if [ "$code" -eq 0 ]; then echo "0 0 0"; else echo "0 1 0"; fi
  exit 0
fi

# The attributes of the one <Counters> element. Skipped tests are those that were not executed: the notExecuted
# attribute stays 0 in the files that the runner writes.
tr '\n' ' ' <"$trx" | awk -v code="$code" '
  function attribute(name) {
    if (!match(counters, " " name "=\"[0-9]+\"")) return 0
    return substr(counters, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0
  }
  {
    if (!match($0, /<Counters [^>]*>/)) { print 0, 1, 0; exit }
    counters = substr($0, RSTART, RLENGTH)
    passed = attribute("passed"); total = attribute("total"); executed = attribute("executed")
    failed = executed - passed
    if (code != 0 && failed == 0) failed = 1
    print passed, failed, total - executed
  }'
