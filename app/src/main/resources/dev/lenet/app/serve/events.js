// News of runs, as the server sends them. A browser opens six connections to one server, so all windows share one stream, which a
// shared worker holds; where there is none, a window has a stream of its own while it is seen.

const KINDS = ['run', 'mistakes'];

/** How long to wait before a stream that was refused is asked for again. */
const AGAIN_AFTER = 3000;

/** A stream that is opened again whenever it ends, until it is closed. */
export class Stream {
  #source = null;
  #timer;
  #heard;

  /** @param heard takes `open`, `lost`, or a kind of news and its text */
  constructor(heard) {
    this.#heard = heard;
    this.#open();
  }

  #open() {
    const source = new EventSource('events');
    this.#source = source;
    source.addEventListener('open', () => this.#heard('open'));
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => this.#heard(kind, event.data));
    }
    source.addEventListener('error', () => {
      this.#heard('lost');
      // The browser tries again by itself, unless it was refused.
      if (source.readyState === EventSource.CLOSED) {
        this.#timer = setTimeout(() => this.#open(), AGAIN_AFTER);
      }
    });
  }

  close() {
    clearTimeout(this.#timer);
    this.#source.close();
  }
}

/** Follows runs by the stream that all windows share; calls `failed` if this browser has none. */
function shared(heard, failed) {
  const worker = new SharedWorker('worker.js', { type: 'module', name: 'events' });
  const { port } = worker;
  port.addEventListener('message', ({ data: [kind, text] }) => heard(kind, text));
  worker.addEventListener('error', failed);
  port.start();
  const say = (wanted) => port.postMessage(wanted);
  return { start: () => say(true), stop: () => say(false) };
}

/** Follows runs by a stream of this window's own. */
function own(heard) {
  let stream = null;
  return {
    start: () => { stream ??= new Stream(heard); },
    stop: () => {
      stream?.close();
      stream = null;
    },
  };
}

/** Hears of runs while that is wanted and the window is seen. */
export class Events {
  #source;
  #wanted = false;
  #watching = false;

  /** @param heard takes `open`, `lost`, or a kind of news and its text */
  constructor(heard) {
    const hear = (...news) => this.#watching && heard(...news);
    const alone = () => {
      this.#source = own(hear);
      if (this.#watching) {
        this.#source.start();
      }
    };
    try {
      this.#source = shared(hear, alone);
    } catch {
      alone();
    }
    document.addEventListener('visibilitychange', () => this.#change());
    // Also for a window that is closed: its worker is not told.
    globalThis.addEventListener('pagehide', () => this.#set(false));
    globalThis.addEventListener('pageshow', () => this.#change());
  }

  watch(wanted) {
    this.#wanted = wanted;
    this.#change();
  }

  #change() {
    this.#set(this.#wanted && document.visibilityState === 'visible');
  }

  #set(watching) {
    if (watching !== this.#watching) {
      this.#watching = watching;
      if (watching) {
        this.#source.start();
      } else {
        this.#source.stop();
      }
    }
  }
}
