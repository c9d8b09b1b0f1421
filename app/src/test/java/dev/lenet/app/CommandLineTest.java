package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lenet.api.data.Normalization;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.LeNet5;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands and what they print: a public interface, which scripts depend on. */
class CommandLineTest {
    private static final String[] SHORT_TRAINING = {
        "train",
        "--config",
        ProgramRun.PLAIN.toString(),
        "--json",
        "--max-steps",
        "60",
        "--log-every",
        "20",
        "--validation-size",
        "500",
        "--output",
        "m.safetensors"
    };

    @TempDir
    Path folder;

    @Test
    void trainPrintsTheDocumentedEvents() {
        ProgramRun run = ProgramRun.of(folder, SHORT_TRAINING);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        JsonObject start = run.events("start").get(0);
        String name = start.get("run").getAsString();
        assertThat(name).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{2}-[0-9]{2}-[0-9]{2}");
        assertThat(start.toString())
                .isEqualTo("{\"event\":\"start\",\"run\":\"" + name
                        + "\",\"from_step\":0,\"engine\":\"native\",\"device\":\"cpu\",\"parameters\":61706,"
                        + "\"seed\":42,\"train_examples\":59500,\"validation_examples\":500}");
        assertThat(run.events("step"))
                .extracting(event -> event.get("step").getAsInt())
                .containsExactly(20, 40, 60);
        JsonObject epoch = run.events("epoch").get(0);
        assertThat(epoch.keySet())
                .containsExactly(
                        "event",
                        "epoch",
                        "seconds",
                        "images_per_second",
                        "train_loss",
                        "validation_loss",
                        "validation_accuracy");
        assertThat(epoch.get("images_per_second").getAsDouble()
                        * epoch.get("seconds").getAsDouble())
                .isCloseTo(60 * 32, within(0.01));
        JsonObject end = run.events("end").get(0);
        assertThat(end.keySet())
                .containsExactly("event", "ending", "best_epoch", "test_accuracy", "test_loss", "model", "seconds");
        assertThat(end.get("ending").getAsString()).isEqualTo("max_steps");
        assertThat(end.get("model").getAsString()).isEqualTo("m.safetensors");
        // 60 steps are enough to be far from chance.
        assertThat(end.get("test_accuracy").getAsDouble()).isGreaterThan(0.7);
        assertThat(run.json()).hasSize(6);
    }

    @Test
    void theModelFileSaysHowItWasMadeAndEvaluatesToWhatTrainingSaid() {
        ProgramRun training = ProgramRun.of(folder, SHORT_TRAINING);
        JsonObject end = training.events("end").get(0);
        ModelFile file = ModelFile.read(folder.resolve("m.safetensors"), List.of());
        assertThat(file.network()).isEqualTo(LeNet5.network(2));
        assertThat(file.normalization()).isEqualTo(new Normalization(0.1307, 0.3081));
        assertThat(file.facts())
                .containsEntry("seed", "42")
                .containsEntry("engine", "native")
                .containsEntry("dataset", "mnist")
                .containsEntry("epochs", "1")
                .containsEntry("steps", "60")
                .containsEntry("test_accuracy", end.get("test_accuracy").getAsString())
                .containsEntry("test_loss", end.get("test_loss").getAsString());

        ProgramRun evaluation = ProgramRun.of(folder, "--json", "evaluate", "--model", "m.safetensors");
        JsonObject result = evaluation.json().get(0);
        assertThat(result.keySet()).containsExactly("engine", "model", "count", "accuracy", "loss", "confusion");
        assertThat(result.get("count").getAsInt()).isEqualTo(10_000);
        assertThat(result.get("accuracy")).isEqualTo(end.get("test_accuracy"));
        assertThat(result.get("loss")).isEqualTo(end.get("test_loss"));
        assertThat(diagonal(result.getAsJsonArray("confusion")) / 10_000.0)
                .isEqualTo(result.get("accuracy").getAsDouble());
    }

