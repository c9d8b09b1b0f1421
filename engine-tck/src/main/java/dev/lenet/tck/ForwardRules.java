package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.NetworkOracle;
import dev.lenet.tck.sample.FixedExamples;
import dev.lenet.tck.sample.LayerCase;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.RandomNetworks;
import dev.lenet.tck.sample.Special;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chapter 3 of the contract: what predictions are. */
public interface ForwardRules extends ContractRules {

    /** More than one register of every width, and a rest. */
    int EXAMPLES = 17;

    /**
     * A convolution is the formula of {@link dev.lenet.api.network.Conv2d}.
     *
     * <p>When it fails: is the kernel flipped (it must not be); is the padding the same on all sides; does the stride
     * apply to both directions; are channels and filters in the order [filters, C, K, K]; is the last column computed
     * where the width is no multiple of a register?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#convolutions")
    default void rule_3_1_aConvolutionIsItsFormula(LayerCase layer) {
        checkLayer(layer);
    }

    /**
     * A linear layer is the formula of {@link dev.lenet.api.network.Linear}.
     *
     * <p>When it fails: is the weight read as [outputs, features] and not the other way round; is the bias added once?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#linears")
    default void rule_3_2_aLinearLayerIsItsFormula(LayerCase layer) {
        checkLayer(layer);
    }

    /**
     * Max-pooling gives exactly the largest value of each window.
     *
     * <p>When it fails: does the search start at a number of the window (and not at 0, which is wrong for negative ones);
     * are windows that reach over the lower or right edge left out; do overlapping windows keep their stride?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#maxPoolings")
    default void rule_3_3_maxPoolingKeepsTheLargest(LayerCase layer) {
        checkLayer(layer);
    }

    /**
     * Average-pooling is the formula of {@link dev.lenet.api.network.AvgPool2d}.
     *
     * <p>When it fails: is the divisor always K * K; are windows that reach over the edge left out?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#averagePoolings")
    default void rule_3_4_averagePoolingIsItsFormula(LayerCase layer) {
        checkLayer(layer);
    }

    /**
     * A rectifier gives exactly the value, or zero where it is negative.
     *
     * <p>When it fails: is the layer applied in every network, also as the first layer and behind another rectifier?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#rectifiers")
    default void rule_3_5_aRectifierKeepsOrZeroes(LayerCase layer) {
        checkLayer(layer);
    }

    /**
     * The hyperbolic tangent is within two units in the last place, from tiny values to the flat ends.
     *
     * <p>When it fails: formulas with exp lose all digits near zero ({@code (e^x - e^-x) / 2}) and overflow for large
     * values; use a library's tanh, or {@code expm1}.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#tangents")
    default void rule_3_6_theTangentIsAccurateEverywhere(LayerCase layer) {
        checkLayer(layer);
        float[] values = Special.values(layer.input().size());
        try (Engine engine = open()) {
            checkPredictions(engine, layer.network(), values, 1);
        }
    }

    /**
     * Flatten keeps all values, row-major: channel by channel, row by row.
     *
     * <p>When it fails: an engine whose images lie in memory in another order (channels last, or several images
     * interleaved) has to put them back into [C, H, W] here.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#flattenings")
    default void rule_3_7_flattenKeepsTheOrder(LayerCase layer) {
        checkLayer(layer);
    }

    /**
     * Dropout changes nothing in a prediction.
     *
     * <p>When it fails: does the layer know that it is predicting, also when it is run alone with {@code forward}?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#dropouts")
    default void rule_3_8_dropoutPassesPredictionsThrough(LayerCase layer) {
        checkLayer(layer);
    }

    /**
     * Dropout changes nothing in a prediction either when the model has been training.
     *
     * <p>When it fails: is "training" a state of the model that a step switches on and nobody switches off?
     */
    @Test
    default void rule_3_8_dropoutPassesPredictionsThroughBetweenSteps() {
        Network network = Networks.everyLayer();
        RandomExamples data = new RandomExamples(network.input(), EXAMPLES, 4, SEED);
        try (Engine engine = open();
                Model model = engine.build(network, Weights.initial(network, SEED));
                Trainer trainer = engine.trainer(model, ContractRules.spec(new Optimizer.Sgd(), EXAMPLES))) {
            for (int step = 0; step < 3; step++) {
                trainer.step(data.all(), 0.1);
                NetworkOracle oracle = new NetworkOracle(network, model.weights());
                try (Tensor outputs = model.predict(data.all())) {
                    checkOutputs("after step " + (step + 1), oracle, data.all(), outputs);
                }
            }
        }
    }

