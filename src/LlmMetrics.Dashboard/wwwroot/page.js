// The live page: asks for the data at the interval of its points, and shows it. Names come from the app and its users,
// so everything is written as text.
import { Chart } from './charts.js';

const whole = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const number = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 6 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const money = new Intl.NumberFormat(undefined, {
  style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 2,
});
const smallMoney = new Intl.NumberFormat(undefined, {
  style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 6, maximumSignificantDigits: 3,
});
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const ShownMetrics = 100;

const at = id => document.getElementById(id);
const address = new URL(location.href);
let minutes = Number(address.searchParams.get('minutes')) || 5;
let paused = false;
let timer;

function element(name, text, className) {
  const created = document.createElement(name);
  if (text !== undefined) created.textContent = text;
  if (className) created.className = className;
  return created;
}

function dollars(value) {
  return (Math.abs(value) >= 1 || value === 0 ? money : smallMoney).format(value);
}

function seconds(value) {
  if (value === null || value === undefined) return '–';
  return value < 1 ? `${number.format(Math.round(value * 1000))} ms` : `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

/** A cost that is only a lower bound says so; one of which nothing is known is no zero. */
function cost(tally) {
  const unknown = tally.unpriced + tally.withoutUsage;
  if (unknown > 0 && tally.costUsd === 0) return 'unknown';
  return (unknown > 0 ? '≥ ' : '') + dollars(tally.costUsd);
}

const charts = [
  new Chart(at('charts'), 'Calls per minute', ['calls', 'errors'],
    (point, interval) => [point.calls, point.errors].map(value => value * 60 / interval)),
  new Chart(at('charts'), 'Tokens per minute', ['input', 'output'],
    (point, interval) => [point.inputTokens, point.outputTokens].map(value => value * 60 / interval),
    value => compact.format(value)),
  new Chart(at('charts'), 'Cost per minute', ['known cost'],
    (point, interval) => [point.costUsd * 60 / interval], dollars),
  new Chart(at('charts'), 'Duration of a call', ['median', '95th percentile'], point => [point.p50, point.p95], seconds),
];

function card(title, value, detail, bad) {
  const created = element('div', undefined, 'card');
  created.append(element('span', title, 'quiet'), element('strong', value, bad ? 'bad' : ''),
    element('p', detail, 'quiet'));
  return created;
}

function showCards(state) {
  const { recent, total } = state.calls;
  const missing = [];
  if (recent.unpriced > 0) missing.push(`${whole.format(recent.unpriced)} calls without a price`);
  if (recent.withoutUsage > 0) missing.push(`${whole.format(recent.withoutUsage)} without usage`);
  const errors = recent.calls > 0 ? percent.format(recent.errors / recent.calls) : '–';
  at('cards').replaceChildren(
    card('Calls', whole.format(recent.calls),
      `${state.activeCalls === null ? '' : `${whole.format(state.activeCalls)} under way; `}`
      + `${whole.format(total.calls)} since the start`),
    card('Errors', errors,
      `${whole.format(recent.errors)} failed, ${whole.format(recent.rateLimited)} of them rate limited; `
      + `${whole.format(recent.aborted)} broken off`, recent.errors > 0),
    card('Cost', cost(recent), missing.length > 0
      ? missing.join(', ')
      : `${cost(total)} since the start`),
    card('Tokens', compact.format(recent.inputTokens + recent.outputTokens),
      `${compact.format(recent.inputTokens)} in (${compact.format(recent.cachedInputTokens)} cached), `
      + `${compact.format(recent.outputTokens)} out`),
    card('Duration', seconds(recent.p50), `median; 95th percentile ${seconds(recent.p95)}`),
    card('First chunk', seconds(recent.firstChunkP95), '95th percentile of streamed answers'));
}

function table(title, columns, rows) {
  const block = element('div', undefined, 'block');
  const wide = element('div', undefined, 'wide');
  const created = element('table');
  const head = element('tr');
  head.append(...columns.map(column => {
    const cell = element('th', column);
    cell.scope = 'col';
    return cell;
  }));
  const thead = element('thead');
  thead.append(head);
  const body = element('tbody');
  for (const [name, ...cells] of rows) {
    const row = element('tr');
    const first = element('th', name);
    first.scope = 'row';
    row.append(first, ...cells.map(cell => {
      const shown = element('td');
      shown.append(cell);
      return shown;
    }));
    body.append(row);
  }
  created.append(thead, body);
  wide.append(created);
  block.append(element('h2', title), wide);
  return block;
}

function callTable(title, name, rows) {
  const columns = [name, 'Calls', 'Errors', 'Input tokens', 'Output tokens', 'Cost', 'Median', '95th percentile'];
  return table(`${title}, since the start`, columns, rows.map(({ name, provider, tally }) => [
    provider ? `${name} (${provider})` : name, whole.format(tally.calls), whole.format(tally.errors),
    tokens(tally, tally.inputTokens), tokens(tally, tally.outputTokens), cost(tally), seconds(tally.p50),
    seconds(tally.p95),
  ]));
}

/** Sums that miss calls without usage are lower bounds, too. */
function tokens(tally, sum) {
  if (tally.withoutUsage > 0 && tally.inputTokens + tally.outputTokens === 0) return 'unknown';
  return (tally.withoutUsage > 0 ? '≥ ' : '') + whole.format(sum);
}

function budgetTable(budgets) {
  return table('Budgets', ['Budget', 'Spent', '', 'Left', 'Ends'], budgets.map(budget => {
    const bar = element('progress');
    bar.max = budget.limitUsd;
    bar.value = Math.min(budget.spentUsd, budget.limitUsd);
    bar.setAttribute('aria-label', `${percent.format(budget.spentUsd / budget.limitUsd)} of the budget`);
    const bound = budget.unpricedCalls > 0 ? '≥ ' : '';
    return [budget.value === null ? budget.name : `${budget.name} (${budget.value})`,
      `${bound}${dollars(budget.spentUsd)} of ${dollars(budget.limitUsd)}`, bar,
      dollars(budget.limitUsd - budget.spentUsd), moment.format(new Date(budget.periodEnd))];
  }));
}

function showTables(state) {
  const { models, agents, features, workflows } = state.calls;
  const tables = [
    models.length > 0 && callTable('By model', 'Model', models),
    agents.length > 0 && callTable('By agent', 'Agent', agents),
    features.length > 0 && callTable('By feature', 'Feature', features),
    workflows.length > 0 && callTable('By workflow', 'Workflow', workflows),
    state.budgets.length > 0 && budgetTable(state.budgets),
  ];
  at('tables').replaceChildren(...tables.filter(Boolean));
}

function showWindows(state) {
  const choices = [1, 5, 15, 30, 60, 180, 720, 1440].filter(choice => choice * 60 <= state.historySeconds);
  if (choices.length === 0) choices.push(Math.ceil(state.historySeconds / 60));
  if (!choices.includes(minutes)) minutes = choices[choices.length - 1];
  if (at('window').options.length === 0) {
    at('window').append(...choices.map(choice => new Option(
      choice % 60 === 0 ? `${choice / 60} h` : `${choice} min`, choice, false, choice === minutes)));
  }
}

function show(state) {
  document.title = `${state.service} · LlmMetrics`;
  at('service').textContent = state.service;
  at('about').textContent = [state.version && `version ${state.version}`, `instance ${state.instance}`,
    `counting since ${moment.format(new Date(state.startTime))}`].filter(Boolean).join(' · ');
  at('empty').hidden = state.calls.total.calls > 0;
  showWindows(state);
  showCards(state);
  charts.forEach(chart => chart.show(state.calls.points, state.intervalSeconds));
  showTables(state);
}

function say(text, className) {
  at('state').textContent = text;
  at('state').className = className;
}

async function load(name) {
  const answer = await fetch(name, { headers: { Accept: 'application/json' } });
  if (answer.redirected || !answer.ok) {
    throw new Error(answer.redirected ? 'signed out: load the page again' : `the app answered ${answer.status}`);
  }
  return answer.json();
}

async function refresh() {
  clearTimeout(timer);
  let wait = 5;
  try {
    const state = await load(`data?minutes=${minutes}`);
    wait = state.intervalSeconds;
    show(state);
    say(paused ? 'paused' : 'live', paused ? '' : 'live');
  } catch (error) {
    say(`not connected (${error.message})`, 'lost');
  }
  if (!paused && !document.hidden) timer = setTimeout(refresh, wait * 1000);
}

function metricRow(metric) {
  const details = element('details');
  const unit = metric.unit ? `, ${metric.unit}` : '';
  details.append(element('summary',
    `${metric.name} (${metric.kind.toLowerCase()}${unit}; ${whole.format(metric.seriesCount)} series)`));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(seriesTable(metric));
  });
  return details;
}

function seriesTable(metric) {
  const write = value => value === null ? '–' : number.format(value);
  const histogram = metric.kind === 'Histogram';
  const columns = histogram ? ['Tags', 'Count', 'Sum', 'Median', '95th percentile'] : ['Tags', 'Value'];
  const more = metric.seriesCount - metric.series.length;
  const title = metric.description + (more > 0 ? ` (${whole.format(more)} more series are not shown)` : '');
  return table(title, columns, metric.series.map(series => {
    const tags = Object.entries(series.tags).map(([name, value]) => `${name}=${value}`).join(', ');
    return histogram
      ? [tags, write(series.count), write(series.sum), write(series.p50), write(series.p95)]
      : [tags, write(series.value)];
  }));
}

async function explore() {
  if (!at('explorer').open) return;
  try {
    const text = at('search').value.trim().toLowerCase();
    const found = (await load('metrics')).filter(metric => metric.name.toLowerCase().includes(text));
    at('explorer-state').textContent = `${whole.format(found.length)} metrics`
      + (found.length > ShownMetrics ? `, the first ${ShownMetrics} are shown` : '');
    at('metrics').replaceChildren(...found.slice(0, ShownMetrics).map(metricRow));
  } catch (error) {
    at('explorer-state').textContent = `not connected (${error.message})`;
  }
}

at('window').addEventListener('change', () => {
  minutes = Number(at('window').value);
  address.searchParams.set('minutes', minutes);
  history.replaceState(null, '', address);
  refresh();
});
at('pause').addEventListener('click', () => {
  paused = !paused;
  at('pause').textContent = paused ? 'Go on' : 'Pause';
  at('pause').setAttribute('aria-pressed', paused);
  if (paused) {
    clearTimeout(timer);
    say('paused', '');
  } else {
    refresh();
  }
});
at('explorer').addEventListener('toggle', explore);
at('search').addEventListener('input', explore);
document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : paused || refresh());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  charts.forEach(chart => chart.reset());
  refresh();
});
refresh();
