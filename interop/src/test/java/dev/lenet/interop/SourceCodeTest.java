package dev.lenet.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.LenetException;
import dev.lenet.api.Shape;
import dev.lenet.api.data.ClassNames;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.inference.Softmax;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Mlp;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.SmoothUnit;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Source code compiles, and computes what the layers' formulas say. */
class SourceCodeTest {
    private static final double ROUNDING = 1e-6;

    /** Of sums in float32, in the loops' order. */
    private static final double ROUNDING_OF_FLOATS = 1e-5;

    /** Every which image is compared with the exact forward pass, which is slow. */
    private static final int STEP = 100;

    /** Every which image of a large network is computed at all. */
    private static final int SLOW = 200;

    private static final boolean ALL = "all".equals(System.getProperty("lenet.tests"));

    @TempDir
    private Path folder;

    private Class<?> compiled(String source, String className) throws IOException, ClassNotFoundException {
        Path file = folder.resolve(className.substring(className.lastIndexOf('.') + 1) + ".java");
        Files.writeString(file, source, StandardCharsets.US_ASCII);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        messages,
                        messages,
                        "--release",
                        "8",
                        "-Xlint:all,-options",
                        "-Werror",
                        "-d",
                        folder.toString(),
                        file.toString());
        assertThat(code).as(messages.toString(StandardCharsets.UTF_8)).isZero();
        // Its classes stay usable when it is closed.
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            return loader.loadClass(className);
        }
    }

    private static float[] image(float[] images, int row) {
        return Arrays.copyOfRange(images, row * 784, (row + 1) * 784);
    }

    /** All images for the model that is shipped, few for large networks. */
    private static int step(ModelFile model) {
        if (!model.facts().containsKey("untrained")) {
            return ALL ? 1 : 20;
        }
        return model.network().multiplyAdds() >= 500_000 ? SLOW : ALL ? 10 : 40;
    }

    private static void assertExact(ModelFile model, float[] images, float[] logits, double bound) {
        ExactForward forward = new ExactForward(model);
        for (int row = 0; row < Mnist.TEST.size(); row += Math.max(STEP, 5 * step(model))) {
            double[] exact = forward.logits(image(images, row));
            double largest = Arrays.stream(exact).map(Math::abs).max().orElse(0);
            for (int k = 0; k < 10; k++) {
                assertThat(Math.abs(logits[row * 10 + k] - exact[k]))
                        .as("image %d, class %d", row, k)
                        .isLessThanOrEqualTo(bound * largest);
            }
        }
    }

    @ParameterizedTest
    @MethodSource({"dev.lenet.interop.OnnxWriteTest#models", "dev.lenet.interop.OnnxWriteTest#otherModels"})
    void aClassInJavaAgrees(ModelFile model) throws ReflectiveOperationException, IOException {
        Class<?> type = compiled(SourceCode.java(model, "com.example.Digits"), "com.example.Digits");
        Method method = type.getMethod("logits", float[].class);
        Method classify = type.getMethod("classify", float[].class);
        float[] images = Mnist.images(Mnist.NORMALIZATION);
        float[] logits = new float[Mnist.TEST.size() * 10];
        float[] expected = Mnist.logits(model, Mnist.NORMALIZATION);
        int step = step(model);
        for (int row = 0; row < Mnist.TEST.size(); row += step) {
            float[] each = (float[]) method.invoke(null, (Object) image(images, row));
            System.arraycopy(each, 0, logits, row * 10, 10);
            Close.assertSame(each, Arrays.copyOfRange(expected, row * 10, row * 10 + 10), 10, ROUNDING_OF_FLOATS);
        }
        assertExact(model, images, logits, ROUNDING);
        assertThat(classify.invoke(null, (Object) image(images, 200))).isEqualTo(Softmax.argmax(logits, 2000, 10));
        Object fromPixels = type.getMethod("image", byte[].class).invoke(null, (Object) Mnist.TEST.image(70));
        assertThat((float[]) fromPixels).isEqualTo(image(images, 70));
    }

    @Test
    void namesOfClassesAreKept() throws ReflectiveOperationException, IOException {
        Network network = Mlp.network(Shape.of(2), 2);
        ModelFile model = new ModelFile(network, Weights.initial(network, 1), null, Map.of())
                .withClassNames(new ClassNames(List.of("\u00c4\"\\u0041", "*/ ??/")));
        Class<?> type = compiled(SourceCode.java(model, "Fruit"), "Fruit");
        assertThat(type.getMethod("name", int.class).invoke(null, 0)).isEqualTo("\u00c4\"\\u0041");
        assertThat(type.getMethod("name", int.class).invoke(null, 1)).isEqualTo("*/ ??/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a-b", "class", "a..B", "a.int", "a b", "\u00e4", "A;"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> SourceCode.java(Mnist.shipped(), name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of a class");
        assertThatThrownBy(() -> SourceCode.c(Mnist.shipped(), name.equals("class") ? "int" : name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower-case letters");
    }

    @Test
    void aNetworkWithoutLogitsIsRefused() {
        Network images = Network.input(1, 4, 4).layer("tanh", new Tanh()).build();
        ModelFile model = new ModelFile(images, Weights.zeros(images), null, Map.of());
        assertThatThrownBy(() -> SourceCode.java(model, "A"))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("vector of logits");
        assertThatThrownBy(() -> SourceCode.c(model, "a"))
                .isInstanceOf(LenetException.class)
                .hasMessageContaining("vector of logits");
    }

    /** Runs a program that has to be there: without gcc what is written in C would go unchecked. */
    private int run(Path directory, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("messages.txt").toFile())
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @MethodSource({"dev.lenet.interop.OnnxWriteTest#models", "dev.lenet.interop.OnnxWriteTest#otherModels"})
    void aHeaderInCAgrees(ModelFile model) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("digits.h"), SourceCode.c(model, "digits"), StandardCharsets.US_ASCII);
        Files.writeString(folder.resolve("host.c"), """
                #include <stdio.h>
                #include "digits.h"
                int main(void) {
                    unsigned char pixels[DIGITS_INPUTS];
                    float image[DIGITS_INPUTS];
                    float logits[DIGITS_CLASSES];
                    while (fread(pixels, 1, sizeof pixels, stdin) == sizeof pixels) {
                        digits_image(pixels, image);
                        digits_logits(image, logits);
                        fwrite(logits, sizeof *logits, DIGITS_CLASSES, stdout);
                    }
                    return digits_classify(image);
                }
                """);
        boolean hasExponentials = model.network().leaves().stream()
                .anyMatch(layer -> layer.spec() instanceof Tanh
                        || layer.spec() instanceof Sigmoid
                        || layer.spec() instanceof SmoothUnit);
        // Without the library of mathematics, where no exponential function is called.
        int compiled = hasExponentials
                ? run(
                        folder,
                        "gcc",
                        "-std=c99",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-pedantic",
                        "-O2",
                        "host.c",
                        "-o",
                        "host",
                        "-lm")
                : run(
                        folder,
                        "gcc",
                        "-std=c99",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-pedantic",
                        "-O2",
                        "host.c",
                        "-o",
                        "host");
        assertThat(compiled)
                .as(Files.readString(folder.resolve("messages.txt")))
                .isZero();
        int count = step(model) == SLOW ? 100 : ALL ? Mnist.TEST.size() : 1000;
        byte[] pixels = new byte[count * 784];
        Mnist.TEST.pixels().get(pixels);
        Files.write(folder.resolve("pixels"), pixels);
        int last = new ProcessBuilder(folder.resolve("host").toString())
                .redirectInput(folder.resolve("pixels").toFile())
                .redirectOutput(folder.resolve("logits").toFile())
                .start()
                .waitFor();
        float[] logits = new float[count * 10];
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("logits")))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .get(logits);
        Normalization normalization = Objects.requireNonNull(model.normalization());
        float[] expected = Arrays.copyOf(Mnist.logits(model, normalization), logits.length);
        Close.assertSame(logits, expected, 10, ROUNDING_OF_FLOATS);
        assertThat(last).isEqualTo(Softmax.argmax(logits, logits.length - 10, 10));
    }
}
