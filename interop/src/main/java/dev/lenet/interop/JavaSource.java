package dev.lenet.interop;

import dev.lenet.api.Argument;
import dev.lenet.api.LenetException;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes {@link SourceCode#java}. */
final class JavaSource {
    /** Characters of a constant: a multiple of four, below the 65,535 bytes that a class file holds in one. */
    private static final int LONGEST_TEXT = 60_000;

    /** About 2,000 constants, all of which one method has to name. */
    private static final int MOST_PARAMETERS = 20_000_000;

    private static final Set<String> KEYWORDS = Set.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum extends"
                            + " false final finally float for goto if implements import instanceof int interface long native new"
                            + " null package private protected public return short static strictfp super switch synchronized this"
                            + " throw throws transient true try void volatile while _")
                    .split(" "));

    private static final String CONVOLUTION = """
                private static double[] convolve(double[] x, int channels, int height, int width, float[] weight, float[] bias, int k, int stride, int padding) {
                    int rows = (height + 2 * padding - k) / stride + 1;
                    int columns = (width + 2 * padding - k) / stride + 1;
                    double[] y = new double[bias.length * rows * columns];
                    for (int o = 0; o < bias.length; o++) {
                        for (int i = 0; i < rows; i++) {
                            int top = i * stride - padding;
                            int lastRow = Math.min(height, top + k);
                            for (int j = 0; j < columns; j++) {
                                int left = j * stride - padding;
                                int lastColumn = Math.min(width, left + k);
                                double sum = bias[o];
                                for (int c = 0; c < channels; c++) {
                                    for (int row = Math.max(0, top); row < lastRow; row++) {
                                        int w = ((o * channels + c) * k + row - top) * k - left;
                                        int pixel = (c * height + row) * width;
                                        for (int column = Math.max(0, left); column < lastColumn; column++) {
                                            sum += (double) weight[w + column] * x[pixel + column];
                                        }
                                    }
                                }
                                y[(o * rows + i) * columns + j] = sum;
                            }
                        }
                    }
                    return y;
                }
            """;

    private static final String LINEAR = """
                private static double[] connect(double[] x, float[] weight, float[] bias) {
                    double[] y = new double[bias.length];
                    for (int o = 0; o < y.length; o++) {
                        double sum = bias[o];
                        for (int i = 0; i < x.length; i++) {
                            sum += (double) weight[o * x.length + i] * x[i];
                        }
                        y[o] = sum;
                    }
                    return y;
                }
            """;

    private static final String POOLING = """
                private static double[] %s(double[] x, int channels, int height, int width, int k, int stride) {
                    int rows = (height - k) / stride + 1;
                    int columns = (width - k) / stride + 1;
                    double[] y = new double[channels * rows * columns];
                    for (int c = 0; c < channels; c++) {
                        for (int i = 0; i < rows; i++) {
                            for (int j = 0; j < columns; j++) {
                                double result = %s;
                                for (int u = 0; u < k; u++) {
                                    for (int v = 0; v < k; v++) {
                                        double each = x[(c * height + i * stride + u) * width + j * stride + v];
                                        %s;
                                    }
                                }
                                y[(c * rows + i) * columns + j] = result%s;
                            }
                        }
                    }
                    return y;
                }
            """;

    private static final String EACH = """
                private static double[] %s(double[] x) {
                    double[] y = new double[x.length];
                    for (int i = 0; i < x.length; i++) {
                        y[i] = %s;
                    }
                    return y;
                }
            """;

    private static final String FLOATS = """
                private static float[] floats(String... parts) {
                    int size = 0;
                    byte[][] bytes = new byte[parts.length][];
                    for (int i = 0; i < parts.length; i++) {
                        bytes[i] = Base64.getDecoder().decode(parts[i]);
                        size += bytes[i].length / 4;
                    }
                    float[] values = new float[size];
                    int next = 0;
                    for (byte[] part : bytes) {
                        FloatBuffer floats = ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
                        int count = floats.remaining();
                        floats.get(values, next, count);
                        next += count;
                    }
                    return values;
                }
            """;

    private final ModelFile model;
    private final Network network;
    private final String className;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> helpers = new HashSet<>();

    JavaSource(ModelFile model, String className) {
        this.model = model;
        this.network = model.network();
        this.className = className;
        Argument.check(
                Arrays.stream(className.split("\\.", -1))
                        .allMatch(part -> part.matches("[A-Za-z_][A-Za-z0-9_]*") && !KEYWORDS.contains(part)),
                "Java source",
                "the name of a class, with its package if any",
                "'" + className + "'",
                "Use letters, digits and underscores, such as com.example.Digits.");
        checkLogits(network);
        if (network.parameterCount() > MOST_PARAMETERS) {
            throw new LenetException("Java source: expected at most " + MOST_PARAMETERS + " parameters, received "
                    + network.parameterCount() + ". A class holds no more: export ONNX.");
        }
    }

    static void checkLogits(Network network) {
        if (network.output().rank() != 1) {
            throw new LenetException("Source code: expected a network that gives a vector of logits, received "
                    + network.output() + ". Put a flatten layer and a fully connected layer at its end.");
        }
    }

    String text() {
        int dot = className.lastIndexOf('.');
        String simple = className.substring(dot + 1);
        if (dot >= 0) {
            line("package " + className.substring(0, dot) + ";").append('\n');
        }
        line("import java.nio.ByteBuffer;");
        line("import java.nio.ByteOrder;");
        line("import java.nio.FloatBuffer;");
        line("import java.util.Base64;").append('\n');
        line("/** " + network.layers().size() + " layers from " + network.input() + " to " + network.output()
                + ", written by lenet. Thread-safe. */");
        line("public final class " + simple + " {");
        line("    /** Values of an image, row-major: channels, rows, columns. */");
        line("    public static final int INPUTS = " + network.input().size() + ";\n");
        line("    /** Logits of an image. */");
        line("    public static final int CLASSES = " + network.output().size() + ";\n");
        names();
        weights();
        line("    private " + simple + "() {}\n");
        pixels();
        logits();
        classify();
        if (!network.parameters().isEmpty()) {
            text.append(FLOATS);
        }
        helpers.stream().sorted().forEach(helper -> text.append('\n').append(helper));
        return line("}").toString();
    }

    private StringBuilder line(String content) {
        return text.append(content).append('\n');
    }

    private void names() {
        List<String> names = model.classNames().names();
        if (names.size() <= 1000) {
            line("    private static final String[] NAMES = {"
                    + names.stream().map(JavaSource::quoted).collect(Collectors.joining(", ")) + "};\n");
            line("    /** What a class is called. */");
            line("    public static String name(int k) {\n        return NAMES[k];\n    }\n");
        }
    }

    /** In ASCII, so that the encoding of the file is all the same. */
    static String quoted(String name) {
        StringBuilder quoted = new StringBuilder("\"");
        name.chars().forEach(c -> {
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                quoted.append((char) c);
            } else if (c >= ' ' && c < 0x7F) {
                quoted.append('\\').append((char) c);
            } else {
                quoted.append(String.format(java.util.Locale.ROOT, c < ' ' ? "\\%03o" : "\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }

    private static String variable(NamedLayer layer, String parameter) {
        return "LAYER" + (layer.index() + 1) + "_" + parameter.toUpperCase(java.util.Locale.ROOT);
    }

    private void weights() {
        for (NamedLayer layer : network.layers()) {
            layer.spec().parameters(layer.input()).forEach(parameter -> {
                float[] values = model.weights().get(layer.name() + "." + parameter.name());
                line("    private static final float[] " + variable(layer, parameter.name()) + " = floats(");
                ByteBuffer bytes =
                        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                int piece = LONGEST_TEXT / 4 * 3;
                for (int from = 0; from < bytes.capacity(); from += piece) {
                    int to = Math.min(bytes.capacity(), from + piece);
                    String base64 = Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes.array(), from, to));
                    line("            \"" + base64 + "\"" + (to < bytes.capacity() ? "," : ");\n"));
                }
            });
        }
    }

    private void pixels() {
        Normalization normalization = model.normalization();
        if (normalization == null) {
            return;
        }
        line("    /** What an image of pixels from 0, black, to 255 is to the model. */");
        line("    public static float[] image(byte[] pixels) {");
        line("        float[] image = new float[pixels.length];");
        line("        for (int i = 0; i < pixels.length; i++) {");
        line("            image[i] = (float) (((pixels[i] & 0xFF) / 255.0 - " + normalization.mean() + ") / "
                + normalization.std() + ");");
        line("        }\n        return image;\n    }\n");
    }

    private void logits() {
        line("    /** The logits of an image. */");
        line("    public static float[] logits(float[] image) {");
        line("        if (image.length != INPUTS) {");
        line(
                "            throw new IllegalArgumentException(\"expected \" + INPUTS + \" values, received \" + image.length);");
        line("        }");
        line("        double[] x = new double[INPUTS];");
        line("        for (int i = 0; i < INPUTS; i++) {\n            x[i] = image[i];\n        }");
        for (NamedLayer layer : network.layers()) {
            String call = layer.spec().accept(new Calls(layer));
            if (!call.isEmpty()) {
                line("        x = " + call + "; // " + layer.output());
            }
        }
        line("        float[] logits = new float[CLASSES];");
        line("        for (int k = 0; k < CLASSES; k++) {\n            logits[k] = (float) x[k];\n        }");
        line("        return logits;\n    }\n");
    }

    private void classify() {
        line("    /** The class with the largest logit; the first of equals. */");
        line("    public static int classify(float[] image) {");
        line("        float[] logits = logits(image);");
        line("        int best = 0;");
        line("        for (int k = 1; k < CLASSES; k++) {");
        line("            if (logits[k] > logits[best]) {\n                best = k;\n            }\n        }");
        line("        return best;\n    }\n");
    }

    /** How each kind of layer is called; the method it calls is among the helpers then. */
    private final class Calls extends PlainLayers {

        Calls(NamedLayer layer) {
            super(layer);
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
            return "convolve(x, " + image() + ", " + parameters() + ", "
                    + conv.kernelSize().side() + ", " + conv.stride() + ", "
                    + conv.padding().side() + ")";
        }

        @Override
        public String visit(MaxPool2d pool) {
            helpers.add(String.format(
                    POOLING, "maximum", "Double.NEGATIVE_INFINITY", "result = Math.max(result, each)", ""));
            return "maximum(x, " + image() + ", " + pool.kernelSize() + ", " + pool.stride() + ")";
        }

        @Override
        public String visit(AvgPool2d pool) {
            helpers.add(String.format(POOLING, "average", "0", "result += each", " / (k * k)"));
            return "average(x, " + image() + ", " + pool.kernelSize() + ", " + pool.stride() + ")";
        }

        @Override
        public String visit(Linear linear) {
            helpers.add(LINEAR);
            return "connect(x, " + parameters() + ")";
        }

        @Override
        public String visit(Relu relu) {
            helpers.add(String.format(EACH, "rectify", "Math.max(x[i], 0)"));
            return "rectify(x)";
        }

        @Override
        public String visit(Tanh tanh) {
            helpers.add(String.format(EACH, "tanh", "Math.tanh(x[i])"));
            return "tanh(x)";
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
