// The switch between engines: a radio button for each, with the time of its predictions.

import { get, post } from './server.js';

/** Two digits: more of them would only flicker. */
function time(micros) {
  const rounded = Number(micros.toPrecision(2));
  return rounded < 1000 ? `${rounded} µs` : `${rounded / 1000} ms`;
}

export class Engines extends EventTarget {
  #container;
  #notes;
  #buttons = new Map();
  #chosen = '';

  /** Fires `change` when another engine is ready to read, and `error` with a `reason` when one cannot be opened. */
  constructor(container, notes) {
    super();
    this.#container = container;
    this.#notes = notes;
  }

  /** The name of the engine that reads. */
  get chosen() {
    return this.#chosen;
  }

  async load() {
    const { first, engines } = await get('engines');
    this.#chosen = first;
    engines.forEach((engine) => this.#add(engine));
  }

  #add(engine) {
    const label = document.createElement('label');
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = 'engine';
    input.value = engine.name;
    input.checked = engine.name === this.#chosen;
    input.disabled = !engine.ready;
    input.addEventListener('change', () => this.#choose(engine.name));
    const name = document.createElement('span');
    name.className = 'name';
    name.textContent = engine.name;
    const latency = document.createElement('span');
    latency.className = 'latency';
    label.append(input, name, latency);
    label.title = engine.ready ? engine.detail : `${engine.reason} ${engine.remedy}`;
    this.#container.append(label);
    this.#buttons.set(engine.name, { label, input, latency });
    if (engine.ready) {
      this.tellLatency(engine.name, engine.latency_us);
    } else {
      latency.textContent = 'cannot run';
      const note = document.createElement('p');
      note.className = 'help';
      note.textContent = `${engine.name} cannot run here: ${engine.reason} ${engine.remedy}`;
      this.#notes.append(note);
    }
  }

  /** @param micros median time of a prediction in microseconds, 0 if there was none */
  tellLatency(name, micros) {
    this.#buttons.get(name).latency.textContent = micros === 0 ? 'not loaded' : time(micros);
  }

  async #choose(name) {
    const { label, latency } = this.#buttons.get(name);
    label.classList.add('loading');
    latency.textContent = 'loading …';
    try {
      const engine = await post('engine', { engine: name });
      this.tellLatency(name, engine.latency_us);
      label.title = engine.detail;
      // Unless another was chosen while this one loaded.
      if (this.#buttons.get(name).input.checked) {
        this.#chosen = name;
        this.dispatchEvent(new Event('change'));
      }
    } catch (error) {
      latency.textContent = 'failed';
      this.#buttons.get(this.#chosen).input.checked = true;
      this.dispatchEvent(Object.assign(new Event('error'), { reason: error }));
    } finally {
      label.classList.remove('loading');
    }
  }
}
