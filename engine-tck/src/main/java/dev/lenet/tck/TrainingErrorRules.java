package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lenet.api.DatasetException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.OtherExamples;
import dev.lenet.tck.sample.SampleWeights;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Chapter 7 of the contract, continued: what trainers refuse, and data sets that fail. */
public interface TrainingErrorRules extends ContractRules {

    /**
     * A network that gives no vector, or has nothing to train, cannot be trained; it can be predicted with.
     *
     * <p>When it fails: look at the beginning of {@code Engine.trainer}; {@code spec.check(network)} is the check.
     */
    @Test
    default void rule_7_5_networksThatCannotBeTrained() {
        Network image = Networks.of(Conv2d.of(2, 1), 1, 2, 2);
        Network nothing = Networks.of(new Flatten(), 1, 2, 2);
        Network neither = Networks.of(new Relu(), 1, 2, 2);
        try (Engine engine = open()) {
            refuseTrainer(engine, image, "[2, 2, 2]");
            refuseTrainer(engine, nothing, "parameters");
            refuseTrainer(engine, neither, "[1, 2, 2]");
        }
    }

    private static void refuseTrainer(Engine engine, Network network, String mentioned) {
        try (Model model = engine.build(network, SampleWeights.of(network, SEED));
                Tensor ones = engine.tensor(Shape.of(1, 1, 2, 2), new float[] {1, 1, 1, 1})) {
            float[] before = Run.logits(model, ones);
            UseAssertions.assertRefused(
                    ShapeException.class,
                    () -> engine.trainer(model, ContractRules.spec(new Optimizer.Sgd(), 4)),
                    mentioned);
            Bits.assertSameBits("prediction", Run.logits(model, ones), before);
        }
    }

    /**
     * A batch larger than announced is refused; so is a data set with more or fewer classes than the network.
     *
     * <p>When it fails: look at the beginning of {@code step} and {@code gradients}; {@code spec.check(network, batch)} is
     * the check.
     */
    @Test
    default void rule_7_6_batchesThatAreTooLargeOrOfOtherClasses() {
        try (Engine engine = open();
                Twins twins = Twins.on(engine)) {
            Trainer trainer = twins.disturbed().trainer;
            for (int size : new int[] {Run.BATCH + 1, 2 * Run.BATCH}) {
                Batch large = Batch.range(Run.EXAMPLES, 0, size);
                String[] sizes = {String.valueOf(Run.BATCH), String.valueOf(size)};
                twins.refuse(ShapeException.class, () -> trainer.step(large, 0.1), sizes);
                twins.refuse(ShapeException.class, () -> trainer.gradients(large), sizes);
            }
            for (int classes : new int[] {1, 3, 5}) {
                Batch other = Batch.range(
                        new OtherExamples(Run.EXAMPLES) {
                            @Override
                            public int classes() {
                                return classes;
                            }

                            @Override
                            public int label(int row) {
                                return 0;
                            }
                        },
                        0,
                        3);
                twins.refuse(ShapeException.class, () -> trainer.step(other, 0.1), "4", String.valueOf(classes));
                twins.refuse(ShapeException.class, () -> trainer.gradients(other), "4", String.valueOf(classes));
            }
            twins.goOn();
        }
    }

    /**
     * A label below 0, or not below the number of classes, is refused, also that of the last example of a batch.
     *
     * <p>When it fails: look at whether all labels are checked before anything is computed; {@code spec.check(network,
     * batch)} does. A GPU's library may end the process for such a label.
     */
    @Test
    default void rule_7_7_labelsThatAreNoClass() {
        try (Engine engine = open();
                Twins twins = Twins.on(engine)) {
            Trainer trainer = twins.disturbed().trainer;
            for (int label : new int[] {-1, 4, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                for (int at : new int[] {0, Run.BATCH - 1}) {
                    Dataset mislabelled = new OtherExamples(Run.EXAMPLES) {
                        @Override
                        public int label(int row) {
                            return row == at ? label : super.label(row);
                        }
                    };
                    Batch batch = Batch.range(mislabelled, 0, Run.BATCH);
                    String[] values = {"0 to 3", "received " + label};
                    twins.refuse(DatasetException.class, () -> trainer.step(batch, 0.1), values);
                    twins.refuse(DatasetException.class, () -> trainer.gradients(batch), values);
                }
            }
            twins.goOn();
        }
    }

    /**
     * A state of another network, optimizer or kind of average is refused as a whole: also if only one slot is wrong, missing
     * or too many.
     *
     * <p>When it fails: look at the beginning of {@code Trainer.restore}; {@code state.check(network, spec)} is the check, and
     * comes before anything is written.
     */
    @Test
    default void rule_7_8_statesOfAnotherNetworkOrOptimizer() {
        Network other = Network.input(2, 9, 9)
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(4))
                .build();
        Weights weights = SampleWeights.of(Run.NETWORK, SEED + 1);
        Weights slot = SampleWeights.of(Run.NETWORK, SEED + 2);
        Weights wrong = Weights.zeros(other);
        Map<String, Weights> right = Map.of("first_moment", slot, "second_moment", slot, "average", slot);
        try (Engine engine = open();
                Twins twins = Twins.on(engine)) {
            refuseState(
                    twins,
                    wrong,
                    Map.of("first_moment", wrong, "second_moment", wrong, "average", wrong),
                    "fc1.weight=[4, 162]");
            refuseState(twins, wrong, right, "conv1.weight=[3, 2, 3, 3]");
            for (String name : right.keySet()) {
                refuseState(twins, weights, with(right, name, wrong), "fc1.weight=[4, 162]");
                Map<String, Weights> missing = new HashMap<>(right);
                missing.remove(name);
                refuseState(twins, weights, missing, name, new TreeSet<>(missing.keySet()).toString());
            }
            refuseState(twins, weights, Map.of(), "first_moment", "[]");
            refuseState(twins, weights, Map.of("momentum", slot), "first_moment", "[momentum]");
            refuseState(
                    twins,
                    weights,
                    with(right, "momentum", slot),
                    "[first_moment, second_moment, average]",
                    "momentum");
            twins.goOn();
        }
    }

