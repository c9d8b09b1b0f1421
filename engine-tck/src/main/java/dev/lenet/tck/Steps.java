package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.oracle.Approximation;
import dev.lenet.tck.oracle.AverageOracle;
import dev.lenet.tck.oracle.BatchResult;
import dev.lenet.tck.oracle.ClippingOracle;
import dev.lenet.tck.oracle.NetworkOracle;
import dev.lenet.tck.oracle.OptimizerOracle;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.SampleWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps of an engine, each compared with the oracle's from the same state. */
final class Steps {
    private Steps() {}

    /** Many steps, with dropout, other batches of up to 20 and another rate each time. */
    static void checkMany(Engine engine, TrainingSpec spec) {
        Network network = Networks.everyLayer();
        RandomExamples data = new RandomExamples(network.input(), 60, 4, ContractRules.SEED);
        try (Model model = engine.build(network, SampleWeights.of(network, ContractRules.SEED));
                Trainer trainer = engine.trainer(model, spec)) {
            for (int step = 0; step < 15; step++) {
                Batch batch = data.shuffled(4 * (step % 10), 20 - step % 4);
                check(trainer, network, spec, batch, 0.02 / (1 + step));
            }
        }
    }

    /** Makes a step, and compares all that it leaves behind. */
    static void check(Trainer trainer, Network network, TrainingSpec spec, Batch batch, double rate) {
        TrainerState before = Bits.copyOf(network, trainer.state());
        BatchResult result =
                new NetworkOracle(network, before.weights()).train(batch, spec.loss(), spec.seed(), before.step());
        Map<String, Approximation> gradients =
                new LinkedHashMap<>(ClippingOracle.clip(spec.clipNorm(), result.gradients()));
        result.buffers().keySet().forEach(gradients::remove);
        trainer.step(batch, rate);
        TrainerState after = trainer.state();
        assertThat(after.step()).as("number of updates").isEqualTo(before.step() + 1);
        checkBuffers(result, spec, before, after);
        Optimizer optimizer = spec.optimizer();
        gradients.forEach((name, gradient) -> {
            List<double[]> slots = new ArrayList<>();
            for (String slot : optimizer.slots()) {
                slots.add(Approximation.exact(slot(before, slot).get(name)).values());
            }
            double[] weights = Approximation.exact(before.weights().get(name)).values();
            OptimizerOracle.Updated expected =
                    OptimizerOracle.of(optimizer).update(after.step(), rate, weights, slots, gradient);
            String what = name + " after step " + after.step() + " of " + spec;
            for (int i = 0; i < slots.size(); i++) {
                String slot = optimizer.slots().get(i);
                Agreement.check(
                        slot + " of " + what,
                        slot(after, slot).get(name),
                        expected.slots().get(i));
            }
            Agreement.check(what, after.weights().get(name), expected.weights());
            if (spec.averageDecay() > 0) {
                Agreement.check(
                        "average of " + what,
                        slot(after, TrainingSpec.AVERAGE).get(name),
                        // Of the weights that the engine itself says it has.
                        AverageOracle.of(
                                spec.averageDecay(),
                                slot(before, TrainingSpec.AVERAGE).get(name),
                                after.weights().get(name)));
            }
        });
    }

    /** What is not trainable becomes what its layer makes of it, and nothing is remembered of it. */
    private static void checkBuffers(BatchResult result, TrainingSpec spec, TrainerState before, TrainerState after) {
        result.buffers().forEach((name, expected) -> {
            String what = name + " after step " + after.step() + " of " + spec;
            Agreement.check(what, after.weights().get(name), expected);
            for (String slot : spec.slots()) {
                Bits.assertSameBits(
                        slot + " of " + what,
                        slot(after, slot).get(name),
                        slot(before, slot).get(name));
            }
        });
    }

    private static Weights slot(TrainerState state, String name) {
        Weights slot = state.slots().get(name);
        if (slot == null) {
            throw new AssertionError("expected a slot " + name + " in the state, received "
                    + state.slots().keySet());
        }
        return slot;
    }
}
