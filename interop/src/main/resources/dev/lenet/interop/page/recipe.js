// From a drawing to the 28 x 28 pixels of MNIST, number by number as DigitImage.ofInk makes them: cropped to the ink, scaled by
// averaging to a box of 20 x 20, and laid so that the centre of mass is in the middle.

/** Pixels on each side of what a model is given. */
export const SIDE = 28;

const BOX = 20;

/** The pixel that is the middle of every image of MNIST. */
const MIDDLE = 14;

/** Cuts `count` values into as many equal stretches as there are to be, and takes the mean of each. */
function average(source, from, stride, count, target, to, newStride, newCount) {
  const stretch = count / newCount;
  for (let i = 0; i < newCount; i++) {
    if (newCount === count) {
      target[to + i * newStride] = source[from + i * stride];
      continue;
    }
    const begin = i * stretch;
    const end = Math.min(count, begin + stretch);
    let sum = 0;
    for (let k = Math.floor(begin); k < end; k++) {
      sum += (Math.min(end, k + 1) - Math.max(begin, k)) * source[from + k * stride];
    }
    target[to + i * newStride] = sum / (end - begin);
  }
}

/** A part of an image in another size: each new pixel is the mean of the area it covers. */
function resized(values, width, box, newWidth, newHeight) {
  const narrow = new Float32Array(newWidth * box.height);
  for (let y = 0; y < box.height; y++) {
    average(values, (box.top + y) * width + box.left, 1, box.width, narrow, y * newWidth, 1, newWidth);
  }
  const result = new Float32Array(newWidth * newHeight);
  for (let x = 0; x < newWidth; x++) {
    average(narrow, x, newWidth, box.height, result, x, newWidth, newHeight);
  }
  return result;
}

function around(ink, side) {
  let [left, top, right, bottom] = [side, side, 0, 0];
  ink.forEach((value, i) => {
    if (value > 0) {
      left = Math.min(left, i % side);
      right = Math.max(right, i % side + 1);
      top = Math.min(top, Math.floor(i / side));
      bottom = Math.max(bottom, Math.floor(i / side) + 1);
    }
  });
  return { left, top, width: right - left, height: bottom - top };
}

const scaled = (size, scale) => Math.max(1, Math.round(size * scale));

const bytes = (values) => Uint8Array.from(values, (value) => Math.round(Math.max(0, Math.min(255, value))));

/** Brings the centre within half a pixel of the middle, or as near as the box fits into the field. */
function offset(centre, size) {
  return Math.max(0, Math.min(SIDE - size, Math.round(MIDDLE - centre)));
}

/** @returns 784 values from 0 to 255, or null if there is no ink */
export function digit(ink, side) {
  const box = around(ink, side);
  if (box.width <= 0) {
    return null;
  }
  const scale = BOX / Math.max(box.width, box.height);
  const [width, height] = [scaled(box.width, scale), scaled(box.height, scale)];
  const values = resized(ink, side, box, width, height);
  // With 255 as the largest value: averaging made thin strokes fainter than any in MNIST.
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  let [mass, momentX, momentY] = [0, 0, 0];
  values.forEach((value, i) => {
    values[i] = Math.fround(255 * value) / most;
    mass += values[i];
    momentX += (i % width) * values[i];
    momentY += Math.floor(i / width) * values[i];
  });
  const [left, top] = [offset(momentX / mass, width), offset(momentY / mass, height)];
  const field = new Float32Array(SIDE * SIDE);
  values.forEach((value, i) => {
    field[(top + Math.floor(i / width)) * SIDE + left + (i % width)] = value;
  });
  return bytes(field);
}

/** The whole drawing in 28 x 28 pixels, for models that were not trained on characters. */
export function picture(ink, side) {
  if (ink.every((value) => value === 0)) {
    return null;
  }
  return bytes(resized(ink, side, { left: 0, top: 0, width: side, height: side }, SIDE, SIDE));
}
