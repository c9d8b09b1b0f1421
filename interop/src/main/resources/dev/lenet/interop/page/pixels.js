// Small images on canvases, one canvas pixel for each value; the style sheet enlarges them.

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Calls back when the colours of the page change, so that canvases can be painted again. */
export function onColourChange(callback) {
  dark.addEventListener('change', callback);
}

/** The value of a custom property of the style sheet. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function rgb(name) {
  const hex = colour(name);
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

/** From the page's colours of no, of positive and of negative activation: 255 colours, for levels -127 to 127. */
function palette() {
  const zero = rgb('--map-zero');
  const mixed = (end, share) => zero.map((from, i) => Math.round(from + share * (end[i] - from)));
  const positive = rgb('--map-positive');
  const negative = rgb('--map-negative');
  const colours = [];
  for (let level = -127; level <= 127; level++) {
    colours.push(mixed(level < 0 ? negative : positive, Math.sqrt(Math.abs(level) / 127)));
  }
  return colours;
}

let colours;
onColourChange(() => { colours = undefined; });

function put(canvas, width, height, colourOf) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  // In memory, where the values come from: so small, an image is not worth its way to a graphics card.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue] = colourOf(i);
    image.data.set([red, green, blue, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}

/**
 * An image as the model gets it, of values 0 to 255, in every colour scheme.
 *
 * @param values first all of the first channel; black without
 * @param shape channels, of which one is grey and three are red, green and blue; height and width
 */
export function paintImage(canvas, values, [channels, height, width]) {
  canvas.style.aspectRatio = `${width} / ${height}`;
  const area = height * width;
  put(canvas, width, height, (i) => [0, 1, 2].map((c) => values?.[channels === 3 ? c * area + i : i] ?? 0));
}

/** Levels of a layer, -127 to 127; what lies beyond them is left empty. */
export function paintLevels(canvas, levels, width, height) {
  colours ??= palette();
  put(canvas, width, height, (i) => colours[127 + (levels?.[i] ?? 0)]);
}
