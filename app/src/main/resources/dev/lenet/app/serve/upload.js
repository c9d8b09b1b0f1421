// Where one opens a picture, for models that read colours.

import { encode } from './server.js';

/** The longest side of what is sent, in pixels: a request has no room for more. The server scales and crops it. */
const LONGEST = 160;

export class Upload extends EventTarget {
  #picture = null;
  #newest = null;

  /**
   * @param input where a file is chosen
   * @param place where one may be dropped
   * @param failed takes an Error
   */
  constructor(input, place, failed) {
    super();
    input.addEventListener('change', () => this.#open(input.files[0], failed));
    place.addEventListener('dragover', (event) => event.preventDefault());
    place.addEventListener('drop', (event) => {
      event.preventDefault();
      this.#open(event.dataTransfer.files[0], failed);
    });
  }

  get blank() {
    return this.#picture === null;
  }

  /** What is sent to be read. */
  content() {
    return this.#picture;
  }

  async #open(file, failed) {
    if (!file) {
      return;
    }
    this.#newest = file;
    try {
      const picture = await content(file);
      // Another may have been chosen meanwhile.
      if (this.#newest === file) {
        this.#picture = picture;
        this.dispatchEvent(new Event('change'));
      }
    } catch {
      failed(new Error(`${file.name}: expected a picture, received another file. Open a PNG or JPEG picture.`));
    }
  }
}

async function content(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(scale * side)));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const area = width * height;
  const colours = Uint8Array.from({ length: 3 * area }, (_, i) => data[4 * (i % area) + Math.floor(i / area)]);
  return { width, height, colours: encode(colours) };
}
