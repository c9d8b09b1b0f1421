// Puts the page together.

import { Engines } from './engines.js';
import { Features } from './features.js';
import { Live } from './live.js';
import { Pad } from './pad.js';
import { decode, get } from './server.js';
import { paintImage } from './pixels.js';
import { Probabilities } from './probabilities.js';
import { Reader } from './reader.js';
import { tabs } from './tabs.js';
import { Upload } from './upload.js';

const find = (id) => document.getElementById(id);

function tell(error) {
  const problem = find('problem');
  problem.textContent = error?.message ?? '';
  problem.hidden = !error;
}

function describe(model) {
  const accuracy = Number(model.test_accuracy);
  const parts = [model.file, `${model.parameters.toLocaleString('en')} parameters`];
  if (accuracy > 0) {
    parts.push(`${(100 * accuracy).toFixed(2)} % of the test images right`);
  }
  find('model').textContent = parts.join(' · ');
  const [channels, height, width] = model.shape;
  const size = `${height} × ${width}`;
  find('input').setAttribute('aria-label', `What was drawn or opened in ${height} by ${width} pixels`);
  if (channels > 1) {
    find('drawing-title').textContent = 'Open a picture';
    find('tab-draw').textContent = 'Picture';
    find('input-help').textContent = `Scaled and cropped to ${size} pixels in colour, as predict does.`;
  } else if (!model.characters) {
    find('drawing-title').textContent = 'Draw something';
    find('invitation').textContent = 'With mouse, pen or finger';
    find('input-help').textContent = `Scaled to ${size} pixels, as this model was not trained on characters.`;
  } else {
    find('input-size').textContent = size;
  }
  for (const part of ['pad-place', 'pad-tools', 'pad-help']) {
    find(part).hidden = channels > 1;
  }
  find('upload-place').hidden = channels === 1;
}

async function start() {
  const live = new Live(tell);
  tabs(document.querySelector('[role=tablist]'), (panel) => live.watch(panel === 'panel-training'));
  const pad = new Pad(find('pad'));
  const model = await get('model');
  describe(model);
  paintImage(find('input'), null, model.shape);
  const source = model.shape[0] > 1 ? new Upload(find('upload'), find('panel-draw'), tell) : pad;
  const probabilities = new Probabilities(find('probabilities'), model.classes);
  const features = new Features(find('layers'), model.layers, model.classes);
  const engines = new Engines(find('engines'), find('engine-notes'));
  await engines.load();

  const reader = new Reader(source, () => engines.chosen, (answer) => {
    tell(null);
    probabilities.show(answer);
    features.show(answer);
    paintImage(find('input'), answer && decode(answer.pixels), model.shape);
    if (answer) {
      engines.tellLatency(answer.engine, answer.latency_us);
    }
    document.body.dataset.engine = answer?.engine ?? '';
  }, tell);
  engines.addEventListener('change', () => reader.read());
  engines.addEventListener('error', (event) => tell(event.reason));

  const tools = () => {
    find('invitation').hidden = !pad.blank;
    find('undo').disabled = pad.blank;
    find('clear').disabled = pad.blank;
  };
  pad.addEventListener('change', tools);
  find('undo').addEventListener('click', () => pad.undo());
  find('clear').addEventListener('click', () => {
    pad.clear();
    find('pad').focus();
  });
  tools();
  // Whatever was drawn while the engine was asked for.
  reader.read();
}

start().catch(tell);