    /**
     * An average is refused by a trainer that keeps none.
     *
     * <p>When it fails: as the rule before.
     */
    @Test
    default void rule_7_8_averagesOfATrainerThatKeepsNone() {
        try (Engine engine = open();
                Model model = engine.build(Run.NETWORK, SampleWeights.of(Run.NETWORK, SEED));
                Trainer trainer = engine.trainer(model, Run.SPEC.withAverageDecay(0))) {
            TrainerState before = Bits.copyOf(Run.NETWORK, trainer.state());
            UseAssertions.assertRefused(
                    ShapeException.class,
                    () -> trainer.restore(Run.start()),
                    "[first_moment, second_moment]",
                    "[average, first_moment, second_moment]");
            Bits.assertSameState("state after a refusal", trainer.state(), before);
        }
    }

    private static Map<String, Weights> with(Map<String, Weights> slots, String name, Weights slot) {
        Map<String, Weights> changed = new HashMap<>(slots);
        changed.put(name, slot);
        return changed;
    }

    private static void refuseState(Twins twins, Weights weights, Map<String, Weights> slots, String... mentioned) {
        TrainerState state = new TrainerState(99, weights, slots);
        twins.refuse(ShapeException.class, () -> twins.disturbed().trainer.restore(state), mentioned);
    }

    /**
     * What a data set throws arrives as the very same object, be it an exception, an error, or a checked exception that
     * another language threw; whichever access it is, a label or an example, and whichever thread reads. Nothing has
     * happened then, and the next batch is trained on as ever.
     *
     * <p>When it fails: look at what the engine's threads catch ({@code Throwable}, or they end and are waited for in
     * vain), at what wraps it, and at what {@code step} changes before all rows are read.
     */
    @Test
    default void rule_7_9_whatADataSetThrowsArrivesAsItIs() {
        List<Throwable> failures = List.of(
                new UnsupportedOperationException("the user's own"),
                new StackOverflowError("the user's own"),
                new IOException("the user's own"));
        try (Engine engine = open();
                Twins twins = Twins.on(engine)) {
            for (Throwable failure : failures) {
                for (int use = 0; use < 3; use++) {
                    int successes = 0;
                    while (fails(twins.disturbed(), use, failure, successes)) {
                        successes += successes < 3 ? 1 : 7;
                    }
                    assertThat(successes).as("accesses of one batch").isGreaterThanOrEqualTo(Run.BATCH);
                    twins.disturbed().losses();
                    twins.disturbed().trainer.restore(twins.quiet().trainer.state());
                }
                twins.goOn();
            }
        }
    }

    /** Whether a use failed, as it must, after so many accesses; it succeeds when it makes fewer. */
    private static boolean fails(Run run, int use, Throwable failure, int successes) {
        TrainerState before = Bits.copyOf(Run.NETWORK, run.trainer.state());
        FailingExamples failing = new FailingExamples(Run.EXAMPLES, failure, successes);
        Throwable thrown =
                catchThrowable(run.uses(Batch.range(failing, 0, Run.BATCH)).get(use));
        if (!failing.hasFailed()) {
            assertThat(thrown).isNull();
            return false;
        }
        assertThat(thrown).as("what the caller received").isSameAs(failure);
        assertThat(run.losses()).as("losses of steps that failed").isEmpty();
        Bits.assertSameState("state after a failure", run.trainer.state(), before);
        return true;
    }
}
