package dev.lenet.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle trains LeNet-5 as PyTorch does in double precision. */
class GoldenTest {
    private static final Path GOLDEN = Path.of("../app/src/test/resources/golden");
    private static final Path MNIST = Path.of("../data/mnist");
    private static final long SEED = 0;
    private static final int BATCH = 64;

    /** Of the twenty, which all agree; each has images of its own, and these take a few seconds. */
    private static final int STEPS = 4;

    /**
     * The pixels here are pixel / 255 in float32, in the golden run in double: off by up to 2^-25 in both directions, which
     * the sums of a loss mostly cancel. Five hundred times closer than PyTorch's own float32 losses, 5e-7.
     */
    private static final double BOUND = 1e-9;

    private static final Network NETWORK = LeNet5.network(2);

    @ParameterizedTest
    @CsvSource({"sgd lr=0.05, 0.05", "adam lr=1e-3 beta1=0.9 beta2=0.999 eps=1e-8, 1e-3"})
    void lossesGradientsAndUpdatesAreThoseOfPyTorch(String name, double rate) throws IOException {
        JsonObject golden = JsonParser.parseString(Files.readString(GOLDEN.resolve("lenet5-20-steps.json")))
                .getAsJsonObject()
                .getAsJsonObject("cases")
                .getAsJsonObject(name)
                .getAsJsonObject("f64");
        Optimizer spec = name.startsWith("sgd") ? new Optimizer.Sgd() : new Optimizer.Adam();
        OptimizerOracle optimizer = OptimizerOracle.of(spec);
        Map<String, double[]> parameters =
                NetworkOracle.doubles(ModelFile.read(GOLDEN.resolve("lenet5-init.safetensors"), List.of(NETWORK))
                        .weights());
        Map<String, List<double[]>> slots = new java.util.HashMap<>();
        parameters.forEach((parameter, values) -> {
            List<double[]> zeros = new ArrayList<>();
            spec.slots().forEach(slot -> zeros.add(new double[values.length]));
            slots.put(parameter, zeros);
        });
        NetworkOracle oracle = new NetworkOracle(NETWORK, parameters);
        Dataset digits = new ImageDataset(
                NETWORK.input(),
                IdxFile.images(MNIST.resolve("train-images-idx3-ubyte.gz")).values(),
                IdxFile.labels(MNIST.resolve("train-labels-idx1-ubyte.gz")).values(),
                10,
                new Normalization(0, 1));
        JsonArray losses = golden.getAsJsonArray("loss");
        for (int step = 0; step < STEPS; step++) {
            BatchResult result =
                    oracle.train(Batch.range(digits, step * BATCH, BATCH), new Loss.SoftmaxCrossEntropy(), SEED, step);
            assertThat(result.loss().value(0))
                    .as("loss of step %d", step)
                    .isCloseTo(losses.get(step).getAsDouble(), within(BOUND));
            if (step == 0) {
                checkNorms(result.gradients(), golden.getAsJsonObject("grad0_l2"));
            }
            int update = step + 1;
            result.gradients().forEach((parameter, gradient) -> {
                double[] weights = Objects.requireNonNull(parameters.get(parameter));
                OptimizerOracle.Updated after =
                        optimizer.update(update, rate, weights, Objects.requireNonNull(slots.get(parameter)), gradient);
                System.arraycopy(after.weights().values(), 0, weights, 0, weights.length);
                slots.put(
                        parameter,
                        after.slots().stream().map(Approximation::values).toList());
            });
            if (step == 0) {
                checkNorms(exact(parameters), golden.getAsJsonObject("param_l2_after1"));
            }
        }
    }

    private static Map<String, Approximation> exact(Map<String, double[]> parameters) {
        Map<String, Approximation> exact = new java.util.HashMap<>();
        parameters.forEach((name, values) -> exact.put(name, Approximation.exact(values)));
        return exact;
    }

    private static void checkNorms(Map<String, Approximation> tensors, JsonObject golden) {
        assertThat(tensors.keySet()).isEqualTo(golden.keySet());
        tensors.forEach((name, tensor) -> {
            double squares = 0;
            for (double value : tensor.values()) {
                squares += value * value;
            }
            double expected = golden.get(name).getAsDouble();
            assertThat(Math.sqrt(squares)).as("norm of %s", name).isCloseTo(expected, within(BOUND));
        });
    }
}
