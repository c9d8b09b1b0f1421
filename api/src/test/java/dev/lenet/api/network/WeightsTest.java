package dev.lenet.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final Network SMALL =
            Network.input(3).layer("fc", Linear.of(2)).build();

    @Test
    void takesTheValuesOfEachParameterInTheNetworksOrder() {
        Weights weights = Weights.of(LeNet5.network(2), p -> new float[p.shape().size()]);

        assertThat(weights.tensors().keySet())
                .containsExactly(
                        "conv1.weight",
                        "conv1.bias",
                        "conv2.weight",
                        "conv2.bias",
                        "fc1.weight",
                        "fc1.bias",
                        "fc2.weight",
                        "fc2.bias",
                        "fc3.weight",
                        "fc3.bias");
        assertThat(Objects.requireNonNull(weights.tensors().get("conv2.weight")).shape())
                .isEqualTo(Shape.of(16, 6, 5, 5));
    }

    @Test
    void refusesTheWrongNumberOfValues() {
        assertThatThrownBy(() -> Weights.of(SMALL, p -> new float[5]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("fc.weight: expected [2, 3], received 5 values. Use weights of this very network.");
    }

    @Test
    void startsFromGoldenValuesOfSeedAndName() {
        // As in RandomStreamTest: (2 u - 1) / sqrt(3) in float32, by numpy.
        assertThat(Weights.initial(SMALL, 7).get("fc.weight")).startsWith(0.2406217f, -0.04702049f, -0.09815502f);
    }

    @Test
    void startsUniformBetweenTheBoundsOfTheFanIn() {
        Weights weights = Weights.initial(LeNet5.network(2), 1);

        for (ParameterSpec parameter : LeNet5.network(2).parameters()) {
            double bound = 1 / Math.sqrt(parameter.fanIn());
            float[] values = weights.get(parameter.name());
            double sum = 0;
            double squares = 0;
            for (float value : values) {
                assertThat(Math.abs(value)).as(parameter.name()).isLessThanOrEqualTo((float) bound);
                sum += value;
                squares += (double) value * value;
            }
            // Uniform on [-b, b]: mean 0 with deviation b / sqrt(3 n), mean square b^2 / 3 with b^2 sqrt(4 / 45 n).
            int n = values.length;
            assertThat(Math.abs(sum / n)).as(parameter.name()).isLessThan(5 * bound / Math.sqrt(3.0 * n));
            assertThat(Math.abs(squares / n - bound * bound / 3))
                    .as(parameter.name())
                    .isLessThan(5 * bound * bound * Math.sqrt(4 / (45.0 * n)));
        }
    }

    @Test
    void startsDifferentlyForEverySeedAndParameter() {
        Network twins = Network.input(3)
                .layer("a", Linear.of(3))
                .layer("b", Linear.of(3))
                .build();

        assertThat(Weights.initial(twins, 1).get("a.weight"))
                .isEqualTo(Weights.initial(twins, 1).get("a.weight"))
                .isNotEqualTo(Weights.initial(twins, 2).get("a.weight"))
                .isNotEqualTo(Weights.initial(twins, 1).get("b.weight"));
    }

    @Test
    void zerosAreZeros() {
        assertThat(Weights.zeros(SMALL).get("fc.weight")).containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(Weights.zeros(SMALL).get("fc.bias")).containsExactly(0, 0);
    }

    @Test
    void saysWhichParametersThereAre() {
        assertThatThrownBy(() -> Weights.zeros(SMALL).get("fc2.bias"))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Weights: expected one of [fc.weight, fc.bias], received 'fc2.bias'."
                        + " Use the name of a parameter of the network.");
    }

    @Test
    void mapsCannotBeChanged() {
        assertThatThrownBy(() -> Weights.zeros(SMALL).tensors().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void passTheCheckOfTheirOwnNetworkAndOfNoOther() {
        Network wider = Network.input(4).layer("fc", Linear.of(2)).build();
        Weights weights = Weights.zeros(SMALL);

        weights.check(SMALL);
        assertThatThrownBy(() -> weights.check(wider))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Weights: expected the parameters {fc.weight=[2, 4], fc.bias=[2]}, received"
                        + " {fc.weight=[2, 3], fc.bias=[2]}. Use weights of this very network.");
    }

    @Test
    void tensorDataRefusesTheWrongNumberOfValues() {
        assertThatThrownBy(() -> new TensorData(Shape.of(2, 3), new float[5]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Tensor: expected 6 values for [2, 3], received 5. Give one value for each position.");
    }
}
