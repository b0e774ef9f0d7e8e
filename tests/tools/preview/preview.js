// node preview.js PROMETHEUS-URL CHROMIUM OUT-FOLDER SECONDS DASHBOARD…: pictures of dashboards, drawn from a real
// Prometheus. A preview of layout, units, thresholds and colours: not Grafana.
"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const { execFileSync } = require("child_process");

const [, , prometheus, chromium, out, seconds, ...files] = process.argv;
const WIDTH = 1440, CELL = WIDTH / 24, ROW = 34, GAP = 8;
const PALETTE = ["#7eb26d", "#eab839", "#6ed0e0", "#ef843c", "#e24d42", "#1f78c1", "#ba43a9", "#705da0", "#508642"];
const COLOURS = { green: "#56a64b", yellow: "#e0b400", red: "#e02f44" };

const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const scaled = (value, steps) => steps.find(([from]) => Math.abs(value) >= from) ?? steps[steps.length - 1];

function format(value, unit, decimals) {
  if (value === null || !Number.isFinite(value)) return "No data";
  const fixed = (x, digits) => x.toLocaleString("en", { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? digits });
  const small = (x) => (Math.abs(x) >= 100 ? 0 : Math.abs(x) >= 1 ? 2 : Math.abs(x) >= 0.01 ? 3 : 6);
  switch (unit) {
    case "currencyUSD": return "$" + fixed(value, small(value));
    case "percentunit": return fixed(value * 100, 1) + " %";
    case "percent": return fixed(value, 1) + " %";
    case "s": {
      const [from, name] = scaled(value, [[3600, "h"], [60, "min"], [1, "s"], [1e-3, "ms"], [1e-6, "µs"], [0, "s"]]);
      return fixed(value / (from || 1), 1) + " " + name;
    }
    case "dtdurations": {
      const [from, name] = scaled(value, [[86400, "days"], [3600, "hours"], [60, "minutes"], [0, "seconds"]]);
      return fixed(value / (from || 1), 1) + " " + name;
    }
    case "bytes": {
      const [from, name] = scaled(value, [[2 ** 30, "GiB"], [2 ** 20, "MiB"], [1024, "KiB"], [0, "B"]]);
      return fixed(value / (from || 1), 1) + " " + name;
    }
    default: {
      const [from, name] = scaled(value, [[1e6, " Mil"], [1e4, " K"], [0, ""]]);
      const suffix = { reqpm: " req/min", cpm: " c/min", opm: " ops/min" }[unit] ?? "";
      return fixed(value / (from > 1e4 ? 1e6 : from ? 1e3 : 1), small(value)) + name + suffix;
    }
  }
}

async function ask(expr, job, instant, now, from) {
  const query = expr.replaceAll("$__rate_interval", "30s").replaceAll("$__range", seconds + "s")
    .replaceAll("$job", job).replaceAll("$instance", ".+");
  const form = new URLSearchParams({ query });
  if (instant) form.set("time", now);
  else for (const [key, value] of Object.entries({ start: from, end: now, step: Math.max(1, (now - from) / 120) })) form.set(key, value);
  const answer = await fetch(prometheus + (instant ? "/api/v1/query" : "/api/v1/query_range"), { method: "POST", body: form });
  const body = await answer.json();
  if (body.status !== "success") throw new Error(query + ": " + body.error);
  return body.data.result.map((series) => ({
    labels: series.metric,
    points: (series.values ?? [series.value]).map(([time, value]) => [time, Number(value)]).filter(([, v]) => Number.isFinite(v)),
  })).filter((series) => series.points.length > 0);
}

const nameOf = (legend, labels) => legend === "__auto"
  ? Object.entries(labels).map(([k, v]) => k + "=" + v).join(" ") || "value"
  : legend.replace(/\{\{(\w+)\}\}/g, (_, label) => labels[label] ?? "").trim() || "(none)";

function colourOf(panel, value) {
  const steps = panel.fieldConfig.defaults.thresholds.steps.filter((step) => step.value === null || value >= step.value);
  return COLOURS[steps[steps.length - 1].color] ?? steps[steps.length - 1].color;
}

function seriesColour(panel, series, index) {
  const override = panel.fieldConfig.overrides.find((o) => o.matcher.id === "byName" && o.matcher.options === series.name);
  return override ? COLOURS[override.properties[0].value.fixedColor] : PALETTE[index % PALETTE.length];
}

