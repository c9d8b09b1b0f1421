package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.lenet.api.RandomStream;
import dev.lenet.api.Shape;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.NetworkOracle;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The program of prediction")
class ForwardSourceTest {

    @Test
    @DisplayName("avoids on a CPU what PyTorch is slow at there, and writes only over arrays of its own")
    void onCpu() {
        assertThat(ForwardSource.of(small(), true)).startsWith("""
                  def all(self: __torch__.Program,
                    x0: Tensor,
                    parameters: List[Tensor]) -> Tensor:
                    if torch.le(torch.size(x0, 0), 1736):
                      x1 = torch.thnn_conv2d(x0, parameters[0], [3, 3], parameters[1], [1, 1], [1, 1])
                    else:
                      x1 = torch.conv2d(x0, parameters[0], parameters[1], [1, 1], [1, 1], [1, 1], 1)
                    x2 = torch.relu_(x1)
                    x3 = torch.maximum(torch.slice(x2, 2, 0, 3, 2), torch.slice(x2, 2, 1, 4, 2))
                    x3 = torch.maximum(torch.slice(x3, 3, 0, 7, 2), torch.slice(x3, 3, 1, 8, 2))
                    x4 = torch.reshape(x3, [-1, 16])
                    x5 = torch.addmm(parameters[3], x4, torch.t(parameters[2]))
                    return torch.clone(x5)
                """).contains("""
                  def layer1(self: __torch__.Program,
                    x1: Tensor,
                    parameters: List[Tensor]) -> Tensor:
                    x2 = torch.relu(x1)
                    return x2
                """);
    }

    @Test
    @DisplayName("has one operation a layer on a GPU")
    void onGpu() {
        assertThat(ForwardSource.of(small(), false))
                .contains("x1 = torch.conv2d(x0, ", "x3 = torch.max_pool2d(x2, [2, 2], [2, 2], [0, 0], [1, 1], False)")
                .doesNotContain("if ", "torch.maximum");
    }

    private static Network small() {
        return Network.input(1, 4, 8)
                .layer("conv1", Conv2d.of(2, 3).withPadding(1))
                .layer("relu1", new Relu())
                .layer("pool1", MaxPool2d.of(2))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(4))
                .build();
    }

    /** Up to 4 images take PyTorch's own convolutions, from 9 on oneDNN's, and those between one of each. */
    @ParameterizedTest
    @CsvSource({"1, true", "4, true", "5, true", "8, true", "9, true", "5, false"})
    @DisplayName("gives what the oracle gives, whichever convolution is taken")
    void values(int count, boolean onHost) {
        Network network = LeNet5.network(2);
        Weights weights = Weights.initial(network, Fixtures.SEED);
        NetworkOracle oracle = new NetworkOracle(network, weights);
        float[] images = random(count * network.input().size());

        float[] logits = run(network, weights, onHost, images, count);

        for (int n = 0; n < count; n++) {
            Approximation expected = oracle.predict(Arrays.copyOfRange(images, n * 28 * 28, (n + 1) * 28 * 28));
            for (int k = 0; k < expected.size(); k++) {
                assertThat((double) logits[n * expected.size() + k])
                        .as("image %s, logit %s, seed %s", n, k, Fixtures.SEED)
                        .isCloseTo(expected.value(k), within(expected.error(k)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2", "3, 2", "2, 3"})
    @DisplayName("pools as PyTorch does, to the bit, also what is no number")
    void pooling(int kernelSize, int stride) {
        Network network = Network.input(2, 8, 9)
                .layer("pool", new MaxPool2d(kernelSize, stride))
                .build();
        float[] images = random(3 * network.input().size());
        images[20] = Float.NaN;
        images[100] = Float.NEGATIVE_INFINITY;
        images[200] = Float.POSITIVE_INFINITY;
        Weights none = Weights.initial(network, Fixtures.SEED);
        assertThat(run(network, none, true, images, 3)).containsExactly(run(network, none, false, images, 3));
    }

    @Test
    @DisplayName("leaves its input as it was")
    void input() {
        List<LayerSpec> windows = List.of(new Relu(), new Dropout(0.5f), new MaxPool2d(1, 1), new Flatten());
        float[] values = random(2 * 9);
        for (LayerSpec first : windows) {
            Network network = Network.input(1, 3, 3)
                    .layer("first", first)
                    .layer("relu", new Relu())
                    .build();
            try (DjlEngine engine = Fixtures.engine();
                    Model model = engine.build(network, Weights.initial(network, Fixtures.SEED));
                    Tensor input = engine.tensor(network.input().batchOf(2), values);
                    Tensor output = model.predict(input)) {
                assertThat(input.toArray()).as(first.kind()).containsExactly(values);
                assertThat(output.toArray()).as(first.kind()).isNotEqualTo(values);
            }
        }
    }

    /** Half of them negative. */
    private static float[] random(int size) {
        RandomStream stream = RandomStream.of(Fixtures.SEED, "inputs");
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 2 * stream.uniform(i) - 1;
        }
        return values;
    }

    private static float[] run(Network network, Weights weights, boolean onHost, float[] images, int count) {
        ParameterLayout layout = new ParameterLayout(network);
        try (DjlEngine engine = Fixtures.engine();
                NDManager scope = engine.root().newSubManager()) {
            NDArray flat = layout.size() == 0
                    ? scope.zeros(new ai.djl.ndarray.types.Shape(0))
                    : HostBuffer.copyIn(scope, layout.flatten(weights), Shape.of(layout.size()));
            List<NDArray> parameters =
                    layout.cut(flat).stream().flatMap(List::stream).toList();
            NDArray inputs = HostBuffer.copyIn(scope, images, network.input().batchOf(count));
            Script script = new Script(scope, ForwardSource.of(network, onHost));
            try (IValue x = Script.argument(inputs);
                    IValue all = Script.argument(parameters)) {
                return HostBuffer.copyOut(script.run(ForwardSource.ALL, scope, x, all));
            }
        }
    }
}
