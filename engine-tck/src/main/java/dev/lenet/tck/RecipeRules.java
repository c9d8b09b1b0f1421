package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.NetworkOracle;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.OtherExamples;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.SampleWeights;
import dev.lenet.tck.sample.SoftLabels;
import dev.lenet.tck.sample.Special;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Chapters 4 and 5 of the contract, continued: what a {@link TrainingSpec} adds to a plain step. */
public interface RecipeRules extends ContractRules {

    /** So small that a loss is all there is to it. */
    Network LOSS_NETWORK = Networks.of(Linear.of(5), 4);

    /**
     * Label smoothing spreads a part of the target over all classes, in the loss and in the gradient, for logits of any
     * size.
     *
     * <p>When it fails: does the true class have its share of the part that is spread; is that part divided by the number of
     * classes, and not by one less; is the loss that is reported the smoothed one?
     */
    @ParameterizedTest(name = "{0}, logits of about {1}")
    @CsvSource({"0.1, 1", "0.1, 104", "0.5, 1e-30", "0.5, 1e4", "0.95, 1", "0.95, 1e30"})
    default void rule_4_11_labelSmoothingSpreadsTheTarget(double smoothing, float size) {
        checkLoss(new Loss.SoftmaxCrossEntropy(smoothing), lossExamples(), size);
    }

    /**
     * Distillation aims at the soft labels of the batch, and not at the labels of its examples, at every temperature and for
     * logits of any size.
     *
     * <p>When it fails: are logits divided by the temperature; is the loss multiplied with its square, and the gradient with
     * the temperature; is the entropy of the soft labels taken off the loss; does a probability of 0 count as 0, and not as NaN;
     * are soft labels those of example i of the batch, and not of a row of the data set; has a part of a batch its own?
     */
    @ParameterizedTest(name = "at {0}, logits of about {1}")
    @CsvSource({"1, 1", "4, 1", "4, 104", "2.5, 1e-30", "20, 1e4", "0.5, 3", "3, 1e30"})
    default void rule_4_12_distillationAimsAtSoftLabels(double temperature, float size) {
        checkLoss(new Loss.Distillation(temperature), SoftLabels.of(lossExamples(), SEED), size);
    }

    /**
     * Without soft labels distillation aims at the labels: their classes with a probability of 1.
     *
     * <p>When it fails: see the rule's other test.
     */
    @Test
    default void rule_4_12_distillationTakesLabelsForCertain() {
        checkLoss(new Loss.Distillation(2), lossExamples(), 1);
    }

    /** Some rows in random order: example i is another row than i. */
    private static Batch lossExamples() {
        return new RandomExamples(LOSS_NETWORK.input(), 12, 5, SEED).shuffled(3, 7);
    }

    private void checkLoss(Loss loss, Batch batch, float size) {
        Weights weights = Special.scaled(LOSS_NETWORK, SampleWeights.of(LOSS_NETWORK, SEED), size);
        BatchResult expected = new NetworkOracle(LOSS_NETWORK, weights).train(batch, loss, SEED, 0);
        try (Engine engine = open();
                Model model = engine.build(LOSS_NETWORK, weights);
                Trainer trainer = engine.trainer(model, new TrainingSpec(new Optimizer.Sgd(), loss, 9, SEED))) {
            Weights received = trainer.gradients(batch);
            expected.gradients()
                    .forEach((name, gradient) -> Agreement.check("gradient of " + name, received.get(name), gradient));
            trainer.step(batch, 0);
            Agreement.check("loss", trainer.drainMetrics().losses(), expected.loss());
        }
    }

    /**
     * Gradients that are too long are scaled to the limit by one factor, and then go where others go.
     *
     * <p>When it fails: is the norm that of all parameters together, weights and biases; is 1e-6 added to it; is the batch's
     * mean gradient clipped, and not each example's, before decay is added to it and before the moments see it?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.RecipeRules#clipping")
    default void rule_5_10_longGradientsAreClipped(TrainingSpec spec) {
        try (Engine engine = open()) {
            Steps.checkMany(engine, spec);
        }
    }

    /**
     * What is added to the norm counts where gradients are hardly longer than that. With all weights at zero and as many
     * examples of the one class as of the other, those of the biases cancel, and those of the weights are as small as the
     * examples.
     *
     * <p>When it fails: is it 1e-6, and added to the root, not under it?
     */
    @Test
    default void rule_5_10_theMarginIsAddedToTheNorm() {
        Network network = Networks.of(Linear.of(2), 5);
        Dataset tiny = new OtherExamples(new RandomExamples(network.input(), 8, 2, SEED)) {
            @Override
            public void read(int row, float[] target, int offset) {
                super.read(row, target, offset);
                for (int i = offset; i < offset + exampleShape().size(); i++) {
                    target[i] *= 1e-5f;
                }
            }

            @Override
            public int label(int row) {
                return row % 2;
            }
        };
        TrainingSpec spec = ContractRules.spec(new Optimizer.Sgd(), 8).withClipNorm(1e-7);
        try (Engine engine = open();
                Model model = engine.build(network, Weights.zeros(network));
                Trainer trainer = engine.trainer(model, spec)) {
            Steps.check(trainer, network, spec, Batch.range(tiny, 0, 8), 1);
        }
    }

