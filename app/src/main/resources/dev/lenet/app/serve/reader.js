// Has drawings and pictures read: one request at a time, and the newest drawing always gets its answer.

import { post } from './server.js';

export class Reader {
  #pad;
  #engine;
  #answered;
  #failed;
  #busy = false;
  #again = false;

  /**
   * @param pad what is drawn on, or shows a picture: with blank, content() and an event "change"
   * @param engine gives the name of the engine to read with
   * @param answered takes an answer; null if there is nothing to read
   * @param failed takes an Error
   */
  constructor(pad, engine, answered, failed) {
    this.#pad = pad;
    this.#engine = engine;
    this.#answered = answered;
    this.#failed = failed;
    pad.addEventListener('change', () => this.read());
  }

  /** Reads what is drawn now, or as soon as the request before has its answer. */
  async read() {
    if (this.#pad.blank) {
      this.#answered(null);
      return;
    }
    this.#again = true;
    if (this.#busy) {
      return;
    }
    this.#tellBusy(true);
    while (this.#again && !this.#pad.blank) {
      this.#again = false;
      await this.#ask();
    }
    this.#tellBusy(false);
  }

  /** On the page as well, for the style sheet and for tests: what it shows is not of the newest drawing yet. */
  #tellBusy(busy) {
    this.#busy = busy;
    document.body.toggleAttribute('data-reading', busy);
  }

  async #ask() {
    try {
      const answer = await post('predict', { engine: this.#engine(), ...this.#pad.content() });
      // Cleared meanwhile: then it answers nothing that is there.
      this.#answered(this.#pad.blank || answer.blank ? null : answer);
    } catch (error) {
      this.#failed(error);
    }
  }
}
