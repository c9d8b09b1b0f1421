package dev.lenet.tck;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.LayerCase;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.SampleWeights;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of chapters 3, 4 and 5 of the contract about normalisations, and what these keep for themselves. */
public interface NormalisationRules extends ContractRules {

    /**
     * Group normalisation is the formula of {@link dev.lenet.api.network.GroupNorm}.
     *
     * <p>When it fails: is the variance divided by the number of values and not by one less; is epsilon added to the variance and
     * not to its root; is a group of neighbouring channels, of one example; is the variance the mean of squared distances? The
     * difference of the mean square and the squared mean loses the digits of values that are far from zero.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#groupNorms")
    default void rule_3_18_groupNormalisationIsItsFormula(LayerCase layer) {
        checkOutputs(layer, noise(layer));
        float[] far = noise(layer);
        for (int i = 0; i < far.length; i++) {
            far[i] += 100;
        }
        checkOutputs(layer, far);
    }

    /**
     * Batch normalisation predicts with its running mean and variance: no example sees another.
     *
     * <p>When it fails: is the variance {@code running_var}, to which epsilon is added, and not its root; does the layer know that
     * it is predicting, also when it is run alone with {@code forward}?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.sample.LayerCase#batchNorms")
    default void rule_3_20_batchNormalisationPredictsWithItsRunningNumbers(LayerCase layer) {
        checkOutputs(layer, noise(layer));
    }

    /**
     * What is not trainable has gradients of zero, and does not move when gradients are asked for; those of the rest go through
     * the mean and the variance of the whole batch, however many examples it has.
     *
     * <p>When it fails: is the batch normalised in parts (of a block, of a thread, of a device); are running numbers updated where
     * no step is made?
     */
    @ParameterizedTest(name = "{0} of " + GradientRules.ANNOUNCED)
    @ValueSource(ints = {GradientRules.ANNOUNCED, 65, 33, 32, 31, 17, 16, 2, 1})
    default void rule_4_13_aBatchIsNormalisedAsAWhole(int size) {
        Network network = Networks.normalised();
        Weights weights = SampleWeights.of(network, SEED);
        Batch batch = new RandomExamples(network.input(), GradientRules.ANNOUNCED, 4, SEED).shuffled(0, size);
        GradientCheck.check(this, size + " of " + GradientRules.ANNOUNCED, network, weights, batch, 0, name -> true);
        try (Engine engine = open();
                Model model = engine.build(network, weights);
                Trainer trainer =
                        engine.trainer(model, ContractRules.spec(new Optimizer.Sgd(), GradientRules.ANNOUNCED))) {
            trainer.gradients(batch);
            Bits.assertSameBits("weights after a look at the gradients", model.weights(), weights);
        }
    }

    /**
     * A step moves running means and variances towards those of the batch; the optimizer, weight decay, clipping and the average
     * leave them alone.
     *
     * <p>When it fails: is the running variance that of the batch without a bias, {@code n / (n - 1)} times the one that values are
     * divided by; is the momentum the share of the new one, and not of the old one; is the array of all weights decayed at once?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.NormalisationRules#decaying")
    default void rule_5_14_runningNumbersFollowTheBatches(Optimizer optimizer) {
        Network network = Networks.normalised();
        RandomExamples data = new RandomExamples(network.input(), 60, 4, SEED);
        TrainingSpec spec = ContractRules.spec(optimizer, 40).withClipNorm(0.1).withAverageDecay(0.9);
        try (Engine engine = open();
                Model model = engine.build(network, SampleWeights.of(network, SEED));
                Trainer trainer = engine.trainer(model, spec)) {
            for (int size : new int[] {40, 1, 33, 7}) {
                Steps.check(trainer, network, spec, data.shuffled(3, size), 0.1);
                Outputs.check(engine, model, model.weights(), data.shuffled(5, 5));
            }
        }
    }

    /** With weight decay in the gradient, and beside it. */
    static Stream<Optimizer> decaying() {
        return Stream.of(
                new Optimizer.Sgd(),
                new Optimizer.Sgd(0.5, 0.1),
                new Optimizer.Adam(0.9, 0.999, 1e-8, 0.1, false),
                new Optimizer.Adam(0.9, 0.999, 1e-8, 0.1, true));
    }

    /** A layer alone. */
    private void checkOutputs(LayerCase layer, float[] values) {
        try (Engine engine = open()) {
            Outputs.check(engine, layer.network(), values, ForwardRules.EXAMPLES);
        }
    }

    private static float[] noise(LayerCase layer) {
        return Run.values(new RandomExamples(layer.input(), ForwardRules.EXAMPLES, 2, SEED).all());
    }
}
