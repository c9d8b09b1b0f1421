package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that are trained before a run's own, to teach it. */
class TeachersTest {
    @TempDir
    Path folder;

    @BeforeEach
    void smallData() throws IOException {
        // Twelve steps an epoch.
        TwoClasses.write(folder.resolve("two"), 384 + 16, 40);
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 16}
                training: {epochs: 2, optimizer: adam, learning_rate: 0.001, average_decay: 0.9}
                """);
    }

    private ProgramRun train(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--device", "cpu"));
        arguments.addAll(Arrays.asList(more));
        ProgramRun run = ProgramRun.of(folder, arguments.toArray(new String[0]));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run;
    }

    private Path run(String file) {
        return folder.resolve("models/runs").resolve(file);
    }

    private String weights(String file) {
        Weights weights = ModelFile.read(folder.resolve(file), List.of()).weights();
        return weights.tensors().keySet().stream()
                .map(name -> name + Arrays.toString(weights.get(name)))
                .collect(Collectors.joining());
    }

    @Test
    void teachersAreTrainedOneAfterTheOtherAndStayWithTheRun() throws IOException {
        ProgramRun run = train("--teachers", "2", "--run", "a", "--output", "a.safetensors", "--json");

        assertThat(run.json().stream().map(event -> event.get("event").getAsString()))
                .containsExactly("start", "teacher", "teacher", "epoch", "epoch", "end");
        JsonObject second = run.events("teacher").get(1);
        assertThat(second.get("teacher").getAsInt()).isEqualTo(2);
        assertThat(second.get("teachers").getAsInt()).isEqualTo(2);
        assertThat(second.get("validation_accuracy").getAsDouble()).isBetween(0.0, 1.0);
        try (var files = Files.list(run("a/teachers"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("1.safetensors", "2.safetensors");
        }
        ModelFile model = ModelFile.read(folder.resolve("a.safetensors"), List.of());
        assertThat(model.facts()).containsEntry("teachers", "2").containsEntry("temperature", "4.0");
        ProgramRun evaluation =
                ProgramRun.of(folder, "evaluate", "--model", "models/runs/a/teachers/1.safetensors", "--device", "cpu");
        assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
        assertThat(evaluation.out()).contains("accuracy");
    }

    /** Softened probabilities have a loss of their own size, above that of guessing a label. */
    @Tag("exhaustive")
    @Test
    void aLargeLossIsNoSignThatNothingIsLearnt() {
        ProgramRun run = train("--teachers", "1", "--epochs", "6", "--lr", "0.004", "--validation-size", "0", "--json");

        assertThat(run.events("epoch").get(0).get("train_loss").getAsDouble()).isGreaterThan(Math.log(2));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aTeacherIsARunWithItsOwnSeedAndTheSplitOfTheRunItTeaches() {
        train("--teachers", "2", "--run", "a", "--seed", "5", "--validation-size", "0");
        train("--seed", "2005", "--run", "b", "--output", "b.safetensors", "--validation-size", "0");

        String second = weights("models/runs/a/teachers/2.safetensors");
        assertThat(second).isEqualTo(weights("b.safetensors"));
        assertThat(second).isNotEqualTo(weights("models/runs/a/teachers/1.safetensors"));
    }

    @Tag("exhaustive")
    @Test
    void theTemperatureMattersAndSoDoTheTeachers() throws IOException {
        train("--run", "none", "--output", "none.safetensors");
        train("--teachers", "1", "--run", "warm", "--output", "warm.safetensors");
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 16}
                training: {epochs: 2, optimizer: adam, learning_rate: 0.001, average_decay: 0.9, temperature: 1}
                """);
        train("--teachers", "1", "--run", "cool", "--output", "cool.safetensors");

        assertThat(weights("warm.safetensors")).isNotEqualTo(weights("none.safetensors"));
        assertThat(weights("cool.safetensors")).isNotEqualTo(weights("warm.safetensors"));
        assertThat(weights("models/runs/cool/teachers/1.safetensors"))
                .isEqualTo(weights("models/runs/warm/teachers/1.safetensors"));
    }

    /** 5 is in the middle of the first epoch, 12 its end. */
    @ParameterizedTest
    @ValueSource(ints = {5, 12})
    void aRunThatGoesOnHasTheSameTeachers(int steps) {
        train("--teachers", "2", "--run", "straight", "--output", "straight.safetensors", "--threads", "1");
        train("--teachers", "2", "--run", "cut", "--output", "cut.safetensors", "--max-steps", String.valueOf(steps));

        train("--resume", "--run", "cut", "--max-steps", "0");

        assertThat(folder.resolve("cut.safetensors")).hasSameBinaryContentAs(folder.resolve("straight.safetensors"));
    }

    @Tag("exhaustive")
    @Test
    void aRunThatGotNoFurtherThanItsTeachersGoesOnWithThem() throws IOException {
        train("--teachers", "2", "--run", "straight", "--output", "straight.safetensors");
        train("--teachers", "2", "--run", "cut", "--output", "cut.safetensors");
        Files.delete(folder.resolve("cut.safetensors"));
        Files.delete(run("cut/checkpoint.safetensors"));
        Files.delete(run("cut/checkpoint.previous.safetensors"));
        Files.delete(run("cut/teachers/2.safetensors"));

        ProgramRun again = ProgramRun.of(folder, "train", "--teachers", "2", "--run", "cut");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("add --resume");
        ProgramRun resumed = train("--resume", "--json");

        assertThat(resumed.events("teacher")).hasSize(1);
        assertThat(folder.resolve("cut.safetensors")).hasSameBinaryContentAs(folder.resolve("straight.safetensors"));
    }
}
