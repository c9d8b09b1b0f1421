package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lenet.api.data.Dataset;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.engine.Device;
import dev.lenet.api.engine.Engine;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.Engines;
import dev.lenet.api.engine.Model;
import dev.lenet.api.inference.Classification;
import dev.lenet.api.inference.Classifier;
import dev.lenet.api.inference.Novelty;
import dev.lenet.api.inference.NoveltyFit;
import dev.lenet.api.model.ModelFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoveltyOfDigitsTest {
    private static final Path ROOT = Path.of("..");

    /** Logits of two engines differ by 1e-6 of their size, features by less; and each is weighed by its deviation. */
    private static final double ENGINES_DIFFER = 1e-4;

    private final ModelFile file = ModelFile.read(ROOT.resolve("models/lenet5.safetensors"), List.of());

    private ImageDataset mnist(String part) {
        return ImageDataset.of(
                IdxFile.images(ROOT.resolve("data/mnist/" + part + "-images-idx3-ubyte.gz")),
                IdxFile.labels(ROOT.resolve("data/mnist/" + part + "-labels-idx1-ubyte.gz")),
                10,
                Objects.requireNonNull(file.normalization()));
    }

    private static Dataset every(int step, int count, Dataset dataset) {
        return dataset.select(IntStream.range(0, count).map(i -> step * i).toArray());
    }

    private static List<byte[]> pixels(int step, int count, ImageDataset images) {
        return IntStream.range(0, count).mapToObj(i -> images.image(step * i)).toList();
    }

    private List<Classification> classified(Engine engine, List<byte[]> images) {
        try (Classifier classifier = Classifier.on(engine, file)) {
            return classifier.classify(images);
        }
    }

    private static double[] novelties(List<Classification> answers) {
        return answers.stream()
                .mapToDouble(answer -> answer.novelty().orElseThrow())
                .toArray();
    }

    private static long unfamiliar(List<Classification> answers) {
        return answers.stream().filter(Classification::unfamiliar).count();
    }

    @Test
    void aHundredthOfTheTrainingImagesIsStrangeAndLittleMoreOfTheTest() {
        try (Engine engine = Engines.named("native").open(EngineOptions.DEFAULT)) {
            assertThat(unfamiliar(classified(engine, pixels(25, 2000, mnist("train")))))
                    .isBetween(10L, 32L);
            assertThat(unfamiliar(classified(engine, pixels(5, 2000, mnist("t10k")))))
                    .isBetween(10L, 40L);
        }
    }

    @Test
    void whatIsNoDigitIsStrange() {
        byte[] pixels = new byte[100 * 784];
        Random random = new Random(1);
        for (int i = 0; i < pixels.length; i++) {
            int x = i % 28;
            int y = i / 28 % 28;
            boolean inside = x >= 4 && x < 24 && y >= 4 && y < 24;
            pixels[i] = (byte) (inside ? random.nextInt(256) : 0);
        }
        List<byte[]> noise = IntStream.range(0, 100)
                .mapToObj(i -> Arrays.copyOfRange(pixels, i * 784, (i + 1) * 784))
                .toList();
        try (Engine engine = Engines.named("native").open(EngineOptions.DEFAULT)) {
            assertThat(unfamiliar(classified(engine, noise))).isGreaterThanOrEqualTo(97);
        }
    }

    @Test
    void bothEnginesFindTheSameStrange() {
        EngineOptions onCpu = new EngineOptions(Device.CPU, 0, true);
        List<byte[]> images = pixels(50, 200, mnist("t10k"));
        try (Engine first = Engines.named("native").open(onCpu);
                Engine second = Engines.named("djl").open(onCpu)) {
            assertThat(novelties(classified(first, images)))
                    .containsExactly(novelties(classified(second, images)), within(ENGINES_DIFFER));
        }
    }

    @Test
    void theSameImagesTeachTheSameToTheLastBitOnAnyNumberOfThreads() {
        Dataset images = every(40, 1200, mnist("train"));

        assertThat(learnt(1, images)).isEqualTo(learnt(2, images)).isNotEmpty();
    }

    @Test
    void fromFewImagesNothingIsLearnt() {
        assertThat(learnt(1, every(40, 999, mnist("train")))).isEmpty();
    }

    private Map<String, String> learnt(int threads, Dataset images) {
        try (Engine engine = Engines.named("native").open(new EngineOptions(Device.CPU, threads, true));
                Model model = engine.build(file.network(), file.weights())) {
            @Nullable Novelty novelty = NoveltyFit.of(engine, model, images);
            return novelty == null ? Map.of() : novelty.facts();
        }
    }
}
