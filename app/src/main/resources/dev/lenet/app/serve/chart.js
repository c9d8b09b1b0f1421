// Line charts as SVG: axes, a grid, a line for each series, and the values under the pointer in the legend.

const NS = 'http://www.w3.org/2000/svg';
const HEIGHT = 220;
const EDGE = { left: 52, right: 12, top: 10, bottom: 30 };

function element(name, attributes, parent) {
  const created = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) {
    created.setAttribute(key, value);
  }
  parent?.append(created);
  return created;
}

/** Round numbers between two others, about as many as asked for. */
function ticks(low, high, about) {
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((each) => each >= rough * 0.999);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    found.push(Number((i * step).toPrecision(12)));
  }
  return found;
}

/** 1, 2 and 5 times the powers of ten between two numbers; only the powers where those are many. */
function logTicks(low, high) {
  const factors = Math.log10(high / low) > 2.2 ? [1] : [1, 2, 5];
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    found.push(...factors.map((factor) => Number((factor * 10 ** power).toPrecision(3))));
  }
  return found.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
}

/** @param most no value is above; span that is shown at least */
function bounds(values, { logarithmic, most, span }) {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (logarithmic) {
    return [low / 1.15, high * 1.15];
  }
  const room = Math.max((high - low) * 0.08, (span - (high - low)) / 2 || 0, 1e-12);
  low -= room;
  high = Math.min(high + room, most ?? Infinity);
  return [low, high];
}

export class Chart {
  #svg;
  #legend;
  #options;
  #series = [];
  #xMost = 1;
  #width = 0;
  #toX = (x) => x;

  /**
   * @param figure to draw into
   * @param options title; logarithmic: whether the axis of y is; most: no value is above; span: of
   *     the axis of y, at least; format: of values
   */
  constructor(figure, options) {
    this.#options = options;
    const caption = document.createElement('figcaption');
    const title = document.createElement('h3');
    title.textContent = options.title;
    this.#legend = document.createElement('ul');
    this.#legend.className = 'legend';
    caption.append(title, this.#legend);
    this.#svg = element('svg', { height: HEIGHT, role: 'img', 'aria-label': options.title });
    figure.append(caption, this.#svg);
    // Drawn in the pixels there are, so that its letters are as large as all others.
    new ResizeObserver(() => this.#draw()).observe(this.#svg);
    this.#svg.addEventListener('pointermove', (event) => this.#point(event));
    this.#svg.addEventListener('pointerleave', () => this.#point(null));
  }

  /**
   * @param series each with a name, a kind for the style sheet, and points [x, y] in order of x
   * @param xMost where the axis of x ends
   */
  show(series, xMost) {
    this.#series = series.filter(({ points }) => points.length > 0);
    this.#xMost = xMost;
    this.#draw();
  }

  #draw() {
    this.#width = this.#svg.clientWidth;
    if (this.#width === 0) {
      return;
    }
    const xMost = this.#xMost;
    this.#svg.replaceChildren();
    this.#tell(null);
    const values = this.#series.flatMap(({ points }) => points.map(([, y]) => y));
    if (values.length === 0) {
      element('text', { x: this.#width / 2, y: HEIGHT / 2, class: 'none' }, this.#svg).textContent = 'nothing yet';
      return;
    }
    const { logarithmic } = this.#options;
    const [low, high] = bounds(values, this.#options);
    const scale = logarithmic ? Math.log : (value) => value;
    const share = (y) => (scale(y) - scale(low)) / (scale(high) - scale(low));
    const toY = (y) => HEIGHT - EDGE.bottom - share(y) * (HEIGHT - EDGE.top - EDGE.bottom);
    this.#toX = (x) => EDGE.left + (x / xMost) * (this.#width - EDGE.left - EDGE.right);
    this.#axes(logarithmic ? logTicks(low, high) : ticks(low, high, 4), toY, xMost);
    for (const { points, kind } of this.#series) {
      const path = points.map(([x, y]) => `${this.#toX(x).toFixed(1)} ${toY(y).toFixed(1)}`);
      element('path', { d: `M${path.join('L')}`, class: `line ${kind}` }, this.#svg);
      if (points.length <= 60 && kind !== 'fine') {
        points.forEach(([x, y]) => element('circle', {
          cx: this.#toX(x).toFixed(1), cy: toY(y).toFixed(1), r: 2.6, class: `dot ${kind}`,
        }, this.#svg));
      }
    }
    element('line', { class: 'rule', y1: EDGE.top, y2: HEIGHT - EDGE.bottom, visibility: 'hidden' }, this.#svg);
  }

  #axes(yTicks, toY, xMost) {
    for (const tick of yTicks) {
      const y = toY(tick).toFixed(1);
      element('line', { x1: EDGE.left, x2: this.#width - EDGE.right, y1: y, y2: y, class: 'grid-line' }, this.#svg);
      element('text', { x: EDGE.left - 8, y, class: 'tick y' }, this.#svg).textContent = this.#options.format(tick);
    }
    const bottom = HEIGHT - EDGE.bottom;
    for (const tick of ticks(0, xMost, Math.min(10, Math.ceil(xMost))).filter((each) => Number.isInteger(each))) {
      element('text', { x: this.#toX(tick).toFixed(1), y: bottom + 16, class: 'tick x' }, this.#svg)
        .textContent = tick;
    }
    element('line', { x1: EDGE.left, x2: this.#width - EDGE.right, y1: bottom, y2: bottom, class: 'axis' }, this.#svg);
    element('text', { x: this.#width - EDGE.right, y: HEIGHT - 2, class: 'unit' }, this.#svg).textContent = 'epoch';
  }

  #point(event) {
    const rule = this.#svg.querySelector('.rule');
    if (!rule) {
      return;
    }
    rule.setAttribute('visibility', event ? 'visible' : 'hidden');
    if (!event) {
      this.#tell(null);
      return;
    }
    const box = this.#svg.getBoundingClientRect();
    const x = event.clientX - box.left;
    rule.setAttribute('x1', x);
    rule.setAttribute('x2', x);
    this.#tell(x);
  }

  /** The values nearest to a place of the picture; the last ones for null. */
  #tell(x) {
    this.#legend.replaceChildren(...this.#series.map(({ name, kind, points }) => {
      const near = x === null ? points.at(-1) : points.reduce((best, point) => (
        Math.abs(this.#toX(point[0]) - x) < Math.abs(this.#toX(best[0]) - x) ? point : best));
      const item = document.createElement('li');
      item.className = kind;
      const value = document.createElement('strong');
      value.textContent = this.#options.format(near[1]);
      item.append(`${name} `, value);
      return item;
    }));
  }
}
