package dev.lenet.interop;

import dev.lenet.api.LenetException;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import java.util.Locale;
import java.util.Map;

/**
 * Writes {@link SourceCode#cInt8}. A layer's weights are multiples of one number, from -127 to 127; its biases are of 16 bits. What lies
 * between layers is of as many bits as sums of 32 have room for, 15 for LeNet-5, in a unit that fits the image.
 */
final class CIntegerSource {
    /** Of a pixel: so finely is the mean of all pixels taken from it. */
    private static final int PIXEL_STEPS = 128;

    private static final int LARGEST_WEIGHT = 127;

    private static final int LARGEST_VALUE = (1 << 15) - 1;

    /** Of a sum without its bias, which has half as much. */
    private static final long LARGEST_SUM = 1L << 30;

    /** A bias of 15 bits has 29 then. */
    private static final int LARGEST_SHIFT = 14;

    /** From the widest step down to half of it. */
    private static final int STEPS_TRIED = 64;

    private static final int NUMBERS_A_LINE = 20;

    private final ModelFile model;
    private final Network network;
    private final String name;
    private final StringBuilder constants = new StringBuilder();
    private final StringBuilder calls = new StringBuilder();
    private int bytes;

    /** What 1 is worth, but for the image's power of two. */
    private double unit;

    private String x = "a";
    private String y = "b";
    private int largestA;
    private int largestB = 1;

    CIntegerSource(ModelFile model, String name) {
        CSource.checkName(name);
        JavaSource.checkLogits(model.network());
        this.model = model;
        this.network = model.network();
        this.name = name;
    }

    private LenetException refusal(NamedLayer layer, String expected, String received) {
        return new LenetException("C source of 8-bit integers, " + layer + ": expected " + expected + ", received "
                + received + ". Write C source of floats instead.");
    }

    String text() {
        Normalization normalization = model.normalization();
        if (normalization == null) {
            throw new LenetException("C source of 8-bit integers: expected a model that says how its inputs are"
                    + " normalised, received one that does not. Give the model a normalisation.");
        }
        unit = 1 / (255 * normalization.std() * PIXEL_STEPS);
        largestA = network.input().size();
        for (NamedLayer layer : network.layers()) {
            add(layer);
        }
        long black = Math.round(255 * normalization.mean() * PIXEL_STEPS);
        String upper = name.toUpperCase(Locale.ROOT);
        String helpers = CIntegerLoops.FIT + CIntegerLoops.BIAS + String.join("", helpers());
        return ("/* " + network.layers().size() + " layers from " + network.input() + " to " + network.output() + ", "
                        + bytes + " bytes of weights, written by lenet. C99, integers only. */\n"
                        + "#ifndef UPPER_H\n#define UPPER_H\n\n#include <stdint.h>\n\n"
                        + "/* Pixels of an image, row-major: channels, rows, columns. */\n"
                        + "#define UPPER_INPUTS " + network.input().size() + "\n"
                        + "/* Scores of an image. */\n"
                        + "#define UPPER_CLASSES " + network.output().size() + "\n\n" + constants + helpers
                        + "/* Scores of the classes of an image of pixels from 0, black, to 255, in a unit of the image's own: the"
                        + " largest is the answer.\n   On the stack: " + 4L * (largestA + largestB)
                        + " bytes and little more. */\n"
                        + "static inline void NAME_scores(const uint8_t *pixels, int32_t *scores) {\n"
                        + "    int32_t a[" + largestA + "];\n    int32_t b[" + largestB
                        + "];\n    int e = 0;\n    (void) b;\n"
                        + "    for (int i = 0; i < UPPER_INPUTS; i++) {\n        a[i] = (int32_t) pixels[i] * "
                        + PIXEL_STEPS + " - " + black + ";\n    }\n" + calls
                        + "    (void) e;\n    for (int k = 0; k < UPPER_CLASSES; k++) {\n        scores[k] = " + x
                        + "[k];\n    }\n}\n\n"
                        + "/* The class with the largest score; the first of equals. */\n"
                        + "static inline int NAME_classify(const uint8_t *pixels) {\n    int32_t scores[UPPER_CLASSES];\n"
                        + "    int best = 0;\n    NAME_scores(pixels, scores);\n"
                        + "    for (int k = 1; k < UPPER_CLASSES; k++) {\n        if (scores[k] > scores[best]) {\n"
                        + "            best = k;\n        }\n    }\n    return best;\n}\n\n#endif\n")
                .replace("NAME", name)
                .replace("UPPER", upper);
    }

