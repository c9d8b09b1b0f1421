package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.Shape;
import dev.lenet.api.augmentation.Augmentation;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.network.Conv2d;
import dev.lenet.api.network.Dropout;
import dev.lenet.api.network.Flatten;
import dev.lenet.api.network.Linear;
import dev.lenet.api.network.MaxPool2d;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.Relu;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.Checkpoint;
import dev.lenet.api.training.CheckpointStore;
import dev.lenet.api.training.EarlyStopping;
import dev.lenet.api.training.EpochReport;
import dev.lenet.api.training.Schedule;
import dev.lenet.api.training.TrainingListener;
import dev.lenet.api.training.TrainingLoop;
import dev.lenet.api.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stopping and going on, on real engines, with everything in the network that could remember something. */
class ResumeTest {
    private static final long SEED = 11;
    private static final int SIZE = 50;
    private static final int STEPS_PER_EPOCH = 7;
    private static final int STEPS = 3 * STEPS_PER_EPOCH;

    /** Of weights that Adam moves by up to 0.01 a step, so that anything forgotten shows; 3e-8 is what is seen. */
    private static final double APART = 1e-6;

    private static final Network NETWORK = Network.input(1, 8, 8)
            .layer("conv1", Conv2d.of(4, 3))
            .layer("relu1", new Relu())
            .layer("pool1", MaxPool2d.of(2))
            .layer("flatten", new Flatten())
            .layer("dropout", new Dropout(0.4f))
            .layer("fc1", Linear.of(3))
            .build();

    @TempDir
    Path folder;

    private int checkpointEvery;

    /** Every checkpoint of every part. */
    private final List<Checkpoint> saved = new ArrayList<>();

    private static ImageDataset images(int count) {
        Random random = new Random(SEED);
        byte[] pixels = new byte[count * 64];
        byte[] labels = new byte[count];
        random.nextBytes(pixels);
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) random.nextInt(3);
        }
        return new ImageDataset(Shape.of(1, 8, 8), pixels, labels, 3, new Normalization(0.5, 0.3));
    }

    /** What a run, or a part of one, ends with. */
    private record Part(Weights weights, Checkpoint checkpoint) {}

    private Part run(String name, Optimizer optimizer, @Nullable Part start, int stopAfter) {
        TrainingSettings settings = new TrainingSettings(3, 8, 0.01, optimizer, SEED)
                .withSchedule(new Schedule.Cooldown(0.8))
                .withEarlyStopping(new EarlyStopping(3, 0))
                .withLoss(new Loss.SoftmaxCrossEntropy(0.1))
                .withClipNorm(1)
                .withAverageDecay(0.9)
                .withCheckpointEvery(checkpointEvery)
                .withAugmentation(new Augmentation(1, 20, 0.1, 0.1, 0.1, 1, 2))
                .withPrefetchThreads(1);
        CheckpointStore store = new CheckpointStore(folder);
        int[] steps = {0};
        TrainingListener counter = new TrainingListener() {
            @Override
            public void stepped(long step, int examples, double learningRate) {
                steps[0]++;
            }
        };
        try (Engine engine = Engines.named(name).open(new EngineOptions(Device.CPU, 2, true));
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, SEED))) {
            TrainingLoop loop =
                    new TrainingLoop(engine, settings).saving(saved::add).until(() -> steps[0] >= stopAfter);
            (start == null ? loop : loop.from(start.checkpoint())).run(model, images(SIZE), images(12), counter);
            store.save(saved.get(saved.size() - 1));
            return new Part(model.weights(), store.latest().checkpoint());
        }
    }

    private static double largestDifference(Weights a, Weights b) {
        double largest = 0;
        for (String name : a.tensors().keySet()) {
            float[] first = a.get(name);
            float[] second = b.get(name);
            for (int i = 0; i < first.length; i++) {
                double difference = Math.abs((double) first[i] - second[i]);
                // Zeros of different signs are different bits.
                boolean same = Float.floatToRawIntBits(first[i]) == Float.floatToRawIntBits(second[i]);
                largest = Math.max(largest, same ? 0 : Math.max(difference, Float.MIN_VALUE));
            }
        }
        return largest;
    }

    @Test
    void theNativeEngineGoesOnToTheBitFromAnyStep() {
        for (Optimizer optimizer : List.of(new Optimizer.Adam(), new Optimizer.Sgd(0.9, 0.01))) {
            Part straight = run("native", optimizer, null, Integer.MAX_VALUE);
            for (int k = 1; k < STEPS; k += Extent.of(1, 4)) {
                Part first = run("native", optimizer, null, k);
                assertThat(first.checkpoint().step()).isEqualTo(k);
                Part second = run("native", optimizer, first, Integer.MAX_VALUE);
                assertThat(largestDifference(straight.weights(), second.weights()))
                        .as("%s, seed %d, stopped after %d", optimizer, SEED, k)
                        .isZero();
            }
        }
    }

    @Test
    void theNativeEngineGoesOnToTheBitFromACheckpointInsideAnEpoch() {
        Part straight = run("native", new Optimizer.Adam(), null, Integer.MAX_VALUE);
        checkpointEvery = 3;
        saved.clear();
        Part saving = run("native", new Optimizer.Adam(), null, Integer.MAX_VALUE);
        assertThat(largestDifference(straight.weights(), saving.weights())).isZero();
        List<Checkpoint> checkpoints = List.copyOf(saved);
        assertThat(checkpoints).extracting(Checkpoint::step).containsExactly(3L, 6L, 7L, 9L, 12L, 14L, 15L, 18L, 21L);
        for (Checkpoint checkpoint : checkpoints) {
            Part rest = run("native", new Optimizer.Adam(), new Part(saving.weights(), checkpoint), Integer.MAX_VALUE);
            assertThat(largestDifference(straight.weights(), rest.weights()))
                    .as("seed %d, from %d", SEED, checkpoint.step())
                    .isZero();
            assertThat(rest.checkpoint().history())
                    .as("seed %d, from %d", SEED, checkpoint.step())
                    .extracting(EpochReport::trainingLoss)
                    .isEqualTo(straight.checkpoint().history().stream()
                            .map(EpochReport::trainingLoss)
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"djl, djl", "native, djl", "djl, native"})
    void everyEngineGoesOnWithTheRunOfAnother(String begun, String ended) {
        Part straight = run("native", new Optimizer.Adam(), null, Integer.MAX_VALUE);
        for (int k : new int[] {1, STEPS_PER_EPOCH, STEPS_PER_EPOCH + 3, STEPS - 1}) {
            Part first = run(begun, new Optimizer.Adam(), null, k);
            Part second = run(ended, new Optimizer.Adam(), first, Integer.MAX_VALUE);
            assertThat(largestDifference(straight.weights(), second.weights()))
                    .as("seed %d, stopped after %d", SEED, k)
                    .isLessThan(APART);
        }
    }
}
