// Puts the page together.

import { Engines } from './engines.js';
import { Features } from './features.js';
import { Live } from './live.js';
import { Pad } from './pad.js';
import { decode, get } from './server.js';
import { paintGrey } from './pixels.js';
import { Probabilities } from './probabilities.js';
import { Reader } from './reader.js';
import { tabs } from './tabs.js';

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
  if (!model.characters) {
    find('drawing-title').textContent = 'Draw something';
    find('invitation').textContent = 'With mouse, pen or finger';
    find('input-help').textContent = 'Scaled to 28 × 28 pixels, as this model was not trained on characters.';
  }
}

async function start() {
  const live = new Live(tell);
  tabs(document.querySelector('[role=tablist]'), (panel) => live.watch(panel === 'panel-training'));
  const pad = new Pad(find('pad'));
  paintGrey(find('input'), null, 28);

  const model = await get('model');
  describe(model);
  const probabilities = new Probabilities(find('probabilities'), model.classes);
  const features = new Features(find('layers'), model.layers, model.classes);
  const engines = new Engines(find('engines'), find('engine-notes'));
  await engines.load();

  const reader = new Reader(pad, () => engines.chosen, (answer) => {
    tell(null);
    probabilities.show(answer);
    features.show(answer);
    paintGrey(find('input'), answer && decode(answer.pixels), 28);
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
