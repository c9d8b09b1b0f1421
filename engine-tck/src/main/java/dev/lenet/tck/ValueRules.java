package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.TensorData;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.SampleWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Chapter 2 of the contract: what goes over the boundary arrives as it was sent, and belongs to who received it. */
public interface ValueRules extends ContractRules {

    /**
     * A tensor of any rank gives back its shape and its bits, as often as it is asked.
     *
     * <p>When it fails: look at the copies in {@code Engine.tensor} and {@code Tensor.toArray}: at a detour over another
     * type or unit of memory, at a mode of the processor that flushes subnormal numbers, at a rank that has a path of its
     * own.
     */
    @Test
    default void rule_2_1_aTensorGivesBackItsShapeAndBits() {
        try (Engine engine = open()) {
            List<Shape> shapes = List.of(
                    Shape.of(),
                    Shape.of(1),
                    Shape.of(17),
                    Shape.of(2, 3),
                    Shape.of(3, 1, 5),
                    Shape.of(2, 3, 5, 7),
                    Shape.of(1, 2, 1, 3, 2, 2),
                    Shape.of(100, 1000));
            for (Shape shape : shapes) {
                float[] values = Values.ofAllKinds("tensor " + shape, shape.size());
                try (Tensor tensor = engine.tensor(shape, values.clone())) {
                    assertThat(tensor.shape()).isEqualTo(shape);
                    Bits.assertSameBits("tensor " + shape, tensor.toArray(), values);
                    Bits.assertSameBits("tensor " + shape + " again", tensor.toArray(), values);
                }
            }
        }
    }

