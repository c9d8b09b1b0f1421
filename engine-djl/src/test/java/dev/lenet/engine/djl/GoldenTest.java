package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("LeNet-5 on MNIST follows PyTorch's golden run")
class GoldenTest {
    private static final Path GOLDEN = Path.of("../app/src/test/resources/golden");
    private static final Path MNIST = Path.of("../data/mnist");
    private static final int BATCH = 64;
    private static final int STEPS = 20;

    /** PyTorch's own float32 losses are up to 5e-7 from its float64 ones (golden README); four times that. */
    private static final double LOSS_TOLERANCE = 2e-6;

    /** By what PyTorch's float32 misses its float64, times this: we may sum in another order, not better or worse. */
    private static final double ANOTHER_ORDER = 8;

    private static final Network NETWORK = LeNet5.network(2);

    private static JsonObject cases = new JsonObject();
    private static Weights initial = Weights.zeros(NETWORK);

    @BeforeAll
    static void readGoldenValues() throws IOException {
        cases = JsonParser.parseString(Files.readString(GOLDEN.resolve("lenet5-20-steps.json")))
                .getAsJsonObject()
                .getAsJsonObject("cases");
        initial = safetensors(GOLDEN.resolve("lenet5-init.safetensors"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"sgd lr=0.05, 0.05", "adam lr=1e-3 beta1=0.9 beta2=0.999 eps=1e-8, 1e-3"})
    @DisplayName("losses of 20 steps, first gradients, logits before and after")
    void followsTheGoldenRun(String name, double learningRate) {
        JsonObject golden = cases.getAsJsonObject(name);
        Optimizer optimizer = name.startsWith("sgd") ? new Optimizer.Sgd() : new Optimizer.Adam();
        Dataset training = mnist("train");
        Dataset test = mnist("t10k");
        try (DjlEngine engine = Fixtures.engine();
                Model model = engine.build(NETWORK, initial);
                Trainer trainer = engine.trainer(model, Fixtures.spec(optimizer, BATCH))) {
            checkLogits(model, test, golden, "test10_logits_before");
            checkGradients(trainer.gradients(Batch.range(training, 0, BATCH)), golden);
            for (int step = 0; step < STEPS; step++) {
                trainer.step(Batch.range(training, step * BATCH, BATCH), learningRate);
            }
            float[] losses = trainer.drainMetrics().losses();
            JsonArray expected = golden.getAsJsonObject("f64").getAsJsonArray("loss");
            assertThat(losses).hasSize(STEPS);
            for (int step = 0; step < STEPS; step++) {
                assertThat((double) losses[step])
                        .as("loss of step %d", step)
                        .isCloseTo(expected.get(step).getAsDouble(), within(LOSS_TOLERANCE));
            }
            checkLogits(model, test, golden, "test10_logits_after");
        }
    }

    private static void checkGradients(Weights gradients, JsonObject golden) {
        JsonObject exact = golden.getAsJsonObject("f64").getAsJsonObject("grad0_l2");
        JsonObject rounded = golden.getAsJsonObject("f32").getAsJsonObject("grad0_l2");
        double error = 0;
        for (String parameter : exact.keySet()) {
            double norm = exact.get(parameter).getAsDouble();
            error = Math.max(error, Math.abs(rounded.get(parameter).getAsDouble() / norm - 1));
        }
        assertThat(gradients.tensors().keySet()).isEqualTo(exact.keySet());
        for (String parameter : exact.keySet()) {
            double squares = 0;
            for (float value : gradients.get(parameter)) {
                squares += (double) value * value;
            }
            double norm = exact.get(parameter).getAsDouble();
            assertThat(Math.sqrt(squares))
                    .as("norm of the gradient of %s", parameter)
                    .isCloseTo(norm, within(ANOTHER_ORDER * error * norm));
        }
    }

    private static void checkLogits(Model model, Dataset test, JsonObject golden, String which) {
        JsonArray exact = golden.getAsJsonObject("f64").getAsJsonArray(which);
        JsonArray rounded = golden.getAsJsonObject("f32").getAsJsonArray(which);
        double error = 0;
        for (int i = 0; i < 100; i++) {
            error = Math.max(error, Math.abs(logit(exact, i) - logit(rounded, i)));
        }
        try (Tensor tensor = model.predict(Batch.range(test, 0, 10))) {
            float[] logits = tensor.toArray();
            for (int i = 0; i < 100; i++) {
                assertThat((double) logits[i])
                        .as("%s, image %d, class %d", which, i / 10, i % 10)
                        .isCloseTo(logit(exact, i), within(ANOTHER_ORDER * error));
            }
        }
    }

    private static double logit(JsonArray rows, int i) {
        return rows.get(i / 10).getAsJsonArray().get(i % 10).getAsDouble();
    }

    private static Dataset mnist(String part) {
        byte[] pixels =
                IdxFile.images(MNIST.resolve(part + "-images-idx3-ubyte.gz")).values();
        byte[] labels =
                IdxFile.labels(MNIST.resolve(part + "-labels-idx1-ubyte.gz")).values();
        return new ImageDataset(Shape.of(1, 28, 28), pixels, labels, 10, new Normalization(0, 1));
    }

    /** The length of a JSON header as 64-bit integer, the header, the values; all little-endian. */
    private static Weights safetensors(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) bytes.getLong()];
        bytes.get(header);
        JsonObject tensors = JsonParser.parseString(new String(header, StandardCharsets.UTF_8))
                .getAsJsonObject();
        int data = bytes.position();
        return Weights.of(NETWORK, parameter -> {
            int offset = tensors.getAsJsonObject(parameter.name())
                    .getAsJsonArray("data_offsets")
                    .get(0)
                    .getAsInt();
            float[] values = new float[parameter.shape().size()];
            bytes.position(data + offset)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        });
    }
}
