package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.checkpoint.ModelFile;
import dev.lenet.api.data.Batch;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.engine.Tensor;
import dev.lenet.api.training.Softmax;
import dev.lenet.app.data.DatasetFiles;
import dev.lenet.app.data.DatasetKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two engines side by side in one JVM. */
class ParityTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Logits of up to 30 after sums of a few hundred terms: 30 * 2^-24 * 500 is 1e-3; 1e-5 is what is seen. */
    private static final double LOGIT_BOUND = 1e-4;

    /** 3e-7 is what is seen; docs/architecture.md tells why another seed may differ by more. */
    private static final double LOSS_BOUND = 1e-4;

    @TempDir
    Path folder;

    @Test
    void theShippedModelReadsEveryTestDigitTheSameOnBothEngines() {
        ModelFile file = ModelFile.read(ROOT.resolve("models/lenet5.safetensors"), List.of());
        Normalization normalization = file.normalization();
        assertThat(normalization).isNotNull();
        ImageDataset test = new DatasetFiles(DatasetKind.MNIST, ROOT.resolve("data/mnist"))
                .test(normalization == null ? new Normalization(0, 1) : normalization);
        try (Engine first = Engines.named("native").open(EngineOptions.DEFAULT);
                Engine second = Engines.named("djl").open(EngineOptions.DEFAULT);
                Model a = first.build(file.network(), file.weights());
                Model b = second.build(file.network(), file.weights())) {
            for (int from = 0; from < test.size(); from += 1000) {
                Batch batch = Batch.range(test, from, 1000);
                try (Tensor logitsA = a.predict(batch);
                        Tensor logitsB = b.predict(batch)) {
                    float[] valuesA = logitsA.toArray();
                    float[] valuesB = logitsB.toArray();
                    for (int i = 0; i < 1000; i++) {
                        assertThat(Softmax.argmax(valuesA, i * 10, 10))
                                .as("test image %d", from + i)
                                .isEqualTo(Softmax.argmax(valuesB, i * 10, 10));
                    }
                    assertThat(largestDifference(valuesA, valuesB)).isLessThan(LOGIT_BOUND);
                }
            }
        }
    }

    private static double largestDifference(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
        }
        return largest;
    }

    @Test
    void aHundredStepsOfTheSameConfigurationHaveTheSameLosses() {
        List<Double> first = losses("native");
        List<Double> second = losses("djl");
        assertThat(first).hasSize(100);
        assertThat(second).hasSize(100);
        // Before the first update there is no room for drift: same weights, same batch.
        assertThat(first.get(0)).isCloseTo(second.get(0), within(1e-6));
        for (int step = 0; step < 100; step++) {
            assertThat(first.get(step)).as("step %d", step + 1).isCloseTo(second.get(step), within(LOSS_BOUND));
        }
        // And they are losses of a network that learns.
        assertThat(first.get(99)).isLessThan(0.8);
    }

    private List<Double> losses(String engine) {
        ProgramRun run =
                ProgramRun.of(folder, "train", "--engine", engine, "--json", "--max-steps", "100", "--log-every", "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.losses();
    }
}
