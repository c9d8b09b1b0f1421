package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chapter 1 of the contract, continued: what closing does. */
public interface ClosingRules extends ContractRules {

    /**
     * Whatever order a tensor, a trainer, a model and an engine are closed in, and closed again in: none of the calls
     * throws, and all four are closed afterwards.
     *
     * <p>When it fails: look at the {@code close()} of what the message names. It must not use its owner, which may be
     * closed, and must remember that it has run.
     */
    @Test
    default void rule_1_3_closingInAnyOrderAndAgainDoesNothing() {
        for (List<Integer> order : permutations(List.of(0, 1, 2, 3))) {
            Engine engine = open();
            Run run = Run.on(engine);
            List<Tensor> inputs = inputs(engine);
            run.go(1);
            List<AutoCloseable> all = List.of(inputs.get(0), run.trainer, run.model, engine);
            for (int again = 0; again < 2; again++) {
                for (int i : order) {
                    assertThat(catchThrowable(all.get(i)::close))
                            .as("closing %s of the order %s", i, order)
                            .isNull();
                }
            }
            Closed.assertEngineIsClosed(engine, run, inputs);
        }
    }

    /**
     * Closing again frees nothing that has been given away again meanwhile.
     *
     * <p>When it fails: look at {@code close()}; it gives its memory, or its place in a pool, back twice.
     */
    @Test
    default void rule_1_3_closingAgainTouchesNothingThatCameAfter() {
        try (Engine engine = open()) {
            Run first = Run.on(engine);
            Tensor one = Run.tensor(engine, Run.batch(0));
            float[] values = one.toArray();
            Tensor logits = first.model.predict(one);
            float[] expected = logits.toArray();
            logits.close();
            one.close();
            first.close();
            try (Run second = Run.on(engine);
                    Tensor two = Run.tensor(engine, Run.batch(0));
                    Tensor kept = second.model.predict(two)) {
                List.<AutoCloseable>of(logits, one, first.trainer, first.model)
                        .forEach(closed -> assertThat(catchThrowable(closed::close))
                                .as("closing again: %s", closed)
                                .isNull());
                try (Tensor three = Run.tensor(engine, Run.batch(1));
                        Tensor other = second.model.predict(three)) {
                    assertThat(other.toArray()).isNotEqualTo(expected);
                    Bits.assertSameBits("tensor", two, values);
                    Bits.assertSameBits("kept logits", kept, expected);
                }
                Bits.assertSameBits("logits", Run.logits(second.model, two), expected);
                Bits.assertSameState("state", second.trainer.state(), Run.start());
            }
        }
    }

    /**
     * A closed tensor cannot be read, predicted from, or given to a layer; the model it was given to goes on.
     *
     * <p>When it fails: look at whether the method that the message names asks the tensor if it is open, and not only
     * the engine or the model.
     */
    @Test
    default void rule_1_4_aClosedTensorIsRefused() {
        try (Engine engine = open();
                Run run = Run.on(engine);
                Tensor open = Run.tensor(engine, Run.batch(0))) {
            float[] expected = Run.logits(run.model, open);
            Tensor closed = Run.tensor(engine, Run.batch(0));
            Tensor result = run.model.predict(closed);
            closed.close();
            result.close();
            Closed.assertTensorIsClosed(closed, run.model);
            UseAssertions.assertClosed("Tensor.toArray()", result::toArray);
            for (Layer layer : run.layers) {
                Tensor input = Run.input(engine, layer.spec());
                Tensor output = layer.forward(input);
                input.close();
                output.close();
                UseAssertions.assertClosed("Layer.forward(Tensor) of " + layer.spec(), () -> layer.forward(input));
                UseAssertions.assertClosed("Tensor.toArray()", output::toArray);
            }
            Bits.assertSameBits("logits", Run.logits(run.model, open), expected);
        }
    }

