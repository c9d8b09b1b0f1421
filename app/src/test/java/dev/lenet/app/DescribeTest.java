package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code describe} says of a network and of a model. */
class DescribeTest {
    private static final String SHIPPED =
            Path.of("../models/lenet5.safetensors").toAbsolutePath().normalize().toString();

    @TempDir
    Path folder = Path.of("");

    @Test
    void withoutAModelItIsWhatTrainWouldTrain() {
        ProgramRun run = ProgramRun.of(folder, "describe");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        // LeNet-5 by hand: 28 * 28 * 6 * 25 products in the first convolution, 10 * 10 * 16 * 6 * 25 in the second.
        assertThat(run.out().lines())
                .startsWith("network  LeNet-5, 61,706 parameters in 246,824 bytes, 416,520 multiply-adds for an image")
                .contains(
                        "conv1    conv2d      [6, 28, 28]          156        117,600",
                        "conv2    conv2d      [16, 10, 10]       2,416        240,000",
                        "fc1      linear      [120]             48,120         48,000",
                        "total                                  61,706        416,520");
    }

    @Test
    void theListOfAFileIsDescribed() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), """
                data:
                  dataset: fashion-mnist
                model:
                  layers:
                    - flatten
                    - linear: {outputs: auto}
                """);

        JsonObject network = ProgramRun.of(folder, "describe", "--json").json().get(0);

        assertThat(network.get("network").getAsString()).isEqualTo("2 layers");
        assertThat(network.get("parameters").getAsInt()).isEqualTo(784 * 10 + 10);
        assertThat(network.get("multiply_adds").getAsLong()).isEqualTo(784 * 10);
        assertThat(network.get("bytes").getAsLong()).isEqualTo(4 * (784 * 10 + 10));
        JsonObject last = network.getAsJsonArray("layers").get(1).getAsJsonObject();
        assertThat(last.get("name").getAsString()).isEqualTo("fc1");
        assertThat(last.get("output").toString()).isEqualTo("[10]");
    }

    @Test
    void ofAModelItTellsWhatItsFileTells() {
        ProgramRun run = ProgramRun.of(folder, "describe", "--model", SHIPPED);
        JsonObject json = ProgramRun.of(folder, "describe", "--model", SHIPPED, "--json")
                .json()
                .get(0);

        assertThat(run.out())
                .contains(
                        "classes  0, 1, 2, 3, 4, 5, 6, 7, 8, 9\n", "pixels   mean 0.1307, standard deviation 0.3081\n")
                .contains("test_accuracy ", "seed ")
                .doesNotContain("novelty_", "class_names");
        assertThat(json.get("mean").getAsDouble()).isEqualTo(0.1307);
        assertThat(json.get("classes").getAsJsonArray()).hasSize(10);
        assertThat(json.getAsJsonObject("facts").get("dataset").getAsString()).isEqualTo("mnist");
    }

    @Test
    void aMissingModelIsASentence() {
        ProgramRun run = ProgramRun.of(folder, "describe", "--model", "none.safetensors");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("none.safetensors: expected a model file");
    }

    @Test
    void aNetworkOfOnesOwnIsTrainedEvaluatedAndReported() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), """
                training: {batch_size: 64, epochs: 1, learning_rate: 0.05}
                data: {validation_size: 55000}
                model:
                  layers:
                    - conv2d: {filters: 4, kernel_size: 3, padding: 1, name: first}
                    - tanh
                    - avg_pool2d: {kernel_size: 2}
                    - flatten
                    - dropout: {rate: 0.1}
                    - linear: {outputs: auto}
                """);

        ProgramRun trained = ProgramRun.of(folder, "train", "--output", "own.safetensors");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("network  6 layers, 7,890 parameters\n");
        // Without the settings: the model knows its network.
        Files.delete(folder.resolve("config.yaml"));
        JsonObject evaluated =
                ProgramRun.of(folder, "evaluate", "--json").json().get(0);
        assertThat(evaluated.get("accuracy").getAsDouble()).isGreaterThan(0.7);
        assertThat(ProgramRun.of(folder, "predict", "--model", "own.safetensors", seven())
                        .exitCode())
                .isZero();
        assertThat(ProgramRun.of(folder, "compare", "--steps", "1", "--model", "own.safetensors")
                        .exitCode())
                .isZero();
        ProgramRun reported = ProgramRun.of(folder, "report");
        assertThat(reported.exitCode()).as(reported.err()).isZero();
        Path run;
        try (var runs = Files.list(folder.resolve("models/runs"))) {
            run = runs.findFirst().orElseThrow();
        }
        assertThat(run.resolve("report.html"))
                .content()
                .contains("6 layers on mnist", "4 filters of 3x3", "Rejection")
                .doesNotContain("LeNet-5");
        assertThat(run.resolve("config.yaml")).content().contains("name: \"first\"");
    }

    private static String seven() {
        return Path.of("../docs/seven.png").toAbsolutePath().normalize().toString();
    }
}