    /**
     * {@code gradients} gives them as they are before clipping.
     *
     * <p>When it fails: is a step's memory clipped where it stands, and given out?
     */
    @Test
    default void rule_5_10_gradientsThatAreAskedForAreNotClipped() {
        try (Engine engine = open();
                Model model = engine.build(Run.NETWORK, SampleWeights.of(Run.NETWORK, SEED))) {
            Weights whole = gradients(engine, model, Run.SPEC.withClipNorm(0));
            Weights clipped = gradients(engine, model, Run.SPEC.withClipNorm(1e-3));
            Bits.assertSameBits("gradients of a trainer that clips", clipped, whole);
        }
    }

    private static Weights gradients(Engine engine, Model model, TrainingSpec spec) {
        try (Trainer trainer = engine.trainer(model, spec)) {
            return trainer.gradients(Run.batch(0));
        }
    }

    /**
     * Gradients that are short enough stay as they are, to the bit.
     *
     * <p>When it fails: is the factor at most 1, and exactly 1 then?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.TrainingRules#optimizers")
    default void rule_5_11_shortGradientsAreLeftAlone(Optimizer optimizer) {
        TrainingSpec spec = ContractRules.spec(optimizer, Run.BATCH);
        try (Engine engine = open()) {
            TrainerState clipping = run(engine, spec.withClipNorm(1e6));
            Bits.assertSameState("a run with a limit that is never reached", clipping, run(engine, spec));
        }
    }

    /**
     * The average takes in the weights after each update, whatever optimizer made it.
     *
     * <p>When it fails: are they the weights after the update; is {@code 1 - decay} computed in double precision; is the
     * correction for the start at zero left to who reads the average?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.RecipeRules#averaging")
    default void rule_5_12_theAverageFollowsTheWeights(TrainingSpec spec) {
        try (Engine engine = open()) {
            Steps.checkMany(engine, spec);
        }
    }

    /**
     * Keeping an average changes nothing else by a bit: neither weights, nor losses, nor the optimizer's memory.
     *
     * <p>When it fails: is the average another array than the weights and the velocity, also for an optimizer that
     * remembers nothing; do predictions go on with the weights?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.TrainingRules#optimizers")
    default void rule_5_13_averagingChangesNothingElse(Optimizer optimizer) {
        TrainingSpec spec = ContractRules.spec(optimizer, Run.BATCH);
        try (Engine engine = open()) {
            TrainerState averaging = run(engine, spec.withAverageDecay(0.9));
            Map<String, Weights> slots = new HashMap<>(averaging.slots());
            assertThat(slots.remove(TrainingSpec.AVERAGE)).as("the average").isNotNull();
            Bits.assertSameState(
                    "a run with an average",
                    new TrainerState(averaging.step(), averaging.weights(), slots),
                    run(engine, spec));
        }
    }

    /**
     * The average can be predicted with, and the run goes on as if it had not been.
     *
     * <p>When it fails: see rules 6.6 and 6.7.
     */
    @Test
    default void rule_5_13_lookingAtTheAverageChangesNothing() {
        try (Engine engine = open();
                Run watched = Run.on(engine);
                Run alone = Run.on(engine)) {
            for (int step = 0; step < 4; step++) {
                watched.go(1);
                float[] loss = watched.losses();
                TrainerState state = watched.trainer.state();
                Weights averaged = state.averaged(Run.NETWORK, Run.SPEC);
                watched.model.load(averaged);
                Outputs.check(engine, watched.model, averaged, Run.batch(step));
                watched.model.load(state.weights());
                alone.go(1);
                Bits.assertSameBits("loss", loss, alone.losses());
            }
            Bits.assertSameState("a run that was watched", watched.trainer.state(), alone.trainer.state());
        }
    }

    /** The state after some steps, whose losses and predictions count as well. */
    private static TrainerState run(Engine engine, TrainingSpec spec) {
        try (Model model = engine.build(Run.NETWORK, SampleWeights.of(Run.NETWORK, SEED));
                Trainer trainer = engine.trainer(model, spec)) {
            for (int step = 0; step < 6; step++) {
                trainer.step(Run.batch(step), 0.02);
            }
            Bits.assertSameBits("weights", model.weights(), trainer.state().weights());
            return trainer.state();
        }
    }

    /** A limit that some of these runs' gradients are above, with every optimizer; and one that all are. */
    static Stream<TrainingSpec> clipping() {
        Stream<TrainingSpec> some = TrainingRules.optimizers()
                .map(optimizer -> ContractRules.spec(optimizer, 20).withClipNorm(0.4));
        Stream<TrainingSpec> all = Stream.of(new Optimizer.Sgd(0.5, 0.1), new Optimizer.Adam())
                .map(optimizer -> ContractRules.spec(optimizer, 20).withClipNorm(1e-3));
        return Stream.concat(some, all);
    }

    /** One that forgets at once, one that hardly does, and an optimizer with each number of slots. */
    static List<TrainingSpec> averaging() {
        return List.of(
                ContractRules.spec(new Optimizer.Sgd(), 20).withAverageDecay(0.1),
                ContractRules.spec(new Optimizer.Sgd(0.9, 0.1), 20).withAverageDecay(0.5),
                ContractRules.spec(new Optimizer.Adam(), 20).withAverageDecay(0.999));
    }
}