function lines(panel, all, width, height) {
  const { unit, min, thresholds } = panel.fieldConfig.defaults;
  const values = all.flatMap((s) => s.points.map(([, v]) => v));
  const low = min ?? Math.min(...values);
  const raw = (Math.max(...values, low + 1e-9) - low) / 4, base = unit === "bytes" ? 2 : 10;
  const power = base ** Math.floor(Math.log(raw) / Math.log(base) + 1e-9);
  const step = (base === 2 ? [1, 1.25, 1.5, 2] : [1, 2, 2.5, 5, 10]).find((nice) => nice * power >= raw) * power, high = low + 4 * step;
  const times = all.flatMap((s) => s.points.map(([t]) => t));
  const first = Math.min(...times), last = Math.max(...times, first + 1);
  const labels = [0, 1, 2, 3, 4].map((i) => format(low + i * step, unit));
  const left = Math.max(74, 14 + 6.8 * Math.max(...labels.map((label) => label.length))), bottom = height - 20;
  const x = (t) => left + ((t - first) / (last - first)) * (width - left - 8);
  const y = (v) => bottom - ((v - low) / (high - low)) * (bottom - 6);
  let svg = "";
  for (let i = 0; i <= 4; i++) {
    const value = low + ((high - low) * i) / 4;
    svg += `<line x1="${left}" x2="${width - 8}" y1="${y(value)}" y2="${y(value)}" stroke="#e4e5e6"/>`
      + `<text x="${left - 6}" y="${y(value) + 4}" text-anchor="end">${escape(labels[i])}</text>`;
  }
  for (let i = 0; i <= 4; i++) {
    const time = first + ((last - first) * i) / 4;
    svg += `<text x="${x(time)}" y="${height - 4}" text-anchor="${i === 0 ? "start" : i === 4 ? "end" : "middle"}">${new Date(time * 1000).toISOString().slice(11, 19)}</text>`;
  }
  for (const threshold of panel.fieldConfig.defaults.custom.thresholdsStyle.mode === "off" ? [] : thresholds.steps) {
    if (threshold.value !== null && threshold.value > low && threshold.value < high) {
      svg += `<line x1="${left}" x2="${width - 8}" y1="${y(threshold.value)}" y2="${y(threshold.value)}" stroke="${COLOURS[threshold.color]}" stroke-dasharray="6 4"/>`;
    }
  }
  all.forEach((s, i) => {
    svg += `<polyline fill="none" stroke="${seriesColour(panel, s, i)}" stroke-width="2" points="${s.points.map(([t, v]) => x(t) + "," + y(v)).join(" ")}"/>`;
  });
  return `<svg width="${width}" height="${height}">${svg}</svg>`;
}

function pie(panel, all, height) {
  const total = all.reduce((sum, s) => sum + s.last, 0) || 1;
  const r = height / 2 - 10, circumference = 2 * Math.PI * r * 0.75;
  let turned = 0, svg = "";
  all.forEach((s, i) => {
    const share = s.last / total;
    svg += `<circle r="${r * 0.75}" cx="${height / 2}" cy="${height / 2}" fill="none" stroke="${seriesColour(panel, s, i)}" stroke-width="${r * 0.5}"`
      + ` stroke-dasharray="${share * circumference} ${circumference}" transform="rotate(${turned * 360 - 90} ${height / 2} ${height / 2})"/>`;
    turned += share;
  });
  return `<svg width="${height}" height="${height}">${svg}</svg>`;
}

const keys = (panel, all, value) => all.map((s, i) =>
  `<span class="key"><i style="background:${seriesColour(panel, s, i)}"></i>${escape(s.name)}${value ? " <b>" + escape(value(s)) + "</b>" : ""}</span>`).join("");

// The names as the browser will break them, at 8.2 pixels a letter.
function keyRows(all, width) {
  let rows = 1, used = 0;
  for (const s of all) {
    const wide = 31 + 8.2 * s.name.length;
    if (used > 0 && used + wide > width) { rows++; used = 0; }
    used += wide;
  }
  return rows;
}

function body(panel, all, width, height) {
  const { unit, decimals, max } = panel.fieldConfig.defaults;
  const unitOf = (s) => panel.fieldConfig.overrides.find((o) => o.matcher.id === "byFrameRefID" && o.matcher.options === s.refId)?.properties[0].value ?? unit;
  if (all.length === 0) return `<div class="none">${panel.type === "table" ? "None" : "No data"}</div>`;
  const total = all.reduce((sum, s) => sum + s.last, 0);
  switch (panel.type) {
    case "stat": {
      const filled = panel.options.colorMode === "background";
      return `<div class="stats">` + all.map((s) => `<div style="${filled ? "background:" + colourOf(panel, s.last) + ";color:#fff" : ""}">`
        + `<b style="font-size:${all.length > 1 ? 30 : 40}px">${escape(format(s.last, unitOf(s), decimals))}</b>`
        + (panel.options.textMode === "value_and_name" ? `<span>${escape(s.name)}</span>` : "") + `</div>`).join("") + `</div>`;
    }
    case "gauge": {
      const share = Math.min(1, Math.max(0, all[0].last / (max ?? 1))), r = Math.min(width / 2, height) - 24, length = Math.PI * r;
      const arc = `d="M ${width / 2 - r} ${height - 12} A ${r} ${r} 0 0 1 ${width / 2 + r} ${height - 12}" fill="none" stroke-width="18"`;
      return `<svg width="${width}" height="${height}"><path ${arc} stroke="#e4e5e6"/><path ${arc} stroke="${colourOf(panel, all[0].last)}" stroke-dasharray="${share * length} ${length}"/>`
        + `<text x="${width / 2}" y="${height - 20}" text-anchor="middle" style="font-size:30px;font-weight:600;fill:#24292e">${escape(format(all[0].last, unit, decimals))}</text></svg>`;
    }
    case "bargauge": {
      const top = max ?? Math.max(...all.map((s) => s.last), 1e-12);
      return `<div class="bars">` + all.map((s, i) => `<div><span>${escape(s.name)}</span><em><i style="width:${(100 * s.last) / top}%;background:${panel.fieldConfig.defaults.thresholds.steps.length > 1 ? colourOf(panel, s.last) : PALETTE[i % PALETTE.length]}"></i></em><b>${escape(format(s.last, unit, decimals))}</b></div>`).join("") + `</div>`;
    }
    case "piechart":
      return `<div class="pie">${pie(panel, all, height)}<div>${keys(panel, all, (s) => format(s.last, unit, decimals ?? (unit === "short" ? 0 : undefined)) + ", " + format(s.last / (total || 1), "percentunit", 0))}</div></div>`;
    case "table":
      return `<div class="keys">${keys(panel, all, (s) => format(s.last, unit))}</div>`;
    default:
      return lines(panel, all, width, height - 4 - 18 * keyRows(all, width)) + `<div class="keys">${keys(panel, all)}</div>`;
  }
}