    private Iterable<String> helpers() {
        return Map.of(
                        "convolve(", CIntegerLoops.CONVOLUTION,
                        "connect(", CIntegerLoops.LINEAR,
                        "maximum(", CIntegerLoops.MAXIMUM,
                        "rectify(", CIntegerLoops.RECTIFY)
                .entrySet()
                .stream()
                .filter(helper -> calls.indexOf(helper.getKey()) >= 0)
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private void add(NamedLayer layer) {
        LayerSpec spec = layer.spec();
        if (spec instanceof Conv2d conv) {
            weighted(layer, conv.bias());
            calls.append("    NAME_convolve(" + x + ", " + y + ", " + image(layer) + parameters(layer) + conv.filters()
                    + ", " + conv.kernelSize().height() + ", "
                    + conv.kernelSize().width() + ", " + conv.stride() + ", "
                    + conv.padding().height() + ", " + conv.padding().width() + ", " + conv.groups() + ");\n");
            swap(layer);
        } else if (spec instanceof Linear linear) {
            weighted(layer, true);
            calls.append("    NAME_connect(" + x + ", " + y + ", "
                    + layer.input().size() + ", " + parameters(layer) + linear.outputs() + ");\n");
            swap(layer);
        } else if (spec instanceof MaxPool2d pool) {
            calls.append(
                    "    NAME_maximum(" + x + ", " + image(layer) + pool.kernelSize() + ", " + pool.stride() + ");\n");
        } else if (spec instanceof Relu) {
            calls.append("    NAME_rectify(" + x + ", " + layer.input().size() + ");\n");
        } else if (!(spec instanceof Flatten) && !(spec instanceof Dropout)) {
            throw refusal(
                    layer,
                    "a convolution, max-pooling, a fully connected layer, relu, flatten or dropout",
                    spec.kind());
        }
    }

    private void swap(NamedLayer layer) {
        String before = x;
        x = y;
        y = before;
        if (x.equals("a")) {
            largestA = Math.max(largestA, layer.output().size());
        } else {
            largestB = Math.max(largestB, layer.output().size());
        }
    }

    private static String image(NamedLayer layer) {
        return layer.input().dimension(0) + ", " + layer.input().dimension(1) + ", "
                + layer.input().dimension(2) + ", ";
    }

    private static String variable(NamedLayer layer, String parameter) {
        return "NAME_layer" + (layer.index() + 1) + "_" + parameter;
    }

    private static String parameters(NamedLayer layer) {
        return variable(layer, "weight") + ", " + variable(layer, "bias") + ", "
                + variable(layer, "shift").toUpperCase(Locale.ROOT).replace("NAME", "UPPER") + " - e, ";
    }

    /** Writes the constants of a layer, and what makes its input fit. */
    private void weighted(NamedLayer layer, boolean hasBias) {
        float[] weight = model.weights().get(layer.name() + ".weight");
        int outputs = layer.output().dimension(0);
        float[] bias = hasBias ? model.weights().get(layer.name() + ".bias") : new float[outputs];
        double step = step(weight);
        int taps = weight.length / outputs;
        long limit = Math.min(LARGEST_VALUE, LARGEST_SUM / LARGEST_WEIGHT / taps);
        if (limit < LARGEST_WEIGHT) {
            throw refusal(
                    layer, "at most " + LARGEST_SUM / LARGEST_WEIGHT / LARGEST_WEIGHT + " inputs of a sum", taps + "");
        }
        int[] weights = new int[weight.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = rounded(weight[i], step);
        }
        // The largest bias has 15 bits: m * 2^shift in the unit of the sums.
        double sumUnit = unit * step;
        int shift = Math.getExponent(largest(bias) / sumUnit) - 14;
        int[] biases = new int[outputs];
        for (int o = 0; o < outputs; o++) {
            biases[o] = (int) Math.max(
                    -LARGEST_VALUE, Math.min(LARGEST_VALUE, Math.round(bias[o] / sumUnit / Math.scalb(1.0, shift))));
        }
        constant("int8_t", variable(layer, "weight"), weights);
        constant("int16_t", variable(layer, "bias"), biases);
        bytes += weights.length + 2 * outputs;
        constants
                .append("#define ")
                .append(variable(layer, "shift").toUpperCase(Locale.ROOT).replace("NAME", "UPPER"))
                .append(" (" + shift + ")\n\n");
        calls.append("    e = NAME_fit(" + x + ", " + layer.input().size() + ", " + limit + ", e, "
                + (shift - LARGEST_SHIFT) + ");\n");
        unit = sumUnit;
    }

    private static int rounded(float weight, double step) {
        return (int) Math.max(-LARGEST_WEIGHT, Math.min(LARGEST_WEIGHT, Math.round(weight / step)));
    }

    /** The distance of two weights by which all of a layer change least, squared and summed: a few large ones may be cut off for that. */
    private static double step(float[] weights) {
        double widest = largest(weights) / LARGEST_WEIGHT;
        double best = widest;
        double least = Double.POSITIVE_INFINITY;
        for (int tried = 0; tried < STEPS_TRIED; tried++) {
            double step = widest * (1 - (double) tried / (2 * STEPS_TRIED));
            double sum = 0;
            for (float weight : weights) {
                double change = weight - step * rounded(weight, step);
                sum += change * change;
            }
            if (sum < least) {
                least = sum;
                best = step;
            }
        }
        return best;
    }

    /** Of the magnitudes; 1 if all are 0. */
    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest == 0 ? 1 : largest;
    }

    private void constant(String type, String variable, int[] values) {
        constants.append("static const " + type + " " + variable + "[" + values.length + "] = {");
        for (int i = 0; i < values.length; i++) {
            constants
                    .append(i % NUMBERS_A_LINE == 0 ? "\n    " : " ")
                    .append(values[i])
                    .append(',');
        }
        constants.append("\n};\n\n");
    }
}
