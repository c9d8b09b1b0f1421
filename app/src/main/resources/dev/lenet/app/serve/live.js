// Follows the latest training run, while its tab is open.

import { Chart } from './chart.js';
import { Events } from './events.js';
import { decode } from './server.js';
import { paintImage } from './pixels.js';

const find = (id) => document.getElementById(id);

const STATUS = {
  starting: 'starting',
  running: 'running',
  complete: 'complete',
  interrupted: 'interrupted',
  diverged: 'diverged',
  failed: 'failed',
  killed: 'killed',
};

const short = (value) => Number(value.toPrecision(3)).toString();
const percent = (share) => `${(100 * share).toFixed(2)} %`;

function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const two = (number) => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** A curve of the progress file as points of epochs: each of its values is the mean of `stride` steps. */
function points(curve, stepsPerEpoch) {
  return (curve?.values ?? [])
    .map((value, i) => [(curve.first - 1 + (i + 0.5) * curve.stride) / stepsPerEpoch, value])
    .filter(([, value]) => value !== null && value > 0);
}

export class Live {
  #events = new Events((kind, text) => this.#hear(kind, text));
  #run = '';
  #mistakes = null;
  #tell;
  #loss = new Chart(find('chart-loss'), { title: 'Loss', logarithmic: true, format: short });
  #accuracy = new Chart(find('chart-accuracy'), {
    title: 'Validation accuracy', most: 1, span: 0.02, format: (share) => `${Number((100 * share).toFixed(2))} %`,
  });
  #rate = new Chart(find('chart-rate'), { title: 'Learning rate', format: short });

  /** @param tell shows an Error to the user, or hides it for null */
  constructor(tell) {
    this.#tell = tell;
  }

  /** Begins to follow, or stops. */
  watch(wanted) {
    this.#events.watch(wanted);
  }

  #hear(kind, text) {
    if (kind === 'run') {
      this.#show(JSON.parse(text));
    } else if (kind === 'mistakes') {
      this.#mistakes = JSON.parse(text);
      this.#showMistakes();
    } else {
      this.#connected(kind === 'open');
    }
  }

  #connected(is) {
    find('panel-training').classList.toggle('lost', !is);
    this.#tell(is ? null : new Error('The server is gone, or refused to tell of runs. Trying again.'));
  }

  #show(run) {
    find('no-run').hidden = run.run !== undefined || run.problem !== undefined;
    find('run').hidden = run.run === undefined;
    if (run.problem !== undefined) {
      find('run').hidden = false;
      find('run-name').textContent = 'The latest run cannot be read';
      find('run-detail').textContent = run.problem;
      return;
    }
    if (run.run === undefined) {
      return;
    }
    if (run.run !== this.#run) {
      this.#run = run.run;
      find('mistakes').replaceChildren();
      find('mistakes-note').textContent = 'They appear after the first epoch.';
      this.#showMistakes();
    }
    this.#showLine(run);
    this.#showFigures(run);
    this.#showCharts(run);
  }

  #showLine({ run, status, session, data, parameters }) {
    find('run-name').textContent = run;
    const mark = find('run-status');
    mark.textContent = STATUS[status] ?? status;
    mark.dataset.status = status;
    const parts = [];
    if (session.engine) {
      parts.push(`${session.engine} on ${session.device}`);
    }
    if (data) {
      parts.push(`${data.dataset}, ${data.training.toLocaleString('en')} images`);
    }
    if (parameters) {
      parts.push(`${parameters.toLocaleString('en')} parameters`);
    }
    find('run-detail').textContent = parts.join(' · ');
  }

  #showFigures({ status, progress, history, results }) {
    const steps = progress.steps_per_epoch ?? 1;
    const running = status === 'running';
    const last = history.at(-1);
    const figures = [];
    const add = (name, value) => figures.push([name, value]);
    if (progress.teacher) {
      add('teacher', progress.teacher);
    }
    if (progress.total_steps) {
      const epochs = Math.ceil(progress.total_steps / steps);
      const epoch = Math.min(epochs, Math.floor(progress.step / steps) + (running ? 1 : 0));
      add('epoch', `${epoch} / ${epochs}`);
      add('step', `${progress.step.toLocaleString('en')} / ${progress.total_steps.toLocaleString('en')}`);
      find('run-progress').value = progress.step / progress.total_steps;
    }
    if (running && progress.seconds_left !== undefined) {
      add('time left', duration(progress.seconds_left));
    }
    if (progress.images_per_second) {
      add('images a second', Math.round(progress.images_per_second).toLocaleString('en'));
    }
    if (running && progress.learning_rate !== undefined) {
      add('learning rate', short(progress.learning_rate));
    }
    if (progress.loss !== undefined) {
      add('training loss', progress.loss.toFixed(4));
    }
    if (last?.validation_accuracy !== undefined) {
      add('validation accuracy', percent(last.validation_accuracy));
    }
    if (results) {
      add('test accuracy', percent(results.test_accuracy));
    }
    find('figures').replaceChildren(...figures.map(([name, value]) => {
      const group = document.createElement('div');
      const term = document.createElement('dt');
      term.textContent = name;
      const text = document.createElement('dd');
      text.textContent = value;
      group.append(term, text);
      return group;
    }));
  }

  #showCharts({ progress, history }) {
    const steps = progress.steps_per_epoch ?? 1;
    const epochs = Math.max(1, history.length, (progress.total_steps ?? 0) / steps);
    // A mean over an epoch belongs to its middle, what was measured after it to its end.
    const column = (key, back = 0) => history.filter((row) => row[key] > 0).map((row) => [row.epoch - back, row[key]]);
    this.#loss.show([
      { name: 'batches', kind: 'fine', points: points(progress.losses, steps) },
      { name: 'training', kind: 'first', points: column('train_loss', 0.5) },
      { name: 'validation', kind: 'second', points: column('validation_loss') },
    ], epochs);
    this.#accuracy.show([{ name: 'validation', kind: 'second', points: column('validation_accuracy') }], epochs);
    this.#rate.show([{ name: 'rate', kind: 'first plain', points: points(progress.learning_rates, steps) }], epochs);
  }

  /** Those of another run may still be on their way, or already here. */
  #showMistakes() {
    const news = this.#mistakes;
    if (news === null) {
      return;
    }
    if (news.problem !== undefined) {
      find('mistakes-note').textContent = news.problem;
      return;
    }
    if (news.run !== this.#run) {
      return;
    }
    find('mistakes-note').textContent = news.of === 0
      ? 'This run keeps no validation images.'
      : `After epoch ${news.epoch}: ${news.count.toLocaleString('en')} of ${news.of.toLocaleString('en')}`
        + ' validation images are read wrong, those it is surest about first.';
    find('mistakes').replaceChildren(...news.mistakes.map((mistake) => {
      const item = document.createElement('li');
      const canvas = document.createElement('canvas');
      canvas.className = 'pixels';
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', `a ${mistake.is}`);
      paintImage(canvas, decode(mistake.pixels), news.shape);
      const text = document.createElement('span');
      const believed = document.createElement('strong');
      believed.textContent = mistake.believed;
      text.append(`${mistake.is} → `, believed);
      item.title = `It is ${mistake.is}; read as ${mistake.believed}, ${percent(mistake.probability)} sure`;
      item.append(canvas, text);
      return item;
    }));
  }
}
