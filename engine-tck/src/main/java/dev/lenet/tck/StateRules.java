package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.RandomStream;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.SampleWeights;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chapter 6 of the contract: what a trainer's state is, and how a run goes on from one, or from other weights. */
public interface StateRules extends ContractRules {

    /**
     * A new trainer's state is step 0, the model's weights, and slots of zeros under the specification's names.
     *
     * <p>When it fails: are slots created with the trainer, and not with its first step?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.StateRules#specs")
    default void rule_6_1_aNewStateIsAllZeros(TrainingSpec spec) {
        Weights weights = SampleWeights.of(Run.NETWORK, SEED);
        Map<String, Weights> zeros = new HashMap<>();
        spec.slots().forEach(slot -> zeros.put(slot, Weights.zeros(Run.NETWORK)));
        try (Engine engine = open();
                Model model = engine.build(Run.NETWORK, weights);
                Trainer trainer = engine.trainer(model, spec)) {
            Bits.assertSameState("a new state", trainer.state(), new TrainerState(0, weights, zeros));
        }
    }

    /**
     * A restored state is given back bit for bit, whatever the trainer did before.
     *
     * <p>When it fails: which part of the state is not overwritten? A NaN that an earlier step left stays a NaN if the
     * new value is only added or multiplied in.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.StateRules#specs")
    default void rule_6_2_aRestoredStateIsGivenBack(TrainingSpec spec) {
        TrainerState state = anyState(Run.NETWORK, spec, 7);
        try (Engine engine = open();
                Model model = engine.build(Run.NETWORK, SampleWeights.of(Run.NETWORK, SEED));
                Trainer trainer = engine.trainer(model, spec)) {
            trainer.step(Run.batch(0), 0.01);
            trainer.step(Run.batch(1), Double.NaN);
            assertThat(model.weights().get("fc1.bias")[0])
                    .as("a run that diverged")
                    .isNaN();
            trainer.restore(state);
            Bits.assertSameState("a restored state", trainer.state(), state);
            Bits.assertSameBits("the model's weights", model.weights(), state.weights());
        }
    }

    /**
     * A run that is saved in the middle and goes on in another trainer is the run that was never interrupted.
     *
     * <p>When it fails: which memory of a trainer is not in its state? All moments, and the number of updates, which
     * chooses Adam's corrections and the dropout masks, have to be, and the average of the weights.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.StateRules#specs")
    default void rule_6_3_aRunGoesOnBitForBit(TrainingSpec spec) {
        try (Engine engine = open();
                Engine elsewhere = open();
                Model model = engine.build(Run.NETWORK, SampleWeights.of(Run.NETWORK, SEED));
                Trainer trainer = engine.trainer(model, spec);
                Model other = elsewhere.build(Run.NETWORK, Weights.zeros(Run.NETWORK));
                Trainer resumed = elsewhere.trainer(other, spec)) {
            steps(trainer, 0, 4);
            TrainerState middle = Bits.copyOf(Run.NETWORK, trainer.state());
            float[] losses = steps(trainer, 4, 9);
            resumed.restore(middle);
            Bits.assertSameBits("losses after resuming", steps(resumed, 4, 9), losses);
            Bits.assertSameState("state after resuming", resumed.state(), trainer.state());
            // And back, in the trainer that has gone on.
            trainer.restore(middle);
            Bits.assertSameBits("losses after going back", steps(trainer, 4, 9), losses);
        }
    }

    /**
     * Restoring drops the losses of the run that is left.
     *
     * <p>When it fails: clear what {@code drainMetrics} would give.
     */
    @Test
    default void rule_6_4_restoringDropsPendingLosses() {
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            run.go(3);
            run.trainer.restore(Run.start());
            assertThat(run.losses()).as("losses of the run before").isEmpty();
            run.trainer.step(Run.batch(0), 0.01);
            assertThat(run.losses()).as("losses of the run after").hasSize(1);
        }
    }

    /**
     * A state that was made without this engine is taken, and predictions and layers follow it at once.
     *
     * <p>When it fails: does {@code restore} also renew copies of the weights that predictions, or a layer alone, use?
     */
    @Test
    default void rule_6_5_aStateFromElsewhereIsTaken() {
        TrainerState state = anyState(Run.NETWORK, Run.SPEC, 3);
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            run.logits();
            run.trainer.restore(state);
            Outputs.check(engine, run.model, state.weights(), Run.batch(0));
            Steps.check(run.trainer, Run.NETWORK, Run.SPEC, Run.batch(0), 0.01);
        }
    }

    /**
     * Loaded weights are the model's from then on: in {@code weights()}, in its layers' parameters, and in all
     * predictions, to the bit those of a model that was built with them. They are copied, and need not be sensible numbers.
     *
     * <p>When it fails: does {@code load} also renew copies of the weights that predictions, or a layer alone, use? Does it
     * keep an array that it was handed?
     */
    @Test
    default void rule_6_6_loadedWeightsAreTheModels() {
        Network bare = Network.input(3).layer("relu", new Relu()).build();
        Weights weights = SampleWeights.of(Run.NETWORK, SEED + 1);
        Weights odd = Values.weightsOfAllKinds(Run.NETWORK);
        try (Engine engine = open();
                Run run = Run.on(engine);
                Run built = Run.on(engine, SEED + 1);
                Model nothing = engine.build(bare, Weights.zeros(bare))) {
            run.logits();
            run.model.load(odd);
            Bits.assertHasWeights(run.model, odd);
            Weights given = Bits.copyOf(Run.NETWORK, weights);
            run.model.load(given);
            Values.overwrite(given);
            Bits.assertHasWeights(run.model, weights);
            Outputs.check(engine, run.model, weights, Run.batch(0));
            Bits.assertSameBits("logits", run.logits(), built.logits());
            nothing.load(Weights.zeros(bare));
        }
    }

    /**
     * A trainer goes on from weights that were loaded into its model, with the number of updates, the slots and the
     * losses it had.
     *
     * <p>When it fails: does the trainer work with weights of its own? Does {@code load} do what {@code restore} does?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.StateRules#specs")
    default void rule_6_7_aTrainerGoesOnFromLoadedWeights(TrainingSpec spec) {
        Weights loaded = SampleWeights.of(Run.NETWORK, SEED + 1);
        try (Engine engine = open();
                Model model = engine.build(Run.NETWORK, SampleWeights.of(Run.NETWORK, SEED));
                Trainer trainer = engine.trainer(model, spec);
                Model other = engine.build(Run.NETWORK, SampleWeights.of(Run.NETWORK, SEED));
                Trainer restored = engine.trainer(other, spec)) {
            float[] before = steps(restored, 0, 3);
            for (int step = 0; step < 3; step++) {
                trainer.step(Run.batch(step), 0.02);
            }
            model.load(loaded);
            TrainerState old = restored.state();
            TrainerState mixed = new TrainerState(old.step(), loaded, old.slots());
            Bits.assertSameState("a state after loading", trainer.state(), mixed);
            restored.restore(mixed);
            Bits.assertSameBits("losses before loading", trainer.drainMetrics().losses(), before);
            Bits.assertSameBits("losses after loading", steps(trainer, 3, 6), steps(restored, 3, 6));
            Bits.assertSameState("the state later", trainer.state(), restored.state());
        }
    }

    /** Every optimizer alone, and some with all that a specification can have. */
    static Stream<TrainingSpec> specs() {
        Stream<TrainingSpec> plain =
                TrainingRules.optimizers().map(optimizer -> ContractRules.spec(optimizer, Run.BATCH));
        Stream<TrainingSpec> full = Stream.of(new Optimizer.Sgd(), new Optimizer.Sgd(0.9, 0.1), new Optimizer.Adam())
                .map(optimizer -> new TrainingSpec(
                        optimizer, Run.SPEC.loss(), Run.BATCH, SEED, Run.SPEC.clipNorm(), Run.SPEC.averageDecay()));
        return Stream.concat(plain, full);
    }

    private static float[] steps(Trainer trainer, int from, int to) {
        for (int step = from; step < to; step++) {
            trainer.step(Run.batch(step), 0.02);
        }
        return trainer.drainMetrics().losses();
    }

    /** A state that no run has been in; variances are not negative. */
    private static TrainerState anyState(Network network, TrainingSpec spec, long step) {
        Map<String, Weights> slots = new HashMap<>();
        for (String slot : spec.slots()) {
            slots.put(slot, Weights.of(network, parameter -> {
                RandomStream stream = RandomStream.of(SEED, slot + parameter.name());
                float[] values = new float[parameter.shape().size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = stream.uniform(i) * 0.1f;
                }
                return values;
            }));
        }
        return new TrainerState(step, SampleWeights.of(network, SEED + step), slots);
    }
}
