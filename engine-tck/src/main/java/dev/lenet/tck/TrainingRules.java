package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.NetworkOracle;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.SampleWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chapter 5 of the contract: what a training step does. */
public interface TrainingRules extends ContractRules {

    /**
     * Stochastic gradient descent is the formula of {@link Optimizer.Sgd}.
     *
     * <p>When it fails: is the velocity updated before the weight moves by it; does decay go into the velocity; is the
     * first velocity the first gradient?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.TrainingRules#descents")
    default void rule_5_1_aStepOfDescentIsItsFormula(Optimizer optimizer) {
        try (Engine engine = open()) {
            Steps.checkMany(engine, ContractRules.spec(optimizer, 20));
        }
    }

    /**
     * Adam is the formula of {@link Optimizer.Adam}, with decay, if any, in the gradient.
     *
     * <p>When it fails: are both moments corrected for their start at zero; is epsilon added behind the root; does t
     * start at 1; are {@code 1 - beta} and the corrections computed in double precision?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.TrainingRules#adams")
    default void rule_5_2_aStepOfAdamIsItsFormula(Optimizer optimizer) {
        try (Engine engine = open()) {
            Steps.checkMany(engine, ContractRules.spec(optimizer, 20));
        }
    }

    /**
     * Adam with decoupled decay (AdamW) is the formula of {@link Optimizer.Adam}.
     *
     * <p>When it fails: does the decay act on the weight alone, by the learning rate times the decay, and before the
     * update; do the moments see the bare gradient?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.TrainingRules#decoupledAdams")
    default void rule_5_3_aStepOfDecoupledAdamIsItsFormula(Optimizer optimizer) {
        try (Engine engine = open()) {
            Steps.checkMany(engine, ContractRules.spec(optimizer, 20));
        }
    }

    /**
     * Each step leaves one loss: the mean over its batch, before the update.
     *
     * <p>When it fails: is the loss that of the weights the step began with; the mean and not the sum; are losses handed
     * out in the order of the steps, all of them, and only once?
     */
    @Test
    default void rule_5_4_lossesAreThoseBeforeEachUpdate() {
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            List<Approximation> expected = new ArrayList<>();
            for (int step = 0; step < 5; step++) {
                NetworkOracle oracle = new NetworkOracle(Run.NETWORK, run.model.weights());
                expected.add(oracle.train(Run.batch(step), Run.SPEC.loss(), SEED, step)
                        .loss());
                run.go(1);
            }
            float[] losses = run.losses();
            assertThat(losses).hasSize(expected.size());
            for (int step = 0; step < losses.length; step++) {
                Agreement.check("loss of step " + step, losses, step, 1, expected.get(step));
            }
            assertThat(run.losses()).as("losses that were drained before").isEmpty();
            run.go(1);
            assertThat(run.losses()).as("losses of one more step").hasSize(1);
        }
    }

    /**
     * Losses are kept until they are asked for, however many there are.
     *
     * <p>When it fails: is there a buffer of fixed size?
     */
    @Test
    default void rule_5_4_manyLossesAreKept() {
        Network network = Networks.of(Linear.of(2), 3);
        Batch batch = new RandomExamples(network.input(), 4, 2, SEED).all();
        int steps = 3000;
        try (Engine engine = open();
                Model model = engine.build(network, SampleWeights.of(network, SEED));
                Trainer trainer = engine.trainer(model, ContractRules.spec(new Optimizer.Sgd(), 4))) {
            for (int step = 0; step < steps; step++) {
                trainer.step(batch, 0);
            }
            float[] losses = trainer.drainMetrics().losses();
            float[] same = new float[steps];
            Arrays.fill(same, losses[0]);
            Bits.assertSameBits("losses of steps that move nothing", losses, same);
        }
    }

    /**
     * Batches of any rows in any order may come, and smaller ones at any time.
     *
     * <p>When it fails: is row {@code order[offset + i]} read, with its label, and never row {@code i} or {@code order[i]};
     * is memory that was sized for the announced batch cleared, or left out, where a smaller one does not fill it?
     */
    @Test
    default void rule_5_5_batchesOfAnyRowsAndSizesMayCome() {
        Network network = Networks.everyLayer();
        RandomExamples data = new RandomExamples(network.input(), 60, 4, SEED);
        TrainingSpec spec = ContractRules.spec(new Optimizer.Sgd(), 40);
        try (Engine engine = open();
                Model model = engine.build(network, SampleWeights.of(network, SEED));
                Trainer trainer = engine.trainer(model, spec)) {
            for (int size : new int[] {40, 1, 17, 16, 2, 33, 1, 40}) {
                Steps.check(trainer, network, spec, data.shuffled(60 - size, size), 0.05);
            }
        }
    }

    /**
     * The learning rate is the one that comes with the step, and a rate of zero moves no weight by a bit.
     *
     * <p>When it fails: is a rate of an earlier step kept; is decay applied without the rate?
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lenet.tck.TrainingRules#optimizers")
    default void rule_5_6_aRateOfZeroMovesNothing(Optimizer optimizer) {
        Network network = Networks.everyLayer();
        Batch batch = new RandomExamples(network.input(), 9, 4, SEED).all();
        TrainingSpec spec = ContractRules.spec(optimizer, 9);
        try (Engine engine = open();
                Model model = engine.build(network, SampleWeights.of(network, SEED));
                Trainer trainer = engine.trainer(model, spec)) {
            for (double rate : new double[] {0.1, 0, 0.001, 0}) {
                Weights before = Bits.copyOf(network, model.weights());
                Steps.check(trainer, network, spec, batch, rate);
                if (rate == 0) {
                    // What is not trainable moves all the same.
                    Weights after = model.weights();
                    Bits.assertSameBits(
                            "weights after a step of rate 0",
                            Weights.of(network, parameter -> (parameter.trainable() ? after : before)
                                    .get(parameter.name())),
                            before);
                }
            }
        }
    }

    /**
     * Predictions and layers follow every step, and looking in between does not change the run by a bit.
     *
     * <p>When it fails: does the model, or a layer alone, compute with a copy of the weights (transposed, on a device) that
     * is made once; do predictions use the trainer's memory, or count as steps?
     */
    @Test
    default void rule_5_7_lookingInBetweenChangesNothing() {
        try (Engine engine = open();
                Run watched = Run.on(engine);
                Run alone = Run.on(engine)) {
            for (int step = 0; step < 6; step++) {
                watched.go(1);
                Outputs.check(engine, watched.model, watched.model.weights(), Run.batch(step));
                watched.trainer.gradients(Run.batch(step + 7));
            }
            alone.go(6);
            Bits.assertSameState("a run that was watched", watched.trainer.state(), alone.trainer.state());
            Bits.assertSameBits("its losses", watched.losses(), alone.losses());
        }
    }

    /**
     * The same run again gives the same bits: losses, weights and the optimizer's memory.
     *
     * <p>When it fails: do threads add to one sum in the order in which they happen to come; is there a random generator
     * in the engine?
     */
    @Test
    default void rule_5_8_theSameRunAgainGivesTheSameBits() {
        try (Engine engine = open();
                Engine again = open();
                Run first = Run.on(engine);
                Run second = Run.on(engine);
                Run elsewhere = Run.on(again)) {
            for (Run run : List.of(first, second, elsewhere)) {
                run.go(12);
            }
            float[] losses = first.losses();
            for (Run run : List.of(second, elsewhere)) {
                Bits.assertSameBits("losses of the same run", run.losses(), losses);
                Bits.assertSameState("state of the same run", run.trainer.state(), first.trainer.state());
            }
        }
    }

    /**
     * Trainers of several models on one engine, stepping in turns, do not know of each other.
     *
     * <p>When it fails: what belongs to the engine, or is static, that should belong to the trainer?
     */
    @Test
    default void rule_5_9_trainersInTurnsRunAsAlone() {
        try (Engine engine = open();
                Run alone = Run.on(engine);
                Run one = Run.on(engine);
                Run other = Run.on(engine, SEED + 1);
                Run third = Run.on(engine, SEED + 2)) {
            alone.go(6);
            for (int step = 0; step < 6; step++) {
                other.go(1);
                one.go(1);
                third.go(2);
            }
            Bits.assertSameState("a run among others", one.trainer.state(), alone.trainer.state());
            Bits.assertSameBits("its losses", one.losses(), alone.losses());
        }
    }

    static List<Optimizer> descents() {
        return List.of(
                new Optimizer.Sgd(), new Optimizer.Sgd(0.9, 0), new Optimizer.Sgd(0, 0.1), new Optimizer.Sgd(0.5, 0.1));
    }

    static List<Optimizer> adams() {
        return List.of(
                new Optimizer.Adam(),
                new Optimizer.Adam(0.8, 0.99, 1e-3, 0, false),
                new Optimizer.Adam(0, 0.9, 1e-8, 0, false),
                new Optimizer.Adam(0.9, 0.999, 1e-8, 0.1, false));
    }

    static List<Optimizer> decoupledAdams() {
        return List.of(new Optimizer.Adam(0.9, 0.999, 1e-8, 0.1, true), new Optimizer.Adam(0.8, 0.99, 1e-3, 0.5, true));
    }

    /** All of them. */
    static Stream<Optimizer> optimizers() {
        return Stream.of(descents(), adams(), decoupledAdams()).flatMap(List::stream);
    }
}
