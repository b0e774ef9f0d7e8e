#!/usr/bin/env bash
# Draws the previews in docs/images/dashboards: runs the samples' demos for SECONDS (90 by default), lets a real
# Prometheus scrape them and draws every committed dashboard in Chromium. Build the solution in Release first; needs the
# programs that tests/run.sh fetches, node and Chromium, and six free ports from PREVIEW_PORT (18100) on.
set -eu -o pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
tools=${LLMMETRICS_TOOLS:-$root/.tools}
seconds=${1:-90}
work=$(mktemp -d)
children=()
finish() {
  for child in "${children[@]}"; do kill -INT "$child" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT

find_program() {
  local candidate
  for candidate in "$@"; do
    if command -v "$candidate" >/dev/null 2>&1; then command -v "$candidate"; return; fi
  done
  echo "preview: none of these is there: $*" >&2
  exit 3
}
prometheus=$(find_program "$tools/debian/usr/bin/prometheus" prometheus)
chromium=$(find_program "$tools/chromium/usr/lib/chromium/chromium-headless-shell" chromium-headless-shell chromium)
if [ -d "$tools/chromium/usr/lib" ]; then
  libraries=$(find "$tools/chromium/usr/lib" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
  [ ! -f "$tools/chromium/fonts.conf" ] || export FONTCONFIG_FILE=$tools/chromium/fonts.conf
fi

port=${PREVIEW_PORT:-18100}
for taken in "$port" $((port + 1)) $((port + 2)) $((port + 3)) $((port + 4)) $((port + 90)); do
  # Whoever answers there would be drawn in place of the sample.
  if (exec 3<>"/dev/tcp/127.0.0.1/$taken") 2>/dev/null; then
    echo "preview: port $taken is taken; choose others with PREVIEW_PORT" >&2
    exit 3
  fi
done

token=a-token-for-the-preview-0123456789
sample() {
  local name=$1
  shift
  (cd "$work" && LlmMetrics__Prometheus__BearerToken=$token exec env --default-signal=INT dotnet \
    "$root/samples/$name/bin/Release/net10.0/$name.dll" "$@" >"$work/$name.log" 2>&1) &
  children+=($!)
}
sample ExpertApi --demo --speed 4 --urls "http://127.0.0.1:$port"
sample MigrationApi --demo --speed 4 --urls "http://127.0.0.1:$((port + 1))"
sample Quickstart --requests 20000 --parallel 6 --speed 4 --port $((port + 4)) --folder "$work/metrics"
sample Voicebot --demo --speed 4 --urls "http://127.0.0.1:$((port + 2))" --metrics-port $((port + 3))

cat >"$work/prometheus.yml" <<YML
global: { scrape_interval: 2s, scrape_timeout: 2s }
scrape_configs:
  - job_name: expert-api
    metrics_path: /api/metrics
    authorization: { credentials: $token }
    static_configs: [ { targets: [ '127.0.0.1:$port' ] } ]
  - job_name: testboost-api
    authorization: { credentials: $token }
    static_configs: [ { targets: [ '127.0.0.1:$((port + 1))' ] } ]
  - job_name: voicebot
    authorization: { credentials: $token }
    static_configs: [ { targets: [ '127.0.0.1:$((port + 3))' ] } ]
  - job_name: llm-app
    authorization: { credentials: $token }
    static_configs: [ { targets: [ '127.0.0.1:$((port + 4))' ] } ]
YML
"$prometheus" --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" \
  --web.listen-address=127.0.0.1:$((port + 90)) >"$work/prometheus.log" 2>&1 &
children+=($!)

sleep "$seconds"
for child in "${children[@]}"; do
  if ! kill -0 "$child" 2>/dev/null; then
    echo "preview: a program ended too early:" >&2
    tail -n 5 "$work"/*.log >&2
    exit 1
  fi
done
dashboards=$(find "$root/samples/monitoring" -name '*.json' | sort)
# shellcheck disable=SC2086
LD_LIBRARY_PATH=${libraries:-} node "$root/tests/tools/preview/preview.js" http://127.0.0.1:$((port + 90)) "$chromium" \
  "${PREVIEW_OUT:-$root/docs/images/dashboards}" "$seconds" $dashboards
