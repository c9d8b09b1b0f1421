// Where one draws: strokes by pointer or keyboard, kept as lines in a unit square, so that they fit every size and colour.

import { colour, onColourChange } from './pixels.js';
import { encode } from './server.js';

/** Of the pad's side. MNIST's strokes are about this thick against their digits. */
const THICKNESS = 0.075;

/** Pixels on each side of what is sent. */
const SENT = 140;

/** How far an arrow key moves the pen, in parts of the side. */
const KEY_STEP = 1 / 40;

/** A finger that has not moved further, in parts of the side, only rests: it may be the ball of the hand. */
const RESTING = 0.03;

/** For so long after a pen was near, in milliseconds, what touches is the hand that holds it. */
const PEN_STAYS = 1000;

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function trace(context, stroke, side) {
  const points = stroke.map(([x, y]) => [x * side, y * side]);
  const [first] = points;
  context.beginPath();
  if (points.length === 1) {
    context.arc(first[0], first[1], (THICKNESS * side) / 2, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  // Through the middles of neighbouring points, bent towards the points: smooth, and never outside of what was drawn.
  context.moveTo(...first);
  for (let i = 1; i < points.length - 1; i++) {
    const [x, y] = points[i];
    const [nextX, nextY] = points[i + 1];
    context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  }
  context.lineTo(...points.at(-1));
  context.stroke();
}

function traceAll(context, strokes, side, ink) {
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.lineWidth = THICKNESS * side;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  strokes.forEach((stroke) => trace(context, stroke, side));
}

/** Fires `change` whenever what is drawn has changed. */
export class Pad extends EventTarget {
  #canvas;
  /** For reading what is drawn; as setting its size clears it, it is always empty at first. */
  #raster = document.createElement('canvas');
  #strokes = [];
  /** The stroke that is being drawn; the last of the strokes. */
  #open = null;
  /** What draws: the `id` of the pointer and its `type`. */
  #pointer = null;
  #penSeen = -Infinity;
  #pen = [0.5, 0.3];
  #penShown = false;
  #heldSpaceMoved = false;
  #pressed = new Set();

  constructor(canvas) {
    super();
    this.#canvas = canvas;
    canvas.addEventListener('pointerdown', (event) => this.#begin(event));
    canvas.addEventListener('pointermove', (event) => this.#extend(event));
    canvas.addEventListener('pointercancel', (event) => this.#cancel(event));
    for (const end of ['pointerup', 'lostpointercapture']) {
      canvas.addEventListener(end, (event) => this.#finish(event));
    }
    for (const sign of ['pointerdown', 'pointermove', 'pointerup']) {
      canvas.addEventListener(sign, (event) => this.#notice(event));
    }
    canvas.addEventListener('keydown', (event) => this.#keyDown(event));
    canvas.addEventListener('keyup', (event) => this.#keyUp(event));
    canvas.addEventListener('focus', () => this.#enter());
    canvas.addEventListener('blur', () => this.#leave());
    new ResizeObserver(() => this.#paint()).observe(canvas);
    onColourChange(() => this.#paint());
  }

  get blank() {
    return this.#strokes.length === 0;
  }

  clear() {
    this.#strokes = [];
    this.#open = null;
    this.#pointer = null;
    this.#changed();
  }

  /** Takes the last stroke back. */
  undo() {
    this.#strokes.pop();
    this.#open = null;
    this.#changed();
  }

  /** What is drawn, as side * side bytes, 255 where ink is. */
  pixels(side) {
    this.#raster.width = side;
    this.#raster.height = side;
    const context = this.#raster.getContext('2d', { willReadFrequently: true });
    traceAll(context, this.#strokes, side, '#fff');
    const { data } = context.getImageData(0, 0, side, side);
    return Uint8Array.from({ length: side * side }, (_, i) => data[4 * i + 3]);
  }

  /** What is sent to be read. */
  content() {
    return { side: SENT, pixels: encode(this.pixels(SENT)) };
  }

  #changed() {
    this.#paint();
    this.dispatchEvent(new Event('change'));
  }

  #place(event) {
    const box = this.#canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  #begin(event) {
    if (event.button !== 0 || !this.#mayDraw(event)) {
      return;
    }
    this.#takeBack();
    this.#pointer = { id: event.pointerId, type: event.pointerType };
    this.#penShown = false;
    this.#open = [this.#place(event)];
    this.#strokes.push(this.#open);
    this.#changed();
    try {
      this.#canvas.setPointerCapture(event.pointerId);
    } catch {
      // It was lifted before this event came.
    }
  }

  /** A pen comes before a finger that touched first, a finger before one that only rests, and nothing before a pen. */
  #mayDraw({ pointerType, pointerId }) {
    if (pointerType === 'touch' && performance.now() - this.#penSeen < PEN_STAYS) {
      return false;
    }
    if (this.#pointer === null) {
      return true;
    }
    const { id, type } = this.#pointer;
    if (type !== 'touch') {
      return false;
    }
    return pointerType === 'pen' || (pointerType === 'touch' && pointerId !== id && this.#rests());
  }

  /** Whether what draws has not gone anywhere yet. */
  #rests() {
    const points = this.#open ?? [];
    return points.every(([x, y]) => Math.hypot(x - points[0][0], y - points[0][1]) < RESTING);
  }

  #notice(event) {
    if (event.pointerType === 'pen') {
      this.#penSeen = performance.now();
    }
  }

  #draws(event) {
    return event.pointerId === this.#pointer?.id;
  }

  #extend(event) {
    if (!this.#draws(event) || !this.#open) {
      return;
    }
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) {
      this.#open.push(this.#place(each));
    }
    this.#changed();
  }

  #finish(event) {
    if (this.#draws(event)) {
      this.#pointer = null;
      this.#open = null;
    }
  }

  /** The system found that this was no drawing: the ball of the hand, or a gesture of its own. */
  #cancel(event) {
    if (this.#draws(event)) {
      this.#takeBack();
      this.#changed();
    }
  }

  /** The stroke of the pointer that draws, if there is one, was never drawn. */
  #takeBack() {
    if (this.#pointer !== null) {
      this.#strokes = this.#strokes.filter((stroke) => stroke !== this.#open);
      this.#pointer = null;
      this.#open = null;
    }
  }

  #keyDown(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      this.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key in ARROWS) {
      event.preventDefault();
      this.#pressed.add(event.key);
      this.#move(event.shiftKey ? 4 * KEY_STEP : KEY_STEP);
    } else if (event.key === ' ') {
      event.preventDefault();
      if (!event.repeat) {
        this.#toggle();
      }
    } else if (event.key === 'Escape' || event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      this.clear();
    }
  }

  /** Space that was held while the pen moved lifts it when it is let go; a short one puts it down until the next. */
  #keyUp(event) {
    this.#pressed.delete(event.key);
    if (event.key === ' ' && this.#heldSpaceMoved) {
      this.#open = null;
      this.#heldSpaceMoved = false;
      this.#paint();
    }
    this.#pressed.delete(event.key);
  }

  #toggle() {
    this.#penShown = true;
    this.#pressed.add(' ');
    if (this.#open) {
      this.#open = null;
      this.#paint();
    } else {
      this.#open = [[...this.#pen]];
      this.#strokes.push(this.#open);
      this.#changed();
    }
  }

  #move(distance) {
    this.#penShown = true;
    for (const key of this.#pressed) {
      const [x, y] = ARROWS[key] ?? [0, 0];
      const inside = (value) => Math.min(1 - THICKNESS, Math.max(THICKNESS, value));
      this.#pen = [inside(this.#pen[0] + x * distance), inside(this.#pen[1] + y * distance)];
    }
    if (this.#open) {
      this.#heldSpaceMoved = this.#pressed.has(' ');
      this.#open.push([...this.#pen]);
      this.#changed();
    } else {
      this.#paint();
    }
  }

  /** Shows the pen to who came by keyboard. */
  #enter() {
    this.#penShown = this.#canvas.matches(':focus-visible');
    this.#paint();
  }

  #leave() {
    this.#penShown = false;
    this.#pressed.clear();
    this.#heldSpaceMoved = false;
    if (this.#pointer === null) {
      this.#open = null;
    }
    this.#paint();
  }

  #paint() {
    const side = Math.round(this.#canvas.clientWidth * devicePixelRatio);
    if (side === 0) {
      return;
    }
    if (this.#canvas.width !== side) {
      this.#canvas.width = side;
      this.#canvas.height = side;
    }
    const context = this.#canvas.getContext('2d');
    context.clearRect(0, 0, side, side);
    traceAll(context, this.#strokes, side, colour('--ink'));
    if (this.#penShown) {
      this.#paintPen(context, side);
    }
  }

  /** A ring where the keyboard's pen is; filled while it is down. */
  #paintPen(context, side) {
    context.beginPath();
    context.arc(this.#pen[0] * side, this.#pen[1] * side, 0.03 * side, 0, 2 * Math.PI);
    context.lineWidth = 0.008 * side;
    context.strokeStyle = colour('--accent');
    context.fillStyle = this.#open ? colour('--accent') : colour('--pad');
    context.fill();
    context.stroke();
  }
}
