package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.data.Batch;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.inference.Softmax;
import dev.lenet.api.model.ModelFile;
import dev.lenet.datasets.DatasetFinder;
import dev.lenet.datasets.DatasetKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two engines side by side in one JVM. */
class ParityTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** A GPU rounds in ways of its own; the bounds are those of two engines on one processor. */
    private static final EngineOptions ON_CPU = new EngineOptions(Device.CPU, 0, true);

    /** A requirement, in parts of the largest logit. 4e-7 is what is seen, of logits of up to 25: docs/architecture.md. */
    private static final double LOGIT_BOUND = 1e-6;

    /** Four units in the last place of a loss near 2.3: before the first update, there is no room for drift. */
    private static final double FIRST_LOSS_BOUND = 4 * Math.ulp(2.3f);

    /** 6e-7 is what is seen; docs/architecture.md tells why another seed or a larger rate may differ by more. */
    private static final double LOSS_BOUND = 1e-4;

    /** A requirement: 0.3 points of accuracy, 30 of the 10,000 test images. */
    private static final double ACCURACY_BOUND = 0.003;

    @TempDir
    Path folder;

    @Test
    void theShippedModelReadsEveryTestDigitTheSameOnBothEngines() {
        ModelFile file = ModelFile.read(ROOT.resolve("models/lenet5.safetensors"), List.of());
        Normalization normalization = file.normalization();
        assertThat(normalization).isNotNull();
        ImageDataset test = DatasetFinder.offline()
                .find(DatasetKind.MNIST, ROOT.resolve("data/mnist"))
                .test(normalization == null ? new Normalization(0, 1) : normalization);
        try (Engine first = Engines.named("native").open(ON_CPU);
                Engine second = Engines.named("djl").open(ON_CPU);
                Model a = first.build(file.network(), file.weights());
                Model b = second.build(file.network(), file.weights())) {
            double largest = 0;
            double difference = 0;
            for (Batch batch : Batch.inOrder(test, 1000)) {
                try (Tensor logitsA = a.predict(batch);
                        Tensor logitsB = b.predict(batch)) {
                    float[] valuesA = logitsA.toArray();
                    float[] valuesB = logitsB.toArray();
                    for (int i = 0; i < batch.size(); i++) {
                        assertThat(Softmax.argmax(valuesA, i * 10, 10))
                                .as("test image %d", batch.offset() + i)
                                .isEqualTo(Softmax.argmax(valuesB, i * 10, 10));
                    }
                    for (int i = 0; i < valuesA.length; i++) {
                        largest = Math.max(largest, Math.abs(valuesA[i]));
                        difference = Math.max(difference, Math.abs((double) valuesA[i] - valuesB[i]));
                    }
                }
            }
            assertThat(difference).isLessThan(LOGIT_BOUND * largest);
        }
    }

    @Test
    void aHundredStepsOfTheSameConfigurationHaveTheSameLosses() {
        List<Double> first = losses("native");
        List<Double> second = losses("djl");
        assertThat(first).hasSize(100);
        assertThat(second).hasSize(100);
        assertThat(first.get(0)).isCloseTo(second.get(0), within(FIRST_LOSS_BOUND));
        for (int step = 0; step < 100; step++) {
            assertThat(first.get(step)).as("step %d", step + 1).isCloseTo(second.get(step), within(LOSS_BOUND));
        }
        // And they are losses of a network that learns.
        assertThat(first.get(99)).isLessThan(0.8);
    }

    /** Of a seed with which no pooling window has two largest values within rounding: docs/architecture.md. */
    private List<Double> losses(String engine) {
        ProgramRun run = ProgramRun.of(
                folder,
                "train",
                "--config",
                ProgramRun.PLAIN.toString(),
                "--lr",
                "0.0005",
                "--seed",
                "5",
                "--device",
                "cpu",
                "--engine",
                engine,
                "--json",
                "--max-steps",
                "100",
                "--log-every",
                "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.losses();
    }

    /** Engines that round differently part in the course of an epoch; what they learn must not. */
    @Tag("exhaustive")
    @Test
    void anEpochFromTheSameWeightsLearnsTheSameOnBothEngines() {
        double first = accuracyAfterAnEpoch("native");
        double second = accuracyAfterAnEpoch("djl");
        assertThat(first).isCloseTo(second, within(ACCURACY_BOUND));
        assertThat(first).isGreaterThan(0.95);
    }

    private double accuracyAfterAnEpoch(String engine) {
        ProgramRun run = ProgramRun.of(
                folder,
                "train",
                "--config",
                ProgramRun.PLAIN.toString(),
                "--device",
                "cpu",
                "--engine",
                engine,
                "--json",
                "--epochs",
                "1",
                "--validation-size",
                "35000",
                "--output",
                engine + ".safetensors");
        assertThat(run.exitCode()).as(run.err()).isZero();
        ModelFile file = ModelFile.read(folder.resolve(engine + ".safetensors"), List.of());
        // 25,000 images in batches of 32: a whole epoch, and no less.
        assertThat(file.facts()).containsEntry("steps", "782").containsEntry("engine", engine);
        assertThat(Novelty.of(file.network(), file.facts()))
                .as("what is strange")
                .isNotNull();
        file.weights().tensors().forEach((name, tensor) -> {
            for (int i = 0; i < tensor.values().length; i++) {
                assertThat(tensor.values()[i]).as("%s %s[%d]", engine, name, i).isFinite();
            }
        });
        return run.events("end").get(0).get("test_accuracy").getAsDouble();
    }
}
