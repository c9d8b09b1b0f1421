package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed run leaves in its directory keeps no other from working there. */
class KilledRunTest {
    private static final String HALF_WRITTEN = ".lenet-d9428888-122b-4e1b-b85c-61a4ab1f2c7e.tmp";

    @TempDir
    Path folder;

    @BeforeEach
    void smallData() throws IOException {
        TwoClasses.write(folder.resolve("two"), 80, 10);
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: two, validation_size: 16}
                training: {epochs: 2}
                """);
    }

    private void train(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--device", "cpu"));
        arguments.addAll(Arrays.asList(more));
        ProgramRun run = ProgramRun.of(folder, arguments.toArray(new String[0]));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private Path run(String file) {
        return folder.resolve("models/runs/mine").resolve(file);
    }

    @Test
    void halfWrittenFilesAreRemovedWhereTheRunGoesOnAndNowhereElse() throws IOException {
        train("--run", "mine", "--max-steps", "1");
        Files.writeString(run(HALF_WRITTEN), "half");
        Files.writeString(run("notes.tmp"), "mine");
        Files.writeString(folder.resolve(HALF_WRITTEN), "half");

        train("--resume", "--run", "mine", "--max-steps", "0");

        assertThat(run(HALF_WRITTEN)).doesNotExist();
        assertThat(run("notes.tmp")).hasContent("mine");
        assertThat(folder.resolve(HALF_WRITTEN)).exists();
    }

    /** Its data were others, too, and its manifest was damaged: nothing of it counts. */
    @Test
    void aRunWithoutACheckpointIsStartedAgain() throws IOException {
        train("--run", "straight", "--output", "straight.safetensors");
        Files.createDirectories(run(""));
        Files.copy(folder.resolve("config.yaml"), run("config.yaml"));
        Files.writeString(run("manifest.json"), "[");
        Files.writeString(run(HALF_WRITTEN), "half");
        ProgramRun resumed = ProgramRun.of(folder, "train", "--resume", "--run", "mine");
        assertThat(resumed.exitCode()).isEqualTo(2);
        assertThat(resumed.err())
                .isEqualTo("models/runs/mine: expected a checkpoint to go on from, found none: the run ended before its"
                        + " first one. Start it again: leave --resume out.\n");

        train("--run", "mine", "--output", "mine.safetensors");

        assertThat(folder.resolve("mine.safetensors")).hasSameBinaryContentAs(folder.resolve("straight.safetensors"));
        assertThat(run("manifest.json")).content().contains("\"status\": \"complete\"");
        assertThat(run(HALF_WRITTEN)).doesNotExist();
        ProgramRun again = ProgramRun.of(folder, "train", "--run", "mine");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .isEqualTo("--run: expected the name of a new run, received 'mine', which has a checkpoint in"
                        + " models/runs. Use another name, or go on with that run: add --resume.\n");
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsLeftAlone() throws IOException {
        Files.createDirectories(folder.resolve("models/runs"));
        Files.writeString(run(""), "mine");
        ProgramRun refused = ProgramRun.of(folder, "train", "--run", "mine");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("expected a directory that can be written to, received ");
        assertThat(run("")).hasContent("mine");
    }
}
