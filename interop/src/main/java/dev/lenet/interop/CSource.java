package dev.lenet.interop;

import dev.lenet.api.Argument;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.BatchNorm2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.ParameterSpec;
import java.util.Locale;
import java.util.Set;

/** Writes {@link SourceCode#c}: constants, functions, and the calls of {@link CCalls}. */
final class CSource {
    private static final Set<String> KEYWORDS =
            Set.of(("auto break case char const continue default do double else enum extern"
                            + " float for goto if inline int long register restrict return short signed sizeof static struct"
                            + " switch typedef union unsigned void volatile while main")
                    .split(" "));

    private static final int LONGEST_NAME = 40;

    private static final int NUMBERS_A_LINE = 8;

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

    CSource(ModelFile model, String name) {
        this.model = model;
        this.network = model.network();
        this.name = name;
        checkName(name);
        JavaSource.checkLogits(network);
    }

    /** @throws IllegalArgumentException if that is no beginning of names in C */
    static void checkName(String name) {
        Argument.check(
                name.matches("[a-z][a-z0-9_]*") && name.length() <= LONGEST_NAME && !KEYWORDS.contains(name),
                "C source",
                "a name of at most " + LONGEST_NAME + " lower-case letters, digits and underscores",
                "'" + name + "'",
                "Use one such as digits.");
    }

    String text() {
        CCalls calls = new CCalls(network);
        String guard = upper() + "_H";
        line("/* " + network.layers().size() + " layers from " + network.input() + " to " + network.output() + ", "
                + network.parameterCount() + " parameters, written by lenet. C99. */");
        line("#ifndef " + guard + "\n#define " + guard + "\n");
        line("#include <math.h>\n");
        line("/* Values of an image, row-major: channels, rows, columns. */");
        line("#define " + upper() + "_INPUTS " + network.input().size());
        line("/* Logits of an image. */");
        line("#define " + upper() + "_CLASSES " + network.output().size() + "\n");
        constants();
        calls.helpers().forEach(helper -> text.append(helper.replace("NAME", name)));
        function(
                "The logits of an image. On the stack: " + calls.stackBytes() + " bytes and little more.",
                "void NAME_logits(const float *image, float *logits)",
                calls.buffers() + "    for (int i = 0; i < UPPER_INPUTS; i++) {\n        a[i] = image[i];\n    }\n"
                        + calls.text() + "    for (int k = 0; k < UPPER_CLASSES; k++) {\n        logits[k] = "
                        + calls.result() + "[k];\n    }\n");
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

    private void constants() {
        int number = 0;
        for (NamedLayer layer : network.leaves()) {
            number++;
            if (layer.spec() instanceof BatchNorm2d norm) {
                scaleAndShift(number, layer, norm);
                continue;
            }
            for (ParameterSpec parameter : layer.spec().parameters(layer.input())) {
                constant(CCalls.variable(number, parameter.name()), values(layer, parameter.name()));
            }
        }
    }

    private float[] values(NamedLayer layer, String parameter) {
        return model.weights().get(layer.name() + "." + parameter);
    }

    /** What a normalisation by known means and variances comes to. */
    private void scaleAndShift(int number, NamedLayer layer, BatchNorm2d norm) {
        float[] scale = new float[layer.input().dimension(0)];
        float[] shift = new float[scale.length];
        for (int c = 0; c < scale.length; c++) {
            double factor =
                    values(layer, "weight")[c] / Math.sqrt((double) values(layer, "running_var")[c] + norm.epsilon());
            scale[c] = (float) factor;
            shift[c] = (float) (values(layer, "bias")[c] - factor * values(layer, "running_mean")[c]);
        }
        constant(CCalls.variable(number, "scale"), scale);
        constant(CCalls.variable(number, "shift"), shift);
    }

    /** Hexadecimal, which is exact. */
    private void constant(String variable, float[] values) {
        text.append("static const float ")
                .append(variable.replace("NAME", name))
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
}
