package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Weights;
import dev.lenet.api.training.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run leaves in its directory, and going on from there. */
class RunDirectoryTest {
    /** Twelve steps an epoch: 384 images in batches of 32. */
    private static final int TRAINING = 384;

    @TempDir
    Path folder;

    @BeforeEach
    void smallData() throws IOException {
        TwoClasses.write(folder.resolve("two"), TRAINING + 16, 40);
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 16}
                training: {epochs: 3, optimizer: adam, learning_rate: 0.001}
                """);
        Files.writeString(folder.resolve("plain.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 16}
                training: {epochs: 3, optimizer: adam, schedule: constant, average_decay: 0}
                augmentation: {shift: 0, rotation: 0, scale: 0, shear: 0, aspect: 0}
                """);
    }

    private ProgramRun train(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--device", "cpu"));
        arguments.addAll(Arrays.asList(more));
        ProgramRun run = ProgramRun.of(folder, arguments.toArray(new String[0]));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run;
    }

    private ProgramRun refused(String... arguments) {
        ProgramRun run = ProgramRun.of(folder, arguments);
        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        return run;
    }

    private Path run(String name) {
        return folder.resolve("models/runs").resolve(name);
    }

    private JsonObject manifest(String name) throws IOException {
        return JsonParser.parseString(Files.readString(run(name).resolve("manifest.json")))
                .getAsJsonObject();
    }

    private byte[] model(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    @Test
    void aRunLeavesItsSettingsItsManifestItsHistoryAndTwoCheckpoints() throws IOException {
        ProgramRun run = train("--run", "first", "--lr", "0.002", "--json", "--output", "m.safetensors");

        try (var files = Files.list(run("first"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "config.yaml",
                            "manifest.json",
                            "model.safetensors",
                            "history.csv",
                            "history.json",
                            "progress.json",
                            "report.html",
                            "results.png",
                            "curves.png",
                            "confusion.png",
                            "checkpoint.safetensors",
                            "checkpoint.previous.safetensors",
                            ".lock");
        }
        assertThat(Files.readString(run("first").resolve("config.yaml")))
                .contains("  learning_rate: 0.002\n", "  epochs: 3\n", "  directory: \"two\"\n", "seed: 42\n");
        JsonObject manifest = manifest("first");
        assertThat(manifest.get("run").getAsString()).isEqualTo("first");
        assertThat(manifest.get("status").getAsString()).isEqualTo("complete");
        assertThat(manifest.get("seed").getAsLong()).isEqualTo(42);
        JsonObject data = manifest.getAsJsonObject("data");
        assertThat(data.get("training").getAsInt()).isEqualTo(TRAINING);
        assertThat(data.get("validation").getAsInt()).isEqualTo(16);
        assertThat(data.get("test").getAsInt()).isEqualTo(40);
        assertThat(data.getAsJsonObject("sha256").get("t10k-labels-idx1-ubyte").getAsString())
                .isEqualTo(TwoClasses.sha256(folder.resolve("two/t10k-labels-idx1-ubyte")));
        assertThat(data.getAsJsonObject("sha256").keySet()).hasSize(4);
        JsonObject session = manifest.getAsJsonArray("sessions").get(0).getAsJsonObject();
        assertThat(session.get("engine").getAsString()).isEqualTo("native");
        assertThat(session.get("device").getAsString()).isEqualTo("cpu");
        assertThat(session.get("java").getAsString())
                .isEqualTo(Runtime.version().toString());
        JsonObject results = manifest.getAsJsonObject("results");
        JsonObject end = run.events("end").get(0);
        assertThat(results.get("test_accuracy")).isEqualTo(end.get("test_accuracy"));
        assertThat(results.get("steps").getAsInt()).isEqualTo(36);
        assertThat(results.get("ending").getAsString()).isEqualTo("completed");
        assertThat(results.get("model").getAsString()).isEqualTo("m.safetensors");
        JsonArray history = JsonParser.parseString(Files.readString(run("first").resolve("history.json")))
                .getAsJsonArray();
        List<String> csv = Files.readAllLines(run("first").resolve("history.csv"));
        assertThat(csv).hasSize(4);
        assertThat(csv.get(0))
                .isEqualTo("epoch,seconds,images_per_second,train_loss,validation_loss,validation_accuracy");
        for (int i = 0; i < 3; i++) {
            JsonObject event = run.events("epoch").get(i);
            event.remove("event");
            assertThat(history.get(i)).isEqualTo(event);
            List<String> columns = event.entrySet().stream()
                    .map(entry -> entry.getValue().getAsString())
                    .toList();
            assertThat(csv.get(i + 1)).isEqualTo(String.join(",", columns));
        }
        assertThat(CheckpointStore.read(run("first").resolve("checkpoint.safetensors"))
                        .step())
                .isEqualTo(36);
        assertThat(CheckpointStore.read(run("first").resolve("checkpoint.previous.safetensors"))
                        .step())
                .isEqualTo(24);
    }

    /** 5 is in the middle of the first epoch, 12 its end, 30 in the middle of the third. */
    @ParameterizedTest
    @ValueSource(ints = {5, 12, 30})
    void aRunThatGoesOnWritesTheVeryFileOfOneThatNeverStopped(int steps) throws IOException {
        train("--run", "straight", "--output", "straight.safetensors", "--threads", "1");
        train("--run", "cut", "--output", "cut.safetensors", "--max-steps", String.valueOf(steps));
        assertThat(model("cut.safetensors")).isNotEqualTo(model("straight.safetensors"));

        ProgramRun rest = train("--resume", "--max-steps", "0");

        assertThat(model("cut.safetensors")).isEqualTo(model("straight.safetensors"));
        assertThat(rest.out()).contains("run      models/runs/cut, from step " + steps);
        assertThat(manifest("cut").getAsJsonArray("sessions")).hasSize(2);
        assertThat(Files.readAllLines(run("cut").resolve("history.csv"))).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"native, djl", "djl, native", "djl, djl"})
    void aRunOfOneEngineGoesOnOnAnother(String begun, String ended) throws IOException {
        train("--engine", begun, "--run", "straight", "--output", "straight.safetensors");
        train("--engine", begun, "--run", "cut", "--output", "cut.safetensors", "--max-steps", "20");

        train("--resume", "--run", "cut", "--engine", ended, "--max-steps", "0");

        Weights straight = ModelFile.read(folder.resolve("straight.safetensors"), List.of())
                .weights();
        Weights cut =
                ModelFile.read(folder.resolve("cut.safetensors"), List.of()).weights();
        assertThat(largestDifference(straight, cut)).isLessThan(ENGINES_APART);
        assertThat(manifest("cut").getAsJsonArray("sessions"))
                .extracting(session -> session.getAsJsonObject().get("engine").getAsString())
                .containsExactly(begun, ended);
    }

    /** Of weights that Adam moves by up to 0.001 a step, so that anything forgotten shows; 3e-8 is what is seen. */
    private static final double ENGINES_APART = 1e-6;

    private static double largestDifference(Weights a, Weights b) {
        double largest = 0;
        for (String name : a.tensors().keySet()) {
            float[] first = a.get(name);
            float[] second = b.get(name);
            for (int i = 0; i < first.length; i++) {
                largest = Math.max(largest, Math.abs((double) first[i] - second[i]));
            }
        }
        return largest;
    }

    @Test
    void theLatestRunGoesOnUnlessOneIsNamed() throws IOException {
        train("--run", "a", "--max-steps", "3");
        train("--run", "b", "--max-steps", "4");
        // Of one second, as file systems have it, they may both be.
        Files.setLastModifiedTime(
                run("a").resolve("manifest.json"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(train("--resume").out()).contains("run      models/runs/b, from step 4");
        assertThat(train("--resume", "--run", "a").out()).contains("run      models/runs/a, from step 3");
    }

    @Test
    void aRunGoesOnWithItsOwnSettingsWhateverTheFileSaysNow() throws IOException {
        train("--run", "straight", "--output", "straight.safetensors");
        train("--run", "cut", "--output", "cut.safetensors", "--max-steps", "20");
        Files.writeString(folder.resolve("config.yaml"), "training: {epochs: 9, batch_size: 7}\n");

        train("--resume", "--run", "cut", "--max-steps", "0");

        assertThat(model("cut.safetensors")).isEqualTo(model("straight.safetensors"));
    }

    @Test
    void aDamagedCheckpointIsSaidAndTheOneBeforeTaken() throws IOException {
        train("--run", "straight", "--output", "straight.safetensors");
        train("--run", "cut", "--output", "cut.safetensors", "--max-steps", "20");
        Path newest = run("cut").resolve("checkpoint.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));

        ProgramRun rest = train("--resume", "--run", "cut", "--max-steps", "0");

        assertThat(rest.err())
                .contains("checkpoint.safetensors: ")
                .endsWith(" Going on from the checkpoint before it, of step 12.\n");
        assertThat(model("cut.safetensors")).isEqualTo(model("straight.safetensors"));
    }

    @Test
    void stoppingEarlyKeepsTheBestEpoch() throws IOException {
        ProgramRun run = train(
                "--config",
                "plain.yaml",
                "--run",
                "early",
                "--epochs",
                "50",
                "--patience",
                "2",
                "--lr",
                "0.01",
                "--json",
                "--output",
                "m.st");

        JsonObject end = run.events("end").get(0);
        assertThat(end.get("ending").getAsString()).isEqualTo("early_stopping");
        int best = end.get("best_epoch").getAsInt();
        List<Double> losses = run.events("epoch").stream()
                .map(event -> event.get("validation_loss").getAsDouble())
                .toList();
        assertThat(losses).hasSize(best + 2);
        assertThat(losses.get(best - 1))
                .isEqualTo(losses.stream().min(Double::compare).orElseThrow());
        CheckpointStore store = new CheckpointStore(run("early"));
        Weights kept = Objects.requireNonNull(store.latest().checkpoint().best())
                .state()
                .weights();
        Weights written = ModelFile.read(folder.resolve("m.st"), List.of()).weights();
        assertThat(largestDifference(kept, written)).isZero();
    }

    @Test
    void aRunThatDivergesKeepsItsLastCheckpointAndSaysHowToGoOn() throws IOException {
        train("--run", "hot", "--optimizer", "sgd", "--lr", "0.01", "--max-steps", "12");
        ProgramRun run = ProgramRun.of(folder, "train", "--resume", "--lr", "100", "--max-steps", "0");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(run.err())
                .contains("Training: expected a finite ", ", first in ")
                .containsPattern(
                        "To go on from the last checkpoint with half of it: java .* train --resume --run hot --lr");
        assertThat(manifest("hot").get("status").getAsString()).isEqualTo("diverged");
        assertThat(train("--resume", "--lr", "0.01").out()).contains("test     accuracy");
    }

    @Test
    void aRunThatLearnsNothingIsWarnedOnce() {
        ProgramRun run = train("--lr", "1e-9");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err())
                .startsWith("Epoch 1: expected a validation accuracy above ")
                .endsWith(
                        "Nothing was learnt so far: try another learning rate, and check that images and labels belong"
                                + " together.\n");
        assertThat(train("--config", "plain.yaml", "--lr", "0.001").err()).isEmpty();
        assertThat(train("--lr", "1e-9", "--quiet").err()).isEmpty();
    }

    @Test
    void wrongRequestsAreOneSentenceAndLeaveNoRun() throws IOException {
        assertThat(refused("train", "--resume").err())
                .isEqualTo("--resume: expected a run with a checkpoint in models/runs, found none. Start one: leave"
                        + " --resume out.\n");
        assertThat(refused("train", "--run", "../x").err()).startsWith("--run: expected a name of letters, digits");
        assertThat(refused("train", "--run", "x", "--init", "no.safetensors").err())
                .contains("no.safetensors");
        assertThat(refused("train", "--patience", "2", "--validation-size", "0", "--run", "y")
                        .err())
                .startsWith("Early stopping: expected validation examples");
        assertThat(run("x")).doesNotExist();
        assertThat(run("y")).doesNotExist();
        train("--run", "there", "--max-steps", "3", "--mean", "0.5", "--std", "0.25");
        assertThat(refused("train", "--run", "there").err())
                .isEqualTo("--run: expected the name of a new run, received 'there', which has a checkpoint in"
                        + " models/runs. Use another name, or go on with that run: add --resume.\n");
        assertThat(refused("train", "--resume", "--run", "gone").err())
                .startsWith("--run: expected the name of a run in models/runs, received 'gone'. The latest are: there");
        assertThat(refused("train", "--resume", "--run", "there", "--seed", "3").err())
                .contains("expected the seed it was made with, 42, received 3");
        assertThat(Files.readString(run("there").resolve("config.yaml"))).contains("seed: 42\n");
        assertThat(refused("train", "--resume", "--run", "there", "--padding", "0")
                        .err())
                .contains("expected the parameters");
        assertThat(refused("train", "--resume", "--run", "there", "--optimizer", "sgd")
                        .err())
                .contains("Continue with the settings the run was started with");
        assertThat(refused("train", "--resume", "--run", "there", "--init", "m.safetensors")
                        .err())
                .startsWith("--resume: expected no --init");
        assertThat(refused("train", "--resume", "--run", "there", "--config", "config.yaml")
                        .err())
                .startsWith("--resume: expected no --config");
        assertThat(refused("train", "--resume", "--run", "there", "--mean", "0.4")
                        .err())
                .isEqualTo("models/runs/there: expected the data.mean that the run was begun with, 0.5, received 0.4."
                        + " Change it back (--mean), or start a new run.\n");
        assertThat(refused("train", "--resume", "--run", "there", "--std", "1").err())
                .isEqualTo("models/runs/there: expected the data.std that the run was begun with, 0.25, received 1.0."
                        + " Change it back (--std), or start a new run.\n");
        train("--resume", "--run", "there", "--mean", "0.5", "--std", "0.25");
        TwoClasses.write(folder.resolve("two"), TRAINING + 16, 41);
        assertThat(refused("train", "--resume", "--run", "there").err())
                .contains("expected the data that the run was begun with");
        Files.writeString(run("there").resolve("manifest.json"), "[");
        assertThat(refused("train", "--resume", "--run", "there").err()).contains("expected the manifest of a run");
    }
}
