package dev.lenet.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.network.Network;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.RandomNetworks;
import dev.lenet.tck.sample.SampleWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle's gradients are the slopes of its loss. */
class FiniteDifferenceTest {
    private static final long SEED = 3;

    /** The step h of a central difference. */
    private static final double STEP = 0x1p-20;

    /**
     * A central difference is off by h^2 / 6 times the third derivative, 1.5e-13 of it; and by the rounding of two losses
     * near 1, 2 * 2^-53 * the few hundred operations behind them, over 2h: 100 * 2^-32.
     */
    private static final double BOUND = 100 * 0x1p-32 + STEP * STEP;

    static List<Network> networks() {
        List<Network> networks = new ArrayList<>();
        networks.add(Networks.everyLayer());
        for (int i = 0; i < 12; i++) {
            networks.add(RandomNetworks.of(SEED + i));
        }
        return networks;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientsAreSlopes(Network network) {
        checkSlopes(network, new Loss.SoftmaxCrossEntropy());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientsAreSlopesOfASmoothedLoss(Network network) {
        checkSlopes(network, new Loss.SoftmaxCrossEntropy(0.3));
    }

    private static void checkSlopes(Network network, Loss loss) {
        Map<String, double[]> parameters = NetworkOracle.doubles(SampleWeights.of(network, SEED));
        NetworkOracle oracle = new NetworkOracle(network, parameters);
        Batch batch = new RandomExamples(network.input(), 3, network.output().size(), SEED).all();
        Map<String, Approximation> gradients =
                oracle.train(batch, loss, SEED, 0).gradients();
        assertThat(gradients.keySet()).isEqualTo(parameters.keySet());
        gradients.forEach((name, gradient) -> {
            double[] values = Objects.requireNonNull(parameters.get(name));
            for (int i = 0; i < values.length; i += 1 + values.length / 20) {
                double value = values[i];
                values[i] = value + STEP;
                double above = oracle.train(batch, loss, SEED, 0).loss().value(0);
                values[i] = value - STEP;
                double below = oracle.train(batch, loss, SEED, 0).loss().value(0);
                values[i] = value;
                assertThat(gradient.value(i))
                        .as("%s[%d] of%n%s", name, i, network)
                        .isCloseTo((above - below) / (2 * STEP), within(BOUND));
            }
        });
    }
}