    /**
     * A closed trainer refuses to train, and to tell or change its state.
     *
     * <p>When it fails: look at the beginning of the method that the message names.
     */
    @Test
    default void rule_1_4_aClosedTrainerIsRefused() {
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            run.go(1);
            Weights trained = run.model.weights();
            run.trainer.close();
            Closed.assertTrainerIsClosed(run);
            Bits.assertSameBits("weights", run.model.weights(), trained);
        }
    }

    /**
     * A closed model refuses to predict, to be trained, and to show its weights.
     *
     * <p>When it fails: look at the beginning of the method that the message names.
     */
    @Test
    default void rule_1_4_aClosedModelIsRefused() {
        try (Engine engine = open()) {
            Run run = Run.on(engine);
            run.trainer.close();
            run.model.close();
            Closed.assertModelIsClosed(engine, run, inputs(engine));
        }
    }

    /**
     * Closing an engine closes its tensors, also those that models and layers returned, its models, layers and
     * trainers, and the engine makes nothing any more.
     *
     * <p>When it fails: look at whether the method that the message names asks if the engine is open.
     */
    @Test
    default void rule_1_5_aClosedEngineClosesWhatItMade() {
        Engine engine = open();
        Run run = Run.on(engine);
        List<Tensor> tensors = inputs(engine);
        run.go(2);
        Tensor logits = run.model.predict(Run.batch(0));
        Tensor output = run.layers.get(0).forward(tensors.get(0));
        engine.close();
        Closed.assertEngineIsClosed(engine, run, tensors);
        UseAssertions.assertClosed("Tensor.toArray() of logits", logits::toArray);
        UseAssertions.assertClosed("Tensor.toArray() of a feature map", output::toArray);
    }

    /**
     * Closing a model closes its layers and its trainer. Tensors stay: those it was given and those it returned.
     *
     * <p>When it fails: look at what a result's memory belongs to (the engine, not the model), and at whether layers and
     * trainers ask if their model is open.
     */
    @Test
    default void rule_1_6_aClosedModelTakesLayersAndTrainersButNoTensor() {
        try (Engine engine = open()) {
            Run run = Run.on(engine);
            List<Tensor> inputs = inputs(engine);
            run.go(1);
            Tensor logits = run.model.predict(inputs.get(0));
            List<Tensor> outputs = new ArrayList<>();
            run.layers.forEach(
                    layer -> outputs.add(layer.forward(inputs.get(layer.spec().index()))));
            List<Tensor> tensors = new ArrayList<>(inputs);
            tensors.add(logits);
            tensors.addAll(outputs);
            List<float[]> values = tensors.stream().map(Tensor::toArray).toList();
            run.model.close();
            Closed.assertModelIsClosed(engine, run, inputs);
            try (Run next = Run.on(engine)) {
                next.go(2);
                for (int i = 0; i < tensors.size(); i++) {
                    Bits.assertSameBits("tensor " + i, tensors.get(i), values.get(i));
                }
                next.go(1);
                Run.logits(next.model, inputs.get(0));
            }
        }
    }

    /**
     * Closing a trainer right after its steps loses none of them, and its model goes on predicting and can be trained
     * on.
     *
     * <p>When it fails: look at whether the trainer's {@code close()} waits for steps under way, and frees nothing of
     * the model.
     */
    @Test
    default void rule_1_6_aClosedTrainerLeavesItsModel() {
        try (Engine engine = open();
                Run run = Run.on(engine);
                Run same = Run.on(engine)) {
            same.go(3);
            Weights expected = same.model.weights();
            float[] logits = same.logits();
            run.go(3);
            run.trainer.close();
            Bits.assertSameBits(
                    "weights", UseAssertions.assertAccepted("Model.weights()", run.model::weights), expected);
            Bits.assertSameBits("logits", run.logits(), logits);
            try (var next = engine.trainer(run.model, Run.SPEC)) {
                Bits.assertSameBits("weights of a new trainer", next.state().weights(), expected);
                next.step(Run.batch(3), 0.5);
                assertThat(next.drainMetrics().losses()).hasSize(1);
                assertThat(run.logits()).isNotEqualTo(logits);
            }
        }
    }

    private static List<Tensor> inputs(Engine engine) {
        return Run.NETWORK.layers().stream()
                .map(layer -> Run.input(engine, layer))
                .toList();
    }

    private static List<List<Integer>> permutations(List<Integer> items) {
        List<List<Integer>> all = new ArrayList<>();
        if (items.isEmpty()) {
            all.add(List.of());
        }
        for (Integer first : items) {
            List<Integer> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<Integer> tail : permutations(rest)) {
                List<Integer> permutation = new ArrayList<>(List.of(first));
                permutation.addAll(tail);
                all.add(permutation);
            }
        }
        return all;
    }
}
