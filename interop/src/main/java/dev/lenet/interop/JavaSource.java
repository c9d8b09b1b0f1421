package dev.lenet.interop;

import dev.lenet.api.Argument;
import dev.lenet.api.LenetException;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
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

    private final ModelFile model;
    private final Network network;
    private final String className;
    private final StringBuilder text = new StringBuilder();

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
        JavaCalls calls = new JavaCalls(network);
        names();
        weights();
        line("    private " + simple + "() {}\n");
        pixels();
        logits(calls);
        classify();
        if (!network.parameters().isEmpty()) {
            text.append(JavaLoops.FLOATS);
        }
        calls.helpers().forEach(helper -> text.append('\n').append(helper));
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

    private void weights() {
        int number = 0;
        for (NamedLayer layer : network.leaves()) {
            number++;
            for (ParameterSpec parameter : layer.spec().parameters(layer.input())) {
                float[] values = model.weights().get(layer.name() + "." + parameter.name());
                line("    private static final float[] " + JavaCalls.variable(number, parameter.name()) + " = floats(");
                ByteBuffer bytes =
                        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                int piece = LONGEST_TEXT / 4 * 3;
                for (int from = 0; from < bytes.capacity(); from += piece) {
                    int to = Math.min(bytes.capacity(), from + piece);
                    String base64 = Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes.array(), from, to));
                    line("            \"" + base64 + "\"" + (to < bytes.capacity() ? "," : ");\n"));
                }
            }
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

    private void logits(JavaCalls calls) {
        line("    /** The logits of an image. */");
        line("    public static float[] logits(float[] image) {");
        line("        if (image.length != INPUTS) {");
        line(
                "            throw new IllegalArgumentException(\"expected \" + INPUTS + \" values, received \" + image.length);");
        line("        }");
        line("        double[] x = new double[INPUTS];");
        line("        for (int i = 0; i < INPUTS; i++) {\n            x[i] = image[i];\n        }");
        calls.text().lines().forEach(each -> line("        " + each));
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
}
