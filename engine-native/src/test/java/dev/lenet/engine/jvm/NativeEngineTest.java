package dev.lenet.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NativeEngineTest {
    private static final Network NETWORK = Network.input(1, 3, 3)
            .layer("flatten", new Flatten())
            .layer("fc", Linear.of(4))
            .build();
    private static final TrainingSpec SPEC =
            new TrainingSpec(new Optimizer.Sgd(), new Loss.SoftmaxCrossEntropy(), 4, 1);

    private final EngineProvider provider = Engines.named("native");

    @Test
    void isFoundByNameAndReady() {
        assertThat(provider).isInstanceOf(NativeEngineProvider.class);
        assertThat(provider.probe(new EngineOptions(Device.CPU, 2, true)))
                .isEqualTo(new Availability.Ready("plain Java, scalar kernels, 2 threads"));
    }

    @Test
    void hasNoCuda() {
        EngineOptions cuda = new EngineOptions(Device.parse("cuda:1"), 0, true);
        assertThat(provider.probe(cuda))
                .isEqualTo(new Availability.Unavailable(
                        "it computes on the CPU; cuda:1 was asked for",
                        "Use --device cpu, or an engine that has CUDA."));
        assertThatThrownBy(() -> provider.open(cuda))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("Engine 'native': expected the device cpu or auto, received 'cuda:1'."
                        + " Use --device cpu, or an engine that has CUDA.");
    }

    @Test
    void closedThingsSayThatTheyAreClosed() {
        Engine engine = provider.open(EngineOptions.DEFAULT);
        Model model = engine.build(NETWORK, Weights.initial(NETWORK, 1));
        Trainer trainer = engine.trainer(model, SPEC);
        Tensor tensor = engine.tensor(Shape.of(1, 1, 3, 3), new float[9]);
        RandomExamples data = new RandomExamples(NETWORK.input(), 4, 4, 1);

        tensor.close();
        tensor.close();
        assertThatThrownBy(tensor::toArray)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This tensor is closed.");
        assertThatThrownBy(() -> model.predict(tensor)).isInstanceOf(IllegalStateException.class);
        trainer.close();
        trainer.close();
        assertThatThrownBy(() -> trainer.step(data.all(), 0.1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This trainer is closed.");
        model.close();
        model.close();
        assertThatThrownBy(() -> model.predict(data.all()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This model is closed.");
        assertThatThrownBy(() -> engine.trainer(model, SPEC)).isInstanceOf(IllegalStateException.class);
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.build(NETWORK, Weights.initial(NETWORK, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The native engine is closed.");
    }

    @Test
    void wrongShapesAreExplained() {
        try (Engine engine = provider.open(EngineOptions.DEFAULT);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 1));
                Tensor wrong = engine.tensor(Shape.of(2, 3, 3), new float[18])) {
            assertThatThrownBy(() -> model.predict(wrong))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("predict: expected examples of shape [N, 1, 3, 3], received [2, 3, 3]."
                            + " Put the batch in front, and check the network's input.");
            assertThatThrownBy(() -> model.layers().get(1).forward(wrong))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("fc (layer 2, linear): expected examples of shape [N, 9], received [2, 3, 3]."
                            + " Put the batch in front, and check the network's input.");
            assertThatThrownBy(() -> engine.tensor(Shape.of(2, 2), new float[3]))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("tensor: expected 4 values for [2, 2], received 3. Give one value for each position.");
        }
    }

    @Test
    void aModelOfAnotherEngineCannotBeTrained() {
        try (Engine engine = provider.open(EngineOptions.DEFAULT);
                Engine other = provider.open(EngineOptions.DEFAULT);
                Model model = other.build(NETWORK, Weights.initial(NETWORK, 1))) {
            assertThatThrownBy(() -> engine.trainer(model, SPEC)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void changingWhatWasHandedInOrOutChangesNothing() {
        try (Engine engine = provider.open(EngineOptions.DEFAULT)) {
            Weights weights = Weights.initial(NETWORK, 1);
            float first = weights.get("fc.weight")[0];
            try (Model model = engine.build(NETWORK, weights)) {
                weights.get("fc.weight")[0] = 99;
                model.weights().get("fc.weight")[0] = 98;
                assertThat(model.weights().get("fc.weight")[0]).isEqualTo(first);
            }
        }
    }

    @Test
    void closingWaitsForTheStepUnderWayAndTheNextOneIsRefused() throws Exception {
        Network network = LeNet5.network(2);
        RandomExamples data = new RandomExamples(network.input(), 64, 10, 1);
        for (int round = 0; round < 10; round++) {
            Engine engine = provider.open(new EngineOptions(Device.CPU, 2, true));
            Model model = engine.build(network, Weights.initial(network, 1));
            Trainer trainer =
                    engine.trainer(model, new TrainingSpec(new Optimizer.Sgd(), new Loss.SoftmaxCrossEntropy(), 64, 1));
            ExecutorService stepper = Executors.newSingleThreadExecutor();
            Future<?> steps = stepper.submit(() -> {
                while (true) {
                    trainer.step(data.all(), 0.01);
                }
            });
            trainer.state();
            engine.close();
            assertThatThrownBy(() -> steps.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The native engine is closed.");
            stepper.shutdown();
        }
    }

    @Test
    void aTensorOfAnotherEngineIsRefused() {
        try (Engine engine = provider.open(EngineOptions.DEFAULT);
                Engine other = provider.open(EngineOptions.DEFAULT);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 1));
                Tensor foreign = other.tensor(Shape.of(1, 1, 3, 3), new float[9])) {
            assertThatThrownBy(() -> model.predict(foreign)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aDataSetMayAskAnotherModelOfTheEngine() {
        RandomExamples data = new RandomExamples(NETWORK.input(), 40, 4, 1);
        try (Engine engine = provider.open(new EngineOptions(Device.CPU, 2, true));
                Model inner = engine.build(NETWORK, Weights.initial(NETWORK, 1));
                Model outer = engine.build(NETWORK, Weights.initial(NETWORK, 2))) {
            Dataset asking = new AskingDataset(data, inner);
            float[] asked = outer.predict(Batch.range(asking, 0, 40)).toArray();
            assertThat(asked).containsExactly(outer.predict(data.all()).toArray());
        }
    }

    /** Predicts with a model whenever an example is read. */
    private record AskingDataset(RandomExamples base, Model model) implements Dataset {
        @Override
        public Shape exampleShape() {
            return base.exampleShape();
        }

        @Override
        public int size() {
            return base.size();
        }

        @Override
        public int classes() {
            return base.classes();
        }

        @Override
        public int label(int row) {
            return base.label(row);
        }

        @Override
        public void read(int row, float[] target, int offset) {
            model.predict(base.all()).close();
            base.read(row, target, offset);
        }
    }

    @Test
    void manyThreadsMayPredictAtOnce() throws Exception {
        RandomExamples data = new RandomExamples(NETWORK.input(), 100, 4, 1);
        ExecutorService callers = Executors.newFixedThreadPool(6);
        try (Engine engine = provider.open(new EngineOptions(Device.CPU, 2, true));
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 1))) {
            float[] expected = model.predict(data.all()).toArray();
            Callable<float[]> predict = () -> model.predict(data.all()).toArray();
            List<Callable<float[]>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(predict);
            }
            for (Future<float[]> result : callers.invokeAll(calls)) {
                assertThat(result.get()).containsExactly(expected);
            }
        } finally {
            callers.shutdown();
        }
    }
}
