// A forward pass in plain loops: float32 weights, sums in double precision. Images are [C, H, W], row-major.

function convolve(layer, x) {
  const [channels, height, width] = layer.input;
  const [filters, rows, columns] = layer.output;
  const [k, l] = layer.kernel;
  const [above, left] = layer.padding;
  const { stride, weight, bias } = layer;
  const each = channels / layer.groups;
  const y = new Float64Array(filters * rows * columns);
  let at = 0;
  for (let o = 0; o < filters; o++) {
    const first = Math.floor(o / (filters / layer.groups)) * each;
    for (let i = 0; i < rows; i++) {
      const top = i * stride - above;
      const [u0, u1] = [Math.max(0, -top), Math.min(k, height - top)];
      for (let j = 0; j < columns; j++) {
        const from = j * stride - left;
        const [v0, v1] = [Math.max(0, -from), Math.min(l, width - from)];
        let sum = bias ? bias[o] : 0;
        for (let c = 0; c < each; c++) {
          for (let u = u0; u < u1; u++) {
            const w = ((o * each + c) * k + u) * l;
            const p = ((first + c) * height + top + u) * width + from;
            for (let v = v0; v < v1; v++) {
              sum += weight[w + v] * x[p + v];
            }
          }
        }
        y[at++] = sum;
      }
    }
  }
  return y;
}

function pool(layer, x, start, merge, finish) {
  const [channels, height, width] = layer.input;
  const [, rows, columns] = layer.output;
  const { kernel: k, stride } = layer;
  const y = new Float64Array(channels * rows * columns);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let result = start;
        for (let u = 0; u < k; u++) {
          for (let v = 0; v < k; v++) {
            result = merge(result, x[(c * height + i * stride + u) * width + j * stride + v]);
          }
        }
        y[at++] = finish(result, k * k);
      }
    }
  }
  return y;
}

function connect({ weight, bias }, x) {
  return Float64Array.from(bias, (start, o) => {
    let sum = start;
    for (let i = 0; i < x.length; i++) {
      sum += weight[o * x.length + i] * x[i];
    }
    return sum;
  });
}

/** The mean of each of so many equal parts. */
function means(x, parts) {
  const size = x.length / parts;
  return Float64Array.from({ length: parts }, (_, part) => {
    let sum = 0;
    for (let i = part * size; i < (part + 1) * size; i++) {
      sum += x[i];
    }
    return sum / size;
  });
}

function normalizeGroups(layer, x) {
  const mean = means(x, layer.groups);
  const size = x.length / layer.groups;
  const variance = means(x.map((value, i) => (value - mean[Math.floor(i / size)]) ** 2), layer.groups);
  const area = x.length / layer.weight.length;
  return x.map((value, i) => {
    const [group, c] = [Math.floor(i / size), Math.floor(i / area)];
    return (value - mean[group]) / Math.sqrt(variance[group] + layer.epsilon) * layer.weight[c] + layer.bias[c];
  });
}

function normalizeBatch(layer, x) {
  const area = x.length / layer.weight.length;
  return x.map((value, i) => {
    const c = Math.floor(i / area);
    const deviation = Math.sqrt(layer.running_var[c] + layer.epsilon);
    return (value - layer.running_mean[c]) / deviation * layer.weight[c] + layer.bias[c];
  });
}

function addUp(layer, x) {
  const y = run(layer.body, x);
  const shortcut = layer.projection ? convolve(layer.projection, x) : x;
  return y.map((value, i) => value + shortcut[i]);
}

const sigmoid = (value) => 1 / (1 + Math.exp(-value));

/** That a standard normal number is below the value: a series near 0, and a continued fraction far from it. */
function below(value) {
  const z = Math.abs(value) * Math.SQRT1_2;
  let tail;
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let n = 1; n <= 60; n++) {
      term *= (2 * z * z) / (2 * n + 1);
      sum += term;
    }
    tail = 0.5 - (Math.exp(-z * z) * sum) / Math.sqrt(Math.PI);
  } else {
    let fraction = z;
    for (let n = 60; n > 0; n--) {
      fraction = z + n / 2 / fraction;
    }
    tail = Math.exp(-z * z) / Math.sqrt(Math.PI) / fraction / 2;
  }
  return value < 0 ? tail : 1 - tail;
}

const KINDS = {
  conv2d: convolve,
  max_pool2d: (layer, x) => pool(layer, x, -Infinity, Math.max, (most) => most),
  avg_pool2d: (layer, x) => pool(layer, x, 0, (a, b) => a + b, (sum, count) => sum / count),
  global_avg_pool: (layer, x) => means(x, layer.input[0]),
  linear: connect,
  batch_norm2d: normalizeBatch,
  group_norm: normalizeGroups,
  residual: addUp,
  relu: (layer, x) => x.map((value) => Math.max(0, value)),
  leaky_relu: ({ slope }, x) => x.map((value) => (value > 0 ? value : slope * value)),
  sigmoid: (layer, x) => x.map(sigmoid),
  gelu: (layer, x) => x.map((value) => value * below(value)),
  silu: (layer, x) => x.map((value) => value * sigmoid(value)),
  tanh: (layer, x) => x.map(Math.tanh),
  flatten: (layer, x) => x,
  dropout: (layer, x) => x,
};

/** What the layers make of x; `see` is called with each layer of the network and what it is given. */
export function run(layers, x, see = () => {}) {
  return layers.reduce((values, layer) => {
    see(layer, values);
    return KINDS[layer.kind](layer, values);
  }, x);
}

export function softmax(logits) {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return Array.from(powers, (power) => power / sum);
}

/** How strange an image is: below 1 as strange as the images that the model learnt from. See Novelty in the api. */
export function novelty(known, features, logits) {
  const { directions, scale, offset, energy, residual } = known;
  const width = features.length;
  const squares = features.reduce((sum, value) => sum + value * value, 0);
  let held = 0;
  for (let from = 0; from < directions.length; from += width) {
    let product = 0;
    for (let i = 0; i < width; i++) {
      product += directions[from + i] * features[i];
    }
    held += (product * scale) ** 2;
  }
  const left = squares === 0 ? 1 : Math.max(1e-6, 1 - held / squares);
  const most = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return offset + energy * (-most - Math.log(sum)) + residual * Math.log(left);
}
