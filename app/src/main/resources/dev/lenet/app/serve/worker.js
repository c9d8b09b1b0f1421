// The worker that all windows of a browser share: one stream for all of them, open while one of them wants it.

import { Stream } from './events.js';

/** The windows that want to hear. */
const listeners = new Set();

/** The last event of each kind, for windows that open later, and whether the stream is open. */
const latest = new Map();

let stream = null;

function heard(kind, text) {
  const state = kind === 'open' || kind === 'lost';
  latest.set(state ? 'state' : kind, [kind, text]);
  listeners.forEach((port) => port.postMessage([kind, text]));
}

function listen(port, wanted) {
  if (wanted) {
    listeners.add(port);
    latest.forEach((news) => port.postMessage(news));
    stream ??= new Stream(heard);
  } else {
    listeners.delete(port);
    if (listeners.size === 0) {
      stream?.close();
      stream = null;
      latest.clear();
    }
  }
}

globalThis.addEventListener('connect', ({ ports: [port] }) => {
  port.addEventListener('message', ({ data }) => listen(port, data));
  port.start();
});
