package dev.lenet.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.Layer;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.SampleWeights;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Chapter 7 of the contract: what does not fit is refused with a message that helps, and leaves no trace.
 *
 * <p>Most refusals are the api's own: {@code TensorData}, {@code Weights.check}, {@code Batch.check}, {@code
 * Shape.countIn}, {@code TrainingSpec.check} and {@code TrainerState.check}. Calling them first thing is all an engine
 * has to do.
 */
public interface ErrorRules extends ContractRules {

    /**
     * A tensor of more or fewer values than its shape has places is refused; the message names both.
     *
     * <p>When it fails: look at the beginning of {@code Engine.tensor}; {@code new TensorData(shape, values)} is the check.
     */
    @Test
    default void rule_7_1_valuesThatDoNotFillTheShape() {
        try (Engine engine = open()) {
            for (int count : new int[] {0, 1, 5, 7, 12}) {
                UseAssertions.assertRefused(
                        ShapeException.class,
                        () -> engine.tensor(Shape.of(2, 3), new float[count]),
                        "[2, 3]",
                        String.valueOf(count));
            }
            try (Tensor tensor = engine.tensor(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6})) {
                assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
            }
        }
    }

    /**
     * Weights of a network with other shapes, also of as many values, with other names, with fewer or with more
     * parameters are refused; the message names the parameter that differs.
     *
     * <p>When it fails: look at the beginning of {@code Engine.build} and {@code Model.load}; {@code
     * weights.check(network)} is the check. Fetching parameters by name alone overlooks those that are too many, and
     * fetching them in order overlooks their names.
     */
    @Test
    default void rule_7_2_weightsOfAnotherNetwork() {
        Network network = Network.input(1, 5, 5)
                .layer("conv1", Conv2d.of(2, 3))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(4))
                .build();
        Network wider = Network.input(1, 5, 5)
                .layer("conv1", Conv2d.of(3, 3))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(4))
                .build();
        Network longer = Network.input(1, 5, 5)
                .layer("conv1", Conv2d.of(2, 3))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(4))
                .layer("fc2", Linear.of(4))
                .build();
        Network renamed = Network.input(1, 5, 5)
                .layer("first", Conv2d.of(2, 3))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(4))
                .build();
        Network deeper = Network.input(9, 3, 3)
                .layer("conv1", Conv2d.of(2, 1))
                .layer("flatten", new Flatten())
                .layer("fc1", Linear.of(4))
                .build();
        try (Engine engine = open()) {
            refuseWeights(engine, network, renamed, "conv1.weight", "first.weight");
            refuseWeights(engine, network, deeper, "conv1.weight=[2, 1, 3, 3]", "conv1.weight=[2, 9, 1, 1]");
            refuseWeights(engine, network, wider, "conv1.weight=[2, 1, 3, 3]", "conv1.weight=[3, 1, 3, 3]");
            refuseWeights(engine, network, longer, "fc2.weight");
            refuseWeights(engine, longer, network, "fc2.bias");
            try (Model model = engine.build(network, SampleWeights.of(network, SEED))) {
                Bits.assertSameBits("weights", model.weights(), SampleWeights.of(network, SEED));
            }
        }
    }

    private static void refuseWeights(Engine engine, Network network, Network other, String... mentioned) {
        Weights weights = SampleWeights.of(other, SEED + 1);
        UseAssertions.assertRefused(ShapeException.class, () -> engine.build(network, weights), mentioned);
        try (Model model = engine.build(network, SampleWeights.of(network, SEED))) {
            UseAssertions.assertRefused(ShapeException.class, () -> model.load(weights), mentioned);
            Bits.assertSameBits("weights after a refusal", model.weights(), SampleWeights.of(network, SEED));
        }
    }

    /**
     * A tensor of another shape is refused by {@code predict}, and by {@code forward} of every kind of layer, also if it
     * has as many values as one of the right shape.
     *
     * <p>When it fails: look at the beginning of the method; {@code Shape.countIn} is the check. A layer that works on any
     * shape (a rectifier, flatten, dropout) refuses what is not its own, too.
     */
    @Test
    default void rule_7_3_tensorsOfAnotherShape() {
        try (Engine engine = open();
                Twins twins = Twins.on(engine)) {
            Run run = twins.disturbed();
            refuseShapes(twins, engine, Run.NETWORK.input(), "", run.model::predict);
            for (Layer layer : run.layers) {
                refuseShapes(twins, engine, layer.spec().input(), layer.spec().name(), layer::forward);
            }
            twins.goOn();
        }
    }

    private static void refuseShapes(
            Twins twins, Engine engine, Shape example, String where, UnaryOperator<Tensor> use) {
        String dimensions = example.toString().substring(1);
        for (Shape wrong : notBatchesOf(example)) {
            try (Tensor tensor = engine.tensor(wrong, new float[wrong.size()])) {
                twins.refuse(ShapeException.class, () -> use.apply(tensor), where, dimensions, "received " + wrong);
            }
        }
    }

    private static List<Shape> notBatchesOf(Shape example) {
        int[] wider = example.batchOf(2).toArray();
        wider[wider.length - 1]++;
        return List.of(
                Shape.of(),
                example,
                Shape.of(2 * example.size()),
                Shape.of(1, 2, example.size(), 1, 1),
                Shape.of(wider),
                example.batchOf(2).batchOf(1),
                example.batchOf(1).batchOf(2));
    }

    /**
     * A batch of a data set with examples of another shape is refused by {@code predict}, {@code step} and {@code
     * gradients}, also if they have as many values.
     *
     * <p>When it fails: look at the beginning of the method; {@code Batch.check} and {@code TrainingSpec.check} are the
     * checks.
     */
    @Test
    default void rule_7_3_batchesOfAnotherShape() {
        try (Engine engine = open();
                Twins twins = Twins.on(engine)) {
            Run run = twins.disturbed();
            for (Shape wrong : List.of(Shape.of(9, 9, 2), Shape.of(2 * 9 * 9), Shape.of(2, 9, 10), Shape.of(1, 9, 9))) {
                Batch batch = new RandomExamples(wrong, 3, 4, SEED).all();
                for (ThrowingCallable use : run.uses(batch)) {
                    twins.refuse(ShapeException.class, use, "[2, 9, 9]", wrong.toString());
                }
            }
            twins.goOn();
        }
    }

    /**
     * What another engine made is refused: another engine of this provider, and another implementation of the
     * interfaces.
     *
     * <p>When it fails: look at where a {@code Tensor} or {@code Model} becomes the engine's own class. Ask for its class
     * before the cast, and for its engine after it.
     */
    @Test
    default void rule_7_4_whatAnotherEngineMade() {
        try (Engine engine = open();
                Engine other = open();
                Twins twins = Twins.on(engine);
                Run foreign = Run.on(other);
                Tensor examples = Run.tensor(other, Run.batch(0))) {
            Run run = twins.disturbed();
            for (Tensor tensor : List.of(examples, new Foreign.ZeroTensor(examples.shape()))) {
                twins.refuse(IllegalArgumentException.class, () -> run.model.predict(tensor), "tensor");
            }
            for (Layer layer : run.layers) {
                Shape shape = layer.spec().input().batchOf(2);
                try (Tensor input = other.tensor(shape, new float[shape.size()])) {
                    for (Tensor tensor : List.of(input, new Foreign.ZeroTensor(shape))) {
                        twins.refuse(IllegalArgumentException.class, () -> layer.forward(tensor), "tensor");
                    }
                }
            }
            for (Model model : List.of(foreign.model, new Foreign.ZeroModel(Run.NETWORK))) {
                twins.refuse(IllegalArgumentException.class, () -> engine.trainer(model, Run.SPEC), "model");
            }
            twins.goOn();
            foreign.go(1);
        }
    }
}