    /**
     * A tensor does not change with the array it was made from, nor with those it gave.
     *
     * <p>When it fails: look at {@code Engine.tensor} and {@code Tensor.toArray}; one of them hands an array on.
     */
    @Test
    default void rule_2_2_aTensorKeepsItsValues() {
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            float[] values = Values.ofAllKinds("tensor", 40);
            float[] given = values.clone();
            try (Tensor tensor = engine.tensor(Shape.of(4, 10), given);
                    Tensor examples = Run.tensor(engine, Run.batch(0));
                    Tensor logits = run.model.predict(examples)) {
                Arrays.fill(given, 7);
                Bits.assertSameBits("tensor", tensor.toArray(), values);
                Arrays.fill(tensor.toArray(), 7);
                Bits.assertSameBits("tensor", tensor.toArray(), values);
                float[] expected = logits.toArray();
                Arrays.fill(logits.toArray(), 7);
                Arrays.fill(examples.toArray(), 7);
                Bits.assertSameBits("logits", logits.toArray(), expected);
                Bits.assertSameBits("logits", Run.logits(run.model, examples), expected);
            }
        }
    }

    /**
     * A model does not change with the weights it was built from, nor with those it, or a layer of it, gave.
     *
     * <p>When it fails: look at {@code Engine.build}, {@code Model.weights} and {@code Layer.parameters}, at the arrays
     * of biases as well.
     */
    @Test
    default void rule_2_2_aModelKeepsItsWeights() {
        Weights expected = SampleWeights.of(Run.NETWORK, SEED);
        Weights given = Bits.copyOf(Run.NETWORK, expected);
        try (Engine engine = open();
                Run untouched = Run.on(engine);
                Model model = engine.build(Run.NETWORK, given)) {
            float[] logits = untouched.logits();
            Values.overwrite(given);
            Values.overwrite(model.weights());
            model.layers()
                    .forEach(layer ->
                            layer.parameters().values().forEach(parameter -> Arrays.fill(parameter.values(), 7)));
            Bits.assertSameBits("weights", model.weights(), expected);
            for (Layer layer : model.layers()) {
                layer.parameters()
                        .forEach(
                                (name, parameter) -> Bits.assertSameBits(name, parameter.values(), expected.get(name)));
            }
            Bits.assertSameBits("logits", Run.logits(model, Run.EXAMPLES.all()), logits);
        }
    }

    /**
     * A trainer does not change with the state it was given, nor with the state, the gradients and the losses it gave.
     *
     * <p>When it fails: look at {@code Trainer.restore}, {@code state}, {@code gradients} and {@code drainMetrics}; one of
     * them takes or hands out an array that the trainer works with.
     */
    @Test
    default void rule_2_2_aTrainerKeepsItsState() {
        try (Engine engine = open();
                Twins twins = Twins.on(engine)) {
            TrainerState given = twins.quiet().trainer.state();
            twins.disturbed().trainer.restore(given);
            Values.overwrite(given);
            twins.goOn();
            Values.overwrite(twins.disturbed().trainer.state());
            Values.overwrite(twins.disturbed().trainer.gradients(Run.batch(1)));
            Values.overwrite(twins.disturbed().model.weights());
            twins.goOn();
            twins.disturbed().go(1);
            Arrays.fill(twins.disturbed().losses(), 7);
            twins.quiet().go(1);
            Arrays.fill(twins.quiet().losses(), 7);
            twins.goOn();
        }
    }

    /**
     * What an engine is handed stays as it is: values, weights, a state, and the order of an epoch, which its batches share.
     *
     * <p>When it fails: look for sorting, transposing or clearing in place, in an array that is not the engine's.
     */
    @Test
    default void rule_2_2_whatWasHandedInStaysAsItIs() {
        float[] values = Values.ofAllKinds("tensor", 40);
        float[] given = values.clone();
        Weights weights = Bits.copyOf(Run.NETWORK, Run.start().weights());
        TrainerState state = Bits.copyOf(Run.NETWORK, Run.start());
        int[] order = Run.batch(1).order().clone();
        Batch batch = new Batch(Run.EXAMPLES, order.clone(), 20, Run.BATCH);
        try (Engine engine = open();
                Tensor tensor = engine.tensor(Shape.of(4, 10), given);
                Model model = engine.build(Run.NETWORK, weights);
                Trainer trainer = engine.trainer(model, Run.SPEC)) {
            trainer.restore(state);
            trainer.step(batch, 0.1);
            trainer.gradients(batch);
            Run.logits(model, batch);
            assertThat(trainer.drainMetrics().losses()).hasSize(1);
            Bits.assertSameBits("values", given, values);
            Bits.assertSameBits("tensor", tensor, values);
            Bits.assertSameBits("weights", weights, Run.start().weights());
            Bits.assertSameState("state", state, Run.start());
            assertThat(batch.order()).as("order").containsExactly(order);
        }
    }

    /**
     * What a model or trainer gave stays as it was given, whatever is trained afterwards.
     *
     * <p>When it fails: look at the method that the message names; what it gives is a window onto the memory that a step
     * updates.
     */
    @Test
    default void rule_2_2_whatWasGivenDoesNotFollowTheTraining() {
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            run.go(2);
            TrainerState state = run.trainer.state();
            Weights weights = run.model.weights();
            Weights gradients = run.trainer.gradients(Run.batch(1));
            List<Map<String, TensorData>> parameters =
                    run.layers.stream().map(Layer::parameters).toList();
            float[] losses = run.losses();
            TrainerState stateThen = Bits.copyOf(Run.NETWORK, state);
            Weights gradientsThen = Bits.copyOf(Run.NETWORK, gradients);
            float[] lossesThen = losses.clone();
            run.go(2);
            run.trainer.gradients(Run.batch(5));
            run.losses();
            run.trainer.restore(Run.start());
            Bits.assertSameState("Trainer.state()", state, stateThen);
            Bits.assertSameBits("Model.weights()", weights, stateThen.weights());
            Bits.assertSameBits("Trainer.gradients()", gradients, gradientsThen);
            Bits.assertSameBits("Trainer.drainMetrics()", losses, lossesThen);
            parameters.forEach(layer -> layer.forEach((name, parameter) -> Bits.assertSameBits(
                    "Layer.parameters(): " + name,
                    parameter.values(),
                    stateThen.weights().get(name))));
        }
    }

    /**
     * A model gives back the weights it was built with, to the bit, by name, in the network's order; its layers share
     * them out between them. They need not be sensible numbers.
     *
     * <p>When it fails: look at the way of a weight into the engine's layout and back: a transposition that is not undone,
     * a bias beside a weight, a conversion that cannot hold every float.
     */
    @Test
    default void rule_2_3_aModelKeepsExactlyItsWeights() {
        Weights expected = Values.weightsOfAllKinds(Run.NETWORK);
        try (Engine engine = open();
                Model model = engine.build(Run.NETWORK, Bits.copyOf(Run.NETWORK, expected));
                Model copy = engine.build(Run.NETWORK, model.weights())) {
            Bits.assertHasWeights(model, expected);
            Bits.assertHasWeights(copy, expected);
        }
    }

    /**
     * After training steps, too, the model, its layers and the trainer's state show the same weights.
     *
     * <p>When it fails: look at copies of the weights in another layout that a step or {@code restore} has not brought up
     * to date.
     */
    @Test
    default void rule_2_3_theWeightsAreTheSameWhereverTheyAreRead() {
        try (Engine engine = open();
                Run run = Run.on(engine)) {
            run.go(2);
            TrainerState trained = run.trainer.state();
            Bits.assertHasWeights(run.model, trained.weights());
            run.go(1);
            run.trainer.restore(trained);
            Bits.assertHasWeights(run.model, trained.weights());
        }
    }

    /**
     * A model has the network it was built for, and one layer for each of the network's, in order.
     *
     * <p>When it fails: look at layers that were fused or left out: they are still there to be inspected.
     */
    @Test
    default void rule_2_4_theLayersAreThoseOfTheNetwork() {
        Network repeated = Network.input(4)
                .layer("relu", new Relu())
                .layer("drop", new Dropout(0.5f))
                .layer("drop-again", new Dropout(0.5f))
                .layer("flatten", new Flatten())
                .layer("relu-again", new Relu())
                .build();
        try (Engine engine = open()) {
            for (Network network : List.of(Run.NETWORK, repeated)) {
                try (Model model = engine.build(network, SampleWeights.of(network, SEED))) {
                    assertThat(model.network()).isEqualTo(network);
                    assertThat(model.layers()).extracting(Layer::spec).containsExactlyElementsOf(network.layers());
                }
            }
        }
    }
}
