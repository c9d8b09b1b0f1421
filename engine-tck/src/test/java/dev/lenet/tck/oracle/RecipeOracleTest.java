package dev.lenet.tck.oracle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.RandomStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Label smoothing, clipping and averages by hand, and float32 within their bounds. */
class RecipeOracleTest {
    private static final long SEED = 29;
    private static final int TRIALS = 400;

    /** A handful of roundings of numbers of about 1. */
    private static final double ROUNDINGS = 8 * Math.ulp(1.0);

    /** Logits 0 and log 3 are probabilities 1/4 and 3/4; half of the target spread over two classes is 3/4 and 1/4. */
    @Test
    void aSmoothedLossAndItsGradientByHand() {
        Approximation logits = Approximation.exact(new double[] {0, Math.log(3)});
        SoftmaxCrossEntropyOracle oracle = new SoftmaxCrossEntropyOracle(logits, 0, 0.5);

        double expected = 0.75 * Math.log(4) + 0.25 * Math.log(4.0 / 3);
        assertThat(oracle.loss()).isCloseTo(expected, within(ROUNDINGS));
        assertThat(oracle.gradient(1).values()).containsExactly(new double[] {-0.5, 0.5}, within(ROUNDINGS));
        assertThat(oracle.gradient(4).values()).containsExactly(new double[] {-0.125, 0.125}, within(ROUNDINGS));
    }

    /** A loss of smoothed targets is smallest where the probabilities are the targets, and not at infinite logits. */
    @Test
    void aSmoothedLossIsSmallestAtItsTargets() {
        Approximation logits = Approximation.exact(new double[] {Math.log(0.9), Math.log(0.05), Math.log(0.05)});
        SoftmaxCrossEntropyOracle oracle = new SoftmaxCrossEntropyOracle(logits, 0, 0.15);
        assertThat(oracle.gradient(1).values()).containsExactly(new double[3], within(ROUNDINGS));
    }

    /** At a temperature of 2, logits 0 and 2 log 3 are probabilities 1/4 and 3/4. */
    @Test
    void aDistilledLossAndItsGradientByHand() {
        Approximation logits = Approximation.exact(new double[] {0, 2 * Math.log(3)});
        DistillationOracle oracle = new DistillationOracle(logits, new float[] {0.5f, 0.5f}, 2);

        double divergence = 0.5 * Math.log(0.5 / 0.25) + 0.5 * Math.log(0.5 / 0.75);
        assertThat(oracle.loss()).isCloseTo(4 * divergence, within(ROUNDINGS));
        assertThat(oracle.gradient(1).values()).containsExactly(new double[] {-0.5, 0.5}, within(ROUNDINGS));
        assertThat(oracle.gradient(4).values()).containsExactly(new double[] {-0.125, 0.125}, within(ROUNDINGS));
    }

    /** Who says what the teacher says has nothing to learn, and a label alone is a soft label with nothing else in it. */
    @Test
    void aDistilledLossIsZeroAtItsTargetsAndTheCrossEntropyOfALabel() {
        Approximation logits = Approximation.exact(new double[] {Math.log(0.5), Math.log(0.25), Math.log(0.25)});

        DistillationOracle same = new DistillationOracle(logits, new float[] {0.5f, 0.25f, 0.25f}, 1);
        assertThat(same.loss()).isCloseTo(0, within(ROUNDINGS));
        assertThat(same.gradient(1).values()).containsExactly(new double[3], within(ROUNDINGS));

        DistillationOracle certain = new DistillationOracle(logits, new float[] {0, 1, 0}, 1);
        assertThat(certain.loss()).isCloseTo(Math.log(4), within(ROUNDINGS));
        assertThat(certain.gradient(1).values()).containsExactly(new double[] {0.5, -0.75, 0.25}, within(ROUNDINGS));
    }

    private static Map<String, Approximation> threeAndFour() {
        return Map.of(
                "weight", Approximation.exact(new double[] {3, 0}), "bias", Approximation.exact(new double[] {-4}));
    }

