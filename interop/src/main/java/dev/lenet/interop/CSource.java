package dev.lenet.interop;

import dev.lenet.api.Argument;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes {@link SourceCode#c}. Two buffers on the stack are enough: layers with weights go from one to the other, the rest works in
 * place. Pooling in place never overwrites what a later window reads, as the place it writes to is not behind the window's first.
 */
final class CSource {
    private static final Set<String> KEYWORDS =
            Set.of(("auto break case char const continue default do double else enum extern"
                            + " float for goto if inline int long register restrict return short signed sizeof static struct"
                            + " switch typedef union unsigned void volatile while main")
                    .split(" "));

    private static final int LONGEST_NAME = 40;

    private static final int NUMBERS_A_LINE = 8;

    private static final String CONVOLUTION = """
            static inline void NAME_convolve(const float *x, float *y, int channels, int height, int width,
                    const float *weight, const float *bias, int filters, int k, int stride, int padding) {
                const int rows = (height + 2 * padding - k) / stride + 1;
                const int columns = (width + 2 * padding - k) / stride + 1;
                for (int o = 0; o < filters; o++) {
                    for (int i = 0; i < rows; i++) {
                        const int top = i * stride - padding;
                        const int last_row = top + k < height ? top + k : height;
                        for (int j = 0; j < columns; j++) {
                            const int left = j * stride - padding;
                            const int first_column = left > 0 ? left : 0;
                            const int last_column = left + k < width ? left + k : width;
                            float sum = bias[o];
                            for (int c = 0; c < channels; c++) {
                                for (int row = top > 0 ? top : 0; row < last_row; row++) {
                                    const float *w = weight + ((o * channels + c) * k + row - top) * k + first_column - left;
                                    const float *pixel = x + (c * height + row) * width + first_column;
                                    for (int n = last_column - first_column; n > 0; n--) {
                                        sum += *w++ * *pixel++;
                                    }
                                }
                            }
                            *y++ = sum;
                        }
                    }
                }
            }

            """;

    private static final String LINEAR = """
            static inline void NAME_connect(const float *x, float *y, int inputs, const float *weight, const float *bias, int outputs) {
                for (int o = 0; o < outputs; o++) {
                    float sum = bias[o];
                    for (int i = 0; i < inputs; i++) {
                        sum += *weight++ * x[i];
                    }
                    y[o] = sum;
                }
            }

            """;

    private static final String POOLING = """
            static inline void NAME_%s(float *x, int channels, int height, int width, int k, int stride) {
                const int rows = (height - k) / stride + 1;
                const int columns = (width - k) / stride + 1;
                float *y = x;
                for (int c = 0; c < channels; c++) {
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            const float *first = x + (c * height + i * stride) * width + j * stride;
                            float result = %s;
                            for (int u = 0; u < k; u++) {
                                for (int v = 0; v < k; v++) {
                                    const float each = first[u * width + v];
                                    result = %s;
                                }
                            }
                            *y++ = result%s;
                        }
                    }
                }
            }

            """;

    private static final String EACH = """
            static inline void NAME_%s(float *x, int count) {
                for (int i = 0; i < count; i++) {
                    x[i] = %s;
                }
            }

            """;

    private static final String CLASSIFY = """
                float logits[UPPER_CLASSES];
                int best = 0;
                NAME_logits(image, logits);
                for (int k = 1; k < UPPER_CLASSES; k++) {
                    if (logits[k] > logits[best]) {
                        best = k;
                    }
                }
                return best;
            """;

    private static final String SOFTMAX = """
                float largest = logits[0];
                float sum = 0;
                for (int k = 1; k < UPPER_CLASSES; k++) {
                    largest = logits[k] > largest ? logits[k] : largest;
                }
                for (int k = 0; k < UPPER_CLASSES; k++) {
                    logits[k] = expf(logits[k] - largest);
                    sum += logits[k];
                }
                for (int k = 0; k < UPPER_CLASSES; k++) {
                    logits[k] /= sum;
                }
            """;

    private final ModelFile model;
    private final Network network;
    private final String name;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> helpers = new TreeSet<>();

    CSource(ModelFile model, String name) {
        this.model = model;
        this.network = model.network();
        this.name = name;
        Argument.check(
                name.matches("[a-z][a-z0-9_]*") && name.length() <= LONGEST_NAME && !KEYWORDS.contains(name),
                "C source",
                "a name of at most " + LONGEST_NAME + " lower-case letters, digits and underscores",
                "'" + name + "'",
                "Use one such as digits.");
        JavaSource.checkLogits(network);
    }

    String text() {
        StringBuilder calls = new StringBuilder();
        String x = "a";
        int largest = network.input().size();
        for (NamedLayer layer : network.layers()) {
            boolean isWeighted = !layer.parameters().isEmpty();
            String y = !isWeighted ? x : x.equals("a") ? "b" : "a";
            String call = layer.spec().accept(new Calls(layer, x, y));
            if (!call.isEmpty()) {
                calls.append("    ").append(name).append('_').append(call).append(";\n");
            }
            x = y;
            largest = Math.max(largest, layer.output().size());
        }
        String guard = upper() + "_H";
        line("/* " + network.layers().size() + " layers from " + network.input() + " to " + network.output() + ", "
                + network.parameterCount() + " parameters, written by lenet. C99. */");
        line("#ifndef " + guard + "\n#define " + guard + "\n");
        line("#include <math.h>\n");
        line("/* Values of an image, row-major: channels, rows, columns. */");
        line("#define " + upper() + "_INPUTS " + network.input().size());
        line("/* Logits of an image. */");
        line("#define " + upper() + "_CLASSES " + network.output().size() + "\n");
        for (NamedLayer layer : network.layers()) {
            layer.spec()
                    .parameters(layer.input())
                    .forEach(parameter -> constant(
                            variable(layer, parameter.name()),
                            model.weights().get(layer.name() + "." + parameter.name())));
        }
        helpers.forEach(helper -> text.append(helper.replace("NAME", name)));
        function(
                "The logits of an image. On the stack: " + 2L * largest * Float.BYTES + " bytes and little more.",
                "void NAME_logits(const float *image, float *logits)",
                "    float a[" + largest + "];\n    float b[" + largest + "];\n    (void) b;\n"
                        + "    for (int i = 0; i < UPPER_INPUTS; i++) {\n        a[i] = image[i];\n    }\n" + calls
                        + "    for (int k = 0; k < UPPER_CLASSES; k++) {\n        logits[k] = " + x + "[k];\n    }\n");
        function(
                "The class with the largest logit; the first of equals.",
                "int NAME_classify(const float *image)",
                CLASSIFY);
        function("From logits to probabilities, in place.", "void NAME_softmax(float *logits)", SOFTMAX);
        Normalization normalization = model.normalization();
        if (normalization != null) {
            function(
                    "What an image of pixels from 0, black, to 255 is to the model.",
                    "void NAME_image(const unsigned char *pixels, float *image)",
                    "    for (int i = 0; i < UPPER_INPUTS; i++) {\n        image[i] = (float) ((pixels[i] / 255.0 - "
                            + normalization.mean() + ") / " + normalization.std() + ");\n    }\n");
        }
        line("#endif");
        return text.toString();
    }

    private String upper() {
        return name.toUpperCase(Locale.ROOT);
    }

    private StringBuilder line(String content) {
        return text.append(content).append('\n');
    }

    private void function(String comment, String declaration, String body) {
        line("/* " + comment + " */");
        line("static inline " + declaration.replace("NAME", name) + " {");
        text.append(body.replace("NAME", name).replace("UPPER", upper()));
        line("}\n");
    }

    private String variable(NamedLayer layer, String parameter) {
        return name + "_layer" + (layer.index() + 1) + "_" + parameter;
    }

    /** Hexadecimal, which is exact. */
    private void constant(String variable, float[] values) {
        text.append("static const float ")
                .append(variable)
                .append('[')
                .append(values.length)
                .append("] = {");
        for (int i = 0; i < values.length; i++) {
            text.append(i % NUMBERS_A_LINE == 0 ? "\n    " : " ")
                    .append(Float.toHexString(values[i]))
                    .append("f,");
        }
        line("\n};\n");
    }

    /** How each kind of layer is called; the function it calls is among the helpers then. */
    private final class Calls extends PlainLayers {
        private final String x;
        private final String y;

        Calls(NamedLayer layer, String x, String y) {
            super(layer);
            this.x = x;
            this.y = y;
        }

        private String image() {
            return layer().input().dimension(0) + ", " + layer().input().dimension(1) + ", "
                    + layer().input().dimension(2);
        }

        private String parameters() {
            return variable(layer(), "weight") + ", " + variable(layer(), "bias");
        }

        @Override
        public String visit(Conv2d conv) {
            checkPlain(conv);
            helpers.add(CONVOLUTION);
            return "convolve(" + x + ", " + y + ", " + image() + ", " + parameters() + ", " + conv.filters() + ", "
                    + conv.kernelSize().side() + ", " + conv.stride() + ", "
                    + conv.padding().side() + ")";
        }

        @Override
        public String visit(MaxPool2d pool) {
            helpers.add(String.format(POOLING, "maximum", "*first", "each > result ? each : result", ""));
            return "maximum(" + x + ", " + image() + ", " + pool.kernelSize() + ", " + pool.stride() + ")";
        }

        @Override
        public String visit(AvgPool2d pool) {
            helpers.add(String.format(POOLING, "average", "0", "result + each", " / (float) (k * k)"));
            return "average(" + x + ", " + image() + ", " + pool.kernelSize() + ", " + pool.stride() + ")";
        }

        @Override
        public String visit(Linear linear) {
            helpers.add(LINEAR);
            return "connect(" + x + ", " + y + ", " + layer().input().size() + ", " + parameters() + ", "
                    + linear.outputs() + ")";
        }

        @Override
        public String visit(Relu relu) {
            helpers.add(String.format(EACH, "rectify", "x[i] > 0 ? x[i] : 0"));
            return "rectify(" + x + ", " + layer().input().size() + ")";
        }

        /** By the exponential function, of a number that is never above 0. */
        @Override
        public String visit(Tanh tanh) {
            helpers.add(String.format(
                    EACH, "tanh", "x[i] < 0 ? 1 - 2 / (1 + expf(2 * x[i])) : 2 / (1 + expf(-2 * x[i])) - 1"));
            return "tanh(" + x + ", " + layer().input().size() + ")";
        }

        @Override
        public String visit(Flatten flatten) {
            return "";
        }

        @Override
        public String visit(Dropout dropout) {
            return "";
        }
    }
}
