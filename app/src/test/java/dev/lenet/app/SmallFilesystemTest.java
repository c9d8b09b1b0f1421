package dev.lenet.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lenet.api.model.ModelFile;
import dev.lenet.api.training.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Disks that are full or read-only, as real filesystems")
@EnabledIf(
        value = "dev.lenet.app.SmallFilesystem#available",
        disabledReason = "a tmpfs could not be mounted; root may on Linux")
class SmallFilesystemTest {
    /** More than a run of two epochs writes, in KiB. */
    private static final int ENOUGH = 4_000;

    /** Room for more and more of what a run writes: settings, two checkpoints, a model, a second one, a report. */
    private static final List<Integer> ROOM =
            Extent.ALL ? steps(50) : List.of(4, 500, 1_000, 1_600, 1_800, 2_000, ENOUGH);

    @TempDir
    Path folder = Path.of("");

    private static List<Integer> steps(int step) {
        List<Integer> steps = new ArrayList<>();
        for (int kib = 0; kib <= ENOUGH; kib += step) {
            steps.add(kib);
        }
        return steps;
    }

    @BeforeEach
    void smallData() throws IOException {
        TwoClasses.write(folder.resolve("two"), 80, 8);
        Files.createDirectory(folder.resolve("disk"));
    }

    private Path disk() {
        return folder.resolve("disk");
    }

    private ProgramRun train(String... more) throws IOException {
        Files.writeString(folder.resolve("config.yaml"), """
                data: {dataset: idx, directory: %s, validation_size: 0}
                training: {epochs: 2, learning_rate: 0.05, batch_size: 4}
                """.formatted(folder.resolve("two")));
        List<String> arguments = new ArrayList<>(List.of("train", "--config", "../config.yaml"));
        arguments.addAll(Arrays.asList(more));
        return ProgramRun.of(disk(), arguments.toArray(String[]::new));
    }

    /** Whatever is there is whole, and nothing of a file that could not be written. */
    private static void expectWholeFiles(SmallFilesystem disk, String description) {
        for (Path file : disk.files()) {
            String name = file.getFileName().toString();
            assertThat(name).as(description).doesNotEndWith(".tmp");
            if (name.startsWith("checkpoint")) {
                assertThat(CheckpointStore.read(file).step()).as(description).isPositive();
            } else if (name.endsWith(".safetensors")) {
                assertThat(ModelFile.read(file, List.of()).facts())
                        .as(description)
                        .containsKey("seed");
            } else if (name.endsWith(".html")) {
                assertThat(file).as(description).content().endsWith("</html>\n");
            }
        }
    }

    @Test
    @DisplayName("A disk that fills up anywhere in a training is one sentence, and what was written is whole")
    void full() throws IOException {
        boolean failed = false;
        boolean succeeded = false;
        for (int kib : ROOM) {
            try (SmallFilesystem disk = SmallFilesystem.at(disk(), kib)) {
                ProgramRun run = train("--output", "m.safetensors");

                String description = kib + " KiB: " + run.err();
                expectWholeFiles(disk, description);
                assertThat(run.err()).as(description).doesNotContain("\tat ");
                if (Files.exists(disk().resolve("m.safetensors"))) {
                    // A report is no reason to call a training failed.
                    assertThat(run.exitCode()).as(description).isZero();
                    succeeded = true;
                } else {
                    assertThat(run.exitCode()).as(description).isEqualTo(1);
                    assertThat(run.err()).as(description).endsWith("Check the permissions and the free space.\n");
                    assertThat(run.err().lines()).as(description).hasSize(1);
                    failed = true;
                }
            }
        }
        assertThat(failed && succeeded).as("both ends were seen").isTrue();
    }

    @Test
    @DisplayName("A run that found the disk full goes on exactly when there is room again")
    void roomAgain() throws IOException {
        try (SmallFilesystem disk = SmallFilesystem.at(disk(), 2 * ENOUGH)) {
            assertThat(train("--run", "whole", "--output", "whole.safetensors").exitCode())
                    .isZero();
            byte[] whole = Files.readAllBytes(disk().resolve("whole.safetensors"));
            disk.leave(900);
            assertThat(train("--run", "cut", "--output", "cut.safetensors").exitCode())
                    .isEqualTo(1);
            disk.leave(Integer.MAX_VALUE);

            ProgramRun resumed = ProgramRun.of(disk(), "train", "--run", "cut", "--resume");

            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(disk().resolve("cut.safetensors")).hasBinaryContent(whole);
        }
    }

    @Test
    @DisplayName("An old model outlives a new one that does not fit")
    void oldModel() throws IOException {
        try (SmallFilesystem disk = SmallFilesystem.at(disk(), 2 * ENOUGH)) {
            assertThat(train("--output", "m.safetensors").exitCode()).isZero();
            byte[] old = Files.readAllBytes(disk().resolve("m.safetensors"));
            // Room for two checkpoints and the run's own model.
            disk.leave(1_800);

            assertThat(train("--seed", "2", "--output", "m.safetensors").exitCode())
                    .isEqualTo(1);

            assertThat(disk().resolve("m.safetensors")).hasBinaryContent(old);
            expectWholeFiles(disk, "beside the old model");
        }
    }

    @Test
    @DisplayName("A read-only disk is said before the training, and can still be read from")
    void readOnly() throws IOException {
        try (SmallFilesystem disk = SmallFilesystem.at(disk(), ENOUGH)) {
            assertThat(train("--output", "m.safetensors").exitCode()).isZero();
            disk.readOnly(true);

            ProgramRun run = train("--output", "again.safetensors");

            assertThat(run.exitCode()).as(run.err()).isIn(1, 2);
            assertThat(run.err().lines()).as(run.err()).hasSize(1);
            assertThat(run.err()).contains(", which is on a read-only disk. ");
            ProgramRun evaluation = ProgramRun.of(disk(), "evaluate", "--config", "../config.yaml");
            assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
        }
    }
}
