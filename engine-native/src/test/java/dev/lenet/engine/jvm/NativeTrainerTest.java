package dev.lenet.engine.jvm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.data.Batch;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainerState;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.SampleWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeTrainerTest {
    private static final Network NETWORK = LeNet5.network(2);
    private static final int BATCH = 70;
    private static final RandomExamples DATA = new RandomExamples(NETWORK.input(), 3 * BATCH, 10, 1);

    /** Plain ones, and some with all that a specification can have; gradients here are longer than 0.01. */
    static List<TrainingSpec> specs() {
        return List.of(
                spec(new Optimizer.Sgd()),
                spec(new Optimizer.Sgd(0.9, 0.01)),
                spec(new Optimizer.Adam()),
                spec(new Optimizer.Adam(0.8, 0.99, 1e-6, 0.1, true)),
                full(new Optimizer.Sgd()),
                full(new Optimizer.Adam()));
    }

    private static TrainingSpec spec(Optimizer optimizer) {
        return new TrainingSpec(optimizer, new Loss.SoftmaxCrossEntropy(), BATCH, 9);
    }

    private static TrainingSpec full(Optimizer optimizer) {
        return new TrainingSpec(optimizer, new Loss.SoftmaxCrossEntropy(0.1), BATCH, 9, 0.01, 0.9);
    }

    private static Batch batch(int i) {
        return Batch.range(DATA, (i % 3) * BATCH, i % 3 == 2 ? BATCH - 5 : BATCH);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void anyNumberOfThreadsGivesTheSameBits(TrainingSpec spec) {
        TrainerState expected = train(spec, 1);
        for (int threads : new int[] {2, 3, 5}) {
            TrainerState state = train(spec, threads);
            assertSame(state.weights(), expected.weights());
            expected.slots()
                    .forEach((name, slot) ->
                            assertSame(requireNonNull(state.slots().get(name)), slot));
        }
    }

    /** Batches of one block, of several, and smaller ones than announced. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 33, 70})
    void soItIsWhereABatchIsNormalisedAsAWhole(int size) {
        Network network = Networks.normalised();
        RandomExamples data = new RandomExamples(network.input(), 3 * size, 4, 1);
        List<Weights> trained = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3, 5}) {
            TrainingSpec spec =
                    new TrainingSpec(new Optimizer.Sgd(0.9, 0.01), new Loss.SoftmaxCrossEntropy(), size, 9, 0.01, 0.9);
            try (NativeEngine engine = new NativeEngine(TestOptions.simd(), threads);
                    Model model = engine.build(network, SampleWeights.of(network, 2));
                    Trainer trainer = engine.trainer(model, spec)) {
                for (int i = 0; i < 3; i++) {
                    trainer.step(Batch.range(data, i * size, size), 0.05);
                    trainer.step(Batch.range(data, 0, 1 + size / 2), 0.05);
                    trainer.gradients(Batch.range(data, 0, size));
                }
                trained.add(model.weights());
            }
        }
        trained.forEach(weights -> assertSame(weights, trained.get(0)));
    }

    /** Among them batches of one block, of blocks of other sizes, and of some that are full and some that are not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 17, 33, 40})
    void soItIsInBatchesOfAnySize(int size) {
        for (double clipNorm : new double[] {0, 0.01}) {
            TrainerState expected = train(size, clipNorm, 1);
            for (int threads : new int[] {2, 4}) {
                TrainerState state = train(size, clipNorm, threads);
                expected.weights().tensors().forEach((name, tensor) -> assertThat(
                                Arrays.equals(state.weights().get(name), tensor.values()))
                        .as(name)
                        .isTrue());
            }
        }
    }

    private static TrainerState train(int size, double clipNorm, int threads) {
        TrainingSpec spec =
                new TrainingSpec(new Optimizer.Adam(), new Loss.SoftmaxCrossEntropy(), size, 9, clipNorm, 0);
        try (NativeEngine engine = new NativeEngine(TestOptions.simd(), threads);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 2));
                Trainer trainer = engine.trainer(model, spec)) {
            for (int i = 0; i < 3; i++) {
                trainer.step(Batch.range(DATA, i * size, size), 0.01);
            }
            trainer.step(Batch.range(DATA, 0, 1 + size / 2), 0.01);
            return trainer.state();
        }
    }

    /** The gradient of a batch is the mean of those of its images, whatever blocks they are in. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 8, 15, 16, 23, 31, 36})
    void theGradientIsTheMeanOfTheImages(int size) {
        try (NativeEngine engine = new NativeEngine(TestOptions.simd(), 2);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 2));
                Trainer trainer = engine.trainer(model, spec(new Optimizer.Sgd()))) {
            Map<String, double[]> means = new HashMap<>();
            for (int n = 0; n < size; n++) {
                trainer.gradients(Batch.range(DATA, n, 1)).tensors().forEach((name, tensor) -> {
                    float[] values = tensor.values();
                    double[] mean = means.computeIfAbsent(name, unknown -> new double[values.length]);
                    for (int i = 0; i < mean.length; i++) {
                        mean[i] += values[i] / (double) size;
                    }
                });
            }
            trainer.gradients(Batch.range(DATA, 0, size)).tensors().forEach((name, tensor) -> {
                double[] mean = requireNonNull(means.get(name));
                float[] values = tensor.values();
                double largest = 0;
                for (int i = 0; i < mean.length; i++) {
                    largest = Math.max(largest, Math.abs(values[i] - mean[i]));
                }
                assertThat(largest).as(name).isLessThan(1e-5);
            });
        }
    }

    private static TrainerState train(TrainingSpec spec, int threads) {
        try (NativeEngine engine = new NativeEngine(TestOptions.simd(), threads);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 2));
                Trainer trainer = engine.trainer(model, spec)) {
            for (int i = 0; i < 4; i++) {
                trainer.step(batch(i), 0.01);
            }
            return trainer.state();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aRestoredStateContinuesBitForBit(TrainingSpec spec) {
        try (NativeEngine engine = new NativeEngine(TestOptions.simd(), 2);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 2));
                Model other = engine.build(NETWORK, Weights.zeros(NETWORK));
                Trainer trainer = engine.trainer(model, spec);
                Trainer resumed = engine.trainer(other, spec)) {
            trainer.step(batch(0), 0.01);
            trainer.step(batch(1), 0.01);
            TrainerState state = trainer.state();
            trainer.step(batch(2), 0.01);
            trainer.step(batch(3), 0.01);
            resumed.restore(state);
            resumed.step(batch(2), 0.01);
            resumed.step(batch(3), 0.01);
            assertSame(other.weights(), model.weights());
            assertThat(resumed.state().step()).isEqualTo(4);
        }
    }

    @Test
    void lossesComeOnceAndInOrder() {
        try (NativeEngine engine = new NativeEngine(TestOptions.simd(), 2);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 2));
                Trainer trainer = engine.trainer(model, spec(new Optimizer.Sgd()))) {
            trainer.step(batch(0), 0.1);
            trainer.step(batch(1), 0.1);
            float[] both = trainer.drainMetrics().losses();
            assertThat(both).hasSize(2);
            assertThat(trainer.drainMetrics().losses()).isEmpty();
            trainer.restore(new TrainerState(0, Weights.initial(NETWORK, 2), Map.of()));
            trainer.step(batch(0), 0.1);
            assertThat(trainer.drainMetrics().losses()).containsExactly(both[0]);
            trainer.step(batch(1), 0.1);
            assertThat(trainer.drainMetrics().losses()).containsExactly(both[1]);
        }
    }

    @Test
    void predictingAndAskingForGradientsBetweenStepsChangesNothing() {
        try (NativeEngine engine = new NativeEngine(TestOptions.simd(), 2);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 2));
                Trainer trainer = engine.trainer(model, spec(new Optimizer.Adam()))) {
            for (int i = 0; i < 4; i++) {
                model.predict(batch(i + 1)).close();
                trainer.gradients(batch(i + 1));
                trainer.step(batch(i), 0.01);
            }
            assertSame(model.weights(), train(spec(new Optimizer.Adam()), 2).weights());
        }
    }

    @Test
    void aStateDropsTheLossesOfTheRunItReplaces() {
        try (NativeEngine engine = new NativeEngine(TestOptions.simd(), 1);
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, 2));
                Trainer trainer = engine.trainer(model, spec(new Optimizer.Sgd()))) {
            TrainerState start = trainer.state();
            trainer.step(batch(0), 0.1);
            trainer.restore(start);
            assertThat(trainer.drainMetrics().losses()).isEmpty();
        }
    }

    private static void assertSame(Weights actual, Weights expected) {
        expected.tensors()
                .forEach((name, tensor) -> assertThat(actual.get(name)).as(name).containsExactly(tensor.values()));
    }
}
