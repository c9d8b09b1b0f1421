package dev.lenet.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.EngineUnavailableException;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Loss;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Optimizer;
import dev.lenet.api.engine.Trainer;
import dev.lenet.api.engine.TrainingSpec;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.Weights;
import dev.lenet.tck.sample.Networks;
import dev.lenet.tck.sample.OtherExamples;
import dev.lenet.tck.sample.RandomExamples;
import dev.lenet.tck.sample.SoftLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Replicas that share out each batch, here on one CPU")
class ReplicasTest {
    private static final Network NETWORK = Fixtures.everyLayer();
    private static final int STEPS = 20;

    /** Sums of 32 examples are rounded in another order: a few units in the last place of values below 3, twenty times. */
    private static final float BOUND = 1e-5f;

    private record Outcome(float[] losses, Weights weights, Weights gradients) {}

    private static Engine engine(String replicas) {
        return new DjlEngineProvider().open(new EngineOptions(Device.CPU, 1, true, Map.of(Torch.REPLICAS, replicas)));
    }

    private static Outcome train(int replicas, int batchSize, TrainingSpec spec) {
        ImageDataset images = Fixtures.images(NETWORK, 64);
        try (Engine engine = engine(String.valueOf(replicas));
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
                Trainer trainer = engine.trainer(model, spec)) {
            for (int i = 0; i < STEPS; i++) {
                trainer.step(batch(images, i * 3 % (64 - batchSize), batchSize), 0.01);
            }
            return new Outcome(
                    trainer.drainMetrics().losses(), model.weights(), trainer.gradients(batch(images, 1, batchSize)));
        }
    }

    private static Batch batch(ImageDataset images, int from, int size) {
        return SoftLabels.of(Batch.range(images, from, size), Fixtures.SEED);
    }

    @ParameterizedTest(name = "{0} replicas of a batch of {1}")
    @CsvSource({"2, 32", "3, 32", "2, 1", "4, 7"})
    @DisplayName("train as one does with the whole batch")
    void sameTraining(int replicas, int batchSize) {
        TrainingSpec spec =
                Fixtures.spec(new Optimizer.Adam(), 32).withClipNorm(1).withAverageDecay(0.9);
        assertSameTraining(replicas, batchSize, spec);
    }

    @Test
    @DisplayName("distil as one does, each from the soft labels of its own part")
    void sameDistillation() {
        TrainingSpec spec = new TrainingSpec(new Optimizer.Sgd(0.9, 0), new Loss.Distillation(2), 32, Fixtures.SEED);
        assertSameTraining(3, 20, spec);
    }

    @Test
    @DisplayName("leave a batch whole that is normalised as a whole")
    void wholeBatches() {
        Network network = Networks.normalised();
        Batch batch = new RandomExamples(network.input(), 20, network.output().size(), Fixtures.SEED).all();
        List<Weights> trained = new ArrayList<>();
        for (String replicas : List.of("1", "3")) {
            try (Engine engine = engine(replicas);
                    Model model = engine.build(network, Weights.initial(network, Fixtures.SEED));
                    Trainer trainer = engine.trainer(model, Fixtures.spec(new Optimizer.Sgd(), 20))) {
                trainer.step(batch, 0.1);
                trainer.step(batch, 0.1);
                trained.add(model.weights());
            }
        }
        for (ParameterSpec parameter : network.parameters()) {
            assertThat(trained.get(1).get(parameter.name()))
                    .as(parameter.name())
                    .containsExactly(trained.get(0).get(parameter.name()), within(BOUND));
        }
    }

    private static void assertSameTraining(int replicas, int batchSize, TrainingSpec spec) {
        Outcome expected = train(1, batchSize, spec);
        Outcome received = train(replicas, batchSize, spec);
        assertThat(received.losses()).hasSize(STEPS).containsExactly(expected.losses(), within(BOUND));
        for (ParameterSpec parameter : NETWORK.parameters()) {
            String name = parameter.name();
            assertThat(received.weights().get(name))
                    .as(name)
                    .containsExactly(expected.weights().get(name), within(BOUND));
            assertThat(received.gradients().get(name))
                    .as("gradient of %s", name)
                    .containsExactly(expected.gradients().get(name), within(BOUND));
        }
    }

    @Test
    @DisplayName("say how many they are")
    void description() {
        try (Engine engine = engine("2")) {
            assertThat(engine.describe().detail()).endsWith("1 thread, 2 replicas");
        }
    }

    @Test
    @DisplayName("throw what reading an example throws, after which training goes on")
    void failure() {
        ImageDataset images = Fixtures.images(NETWORK, 8);
        Dataset damaged = new OtherExamples(images) {
            @Override
            public void read(int row, float[] target, int offset) {
                if (row == 5) {
                    throw new IllegalStateException("row 5");
                }
                super.read(row, target, offset);
            }
        };
        try (Engine engine = engine("2");
                Model model = engine.build(NETWORK, Weights.initial(NETWORK, Fixtures.SEED));
                Trainer trainer = engine.trainer(model, Fixtures.spec(new Optimizer.Sgd(), 8))) {
            float[] before = model.weights().get("fc1.weight");
            assertThatThrownBy(() -> trainer.step(Batch.range(damaged, 2, 4), 0.1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("row 5");
            assertThat(model.weights().get("fc1.weight")).isEqualTo(before);
            trainer.step(Batch.range(damaged, 0, 4), 0.1);
            assertThat(trainer.drainMetrics().losses()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "two", "100"})
    @DisplayName("are a number from 1 to 99")
    void numbers(String replicas) {
        assertThatThrownBy(() -> engine(replicas))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessage("Engine 'djl': djl.replicas: expected 1 to 99, received '" + replicas
                        + "'. Choose one of these.");
    }
}