async function draw(file) {
  const dashboard = JSON.parse(fs.readFileSync(file, "utf8"));
  const job = dashboard.templating.list.find((variable) => variable.name === "job").current.value;
  const now = Date.now() / 1000 - 1, empty = [];
  let html = "", bottom = 0;
  for (const panel of dashboard.panels) {
    const { x, y, w, h } = panel.gridPos;
    const box = `left:${x * CELL}px;top:${y * ROW}px;width:${w * CELL - GAP}px;height:${h * ROW - GAP}px`;
    bottom = Math.max(bottom, (y + h) * ROW);
    if (panel.type === "row") {
      html += `<h2 style="${box}">${escape(panel.title)}</h2>`;
      continue;
    }
    const all = [];
    for (const target of panel.targets) {
      for (const series of await ask(target.expr, job, target.instant, now, now - Number(seconds))) {
        all.push({ ...series, refId: target.refId, name: nameOf(target.legendFormat, series.labels), last: series.points[series.points.length - 1][1] });
      }
    }
    if (all.length === 0) empty.push(panel.title);
    html += `<section style="${box}"><h3>${escape(panel.title)}</h3>${body(panel, all, w * CELL - GAP - 24, h * ROW - GAP - 44)}</section>`;
  }
  const page = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "preview-")), "page.html");
  fs.writeFileSync(page, `<!doctype html><meta charset="utf-8"><style>
body{margin:0;font:13px "DejaVu Sans",sans-serif;background:#f4f5f5;color:#24292e}
header{padding:12px 16px 8px}header b{font-size:20px}header span{float:right;color:#a3242f;font-weight:600}
main{position:relative;margin:0 0 0 ${GAP}px;height:${bottom + GAP}px}
section,h2{position:absolute;box-sizing:border-box;margin:0}h2{font-size:15px;line-height:${ROW - GAP}px}
section{background:#fff;border:1px solid #dcdcdd;border-radius:3px;padding:8px 12px;overflow:hidden}
h3{margin:0 0 6px;font-size:13px;white-space:nowrap}svg text{font-size:11px;fill:#585a5e}
.stats{display:flex;gap:8px;height:calc(100% - 26px)}.stats div{flex:1;display:flex;flex-direction:column;align-items:center;justify-content:center;border-radius:3px;text-align:center}
.bars>div{display:grid;grid-template-columns:minmax(120px,46%) 1fr 90px;gap:8px;align-items:center;margin:7px 0}.bars em{background:#ececed;height:18px}.bars i{display:block;height:18px}.bars span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.bars b{text-align:right}
.pie{display:flex;gap:16px;align-items:center}.pie .key{display:block;margin:6px 0}
.key{margin-right:14px;white-space:nowrap}.key i{display:inline-block;width:12px;height:4px;margin:0 5px 3px 0}
.keys{line-height:18px}.none{color:#8e8e8e;text-align:center;padding-top:10px}
</style><header><b>${escape(dashboard.title)}</b><span>preview, not Grafana</span></header><main>${html}</main>`);
  const picture = path.join(out, path.basename(file, ".json") + ".png");
  execFileSync(chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
    `--window-size=${WIDTH + 2 * GAP},${bottom + 56 + GAP}`, "--screenshot=" + picture, "file://" + page], { stdio: "ignore", timeout: 60000 });
  fs.rmSync(path.dirname(page), { recursive: true });
  console.log(picture + (empty.length > 0 ? " (no data: " + empty.join(", ") + ")" : ""));
}

(async () => {
  fs.mkdirSync(out, { recursive: true });
  for (const file of files) await draw(file);
})();
