// Puts the page together: the model is in it, so nothing is asked for anywhere.

import { digit, picture, SIDE } from './recipe.js';
import { novelty, run, softmax } from './layers.js';
import { Pad } from './pad.js';
import { paintImage } from './pixels.js';
import { Probabilities } from './probabilities.js';

/** Pixels on each side of what is read off the pad. */
const DRAWN = 140;

const find = (id) => document.getElementById(id);

const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Little-endian float32, whatever the machine's order is. */
function floats(text) {
  const view = new DataView(fromBase64(text).buffer);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** With numbers where the file has texts in Base64. */
function opened(layer) {
  for (const [name, text] of Object.entries(layer.parameters ?? {})) {
    layer[name] = floats(text);
  }
  layer.body?.forEach(opened);
  if (layer.projection) {
    opened(layer.projection);
  }
  return layer;
}

class Model {
  constructor(json) {
    Object.assign(this, json);
    this.layers.forEach(opened);
    this.table = floats(this.table);
    if (this.known) {
      this.known.directions = new Int8Array(fromBase64(this.known.directions).buffer);
    }
  }

  /** What it says of 784 pixels from 0 to 255. */
  classify(pixels) {
    let features;
    const input = Float64Array.from(pixels, (pixel) => this.table[pixel]);
    const logits = run(this.layers, input, (layer, values) => {
      if (layer.kind === 'linear') {
        features ??= values;
      }
    });
    const probabilities = softmax(logits);
    const strangeness = this.known && features ? novelty(this.known, features, logits) : null;
    const strange = strangeness !== null && strangeness > this.familiar;
    const doubtful = strange || Math.max(...probabilities) < this.sure;
    return { pixels, probabilities, novelty: strangeness, strange, doubtful };
  }

  /** What it is given of a drawing of `side * side` values, 0 for paper and 255 for ink; null if there is none. */
  prepare(ink, side) {
    return this.characters ? digit(ink, side) : picture(ink, side);
  }
}

function describe(model) {
  find('model').textContent = model.about;
  if (!model.characters) {
    find('drawing-title').textContent = 'Draw something';
    find('input-help').textContent = 'Scaled to 28 × 28 pixels, as this model was not trained on characters.';
  }
}

function start() {
  const model = new Model(JSON.parse(find('network').textContent));
  describe(model);
  const pad = new Pad(find('pad'));
  const probabilities = new Probabilities(find('probabilities'), model.classes);
  const show = () => {
    const pixels = pad.blank ? null : model.prepare(pad.pixels(DRAWN), DRAWN);
    const answer = pixels && model.classify(pixels);
    probabilities.show(answer);
    paintImage(find('input'), pixels, [1, SIDE, SIDE]);
    find('invitation').hidden = !pad.blank;
    find('undo').disabled = pad.blank;
    find('clear').disabled = pad.blank;
    document.body.removeAttribute('data-reading');
  };
  // However often the pen reports: once for each picture that the screen shows.
  pad.addEventListener('change', () => {
    if (!document.body.hasAttribute('data-reading')) {
      document.body.setAttribute('data-reading', '');
      requestAnimationFrame(show);
    }
  });
  find('undo').addEventListener('click', () => pad.undo());
  find('clear').addEventListener('click', () => {
    pad.clear();
    find('pad').focus();
  });
  show();
  // For the console, and for other scripts: lenet.classify(pixels), lenet.prepare(ink, side), lenet.pad.
  window.lenet = Object.assign(model, { pad });
}

try {
  start();
} catch (error) {
  find('problem').textContent = error.message;
  find('problem').hidden = false;
}
