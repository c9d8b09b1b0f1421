package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Layer;
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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Each kind of layer computes what its formula says")
class LayerForwardTest {
    private static final DjlEngine ENGINE = Fixtures.engine();

    /** 0 to 15 as an image; with small integers float32 is exact, so results are compared exactly. */
    private static final float[] RAMP = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void convolutionIsACrossCorrelationPlusBias() {
        float[] y = forward(Conv2d.of(1, 2), Shape.of(1, 1, 4, 4), RAMP, new float[] {1, 2, 3, 4}, new float[] {10});
        // At (0, 0): 1*0 + 2*1 + 3*4 + 4*5 + 10 = 44; one step in any direction adds 10 or 40.
        assertThat(y).containsExactly(44, 54, 64, 84, 94, 104, 124, 134, 144);
    }

    @Test
    void convolutionStridesOverPaddingOfZeros() {
        float[] y = forward(
                Conv2d.of(1, 2).withPadding(1).withStride(3),
                Shape.of(1, 1, 4, 4),
                RAMP,
                new float[] {1, 2, 3, 4},
                new float[] {0});
        // Of the first three windows 1, 2 and 2 values are inside the image, of the last one all.
        assertThat(y).containsExactly(4 * 0, 3 * 2 + 4 * 3, 2 * 8 + 4 * 12, 10 + 2 * 11 + 3 * 14 + 4 * 15);
    }

    @Test
    void convolutionSumsOverChannelsAndHasAFilterForEachOutput() {
        float[] y = forward(
                Conv2d.of(2, 1),
                Shape.of(1, 2, 1, 2),
                new float[] {1, 2, 30, 40},
                new float[] {1, 1, 2, -1},
                new float[] {0, 5});
        assertThat(y).containsExactly(31, 42, 2 - 30 + 5, 4 - 40 + 5);
    }

    @Test
    void maxPoolKeepsTheLargestAndLeavesTheRestOut() {
        assertThat(forward(MaxPool2d.of(2), Shape.of(1, 1, 4, 4), RAMP)).containsExactly(5, 7, 13, 15);
        assertThat(forward(new MaxPool2d(3, 2), Shape.of(1, 1, 4, 4), RAMP)).containsExactly(10);
    }

    @Test
    void avgPoolAverages() {
        assertThat(forward(AvgPool2d.of(2), Shape.of(1, 1, 4, 4), RAMP)).containsExactly(2.5f, 4.5f, 10.5f, 12.5f);
        assertThat(forward(new AvgPool2d(2, 1), Shape.of(1, 1, 4, 4), RAMP))
                .containsExactly(2.5f, 3.5f, 4.5f, 6.5f, 7.5f, 8.5f, 10.5f, 11.5f, 12.5f);
    }

    @Test
    void linearMultipliesByTheTransposedWeight() {
        float[] y = forward(
                Linear.of(2),
                Shape.of(2, 3),
                new float[] {1, 2, 3, 4, 5, 6},
                new float[] {1, 0, -1, 1, 1, 1},
                new float[] {100, 200});
        assertThat(y).containsExactly(98, 206, 98, 215);
    }

    @Test
    void reluCutsBelowZero() {
        assertThat(forward(new Relu(), Shape.of(1, 4), new float[] {-1, 0, 0.5f, 3}))
                .containsExactly(0, 0, 0.5f, 3);
    }

    @Test
    void tanhIsTheHyperbolicTangent() {
        float[] x = {-20, -1, 0, 0.25f, 20};
        float[] y = forward(new Tanh(), Shape.of(1, 5), x);
        for (int i = 0; i < x.length; i++) {
            // SLEEF's vector tanh promises one unit in the last place; our reference is rounded by half of one.
            assertThat(Math.abs(y[i] - Math.tanh(x[i]))).isLessThanOrEqualTo(1.5 * Math.ulp((float) Math.tanh(x[i])));
        }
    }

    @Test
    void flattenKeepsRowMajorOrderAndDropoutPassesThrough() {
        assertThat(forward(new Flatten(), Shape.of(2, 2, 2, 2), RAMP)).containsExactly(RAMP);
        assertThat(forward(new Dropout(0.5f), Shape.of(2, 2, 2, 2), RAMP)).containsExactly(RAMP);
    }

    @Test
    void aPredictionKeepsItsValuesWhenTheNextBatchIsRead() {
        // This network only passes its input on, and that lies in memory that every batch is read into.
        Network network = Network.input(1, 2, 2)
                .layer("drop", new Dropout(0.5f))
                .layer("flatten", new Flatten())
                .build();
        Dataset images = Fixtures.images(network, 2);
        float[] first = new float[4];
        images.read(0, first, 0);
        try (Model model = ENGINE.build(network, Weights.zeros(network));
                Tensor one = model.predict(Batch.range(images, 0, 1));
                Tensor two = model.predict(Batch.range(images, 1, 1))) {
            assertThat(two.toArray()).isNotEqualTo(first);
            assertThat(one.toArray()).containsExactly(first);
        }
    }

    @Test
    void layersOneAfterTheOtherGiveThePrediction() {
        Network network = Fixtures.everyLayer();
        Shape shape = network.input().batchOf(5);
        try (Model model = ENGINE.build(network, Weights.initial(network, Fixtures.SEED));
                Tensor input = ENGINE.tensor(shape, Fixtures.random(shape));
                Tensor predicted = model.predict(input)) {
            Tensor x = input;
            for (Layer layer : model.layers()) {
                Tensor y = layer.forward(x);
                assertThat(y.shape()).isEqualTo(layer.spec().output().batchOf(5));
                if (x != input) {
                    x.close();
                }
                x = y;
            }
            assertThat(predicted.shape()).isEqualTo(Shape.of(5, 4));
            assertThat(x.toArray()).containsExactly(predicted.toArray());
            x.close();
        }
    }

    @Test
    void layersHandOutCopiesOfTheirParametersByFullName() {
        Network network = Fixtures.everyLayer();
        Weights weights = Weights.initial(network, Fixtures.SEED);
        try (Model model = ENGINE.build(network, weights)) {
            Layer conv2 = model.layers().get(3);
            assertThat(conv2.parameters().keySet()).containsExactly("conv2.weight", "conv2.bias");
            conv2.parameters().forEach((name, data) -> {
                assertThat(data.values()).as(name).containsExactly(weights.get(name));
                data.values()[0] = Float.NaN;
            });
            assertThat(model.layers().get(1).parameters()).isEmpty();
            weights.tensors()
                    .forEach((name, data) ->
                            assertThat(model.weights().get(name)).as(name).containsExactly(data.values()));
        }
    }

    /** The first layer of a network of one, given its weight and bias. */
    private static float[] forward(LayerSpec spec, Shape shape, float[] x, float[]... parameters) {
        int[] example = new int[shape.rank() - 1];
        for (int i = 0; i < example.length; i++) {
            example[i] = shape.dimension(i + 1);
        }
        Network network = Network.input(example).layer("layer", spec).build();
        Map<String, float[]> values =
                parameters.length == 0 ? Map.of() : Map.of("layer.weight", parameters[0], "layer.bias", parameters[1]);
        Weights weights = Weights.of(network, parameter -> values.getOrDefault(parameter.name(), new float[0]));
        try (Model model = ENGINE.build(network, weights)) {
            Tensor input = ENGINE.tensor(shape, x);
            try (Tensor predicted = model.predict(input);
                    Tensor output = model.layers().get(0).forward(input)) {
                // Nothing may hang on to the input's memory.
                input.close();
                assertThat(output.toArray()).containsExactly(predicted.toArray());
                return output.toArray();
            }
        }
    }
}
