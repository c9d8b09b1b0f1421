package dev.lenet.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.RandomStream;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.network.Gelu;
import dev.lenet.api.network.GroupNorm;
import dev.lenet.api.network.LeakyRelu;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Network.NamedLayer;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Sigmoid;
import dev.lenet.api.network.Silu;
import dev.lenet.api.network.Tanh;
import dev.lenet.tck.sample.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Arithmetic in float32 on numbers that are off by up to their errors stays within the oracle's bounds, and does not stay
 * far below them all the time.
 */
class BoundsTest {
    private static final long SEED = 23;
    private static final int TRIALS = 400;

    /** Numbers and their errors, and floats that are no further away from them than that. */
    private static final class Inexact {
        private final Approximation exact;
        private final float[] received;

        /** Of about that size, or, as whole numbers are, often equal. */
        Inexact(RandomStream stream, int size, float scale, boolean whole) {
            exact = Approximation.zeros(size);
            received = new float[size];
            for (int i = 0; i < size; i++) {
                float uniform = 2 * stream.uniform(3L * i) - 1;
                float value = scale * (whole ? Math.round(3 * uniform) : uniform);
                // Up to four units in the last place; a fifth of the numbers is exact.
                int units = (int) (5 * stream.uniform(3L * i + 1));
                int off = (int) ((2 * units + 1) * stream.uniform(3L * i + 2)) - units;
                received[i] = value + off * Math.ulp(scale);
                exact.set(i, value, Math.max(units * (double) Math.ulp(scale), Math.abs((double) received[i] - value)));
            }
        }
    }

    private double worst;

    /** Looks whether a number is within its bound, and remembers how near to it. */
    private void check(String what, double received, Approximation expected, int i) {
        double difference = Math.abs(received - expected.value(i));
        assertThat(difference).as("%s, seed %d", what, SEED).isLessThanOrEqualTo(expected.error(i));
        worst = Math.max(worst, difference / expected.error(i));
    }

