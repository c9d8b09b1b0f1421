package dev.lenet.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.LenetException;
import dev.lenet.api.inference.Softmax;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C source of 8-bit integers: it compiles, is small, and reads as the model does, but for a few images. */
class IntegerSourceTest {
    private static final int MOST_BYTES = 62_000;

    /** Of 10,000: 0.05 points. */
    private static final int MOST_LOST = 5;

    @TempDir
    Path folder = Path.of("");

    private byte[] classes(ModelFile model, byte[] pixels) throws IOException, InterruptedException {
        String header = SourceCode.cInt8(model, "digits");
        assertThat(header).doesNotContain("float", "double", "math.h").doesNotContainPattern("[0-9]\\.[0-9]");
        Files.writeString(folder.resolve("digits.h"), header, StandardCharsets.US_ASCII);
        Files.writeString(folder.resolve("host.c"), """
                #include <stdio.h>
                #include "digits.h"
                int main(void) {
                    uint8_t pixels[DIGITS_INPUTS];
                    while (fread(pixels, 1, sizeof pixels, stdin) == sizeof pixels) {
                        putchar(digits_classify(pixels));
                    }
                    return 0;
                }
                """);
        // What is not defined in C ends the program.
        int code = new ProcessBuilder(List.of(
                                "gcc -std=c99 -Wall -Wextra -Werror -pedantic -O2 -fsanitize=undefined -fno-sanitize-recover"
                                        + " host.c -o host")
                        .get(0)
                        .split(" ", -1))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("messages.txt").toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(folder.resolve("messages.txt"))).isZero();
        Files.write(folder.resolve("pixels"), pixels);
        int end = new ProcessBuilder(folder.resolve("host").toString())
                .redirectInput(folder.resolve("pixels").toFile())
                .redirectOutput(folder.resolve("classes").toFile())
                .start()
                .waitFor();
        assertThat(end).isZero();
        return Files.readAllBytes(folder.resolve("classes"));
    }

    @Test
    void theShippedModelLosesLittle() throws IOException, InterruptedException {
        ModelFile model = Mnist.shipped();
        byte[] pixels = new byte[Mnist.TEST.pixels().remaining()];
        Mnist.TEST.pixels().get(pixels);
        byte[] classes = classes(model, pixels);
        float[] logits = Mnist.logits(model, Mnist.NORMALIZATION);
        int rightInFloats = 0;
        int right = 0;
        for (int i = 0; i < Mnist.TEST.size(); i++) {
            right += classes[i] == Mnist.TEST.label(i) ? 1 : 0;
            rightInFloats += Softmax.argmax(logits, 10 * i, 10) == Mnist.TEST.label(i) ? 1 : 0;
        }
        assertThat(right).isGreaterThanOrEqualTo(rightInFloats - MOST_LOST);
        int bytes = 0;
        for (String line : SourceCode.cInt8(model, "digits").split("\n", -1)) {
            if (line.startsWith("static const int")) {
                int count = Integer.parseInt(line.replaceAll(".*\\[(\\d+)\\].*", "$1"));
                bytes += line.startsWith("static const int8_t") ? count : 2 * count;
            }
        }
        assertThat(bytes).isBetween(60_000, MOST_BYTES);
    }

    /** Black, white, and weights that are all zero: the bias alone decides, and nothing overflows. */
    @Test
    void extremesAreReadAsInFloats() throws IOException, InterruptedException {
        Network network = LeNet5.network(2);
        for (float scale : new float[] {0, 1e-6f, 1, 1e4f}) {
            Weights initial = Weights.initial(network, 5);
            Weights weights = Weights.of(network, parameter -> {
                float[] values = initial.get(parameter.name()).clone();
                for (int i = 0; i < values.length; i++) {
                    values[i] *= parameter.name().endsWith("bias") ? 1 : scale;
                }
                return values;
            });
            ModelFile model = new ModelFile(network, weights, Mnist.NORMALIZATION, Map.of());
            byte[] pixels = new byte[3 * 784];
            Arrays.fill(pixels, 784, 1568, (byte) 255);
            System.arraycopy(Mnist.TEST.image(0), 0, pixels, 1568, 784);
            byte[] classes = classes(model, pixels);
            ExactForward exact = new ExactForward(model);
            float[] table = Mnist.NORMALIZATION.table();
            for (int i = 0; i < 3; i++) {
                float[] image = new float[784];
                for (int k = 0; k < 784; k++) {
                    image[k] = table[pixels[i * 784 + k] & 0xFF];
                }
                double[] logits = exact.logits(image);
                double most = Arrays.stream(logits).max().orElse(0);
                double largest = Arrays.stream(logits).map(Math::abs).max().orElse(0);
                assertThat(most - logits[classes[i]])
                        .as("scale %s, image %d", scale, i)
                        .isLessThanOrEqualTo(0.05 * largest);
            }
        }
    }

    @Test
    void otherLayersAreRefused() {
        ModelFile tanh = new ModelFile(
                LeNet5.tanh(2, 10), Weights.initial(LeNet5.tanh(2, 10), 1), Mnist.NORMALIZATION, Map.of());
        assertThatThrownBy(() -> SourceCode.cInt8(tanh, "digits"))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("tanh1 (layer 2, tanh): expected a convolution, max-pooling,")
                .hasMessageEndingWith("Write C source of floats instead.");
        ModelFile silent = new ModelFile(LeNet5.network(2), Weights.initial(LeNet5.network(2), 1), null, Map.of());
        assertThatThrownBy(() -> SourceCode.cInt8(silent, "digits"))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("how its inputs are normalised");
    }
}
