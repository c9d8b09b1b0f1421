package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lenet.api.data.IdxFile;
import dev.lenet.api.data.ImageDataset;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data of the user's own in MNIST's format: what a model keeps of them, and how it is evaluated. */
class OwnDataTest {
    @TempDir
    Path folder;

    @Test
    void aModelOfOwnDataKeepsTheirMeanAndDeviationAndIsEvaluatedByThem() throws IOException {
        Path two = folder.resolve("two");
        TwoClasses.write(two, 72, 24);
        Files.writeString(folder.resolve("config.yaml"), "data: {dataset: idx, directory: two, validation_size: 8}\n");
        ProgramRun training = ProgramRun.of(folder, "train", "--json", "--epochs", "1", "--output", "m.safetensors");
        assertThat(training.exitCode()).as(training.err()).isZero();

        ImageDataset images = ImageDataset.of(
                IdxFile.images(two.resolve("train-images-idx3-ubyte")),
                IdxFile.labels(two.resolve("train-labels-idx1-ubyte")),
                2,
                new Normalization(0, 1));
        assertThat(ModelFile.read(folder.resolve("m.safetensors"), List.of()).normalization())
                .isEqualTo(Normalization.of(images));
        Files.delete(two.resolve("train-images-idx3-ubyte"));
        JsonObject evaluation = ProgramRun.of(
                        folder,
                        "evaluate",
                        "--json",
                        "--model",
                        "m.safetensors",
                        "--images",
                        "two/t10k-images-idx3-ubyte",
                        "--labels",
                        "two/t10k-labels-idx1-ubyte")
                .json()
                .get(0);
        assertThat(evaluation.get("loss"))
                .isEqualTo(training.events("end").get(0).get("test_loss"));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "10, 20", "48, 255", "0, 1"})
    void theLabelsOfAnEvaluationAreReadAsThoseOfTheTrainingWere(int dark, int bright) throws IOException {
        Path two = folder.resolve("two");
        TwoClasses.write(two, "train", 72, dark, bright);
        TwoClasses.write(two, "t10k", 24, dark, bright);
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 8}
                training: {epochs: 4, batch_size: 4, schedule: constant, learning_rate: 0.02, average_decay: 0}
                augmentation: {shift: 0, rotation: 0, scale: 0, shear: 0, aspect: 0}
                """);
        ProgramRun training = ProgramRun.of(folder, "train", "--json", "--output", "m.safetensors");
        assertThat(training.exitCode()).as(training.err()).isZero();
        JsonObject end = training.events("end").get(0);
        assertThat(end.get("test_accuracy").getAsDouble()).isGreaterThan(0.9);
        assertThat(ModelFile.read(folder.resolve("m.safetensors"), List.of())
                        .labelCodes()
                        .codes())
                .containsExactly(dark, bright);

        // Without the second class, without the first, and by the test files of a folder that lacks one.
        for (int[] codes : new int[][] {{dark, -1}, {-1, bright}}) {
            TwoClasses.write(folder.resolve("one"), "t10k", 24, codes);
            TwoClasses.write(folder.resolve("one"), "train", 24, dark, bright);
            assertThat(accuracy("--images", "one/t10k-images-idx3-ubyte", "--labels", "one/t10k-labels-idx1-ubyte"))
                    .isGreaterThan(0.8);
            Files.writeString(folder.resolve("config.yaml"), "data: {dataset: idx, directory: one}\n");
            assertThat(accuracy()).isGreaterThan(0.8);
        }
        TwoClasses.write(folder.resolve("one"), "t10k", 24, dark, 7);
        ProgramRun other = ProgramRun.of(folder, "evaluate", "--model", "m.safetensors");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .contains(
                        "t10k-labels-idx1-ubyte: expected the labels of the training data, ",
                        ", received 7 for example 1");
    }

    private double accuracy(String... options) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--json", "--model", "m.safetensors"));
        arguments.addAll(List.of(options));
        ProgramRun run = ProgramRun.of(folder, arguments.toArray(new String[0]));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json().get(0).get("accuracy").getAsDouble();
    }
}