    private static RandomStream trial(String name, int trial) {
        return RandomStream.of(SEED, name).substream(trial);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-3f, 1, 50, 88, 104, 1e4f, 1e30f})
    void softmaxCrossEntropy(float size) {
        for (int trial = 0; trial < TRIALS; trial++) {
            int classes = 1 + trial % 12;
            int label = trial % classes;
            int batch = 1 + trial % 5;
            Inexact logits = new Inexact(trial("logits", trial), classes, size, trial % 2 == 0);
            double smoothing = trial % 3 * 0.3;
            SoftmaxCrossEntropyOracle oracle = new SoftmaxCrossEntropyOracle(logits.exact, label, smoothing);
            Approximation loss = new Approximation(new double[] {oracle.loss()}, new double[] {oracle.lossError()});
            Approximation gradient = oracle.gradient(batch);
            float[] z = logits.received;
            float largest = Float.NEGATIVE_INFINITY;
            for (float logit : z) {
                largest = Math.max(largest, logit);
            }
            float sum = 0;
            for (float logit : z) {
                sum += (float) Math.exp(logit - largest);
            }
            float logarithm = (float) Math.log(sum);
            float sure = (float) (1 - smoothing);
            float spread = (float) (smoothing / classes);
            float distances = 0;
            float targets = 0;
            for (int k = 0; k < classes; k++) {
                distances += logarithm - (z[k] - largest);
                targets += spread + (k == label ? sure : 0);
            }
            float ofLabel = logarithm - (z[label] - largest);
            check("loss", smoothing == 0 ? ofLabel : sure * ofLabel + spread * distances, loss, 0);
            for (int k = 0; k < classes; k++) {
                float target = spread + (k == label ? sure : 0);
                float quotient = (float) Math.exp(z[k] - largest) / sum;
                float power = (float) Math.exp(z[k] - largest - logarithm);
                check("gradient by a quotient", (quotient - target) / batch, gradient, k);
                check("gradient by a power", (power - target) * (1f / batch), gradient, k);
                check("gradient of the logarithms", (power * targets - target) / batch, gradient, k);
                assertThat(gradient.error(k))
                        .as("a probability's, and the roundings")
                        .isLessThan(1.001);
            }
        }
        assertThat(worst).isGreaterThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-3f, 1, 50, 88, 104, 1e4f, 1e30f})
    void distillation(float size) {
        for (int trial = 0; trial < TRIALS; trial++) {
            int classes = 1 + trial % 12;
            int batch = 1 + trial % 5;
            float temperature = 0.5f + trial % 7;
            float[] q = softLabel(trial, classes);
            Inexact logits = new Inexact(trial("logits", trial), classes, size, trial % 2 == 0);
            DistillationOracle oracle = new DistillationOracle(logits.exact, q, temperature);
            Approximation loss = new Approximation(new double[] {oracle.loss()}, new double[] {oracle.lossError()});
            Approximation gradient = oracle.gradient(batch);
            float[] z = new float[classes];
            float largest = Float.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                z[k] = trial % 3 == 0 ? logits.received[k] / temperature : logits.received[k] * (1 / temperature);
                largest = Math.max(largest, z[k]);
            }
            float sum = 0;
            for (float logit : z) {
                sum += (float) Math.exp(logit - largest);
            }
            float logarithm = (float) Math.log(sum);
            float divergence = 0;
            for (int k = 0; k < classes; k++) {
                float logP = z[k] - largest - logarithm;
                divergence += q[k] == 0 ? 0 : q[k] * ((float) Math.log(q[k]) - logP);
            }
            check("loss", temperature * temperature * divergence, loss, 0);
            for (int k = 0; k < classes; k++) {
                float quotient = (float) Math.exp(z[k] - largest) / sum;
                float power = (float) Math.exp(z[k] - largest - logarithm);
                check("gradient by a quotient", (quotient - q[k]) * temperature / batch, gradient, k);
                check("gradient by a power", (power - q[k]) * (temperature / batch), gradient, k);
            }
        }
        assertThat(worst).isGreaterThan(0.1);
    }

    /** Every third is certain, and others have classes that cannot be. */
    private static float[] softLabel(int trial, int classes) {
        float[] label = new float[classes];
        if (trial % 3 == 1) {
            label[trial % classes] = 1;
            return label;
        }
        float sum = 0;
        for (int k = 0; k < classes; k++) {
            label[k] = k == trial % 5 && classes > 1
                    ? 0
                    : trial("soft label", trial).uniform(k) + 0.01f;
            sum += label[k];
        }
        for (int k = 0; k < classes; k++) {
            label[k] /= sum;
        }
        return label;
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Optimizer.Sgd(),
                new Optimizer.Sgd(0.9, 0.1),
                new Optimizer.Adam(),
                new Optimizer.Adam(0.8, 0.99, 1e-3, 0.1, false),
                new Optimizer.Adam(0.9, 0.999, 1e-8, 0.1, true));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void updates(Optimizer optimizer) {
        for (int trial = 0; trial < TRIALS; trial++) {
            RandomStream stream = trial("update", trial);
            Inexact gradient = new Inexact(stream.substream(0), 1, (float) Math.pow(10, -trial % 9), false);
            double rate = 0.1 / (1 + trial % 7);
            long step = 1L + trial % 100;
            float w = 2 * stream.uniform(0) - 1;
            float m = optimizer instanceof Optimizer.Sgd ? w : (2 * stream.uniform(1) - 1) * 0.1f;
            float v = stream.uniform(2) * 0.1f;
            List<double[]> slots = new ArrayList<>(List.of(new double[] {m}, new double[] {v}));
            List<double[]> used = slots.subList(0, optimizer.slots().size());
            OptimizerOracle.Updated expected =
                    OptimizerOracle.of(optimizer).update(step, rate, new double[] {w}, used, gradient.exact);
            float[] after = optimizer instanceof Optimizer.Adam adam
                    ? adam(adam, rate, step, w, m, v, gradient.received[0])
                    : sgd((Optimizer.Sgd) optimizer, rate, w, m, gradient.received[0]);
            check("weight", after[0], expected.weights(), 0);
            for (int slot = 0; slot < used.size(); slot++) {
                check(
                        optimizer.slots().get(slot),
                        after[1 + slot],
                        expected.slots().get(slot),
                        0);
            }
        }
        assertThat(worst).isGreaterThan(0.1);
    }

    private static float[] sgd(Optimizer.Sgd sgd, double rate, float w, float v, float g) {
        float direction = (float) sgd.momentum() * (sgd.momentum() > 0 ? v : 0) + (g + (float) sgd.weightDecay() * w);
        return new float[] {w - (float) rate * direction, direction};
    }

    private static float[] adam(Optimizer.Adam adam, double rate, long step, float w, float m, float v, float g) {
        float decay = (float) adam.weightDecay();
        float gradient = adam.decoupled() ? g : g + decay * w;
        float kept = adam.decoupled() ? (1 - (float) rate * decay) * w : w;
        float first = (float) adam.beta1() * m + (float) (1 - adam.beta1()) * gradient;
        float second = (float) adam.beta2() * v + (float) (1 - adam.beta2()) * gradient * gradient;
        float corrected = (float) (rate / (1 - Math.pow(adam.beta1(), (double) step)));
        float root = (float) Math.sqrt(1 - Math.pow(adam.beta2(), (double) step));
        float size = (float) Math.sqrt(second) / root + (float) adam.epsilon();
        return new float[] {kept - corrected * first / size, first, second};
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-30f, 1e-3f, 1, 10, 1e30f})
    void tangents(float size) {
        LayerOracle oracle = LayerOracle.of(layer(Networks.of(new Tanh(), 7)), Map.of());
        for (int trial = 0; trial < TRIALS; trial++) {
            Inexact x = new Inexact(trial("x", trial), 7, size, false);
            Inexact dY = new Inexact(trial("dY", trial), 7, 1, false);
            Approximation y = oracle.forward(x.exact);
            Approximation dX = oracle.backward(x.exact, dY.exact, none());
            for (int i = 0; i < 7; i++) {
                float tangent = (float) Math.tanh(x.received[i]);
                check("tanh", tangent, y, i);
                check("its gradient", dY.received[i] * (1 - tangent * tangent), dX, i);
            }
        }
        // In the flat ends nothing is rounded.
        assertThat(worst).isGreaterThan(size < 1e30f ? 0.1 : -1);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-30f, 1e-3f, 1, 10, 60, 1e30f})
    void sigmoids(float size) {
        LayerOracle oracle = LayerOracle.of(layer(Networks.of(new Sigmoid(), 7)), Map.of());
        for (int trial = 0; trial < TRIALS; trial++) {
            Inexact x = new Inexact(trial("x", trial), 7, size, false);
            Inexact dY = new Inexact(trial("dY", trial), 7, 1, false);
            Approximation y = oracle.forward(x.exact);
            Approximation dX = oracle.backward(x.exact, dY.exact, none());
            for (int i = 0; i < 7; i++) {
                float sigmoid = 1 / (1 + (float) Math.exp(-x.received[i]));
                check("sigmoid", sigmoid, y, i);
                check("its gradient", dY.received[i] * (1 - sigmoid) * sigmoid, dX, i);
                check("its gradient otherwise", dY.received[i] * (sigmoid * (1 - sigmoid)), dX, i);
            }
        }
        assertThat(worst).isGreaterThan(size < 1e30f ? 0.1 : -1);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-30f, 1e-3f, 1, 3, 10, 60, 100, 1e30f})
    void sigmoidUnits(float size) {
        LayerOracle oracle = LayerOracle.of(layer(Networks.of(new Silu(), 7)), Map.of());
        for (int trial = 0; trial < TRIALS; trial++) {
            Inexact x = new Inexact(trial("x", trial), 7, size, false);
            Inexact dY = new Inexact(trial("dY", trial), 7, 1, false);
            Approximation y = oracle.forward(x.exact);
            Approximation dX = oracle.backward(x.exact, dY.exact, none());
            for (int i = 0; i < 7; i++) {
                float value = x.received[i];
                float sigmoid = 1 / (1 + (float) Math.exp(-value));
                check("silu", value / (1 + (float) Math.exp(-value)), y, i);
                check("silu by a product", value * sigmoid, y, i);
                check("its gradient", dY.received[i] * sigmoid * (1 + value * (1 - sigmoid)), dX, i);
            }
        }
        assertThat(worst).isGreaterThan(size < 1e30f ? 0.05 : -1);
    }

    /** With erf of the engine's library, which is a double that is rounded here. */
    @ParameterizedTest
    @ValueSource(floats = {1e-30f, 1e-3f, 1, 3, 10, 100, 1e30f})
    void gaussianErrorUnits(float size) {
        LayerOracle oracle = LayerOracle.of(layer(Networks.of(new Gelu(), 7)), Map.of());
        Gelu unit = new Gelu();
        for (int trial = 0; trial < TRIALS; trial++) {
            Inexact x = new Inexact(trial("x", trial), 7, size, false);
            Inexact dY = new Inexact(trial("dY", trial), 7, 1, false);
            Approximation y = oracle.forward(x.exact);
            Approximation dX = oracle.backward(x.exact, dY.exact, none());
            for (int i = 0; i < 7; i++) {
                float value = x.received[i];
                // erf(x / sqrt(2)) = 2 y / x - 1
                float erf = value == 0 ? 0 : (float) (2 * unit.value(value) / value - 1);
                check("gelu", value * 0.5f * (1 + erf), y, i);
                float density = (float) Math.exp(-0.5f * value * value) * 0.3989423f;
                check("its gradient", dY.received[i] * (0.5f * (1 + erf) + value * density), dX, i);
            }
        }
        assertThat(worst).isGreaterThan(size < 1e30f ? 0.05 : -1);
    }

    /** Two channels of four values in one group, in two ways to compute them; some are far from zero. */
    @ParameterizedTest
    @ValueSource(floats = {0, 1, 10, 1000})
    void normalisations(float mean) {
        double[] weight = {0.7, -1.3};
        double[] bias = {0.2, -0.4};
        Network network = Networks.of(GroupNorm.of(1), 2, 2, 2);
        LayerOracle oracle = LayerOracle.of(layer(network), Map.of("layer.weight", weight, "layer.bias", bias));
        for (int trial = 0; trial < TRIALS; trial++) {
            Inexact noise = new Inexact(trial("x", trial), 8, 1, false);
            float[] x = new float[8];
            for (int i = 0; i < x.length; i++) {
                x[i] = noise.received[i] + mean;
            }
            Inexact dY = new Inexact(trial("dY", trial), 8, 1, false);
            Approximation exact = Approximation.exact(x);
            ParameterSums sums = new ParameterSums(network);
            Approximation y = oracle.forward(exact);
            Approximation dX = oracle.backward(exact, dY.exact, sums);
            // Welford's way to mean and variance, one value after the other.
            float average = 0;
            float squares = 0;
            for (int i = 0; i < x.length; i++) {
                float distance = x[i] - average;
                average += distance / (i + 1);
                squares += distance * (x[i] - average);
            }
            float inverse = 1 / (float) Math.sqrt(squares / 8 + 1e-5f);
            float sum = 0;
            float product = 0;
            for (int i = 0; i < x.length; i++) {
                float w = (float) weight[i / 4];
                float b = (float) bias[i / 4];
                float scale = w * inverse;
                check("y", (x[i] - average) * inverse * w + b, floats(y), i);
                check("y expanded", x[i] * scale + (b - average * scale), floats(y), i);
                sum += w * dY.received[i];
                product += w * dY.received[i] * ((x[i] - average) * inverse);
            }
            for (int i = 0; i < x.length; i++) {
                float h = (x[i] - average) * inverse;
                float difference = (float) weight[i / 4] * dY.received[i] - sum / 8 - h * (product / 8);
                check("dX", difference * inverse, floats(dX), i);
            }
        }
        assertThat(worst).isGreaterThan(0.001);
    }

    /** The weights are doubles here and floats in an engine: one rounding more of each product. */
    private static Approximation floats(Approximation exact) {
        Approximation rounded = Approximation.zeros(exact.size());
        for (int i = 0; i < rounded.size(); i++) {
            rounded.set(
                    i, exact.value(i), exact.error(i) + Tolerance.roundings(2).of(1 + Math.abs(exact.value(i))));
        }
        return rounded;
    }

    /** Many inputs are closer to zero than their errors. */
    @ParameterizedTest
    @ValueSource(floats = {0, 0.01f, 0.3f, 0.99f})
    void leakyRectifiers(float slope) {
        LayerOracle oracle = LayerOracle.of(layer(Networks.of(new LeakyRelu(slope), 7)), Map.of());
        for (int trial = 0; trial < TRIALS; trial++) {
            Inexact x = new Inexact(trial("x", trial), 7, 1, trial % 2 == 0);
            Inexact dY = new Inexact(trial("dY", trial), 7, 1, false);
            Approximation y = oracle.forward(x.exact);
            Approximation dX = oracle.backward(x.exact, dY.exact, none());
            for (int i = 0; i < 7; i++) {
                float value = x.received[i];
                checkChoice("leaky rectifier", value > 0 ? value : slope * value, y, i);
                checkChoice("its gradient", value > 0 ? dY.received[i] : slope * dY.received[i], dX, i);
            }
        }
    }

    /** Many inputs are closer to zero than their errors. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rectifiers(boolean whole) {
        LayerOracle oracle = LayerOracle.of(layer(Networks.of(new Relu(), 7)), Map.of());
        for (int trial = 0; trial < TRIALS; trial++) {
            Inexact x = new Inexact(trial("x", trial), 7, 1, whole);
            Inexact dY = new Inexact(trial("dY", trial), 7, 1, false);
            Approximation y = oracle.forward(x.exact);
            Approximation dX = oracle.backward(x.exact, dY.exact, none());
            for (int i = 0; i < 7; i++) {
                checkChoice("rectifier", Math.max(x.received[i], 0), y, i);
                checkChoice("its gradient", x.received[i] > 0 ? dY.received[i] : 0, dX, i);
            }
        }
    }

    /** Windows overlap, and many values of one are closer to each other than their errors. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void maxPoolings(boolean whole) {
        int width = 5;
        LayerOracle oracle = LayerOracle.of(layer(Networks.of(new MaxPool2d(2, 1), 1, width, width)), Map.of());
        for (int trial = 0; trial < TRIALS; trial++) {
            Inexact x = new Inexact(trial("x", trial), width * width, 1, whole);
            Inexact dY = new Inexact(trial("dY", trial), (width - 1) * (width - 1), 1, false);
            Approximation y = oracle.forward(x.exact);
            Approximation dX = oracle.backward(x.exact, dY.exact, none());
            float[] gradient = new float[width * width];
            for (int i = 0; i < dY.received.length; i++) {
                int corner = i / (width - 1) * width + i % (width - 1);
                int winner = corner;
                for (int other : new int[] {corner + 1, corner + width, corner + width + 1}) {
                    winner = x.received[other] > x.received[winner] ? other : winner;
                }
                checkChoice("largest value", x.received[winner], y, i);
                gradient[winner] += dY.received[i];
            }
            for (int i = 0; i < gradient.length; i++) {
                checkChoice("its gradient", gradient[i], dX, i);
            }
        }
    }

    /** As check, where the bound may be zero. */
    private void checkChoice(String what, double received, Approximation expected, int i) {
        if (expected.error(i) == 0) {
            assertThat(received).as("%s, seed %d", what, SEED).isEqualTo(expected.value(i));
        } else {
            check(what, received, expected, i);
        }
    }

    private static NamedLayer layer(Network network) {
        return network.layers().get(0);
    }

    private static ParameterSums none() {
        return new ParameterSums(Networks.of(new Relu(), 1));
    }
}