    @Test
    void tensorBoardGetsTheEpochsAndSampleImagesAndTheModelIsTheSame() throws IOException {
        // With the defaults: averaged weights and augmented images; two epochs, so that one comes after the gradients.
        TwoClasses.write(folder.resolve("two"), 72, 8);
        Files.writeString(folder.resolve("config.yaml"), "data: {dataset: idx, directory: two, validation_size: 8}\n");
        List<String> arguments = new ArrayList<>(List.of("train", "--epochs", "2", "--output", "m.safetensors"));
        ProgramRun.of(folder, arguments.toArray(new String[0]));
        byte[] unwatched = Files.readAllBytes(folder.resolve("m.safetensors"));
        arguments.addAll(List.of("--tensorboard", "board"));
        ProgramRun run = ProgramRun.of(folder, arguments.toArray(new String[0]));
        assertThat(run.exitCode()).as(run.err()).isZero();
        try (Stream<Path> files = Files.list(folder.resolve("board"))) {
            assertThat(files).singleElement().satisfies(file -> assertThat(
                            Files.readString(file, StandardCharsets.ISO_8859_1))
                    .contains(
                            "brain.Event:2",
                            "samples",
                            "accuracy/validation",
                            "weights/conv1.weight",
                            "gradients/conv1.weight"));
        }
        assertThat(Files.readAllBytes(folder.resolve("m.safetensors"))).isEqualTo(unwatched);
    }

    private static int diagonal(JsonArray confusion) {
        int sum = 0;
        for (int k = 0; k < confusion.size(); k++) {
            sum += confusion.get(k).getAsJsonArray().get(k).getAsInt();
        }
        return sum;
    }

    @Test
    void theSameSeedGivesTheSameFileAndAnotherSeedAnother() throws IOException {
        TwoClasses.write(folder.resolve("two"), 72, 8);
        Files.writeString(folder.resolve("config.yaml"), "data: {dataset: idx, directory: two, validation_size: 8}\n");
        byte[] first = trainedWith();
        assertThat(trainedWith("--threads", "1")).isEqualTo(first);
        assertThat(trainedWith("--seed", "1")).isNotEqualTo(first);
    }

