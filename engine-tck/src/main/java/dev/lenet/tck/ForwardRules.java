package dev.lenet.tck;

import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.LayerCase;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.SampleWeights;
import dev.lenet.tck.sample.Special;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chapter 3 of the contract: what each kind of layer computes. */
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
        checkSpecialValues(layer);
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
        checkSpecialValues(layer);
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
        checkSpecialValues(layer);
    }

    /**
     * Flatten keeps all values, also the sign of a zero, row-major: channel by channel, row by row.
     *
     * <p>When it fails: an engine whose images lie in memory in another order (channels last, or several images
     * interleaved) has to put them back into [C, H, W] here.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#flattenings")
    default void rule_3_7_flattenKeepsTheOrder(LayerCase layer) {
        checkPassedOn(layer);
    }

    /**
     * Dropout changes nothing in a prediction, not even the sign of a zero.
     *
     * <p>When it fails: does the layer know that it is predicting, also when it is run alone with {@code forward}?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#dropouts")
    default void rule_3_8_dropoutPassesPredictionsThrough(LayerCase layer) {
        checkPassedOn(layer);
    }

    /**
     * Dropout changes nothing in a prediction either when the model has been training.
     *
     * <p>When it fails: is "training" a state of the model that a step switches on and nothing switches off?
     */
    @Test
    default void rule_3_8_dropoutPassesPredictionsThroughBetweenSteps() {
        Network network = Networks.everyLayer();
        RandomExamples data = new RandomExamples(network.input(), EXAMPLES, 4, SEED);
        try (Engine engine = open();
                Model model = engine.build(network, SampleWeights.of(network, SEED));
                Trainer trainer = engine.trainer(model, ContractRules.spec(new Optimizer.Sgd(), EXAMPLES))) {
            for (int step = 0; step < 3; step++) {
                trainer.step(data.all(), 0.1);
                Outputs.check(engine, model, model.weights(), data.all());
            }
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
        Weights initial = SampleWeights.of(network, SEED);
        float[] values = Run.values(new RandomExamples(layer.input(), 2, 2, SEED).all());
        for (float scale : new float[] {1e-30f, 1e-20f, 1e20f, 1e30f}) {
            // The weights take it back to numbers of about 1, or leave it as it is.
            for (float weightScale : new float[] {1, 1 / scale}) {
                // A bias is as large as the products it is added to: neither drowns the other.
                float biasScale = scale * weightScale;
                Weights weights = Weights.of(
                        network,
                        parameter -> Special.scaled(
                                initial.get(parameter.name()),
                                parameter.name().endsWith(".bias") ? biasScale : weightScale));
                try (Engine engine = open()) {
                    Outputs.check(engine, network, weights, Special.scaled(values, scale), 2);
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
        float[] values = Run.values(new RandomExamples(layer.input(), 3, 2, SEED).all());
        int size = layer.input().size();
        for (int position : new int[] {0, size / 2, size - 1}) {
            float[] withNaN = values.clone();
            withNaN[size + position] = Float.NaN;
            try (Engine engine = open()) {
                Outputs.check(engine, layer.network(), withNaN, 3);
            }
        }
    }

    /**
     * The sigmoid is within the roundings of its formula, from the tiniest values to 1.
     *
     * <p>When it fails: {@code 0.5 * (1 + tanh(x / 2))} loses all digits of small values; {@code exp(x) / (1 + exp(x))} is
     * NaN for large ones.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#sigmoids")
    default void rule_3_14_theSigmoidIsAccurateEverywhere(LayerCase layer) {
        checkLayer(layer);
        checkSpecialValues(layer);
    }

    /**
     * A leaky rectifier gives exactly the value, or the product with the slope where it is not above zero.
     *
     * <p>When it fails: is the slope the layer's own, and not the usual 0.01?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#leakyRectifiers")
    default void rule_3_15_aLeakyRectifierKeepsOrScales(LayerCase layer) {
        checkLayer(layer);
        checkSpecialValues(layer);
    }

    /**
     * A smooth unit is its formula, see {@link dev.lenet.api.network.SmoothUnit}.
     *
     * <p>When it fails: is a large negative value times a power that overflows a NaN; is it the function itself, and not an
     * approximation of it, such as Gelu's with a tanh or with a sigmoid of 1.702 x?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#smoothUnits")
    default void rule_3_16_aSmoothUnitIsItsFormula(LayerCase layer) {
        checkLayer(layer);
        checkSpecialValues(layer);
    }

    /**
     * Global average-pooling is the average of each channel, in a vector.
     *
     * <p>When it fails: is the divisor the number of pixels, and not of values; is the output [C] and not [C, 1, 1]; are
     * lanes or columns that pad a row left out?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#globalPoolings")
    default void rule_3_17_globalAveragePoolingIsItsFormula(LayerCase layer) {
        checkLayer(layer);
    }

    /**
     * A residual gives the sum of what its layers give and of its input, or the input's projection.
     *
     * <p>When it fails: is the input still what it was when it is added, or has a layer of the block written over it; does the
     * projection read the input and not what the layers made of it?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#residuals")
    default void rule_3_19_aResidualIsASum(LayerCase layer) {
        checkLayer(layer);
    }

    /** A layer alone on noise. */
    private void checkLayer(LayerCase layer) {
        float[] values = Run.values(new RandomExamples(layer.input(), EXAMPLES, 2, SEED).all());
        try (Engine engine = open()) {
            Outputs.check(engine, layer.network(), values, EXAMPLES);
        }
    }

    /** A layer alone on numbers of all sizes. */
    private void checkSpecialValues(LayerCase layer) {
        try (Engine engine = open()) {
            Outputs.check(engine, layer.network(), specialValues(layer), EXAMPLES);
        }
    }

    /** A layer alone that changes nothing. */
    private void checkPassedOn(LayerCase layer) {
        try (Engine engine = open()) {
            Outputs.checkPassedOn(engine, layer.network(), specialValues(layer), EXAMPLES);
        }
    }

    private static float[] specialValues(LayerCase layer) {
        return Special.values(EXAMPLES * layer.input().size());
    }
}
