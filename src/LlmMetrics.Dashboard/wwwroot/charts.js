// Charts of the page: lines over time, each with the same figures as a table.

const figure = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const RowsOfTable = 12;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function element(name, text, className) {
  const created = document.createElement(name);
  if (text !== undefined) created.textContent = text;
  if (className) created.className = className;
  return created;
}

/** Texts of the time axis: with seconds where ticks are less than a minute apart. */
function times(_, ticks, axis, space, increment) {
  return ticks.map(tick => (increment < 60 ? clock : minute).format(tick * 1000));
}

/** One chart: a title, lines with names, a way from points to their values, and a way to write a value. */
export class Chart {
  constructor(parent, title, lines, values, write) {
    this.lines = lines;
    this.values = values;
    this.write = write ?? (value => figure.format(value));
    this.figure = element('figure');
    const caption = element('figcaption');
    caption.append(element('h2', title));
    lines.forEach((line, index) => caption.append(element('span', line, `key ${'ab'[index]}`)));
    this.place = element('div', undefined, 'plot');
    this.place.setAttribute('role', 'img');
    this.title = title;
    const details = element('details');
    this.table = element('table');
    details.append(element('summary', 'As a table'), this.table);
    this.figure.append(caption, this.place, details);
    parent.append(this.figure);
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(this.place);
  }

  size() {
    return { width: Math.max(200, this.place.clientWidth), height: 170 };
  }

  /** Forgets the drawing, so that the next one takes the present colours. */
  reset() {
    this.plot?.destroy();
    this.plot = undefined;
  }

  show(points, intervalSeconds) {
    const columns = this.lines.map((_, index) => points.map(point => this.values(point, intervalSeconds)[index]));
    const data = [points.map(point => point.time), ...columns];
    if (this.plot) this.plot.setData(data);
    else this.plot = this.draw(data);
    this.describe(points, columns);
  }

  draw(data) {
    const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    const options = {
      ...this.size(),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { y: { range: (_, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
      axes: [{ ...axis, space: 80, size: 30, values: times }, { ...axis, size: 70, values: (_, ticks) => ticks.map(this.write) }],
      series: [{}, ...this.lines.map((line, index) => ({
        label: line, stroke: colour(`--${'ab'[index]}`), width: 2, points: { show: data[0].length < 30 },
      }))],
    };
    return new uPlot(options, data, this.place);
  }

  describe(points, columns) {
    const said = this.lines.map((line, index) => {
      const known = columns[index].filter(value => value !== null);
      return known.length === 0
        ? `${line}: nothing measured`
        : `${line}: last ${this.write(known[known.length - 1])}, highest ${this.write(Math.max(...known))}`;
    });
    this.place.setAttribute('aria-label', `${this.title}. ${said.join('; ')}`);
    const head = element('tr');
    head.append(element('th', 'Until'), ...this.lines.map(line => element('th', line)));
    const rows = [];
    for (let row = points.length - 1; row >= Math.max(0, points.length - RowsOfTable); row--) {
      const tr = element('tr');
      tr.append(element('th', clock.format(points[row].time * 1000)));
      columns.forEach(column => tr.append(element('td', column[row] === null ? '–' : this.write(column[row]))));
      rows.push(tr);
    }
    this.table.replaceChildren(head, ...rows);
  }
}
