// What each layer puts out: a small image for each map, a field of cells for a vector.

import { decode } from './server.js';
import { onColourChange, paintLevels } from './pixels.js';

/** Rows that the cells of a long vector are laid out in. */
const ROWS = 6;

/** Columns of such a field that is as wide as its place. */
const MOST_ACROSS = 20;

const NAMES = {
  conv2d: 'convolution',
  max_pool2d: 'max-pooling',
  avg_pool2d: 'average pooling',
  linear: 'fully connected',
};

export class Features {
  #layers = [];
  #answer = null;

  /**
   * @param container of all layers
   * @param layers as the server describes them
   * @param classes names of the last layer's values
   */
  constructor(container, layers, classes) {
    layers.forEach((layer, i) => {
      const last = i === layers.length - 1;
      const figure = document.createElement('figure');
      figure.className = layer.shape.length === 3 ? 'maps' : 'cells';
      const caption = document.createElement('figcaption');
      const name = document.createElement('strong');
      name.textContent = layer.name;
      const shape = document.createElement('span');
      shape.className = 'shape';
      shape.textContent = layer.shape.join(' × ');
      const kinds = document.createElement('span');
      kinds.className = 'kinds';
      kinds.textContent = layer.kinds.map((kind) => NAMES[kind] ?? kind).join(', ');
      caption.append(name, shape, kinds);
      const field = document.createElement('div');
      const canvases = layer.shape.length === 3 ? maps(layer, field) : cells(layer, field);
      figure.append(caption, field);
      if (last && classes.length <= 12 && classes.every((each) => each.length <= 2)) {
        figure.append(labels(classes));
      }
      container.append(figure);
      this.#layers.push(canvases);
    });
    onColourChange(() => this.show(this.#answer));
    this.show(null);
  }

  /** @param answer of the server, or null for nothing */
  show(answer) {
    this.#answer = answer;
    this.#layers.forEach((canvases, i) => {
      const levels = answer ? new Int8Array(decode(answer.layers[i].levels).buffer) : null;
      canvases.forEach(({ canvas, from, width, height }) => {
        paintLevels(canvas, levels?.subarray(from, from + width * height), width, height);
      });
    });
  }
}

function maps(layer, field) {
  const [count, height, width] = layer.shape;
  field.className = 'grid';
  // Two rows of eight look better than three of six.
  field.style.setProperty('--columns', count <= 8 ? count : 8);
  return Array.from({ length: count }, (_, i) => {
    const canvas = pixelated(field, `${layer.name}, map ${i + 1}`);
    return { canvas, from: i * width * height, width, height };
  });
}

function cells(layer, field) {
  const [count] = layer.shape;
  const width = count <= 12 ? count : Math.ceil(count / ROWS);
  const height = Math.ceil(count / width);
  field.className = 'field';
  // Cells of the same size in every layer of up to a hundred values or so.
  field.style.setProperty('--share', count <= 12 ? 1 : Math.min(1, width / MOST_ACROSS));
  return [{ canvas: pixelated(field, layer.name), from: 0, width, height }];
}

function pixelated(parent, name) {
  const canvas = document.createElement('canvas');
  canvas.className = 'pixels';
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', name);
  parent.append(canvas);
  return canvas;
}

function labels(classes) {
  const row = document.createElement('div');
  row.className = 'labels';
  row.setAttribute('aria-hidden', 'true');
  row.style.setProperty('--across', classes.length);
  row.append(...classes.map((name) => {
    const label = document.createElement('span');
    label.textContent = name;
    return label;
  }));
  return row;
}
