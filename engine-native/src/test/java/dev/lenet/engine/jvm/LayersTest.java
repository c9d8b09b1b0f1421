package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.Shape;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.AvgPool2d;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LayerSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Tanh;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fused and single layers against plain loops in double precision. */
class LayersTest {
    private final NativeEngine engine = new NativeEngine(new ScalarKernels(), 2);

    @AfterEach
    void close() {
        engine.close();
    }

    /** Kernels, strides and paddings over odd and even pictures, with and without what is fused behind them. */
    static List<Network> networks() {
        List<Network> networks = new ArrayList<>();
        for (int kernel : new int[] {1, 3, 5, 7}) {
            for (int stride : new int[] {1, 2, 3}) {
                for (int padding : new int[] {0, kernel / 2, kernel - 1}) {
                    networks.add(Network.input(2, 9, 8)
                            .layer("conv", new Conv2d(3, kernel, stride, padding))
                            .build());
                }
            }
        }
        for (int width : new int[] {1, 2}) {
            // Narrower than the padding: some taps see nothing of the picture.
            networks.add(Network.input(1, 1, width)
                    .layer("conv", Conv2d.of(2, 7).withPadding(3))
                    .build());
        }
        Conv2d conv = Conv2d.of(3, 3).withPadding(1);
        for (LayerSpec pool : List.of(
                MaxPool2d.of(2), new MaxPool2d(3, 2), new MaxPool2d(2, 3), AvgPool2d.of(2), new AvgPool2d(3, 1))) {
            networks.add(Network.input(2, 7, 6)
                    .layer("conv", conv)
                    .layer("pool", pool)
                    .build());
            networks.add(Network.input(2, 7, 6)
                    .layer("conv", conv)
                    .layer("relu", new Relu())
                    .layer("pool", pool)
                    .build());
            networks.add(Network.input(2, 7, 6).layer("pool", pool).build());
        }
        networks.add(Network.input(2, 5, 5)
                .layer("conv", conv)
                .layer("relu", new Relu())
                .layer("conv2", conv)
                .layer("tanh", new Tanh())
                .layer("drop", new Dropout(0.5f))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(17))
                .layer("relu2", new Relu())
                .layer("fc2", Linear.of(3))
                .build());
        networks.add(Network.input(4, 5)
                .layer("flatten", new Flatten())
                .layer("tanh", new Tanh())
                .layer("fc", Linear.of(3))
                .layer("relu", new Relu())
                .layer("relu2", new Relu())
                .build());
        return networks;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void predictionIsWhatTheFormulasSay(Network network) {
        Weights weights = Weights.initial(network, 3);
        NaiveNetwork naive = new NaiveNetwork(network, weights);
        RandomExamples data = new RandomExamples(network.input(), 17, 3, 11);
        try (Model model = engine.build(network, weights);
                Tensor logits = model.predict(data.all())) {
            assertThat(logits.shape()).isEqualTo(network.output().batchOf(17));
            float[] actual = logits.toArray();
            int classes = network.output().size();
            for (int i = 0; i < data.size(); i++) {
                double[] expected = naive.predict(data.example(i));
                for (int k = 0; k < classes; k++) {
                    assertThat((double) actual[i * classes + k])
                            .as("example %d, output %d of%n%s", i, k, network)
                            .isCloseTo(expected[k], within(bound(network)));
                }
            }
        }
    }

    /**
     * Inputs are below 1 and so are the sums of magnitudes each layer makes of them, up to sqrt(fan-in) by the initial
     * weights' bound; the terms of all layers' sums together bound the growth of the error through the network.
     */
    private static double bound(Network network) {
        int terms = network.parameters().stream().mapToInt(p -> p.fanIn() + 1).sum() + 49;
        double magnitude = network.parameters().stream()
                .mapToDouble(p -> Math.sqrt(p.fanIn()) + 1)
                .max()
                .orElse(1);
        return RoundingBound.ofSum(terms, magnitude);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 48, 50})
    void layersOneByOneGiveWhatTheFusedNetworkGives(int count) {
        Network network = networks().get(networks().size() - 2);
        RandomExamples data = new RandomExamples(network.input(), count, 3, 5);
        float[] values = new float[count * network.input().size()];
        for (int i = 0; i < count; i++) {
            data.read(i, values, i * network.input().size());
        }
        try (Model model = engine.build(network, Weights.initial(network, 4));
                Tensor examples = engine.tensor(network.input().batchOf(count), values);
                Tensor whole = model.predict(examples)) {
            Tensor current = examples;
            for (var layer : model.layers()) {
                current = layer.forward(current);
            }
            assertThat(current.toArray()).containsExactly(whole.toArray());
            assertThat(model.predict(data.all()).toArray()).containsExactly(whole.toArray());
        }
    }

    @Test
    void aNaNIsNotLostInReluOrPooling() {
        Network network = Network.input(1, 2, 2)
                .layer("pool", MaxPool2d.of(2))
                .layer("relu", new Relu())
                .build();
        try (Model model = engine.build(network, Weights.zeros(network));
                Tensor input = engine.tensor(Shape.of(1, 1, 2, 2), new float[] {1, Float.NaN, 3, -1});
                Tensor output = model.predict(input)) {
            assertThat(output.toArray()).containsExactly(Float.NaN);
        }
    }
}