    /**
     * A whole network gives what its layers give one after the other: the oracle's results.
     *
     * <p>When it fails and rules 3.1 to 3.8 hold: look at where layers are fused, and at buffers that one layer writes
     * and another one reads. The seed in the test's name gives the network again.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.lenet.tck.ContractRules#seeds")
    default void rule_3_9_aNetworkIsItsLayersOneAfterTheOther(long seed) {
        Network network = RandomNetworks.of(seed);
        Weights weights = Weights.initial(network, seed);
        NetworkOracle oracle = new NetworkOracle(network, weights);
        Batch batch = new RandomExamples(network.input(), 5, 2, seed).all();
        try (Engine engine = open();
                Model model = engine.build(network, weights)) {
            try (Tensor outputs = model.predict(batch)) {
                checkOutputs("predict, seed " + seed + "\n" + network, oracle, batch, outputs);
            }
            float[] values = examples(batch);
            for (int i = 0; i < model.layers().size(); i++) {
                Layer layer = model.layers().get(i);
                try (Tensor input = engine.tensor(layer.spec().input().batchOf(5), values);
                        Tensor output = layer.forward(input)) {
                    float[] received = output.toArray();
                    int inputSize = layer.spec().input().size();
                    int outputSize = layer.spec().output().size();
                    for (int n = 0; n < 5; n++) {
                        Approximation expected =
                                oracle.layer(i).forward(Approximation.exact(slice(values, n * inputSize, inputSize)));
                        String what = layer.spec() + ", example " + n + ", seed " + seed;
                        Agreement.check(what, received, n * outputSize, outputSize, expected);
                    }
                    values = received;
                }
            }
        }
    }

    /**
     * Every example of a batch gives the same whatever the size of the batch.
     *
     * <p>When it fails: look at the rest that is left when the batch is cut into blocks; are lanes without an example
     * kept out of the results?
     */
    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100})
    default void rule_3_10_anyNumberOfExamplesMayCome(int count) {
        Network network = Networks.everyLayer();
        Weights weights = Weights.initial(network, SEED);
        Batch batch = new RandomExamples(network.input(), count, 4, SEED).all();
        try (Engine engine = open();
                Model model = engine.build(network, weights);
                Tensor outputs = model.predict(batch)) {
            checkOutputs(count + " examples", new NetworkOracle(network, weights), batch, outputs);
        }
    }

    /**
     * Very large and very small numbers are computed with as any other.
     *
     * <p>When it fails: is something multiplied or divided on the way by more than the formula says; is a sum kept in a
     * format with a smaller range?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#all")
    default void rule_3_11_veryLargeAndVerySmallNumbersAreNumbers(LayerCase layer) {
        Network network = layer.network();
        float[] values = examples(new RandomExamples(layer.input(), 2, 2, SEED).all());
        for (float scale : new float[] {1e-30f, 1e-20f, 1e20f, 1e30f}) {
            // The weights take it back to numbers of about 1, or leave it as it is.
            for (float weightScale : new float[] {1, 1 / scale}) {
                Weights weights = Special.scaled(network, Weights.initial(network, SEED), weightScale);
                try (Engine engine = open()) {
                    checkPredictions(engine, network, weights, Special.scaled(values, scale), 2);
                }
            }
        }
    }

    /**
     * A NaN in an example comes out where the formulas say so, and nowhere else.
     *
     * <p>When it fails: comparisons with NaN are false, so {@code x > 0 ? x : 0} and {@code x > largest} hide it; write
     * the comparison the other way round, or use {@code Math.max}.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#all")
    default void rule_3_12_aNaNIsNotHidden(LayerCase layer) {
        float[] values = examples(new RandomExamples(layer.input(), 3, 2, SEED).all());
        int size = layer.input().size();
        for (int position : new int[] {0, size / 2, size - 1}) {
            float[] withNaN = values.clone();
            withNaN[size + position] = Float.NaN;
            try (Engine engine = open()) {
                checkPredictions(engine, layer.network(), withNaN, 3);
            }
        }
    }

    /** As the rule before, where layers may be fused. */
    @Test
    default void rule_3_12_aNaNIsNotHiddenInAWholeNetwork() {
        Network network = Networks.rectified();
        float[] values = examples(new RandomExamples(network.input(), 3, 4, SEED).all());
        values[network.input().size() + network.input().size() / 2] = Float.NaN;
        try (Engine engine = open()) {
            checkPredictions(engine, network, values, 3);
        }
    }

    /**
     * The same prediction twice gives the same bits.
     *
     * <p>When it fails: do threads add to the same sum in the order in which they happen to come?
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.lenet.tck.ContractRules#seeds")
    default void rule_3_13_thePredictionCanBeRepeated(long seed) {
        Network network = RandomNetworks.of(seed);
        Batch batch = new RandomExamples(network.input(), 65, 2, seed).all();
        try (Engine engine = open();
                Model model = engine.build(network, Weights.initial(network, seed))) {
            float[] first;
            try (Tensor outputs = model.predict(batch)) {
                first = outputs.toArray();
            }
            for (int i = 0; i < 5; i++) {
                try (Tensor outputs = model.predict(batch)) {
                    assertThat(outputs.toArray()).as("seed %d", seed).containsExactly(first);
                }
            }
        }
    }

    /** A layer alone on noise. */
    private void checkLayer(LayerCase layer) {
        float[] values = examples(new RandomExamples(layer.input(), EXAMPLES, 2, SEED).all());
        try (Engine engine = open()) {
            checkPredictions(engine, layer.network(), values, EXAMPLES);
        }
    }

    private static void checkPredictions(Engine engine, Network network, float[] values, int count) {
        checkPredictions(engine, network, Weights.initial(network, SEED), values, count);
    }

    /** Predicting a tensor, predicting a batch, and running the layers one by one, all against the oracle. */
    private static void checkPredictions(Engine engine, Network network, Weights weights, float[] values, int count) {
        NetworkOracle oracle = new NetworkOracle(network, weights);
        Batch batch = new FixedExamples(network.input(), values, new int[count], 2).all();
        Shape shape = network.input().batchOf(count);
        try (Model model = engine.build(network, weights);
                Tensor input = engine.tensor(shape, values);
                Tensor predicted = model.predict(input);
                Tensor ofBatch = model.predict(batch)) {
            checkOutputs("predict(Tensor)", oracle, batch, predicted);
            checkOutputs("predict(Batch)", oracle, batch, ofBatch);
            Tensor x = engine.tensor(shape, values);
            for (Layer layer : model.layers()) {
                Tensor y = layer.forward(x);
                x.close();
                x = y;
            }
            checkOutputs("layer by layer", oracle, batch, x);
            x.close();
        }
    }

    private static void checkOutputs(String what, NetworkOracle oracle, Batch batch, Tensor outputs) {
        float[] received = outputs.toArray();
        int size = received.length / batch.size();
        float[] values = examples(batch);
        int exampleSize = batch.dataset().exampleShape().size();
        for (int n = 0; n < batch.size(); n++) {
            Approximation expected = oracle.predict(slice(values, n * exampleSize, exampleSize));
            Agreement.check(what + ", example " + n, received, n * size, size, expected);
        }
    }

    /** The values of a batch, example after example. */
    private static float[] examples(Batch batch) {
        int size = batch.dataset().exampleShape().size();
        float[] values = new float[batch.size() * size];
        for (int n = 0; n < batch.size(); n++) {
            batch.read(n, values, n * size);
        }
        return values;
    }

    private static float[] slice(float[] values, int from, int size) {
        return java.util.Arrays.copyOfRange(values, from, from + size);
    }
}