    /** The norm of 3 and -4 is 5, whichever parameters they belong to. */
    @Test
    void aNormIsThatOfAllParameters() {
        Map<String, Approximation> clipped = ClippingOracle.clip(2, threeAndFour());
        assertThat(requireNonNull(clipped.get("weight")).values())
                .containsExactly(new double[] {6 / 5.000001, 0}, within(ROUNDINGS));
        assertThat(requireNonNull(clipped.get("bias")).values())
                .containsExactly(new double[] {-8 / 5.000001}, within(ROUNDINGS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 5.0001, 1e9})
    void shortGradientsAreExact(double limit) {
        Map<String, Approximation> gradients = threeAndFour();
        assertThat(ClippingOracle.clip(limit, gradients)).isSameAs(gradients);
    }

    /** At the limit itself, the 1e-6 makes the factor 5 / 5.000001, and float32 may take that for 1 or not. */
    @Test
    void atTheLimitTheFactorIsInDoubt() {
        Approximation weight =
                requireNonNull(ClippingOracle.clip(5, threeAndFour()).get("weight"));
        assertThat(weight.value(0)).isCloseTo(15 / 5.000001, within(ROUNDINGS));
        assertThat(weight.error(0)).isGreaterThan(3 - 15 / 5.000001).isLessThan(1e-5);
    }

    /** In float32, forwards and backwards, on gradients that are off. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 3, 1e12})
    void clippingInFloatStaysWithinItsBounds(double limit) {
        double worst = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            RandomStream stream = RandomStream.of(SEED, "clip").substream(trial);
            int size = 1 + trial % 50;
            float scale = (float) Math.pow(10, 3 - trial % 13);
            Approximation exact = Approximation.zeros(size);
            float[] received = new float[size];
            for (int i = 0; i < size; i++) {
                float value = scale * (2 * stream.uniform(2L * i) - 1);
                float off = scale * 0x1p-20f * (2 * stream.uniform(2L * i + 1) - 1);
                received[i] = value + off;
                exact.set(i, value, Math.abs((double) received[i] - value));
            }
            Approximation expected = requireNonNull(
                    ClippingOracle.clip(limit, Map.of("weight", exact)).get("weight"));
            for (float squares : new float[] {sum(received, 0, 1), sum(received, size - 1, -1)}) {
                float factor = Math.min(1, (float) limit / ((float) Math.sqrt(squares) + 1e-6f));
                for (int i = 0; i < size; i++) {
                    double difference = Math.abs(factor * received[i] - expected.value(i));
                    assertThat(difference).as("seed %d, trial %d", SEED, trial).isLessThanOrEqualTo(expected.error(i));
                    worst = Math.max(worst, difference / expected.error(i));
                }
            }
        }
        assertThat(worst).isGreaterThan(0.1);
    }

    private static float sum(float[] values, int from, int direction) {
        float sum = 0;
        for (int i = from; i >= 0 && i < values.length; i += direction) {
            sum += values[i] * values[i];
        }
        return sum;
    }

    /** Weights 2 and 6 with a decay of 3/4: 0.5, and then 0.375 + 1.5. */
    @Test
    void anAverageByHand() {
        Approximation first = AverageOracle.of(0.75, new float[] {0}, new float[] {2});
        assertThat(first.values()).containsExactly(0.5);
        Approximation second = AverageOracle.of(0.75, new float[] {0.5f}, new float[] {6});
        assertThat(second.values()).containsExactly(1.875);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.4, 0.6, 0.9, 0.9999})
    void averagesInFloatStayWithinTheirBounds(double decay) {
        RandomStream stream = RandomStream.of(SEED, "average");
        float keep = (float) decay;
        float add = (float) (1 - decay);
        double[] worst = new double[3];
        for (int trial = 0; trial < TRIALS; trial++) {
            float a = 2 * stream.uniform(2L * trial) - 1;
            float w = 2 * stream.uniform(2L * trial + 1) - 1;
            Approximation expected = AverageOracle.of(decay, new float[] {a}, new float[] {w});
            // As two products; and as torch.lerp does, from the nearer end.
            float[] received = {
                keep * a + add * w, Math.fma(keep, a, add * w), decay < 0.5 ? w - keep * (w - a) : a + add * (w - a)
            };
            for (int way = 0; way < received.length; way++) {
                double difference = Math.abs(received[way] - expected.value(0));
                assertThat(difference).as("seed %d, way %d", SEED, way).isLessThanOrEqualTo(expected.error(0));
                worst[way] = Math.max(worst[way], difference / expected.error(0));
            }
        }
        assertThat(Arrays.stream(worst).max().orElse(0)).isGreaterThan(0.1);
    }
}