    private byte[] trainedWith(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("train", "--epochs", "1", "--output", "m.safetensors"));
        arguments.addAll(List.of(options));
        ProgramRun run = ProgramRun.of(folder, arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Files.readAllBytes(folder.resolve("m.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--engine djl --json config show",
                "config --engine djl show --json",
                "config show --json --engine djl",
                "--json config --engine=djl show"
            })
    void optionsMayStandBeforeOrAfterTheCommand(String line) {
        ProgramRun run = ProgramRun.of(folder, line.split(" ", -1));
        assertThat(run.out()).startsWith("{\"key\":\"engine\",\"value\":\"djl\",\"origin\":\"--engine\"}");
    }

    @Test
    void theOptionOfTheSeedProjectWorks() {
        ProgramRun run = ProgramRun.of(
                folder, "train", "--epochs", "1", "--batch_size", "32", "--lr", "0.001", "--max-steps", "2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("epoch  1/1  loss 2.").contains("test     accuracy");
    }

    @Test
    void enginesListsBoth() {
        ProgramRun run = ProgramRun.of(folder, "engines", "--json", "--threads", "2");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get(0).get("name").getAsString()).isEqualTo("djl");
        assertThat(run.json().get(0).get("ready").getAsBoolean()).isTrue();
        assertThat(run.json().get(1).toString())
                .startsWith("{\"name\":\"native\",\"ready\":true,\"detail\":\"plain Java, ")
                .endsWith("-bit vector kernels, 2 threads; Vector API loaded by the engine\"}");
    }

    @Test
    void enginesSaysWhyOneCannotRunAndWhatToDo() {
        ProgramRun run = ProgramRun.of(folder, "engines", "--json", "--device", "cuda");
        JsonObject nativeEngine = run.json().get(1);
        assertThat(nativeEngine.get("ready").getAsBoolean()).isFalse();
        assertThat(nativeEngine.get("reason").getAsString()).contains("CPU").contains("cuda:0");
        assertThat(nativeEngine.get("remedy").getAsString()).contains("--device cpu");
    }

    @Test
    void predictReadsAPicture() throws IOException {
        Path picture = folder.resolve("one.png");
        BufferedImage image = new BufferedImage(200, 300, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 200; x++) {
                boolean ink = x >= 92 && x < 112 && y >= 40 && y < 260;
                image.setRGB(x, y, ink ? 0x202040 : 0xF0F0E0);
            }
        }
        ImageIO.write(image, "png", picture.toFile());
        ProgramRun run = ProgramRun.of(folder, "predict", "one.png", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonObject result = run.json().get(0);
        assertThat(result.keySet())
                .containsExactly("file", "model", "digit", "probability", "probabilities", "novelty", "doubtful");
        assertThat(result.get("file").getAsString()).isEqualTo("one.png");
        assertThat(result.get("digit").getAsInt()).isEqualTo(1);
        double sum = 0;
        for (var probability : result.getAsJsonArray("probabilities")) {
            sum += probability.getAsDouble();
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(ProgramRun.of(folder, "predict", "one.png").out()).startsWith("one.png: 1 (");
    }

    @Test
    void aModelOfTwoClassesPredictsToo() throws IOException {
        Files.createDirectories(folder.resolve("two"));
        writeTwoClasses("train", 64);
        writeTwoClasses("t10k", 8);
        Files.writeString(folder.resolve("config.yaml"), "data: {dataset: idx, directory: two, validation_size: 8}\n");
        ProgramRun training = ProgramRun.of(folder, "train", "--epochs", "5", "--output", "two.safetensors");
        assertThat(training.exitCode()).as(training.err()).isZero();
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        image.setRGB(14, 14, 0xFFFFFF);
        ImageIO.write(image, "png", folder.resolve("dot.png").toFile());
        ProgramRun run = ProgramRun.of(folder, "predict", "--model", "two.safetensors", "dot.png");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .matches("dot.png: (doubtful, perhaps )?[01] \\([0-9.]+ %\\), then [01] \\([0-9.]+ %\\)\n");
    }

    /** Pictures that are all black, class 0, or all grey, class 1. */
    private void writeTwoClasses(String part, int count) throws IOException {
        java.nio.ByteBuffer images = java.nio.ByteBuffer.allocate(16 + count * 784);
        images.putInt(0x803).putInt(count).putInt(28).putInt(28);
        java.nio.ByteBuffer labels = java.nio.ByteBuffer.allocate(8 + count);
        labels.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            labels.put((byte) (i % 2));
            for (int pixel = 0; pixel < 784; pixel++) {
                images.put((byte) (i % 2 * 100));
            }
        }
        Files.write(folder.resolve("two").resolve(part + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve("two").resolve(part + "-labels-idx1-ubyte"), labels.array());
    }

    @Test
    void configCheckFindsNothingWrongWithTheDefaults() {
        ProgramRun run = ProgramRun.of(folder, "config", "check");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("75 settings, no problems.\n");
    }

    @Test
    void configTemplatePrintsAFileOfAllSettings() throws IOException {
        ProgramRun run = ProgramRun.of(folder, "config", "template");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(Files.readString(Path.of("../config.yaml")));
    }

    @Test
    void helpTellsWhatAnOptionMayBeAndItsDefault() {
        String train = helpOf("train");
        assertThat(train)
                .contains("--epochs=N Passes over the training examples, 1 to 100000. Default: 10.")
                .contains("--batch-size, --batch_size=N Examples a step, 1 to 65536. Default: 32.")
                .contains("--no-shuffle Take the images")
                .contains("--engine=NAME Which engine computes: native or djl. Default: native.");
        assertThat(train.indexOf("--epochs=N ")).isLessThan(train.indexOf("--init=FILE "));
        assertThat(train.indexOf("--init=FILE ")).isLessThan(train.indexOf("--max-steps=N "));
        assertThat(helpOf("evaluate"))
                .contains("--mean=X Mean of the pixels, auto or 0 to 1; otherwise the model's own.");
    }

    /** On one line. */
    private String helpOf(String command) {
        return ProgramRun.of(folder, command, "--help").out().replaceAll("\\s+", " ");
    }

    @Test
    void quietPrintsTheResultAlone() {
        ProgramRun run = ProgramRun.of(folder, "train", "--quiet", "--max-steps", "1");
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(line -> line.split(" ", -1)[0])).containsExactly("test", "model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate", "predict", "compare", "engines", "config"})
    void everyCommandExplainsItself(String command) {
        ProgramRun run = ProgramRun.of(folder, command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: lenet " + command).contains("--engine");
        assertThat(run.err()).isEmpty();
    }
}
